"""The attacker: what somebody who knows the published sums, and perhaps one family's own counts, can still work out.

A part is a system of unknown counts, the atoms, and of sums over them. Some sums are shown. The range of a hidden sum
is what linear programming leaves: all counts at least 0, every shown sum and every relation kept.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

Vector = NDArray[np.float64]

SMALL = 1e-7
FITS = 1e-5
"""How closely unknowns have to add up to a shown count to fit it."""
FAR = 10_000.0
"""How far from the truth a count is followed where nothing limits it: far wider than any threshold."""

SHOWN, NUMERATOR_HIDDEN, BOTH_HIDDEN = 0, 1, 2


@dataclass(frozen=True)
class Atom:
    """One unknown: a count x and, for shares, the rest of its denominator. `family` is who knows it from inside."""

    key: str
    family: str
    x: int
    rest: int | None


@dataclass(frozen=True)
class Sum:
    """One published cell, under all the names it is published by: the atoms it adds, and what hiding it costs.

    A sum that is not `published` is one that anybody can form from others, such as what is left when women are taken
    from the total: it is never shown and has to be safe all the same.
    """

    atoms: frozenset[int]
    cost: float
    published: bool = True


Relation = tuple[tuple[int, float], ...]
"""Something everybody knows of the counts: signed unknowns that add up to nothing, numbered as in Part.truth."""


@dataclass
class Part:
    """A connected part: its atoms, the sums over them, in this edition or one that stands, and what everybody knows."""

    atoms: list[Atom]
    sums: list[Sum]
    relations: list[Relation] = field(default_factory=list)

    @cached_property
    def is_share(self) -> bool:
        """Whether any atom has a rest, so that there are denominators to protect."""
        return any(atom.rest is not None for atom in self.atoms)

    @cached_property
    def has_denominator(self) -> list[bool]:
        """For each sum, whether its denominator is a sum to protect."""
        return [all(self.atoms[atom].rest is not None for atom in one.atoms) for one in self.sums]

    @cached_property
    def truth(self) -> Vector:
        """The true value of every unknown: the counts, then the rests."""
        rests = [atom.rest or 0 for atom in self.atoms] if self.is_share else []
        return np.array([*(atom.x for atom in self.atoms), *rests], dtype=np.float64)

    def numerator_row(self, atoms: Iterable[int]) -> Vector:
        """The coefficients of a sum's numerator."""
        row = np.zeros(len(self.truth))
        row[list(atoms)] = 1
        return row

    def denominator_row(self, atoms: Iterable[int]) -> Vector:
        """The coefficients of a sum's denominator: counts and rests."""
        row = self.numerator_row(atoms)
        row[[len(self.atoms) + atom for atom in atoms]] = 1
        return row

    def numerator(self, index: int) -> int:
        """The true numerator of a sum."""
        return sum(self.atoms[atom].x for atom in self.sums[index].atoms)

    def denominator(self, index: int) -> int | None:
        """The true denominator of a sum, None where it is not protected."""
        if not self.has_denominator[index]:
            return None
        return sum(self.atoms[atom].x + (self.atoms[atom].rest or 0) for atom in self.sums[index].atoms)


@dataclass(frozen=True, eq=False)
class Range:
    """What an attacker can say of a sum: between two values, each with unknowns that fit all that is shown.

    `held_by` are the shown cells that say so: a sum's number, and NUMERATOR_HIDDEN for its numerator or BOTH_HIDDEN for
    its denominator.
    """

    lower: float
    upper: float
    lowest: Vector
    highest: Vector
    held_by: frozenset[tuple[int, int]] = frozenset()


