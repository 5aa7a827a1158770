"""Statistics that verdicts rest on: intervals, pace, trend, and the number of cases needed.

Functions take plain numbers; indicators, årsmål and pages do not belong here. The closed forms are those of
queries/macros.sql, and a test holds the two to each other. Formulas, sources and worked values stand in
docs/methods.md, "Intervals" and "What is said of an indicator".
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from samlad.foundation.errors import DomainError

Z95 = 1.959963984540054
"""z of a two-sided interval of 95 per cent."""

Z998 = 3.090232306167813
"""z of a two-sided interval of 99.8 per cent."""

EXACT_BELOW = 10
"""Counts below this have exact Poisson intervals."""

TREND_POINTS = 5
TREND_LIMIT = Z998**2
"""The chi-square beyond which a trend is certain at 99.8 per cent: 9.5495."""

TREND_POSSIBLE = Z95**2
"""The chi-square beyond which a trend is possible, at 95 per cent: 3.8415."""

MOST_TIMES = 1 << 40
"""The most times as many cases that a search tries; beyond this, more cases do not help."""


class Certainty(StrEnum):
    """Certainty of a difference: beyond 99.8 per cent, beyond 95, or neither; the same levels everywhere."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    NONE = "none"


@dataclass(frozen=True)
class Interval:
    """Lower and upper end of an interval, in the unit of its figure."""

    lower: float
    upper: float

    def holds(self, value: float) -> bool:
        """Return True if a value lies within, the ends included."""
        return self.lower <= value <= self.upper


def wilson(x: float, n: float, z: float = Z95) -> Interval:
    """Return Wilson's interval of the share x/n, 0 to 1.

    Raises DomainError unless 0 <= x <= n and n > 0.
    Source: docs/methods.md, "Intervals" (Wilson 1927; Newcombe & Altman 2000).

    >>> wilson(3, 8)
    Interval(lower=0.13684428582359737, upper=0.6942576053973727)
    """
    if not (n > 0 and 0 <= x <= n):
        raise DomainError(f"No share: {x} of {n}.")
    middle = 2 * x + z * z
    spread = z * math.sqrt(z * z + 4 * x * (1 - x / n))
    whole = 2 * (n + z * z)
    return Interval(
        0.0 if x == 0 else (middle - spread) / whole,
        1.0 if x == n else (middle + spread) / whole,
    )


def byar(x: float, z: float = Z95) -> Interval:
    """Return Byar's interval of the count x, in events; good from 10 upwards.

    Raises DomainError unless x > 0.
    Source: docs/methods.md, "Intervals" (Breslow & Day 1987).
    """
    if x <= 0:
        raise DomainError(f"Byar's interval needs a count above 0, not {x}.")
    lower = x * (1 - 1 / (9 * x) - z / (3 * math.sqrt(x))) ** 3
    after = x + 1
    upper = after * (1 - 1 / (9 * after) + z / (3 * math.sqrt(after))) ** 3
    return Interval(lower, upper)


def poisson(x: int, z: float = Z95) -> Interval:
    """Return the exact Poisson interval of the count x, in events; each end leaves half the doubt outside.

    Computed by halving on the Poisson distribution itself. The look-up in queries/macros.sql holds the same values.
    Raises DomainError unless x is a whole number from 0.
    Source: docs/methods.md, "Intervals" (Garwood 1936).

    >>> round(poisson(5).lower, 4), round(poisson(5).upper, 4)
    (1.6235, 11.6683)
    """
    if x < 0 or x != int(x):
        raise DomainError(f"No count: {x}.")
    doubt = math.erfc(z / math.sqrt(2)) / 2
    highest = x + 10 * z * math.sqrt(x + 1) + 10 * z * z
    upper = _halved(lambda mean: _poisson_at_most(int(x), mean) - doubt, 0.0, highest)
    if x == 0:
        return Interval(0.0, upper)
    return Interval(_halved(lambda mean: 1 - doubt - _poisson_at_most(int(x) - 1, mean), 0.0, x, rising=True), upper)


