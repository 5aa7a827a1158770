-- A row without a figure and without a reason why there is none.
--
-- rule      missing_without_reason
-- severity  error
-- title     {indicator} ({sex}): värde saknas, och ingen orsakskod är vald.
-- why       Ett tomt värde får aldrig läsas som noll eller som oförändrat.
-- action    Fyll i värdet, eller välj en orsakskod: - inte rapporterat, . ej aktuellt, .. skyddat.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- column    indicator     VARCHAR  its short name
-- column    sex           VARCHAR  total, women or men
-- grain     report, source_sheet, source_row, field
-- source    reported_indicators, indicators

select
    reported.report,
    reported.source_sheet,
    reported.source_row,
    case when indicators.measure in ('index', 'yes_no') then 'value' else 'numerator' end as field,
    null::varchar as value,
    indicators.short_name as indicator,
    reported.sex
from reported_indicators as reported
inner join indicators using (indicator_id)
where
    reported.missing_reason is null
    and reported.numerator is null
    and reported.denominator is null
    and reported.value is null
order by report, source_sheet, source_row
