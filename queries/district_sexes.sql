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
-- column  value            DOUBLE   the figure; unit as the indicator
-- column  lower_95         DOUBLE   Wilson for shares, Byar for rates and counts; unit as the indicator
-- column  upper_95         DOUBLE   as lower_95
-- column  parts            BIGINT   organisations of that year that make it up
-- column  parts_reported   BIGINT   how many of them reported
-- column  rebuilt          VARCHAR  as_reported, rebuilt, incomplete or not_rebuildable
-- column  missing_reason   VARCHAR  reason code, null when there is a figure
-- column  measure          VARCHAR  share, rate, count, index or yes_no
-- column  counts           VARCHAR  persons, units, events or none
-- column  unit             VARCHAR  unit in Swedish words
-- column  origin           VARCHAR  example when any input is
-- grain   organisation_id, sex
-- source  compared_districts, divisions

with asked as (
    select coalesce($division, max(division::varchar)) as division
    from divisions
    where is_today
)

select
    compared_districts.organisation_id,
    compared_districts.district,
    compared_districts.sex,
    compared_districts.numerator,
    compared_districts.denominator,
    compared_districts.value,
    compared_districts.lower_95,
    compared_districts.upper_95,
    compared_districts.parts,
    compared_districts.parts_reported,
    compared_districts.rebuilt,
    compared_districts.missing_reason,
    compared_districts.measure,
    compared_districts.counts,
    compared_districts.unit,
    compared_districts.origin
from compared_districts
inner join asked using (division)
where
    compared_districts.indicator_id = $indicator_id
    and compared_districts.year = $year
    and compared_districts.sex in ('women', 'men')
order by compared_districts.district collate sv, compared_districts.sex desc
