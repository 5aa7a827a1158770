-- A year's figure for an indicator that has no årsmål that year.
--
-- rule      target_missing
-- severity  warning
-- title     {indicator} har inget årsmål för {year}.
-- why       Utan årsmål kan Samlad inte säga om det är nått.
-- action    Lägg in årsmålet i programmet, eller skriv varför det saknas.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- column    indicator     VARCHAR  its short name
-- column    year          INTEGER  calendar year
-- grain     report, source_sheet, indicator, year
-- source    reported_indicators, indicators, targets

select
    reported.report,
    reported.source_sheet,
    min(reported.source_row) as source_row,
    'target' as field,
    null::varchar as value,
    indicators.short_name as indicator,
    reported.year
from reported_indicators as reported
inner join indicators using (indicator_id)
anti join targets
    on
        reported.indicator_id = targets.indicator_id
        and reported.year = targets.year
        and targets.organisation_id in (reported.organisation_id, 'CITY')
        and targets.value is not null
where reported.period = 'VB' and indicators.direction <> 'none' and reported.missing_reason is null
group by all
order by report, source_sheet, source_row
