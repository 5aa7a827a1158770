-- How each district has changed from an earlier year to a later one, by its own counts.
--
-- A difference is called as between districts: at 99.8 % and, as possible, at 95 %. Nothing is compared across a break. Of a
-- district that is hidden or silent in the later year, nothing earlier is told.
--
-- param   $indicator_id       VARCHAR  see indicators; whole years (VB)
-- param   $year               INTEGER  the later year
-- param   $earlier            INTEGER  the earlier year
-- param   $sex                VARCHAR  total, women or men; null is total
-- param   $division           VARCHAR  first day of a division, or reported; null is today's
-- column  organisation_id     VARCHAR  see organisations
-- column  earlier_value       DOUBLE   its figure of the earlier year; unit as the indicator
-- column  earlier_comparison  VARCHAR  higher, maybe_higher, none, maybe_lower, lower; null for units and without counts
-- grain   organisation_id
-- source  district_figures, divisions

with asked as (
    select
        try_cast(coalesce($division, max(division)::varchar) as division_key) as division,
        coalesce($sex, 'total') as sex
    from divisions
    where is_today
),

both_years as materialized (
    select
        district_figures.organisation_id,
        district_figures.year,
        district_figures.numerator,
        district_figures.denominator,
        district_figures.value,
        district_figures.measure,
        district_figures.counts,
        district_figures.break_year
    from district_figures
    inner join asked using (division, sex)
    where district_figures.indicator_id = $indicator_id and district_figures.year in ($earlier, $year)
),

now as (
    from both_years
    where year = $year
),

before as (
    from both_years
    where year = $earlier and coalesce(break_year <= $earlier or break_year > $year, true)
),

changed as (
    select
        now.organisation_id,
        now.counts,
        before.value as earlier_value,
        case now.measure
            when 'share' then newcombe_lower(before.numerator, before.denominator, now.numerator, now.denominator, z95())
            when 'rate'
                then rate_ratio_lower(before.numerator, before.denominator, now.numerator, now.denominator, z95()) - 1
        end as lower_95,
        case now.measure
            when 'share' then newcombe_upper(before.numerator, before.denominator, now.numerator, now.denominator, z95())
            when 'rate'
                then rate_ratio_upper(before.numerator, before.denominator, now.numerator, now.denominator, z95()) - 1
        end as upper_95,
        case now.measure
            when 'share'
                then newcombe_lower(before.numerator, before.denominator, now.numerator, now.denominator, z998())
            when 'rate'
                then rate_ratio_lower(before.numerator, before.denominator, now.numerator, now.denominator, z998()) - 1
        end as lower_998,
        case now.measure
            when 'share'
                then newcombe_upper(before.numerator, before.denominator, now.numerator, now.denominator, z998())
            when 'rate'
                then rate_ratio_upper(before.numerator, before.denominator, now.numerator, now.denominator, z998()) - 1
        end as upper_998
    from now
    inner join before using (organisation_id)
    where now.value is not null
)

select
    changed.organisation_id,
    changed.earlier_value,
    case
        when changed.counts = 'units' or changed.lower_95 is null then null
        when changed.lower_998 > 0 then 'higher'
        when changed.upper_998 < 0 then 'lower'
        when changed.lower_95 > 0 then 'maybe_higher'
        when changed.upper_95 < 0 then 'maybe_lower'
        else 'none'
    end as earlier_comparison
from changed
order by changed.organisation_id
