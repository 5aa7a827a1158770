"""Rows of the queries in organisations/, generated from their headers: `python -m samlad.warehouse.row_types`."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from samlad.foundation.query_row import QueryRow


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
