-- How far each activity has come in each period, over all who answer for it and for each of them.
--
-- Over all: cancelled when all who answered say so, done when all others do, delayed when anybody does, ongoing when
-- anybody has begun.
--
-- column  activity_id      VARCHAR  see activities
-- column  organisation_id  VARCHAR  see organisations, or CITY for all
-- column  year             INTEGER  calendar year
-- column  period           VARCHAR  T1, T2 or VB
-- column  answers          BIGINT   organisations that gave a status
-- column  status           VARCHAR  see activity_values; null when nobody answered
-- column  origin           VARCHAR  example when any input is
-- grain   activity_id, organisation_id, year, period
-- source  activity_values, expected_reports, activities
-- used by queries/goals, queries/programme

with answers as (
    select activity_id, organisation_id, year, period, status, origin
    from activity_values
    union all
    select
        expected_reports.object_id,
        expected_reports.organisation_id,
        expected_reports.year,
        expected_reports.period,
        null,
        expected_reports.origin
    from expected_reports
    where expected_reports.object_type = 'activity' and not expected_reports.received
),

placed as (
    select answers.* from answers
    union all
    select answers.* replace ('CITY' as organisation_id) from answers
),

counted as (
    select
        activity_id,
        organisation_id,
        year,
        period,
        count(status) as answers,
        count(*) filter (where status = 'cancelled') as cancelled,
        count(*) filter (where status = 'done') as done,
        count(*) filter (where status = 'delayed') as delayed,
        count(*) filter (where status = 'ongoing') as ongoing,
        group_origin(origin) as origin
    from placed
    group by activity_id, organisation_id, year, period
)

select
    activity_id,
    organisation_id,
    year,
    period,
    answers,
    case
        when answers = 0 then null
        when cancelled = answers then 'cancelled'
        when done + cancelled = answers then 'done'
        when delayed > 0 then 'delayed'
        when ongoing + done > 0 then 'ongoing'
        else 'not_started'
    end as status,
    origin
from counted
