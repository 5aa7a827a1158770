-- Two or more named organisations answer for the same thing, and none of them leads.
--
-- rule      G3
-- severity  medium
-- title     {kind_in_words} ”{name}” har {number} ansvariga men ingen huvudansvarig
-- why       När flera namngivna delar ansvaret utan att någon håller ihop det kan alla vänta på varandra.
-- action    Utse en av dem till huvudansvarig: {named}.
-- ask       Vem av er bör vara huvudansvarig?
-- column    object_type    VARCHAR    goal, indicator, activity, organisation or programme
-- column    object_id      VARCHAR    its identity
-- column    goal_id        VARCHAR    see goals; null if none
-- column    organisations  VARCHAR[]  whom it concerns
-- column    since          DATE       since when; null if not known
-- column    origin         VARCHAR    example when any of what it rests on is
-- column    confidence     VARCHAR    how sure it is
-- column    evidence       STRUCT[]   the rows it rests on: source_table, source_key, told
-- column    name           VARCHAR    short name or title
-- column    kind_in_words  VARCHAR    Indikatorn or Aktiviteten
-- column    number         VARCHAR    how many
-- column    named          VARCHAR    their short names
-- grain     object_type, object_id, organisations
-- source    objects, answering, organisations

select
    objects.object_type,
    objects.object_id,
    objects.goal_id,
    list(answering.organisation_id order by answering.organisation_id) as organisations,
    list(answering.since order by answering.since)[2] as since,
    marked_origin(bool_or(answering.origin = 'example'), min(objects.origin)) as origin,
    min(objects.confidence) as confidence,
    list(
        evidence(
            'responsibilities',
            'object_id=' || objects.object_id || '; organisation_id=' || answering.organisation_id,
            organisations.name || ' är ansvarig, inte huvudansvarig.'
        )
        order by answering.organisation_id
    ) as evidence,
    objects.name,
    objects.kind_in_words,
    count(*)::varchar as number,
    string_agg(organisations.short_name, ', ' order by organisations.short_name) as named
from objects
inner join answering using (object_type, object_id)
inner join organisations using (organisation_id)
where answering.is_named
group by objects.object_type, objects.object_id, objects.goal_id, objects.name, objects.kind_in_words
having count(*) >= 2 and not bool_or(answering.is_lead)
order by objects.object_type, objects.object_id
