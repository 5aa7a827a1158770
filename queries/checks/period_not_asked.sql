-- A figure for a period in which the indicator is not asked for.
--
-- rule      period_not_asked
-- severity  warning
-- title     {indicator} efterfrågas inte för {period}.
-- why       Det är inte väntat, och kan vara skrivet på fel period.
-- action    Ta bort raden, eller skriv varför den ska vara med.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- column    indicator     VARCHAR  its short name
-- column    period        VARCHAR  T1, T2 or VB
-- grain     report, source_sheet, indicator, period
-- source    reported_indicators, indicators

select
    reported.report,
    reported.source_sheet,
    min(reported.source_row) as source_row,
    'period' as field,
    reported.period as value,
    indicators.short_name as indicator,
    reported.period
from reported_indicators as reported
inner join indicators using (indicator_id)
where not list_contains(string_split(indicators.periods, ' '), reported.period)
group by all
order by report, source_sheet, source_row
