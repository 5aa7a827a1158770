"""The attacker: a reader of all published sums, or a family that also knows its own counts, and the cells they recover.

The ranges come from possible_ranges.py. Hiding more cells so that nothing is recovered stands in protection.py.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from samlad.publish.components import Component, Vector, cell_row, hidden_cells
from samlad.publish.possible_ranges import SMALL, AttackerView, Range

Pair = tuple[str | None, int, int]
"""Attacker and cell: the family (None for an outsider), the sum's number, and the quantity."""


@dataclass(frozen=True, eq=False)
class RecoveredCell:
    """A hidden cell that an attacker can work out too closely."""

    index: int
    quantity: int
    family: str | None
    range: Range
    view: AttackerView
    row: Vector

    @property
    def pair(self) -> Pair:
        return self.family, self.index, self.quantity

    def held_by(self) -> frozenset[tuple[int, int]]:
        """Return the shown cells that give the hidden cell away, whatever other cells were tried with it."""
        (alone,) = self.view.exact_ranges(self.row[np.newaxis])
        return alone.held_by or self.view.combination(self.row)

    def held_by_all(self) -> frozenset[tuple[int, int]]:
        """Return every shown cell that gives the hidden cell away, also those that only settle other unknowns."""
        return self.view.holding(self.row)


def is_safe(possible: Range, threshold: int, denominator: int | None = None) -> bool:
    """Return True if the range is wide enough; see is_wide."""
    return is_wide(possible.lower, possible.upper, threshold, denominator)


def is_wide(lower: float, upper: float, threshold: int, denominator: int | None = None) -> bool:
    """Return True if the values from lower to upper include 0 to t - 1, or span more than t.

    A count close to its denominator is as telling as a small one; with a known denominator the window may lie there.

    >>> is_wide(0, 4, 5), is_wide(1, 4, 5), is_wide(10, 16, 5), is_wide(96, 100, 5, 100)
    (True, False, True, True)
    """
    last = threshold - 1 - SMALL
    if upper - lower > threshold + SMALL or (lower <= SMALL and upper >= last):
        return True
    return denominator is not None and upper >= denominator - SMALL and denominator - lower >= last


def attackers(component: Component, status: Sequence[int], thresholds: Sequence[int]) -> list[str | None]:
    """Return the attackers of a component: an outsider (None), and each family with a hidden cell in it."""
    involved = {
        component.atoms[atom].family
        for index, _ in hidden_cells(component, status, thresholds)
        for atom in component.sums[index].atoms
    }
    return [None, *sorted(involved)]


def recovered(
    component: Component,
    status: Sequence[int],
    thresholds: Sequence[int],
    *,
    safe: dict[Pair, Range] | None = None,
    only: Sequence[Pair] | None = None,
    witnesses: NDArray[np.float64] | None = None,
) -> Iterator[RecoveredCell]:
    """Yield each hidden cell that an outsider or an insider can recover.

    Linear programming runs only where a range found from the truth has not already shown a cell safe. Pairs in `safe`
    are passed over, and those found safe are added to it with the range that shows it: hiding more never makes a safe
    cell unsafe. `only` looks at some pairs, whether in `safe` or not. Among `witnesses`, values of all unknowns, those
    that fit may show a cell safe too.
    """
    passed = safe if safe is not None else {}
    for family, cells in wanted_pairs(component, status, thresholds, only).items():
        open_cells = [cell for cell in cells if only is not None or (family, *cell) not in passed]
        if not open_cells:
            continue
        view = AttackerView(component, status, family)
        coefficients = [cell_row(component, status, index, quantity) for index, quantity in open_cells]
        doubtful = [(*cell, *row) for cell, row in zip(open_cells, coefficients, strict=True)]
        cheap_ranges = [view.near_ranges]
        if witnesses is not None:
            cheap_ranges.insert(0, partial(view.witnessed_ranges, witnesses=witnesses))
        for ranges_of in cheap_ranges:
            ranges = ranges_of(np.array([row for _, _, row, _ in doubtful])) if doubtful else []
            still_doubtful = []
            for doubt, possible in zip(doubtful, ranges, strict=True):
                index, quantity, _, shown = doubt
                if is_safe(possible, thresholds[index], shown):
                    passed[family, index, quantity] = possible
                else:
                    still_doubtful.append(doubt)
            doubtful = still_doubtful
        for start, size in ((0, FEW), (FEW, len(doubtful))):
            batch = doubtful[start : start + size]
            exact = view.exact_ranges(np.array([row for _, _, row, _ in batch])) if batch else []
            for (index, quantity, row, shown), possible in zip(batch, exact, strict=True):
                if is_safe(possible, thresholds[index], shown):
                    passed[family, index, quantity] = possible
                else:
                    yield RecoveredCell(index, quantity, family, possible, view, row)


FEW = 3
"""Number of doubtful cells tried first: one unsafe cell ends most searches."""


def wanted_pairs(
    component: Component, status: Sequence[int], thresholds: Sequence[int], only: Sequence[Pair] | None
) -> dict[str | None, list[tuple[int, int]]]:
    """Return the cells to keep from each attacker; a family's own cells are no secret to it."""
    targets: dict[str | None, list[tuple[int, int]]] = {}
    if only is not None:
        for family, index, quantity in only:
            targets.setdefault(family, []).append((index, quantity))
        return targets
    cells = list(hidden_cells(component, status, thresholds))
    owners = {index: {component.atoms[atom].family for atom in component.sums[index].atoms} for index, _ in cells}
    for family in attackers(component, status, thresholds):
        targets[family] = [cell for cell in cells if family is None or owners[cell[0]] != {family}]
    return targets


def narrowest(
    component: Component, status: Sequence[int], thresholds: Sequence[int]
) -> Iterator[tuple[Pair, Range, bool]]:
    """Yield the exact range of every hidden cell for its strongest attacker, and True if it is safe.

    One who recovers a cell says more than one who does not; else the narrower range says more.
    """
    closest: dict[tuple[int, int], tuple[tuple[bool, float], Pair, Range]] = {}
    for family, cells in wanted_pairs(component, status, thresholds, None).items():
        if not cells:
            continue
        view = AttackerView(component, status, family)
        coefficients = [cell_row(component, status, index, quantity) for index, quantity in cells]
        ranges = view.exact_ranges(np.array([row for row, _ in coefficients]))
        for cell, (_, shown), possible in zip(cells, coefficients, ranges, strict=True):
            closeness = (is_safe(possible, thresholds[cell[0]], shown), round(possible.upper - possible.lower, 6))
            if cell not in closest or closeness < closest[cell][0]:
                closest[cell] = (closeness, (family, *cell), possible)
    for (safe, _), pair, possible in closest.values():
        yield pair, possible, safe
