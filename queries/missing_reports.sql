-- What has not been reported in a year, in the period the year stands at: who owes what since when.
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
-- column  late              BOOLEAN  that day has passed
-- column  origin            VARCHAR  example when the duty or the object is
-- grain   organisation_id, object_type, object_id
-- source  expected_reports, asked_period, organisations, indicators, activities, goals

with objects as (
    select 'indicator' as object_type, indicator_id::varchar as object_id, short_name as object, goal_id from indicators
    union all
    select 'activity', activity_id::varchar, title, goal_id from activities
)

select
    expected_reports.organisation_id,
    organisations.short_name as organisation,
    expected_reports.object_type,
    expected_reports.object_id,
    objects.object,
    goals.number as goal_number,
    expected_reports.period,
    expected_reports.due,
    expected_reports.late,
    expected_reports.origin
from expected_reports
inner join asked_period
    on expected_reports.year = asked_period.year and expected_reports.period = asked_period.period
inner join organisations using (organisation_id)
inner join objects
    on expected_reports.object_type = objects.object_type and expected_reports.object_id::varchar = objects.object_id
inner join goals using (goal_id)
where
    expected_reports.year = $year
    and not expected_reports.received
    and ($organisation_id is null or expected_reports.organisation_id::varchar = $organisation_id)
order by organisations.short_name collate sv, goals.number, expected_reports.object_type desc, expected_reports.object_id::varchar
