-- What has not been reported in a year, in the period the year stands at: by whom, and since when it is late.
--
-- param   $year             INTEGER  calendar year
-- param   $organisation_id  VARCHAR  see organisations; null is everybody
-- column  organisation_id   VARCHAR  who is to report
-- column  organisation      VARCHAR  its short name
-- column  object_type       VARCHAR  indicator or activity
-- column  object_id         VARCHAR  see indicators or activities
-- column  object            VARCHAR  a few words for it
-- column  goal_number       BIGINT   number of its goal
-- column  period            VARCHAR  T1, T2 or VB
-- column  due               DATE     last day to report
-- column  state             VARCHAR  late, to_come or lapsed; see the view report_states
-- column  origin            VARCHAR  example when the duty or the object is
-- grain   organisation_id, object_type, object_id
-- source  report_states, asked_period, organisations, indicators, activities, goals
-- used by pages/overview, report

with objects as (
    select 'indicator' as object_type, indicator_id as object_id, short_name as object, goal_id from indicators
    union all
    select 'activity', activity_id, title, goal_id from activities
)

select
    report_states.organisation_id,
    organisations.short_name as organisation,
    report_states.object_type,
    report_states.object_id,
    objects.object,
    goals.number as goal_number,
    report_states.period,
    report_states.due,
    report_states.state,
    report_states.origin
from report_states
inner join asked_period
    on report_states.year = asked_period.year and report_states.period = asked_period.period
inner join organisations using (organisation_id)
inner join objects
    on report_states.object_type = objects.object_type and report_states.object_id = objects.object_id
inner join goals using (goal_id)
where
    report_states.year = $year
    and not report_states.received
    and ($organisation_id is null or report_states.organisation_id = $organisation_id)
order by organisations.short_name collate sv, goals.number, report_states.object_type desc, report_states.object_id
