-- What one organisation answers for each year, in the programme's order: its strongest role, and what it has reported.
--
-- A group's duty is its members', from day to day. A duty counts for a year when it, the organisation and what it is for are
-- valid together on any day of it. Of several roles a decided one goes before a proposed, and the heaviest first.
--
-- param   $organisation_id  VARCHAR  see organisations
-- column  object_type       VARCHAR  indicator or activity
-- column  object_id         VARCHAR  see indicators or activities
-- column  object            VARCHAR  a few words for it
-- column  goal_number       BIGINT   number of its goal
-- column  goal              VARCHAR  short title of its goal
-- column  role              VARCHAR  huvudansvarig, ansvarig, delansvarig or berord
-- column  duty_status       VARCHAR  decided or proposed
-- column  held_by           VARCHAR  name of the group the duty was given to; null when the organisation is named
-- column  year              INTEGER  calendar year
-- column  period            VARCHAR  T1, T2 or VB: the latest asked for, up to where the year's reporting stands; null if none
-- column  received          BOOLEAN  whether that period's report has come; null when none is asked for
-- column  received_on       DATE     day of its receipt; null when there is none
-- column  due               DATE     last day to report; null when none is asked for
-- column  report_state      VARCHAR  received, late, to_come or lapsed, see the view report_states; null when none is asked for
-- column  status            VARCHAR  how far an activity has come; null when not answered, and for indicators
-- column  origin            VARCHAR  example when any input is
-- grain   object_type, object_id, year
-- source  responsibilities, groups, organisations, indicators, activities, goals, asked_period, report_states,
--         activity_values
-- used by report

with asked as (
    select organisation_id, kind, valid_from, valid_to
    from organisations
    where organisation_id = $organisation_id
),

member_of as (
    select groups.group_id, any_value(groups.name) as name
    from groups
    inner join asked on groups.kind = asked.kind or groups.organisation_id = asked.organisation_id
    group by groups.group_id
),

objects as (
    select
        'indicator' as object_type,
        indicator_id as object_id,
        short_name as object,
        goal_id,
        valid_from,
        valid_to,
        origin
    from indicators
    union all
    select 'activity', activity_id, title, goal_id, valid_from, valid_to, origin
    from activities
),

held as (
    select
        responsibilities.object_type,
        responsibilities.object_id,
        responsibilities.role,
        responsibilities.status as duty_status,
        member_of.name as held_by,
        responsibilities.origin,
        greatest(
            first_valid_day(responsibilities.valid_from), first_valid_day(asked.valid_from)
        ) as valid_from,
        least(
            last_valid_day(responsibilities.valid_to), last_valid_day(asked.valid_to)
        ) as valid_to
    from responsibilities
    cross join asked
    left join member_of on responsibilities.group_id = member_of.group_id
    where
        responsibilities.organisation_id = asked.organisation_id
        or (responsibilities.organisation_id is null and member_of.group_id is not null)
),

yearly as (
    select
        objects.object_type,
        objects.object_id,
        objects.object,
        objects.goal_id,
        held.role,
        held.duty_status,
        held.held_by,
        asked_period.year,
        'example' in (held.origin, objects.origin) as is_example,
        objects.origin
    from held
    inner join objects using (object_type, object_id)
    inner join asked_period
        on
            greatest(held.valid_from, first_valid_day(objects.valid_from))
            <= least(
                held.valid_to, last_valid_day(objects.valid_to), make_date(asked_period.year, 12, 31)
            )
            and least(held.valid_to, last_valid_day(objects.valid_to))
            >= make_date(asked_period.year, 1, 1)
    qualify
        row_number() over (
            partition by objects.object_type, objects.object_id, asked_period.year
            order by
                held.duty_status,
                list_position(['huvudansvarig', 'ansvarig', 'delansvarig', 'berord'], held.role),
                held.held_by nulls first
        ) = 1
),

reports as (
    select report_states.*
    from report_states
    inner join asked_period
        on
            report_states.year = asked_period.year
            and report_states.period <= asked_period.period
    where report_states.organisation_id = $organisation_id
    qualify
        row_number() over (
            partition by report_states.object_type, report_states.object_id, report_states.year
            order by report_states.period desc
        ) = 1
)

select
    yearly.object_type,
    yearly.object_id,
    yearly.object,
    goals.number as goal_number,
    goals.short_title as goal,
    yearly.role,
    yearly.duty_status,
    yearly.held_by,
    yearly.year,
    reports.period,
    reports.received,
    reports.received_on,
    reports.due,
    reports.state as report_state,
    activity_values.status,
    marked_origin(yearly.is_example or 'example' in (reports.origin, activity_values.origin), yearly.origin) as origin
from yearly
inner join goals using (goal_id)
left join reports
    on
        yearly.object_type = reports.object_type
        and yearly.object_id = reports.object_id
        and yearly.year = reports.year
left join activity_values
    on
        yearly.object_type = 'activity'
        and yearly.object_id = activity_values.activity_id
        and activity_values.organisation_id = $organisation_id
        and yearly.year = activity_values.year
        and reports.period = activity_values.period
order by yearly.year, goals.number, yearly.object_type desc, yearly.object_id
