-- The gaps in responsibility of each year that an edition holds; those of the latest year are the table gaps.
--
-- column  year          INTEGER  calendar year, see the view gap_years
-- column  judged_on     DATE     the day they are judged on
-- column  still_there   BOOLEAN  the same gap is there on the as-of too
-- column  duties        VARCHAR  decided or with_proposed
-- column  gap_id        VARCHAR  see gaps
-- column  rule          VARCHAR  number of the rule that found it
-- column  severity      VARCHAR  high, medium or low
-- column  object_type   VARCHAR  goal, indicator, activity, organisation or programme
-- column  object_id     VARCHAR  its identity
-- column  goal_id       VARCHAR  see goals; null when it belongs to none
-- column  organisations VARCHAR  ids of those it concerns, separated by space
-- column  since         DATE     since when; null when not known
-- column  title         VARCHAR  what is wrong
-- column  why           VARCHAR  why it matters
-- column  action        VARCHAR  what to do
-- column  evidence_sha  VARCHAR  fingerprint of its evidence: of that on the as-of where the gap is still there
-- column  origin        VARCHAR  example when any input is
-- column  confidence    VARCHAR  how sure it is
-- grain   year, duties, gap_id
-- source  gaps, earlier_gaps, gap_years
-- used by queries/organisations, queries/report, queries/responsibility

with held as (
    select gap_years.year, gap_years.judged_on, gaps.*
    from gaps
    inner join gap_years on gap_years.is_latest
    union all by name
    select gap_years.judged_on, earlier_gaps.*
    from earlier_gaps
    inner join gap_years on earlier_gaps.year = gap_years.year and not gap_years.is_latest
)

select
    held.year,
    held.judged_on,
    now.gap_id is not null as still_there,
    held.duties,
    held.gap_id,
    held.rule,
    held.severity,
    held.object_type,
    held.object_id,
    held.goal_id,
    held.organisations,
    held.since,
    held.title,
    held.why,
    held.action,
    coalesce(now.evidence_sha, held.evidence_sha) as evidence_sha,
    held.origin,
    held.confidence
from held
left join gaps as now on held.duties = now.duties and held.gap_id = now.gap_id
