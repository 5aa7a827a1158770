"""Rows of the queries in indicators/, generated from their headers: `python -m samlad.warehouse.row_types`."""

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
