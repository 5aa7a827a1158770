-- Responsible, and silent in every period that asked for a report.
--
-- rule      G4
-- severity  high
-- title     {organisation} har aldrig rapporterat ”{name}”
-- why       Ansvaret är beslutat, men ingen rapport har kommit i någon period som har bett om en.
-- action    Fråga {organisation} efter rapporten, eller om ansvaret har hamnat fel.
-- ask       Skicka rapporten, eller berätta om ansvaret har hamnat fel.
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
-- grain     object_type, object_id, organisations
-- source    due_reports, standpoint

select
    object_type,
    object_id,
    goal_id,
    [organisation_id] as organisations,
    min(due) as since,
    group_origin(origin) as origin,
    min(confidence) as confidence,
    [
        evidence(
            'expected_reports',
            'object_id=' || object_id || '; organisation_id=' || organisation_id,
            case
                when count(*) = 1 then 'Den enda rapport som har begärts, ' || min(period || ' ' || year) || ', har inte kommit.'
                else 'Ingen av de ' || count(*) || ' rapporter som har begärts har kommit; den första skulle ha kommit senast '
                    || day_in_words(min(due)) || '.'
            end
        )
    ] as evidence,
    name,
    organisation
from due_reports
group by object_type, object_id, goal_id, organisation_id, name, organisation
having not bool_or(received)

union all by name
select 'Inga rapporter har lämnats in än, så tystnad kan inte prövas.' as silent_because
from standpoint
where as_of is null
order by all
