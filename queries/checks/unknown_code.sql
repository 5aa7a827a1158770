-- A reason code or a sex that is none of ours.
--
-- rule      unknown_code
-- severity  error
-- title     ”{value}” är okänt.
-- why       Samlad gissar inte vad en kod betyder.
-- action    Orsakskoderna är - . och .. och könen är totalt, kvinnor och män.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- grain     report, source_sheet, source_row, field
-- source    reported_objects, reported_indicators

select report, source_sheet, source_row, 'missing_reason' as field, missing_reason as value
from reported_objects
where missing_reason not in ('-', '.', '..')
union all
select report, source_sheet, source_row, 'sex', sex
from reported_indicators
where sex is null or sex not in ('total', 'women', 'men')
order by report, source_sheet, source_row, field
