-- Reported last year, not this year.
--
-- rule      G5
-- severity  medium
-- title     {organisation} rapporterade ”{name}” {last_year} men inte {this_year}
-- why       En serie som bryts gör att staden inte kan jämföras år från år.
-- action    Fråga {organisation} efter helåret {this_year}.
-- ask       Skicka rapporten, eller berätta varför den inte går att lämna.
-- column    object_type     VARCHAR    goal, indicator, activity, organisation or programme
-- column    object_id       VARCHAR    its identity
-- column    goal_id         VARCHAR    see goals; null if none
-- column    organisations   VARCHAR[]  whom it concerns
-- column    since           DATE       since when; null if not known
-- column    origin          VARCHAR    example when any of what it rests on is
-- column    confidence      VARCHAR    how sure it is
-- column    evidence        STRUCT[]   the rows it rests on: source_table, source_key, told
-- column    silent_because  VARCHAR    why the rule could not be asked; then all else is null
-- column    name            VARCHAR    short name or title
-- column    organisation    VARCHAR    the organisation's short name
-- column    last_year       VARCHAR    the year before
-- column    this_year       VARCHAR    the latest closed year
-- grain     object_type, object_id, organisations
-- source    due_reports, standpoint

with years as (
    select
        due_reports.object_type,
        due_reports.object_id,
        due_reports.goal_id,
        due_reports.organisation_id,
        due_reports.name,
        due_reports.organisation,
        standpoint.closed_year,
        bool_or(received) filter (where year = closed_year - 1 and period = 'VB') as came_last_year,
        bool_or(received) filter (where year = closed_year) as came_this_year,
        min(due) filter (where year = closed_year and period = 'VB') as since,
        group_origin(due_reports.origin) as origin,
        min(confidence) as confidence
    from due_reports
    cross join standpoint
    group by all
)

select
    object_type,
    object_id,
    goal_id,
    [organisation_id] as organisations,
    since,
    origin,
    confidence,
    [
        evidence(
            'expected_reports',
            'object_id=' || object_id || '; organisation_id=' || organisation_id || '; year=' || (closed_year - 1),
            'Helåret ' || (closed_year - 1) || ' rapporterades.'
        ),
        evidence(
            'expected_reports',
            'object_id=' || object_id || '; organisation_id=' || organisation_id || '; year=' || closed_year,
            'Ingenting har kommit för ' || closed_year || '; helåret skulle ha kommit senast ' || day_in_words(since) || '.'
        )
    ] as evidence,
    name,
    organisation,
    (closed_year - 1)::varchar as last_year,
    closed_year::varchar as this_year
from years
where came_last_year and not came_this_year and since is not null

union all by name
select 'Inga rapporter har lämnats in än, så avbrutna serier kan inte prövas.' as silent_because
from standpoint
where as_of is null
order by all
