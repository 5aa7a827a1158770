-- What a verdict rests on and that was changed on a day: årsmål, definition, division and duty, with old and new.
--
-- column  indicator_id     VARCHAR  see indicators
-- column  organisation_id  VARCHAR  whose verdicts rest on it: see organisations, or CITY
-- column  kind             VARCHAR  target, definition, replaced, division or duty
-- column  subject          VARCHAR  a target's year; an organisation, a group or an indicator by name; a note on a definition
-- column  happened_on      DATE     first day of the new; 1 January where only the year is known
-- column  old_value        DOUBLE   årsmål before; unit as the indicator; null when there was none
-- column  new_value        DOUBLE   årsmål from that day; null when there is none any more
-- column  old_words        VARCHAR  role or predecessors before, or who had set the årsmål; null if none
-- column  new_words        VARCHAR  role from that day, or who has set the årsmål; null if none
-- column  target_year      INTEGER  the year an årsmål is for; null for what is no årsmål
-- column  measure          VARCHAR  share, rate, count, index or yes_no
-- column  unit             VARCHAR  unit in Swedish words
-- column  origin           VARCHAR  example when any of it is
-- grain   indicator_id, organisation_id, kind, subject, happened_on
-- source  targets, yearly_targets, indicators, responsibilities, groups, organisations, successions, programmes,
--         expected_reports, edition
-- used by report, warehouse

with concerned as (
    select distinct indicator_id, organisation_id, year
    from yearly_targets
),

candidates as (
    select
        concerned.indicator_id,
        concerned.organisation_id,
        concerned.year,
        targets.value,
        targets.set_by,
        targets.origin,
        first_valid_day(targets.valid_from) as began,
        (
            case
                when targets.organisation_id = 'CITY' then 1
                when targets.set_by = 'kf' then 2
                else 3
            end,
            first_valid_day(targets.valid_from)
        ) as rank
    from concerned
    inner join indicators on concerned.indicator_id = indicators.indicator_id
    inner join targets
        on
            concerned.indicator_id = targets.indicator_id
            and concerned.year = targets.year
            and (
                targets.organisation_id = concerned.organisation_id
                or (targets.organisation_id = 'CITY' and targets.set_by = 'kf' and indicators.measure <> 'count')
            )
            and (concerned.organisation_id <> 'CITY' or targets.set_by = 'kf')
    cross join edition
    where
        first_valid_day(targets.valid_from)
        <= least(make_date(targets.year, 12, 31), last_valid_day(edition.as_of))
),

set_on as (
    select distinct indicator_id, organisation_id, year, began as happened_on
    from candidates
    where began > date '0001-01-01'
),

moved as (
    select
        set_on.*,
        count(*) filter (where candidates.began < set_on.happened_on) as before,
        max({'rank': candidates.rank, 'value': candidates.value, 'set_by': candidates.set_by})
            filter (where candidates.began < set_on.happened_on) as old,
        max({'rank': candidates.rank, 'value': candidates.value, 'set_by': candidates.set_by})
            filter (where candidates.began <= set_on.happened_on) as new,
        bool_or(candidates.origin = 'example') as is_example
    from set_on
    inner join candidates using (indicator_id, organisation_id, year)
    group by all
),

aims as (
    select
        indicator_id,
        organisation_id,
        'target' as kind,
        year::varchar as subject,
        happened_on,
        old.value as old_value,
        new.value as new_value,
        old.set_by as old_words,
        new.set_by as new_words,
        year as target_year,
        is_example
    from moved
    where before > 0 and old.value is distinct from new.value
),

asked as (
    select object_id as indicator_id, organisation_id
    from expected_reports
    where object_type = 'indicator'
    union
    select indicator_id, organisation_id
    from concerned
    where organisation_id = 'CITY'
    union
    select indicator_id, 'CITY'
    from indicators
),

definitions as (
    select
        asked.indicator_id,
        asked.organisation_id,
        'definition' as kind,
        coalesce(indicators.break_note, '') as subject,
        make_date(indicators.break_year, 1, 1) as happened_on,
        indicators.origin = 'example' as is_example
    from asked
    inner join indicators on asked.indicator_id = indicators.indicator_id
    where indicators.break_year is not null
    union all
    select
        asked.indicator_id,
        asked.organisation_id,
        'replaced',
        string_agg(before.short_name, ' och ' order by before.short_name),
        indicators.valid_from,
        bool_or('example' in (indicators.origin, before.origin))
    from asked
    inner join indicators on asked.indicator_id = indicators.indicator_id
    inner join indicators as before on indicators.indicator_id = before.replaced_by
    where indicators.valid_from is not null
    group by all
),

