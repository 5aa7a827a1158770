-- Who answers for what on the day gaps are judged on.
--
-- column  object_type      VARCHAR  indicator or activity
-- column  object_id        VARCHAR  see indicators or activities
-- column  organisation_id  VARCHAR  see organisations
-- column  is_named         BOOLEAN  named itself in at least one duty
-- column  is_lead          BOOLEAN  huvudansvarig in at least one duty
-- column  since            DATE     first day of the earliest of the duties
-- column  origin           VARCHAR  example when any of the duties is
-- grain   object_type, object_id, organisation_id
-- source  asking_duties, standpoint
-- used by queries/gaps, queries/gaps/views

select
    asking_duties.object_type,
    asking_duties.object_id,
    asking_duties.organisation_id,
    bool_or(asking_duties.is_named) as is_named,
    bool_or(asking_duties.role = 'huvudansvarig') as is_lead,
    min(asking_duties.valid_from) as since,
    group_origin(asking_duties.origin) as origin
from asking_duties
inner join standpoint on is_valid_on(standpoint.on_date, asking_duties.valid_from, asking_duties.valid_to)
group by all
order by all
