-- A row for something that no decided duty asks the organisation for.
--
-- rule      not_responsible
-- severity  warning
-- title     {organisation} har inget beslutat ansvar för {name}.
-- why       Rapporten tas emot, men är inte väntad av någon.
-- action    Kontrollera raden, eller skriv varför ni rapporterar den.
-- column    report        INTEGER  which report, from 0
-- column    source_sheet  VARCHAR  sheet in its file
-- column    source_row    BIGINT   row in that sheet
-- column    field         VARCHAR  column of ours
-- column    value         VARCHAR  what stands there
-- column    organisation  VARCHAR  its short name
-- column    name          VARCHAR  short name or title
-- grain     report, source_sheet, field, value, organisation
-- source    reported_objects, organisations, duties

select
    reported.report,
    reported.source_sheet,
    min(reported.source_row) as source_row,
    reported.field,
    reported.object_id as value,
    organisations.short_name as organisation,
    reported.name
from reported_objects as reported
inner join organisations using (organisation_id)
anti join duties
    on
        reported.object_type = duties.object_type
        and reported.object_id = duties.object_id
        and reported.organisation_id = duties.organisation_id
        and duties.status = 'decided'
        and duties.role in ('huvudansvarig', 'ansvarig', 'delansvarig')
        and is_valid_on(reported.ends_on, duties.valid_from, duties.valid_to)
where reported.name is not null and reported.ends_on is not null
group by all
order by report, source_sheet, source_row
