"""The columns that the words of samlad.swedish.row_words ask of a row, whichever query it is of."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


class FigureRow(Protocol):
    """A row with a figure, and where it has none, with why: parts_reported of its parts have reported."""

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
    """A figure that is no row of its own: see FigureRow."""

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
    """A row with a figure and the one it is held against; comparison is how surely they differ, None untested."""

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
    """A row with a figure and its 95 % interval."""

    @property
    def value(self) -> float | None: ...
    @property
    def lower_95(self) -> float | None: ...
    @property
    def upper_95(self) -> float | None: ...
    @property
    def measure(self) -> str: ...


class RestRow(Protocol):
    """A row with the figure of the rest of the city."""

    @property
    def rest_value(self) -> float | None: ...
    @property
    def measure(self) -> str: ...
    @property
    def unit(self) -> str: ...


class TargetRow(Protocol):
    """A row with an årsmål, who set it, and the figure beside it."""

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
    """A row with the first and the last day that it holds; None is open."""

    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...
