-- An organisation in the top tenth by duties and below the middle by reporting.
--
-- rule      G15
-- severity  low
-- title     {organisation} har {duties} ansvar men rapporterar mindre än de flesta
-- why       Den som bär många ansvar och hinner rapportera få kan behöva stöd, eller färre ansvar.
-- action    Gå igenom ansvaren med {organisation}: vad kan delas, flyttas eller förenklas?
-- ask       Vilka av ansvaren kan delas, flyttas eller förenklas?
-- column    object_type     VARCHAR    goal, indicator, activity, organisation or programme
-- column    object_id       VARCHAR    its identity
-- column    goal_id         VARCHAR    see goals; null if none
-- column    organisations   VARCHAR[]  whom it concerns
-- column    since           DATE       since when; null if not known
-- column    origin          VARCHAR    example when any of what it rests on is
-- column    confidence      VARCHAR    how sure it is
-- column    evidence        STRUCT[]   the rows it rests on: source_table, source_key, told
-- column    silent_because  VARCHAR    why the rule could not be asked; then all else is null
-- column    organisation    VARCHAR    the organisation's short name
-- column    duties          VARCHAR    how many duties
-- grain     object_type, object_id, organisations
-- source    answering, due_reports, organisations, standpoint

with carried as (
    select
        organisation_id,
        count(*) as duties,
        group_origin(origin) as origin
    from answering
    group by organisation_id
),

placed as (
    select
        carried.*,
        count(*) over (order by carried.duties desc range unbounded preceding) as carry_as_much,
        count(*) over () as everyone
    from carried
),

reported as (
    select
        organisation_id,
        count(*) as asked,
        count(*) filter (where received) as came,
        count(*) filter (where received) / count(*) as share,
        bool_or(origin = 'example') as are_example
    from due_reports
    group by organisation_id
),

middle as (
    select quantile_cont(share, 0.5) as share
    from reported
)

select
    'organisation' as object_type,
    placed.organisation_id as object_id,
    null as goal_id,
    [placed.organisation_id] as organisations,
    null::date as since,
    marked_origin(reported.are_example, placed.origin) as origin,
    'verified' as confidence,
    [
        evidence(
            'responsibilities',
            'organisation_id=' || placed.organisation_id,
            placed.duties || ' ansvar, bland den tiondel som har flest.'
        ),
        evidence(
            'expected_reports',
            'organisation_id=' || placed.organisation_id,
            reported.came || ' av ' || reported.asked || ' rapporter har kommit; hälften av alla har lämnat en större andel.'
        )
    ] as evidence,
    organisations.short_name as organisation,
    placed.duties::varchar as duties
from placed
inner join reported using (organisation_id)
inner join organisations using (organisation_id)
cross join middle
where placed.carry_as_much <= ceil(placed.everyone / 10.0) and reported.share < middle.share

union all by name
select 'Inga rapporter har lämnats in än, så rapporteringen kan inte prövas.' as silent_because
from standpoint
where as_of is null
order by all
