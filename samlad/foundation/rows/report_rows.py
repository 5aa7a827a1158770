"""Rows of the queries in report/, generated from their headers: `python -m samlad.warehouse.row_types`."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from samlad.foundation.query_row import QueryRow


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
class SubmissionsOfObjectsRow(QueryRow):
    """One row for each object_id and year."""

    QUERY: ClassVar[str] = "submissions_of_objects"
    GRAIN: ClassVar[tuple[str, ...]] = ("object_id", "year")

    object_id: str
    year: int
    submissions: int
    first_told: list[str]
