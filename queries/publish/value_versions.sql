-- Each version of a figure that has come more than once, in the order they came: when, with what, and whether it stands.
--
-- Of what counts units, and of what counts nothing, the figure of a version that came later replaced stands too. Of persons
-- and events it never does: a count that was replaced is one more unknown, which protection does not know of. Nor does it
-- where a version was withdrawn, or where a nämnd has protected any version of the figure itself.
--
-- column  indicator_id       VARCHAR  see indicators
-- column  organisation_id    VARCHAR  whom the figure concerns
-- column  year               INTEGER  calendar year
-- column  period             VARCHAR  T1, T2 or VB
-- column  sex                VARCHAR  total, women or men
-- column  version            BIGINT   1 is the first that came
-- column  standing           VARCHAR  current, replaced or withdrawn
-- column  received_on        DATE     day of the receipt
-- column  submission_id      VARCHAR  the submission it came with
-- column  numerator          BIGINT   count; null where no figure of an earlier version is shown
-- column  denominator        BIGINT   count it is a part of; null where no figure of an earlier version is shown
-- column  value              DOUBLE   the figure; unit as the indicator
-- column  missing_reason     VARCHAR  reason code; null where no figure of an earlier version is shown
-- column  origin             VARCHAR  example when the report or the indicator is
-- grain   indicator_id, organisation_id, year, period, sex, version
-- source  submitted_indicators, withdrawn_indicators, indicators
-- used by publish, queries/gaps/views, queries/indicators, snapshot

with submitted as (
    select *, false as is_withdrawn
    from submitted_indicators
    union all by name
    select *, true as is_withdrawn
    from withdrawn_indicators
),

versions as (
    select *
    from submitted
    qualify
        row_number() over (
            partition by indicator_id, organisation_id, year, period, sex, submission_id
            order by source_row desc
        ) = 1
),

numbered as (
    select
        versions.* replace (
            origin_of_both(versions.origin, indicators.origin) as origin
        ),
        indicators.measure,
        indicators.counts in ('units', 'none')
        and not versions.is_withdrawn
        and not bool_or(coalesce(versions.missing_reason = '..', false)) over cell as is_shown,
        row_number() over (cell order by versions.sequence) as version,
        count(*) over cell as versions_in_all,
        max(versions.sequence) filter (where not versions.is_withdrawn) over cell as sequence_in_use
    from versions
    inner join indicators using (indicator_id)
    window cell as (
        partition by
            versions.indicator_id,
            versions.organisation_id,
            versions.year,
            versions.period,
            versions.sex
    )
)

select
    indicator_id,
    organisation_id,
    year,
    period,
    sex,
    version,
    case
        when is_withdrawn then 'withdrawn'
        when sequence = sequence_in_use then 'current'
        else 'replaced'
    end as standing,
    received_on,
    submission_id,
    case when is_shown and missing_reason is null then numerator end as numerator,
    case when is_shown and missing_reason is null then denominator end as denominator,
    case
        when not is_shown or missing_reason is not null then null
        when measure = 'share' and denominator > 0 then numerator / denominator
        when measure = 'count' then numerator
        else value
    end as value,
    case when is_shown then missing_reason end as missing_reason,
    origin
from numbered
where versions_in_all > 1
order by indicator_id, organisation_id, year, period, sex, version
