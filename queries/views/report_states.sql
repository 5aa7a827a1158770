-- Each report asked for and where it stands: the one definition behind every count and list of reports.
--
-- A body that has ended owes nothing: a report it never made is lapsed, neither late nor to come.
--
-- column  object_type        VARCHAR  indicator or activity
-- column  object_id          VARCHAR  see indicators or activities
-- column  organisation_id    VARCHAR  who is to report
-- column  year               INTEGER  calendar year
-- column  period             VARCHAR  T1, T2 or VB
-- column  due                DATE     last day to report
-- column  received           BOOLEAN  a value, a status, `.` or `..` has come
-- column  received_on        DATE     day of the receipt that the current row came with
-- column  state              VARCHAR  received, late, to_come or lapsed
-- column  origin             VARCHAR  example when the duty or the object is
-- grain   object_type, object_id, organisation_id, year, period
-- source  expected_reports, organisations, edition
-- used by queries/goals, queries/organisations, queries/programme, queries/reporting, queries/responsibility

select
    expected_reports.object_type,
    expected_reports.object_id,
    expected_reports.organisation_id,
    expected_reports.year,
    expected_reports.period,
    expected_reports.due,
    expected_reports.received,
    expected_reports.received_on,
    case
        when expected_reports.received then 'received'
        when organisations.valid_to < edition.as_of then 'lapsed'
        when expected_reports.late then 'late'
        else 'to_come'
    end as state,
    expected_reports.origin
from expected_reports
left join organisations using (organisation_id)
cross join edition
