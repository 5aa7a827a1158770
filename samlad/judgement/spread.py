"""Spread of units: excess over chance (Q), true spread (τ), and the change of τ between two years.

Two figures at a time belong in `comparisons`. Formulas, sources and worked values stand in docs/methods.md,
"Comparing districts".
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from samlad.foundation.errors import DomainError
from samlad.judgement.comparisons import level
from samlad.judgement.statistics import Interval

FEWEST_UNITS = 8
FEWEST_EXPECTED = 5
"""Least expected hits, and misses, of each unit for Q and τ; τ also takes FEWEST_UNITS units."""

POSSIBLE, CERTAIN = 0.05, 0.002
"""Tails beyond 95 and beyond 99.8 per cent."""

WIDEST_TAU2 = 1e6

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Spread:
    """True spread of units: tau, a standard deviation on the logit scale, with its interval at both levels."""

    tau: float
    possible: Interval
    certain: Interval

    @property
    def is_clear(self) -> bool:
        """True if the 95 per cent interval stays clear of 0."""
        return self.possible.lower > 0


def pooled_share(xs: Sequence[int], ns: Sequence[int]) -> float:
    """Return the share of all units together, from counts, 0 to 1.

    Raises DomainError when the denominators sum to 0.
    """
    if sum(ns) <= 0:
        raise DomainError("No pooled share of nobody.")
    return sum(xs) / sum(ns)


def excess(xs: Sequence[int], ns: Sequence[int]) -> str | None:
    """Return more, maybe_more or none for shares xs/ns against chance; None when the counts are too small.

    Q, the sum of squared z against the pooled share, beyond the 99.8 or the 95 per cent point of chi-square. Too small:
    fewer than two units, or a unit where the pooled share expects fewer than FEWEST_EXPECTED hits or misses.

    Raises DomainError when the denominators sum to 0.
    Source: docs/methods.md, "Comparing districts" (Pearson 1900; Spiegelhalter 2005).

    >>> excess([10, 20, 30], [50, 50, 50]), excess([18, 20, 22], [50, 50, 50]), excess([1, 2, 3], [5, 5, 5])
    ('more', 'none', None)
    """
    share = pooled_share(xs, ns)
    if len(xs) < 2 or min(ns) * min(share, 1 - share) < FEWEST_EXPECTED:
        return None
    q = math.fsum((x - n * share) ** 2 / (n * share * (1 - share)) for x, n in zip(xs, ns, strict=True))
    return _beyond(q, len(xs) - 1)


def rate_excess(xs: Sequence[int], exposures: Sequence[float]) -> str | None:
    """Return more, maybe_more or none for rates against chance; None when the counts are too small.

    Q as in `excess`, against the counts that the pooled rate expects; too small: fewer than two units, or an expected
    count below FEWEST_EXPECTED. exposures share one unit.
    Source: docs/methods.md, "Comparing districts" (more than chance).
    """
    rate = sum(xs) / sum(exposures)
    if len(xs) < 2 or min(exposures) * rate < FEWEST_EXPECTED:
        return None
    q = math.fsum((x - exposure * rate) ** 2 / (exposure * rate) for x, exposure in zip(xs, exposures, strict=True))
    return _beyond(q, len(xs) - 1)


def _beyond(q: float, freedom: int) -> str:
    if q > chi_square_point(freedom, CERTAIN):
        return "more"
    return "maybe_more" if q > chi_square_point(freedom, POSSIBLE) else "none"


@lru_cache(maxsize=1_000)
def chi_square_point(freedom: int, tail: float) -> float:
    """Return the chi-square value that leaves the probability tail beyond it.

    >>> round(chi_square_point(10, 0.05), 3), round(chi_square_point(10, 0.002), 3)
    (18.307, 27.722)
    """
    lower, upper = 0.0, 2.0 * freedom + 100.0
    while (middle := (lower + upper) / 2) not in (lower, upper):
        lower, upper = (middle, upper) if _chi_square_tail(middle, freedom) > tail else (lower, middle)
    return middle


def _chi_square_tail(q: float, freedom: int) -> float:
    """Return the chi-square probability beyond q, by the closed form for whole degrees of freedom."""
    half = q / 2
    if half <= 0:
        return 1.0
    first = 0.0 if freedom % 2 == 0 else 0.5
    steps = np.arange(first, freedom / 2)
    logarithms = -half + steps * math.log(half) - np.array([math.lgamma(step + 1) for step in steps])
    return (math.erfc(math.sqrt(half)) if first else 0.0) + math.fsum(np.exp(logarithms))


def spread(xs: Sequence[int], ns: Sequence[int]) -> Spread | None:
    """Return τ of shares xs/ns on the logit scale, with its interval; None when the counts are too small.

    Too small: fewer than FEWEST_UNITS units, or a unit where the pooled share expects fewer than FEWEST_EXPECTED hits
    or misses. A unit with an empty cell has 0.5 added to both of its cells.

    Raises DomainError when the denominators sum to 0.
    Source: docs/methods.md, "Comparing districts" (Paule & Mandel 1982; Viechtbauer 2007 for the interval).
    """
    share = pooled_share(xs, ns)
    if len(xs) < FEWEST_UNITS or min(ns) * min(share, 1 - share) < FEWEST_EXPECTED:
        return None
    effects, variances = logits(xs, ns)
    possible, certain = (Interval(*map(math.sqrt, q_profile(effects, variances, tail))) for tail in (POSSIBLE, CERTAIN))
    return Spread(math.sqrt(paule_mandel(effects, variances)), possible, certain)


def spread_change(before: Spread, after: Spread) -> str:
    """Return the change of τ since before: higher, maybe_higher, none, maybe_lower or lower.

    The interval of the difference is combined from the intervals of both taus, as Newcombe's from those of two shares.
    Source: docs/methods.md, "Comparing districts" (Zou & Donner 2008).
    """
    possible = _difference(before.tau, before.possible, after.tau, after.possible)
    return level(possible, _difference(before.tau, before.certain, after.tau, after.certain), 0)


def _difference(before: float, around_before: Interval, after: float, around_after: Interval) -> Interval:
    return Interval(
        after - before - math.hypot(after - around_after.lower, around_before.upper - before),
        after - before + math.hypot(around_after.upper - after, before - around_before.lower),
    )


def logits(xs: Sequence[int], ns: Sequence[int]) -> tuple[Numbers, Numbers]:
    """Return the log odds of shares xs/ns and their variances; 0.5 goes to both cells beside an empty cell."""
    hits = np.asarray(xs, dtype=float)
    misses = np.asarray(ns, dtype=float) - hits
    added = np.where((hits == 0) | (misses == 0), 0.5, 0.0)
    hits, misses = hits + added, misses + added
    return np.log(hits / misses), 1 / hits + 1 / misses


def paule_mandel(effects: Numbers, variances: Numbers) -> float:
    """Return τ², the variance between units that leaves only chance; 0 when chance is enough.

    effects share one scale, variances are in that scale squared.
    Source: docs/methods.md, "Comparing districts" (Paule & Mandel 1982).
    """
    return _where_q_is(len(effects) - 1, effects, variances)


def q_profile(effects: Numbers, variances: Numbers, tail: float = POSSIBLE) -> tuple[float, float]:
    """Return the interval of τ²: every variance between units that Q does not reject.

    effects share one scale, variances are in that scale squared; tail is the probability left outside, 0 to 1.
    Source: docs/methods.md, "Comparing districts" (Viechtbauer 2007).
    """
    freedom = len(effects) - 1
    highest, lowest = (chi_square_point(freedom, beyond) for beyond in (tail / 2, 1 - tail / 2))
    return _where_q_is(highest, effects, variances), _where_q_is(lowest, effects, variances)


def _where_q_is(wanted: float, effects: Numbers, variances: Numbers) -> float:
    """Return the τ² at which the weighted sum of squares falls to wanted; 0 when already below."""

    def q(tau2: float) -> float:
        weights = 1 / (variances + tau2)
        return float(weights @ (effects - weights @ effects / weights.sum()) ** 2)

    lower, upper = 0.0, 1.0
    if q(lower) <= wanted:
        return 0.0
    while q(upper) > wanted and upper < WIDEST_TAU2:
        upper *= 2
    while (middle := (lower + upper) / 2) not in (lower, upper):
        lower, upper = (middle, upper) if q(middle) > wanted else (lower, middle)
    return middle
