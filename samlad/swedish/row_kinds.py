"""Protocols for the columns that `row_words` needs of a row, whichever query it belongs to.

Row classes of single queries belong in samlad/foundation/rows.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


class FigureRow(Protocol):
    """Row with a figure or its missing reason; parts_reported of its parts have reported."""

    @property
    def value(self) -> float | None: ...
    @property
    def numerator(self) -> int | None: ...
    @property
    def denominator(self) -> int | None: ...
    @property
    def measure(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def counts(self) -> str: ...
    @property
    def missing_reason(self) -> str | None: ...
    @property
    def rebuilt(self) -> str | None: ...
    @property
    def parts(self) -> int | None: ...
    @property
    def parts_reported(self) -> int | None: ...


@dataclass(frozen=True)
class PlainFigure:
    """Figure that is no row of a query: see FigureRow."""

    value: float | None
    numerator: int | None
    denominator: int | None
    measure: str
    unit: str
    counts: str = ""
    missing_reason: str | None = None
    rebuilt: str | None = None
    parts: int | None = None
    parts_reported: int | None = None


class ComparedRow(Protocol):
    """Row with a figure and the figure it is compared with; comparison is None where untested."""

    @property
    def value(self) -> float | None: ...
    @property
    def denominator(self) -> int | None: ...
    @property
    def rest_value(self) -> float | None: ...
    @property
    def rest_denominator(self) -> int | None: ...
    @property
    def comparison(self) -> str | None: ...
    @property
    def measure(self) -> str: ...
    @property
    def per(self) -> int | None: ...
    @property
    def varies(self) -> bool: ...
    @property
    def direction(self) -> str: ...


class IntervalRow(Protocol):
    """Row with a figure and its 95 % interval."""

    @property
    def value(self) -> float | None: ...
    @property
    def lower_95(self) -> float | None: ...
    @property
    def upper_95(self) -> float | None: ...
    @property
    def measure(self) -> str: ...


class RestRow(Protocol):
    """Row with the figure of the rest of the city."""

    @property
    def rest_value(self) -> float | None: ...
    @property
    def measure(self) -> str: ...
    @property
    def unit(self) -> str: ...


class TargetRow(Protocol):
    """Row with an årsmål, its setter (kf or namnd), and the figure beside it."""

    @property
    def value(self) -> float | None: ...
    @property
    def target(self) -> float | None: ...
    @property
    def target_set_by(self) -> str | None: ...
    @property
    def measure(self) -> str: ...
    @property
    def unit(self) -> str: ...


class ValidRow(Protocol):
    """Row with its first and last day of validity; None is open."""

    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...
