-- An activity without a status and without a reason why there is none.
--
-- rule      status_missing
-- severity  error
-- title     {name}: status saknas, och ingen orsakskod är vald.
-- why       En tom status får aldrig läsas som att inget har hänt.
-- action    Välj en status i listan, eller en orsakskod.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- column    name          VARCHAR  the activity's title
-- grain     report, source_sheet, source_row, field
-- source    reported_activities, activities

select
    reported.report,
    reported.source_sheet,
    reported.source_row,
    'status' as field,
    null::varchar as value,
    activities.title as name
from reported_activities as reported
inner join activities using (activity_id)
where reported.status is null and reported.missing_reason is null
order by report, source_sheet, source_row
