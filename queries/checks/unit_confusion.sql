-- A share that was given in percent without saying so: 85 for 85 % is 8 500 %.
--
-- rule      unit_confusion
-- severity  error
-- title     {indicator}: {value} är mer än det hela.
-- why       Utan procenttecken är 1 det hela, och då kan 85 betyda 85 % eller vara fel.
-- action    Skriv 85 % med procenttecken, eller 0,85.
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
where indicators.measure = 'share' and shares.value > 1 and shares.value <= 100
order by report, source_sheet, source_row, field
