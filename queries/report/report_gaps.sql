-- The gaps in responsibility of each year, with duties as decided, the gravest first: all, or those of one organisation.
--
-- param   $organisation_id  VARCHAR  see organisations; null is all
-- column  year              INTEGER  the year they are gaps of, see the view gap_years
-- column  gap_id            VARCHAR  see gaps
-- column  rule              VARCHAR  number of the rule that found it
-- column  severity          VARCHAR  high, medium or low
-- column  goal_number       BIGINT   number of its goal, null when it belongs to none
-- column  title             VARCHAR  what is wrong
-- column  action            VARCHAR  what to do
-- column  since             DATE     since when; null when not known
-- column  evidence_sha      VARCHAR  fingerprint of its evidence: of that on the as-of where the gap is still there
-- column  still_there       BOOLEAN  the same gap is there on the as-of too
-- column  origin            VARCHAR  example when any input is
-- grain   year, gap_id
-- source  yearly_gaps, goals
-- used by report

select
    yearly_gaps.year,
    yearly_gaps.gap_id,
    yearly_gaps.rule,
    yearly_gaps.severity,
    goals.number as goal_number,
    yearly_gaps.title,
    yearly_gaps.action,
    yearly_gaps.since,
    yearly_gaps.evidence_sha,
    yearly_gaps.still_there,
    yearly_gaps.origin
from yearly_gaps
left join goals on yearly_gaps.goal_id = goals.goal_id
where
    yearly_gaps.duties = 'decided'
    and ($organisation_id is null or list_contains(string_split(yearly_gaps.organisations, ' '), $organisation_id))
order by
    yearly_gaps.year,
    list_position(['high', 'medium', 'low'], yearly_gaps.severity),
    goals.number nulls last,
    yearly_gaps.gap_id
