-- Each division of the city into districts, named by its first day.
--
-- param   $as_of      DATE     the date that decides which division is today's; null when there is no receipt
-- column  division    VARCHAR  its first day as YYYY-MM-DD
-- column  is_today    BOOLEAN  whether it holds on the as-of date, or on the programme's last day
-- column  districts   BIGINT   number of stadsdelsnämnder in it
-- grain   division
-- source  organisations, periods
-- used by publish, queries/districts, queries/publish, queries/views, snapshot

with span as (
    select min(starts_on) as first_day, coalesce($as_of, max(ends_on)) as last_day from periods
),

days as (
    select first_day as day from span
    union
    select organisations.valid_from
    from organisations, span
    where organisations.kind = 'stadsdelsnamnd' and organisations.valid_from between first_day and last_day
    union
    select organisations.valid_to + 1
    from organisations, span
    where organisations.kind = 'stadsdelsnamnd' and organisations.valid_to + 1 between first_day and last_day
)

select
    strftime(days.day, '%Y-%m-%d') as division,
    days.day = max(days.day) over () as is_today,
    count(organisations.organisation_id) as districts
from days
left join organisations
    on
        organisations.kind = 'stadsdelsnamnd'
        and is_valid_on(days.day, organisations.valid_from, organisations.valid_to)
group by days.day
order by division
