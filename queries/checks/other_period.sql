-- A row for another period than the report it stands in.
--
-- rule      other_period
-- severity  error
-- title     Raden gäller {row_period} {row_year}, men rapporten gäller {period} {year}.
-- why       En rapport gäller en enda period.
-- action    Flytta raden till den andra periodens rapport, eller rätta år och period.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- column    row_year      INTEGER  calendar year of the row
-- column    row_period    VARCHAR  period of the row
-- column    year          INTEGER  calendar year of the report
-- column    period        VARCHAR  period of the report
-- grain     report, source_sheet, source_row, field
-- source    reported_objects, reports

select
    reported.report,
    reported.source_sheet,
    reported.source_row,
    'period' as field,
    reported.period as value,
    reported.year as row_year,
    reported.period as row_period,
    reports.year,
    reports.period
from reported_objects as reported
inner join reports using (report)
where reported.year is distinct from reports.year or reported.period is distinct from reports.period
order by report, source_sheet, source_row
