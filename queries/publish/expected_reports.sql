-- Each report that a decided duty asks for, and whether it has come.
--
-- param   $as_of             DATE     the date lateness is judged on; null when there is no receipt, then nothing is expected
-- column  object_type        VARCHAR  indicator or activity
-- column  object_id          VARCHAR  see indicators or activities
-- column  organisation_id    VARCHAR  who is to report
-- column  year               INTEGER  calendar year
-- column  period             VARCHAR  T1, T2 or VB
-- column  due                DATE     last day to report
-- column  received           BOOLEAN  a value, a status, `.` or `..` has come; `-` is not received
-- column  late               BOOLEAN  not received, and due before the as-of date
-- column  received_on        DATE     day of the receipt that the current row came with
-- column  origin             VARCHAR  example when the duty or the object is
-- grain   object_type, object_id, organisation_id, year, period
-- source  duties, periods, indicators, activities, current_indicators, activity_values
-- used by publish, queries/gaps/views, queries/indicators, queries/publish, queries/views, snapshot

with objects as (
    select 'indicator' as object_type, indicator_id as object_id, periods as asked, valid_from, valid_to, origin
    from indicators
    union all
    select 'activity', activity_id, 'T1 T2 VB', valid_from, valid_to, origin
    from activities
),

expected as (
    select
        duties.object_type,
        duties.object_id,
        duties.organisation_id,
        periods.year,
        periods.period,
        min(periods.due) as due,
        group_origin(origin_of_both(duties.origin, objects.origin)) as origin
    from duties
    inner join objects using (object_type, object_id)
    inner join periods
        on
            is_valid_on(periods.ends_on, duties.valid_from, duties.valid_to)
            and is_valid_on(periods.ends_on, objects.valid_from, objects.valid_to)
            and list_contains(string_split(objects.asked, ' '), periods.period)
    where
        duties.status = 'decided'
        and duties.role in ('huvudansvarig', 'ansvarig', 'delansvarig')
        and $as_of is not null
    group by all
),

came as (
    select
        'indicator' as object_type,
        indicator_id as object_id,
        organisation_id,
        year,
        period,
        bool_or(missing_reason is distinct from '-') as received,
        max(received_on) as received_on
    from current_indicators
    group by all
    union all
    select
        'activity',
        activity_id,
        organisation_id,
        year,
        period,
        bool_or(missing_reason is distinct from '-'),
        max(received_on)
    from activity_values
    group by all
)

select
    expected.object_type,
    expected.object_id,
    expected.organisation_id,
    expected.year,
    expected.period,
    expected.due,
    coalesce(came.received, false) as received,
    not coalesce(came.received, false) and expected.due < $as_of as late,
    came.received_on,
    expected.origin
from expected
left join came using (object_type, object_id, organisation_id, year, period)
order by object_type, object_id, organisation_id, year, period
