-- The responsible organisation no longer exists, or its successor did not inherit the duty.
--
-- rule      G11
-- severity  high
-- title     {organisation} ansvarade för ”{name}” men finns inte längre
-- why       Ett namngivet ansvar går inte över av sig självt när en organisation upphör.
-- action    {next_step}
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
-- column    next_step      VARCHAR    whom to ask, in Swedish
-- grain     object_type, object_id, organisations
-- source    objects, responsibilities, organisations, successions, answering, standpoint

with lost as (
    select distinct
        responsibilities.object_type,
        responsibilities.object_id,
        responsibilities.organisation_id,
        responsibilities.role,
        responsibilities.origin,
        responsibilities.confidence,
        organisations.short_name as organisation,
        organisations.valid_to as last_day
    from responsibilities
    inner join organisations using (organisation_id)
    cross join standpoint
    where
        responsibilities.status = 'decided'
        and responsibilities.role in ('huvudansvarig', 'ansvarig', 'delansvarig')
        and organisations.valid_to < standpoint.on_date
        and coalesce(responsibilities.valid_from, date '0001-01-01') <= organisations.valid_to
        and coalesce(responsibilities.valid_to, date '9999-12-31') >= organisations.valid_to
),

heirs as (
    select
        lost.object_type,
        lost.object_id,
        lost.organisation_id,
        list(successions.successor_id order by successions.successor_id) as successors,
        string_agg(successors.short_name, ', ' order by successors.short_name) as named,
        bool_and(answering.organisation_id is not null) as all_inherited
    from lost
    inner join successions on lost.organisation_id = successions.predecessor_id
    inner join organisations as successors on successions.successor_id = successors.organisation_id
    left join answering
        on
            lost.object_type = answering.object_type
            and lost.object_id = answering.object_id
            and successions.successor_id = answering.organisation_id
    group by all
)

select
    lost.object_type,
    lost.object_id,
    objects.goal_id,
    list_sort(list_distinct(list_append(coalesce(heirs.successors, []), lost.organisation_id))) as organisations,
    lost.last_day + 1 as since,
    origin_of_both(lost.origin, objects.origin) as origin,
    lost.confidence,
    [
        evidence(
            'responsibilities',
            'object_id=' || lost.object_id || '; organisation_id=' || lost.organisation_id,
            lost.organisation || ' var ' || lost.role || ' och upphörde ' || day_in_words(lost.last_day) || '.'
        ),
        evidence(
            'successions',
            'predecessor_id=' || lost.organisation_id,
            coalesce('Efterföljare: ' || heirs.named || '. Ingen rad i katalogen för över ansvaret.', 'Ingen efterföljare är känd.')
        )
    ] as evidence,
    objects.name,
    lost.organisation,
    coalesce(
        'Bekräfta om ' || heirs.named || ' har tagit över, och för in det i katalogen.',
        'Utse en ny ansvarig.'
    ) as next_step
from lost
inner join objects using (object_type, object_id)
left join heirs using (object_type, object_id, organisation_id)
where not coalesce(heirs.all_inherited, false)
order by lost.object_type, lost.object_id, organisations
