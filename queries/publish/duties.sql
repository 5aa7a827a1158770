-- Each duty of each organisation, with group duties expanded to the members of the group on each day.
--
-- column  object_type        VARCHAR  indicator or activity
-- column  object_id          VARCHAR  see indicators or activities
-- column  organisation_id    VARCHAR  see organisations
-- column  group_id           VARCHAR  the group the duty was given to; null when the organisation is named
-- column  role               VARCHAR  huvudansvarig, ansvarig, delansvarig or berord
-- column  status             VARCHAR  decided or proposed
-- column  valid_from         DATE     first day on which duty and organisation are both valid
-- column  valid_to           DATE     last day on which they are
-- column  origin             VARCHAR  example when the duty or the organisation is
-- grain   object_type, object_id, organisation_id, group_id, role, status, valid_from
-- source  responsibilities, groups, organisations
-- used by publish, queries/checks, queries/form, queries/gaps, queries/gaps/views, queries/indicators, queries/publish,
--         queries/responsibility

with members as (
    select distinct groups.group_id, organisations.organisation_id
    from groups
    inner join organisations
        on groups.kind = organisations.kind or groups.organisation_id = organisations.organisation_id
),

given as (
    select responsibilities.*, responsibilities.organisation_id as member_id
    from responsibilities
    where responsibilities.organisation_id is not null
    union all by name
    select responsibilities.*, members.organisation_id as member_id
    from responsibilities
    inner join members using (group_id)
    where responsibilities.organisation_id is null
)

select
    given.object_type,
    given.object_id,
    given.member_id as organisation_id,
    given.group_id,
    given.role,
    given.status,
    greatest(
        first_valid_day(given.valid_from), first_valid_day(organisations.valid_from)
    ) as valid_from,
    least(
        last_valid_day(given.valid_to), last_valid_day(organisations.valid_to)
    ) as valid_to,
    origin_of_both(given.origin, organisations.origin) as origin
from given
inner join organisations on given.member_id = organisations.organisation_id
where
    greatest(
        first_valid_day(given.valid_from), first_valid_day(organisations.valid_from)
    ) <= least(last_valid_day(given.valid_to), last_valid_day(organisations.valid_to))
order by all
