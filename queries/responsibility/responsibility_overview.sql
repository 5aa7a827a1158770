-- How much each organisation answers for in each goal on a day, and how much of a year's whole-year reports have come.
--
-- Every organisation that exists on the day is there, also one that answers for nothing; its goal is then null.
--
-- param   $on               DATE     the day asked for
-- param   $year             INTEGER  the year whose reports are counted
-- param   $with_proposed    BOOLEAN  whether proposed duties count too; null is no
-- column  organisation_id   VARCHAR  see organisations
-- column  organisation      VARCHAR  its short name
-- column  kind              VARCHAR  kind of organisation
-- column  goal_id           VARCHAR  see goals; null when it has no duty
-- column  assigned          BIGINT   indicators and activities it is responsible for
-- column  expected          BIGINT   whole-year reports it was to make
-- column  received          BIGINT   those that have come
-- column  late              BIGINT   those that have not, though due; see the view report_states
-- column  origin            VARCHAR  example when any input is
-- grain   organisation_id, goal_id
-- source  duties, indicators, activities, organisations, report_states
-- used by pages/responsibility

with objects as (
    select
        'indicator' as object_type,
        indicator_id as object_id,
        goal_id,
        valid_from,
        valid_to,
        origin
    from indicators
    union all
    select 'activity', activity_id, goal_id, valid_from, valid_to, origin
    from activities
),

answered as (
    select
        duties.organisation_id,
        objects.goal_id,
        count(distinct row(objects.object_type, objects.object_id)) as assigned,
        bool_or('example' in (duties.origin, objects.origin)) as is_example,
        min(objects.origin) as origin
    from duties
    inner join objects
        on
            duties.object_type = objects.object_type
            and duties.object_id = objects.object_id
            and is_valid_on($on, objects.valid_from, objects.valid_to)
    where
        is_valid_on($on, duties.valid_from, duties.valid_to)
        and duties.role in ('huvudansvarig', 'ansvarig', 'delansvarig')
        and (duties.status = 'decided' or coalesce($with_proposed, false))
    group by all
),

reported as (
    select
        report_states.organisation_id,
        objects.goal_id,
        count(*) as expected,
        count(*) filter (where report_states.received) as received,
        count(*) filter (where report_states.state = 'late') as late
    from report_states
    inner join objects
        on
            report_states.object_type = objects.object_type
            and report_states.object_id = objects.object_id
    where report_states.year = $year and report_states.period = 'VB'
    group by all
),

counted as (
    select
        organisation_id,
        goal_id,
        coalesce(answered.assigned, 0) as assigned,
        coalesce(reported.expected, 0) as expected,
        coalesce(reported.received, 0) as received,
        coalesce(reported.late, 0) as late,
        marked_origin(answered.is_example, answered.origin) as origin
    from answered
    full join reported using (organisation_id, goal_id)
)

select
    organisations.organisation_id,
    organisations.short_name as organisation,
    organisations.kind,
    counted.goal_id,
    coalesce(counted.assigned, 0) as assigned,
    coalesce(counted.expected, 0) as expected,
    coalesce(counted.received, 0) as received,
    coalesce(counted.late, 0) as late,
    coalesce(counted.origin, organisations.origin) as origin
from organisations
left join counted on organisations.organisation_id = counted.organisation_id
where
    organisations.kind in ('stadsdelsnamnd', 'facknamnd', 'kommunstyrelse', 'moderbolag', 'dotterbolag')
    and is_valid_on($on, organisations.valid_from, organisations.valid_to)
order by organisations.kind, organisations.short_name, counted.goal_id
