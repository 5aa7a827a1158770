-- An activity that had come further in the period before.
--
-- rule      status_backwards
-- severity  warning
-- title     {name}: statusen går bakåt, från ”{before}” till ”{value}”.
-- why       Det som är genomfört blir sällan ogjort; ofta är den ena statusen fel.
-- action    Rätta statusen, eller skriv vad som har hänt.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- column    name          VARCHAR  the activity's title
-- column    before        VARCHAR  status in the period before
-- grain     report, source_sheet, source_row, field
-- source    reported_activities, known_activities, activities

with steps (status, step) as (
    values ('not_started', 0), ('ongoing', 1), ('delayed', 1), ('done', 2), ('cancelled', 2)
),

before as (
    select
        reported.report,
        reported.activity_id,
        reported.organisation_id,
        arg_max(known.status, row(known.year, known.period, known.sequence)) as status
    from reported_activities as reported
    inner join known_activities as known
        on
            reported.activity_id = known.activity_id
            and reported.organisation_id = known.organisation_id
            and (known.year, known.period) < (reported.year, reported.period)
    where known.status is not null
    group by all
)

select
    reported.report,
    reported.source_sheet,
    reported.source_row,
    'status' as field,
    reported.status as value,
    activities.title as name,
    before.status as before
from reported_activities as reported
inner join before using (report, activity_id, organisation_id)
inner join activities using (activity_id)
inner join steps as steps_now on reported.status = steps_now.status
inner join steps as steps_before on before.status = steps_before.status
where steps_now.step < steps_before.step
order by report, source_sheet, source_row
