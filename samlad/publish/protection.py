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
"""Connected parts of more organisations than this are protected by counting hidden families, not by programming."""

WITNESSES_AT_MOST = 4000

Witnesses = dict[bytes, components.Vector]
"""Values of all unknowns that once fitted all that was shown, each by its bytes."""

WORTH_WORKERS = 5000
"""From how much expected work on starting processes, a second each, is worth it."""

Decided = tuple[int, str, Pair | None]
"""What a cell became: its status, the reason, and the hidden cell it was hidden to keep."""


@dataclass(frozen=True)
class Protected:
    """The tables as they may be published, the ledger, and the cells that editions before this have given away."""

    tables: dict[str, pa.Table]
    ledger: pa.Table
    issued: list[str]


class NotProtected(SamladError):
    """A hidden cell can be worked out and nothing more can be hidden: publish must not go on."""


def protect(
    raw: RawTables,
    threshold: int,
    standing: Sequence[StandingEdition] = (),
    progress: Callable[[float], None] = lambda _share: None,
) -> Protected:
    """Hide what is small and what would give it away, against every attacker of docs/privacy.md.

    The tables come back as schema.SNAPSHOT has them. Raises NotProtected when a cell is not safe and cannot be made so.
    The same input gives the same output: parts share no cell, so they are protected in several processes when they are
    many. `progress` is told the share that is done.
    """
    register = cell_register.CellRegister(raw, threshold, [edition.ledger for edition in standing])
    issued: set[str] = set()
    parts = list(register.parts())
    sizes = [expected_work(one) for one in parts]
    answers = worker_processes.in_order(
        protect_alone, parts, sizes, apart=sum(sizes) > WORTH_WORKERS, progress=progress
    )
    for one, (decided, out) in zip(parts, answers, strict=True):
        for cell, (status, reason, because) in zip(one.cells, decided, strict=True):
            cell.status, cell.reason, cell.because = status, reason, because
        issued.update(out)
    return Protected(register.tables(), register.ledger(), sorted(issued))


def expected_work(one: ComponentCells) -> float:
    """Return how much work a part is likely to be, in no unit: what linear programming takes grows by the square."""
    return float(min(len(one.cells), LARGEST_SOLVED) * len(one.cells))


def protect_alone(one: ComponentCells) -> tuple[list[Decided], list[str]]:
    """Protect one part and try it from nothing; return what each cell became, and the names of those out already."""
    out = protect_part(one)
    gate(one, out)
    decided = [(cell.status, cell.reason, cell.because) for cell in one.cells]
    return decided, sorted({one.cells[index].name for _, index, _ in out})


def protect_part(one: ComponentCells) -> set[Pair]:
    """Decide the status of each cell of a connected part; returns what is out already, and to whom.

    Where no cell is new, nothing new is told, and what stands was safe when it was published.
    """
    out: set[Pair] = {
        (None, index, NUMERATOR_HIDDEN)
        for index, cell in enumerate(one.cells)
        if cell.is_fixed and cell.status == SHOWN and first_status(one.part, index, cell.threshold) != SHOWN
    }
    if all(cell.is_fixed or not cell.published for cell in one.cells):
        return out
    for index, cell in enumerate(one.cells):
        if not cell.is_fixed and cell.published:
            cell.status = first_status(one.part, index, cell.threshold)
            cell.reason = "rule" if cell.status else ""
    if one.organisations > LARGEST_SOLVED:
        return out | large_components.hide_in_crowds(one, hide_further)
    safe: dict[Pair, Range] = {}
    issued = hide_further(one, safe)
    show_again(one, safe)
    return out | issued


def gate(one: ComponentCells, issued: Collection[Pair]) -> None:
    """Try, from nothing, to work out every hidden cell of a part that tells something new.

    Raises NotProtected with the cell named when one can be worked out that no edition has given away before, to the
    same attacker or to everybody.
    """
    if all(cell.is_fixed or not cell.published for cell in one.cells):
        return
    crowd = one.organisations > LARGEST_SOLVED
    for family, index, quantity in (
        large_components.recovered(one) if crowd else (found.pair for found in one.recovered())
    ):
        if not {(family, index, quantity), (None, index, quantity)} & set(issued):
            raise not_protected(one.cells[index])


def not_protected(cell: Cell) -> NotProtected:
    """The refusal to publish, with the cell that is not safe."""
    return NotProtected(f"Skyddet håller inte för {cell.name}. Ingenting har publicerats; se docs/privacy.md.")


def first_status(part: Component, index: int, threshold: int) -> int:
    """What the rule says of a cell alone: n of 0 to t - 1 hides both, x or n - x of 0 to t - 1 hides x."""
    denominator = part.denominator(index)
    if denominator is not None and denominator < threshold:
        return BOTH_HIDDEN
    return NUMERATOR_HIDDEN if components.is_small(part, index, threshold) else SHOWN


