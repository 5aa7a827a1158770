-- The city's yearly figure: the counts of those who reported, added. Never a mean of shares.
--
-- column  row_id                   BIGINT    position in this table, from 0; not published
-- column  indicator_id             VARCHAR   see indicators
-- column  year                     INTEGER   calendar year
-- column  sex                      VARCHAR   total, women, men or other
-- column  numerator                BIGINT    count; for yes/no, how many said yes
-- column  denominator              BIGINT    count it is a part of; for yes/no, how many reported
-- column  value                    DOUBLE    the figure; unit as the indicator
-- column  organisations_reported   BIGINT    how many are in the sum
-- column  organisations_expected   BIGINT    how many were to report, those not concerned left out
-- column  missing_reason           VARCHAR   reason code, null when there is a figure
-- column  origin                   VARCHAR   example when any input is
-- column  members                  BIGINT[]  indicator_values.row_id of the figures added; not published
-- grain   indicator_id, year, sex
-- source  year_reporters, indicator_values, indicators, organisations

with asked as (
    select
        indicator_id,
        year,
        count(*) filter (where missing_reason is distinct from '.') as organisations_expected,
        case when bool_or(origin = 'example') then 'example' else min(origin) end as origin
    from year_reporters
    group by indicator_id, year
),

figures as (
    select indicator_values.*, indicators.measure, indicators.per
    from indicator_values
    inner join indicators using (indicator_id)
    inner join organisations using (organisation_id)
    where
        indicator_values.period = 'VB'
        and indicator_values.missing_reason is null
        and coalesce(organisations.counts_from <= make_date(indicator_values.year, 1, 1), true)
        and case indicators.measure
            when 'yes_no' then indicator_values.value is not null
            when 'index' then indicator_values.value is not null
            when 'count' then indicator_values.numerator is not null
            else indicator_values.numerator is not null and indicator_values.denominator is not null
        end
),

added as (
    select
        indicator_id,
        year,
        sex,
        any_value(measure) as measure,
        any_value(per) as per,
        count(*) as organisations_reported,
        case any_value(measure) when 'yes_no' then sum(value)::bigint else sum(numerator)::bigint end as numerator,
        case any_value(measure) when 'yes_no' then count(*) else sum(denominator)::bigint end as denominator,
        list(row_id order by row_id) as members
    from figures
    group by indicator_id, year, sex
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
    end as value,
    coalesce(added.organisations_reported, 0) as organisations_reported,
    asked.organisations_expected,
    case
        when asked.organisations_expected = 0 then '.'
        when added.organisations_reported is null then '-'
        when added.measure = 'index' then '.'
    end as missing_reason,
    asked.origin,
    added.members
from sexes
inner join asked using (indicator_id, year)
left join added using (indicator_id, year, sex)
order by indicator_id, year, sex
