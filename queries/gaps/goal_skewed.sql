-- Half or more of a goal's indicators concern one subgroup or one organisation, or are said to be too few or too narrow.
--
-- rule      G10
-- severity  medium
-- title     Mål {number} mäts för smalt
-- why       Ett smalt mått speglar inte målets bredd, och målet kan se bättre eller sämre ut än det är.
-- action    Komplettera målet med indikatorer som speglar dess bredd.
-- ask       Vad i ert arbete borde synas i målets indikatorer?
-- column    object_type    VARCHAR    goal, indicator, activity, organisation or programme
-- column    object_id      VARCHAR    its identity
-- column    goal_id        VARCHAR    see goals; null if none
-- column    organisations  VARCHAR[]  whom it concerns
-- column    since          DATE       since when; null if not known
-- column    origin         VARCHAR    example when any of what it rests on is
-- column    confidence     VARCHAR    how sure it is
-- column    evidence       STRUCT[]   the rows it rests on: source_table, source_key, told
-- column    number         VARCHAR    the goal's number
-- grain     object_type, object_id, organisations
-- source    objects, answering, goals, observations, organisations

with owners as (
    select
        objects.goal_id,
        objects.object_id,
        objects.name,
        objects.subgroup,
        objects.origin,
        objects.confidence,
        case when bool_and(answering.is_named) and count(distinct answering.organisation_id) = 1
            then min(answering.organisation_id) end as only_owner
    from objects
    left join answering using (object_type, object_id)
    where objects.object_type = 'indicator'
    group by all
),

totals as (
    select goal_id, count(*) as total
    from owners
    group by goal_id
),

narrow as (
    select goal_id, 'subgroup' as kind, subgroup as what, list(object_id) as held
    from owners
    where subgroup is not null
    group by goal_id, subgroup
    union all
    select goal_id, 'organisation', only_owner, list(object_id)
    from owners
    where only_owner is not null
    group by goal_id, only_owner
),

skewed as (
    select
        narrow.goal_id,
        case when narrow.kind = 'organisation' then narrow.what end as organisation_id,
        evidence(
            'indicators',
            'goal_id=' || narrow.goal_id,
            case
                when totals.total = 1 then 'Den enda kända indikatorn '
                else len(narrow.held) || ' av ' || totals.total || ' kända indikatorer '
            end
            || case
                when narrow.kind = 'subgroup' then 'gäller bara ' || narrow.what
                else 'har bara ' || organisations.short_name || ' som ansvarig'
            end
            || '.'
        ) as found,
        null as confidence,
        null as origin
    from narrow
    inner join totals using (goal_id)
    left join organisations on narrow.kind = 'organisation' and narrow.what = organisations.organisation_id
    where len(narrow.held) * 2 >= totals.total
    union all
    select
        coalesce(objects.goal_id, observations.object_id),
        null,
        evidence(
            'observations',
            'observation_id=' || observations.observation_id,
            observations.text || ' (' || coalesce(observations.source, 'utan källa') || ').'
        ),
        observations.confidence,
        observations.origin
    from observations
    left join objects
        on
            observations.object_type = 'indicator'
            and objects.object_type = 'indicator'
            and observations.object_id = objects.object_id
    where
        observations.kind in ('narrow_indicator', 'few_indicators')
        and (objects.goal_id is not null or observations.object_type = 'goal')
)

select
    'goal' as object_type,
    goals.goal_id as object_id,
    goals.goal_id,
    list_sort(list_distinct(list(skewed.organisation_id) filter (where skewed.organisation_id is not null)))
        as organisations,
    null::date as since,
    marked_origin(
        bool_or(skewed.origin = 'example') or goals.goal_id in (select goal_id from owners where origin = 'example'),
        min(goals.origin)
    ) as origin,
    coalesce(min(skewed.confidence), min(goals.confidence)) as confidence,
    list(skewed.found order by skewed.found) as evidence,
    goals.number::varchar as number
from skewed
inner join goals using (goal_id)
group by goals.goal_id, goals.number
order by goals.goal_id