class View:
    """What one attacker sees of a part: the rows that are shown, over the unknowns that are not theirs."""

    def __init__(self, part: Part, status: Sequence[int], family: str | None) -> None:
        self.part = part
        self.status = status
        rows, self.cells = shown_rows(part, status)
        own = np.array([atom.family == family for atom in part.atoms], dtype=bool)
        own = np.concatenate([own, own]) if part.is_share else own
        self.free = np.flatnonzero(~own)
        self.own = np.flatnonzero(own)
        self.rows = rows[:, self.free]
        self.point = part.truth[self.free]
        self.moves = null_space(self.rows)
        self.loose = np.abs(self.moves).max(axis=0, initial=0) > SMALL
        """Which unknowns are not settled by what is shown; all others the attacker has exactly."""

    def near_ranges(self, rows: NDArray[np.float64]) -> list[Range]:
        """A range for each sum that is certainly possible: from the truth, along directions that change nothing shown.

        What linear programming finds is at least as wide, so what is safe here is safe.
        """
        goals = rows[:, self.free]
        known = self.known_of(rows)
        lowest, highest = self._walk(-goals), self._walk(goals)
        lower, upper = known + (goals * lowest).sum(axis=1), known + (goals * highest).sum(axis=1)
        return [
            Range(float(lower[number]), float(upper[number]), self._whole(lowest[number]), self._whole(highest[number]))
            for number in range(len(goals))
        ]

    def known_of(self, rows: NDArray[np.float64]) -> Vector:
        """What the attacker's own counts give to each sum."""
        known: Vector = rows[:, self.own] @ self.part.truth[self.own]
        return known

    def _walk(self, goals: NDArray[np.float64]) -> NDArray[np.float64]:
        """For each goal a point as far that way as one round of single directions leads; unlimited ones lead to FAR."""
        points = np.tile(self.point, (len(goals), 1))
        signs = np.sign(np.round(goals @ self.moves.T, 6))
        for number in np.flatnonzero(signs.any(axis=0)):
            move = self.moves[number]
            for sign in (1.0, -1.0):
                chosen = np.flatnonzero(signs[:, number] == sign)
                down = np.flatnonzero(sign * move < -SMALL)
                if not len(chosen):
                    continue
                step = (points[np.ix_(chosen, down)] / (-sign * move[down])).min(axis=1, initial=FAR)
                points[chosen] += np.outer(np.maximum(step, 0.0), sign * move)
        return points

    def _whole(self, point: Vector) -> Vector:
        """Values for every unknown of the part: the attacker's own as they are, the others as given."""
        whole = self.part.truth.copy()
        whole[self.free] = point
        return whole

    def witnessed_ranges(self, rows: NDArray[np.float64], witnesses: NDArray[np.float64]) -> list[Range]:
        """A range for each sum that is certainly possible: from those witnesses, a row each, that fit what is seen.

        What linear programming finds is at least as wide, so what is safe here is safe.
        """
        apart = np.vstack([self.part.truth, witnesses]) - self.part.truth
        fits = ~(np.abs(apart[:, self.free] @ self.rows.T) > FITS).any(axis=1) & ~apart[:, self.own].any(axis=1)
        points = self.part.truth + apart[fits]
        values = rows @ points.T
        ends = zip(rows, values.argmin(axis=1), values.argmax(axis=1), strict=True)
        return [
            Range(float(row @ points[low]), float(row @ points[high]), points[low], points[high])
            for row, low, high in ends
        ]

    def exact_ranges(self, rows: NDArray[np.float64]) -> list[Range]:
        """The least and the greatest value of each sum that fits all that is shown, and the cells that hold it there.

        One linear programme for all of them, a block for each end. What nothing limits ends at a great number.
        """
        goals = rows[:, self.free]
        is_loose: list[bool] = [bool(one.any()) for one in np.abs(goals[:, self.loose]) > SMALL]
        solved = iter(self._solve(rows[is_loose]) if any(is_loose) else [])
        return [next(solved) if one else self._settled(row) for one, row in zip(is_loose, rows, strict=True)]

    def _settled(self, row: Vector) -> Range:
        value = float(row @ self.part.truth)
        return Range(value, value, self.part.truth, self.part.truth)

    def _solve(self, rows: NDArray[np.float64]) -> list[Range]:
        used = np.flatnonzero(np.abs(self.rows[:, self.loose]).max(axis=1, initial=0) > SMALL)
        shown = self.rows[np.ix_(used, self.loose)]
        point = self.point[self.loose]
        goals, known = rows[:, self.free], self.known_of(rows)
        wanted = goals[:, self.loose]
        blocks = 2 * len(wanted)
        solved = linprog(
            np.concatenate([wanted, -wanted]).ravel(),
            A_eq=repeated(shown, blocks) if len(used) else None,
            b_eq=np.tile(shown @ point, blocks) if len(used) else None,
            bounds=(0, above(point)),
            method="highs",
        )
        if solved.status != 0:
            raise ArithmeticError(f"No range found: {solved.message}")
        points = np.tile(self.point, (blocks, 1))
        points[:, self.loose] = solved.x.reshape(blocks, -1)
        tight = np.abs(solved.eqlin.marginals.reshape(blocks, -1)) > SMALL if len(used) else np.zeros((blocks, 0), bool)
        found = []
        for number, goal in enumerate(goals):
            low, high = points[number], points[number + len(goals)]
            holding = np.flatnonzero(tight[number] | tight[number + len(goals)])
            held = frozenset(self.cells[used[one]] for one in holding)
            lower, upper = known[number] + goal @ low, known[number] + goal @ high
            found.append(Range(float(lower), float(upper), self._whole(low), self._whole(high), held))
        return found

    def holding(self, row: Vector) -> frozenset[tuple[int, int]]:
        """All shown cells that hold a sum between its ends, those that settle other unknowns on the way included."""
        goal = row[self.free]
        found: set[tuple[int, int]] = set()
        for wanted in (goal, -goal):
            solved = linprog(
                wanted, A_eq=self.rows, b_eq=self.rows @ self.point, bounds=(0, above(self.point)), method="highs"
            )
            if solved.status != 0:
                raise ArithmeticError(f"No range found: {solved.message}")
            found |= {self.cells[one] for one in np.flatnonzero(np.abs(solved.eqlin.marginals) > SMALL)}
        return frozenset(found)

    def combination(self, row: Vector) -> frozenset[tuple[int, int]]:
        """The shown cells whose smallest combination gives a settled sum exactly."""
        numbers = smallest_combination(self.rows.tobytes(), row[self.free].tobytes())
        return frozenset(self.cells[number] for number in numbers)


