"""Rows of the queries in goals/, generated from their headers: `python -m samlad.warehouse.row_types`."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from samlad.foundation.query_row import QueryRow


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
