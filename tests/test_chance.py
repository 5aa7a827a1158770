"""Number of changes that chance alone makes look possible: against counting every outcome, and against drawing."""

import numpy as np
import pytest
from scipy import stats

from samlad.judgement import false_alarms, statistics
from samlad.judgement.facts import Case
from samlad.judgement.figure_change import Figure


@pytest.mark.parametrize(("n1", "n2", "share"), [(8, 12, 0.3), (30, 20, 0.5), (60, 60, 0.1)])
def test_a_share_is_flagged_as_often_as_all_outcomes_say(n1: int, n2: int, share: float) -> None:
    expected = sum(
        stats.binom.pmf(x1, n1, share) * stats.binom.pmf(x2, n2, share)
        for x1 in range(n1 + 1)
        for x2 in range(n2 + 1)
        if not statistics.newcombe(x1, n1, x2, n2).holds(0)
    )
    assert false_alarms.flagged_share(n1, n2, share) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("total", "part"), [(12, 0.5), (80, 0.4)])
def test_a_count_is_flagged_as_often_as_all_outcomes_say(total: int, part: float) -> None:
    exposures = (1 - part, part)
    expected = sum(
        stats.binom.pmf(x2, total, part)
        for x2 in range(total + 1)
        if not statistics.rate_ratio(total - x2, exposures[0], x2, exposures[1]).holds(1)
    )
    assert false_alarms.flagged_count(total, part) == pytest.approx(expected, abs=1e-6)


def test_nothing_is_flagged_of_nothing() -> None:
    assert (
        false_alarms.flagged_share(10, 10, 0.0)
        == false_alarms.flagged_share(10, 10, 1.0)
        == false_alarms.flagged_count(0, 0.5)
        == 0
    )


def test_the_sum_is_what_drawing_gives() -> None:
    sizes = [(60, 80, 0.3), (400, 500, 0.6), (25, 25, 0.5)]
    listed = [
        Case("share", "increase", 2024, Figure(round(n2 * p), n2), base_year=2021, base=Figure(round(n1 * p), n1))
        for n1, n2, p in sizes
    ]
    rng, draws = np.random.default_rng(2021), 4000
    flagged = sum(
        not statistics.newcombe(int(x1), n1, int(x2), n2).holds(0)
        for n1, n2, p in sizes
        for x1, x2 in zip(rng.binomial(n1, p, draws), rng.binomial(n2, p, draws), strict=True)
    )
    assert false_alarms.expected_possible(listed) == pytest.approx(flagged / draws, abs=0.02)


def test_what_is_counted_in_full_adds_nothing() -> None:
    full = Case("share", "increase", 2024, Figure(9, 12), varies=False, base_year=2021, base=Figure(6, 12))
    silent = Case("share", "increase", 2024, Figure(9, 12), base_year=2021, base=Figure(missing_reason="-"))
    assert false_alarms.expected_possible([full, silent]) == 0
