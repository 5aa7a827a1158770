-- The current figures, with the rest that is neither women nor men as a row of its own where there is one.
--
-- column  row_id             BIGINT   position in this table, from 0; not published
-- column  indicator_id       VARCHAR  see indicators
-- column  organisation_id    VARCHAR  whom the figure concerns
-- column  year               INTEGER  calendar year
-- column  period             VARCHAR  T1, T2 or VB
-- column  sex                VARCHAR  total, women, men or other
-- column  numerator          BIGINT   count
-- column  denominator        BIGINT   count it is a part of
-- column  value              DOUBLE   the figure; unit as the indicator
-- column  forecast           DOUBLE   the organisation's own; unit as the indicator
-- column  missing_reason     VARCHAR  reason code, null when there is a figure
-- column  comment            VARCHAR  in the organisation's words
-- column  submission_id      VARCHAR  the submission it came with
-- column  origin             VARCHAR  example when any input is
-- grain   indicator_id, organisation_id, year, period, sex
-- source  current_indicators, indicators
-- used by publish, queries/districts, queries/gaps, queries/indicators, queries/programme, queries/publish,
--         queries/report, queries/reporting, queries/responsibility, snapshot

with rests as (
    select
        whole.indicator_id,
        whole.organisation_id,
        whole.year,
        whole.period,
        'other' as sex,
        whole.numerator - women.numerator - men.numerator as numerator,
        whole.denominator - women.denominator - men.denominator as denominator,
        indicators.measure,
        indicators.per,
        whole.submission_id,
        whole.origin
    from current_indicators as whole
    inner join current_indicators as women using (indicator_id, organisation_id, year, period)
    inner join current_indicators as men using (indicator_id, organisation_id, year, period)
    inner join indicators using (indicator_id)
    where
        whole.sex = 'total'
        and women.sex = 'women'
        and men.sex = 'men'
        and whole.missing_reason is null
        and women.missing_reason is null
        and men.missing_reason is null
),

figures as (
    select * exclude (received_on)
    from current_indicators
    union all by name
    select
        * exclude (measure, per),
        case
            when measure = 'share' and denominator > 0 then numerator / denominator
            when measure = 'rate' and denominator > 0 then numerator * per / denominator
            when measure = 'count' then numerator
        end as value
    from rests
    where numerator > 0 or denominator > 0
)

select
    row_number() over (order by indicator_id, organisation_id, year, period, sex) - 1 as row_id,
    indicator_id,
    organisation_id,
    year,
    period,
    sex,
    numerator,
    denominator,
    value,
    forecast,
    missing_reason,
    comment,
    submission_id,
    origin
from figures
order by indicator_id, organisation_id, year, period, sex
