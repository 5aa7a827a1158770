-- Each figure that two submitters have told differently: that they differ, never what they say. For the raw side only.
--
-- Readers are told of those that differ in what they are shown: queries/gaps/views/disputed_values.sql.
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
-- source  submitted_indicators, received_submissions
-- used by publish

with told as (
    select
        submitted_indicators.*,
        received_submissions.organisation_id as submitter
    from submitted_indicators
    inner join received_submissions using (submission_id)
    where submitted_indicators.missing_reason is distinct from '-'
    qualify
        row_number() over (
            partition by
                submitted_indicators.indicator_id,
                submitted_indicators.organisation_id,
                submitted_indicators.year,
                submitted_indicators.period,
                submitted_indicators.sex,
                received_submissions.organisation_id
            order by submitted_indicators.sequence desc, submitted_indicators.source_row desc
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
    having
        count(distinct submitter) > 1
        and count(
            distinct coalesce(numerator::varchar, '∅')
            || '/' || coalesce(denominator::varchar, '∅')
            || '/' || coalesce(value::varchar, '∅')
            || '/' || coalesce(missing_reason, '∅')
        ) > 1
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
