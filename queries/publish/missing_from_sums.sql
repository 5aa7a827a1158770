-- Who is expected to be in the city's sum of a year and is not, and why: whatever came, or that nothing did.
--
-- column  indicator_id     VARCHAR  see indicators
-- column  year             INTEGER  calendar year
-- column  organisation_id  VARCHAR  see organisations
-- column  reason           VARCHAR  the reason code, `-` when nothing came; no_counts for a value alone; part_of_year
-- column  origin           VARCHAR  example when the duty or the report is
-- grain   indicator_id, year, organisation_id
-- source  expected_reports, summed_figures, indicator_values, organisations
-- used by queries/publish

select
    expected_reports.object_id as indicator_id,
    expected_reports.year,
    expected_reports.organisation_id,
    case
        when came.organisation_id is null then '-'
        when came.missing_reason is not null then came.missing_reason
        when organisations.counts_from > make_date(expected_reports.year, 1, 1) then 'part_of_year'
        else 'no_counts'
    end as reason,
    origin_of_both(coalesce(came.origin, expected_reports.origin), expected_reports.origin) as origin
from expected_reports
inner join organisations using (organisation_id)
left join indicator_values as came
    on
        expected_reports.object_id = came.indicator_id
        and expected_reports.organisation_id = came.organisation_id
        and expected_reports.year = came.year
        and came.period = 'VB'
        and came.sex = 'total'
where
    expected_reports.object_type = 'indicator'
    and expected_reports.period = 'VB'
    and not exists (
        from summed_figures
        where
            summed_figures.indicator_id = expected_reports.object_id
            and summed_figures.organisation_id = expected_reports.organisation_id
            and summed_figures.year = expected_reports.year
            and summed_figures.sex = 'total'
    )
order by indicator_id, expected_reports.year, expected_reports.organisation_id
