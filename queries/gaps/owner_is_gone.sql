-- The responsible organisation no longer exists, or its successor did not inherit the duty.
--
-- rule      G11
-- severity  high
-- title     {organisation} ansvarade för ”{name}” men finns inte längre
-- why       Ett namngivet ansvar går inte över av sig självt när en organisation upphör.
-- action    {next_step}
-- ask       Har ni tagit över ansvaret? Om inte, vem har gjort det?
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
-- source    objects, responsibilities, organisations, successions, asking_duties, standpoint

with recursive lines as (
    select predecessor_id, successor_id as first_id, successor_id as heir_id
    from successions
    union
    select lines.predecessor_id, lines.first_id, successions.successor_id
    from lines
    inner join successions on lines.heir_id = successions.predecessor_id
),

lost as (
    select
        responsibilities.object_type,
        responsibilities.object_id,
        responsibilities.organisation_id,
        organisations.short_name as organisation,
        organisations.valid_to as last_day,
        string_agg(distinct responsibilities.role, ' och ' order by responsibilities.role desc) as roles,
        group_origin(origin_of_both(responsibilities.origin, organisations.origin)) as origin,
        min(responsibilities.confidence) as confidence
    from responsibilities
    inner join organisations using (organisation_id)
    cross join standpoint
    where
        responsibilities.status = 'decided'
        and responsibilities.role in ('huvudansvarig', 'ansvarig', 'delansvarig')
        and organisations.valid_to < standpoint.on_date
        and first_valid_day(responsibilities.valid_from) <= organisations.valid_to
        and last_valid_day(responsibilities.valid_to) >= organisations.valid_to
    group by all
),

held as (
    select object_type, object_id, organisation_id, max(valid_to) as last_day
    from asking_duties
    group by all
),

branches as (
    select
        lost.object_type,
        lost.object_id,
        lost.organisation_id,
        lines.first_id,
        list(heirs.organisation_id) filter (where heirs.is_there) as heirs,
        list(heirs.short_name) filter (where heirs.is_there) as named,
        bool_or(held.last_day > lost.last_day) as is_inherited
    from lost
    inner join lines on lost.organisation_id = lines.predecessor_id
    inner join (
        select
            organisations.organisation_id,
            organisations.short_name,
            last_valid_day(organisations.valid_to) >= standpoint.on_date as is_there
        from organisations
        cross join standpoint
    ) as heirs on lines.heir_id = heirs.organisation_id
    left join held
        on
            lost.object_type = held.object_type
            and lost.object_id = held.object_id
            and lines.heir_id = held.organisation_id
    group by all
),

heirs as (
    select
        object_type,
        object_id,
        organisation_id,
        list_sort(list_distinct(flatten(list(heirs) filter (where heirs is not null)))) as successors,
        nullif(
            array_to_string(list_sort(list_distinct(flatten(list(named) filter (where named is not null)))), ', '), ''
        ) as named,
        bool_and(coalesce(is_inherited, false)) as all_inherited
    from branches
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
            lost.organisation || ' var ' || lost.roles || ' och upphörde ' || day_in_words(lost.last_day) || '.'
        ),
        evidence(
            'successions',
            'predecessor_id=' || lost.organisation_id,
            coalesce(
                'Efterföljare: ' || heirs.named || '. Ingen rad i katalogen för över ansvaret.',
                'Ingen efterföljare är känd.'
            )
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
