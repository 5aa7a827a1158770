-- Each year's figure, sexes together, against the årsmål that holds for it.
--
-- The outcome is the first of these that holds: missing, protected or not_applicable; no_target (no årsmål, or no direction
-- is good); insufficient (the årsmål lies within the bounds that missing reports leave; a
-- count and a rate have no upper bound); met; missed.
--
-- column  indicator_id            VARCHAR  see indicators
-- column  organisation_id         VARCHAR  see organisations, or CITY
-- column  year                    INTEGER  calendar year
-- column  numerator               BIGINT   count; null when missing or protected
-- column  denominator             BIGINT   count it is a part of; null when missing or protected
-- column  value                   DOUBLE   the figure; unit as the indicator
-- column  missing_reason          VARCHAR  reason code, null when there is a figure
-- column  organisations_reported  BIGINT   how many are in the figure
-- column  organisations_expected  BIGINT   how many were to be
-- column  rebuilt                 VARCHAR  how the figure came about
-- column  target                  DOUBLE   årsmål; unit as the indicator
-- column  target_set_by           VARCHAR  kf or namnd
-- column  outcome                 VARCHAR  missing, protected, not_applicable, no_target, insufficient, met, missed
-- column  origin                  VARCHAR  example when any input is
-- grain   indicator_id, organisation_id, year
-- source  yearly_figures, indicators, yearly_targets, last_known_denominators

with unanswered as (
    select
        indicator_id,
        year,
        sum(denominator) as denominator,
        bool_and(denominator is not null) as has_denominators
    from last_known_denominators
    group by indicator_id, year
),

stated as (
    select
        figures.indicator_id,
        figures.organisation_id,
        figures.year,
        figures.numerator,
        figures.denominator,
        figures.value,
        figures.missing_reason,
        figures.organisations_reported,
        figures.organisations_expected,
        figures.rebuilt,
        indicators.direction,
        targets.value as target,
        targets.set_by as target_set_by,
        figures.organisation_id = 'CITY' and unanswered.indicator_id is not null as is_bounded,
        case
            when indicators.measure = 'count' then figures.value
            when not unanswered.has_denominators then null
            when indicators.measure = 'rate'
                then indicators.per * figures.numerator / (figures.denominator + unanswered.denominator)
            else figures.numerator / (figures.denominator + unanswered.denominator)
        end as lowest,
        case
            when indicators.measure in ('count', 'rate') or not unanswered.has_denominators then null
            else (figures.numerator + unanswered.denominator) / (figures.denominator + unanswered.denominator)
        end as highest,
        case
            when 'example' in (figures.origin, indicators.origin, targets.origin) then 'example' else figures.origin
        end as origin
    from yearly_figures as figures
    inner join indicators on figures.indicator_id = indicators.indicator_id::varchar
    left join yearly_targets as targets
        on
            figures.indicator_id = targets.indicator_id::varchar
            and figures.organisation_id = targets.organisation_id::varchar
            and figures.year = targets.year
    left join unanswered on figures.indicator_id = unanswered.indicator_id and figures.year = unanswered.year
    where figures.sex = 'total'
)

select
    indicator_id,
    organisation_id,
    year,
    numerator,
    denominator,
    value,
    missing_reason,
    organisations_reported,
    organisations_expected,
    rebuilt,
    target,
    target_set_by,
    case
        when missing_reason = '..' then 'protected'
        when missing_reason = '.' then 'not_applicable'
        when value is null then 'missing'
        when direction = 'none' or target is null then 'no_target'
        when
            is_bounded
            and direction = 'increase'
            and not coalesce(lowest >= target, false)
            and not coalesce(highest < target, false)
            then 'insufficient'
        when
            is_bounded
            and direction = 'decrease'
            and not coalesce(highest <= target, false)
            and not coalesce(lowest > target, false)
            then 'insufficient'
        when direction = 'increase' and value >= target then 'met'
        when direction = 'decrease' and value <= target then 'met'
        else 'missed'
    end as outcome,
    origin
from stated
