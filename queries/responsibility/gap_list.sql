-- Every gap in responsibility of a year, the gravest first, with duties as decided and as if the proposed were.
--
-- param   $year          INTEGER  the year whose gaps are asked for; one to come, or null, is the latest there is
-- column  duties         VARCHAR  decided or with_proposed
-- column  gap_id         VARCHAR  see gaps
-- column  rule           VARCHAR  number of the rule that found it
-- column  severity       VARCHAR  high, medium or low
-- column  object_type    VARCHAR  goal, indicator, activity, organisation or programme
-- column  object_id      VARCHAR  its identity
-- column  object         VARCHAR  a few words for it; null for goals and the programme
-- column  goal_id        VARCHAR  see goals; null when it belongs to none
-- column  goal_number    BIGINT   number of its goal; null when it belongs to none
-- column  organisations  VARCHAR  ids of those it concerns, separated by space
-- column  since          DATE     since when; null when not known
-- column  title          VARCHAR  what is wrong
-- column  why            VARCHAR  why it matters
-- column  action         VARCHAR  what to do
-- column  evidence_sha   VARCHAR  fingerprint of its evidence: of that on the as-of where the gap is still there
-- column  still_there    BOOLEAN  the same gap is there on the as-of too
-- column  year           INTEGER  the year it is a gap of
-- column  origin         VARCHAR  example when any input is
-- column  confidence     VARCHAR  how sure it is
-- grain   duties, gap_id
-- source  yearly_gaps, gap_years, goals, indicators, activities
-- used by views/responsibility

select
    yearly_gaps.duties,
    yearly_gaps.gap_id,
    yearly_gaps.rule,
    yearly_gaps.severity,
    yearly_gaps.object_type,
    yearly_gaps.object_id,
    coalesce(indicators.short_name, activities.title) as object,
    yearly_gaps.goal_id,
    goals.number as goal_number,
    yearly_gaps.organisations,
    yearly_gaps.since,
    yearly_gaps.title,
    yearly_gaps.why,
    yearly_gaps.action,
    yearly_gaps.evidence_sha,
    yearly_gaps.still_there,
    yearly_gaps.year,
    yearly_gaps.origin,
    yearly_gaps.confidence
from yearly_gaps
left join goals on yearly_gaps.goal_id = goals.goal_id
left join indicators on yearly_gaps.object_type = 'indicator' and yearly_gaps.object_id = indicators.indicator_id
left join activities on yearly_gaps.object_type = 'activity' and yearly_gaps.object_id = activities.activity_id
where
    yearly_gaps.year = coalesce(
        (select max(year) from gap_years where year <= coalesce($year, 9999)), (select min(year) from gap_years)
    )
order by
    duties,
    list_position(['high', 'medium', 'low'], yearly_gaps.severity),
    goals.number nulls last,
    length(yearly_gaps.rule),
    yearly_gaps.rule,
    yearly_gaps.title,
    yearly_gaps.gap_id
