-- Who has reported for a period: how much of what is asked, when it last came and in which version, and who is late.
--
-- One who has reported without being asked is there too. What is late follows the snapshot's date, never the clock.
--
-- param   $year             INTEGER  calendar year
-- param   $period           VARCHAR  T1, T2 or VB
-- column  organisation_id   VARCHAR  see organisations
-- column  organisation      VARCHAR  its short name
-- column  name              VARCHAR  its whole name
-- column  kind              VARCHAR  stadsdelsnamnd, facknamnd, …
-- column  expected          BIGINT   reports asked for: indicators and activities
-- column  received          BIGINT   those of them that have come
-- column  late              BIGINT   those that have not, though their last day has passed
-- column  to_come           BIGINT   those that have not, and are not due yet
-- column  lapsed            BIGINT   those that never came from a body that has ended: nobody owes them
-- column  state             VARCHAR  whole, part, none; ended where all that is left has lapsed; unasked where nothing was asked for
-- column  due               DATE     last day to report; null where nothing was asked for
-- column  versions          BIGINT   submissions that stand, each correction one
-- column  received_on       DATE     day of the latest of them; null when there is none
-- column  loaded_on         DATE     day it was really handed in, where another day is told; else null
-- column  submission_id     VARCHAR  the latest of them; null when there is none
-- column  address           VARCHAR  whom to write to, null when the catalogue does not say
-- column  origin            VARCHAR  example when any input is
-- grain   organisation_id
-- source  report_states, received_submissions, organisations, contacts
-- used by pages/reporting_state

with asked as (
    select
        organisation_id,
        count(*) as expected,
        count(*) filter (where received) as received,
        count(*) filter (where state = 'late') as late,
        count(*) filter (where state = 'to_come') as to_come,
        count(*) filter (where state = 'lapsed') as lapsed,
        max(due) as due,
        bool_or(origin = 'example') as is_example
    from report_states
    where year = $year and period = $period
    group by organisation_id
),

handed_in as (
    select
        organisation_id,
        count(*) as versions,
        arg_max(received_on, version) as received_on,
        arg_max_null(loaded_on, version) as loaded_on,
        arg_max(submission_id, version) as submission_id,
        bool_or(origin = 'example') as is_example
    from received_submissions
    where year = $year and period = $period and not withdrawn
    group by organisation_id
),

addresses as (
    select organisation_id, arg_min(address, role) as address
    from contacts
    where address is not null
    group by organisation_id
)

select
    organisations.organisation_id,
    organisations.short_name as organisation,
    organisations.name,
    organisations.kind,
    coalesce(asked.expected, 0) as expected,
    coalesce(asked.received, 0) as received,
    coalesce(asked.late, 0) as late,
    coalesce(asked.to_come, 0) as to_come,
    coalesce(asked.lapsed, 0) as lapsed,
    case
        when asked.expected is null then 'unasked'
        when asked.received = asked.expected then 'whole'
        when asked.received + asked.lapsed = asked.expected then 'ended'
        when asked.received > 0 then 'part'
        else 'none'
    end as state,
    asked.due,
    coalesce(handed_in.versions, 0) as versions,
    handed_in.received_on,
    handed_in.loaded_on,
    handed_in.submission_id,
    addresses.address,
    marked_origin(coalesce(asked.is_example, false) or coalesce(handed_in.is_example, false), organisations.origin) as origin
from organisations
left join asked using (organisation_id)
left join handed_in using (organisation_id)
left join addresses using (organisation_id)
where asked.expected is not null or handed_in.versions is not null
order by organisations.short_name collate sv, organisations.organisation_id