@lru_cache(maxsize=10_000)
def smallest_combination(rows: bytes, goal: bytes) -> tuple[int, ...]:
    """Which rows the smallest combination that gives a goal uses; both as bytes, since many parts look the same."""
    wanted = np.frombuffer(goal)
    matrix = np.frombuffer(rows).reshape(-1, len(wanted))
    size = len(matrix)
    if not size:
        return ()
    solved = linprog(
        np.ones(2 * size), A_eq=np.hstack([matrix.T, -matrix.T]), b_eq=wanted, bounds=(0, None), method="highs"
    )
    if solved.status != 0:
        return tuple(range(size))
    weights = np.abs(solved.x[:size] - solved.x[size:])
    return tuple(int(number) for number in np.flatnonzero(weights > SMALL))


def above(point: Vector) -> float:
    """Return a count far above all of these: a power of ten, so that next to nothing follows from any of them."""
    return float(max(100 * FAR, 10 ** np.ceil(np.log10(10 * max(point.max(), 1)))))


NOBODYS = (-1, SHOWN)
"""The cell of a row that no hiding can take back: a relation that everybody knows."""


def shown_rows(part: Part, status: Sequence[int]) -> tuple[NDArray[np.float64], list[tuple[int, int]]]:
    """What everybody sees of a part, as rows of coefficients, and which cell each row is."""
    rows: list[Vector] = []
    cells: list[tuple[int, int]] = []
    for index, one in enumerate(part.sums):
        if one.published and status[index] == SHOWN:
            rows.append(part.numerator_row(one.atoms))
            cells.append((index, NUMERATOR_HIDDEN))
        if one.published and part.has_denominator[index] and status[index] != BOTH_HIDDEN:
            rows.append(part.denominator_row(one.atoms))
            cells.append((index, BOTH_HIDDEN))
    for relation in part.relations:
        row = np.zeros(len(part.truth))
        for atom, coefficient in relation:
            row[atom] = coefficient
        rows.append(row)
        cells.append(NOBODYS)
    return (np.array(rows) if rows else np.zeros((0, len(part.truth)))), cells


def repeated(matrix: NDArray[np.float64], times: int) -> csr_matrix:
    """The same block over and over along the diagonal, and nothing elsewhere."""
    one = csr_matrix(matrix)
    height, width = matrix.shape
    shifts = np.arange(times)
    ends = (one.indptr[1:] + (shifts * one.nnz)[:, None]).ravel()
    columns = (one.indices + (shifts * width)[:, None]).ravel()
    shape = (times * height, times * width)
    return csr_matrix((np.tile(one.data, times), columns, np.concatenate([[0], ends])), shape=shape)


