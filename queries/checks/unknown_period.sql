-- A report for a period that the programme does not ask for.
--
-- rule      unknown_period
-- severity  error
-- title     Perioden {period} {year} finns inte i programmet.
-- why       Bara de perioder som programmet har kan följas upp.
-- action    Kontrollera år och period; perioderna heter T1, T2 och VB.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- column    year          INTEGER  calendar year
-- column    period        VARCHAR  T1, T2 or VB
-- grain     report
-- source    reports, periods

select
    reports.report,
    null::varchar as source_sheet,
    null::bigint as source_row,
    'period' as field,
    reports.period as value,
    reports.year,
    reports.period
from reports
anti join periods using (year, period)
order by report
