-- The latest row of each figure: a later submission replaces the rows it holds, rows it leaves out stand.
--
-- column  indicator_id       VARCHAR  see indicators
-- column  organisation_id    VARCHAR  whom the figure concerns
-- column  year               INTEGER  calendar year
-- column  period             VARCHAR  T1, T2 or VB
-- column  sex                VARCHAR  total, women or men
-- column  numerator          BIGINT   count
-- column  denominator        BIGINT   count it is a part of
-- column  value              DOUBLE   the figure, from its counts where there are any; unit as the indicator
-- column  forecast           DOUBLE   the organisation's own; unit as the indicator
-- column  missing_reason     VARCHAR  reason code, null when there is a figure
-- column  comment            VARCHAR  in the organisation's words
-- column  submission_id      VARCHAR  the submission it came with
-- column  received_on        DATE     day of the receipt
-- column  origin             VARCHAR  example when the report or the indicator is
-- grain   indicator_id, organisation_id, year, period, sex
-- source  submitted_indicators, indicators
-- used by queries/publish

with latest as (
    select *
    from submitted_indicators
    qualify
        row_number() over (
            partition by indicator_id, organisation_id, year, period, sex
            order by sequence desc, source_row desc
        ) = 1
)

select
    latest.indicator_id,
    latest.organisation_id,
    latest.year,
    latest.period,
    latest.sex,
    case when latest.missing_reason is null then latest.numerator end as numerator,
    case when latest.missing_reason is null then latest.denominator end as denominator,
    case
        when latest.missing_reason is not null then null
        when indicators.measure = 'share' and latest.denominator > 0 then latest.numerator / latest.denominator
        when indicators.measure = 'rate' and latest.denominator > 0
            then latest.numerator * indicators.per / latest.denominator
        when indicators.measure = 'count' then latest.numerator
        else latest.value
    end as value,
    latest.forecast,
    latest.missing_reason,
    latest.comment,
    latest.submission_id,
    latest.received_on,
    origin_of_both(latest.origin, indicators.origin) as origin
from latest
inner join indicators using (indicator_id)
order by indicator_id, organisation_id, year, period, sex
