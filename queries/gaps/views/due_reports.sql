-- Each report that was due before the as-of, with what it concerns and whether it has come.
--
-- column  object_type      VARCHAR  indicator or activity
-- column  object_id        VARCHAR  see indicators or activities
-- column  goal_id          VARCHAR  see goals
-- column  name             VARCHAR  short name or title
-- column  kind_in_words    VARCHAR  Indikatorn or Aktiviteten
-- column  organisation_id  VARCHAR  who was to report
-- column  organisation     VARCHAR  its short name
-- column  year             INTEGER  calendar year
-- column  period           VARCHAR  T1, T2 or VB
-- column  due              DATE     last day to report
-- column  received         BOOLEAN  whether it has come
-- column  origin           VARCHAR  example when the duty, the object or any report is: silence among made-up reports is made up
-- column  confidence       VARCHAR  how sure the object is
-- grain   object_type, object_id, organisation_id, year, period
-- source  expected_reports, objects, answering, organisations, received_submissions, standpoint
-- used by queries/gaps

with received as (
    select coalesce(bool_or(origin = 'example'), false) as are_example
    from received_submissions
)

select
    expected_reports.object_type,
    expected_reports.object_id,
    objects.goal_id,
    objects.name,
    objects.kind_in_words,
    expected_reports.organisation_id,
    organisations.short_name as organisation,
    expected_reports.year,
    expected_reports.period,
    expected_reports.due,
    expected_reports.received,
    marked_origin(received.are_example, expected_reports.origin) as origin,
    objects.confidence
from expected_reports
inner join standpoint on expected_reports.due < standpoint.as_of
inner join objects using (object_type, object_id)
inner join organisations using (organisation_id)
cross join received
semi join answering using (object_type, object_id, organisation_id)
order by all
