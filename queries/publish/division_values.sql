-- Each organisation's yearly figure in each division: as reported, or rebuilt by adding the counts of its parts.
--
-- Not applicable parts are left out. A rebuilt figure stands only when every other part reported it. Yes/no is rebuilt
-- as "how many of how many". What has no counts is never rebuilt from several parts.
--
-- column  row_id           BIGINT    position in this table, from 0; not published
-- column  division         VARCHAR   reported, or the first day of a division
-- column  indicator_id     VARCHAR   see indicators
-- column  organisation_id  VARCHAR   see organisations
-- column  year             INTEGER   calendar year
-- column  sex              VARCHAR   total, women, men or other
-- column  numerator        BIGINT    count; for yes/no of several parts, how many said yes
-- column  denominator      BIGINT    count it is a part of; for yes/no of several parts, how many reported
-- column  value            DOUBLE    the figure; unit as the indicator
-- column  parts            BIGINT    organisations of that year that make it up
-- column  parts_reported   BIGINT    how many of them reported a figure; of other, how many told total, women and men
-- column  rebuilt          VARCHAR   as_reported, rebuilt, incomplete or not_rebuildable
-- column  missing_reason   VARCHAR   reason code, null when there is a figure
-- column  origin           VARCHAR   example when any input is
-- column  members          BIGINT[]  indicator_values.row_id of the figures added; not published
-- grain   division, indicator_id, organisation_id, year, sex
-- source  year_reporters, year_parts, indicator_values, indicators, divisions
-- used by publish, queries/publish, queries/views, snapshot

with placed as (
    select
        'reported' as division,
        year_reporters.indicator_id,
        year_reporters.year,
        year_reporters.organisation_id as part_id,
        year_reporters.organisation_id,
        true as whole,
        year_reporters.missing_reason,
        year_reporters.origin
    from year_reporters
    union all
    select
        year_parts.division,
        year_reporters.indicator_id,
        year_reporters.year,
        year_reporters.organisation_id,
        year_parts.organisation_id,
        year_parts.whole,
        year_reporters.missing_reason,
        year_reporters.origin
    from year_reporters
    inner join year_parts
        on year_reporters.organisation_id = year_parts.part_id and year_reporters.year = year_parts.year
),

unions as (
    select
        division,
        indicator_id,
        organisation_id,
        year,
        count(*) filter (where missing_reason is distinct from '.') as parts,
        bool_and(whole) as whole,
        bool_and(part_id = organisation_id) as itself,
        bool_or(missing_reason = '..') as withheld,
        group_origin(origin) as origin
    from placed
    group by division, indicator_id, organisation_id, year
),

figures as (
    select row_id, indicator_id, organisation_id as part_id, year, sex, numerator, denominator, value, missing_reason
    from indicator_values
    where period = 'VB'
),

added as (
    select
        placed.division,
        placed.indicator_id,
        placed.organisation_id,
        placed.year,
        figures.sex,
        count(*) filter (where figures.missing_reason is null) as parts_reported,
        sum(figures.numerator)::bigint as numerator,
        sum(figures.denominator)::bigint as denominator,
        count(figures.numerator) as counted,
        count(figures.denominator) as based,
        sum(figures.value)::bigint as yes,
        any_value(figures.value) as value,
        list(figures.row_id order by figures.row_id) filter (where figures.missing_reason is null) as members
    from placed
    inner join figures using (indicator_id, part_id, year)
    group by placed.division, placed.indicator_id, placed.organisation_id, placed.year, figures.sex
),

splitting as (
    select division, indicator_id, organisation_id, year, count(*) as parts
    from (
        select placed.division, placed.indicator_id, placed.organisation_id, placed.year, placed.part_id
        from placed
        inner join figures using (indicator_id, part_id, year)
        where figures.sex <> 'other' and figures.missing_reason is null
        group by placed.division, placed.indicator_id, placed.organisation_id, placed.year, placed.part_id
        having count(*) = 3
    )
    group by division, indicator_id, organisation_id, year
),

sexes as (
    select division, indicator_id, organisation_id, year, 'total' as sex from unions
    union
    select division, indicator_id, organisation_id, year, sex from added
),

judged as (
    select
        unions.*,
        sexes.sex,
        coalesce(added.parts_reported, 0) as parts_reported,
        coalesce(splitting.parts, 0) as parts_telling_sexes,
        added.numerator,
        added.denominator,
        added.yes,
        added.value,
        added.members,
        indicators.measure,
        indicators.per,
        case
            when not unions.whole then 'not_rebuildable'
            when unions.parts <= 1 and unions.itself then 'as_reported'
            when sexes.sex <> 'other' and coalesce(added.parts_reported, 0) < unions.parts then 'incomplete'
            when sexes.sex = 'other' and coalesce(whole_row.parts_reported, 0) < unions.parts then 'incomplete'
            when unions.parts <= 1 then 'rebuilt'
            when indicators.measure = 'yes_no' then 'rebuilt'
            when indicators.measure in ('share', 'rate') and added.based = added.parts_reported
                and added.counted = added.parts_reported then 'rebuilt'
            when indicators.measure = 'count' and added.counted = added.parts_reported then 'rebuilt'
            else 'not_rebuildable'
        end as rebuilt
    from sexes
    inner join unions using (division, indicator_id, organisation_id, year)
    inner join indicators using (indicator_id)
    left join added using (division, indicator_id, organisation_id, year, sex)
    left join added as whole_row
        on
            sexes.division = whole_row.division
            and sexes.indicator_id = whole_row.indicator_id
            and sexes.organisation_id = whole_row.organisation_id
            and sexes.year = whole_row.year
            and whole_row.sex = 'total'
    left join splitting using (division, indicator_id, organisation_id, year)
),

told as (
    select
        *,
        case
            when rebuilt = 'not_rebuildable' then '.'
            when parts = 0 then '.'
            when withheld then '..'
            when parts_reported = 0 or rebuilt = 'incomplete' then '-'
        end as told_reason
    from judged
)

select
    row_number() over (order by division, indicator_id, organisation_id, year, sex) - 1 as row_id,
    division,
    indicator_id,
    organisation_id,
    year,
    sex,
    case
        when told_reason is not null then null
        when measure = 'yes_no' and parts > 1 then yes
        else numerator
    end as numerator,
    case
        when told_reason is not null then null
        when measure = 'yes_no' and parts > 1 then parts_reported
        else denominator
    end as denominator,
    case
        when told_reason is not null then null
        when parts <= 1 then value
        when measure = 'share' and denominator > 0 then numerator / denominator
        when measure = 'rate' and denominator > 0 then numerator * per / denominator
        when measure = 'count' then numerator
    end as value,
    parts,
    case sex when 'other' then parts_telling_sexes else parts_reported end as parts_reported,
    rebuilt,
    told_reason as missing_reason,
    origin,
    case when told_reason is null then members end as members
from told
order by division, indicator_id, organisation_id, year, sex
