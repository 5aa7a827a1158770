-- What one gap of a year rests on, as the rule lists it.
--
-- param   $gap_id       VARCHAR  see gaps
-- param   $duties       VARCHAR  decided or with_proposed
-- param   $year         INTEGER  the year it is a gap of; null is the latest
-- column  position      BIGINT   1 is the first
-- column  source_table  VARCHAR  the table the row stands in
-- column  source_key    VARCHAR  its key in words
-- column  told          VARCHAR  what it says
-- grain   position
-- source  gap_evidence, earlier_gap_evidence, gap_years
-- used by views/responsibility

with chosen as (
    select coalesce($year, year) as year, coalesce($year = year, true) as is_latest
    from gap_years
    where is_latest
)

select gap_evidence.position, gap_evidence.source_table, gap_evidence.source_key, gap_evidence.told
from gap_evidence
inner join chosen on chosen.is_latest
where gap_evidence.gap_id = $gap_id and gap_evidence.duties = $duties
union all
select
    earlier_gap_evidence.position,
    earlier_gap_evidence.source_table,
    earlier_gap_evidence.source_key,
    earlier_gap_evidence.told
from earlier_gap_evidence
inner join chosen on earlier_gap_evidence.year = chosen.year and not chosen.is_latest
where earlier_gap_evidence.gap_id = $gap_id and earlier_gap_evidence.duties = $duties
order by position
