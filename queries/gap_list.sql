-- Every gap in responsibility, the gravest first, with duties as decided and as if the proposed were.
--
-- column  duties         VARCHAR  decided or with_proposed
-- column  gap_id         VARCHAR  see gaps
-- column  rule           VARCHAR  number of the rule that found it
-- column  severity       VARCHAR  high, medium or low
-- column  object_type    VARCHAR  goal, indicator, activity, organisation or programme
-- column  object_id      VARCHAR  its identity
-- column  object         VARCHAR  a few words for it; null for goals and the programme
-- column  goal_id        VARCHAR  see goals; null when it belongs to none
-- column  goal_number    BIGINT   number of its goal
-- column  organisations  VARCHAR  ids of those it concerns, separated by space
-- column  since          DATE     since when; null when not known
-- column  title          VARCHAR  what is wrong
-- column  why            VARCHAR  why it matters
-- column  action         VARCHAR  what to do
-- column  evidence_sha   VARCHAR  fingerprint of its evidence
-- column  origin         VARCHAR  example when any input is
-- column  confidence     VARCHAR  how sure it is
-- grain   duties, gap_id
-- source  gaps, goals, indicators, activities

select
    gaps.duties::varchar as duties,
    gaps.gap_id,
    gaps.rule,
    gaps.severity::varchar as severity,
    gaps.object_type::varchar as object_type,
    gaps.object_id,
    coalesce(indicators.short_name, activities.title) as object,
    gaps.goal_id::varchar as goal_id,
    goals.number as goal_number,
    gaps.organisations,
    gaps.since,
    gaps.title,
    gaps.why,
    gaps.action,
    gaps.evidence_sha,
    gaps.origin::varchar as origin,
    gaps.confidence
from gaps
left join goals on gaps.goal_id::varchar = goals.goal_id::varchar
left join indicators on gaps.object_type = 'indicator' and gaps.object_id = indicators.indicator_id::varchar
left join activities on gaps.object_type = 'activity' and gaps.object_id = activities.activity_id::varchar
order by
    duties,
    list_position(['high', 'medium', 'low'], gaps.severity::varchar),
    goals.number nulls last,
    length(gaps.rule),
    gaps.rule,
    gaps.title,
    gaps.gap_id
