-- Each year's figure, sexes together, against the årsmål that holds for it.
--
-- The outcome is the first of these that holds: missing, protected or not_applicable; no_target (no årsmål, or no direction
-- is good); insufficient (the årsmål lies within the bounds that missing reports leave); met; missed.
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
        bool_and(denominator is not null) as is_bounded
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
        case
            when figures.organisation_id <> 'CITY' or indicators.measure not in ('share', 'yes_no') then true
            when unanswered.indicator_id is null then true
            when not unanswered.is_bounded then false
            when indicators.direction = 'increase'
                then targets.value <= bounds.lowest or targets.value > bounds.highest
            else targets.value >= bounds.highest or targets.value < bounds.lowest
        end as is_sufficient,
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
    cross join lateral (
        select
            figures.numerator / (figures.denominator + unanswered.denominator) as lowest,
            (figures.numerator + unanswered.denominator) / (figures.denominator + unanswered.denominator) as highest
    ) as bounds
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
        when not is_sufficient then 'insufficient'
        when direction = 'increase' and value >= target then 'met'
        when direction = 'decrease' and value <= target then 'met'
        else 'missed'
    end as outcome,
    origin
from stated
