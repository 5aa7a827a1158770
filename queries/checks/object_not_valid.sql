-- A row for an indicator or activity that did not hold on the last day of the period.
--
-- rule      object_not_valid
-- severity  warning
-- title     {name} gällde inte den {ends_on}.
-- why       Det som inte gäller på periodens sista dag efterfrågas inte.
-- action    Ta bort raden, eller skriv varför den ska vara med.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- column    name          VARCHAR  short name or title
-- column    ends_on       DATE     last day of the period
-- grain     report, source_sheet, field, value, ends_on
-- source    reported_objects

select report, source_sheet, min(source_row) as source_row, field, object_id as value, name, ends_on
from reported_objects
where not is_valid_on(ends_on, valid_from, valid_to)
group by all
order by report, source_sheet, source_row
