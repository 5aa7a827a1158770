-- One indicator's figures, forecasts and årsmål, for the city and for each organisation: whole years, tertials, the sexes.
--
-- Whole years (VB) stand in today's division, an organisation that is no more as it reported; T1 and T2 as they were
-- reported. An årsmål without a figure has a row too. T1 and T2 of persons are never published.
--
-- param   $indicator_id     VARCHAR  see indicators
-- column  organisation_id   VARCHAR  see organisations, or CITY
-- column  organisation      VARCHAR  short name; null for the city
-- column  kind              VARCHAR  kind of organisation; null for the city
-- column  year              INTEGER  calendar year
-- column  period            VARCHAR  T1, T2 or VB
-- column  sex               VARCHAR  total, women, men or other
-- column  measure           VARCHAR  share, rate, count, index or yes_no
-- column  counts            VARCHAR  persons, units, events or none
-- column  unit              VARCHAR  unit in Swedish words
-- column  numerator         BIGINT   count; null when missing or protected
-- column  denominator       BIGINT   count it is a part of; null when missing or protected
-- column  value             DOUBLE   the figure; unit as the indicator; null when missing or protected
-- column  forecast          DOUBLE   the organisation's own, for the whole year; unit as the indicator;
--                                    null when none is given
-- column  missing_reason    VARCHAR  reason code, null when there is a figure
-- column  rebuilt           VARCHAR  how the figure came about; null for T1 and T2
-- column  parts             BIGINT   organisations that are to make it up; null for T1 and T2
-- column  parts_reported    BIGINT   how many of them reported a figure; null for T1 and T2
-- column  target            DOUBLE   årsmål; unit as the indicator; null but for whole years, sexes together
-- column  target_set_by     VARCHAR  kf or namnd; null when none is set
-- column  origin            VARCHAR  example when any input is
-- grain   organisation_id, year, period, sex
-- source  yearly_figures, indicator_values, yearly_targets, indicators, organisations
-- used by pages/indicator

with whole_years as (
    select *
    from yearly_figures
    where indicator_id = $indicator_id
),

reported as (
    select
        organisation_id,
        year,
        period,
        sex,
        numerator,
        denominator,
        value,
        case when coalesce(missing_reason, '') <> '..' then forecast end as forecast,
        missing_reason,
        origin
    from indicator_values
    where indicator_id = $indicator_id
),

figures as (
    select
        whole_years.organisation_id,
        whole_years.year,
        'VB' as period,
        whole_years.sex,
        whole_years.numerator,
        whole_years.denominator,
        whole_years.value,
        case
            when whole_years.rebuilt = 'as_reported' and coalesce(whole_years.missing_reason, '') <> '..' then reported.forecast
        end as forecast,
        case when whole_years.value is null then coalesce(whole_years.missing_reason, '-') end as missing_reason,
        whole_years.rebuilt,
        whole_years.organisations_expected as parts,
        whole_years.organisations_reported as parts_reported,
        whole_years.origin
    from whole_years
    left join reported
        on
            whole_years.organisation_id = reported.organisation_id
            and whole_years.year = reported.year
            and whole_years.sex = reported.sex
            and reported.period = 'VB'
    union all by name
    select
        * replace (case when value is null then coalesce(missing_reason, '-') end as missing_reason)
    from reported
    where period <> 'VB'
),

holding as (
    select
        organisation_id,
        year,
        'VB' as period,
        'total' as sex,
        value as target,
        set_by as target_set_by,
        origin
    from yearly_targets
    where indicator_id = $indicator_id and value is not null
),

placed as (
    select
        coalesce(figures.organisation_id, holding.organisation_id) as organisation_id,
        coalesce(figures.year, holding.year) as year,
        coalesce(figures.period, holding.period) as period,
        coalesce(figures.sex, holding.sex) as sex,
        figures.numerator,
        figures.denominator,
        figures.value,
        figures.forecast,
        case when figures.value is null then coalesce(figures.missing_reason, '-') end as missing_reason,
        figures.rebuilt,
        figures.parts,
        figures.parts_reported,
        holding.target,
        holding.target_set_by,
        origin_of_both(coalesce(figures.origin, holding.origin), holding.origin) as origin
    from figures
    full join holding
        on
            figures.organisation_id = holding.organisation_id
            and figures.year = holding.year
            and figures.period = holding.period
            and figures.sex = holding.sex
)

select
    placed.organisation_id,
    organisations.short_name as organisation,
    organisations.kind,
    placed.year,
    placed.period,
    placed.sex,
    indicators.measure,
    indicators.counts,
    indicators.unit,
    placed.numerator,
    placed.denominator,
    placed.value,
    placed.forecast,
    placed.missing_reason,
    placed.rebuilt,
    placed.parts,
    placed.parts_reported,
    placed.target,
    placed.target_set_by,
    origin_of_both(placed.origin, indicators.origin) as origin
from placed
inner join indicators on indicators.indicator_id = $indicator_id
left join organisations on placed.organisation_id = organisations.organisation_id
order by
    placed.organisation_id <> 'CITY',
    organisations.short_name collate sv,
    placed.organisation_id,
    placed.year,
    placed.period,
    placed.sex
