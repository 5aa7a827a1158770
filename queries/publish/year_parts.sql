-- Which organisation's yearly figure goes into which organisation of each division, and whether it goes there whole.
--
-- A figure of year Y stands for the organisation as it was on 31 December. Between that day and the division's day lie
-- successions. Followed forward, one heir takes the figure whole; several heirs cannot share a count. Followed backward
-- (a division older than the figure), what came of one organisation alone is added up to it again; what came of several
-- cannot be taken apart.
--
-- column  division          VARCHAR  see divisions
-- column  year              INTEGER  calendar year
-- column  part_id           VARCHAR  the organisation that reports for the year
-- column  organisation_id   VARCHAR  the organisation of the division
-- column  whole             BOOLEAN  whether all of the part's figure belongs to it
-- grain   division, year, part_id, organisation_id
-- source  divisions, division_members, organisations, successions, periods
-- used by queries/publish

with recursive years as (
    select distinct year, make_date(year, 12, 31) as last_day from periods where period = 'VB'
),

movable as (
    select organisation_id, valid_from, valid_to, counts_from from organisations where kind = 'stadsdelsnamnd'
    union
    select organisation_id, valid_from, valid_to, counts_from
    from organisations
    where
        organisation_id in (select predecessor_id from successions)
        or organisation_id in (select successor_id from successions)
),

starts as (
    select
        divisions.division,
        divisions.division::date as day,
        years.year,
        years.last_day,
        movable.organisation_id as part_id,
        coalesce(movable.counts_from <= make_date(years.year, 1, 1), true) as covers_year
    from divisions, years, movable
    where
        is_valid_on(years.last_day, movable.valid_from, movable.valid_to)
),

walk as (
    select division, day, year, last_day, part_id, part_id as organisation_id, last_day as reached
    from starts
    union
    select
        walk.division,
        walk.day,
        walk.year,
        walk.last_day,
        walk.part_id,
        case when walk.last_day < walk.day then successions.successor_id else successions.predecessor_id end,
        successions.date
    from walk
    inner join successions
        on (
            walk.last_day < walk.day
            and successions.predecessor_id = walk.organisation_id
            and successions.date > walk.last_day
            and successions.date <= walk.day
            and successions.date >= walk.reached
        )
        or (
            walk.last_day >= walk.day
            and successions.successor_id = walk.organisation_id
            and successions.date <= walk.last_day
            and successions.date > walk.day
            and successions.date <= walk.reached
        )
),

heirs as (
    select distinct walk.division, walk.year, walk.part_id, walk.organisation_id
    from walk
    inner join division_members using (division, organisation_id)
),

counted as (
    select *, count(*) over (partition by division, year, part_id) as heirs
    from heirs
)

select
    counted.division,
    counted.year,
    counted.part_id,
    counted.organisation_id,
    starts.covers_year and counted.heirs = 1 as whole
from counted
inner join starts using (division, year, part_id)
order by division, year, part_id, organisation_id
