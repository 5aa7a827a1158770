-- Every indicator that is followed in a year, in the programme's order: its figure, its årsmål, and who it rests on.
--
-- A change since the base is called only when it is certain: Newcombe's interval for shares, the conditional ratio for rates
-- and counts, at 95 %; units are a full count, so any change is. The city's is over those who reported both years.
--
-- param   $year                    INTEGER  calendar year; whole years (VB), sexes together
-- param   $organisation_id         VARCHAR  see organisations; null is the whole city
-- column  indicator_id             VARCHAR  see indicators
-- column  goal_number              BIGINT   number of its goal
-- column  indicator                VARCHAR  a few words for it
-- column  name                     VARCHAR  full wording
-- column  measure                  VARCHAR  share, rate, count, index or yes_no
-- column  counts                   VARCHAR  persons, units, events or none
-- column  unit                     VARCHAR  unit in Swedish words
-- column  direction                VARCHAR  which way is good
-- column  numerator                BIGINT   count; null when missing or protected
-- column  denominator              BIGINT   count it is a part of; null when missing or protected
-- column  value                    DOUBLE   the figure; unit as the indicator
-- column  missing_reason           VARCHAR  reason code, null when there is a figure
-- column  organisations_reported   BIGINT   how many are in the figure
-- column  organisations_expected   BIGINT   how many were to be
-- column  target                   DOUBLE   årsmål; unit as the indicator
-- column  target_set_by            VARCHAR  kf or namnd
-- column  outcome                  VARCHAR  see the view indicator_outcomes
-- column  base_year                INTEGER  first year the figure can be set against, null if none
-- column  change                   VARCHAR  better, worse or none since then; null when it cannot be told
-- column  origin                   VARCHAR  example when any input is
-- grain   indicator_id
-- source  indicators, goals, indicator_outcomes, city_changes, yearly_figures

with pairs as (
    select
        indicator_id::varchar as indicator_id,
        year_from as base_year,
        numerator_from,
        denominator_from,
        numerator_to,
        denominator_to
    from city_changes
    where $organisation_id is null and year_to = $year and sex = 'total' and missing_reason is null
    union all
    select
        later.indicator_id,
        earlier.year,
        earlier.numerator,
        earlier.denominator,
        later.numerator,
        later.denominator
    from yearly_figures as later
    inner join indicators on later.indicator_id = indicators.indicator_id::varchar
    inner join yearly_figures as earlier
        on
            later.indicator_id = earlier.indicator_id
            and later.organisation_id = earlier.organisation_id
            and later.sex = earlier.sex
    where
        later.organisation_id = $organisation_id
        and later.year = $year
        and later.sex = 'total'
        and later.missing_reason is null
        and earlier.missing_reason is null
        and earlier.year < $year
        and earlier.year >= case
            when indicators.break_year <= $year then indicators.break_year else coalesce(indicators.base_year, 0)
        end
),

bases as (
    select *
    from pairs
    qualify row_number() over (partition by indicator_id order by base_year) = 1
),

moves as (
    select
        bases.indicator_id,
        bases.base_year,
        indicators.direction,
        case
            when indicators.measure in ('share', 'yes_no') and indicators.counts <> 'persons'
                then bases.numerator_to / bases.denominator_to - bases.numerator_from / bases.denominator_from
            when indicators.measure = 'share'
                then newcombe_lower(
                    bases.numerator_from, bases.denominator_from, bases.numerator_to, bases.denominator_to, z95()
                )
            when indicators.measure = 'rate'
                then rate_ratio_lower(
                    bases.numerator_from, bases.denominator_from, bases.numerator_to, bases.denominator_to, z95()
                ) - 1
            when indicators.measure = 'count'
                then rate_ratio_lower(bases.numerator_from, 1, bases.numerator_to, 1, z95()) - 1
        end as lowest,
        case
            when indicators.measure in ('share', 'yes_no') and indicators.counts <> 'persons'
                then bases.numerator_to / bases.denominator_to - bases.numerator_from / bases.denominator_from
            when indicators.measure = 'share'
                then newcombe_upper(
                    bases.numerator_from, bases.denominator_from, bases.numerator_to, bases.denominator_to, z95()
                )
            when indicators.measure = 'rate'
                then rate_ratio_upper(
                    bases.numerator_from, bases.denominator_from, bases.numerator_to, bases.denominator_to, z95()
                ) - 1
            when indicators.measure = 'count'
                then rate_ratio_upper(bases.numerator_from, 1, bases.numerator_to, 1, z95()) - 1
        end as highest
    from bases
    inner join indicators on bases.indicator_id = indicators.indicator_id::varchar
)

select
    indicators.indicator_id,
    goals.number as goal_number,
    indicators.short_name as indicator,
    indicators.name,
    indicators.measure,
    indicators.counts,
    indicators.unit,
    indicators.direction,
    outcomes.numerator,
    outcomes.denominator,
    outcomes.value,
    case when outcomes.value is null then coalesce(outcomes.missing_reason, '-') end as missing_reason,
    coalesce(outcomes.organisations_reported, 0) as organisations_reported,
    coalesce(outcomes.organisations_expected, 0) as organisations_expected,
    outcomes.target,
    outcomes.target_set_by,
    coalesce(outcomes.outcome, 'missing') as outcome,
    moves.base_year,
    case
        when moves.direction = 'none' or moves.lowest is null or moves.highest is null then null
        when moves.lowest > 0 then case moves.direction when 'increase' then 'better' else 'worse' end
        when moves.highest < 0 then case moves.direction when 'increase' then 'worse' else 'better' end
        else 'none'
    end as change,
    case when 'example' in (indicators.origin, outcomes.origin) then 'example' else indicators.origin end as origin
from indicators
inner join goals using (goal_id)
left join indicator_outcomes as outcomes
    on
        indicators.indicator_id::varchar = outcomes.indicator_id
        and outcomes.organisation_id = coalesce($organisation_id, 'CITY')
        and outcomes.year = $year
left join moves on indicators.indicator_id::varchar = moves.indicator_id
where
    coalesce(indicators.valid_from <= make_date($year, 12, 31), true)
    and coalesce(indicators.valid_to >= make_date($year, 12, 31), true)
    and ($organisation_id is null or outcomes.indicator_id is not null)
order by goals.number, indicators.indicator_id::varchar
