-- The day that gaps are judged on, one row: the as-of, or the last day of an earlier year.
--
-- param   $as_of       DATE     the snapshot's as-of; null when there is no receipt
-- param   $year        INTEGER  an earlier year, whose gaps are asked for; null is now
-- column  as_of        DATE     the snapshot's as-of: reports that have come by then have come
-- column  on_date      DATE     the as-of, but no later than the programme's last day; without receipts that last day; of
--                               an earlier year its last day
-- column  closed_year  INTEGER  the latest year, to the one asked for, whose whole-year report was due before the as-of;
--                               null if none
-- grain   as_of
-- source  programmes, periods
-- used by queries/gaps, queries/gaps/views

with ends as (
    select coalesce(
        (select max(programmes.valid_to) from programmes), (select max(periods.ends_on) from periods)
    ) as last_day
)

select
    $as_of::date as as_of,
    least(
        coalesce($as_of::date, ends.last_day),
        ends.last_day,
        last_valid_day(make_date($year::integer, 12, 31))
    ) as on_date,
    (
        select max(periods.year)
        from periods
        where periods.period = 'VB' and periods.due < $as_of::date and periods.year <= coalesce($year::integer, 9999)
    ) as closed_year
from ends
order by as_of
