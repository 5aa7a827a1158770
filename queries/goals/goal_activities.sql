-- The activities of a goal or of all, each year's status at the latest period that was asked for, and whether any indicator measures them.
--
-- param   $goal_id          VARCHAR  see goals; null is all of them
-- param   $organisation_id  VARCHAR  see organisations; null is the whole city
-- column  goal_id           VARCHAR  see goals
-- column  activity_id       VARCHAR  see activities
-- column  title             VARCHAR  what is to be done
-- column  violence_types    VARCHAR  kinds of violence, separated by space; null when the catalogue does not say
-- column  measured_by       VARCHAR  short names of the indicators that measure it, null if none
-- column  year              INTEGER  calendar year
-- column  period            VARCHAR  T1, T2 or VB
-- column  is_valid          BOOLEAN  whether the activity is in the programme that year
-- column  answers           BIGINT   organisations that gave a status
-- column  expected          BIGINT   organisations that were to
-- column  status            VARCHAR  see the view activity_states; null when nobody answered
-- column  origin            VARCHAR  example when any input is
-- grain   activity_id, year
-- source  activities, activity_indicators, indicators, asked_period, activity_states, report_states
-- used by pages/goal, report

with chosen as (
    select *
    from activities
    where $goal_id is null or goal_id = $goal_id
),

measured as (
    select
        activity_indicators.activity_id,
        string_agg(indicators.short_name, ', ' order by indicators.short_name) as indicators
    from activity_indicators
    inner join indicators using (indicator_id)
    group by 1
),

expected as (
    select object_id as activity_id, year, period, count(*) as reports
    from report_states
    where
        object_type = 'activity'
        and ($organisation_id is null or organisation_id = $organisation_id)
        and object_id in (select activity_id from chosen)
    group by all
)

select
    chosen.goal_id,
    chosen.activity_id,
    chosen.title,
    chosen.violence_types,
    measured.indicators as measured_by,
    asked_period.year,
    asked_period.period,
    coalesce(chosen.valid_from <= make_date(asked_period.year, 12, 31), true)
    and coalesce(chosen.valid_to >= make_date(asked_period.year, 1, 1), true) as is_valid,
    coalesce(states.answers, 0) as answers,
    coalesce(expected.reports, 0) as expected,
    states.status,
    origin_of_both(chosen.origin, states.origin) as origin
from chosen
cross join asked_period
left join measured on chosen.activity_id = measured.activity_id
left join expected
    on
        chosen.activity_id = expected.activity_id
        and asked_period.year = expected.year
        and asked_period.period = expected.period
left join activity_states as states
    on
        chosen.activity_id = states.activity_id
        and states.organisation_id = coalesce($organisation_id, 'CITY')
        and asked_period.year = states.year
        and asked_period.period = states.period
where
    $organisation_id is null
    or chosen.activity_id in (select activity_id from expected)
    or chosen.activity_id in (
        select activity_id from activity_states where organisation_id = $organisation_id
    )
order by chosen.activity_id, asked_period.year