def count_interval(x: int, z: float = Z95) -> Interval:
    """Return the interval of the count x, in events: exact Poisson below EXACT_BELOW, Byar's from there.

    Raises DomainError unless x is a whole number from 0.
    Source: docs/methods.md, "Intervals".
    """
    return poisson(x, z) if x < EXACT_BELOW else byar(x, z)


def newcombe(x1: float, n1: float, x2: float, n2: float, z: float = Z95) -> Interval:
    """Return Newcombe's score interval of the difference x2/n2 - x1/n1, -1 to 1.

    Raises DomainError as `wilson` does.
    Source: docs/methods.md, "Intervals" (Newcombe 1998, method 10).

    >>> interval = newcombe(48, 80, 56, 70)
    >>> round(interval.lower, 4), round(interval.upper, 4)
    (0.0524, 0.3339)
    """
    first, second = wilson(x1, n1, z), wilson(x2, n2, z)
    share1, share2 = x1 / n1, x2 / n2
    return Interval(
        share2 - share1 - math.hypot(share2 - second.lower, first.upper - share1),
        share2 - share1 + math.hypot(second.upper - share2, share1 - first.lower),
    )


def rate_ratio(x1: float, e1: float, x2: float, e2: float, z: float = Z95) -> Interval:
    """Return the interval of the ratio (x2/e2) / (x1/e1), no unit; infinite above when x1 is 0.

    Conditional on x1 + x2, Wilson's interval of x2's part, turned into a ratio. Two plain counts have exposures of 1.
    Raises DomainError when nothing was counted in either, or an exposure is not positive.
    Source: docs/methods.md, "Intervals" (Przyborowski & Wilenski 1940, in score form).
    """
    if e1 <= 0 or e2 <= 0 or x1 < 0 or x2 < 0 or x1 + x2 <= 0:
        raise DomainError(f"No ratio of {x2}/{e2} to {x1}/{e1}.")
    first, second = wilson(x1, x1 + x2, z), wilson(x2, x1 + x2, z)
    upper = math.inf if first.lower == 0 else second.upper / first.lower * e1 / e2
    return Interval(second.lower / first.upper * e1 / e2, upper)


def share_z(x1: float, n1: float, x2: float, n2: float) -> float:
    """Return the pooled difference of two shares in standard errors; 0 when the pooled share is 0 or 1.

    >>> round(share_z(48, 80, 56, 70), 2)
    2.65
    """
    pooled = (x1 + x2) / (n1 + n2)
    error = math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    return (x2 / n2 - x1 / n1) / error if error > 0 else 0.0


def rate_z(x1: float, e1: float, x2: float, e2: float) -> float:
    """Return the difference of two rates in standard errors, conditional on x1 + x2; 0 when both counts are 0.

    >>> round(rate_z(10, 1, 22, 1), 2)
    2.12
    """
    part = e2 / (e1 + e2)
    error = math.sqrt((x1 + x2) * part * (1 - part))
    return (x2 - (x1 + x2) * part) / error if error > 0 else 0.0


def pace(base: float, latest: float, target: float, *, elapsed: float, horizon: float) -> float:
    """Return the pace of an indicator as a share of the pace that reaches the target.

    base, latest and target share one unit; elapsed and horizon are years from the base year. The result has no unit:
    1 arrives on time, 0 stands still, below 0 goes the wrong way. Callers make sure that the target was not already
    met at the base.

    Raises DomainError if base equals target, or elapsed or horizon is not positive.
    Source: docs/methods.md, "What is said of an indicator" (Open SDG 2.4, in the linear form for shares).

    >>> round(pace(40, 52, 60, elapsed=3, horizon=4), 2)
    0.8
    """
    if base == target or elapsed <= 0 or horizon <= 0:
        raise DomainError(f"No pace from {base} to {target}: {elapsed} of {horizon} years.")
    return (latest - base) / elapsed / ((target - base) / horizon)


