-- A figure below zero where none can be.
--
-- rule      negative
-- severity  error
-- title     {indicator}: {value} är mindre än noll.
-- why       Antal och andelar kan inte vara negativa.
-- action    Rätta talet. Saknas det, lämna cellen tom och välj en orsakskod.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         DOUBLE   what stands there
-- column    indicator     VARCHAR  its short name
-- grain     report, source_sheet, source_row, field
-- source    reported_indicators, indicators

with figures as (
    select report, source_sheet, source_row, indicator_id, 'numerator' as field, numerator::double as value
    from reported_indicators
    union all
    select report, source_sheet, source_row, indicator_id, 'denominator', denominator::double
    from reported_indicators
    union all
    select report, source_sheet, source_row, indicator_id, 'value', value
    from reported_indicators
    union all
    select report, source_sheet, source_row, indicator_id, 'forecast', forecast
    from reported_indicators
)

select
    figures.report,
    figures.source_sheet,
    figures.source_row,
    figures.field,
    figures.value,
    indicators.short_name as indicator
from figures
inner join indicators using (indicator_id)
where figures.value < 0 and (indicators.measure <> 'index' or figures.field in ('numerator', 'denominator'))
order by report, source_sheet, source_row, field
