-- Each district's yearly figure in each division, with its interval, the rest of the city, and how certainly they differ.
--
-- The rest of the city is everybody but the district itself. A difference is sure at 99.8 % and possible at 95 %: Newcombe's
-- interval for shares, the conditional ratio for rates. Other measures, and full counts, are not tested.
--
-- column  division          VARCHAR  reported, or the first day of a division
-- column  indicator_id      VARCHAR  see indicators
-- column  indicator         VARCHAR  a few words for it, unique
-- column  goal_id           VARCHAR  see goals
-- column  organisation_id   VARCHAR  see organisations
-- column  district          VARCHAR  its short name
-- column  year              INTEGER  calendar year; whole years (VB)
-- column  sex               VARCHAR  total, women, men or other
-- column  numerator         BIGINT   count; null when missing or protected
-- column  denominator       BIGINT   count it is a part of; null when missing or protected
-- column  value             DOUBLE   the figure; unit as the indicator; for yes/no of several parts, the share that said yes
-- column  lower_95          DOUBLE   Wilson for shares, Byar for rates and counts; unit as the indicator; null for full counts
-- column  upper_95          DOUBLE   as lower_95
-- column  rest_numerator    BIGINT   count in the rest of the city
-- column  rest_denominator  BIGINT   count it is a part of there
-- column  rest_value        DOUBLE   the figure there; unit as the indicator
-- column  comparison        VARCHAR  higher, maybe_higher, none, maybe_lower, lower; null when not tested
-- column  parts             BIGINT   organisations of that year that make it up
-- column  parts_reported    BIGINT   how many of them reported
-- column  rebuilt           VARCHAR  as_reported, rebuilt, incomplete or not_rebuildable
-- column  missing_reason    VARCHAR  reason code, null when there is a figure
-- column  measure           VARCHAR  share, rate, count, index or yes_no
-- column  counts            VARCHAR  persons, units, events or none
-- column  varies            BOOLEAN  whether chance moves it; else everything is counted, so no interval and no test
-- column  cluster           VARCHAR  what holds the cases together, null if nothing
-- column  unit              VARCHAR  unit in Swedish words
-- column  per               BIGINT   for a rate: given per this many
-- column  direction         VARCHAR  which way is good
-- column  base_year         INTEGER  the indicator's base year, null if none
-- column  break_year        INTEGER  first year of a new definition, null if none
-- column  origin            VARCHAR  example when any input is
-- grain   division, indicator_id, organisation_id, year, sex
-- source  district_figures, city_values
-- used by queries/districts

with beside_rest as (
    select
        own.*,
        city.numerator - own.numerator as rest_numerator,
        rest_denominator(own.numerator, own.denominator, city.numerator, city.denominator) as rest_denominator
    from district_figures as own
    left join city_values as city
        on own.indicator_id = city.indicator_id and own.year = city.year and own.sex = city.sex
),

compared as (
    select
        *,
        rest_value(measure, per, rest_numerator, rest_denominator) as rest_value
    from beside_rest
)

select
    division,
    indicator_id,
    indicator,
    goal_id,
    organisation_id,
    district,
    year,
    sex,
    numerator,
    denominator,
    value,
    lower_95,
    upper_95,
    rest_numerator,
    rest_denominator,
    rest_value,
    standing_to_rest(measure, varies, numerator, denominator, rest_numerator, rest_denominator, rest_value) as comparison,
    parts,
    parts_reported,
    rebuilt,
    missing_reason,
    measure,
    counts,
    varies,
    cluster,
    unit,
    per,
    direction,
    base_year,
    break_year,
    origin
from compared
