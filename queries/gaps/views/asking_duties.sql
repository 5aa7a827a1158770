-- Each duty that asks for reports: decided, and proposed too when those are looked at as if they were decided.
--
-- param   $with_proposed   BOOLEAN  whether proposed duties count
-- column  object_type      VARCHAR  indicator or activity
-- column  object_id        VARCHAR  see indicators or activities
-- column  organisation_id  VARCHAR  see organisations
-- column  is_named         BOOLEAN  named itself, not only as a member of a group
-- column  role             VARCHAR  huvudansvarig, ansvarig or delansvarig
-- column  valid_from       DATE     first day
-- column  valid_to         DATE     last day
-- column  origin           VARCHAR  example when the duty or the organisation is
-- grain   object_type, object_id, organisation_id, is_named, role, valid_from, valid_to
-- source  duties
-- used by queries/gaps, queries/gaps/views

select
    object_type,
    object_id,
    organisation_id,
    group_id is null as is_named,
    role,
    valid_from,
    valid_to,
    group_origin(origin) as origin
from duties
where role in ('huvudansvarig', 'ansvarig', 'delansvarig') and (status = 'decided' or $with_proposed)
group by all
order by all
