"""Protection of small counts: what may not be shown is nulled before anything is written.

A cell is a sum of unknown counts, the atoms: one for each organisation, year and sex that reported. The same sum is one
cell, wherever it is published. First the rule hides what is small; then, as long as somebody could work a hidden cell
out, the cheapest shown cell that gives it away is hidden too; then what was hidden in vain is shown again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from samlad import audit, cells, crowds
from samlad.audit import BOTH_HIDDEN, NUMERATOR_HIDDEN, SHOWN, Pair, Part, Range
from samlad.cells import Connected, RawTables
from samlad.errors import SamladError

FITS = 1e-5
"""How closely unknowns have to add up to a shown count to fit it."""

LARGEST_SOLVED = 30
"""Connected parts of more organisations than this are protected by counting hidden families, not by programming."""


@dataclass(frozen=True)
class StandingEdition:
    """The ledger of one edition that stands: what readers have been shown of each sum."""

    snapshot_id: str
    ledger: pa.Table


@dataclass(frozen=True)
class Protected:
    """The tables as they may be published, the ledger, and the cells that editions before this have given away."""

    tables: dict[str, pa.Table]
    ledger: pa.Table
    issued: list[str]


class NotProtected(SamladError):
    """A hidden cell can be worked out and nothing more can be hidden: publish must not go on."""


def protect(raw: RawTables, threshold: int, standing: Sequence[StandingEdition] = ()) -> Protected:
    """Hide what is small and what would give it away, against every attacker of docs/privacy.md.

    The tables come back as schema.SNAPSHOT has them. Raises NotProtected when a cell is not safe and cannot be made so.
    The same input gives the same output.
    """
    register = cells.Register(raw, threshold, [edition.ledger for edition in standing])
    issued: list[str] = []
    for one in register.parts():
        issued += protect_part(one)
    return Protected(register.tables(), register.ledger(), sorted(set(issued)))


def protect_part(one: Connected) -> list[str]:
    """Decide the status of each cell of a connected part; returns the names of those that are out already.

    Where no cell is new, nothing new is told, and what stands was safe when it was published.
    """
    out = [
        cell.name
        for index, cell in enumerate(one.cells)
        if cell.is_fixed and cell.status == SHOWN and first_status(one.part, index, cell.threshold) != SHOWN
    ]
    if all(cell.is_fixed or not cell.published for cell in one.cells):
        return out
    for index, cell in enumerate(one.cells):
        if not cell.is_fixed and cell.published:
            cell.status = first_status(one.part, index, cell.threshold)
            cell.reason = "rule" if cell.status else ""
    if one.organisations > LARGEST_SOLVED:
        return out + crowds.hide_in_crowds(one, hide_further)
    safe: dict[Pair, Range] = {}
    issued = hide_further(one, safe)
    show_again(one, safe)
    return out + [one.cells[index].name for index, _ in sorted(issued)]


def first_status(part: Part, index: int, threshold: int) -> int:
    """What the rule says of a cell alone: n of 0 to t - 1 hides both, x or n - x of 0 to t - 1 hides x."""
    denominator = part.denominator(index)
    if denominator is not None and denominator < threshold:
        return BOTH_HIDDEN
    return NUMERATOR_HIDDEN if audit.is_small(part, index, threshold) else SHOWN


def hide_further(one: Connected, safe: dict[Pair, Range]) -> set[tuple[int, int]]:
    """Hide the cheapest cell that gives a hidden one away, until nobody can work out any.

    Fills `safe` with the range that each attacker is left with. Returns the cells that editions before this have given
    away. Raises NotProtected when nothing is left to hide.
    """
    issued: set[tuple[int, int]] = set()
    while True:
        found = next((it for it in one.recovered(safe=safe) if (it.index, it.quantity) not in issued), None)
        if found is None:
            return issued
        held = found.held_by()
        choices = [
            (one.cells[index].cost, one.part.numerator(index), index, quantity)
            for index, quantity in held
            if index >= 0 and not one.cells[index].is_fixed
        ]
        if choices:
            _, _, index, quantity = min(choices)
            cell = one.cells[index]
            cell.status = quantity
            cell.reason = cell.reason or "further"
            cell.because = (found.family, found.index, found.quantity)
        elif any(index >= 0 for index, _ in held):
            issued.add((found.index, found.quantity))
        else:
            raise NotProtected(
                f"Skyddet håller inte för {one.cells[found.index].name}. Ingenting har publicerats; se docs/privacy.md."
            )


def show_again(one: Connected, safe: dict[Pair, Range]) -> None:
    """Show what was hidden in vain, the most costly first, as long as all that is hidden stays safe.

    Only attackers whose range rested on unknowns that do not fit the cell to be shown have to be asked again.
    """
    candidates = [index for index, cell in enumerate(one.cells) if cell.because is not None]
    candidates.sort(key=lambda index: (-one.cells[index].cost, -one.part.numerator(index), index))
    likely: list[Pair] = []
    for index in candidates:
        cell = one.cells[index]
        for softer in range(first_status(one.part, index, cell.threshold), cell.status):
            kept, cell.status = cell.status, softer
            asked = unfit(one, index, kept, safe)
            asked.sort(key=lambda pair: (pair != cell.because, pair not in likely))
            anew: dict[Pair, Range] = {}
            found = next(one.recovered(safe=anew, only=asked), None) if asked else None
            if found is None:
                cell.reason = "" if softer == SHOWN else cell.reason
                safe.update(anew)
                break
            cell.status = kept
            likely = [(found.family, found.index, found.quantity), *likely][:4]


def unfit(one: Connected, index: int, before: int, safe: dict[Pair, Range]) -> list[Pair]:
    """The attackers and cells whose range rests on unknowns that would not fit a cell, were it shown."""
    cell, atoms = one.cells[index], one.part.sums[index].atoms
    rows = [one.part.numerator_row(atoms)] if cell.status == SHOWN else []
    if before == BOTH_HIDDEN and one.part.has_denominator[index]:
        rows.append(one.part.denominator_row(atoms))
    hidden = [pair for pair in safe if one.cells[pair[1]].status >= pair[2] or not one.cells[pair[1]].published]
    if not hidden or not rows:
        return []
    shown = np.array(rows).T
    truth = one.part.truth @ shown
    ends = np.array([[safe[pair].lowest, safe[pair].highest] for pair in hidden]) @ shown
    moved = [bool(one.any()) for one in np.abs(ends - truth) > FITS]
    return [pair for pair, is_moved in zip(hidden, moved, strict=True) if is_moved]
