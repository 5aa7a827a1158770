-- Which organisations are valid in each division.
--
-- column  division         VARCHAR  see divisions
-- column  organisation_id  VARCHAR  see organisations
-- grain   division, organisation_id
-- source  divisions, organisations
-- used by publish, queries/publish, queries/views, snapshot

select divisions.division, organisations.organisation_id
from divisions
inner join organisations
    on
        divisions.division::date >= coalesce(organisations.valid_from, date '0001-01-01')
        and divisions.division::date <= coalesce(organisations.valid_to, date '9999-12-31')
order by division, organisation_id
