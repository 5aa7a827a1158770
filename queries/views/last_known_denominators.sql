-- For each report that has not come: the latest denominator its organisation is known by, from an earlier year.
--
-- column  indicator_id     VARCHAR  see indicators
-- column  organisation_id  VARCHAR  who has not reported the year (VB)
-- column  year             INTEGER  the year that is missing
-- column  denominator      BIGINT   the latest published one before it; 1 for yes/no; null when none is known
-- grain   indicator_id, organisation_id, year
-- source  expected_reports, yearly_figures, indicators

select
    expected_reports.object_id::varchar as indicator_id,
    expected_reports.organisation_id::varchar as organisation_id,
    expected_reports.year,
    case
        when any_value(indicators.measure) = 'yes_no' then 1
        else arg_max(earlier.denominator, earlier.year) filter (where earlier.denominator is not null)
    end as denominator
from expected_reports
inner join indicators on expected_reports.object_id::varchar = indicators.indicator_id::varchar
left join yearly_figures as earlier
    on
        expected_reports.object_id::varchar = earlier.indicator_id
        and expected_reports.organisation_id::varchar = earlier.organisation_id
        and expected_reports.year > earlier.year
        and earlier.sex = 'total'
where
    expected_reports.object_type = 'indicator'
    and expected_reports.period = 'VB'
    and not expected_reports.received
group by all
