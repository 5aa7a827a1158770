-- What each indicator is judged by in each year: its figure, what it is compared with, its årsmål, and who is missing.
--
-- The base is the indicator's own base year, or after a break the first year reported under the new definition. The city
-- is compared over those who reported both years. Districts stand in today's division; whole years (VB), sexes together.
-- After an indicator's end its years are there too, without a figure.
--
-- param   $organisation_id         VARCHAR   see organisations; null is the whole city
-- param   $everyone                BOOLEAN   whether every organisation is meant, and the city; null is no
-- param   $goal_id                 VARCHAR   see goals; null is all
-- param   $indicator_id            VARCHAR   see indicators; null is all
-- column  organisation_id          VARCHAR   see organisations, or CITY
-- column  indicator_id             VARCHAR   see indicators
-- column  goal_id                  VARCHAR   see goals
-- column  indicator                VARCHAR   a few words for it, unique
-- column  name                     VARCHAR   full wording
-- column  measure                  VARCHAR   share, rate, count, index or yes_no
-- column  counts                   VARCHAR   persons, units, events or none
-- column  varies                   BOOLEAN   whether chance moves it; else everything there is has been counted
-- column  cluster                  VARCHAR   what holds the cases together, null if nothing
-- column  unit                     VARCHAR   unit in Swedish words
-- column  per                      BIGINT    for a rate: given per this many; else null
-- column  direction                VARCHAR   which way is good
-- column  violence_types           VARCHAR   kinds of violence, separated by space; null when the catalogue does not say
-- column  break_year               INTEGER   first year of a new definition, null if none
-- column  base_note                VARCHAR   what was unusual about the base year, null if nothing
-- column  year                     INTEGER   calendar year
-- column  is_ended                 BOOLEAN   whether the indicator had ended by the year's last day
-- column  has_owner                BOOLEAN   whether anybody had a decided duty to report it on the year's last day
-- column  numerator                BIGINT    count; null when missing or protected
-- column  denominator              BIGINT    count it is a part of; null when missing or protected
-- column  value                    DOUBLE    the figure; unit as the indicator; null when missing or protected
-- column  missing_reason           VARCHAR   reason code, null when there is a figure
-- column  rebuilt                  VARCHAR   how the figure came about, null when there is none
-- column  organisations_reported   BIGINT    how many are in the figure
-- column  organisations_expected   BIGINT    how many it is expected from
-- column  reporters                VARCHAR   who is to report it over the years: namnder, bolag or both; null when nobody is
-- column  own_forecast             DOUBLE    one organisation's own for the year, the last it gave; unit as the indicator;
--                                            null when none is given
-- column  target                   DOUBLE    årsmål of the year; unit as the indicator; null when none is set
-- column  target_set_by            VARCHAR   kf or namnd; null when none is set
-- column  last_target              DOUBLE    the last årsmål; unit as the indicator; null when none is set
-- column  last_target_year         INTEGER   the year it is for; null when none is set
-- column  base_year                INTEGER   the year a change is counted from, null if none is named
-- column  base_numerator           BIGINT    count in the base year, over those compared;
--                                            null when missing or protected
-- column  base_denominator         BIGINT    count it is a part of; null when missing or protected
-- column  base_value               DOUBLE    figure of the base year; null for the city, which has counts
-- column  base_missing             VARCHAR   reason code, null when there is a figure to compare with
-- column  compared_numerator       BIGINT    the city's count of the year, over those who reported both years;
--                                            null for one organisation
-- column  compared_denominator     BIGINT    count it is a part of; null for one organisation
-- column  organisations_both       BIGINT    how many of the city's are compared; null for one organisation
-- column  organisations_expected_both  BIGINT  how many it was expected from in both years; null for one organisation
-- column  missing_organisations    VARCHAR[] who is missing from the city's figure, short names by reason and name
-- column  missing_reasons          VARCHAR[] why: `-`, `..`, `.`, no_counts or part_of_year, in the same order
-- column  missing_denominators     BIGINT[]  last known denominator of each, in the same order; null when none is known
-- column  origin                   VARCHAR   example when any input is
-- grain   organisation_id, indicator_id, year
-- source  indicators, goals, periods, yearly_figures, yearly_targets, city_changes, missing_answers,
--         expected_reports, organisations, indicator_values, duties
-- used by report, views/common, warehouse/changes

