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
"""Tolerance, in counts, within which unknowns add up to a shown count."""

FAR = 10_000.0
"""Distance from the truth at which an unlimited count is cut off: far wider than any threshold."""


@dataclass(frozen=True, eq=False)
class Range:
    """The lower and upper value an attacker can infer for a sum, each with unknowns that fit all shown cells.

    `held_by` are the shown cells that say so: a sum's number, and NUMERATOR_HIDDEN for its numerator or BOTH_HIDDEN for
    its denominator.
    """

    lower: float
    upper: float
    lowest: Vector
    highest: Vector
    held_by: frozenset[tuple[int, int]] = frozenset()


class AttackerView:
    """The shown rows of a component as one attacker sees them, over the unknowns that are not their own."""

    def __init__(self, component: Component, status: Sequence[int], family: str | None) -> None:
        self.component = component
        self.status = status
        rows, self.cells = shown_rows(component, status)
        own = np.array([atom.family == family for atom in component.atoms], dtype=bool)
        own = np.concatenate([own, own]) if component.is_share else own
        self.free = np.flatnonzero(~own)
        self.own = np.flatnonzero(own)
        self.rows = rows[:, self.free]
        self.point = component.truth[self.free]
        self.moves = null_space(self.rows)
        self.loose = np.abs(self.moves).max(axis=0, initial=0) > SMALL
        """True for each unknown that the shown cells leave open; the attacker has all others exactly."""

    def near_ranges(self, rows: NDArray[np.float64]) -> list[Range]:
        """Return a range for each sum that is certainly possible, walking from the truth.

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
        """Return the contribution of the attacker's own counts to each sum."""
        known: Vector = rows[:, self.own] @ self.component.truth[self.own]
        return known

    def _walk(self, goals: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return, for each goal, a point as far that way as single directions lead; FAR where unlimited."""
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
        """Return a value for every unknown of the component: the attacker's own, and the given ones."""
        whole = self.component.truth.copy()
        whole[self.free] = point
        return whole

    def witnessed_ranges(self, rows: NDArray[np.float64], witnesses: NDArray[np.float64]) -> list[Range]:
        """Return a range for each sum that is certainly possible, from the witnesses that fit.

        What linear programming finds is at least as wide, so what is safe here is safe.
        """
        apart = np.vstack([self.component.truth, witnesses]) - self.component.truth
        fits = ~(np.abs(apart[:, self.free] @ self.rows.T) > FITS).any(axis=1) & ~apart[:, self.own].any(axis=1)
        points = self.component.truth + apart[fits]
        values = rows @ points.T
        ends = zip(rows, values.argmin(axis=1), values.argmax(axis=1), strict=True)
        return [
            Range(float(row @ points[low]), float(row @ points[high]), points[low], points[high])
            for row, low, high in ends
        ]

    def exact_ranges(self, rows: NDArray[np.float64]) -> list[Range]:
        """Return the least and greatest possible value of each sum, and the cells that hold it there.

        One linear programme for all of them, a block for each end. What nothing limits ends at a great number.
        """
        goals = rows[:, self.free]
        is_loose: list[bool] = [bool(loose.any()) for loose in np.abs(goals[:, self.loose]) > SMALL]
        solved = iter(self._solve(rows[is_loose]) if any(is_loose) else [])
        return [next(solved) if loose else self._settled(row) for loose, row in zip(is_loose, rows, strict=True)]

    def _settled(self, row: Vector) -> Range:
        value = float(row @ self.component.truth)
        return Range(value, value, self.component.truth, self.component.truth)

    def _solve(self, rows: NDArray[np.float64]) -> list[Range]:
        used = np.flatnonzero(np.abs(self.rows[:, self.loose]).max(axis=1, initial=0) > SMALL)
        shown = self.rows[np.ix_(used, self.loose)]
        point = self.point[self.loose]
        goals, known = rows[:, self.free], self.known_of(rows)
        loose_goals = goals[:, self.loose]
        blocks = 2 * len(loose_goals)
        solved = linprog(
            np.concatenate([loose_goals, -loose_goals]).ravel(),
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
        ranges = []
        for number, goal in enumerate(goals):
            low, high = points[number], points[number + len(goals)]
            holding = np.flatnonzero(tight[number] | tight[number + len(goals)])
            held_by = frozenset(self.cells[used[position]] for position in holding)
            lower, upper = known[number] + goal @ low, known[number] + goal @ high
            ranges.append(Range(float(lower), float(upper), self._whole(low), self._whole(high), held_by))
        return ranges

    def holding(self, row: Vector) -> frozenset[tuple[int, int]]:
        """Return all shown cells that hold a sum between its ends, also by settling other unknowns."""
        goal = row[self.free]
        holding_cells: set[tuple[int, int]] = set()
        for direction in (goal, -goal):
            solved = linprog(
                direction, A_eq=self.rows, b_eq=self.rows @ self.point, bounds=(0, above(self.point)), method="highs"
            )
            if solved.status != 0:
                raise ArithmeticError(f"No range found: {solved.message}")
            holding_cells |= {
                self.cells[position] for position in np.flatnonzero(np.abs(solved.eqlin.marginals) > SMALL)
            }
        return frozenset(holding_cells)

    def combination(self, row: Vector) -> frozenset[tuple[int, int]]:
        """Return the shown cells whose smallest combination gives a settled sum exactly."""
        numbers = smallest_combination(self.rows.tobytes(), row[self.free].tobytes())
        return frozenset(self.cells[number] for number in numbers)


@lru_cache(maxsize=10_000)
def smallest_combination(rows: bytes, goal: bytes) -> tuple[int, ...]:
    """Return the rows of the smallest combination that gives a goal.

    Both come as bytes, so that components that look the same are solved once.
    """
    coefficients = np.frombuffer(goal)
    matrix = np.frombuffer(rows).reshape(-1, len(coefficients))
    size = len(matrix)
    if not size:
        return ()
    solved = linprog(
        np.ones(2 * size), A_eq=np.hstack([matrix.T, -matrix.T]), b_eq=coefficients, bounds=(0, None), method="highs"
    )
    if solved.status != 0:
        return tuple(range(size))
    weights = np.abs(solved.x[:size] - solved.x[size:])
    return tuple(int(number) for number in np.flatnonzero(weights > SMALL))


def above(point: Vector) -> float:
    """Return a power of ten far above all these counts, so that next to nothing follows from it."""
    return float(max(100 * FAR, 10 ** np.ceil(np.log10(10 * max(point.max(), 1)))))


NOBODYS = (-1, SHOWN)
"""The cell of a row that no hiding can take back: a relation that everybody knows."""


def shown_rows(component: Component, status: Sequence[int]) -> tuple[NDArray[np.float64], list[tuple[int, int]]]:
    """Return the shown cells of a component as rows of coefficients, and the cell of each row."""
    rows: list[Vector] = []
    cells: list[tuple[int, int]] = []
    for index, cell_sum in enumerate(component.sums):
        if cell_sum.published and status[index] == SHOWN:
            rows.append(component.numerator_row(cell_sum.atoms))
            cells.append((index, NUMERATOR_HIDDEN))
        if cell_sum.published and component.has_denominator[index] and status[index] != BOTH_HIDDEN:
            rows.append(component.denominator_row(cell_sum.atoms))
            cells.append((index, BOTH_HIDDEN))
    for relation in component.relations:
        row = np.zeros(len(component.truth))
        for atom, coefficient in relation:
            row[atom] = coefficient
        rows.append(row)
        cells.append(NOBODYS)
    return (np.array(rows) if rows else np.zeros((0, len(component.truth)))), cells


def repeated(matrix: NDArray[np.float64], times: int) -> csr_matrix:
    """Return a sparse matrix with the block repeated along the diagonal."""
    block = csr_matrix(matrix)
    height, width = matrix.shape
    shifts = np.arange(times)
    ends = (block.indptr[1:] + (shifts * block.nnz)[:, None]).ravel()
    columns = (block.indices + (shifts * width)[:, None]).ravel()
    shape = (times * height, times * width)
    return csr_matrix((np.tile(block.data, times), columns, np.concatenate([[0], ends])), shape=shape)


def null_space(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a basis, as rows, of the directions that leave every row of a small integer matrix unchanged."""
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
