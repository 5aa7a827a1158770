-- One indicator in every year over the districts of one division, with 95 % intervals.
--
-- param   $indicator_id    VARCHAR  see indicators; whole years (VB)
-- param   $sex             VARCHAR  total, women or men; null is total
-- param   $division        VARCHAR  first day of a division, or reported; null is today's
-- column  organisation_id  VARCHAR  see organisations
-- column  district         VARCHAR  its short name
-- column  year             INTEGER  calendar year
-- column  numerator        BIGINT   count; null when missing or protected
-- column  denominator      BIGINT   count it is a part of; null when missing or protected
-- column  value            DOUBLE   the figure; unit as the indicator
-- column  lower_95         DOUBLE   Wilson for shares, Byar for rates and counts; unit as the indicator
-- column  upper_95         DOUBLE   as lower_95
-- column  is_after_break   BOOLEAN  whether the year is told by the newer definition
-- column  parts            BIGINT   organisations of that year that make it up
-- column  parts_reported   BIGINT   how many of them reported
-- column  rebuilt          VARCHAR  as_reported, rebuilt, incomplete or not_rebuildable
-- column  missing_reason   VARCHAR  reason code, null when there is a figure
-- column  measure          VARCHAR  share, rate, count, index or yes_no
-- column  counts           VARCHAR  persons, units, events or none
-- column  unit             VARCHAR  unit in Swedish words
-- column  origin           VARCHAR  example when any input is
-- grain   organisation_id, year
-- source  division_values, divisions, organisations, indicators

with asked as (
    select
        coalesce($division, max(division::varchar)) as division,
        coalesce($sex, 'total') as sex
    from divisions
    where is_today
)

select
    division_values.organisation_id::varchar as organisation_id,
    organisations.short_name as district,
    division_values.year,
    division_values.numerator,
    division_values.denominator,
    coalesce(
        division_values.value,
        case
            when division_values.missing_reason is null then division_values.numerator / division_values.denominator
        end
    ) as value,
    case indicators.measure::varchar
        when 'share' then wilson_lower(division_values.numerator, division_values.denominator, z95())
        when 'rate' then indicators.per * count_lower(division_values.numerator, z95()) / division_values.denominator
        when 'count' then count_lower(division_values.numerator, z95())
    end as lower_95,
    case indicators.measure::varchar
        when 'share' then wilson_upper(division_values.numerator, division_values.denominator, z95())
        when 'rate' then indicators.per * count_upper(division_values.numerator, z95()) / division_values.denominator
        when 'count' then count_upper(division_values.numerator, z95())
    end as upper_95,
    coalesce(division_values.year >= indicators.break_year, false) as is_after_break,
    division_values.parts,
    division_values.parts_reported,
    division_values.rebuilt::varchar as rebuilt,
    division_values.missing_reason::varchar as missing_reason,
    indicators.measure::varchar as measure,
    indicators.counts::varchar as counts,
    indicators.unit,
    case
        when 'example' in (division_values.origin::varchar, indicators.origin::varchar) then 'example'
        else division_values.origin::varchar
    end as origin
from division_values
inner join asked on division_values.division::varchar = asked.division and division_values.sex::varchar = asked.sex
inner join organisations using (organisation_id)
inner join indicators using (indicator_id)
where division_values.indicator_id::varchar = $indicator_id and organisations.kind = 'stadsdelsnamnd'
order by organisations.short_name collate sv, division_values.year
