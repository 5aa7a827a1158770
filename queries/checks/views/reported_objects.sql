-- Every reported row, indicator or activity alike, with what the catalogue says of the thing it is about.
--
-- column  report           INTEGER  which report, from 0
-- column  source_sheet     VARCHAR  sheet in its file
-- column  source_row       BIGINT   row in that sheet
-- column  field            VARCHAR  column of ours that names the thing: indicator_id or activity_id
-- column  object_type      VARCHAR  indicator or activity
-- column  object_id        VARCHAR  see indicators or activities
-- column  name             VARCHAR  short name or title; null when it is not in the catalogue
-- column  valid_from       DATE     first day of the thing, null is since before the programme
-- column  valid_to         DATE     last day of the thing, null is still
-- column  organisation_id  VARCHAR  whom the row concerns
-- column  year             INTEGER  calendar year
-- column  period           VARCHAR  T1, T2 or VB
-- column  ends_on          DATE     last day of the period; null when the period is unknown
-- column  missing_reason   VARCHAR  reason code
-- grain   report, source_sheet, source_row, object_id
-- source  reported_indicators, reported_activities, indicators, activities, periods
-- used by queries/checks

with objects as (
    select
        reported.report,
        reported.source_sheet,
        reported.source_row,
        'indicator_id' as field,
        'indicator' as object_type,
        reported.indicator_id as object_id,
        indicators.short_name as name,
        indicators.valid_from,
        indicators.valid_to,
        reported.organisation_id,
        reported.year,
        reported.period,
        reported.missing_reason
    from reported_indicators as reported
    left join indicators using (indicator_id)
    union all
    select
        reported.report,
        reported.source_sheet,
        reported.source_row,
        'activity_id',
        'activity',
        reported.activity_id,
        activities.title,
        activities.valid_from,
        activities.valid_to,
        reported.organisation_id,
        reported.year,
        reported.period,
        reported.missing_reason
    from reported_activities as reported
    left join activities using (activity_id)
)

select
    objects.report,
    objects.source_sheet,
    objects.source_row,
    objects.field,
    objects.object_type,
    objects.object_id,
    objects.name,
    objects.valid_from,
    objects.valid_to,
    objects.organisation_id,
    objects.year,
    objects.period,
    periods.ends_on,
    objects.missing_reason
from objects
left join periods using (year, period)
order by report, source_sheet, source_row, object_id
