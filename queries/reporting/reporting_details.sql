-- What one organisation was asked for in a period, thing by thing: whether it has come, when, and in which version.
--
-- param   $organisation_id  VARCHAR  see organisations
-- param   $year             INTEGER  calendar year
-- param   $period           VARCHAR  T1, T2 or VB
-- column  object_type       VARCHAR  indicator or activity
-- column  object_id         VARCHAR  see indicators or activities
-- column  object            VARCHAR  a few words for it
-- column  goal_number       BIGINT   number of its goal
-- column  received          BOOLEAN  an answer has come; "ej rapporterat" is none
-- column  state             VARCHAR  received, late, to_come or lapsed; see the view report_states
-- column  due               DATE     last day to report
-- column  received_on       DATE     day the answer that stands came; null when there is none
-- column  loaded_on         DATE     day it was really handed in, where another day is told; else null
-- column  version           BIGINT   which of the submissions of the period it stands in, from 1; null when there is none
-- column  origin            VARCHAR  example when the duty or the thing is
-- grain   object_type, object_id
-- source  report_states, indicator_values, activity_values, received_submissions, indicators, activities, goals
-- used by views/reporting, views/reporting_state

with objects as (
    select 'indicator' as object_type, indicator_id as object_id, short_name as object, goal_id
    from indicators
    union all
    select 'activity', activity_id, title, goal_id
    from activities
),

submitted as (
    select submission_id, loaded_on, row_number() over (partition by organisation_id order by version) as version
    from received_submissions
    where year = $year and period = $period and not withdrawn
),

standing as (
    select 'indicator' as object_type, indicator_id as object_id, max(submission_id) as submission_id
    from indicator_values
    where organisation_id = $organisation_id and year = $year and period = $period and sex = 'total'
    group by indicator_id
    union all
    select 'activity', activity_id, submission_id
    from activity_values
    where organisation_id = $organisation_id and year = $year and period = $period
)

select
    report_states.object_type,
    report_states.object_id,
    objects.object,
    goals.number as goal_number,
    report_states.received,
    report_states.state,
    report_states.due,
    report_states.received_on,
    submitted.loaded_on,
    submitted.version,
    report_states.origin
from report_states
inner join objects
    on report_states.object_type = objects.object_type and report_states.object_id = objects.object_id
inner join goals using (goal_id)
left join standing
    on report_states.object_type = standing.object_type and report_states.object_id = standing.object_id
left join submitted using (submission_id)
where
    report_states.organisation_id = $organisation_id
    and report_states.year = $year
    and report_states.period = $period
order by goals.number, report_states.object_type desc, report_states.object_id
