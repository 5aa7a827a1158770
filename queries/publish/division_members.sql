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
        is_valid_on(divisions.division::date, organisations.valid_from, organisations.valid_to)
order by division, organisation_id
