-- How each district has changed from an earlier year to a later one, by its own counts.
--
-- A difference is sure at 99.8 % and possible at 95 %, as between districts; full counts are not tested. Nothing is compared
-- across a break. Of a district that is hidden or silent in the later year, nothing earlier is told.
--
-- param   $indicator_id       VARCHAR  see indicators; whole years (VB)
-- param   $year               INTEGER  the later year
-- param   $earlier            INTEGER  the earlier year
-- param   $sex                VARCHAR  total, women or men; null is total
-- param   $division           VARCHAR  first day of a division, or reported; null is today's
-- column  organisation_id     VARCHAR  see organisations
-- column  earlier_value       DOUBLE   its figure of the earlier year; unit as the indicator;
--                                      null when missing or protected
-- column  earlier_numerator   BIGINT   its count then; null when missing or protected
-- column  earlier_denominator  BIGINT  the count it was a part of; null when missing or protected
-- column  earlier_comparison  VARCHAR  higher, maybe_higher, none, maybe_lower, lower; null when not tested
-- grain   organisation_id
-- source  district_figures, divisions
-- used by views/districts

with asked as (
    select
        coalesce($division, max(division)) as division,
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
        district_figures.varies,
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
)

select
    now.organisation_id,
    before.value as earlier_value,
    before.numerator as earlier_numerator,
    before.denominator as earlier_denominator,
    case
        when now.measure = 'count' then standing('rate', now.varies, now.numerator, 1, before.numerator, 1)
        else
            standing(
                now.measure, now.varies, now.numerator, now.denominator, before.numerator, before.denominator
            )
    end as earlier_comparison
from now
inner join before using (organisation_id)
where now.value is not null
order by now.organisation_id
