"""The simulation of districts: what is printed is what chance gives, and a larger difference is found more often."""

import numpy as np
import pytest

from benchmarks import districts
from samlad.judgement import statistics
from samlad.judgement.statistics import Z95, Z998


@pytest.mark.parametrize("z", [Z95, Z998])
def test_the_simulation_flags_by_the_interval_of_the_page(z: float) -> None:
    ns = np.array([20, 30, 45, 60])
    drawn = np.random.default_rng(1).binomial(ns, [0.2, 0.5, 0.5, 0.9], size=(40, 4))
    for row, flagged in zip(drawn.tolist(), districts.sides(drawn, ns, z).tolist(), strict=True):
        for x, n, side in zip(row, ns.tolist(), flagged, strict=True):
            interval = statistics.newcombe(sum(row) - x, int(ns.sum()) - n, x, n, z)
            assert side == (interval.lower > 0) - (interval.upper < 0)


@pytest.mark.parametrize("z", [Z95, Z998])
def test_equal_districts_are_flagged_as_often_as_the_page_prints(z: float) -> None:
    flags = districts.false_flags(400, np.full(11, 60), 0.3, z, seed=7)
    assert flags.simulated == pytest.approx(flags.printed, abs=4 * flags.error)
    assert flags.error < 0.25


@pytest.mark.long
@pytest.mark.parametrize("z", [Z95, Z998])
def test_where_small_districts_are_hidden_the_shown_are_flagged_as_often_as_the_page_prints(z: float) -> None:
    given = (400, np.array(districts.MANY_SIZES), 0.1, z, 7, districts.THRESHOLD)
    flags, uncut = districts.false_flags(*given), districts.false_flags(*given, printed_from=0)
    assert flags.simulated == pytest.approx(flags.printed, rel=0.08, abs=4 * flags.error)
    assert uncut.printed < 0.8 * flags.simulated, "without the cut a fifth and more of the flags would not be told"


def test_where_nothing_differs_few_cities_are_told_that_their_districts_do() -> None:
    more, possible = districts.excesses(4000, seed=2021)
    assert 0.001 <= more <= 0.004
    assert 0.04 <= possible <= 0.06


def test_a_larger_difference_is_found_more_often_and_at_95_more_often_than_at_998() -> None:
    at95 = [districts.found(40, 200, 0.5, points, Z95, seed=7)[0] for points in districts.POINTS]
    at998 = [districts.found(40, 200, 0.5, points, Z998, seed=7)[0] for points in districts.POINTS]
    assert at95 == sorted(at95) and at998 == sorted(at998)
    assert all(more > fewer for more, fewer in zip(at95, at998, strict=True))
    assert at95[-1] > 0.95
