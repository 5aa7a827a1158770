-- A share or rate of persons given without the counts behind it.
--
-- rule      persons_without_counts
-- severity  warning
-- title     {indicator}: bara värdet är ifyllt, inte antalen.
-- why       En andel av personer kan inte publiceras utan antal, eftersom små tal då inte kan skyddas.
-- action    Fyll i Antal och Av totalt.
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
where
    indicators.counts = 'persons'
    and indicators.measure in ('share', 'rate')
    and reported.value is not null
    and reported.numerator is null
    and reported.denominator is null
order by report, source_sheet, source_row
