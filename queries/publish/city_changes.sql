-- The city in two years, added over today's organisations whose parts reported both: from the base, and from the year before.
--
-- No change is computed across a break in the series; after a break the base is the first year that was reported. There is
-- none of other: who has others in both years would tell of counts that are hidden.
--
-- column  row_id                 BIGINT    position in this table, from 0; not published
-- column  indicator_id           VARCHAR   see indicators
-- column  year_from              INTEGER   earlier year
-- column  year_to                INTEGER   later year
-- column  sex                    VARCHAR   total, women or men
-- column  numerator_from         BIGINT    count in the earlier year
-- column  denominator_from       BIGINT    count it is a part of in the earlier year
-- column  numerator_to           BIGINT    count in the later year
-- column  denominator_to         BIGINT    count it is a part of in the later year
-- column  organisations_both     BIGINT    organisations that are in the sums
-- column  organisations_expected_both  BIGINT  organisations that it is expected from in both years
-- column  missing_reason         VARCHAR   '-' when nobody reported both years
-- column  origin                 VARCHAR   example when any input is
-- column  members_from           BIGINT[]  indicator_values.row_id of the earlier figures; not published
-- column  members_to             BIGINT[]  indicator_values.row_id of the later figures; not published
-- grain   indicator_id, year_from, year_to, sex
-- source  division_values, divisions, indicators, organisations
-- used by publish, queries/indicators, queries/report, snapshot

with movable as (
    select distinct organisation_id
    from division_values
    where division <> 'reported'
),

units as (
    select division_values.*
    from division_values
    where
        division = (select max(division) from divisions where is_today)
        or (division = 'reported' and organisation_id not in (select organisation_id from movable))
),

first_years as (
    select
        indicators.indicator_id,
        indicators.break_year,
        min(units.year) filter (
            where units.year >= coalesce(indicators.base_year, 0)
            and (indicators.break_year is null or units.year < indicators.break_year)
        ) as base_before,
        min(units.year) filter (where units.year >= indicators.break_year) as base_after
    from indicators
    inner join units using (indicator_id)
    where units.sex = 'total' and units.missing_reason is null and indicators.measure <> 'index'
    group by indicators.indicator_id, indicators.break_year
),

pairs as (
    select distinct
        units.indicator_id,
        bases.year_from,
        units.year as year_to
    from units
    inner join first_years using (indicator_id)
    cross join lateral (
        select unnest([
            units.year - 1,
            case
                when first_years.break_year is not null and units.year >= first_years.break_year
                    then first_years.base_after
                else first_years.base_before
            end
        ]) as year_from
    ) as bases
    where
        bases.year_from < units.year
        and bases.year_from in (select year from units)
        and not (bases.year_from < coalesce(first_years.break_year, 0) and units.year >= first_years.break_year)
),

asked as (
    select
        pairs.indicator_id,
        pairs.year_from,
        pairs.year_to,
        count(distinct later.organisation_id) as organisations_expected_both,
        group_origin(origin_of_both(earlier.origin, later.origin)) as origin
    from pairs
    inner join units as earlier
        on pairs.indicator_id = earlier.indicator_id and pairs.year_from = earlier.year and earlier.sex = 'total'
    left join units as later
        on
            pairs.indicator_id = later.indicator_id
            and pairs.year_to = later.year
            and earlier.organisation_id = later.organisation_id
            and later.sex = 'total'
    group by pairs.indicator_id, pairs.year_from, pairs.year_to
),

added as (
    select
        pairs.indicator_id,
        pairs.year_from,
        pairs.year_to,
        earlier.sex,
        sum(case indicators.measure when 'yes_no' then coalesce(earlier.numerator, earlier.value) else earlier.numerator end)::bigint
            as numerator_from,
        sum(case indicators.measure when 'yes_no' then coalesce(earlier.denominator, 1) else earlier.denominator end)::bigint
            as denominator_from,
        sum(case indicators.measure when 'yes_no' then coalesce(later.numerator, later.value) else later.numerator end)::bigint
            as numerator_to,
        sum(case indicators.measure when 'yes_no' then coalesce(later.denominator, 1) else later.denominator end)::bigint
            as denominator_to,
        count(*) as organisations_both,
        list_sort(flatten(list(earlier.members))) as members_from,
        list_sort(flatten(list(later.members))) as members_to
    from pairs
    inner join indicators using (indicator_id)
    inner join units as earlier
        on pairs.indicator_id = earlier.indicator_id and pairs.year_from = earlier.year
    inner join units as later
        on
            pairs.indicator_id = later.indicator_id
            and pairs.year_to = later.year
            and earlier.organisation_id = later.organisation_id
            and earlier.sex = later.sex
    where
        earlier.sex <> 'other'
        and earlier.missing_reason is null
        and later.missing_reason is null
        and indicators.measure <> 'index'
        and (indicators.measure not in ('share', 'rate')
            or (earlier.denominator is not null and later.denominator is not null))
        and (indicators.measure = 'yes_no' or (earlier.numerator is not null and later.numerator is not null))
    group by pairs.indicator_id, pairs.year_from, pairs.year_to, earlier.sex
),

sexes as (
    select indicator_id, year_from, year_to, 'total' as sex from asked
    union
    select indicator_id, year_from, year_to, sex from added
)

select
    row_number() over (order by indicator_id, year_from, year_to, sex) - 1 as row_id,
    indicator_id,
    year_from,
    year_to,
    sex,
    added.numerator_from,
    added.denominator_from,
    added.numerator_to,
    added.denominator_to,
    coalesce(added.organisations_both, 0) as organisations_both,
    asked.organisations_expected_both,
    case when added.organisations_both is null then '-' end as missing_reason,
    asked.origin,
    added.members_from,
    added.members_to
from sexes
inner join asked using (indicator_id, year_from, year_to)
left join added using (indicator_id, year_from, year_to, sex)
order by indicator_id, year_from, year_to, sex
