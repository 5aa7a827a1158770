-- A figure that stands where the kind of indicator does not look for it.
--
-- rule      figure_in_wrong_column
-- severity  error
-- title     {indicator}: talet står i fel kolumn.
-- why       {expected}
-- action    Flytta talet till rätt kolumn.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         DOUBLE   what stands there
-- column    indicator     VARCHAR  its short name
-- column    expected      VARCHAR  where it is to stand, in Swedish
-- grain     report, source_sheet, source_row, field
-- source    reported_indicators, indicators

select
    reported.report,
    reported.source_sheet,
    reported.source_row,
    case when indicators.measure = 'count' then 'value' else 'numerator' end as field,
    case when indicators.measure = 'count' then reported.value else reported.numerator end as value,
    indicators.short_name as indicator,
    case indicators.measure
        when 'count' then 'Ett antal skrivs i kolumnen Antal.'
        when 'index' then 'Ett index skrivs i kolumnen Värde.'
        else 'Ja eller nej skrivs i kolumnen Värde.'
    end as expected
from reported_indicators as reported
inner join indicators using (indicator_id)
where
    (indicators.measure = 'count' and reported.numerator is null and reported.value is not null)
    or (indicators.measure in ('index', 'yes_no') and reported.value is null and reported.numerator is not null)
order by report, source_sheet, source_row
