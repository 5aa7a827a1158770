-- A share or a rate of nothing.
--
-- rule      nothing_to_share
-- severity  error
-- title     {indicator}: av totalt är 0, och då finns ingen andel.
-- why       Där inget finns att räkna är indikatorn inte tillämplig, vilket är något annat än 0 %.
-- action    Lämna antalen tomma och välj orsakskoden . (ej aktuellt).
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         BIGINT   what stands there
-- column    indicator     VARCHAR  its short name
-- grain     report, source_sheet, source_row, field
-- source    reported_indicators, indicators

select
    reported.report,
    reported.source_sheet,
    reported.source_row,
    'denominator' as field,
    reported.denominator as value,
    indicators.short_name as indicator
from reported_indicators as reported
inner join indicators using (indicator_id)
where indicators.measure in ('share', 'rate') and reported.denominator = 0
order by report, source_sheet, source_row
