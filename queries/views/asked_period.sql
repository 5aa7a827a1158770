-- The period each year's reporting stands at: VB, or in a year that is not over the latest period that has begun to come in.
--
-- column  year    INTEGER  calendar year
-- column  period  VARCHAR  T1, T2 or VB
-- grain   year
-- source  periods, expected_reports
-- used by queries/goals, queries/organisations, queries/programme, queries/reporting

select
    periods.year,
    coalesce(arg_max(periods.period, periods.due) filter (where counted.has_begun), 'VB') as period
from periods
left join (
    select year, period, bool_or(received or late) as has_begun
    from expected_reports
    group by year, period
) as counted using (year, period)
group by periods.year
