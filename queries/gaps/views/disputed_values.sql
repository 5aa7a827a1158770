-- Each shown figure that two submitters have told differently: that they differ, never what they say.
--
-- Only what value_versions shows of both is compared. A remark on a hidden figure would answer whoever hands in a guess.
--
-- column  indicator_id     VARCHAR    see indicators
-- column  organisation_id  VARCHAR    whom the figure concerns
-- column  year             INTEGER    calendar year
-- column  period           VARCHAR    T1, T2 or VB
-- column  submitters       VARCHAR[]  for whom it was handed in; see organisations
-- column  submissions      VARCHAR[]  see received_submissions
-- column  since            DATE       day of the receipt from which they differ
-- column  origin           VARCHAR    example when any of them is
-- grain   indicator_id, organisation_id, year, period
-- source  value_versions, received_submissions
-- used by queries/gaps

with told as (
    select
        value_versions.*,
        received_submissions.organisation_id as submitter,
        coalesce(value_versions.numerator::varchar, '∅')
        || '/' || coalesce(value_versions.denominator::varchar, '∅')
        || '/' || coalesce(value_versions.value::varchar, '∅')
        || '/' || coalesce(value_versions.missing_reason, '∅') as said
    from value_versions
    inner join received_submissions using (submission_id)
    where
        value_versions.standing <> 'withdrawn'
        and value_versions.missing_reason is distinct from '-'
        and (
            value_versions.numerator is not null
            or value_versions.value is not null
            or value_versions.missing_reason is not null
        )
    qualify
        row_number() over (
            partition by
                value_versions.indicator_id,
                value_versions.organisation_id,
                value_versions.year,
                value_versions.period,
                value_versions.sex,
                received_submissions.organisation_id
            order by value_versions.version desc
        ) = 1
),

differing as (
    select
        indicator_id,
        organisation_id,
        year,
        period,
        list(submitter) as submitters,
        list(submission_id) as submissions,
        max(received_on) as since,
        bool_or(origin = 'example') as is_example,
        min(origin) as origin
    from told
    group by indicator_id, organisation_id, year, period, sex
    having count(distinct submitter) > 1 and count(distinct said) > 1
)

select
    indicator_id,
    organisation_id,
    year,
    period,
    list_sort(list_distinct(flatten(list(submitters)))) as submitters,
    list_sort(list_distinct(flatten(list(submissions)))) as submissions,
    max(since) as since,
    marked_origin(bool_or(is_example), min(origin)) as origin
from differing
group by indicator_id, organisation_id, year, period
order by indicator_id, organisation_id, year, period
