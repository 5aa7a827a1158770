-- Where what stands in the snapshot comes from, and how sure it is, kind by kind.
--
-- column  content      VARCHAR  goals, indicators, activities, responsibilities, targets, organisations, periods, reports or
--                               public_values
-- column  origin       VARCHAR  own, remiss, public or example
-- column  confidence   VARCHAR  how sure, in the words of the source; null for reports
-- column  rows         BIGINT   how many
-- grain   content, origin, confidence
-- source  goals, indicators, activities, responsibilities, targets, organisations, periods, received_submissions,
--         context_values
-- used by pages/about

with everything as (
    select 1 as content_order, 'goals' as content, origin, confidence from goals
    union all
    select 2, 'indicators', origin, confidence from indicators
    union all
    select 3, 'activities', origin, confidence from activities
    union all
    select 4, 'responsibilities', origin, confidence from responsibilities
    union all
    select 5, 'targets', origin, confidence from targets
    union all
    select 6, 'organisations', origin, confidence from organisations
    union all
    select 7, 'periods', origin, confidence from periods
    union all
    select 8, 'reports', origin, null from received_submissions where not withdrawn
    union all
    select 9, 'public_values', origin, confidence from context_values
)

select content, origin, confidence, count(*) as rows
from everything
group by content_order, content, origin, confidence
order by content_order, count(*) desc, origin, confidence
