"""Surplus of protection over the least it must hide: ours beside the optimum on small tables.

python benchmarks/utility.py --programmes 40

The optimum is found by integer programming with cuts: hide the cheapest set, try to work out what is hidden, and for
each cell that can be worked out demand that one of the shown cells that give it away is hidden too; until nothing can
be worked out. What it finds is the cheapest of all sets that hold, by the same attacker. Loss is counted as our costs
(samlad.publish.cells.COSTS, once for the count and once more for its denominator) and as number of hidden
cells.
"""

import argparse
import copy
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import programmes
from samlad.publish import cell_register, protection
from samlad.publish.cells import ComponentCells
from samlad.publish.components import BOTH_HIDDEN, NUMERATOR_HIDDEN

Cut = tuple[frozenset[int], int | None]
"""One of these variables has to be 1, if the other is, or in any case."""

MOST_CELLS = 90
ROUNDS = 150


@dataclass
class Sums:
    """Losses summed over tables: of the rule alone, ours, and the optimum."""

    tables: int = 0
    rule: float = 0.0
    ours: float = 0.0
    optimum: float = 0.0
    worst: list[tuple[float, str]] = field(default_factory=list)

    def add(self, rule: float, ours: float, optimum: float, name: str) -> None:
        """One more table."""
        self.tables += 1
        self.rule += rule
        self.ours += ours
        self.optimum += optimum
        self.worst.append((ours - optimum, name))

    def text(self, unit: str) -> str:
        """The ratios in a line."""
        further = (self.ours - self.rule) / max(self.optimum - self.rule, 1e-9)
        return (
            f"{unit}: {self.tables} tables, hidden {self.ours:g} by us, {self.optimum:g} at best, {self.rule:g} by the "
            f"rule alone; ratio {self.ours / self.optimum:.3f}, of what is hidden further {further:.3f}"
        )


def small_tables(seed: int) -> Iterator[ComponentCells]:
    """The connected parts of a random programme's first edition that have something to hide and are small."""
    case = programmes.random_case(seed, districts=6)
    tables = programmes.derived(case.programme, case.editions[0].reports)
    for one in cell_register.CellRegister(
        programmes.raw_tables(case.programme, tables), case.editions[0].threshold
    ).components():
        if 3 <= len(one.cells) <= MOST_CELLS:
            yield one


def ask_rule(one: ComponentCells) -> None:
    """Hide what the rule asks for, and nothing else."""
    for index, cell in enumerate(one.cells):
        cell.status = protection.first_status(one.system, index, cell.threshold) if cell.published else 0


def loss(one: ComponentCells, unit: bool) -> float:
    """Return the loss by hiding: as number of cells, or at our costs, twice where the denominator is hidden too."""
    if unit:
        return float(sum(cell.status > 0 for cell in one.cells if cell.published))
    return sum(cell.cost * cell.status for cell in one.cells if cell.published)


def optimum(one: ComponentCells, unit: bool) -> bool:
    """Give the cells the statuses that lose least of all that hold; False when it has not been found in ROUNDS."""
    ask_rule(one)
    size = len(one.cells)
    least = [cell.status for cell in one.cells]
    cuts: dict[Cut, None] = {}
    for _ in range(ROUNDS):
        found = list(one.recovered())
        if not found:
            return True
        for it in found:
            wanted = None if least[it.index] >= it.quantity else it.index + size * (it.quantity - 1)
            if not one.cells[it.index].published:
                wanted = None
            for held in (it.held_by_all(), it.view.combination(it.row) if not it.range.held_by else frozenset()):
                shown = frozenset(index + size * (quantity - 1) for index, quantity in held if index >= 0)
                if shown:
                    cuts[shown, wanted] = None
        if not solve(one, least, list(cuts), unit):
            return False
    return False


def solve(one: ComponentCells, least: list[int], cuts: list[Cut], unit: bool) -> bool:
    """Give the cells the cheapest statuses that keep to the cuts."""
    size = len(one.cells)
    costs = np.array([(1.0 if unit else cell.cost) * cell.published for cell in one.cells])
    rows = np.zeros((len(cuts) + size, 2 * size))
    for number, (shown, wanted) in enumerate(cuts):
        rows[number, list(shown)] = 1
        if wanted is not None:
            rows[number, wanted] -= 1
    needed = np.array([1.0 if wanted is None else 0.0 for _, wanted in cuts] + [0.0] * size)
    rows[len(cuts) + np.arange(size), np.arange(size)] = 1
    rows[len(cuts) + np.arange(size), size + np.arange(size)] = -1
    lowest = np.array([float(status >= quantity) for quantity in (NUMERATOR_HIDDEN, BOTH_HIDDEN) for status in least])
    highest = np.array(
        [float(cell.published) for cell in one.cells]
        + [float(one.system.has_denominator[index] and cell.published) for index, cell in enumerate(one.cells)]
    )
    found = milp(
        np.concatenate([costs, costs * (1e-3 if unit else 1.0)]),
        constraints=LinearConstraint(rows, needed, np.inf),
        integrality=np.ones(2 * size),
        bounds=Bounds(lowest, np.maximum(lowest, highest)),
        options={"time_limit": 5.0},
    )
    if found.status != 0:
        return False
    for index, cell in enumerate(one.cells):
        if cell.published:
            cell.status = round(found.x[index]) + round(found.x[size + index])
    return True


def compared(count: int, start: int = 0) -> tuple[Sums, Sums, int]:
    """Losses by costs and by number of cells over so many programmes, and how many tables had no known optimum."""
    by_cost, by_number, unknown = Sums(), Sums(), 0
    for seed in range(start, start + count):
        for number, one in enumerate(small_tables(seed)):
            ask_rule(one)
            if next(one.recovered(), None) is None:
                continue
            for unit, sums in ((False, by_cost), (True, by_number)):
                ours, best = copy.deepcopy(one), copy.deepcopy(one)
                for cell in [*ours.cells, *best.cells]:
                    cell.cost = 1.0 if unit else cell.cost
                protection.protect_part(ours)
                protection.gate(ours, ())
                rule = loss(one, unit)
                if optimum(best, unit):
                    sums.add(rule, loss(ours, unit), loss(best, unit), f"seed {seed} part {number}")
                else:
                    unknown += 1
    return by_cost, by_number, unknown


def main() -> int:
    """Compare from the command line; exit 1 when we hide more than 1.3 times the optimum."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programmes", type=int, default=40)
    parser.add_argument("--start", type=int, default=0, help="first seed")
    parser.add_argument("--worst", type=int, default=0, help="list so many of the worst tables")
    chosen = parser.parse_args()
    started = time.process_time()
    by_cost, by_number, unknown = compared(chosen.programmes, chosen.start)
    for sums, unit in ((by_cost, "by cost"), (by_number, "by number of cells")):
        print(sums.text(unit))
        for more, name in sorted(sums.worst, reverse=True)[: chosen.worst]:
            print(f"  {name}: {more:g} more than the optimum")
    print(f"{unknown} tables without a known optimum; {time.process_time() - started:.0f} s of processor time.")
    return int(max(sums.ours / sums.optimum for sums in (by_cost, by_number) if sums.tables) > 1.3)


if __name__ == "__main__":
    sys.exit(main())
