-- A figure for an indicator that is not in the programme.
--
-- rule      unknown_indicator
-- severity  error
-- title     Indikatorn ”{value}” finns inte i programmet.
-- why       Utan känd indikator kan värdet inte hamna någonstans.
-- action    Kontrollera id eller namn mot formuläret för perioden.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- grain     report, source_sheet, source_row, field
-- source    reported_indicators, indicators

select
    reported.report,
    reported.source_sheet,
    reported.source_row,
    'indicator_id' as field,
    reported.indicator_id as value
from reported_indicators as reported
anti join indicators using (indicator_id)
order by report, source_sheet, source_row
