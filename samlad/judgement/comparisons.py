"""Comparisons of two figures: how surely they differ, and how often chance alone would flag a difference.

A district against the rest of the city, against itself a year before, women against men: all by the same two levels,
95 and 99.8 per cent. Figures against an årsmål belong in `verdicts`, all districts at once in `spread`. The closed
forms are those of queries/macros.sql, and a test holds the two to each other. Formulas and sources stand in
docs/methods.md, "Comparing districts".
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from samlad.foundation.errors import DomainError
from samlad.judgement import statistics
from samlad.judgement.statistics import Z95, Z998, Interval

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]

COMPARED = ("share", "rate")
"""Measures whose figures can be compared; the others have no counts that chance moves."""


@dataclass(frozen=True)
class Contrast:
    """Contrast between two counted figures of one measure: a figure and the other figure it is compared with.

    shown_from is the protection threshold: the least numerator that is published, and for a share the least remainder
    (denominator minus numerator); 0 where nothing is hidden. Only published figures are compared, so chance is
    conditioned on both figures being published.

    Raises DomainError for a measure outside COMPARED, or a denominator that is not positive.
    """

    measure: str
    numerator: int
    denominator: int
    other_numerator: int
    other_denominator: int
    shown_from: int = 0
    other_shown_from: int = 0

    def __post_init__(self) -> None:
        if self.measure not in COMPARED or self.denominator <= 0 or self.other_denominator <= 0:
            raise DomainError(f"Nothing to compare by: {self}.")

    @property
    def standing(self) -> str | None:
        """Standing of the figure: higher, maybe_higher, none, maybe_lower or lower; None for two zero rates.

        >>> Contrast("share", 56, 70, 48, 80).standing
        'maybe_higher'
        """
        numbers = (self.other_numerator, self.other_denominator, self.numerator, self.denominator)
        if self.measure == "share":
            return level(statistics.newcombe(*numbers, Z95), statistics.newcombe(*numbers, Z998), 0)
        if self.numerator + self.other_numerator == 0:
            return None
        return level(statistics.rate_ratio(*numbers, Z95), statistics.rate_ratio(*numbers, Z998), 1)


class TestedRow(Protocol):
    """Row with a figure, the counts it is compared with, and the result of the test."""

    @property
    def measure(self) -> str: ...
    @property
    def counts(self) -> str: ...
    @property
    def numerator(self) -> int | None: ...
    @property
    def denominator(self) -> int | None: ...
    @property
    def rest_numerator(self) -> int | None: ...
    @property
    def rest_denominator(self) -> int | None: ...
    @property
    def comparison(self) -> str | None: ...


def of_row(row: TestedRow, shown_from: int, other_shown_from: int = 0) -> Contrast | None:
    """Return the contrast behind a row's comparison; None where nothing was tested.

    The other figure is rest_numerator of rest_denominator, whatever these are of. shown_from is the threshold for
    persons, other_shown_from the threshold of the other figure where that is protected by itself. Two plain counts are
    rates with an exposure of one year each.

    Raises DomainError as Contrast does.
    """
    numerator, rest = row.numerator, row.rest_numerator
    if row.comparison is None or numerator is None or rest is None:
        return None
    is_plain = row.measure == "count"
    is_hidden = row.counts == "persons"
    return Contrast(
        "rate" if is_plain else row.measure,
        numerator,
        1 if is_plain else row.denominator or 0,
        rest,
        1 if is_plain else row.rest_denominator or 0,
        shown_from if is_hidden else 0,
        other_shown_from if is_hidden else 0,
    )


def level(possible: Interval, certain: Interval, same: float) -> str:
    """Return higher, maybe_higher, none, maybe_lower or lower from the intervals of a difference.

    possible is the 95 per cent interval, certain the 99.8; same is the value that means no difference: 0 for a
    difference, 1 for a ratio.
    Source: docs/methods.md, "What is said of an indicator" (two levels).
    """
    if not certain.holds(same):
        return "higher" if certain.lower > same else "lower"
    if not possible.holds(same):
        return "maybe_higher" if possible.lower > same else "maybe_lower"
    return "none"


def full_standing(value: float, other: float, denominator: float, other_denominator: float, per: float = 1) -> str:
    """Return over, under or same for two full counts; same within the worth of one counted unit.

    value and other are in the indicator's unit, per is the base of a rate. One unit is worth most in the smaller
    denominator. No test: chance decides nothing in a full count.
    Source: docs/methods.md, "Comparing districts" (full counts).

    >>> full_standing(9 / 12, 0.80, 12, 140), full_standing(8 / 12, 0.80, 12, 140)
    ('same', 'under')
    """
    worth = per / min(denominator, other_denominator)
    if abs(value - other) < worth * (1 - 1e-9):
        return "same"
    return "over" if value > other else "under"


@dataclass(frozen=True)
class ByChance:
    """Number of contrasts, and the expected number that chance alone would flag, at both levels.

    possible counts every flag beyond 95 per cent, certain every flag beyond 99.8; cases are taken to be independent.
    """

    contrasts: int
    possible: float
    certain: float


def by_chance(contrasts: Iterable[Contrast]) -> ByChance:
    """Add up the probability of a false flag over contrasts, both figures drawn from their common level.

    Source: docs/methods.md, "Comparing districts" (false flags).
    """
    held = list(contrasts)
    return ByChance(
        len(held),
        math.fsum(flagged(one, Z95) for one in held),
        math.fsum(flagged(one, Z998) for one in held),
    )


@lru_cache(maxsize=20_000)
def flagged(contrast: Contrast, z: float) -> float:
    """Return the probability, 0 to 1, that chance alone flags a contrast whose figures are both published.

    z sets the level. Exact: binomial probabilities of the two counts, for rates of one count given their sum, added up
    over all pairs that the interval flags and divided by the probability of being published.
    Source: docs/methods.md, "Comparing districts" (false flags).

    >>> round(flagged(Contrast("share", 18, 60, 180, 600), 1.959964), 4)
    0.0496
    """
    if contrast.measure == "rate":
        return _flagged_rate(contrast, z)
    n, others = contrast.denominator, contrast.other_denominator
    share = (contrast.numerator + contrast.other_numerator) / (n + others)
    drawn, probable = _shown(n, share, contrast.shown_from)
    rest, rest_probable = _shown(others, share, contrast.other_shown_from)
    if not drawn.size or not rest.size:
        return 0.0
    at_most = np.concatenate([[0.0], np.cumsum(rest_probable)])
    below = _first(lambda y: _newcombe(y, others, drawn, n, z)[0] <= 0, drawn, others)
    above = _first(lambda y: _newcombe(y, others, drawn, n, z)[1] < 0, drawn, others)
    too_high = at_most[np.clip(below - rest[0], 0, rest.size)]
    too_low = at_most[-1] - at_most[np.clip(above - rest[0], 0, rest.size)]
    return float(probable @ (too_high + too_low))


def _flagged_rate(contrast: Contrast, z: float) -> float:
    total = contrast.numerator + contrast.other_numerator
    part = contrast.denominator / (contrast.denominator + contrast.other_denominator)
    if total == 0:
        return 0.0
    drawn, probable = _shown(total, part, 0)
    is_shown = (drawn >= contrast.shown_from) & (total - drawn >= contrast.other_shown_from)
    if not (probable @ is_shown):
        return 0.0
    lower, upper = _wilson(drawn, total, z)
    return float(probable @ (is_shown & ((lower > part) | (upper < part))) / (probable @ is_shown))


def _shown(n: int, share: float, shown_from: int) -> tuple[Whole, Numbers]:
    """Return the published counts out of n within nine standard deviations, and their probabilities (sum 1)."""
    reach = 9 * math.sqrt(n * share * (1 - share)) + 9
    first = min(max(0, math.floor(n * share - reach), shown_from), n)
    last = max(min(n, math.ceil(n * share + reach), n - shown_from), 0)
    drawn = np.arange(first, last + 1)
    probable = _probabilities(drawn, n, share)
    whole = float(probable.sum())
    return (drawn, probable / whole) if whole > 0 else (drawn[:0], probable[:0])


def _first(holds: Callable[[Whole], NDArray[np.bool_]], drawn: Whole, most: int) -> Whole:
    """Return, for each count drawn, the least other count at which `holds` is true; most + 1 if none."""
    lower, upper = np.full_like(drawn, -1), np.full_like(drawn, most + 1)
    while (upper - lower > 1).any():
        middle = (lower + upper) // 2
        found = holds(np.clip(middle, 0, most)) & (middle >= 0)
        lower, upper = np.where(found, lower, middle), np.where(found, middle, upper)
    return upper


def _probabilities(x: Whole, n: int, share: float) -> Numbers:
    """Return the binomial probability of each count."""
    if share in (0, 1):
        return np.asarray(x == n * share, dtype=float)
    ways = _log_factorials(np.array([n])) - _log_factorials(x) - _log_factorials(n - x)
    return np.asarray(np.exp(ways + x * math.log(share) + (n - x) * math.log1p(-share)))


_EXACT = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, 64)))])


def _log_factorials(k: Whole) -> Numbers:
    """Return ln k! of each count, from a table below 64 and Stirling's series above."""
    large = np.maximum(k, len(_EXACT) - 1).astype(float)
    series = 1 / (12 * large) - 1 / (360 * large**3) + 1 / (1260 * large**5)
    stirling = (large + 0.5) * np.log(large) - large + 0.5 * math.log(2 * math.pi) + series
    return np.where(k < len(_EXACT), _EXACT[np.minimum(k, len(_EXACT) - 1)], stirling)


def _wilson(x: Whole, n: int, z: float) -> tuple[Numbers, Numbers]:
    spread_of = z * np.sqrt(z * z + 4 * x * (1 - x / n))
    return (
        np.where(x == 0, 0.0, (2 * x + z * z - spread_of) / (2 * (n + z * z))),
        np.where(x == n, 1.0, (2 * x + z * z + spread_of) / (2 * (n + z * z))),
    )


def _newcombe(x1: Whole, n1: int, x2: Whole, n2: int, z: float) -> tuple[Numbers, Numbers]:
    (lower1, upper1), (lower2, upper2) = _wilson(x1, n1, z), _wilson(x2, n2, z)
    share1, share2 = x1 / n1, x2 / n2
    return (
        share2 - share1 - np.hypot(share2 - lower2, upper1 - share1),
        share2 - share1 + np.hypot(upper2 - share2, share1 - lower1),
    )
