-- What one organisation may have inherited and nobody has decided: a duty its predecessor had by name when it ended.
--
-- A group's duty passes on by itself and is not here; nor is one that the catalogue gives the successor, in any status.
--
-- param   $organisation_id  VARCHAR  see organisations
-- param   $year             INTEGER  calendar year
-- param   $period           VARCHAR  T1, T2 or VB
-- column  goal              VARCHAR  the goal's number and short title
-- column  object_type       VARCHAR  indicator or activity
-- column  object_id         VARCHAR  see indicators or activities
-- column  name              VARCHAR  full wording or title
-- column  role              VARCHAR  huvudansvarig, ansvarig or delansvarig
-- column  predecessor       VARCHAR  name of the organisation that had it
-- grain   object_type, object_id, role, predecessor
-- source  duties, successions, organisations, indicators, activities, goals, periods
-- used by submissions/intake

with recursive before (organisation_id) as (
    select predecessor_id
    from successions
    where successor_id = $organisation_id
    union
    select successions.predecessor_id
    from successions
    inner join before on successions.successor_id = before.organisation_id
),

objects as (
    select 'indicator' as object_type, indicator_id as object_id, name, goal_id, valid_from, valid_to
    from indicators
    union all
    select 'activity', activity_id, title, goal_id, valid_from, valid_to
    from activities
),

had as (
    select distinct duties.object_type, duties.object_id, duties.role, organisations.name as predecessor
    from duties
    inner join before using (organisation_id)
    inner join organisations using (organisation_id)
    where
        duties.group_id is null
        and duties.status = 'decided'
        and duties.role in ('huvudansvarig', 'ansvarig', 'delansvarig')
        and duties.valid_to = organisations.valid_to
)

select
    goals.number || ' ' || goals.short_title as goal,
    had.object_type,
    had.object_id,
    objects.name,
    had.role,
    had.predecessor
from had
inner join objects using (object_type, object_id)
inner join goals using (goal_id)
inner join periods on periods.year = $year and periods.period = $period
anti join duties
    on
        duties.object_type = had.object_type
        and duties.object_id = had.object_id
        and duties.organisation_id = $organisation_id
where
    is_valid_on(periods.ends_on, objects.valid_from, objects.valid_to)
order by goals.number, had.object_type desc, had.object_id, had.role, had.predecessor
