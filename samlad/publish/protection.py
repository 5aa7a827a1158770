"""Protection of small counts: what may not be shown is nulled before anything is written.

A cell is a sum of unknown counts, the atoms: one for each organisation, year and sex that reported. The same sum is one
cell, wherever it is published. First the rule hides what is small; then, as long as somebody could work a hidden cell
out, the cheapest shown cell that gives it away is hidden too; then what was hidden in vain is shown again.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from samlad.foundation import worker_processes
from samlad.foundation.errors import SamladError
from samlad.publish import cell_register, components, large_components, possible_ranges
from samlad.publish.attacker import Pair
from samlad.publish.cells import Cell, ComponentCells
from samlad.publish.components import BOTH_HIDDEN, NUMERATOR_HIDDEN, SHOWN, Component
from samlad.publish.edition_tables import RawTables
from samlad.publish.possible_ranges import Range
from samlad.warehouse.editions import StandingEdition

LARGEST_SOLVED = 30
"""Most organisations in a component that linear programming protects; larger ones count hidden families."""

WITNESSES_AT_MOST = 4000

Witnesses = dict[bytes, components.Vector]
"""Values of all unknowns that once fitted every shown cell, by their bytes."""

WORTH_WORKERS = 5000
"""Expected work above which starting processes, a second each, pays off."""

Decision = tuple[int, str, Pair | None]
"""Decision on one cell: its status, the reason, and the hidden cell it protects."""


@dataclass(frozen=True)
class Protected:
    """The tables as they may be published, the ledger, and the cells that earlier editions have given away."""

    tables: dict[str, pa.Table]
    ledger: pa.Table
    issued: list[str]


class NotProtected(SamladError):
    """Refusal to publish: a hidden cell can be recovered and nothing more can be hidden."""


def protect(
    raw: RawTables,
    threshold: int,
    editions_in_use: Sequence[StandingEdition] = (),
    progress: Callable[[float], None] = lambda _share: None,
) -> Protected:
    """Hide small cells (primary) and those that would give them away (secondary suppression).

    The tables come back as schema.SNAPSHOT has them. Raises NotProtected when a cell is not safe and cannot be made so.
    The same input gives the same output: parts share no cell, so they are protected in several processes when they are
    many. `progress` is told the share that is done.
    """
    register = cell_register.CellRegister(raw, threshold, [edition.ledger for edition in editions_in_use])
    issued: set[str] = set()
    components = list(register.components())
    sizes = [expected_work(component) for component in components]
    decisions = worker_processes.in_order(
        protect_alone, components, sizes, apart=sum(sizes) > WORTH_WORKERS, progress=progress
    )
    for component, (decided, out) in zip(components, decisions, strict=True):
        for cell, (status, reason, because) in zip(component.cells, decided, strict=True):
            cell.status, cell.reason, cell.because = status, reason, because
        issued.update(out)
    return Protected(register.tables(), register.ledger(), sorted(issued))


def expected_work(component: ComponentCells) -> float:
    """Return the likely work for a component, without unit: linear programming grows by the square."""
    return float(min(len(component.cells), LARGEST_SOLVED) * len(component.cells))


def protect_alone(component: ComponentCells) -> tuple[list[Decision], list[str]]:
    """Protect one component and test it from nothing; return its decisions, and the names of cells already out."""
    out = protect_part(component)
    gate(component, out)
    decided = [(cell.status, cell.reason, cell.because) for cell in component.cells]
    return decided, sorted({component.cells[index].name for _, index, _ in out})


def protect_part(component: ComponentCells) -> set[Pair]:
    """Decide the status of each cell of a component; return the cells already out, and their attackers.

    Where no cell is new, nothing new is told, and what stands was safe when it was published.
    """
    out: set[Pair] = {
        (None, index, NUMERATOR_HIDDEN)
        for index, cell in enumerate(component.cells)
        if cell.is_fixed and cell.status == SHOWN and first_status(component.system, index, cell.threshold) != SHOWN
    }
    if all(cell.is_fixed or not cell.published for cell in component.cells):
        return out
    for index, cell in enumerate(component.cells):
        if not cell.is_fixed and cell.published:
            cell.status = first_status(component.system, index, cell.threshold)
            cell.reason = "rule" if cell.status else ""
    if component.organisations > LARGEST_SOLVED:
        return out | large_components.hide_in_large_component(component, hide_further)
    safe: dict[Pair, Range] = {}
    issued = hide_further(component, safe)
    show_again(component, safe)
    return out | issued


def gate(component: ComponentCells, issued: Collection[Pair]) -> None:
    """Try, from nothing, to recover every hidden cell of a component that has a new cell.

    Raises NotProtected with the cell named when one can be worked out that no edition has given away before, to the
    same attacker or to everybody.
    """
    if all(cell.is_fixed or not cell.published for cell in component.cells):
        return
    is_large = component.organisations > LARGEST_SOLVED
    for family, index, quantity in (
        large_components.recovered(component) if is_large else (leak.pair for leak in component.recovered())
    ):
        if not {(family, index, quantity), (None, index, quantity)} & set(issued):
            raise not_protected(component.cells[index])


def not_protected(cell: Cell) -> NotProtected:
    """Return the refusal to publish, naming the cell that is not safe."""
    return NotProtected(f"Skyddet håller inte för {cell.name}. Ingenting har publicerats; se docs/privacy.md.")


def first_status(component: Component, index: int, threshold: int) -> int:
    """Return the primary suppression of a cell: n of 0 to t - 1 hides both, x or n - x of 0 to t - 1 hides x."""
    denominator = component.denominator(index)
    if denominator is not None and denominator < threshold:
        return BOTH_HIDDEN
    return NUMERATOR_HIDDEN if components.is_small(component, index, threshold) else SHOWN


def hide_further(component: ComponentCells, safe: dict[Pair, Range]) -> set[Pair]:
    """Hide the cheapest cell that gives a hidden one away, until nobody can recover any.

    Fills `safe` with the range that each attacker is left with. Returns what editions before this have given away, and
    to whom. Raises NotProtected when nothing is left to hide.
    """
    issued: set[Pair] = set()
    while True:
        recovered_cell = next((leak for leak in component.recovered(safe=safe) if leak.pair not in issued), None)
        if recovered_cell is None:
            return issued
        held_by = recovered_cell.held_by()
        if not choices(component, held_by):
            held_by = recovered_cell.held_by_all()
        if choices(component, held_by):
            _, _, index, quantity = min(choices(component, held_by))
            cell = component.cells[index]
            cell.status = quantity
            cell.reason = cell.reason or "further"
            cell.because = recovered_cell.pair
        elif any(index >= 0 for index, _ in held_by):
            issued.add(recovered_cell.pair)
        else:
            raise not_protected(component.cells[recovered_cell.index])


def choices(component: ComponentCells, held_by: Collection[tuple[int, int]]) -> list[tuple[float, int, int, int]]:
    """Return the cells that may be hidden of those that give another away, each after its cost.

    A count decides nothing here: it would tell readers which of two is the smaller, though one of them is hidden.
    """
    return [
        (component.cells[index].cost, component.cells[index].turn, index, quantity)
        for index, quantity in held_by
        if index >= 0 and not component.cells[index].is_fixed
    ]


def show_again(component: ComponentCells, safe: dict[Pair, Range]) -> None:
    """Show cells that were hidden in vain, the most costly first, while all hidden cells stay safe.

    A cell that was hidden only to keep others, and that would follow from what is shown, is shown along. What cannot be
    shown now cannot be shown later, when more is; so one round is enough.
    """
    likely: list[Pair] = []
    witnesses: Witnesses = {}
    remember(witnesses, safe.values())
    candidates = [index for index, cell in enumerate(component.cells) if cell.because is not None]
    candidates.sort(key=lambda index: (-component.cells[index].cost, -component.cells[index].turn, index))
    for index in candidates:
        lowest = first_status(component.system, index, component.cells[index].threshold)
        for softer in range(lowest, component.cells[index].status):
            if can_show(component, index, softer, safe, likely, witnesses):
                break


def remember(witnesses: Witnesses, ranges: Iterable[Range]) -> None:
    """Keep the ends of ranges as witnesses for later attempts; drop the oldest when there are too many."""
    for possible in ranges:
        for end in (possible.lowest, possible.highest):
            witnesses.setdefault(end.tobytes(), end)
    for old in list(witnesses)[: max(len(witnesses) - WITNESSES_AT_MOST, 0)]:
        del witnesses[old]


def can_show(
    component: ComponentCells,
    index: int,
    status: int,
    safe: dict[Pair, Range],
    likely: list[Pair],
    witnesses: Witnesses,
) -> bool:
    """Show a cell, and those it would give away that no rule hides, if all others stay safe.

    Only attackers whose range rested on unknowns that do not fit what is to be shown have to be asked. Whoever gave a
    hidden cell away last is asked first: most attempts end there. Witnesses spare most of the linear programming: which
    cells come to be shown does not depend on them.
    """
    before = {index: component.cells[index].status}
    component.cells[index].status = status
    anew: dict[Pair, Range] = {}
    while True:
        doubtful = unfit(component, before, {**safe, **anew})
        doubtful.sort(key=lambda pair: (pair != component.cells[index].because, pair not in likely))
        known = np.array(list(witnesses.values())) if witnesses else None
        recovered_cell = (
            next(component.recovered(safe=anew, only=doubtful, witnesses=known), None) if doubtful else None
        )
        remember(witnesses, anew.values())
        if recovered_cell is None:
            break
        along = component.cells[recovered_cell.index]
        lowest = first_status(component.system, recovered_cell.index, along.threshold)
        if along.because is None or lowest >= recovered_cell.quantity or along.status == lowest:
            for number, kept in before.items():
                component.cells[number].status = kept
            likely[:] = [recovered_cell.pair, *likely][:4]
            return False
        before.setdefault(recovered_cell.index, along.status)
        along.status = recovered_cell.quantity - 1
    for number in before:
        if component.cells[number].status == SHOWN:
            component.cells[number].reason = ""
    safe.update(anew)
    return True


def unfit(component: ComponentCells, before: dict[int, int], safe: dict[Pair, Range]) -> list[Pair]:
    """Return the attackers and cells whose range no longer fits the cells that are shown now.

    `before` holds the status that each of those cells had.
    """
    rows = []
    for index, status in before.items():
        now, atoms = component.cells[index].status, component.system.sums[index].atoms
        if now == SHOWN:
            rows.append(component.system.numerator_row(atoms))
        if now < status == BOTH_HIDDEN and component.system.has_denominator[index]:
            rows.append(component.system.denominator_row(atoms))
    hidden = [
        pair for pair in safe if component.cells[pair[1]].status >= pair[2] or not component.cells[pair[1]].published
    ]
    if not hidden or not rows:
        return []
    shown = np.array(rows).T
    truth = component.system.truth @ shown
    ends = np.array([[safe[pair].lowest, safe[pair].highest] for pair in hidden]) @ shown
    moved = [bool(component.any()) for component in np.abs(ends - truth) > possible_ranges.FITS]
    return [pair for pair, is_moved in zip(hidden, moved, strict=True) if is_moved]
