-- Each district's yearly figure in each division, with its interval and what is known of its indicator.
--
-- The keys are those of division_values as they are stored, so that what is asked of them is asked of the table itself.
--
-- column  division          VARCHAR  reported, or the first day of a division
-- column  indicator_id      VARCHAR  see indicators
-- column  organisation_id   VARCHAR  see organisations
-- column  district          VARCHAR  its short name
-- column  year              INTEGER  calendar year; whole years (VB)
-- column  sex               VARCHAR  total, women, men or other
-- column  numerator         BIGINT   count; null when missing or protected
-- column  denominator       BIGINT   count it is a part of; null when missing or protected
-- column  value             DOUBLE   the figure; unit as the indicator; for yes/no of several parts, the share that said yes
-- column  lower_95          DOUBLE   Wilson for shares, Byar for rates and counts; unit as the indicator; null for full counts
-- column  upper_95          DOUBLE   as lower_95
-- column  parts             BIGINT   organisations of that year that make it up
-- column  parts_reported    BIGINT   how many of them reported
-- column  rebuilt           VARCHAR  as_reported, rebuilt, incomplete or not_rebuildable
-- column  missing_reason    VARCHAR  reason code, null when there is a figure
-- column  goal_id           VARCHAR  see goals
-- column  indicator         VARCHAR  a few words for it, unique
-- column  measure           VARCHAR  share, rate, count, index or yes_no
-- column  counts            VARCHAR  persons, units, events or none
-- column  varies            BOOLEAN  whether chance moves it; else everything is counted, so no interval and no test
-- column  cluster           VARCHAR  what holds the cases together, null if nothing
-- column  unit              VARCHAR  unit in Swedish words
-- column  per               BIGINT   for a rate: given per this many
-- column  direction         VARCHAR  which way is good
-- column  base_year         INTEGER  the indicator's base year, null if none
-- column  break_year        INTEGER  first year of a new definition, null if none
-- column  origin            VARCHAR  example when any input is
-- grain   division, indicator_id, organisation_id, year, sex
-- source  division_values, organisations, indicators
-- used by queries/districts, queries/views

with described as (
    select
        * replace (varies_by_chance(varies, time, counts) as varies)
    from indicators
)

select
    division_values.division,
    division_values.indicator_id,
    division_values.organisation_id,
    organisations.short_name as district,
    division_values.year,
    division_values.sex,
    division_values.numerator,
    division_values.denominator,
    coalesce(
        division_values.value,
        case
            when division_values.missing_reason is null then division_values.numerator / division_values.denominator
        end
    ) as value,
    case
        when not indicators.varies then null
        when indicators.measure = 'share'
            then wilson_lower(division_values.numerator, division_values.denominator, z95())
        when indicators.measure = 'rate'
            then indicators.per * count_lower(division_values.numerator, z95()) / division_values.denominator
        when indicators.measure = 'count' then count_lower(division_values.numerator, z95())
    end as lower_95,
    case
        when not indicators.varies then null
        when indicators.measure = 'share'
            then wilson_upper(division_values.numerator, division_values.denominator, z95())
        when indicators.measure = 'rate'
            then indicators.per * count_upper(division_values.numerator, z95()) / division_values.denominator
        when indicators.measure = 'count' then count_upper(division_values.numerator, z95())
    end as upper_95,
    division_values.parts,
    division_values.parts_reported,
    division_values.rebuilt,
    division_values.missing_reason,
    indicators.goal_id,
    indicators.short_name as indicator,
    indicators.measure,
    indicators.counts,
    indicators.varies,
    indicators.cluster,
    indicators.unit,
    indicators.per,
    indicators.direction,
    indicators.base_year,
    indicators.break_year,
    origin_of_both(division_values.origin, indicators.origin) as origin
from division_values
inner join organisations using (organisation_id)
inner join described as indicators using (indicator_id)
where organisations.kind = 'stadsdelsnamnd'
