-- Each valid indicator and activity that nobody answers for, with the organisation that answers for most of its goal.
--
-- column  object_type           VARCHAR  indicator or activity
-- column  object_id             VARCHAR  see indicators or activities
-- column  goal_id               VARCHAR  see goals
-- column  name                  VARCHAR  short name or title
-- column  since                 DATE     the day after the last duty ended, else the object's first day
-- column  nearest_organisation  VARCHAR  who answers for most of the goal, by name; else a few words
-- column  said                  VARCHAR  who has had to do with it, in Swedish
-- column  origin                VARCHAR  where the object comes from
-- column  confidence            VARCHAR  how sure it is
-- grain   object_type, object_id
-- source  objects, answering, asking_duties, duties, organisations, standpoint
-- used by queries/gaps

with counted as (
    select objects.goal_id, answering.organisation_id, count(*) as duties
    from answering
    inner join objects using (object_type, object_id)
    where answering.is_named
    group by all
),

nearest as (
    select counted.goal_id, arg_min(organisations.name, (-counted.duties, organisations.name)) as name
    from counted
    inner join organisations using (organisation_id)
    group by counted.goal_id
),

ended as (
    select asking_duties.object_type, asking_duties.object_id, max(asking_duties.valid_to) as last_day
    from asking_duties
    inner join standpoint on asking_duties.valid_to < standpoint.on_date
    group by all
),

touched as (
    select
        duties.object_type,
        duties.object_id,
        string_agg(distinct organisations.short_name, ', ' order by organisations.short_name)
            filter (where duties.role = 'berord') as concerned,
        string_agg(distinct organisations.short_name, ', ' order by organisations.short_name)
            filter (where duties.status = 'proposed') as proposed
    from duties
    inner join standpoint on is_valid_on(standpoint.on_date, duties.valid_from, duties.valid_to)
    inner join organisations using (organisation_id)
    group by all
)

select
    objects.object_type,
    objects.object_id,
    objects.goal_id,
    objects.name,
    coalesce(ended.last_day + 1, objects.valid_from) as since,
    coalesce(nearest.name, 'ingen given, så frågan får prövas av kommunstyrelsen') as nearest_organisation,
    case when ended.last_day is null then 'Ingen har haft ansvaret.' else
        'Det sista ansvaret upphörde ' || day_in_words(ended.last_day) || '.' end
    || coalesce(' Berörda, men inte ansvariga: ' || touched.concerned || '.', '')
    || coalesce(' Föreslagna: ' || touched.proposed || '.', '') as said,
    objects.origin,
    objects.confidence
from objects
anti join answering using (object_type, object_id)
left join nearest using (goal_id)
left join ended using (object_type, object_id)
left join touched using (object_type, object_id)
order by objects.object_type, objects.object_id
