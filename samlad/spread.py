"""How units differ: what chance alone explains, what it does not, and how many would be flagged by chance.

Formulas, sources and worked values stand in docs/methods.md, "Comparing districts".
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from samlad.errors import DomainError
from samlad.statistics import Z95

FEWEST_UNITS = 8
FEWEST_EXPECTED = 5
"""The spread of units is told for at least this many, each expected to have this many hits and as many misses."""

WIDEST_TAU2 = 1e6

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Spread:
    """How far units truly differ: tau, a standard deviation on the logit scale, with its 95 per cent interval."""

    tau: float
    lower: float
    upper: float

    @property
    def is_certain(self) -> bool:
        """Whether the interval stays clear of 0: the differences are more than chance."""
        return self.lower > 0


def pooled_share(xs: Sequence[int], ns: Sequence[int]) -> float:
    """The share of all units together, from counts, 0 to 1. Raises DomainError when there is nobody to count."""
    if sum(ns) <= 0:
        raise DomainError("No pooled share of nobody.")
    return sum(xs) / sum(ns)


def overdispersion(xs: Sequence[int], ns: Sequence[int]) -> float | None:
    """φ: the mean square of the units' z against their pooled share; 1 is chance alone, more is "more than chance".

    None when all or none have what is counted, or there are fewer than two units.
    Source: Spiegelhalter 2005.

    >>> overdispersion([10, 20, 30], [50, 50, 50])
    5.555555555555556
    """
    share = pooled_share(xs, ns)
    if len(xs) < 2 or share in (0, 1):
        return None
    squares = ((x - n * share) ** 2 / (n * share * (1 - share)) for x, n in zip(xs, ns, strict=True))
    return math.fsum(squares) / len(xs)


def count_overdispersion(xs: Sequence[int], exposures: Sequence[float]) -> float | None:
    """φ for rates: the same against the counts that the pooled rate expects; None when nothing was counted.

    Source: Spiegelhalter 2005.
    """
    rate = sum(xs) / sum(exposures)
    if len(xs) < 2 or rate == 0:
        return None
    squares = ((x - exposure * rate) ** 2 / (exposure * rate) for x, exposure in zip(xs, exposures, strict=True))
    return math.fsum(squares) / len(xs)


def spread(xs: Sequence[int], ns: Sequence[int]) -> Spread | None:
    """τ of shares xs/ns on the logit, with its interval; None when the numbers are too small to tell.

    Too small: fewer than FEWEST_UNITS units, or one where the pooled share expects fewer than FEWEST_EXPECTED hits or
    misses. A unit with an empty cell has 0.5 added to both of its cells.
    Source: Paule & Mandel 1982; Viechtbauer 2007 for the interval.
    """
    share = pooled_share(xs, ns)
    if len(xs) < FEWEST_UNITS or min(ns) * min(share, 1 - share) < FEWEST_EXPECTED:
        return None
    effects, variances = logits(xs, ns)
    lower, upper = q_profile(effects, variances)
    return Spread(math.sqrt(paule_mandel(effects, variances)), math.sqrt(lower), math.sqrt(upper))


def logits(xs: Sequence[int], ns: Sequence[int]) -> tuple[Numbers, Numbers]:
    """The log odds of shares xs/ns and their variances; 0.5 is added to the cells of a unit that has an empty one."""
    hits = np.asarray(xs, dtype=float)
    misses = np.asarray(ns, dtype=float) - hits
    added = np.where((hits == 0) | (misses == 0), 0.5, 0.0)
    hits, misses = hits + added, misses + added
    return np.log(hits / misses), 1 / hits + 1 / misses


def paule_mandel(effects: Numbers, variances: Numbers) -> float:
    """τ²: the variance between units at which what is left looks like chance; 0 when chance is enough.

    effects share one scale, variances are theirs squared.
    Source: Paule & Mandel 1982.
    """
    return _where_q_is(len(effects) - 1, effects, variances)


def q_profile(effects: Numbers, variances: Numbers) -> tuple[float, float]:
    """The 95 per cent interval of τ²: every variance between units that the differences do not speak against.

    Source: Viechtbauer 2007.
    """
    freedom = len(effects) - 1
    highest, lowest = special.chdtri(freedom, 0.025), special.chdtri(freedom, 0.975)
    return _where_q_is(float(highest), effects, variances), _where_q_is(float(lowest), effects, variances)


def _where_q_is(wanted: float, effects: Numbers, variances: Numbers) -> float:
    """The τ² at which the weighted sum of squares falls to what is wanted; 0 when it is below from the start."""

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


def false_flags(ns: Sequence[int], share: float, z: float = Z95) -> float:
    """How many units of sizes ns Newcombe's interval would set apart from the rest, if all truly had the same share.

    Each unit is held against the rest of them; the number is exact, summed over what could be drawn.
    Raises DomainError unless there are two units and share is 0 to 1.
    """
    if len(ns) < 2 or not 0 <= share <= 1:
        raise DomainError(f"No false flags among {len(ns)} units at a share of {share}.")
    return _false_flags(tuple(ns), share, z)


@lru_cache(maxsize=2_000)
def _false_flags(ns: tuple[int, ...], share: float, z: float) -> float:
    together = sum(ns)
    return math.fsum(_flagged_share(n, together - n, share, z) for n in ns)


def false_rate_flags(exposures: Sequence[float], total: int, z: float = Z95) -> float:
    """The same for rates: how many units the conditional ratio would set apart, of `total` events over the exposures.

    Raises DomainError unless there are two units.
    """
    if len(exposures) < 2:
        raise DomainError("No false flags without a rest to be held against.")
    return _false_rate_flags(tuple(exposures), total, z)


@lru_cache(maxsize=2_000)
def _false_rate_flags(exposures: tuple[float, ...], total: int, z: float) -> float:
    together = sum(exposures)
    drawn = np.arange(total + 1)
    lower, upper = _wilson(drawn, total, z)
    return math.fsum(
        float(
            _probabilities(drawn, total, exposure / together)[
                (lower > exposure / together) | (upper < exposure / together)
            ].sum()
        )
        for exposure in exposures
    )


def _flagged_share(n: int, rest: int, share: float, z: float) -> float:
    """The probability that a unit of n and a rest, of one true share, are set apart by Newcombe's interval."""
    drawn = _likely(n, share)
    fewest = _first(lambda others: _newcombe(others, rest, drawn, n, z)[1] < 0, drawn, rest)
    most = _first(lambda others: _newcombe(others, rest, drawn, n, z)[0] <= 0, drawn, rest) - 1
    too_high = np.where(most < 0, 0.0, special.bdtr(np.maximum(most, 0), rest, share))
    too_low = np.where(
        fewest > rest, 0.0, 1 - np.where(fewest > 0, special.bdtr(np.maximum(fewest - 1, 0), rest, share), 0)
    )
    return float(_probabilities(drawn, n, share) @ (too_high + too_low))


