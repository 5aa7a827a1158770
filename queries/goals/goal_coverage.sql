-- What a goal's indicators and activities cover on a day: kinds of violence, subgroup, whose work, and what measures what.
--
-- param   $goal_id        VARCHAR  see goals
-- param   $on             DATE     the day asked for
-- column  object_type     VARCHAR  indicator or activity
-- column  object_id       VARCHAR  see indicators or activities
-- column  object          VARCHAR  short name or title
-- column  measured_by     VARCHAR  for an activity, the short names of its indicators; null if none
-- column  violence_types  VARCHAR  kinds of violence, separated by space; null when the catalogue does not say
-- column  subgroup        VARCHAR  the subgroup an indicator is limited to; null is none
-- column  provider        VARCHAR  own, external, both; null when the catalogue does not say
-- column  employer_duty   BOOLEAN  whether an activity is a duty towards the city's own staff
-- column  origin          VARCHAR  where the row comes from
-- grain   object_type, object_id
-- source  indicators, activities, activity_indicators
-- used by pages/responsibility

with measured as (
    select
        activity_indicators.activity_id as object_id,
        string_agg(indicators.short_name, ', ' order by indicators.short_name) as measured_by
    from activity_indicators
    inner join indicators using (indicator_id)
    group by all
)

select
    'activity' as object_type,
    activities.activity_id as object_id,
    activities.title as object,
    measured.measured_by,
    activities.violence_types,
    null::varchar as subgroup,
    activities.provider,
    activities.employer_duty,
    activities.origin
from activities
left join measured on activities.activity_id = measured.object_id
where
    activities.goal_id = $goal_id
    and is_valid_on($on, activities.valid_from, activities.valid_to)
union all
select
    'indicator',
    indicator_id,
    short_name,
    null,
    violence_types,
    subgroup,
    provider,
    false,
    origin
from indicators
where
    goal_id = $goal_id
    and is_valid_on($on, valid_from, valid_to)
order by object_type, object, object_id
