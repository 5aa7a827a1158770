-- An organisation that did not exist on the last day of the period.
--
-- rule      organisation_not_there
-- severity  error
-- title     {organisation} fanns inte den {ends_on}.
-- why       Rapporten ska komma från den organisation som finns på periodens sista dag.
-- action    Rapportera för den organisation som fanns då, eller rätta perioden.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- column    organisation  VARCHAR  its short name
-- column    ends_on       DATE     last day of the period
-- grain     report, source_sheet, source_row, field
-- source    reports, reported_objects, organisations, periods

with named as (
    select reports.report, null as source_sheet, null as source_row, reports.organisation_id, periods.ends_on
    from reports
    inner join periods using (year, period)
    union all
    select reported.report, reported.source_sheet, reported.source_row, reported.organisation_id, reported.ends_on
    from reported_objects as reported
    inner join reports using (report)
    where reported.organisation_id <> reports.organisation_id
)

select
    named.report,
    named.source_sheet,
    named.source_row,
    'organisation_id' as field,
    named.organisation_id as value,
    organisations.short_name as organisation,
    named.ends_on
from named
inner join organisations using (organisation_id)
where not is_valid_on(named.ends_on, organisations.valid_from, organisations.valid_to)
order by report, source_sheet nulls first, source_row nulls first
