-- The years whose gaps in responsibility an edition holds, and the day each is judged on.
--
-- An edition from before gaps were kept by year holds those of its as-of alone.
--
-- column  year       INTEGER  calendar year
-- column  judged_on  DATE     the as-of, no later than the programme's last day; of an earlier year its last day
-- column  is_latest  BOOLEAN  the year that the as-of falls in
-- grain   year
-- source  programmes, periods, edition
-- used by queries/organisations, queries/responsibility, queries/views

with latest as (
    select least(coalesce(edition.as_of, ends.last_day), ends.last_day) as judged_on, edition.gaps_by_year
    from edition
    cross join (
        select coalesce(
            (select max(programmes.valid_to) from programmes), (select max(periods.ends_on) from periods)
        ) as last_day
    ) as ends
)

select year(judged_on)::integer as year, judged_on, true as is_latest
from latest
union all
select distinct periods.year, make_date(periods.year, 12, 31), false
from periods
inner join latest on periods.year < year(latest.judged_on) and latest.gaps_by_year
