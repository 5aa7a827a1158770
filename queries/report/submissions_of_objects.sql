-- What each indicator's figures, and each activity's statuses, of a year came with: whole years, sexes together.
--
-- column  object_id    VARCHAR    see indicators or activities
-- column  year         INTEGER    calendar year
-- column  submissions  BIGINT     how many there are
-- column  first_told   VARCHAR[]  the first twenty: who, the day it came, and the submission's id, by the names of those
-- grain   object_id, year
-- source  indicator_values, activity_values, received_submissions, organisations
-- used by views/draft

with reported as (
    select indicator_id as object_id, organisation_id, year, submission_id
    from indicator_values
    where period = 'VB' and sex = 'total'
    union all
    select activity_id, organisation_id, year, submission_id
    from activity_values
    where period = 'VB'
),

told as (
    select
        reported.object_id,
        reported.year,
        organisations.short_name || ' ' || received_submissions.received_on::varchar
        || case when received_submissions.loaded_on is null then '' else ', uppgiven dag' end
        || ' (' || reported.submission_id || ')' as submission
    from reported
    inner join received_submissions on reported.submission_id = received_submissions.submission_id
    inner join organisations on reported.organisation_id = organisations.organisation_id
)

select
    object_id,
    year,
    count(*) as submissions,
    list(submission order by submission collate sv)[1:20] as first_told
from told
group by object_id, year
order by object_id, year
