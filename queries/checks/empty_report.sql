-- A report without a single row.
--
-- rule      empty_report
-- severity  error
-- title     Rapporten är tom.
-- why       Ett kvitto på ingenting skulle se ut som en rapport.
-- action    Fyll i minst en indikator eller aktivitet; det som inte kan rapporteras får en orsakskod.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- grain     report
-- source    reports, reported_objects

select
    reports.report,
    null::varchar as source_sheet,
    null::bigint as source_row,
    'indicator_id' as field,
    null::varchar as value
from reports
anti join reported_objects using (report)
order by report
