-- What one organisation still owes: reports not received, late ones first, then those to come, each with its last day.
--
-- Of each year only the latest report asked for, up to the period its reporting stands at; and all that is not due yet.
--
-- param   $organisation_id  VARCHAR  see organisations
-- column  year              INTEGER  calendar year
-- column  period            VARCHAR  T1, T2 or VB
-- column  due               DATE     last day to report
-- column  late              BOOLEAN  that day is before the date of the snapshot
-- column  object_type       VARCHAR  indicator or activity
-- column  object_id         VARCHAR  see indicators or activities
-- column  object            VARCHAR  a few words for it
-- column  goal_number       BIGINT   number of its goal
-- column  origin            VARCHAR  example when the duty or the object is
-- grain   object_type, object_id, year, period
-- source  expected_reports, asked_period, indicators, activities, goals

with objects as (
    select 'indicator' as object_type, indicator_id::varchar as object_id, short_name as object, goal_id from indicators
    union all
    select 'activity', activity_id::varchar, title, goal_id from activities
),

owed as (
    select expected_reports.*
    from expected_reports
    inner join asked_period on expected_reports.year = asked_period.year
    where expected_reports.organisation_id::varchar = $organisation_id
    qualify
        not expected_reports.received
        and (
            expected_reports.period::varchar = max(expected_reports.period::varchar) filter (
                where expected_reports.period::varchar <= asked_period.period::varchar
            ) over (partition by expected_reports.object_type, expected_reports.object_id, expected_reports.year)
            or not expected_reports.late
        )
)

select
    owed.year,
    owed.period,
    owed.due,
    owed.late,
    owed.object_type,
    owed.object_id,
    objects.object,
    goals.number as goal_number,
    owed.origin
from owed
inner join objects
    on owed.object_type = objects.object_type and owed.object_id::varchar = objects.object_id
inner join goals using (goal_id)
order by
    owed.due,
    owed.year,
    goals.number,
    owed.object_type desc,
    owed.object_id::varchar
