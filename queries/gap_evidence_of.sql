-- What one gap rests on, and whom it concerns and how they are reached.
--
-- param   $gap_id       VARCHAR  see gaps
-- param   $duties       VARCHAR  decided or with_proposed
-- column  position      BIGINT   1 is the first
-- column  source_table  VARCHAR  the table the row stands in
-- column  source_key    VARCHAR  its key in words
-- column  told          VARCHAR  what it says
-- grain   position
-- source  gap_evidence

select position, source_table, source_key, told
from gap_evidence
where gap_id = $gap_id and duties = $duties
order by position
