"""The audit: an attack, from the ledgers, on every hidden cell of the editions that stand.

For the raw side. It changes nothing; hiding cells stands in protection.py.
"""

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
class AuditedCell:
    """One hidden cell, with its range for the strongest attacker.

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
        """Return the cell as JSON values."""
        return asdict(self)

    def text(self) -> str:
        """Return the cell on one line, for the raw side only."""
        who = "vem som helst" if self.family is None else f"den som känner {self.family}s egna tal"
        if self.lower is None:
            return f"{self.cell} ({self.quantity}): för få organisationer döljer något i summan."
        return f"{self.cell} ({self.quantity}): {who} kan räkna fram {self.lower} till {self.upper}."


def audit_folder(folder: DataFolder, snapshot_id: str | None = None) -> list[AuditedCell]:
    """Return every hidden cell of the editions that stand, or of the named edition alone.

    Also what one edition hides is tried with all that stand. Raises SamladError when nothing has been published, when
    an edition or its ledger is missing, or when there is no raw side to read.
    """
    chosen = editions.read(folder, snapshot_id)
    if not folder.submissions.is_dir():
        raise SamladError(
            f"Mappen {folder.submissions} finns inte. Revisionen behöver redogörelserna för vad som har skyddats. "
            "Kör den där rapporterna ligger."
        )
    in_use = editions.standing_editions(folder)
    ledgers = [edition.ledger for edition in in_use]
    ledger = {edition.snapshot_id: edition.ledger for edition in in_use}[chosen.snapshot_id]
    only = {frozenset(atoms) for atoms in ledger["atoms"].to_pylist()} if snapshot_id else None
    return audit_ledgers(ledgers, chosen.table("successions"), only)


def audit_ledgers(
    ledgers: Sequence[pa.Table], successions: pa.Table, only: set[frozenset[str]] | None = None
) -> list[AuditedCell]:
    """Return every hidden cell of these ledgers, oldest first; `only` limits them by their atoms."""
    audited = []
    for component in StandingCells(successions, ledgers).components():
        if any(cell.status or not cell.published for cell in component.cells):
            audited += audited_part(component, ledgers, only)
    return sorted(audited, key=lambda cell: (cell.indicator_id, cell.year, cell.cell, cell.quantity))


def audited_part(
    component: ComponentCells, ledgers: Sequence[pa.Table], only: set[frozenset[str]] | None
) -> list[AuditedCell]:
    """Return the hidden cells of one component."""
    status = [cell.status for cell in component.cells]
    thresholds = [cell.threshold for cell in component.cells]
    if component.organisations > LARGEST_SOLVED:
        judged_ranges = ranges_in_large_component(component)
    else:
        judged_ranges = list(attacker.narrowest(component.system, status, thresholds))
    audited = []
    for pair, possible, safe in judged_ranges:
        family, index, quantity = pair
        cell = component.cells[index]
        if only is not None and cell.atoms not in only:
            continue
        state = "safe" if safe else "issued" if is_issued(component, pair, ledgers) else "recovered"
        audited.append(
            AuditedCell(
                cell=cell.name,
                indicator_id=cell.indicator_id,
                year=cell.year,
                quantity="nämnare" if quantity == BOTH_HIDDEN else "antal",
                family=family,
                lower=None if possible is None else round(possible.lower),
                upper=None if possible is None or possible.upper >= possible_ranges.FAR else round(possible.upper),
                state=state,
            )
        )
    return audited


def ranges_in_large_component(component: ComponentCells) -> list[tuple[Pair, Range | None, bool]]:
    """Return the hidden cells of a large component, each with its range within one family, else None."""
    recovered = {(index, quantity): family for family, index, quantity in large_components.recovered(component)}
    number = {cell.atoms: index for index, cell in enumerate(component.cells)}
    ranges: dict[tuple[int, int], Range] = {}
    for inner in large_components.families_of(component).values():
        view = possible_ranges.AttackerView(inner.system, [cell.status for cell in inner.cells], None)
        thresholds = [cell.threshold for cell in inner.cells]
        hidden = list(components.hidden_cells(inner.system, view.status, thresholds))
        rows = [components.cell_row(inner.system, view.status, *cell)[0] for cell in hidden]
        for (index, quantity), possible in zip(hidden, view.exact_ranges(np.array(rows)) if rows else [], strict=True):
            ranges[number[inner.cells[index].atoms], quantity] = possible
    hidden = list(
        components.hidden_cells(
            component.system, [cell.status for cell in component.cells], [cell.threshold for cell in component.cells]
        )
    )
    for cell in recovered:
        if cell not in hidden:
            hidden.append(cell)
    return [((recovered.get(cell), *cell), ranges.get(cell), cell not in recovered) for cell in hidden]


def is_issued(component: ComponentCells, pair: Pair, ledgers: Sequence[pa.Table]) -> bool:
    """Return True if editions before the first that hid the cell had already given it away."""
    family, index, quantity = pair
    cell = component.cells[index]
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
    status = [shown.get(other.atoms, BOTH_HIDDEN) if other.published else SHOWN for other in component.cells]
    row, denominator = components.cell_row(component.system, status, index, quantity)
    (possible,) = possible_ranges.AttackerView(component.system, status, family).exact_ranges(np.array([row]))
    return not attacker.is_safe(possible, cell.threshold, denominator)


def summary(cells: Sequence[AuditedCell], editions: int) -> str:
    """Return the result of the audit in a sentence or two, in Swedish."""
    recovered = sum(cell.state == "recovered" for cell in cells)
    issued = sum(cell.state == "issued" for cell in cells)
    what = f"{len(cells)} skyddade tal i {editions} {'utgåva' if editions == 1 else 'utgåvor'} prövade"
    already = "utgivet" if issued == 1 else "utgivna"
    issued_text = f" Av dem var {issued} redan {already} genom en tidigare utgåva." if issued else ""
    if recovered:
        return f"{what}: {recovered} kan räknas fram.{issued_text} Ta utgåvan ur bruk med retire och publicera på nytt."
    return (
        f"{what}: inget kan räknas fram, varken utifrån eller av den som känner en organisations egna tal.{issued_text}"
    )
