-- How the organisations that gaps concern are reached: each that exists, with its address if the catalogue has one.
--
-- column  organisation_id  VARCHAR  see organisations
-- column  name             VARCHAR  full name
-- column  short_name       VARCHAR  name in lists and links
-- column  address          VARCHAR  e-mail address of its registrator, else of the first role; null if none
-- grain   organisation_id
-- source  organisations, contacts
-- used by views/responsibility

select
    organisations.organisation_id,
    organisations.name,
    organisations.short_name,
    arg_min(contacts.address, (contacts.role <> 'registrator', contacts.role, contacts.address)) as address
from organisations
left join contacts on organisations.organisation_id = contacts.organisation_id
group by all
order by organisation_id
