-- Does the work that an indicator measures, and does not answer for the indicator.
--
-- rule      G7
-- severity  medium
-- title     {organisation} arbetar med det som ”{name}” mäter men ansvarar inte för indikatorn
-- why       Arbetet syns inte i indikatorn, så den säger mindre än den kunde.
-- action    Pröva om {organisation} också ska ansvara för indikatorn.
-- ask       Bör ni också ansvara för indikatorn? Om inte, berätta varför den inte passar ert arbete.
-- column    object_type    VARCHAR    goal, indicator, activity, organisation or programme
-- column    object_id      VARCHAR    its identity
-- column    goal_id        VARCHAR    see goals; null if none
-- column    organisations  VARCHAR[]  whom it concerns
-- column    since          DATE       since when; null if not known
-- column    origin         VARCHAR    example when any of what it rests on is
-- column    confidence     VARCHAR    how sure it is
-- column    evidence       STRUCT[]   the rows it rests on: source_table, source_key, told
-- column    name           VARCHAR    short name or title
-- column    organisation   VARCHAR    the organisation's short name
-- grain     object_type, object_id, organisations
-- source    objects, answering, activity_indicators, activities, observations, organisations, duties, standpoint

with doing as (
    select
        activity_indicators.indicator_id,
        answering.organisation_id,
        answering.since,
        answering.origin,
        null as confidence,
        evidence(
            'activity_indicators',
            'activity_id=' || activities.activity_id || '; indicator_id=' || activity_indicators.indicator_id,
            'Ansvarar för aktiviteten ”' || activities.title || '”, som indikatorn mäter.'
        ) as found
    from activity_indicators
    inner join answering
        on activity_indicators.activity_id = answering.object_id and answering.object_type = 'activity'
    inner join activities using (activity_id)
    union all
    select
        object_id,
        organisation_id,
        null,
        origin,
        confidence,
        evidence('observations', 'observation_id=' || observation_id, text || ' (' || coalesce(source, 'utan källa') || ').')
    from observations
    where kind = 'offers_responsibility' and object_type = 'indicator' and organisation_id is not null
),

answered as (
    select object_id as indicator_id, organisation_id
    from answering
    where object_type = 'indicator'
)

select
    'indicator' as object_type,
    objects.object_id,
    objects.goal_id,
    [doing.organisation_id] as organisations,
    min(doing.since) as since,
    marked_origin(bool_or('example' in (doing.origin, objects.origin)), min(objects.origin)) as origin,
    coalesce(min(doing.confidence), min(objects.confidence)) as confidence,
    list(doing.found order by doing.found) as evidence,
    objects.name,
    organisations.short_name as organisation
from doing
inner join objects on doing.indicator_id = objects.object_id and objects.object_type = 'indicator'
inner join organisations using (organisation_id)
anti join answered using (indicator_id, organisation_id)
cross join standpoint
where standpoint.on_date <= last_valid_day(organisations.valid_to)
group by objects.object_id, objects.goal_id, doing.organisation_id, objects.name, organisations.short_name
order by objects.object_id, organisations
