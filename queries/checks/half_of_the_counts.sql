-- A share or a rate with only one of its two counts.
--
-- rule      half_of_the_counts
-- severity  error
-- title     {indicator}: bara det ena av de två antalen är ifyllt.
-- why       Utan båda antalen kan andelen inte räknas om eller läggas ihop.
-- action    Fyll i både Antal och Av totalt.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- column    indicator     VARCHAR  its short name
-- grain     report, source_sheet, source_row, field
-- source    reported_indicators, indicators

select
    reported.report,
    reported.source_sheet,
    reported.source_row,
    case when reported.numerator is null then 'numerator' else 'denominator' end as field,
    null::varchar as value,
    indicators.short_name as indicator
from reported_indicators as reported
inner join indicators using (indicator_id)
where
    indicators.measure in ('share', 'rate')
    and (reported.numerator is null) <> (reported.denominator is null)
order by report, source_sheet, source_row