with chosen as (
    select *
    from indicators
    where
        ($goal_id is null or goal_id = $goal_id)
        and ($indicator_id is null or indicator_id = $indicator_id)
),

figures as (
    select *
    from yearly_figures
    where
        sex = 'total'
        and (coalesce($everyone, false) or organisation_id = coalesce($organisation_id, 'CITY'))
        and indicator_id in (select indicator_id from chosen)
),

subjects as (
    select distinct indicator_id, organisation_id from figures
    union
    select indicator_id, 'CITY' from chosen where coalesce($everyone, false) or $organisation_id is null
),

reporting as (
    select
        expected_reports.object_id as indicator_id,
        case
            when bool_and(organisations.kind in ('moderbolag', 'dotterbolag')) then 'bolag'
            when bool_or(organisations.kind in ('moderbolag', 'dotterbolag')) then 'both'
            else 'namnder'
        end as reporters
    from expected_reports
    inner join organisations on expected_reports.organisation_id = organisations.organisation_id
    where expected_reports.object_type = 'indicator' and expected_reports.period = 'VB'
    group by expected_reports.object_id
),

forecasts as (
    select
        indicator_id,
        organisation_id,
        year,
        arg_max(forecast, period) as forecast
    from indicator_values
    where
        sex = 'total'
        and forecast is not null
        and missing_reason is distinct from '..'
        and (coalesce($everyone, false) or organisation_id = $organisation_id)
    group by indicator_id, organisation_id, year
),

years as (
    select distinct year, make_date(year, 12, 31) as last_day
    from periods
),

owned as (
    select distinct duties.object_id as indicator_id, years.year
    from duties
    inner join years on is_valid_on(years.last_day, duties.valid_from, duties.valid_to)
    where
        duties.object_type = 'indicator'
        and duties.status = 'decided'
        and duties.role in ('huvudansvarig', 'ansvarig', 'delansvarig')
),

asked as (
    select
        chosen.indicator_id,
        subjects.organisation_id,
        years.year,
        coalesce(chosen.valid_to < years.last_day, false) as is_ended
    from chosen
    inner join subjects on chosen.indicator_id = subjects.indicator_id
    cross join years
    where coalesce(chosen.valid_from <= years.last_day, true)
),

targets as (
    select
        indicator_id,
        organisation_id,
        year,
        value,
        set_by,
        origin
    from yearly_targets
    where
        value is not null
        and (coalesce($everyone, false) or organisation_id = coalesce($organisation_id, 'CITY'))
),

last_targets as (
    select indicator_id, organisation_id, max(year) as year, arg_max(value, year) as value
    from targets
    group by indicator_id, organisation_id
),

first_after_break as (
    select figures.indicator_id, figures.organisation_id, min(figures.year) as year
    from figures
    inner join chosen on figures.indicator_id = chosen.indicator_id
    where figures.value is not null and figures.year >= chosen.break_year
    group by figures.indicator_id, figures.organisation_id
),

based as (
    select
        asked.*,
        case
            when chosen.break_year > asked.year or chosen.break_year <= chosen.base_year or chosen.break_year is null
                then chosen.base_year
            else least(coalesce(first_after_break.year, chosen.break_year), asked.year)
        end as base_year
    from asked
    inner join chosen on asked.indicator_id = chosen.indicator_id
    left join first_after_break
        on
            asked.indicator_id = first_after_break.indicator_id
            and asked.organisation_id = first_after_break.organisation_id
),

changes as (
    select *, indicator_id as indicator
    from city_changes
    where sex = 'total' and (coalesce($everyone, false) or $organisation_id is null)
),

