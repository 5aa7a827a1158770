-- Women and men together are more than the total.
--
-- rule      sexes_above_total
-- severity  error
-- title     {indicator}: kvinnor och män är tillsammans {parts}, fler än totalt {total}.
-- why       Delarna kan inte vara fler än det hela.
-- action    Rätta totalen eller delarna.
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
where parts > total
order by report, source_sheet, source_row, field
