-- The figure of each year (VB) for each organisation and for the city.
--
-- Districts stand in today's division, rebuilt where they have merged; an organisation that is no more stands as it reported.
-- Yes/no of several parts is the share that said yes.
--
-- column  indicator_id            VARCHAR  see indicators
-- column  organisation_id         VARCHAR  see organisations, or CITY
-- column  year                    INTEGER  calendar year
-- column  sex                     VARCHAR  total, women, men or other
-- column  numerator               BIGINT   count; null when missing or protected
-- column  denominator             BIGINT   count it is a part of; null when missing or protected
-- column  value                   DOUBLE   the figure; unit as the indicator
-- column  organisations_reported  BIGINT   how many are in the figure
-- column  organisations_expected  BIGINT   how many were to be
-- column  rebuilt                 VARCHAR  as_reported, rebuilt, incomplete, not_rebuildable; added for the city
-- column  missing_reason          VARCHAR  reason code, null when there is a figure
-- column  origin                  VARCHAR  example when any input is
-- grain   indicator_id, organisation_id, year, sex
-- source  division_values, divisions, division_members, organisations, successions, city_values
-- used by queries/indicators, queries/organisations, queries/report, queries/views

with today as (
    select max(division) as division
    from divisions
    where is_today
),

placed_today as (
    select division_members.organisation_id
    from division_members
    inner join today using (division)
    inner join organisations using (organisation_id)
    where
        organisations.kind = 'stadsdelsnamnd'
        or division_members.organisation_id in (select successor_id from successions)
        or division_members.organisation_id in (select predecessor_id from successions)
),

placed as (
    select *
    from division_values
    where division = (select division from today)
    union all
    select *
    from division_values
    where division = 'reported' and organisation_id not in (select organisation_id from placed_today)
)

select
    indicator_id,
    organisation_id,
    year,
    sex,
    numerator,
    denominator,
    coalesce(value, case when missing_reason is null then numerator / denominator end) as value,
    parts_reported as organisations_reported,
    parts as organisations_expected,
    rebuilt,
    missing_reason,
    origin
from placed
union all
select
    indicator_id,
    'CITY',
    year,
    sex,
    numerator,
    denominator,
    value,
    organisations_reported,
    organisations_expected,
    'added',
    missing_reason,
    origin
from city_values
