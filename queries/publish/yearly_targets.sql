-- The årsmål that holds for each organisation and year: its own first, else KF's for it, else KF's for the city.
--
-- Of several, the latest; a closed year keeps the one that was valid on its last day. No årsmål for years in which the
-- organisation did not exist on 31 December. A number for the whole city is nobody's own årsmål, so counts do not pass on.
--
-- param   $as_of           DATE     the date of the snapshot; null when there is no receipt
-- column  indicator_id     VARCHAR  see indicators
-- column  organisation_id  VARCHAR  see organisations, or CITY
-- column  year             INTEGER  calendar year
-- column  value            DOUBLE   årsmål; unit as the indicator
-- column  set_by           VARCHAR  kf or namnd
-- column  origin           VARCHAR  example when the årsmål or the indicator is
-- grain   indicator_id, organisation_id, year
-- source  targets, indicators, organisations, duties, current_indicators
-- used by publish, queries/districts, queries/form, queries/indicators, queries/organisations, snapshot

with holding as (
    select
        targets.indicator_id,
        targets.organisation_id,
        targets.year,
        targets.set_by,
        targets.value,
        origin_of_both(targets.origin, indicators.origin) as origin
    from targets
    inner join indicators using (indicator_id)
    where
        first_valid_day(targets.valid_from)
        <= least(make_date(targets.year, 12, 31), last_valid_day($as_of))
    qualify
        row_number() over (
            partition by targets.indicator_id, targets.organisation_id, targets.year, targets.set_by
            order by targets.valid_from desc nulls last
        ) = 1
),

concerned as (
    select distinct object_id as indicator_id, organisation_id
    from duties
    where object_type = 'indicator'
    union
    select distinct indicator_id, organisation_id
    from current_indicators
),

wanted as (
    select indicator_id, organisation_id, year, value, set_by, origin,
        case set_by when 'namnd' then 1 else 2 end as preference
    from holding
    where organisation_id <> 'CITY'
    union all
    select holding.indicator_id, concerned.organisation_id, holding.year, holding.value, holding.set_by,
        holding.origin, 3
    from holding
    inner join concerned using (indicator_id)
    inner join indicators using (indicator_id)
    where indicators.measure <> 'count' and holding.organisation_id = 'CITY' and holding.set_by = 'kf'
)

select indicator_id, organisation_id, year, value, set_by, origin
from (
    select wanted.*
    from wanted
    inner join organisations using (organisation_id)
    where
        is_valid_on(make_date(wanted.year, 12, 31), organisations.valid_from, organisations.valid_to)
    qualify
        row_number() over (
            partition by wanted.indicator_id, wanted.organisation_id, wanted.year
            order by wanted.preference
        ) = 1
    union all
    select holding.*, 0 as preference
    from (
        select indicator_id, organisation_id, year, value, set_by, origin
        from holding
        where organisation_id = 'CITY' and set_by = 'kf'
    ) as holding
)
order by indicator_id, organisation_id, year
