-- Reported violent crime in each district, over the districts together, in the whole city, and what has no place in any.
--
-- The rate is computed from the counts; the published one stands beside it. Parts need not sum to the whole: crimes whose
-- place is not known are counted for the city only, and are a row of their own.
--
-- param   $year            INTEGER  calendar year; null is the latest that is published
-- column  place            VARCHAR  name of the district, or of the sum
-- column  kind             VARCHAR  district, districts, city or remainder
-- column  organisation_id  VARCHAR  the district that answers for the area; null for the others
-- column  year             INTEGER  calendar year
-- column  count            BIGINT   reported crimes (3 and 6 kap. brottsbalken), by place of crime
-- column  population       BIGINT   inhabitants on 31 December; null for the remainder
-- column  rate_per_1000    DOUBLE   count per 1 000 inhabitants, computed; null for the remainder
-- column  lower_95         DOUBLE   Byar, per 1 000; null for the remainder
-- column  upper_95         DOUBLE   Byar, per 1 000; null for the remainder
-- column  published_rate   DOUBLE   per 1 000, as published; null where none is
-- column  source           VARCHAR  where the count was published; null when not given
-- column  origin           VARCHAR  public
-- grain   year, kind, place
-- source  context_values
-- used by pages/about, views/districts

with asked as (
    select coalesce($year, max(year)) as year
    from context_values
    where measure_id = 'anmalda_valdsbrott'
),

areas as (
    select
        area,
        area_level,
        any_value(organisation_id) filter (where measure_id = 'anmalda_valdsbrott') as organisation_id,
        any_value(numerator) filter (where measure_id = 'anmalda_valdsbrott') as count,
        any_value(numerator) filter (where measure_id = 'folkmangd') as population,
        any_value(value) filter (where measure_id = 'anmalda_valdsbrott_per_1000') as published_rate,
        any_value(source) filter (where measure_id = 'anmalda_valdsbrott') as source
    from context_values, asked
    where
        context_values.year = asked.year
        and sex = 'total'
        and area_level in ('stadsdelsomrade', 'stad')
        and measure_id in ('anmalda_valdsbrott', 'anmalda_valdsbrott_per_1000', 'folkmangd')
    group by area, area_level
    having count(*) filter (where measure_id = 'anmalda_valdsbrott') > 0
),

districts as (
    select
        sum(count)::bigint as count,
        sum(population)::bigint as population,
        any_value(source) as source
    from areas
    where area_level = 'stadsdelsomrade'
    having count(*) > 0
),

places as (
    select 1 as place_order, area as place, 'district' as kind, organisation_id, count, population, published_rate, source
    from areas
    where area_level = 'stadsdelsomrade'
    union all
    select 2, 'Stadsdelarna tillsammans', 'districts', null, count, population, null, source
    from districts
    union all
    select 3, area, 'city', null, count, population, published_rate, source
    from areas
    where area_level = 'stad'
    union all
    select 4, 'Utan plats i någon stadsdel', 'remainder', null, areas.count - districts.count, null, null, areas.source
    from areas, districts
    where areas.area_level = 'stad'
)

select
    places.place,
    places.kind,
    places.organisation_id,
    asked.year,
    places.count,
    places.population,
    1000.0 * places.count / places.population as rate_per_1000,
    1000.0 * count_lower(places.count, z95()) / places.population as lower_95,
    1000.0 * count_upper(places.count, z95()) / places.population as upper_95,
    places.published_rate,
    places.source,
    'public' as origin
from places, asked
order by places.place_order, places.place collate sv
