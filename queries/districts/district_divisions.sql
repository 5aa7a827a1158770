-- The divisions of the city that districts can be shown in, oldest first.
--
-- column  division   VARCHAR  first day, as YYYY-MM-DD
-- column  is_today   BOOLEAN  whether it is today's
-- column  districts  BIGINT   stadsdelsnämnder in it
-- grain   division
-- source  divisions
-- used by views/districts

select division, is_today, districts
from divisions
order by division
