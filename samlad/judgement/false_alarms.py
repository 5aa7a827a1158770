"""False alarms: the number of changes in a list that chance alone would make look possible.

For each change the exact probability, at its own sizes, that its 95 per cent interval excludes no change; readers
compare a list with the sum. Two figures of one year belong in `comparisons`. Formula and source stand in
docs/methods.md, "Many at once".
"""

import math
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from samlad.judgement.facts import Case
from samlad.judgement.statistics import Z95, wilson

WIDEST = 6.0
"""Standard deviations of a count that sums reach over; less than a millionth lies beyond."""

Numbers = NDArray[np.float64]


def expected_possible(cases: Iterable[Case]) -> float:
    """Return the expected number of changes that look possible by chance alone.

    Full counts and missing figures add 0.
    Source: docs/methods.md, "Many at once".
    """
    return math.fsum(map(_by_chance, cases))


def _by_chance(case: Case) -> float:
    later = case.latest if case.compared is None else case.compared
    if not case.is_sampled:
        return 0.0
    if case.measure == "count":
        x1, x2 = case.value(case.base), case.value(later)
        return 0.0 if x1 is None or x2 is None else flagged_count(round(x1 + x2), 0.5)
    x1, n1, x2, n2 = case.base.numerator, case.base.denominator, later.numerator, later.denominator
    if x1 is None or not n1 or x2 is None or not n2:
        return 0.0
    if case.measure == "rate":
        return flagged_count(x1 + x2, n2 / (n1 + n2))
    return flagged_share(n1, n2, (x1 + x2) / (n1 + n2))


@lru_cache(maxsize=4096)
def flagged_share(n1: int, n2: int, share: float, z: float = Z95) -> float:
    """Return the probability, 0 to 1, that Newcombe's interval separates two samples of one true share.

    n1 and n2 are the denominators, share is the true share, 0 to 1; z sets the level.
    Source: docs/methods.md, "Many at once".

    >>> round(flagged_share(60, 600, 0.3), 3)
    0.05
    """
    if not 0 < share < 1:
        return 0.0
    (x1, p1), (x2, p2) = _likely(n1, share), _likely(n2, share)
    l1, u1 = _wilson(x1, n1, z)
    l2, u2 = _wilson(x2, n2, z)
    s1, s2 = (x1 / n1)[:, None], (x2 / n2)[None, :]
    lower = s2 - s1 - np.hypot(s2 - l2[None, :], u1[:, None] - s1)
    upper = s2 - s1 + np.hypot(u2[None, :] - s2, s1 - l1[:, None])
    return float(p1 @ ((lower > 0) | (upper < 0)) @ p2)


@lru_cache(maxsize=4096)
def flagged_count(total: int, part: float, z: float = Z95) -> float:
    """Return the probability, 0 to 1, that two counts of one true rate look different, given their sum.

    part is the later count's part of the exposure, 0 to 1. The interval of the ratio excludes 1 where Wilson's interval
    of the later count's part of the sum excludes that part.
    Source: docs/methods.md, "Many at once".
    """
    if total <= 0:
        return 0.0
    x, probability = _likely(total, part)
    lower, upper = _wilson(x, total, z)
    return float(probability @ ((lower > part) | (upper < part)))


def _likely(n: int, share: float) -> tuple[Numbers, Numbers]:
    """Return the counts within WIDEST standard deviations, and their binomial probabilities."""
    middle, width = n * share, WIDEST * math.sqrt(n * share * (1 - share)) + 1
    x = np.arange(max(0, math.floor(middle - width)), min(n, math.ceil(middle + width)) + 1, dtype=float)
    logs = np.array([math.lgamma(n + 1) - math.lgamma(one + 1) - math.lgamma(n - one + 1) for one in x])
    return x, np.exp(logs + x * math.log(share) + (n - x) * math.log1p(-share))


def _wilson(x: Numbers, n: int, z: float) -> tuple[Numbers, Numbers]:
    ends = [wilson(one, n, z) for one in x]
    return np.array([end.lower for end in ends]), np.array([end.upper for end in ends])