def _likely(n: int, share: float) -> NDArray[np.int64]:
    """The counts out of n that are not hopelessly rare."""
    reach = 9 * math.sqrt(n * share * (1 - share)) + 9
    return np.arange(max(0, math.floor(n * share - reach)), min(n, math.ceil(n * share + reach)) + 1)


def _first(
    holds: Callable[[NDArray[np.int64]], NDArray[np.bool_]], drawn: NDArray[np.int64], rest: int
) -> NDArray[np.int64]:
    """For each count drawn, the count of the rest from which on something holds; rest + 1 when it never does."""
    lower, upper = np.full_like(drawn, -1), np.full_like(drawn, rest + 1)
    while (upper - lower > 1).any():
        middle = (lower + upper) // 2
        found = holds(np.clip(middle, 0, rest)) & (middle >= 0)
        lower, upper = np.where(found, lower, middle), np.where(found, middle, upper)
    return upper


def _probabilities(x: NDArray[np.int64], n: int, share: float) -> Numbers:
    """The binomial probability of each count."""
    ways = special.gammaln(n + 1) - special.gammaln(x + 1) - special.gammaln(n - x + 1)
    return np.asarray(np.exp(ways + special.xlogy(x, share) + special.xlogy(n - x, 1 - share)))


def _wilson(x: NDArray[np.int64], n: int, z: float) -> tuple[Numbers, Numbers]:
    spread_of = z * np.sqrt(z * z + 4 * x * (1 - x / n))
    return (
        np.where(x == 0, 0.0, (2 * x + z * z - spread_of) / (2 * (n + z * z))),
        np.where(x == n, 1.0, (2 * x + z * z + spread_of) / (2 * (n + z * z))),
    )


def _newcombe(x1: NDArray[np.int64], n1: int, x2: NDArray[np.int64], n2: int, z: float) -> tuple[Numbers, Numbers]:
    (lower1, upper1), (lower2, upper2) = _wilson(x1, n1, z), _wilson(x2, n2, z)
    share1, share2 = x1 / n1, x2 / n2
    return (
        share2 - share1 - np.hypot(share2 - lower2, upper1 - share1),
        share2 - share1 + np.hypot(upper2 - share2, share1 - lower1),
    )
