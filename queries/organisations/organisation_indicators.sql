-- One organisation's indicators in one year: its own årsmål and KF's, and for a district the rest of the city.
--
-- The rest of the city is everybody but the district itself; a difference is sure at 99.8 % and possible at 95 %, as in
-- district_comparison; full counts are not tested. Whole years (VB), sexes together; districts in today's division.
--
-- param   $organisation_id   VARCHAR  see organisations
-- param   $year              INTEGER  calendar year
-- column  indicator_id       VARCHAR  see indicators
-- column  numerator          BIGINT   count; null when missing or protected
-- column  denominator        BIGINT   count it is a part of; null when missing or protected
-- column  value              DOUBLE   the figure; unit as the indicator; null when missing or protected
-- column  lower_95           DOUBLE   Wilson for shares, Byar for rates and counts; unit as the indicator; null for full counts
-- column  upper_95           DOUBLE   as lower_95; null for full counts
-- column  own_target         DOUBLE   the organisation's own årsmål; unit as the indicator; null if none
-- column  kf_target          DOUBLE   KF's årsmål for the organisation, else for the city; unit as the indicator;
--                                     null if none
-- column  rest_numerator     BIGINT   count in the rest of the city; null when not compared
-- column  rest_denominator   BIGINT   count it is a part of there; null when not compared
-- column  rest_value         DOUBLE   the figure in the rest of the city; unit as the indicator; null when not compared
-- column  comparison         VARCHAR  higher, maybe_higher, none, maybe_lower, lower; null when not tested
-- column  varies             BOOLEAN  whether chance moves it; else everything is counted, so no interval and no test
-- column  cluster            VARCHAR  what holds the cases together, null if nothing
-- column  per                BIGINT   for a rate: given per this many; else null
-- column  direction          VARCHAR  which way is good
-- column  measure            VARCHAR  share, rate, count, index or yes_no
-- column  unit               VARCHAR  unit in Swedish words
-- column  origin             VARCHAR  example when any input is
-- grain   indicator_id
-- source  yearly_figures, indicators, organisations, yearly_targets, targets, edition
-- used by report

with figures as materialized (
    select *
    from yearly_figures
    where organisation_id in ($organisation_id, 'CITY') and year = $year and sex = 'total'
),

holding as (
    select indicator_id, organisation_id, value, set_by, origin
    from yearly_targets
    where year = $year and value is not null and organisation_id in ($organisation_id, 'CITY')
),

set_by_kf as (
    select indicator_id, value, origin
    from targets
    where
        organisation_id = $organisation_id
        and year = $year
        and set_by = 'kf'
        and first_valid_day(valid_from) <= least(
            make_date($year, 12, 31),
            last_valid_day((select as_of from edition))
        )
    qualify row_number() over (partition by indicator_id order by valid_from desc nulls last) = 1
),

beside_rest as (
    select
        indicators.indicator_id,
        indicators.measure,
        indicators.unit,
        indicators.per,
        varies_by_chance(indicators.varies, indicators.time, indicators.counts) as varies,
        indicators.cluster,
        indicators.direction,
        own.numerator,
        own.denominator,
        own.value,
        case when organisations.kind = 'stadsdelsnamnd' then city.numerator - own.numerator end as rest_numerator,
        case
            when organisations.kind = 'stadsdelsnamnd'
                then rest_denominator(own.numerator, own.denominator, city.numerator, city.denominator)
        end as rest_denominator,
        own_targets.value as own_target,
        coalesce(set_by_kf.value, case when indicators.measure <> 'count' then city_targets.value end) as kf_target,
        marked_origin(
            'example' in (own.origin, indicators.origin, own_targets.origin, set_by_kf.origin, city_targets.origin),
            coalesce(own.origin, indicators.origin)
        ) as origin
    from indicators
    inner join organisations on organisations.organisation_id = $organisation_id
    left join figures as own
        on indicators.indicator_id = own.indicator_id and own.organisation_id = $organisation_id
    left join figures as city
        on indicators.indicator_id = city.indicator_id and city.organisation_id = 'CITY'
    left join holding as own_targets
        on
            indicators.indicator_id = own_targets.indicator_id
            and own_targets.organisation_id = $organisation_id
            and own_targets.set_by = 'namnd'
    left join set_by_kf on indicators.indicator_id = set_by_kf.indicator_id
    left join holding as city_targets
        on indicators.indicator_id = city_targets.indicator_id and city_targets.organisation_id = 'CITY'
),

compared as (
    select
        *,
        rest_value(measure, per, rest_numerator, rest_denominator) as rest_value
    from beside_rest
)

select
    indicator_id,
    numerator,
    denominator,
    value,
    case
        when not varies then null
        when measure = 'share' then wilson_lower(numerator, denominator, z95())
        when measure = 'rate' then per * count_lower(numerator, z95()) / denominator
        when measure = 'count' then count_lower(numerator, z95())
    end as lower_95,
    case
        when not varies then null
        when measure = 'share' then wilson_upper(numerator, denominator, z95())
        when measure = 'rate' then per * count_upper(numerator, z95()) / denominator
        when measure = 'count' then count_upper(numerator, z95())
    end as upper_95,
    own_target,
    kf_target,
    rest_numerator,
    rest_denominator,
    rest_value,
    standing_to_rest(measure, varies, numerator, denominator, rest_numerator, rest_denominator, rest_value) as comparison,
    varies,
    cluster,
    per,
    direction,
    measure,
    unit,
    origin
from compared
order by indicator_id
