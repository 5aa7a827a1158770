-- A part that is larger than the whole.
--
-- rule      numerator_above_denominator
-- severity  error
-- title     {indicator}: antalet {numerator} är större än ”av totalt” {denominator}.
-- why       En del kan inte vara större än det hela.
-- action    Kontrollera båda talen; de kan ha bytt plats.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         BIGINT   what stands there
-- column    indicator     VARCHAR  its short name
-- column    numerator     BIGINT   count
-- column    denominator   BIGINT   count it is a part of
-- grain     report, source_sheet, source_row, field
-- source    reported_indicators, indicators

select
    reported.report,
    reported.source_sheet,
    reported.source_row,
    'numerator' as field,
    reported.numerator as value,
    indicators.short_name as indicator,
    reported.numerator,
    reported.denominator
from reported_indicators as reported
inner join indicators using (indicator_id)
where indicators.measure = 'share' and reported.numerator > reported.denominator and reported.denominator > 0
order by report, source_sheet, source_row
