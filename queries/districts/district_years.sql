-- One indicator in every year over the districts of one division, with 95 % intervals.
--
-- param   $indicator_id    VARCHAR  see indicators; whole years (VB)
-- param   $sex             VARCHAR  total, women or men; null is total
-- param   $division        VARCHAR  first day of a division, or reported; null is today's
-- column  organisation_id  VARCHAR  see organisations
-- column  district         VARCHAR  its short name
-- column  year             INTEGER  calendar year
-- column  numerator        BIGINT   count; null when missing or protected
-- column  denominator      BIGINT   count it is a part of; null when missing or protected
-- column  value            DOUBLE   the figure; unit as the indicator; null when missing or protected
-- column  lower_95         DOUBLE   Wilson for shares, Byar for rates and counts; unit as the indicator; null for full counts
-- column  upper_95         DOUBLE   as lower_95; null for full counts
-- column  is_after_break   BOOLEAN  whether the year is told by the newer definition
-- column  parts            BIGINT   organisations of that year that make it up
-- column  parts_reported   BIGINT   how many of them reported
-- column  rebuilt          VARCHAR  as_reported, rebuilt, incomplete or not_rebuildable
-- column  missing_reason   VARCHAR  reason code, null when there is a figure
-- column  measure          VARCHAR  share, rate, count, index or yes_no
-- column  counts           VARCHAR  persons, units, events or none
-- column  varies           BOOLEAN  whether chance moves it; else everything is counted, so no interval and no test
-- column  unit             VARCHAR  unit in Swedish words
-- column  origin           VARCHAR  example when any input is
-- grain   organisation_id, year
-- source  district_figures, divisions
-- used by views/districts

with asked as (
    select
        coalesce($division, max(division)) as division,
        coalesce($sex, 'total') as sex
    from divisions
    where is_today
)

select
    district_figures.organisation_id,
    district_figures.district,
    district_figures.year,
    district_figures.numerator,
    district_figures.denominator,
    district_figures.value,
    district_figures.lower_95,
    district_figures.upper_95,
    coalesce(district_figures.year >= district_figures.break_year, false) as is_after_break,
    district_figures.parts,
    district_figures.parts_reported,
    district_figures.rebuilt,
    district_figures.missing_reason,
    district_figures.measure,
    district_figures.counts,
    district_figures.varies,
    district_figures.unit,
    district_figures.origin
from district_figures
inner join asked using (division, sex)
where district_figures.indicator_id = $indicator_id
order by district_figures.district collate sv, district_figures.year
