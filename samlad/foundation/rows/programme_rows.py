"""Rows of the queries in programme/, generated from their headers: `python -m samlad.warehouse.row_types`."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from samlad.foundation.query_row import QueryRow


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
