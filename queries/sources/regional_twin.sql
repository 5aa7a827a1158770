-- Public measures that the regional strategy, or the nation, has for the same goal, and their latest published figure.
--
-- param   $goal_id         VARCHAR  see goals
-- column  measure_id       VARCHAR  see context_measures
-- column  name             VARCHAR  full wording
-- column  unit             VARCHAR  unit in Swedish words
-- column  owner            VARCHAR  who publishes it; null when not given
-- column  note             VARCHAR  what it can and cannot be compared with; null if nothing
-- column  year             INTEGER  year of the latest figure, null when none is held here
-- column  area             VARCHAR  area the figure is for; null when no figure is held here
-- column  sex              VARCHAR  total, women, men, girls or boys; null when no figure is held here
-- column  value            DOUBLE   the figure as published, in its own unit; null when no figure is held here
-- column  approximate      BOOLEAN  whether the source says about; null when no figure is held here
-- column  regional_number  BIGINT   goal of the regional strategy; null if none
-- grain   measure_id, area, sex
-- source  context_measures, context_values
-- used by pages/indicator

with latest as (
    select *
    from context_values
    qualify row_number() over (partition by measure_id, area, sex order by year desc) = 1
)

select
    context_measures.measure_id,
    context_measures.name,
    context_measures.unit,
    context_measures.owner,
    context_measures.note,
    latest.year,
    latest.area,
    latest.sex,
    latest.value,
    latest.approximate,
    context_measures.regional_number
from context_measures
left join latest on context_measures.measure_id = latest.measure_id
where context_measures.goal_id = $goal_id
order by context_measures.measure_id, latest.area, latest.sex desc
