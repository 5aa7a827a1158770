-- A figure that is far from the same period's a year before, further than chance takes it.
--
-- Far is ten percentage points of a share, or half as much again of a number or a rate; chance is the 99.8 per cent
-- interval of the change. Figures without counts have none.
--
-- rule      jump
-- severity  warning
-- title     {indicator} ({sex}): {value} mot {before} året före är en större ändring än slumpen brukar ge.
-- why       Stora hopp är ofta fel i räkningen, eller ett nytt sätt att räkna.
-- action    Kontrollera talet, eller skriv vad som har ändrats.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  the counts now, as "9 av 12", or the number
-- column    indicator     VARCHAR  its short name
-- column    sex           VARCHAR  total, women or men
-- column    before        VARCHAR  the counts the year before
-- grain     report, source_sheet, source_row, field
-- source    reported_indicators, known_indicators, indicators

with before as (
    select
        reported.report,
        reported.indicator_id,
        reported.organisation_id,
        reported.sex,
        arg_max(known.numerator, known.sequence) as x,
        arg_max(row(known.denominator), known.sequence)[1] as n
    from reported_indicators as reported
    inner join known_indicators as known
        on
            reported.indicator_id = known.indicator_id
            and reported.organisation_id = known.organisation_id
            and reported.year = known.year + 1
            and reported.period = known.period
            and reported.sex = known.sex
            and reported.sequence >= known.sequence
    where known.numerator >= 0
    group by all
),

pairs as (
    select
        reported.report,
        reported.source_sheet,
        reported.source_row,
        reported.sex,
        indicators.short_name as indicator,
        indicators.measure,
        before.x as x1,
        case when indicators.measure = 'count' then 1 else before.n end as n1,
        reported.numerator as x2,
        case when indicators.measure = 'count' then 1 else reported.denominator end as n2
    from reported_indicators as reported
    inner join before using (report, indicator_id, organisation_id, sex)
    inner join indicators using (indicator_id)
    where
        indicators.measure in ('share', 'rate', 'count')
        and reported.numerator >= 0
        and (indicators.break_year is null or indicators.break_year <> reported.year)
)

select
    report,
    source_sheet,
    source_row,
    'numerator' as field,
    x2 || case when measure = 'count' then '' else ' av ' || n2 end as value,
    indicator,
    sex,
    x1 || case when measure = 'count' then '' else ' av ' || n1 end as before
from pairs
where
    (
        measure = 'share'
        and n1 > 0
        and n2 > 0
        and abs(x2 / n2 - x1 / n1) >= 0.1
        and (newcombe_lower(x1, n1, x2, n2, z998()) > 0 or newcombe_upper(x1, n1, x2, n2, z998()) < 0)
    )
    or (
        measure in ('rate', 'count')
        and n1 > 0
        and n2 > 0
        and greatest(x1 * n2, x2 * n1) >= 1.5 * least(x1 * n2, x2 * n1)
        and (rate_ratio_lower(x1, n1, x2, n2, z998()) > 1 or rate_ratio_upper(x1, n1, x2, n2, z998()) < 1)
    )
order by report, source_sheet, source_row
