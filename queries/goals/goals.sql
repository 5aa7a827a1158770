-- The goals of the programme, in its order.
--
-- column  goal_id         VARCHAR  see goals
-- column  number          BIGINT   number in the programme
-- column  short_title     VARCHAR  a few words for it
-- column  title           VARCHAR  wording in the programme
-- column  valid_from      DATE     first day it holds; null is since before the programme
-- column  valid_to        DATE     last day it holds; null is still
-- column  regional_title  VARCHAR  short title of the regional goal it corresponds to, null if none
-- column  note            VARCHAR  what a reader should know; null if nothing
-- column  origin          VARCHAR  where the row comes from
-- grain   goal_id
-- source  goals
-- used by report, views/common, views/edition_changes, views/responsibility

select
    goal_id,
    number,
    short_title,
    title,
    valid_from,
    valid_to,
    regional_title,
    note,
    origin
from goals
order by number, goal_id