def null_space(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """A basis, as rows, of the directions that leave every row of a matrix of small whole numbers unchanged."""
    work = matrix.copy()
    height, width = work.shape
    pivots: list[int] = []
    line = 0
    for column in range(width):
        if line == height:
            break
        best = line + int(np.abs(work[line:, column]).argmax())
        if abs(work[best, column]) < SMALL:
            continue
        if best != line:
            work[[line, best]] = work[[best, line]]
        work[line] /= work[line, column]
        others = np.abs(work[:, column]) > SMALL
        others[line] = False
        work[others] -= np.outer(work[others, column], work[line])
        pivots.append(column)
        line += 1
    loose = [column for column in range(width) if column not in set(pivots)]
    basis = np.zeros((len(loose), width))
    for number, column in enumerate(loose):
        basis[number, column] = 1
        basis[number, pivots] = -work[:line, column]
    return np.round(basis, 9)


Pair = tuple[str | None, int, int]
"""An attacker and a cell: the family, or None for an outsider; the sum's number; which quantity."""


@dataclass(frozen=True, eq=False)
class Recovered:
    """A hidden cell that somebody can work out too closely: which sum, which quantity, who, and how closely."""

    index: int
    quantity: int
    family: str | None
    range: Range
    view: View
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


def hidden_cells(part: Part, status: Sequence[int], thresholds: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The cells that have to be safe: hidden numerators and denominators, and small sums that nobody publishes."""
    for index, one in enumerate(part.sums):
        if not one.published:
            if thresholds[index] and is_small(part, index, thresholds[index]):
                yield index, NUMERATOR_HIDDEN
            continue
        if status[index] >= NUMERATOR_HIDDEN:
            yield index, NUMERATOR_HIDDEN
        if status[index] == BOTH_HIDDEN and part.has_denominator[index]:
            yield index, BOTH_HIDDEN


def is_small(part: Part, index: int, threshold: int) -> bool:
    """Whether a sum's count, or what is left of its denominator, is 0 to t - 1."""
    numerator, denominator = part.numerator(index), part.denominator(index)
    return numerator < threshold or (denominator is not None and denominator - numerator < threshold)


def attackers(part: Part, status: Sequence[int], thresholds: Sequence[int]) -> list[str | None]:
    """Who may know more than others: an outsider, and each family that has something to hide here."""
    involved = {
        part.atoms[atom].family
        for index, _ in hidden_cells(part, status, thresholds)
        for atom in part.sums[index].atoms
    }
    return [None, *sorted(involved)]


def recovered(
    part: Part,
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
        view = View(part, status, family)
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
    part: Part, status: Sequence[int], thresholds: Sequence[int], only: Sequence[Pair] | None
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


def cell_row(part: Part, status: Sequence[int], index: int, quantity: int) -> tuple[Vector, int | None]:
    """A cell's coefficients, and its denominator where that is shown."""
    atoms = part.sums[index].atoms
    if quantity == BOTH_HIDDEN:
        return part.denominator_row(atoms), None
    return part.numerator_row(atoms), part.denominator(index) if status[index] == NUMERATOR_HIDDEN else None


def narrowest(part: Part, status: Sequence[int], thresholds: Sequence[int]) -> Iterator[tuple[Pair, Range, bool]]:
    """The exact range of every hidden cell for the attacker who can say most of it, and whether it is safe.

    One who recovers a cell says more than one who does not; else the narrower range says more.
    """
    found: dict[tuple[int, int], tuple[tuple[bool, float], Pair, Range]] = {}
    for family, cells in wanted_pairs(part, status, thresholds, None).items():
        if not cells:
            continue
        view = View(part, status, family)
        asked = [cell_row(part, status, index, quantity) for index, quantity in cells]
        ranges = view.exact_ranges(np.array([row for row, _ in asked]))
        for cell, (_, shown), one in zip(cells, asked, ranges, strict=True):
            said = (is_safe(one, thresholds[cell[0]], shown), round(one.upper - one.lower, 6))
            if cell not in found or said < found[cell][0]:
                found[cell] = (said, (family, *cell), one)
    for (safe, _), pair, one in found.values():
        yield pair, one, safe
