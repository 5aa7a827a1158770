-- A comment from an organisation that is not responsible speaks of the indicator's subject: a person confirms.
--
-- rule      G8
-- severity  low
-- title     {organisation} skriver om det som ”{name}” mäter, utan att ansvara för indikatorn
-- why       En kommentar kan tyda på arbete som ingen följer upp, men den kan också handla om något annat.
-- action    Läs kommentaren och bekräfta: gör {organisation} det som indikatorn mäter?
-- ask       Är det så? Svara gärna ja eller nej, med några ord.
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
-- source    objects, answering, indicator_values, activity_values, activities, indicators, organisations

with terms as (
    select object_id as indicator_id, left(word, greatest(length(word) - 2, 6)) as stem
    from (
        select object_id, unnest(regexp_extract_all(lower(name), '[a-zåäöé]{7,}')) as word
        from objects
        where object_type = 'indicator'
    )
),

subjects as (
    select terms.indicator_id, list(distinct terms.stem order by terms.stem) as stems
    from terms
    group by terms.indicator_id
),

comments as (
    select
        organisation_id,
        year,
        period,
        comment,
        origin,
        'indicator_values' as source_table,
        'indicator_id=' || indicator_id as source_key,
        indicator_id as spoken_of
    from indicator_values
    where comment is not null
    union all
    select
        activity_values.organisation_id,
        activity_values.year,
        activity_values.period,
        activity_values.comment,
        activity_values.origin,
        'activity_values',
        'activity_id=' || activity_values.activity_id,
        null
    from activity_values
    where activity_values.comment is not null
),

distinct_comments as (
    select
        organisation_id,
        lower(comment) as said,
        min(origin) as origin,
        arg_max(comment, (year, period, source_key)) as comment,
        arg_max(source_table, (year, period, source_key)) as source_table,
        arg_max(source_key, (year, period, source_key)) as source_key,
        max(year) as year
    from comments
    group by organisation_id, lower(comment)
),

speaking as (
    select distinct_comments.*, subjects.indicator_id
    from distinct_comments
    inner join subjects
        on len(list_filter(subjects.stems, lambda stem: contains(distinct_comments.said, stem))) = len(subjects.stems)
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
    [speaking.organisation_id] as organisations,
    make_date(min(speaking.year), 12, 31) as since,
    group_origin(origin_of_both(speaking.origin, objects.origin)) as origin,
    'kommentar, ska bekräftas' as confidence,
    list(
        evidence(
            speaking.source_table,
            speaking.source_key || '; organisation_id=' || speaking.organisation_id || '; year=' || speaking.year,
            'Kommentar ' || speaking.year || ': ”' || speaking.comment || '”'
        )
        order by speaking.year, speaking.source_key, speaking.comment
    ) as evidence,
    objects.name,
    organisations.short_name as organisation
from speaking
inner join objects on speaking.indicator_id = objects.object_id and objects.object_type = 'indicator'
inner join organisations using (organisation_id)
anti join answered using (indicator_id, organisation_id)
group by objects.object_id, objects.goal_id, speaking.organisation_id, objects.name, organisations.short_name
order by objects.object_id, organisations
