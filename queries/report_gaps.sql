-- The gaps in responsibility, with duties as decided, the gravest first: all of them, or those that concern one organisation.
--
-- param   $organisation_id  VARCHAR  see organisations; null is all
-- column  gap_id            VARCHAR  see gaps
-- column  rule              VARCHAR  number of the rule that found it
-- column  severity          VARCHAR  high, medium or low
-- column  goal_number       BIGINT   number of its goal, null when it belongs to none
-- column  title             VARCHAR  what is wrong
-- column  action            VARCHAR  what to do
-- column  since             DATE     since when; null when not known
-- column  evidence_sha      VARCHAR  fingerprint of its evidence
-- column  origin            VARCHAR  example when any input is
-- grain   gap_id
-- source  gaps, goals

select
    gaps.gap_id,
    gaps.rule,
    gaps.severity::varchar as severity,
    goals.number as goal_number,
    gaps.title,
    gaps.action,
    gaps.since,
    gaps.evidence_sha,
    gaps.origin::varchar as origin
from gaps
left join goals on gaps.goal_id::varchar = goals.goal_id::varchar
where
    gaps.duties = 'decided'
    and ($organisation_id is null or list_contains(string_split(gaps.organisations, ' '), $organisation_id))
order by
    list_position(['high', 'medium', 'low'], gaps.severity::varchar),
    goals.number nulls last,
    gaps.gap_id
