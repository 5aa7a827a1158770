-- An activity and the indicator that measures it say opposite things: done, and nothing to show; not begun, and all done.
--
-- rule      activity_against_indicator
-- severity  warning
-- title     {name} är ”{value}”, men {indicator} säger {said}.
-- why       Aktiviteten och dess indikator motsäger varandra.
-- action    Rätta den ena, eller skriv hur båda kan vara sanna.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- column    name          VARCHAR  the activity's title
-- column    indicator     VARCHAR  the indicator's short name
-- column    said          VARCHAR  what the indicator says, in Swedish
-- grain     report, source_sheet, source_row, field, indicator
-- source    reported_activities, known_indicators, activity_indicators, activities, indicators

with measured as (
    select
        reported.report,
        reported.source_sheet,
        reported.source_row,
        reported.status,
        reported.activity_id,
        indicators.short_name as indicator,
        indicators.measure,
        arg_max(row(known.numerator, known.denominator, known.value), known.sequence) as figure
    from reported_activities as reported
    inner join activity_indicators using (activity_id)
    inner join indicators using (indicator_id)
    inner join known_indicators as known
        on
            activity_indicators.indicator_id = known.indicator_id
            and reported.organisation_id = known.organisation_id
            and reported.year = known.year
            and reported.period = known.period
            and reported.sequence >= known.sequence
            and known.sex = 'total'
    where indicators.direction = 'increase' and indicators.measure <> 'index'
    group by all
),

told as (
    select
        * exclude (figure),
        case
            when measure = 'yes_no' and figure[3] = 0 then 'nej'
            when measure <> 'yes_no' and figure[1] = 0 then '0'
        end as nothing,
        case
            when measure = 'yes_no' and figure[3] = 1 then 'ja'
            when measure = 'share' and figure[1] = figure[2] and figure[2] > 0 then 'att alla har det'
        end as everything
    from measured
)

select
    told.report,
    told.source_sheet,
    told.source_row,
    'status' as field,
    told.status as value,
    activities.title as name,
    told.indicator,
    coalesce(told.nothing, told.everything) as said
from told
inner join activities using (activity_id)
where
    (told.status = 'done' and told.nothing is not null)
    or (told.status = 'not_started' and told.everything is not null)
order by report, source_sheet, source_row, indicator
