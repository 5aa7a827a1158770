-- The same thing reported twice in one report.
--
-- rule      duplicate_rows
-- severity  error
-- title     Samma sak står redan på rad {first_row}.
-- why       Samlad kan inte veta vilken av raderna som gäller.
-- action    Ta bort den ena raden.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- column    first_row     INTEGER  the first row that says it
-- grain     report, source_sheet, source_row, field
-- source    reported_indicators, reported_activities

with numbered as (
    select
        report,
        source_sheet,
        source_row,
        'indicator_id' as field,
        indicator_id as value,
        first_value(source_row) over same as first_row,
        row_number() over same as nth
    from reported_indicators
    window same as (
        partition by report, indicator_id, organisation_id, year, period, sex
        order by source_sheet, source_row
    )
    union all
    select
        report,
        source_sheet,
        source_row,
        'activity_id',
        activity_id,
        first_value(source_row) over same,
        row_number() over same
    from reported_activities
    window same as (
        partition by report, activity_id, organisation_id, year, period
        order by source_sheet, source_row
    )
)

select report, source_sheet, source_row, field, value, first_row::integer as first_row
from numbered
where nth > 1
order by report, source_sheet, source_row
