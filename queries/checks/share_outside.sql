-- A share above the whole, whichever way it was meant.
--
-- rule      share_outside
-- severity  error
-- title     {indicator}: {value} är ingen andel.
-- why       En andel ligger mellan 0 och 100 %.
-- action    Rätta talet, och skriv det med procenttecken.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         DOUBLE   what stands there
-- column    indicator     VARCHAR  its short name
-- grain     report, source_sheet, source_row, field
-- source    reported_indicators, indicators

with shares as (
    select report, source_sheet, source_row, indicator_id, 'value' as field, value
    from reported_indicators
    union all
    select report, source_sheet, source_row, indicator_id, 'forecast', forecast
    from reported_indicators
)

select
    shares.report,
    shares.source_sheet,
    shares.source_row,
    shares.field,
    shares.value,
    indicators.short_name as indicator
from shares
inner join indicators using (indicator_id)
where indicators.measure = 'share' and shares.value > 100
order by report, source_sheet, source_row, field
