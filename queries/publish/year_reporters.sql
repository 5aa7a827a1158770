-- Who was to report, or reported all the same, an indicator for a whole year, and what came.
--
-- column  indicator_id     VARCHAR  see indicators
-- column  year             INTEGER  calendar year
-- column  organisation_id  VARCHAR  see organisations
-- column  missing_reason   VARCHAR  reason code of the total; '-' when nothing came; null when there is a figure
-- column  origin           VARCHAR  example when the duty or the report is
-- grain   indicator_id, year, organisation_id
-- source  expected_reports, indicator_values
-- used by queries/publish

with expected as (
    select object_id as indicator_id, year, organisation_id, origin
    from expected_reports
    where object_type = 'indicator' and period = 'VB'
),

came as (
    select indicator_id, year, organisation_id, missing_reason, origin
    from indicator_values
    where period = 'VB' and sex = 'total'
)

select
    indicator_id,
    year,
    organisation_id,
    case when came.organisation_id is null then '-' else came.missing_reason end as missing_reason,
    origin_of_both(coalesce(came.origin, expected.origin), expected.origin) as origin
from expected
full outer join came using (indicator_id, year, organisation_id)
order by indicator_id, year, organisation_id
