-- Each indicator and activity that is valid on the day gaps are judged on.
--
-- column  object_type     VARCHAR  indicator or activity
-- column  object_id       VARCHAR  see indicators or activities
-- column  goal_id         VARCHAR  see goals
-- column  goal_is_known   BOOLEAN  false where the source says that its place in the goal is inferred
-- column  name            VARCHAR  short name or title
-- column  kind_in_words   VARCHAR  Indikatorn or Aktiviteten
-- column  violence_types  VARCHAR  kinds of violence, separated by space; null when not said
-- column  subgroup        VARCHAR  the subgroup it is limited to
-- column  provider        VARCHAR  own, external, both; null when not said
-- column  employer_duty   BOOLEAN  a duty towards the city's own staff
-- column  valid_from      DATE     first day
-- column  origin          VARCHAR  where it comes from
-- column  confidence      VARCHAR  how sure it is
-- grain   object_type, object_id
-- source  indicators, activities, standpoint
-- used by queries/gaps, queries/gaps/views

with listed as (
    select
        'indicator' as object_type,
        indicator_id as object_id,
        goal_id,
        short_name as name,
        'Indikatorn' as kind_in_words,
        violence_types,
        subgroup,
        provider,
        false as employer_duty,
        valid_from,
        valid_to,
        origin,
        confidence
    from indicators
    union all
    select
        'activity',
        activity_id,
        goal_id,
        title,
        'Aktiviteten',
        violence_types,
        null,
        provider,
        employer_duty,
        valid_from,
        valid_to,
        origin,
        confidence
    from activities
)

select
    listed.object_type,
    listed.object_id,
    listed.goal_id,
    not contains(lower(listed.confidence), 'inferred') as goal_is_known,
    listed.name,
    listed.kind_in_words,
    listed.violence_types,
    listed.subgroup,
    listed.provider,
    listed.employer_duty,
    listed.valid_from,
    listed.origin,
    listed.confidence
from listed
cross join standpoint
where
    is_valid_on(standpoint.on_date, listed.valid_from, listed.valid_to)
order by listed.object_type, listed.object_id