missing as (
    select
        indicator_id,
        year,
        list(organisation order by reason, organisation collate sv, organisation_id) as organisations,
        list(reason order by reason, organisation collate sv, organisation_id) as reasons,
        list(denominator order by reason, organisation collate sv, organisation_id) as denominators
    from missing_answers
    group by indicator_id, year
)

select
    based.organisation_id,
    based.indicator_id,
    chosen.goal_id,
    chosen.short_name as indicator,
    chosen.name,
    chosen.measure,
    chosen.counts,
    varies_by_chance(chosen.varies, chosen."time", chosen.counts) as varies,
    chosen.cluster,
    chosen.unit,
    chosen.per,
    chosen.direction,
    chosen.violence_types,
    chosen.break_year,
    case when based.base_year = chosen.base_year then chosen.base_note end as base_note,
    based.year,
    based.is_ended,
    owned.indicator_id is not null as has_owner,
    latest.numerator,
    latest.denominator,
    latest.value,
    case when latest.value is null then coalesce(latest.missing_reason, '-') end as missing_reason,
    latest.rebuilt,
    coalesce(latest.organisations_reported, 0) as organisations_reported,
    coalesce(latest.organisations_expected, 0) as organisations_expected,
    reporting.reporters,
    case when coalesce(latest.missing_reason, '') <> '..' then forecasts.forecast end as own_forecast,
    targets.value as target,
    targets.set_by as target_set_by,
    last_targets.value as last_target,
    last_targets.year as last_target_year,
    based.base_year,
    case when is_sum then changes.numerator_from else base.numerator end as base_numerator,
    case when is_sum then changes.denominator_from else base.denominator end as base_denominator,
    case when is_sum then null else base.value end as base_value,
    case
        when not is_sum and base.value is null then coalesce(base.missing_reason, '-')
        when is_sum and changes.numerator_from is null then coalesce(changes.missing_reason, '-')
    end as base_missing,
    changes.numerator_to as compared_numerator,
    changes.denominator_to as compared_denominator,
    changes.organisations_both,
    changes.organisations_expected_both,
    case when is_city then coalesce(missing.organisations, []::varchar[]) else []::varchar[] end as missing_organisations,
    case when is_city then coalesce(missing.reasons, []::varchar[]) else []::varchar[] end as missing_reasons,
    case when is_city then coalesce(missing.denominators, []::bigint[]) else []::bigint[] end as missing_denominators,
    marked_origin('example' in (chosen.origin, latest.origin, targets.origin), coalesce(latest.origin, chosen.origin)) as origin
from based
inner join chosen on based.indicator_id = chosen.indicator_id
inner join goals on chosen.goal_id = goals.goal_id
cross join lateral (
    select
        based.organisation_id = 'CITY' as is_city,
        based.organisation_id = 'CITY' and chosen.measure <> 'index' as is_sum
) as whose
left join owned on based.indicator_id = owned.indicator_id and based.year = owned.year
left join figures as latest
    on
        based.indicator_id = latest.indicator_id
        and based.organisation_id = latest.organisation_id
        and based.year = latest.year
        and not based.is_ended
left join figures as base
    on
        based.indicator_id = base.indicator_id
        and based.organisation_id = base.organisation_id
        and based.base_year = base.year
        and based.base_year < based.year
left join targets
    on
        based.indicator_id = targets.indicator_id
        and based.organisation_id = targets.organisation_id
        and based.year = targets.year
left join last_targets
    on based.indicator_id = last_targets.indicator_id and based.organisation_id = last_targets.organisation_id
left join changes
    on
        is_city
        and based.indicator_id = changes.indicator
        and based.base_year = changes.year_from
        and based.year = changes.year_to
left join missing on based.indicator_id = missing.indicator_id and based.year = missing.year
left join reporting on based.indicator_id = reporting.indicator_id
left join forecasts
    on
        based.indicator_id = forecasts.indicator_id
        and based.organisation_id = forecasts.organisation_id
        and based.year = forecasts.year
where is_city or latest.indicator_id is not null or based.is_ended
order by goals.number, based.indicator_id, based.organisation_id, based.year
