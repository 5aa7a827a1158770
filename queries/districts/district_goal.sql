-- Every indicator of a goal, or of all, in one year over the districts: each figure, and how it compares with the rest of the city.
--
-- param   $goal_id         VARCHAR  see goals, null is all of them; whole years (VB), sexes together
-- param   $year            INTEGER  calendar year
-- param   $sex             VARCHAR  total, women or men; null is total
-- param   $division        VARCHAR  first day of a division, or reported; null is today's
-- column  indicator_id     VARCHAR  see indicators
-- column  indicator        VARCHAR  a few words for it, unique
-- column  organisation_id  VARCHAR  see organisations
-- column  district         VARCHAR  its short name
-- column  numerator        BIGINT   count; null when missing or protected
-- column  denominator      BIGINT   count it is a part of; null when missing or protected
-- column  value            DOUBLE   the figure; unit as the indicator; null when missing or protected
-- column  rest_numerator   BIGINT   count in the rest of the city; null when not compared
-- column  rest_denominator  BIGINT  count it is a part of there; null when not compared
-- column  rest_value       DOUBLE   the figure in the rest of the city; unit as the indicator; null when not compared
-- column  comparison       VARCHAR  higher, maybe_higher, none, maybe_lower, lower; null when not tested
-- column  parts            BIGINT   organisations of that year that make it up
-- column  parts_reported   BIGINT   how many of them reported
-- column  rebuilt          VARCHAR  as_reported, rebuilt, incomplete or not_rebuildable
-- column  missing_reason   VARCHAR  reason code, null when there is a figure
-- column  measure          VARCHAR  share, rate, count, index or yes_no
-- column  counts           VARCHAR  persons, units, events or none
-- column  varies           BOOLEAN  whether chance moves it; else everything is counted, so no interval and no test
-- column  cluster          VARCHAR  what holds the cases together, null if nothing
-- column  unit             VARCHAR  unit in Swedish words
-- column  per              BIGINT   for a rate: given per this many; else null
-- column  direction        VARCHAR  which way is good
-- column  origin           VARCHAR  example when any input is
-- grain   indicator_id, organisation_id
-- source  compared_districts, divisions
-- used by pages/districts, report

with asked as (
    select
        coalesce($division, max(division)) as division,
        coalesce($sex, 'total') as sex
    from divisions
    where is_today
)

select
    compared_districts.indicator_id,
    compared_districts.indicator,
    compared_districts.organisation_id,
    compared_districts.district,
    compared_districts.numerator,
    compared_districts.denominator,
    compared_districts.value,
    compared_districts.rest_numerator,
    compared_districts.rest_denominator,
    compared_districts.rest_value,
    compared_districts.comparison,
    compared_districts.parts,
    compared_districts.parts_reported,
    compared_districts.rebuilt,
    compared_districts.missing_reason,
    compared_districts.measure,
    compared_districts.counts,
    compared_districts.varies,
    compared_districts.cluster,
    compared_districts.unit,
    compared_districts.per,
    compared_districts.direction,
    compared_districts.origin
from compared_districts
inner join asked using (division, sex)
where
    ($goal_id is null or compared_districts.goal_id = $goal_id)
    and compared_districts.year = $year
order by compared_districts.indicator_id, compared_districts.district collate sv
