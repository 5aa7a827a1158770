-- A figure about a hundred times larger or smaller than the year before: percent taken for parts, or the reverse.
--
-- rule      hundred_times
-- severity  warning
-- title     {indicator}: {value} är omkring hundra gånger {direction} än {before} förra året.
-- why       Så ser det ut när procent och andel har förväxlats.
-- action    Rätta talet, eller skriv att det är riktigt.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         DOUBLE   what stands there
-- column    indicator     VARCHAR  its short name
-- column    before        DOUBLE   the year before; unit as the indicator
-- column    direction     VARCHAR  större or mindre
-- grain     report, source_sheet, source_row, field
-- source    reported_indicators, known_indicators, indicators

with before as (
    select
        reported.report,
        reported.indicator_id,
        reported.organisation_id,
        reported.sex,
        arg_max(known.value, known.sequence) as value
    from reported_indicators as reported
    inner join known_indicators as known
        on
            reported.indicator_id = known.indicator_id
            and reported.organisation_id = known.organisation_id
            and reported.year = known.year + 1
            and reported.period = known.period
            and reported.sex = known.sex
    where known.value > 0
    group by all
)

select
    reported.report,
    reported.source_sheet,
    reported.source_row,
    'value' as field,
    reported.value,
    indicators.short_name as indicator,
    before.value as before,
    case when reported.value > before.value then 'större' else 'mindre' end as direction
from reported_indicators as reported
inner join before using (report, indicator_id, organisation_id, sex)
inner join indicators using (indicator_id)
where
    indicators.measure in ('share', 'rate', 'index')
    and reported.value > 0
    and abs(log10(reported.value / before.value)) between 1.8 and 2.2
order by report, source_sheet, source_row
