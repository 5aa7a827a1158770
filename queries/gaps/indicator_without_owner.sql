-- An indicator nobody is responsible for.
--
-- rule      G2
-- severity  high
-- title     Indikatorn ”{name}” har ingen ansvarig
-- why       Utan ansvarig rapporteras indikatorn inte i ILS och följs inte upp.
-- action    Föreslå en ansvarig nämnd. Närmast ligger {nearest_organisation}.
-- ask       Kan ni ta ansvaret för indikatorn? Om inte, vem bör göra det?
-- column    object_type           VARCHAR    goal, indicator, activity, organisation or programme
-- column    object_id             VARCHAR    its identity
-- column    goal_id               VARCHAR    see goals; null if none
-- column    organisations         VARCHAR[]  whom it concerns
-- column    since                 DATE       since when; null if not known
-- column    origin                VARCHAR    example when any of what it rests on is
-- column    confidence            VARCHAR    how sure it is
-- column    evidence              STRUCT[]   the rows it rests on: source_table, source_key, told
-- column    name                  VARCHAR    short name or title
-- column    nearest_organisation  VARCHAR    who answers for most of its goal
-- grain     object_type, object_id, organisations
-- source    nobody_answers

select
    object_type,
    object_id,
    goal_id,
    []::varchar[] as organisations,
    since,
    origin,
    confidence,
    [evidence('indicators', 'indicator_id=' || object_id, said)] as evidence,
    name,
    nearest_organisation
from nobody_answers
where object_type = 'indicator'
order by object_id
