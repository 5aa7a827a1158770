-- Women or men without the total they are part of.
--
-- rule      total_missing
-- severity  warning
-- title     {indicator}: totalen saknas.
-- why       Stadens värde räknas på totalen; utan den kommer raden inte med.
-- action    Lägg till en rad för totalt, även om den är summan av kvinnor och män.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- column    indicator     VARCHAR  its short name
-- grain     report, source_sheet, source_row
-- source    reported_indicators, known_indicators, indicators

select
    reported.report,
    reported.source_sheet,
    min(reported.source_row) as source_row,
    'sex' as field,
    null::varchar as value,
    indicators.short_name as indicator
from reported_indicators as reported
inner join indicators using (indicator_id)
anti join known_indicators as known
    on
        reported.indicator_id = known.indicator_id
        and reported.organisation_id = known.organisation_id
        and reported.year = known.year
        and reported.period = known.period
        and reported.sequence >= known.sequence
        and known.sex = 'total'
where reported.sex in ('women', 'men')
group by reported.report, reported.source_sheet, indicators.short_name, reported.organisation_id
order by report, source_sheet, source_row
