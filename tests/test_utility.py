"""Cells hidden by protection, beside the least that holds."""

from itertools import product

import pytest

from benchmarks import utility
from samlad.publish import protection
from samlad.publish.cells import ComponentCells
from tests import lengths

pytestmark = pytest.mark.long


def least_loss(one: ComponentCells) -> float:
    """The least number of hidden cells that holds, found by trying all ways."""
    utility.ask_rule(one)
    lowest = [cell.status for cell in one.cells]
    free = [
        (index, range(least, 3 if one.system.has_denominator[index] else 2))
        for index, (cell, least) in enumerate(zip(one.cells, lowest, strict=True))
        if cell.published
    ]
    best = float("inf")
    for chosen in product(*(statuses for _, statuses in free)):
        for (index, _), status in zip(free, chosen, strict=True):
            one.cells[index].status = status
        lost = utility.loss(one, unit=True)
        if lost < best and next(one.recovered(), None) is None:
            best = lost
    return best


def test_the_optimum_is_the_least_of_all_ways_and_ours_is_never_less() -> None:
    compared = 0
    for seed in range(lengths.of(8, 40)):
        for one in utility.small_tables(seed):
            ways = 1
            for index in range(len(one.cells)):
                ways *= 3 if one.system.has_denominator[index] else 2
            if ways > 600 or not one.cells:
                continue
            for cell in one.cells:
                cell.cost = 1.0
            protection.protect_part(one)
            ours = utility.loss(one, unit=True)
            assert utility.optimum(one, unit=True)
            best = utility.loss(one, unit=True)
            assert best == least_loss(one)
            assert ours >= best
            compared += best > 0
    assert compared >= 5


def test_ours_hides_at_most_1_3_times_the_optimum_over_small_tables() -> None:
    by_cost, by_number, _ = utility.compared(lengths.of(2, 40))
    for sums in (by_cost, by_number):
        assert sums.tables >= 2
        assert 1.0 <= sums.ours / sums.optimum <= 1.3
