-- What is known of each indicator before anybody reports: its wording, source, caveats, life and regional twin, in order.
--
-- column  indicator_id      VARCHAR  see indicators
-- column  indicator         VARCHAR  a few words for it, unique
-- column  name              VARCHAR  full wording
-- column  definition        VARCHAR  what is counted, and what is not; null when not given
-- column  goal_id           VARCHAR  see goals
-- column  goal_number       BIGINT   number of its goal
-- column  goal              VARCHAR  short title of its goal
-- column  measure           VARCHAR  share, rate, count, index or yes_no
-- column  counts            VARCHAR  persons, units, events or none
-- column  time              VARCHAR  flow, stock or survey
-- column  periods           VARCHAR  periods asked for, separated by space
-- column  unit              VARCHAR  unit in Swedish words
-- column  direction         VARCHAR  which way is good
-- column  split_by_sex      BOOLEAN  whether women and men are reported apart
-- column  subgroup          VARCHAR  the subgroup it is limited to; null is none
-- column  provider          VARCHAR  whose work it counts: own, external or both; null when the catalogue does not say
-- column  part_of           VARCHAR  short name of the indicator whose count this one's is a part of, null if none
-- column  base_year         INTEGER  year whose VB is the base; null if none
-- column  break_year        INTEGER  first year of a new definition, null if none
-- column  break_note        VARCHAR  what changed; null if none
-- column  valid_from        DATE     first day; null is since before the programme
-- column  valid_to          DATE     last day; null is still
-- column  ended_note        VARCHAR  why the source ended; null if none
-- column  replaced_by       VARCHAR  short name of the indicator that took over, null if none
-- column  replaces          VARCHAR  short name of the indicator it took over from, null if none
-- column  activities        VARCHAR  titles of the activities it measures, one a line; null if none
-- column  indicator_source  VARCHAR  where the figure or the indicator comes from; null when not given
-- column  confidence        VARCHAR  how sure the catalogue's row is, in its own words
-- column  observed          VARCHAR  what has been stated in writing about it, one a line; null if nothing
-- column  regional_number   BIGINT   the goal of the regional strategy that its goal corresponds to; null if none
-- column  regional_title    VARCHAR  short title of that regional goal; null if none
-- column  regional_mapping  VARCHAR  how sure the correspondence is: verified or inferred; null if none
-- column  origin            VARCHAR  where the row comes from
-- grain   indicator_id
-- source  indicators, goals, activities, activity_indicators, observations
-- used by report, views/common, views/edition_changes

with measures as (
    select
        activity_indicators.indicator_id,
        string_agg(activities.title, chr(10) order by activities.activity_id) as activities
    from activity_indicators
    inner join activities using (activity_id)
    group by activity_indicators.indicator_id
),

stated as (
    select object_id as indicator_id, string_agg(text, chr(10) order by observation_id) as observed
    from observations
    where object_type = 'indicator'
    group by object_id
),

predecessors as (
    select replaced_by as indicator_id, min(short_name) as replaces
    from indicators
    where replaced_by is not null
    group by replaced_by
)

select
    indicators.indicator_id,
    indicators.short_name as indicator,
    indicators.name,
    indicators.definition,
    goals.goal_id,
    goals.number as goal_number,
    goals.short_title as goal,
    indicators.measure,
    indicators.counts,
    indicators.time,
    indicators.periods,
    indicators.unit,
    indicators.direction,
    indicators.split_by_sex,
    indicators.subgroup,
    indicators.provider,
    whole.short_name as part_of,
    indicators.base_year,
    indicators.break_year,
    indicators.break_note,
    indicators.valid_from,
    indicators.valid_to,
    indicators.ended_note,
    successor.short_name as replaced_by,
    predecessors.replaces,
    measures.activities,
    indicators.source as indicator_source,
    indicators.confidence,
    stated.observed,
    goals.regional_number,
    goals.regional_title,
    goals.regional_mapping,
    indicators.origin
from indicators
inner join goals using (goal_id)
left join indicators as successor on indicators.replaced_by = successor.indicator_id
left join indicators as whole on indicators.part_of = whole.indicator_id
left join predecessors on indicators.indicator_id = predecessors.indicator_id
left join measures on indicators.indicator_id = measures.indicator_id
left join stated on indicators.indicator_id = stated.indicator_id
order by goals.number, indicators.indicator_id
