-- Each indicator in two years after each other, over those who reported both: what has changed since last year.
--
-- Whole years (VB), sexes together. The city is summed over the nämnder that reported both years; one organisation stands in
-- today's division. An indicator whose definition changed between the two years is left out.
--
-- param   $organisation_id     VARCHAR  see organisations; null is the whole city
-- param   $year                INTEGER  the later year
-- column  indicator_id         VARCHAR  see indicators
-- column  indicator            VARCHAR  a few words for it
-- column  goal_number          BIGINT   number of its goal
-- column  measure              VARCHAR  share, rate, count, index or yes_no
-- column  counts               VARCHAR  persons, units, events or none
-- column  unit                 VARCHAR  unit in Swedish words
-- column  direction            VARCHAR  which way is good
-- column  before_numerator     BIGINT   count in the earlier year; null when missing or protected
-- column  before_denominator   BIGINT   count it is a part of; null when missing or protected
-- column  before_value         DOUBLE   the figure; unit as the indicator; null when missing or protected
-- column  before_missing       VARCHAR  reason code, null when there is a figure
-- column  after_numerator      BIGINT   count in the later year; null when missing or protected
-- column  after_denominator    BIGINT   count it is a part of; null when missing or protected
-- column  after_value          DOUBLE   the figure; unit as the indicator; null when missing or protected
-- column  after_missing        VARCHAR  reason code, null when there is a figure
-- column  varies               BOOLEAN  whether chance moves it; else everything there is has been counted
-- column  per                  BIGINT   for a rate: given per this many; else null
-- column  organisations_both   BIGINT   how many of the city's are compared; null for one organisation
-- column  organisations_expected_both  BIGINT  how many it was expected from in both years; null for one organisation
-- column  origin               VARCHAR  example when any input is
-- grain   indicator_id
-- source  indicators, goals, city_changes, yearly_figures
-- used by report

with added as (
    select
        indicator_id,
        numerator_from as before_numerator,
        denominator_from as before_denominator,
        null::double as before_value,
        case when numerator_from is null then coalesce(missing_reason, '-') end as before_missing,
        numerator_to as after_numerator,
        denominator_to as after_denominator,
        null::double as after_value,
        case when numerator_to is null then coalesce(missing_reason, '-') end as after_missing,
        organisations_both,
        organisations_expected_both,
        origin
    from city_changes
    where $organisation_id is null and sex = 'total' and year_to = $year and year_from = $year - 1
),

own as (
    select
        later.indicator_id,
        earlier.numerator as before_numerator,
        earlier.denominator as before_denominator,
        earlier.value as before_value,
        case when earlier.value is null then coalesce(earlier.missing_reason, '-') end as before_missing,
        later.numerator as after_numerator,
        later.denominator as after_denominator,
        later.value as after_value,
        case when later.value is null then coalesce(later.missing_reason, '-') end as after_missing,
        null::bigint as organisations_both,
        null::bigint as organisations_expected_both,
        origin_of_both(later.origin, earlier.origin) as origin
    from yearly_figures as later
    left join yearly_figures as earlier
        on
            later.indicator_id = earlier.indicator_id
            and later.organisation_id = earlier.organisation_id
            and later.sex = earlier.sex
            and later.year - 1 = earlier.year
    where later.organisation_id = $organisation_id and later.year = $year and later.sex = 'total'
),

compared as (
    select * from added
    union all
    select * from own
)

select
    compared.indicator_id,
    indicators.short_name as indicator,
    goals.number as goal_number,
    indicators.measure,
    indicators.counts,
    indicators.unit,
    indicators.direction,
    compared.before_numerator,
    compared.before_denominator,
    case
        when compared.before_numerator is null then compared.before_value
        when indicators.measure = 'count' then compared.before_numerator
        else coalesce(indicators.per, 1) * compared.before_numerator / nullif(compared.before_denominator, 0)
    end as before_value,
    compared.before_missing,
    compared.after_numerator,
    compared.after_denominator,
    case
        when compared.after_numerator is null then compared.after_value
        when indicators.measure = 'count' then compared.after_numerator
        else coalesce(indicators.per, 1) * compared.after_numerator / nullif(compared.after_denominator, 0)
    end as after_value,
    compared.after_missing,
    varies_by_chance(indicators.varies, indicators."time", indicators.counts) as varies,
    indicators.per,
    compared.organisations_both,
    compared.organisations_expected_both,
    compared.origin
from compared
inner join indicators on compared.indicator_id = indicators.indicator_id
inner join goals on indicators.goal_id = goals.goal_id
where indicators.break_year is distinct from $year
order by goals.number, compared.indicator_id
