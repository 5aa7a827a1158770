-- What each indicator is judged by in each year: its figure, what it is compared with, its årsmål, and who is missing.
--
-- The base is the indicator's own base year, or after a break the first year reported under the new definition. The city
-- is compared over those who reported both years. Districts stand in today's division; whole years (VB), sexes together.
--
-- param   $organisation_id         VARCHAR   see organisations; null is the whole city
-- param   $goal_id                 VARCHAR   see goals; null is all
-- param   $indicator_id            VARCHAR   see indicators; null is all
-- column  indicator_id             VARCHAR   see indicators
-- column  goal_id                  VARCHAR   see goals
-- column  indicator                VARCHAR   a few words for it, unique
-- column  name                     VARCHAR   full wording
-- column  measure                  VARCHAR   share, rate, count, index or yes_no
-- column  counts                   VARCHAR   persons, units, events or none
-- column  unit                     VARCHAR   unit in Swedish words
-- column  per                      BIGINT    for a rate: given per this many
-- column  direction                VARCHAR   which way is good
-- column  violence_types           VARCHAR   kinds of violence, separated by space; null when the catalogue does not say
-- column  break_year               INTEGER   first year of a new definition, null if none
-- column  year                     INTEGER   calendar year
-- column  numerator                BIGINT    count; null when missing or protected
-- column  denominator              BIGINT    count it is a part of; null when missing or protected
-- column  value                    DOUBLE    the figure; unit as the indicator
-- column  missing_reason           VARCHAR   reason code, null when there is a figure
-- column  rebuilt                  VARCHAR   how the figure came about, null when there is none
-- column  organisations_reported   BIGINT    how many are in the figure
-- column  organisations_expected   BIGINT    how many were to be
-- column  reporters                VARCHAR   who is to report it over the years: namnder, bolag or both; null when nobody is
-- column  own_forecast             DOUBLE    one organisation's own for the year, the last it gave; unit as the indicator
-- column  target                   DOUBLE    årsmål of the year; unit as the indicator
-- column  target_set_by            VARCHAR   kf or namnd
-- column  last_target              DOUBLE    the last årsmål; unit as the indicator
-- column  last_target_year         INTEGER   the year it is for
-- column  base_year                INTEGER   the year a change is counted from, null if none is named
-- column  base_numerator           BIGINT    count in the base year, over those compared
-- column  base_denominator         BIGINT    count it is a part of
-- column  base_value               DOUBLE    figure of the base year; null for the city, which has counts
-- column  base_missing             VARCHAR   reason code, null when there is a figure to compare with
-- column  compared_numerator       BIGINT    the city's count of the year, over those who reported both years
-- column  compared_denominator     BIGINT    count it is a part of
-- column  organisations_both       BIGINT    how many of the city's are compared; null for one organisation
-- column  organisations_either     BIGINT    how many were expected in either year; null for one organisation
-- column  unanswered               BIGINT[]  last known denominator of each report that is missing from the city's figure
-- column  origin                   VARCHAR   example when any input is
-- grain   indicator_id, year
-- source  indicators, goals, periods, yearly_figures, yearly_targets, city_changes, last_known_denominators,
--         expected_reports, organisations, indicator_values

with chosen as (
    select *
    from indicators
    where
        ($goal_id is null or goal_id::varchar = $goal_id)
        and ($indicator_id is null or indicator_id::varchar = $indicator_id)
),

figures as (
    select *
    from yearly_figures
    where
        sex = 'total'
        and organisation_id = coalesce($organisation_id, 'CITY')
        and indicator_id in (select indicator_id::varchar from chosen)
),

reporting as (
    select
        expected_reports.object_id::varchar as indicator_id,
        case
            when bool_and(organisations.kind in ('moderbolag', 'dotterbolag')) then 'bolag'
            when bool_or(organisations.kind in ('moderbolag', 'dotterbolag')) then 'both'
            else 'namnder'
        end as reporters
    from expected_reports
    inner join organisations on expected_reports.organisation_id::varchar = organisations.organisation_id::varchar
    where expected_reports.object_type = 'indicator' and expected_reports.period = 'VB'
    group by expected_reports.object_id
),

forecasts as (
    select indicator_id::varchar as indicator_id, year, arg_max(forecast, period::varchar) as forecast
    from indicator_values
    where
        sex = 'total'
        and forecast is not null
        and missing_reason is distinct from '..'
        and organisation_id::varchar = $organisation_id
    group by indicator_id, year
),

