-- The indicators that can be compared over the districts, in the programme's order, and what has been published for each.
--
-- column  indicator_id   VARCHAR    see indicators
-- column  indicator      VARCHAR    a few words for it, unique
-- column  name           VARCHAR    full wording
-- column  definition     VARCHAR    what is counted, and what is not; null when not given
-- column  goal_number    BIGINT     number of its goal
-- column  measure        VARCHAR    share, rate, count, index or yes_no
-- column  counts         VARCHAR    persons, units, events or none
-- column  varies         BOOLEAN    whether chance moves it; else everything is counted, so no interval and no test
-- column  cluster        VARCHAR    what holds the cases together, null if nothing
-- column  unit           VARCHAR    unit in Swedish words
-- column  per            BIGINT     for a rate: given per this many; else null
-- column  direction      VARCHAR    which way is good
-- column  split_by_sex   BOOLEAN    whether women and men are reported apart
-- column  indicator_source  VARCHAR  where the indicator comes from; null when not given
-- column  base_year      INTEGER    the indicator's base year, null if none
-- column  base_note      VARCHAR    what was unusual about it, null if nothing
-- column  break_year     INTEGER    first year of a new definition, null if none
-- column  break_note     VARCHAR    what changed; null if none
-- column  years          INTEGER[]  years with a figure for at least one district
-- column  origin         VARCHAR    example when the indicator or any figure is
-- grain   indicator_id
-- source  indicators, goals, indicator_values, organisations
-- used by report, views/common

with by_year as (
    select
        indicator_values.indicator_id,
        indicator_values.year,
        bool_or(indicator_values.origin = 'example') as is_example
    from indicator_values
    inner join organisations using (organisation_id)
    where
        organisations.kind = 'stadsdelsnamnd'
        and indicator_values.period = 'VB'
        and indicator_values.sex = 'total'
        and indicator_values.missing_reason is null
    group by indicator_values.indicator_id, indicator_values.year
),

reported as (
    select indicator_id, list(year order by year) as years, bool_or(is_example) as is_example
    from by_year
    group by indicator_id
)

select
    indicators.indicator_id,
    indicators.short_name as indicator,
    indicators.name,
    indicators.definition,
    goals.number as goal_number,
    indicators.measure,
    indicators.counts,
    varies_by_chance(indicators.varies, indicators.time, indicators.counts) as varies,
    indicators.cluster,
    indicators.unit,
    indicators.per,
    indicators.direction,
    indicators.split_by_sex,
    indicators.source as indicator_source,
    indicators.base_year,
    indicators.base_note,
    indicators.break_year,
    indicators.break_note,
    coalesce(reported.years, []::integer[]) as years,
    marked_origin(reported.is_example, indicators.origin) as origin
from indicators
inner join goals using (goal_id)
left join reported using (indicator_id)
where indicators.level = 'stadsdelsnamnd' or len(reported.years) > 0
order by goals.number, indicators.indicator_id
