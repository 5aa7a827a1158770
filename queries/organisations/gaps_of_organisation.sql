-- The gaps in responsibility of a year that concern one organisation, with duties as decided, the gravest first.
--
-- param   $organisation_id  VARCHAR  see organisations
-- param   $year             INTEGER  the year whose gaps are asked for; one to come, or null, is the latest there is
-- column  gap_id            VARCHAR  see gaps
-- column  rule              VARCHAR  number of the rule that found it
-- column  severity          VARCHAR  high, medium or low
-- column  goal_number       BIGINT   number of its goal, null when it belongs to none
-- column  title             VARCHAR  what is wrong
-- column  why               VARCHAR  why it matters
-- column  action            VARCHAR  what to do
-- column  since             DATE     since when; null when not known
-- column  origin            VARCHAR  example when any input is
-- grain   gap_id
-- source  yearly_gaps, gap_years, goals
-- used by report

select
    yearly_gaps.gap_id,
    yearly_gaps.rule,
    yearly_gaps.severity,
    goals.number as goal_number,
    yearly_gaps.title,
    yearly_gaps.why,
    yearly_gaps.action,
    yearly_gaps.since,
    yearly_gaps.origin
from yearly_gaps
left join goals on yearly_gaps.goal_id = goals.goal_id
where
    yearly_gaps.duties = 'decided'
    and list_contains(string_split(yearly_gaps.organisations, ' '), $organisation_id)
    and yearly_gaps.year = coalesce(
        (select max(year) from gap_years where year <= coalesce($year, 9999)), (select min(year) from gap_years)
    )
order by
    list_position(['high', 'medium', 'low'], yearly_gaps.severity),
    goals.number nulls last,
    yearly_gaps.gap_id
