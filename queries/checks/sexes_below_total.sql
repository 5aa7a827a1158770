-- Women and men together are fewer than the total.
--
-- rule      sexes_below_total
-- severity  warning
-- title     {indicator}: kvinnor och män är tillsammans {parts}, färre än totalt {total}.
-- why       Resten redovisas som okänt eller annat kön.
-- action    Rätta om resten inte ska finnas, annars skriv att den är riktig.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         BIGINT   what stands there
-- column    indicator     VARCHAR  its short name
-- column    total         BIGINT   count of all
-- column    parts         BIGINT   women and men together
-- grain     report, source_sheet, source_row, field
-- source    sex_sums

select report, source_sheet, source_row, field, total as value, indicator, total, parts
from sex_sums
where parts < total
order by report, source_sheet, source_row, field
