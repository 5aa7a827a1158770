-- One indicator in one year over the districts, each with its interval, against the rest of the city and its årsmål.
--
-- The rest of the city is everybody but the district itself. A difference is called at 99.8 % and, as possible, at 95 %:
-- Newcombe's interval for shares, the conditional ratio for rates; other measures are not compared.
--
-- param   $indicator_id      VARCHAR  see indicators; whole years (VB)
-- param   $year              INTEGER  calendar year
-- param   $sex               VARCHAR  total, women, men or other; null is total
-- param   $division          VARCHAR  first day of a division, or reported; null is today's
-- column  organisation_id    VARCHAR  see organisations
-- column  district           VARCHAR  its short name
-- column  numerator          BIGINT   count; null when missing or protected
-- column  denominator        BIGINT   count it is a part of; null when missing or protected
-- column  value              DOUBLE   the figure; unit as the indicator; for yes/no of several parts, the share that said yes
-- column  lower_95           DOUBLE   Wilson for shares, Byar for rates and counts; unit as the indicator
-- column  upper_95           DOUBLE   as lower_95
-- column  rest_numerator     BIGINT   count in the rest of the city
-- column  rest_denominator   BIGINT   count it is a part of there
-- column  rest_value         DOUBLE   the figure there; unit as the indicator
-- column  comparison         VARCHAR  higher, maybe_higher, none, maybe_lower, lower; null when not compared
-- column  target             DOUBLE   årsmål; unit as the indicator; for the sexes together only
-- column  target_set_by      VARCHAR  kf or namnd
-- column  outcome            VARCHAR  met or missed; null when there is no årsmål or no figure
-- column  parts              BIGINT   organisations of that year that make it up
-- column  parts_reported     BIGINT   how many of them reported
-- column  rebuilt            VARCHAR  as_reported, rebuilt, incomplete or not_rebuildable
-- column  missing_reason     VARCHAR  reason code, null when there is a figure
-- column  measure            VARCHAR  share, rate, count, index or yes_no
-- column  counts             VARCHAR  persons, units, events or none
-- column  unit               VARCHAR  unit in Swedish words
-- column  direction          VARCHAR  which way is good
-- column  origin             VARCHAR  example when any input is
-- grain   organisation_id
-- source  division_values, divisions, organisations, indicators, city_values, yearly_targets

with asked as (
    select
        coalesce($division, max(division::varchar)) as division,
        coalesce($sex, 'total') as sex
    from divisions
    where is_today
),

figures as (
    select
        division_values.* replace (
            coalesce(
                division_values.value,
                case
                    when division_values.missing_reason is null
                        then division_values.numerator / division_values.denominator
                end
            ) as value
        ),
        organisations.short_name as district,
        indicators.measure,
        indicators.counts,
        indicators.unit,
        indicators.per,
        indicators.direction,
        indicators.origin as indicator_origin
    from division_values
    inner join asked on division_values.division::varchar = asked.division and division_values.sex = asked.sex
    inner join organisations using (organisation_id)
    inner join indicators using (indicator_id)
    where
        division_values.indicator_id::varchar = $indicator_id
        and division_values.year = $year
        and organisations.kind = 'stadsdelsnamnd'
),

beside_rest as (
    select
        figures.*,
        case when figures.numerator is not null then city.numerator - figures.numerator end as rest_numerator,
        case
            when figures.numerator is not null and city.numerator is not null
                then city.denominator - figures.denominator
        end as rest_denominator
    from figures
    left join city_values as city
        on
            figures.indicator_id = city.indicator_id
            and figures.year = city.year
            and figures.sex = city.sex
),

compared as (
    select
        *,
        case
            when measure = 'share' and rest_denominator > 0 then rest_numerator / rest_denominator
            when measure = 'rate' and rest_denominator > 0 then per * rest_numerator / rest_denominator
        end as rest_value,
        case measure
            when 'share' then newcombe_lower(rest_numerator, rest_denominator, numerator, denominator, z95())
            when 'rate' then rate_ratio_lower(rest_numerator, rest_denominator, numerator, denominator, z95()) - 1
        end as difference_lower_95,
        case measure
            when 'share' then newcombe_upper(rest_numerator, rest_denominator, numerator, denominator, z95())
            when 'rate' then rate_ratio_upper(rest_numerator, rest_denominator, numerator, denominator, z95()) - 1
        end as difference_upper_95,
        case measure
            when 'share' then newcombe_lower(rest_numerator, rest_denominator, numerator, denominator, z998())
            when 'rate' then rate_ratio_lower(rest_numerator, rest_denominator, numerator, denominator, z998()) - 1
        end as difference_lower_998,
        case measure
            when 'share' then newcombe_upper(rest_numerator, rest_denominator, numerator, denominator, z998())
            when 'rate' then rate_ratio_upper(rest_numerator, rest_denominator, numerator, denominator, z998()) - 1
        end as difference_upper_998
    from beside_rest
)

select
    compared.organisation_id,
    compared.district,
    compared.numerator,
    compared.denominator,
    compared.value,
    case compared.measure
        when 'share' then wilson_lower(compared.numerator, compared.denominator, z95())
        when 'rate' then compared.per * count_lower(compared.numerator, z95()) / compared.denominator
        when 'count' then count_lower(compared.numerator, z95())
    end as lower_95,
    case compared.measure
        when 'share' then wilson_upper(compared.numerator, compared.denominator, z95())
        when 'rate' then compared.per * count_upper(compared.numerator, z95()) / compared.denominator
        when 'count' then count_upper(compared.numerator, z95())
    end as upper_95,
    compared.rest_numerator,
    compared.rest_denominator,
    compared.rest_value,
    case
        when compared.rest_value is null then null
        when compared.difference_lower_998 > 0 then 'higher'
        when compared.difference_upper_998 < 0 then 'lower'
        when compared.difference_lower_95 > 0 then 'maybe_higher'
        when compared.difference_upper_95 < 0 then 'maybe_lower'
        else 'none'
    end as comparison,
    targets.value as target,
    targets.set_by as target_set_by,
    case
        when compared.value is null or targets.value is null or compared.direction = 'none' then null
        when compared.direction = 'increase' and compared.value >= targets.value then 'met'
        when compared.direction = 'decrease' and compared.value <= targets.value then 'met'
        else 'missed'
    end as outcome,
    compared.parts,
    compared.parts_reported,
    compared.rebuilt,
    compared.missing_reason,
    compared.measure,
    compared.counts,
    compared.unit,
    compared.direction,
    case
        when 'example' in (compared.origin, compared.indicator_origin, targets.origin) then 'example'
        else compared.origin
    end as origin
from compared
left join yearly_targets as targets
    on
        compared.indicator_id = targets.indicator_id
        and compared.organisation_id = targets.organisation_id
        and compared.year = targets.year
        and compared.sex = 'total'
order by compared.district collate sv