asked as (
    select chosen.indicator_id::varchar as indicator_id, years.year
    from chosen
    cross join (select distinct year from periods) as years
    where
        coalesce(chosen.valid_from <= make_date(years.year, 12, 31), true)
        and coalesce(chosen.valid_to >= make_date(years.year, 12, 31), true)
),

targets as (
    select indicator_id::varchar as indicator_id, year, value, set_by, origin
    from yearly_targets
    where organisation_id::varchar = coalesce($organisation_id, 'CITY') and value is not null
),

last_targets as (
    select indicator_id, max(year) as year, arg_max(value, year) as value
    from targets
    group by indicator_id
),

first_after_break as (
    select figures.indicator_id, min(figures.year) as year
    from figures
    inner join chosen on figures.indicator_id = chosen.indicator_id::varchar
    where figures.value is not null and figures.year >= chosen.break_year
    group by figures.indicator_id
),

based as (
    select
        asked.indicator_id,
        asked.year,
        case
            when chosen.break_year > asked.year or chosen.break_year <= chosen.base_year or chosen.break_year is null
                then chosen.base_year
            else least(coalesce(first_after_break.year, chosen.break_year), asked.year)
        end as base_year
    from asked
    inner join chosen on asked.indicator_id = chosen.indicator_id::varchar
    left join first_after_break on asked.indicator_id = first_after_break.indicator_id
),

changes as (
    select *
    from city_changes
    where $organisation_id is null and sex = 'total'
),

unanswered as (
    select indicator_id, year, list(denominator order by organisation_id) as denominators
    from last_known_denominators
    where $organisation_id is null
    group by indicator_id, year
)

select
    based.indicator_id,
    chosen.goal_id::varchar as goal_id,
    chosen.short_name as indicator,
    chosen.name,
    chosen.measure,
    chosen.counts,
    chosen.unit,
    chosen.per,
    chosen.direction,
    chosen.violence_types,
    chosen.break_year,
    based.year,
    latest.numerator,
    latest.denominator,
    latest.value,
    case when latest.value is null then coalesce(latest.missing_reason, '-') end as missing_reason,
    latest.rebuilt,
    coalesce(latest.organisations_reported, 0) as organisations_reported,
    coalesce(latest.organisations_expected, 0) as organisations_expected,
    reporting.reporters,
    case when latest.missing_reason is distinct from '..' then forecasts.forecast end as own_forecast,
    targets.value as target,
    targets.set_by as target_set_by,
    last_targets.value as last_target,
    last_targets.year as last_target_year,
    based.base_year,
    case when $organisation_id is null then changes.numerator_from else base.numerator end as base_numerator,
    case when $organisation_id is null then changes.denominator_from else base.denominator end as base_denominator,
    case when $organisation_id is null then null else base.value end as base_value,
    case
        when $organisation_id is not null and base.value is null then coalesce(base.missing_reason, '-')
        when $organisation_id is null and changes.numerator_from is null then coalesce(changes.missing_reason, '-')
    end as base_missing,
    changes.numerator_to as compared_numerator,
    changes.denominator_to as compared_denominator,
    changes.organisations_both,
    changes.organisations_either,
    coalesce(unanswered.denominators, []::bigint[]) as unanswered,
    case
        when 'example' in (chosen.origin, latest.origin, targets.origin) then 'example'
        else coalesce(latest.origin, chosen.origin)::varchar
    end as origin
from based
inner join chosen on based.indicator_id = chosen.indicator_id::varchar
inner join goals on chosen.goal_id = goals.goal_id
left join figures as latest on based.indicator_id = latest.indicator_id and based.year = latest.year
left join figures as base
    on based.indicator_id = base.indicator_id and based.base_year = base.year and based.base_year < based.year
left join targets on based.indicator_id = targets.indicator_id and based.year = targets.year
left join last_targets on based.indicator_id = last_targets.indicator_id
left join changes
    on
        based.indicator_id = changes.indicator_id::varchar
        and based.base_year = changes.year_from
        and based.year = changes.year_to
left join unanswered on based.indicator_id = unanswered.indicator_id and based.year = unanswered.year
left join reporting on based.indicator_id = reporting.indicator_id
left join forecasts on based.indicator_id = forecasts.indicator_id and based.year = forecasts.year
where $organisation_id is null or latest.indicator_id is not null
order by goals.number, based.indicator_id, based.year
