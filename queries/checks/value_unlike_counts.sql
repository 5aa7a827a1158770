-- A figure that is not what its own counts give.
--
-- rule      value_unlike_counts
-- severity  error
-- title     {indicator}: värdet {value} stämmer inte med antalen, som ger {counted}.
-- why       Samlad räknar på antalen och visar då ett annat värde än ert.
-- action    Rätta antalen eller värdet; när antalen finns kan värdet lämnas tomt.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         DOUBLE   what stands there
-- column    indicator     VARCHAR  its short name
-- column    counted       DOUBLE   the figure from its counts; unit as the indicator
-- grain     report, source_sheet, source_row, field
-- source    reported_indicators, indicators

with counted as (
    select
        reported.*,
        indicators.measure,
        indicators.short_name as indicator,
        case
            when indicators.measure = 'count' then reported.numerator
            when reported.denominator > 0 and indicators.measure = 'share'
                then reported.numerator / reported.denominator
            when reported.denominator > 0 and indicators.measure = 'rate'
                then reported.numerator * indicators.per / reported.denominator
        end as counted
    from reported_indicators as reported
    inner join indicators using (indicator_id)
)

select report, source_sheet, source_row, 'value' as field, value, indicator, round(counted, 4) as counted
from counted
where
    -- Figures come rounded: shares to whole per cent, rates to one decimal or three digits, counts not at all.
    abs(value - counted)
    > 1e-9 + case measure when 'share' then 0.005 when 'rate' then greatest(0.05, 0.005 * counted) else 0 end
order by report, source_sheet, source_row
