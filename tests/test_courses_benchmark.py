"""The course says no more than the data carry: the benchmark in short."""

import pytest

from benchmarks import courses
from samlad.judgement.marks import Mark


@pytest.mark.parametrize(("pace", "persons"), [(0.5, 60), (1.0, 1000), (0.8, 300)])
def test_a_band_other_than_the_true_one_is_told_in_at_most_three_per_cent(pace: float, persons: int) -> None:
    found = courses.told(pace, persons, 1500, 2021)
    assert found.above <= courses.MOST
    assert found.below <= courses.MOST


def test_an_indicator_in_pace_is_hardly_ever_told_to_be_too_slow() -> None:
    assert courses.told(1.0, 1000, 1500, 2021).share(Mark.TOO_SLOW) <= courses.MOST
