"""Rows of the queries in reporting/, generated from their headers: `python -m samlad.warehouse.row_types`."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from samlad.foundation.query_row import QueryRow


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
