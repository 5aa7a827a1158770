-- The city's yearly figure: the counts of those who reported, added. Never a mean of shares.
--
-- An index is not added; where one organisation alone has it, the city's is that organisation's.
--
-- column  row_id                   BIGINT    position in this table, from 0; not published
-- column  indicator_id             VARCHAR   see indicators
-- column  year                     INTEGER   calendar year
-- column  sex                      VARCHAR   total, women, men or other
-- column  numerator                BIGINT    count; for yes/no, how many said yes
-- column  denominator              BIGINT    count it is a part of; for yes/no, how many reported
-- column  value                    DOUBLE    the figure; unit as the indicator
-- column  organisations_reported   BIGINT    how many are in the sum; of other, how many told total, women and men
-- column  organisations_expected   BIGINT    how many it is expected from: those in the sum and those missing from it
-- column  missing_from_sum         VARCHAR   of the total: who is missing from the sum and why, as in missing_from_sums
-- column  missing_reason           VARCHAR   reason code, null when there is a figure
-- column  origin                   VARCHAR   example when any input is
-- column  members                  BIGINT[]  indicator_values.row_id of the figures added; not published
-- grain   indicator_id, year, sex
-- source  year_reporters, summed_figures, missing_from_sums
-- used by publish, queries/views, snapshot

with asked as (
    select
        indicator_id,
        year,
        group_origin(origin) as origin
    from year_reporters
    group by indicator_id, year
),

missing as (
    select
        indicator_id,
        year,
        count(*) as organisations_missing,
        string_agg(organisation_id || '=' || reason, ' ' order by organisation_id) as missing_from_sum,
        case
            when bool_and(reason = '.') then '.'
            when bool_and(reason in ('.', '..')) then '..'
            else '-'
        end as missing_reason
    from missing_from_sums
    group by indicator_id, year
),

included as (
    select indicator_id, year, count(*) as organisations_included
    from summed_figures
    where sex = 'total'
    group by indicator_id, year
),

added as (
    select
        indicator_id,
        year,
        sex,
        any_value(measure) as measure,
        any_value(per) as per,
        any_value(value) as value,
        count(*) as organisations_reported,
        case any_value(measure) when 'yes_no' then sum(value)::bigint else sum(numerator)::bigint end as numerator,
        case any_value(measure) when 'yes_no' then count(*) else sum(denominator)::bigint end as denominator,
        list(row_id order by row_id) as members
    from summed_figures
    group by indicator_id, year, sex
),

splitting as (
    select indicator_id, year, count(*) as organisations
    from (
        select indicator_id, year, organisation_id
        from summed_figures
        where sex <> 'other'
        group by indicator_id, year, organisation_id
        having count(*) = 3
    )
    group by indicator_id, year
),

sexes as (
    select indicator_id, year, 'total' as sex from asked
    union
    select indicator_id, year, sex from added
)

select
    row_number() over (order by indicator_id, year, sex) - 1 as row_id,
    indicator_id,
    year,
    sex,
    case when added.measure <> 'index' then added.numerator end as numerator,
    case when added.measure <> 'index' then added.denominator end as denominator,
    case
        when added.measure in ('share', 'yes_no') and added.denominator > 0 then added.numerator / added.denominator
        when added.measure = 'rate' and added.denominator > 0 then added.numerator * added.per / added.denominator
        when added.measure = 'count' then added.numerator
        when
            added.measure = 'index' and coalesce(included.organisations_included, 0) = 1 and missing.missing_reason is null
            then added.value
    end as value,
    coalesce(case sexes.sex when 'other' then splitting.organisations else added.organisations_reported end, 0)
        as organisations_reported,
    coalesce(included.organisations_included, 0) + coalesce(missing.organisations_missing, 0) as organisations_expected,
    case when sexes.sex = 'total' then missing.missing_from_sum end as missing_from_sum,
    case
        when added.organisations_reported is null then coalesce(missing.missing_reason, '.')
        when
            added.measure = 'index' and (included.organisations_included <> 1 or missing.missing_reason is not null)
            then '.'
    end as missing_reason,
    asked.origin,
    added.members
from sexes
inner join asked using (indicator_id, year)
left join missing using (indicator_id, year)
left join included using (indicator_id, year)
left join added using (indicator_id, year, sex)
left join splitting using (indicator_id, year)
order by indicator_id, year, sex
