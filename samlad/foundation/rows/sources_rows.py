"""Rows of the queries in sources/, generated from their headers: `python -m samlad.warehouse.row_types`."""

from dataclasses import dataclass
from typing import ClassVar

from samlad.foundation.query_row import QueryRow


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
