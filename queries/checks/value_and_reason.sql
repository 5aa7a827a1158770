-- A figure or a status, and at the same time a reason why there is none.
--
-- rule      value_and_reason
-- severity  error
-- title     Både ett värde och orsakskoden ”{value}” är ifyllda.
-- why       Det ena säger att värdet finns, det andra att det saknas.
-- action    Ta bort värdet eller orsakskoden.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- grain     report, source_sheet, source_row, field
-- source    reported_indicators, reported_activities

select report, source_sheet, source_row, 'missing_reason' as field, missing_reason as value
from reported_indicators
where missing_reason is not null and (numerator is not null or denominator is not null or value is not null)
union all
select report, source_sheet, source_row, 'missing_reason', missing_reason
from reported_activities
where missing_reason is not null and status is not null
order by report, source_sheet, source_row
