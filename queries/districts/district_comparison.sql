-- One indicator in one year over the districts, each with its interval, against the rest of the city and its årsmål.
--
-- The rest of the city is everybody but the district itself. A difference is sure at 99.8 % and possible at 95 %: Newcombe's
-- interval for shares, the conditional ratio for rates. Other measures, and full counts, are not tested.
--
-- param   $indicator_id      VARCHAR  see indicators; whole years (VB)
-- param   $year              INTEGER  calendar year
-- param   $sex               VARCHAR  total, women, men or other; null is total
-- param   $division          VARCHAR  first day of a division, or reported; null is today's
-- column  organisation_id    VARCHAR  see organisations
-- column  district           VARCHAR  its short name
-- column  numerator          BIGINT   count; null when missing or protected
-- column  denominator        BIGINT   count it is a part of; null when missing or protected
-- column  value              DOUBLE   the figure; unit as the indicator; for yes/no of several parts, the share that said yes;
--                                     null when missing or protected
-- column  lower_95           DOUBLE   Wilson for shares, Byar for rates and counts; unit as the indicator; null for full counts
-- column  upper_95           DOUBLE   as lower_95; null for full counts
-- column  rest_numerator     BIGINT   count in the rest of the city; null when not compared
-- column  rest_denominator   BIGINT   count it is a part of there; null when not compared
-- column  rest_value         DOUBLE   the figure there; unit as the indicator; null when not compared
-- column  comparison         VARCHAR  higher, maybe_higher, none, maybe_lower, lower; null when not tested
-- column  target             DOUBLE   årsmål; unit as the indicator; for the sexes together only; null when none is set
-- column  target_set_by      VARCHAR  kf or namnd; null when none is set
-- column  last_target        DOUBLE   the last årsmål; unit as the indicator; for the sexes together only;
--                                     null when none is set
-- column  last_target_year   INTEGER  the year it is for; null when none is set
-- column  parts              BIGINT   organisations of that year that make it up
-- column  parts_reported     BIGINT   how many of them reported
-- column  rebuilt            VARCHAR  as_reported, rebuilt, incomplete or not_rebuildable
-- column  missing_reason     VARCHAR  reason code, null when there is a figure
-- column  measure            VARCHAR  share, rate, count, index or yes_no
-- column  counts             VARCHAR  persons, units, events or none
-- column  varies             BOOLEAN  whether chance moves it; else everything is counted, so no interval and no test
-- column  cluster            VARCHAR  what holds the cases together, null if nothing
-- column  unit               VARCHAR  unit in Swedish words
-- column  per                BIGINT   for a rate: given per this many; else null
-- column  direction          VARCHAR  which way is good
-- column  base_year          INTEGER  the indicator's base year, null if none
-- column  break_year         INTEGER  first year of a new definition, null if none
-- column  origin             VARCHAR  example when any input is
-- grain   organisation_id
-- source  compared_districts, divisions, yearly_targets
-- used by views/districts

with asked as (
    select
        coalesce($division, max(division)) as division,
        coalesce($sex, 'total') as sex
    from divisions
    where is_today
),

now as (
    select compared_districts.*
    from compared_districts
    inner join asked using (division, sex)
    where compared_districts.indicator_id = $indicator_id and compared_districts.year = $year
),

last_targets as (
    select organisation_id, max(year) as year, arg_max(value, year) as value
    from yearly_targets
    where indicator_id = $indicator_id and value is not null
    group by organisation_id
)

select
    now.organisation_id,
    now.district,
    now.numerator,
    now.denominator,
    now.value,
    now.lower_95,
    now.upper_95,
    now.rest_numerator,
    now.rest_denominator,
    now.rest_value,
    now.comparison,
    targets.value as target,
    targets.set_by as target_set_by,
    last_targets.value as last_target,
    last_targets.year as last_target_year,
    now.parts,
    now.parts_reported,
    now.rebuilt,
    now.missing_reason,
    now.measure,
    now.counts,
    now.varies,
    now.cluster,
    now.unit,
    now.per,
    now.direction,
    now.base_year,
    now.break_year,
    origin_of_both(now.origin, targets.origin) as origin
from now
left join yearly_targets as targets
    on
        now.indicator_id = targets.indicator_id
        and now.organisation_id = targets.organisation_id
        and now.year = targets.year
        and now.sex = 'total'
left join last_targets on now.organisation_id = last_targets.organisation_id and now.sex = 'total'
order by now.district collate sv
