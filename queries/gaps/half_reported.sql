-- The activity is reported but its indicator is not, or the reverse.
--
-- rule      G6
-- severity  medium
-- title     {organisation} har rapporterat {other_kind} men inte ”{name}” {this_year}
-- why       Aktiviteten och indikatorn som mäter den hör ihop; den ena utan den andra går inte att tolka.
-- action    Be om den rapport som saknas för helåret {this_year}.
-- ask       Skicka den rapport som saknas, eller berätta varför den inte går att lämna.
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
-- column    other_kind      VARCHAR    aktiviteten or indikatorn, with its name
-- column    this_year       VARCHAR    the latest closed year
-- grain     object_type, object_id, organisations
-- source    due_reports, activity_indicators, standpoint

with closed as (
    select due_reports.*
    from due_reports
    inner join standpoint on due_reports.year = standpoint.closed_year
    where due_reports.period = 'VB'
),

pairs as (
    select 'activity' as object_type, activity_id as object_id, indicator_id as other_id
    from activity_indicators
    union all
    select 'indicator', indicator_id, activity_id
    from activity_indicators
)

select
    closed.object_type,
    closed.object_id,
    closed.goal_id,
    [closed.organisation_id] as organisations,
    min(closed.due) as since,
    group_origin(origin_of_both(closed.origin, other.origin)) as origin,
    min(closed.confidence) as confidence,
    list(
        evidence(
            'expected_reports',
            'object_id=' || other.object_id || '; organisation_id=' || other.organisation_id || '; year=' || other.year,
            other.kind_in_words || ' ”' || other.name || '” är rapporterad för ' || other.year || '.'
        )
        order by other.object_id
    ) as evidence,
    closed.name,
    closed.organisation,
    lower(min(other.kind_in_words)) || ' ”' || min(other.name) || '”' as other_kind,
    closed.year::varchar as this_year
from closed
inner join pairs using (object_type, object_id)
inner join closed as other
    on
        pairs.other_id = other.object_id
        and closed.object_type <> other.object_type
        and closed.organisation_id = other.organisation_id
where not closed.received and other.received
group by
    closed.object_type,
    closed.object_id,
    closed.goal_id,
    closed.organisation_id,
    closed.name,
    closed.organisation,
    closed.year

union all by name
select 'Inga rapporter har lämnats in än, så halva rapporter kan inte prövas.' as silent_because
from standpoint
where as_of is null
order by all
