"""Possible ranges: the least and greatest value of a hidden sum that fits everything one attacker sees.

Linear programming over a component: all counts at least 0, every shown sum and every relation kept. The rule for a
range that is too narrow stands in attacker.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from samlad.publish.components import BOTH_HIDDEN, NUMERATOR_HIDDEN, SHOWN, Component, Vector

SMALL = 1e-7

FITS = 1e-5
"""How closely unknowns have to add up to a shown count to fit it."""

FAR = 10_000.0
"""How far from the truth a count is followed where nothing limits it: far wider than any threshold."""


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


class AttackerView:
    """What one attacker sees of a part: the rows that are shown, over the unknowns that are not theirs."""

    def __init__(self, part: Component, status: Sequence[int], family: str | None) -> None:
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


def shown_rows(part: Component, status: Sequence[int]) -> tuple[NDArray[np.float64], list[tuple[int, int]]]:
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
