-- The versions of one indicator's figures that have come more than once, latest year first.
--
-- param   $indicator_id     VARCHAR  see indicators
-- param   $organisation_id  VARCHAR  see organisations; null is all of them
-- column  organisation_id   VARCHAR  who reported
-- column  organisation      VARCHAR  its short name
-- column  year              INTEGER  calendar year
-- column  period            VARCHAR  T1, T2 or VB
-- column  sex               VARCHAR  total, women or men
-- column  version           BIGINT   1 is the first that came
-- column  standing          VARCHAR  current, replaced or withdrawn
-- column  received_on       DATE     day of the receipt
-- column  loaded_on         DATE     day it was really handed in, where another day is told; else null
-- column  submission_id     VARCHAR  the submission it came with
-- column  numerator         BIGINT   count; null where no figure of a version may be shown
-- column  denominator       BIGINT   count it is a part of; null where no figure of a version may be shown
-- column  value             DOUBLE   the figure; unit as the indicator; null where no figure of a version may be shown
-- column  origin            VARCHAR  example when any input is
-- grain   organisation_id, year, period, sex, version
-- source  value_versions, received_submissions, organisations
-- used by pages/indicator

select
    value_versions.organisation_id,
    organisations.short_name as organisation,
    value_versions.year,
    value_versions.period,
    value_versions.sex,
    value_versions.version,
    value_versions.standing,
    value_versions.received_on,
    received_submissions.loaded_on,
    value_versions.submission_id,
    value_versions.numerator,
    value_versions.denominator,
    value_versions.value,
    value_versions.origin
from value_versions
inner join organisations using (organisation_id)
left join received_submissions on value_versions.submission_id = received_submissions.submission_id
where
    value_versions.indicator_id = $indicator_id
    and ($organisation_id is null or value_versions.organisation_id = $organisation_id)
order by
    value_versions.year desc,
    organisations.short_name collate sv,
    value_versions.period desc,
    value_versions.sex,
    value_versions.version
