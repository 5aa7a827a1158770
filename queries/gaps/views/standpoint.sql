-- The day that gaps are judged on, one row.
--
-- param   $as_of       DATE     the snapshot's as-of; null when there is no receipt
-- column  as_of        DATE     the same
-- column  on_date      DATE     the as-of, but no later than the programme's last day; without receipts that last day
-- column  closed_year  INTEGER  the latest year whose whole-year report was due before the as-of; null if none
-- grain   as_of
-- source  programmes, periods

with ends as (
    select coalesce(
        (select max(programmes.valid_to) from programmes), (select max(periods.ends_on) from periods)
    ) as last_day
)

select
    $as_of::date as as_of,
    least(coalesce($as_of::date, ends.last_day), ends.last_day) as on_date,
    (
        select max(periods.year)
        from periods
        where periods.period = 'VB' and periods.due < $as_of::date
    ) as closed_year
from ends
order by as_of
