-- A report or a row for an organisation that is not in the register.
--
-- rule      unknown_organisation
-- severity  error
-- title     Organisationen ”{value}” finns inte i registret.
-- why       Utan känd organisation går det inte att se vem som har rapporterat.
-- action    Skriv organisationens id, namn eller kortnamn så som det står i formuläret.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- grain     report, source_sheet, source_row, field
-- source    reports, reported_objects, organisations

with named as (
    select report, null as source_sheet, null as source_row, organisation_id
    from reports
    union all
    select report, source_sheet, source_row, organisation_id
    from reported_objects
)

select
    named.report,
    named.source_sheet,
    named.source_row,
    'organisation_id' as field,
    named.organisation_id as value
from named
anti join organisations using (organisation_id)
order by report, source_sheet nulls first, source_row nulls first
