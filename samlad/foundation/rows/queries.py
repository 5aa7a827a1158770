"""Rows of the queries in queries/, generated from their headers: `python -m samlad.warehouse.row_types`."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from samlad.foundation.query_row import QueryRow


@dataclass(frozen=True, slots=True)
class ChangedGroundsRow(QueryRow):
    """One row for each indicator_id, organisation_id, kind, subject and happened_on."""

    QUERY: ClassVar[str] = "changed_grounds"
    GRAIN: ClassVar[tuple[str, ...]] = ("indicator_id", "organisation_id", "kind", "subject", "happened_on")

    indicator_id: str
    organisation_id: str
    kind: str
    subject: str
    happened_on: date
    old_value: float | None
    new_value: float | None
    old_words: str | None
    new_words: str | None
    target_year: int | None
    measure: str
    unit: str
    origin: str


@dataclass(frozen=True, slots=True)
class ChoicesRow(QueryRow):
    """One row for each kind and id."""

    QUERY: ClassVar[str] = "choices"
    GRAIN: ClassVar[tuple[str, ...]] = ("kind", "id")

    kind: str
    id: str
    name: str
    goal: str | None
    organisation_kind: str | None
    valid_from: date | None
    valid_to: date | None
    successor: str | None
    predecessors: list[str]
    is_default: bool
    is_example: bool


@dataclass(frozen=True, slots=True)
class DataOriginsRow(QueryRow):
    """One row for each content, origin and confidence."""

    QUERY: ClassVar[str] = "data_origins"
    GRAIN: ClassVar[tuple[str, ...]] = ("content", "origin", "confidence")

    content: str
    origin: str
    confidence: str | None
    rows: int


@dataclass(frozen=True, slots=True)
class DistrictChangesRow(QueryRow):
    """One row for each organisation_id."""

    QUERY: ClassVar[str] = "district_changes"
    GRAIN: ClassVar[tuple[str, ...]] = ("organisation_id",)

    organisation_id: str
    earlier_value: float | None
    earlier_numerator: int | None
    earlier_denominator: int | None
    earlier_comparison: str | None


@dataclass(frozen=True, slots=True)
class DistrictComparisonRow(QueryRow):
    """One row for each organisation_id."""

    QUERY: ClassVar[str] = "district_comparison"
    GRAIN: ClassVar[tuple[str, ...]] = ("organisation_id",)

    organisation_id: str
    district: str
    numerator: int | None
    denominator: int | None
    value: float | None
    lower_95: float | None
    upper_95: float | None
    rest_numerator: int | None
    rest_denominator: int | None
    rest_value: float | None
    comparison: str | None
    target: float | None
    target_set_by: str | None
    last_target: float | None
    last_target_year: int | None
    parts: int
    parts_reported: int
    rebuilt: str
    missing_reason: str | None
    measure: str
    counts: str
    varies: bool
    cluster: str | None
    unit: str
    per: int | None
    direction: str
    base_year: int | None
    break_year: int | None
    origin: str


@dataclass(frozen=True, slots=True)
class DistrictDivisionsRow(QueryRow):
    """One row for each division."""

    QUERY: ClassVar[str] = "district_divisions"
    GRAIN: ClassVar[tuple[str, ...]] = ("division",)

    division: str
    is_today: bool
    districts: int


@dataclass(frozen=True, slots=True)
class DistrictFunnelRow(QueryRow):
    """One row for each size and organisation_id."""

    QUERY: ClassVar[str] = "district_funnel"
    GRAIN: ClassVar[tuple[str, ...]] = ("size", "organisation_id")

    size: float
    organisation_id: str | None
    district: str | None
    value: float | None
    level: float
    lower_95: float
    upper_95: float
    lower_998: float
    upper_998: float


@dataclass(frozen=True, slots=True)
class DistrictGoalRow(QueryRow):
    """One row for each indicator_id and organisation_id."""

    QUERY: ClassVar[str] = "district_goal"
    GRAIN: ClassVar[tuple[str, ...]] = ("indicator_id", "organisation_id")

    indicator_id: str
    indicator: str
    organisation_id: str
    district: str
    numerator: int | None
    denominator: int | None
    value: float | None
    rest_numerator: int | None
    rest_denominator: int | None
    rest_value: float | None
    comparison: str | None
    parts: int
    parts_reported: int
    rebuilt: str
    missing_reason: str | None
    measure: str
    counts: str
    varies: bool
    cluster: str | None
    unit: str
    per: int | None
    direction: str
    origin: str


@dataclass(frozen=True, slots=True)
class DistrictIndicatorsRow(QueryRow):
    """One row for each indicator_id."""

    QUERY: ClassVar[str] = "district_indicators"
    GRAIN: ClassVar[tuple[str, ...]] = ("indicator_id",)

    indicator_id: str
    indicator: str
    name: str
    definition: str | None
    goal_number: int
    measure: str
    counts: str
    varies: bool
    cluster: str | None
    unit: str
    per: int | None
    direction: str
    split_by_sex: bool
    indicator_source: str | None
    base_year: int | None
    base_note: str | None
    break_year: int | None
    break_note: str | None
    years: list[int]
    origin: str


@dataclass(frozen=True, slots=True)
class DistrictSexesRow(QueryRow):
    """One row for each organisation_id and sex."""

    QUERY: ClassVar[str] = "district_sexes"
    GRAIN: ClassVar[tuple[str, ...]] = ("organisation_id", "sex")

    organisation_id: str
    district: str
    sex: str
    numerator: int | None
    denominator: int | None
    value: float | None
    lower_95: float | None
    upper_95: float | None
    parts: int
    parts_reported: int
    rebuilt: str
    missing_reason: str | None
    measure: str
    counts: str
    varies: bool
    unit: str
    per: int | None
    direction: str
    origin: str


@dataclass(frozen=True, slots=True)
class DistrictYearsRow(QueryRow):
    """One row for each organisation_id and year."""

    QUERY: ClassVar[str] = "district_years"
    GRAIN: ClassVar[tuple[str, ...]] = ("organisation_id", "year")

    organisation_id: str
    district: str
    year: int
    numerator: int | None
    denominator: int | None
    value: float | None
    lower_95: float | None
    upper_95: float | None
    is_after_break: bool
    parts: int
    parts_reported: int
    rebuilt: str
    missing_reason: str | None
    measure: str
    counts: str
    varies: bool
    unit: str
    origin: str


@dataclass(frozen=True, slots=True)
class DutiesOnRow(QueryRow):
    """One row for each object_type, object_id, organisation_id, role, status, group_name and valid_from."""

    QUERY: ClassVar[str] = "duties_on"
    GRAIN: ClassVar[tuple[str, ...]] = (
        "object_type",
        "object_id",
        "organisation_id",
        "role",
        "status",
        "group_name",
        "valid_from",
    )

    object_type: str
    object_id: str
    goal_id: str
    object: str
    organisation_id: str
    organisation: str
    role: str
    status: str
    group_name: str | None
    valid_from: date | None
    valid_to: date | None
    origin: str


@dataclass(frozen=True, slots=True)
class GapContactsRow(QueryRow):
    """One row for each organisation_id."""

    QUERY: ClassVar[str] = "gap_contacts"
    GRAIN: ClassVar[tuple[str, ...]] = ("organisation_id",)

    organisation_id: str
    name: str
    short_name: str
    address: str | None


@dataclass(frozen=True, slots=True)
class GapEvidenceOfRow(QueryRow):
    """One row for each position."""

    QUERY: ClassVar[str] = "gap_evidence_of"
    GRAIN: ClassVar[tuple[str, ...]] = ("position",)

    position: int
    source_table: str
    source_key: str
    told: str


@dataclass(frozen=True, slots=True)
class GapListRow(QueryRow):
    """One row for each duties and gap_id."""

    QUERY: ClassVar[str] = "gap_list"
    GRAIN: ClassVar[tuple[str, ...]] = ("duties", "gap_id")

    duties: str
    gap_id: str
    rule: str
    severity: str
    object_type: str
    object_id: str
    object: str | None
    goal_id: str | None
    goal_number: int | None
    organisations: str
    since: date | None
    title: str
    why: str
    action: str
    evidence_sha: str
    still_there: bool
    year: int
    origin: str
    confidence: str


@dataclass(frozen=True, slots=True)
class GapRuleListRow(QueryRow):
    """One row for each name."""

    QUERY: ClassVar[str] = "gap_rule_list"
    GRAIN: ClassVar[tuple[str, ...]] = ("name",)

    name: str
    rule: str | None
    severity: str | None
    why: str | None
    silent_because: str | None
    broken: str | None
    found: int


@dataclass(frozen=True, slots=True)
class GapYearListRow(QueryRow):
    """One row for each year."""

    QUERY: ClassVar[str] = "gap_year_list"
    GRAIN: ClassVar[tuple[str, ...]] = ("year",)

    year: int
    judged_on: date
    is_latest: bool


@dataclass(frozen=True, slots=True)
class GapsOfOrganisationRow(QueryRow):
    """One row for each gap_id."""

    QUERY: ClassVar[str] = "gaps_of_organisation"
    GRAIN: ClassVar[tuple[str, ...]] = ("gap_id",)

    gap_id: str
    rule: str
    severity: str
    goal_number: int | None
    title: str
    why: str
    action: str
    since: date | None
    origin: str


@dataclass(frozen=True, slots=True)
class GoalActivitiesRow(QueryRow):
    """One row for each activity_id and year."""

    QUERY: ClassVar[str] = "goal_activities"
    GRAIN: ClassVar[tuple[str, ...]] = ("activity_id", "year")

    goal_id: str
    activity_id: str
    title: str
    violence_types: str | None
    measured_by: str | None
    year: int
    period: str
    is_valid: bool
    answers: int
    expected: int
    status: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class GoalAssessmentsRow(QueryRow):
    """One row for each goal_id and organisation_id."""

    QUERY: ClassVar[str] = "goal_assessments"
    GRAIN: ClassVar[tuple[str, ...]] = ("goal_id", "organisation_id")

    goal_id: str
    organisation_id: str
    organisation: str | None
    period: str
    fulfilled: str
    text: str | None
    author: str | None
    at: date
    origin: str


@dataclass(frozen=True, slots=True)
class GoalCoverageRow(QueryRow):
    """One row for each object_type and object_id."""

    QUERY: ClassVar[str] = "goal_coverage"
    GRAIN: ClassVar[tuple[str, ...]] = ("object_type", "object_id")

    object_type: str
    object_id: str
    object: str
    measured_by: str | None
    violence_types: str | None
    subgroup: str | None
    provider: str | None
    employer_duty: bool
    origin: str


@dataclass(frozen=True, slots=True)
class GoalsRow(QueryRow):
    """One row for each goal_id."""

    QUERY: ClassVar[str] = "goals"
    GRAIN: ClassVar[tuple[str, ...]] = ("goal_id",)

    goal_id: str
    number: int
    short_title: str
    title: str
    valid_from: date | None
    valid_to: date | None
    regional_title: str | None
    note: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class IndicatorCasesRow(QueryRow):
    """One row for each organisation_id, indicator_id and year."""

    QUERY: ClassVar[str] = "indicator_cases"
    GRAIN: ClassVar[tuple[str, ...]] = ("organisation_id", "indicator_id", "year")

    organisation_id: str
    indicator_id: str
    goal_id: str
    indicator: str
    name: str
    measure: str
    counts: str
    varies: bool
    cluster: str | None
    unit: str
    per: int | None
    direction: str
    violence_types: str | None
    break_year: int | None
    base_note: str | None
    year: int
    is_ended: bool
    has_owner: bool
    numerator: int | None
    denominator: int | None
    value: float | None
    missing_reason: str | None
    rebuilt: str | None
    organisations_reported: int
    organisations_expected: int
    reporters: str | None
    own_forecast: float | None
    target: float | None
    target_set_by: str | None
    last_target: float | None
    last_target_year: int | None
    base_year: int | None
    base_numerator: int | None
    base_denominator: int | None
    base_value: float | None
    base_missing: str | None
    compared_numerator: int | None
    compared_denominator: int | None
    organisations_both: int | None
    organisations_expected_both: int | None
    missing_organisations: list[str]
    missing_reasons: list[str]
    missing_denominators: list[int | None]
    origin: str


@dataclass(frozen=True, slots=True)
class IndicatorCatalogueRow(QueryRow):
    """One row for each indicator_id."""

    QUERY: ClassVar[str] = "indicator_catalogue"
    GRAIN: ClassVar[tuple[str, ...]] = ("indicator_id",)

    indicator_id: str
    indicator: str
    name: str
    definition: str | None
    goal_id: str
    goal_number: int
    goal: str
    measure: str
    counts: str
    time: str
    periods: str
    unit: str
    direction: str
    split_by_sex: bool
    subgroup: str | None
    provider: str | None
    part_of: str | None
    base_year: int | None
    break_year: int | None
    break_note: str | None
    valid_from: date | None
    valid_to: date | None
    ended_note: str | None
    replaced_by: str | None
    replaces: str | None
    activities: str | None
    indicator_source: str | None
    confidence: str
    observed: str | None
    regional_number: int | None
    regional_title: str | None
    regional_mapping: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class IndicatorFiguresRow(QueryRow):
    """One row for each organisation_id, year, period and sex."""

    QUERY: ClassVar[str] = "indicator_figures"
    GRAIN: ClassVar[tuple[str, ...]] = ("organisation_id", "year", "period", "sex")

    organisation_id: str
    organisation: str | None
    kind: str | None
    year: int
    period: str
    sex: str
    measure: str
    counts: str
    unit: str
    numerator: int | None
    denominator: int | None
    value: float | None
    forecast: float | None
    missing_reason: str | None
    rebuilt: str | None
    parts: int | None
    parts_reported: int | None
    target: float | None
    target_set_by: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class IndicatorVersionsRow(QueryRow):
    """One row for each organisation_id, year, period, sex and version."""

    QUERY: ClassVar[str] = "indicator_versions"
    GRAIN: ClassVar[tuple[str, ...]] = ("organisation_id", "year", "period", "sex", "version")

    organisation_id: str
    organisation: str
    year: int
    period: str
    sex: str
    version: int
    standing: str
    received_on: date
    loaded_on: date | None
    submission_id: str
    numerator: int | None
    denominator: int | None
    value: float | None
    origin: str


@dataclass(frozen=True, slots=True)
class MissingReportsRow(QueryRow):
    """One row for each organisation_id, object_type and object_id."""

    QUERY: ClassVar[str] = "missing_reports"
    GRAIN: ClassVar[tuple[str, ...]] = ("organisation_id", "object_type", "object_id")

    organisation_id: str
    organisation: str
    object_type: str
    object_id: str
    object: str
    goal_number: int
    period: str
    due: date
    state: str
    origin: str


@dataclass(frozen=True, slots=True)
class OrganisationDutiesRow(QueryRow):
    """One row for each object_type, object_id and year."""

    QUERY: ClassVar[str] = "organisation_duties"
    GRAIN: ClassVar[tuple[str, ...]] = ("object_type", "object_id", "year")

    object_type: str
    object_id: str
    object: str
    goal_number: int
    goal: str
    role: str
    duty_status: str
    held_by: str | None
    year: int
    period: str | None
    received: bool | None
    received_on: date | None
    due: date | None
    report_state: str | None
    status: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class OrganisationIndicatorsRow(QueryRow):
    """One row for each indicator_id."""

    QUERY: ClassVar[str] = "organisation_indicators"
    GRAIN: ClassVar[tuple[str, ...]] = ("indicator_id",)

    indicator_id: str
    numerator: int | None
    denominator: int | None
    value: float | None
    lower_95: float | None
    upper_95: float | None
    own_target: float | None
    kf_target: float | None
    rest_numerator: int | None
    rest_denominator: int | None
    rest_value: float | None
    comparison: str | None
    varies: bool
    cluster: str | None
    per: int | None
    direction: str
    measure: str
    unit: str
    origin: str


@dataclass(frozen=True, slots=True)
class OrganisationReportsRow(QueryRow):
    """One row for each object_type, object_id, year and period."""

    QUERY: ClassVar[str] = "organisation_reports"
    GRAIN: ClassVar[tuple[str, ...]] = ("object_type", "object_id", "year", "period")

    year: int
    period: str
    due: date
    state: str
    overtaken: bool
    object_type: str
    object_id: str
    object: str
    goal_number: int
    origin: str


@dataclass(frozen=True, slots=True)
class ProgrammeOverviewRow(QueryRow):
    """One row for each goal_id."""

    QUERY: ClassVar[str] = "programme_overview"
    GRAIN: ClassVar[tuple[str, ...]] = ("goal_id",)

    goal_id: str
    number: int
    short_title: str
    title: str
    valid_from: date | None
    valid_to: date | None
    is_valid: bool
    period: str
    activities: int
    done: int
    ongoing: int
    delayed: int
    not_started: int
    cancelled: int
    unanswered: int
    measured_activities: int
    expected: int
    received: int
    assessment: str | None
    assessed_fully: int
    assessed_partly: int
    assessed_not: int
    origin: str


@dataclass(frozen=True, slots=True)
class PublicSourcesRow(QueryRow):
    """One row for each measure_id."""

    QUERY: ClassVar[str] = "public_sources"
    GRAIN: ClassVar[tuple[str, ...]] = ("measure_id",)

    measure_id: str
    measure: str
    owner: str | None
    first_year: int
    last_year: int
    figures: int
    approximate: int
    confidence: str
    note: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class RegionalTwinRow(QueryRow):
    """One row for each measure_id, area and sex."""

    QUERY: ClassVar[str] = "regional_twin"
    GRAIN: ClassVar[tuple[str, ...]] = ("measure_id", "area", "sex")

    measure_id: str
    name: str
    unit: str
    owner: str | None
    note: str | None
    year: int | None
    area: str | None
    sex: str | None
    value: float | None
    approximate: bool | None
    regional_number: int | None


@dataclass(frozen=True, slots=True)
class ReportChangesRow(QueryRow):
    """One row for each indicator_id."""

    QUERY: ClassVar[str] = "report_changes"
    GRAIN: ClassVar[tuple[str, ...]] = ("indicator_id",)

    indicator_id: str
    indicator: str
    goal_number: int
    measure: str
    counts: str
    unit: str
    direction: str
    before_numerator: int | None
    before_denominator: int | None
    before_value: float | None
    before_missing: str | None
    after_numerator: int | None
    after_denominator: int | None
    after_value: float | None
    after_missing: str | None
    varies: bool
    per: int | None
    organisations_both: int | None
    organisations_expected_both: int | None
    origin: str


@dataclass(frozen=True, slots=True)
class ReportGapsRow(QueryRow):
    """One row for each year and gap_id."""

    QUERY: ClassVar[str] = "report_gaps"
    GRAIN: ClassVar[tuple[str, ...]] = ("year", "gap_id")

    year: int
    gap_id: str
    rule: str
    severity: str
    goal_number: int | None
    title: str
    action: str
    since: date | None
    evidence_sha: str
    still_there: bool
    origin: str


@dataclass(frozen=True, slots=True)
class ReportSubmissionsRow(QueryRow):
    """One row for each object_type, object_id, organisation_id, year and period."""

    QUERY: ClassVar[str] = "report_submissions"
    GRAIN: ClassVar[tuple[str, ...]] = ("object_type", "object_id", "organisation_id", "year", "period")

    object_type: str
    object_id: str
    object: str
    organisation_id: str
    organisation: str
    year: int
    period: str
    submission_id: str | None
    received_on: date | None
    loaded_on: date | None
    origin: str


@dataclass(frozen=True, slots=True)
class ReportedViolenceRow(QueryRow):
    """One row for each year, kind and place."""

    QUERY: ClassVar[str] = "reported_violence"
    GRAIN: ClassVar[tuple[str, ...]] = ("year", "kind", "place")

    place: str
    kind: str
    organisation_id: str | None
    year: int
    count: int
    population: int | None
    rate_per_1000: float | None
    lower_95: float | None
    upper_95: float | None
    published_rate: float | None
    source: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class ReportingDetailsRow(QueryRow):
    """One row for each object_type and object_id."""

    QUERY: ClassVar[str] = "reporting_details"
    GRAIN: ClassVar[tuple[str, ...]] = ("object_type", "object_id")

    object_type: str
    object_id: str
    object: str
    goal_number: int
    received: bool
    state: str
    due: date
    received_on: date | None
    loaded_on: date | None
    version: int | None
    origin: str


@dataclass(frozen=True, slots=True)
class ReportingStateRow(QueryRow):
    """One row for each organisation_id."""

    QUERY: ClassVar[str] = "reporting_state"
    GRAIN: ClassVar[tuple[str, ...]] = ("organisation_id",)

    organisation_id: str
    organisation: str
    name: str
    kind: str
    expected: int
    received: int
    late: int
    to_come: int
    lapsed: int
    state: str
    due: date | None
    versions: int
    received_on: date | None
    loaded_on: date | None
    submission_id: str | None
    address: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class ResponsibilityGoalRow(QueryRow):
    """One row for each object_type, object_id and organisation_id."""

    QUERY: ClassVar[str] = "responsibility_goal"
    GRAIN: ClassVar[tuple[str, ...]] = ("object_type", "object_id", "organisation_id")

    object_type: str
    object_id: str
    object: str
    organisation_id: str | None
    organisation: str | None
    kind: str | None
    role: str | None
    duty_status: str | None
    expected: bool
    received: bool
    measure: str | None
    missing_reason: str | None
    status: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class ResponsibilityOverviewRow(QueryRow):
    """One row for each organisation_id and goal_id."""

    QUERY: ClassVar[str] = "responsibility_overview"
    GRAIN: ClassVar[tuple[str, ...]] = ("organisation_id", "goal_id")

    organisation_id: str
    organisation: str
    kind: str
    goal_id: str | None
    assigned: int
    expected: int
    received: int
    late: int
    origin: str


@dataclass(frozen=True, slots=True)
class SubmissionsOfObjectsRow(QueryRow):
    """One row for each object_id and year."""

    QUERY: ClassVar[str] = "submissions_of_objects"
    GRAIN: ClassVar[tuple[str, ...]] = ("object_id", "year")

    object_id: str
    year: int
    submissions: int
    first_told: list[str]
