-- The lines of one organisation's form: each activity whose status it is to report for a period.
--
-- param   $organisation_id  VARCHAR  see organisations
-- param   $year             INTEGER  calendar year
-- param   $period           VARCHAR  T1, T2 or VB
-- column  goal              VARCHAR  the goal's number and short title
-- column  activity_id       VARCHAR  see activities
-- column  name              VARCHAR  what is to be done
-- grain   activity_id
-- source  duties, activities, goals, periods
-- used by submissions/intake

with asked as (
    select distinct activities.activity_id
    from activities
    inner join periods
        on
            periods.year = $year
            and periods.period = $period
            and is_valid_on(periods.ends_on, activities.valid_from, activities.valid_to)
    inner join duties
        on
            duties.object_type = 'activity'
            and duties.object_id = activities.activity_id
            and duties.organisation_id = $organisation_id
            and duties.status = 'decided'
            and duties.role in ('huvudansvarig', 'ansvarig', 'delansvarig')
            and is_valid_on(periods.ends_on, duties.valid_from, duties.valid_to)
)

select goals.number || ' ' || goals.short_title as goal, activities.activity_id, activities.title as name
from asked
inner join activities using (activity_id)
inner join goals using (goal_id)
order by goals.number, activities.activity_id
