-- What people have judged of a goal, or of all, in a year: the city first, then each nämnd by name, the latest of each.
--
-- param   $goal_id          VARCHAR  see goals; null is all of them
-- param   $year             INTEGER  calendar year
-- param   $organisation_id  VARCHAR  see organisations; null is all of them
-- column  goal_id           VARCHAR  see goals
-- column  organisation_id   VARCHAR  who judges, or CITY
-- column  organisation      VARCHAR  its short name; null for the city
-- column  period            VARCHAR  T1, T2 or VB
-- column  fulfilled         VARCHAR  fully, partly or not
-- column  text              VARCHAR  in the author's words; null when none
-- column  author            VARCHAR  who wrote it; null when not given
-- column  at                DATE     when
-- column  origin            VARCHAR  where the row comes from
-- grain   goal_id, organisation_id
-- source  assessments, organisations
-- used by pages/goal, report

select
    assessments.goal_id,
    assessments.organisation_id,
    organisations.short_name as organisation,
    assessments.period,
    assessments.fulfilled,
    assessments.text,
    assessments.author,
    assessments.at,
    assessments.origin
from assessments
left join organisations on assessments.organisation_id = organisations.organisation_id
where
    ($goal_id is null or assessments.goal_id = $goal_id)
    and assessments.year = $year
    and ($organisation_id is null or assessments.organisation_id in ($organisation_id, 'CITY'))
qualify
    row_number() over (
        partition by assessments.goal_id, assessments.organisation_id order by assessments.period desc
    ) = 1
order by assessments.goal_id, assessments.organisation_id <> 'CITY', organisations.short_name
