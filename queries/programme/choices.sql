-- What the frame of the pages lets one choose from and search among: the programme, its years and the organisations in it,
-- its goals, indicators and activities.
--
-- column  kind                VARCHAR  programme, year, organisation, goal, indicator or activity
-- column  id                  VARCHAR  the year, or the identity in the table of the kind
-- column  name                VARCHAR  as shown; unique within its kind, but for activities
-- column  goal                VARCHAR  of a goal, an indicator or an activity: the goal's number and short title;
--                                      null for the others
-- column  organisation_kind   VARCHAR  see organisations.kind; null for the others
-- column  valid_from          DATE     first day; null is since before the programme
-- column  valid_to            DATE     last day; null is still
-- column  successor           VARCHAR  short name of the organisation it became part of, null if none
-- column  predecessors        VARCHAR[]  short names of the organisations it was made of, in order; empty if none
-- column  is_default          BOOLEAN  the latest year for which a whole-year report (VB) has come, else the last year
-- column  is_example          BOOLEAN  for the programme: anything at all is example; else the row itself
-- grain   kind, id
-- source  programmes, periods, organisations, successions, goals, indicators, activities, targets, indicator_values,
--         activity_values, received_submissions
-- used by report, warehouse, warehouse/changes

with reported_years as (
    select year from indicator_values where period = 'VB' and missing_reason is distinct from '-'
    union
    select year from activity_values where period = 'VB' and missing_reason is distinct from '-'
),

years as (
    select distinct year from periods
),

organised as (
    select
        organisations.organisation_id as id,
        organisations.short_name as name,
        organisations.kind,
        organisations.valid_from,
        organisations.valid_to,
        any_value(successor.short_name) as successor,
        coalesce(
            list(distinct predecessor.short_name order by predecessor.short_name collate sv)
                filter (where predecessor.short_name is not null),
            []
        ) as predecessors,
        organisations.origin = 'example' as is_example
    from organisations
    left join successions on organisations.organisation_id = successions.predecessor_id
    left join organisations as successor on successions.successor_id = successor.organisation_id
    left join successions as origins on organisations.organisation_id = origins.successor_id
    left join organisations as predecessor on origins.predecessor_id = predecessor.organisation_id
    cross join (select min(starts_on) as first_day from periods) as programme
    where coalesce(organisations.valid_to >= programme.first_day, true) and organisations.kind <> 'kommunfullmaktige'
    group by all
),

example as (
    select
        exists (from indicators where origin = 'example')
        or exists (from activities where origin = 'example')
        or exists (from targets where origin = 'example')
        or exists (from organisations where origin = 'example')
        or exists (from indicator_values where origin = 'example')
        or exists (from activity_values where origin = 'example')
        or exists (from received_submissions where origin = 'example') as is_present
),

objects as (
    select 'goal' as kind, goal_id as id, number || ' ' || short_title as name, goal_id, valid_from, valid_to, origin
    from goals
    union all
    select 'indicator', indicator_id, short_name, goal_id, valid_from, valid_to, origin from indicators
    union all
    select 'activity', activity_id, title, goal_id, valid_from, valid_to, origin from activities
)

select
    'programme' as kind,
    programmes.programme_id as id,
    programmes.short_title as name,
    null::varchar as goal,
    null::varchar as organisation_kind,
    programmes.valid_from,
    programmes.valid_to,
    null::varchar as successor,
    []::varchar[] as predecessors,
    true as is_default,
    example.is_present as is_example
from programmes, example
union all
select
    'year',
    years.year::varchar,
    years.year::varchar,
    null,
    null,
    make_date(years.year, 1, 1),
    make_date(years.year, 12, 31),
    null,
    [],
    years.year = coalesce((select max(year) from reported_years), (select max(year) from years)),
    false
from years
union all
select 'organisation', id, name, null, kind, valid_from, valid_to, successor, predecessors, false, is_example
from organised
union all
select
    objects.kind, objects.id, objects.name, goals.number || ' ' || goals.short_title, null, objects.valid_from,
    objects.valid_to, null, [], false, objects.origin = 'example'
from objects
inner join goals using (goal_id)
order by kind, valid_from nulls first, id
