"""Rows of Stadsdelar: rows of its queries, joined with other facts on each district.

Words and drawings belong in the other modules of this folder.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Protocol

from samlad.foundation.rows import DistrictChangesRow, DistrictComparisonRow, DistrictSexesRow
from samlad.judgement.comparisons import TestedRow
from samlad.swedish.row_kinds import ComparedRow


class DistrictRow(ComparedRow, TestedRow, Protocol):
    """A district's figure with its comparison, and the clusters of its cases."""

    @property
    def district(self) -> str: ...
    @property
    def numerator(self) -> int | None: ...
    @property
    def denominator(self) -> int | None: ...
    @property
    def rest_denominator(self) -> int | None: ...
    @property
    def comparison(self) -> str | None: ...
    @property
    def measure(self) -> str: ...
    @property
    def cluster(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class ComparedDistrict(DistrictComparisonRow):
    """A row of district_comparison, with the district's earlier year and its outcome against the year's årsmål.

    Unknown values are None. outcome is met or missed, None where not tested.
    """

    earlier_value: float | None = None
    earlier_numerator: int | None = None
    earlier_denominator: int | None = None
    earlier_comparison: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class WomenBesideMen(DistrictSexesRow):
    """The women of a district, with its men instead of the rest of the city."""

    rest_value: float | None = None
    rest_numerator: int | None = None
    rest_denominator: int | None = None
    comparison: str | None = None
    cluster: str | None = None


def compared(rows: Iterable[DistrictComparisonRow], changes: Iterable[DistrictChangesRow]) -> list[ComparedDistrict]:
    """Return the rows of the comparison with each district's earlier year."""
    held = {row.organisation_id: row for row in changes}
    return [_with_earlier(row, held.get(row.organisation_id)) for row in rows]


def _with_earlier(row: DistrictComparisonRow, then: DistrictChangesRow | None) -> ComparedDistrict:
    if then is None:
        return ComparedDistrict(**columns(row))
    return ComparedDistrict(
        **columns(row),
        earlier_value=then.earlier_value,
        earlier_numerator=then.earlier_numerator,
        earlier_denominator=then.earlier_denominator,
        earlier_comparison=then.earlier_comparison,
    )


def columns(row: DistrictComparisonRow | DistrictSexesRow) -> dict[str, Any]:
    """Return a row's values by column."""
    return {field.name: getattr(row, field.name) for field in fields(row)}
