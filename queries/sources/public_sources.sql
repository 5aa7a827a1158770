-- The public statistics in the snapshot: what each measures, for which years, who publishes it and how sure it is.
--
-- column  measure_id   VARCHAR  see context_measures
-- column  measure      VARCHAR  full wording
-- column  owner        VARCHAR  who publishes it; null when not given
-- column  first_year   INTEGER  earliest year with a figure
-- column  last_year    INTEGER  latest year with a figure
-- column  figures      BIGINT   how many figures
-- column  approximate  BIGINT   of them, those the source calls approximate
-- column  confidence   VARCHAR  how sure, in the words of the source
-- column  note         VARCHAR  what it can and cannot be compared with; null if nothing
-- column  source       VARCHAR  where it was read; null when not given
-- grain   measure_id
-- source  context_measures, context_values
-- used by pages/about

select
    context_measures.measure_id,
    context_measures.name as measure,
    context_measures.owner,
    min(context_values.year) as first_year,
    max(context_values.year) as last_year,
    count(*) as figures,
    count(*) filter (where context_values.approximate) as approximate,
    min(context_values.confidence) as confidence,
    context_measures.note,
    context_measures.source
from context_measures
inner join context_values using (measure_id)
group by all
order by figures desc, measure
