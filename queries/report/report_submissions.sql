-- The submissions that the figures of an indicator, or the statuses of an activity, came with, whole years and sexes together.
--
-- param   $first_year       INTEGER  earliest year
-- param   $last_year        INTEGER  latest year
-- param   $organisation_id  VARCHAR  see organisations; null is all of them
-- column  object_type       VARCHAR  indicator or activity
-- column  object_id         VARCHAR  see indicators or activities
-- column  object            VARCHAR  a few words for it
-- column  organisation_id   VARCHAR  who reported
-- column  organisation      VARCHAR  its short name
-- column  year              INTEGER  calendar year
-- column  period            VARCHAR  VB; for activities also T1 and T2
-- column  submission_id     VARCHAR  see received_submissions; null when not known
-- column  received_on       DATE     day it came; null when not known
-- column  loaded_on         DATE     day it was really handed in, where another day is told; else null
-- column  origin            VARCHAR  where the row comes from
-- grain   object_type, object_id, organisation_id, year, period
-- source  indicator_values, activity_values, received_submissions, indicators, activities, organisations
-- used by report

with reported as (
    select
        'indicator' as object_type,
        indicator_values.indicator_id as object_id,
        indicators.short_name as object,
        indicator_values.organisation_id,
        indicator_values.year,
        indicator_values.period,
        indicator_values.submission_id,
        indicator_values.origin
    from indicator_values
    inner join indicators using (indicator_id)
    where indicator_values.period = 'VB' and indicator_values.sex = 'total'
    union all
    select
        'activity',
        activity_values.activity_id,
        activities.title,
        activity_values.organisation_id,
        activity_values.year,
        activity_values.period,
        activity_values.submission_id,
        activity_values.origin
    from activity_values
    inner join activities using (activity_id)
)

select
    reported.object_type,
    reported.object_id,
    reported.object,
    reported.organisation_id,
    organisations.short_name as organisation,
    reported.year,
    reported.period,
    reported.submission_id,
    received_submissions.received_on,
    received_submissions.loaded_on,
    reported.origin
from reported
inner join organisations on reported.organisation_id = organisations.organisation_id
left join received_submissions on reported.submission_id = received_submissions.submission_id
where
    reported.year between $first_year and $last_year
    and ($organisation_id is null or reported.organisation_id = $organisation_id)
order by reported.object_type, reported.object_id, reported.year, reported.period, reported.organisation_id
