-- A status that is none of ours.
--
-- rule      status_unknown
-- severity  error
-- title     Statusen ”{value}” är okänd.
-- why       Samlad gissar inte vad ett ord betyder.
-- action    Välj en av: ej påbörjad, pågår, genomförd, försenad, utgår.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- grain     report, source_sheet, source_row, field
-- source    reported_activities

select report, source_sheet, source_row, 'status' as field, status as value
from reported_activities
where status not in ('not_started', 'ongoing', 'done', 'delayed', 'cancelled')
order by report, source_sheet, source_row
