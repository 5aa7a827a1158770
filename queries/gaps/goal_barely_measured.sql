-- Under half of a goal's activities have an indicator.
--
-- rule      G9
-- severity  medium
-- title     Mål {number} mäter {measured} av {total} aktiviteter
-- why       Det som inte mäts kan inte visas gå bra eller dåligt.
-- action    Föreslå indikatorer för aktiviteterna som saknar, eller säg varför de inte ska mätas.
-- ask       Vilka av era aktiviteter går att mäta, och med vad?
-- column    object_type     VARCHAR    goal, indicator, activity, organisation or programme
-- column    object_id       VARCHAR    its identity
-- column    goal_id         VARCHAR    see goals; null if none
-- column    organisations   VARCHAR[]  whom it concerns
-- column    since           DATE       since when; null if not known
-- column    origin          VARCHAR    example when any of what it rests on is
-- column    confidence      VARCHAR    how sure it is
-- column    evidence        STRUCT[]   the rows it rests on: source_table, source_key, told
-- column    silent_because  VARCHAR    why the rule could not be asked; then all else is null
-- column    number          VARCHAR    the goal's number
-- column    measured        VARCHAR    activities with an indicator
-- column    total           VARCHAR    activities
-- grain     object_type, object_id, organisations
-- source    objects, goals, activity_indicators

with counted as (
    select
        objects.goal_id,
        objects.object_id,
        objects.name,
        objects.origin,
        objects.valid_from,
        objects.object_id in (select activity_id from activity_indicators) as is_measured
    from objects
    where objects.object_type = 'activity' and objects.goal_is_known
),

unknown as (
    select string_agg(goals.number::varchar, ', ' order by goals.number) as numbers
    from goals
    where goals.goal_id not in (select counted.goal_id from counted)
)

select
    'goal' as object_type,
    goals.goal_id as object_id,
    goals.goal_id,
    []::varchar[] as organisations,
    max(counted.valid_from) as since,
    group_origin(counted.origin) as origin,
    min(goals.confidence) as confidence,
    list(
        evidence('activities', 'activity_id=' || counted.object_id, '”' || counted.name || '” mäts inte av någon indikator.')
        order by counted.object_id
    ) filter (where not counted.is_measured) as evidence,
    goals.number::varchar as number,
    count(*) filter (where counted.is_measured)::varchar as measured,
    count(*)::varchar as total
from counted
inner join goals using (goal_id)
group by goals.goal_id, goals.number
having count(*) filter (where counted.is_measured) * 2 < count(*)
union all by name
select 'Inga aktiviteter är kända för mål ' || numbers || ', så täckningen kan inte prövas där.' as silent_because
from unknown
where numbers is not null
order by all
