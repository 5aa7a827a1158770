"""Rows of the queries in districts/, generated from their headers: `python -m samlad.warehouse.row_types`."""

from dataclasses import dataclass
from typing import ClassVar

from samlad.foundation.query_row import QueryRow


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
