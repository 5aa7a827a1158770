-- What gap rules share: how a row of evidence is told, and how a day is written in Swedish.

-- One row that a gap rests on: the published table it stands in, its key in words, and what it says in Swedish.
create or replace macro evidence(source_table, source_key, told) as
    {'source_table': source_table::varchar, 'source_key': source_key::varchar, 'told': told::varchar};

-- A day as it stands in Swedish text: 31 januari 2025.
create or replace macro day_in_words(d) as
    day(d)::varchar || ' ' || [
        'januari', 'februari', 'mars', 'april', 'maj', 'juni',
        'juli', 'augusti', 'september', 'oktober', 'november', 'december'
    ][month(d)] || ' ' || year(d)::varchar;
