-- An indicator whose source has ended or whose definition changed, with no decision on what replaces it.
--
-- rule      G14
-- severity  medium
-- title     ”{name}” {what}, och inget är beslutat om vad som ersätter den
-- why       En indikator som upphör eller byter innebörd lämnar ett hål i serien.
-- action    Besluta om en ersättning, eller om att indikatorn utgår, och för in det i katalogen.
-- ask       Vad bör ersätta den, eller ska indikatorn utgå?
-- column    object_type    VARCHAR    goal, indicator, activity, organisation or programme
-- column    object_id      VARCHAR    its identity
-- column    goal_id        VARCHAR    see goals; null if none
-- column    organisations  VARCHAR[]  whom it concerns
-- column    since          DATE       since when; null if not known
-- column    origin         VARCHAR    example when any of what it rests on is
-- column    confidence     VARCHAR    how sure it is
-- column    evidence       STRUCT[]   the rows it rests on: source_table, source_key, told
-- column    name           VARCHAR    short name or title
-- column    what           VARCHAR    what has happened, in Swedish
-- grain     object_type, object_id, organisations
-- source    indicators, standpoint, programmes

with happened as (
    select
        indicators.indicator_id,
        indicators.goal_id,
        indicators.short_name as name,
        indicators.origin,
        indicators.confidence,
        case when indicators.valid_to < standpoint.on_date then indicators.valid_to + 1 end as ended,
        case when indicators.break_year <= year(standpoint.on_date) then indicators.break_year end as broken,
        coalesce(indicators.ended_note, '') as ended_note,
        coalesce(indicators.break_note, '') as break_note
    from indicators
    cross join standpoint
    where indicators.replaced_by is null
)

select
    'indicator' as object_type,
    indicator_id as object_id,
    goal_id,
    []::varchar[] as organisations,
    coalesce(ended, make_date(broken, 1, 1)) as since,
    origin,
    confidence,
    [
        evidence(
            'indicators',
            'indicator_id=' || indicator_id,
            case when ended is not null
                then 'Källan upphörde ' || day_in_words(ended - 1) || case when ended_note = '' then '.' else ': ' || ended_note end
                else 'Definitionen ändrades ' || broken || case when break_note = '' then '.' else ': ' || break_note end
            end
        )
    ] as evidence,
    name,
    case when ended is not null then 'har upphört' else 'har fått en ny definition' end as what
from happened
where ended is not null or broken is not null
order by object_id
