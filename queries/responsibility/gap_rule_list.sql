-- Every gap rule: what it is for, how much it found, and why it was silent or does not run.
--
-- column  name            VARCHAR  name of its file
-- column  rule            VARCHAR  its number; null when the file cannot be read
-- column  severity        VARCHAR  how grave its findings are; null when the file cannot be read
-- column  why             VARCHAR  why it matters; null when the file cannot be read
-- column  silent_because  VARCHAR  why it could not be asked, in whole or in part; null when it was asked in full
-- column  broken          VARCHAR  what is wrong with the file; null when it runs
-- column  found           BIGINT   gaps found, with duties as decided
-- grain   name
-- source  gap_rules
-- used by views/responsibility

select name, rule, severity, why, silent_because, broken, found
from gap_rules
order by length(rule), rule, name
