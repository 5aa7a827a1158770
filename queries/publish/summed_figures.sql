-- Each whole-year figure that goes into the city's sum: it has counts, or answers yes or no, and covers the whole year.
--
-- column  row_id           BIGINT   indicator_values.row_id
-- column  indicator_id     VARCHAR  see indicators
-- column  year             INTEGER  calendar year
-- column  organisation_id  VARCHAR  see organisations
-- column  sex              VARCHAR  total, women, men or other
-- column  numerator        BIGINT   count; null for yes/no and index
-- column  denominator      BIGINT   count it is a part of
-- column  value            DOUBLE   the figure; unit as the indicator
-- column  measure          VARCHAR  share, rate, count, index or yes_no
-- column  per              BIGINT   for a rate: given per this many
-- grain   indicator_id, year, organisation_id, sex
-- source  indicator_values, indicators, organisations
-- used by queries/publish

select
    indicator_values.row_id,
    indicator_values.indicator_id,
    indicator_values.year,
    indicator_values.organisation_id,
    indicator_values.sex,
    indicator_values.numerator,
    indicator_values.denominator,
    indicator_values.value,
    indicators.measure,
    indicators.per
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
order by indicator_values.row_id
