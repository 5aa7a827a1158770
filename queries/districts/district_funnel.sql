-- How far chance alone spreads districts of each size around their common level, where sizes differ more than threefold.
--
-- The common level is that of all districts with a figure, from their counts. Limits for shares are those of the normal
-- approximation, cut at 0 and 100 %; for rates Poisson's. Empty where the largest is not more than three times the smallest,
-- and for full counts, which chance does not move.
--
-- param   $indicator_id    VARCHAR  see indicators; whole years (VB)
-- param   $year            INTEGER  calendar year
-- param   $sex             VARCHAR  total, women or men; null is total
-- param   $division        VARCHAR  first day of a division, or reported; null is today's
-- column  size             DOUBLE   denominator the limits are for
-- column  organisation_id  VARCHAR  the district of that size; null for the sizes in between
-- column  district         VARCHAR  its short name; null for the sizes in between
-- column  value            DOUBLE   its figure; unit as the indicator; null for the sizes in between
-- column  level            DOUBLE   the common level; unit as the indicator
-- column  lower_95         DOUBLE   limit at 95 %; unit as the indicator
-- column  upper_95         DOUBLE   as lower_95
-- column  lower_998        DOUBLE   limit at 99.8 %; unit as the indicator
-- column  upper_998        DOUBLE   as lower_998
-- grain   size, organisation_id
-- source  district_figures, divisions
-- used by views/districts

with asked as (
    select
        coalesce($division, max(division)) as division,
        coalesce($sex, 'total') as sex
    from divisions
    where is_today
),

counted as (
    select district_figures.*
    from district_figures
    inner join asked using (division, sex)
    where
        district_figures.indicator_id = $indicator_id
        and district_figures.year = $year
        and district_figures.measure in ('share', 'rate')
        and district_figures.varies
        and district_figures.numerator is not null
        and district_figures.denominator > 0
),

together as (
    select
        any_value(measure) as measure,
        coalesce(any_value(per), 1) as per,
        sum(numerator)::double / sum(denominator) as level,
        min(denominator)::double as smallest,
        max(denominator)::double as largest
    from counted
    having max(denominator) > 3 * min(denominator)
),

sizes as (
    select denominator::double as size, organisation_id, district, value
    from counted
    union all
    select smallest * power(largest / smallest, step / 40.0), null, null, null
    from together, range(41) as steps (step)
)

select
    sizes.size,
    sizes.organisation_id,
    sizes.district,
    sizes.value,
    case when measure = 'share' then level else per * level end as level,
    case measure
        when 'share' then funnel_share_lower(level, size, z95())
        else per * funnel_count_lower(level * size, z95()) / size
    end as lower_95,
    case measure
        when 'share' then funnel_share_upper(level, size, z95())
        else per * funnel_count_upper(level * size, z95()) / size
    end as upper_95,
    case measure
        when 'share' then funnel_share_lower(level, size, z998())
        else per * funnel_count_lower(level * size, z998()) / size
    end as lower_998,
    case measure
        when 'share' then funnel_share_upper(level, size, z998())
        else per * funnel_count_upper(level * size, z998()) / size
    end as upper_998
from sizes, together
order by sizes.size, sizes.organisation_id nulls first
