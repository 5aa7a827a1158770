-- A status for an activity that is not in the programme.
--
-- rule      unknown_activity
-- severity  error
-- title     Aktiviteten ”{value}” finns inte i programmet.
-- why       Utan känd aktivitet kan statusen inte hamna någonstans.
-- action    Kontrollera id eller titel mot formuläret för perioden.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- grain     report, source_sheet, source_row, field
-- source    reported_activities, activities

select
    reported.report,
    reported.source_sheet,
    reported.source_row,
    'activity_id' as field,
    reported.activity_id as value
from reported_activities as reported
anti join activities using (activity_id)
order by report, source_sheet, source_row
