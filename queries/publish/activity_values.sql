-- The latest status of each activity at each organisation and period.
--
-- column  activity_id        VARCHAR  see activities
-- column  organisation_id    VARCHAR  whom the status concerns
-- column  year               INTEGER  calendar year
-- column  period             VARCHAR  T1, T2 or VB
-- column  status             VARCHAR  not_started, ongoing, done, delayed or cancelled
-- column  missing_reason     VARCHAR  reason code, null when there is a status
-- column  comment            VARCHAR  in the organisation's words
-- column  submission_id      VARCHAR  the submission it came with
-- column  received_on        DATE     day of the receipt
-- column  origin             VARCHAR  example when the report or the activity is
-- grain   activity_id, organisation_id, year, period
-- source  submitted_activities, activities
-- used by publish, queries/gaps, queries/organisations, queries/programme, queries/publish, queries/report,
--         queries/reporting, queries/responsibility, queries/views, snapshot

with latest as (
    select *
    from submitted_activities
    qualify
        row_number() over (
            partition by activity_id, organisation_id, year, period
            order by sequence desc, source_row desc
        ) = 1
)

select
    latest.activity_id,
    latest.organisation_id,
    latest.year,
    latest.period,
    case when latest.missing_reason is null then latest.status end as status,
    latest.missing_reason,
    latest.comment,
    latest.submission_id,
    latest.received_on,
    origin_of_both(latest.origin, activities.origin) as origin
from latest
inner join activities using (activity_id)
order by activity_id, organisation_id, year, period
