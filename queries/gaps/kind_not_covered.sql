-- A kind of violence, or the employer's duty towards its own staff, that no indicator or activity of a goal covers.
--
-- rule      G16
-- severity  medium
-- title     {name}: ingen känd aktivitet eller indikator gäller {missing}
-- why       Det som varken har aktivitet eller indikator följs inte upp.
-- action    Föreslå en aktivitet eller en indikator för {missing}, eller säg varför det hör hemma i ett annat mål.
-- ask       Har ni arbete eller siffror som gäller det, och som bör följas upp i programmet?
-- column    object_type     VARCHAR    goal, indicator, activity, organisation or programme
-- column    object_id       VARCHAR    its identity
-- column    goal_id         VARCHAR    see goals; null if none
-- column    organisations   VARCHAR[]  whom it concerns
-- column    since           DATE       since when; null if not known
-- column    origin          VARCHAR    example when any of what it rests on is
-- column    confidence      VARCHAR    how sure it is
-- column    evidence        STRUCT[]   the rows it rests on: source_table, source_key, told
-- column    silent_because  VARCHAR    why the rule could not be asked; then all else is null
-- column    name            VARCHAR    the goal or the programme
-- column    missing         VARCHAR    what is not covered, in Swedish
-- grain     object_type, object_id, organisations
-- source    objects, goals, observations, programmes

with kinds (kind, position, words) as (
    values
    ('nara_relation', 1, 'våld i nära relation'),
    ('heder', 2, 'hedersrelaterat våld och förtryck'),
    ('prostitution_manniskohandel', 3, 'prostitution och människohandel'),
    ('sexuellt_vald', 4, 'sexuellt våld utanför relationer')
),

known as (
    select *
    from objects
    where goal_is_known
),

goals_with_activities as (
    select
        goals.goal_id,
        goals.number,
        goals.confidence,
        count(*) as total,
        count(known.violence_types) as coded,
        group_origin(known.origin) as origin
    from goals
    inner join known using (goal_id)
    group by all
    having bool_or(known.object_type = 'activity')
),

lacking as (
    select goals_with_activities.goal_id, kinds.position, kinds.words
    from goals_with_activities
    cross join kinds
    where
        goals_with_activities.coded > 0
        and not exists (
            select 1
            from known
            where
                known.goal_id = goals_with_activities.goal_id
                and list_contains(string_split(coalesce(known.violence_types, ''), ' '), kinds.kind)
        )
),

unknown as (
    select string_agg(goals.number::varchar, ', ' order by goals.number) as numbers
    from goals
    where goals.goal_id not in (select goals_with_activities.goal_id from goals_with_activities)
),

uncoded as (
    select string_agg(number::varchar, ', ' order by number) as numbers
    from goals_with_activities
    where coded = 0
),

observed as (
    select
        list(
            evidence(
                'observations',
                'observation_id=' || observation_id,
                text || ' (' || coalesce(source, 'utan källa') || ').'
            )
            order by observation_id
        ) as found,
        min(confidence) as confidence,
        group_origin(origin) as origin
    from observations
    where kind = 'employer_duty'
)

select
    'goal' as object_type,
    goals_with_activities.goal_id as object_id,
    goals_with_activities.goal_id,
    []::varchar[] as organisations,
    null::date as since,
    goals_with_activities.origin,
    goals_with_activities.confidence,
    list(
        evidence(
            'goals',
            'goal_id=' || goals_with_activities.goal_id,
            'Ingen aktivitet eller indikator i målet gäller ' || lacking.words || '.'
        )
        order by lacking.position
    )
    || case
        when goals_with_activities.coded < goals_with_activities.total then [
            evidence(
                'goals',
                'goal_id=' || goals_with_activities.goal_id,
                'För ' || (goals_with_activities.total - goals_with_activities.coded) || ' av målets '
                || goals_with_activities.total || ' aktiviteter och indikatorer säger katalogen inte vilka slag av våld '
                || 'de gäller.'
            )
        ]
        else []
    end as evidence,
    'Mål ' || goals_with_activities.number as name,
    string_agg(lacking.words, ' eller ' order by lacking.position) as missing
from lacking
inner join goals_with_activities using (goal_id)
group by
    goals_with_activities.goal_id,
    goals_with_activities.number,
    goals_with_activities.confidence,
    goals_with_activities.origin,
    goals_with_activities.coded,
    goals_with_activities.total
union all by name
select
    'programme' as object_type,
    programmes.programme_id as object_id,
    null as goal_id,
    []::varchar[] as organisations,
    programmes.valid_from as since,
    coalesce(observed.origin, programmes.origin) as origin,
    coalesce(observed.confidence, programmes.confidence) as confidence,
    coalesce(
        observed.found,
        [evidence('activities', 'employer_duty=true', 'Ingen aktivitet gäller stadens ansvar för sina egna anställda.')]
    ) as evidence,
    'Programmet' as name,
    'arbetsgivarens ansvar för de egna anställda' as missing
from programmes
cross join observed
where
    not exists (select 1 from objects where objects.employer_duty)
    and (observed.found is not null or exists (select 1 from known where known.object_type = 'activity'))
union all by name
select 'Inga aktiviteter är kända för mål ' || numbers || ', så slagen av våld kan inte prövas där.' as silent_because
from unknown
where numbers is not null
union all by name
select
    'För mål ' || numbers || ' säger katalogen inte vilka slag av våld arbetet gäller, så de kan inte prövas där.'
        as silent_because
from uncoded
where numbers is not null
order by all