def hide_further(one: ComponentCells, safe: dict[Pair, Range]) -> set[Pair]:
    """Hide the cheapest cell that gives a hidden one away, until nobody can work out any.

    Fills `safe` with the range that each attacker is left with. Returns what editions before this have given away, and
    to whom. Raises NotProtected when nothing is left to hide.
    """
    issued: set[Pair] = set()
    while True:
        found = next((it for it in one.recovered(safe=safe) if it.pair not in issued), None)
        if found is None:
            return issued
        held = found.held_by()
        if not choices(one, held):
            held = found.held_by_all()
        if choices(one, held):
            _, _, index, quantity = min(choices(one, held))
            cell = one.cells[index]
            cell.status = quantity
            cell.reason = cell.reason or "further"
            cell.because = found.pair
        elif any(index >= 0 for index, _ in held):
            issued.add(found.pair)
        else:
            raise not_protected(one.cells[found.index])


def choices(one: ComponentCells, held: Collection[tuple[int, int]]) -> list[tuple[float, int, int, int]]:
    """Return what may be hidden of the cells that give another away, each after its cost.

    A count decides nothing here: it would tell readers which of two is the smaller, though one of them is hidden.
    """
    return [
        (one.cells[index].cost, one.cells[index].turn, index, quantity)
        for index, quantity in held
        if index >= 0 and not one.cells[index].is_fixed
    ]


def show_again(one: ComponentCells, safe: dict[Pair, Range]) -> None:
    """Show what was hidden in vain, the most costly first, as long as all that is hidden stays safe.

    A cell that was hidden only to keep others, and that would follow from what is shown, is shown along. What cannot be
    shown now cannot be shown later, when more is; so one round is enough.
    """
    likely: list[Pair] = []
    witnesses: Witnesses = {}
    remember(witnesses, safe.values())
    candidates = [index for index, cell in enumerate(one.cells) if cell.because is not None]
    candidates.sort(key=lambda index: (-one.cells[index].cost, -one.cells[index].turn, index))
    for index in candidates:
        lowest = first_status(one.part, index, one.cells[index].threshold)
        for softer in range(lowest, one.cells[index].status):
            if can_show(one, index, softer, safe, likely, witnesses):
                break


def remember(witnesses: Witnesses, ranges: Iterable[Range]) -> None:
    """Keep the ends of ranges as witnesses for later attempts; the oldest go when there are too many."""
    for found in ranges:
        for end in (found.lowest, found.highest):
            witnesses.setdefault(end.tobytes(), end)
    for old in list(witnesses)[: max(len(witnesses) - WITNESSES_AT_MOST, 0)]:
        del witnesses[old]


def can_show(
    one: ComponentCells, index: int, status: int, safe: dict[Pair, Range], likely: list[Pair], witnesses: Witnesses
) -> bool:
    """Show a cell, and with it those it would give away that the rule does not ask to hide, if all others stay safe.

    Only attackers whose range rested on unknowns that do not fit what is to be shown have to be asked. Whoever gave a
    hidden cell away last is asked first: most attempts end there. Witnesses spare most of the linear programming: which
    cells come to be shown does not depend on them.
    """
    before = {index: one.cells[index].status}
    one.cells[index].status = status
    anew: dict[Pair, Range] = {}
    while True:
        asked = unfit(one, before, {**safe, **anew})
        asked.sort(key=lambda pair: (pair != one.cells[index].because, pair not in likely))
        known = np.array(list(witnesses.values())) if witnesses else None
        found = next(one.recovered(safe=anew, only=asked, witnesses=known), None) if asked else None
        remember(witnesses, anew.values())
        if found is None:
            break
        along = one.cells[found.index]
        lowest = first_status(one.part, found.index, along.threshold)
        if along.because is None or lowest >= found.quantity or along.status == lowest:
            for number, kept in before.items():
                one.cells[number].status = kept
            likely[:] = [found.pair, *likely][:4]
            return False
        before.setdefault(found.index, along.status)
        along.status = found.quantity - 1
    for number in before:
        if one.cells[number].status == SHOWN:
            one.cells[number].reason = ""
    safe.update(anew)
    return True


def unfit(one: ComponentCells, before: dict[int, int], safe: dict[Pair, Range]) -> list[Pair]:
    """The attackers and cells whose range rests on unknowns that do not fit the cells that are shown now.

    `before` holds the status that each of those cells had.
    """
    rows = []
    for index, status in before.items():
        now, atoms = one.cells[index].status, one.part.sums[index].atoms
        if now == SHOWN:
            rows.append(one.part.numerator_row(atoms))
        if now < status == BOTH_HIDDEN and one.part.has_denominator[index]:
            rows.append(one.part.denominator_row(atoms))
    hidden = [pair for pair in safe if one.cells[pair[1]].status >= pair[2] or not one.cells[pair[1]].published]
    if not hidden or not rows:
        return []
    shown = np.array(rows).T
    truth = one.part.truth @ shown
    ends = np.array([[safe[pair].lowest, safe[pair].highest] for pair in hidden]) @ shown
    moved = [bool(one.any()) for one in np.abs(ends - truth) > possible_ranges.FITS]
    return [pair for pair, is_moved in zip(hidden, moved, strict=True) if is_moved]
