"""Rows of the queries in responsibility/, generated from their headers: `python -m samlad.warehouse.row_types`."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from samlad.foundation.query_row import QueryRow


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
