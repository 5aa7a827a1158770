-- Two different values from different submitters for the same unit, indicator and period.
--
-- rule      G13
-- severity  high
-- title     Två olika uppgifter om ”{name}” för {organisation}, {period} {year}
-- why       När två lämnar in olika uppgifter om samma sak är det inte säkert att den senaste är den rätta.
-- action    Fråga {submitters} vilken uppgift som gäller, och dra tillbaka den andra.
-- ask       Vilken uppgift gäller? Dra tillbaka den andra, eller skicka en rättad rapport.
-- column    object_type    VARCHAR    goal, indicator, activity, organisation or programme
-- column    object_id      VARCHAR    its identity
-- column    goal_id        VARCHAR    see goals; null if none
-- column    organisations  VARCHAR[]  whom it concerns
-- column    since          DATE       since when; null if not known
-- column    origin         VARCHAR    example when any of what it rests on is
-- column    confidence     VARCHAR    how sure it is
-- column    evidence       STRUCT[]   the rows it rests on: source_table, source_key, told
-- column    name           VARCHAR    short name or title
-- column    organisation   VARCHAR    the organisation's short name
-- column    period         VARCHAR    the first period it concerns
-- column    year           VARCHAR    its year
-- column    submitters     VARCHAR    who handed in, by short name
-- grain     object_type, object_id, organisations
-- source    disputed_values, indicators, organisations

with disputes as (
    select
        disputed_values.indicator_id,
        disputed_values.organisation_id,
        min(disputed_values.since) as since,
        arg_min(disputed_values.period, (disputed_values.year, disputed_values.period)) as period,
        min(disputed_values.year) as year,
        list_sort(list_distinct(flatten(list(disputed_values.submitters)))) as submitters,
        group_origin(disputed_values.origin) as origin,
        list(
            evidence(
                'received_submissions',
                'submission_id=' || array_to_string(disputed_values.submissions, ', '),
                disputed_values.period || ' ' || disputed_values.year || ': '
                || len(disputed_values.submitters) || ' inlämnare har lämnat olika uppgifter.'
            )
            order by disputed_values.year, disputed_values.period
        ) as evidence
    from disputed_values
    group by disputed_values.indicator_id, disputed_values.organisation_id
),

named as (
    select
        disputes.indicator_id,
        disputes.organisation_id,
        string_agg(organisations.short_name, ' och ' order by organisations.short_name) as submitters
    from disputes
    inner join organisations on list_contains(disputes.submitters, organisations.organisation_id)
    group by all
)

select
    'indicator' as object_type,
    disputes.indicator_id as object_id,
    indicators.goal_id,
    list_sort(list_distinct(list_append(disputes.submitters, disputes.organisation_id))) as organisations,
    disputes.since,
    disputes.origin,
    indicators.confidence,
    disputes.evidence,
    indicators.short_name as name,
    organisations.short_name as organisation,
    disputes.period,
    disputes.year::varchar as year,
    named.submitters
from disputes
inner join indicators using (indicator_id)
inner join organisations using (organisation_id)
inner join named on disputes.indicator_id = named.indicator_id and disputes.organisation_id = named.organisation_id
order by object_id, organisations
