"""Cells: every published sum over unknown counts, once, under all the names it is published by.

The schema of a ledger's rows is here too. The cells of one edition are gathered in cell_register.py.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from samlad.foundation import schema
from samlad.publish import attacker, possible_ranges
from samlad.publish.components import BOTH_HIDDEN, NUMERATOR_HIDDEN, SHOWN, Component

Row = dict[str, Any]
Place = tuple[str, int, str]
"""Place of publication: table, row_id, and for a change the end (from or to)."""

COSTS = {"part": 1.0, "whole": 2.0, "merged": 2.0, "change part": 3.0, "city part": 6.0, "change": 8.0, "city": 20.0}
"""Cost to readers of hiding a cell, without unit: least for one sex of one organisation, most for the city."""

LEDGER = pa.schema(
    [
        ("indicator_id", schema.TEXT),
        ("year", schema.YEAR),
        ("atoms", pa.list_(schema.TEXT)),
        ("published", schema.YES_NO),
        ("numerator", schema.WHOLE),
        ("denominator", schema.WHOLE),
        ("numerator_shown", schema.YES_NO),
        ("denominator_shown", schema.YES_NO),
        ("threshold", schema.WHOLE),
        ("reason", schema.TEXT),
        ("places", pa.list_(schema.TEXT)),
        ("relation", pa.list_(schema.TEXT)),
        ("total", schema.TEXT),
    ]
)
"""The raw side's record of an edition: every cell, its atoms and counts, its status and the reason."""


@dataclass
class Cell:
    """One sum under all the names it is published by; is_fixed when an edition that stands has decided its status."""

    indicator_id: str
    year: int
    atoms: frozenset[str]
    cost: float
    threshold: int
    published: bool = True
    places: list[Place] = field(default_factory=list)
    status: int = SHOWN
    reason: str = ""
    is_fixed: bool = False
    total: str = ""
    """Name of the reported total that the cell is, whatever sexes are reported beside it; else empty."""
    because: attacker.Pair | None = None
    """The first hidden cell, and its attacker, that this secondary suppression protects."""

    @property
    def name(self) -> str:
        """Return the name of the cell on the raw side."""
        atom_names = sorted(key.split("|")[1] + " " + key.split("|")[3] for key in self.atoms)
        return f"{self.indicator_id} {self.year} {', '.join(atom_names[:4])}{' …' if len(atom_names) > 4 else ''}"

    @property
    def turn(self) -> int:
        """Return the rank among cells of one cost, from names alone: counts must not decide it.

        The year is no part of it, so that the same organisation is asked in all years.
        """
        names = sorted("|".join((*key.split("|")[:2], key.split("|")[3])) for key in self.atoms)
        return zlib.crc32(" ".join(names).encode())


@dataclass
class ComponentCells:
    """A component with its cells, in the order of its sums."""

    cells: list[Cell]
    system: Component

    @property
    def organisations(self) -> int:
        """Return the number of organisations with an atom in the component."""
        return len({atom.key.split("|")[1] for atom in self.system.atoms})

    def recovered(
        self,
        *,
        safe: dict[attacker.Pair, possible_ranges.Range] | None = None,
        only: Sequence[attacker.Pair] | None = None,
        witnesses: NDArray[np.float64] | None = None,
    ) -> Iterator[attacker.RecoveredCell]:
        """Yield the hidden cells that are not safe as things stand; see attacker.recovered."""
        status = [cell.status for cell in self.cells]
        thresholds = [cell.threshold for cell in self.cells]
        return attacker.recovered(self.system, status, thresholds, safe=safe, only=only, witnesses=witnesses)


def ledger_status(row: Row) -> int:
    """Return the status of a published sum from its row of a ledger."""
    return SHOWN if row["numerator_shown"] else NUMERATOR_HIDDEN if row["denominator_shown"] else BOTH_HIDDEN