merged as (
    select
        successions.successor_id,
        successor.short_name as successor,
        successions.date as happened_on,
        string_agg(predecessor.short_name, ', ' order by predecessor.short_name) as parts,
        list(successions.predecessor_id) as predecessors,
        bool_or(successions.origin = 'example') as is_example
    from successions
    inner join organisations as successor on successions.successor_id = successor.organisation_id
    inner join organisations as predecessor on successions.predecessor_id = predecessor.organisation_id
    group by all
),

divisions_made as (
    select distinct
        reporter.indicator_id,
        whose.organisation_id,
        'division' as kind,
        merged.successor as subject,
        merged.happened_on,
        merged.parts as old_words,
        merged.is_example
    from merged
    inner join asked as reporter
        on reporter.organisation_id = merged.successor_id or list_contains(merged.predecessors, reporter.organisation_id)
    cross join (select unnest(['CITY', 'own']) as scope) as scopes
    inner join (select distinct organisation_id from asked) as whose
        on
            (scopes.scope = 'CITY' and whose.organisation_id = 'CITY')
            or (
                scopes.scope = 'own'
                and (whose.organisation_id = merged.successor_id or list_contains(merged.predecessors, whose.organisation_id))
            )
),

given as (
    select
        responsibilities.object_id as indicator_id,
        responsibilities.organisation_id,
        responsibilities.group_id,
        coalesce(organisations.short_name, named.name) as holder,
        responsibilities.role,
        first_valid_day(responsibilities.valid_from) as began,
        last_valid_day(responsibilities.valid_to) as ended,
        first_valid_day(indicators.valid_from) as first_day,
        last_valid_day(indicators.valid_to) as last_day,
        'example' in (responsibilities.origin, indicators.origin) as is_example
    from responsibilities
    inner join indicators
        on responsibilities.object_type = 'indicator' and responsibilities.object_id = indicators.indicator_id
    left join organisations on responsibilities.organisation_id = organisations.organisation_id
    left join (select group_id, any_value(name) as name from groups group by group_id) as named
        on responsibilities.group_id = named.group_id
    where
        responsibilities.status = 'decided'
        and responsibilities.role in ('huvudansvarig', 'ansvarig', 'delansvarig')
),

turns as (
    select distinct given.indicator_id, given.holder, moments.happened_on
    from given
    cross join (
        select first_valid_day(max(valid_from)) as first_day, last_valid_day(max(valid_to)) as last_day
        from programmes
    ) as programme
    cross join lateral (
        select given.began as happened_on
        union all
        select given.ended + 1
        where given.ended < date '9999-12-31'
    ) as moments
    where
        moments.happened_on > greatest(given.first_day, programme.first_day)
        and moments.happened_on <= least(given.last_day, programme.last_day)
),

roles as (
    select
        turns.indicator_id,
        turns.holder,
        turns.happened_on,
        min(given.role) filter (where given.began < turns.happened_on and given.ended >= turns.happened_on - 1) as old_words,
        min(given.role) filter (where given.began <= turns.happened_on and given.ended >= turns.happened_on) as new_words,
        any_value(given.organisation_id) as organisation_id,
        any_value(given.group_id) as group_id,
        bool_or(given.is_example) as is_example
    from turns
    inner join given using (indicator_id, holder)
    group by all
),

duties_moved as (
    select
        roles.indicator_id,
        unnest(list_distinct(['CITY', coalesce(roles.organisation_id, 'CITY')])) as organisation_id,
        roles.holder,
        roles.happened_on,
        roles.old_words,
        roles.new_words,
        roles.is_example
    from roles
    where roles.old_words is distinct from roles.new_words
    union all
    select
        roles.indicator_id,
        organisations.organisation_id,
        roles.holder,
        roles.happened_on,
        roles.old_words,
        roles.new_words,
        roles.is_example
    from roles
    inner join groups on roles.group_id = groups.group_id
    inner join organisations on groups.kind = organisations.kind or groups.organisation_id = organisations.organisation_id
    where
        roles.organisation_id is null
        and roles.old_words is distinct from roles.new_words
        and is_valid_on(roles.happened_on, organisations.valid_from, organisations.valid_to)
),

listed as (
    select * from aims
    union all by name
    select * from definitions
    union all by name
    select * from divisions_made
    union all by name
    select
        indicator_id,
        organisation_id,
        'duty' as kind,
        holder as subject,
        happened_on,
        old_words,
        new_words,
        is_example
    from duties_moved
)

select distinct
    listed.indicator_id,
    listed.organisation_id,
    listed.kind,
    listed.subject,
    listed.happened_on,
    listed.old_value,
    listed.new_value,
    listed.old_words,
    listed.new_words,
    listed.target_year,
    indicators.measure,
    indicators.unit,
    marked_origin(listed.is_example or indicators.origin = 'example', indicators.origin) as origin
from listed
inner join indicators on listed.indicator_id = indicators.indicator_id
cross join edition
where listed.happened_on <= last_valid_day(edition.as_of)
order by
    listed.indicator_id,
    listed.organisation_id,
    listed.happened_on,
    listed.kind,
    listed.subject
