-- Women and men together beside the total, as they stand when a report has been received.
--
-- A correction may hold the total alone, or one sex alone: what it leaves out stands from before.
--
-- column  report        INTEGER  which report, from 0
-- column  source_sheet  VARCHAR  sheet in its file where the indicator stands
-- column  source_row    BIGINT   its row: the total's, else the first
-- column  field         VARCHAR  numerator or denominator
-- column  indicator     VARCHAR  the indicator's short name
-- column  total         BIGINT   count of all
-- column  parts         BIGINT   women and men together
-- grain   report, source_sheet, source_row, field
-- source  reported_indicators, known_indicators, indicators
-- used by queries/checks

with touched as (
    select
        report,
        sequence,
        indicator_id,
        organisation_id,
        year,
        period,
        arg_min(source_sheet, row(sex <> 'total', source_row)) as source_sheet,
        arg_min(source_row, row(sex <> 'total', source_row)) as source_row
    from reported_indicators
    group by all
),

latest as (
    select
        touched.report,
        touched.source_sheet,
        touched.source_row,
        touched.indicator_id,
        touched.organisation_id,
        known.sex,
        arg_max(row(known.numerator, known.denominator), known.sequence) as counts
    from touched
    inner join known_indicators as known
        on
            touched.indicator_id = known.indicator_id
            and touched.organisation_id = known.organisation_id
            and touched.year = known.year
            and touched.period = known.period
            and touched.sequence >= known.sequence
    group by all
),

counts as (
    select * exclude (counts), 'numerator' as field, counts[1] as people
    from latest
    union all
    select * exclude (counts), 'denominator', counts[2]
    from latest
),

sums as (
    select
        report,
        source_sheet,
        source_row,
        indicator_id,
        organisation_id,
        field,
        max(people) filter (where sex = 'total') as total,
        max(people) filter (where sex = 'women') + max(people) filter (where sex = 'men') as parts
    from counts
    group by all
)

select
    sums.report,
    sums.source_sheet,
    sums.source_row,
    sums.field,
    indicators.short_name as indicator,
    sums.total,
    sums.parts
from sums
inner join indicators using (indicator_id)
where sums.total is not null and sums.parts is not null
order by report, source_sheet, source_row, field
