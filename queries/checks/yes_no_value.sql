-- A yes/no that is neither.
--
-- rule      yes_no_value
-- severity  error
-- title     {indicator}: ”{value}” är varken ja eller nej.
-- why       Indikatorn har bara två svar.
-- action    Skriv ja eller nej, eller välj en orsakskod.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         DOUBLE   what stands there
-- column    indicator     VARCHAR  its short name
-- grain     report, source_sheet, source_row, field
-- source    reported_indicators, indicators

select
    reported.report,
    reported.source_sheet,
    reported.source_row,
    'value' as field,
    reported.value,
    indicators.short_name as indicator
from reported_indicators as reported
inner join indicators using (indicator_id)
where indicators.measure = 'yes_no' and reported.value not in (0, 1)
order by report, source_sheet, source_row
