-- Each report that one organisation has been asked for, oldest due first: whether it has come, and if not where it stands.
--
-- param   $organisation_id  VARCHAR  see organisations
-- column  year              INTEGER  calendar year
-- column  period            VARCHAR  T1, T2 or VB
-- column  due               DATE     last day to report
-- column  state             VARCHAR  received, late, to_come or lapsed; see the view report_states
-- column  overtaken         BOOLEAN  not received, but a later period of the same year has been
-- column  object_type       VARCHAR  indicator or activity
-- column  object_id         VARCHAR  see indicators or activities
-- column  object            VARCHAR  a few words for it
-- column  goal_number       BIGINT   number of its goal
-- column  origin            VARCHAR  example when the duty or the object is
-- grain   object_type, object_id, year, period
-- source  report_states, indicators, activities, goals
-- used by report

with objects as (
    select 'indicator' as object_type, indicator_id as object_id, short_name as object, goal_id from indicators
    union all
    select 'activity', activity_id, title, goal_id from activities
),

asked as (
    select
        *,
        state <> 'received' and max(due) filter (where state = 'received') over (
            partition by object_type, object_id, year
        ) > due as overtaken
    from report_states
    where organisation_id = $organisation_id
)

select
    asked.year,
    asked.period,
    asked.due,
    asked.state,
    coalesce(asked.overtaken, false) as overtaken,
    asked.object_type,
    asked.object_id,
    objects.object,
    goals.number as goal_number,
    asked.origin
from asked
inner join objects
    on asked.object_type = objects.object_type and asked.object_id = objects.object_id
inner join goals using (goal_id)
order by
    asked.due,
    asked.year,
    asked.period,
    goals.number,
    asked.object_type desc,
    asked.object_id
