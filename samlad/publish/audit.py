"""The audit: what outsiders and insiders can work out of the editions that stand, from their ledgers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pyarrow as pa

from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.publish import attacker, components, large_components, possible_ranges
from samlad.publish.attacker import Pair
from samlad.publish.cells import ComponentCells, ledger_status
from samlad.publish.components import BOTH_HIDDEN, SHOWN
from samlad.publish.possible_ranges import Range
from samlad.publish.protection import LARGEST_SOLVED
from samlad.publish.standing_cells import StandingCells
from samlad.warehouse import editions


@dataclass(frozen=True)
class Audited:
    """One hidden cell, and what the attacker who can say most of it makes of it.

    `lower` and `upper` are counts of persons; `upper` is None when nothing limits it, both when the cell is a sum over
    so many organisations that the crowd protects it and no range is computed. `family` is None for an outsider.
    `state` is safe, recovered, or issued: given away by an earlier edition alone.
    """

    cell: str
    indicator_id: str
    year: int
    quantity: str
    family: str | None
    lower: int | None
    upper: int | None
    state: str

    def as_json(self) -> dict[str, object]:
        """The cell as it is written for a machine."""
        return asdict(self)

    def text(self) -> str:
        """The cell on one line, for the raw side only."""
        who = "vem som helst" if self.family is None else f"den som känner {self.family}s egna tal"
        if self.lower is None:
            return f"{self.cell} ({self.quantity}): för få organisationer döljer något i summan."
        return f"{self.cell} ({self.quantity}): {who} kan räkna fram {self.lower} till {self.upper}."


def audit_folder(folder: DataFolder, snapshot_id: str | None = None) -> list[Audited]:
    """Every hidden cell of the editions that stand, by cell; of one edition's own cells when it is named.

    Also what one edition hides is tried with all that stand. Raises SamladError when nothing has been published, when
    an edition or its ledger is missing, or when there is no raw side to read.
    """
    chosen = editions.read(folder, snapshot_id)
    if not folder.submissions.is_dir():
        raise SamladError(
            f"Mappen {folder.submissions} finns inte. Revisionen behöver redogörelserna för vad som har skyddats. "
            "Kör den där rapporterna ligger."
        )
    standing = editions.standing_editions(folder)
    ledgers = [edition.ledger for edition in standing]
    wanted = {edition.snapshot_id: edition.ledger for edition in standing}[chosen.snapshot_id]
    only = {frozenset(atoms) for atoms in wanted["atoms"].to_pylist()} if snapshot_id else None
    return audit_ledgers(ledgers, chosen.table("successions"), only)


def audit_ledgers(
    ledgers: Sequence[pa.Table], successions: pa.Table, only: set[frozenset[str]] | None = None
) -> list[Audited]:
    """Every hidden cell of these ledgers, oldest first, or those of `only`, which are named by their unknowns."""
    found = []
    for one in StandingCells(successions, ledgers).parts():
        if any(cell.status or not cell.published for cell in one.cells):
            found += audited_part(one, ledgers, only)
    return sorted(found, key=lambda cell: (cell.indicator_id, cell.year, cell.cell, cell.quantity))


def audited_part(one: ComponentCells, ledgers: Sequence[pa.Table], only: set[frozenset[str]] | None) -> list[Audited]:
    """The hidden cells of one connected part."""
    status = [cell.status for cell in one.cells]
    thresholds = [cell.threshold for cell in one.cells]
    if one.organisations > LARGEST_SOLVED:
        said = ranges_in_crowd(one)
    else:
        said = list(attacker.narrowest(one.part, status, thresholds))
    cells = []
    for pair, found, safe in said:
        family, index, quantity = pair
        cell = one.cells[index]
        if only is not None and cell.atoms not in only:
            continue
        state = "safe" if safe else "issued" if is_issued(one, pair, ledgers) else "recovered"
        cells.append(
            Audited(
                cell=cell.name,
                indicator_id=cell.indicator_id,
                year=cell.year,
                quantity="nämnare" if quantity == BOTH_HIDDEN else "antal",
                family=family,
                lower=None if found is None else round(found.lower),
                upper=None if found is None or found.upper >= possible_ranges.FAR else round(found.upper),
                state=state,
            )
        )
    return cells


def ranges_in_crowd(one: ComponentCells) -> list[tuple[Pair, Range | None, bool]]:
    """The hidden cells of a part too large for linear programming: within a family its range, else none."""
    recovered = {(index, quantity): family for family, index, quantity in large_components.recovered(one)}
    number = {cell.atoms: index for index, cell in enumerate(one.cells)}
    ranges: dict[tuple[int, int], Range] = {}
    for inner in large_components.families_of(one).values():
        view = possible_ranges.AttackerView(inner.part, [cell.status for cell in inner.cells], None)
        thresholds = [cell.threshold for cell in inner.cells]
        hidden = list(components.hidden_cells(inner.part, view.status, thresholds))
        rows = [components.cell_row(inner.part, view.status, *cell)[0] for cell in hidden]
        for (index, quantity), found in zip(hidden, view.exact_ranges(np.array(rows)) if rows else [], strict=True):
            ranges[number[inner.cells[index].atoms], quantity] = found
    hidden = list(
        components.hidden_cells(one.part, [cell.status for cell in one.cells], [cell.threshold for cell in one.cells])
    )
    for cell in recovered:
        if cell not in hidden:
            hidden.append(cell)
    return [((recovered.get(cell), *cell), ranges.get(cell), cell not in recovered) for cell in hidden]


def is_issued(one: ComponentCells, pair: Pair, ledgers: Sequence[pa.Table]) -> bool:
    """Whether the editions before the one that first asked for a cell to be hidden had given it away by themselves."""
    family, index, quantity = pair
    cell = one.cells[index]
    asking = next(
        number
        for number, ledger in enumerate(ledgers)
        if any(
            row["threshold"] == cell.threshold and frozenset(row["atoms"]) == cell.atoms
            for row in ledger.select(["atoms", "threshold"]).to_pylist()
        )
    )
    shown: dict[frozenset[str], int] = {}
    for ledger in ledgers[:asking]:
        for row in ledger.to_pylist():
            if row["published"]:
                atoms = frozenset(row["atoms"])
                shown[atoms] = min(shown.get(atoms, BOTH_HIDDEN), ledger_status(row))
    status = [shown.get(other.atoms, BOTH_HIDDEN) if other.published else SHOWN for other in one.cells]
    row, denominator = components.cell_row(one.part, status, index, quantity)
    (found,) = possible_ranges.AttackerView(one.part, status, family).exact_ranges(np.array([row]))
    return not attacker.is_safe(found, cell.threshold, denominator)


def summary(cells: Sequence[Audited], editions: int) -> str:
    """What the audit found, in a sentence or two."""
    recovered = sum(cell.state == "recovered" for cell in cells)
    issued = sum(cell.state == "issued" for cell in cells)
    what = f"{len(cells)} skyddade tal i {editions} {'utgåva' if editions == 1 else 'utgåvor'} prövade"
    already = "utgivet" if issued == 1 else "utgivna"
    told = f" Av dem var {issued} redan {already} genom en tidigare utgåva." if issued else ""
    if recovered:
        return f"{what}: {recovered} kan räknas fram.{told} Ta utgåvan ur bruk med retire och publicera på nytt."
    return f"{what}: inget kan räknas fram, varken utifrån eller av den som känner en organisations egna tal.{told}"