def times_needed(is_certain: Callable[[int], bool]) -> int | None:
    """Return the smallest whole multiple of the cases that makes a change certain; None when none does.

    is_certain takes a multiple, and must stay True for all larger multiples once it is True.
    Source: docs/methods.md, "What is said of an indicator" (how many cases would settle it).

    >>> times_needed(lambda times: not newcombe(40 * times, 100 * times, 45 * times, 100 * times).holds(0))
    8
    """
    enough = 1
    while not is_certain(enough):
        enough *= 2
        if enough > MOST_TIMES:
            return None
    too_few = enough // 2
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        too_few, enough = (too_few, middle) if is_certain(middle) else (middle, enough)
    return enough


@dataclass(frozen=True)
class Trend:
    """Trend of five shares: its chi-square, its slope (1 up, -1 down, 0 neither) and its certainty."""

    chi2: float
    slope: int
    certainty: Certainty


def trend(xs: Sequence[int], ns: Sequence[int]) -> Trend:
    """Return the trend in five shares xs/ns, oldest first; no single year may carry it.

    Certain is a chi-square above TREND_LIMIT, possible a chi-square above TREND_POSSIBLE, each with the same slope, up
    or down, whichever year is left out.
    Raises DomainError unless there are five, each a share.
    Source: docs/methods.md, "What is said of an indicator" (Armitage 1955; the levels and the leaving out as in
    Fingertips' recent trend).

    >>> trend([40, 44, 50, 55, 61], [100] * 5)
    Trend(chi2=11.236, slope=1, certainty=<Certainty.CERTAIN: 'certain'>)
    """
    if len(xs) != TREND_POINTS or len(ns) != TREND_POINTS:
        raise DomainError(f"A trend needs {TREND_POINTS} years, not {len(xs)} and {len(ns)}.")
    if any(not 0 <= x <= n or n <= 0 for x, n in zip(xs, ns, strict=True)):
        raise DomainError(f"Not shares: {list(xs)} of {list(ns)}.")
    times = range(1, TREND_POINTS + 1)
    slope = _slope(times, xs, ns)
    without_one = {
        _sign(_slope(*([value for at, value in enumerate(values) if at != left_out] for values in (times, xs, ns))))
        for left_out in range(TREND_POINTS)
    }
    hits, total = sum(xs), sum(ns)
    weighed = sum(n * t for n, t in zip(ns, times, strict=True))
    spread = total * sum(n * t * t for n, t in zip(ns, times, strict=True)) - weighed**2
    doubt = hits * (total - hits) * spread
    chi2 = total * slope**2 / doubt if doubt > 0 else 0.0
    if without_one != {_sign(slope)} or chi2 <= TREND_POSSIBLE:
        return Trend(chi2, _sign(slope), Certainty.NONE)
    return Trend(chi2, _sign(slope), Certainty.CERTAIN if chi2 > TREND_LIMIT else Certainty.POSSIBLE)


def _slope(times: Sequence[int], xs: Sequence[int], ns: Sequence[int]) -> int:
    """Return NΣxt − XΣnt: 0 when the shares slope neither way, else of the slope's sign."""
    hits_in_time = sum(x * t for x, t in zip(xs, times, strict=True))
    all_in_time = sum(n * t for n, t in zip(ns, times, strict=True))
    return sum(ns) * hits_in_time - sum(xs) * all_in_time


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _poisson_at_most(x: int, mean: float) -> float:
    """Return the probability of at most x events where mean are expected."""
    if mean <= 0:
        return 1.0
    term = total = math.exp(-mean)
    for event in range(1, x + 1):
        term *= mean / event
        total += term
    return total


def _halved(excess: Callable[[float], float], lowest: float, highest: float, *, rising: bool = False) -> float:
    """Return where a function crosses 0 between two values, to the last bit; it falls unless rising."""
    while True:
        middle = (lowest + highest) / 2
        if middle in (lowest, highest):
            return middle
        if (excess(middle) > 0) != rising:
            lowest = middle
        else:
            highest = middle
