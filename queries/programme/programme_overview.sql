-- Each goal of the programme in one year, in the programme's order: activities, reporting, judgements.
--
-- A goal that does not hold in the year is there as long as any of its indicators or activities does.
--
-- param   $year                     INTEGER  calendar year; whole years (VB), or the period the year stands at
-- param   $organisation_id          VARCHAR  see organisations; null is the whole city
-- column  goal_id                   VARCHAR  see goals
-- column  number                    BIGINT   number in the programme
-- column  short_title               VARCHAR  a few words for the goal
-- column  title                     VARCHAR  wording in the programme
-- column  valid_from                DATE     first day the goal holds; null is since before the programme
-- column  valid_to                  DATE     last day it holds; null is still
-- column  is_valid                  BOOLEAN  whether it holds on any day of the year
-- column  period                    VARCHAR  the period that activities and reporting stand at
-- column  activities                BIGINT   activities that are followed that year
-- column  done                      BIGINT   of them, done
-- column  ongoing                   BIGINT   of them, ongoing
-- column  delayed                   BIGINT   of them, delayed
-- column  not_started               BIGINT   of them, not started
-- column  cancelled                 BIGINT   of them, cancelled
-- column  unanswered                BIGINT   of them, nobody has answered
-- column  measured_activities       BIGINT   of them, measured by at least one indicator
-- column  expected                  BIGINT   reports that decided duties ask for in the period
-- column  received                  BIGINT   of them, received
-- column  assessment                VARCHAR  the city's own judgement, or the organisation's: fully, partly, not or null
-- column  assessed_fully            BIGINT   organisations that judged: fully
-- column  assessed_partly           BIGINT   organisations that judged: partly
-- column  assessed_not              BIGINT   organisations that judged: not
-- column  origin                    VARCHAR  example when any input is
-- grain   goal_id
-- source  goals, indicators, activities, activity_states, activity_indicators, report_states, asked_period,
--         assessments
-- used by pages/overview, report

with chosen as (
    select
        coalesce($organisation_id, 'CITY') as organisation_id,
        coalesce((select period from asked_period where year = $year), 'VB') as period,
        make_date($year, 1, 1) as first_day,
        make_date($year, 12, 31) as last_day
),

expected as (
    select report_states.*
    from report_states, chosen
    where
        report_states.year = $year
        and report_states.period = chosen.period
        and ($organisation_id is null or report_states.organisation_id = $organisation_id)
),

followed_activities as (
    select activities.goal_id, activities.activity_id, activities.origin
    from activities, chosen
    where
        coalesce(activities.valid_from <= chosen.last_day, true)
        and coalesce(activities.valid_to >= chosen.first_day, true)
        and (
            $organisation_id is null
            or exists (
                from expected
                where expected.object_type = 'activity' and expected.object_id = activities.activity_id
            )
        )
),

followed_indicators as (
    select distinct indicators.goal_id
    from indicators, chosen
    where
        coalesce(indicators.valid_from <= chosen.last_day, true)
        and coalesce(indicators.valid_to >= chosen.last_day, true)
),

states as (
    select *
    from activity_states
    where year = $year and organisation_id = coalesce($organisation_id, 'CITY')
),

done as (
    select
        followed_activities.goal_id,
        count(*) as activities,
        count(*) filter (where states.status = 'done') as done,
        count(*) filter (where states.status = 'ongoing') as ongoing,
        count(*) filter (where states.status = 'delayed') as delayed,
        count(*) filter (where states.status = 'not_started') as not_started,
        count(*) filter (where states.status = 'cancelled') as cancelled,
        count(*) filter (where states.status is null) as unanswered,
        count(*) filter (
            where followed_activities.activity_id in (select activity_id from activity_indicators)
        ) as measured_activities,
        bool_or('example' in (followed_activities.origin, states.origin)) as is_example
    from followed_activities
    cross join chosen
    left join states
        on followed_activities.activity_id = states.activity_id and chosen.period = states.period
    group by followed_activities.goal_id
),

goal_of as (
    select 'indicator' as object_type, indicator_id as object_id, goal_id from indicators
    union all
    select 'activity', activity_id, goal_id from activities
),

came as (
    select
        goal_of.goal_id,
        count(*) as expected,
        count(*) filter (where expected.received) as received
    from expected
    inner join goal_of
        on expected.object_type = goal_of.object_type and expected.object_id = goal_of.object_id
    group by goal_of.goal_id
),

latest_judgements as (
    select assessments.*, organisation_id = 'CITY' as is_the_citys
    from assessments
    where assessments.year = $year
    qualify row_number() over (partition by organisation_id, goal_id order by period desc) = 1
),

said as (
    select
        latest_judgements.goal_id,
        max(latest_judgements.fulfilled) filter (
            where latest_judgements.organisation_id = chosen.organisation_id
        ) as assessment,
        count(*) filter (where fulfilled = 'fully' and not is_the_citys) as assessed_fully,
        count(*) filter (where fulfilled = 'partly' and not is_the_citys) as assessed_partly,
        count(*) filter (where fulfilled = 'not' and not is_the_citys) as assessed_not,
        bool_or(latest_judgements.origin = 'example') as is_example
    from latest_judgements, chosen
    group by latest_judgements.goal_id
)

select
    goals.goal_id,
    goals.number,
    goals.short_title,
    goals.title,
    goals.valid_from,
    goals.valid_to,
    coalesce(goals.valid_from <= chosen.last_day, true) and coalesce(goals.valid_to >= chosen.first_day, true) as is_valid,
    chosen.period,
    coalesce(done.activities, 0) as activities,
    coalesce(done.done, 0) as done,
    coalesce(done.ongoing, 0) as ongoing,
    coalesce(done.delayed, 0) as delayed,
    coalesce(done.not_started, 0) as not_started,
    coalesce(done.cancelled, 0) as cancelled,
    coalesce(done.unanswered, 0) as unanswered,
    coalesce(done.measured_activities, 0) as measured_activities,
    coalesce(came.expected, 0) as expected,
    coalesce(came.received, 0) as received,
    said.assessment,
    coalesce(said.assessed_fully, 0) as assessed_fully,
    coalesce(said.assessed_partly, 0) as assessed_partly,
    coalesce(said.assessed_not, 0) as assessed_not,
    marked_origin(coalesce(done.is_example, false) or coalesce(said.is_example, false), goals.origin) as origin
from goals
cross join chosen
left join done using (goal_id)
left join came using (goal_id)
left join said using (goal_id)
where is_valid or done.activities > 0 or came.expected > 0 or goals.goal_id in (select goal_id from followed_indicators)
order by goals.number, goals.goal_id
