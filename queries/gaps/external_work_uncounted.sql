-- An external provider does the work, and the indicator counts own units only.
--
-- rule      G12
-- severity  medium
-- title     {name}: externa utförare gör arbete som inte mäts
-- why       De som möter en extern utförare syns inte i uppföljningen.
-- action    Låt indikatorn omfatta externa utförare, eller följ upp dem i avtalen.
-- ask       Kan det externa utförare gör tas med i rapporten, eller följas upp i avtalen?
-- column    object_type    VARCHAR    goal, indicator, activity, organisation or programme
-- column    object_id      VARCHAR    its identity
-- column    goal_id        VARCHAR    see goals; null if none
-- column    organisations  VARCHAR[]  whom it concerns
-- column    since          DATE       since when; null if not known
-- column    origin         VARCHAR    example when any of what it rests on is
-- column    confidence     VARCHAR    how sure it is
-- column    evidence       STRUCT[]   the rows it rests on: source_table, source_key, told
-- column    name           VARCHAR    the indicator or the organisation
-- grain     object_type, object_id, organisations
-- source    objects, answering, activity_indicators, observations, organisations, indicators, activities

with counted_elsewhere as (
    select activity_indicators.activity_id
    from activity_indicators
    inner join objects on activity_indicators.indicator_id = objects.object_id and objects.object_type = 'indicator'
    where objects.provider in ('external', 'both')
),

measured as (
    select
        'indicator' as object_type,
        indicator.object_id,
        indicator.goal_id,
        null as organisation_id,
        indicator.name,
        null as since,
        origin_of_both(indicator.origin, activity.origin) as origin,
        indicator.confidence,
        evidence(
            'activities',
            'activity_id=' || activity.object_id,
            '”' || activity.name || '” utförs '
            || case when activity.provider = 'both' then 'delvis externt' else 'externt' end
            || '; indikatorn räknar bara egen regi.'
        ) as found
    from activity_indicators
    inner join objects as indicator
        on activity_indicators.indicator_id = indicator.object_id and indicator.object_type = 'indicator'
    inner join objects as activity
        on activity_indicators.activity_id = activity.object_id and activity.object_type = 'activity'
    where
        indicator.provider = 'own'
        and activity.provider in ('external', 'both')
        and activity.object_id not in (select counted_elsewhere.activity_id from counted_elsewhere)
),

observed as (
    select
        'organisation' as object_type,
        organisations.organisation_id as object_id,
        null as goal_id,
        organisations.organisation_id,
        organisations.short_name as name,
        null as since,
        observations.origin,
        observations.confidence,
        evidence(
            'observations',
            'observation_id=' || observations.observation_id,
            observations.text || ' (' || coalesce(observations.source, 'utan källa') || ').'
        ) as found
    from observations
    inner join organisations on observations.object_id = organisations.organisation_id
    where
        observations.kind = 'external_provider'
        and observations.object_type = 'organisation'
        and not exists (
            select 1
            from answering
            inner join objects using (object_type, object_id)
            where
                answering.organisation_id = organisations.organisation_id
                and objects.object_type = 'indicator'
                and objects.provider in ('external', 'both')
        )
)

select
    object_type,
    object_id,
    goal_id,
    case when any_value(organisation_id) is null then []::varchar[] else [any_value(organisation_id)] end as organisations,
    null::date as since,
    group_origin(origin) as origin,
    min(confidence) as confidence,
    list(found order by found) as evidence,
    name
from (
    from measured
    union all
    from observed
)
group by object_type, object_id, goal_id, name
order by object_type, object_id
