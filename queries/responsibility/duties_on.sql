-- Who answers for what on a day, by object and organisation.
--
-- param   $on               DATE     the day asked for
-- param   $with_proposed    BOOLEAN  whether proposed duties count too; null is no
-- column  object_type       VARCHAR  indicator or activity
-- column  object_id         VARCHAR  see indicators or activities
-- column  goal_id           VARCHAR  see goals
-- column  object            VARCHAR  short name or title
-- column  organisation_id   VARCHAR  see organisations
-- column  organisation      VARCHAR  its short name
-- column  role              VARCHAR  huvudansvarig, ansvarig, delansvarig or berord
-- column  status            VARCHAR  decided or proposed
-- column  group_name        VARCHAR  the group the duty was given to; null when the organisation is named
-- column  valid_from        DATE     first day; null is since before the programme
-- column  valid_to          DATE     last day; null is still
-- column  origin            VARCHAR  example when any of it is made up
-- grain   object_type, object_id, organisation_id, role, status, group_name, valid_from
-- source  duties, indicators, activities, organisations, groups
-- used by cli

with objects as (
    select
        'indicator' as object_type,
        indicator_id as object_id,
        goal_id,
        short_name as name,
        valid_from,
        valid_to,
        origin
    from indicators
    union all
    select 'activity', activity_id, goal_id, title, valid_from, valid_to, origin
    from activities
),

named as (
    select distinct group_id, name
    from groups
)

select
    duties.object_type,
    duties.object_id,
    objects.goal_id,
    objects.name as object,
    duties.organisation_id,
    organisations.short_name as organisation,
    duties.role,
    duties.status,
    named.name as group_name,
    nullif(duties.valid_from, date '0001-01-01') as valid_from,
    nullif(duties.valid_to, date '9999-12-31') as valid_to,
    origin_of_both(duties.origin, objects.origin) as origin
from duties
inner join objects
    on
        duties.object_type = objects.object_type
        and duties.object_id = objects.object_id
        and is_valid_on($on, objects.valid_from, objects.valid_to)
inner join organisations using (organisation_id)
left join named using (group_id)
where
    is_valid_on($on, duties.valid_from, duties.valid_to)
    and (duties.status = 'decided' or coalesce($with_proposed, false))
order by objects.goal_id, duties.object_type, duties.object_id, organisations.short_name, duties.role, duties.status, group_name
