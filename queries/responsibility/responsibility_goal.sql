-- Who answers for each indicator and activity of a goal on a day, and what the whole-year report of a year says.
--
-- Of several duties a decided one goes before a proposed, and the heaviest role first. An object that nobody answers for
-- has one row without an organisation.
--
-- param   $goal_id          VARCHAR  see goals
-- param   $on               DATE     the day asked for
-- param   $year             INTEGER  the year whose reports are shown
-- param   $with_proposed    BOOLEAN  whether proposed duties are shown too; null is no
-- column  object_type       VARCHAR  indicator or activity
-- column  object_id         VARCHAR  see indicators or activities
-- column  object            VARCHAR  short name or title
-- column  organisation_id   VARCHAR  see organisations; null when nobody answers
-- column  organisation      VARCHAR  its short name; null when nobody answers
-- column  kind              VARCHAR  kind of organisation; null when nobody answers
-- column  role              VARCHAR  huvudansvarig, ansvarig, delansvarig or berord; null when nobody answers
-- column  duty_status       VARCHAR  decided or proposed; null when nobody answers
-- column  expected          BOOLEAN  whether a report was asked for
-- column  received          BOOLEAN  whether it has come
-- column  measure           VARCHAR  kind of figure; null for activities
-- column  missing_reason    VARCHAR  reason code; null when there is a figure, and for activities
-- column  status            VARCHAR  how far an activity has come; null when not answered, and for indicators
-- column  origin            VARCHAR  example when any input is
-- grain   object_type, object_id, organisation_id
-- source  duties, indicators, activities, organisations, report_states, indicator_values, activity_values
-- used by pages/responsibility

with objects as (
    select
        'indicator' as object_type,
        indicator_id as object_id,
        short_name as object,
        measure,
        origin
    from indicators
    where
        goal_id = $goal_id
        and is_valid_on($on, valid_from, valid_to)
    union all
    select 'activity', activity_id, title, null, origin
    from activities
    where
        goal_id = $goal_id
        and is_valid_on($on, valid_from, valid_to)
),

answered as (
    select
        duties.object_type,
        duties.object_id,
        duties.organisation_id,
        duties.role,
        duties.status as duty_status
    from duties
    where
        is_valid_on($on, duties.valid_from, duties.valid_to)
        and (duties.status = 'decided' or coalesce($with_proposed, false))
    qualify
        row_number() over (
            partition by duties.object_type, duties.object_id, duties.organisation_id
            order by
                duties.status,
                list_position(['huvudansvarig', 'ansvarig', 'delansvarig', 'berord'], duties.role)
        ) = 1
),

asked as (
    select object_type, object_id, organisation_id, received
    from report_states
    where year = $year and period = 'VB'
),

figures as (
    select
        indicator_id as object_id,
        organisation_id,
        missing_reason
    from indicator_values
    where year = $year and period = 'VB' and sex = 'total'
),

statuses as (
    select
        activity_id as object_id, organisation_id, status
    from activity_values
    where year = $year and period = 'VB'
)

select
    objects.object_type,
    objects.object_id,
    objects.object,
    answered.organisation_id,
    organisations.short_name as organisation,
    organisations.kind,
    answered.role,
    answered.duty_status,
    asked.received is not null as expected,
    coalesce(asked.received, false) as received,
    objects.measure,
    figures.missing_reason,
    statuses.status,
    objects.origin
from objects
left join answered using (object_type, object_id)
left join organisations on answered.organisation_id = organisations.organisation_id
left join asked
    on
        objects.object_type = asked.object_type
        and objects.object_id = asked.object_id
        and answered.organisation_id = asked.organisation_id
left join figures
    on
        objects.object_type = 'indicator'
        and objects.object_id = figures.object_id
        and answered.organisation_id = figures.organisation_id
left join statuses
    on
        objects.object_type = 'activity'
        and objects.object_id = statuses.object_id
        and answered.organisation_id = statuses.organisation_id
order by objects.object_type desc, objects.object, objects.object_id, organisation nulls first
