-- Women and men beside each other in every district, in one year, each with its interval.
--
-- param   $indicator_id    VARCHAR  see indicators; whole years (VB)
-- param   $year            INTEGER  calendar year
-- param   $division        VARCHAR  first day of a division, or reported; null is today's
-- column  organisation_id  VARCHAR  see organisations
-- column  district         VARCHAR  its short name
-- column  sex              VARCHAR  women or men
-- column  numerator        BIGINT   count; null when missing or protected
-- column  denominator      BIGINT   count it is a part of; null when missing or protected
-- column  value            DOUBLE   the figure; unit as the indicator; null when missing or protected
-- column  lower_95         DOUBLE   Wilson for shares, Byar for rates and counts; unit as the indicator; null for full counts
-- column  upper_95         DOUBLE   as lower_95; null for full counts
-- column  parts            BIGINT   organisations of that year that make it up
-- column  parts_reported   BIGINT   how many of them reported
-- column  rebuilt          VARCHAR  as_reported, rebuilt, incomplete or not_rebuildable
-- column  missing_reason   VARCHAR  reason code, null when there is a figure
-- column  measure          VARCHAR  share, rate, count, index or yes_no
-- column  counts           VARCHAR  persons, units, events or none
-- column  varies           BOOLEAN  whether chance moves it; else everything is counted, so no interval and no test
-- column  unit             VARCHAR  unit in Swedish words
-- column  per              BIGINT   for a rate: given per this many; else null
-- column  direction        VARCHAR  which way is good
-- column  origin           VARCHAR  example when any input is
-- grain   organisation_id, sex
-- source  district_figures, divisions
-- used by views/districts

with asked as (
    select coalesce($division, max(division)) as division
    from divisions
    where is_today
)

select
    district_figures.organisation_id,
    district_figures.district,
    district_figures.sex,
    district_figures.numerator,
    district_figures.denominator,
    district_figures.value,
    district_figures.lower_95,
    district_figures.upper_95,
    district_figures.parts,
    district_figures.parts_reported,
    district_figures.rebuilt,
    district_figures.missing_reason,
    district_figures.measure,
    district_figures.counts,
    district_figures.varies,
    district_figures.unit,
    district_figures.per,
    district_figures.direction,
    district_figures.origin
from district_figures
inner join asked using (division)
where
    district_figures.indicator_id = $indicator_id
    and district_figures.year = $year
    and district_figures.sex in ('women', 'men')
order by district_figures.district collate sv, district_figures.sex desc
