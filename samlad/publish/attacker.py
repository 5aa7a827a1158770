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
"""An attacker and a cell: the family, or None for an outsider; the sum's number; which quantity."""


@dataclass(frozen=True, eq=False)
class Recovered:
    """A hidden cell that somebody can work out too closely: which sum, which quantity, who, and how closely."""

    index: int
    quantity: int
    family: str | None
    range: Range
    view: AttackerView
    row: Vector

    @property
    def pair(self) -> Pair:
        """The attacker and the cell."""
        return self.family, self.index, self.quantity

    def held_by(self) -> frozenset[tuple[int, int]]:
        """Return the shown cells that give it away: the same whatever other cells were asked about beside it."""
        (alone,) = self.view.exact_ranges(self.row[np.newaxis])
        return alone.held_by or self.view.combination(self.row)

    def held_by_all(self) -> frozenset[tuple[int, int]]:
        """The shown cells that give it away, those that give it away only by settling something else included."""
        return self.view.holding(self.row)


def is_safe(found: Range, threshold: int, denominator: int | None = None) -> bool:
    """Whether a range says too little to harm; see is_wide."""
    return is_wide(found.lower, found.upper, threshold, denominator)


def is_wide(lower: float, upper: float, threshold: int, denominator: int | None = None) -> bool:
    """Whether what lies between two values is wide enough: it holds 0 to t - 1, or is wider than t.

    A count close to its denominator is as telling as a small one; with a known denominator the window may lie there.

    >>> is_wide(0, 4, 5), is_wide(1, 4, 5), is_wide(10, 16, 5), is_wide(96, 100, 5, 100)
    (True, False, True, True)
    """
    last = threshold - 1 - SMALL
    if upper - lower > threshold + SMALL or (lower <= SMALL and upper >= last):
        return True
    return denominator is not None and upper >= denominator - SMALL and denominator - lower >= last


def attackers(part: Component, status: Sequence[int], thresholds: Sequence[int]) -> list[str | None]:
    """Who may know more than others: an outsider, and each family that has something to hide here."""
    involved = {
        part.atoms[atom].family
        for index, _ in hidden_cells(part, status, thresholds)
        for atom in part.sums[index].atoms
    }
    return [None, *sorted(involved)]


def recovered(
    part: Component,
    status: Sequence[int],
    thresholds: Sequence[int],
    *,
    safe: dict[Pair, Range] | None = None,
    only: Sequence[Pair] | None = None,
    witnesses: NDArray[np.float64] | None = None,
) -> Iterator[Recovered]:
    """The hidden cells that are not safe from an outsider or an insider, as they are found.

    Linear programming runs only where a range found from the truth has not already shown a cell safe. Pairs in `safe`
    are passed over, and those found safe are added to it with the range that shows it: hiding more never makes a safe
    cell unsafe. `only` looks at some pairs, whether in `safe` or not. Among `witnesses`, values of all unknowns, those
    that fit may show a cell safe too.
    """
    passed = safe if safe is not None else {}
    for family, cells in wanted_pairs(part, status, thresholds, only).items():
        open_cells = [cell for cell in cells if only is not None or (family, *cell) not in passed]
        if not open_cells:
            continue
        view = AttackerView(part, status, family)
        asked = [cell_row(part, status, index, quantity) for index, quantity in open_cells]
        doubtful = [(*cell, *row) for cell, row in zip(open_cells, asked, strict=True)]
        looks = [view.near_ranges]
        if witnesses is not None:
            looks.insert(0, partial(view.witnessed_ranges, witnesses=witnesses))
        for look in looks:
            ranges = look(np.array([row for _, _, row, _ in doubtful])) if doubtful else []
            left = []
            for one, found in zip(doubtful, ranges, strict=True):
                index, quantity, _, shown = one
                if is_safe(found, thresholds[index], shown):
                    passed[family, index, quantity] = found
                else:
                    left.append(one)
            doubtful = left
        for start, size in ((0, FEW), (FEW, len(doubtful))):
            some = doubtful[start : start + size]
            exact = view.exact_ranges(np.array([row for _, _, row, _ in some])) if some else []
            for (index, quantity, row, shown), found in zip(some, exact, strict=True):
                if is_safe(found, thresholds[index], shown):
                    passed[family, index, quantity] = found
                else:
                    yield Recovered(index, quantity, family, found, view, row)


FEW = 3
"""How many doubtful cells are looked at first: one that is not safe ends most searches."""


def wanted_pairs(
    part: Component, status: Sequence[int], thresholds: Sequence[int], only: Sequence[Pair] | None
) -> dict[str | None, list[tuple[int, int]]]:
    """The cells that each attacker is to be kept from; a family's own cells are no secret to it."""
    found: dict[str | None, list[tuple[int, int]]] = {}
    if only is not None:
        for family, index, quantity in only:
            found.setdefault(family, []).append((index, quantity))
        return found
    cells = list(hidden_cells(part, status, thresholds))
    owners = {index: {part.atoms[atom].family for atom in part.sums[index].atoms} for index, _ in cells}
    for family in attackers(part, status, thresholds):
        found[family] = [cell for cell in cells if family is None or owners[cell[0]] != {family}]
    return found


def narrowest(part: Component, status: Sequence[int], thresholds: Sequence[int]) -> Iterator[tuple[Pair, Range, bool]]:
    """The exact range of every hidden cell for the attacker who can say most of it, and whether it is safe.

    One who recovers a cell says more than one who does not; else the narrower range says more.
    """
    found: dict[tuple[int, int], tuple[tuple[bool, float], Pair, Range]] = {}
    for family, cells in wanted_pairs(part, status, thresholds, None).items():
        if not cells:
            continue
        view = AttackerView(part, status, family)
        asked = [cell_row(part, status, index, quantity) for index, quantity in cells]
        ranges = view.exact_ranges(np.array([row for row, _ in asked]))
        for cell, (_, shown), one in zip(cells, asked, ranges, strict=True):
            said = (is_safe(one, thresholds[cell[0]], shown), round(one.upper - one.lower, 6))
            if cell not in found or said < found[cell][0]:
                found[cell] = (said, (family, *cell), one)
    for (safe, _), pair, one in found.values():
        yield pair, one, safe
