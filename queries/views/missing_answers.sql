-- Who is missing from the city's sum of a year, why, and of how many the answer is: this year's, else the last one known.
--
-- column  indicator_id     VARCHAR  see indicators
-- column  organisation_id  VARCHAR  who is not in the sum
-- column  year             INTEGER  the year (VB)
-- column  organisation     VARCHAR  its short name
-- column  reason           VARCHAR  `-`, `.`, `..`, no_counts or part_of_year
-- column  denominator      BIGINT   as published; 1 for yes/no; null when none is known
-- grain   indicator_id, organisation_id, year
-- source  city_values, yearly_figures, indicators, organisations
-- used by queries/indicators

with listed as (
    select indicator_id, year, unnest(string_split(missing_from_sum, ' ')) as entry
    from city_values
    where sex = 'total' and missing_from_sum is not null
),

missing as (
    select indicator_id, year, split_part(entry, '=', 1) as organisation_id, split_part(entry, '=', 2) as reason
    from listed
)

select
    missing.indicator_id,
    missing.organisation_id,
    missing.year,
    any_value(organisations.short_name) as organisation,
    missing.reason,
    case
        when any_value(indicators.measure) = 'yes_no' then 1
        else arg_max(known.denominator, known.year) filter (where known.denominator is not null)
    end as denominator
from missing
inner join indicators on missing.indicator_id = indicators.indicator_id
inner join organisations on missing.organisation_id = organisations.organisation_id
left join yearly_figures as known
    on
        missing.indicator_id = known.indicator_id
        and missing.organisation_id = known.organisation_id
        and known.year <= missing.year
        and known.sex = 'total'
group by all
