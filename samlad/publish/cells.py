"""Cells: every published sum over unknown counts, once, under all the names it is published by.

The record of cells in a ledger is here too. Which cells an edition has stands in cell_register.py.
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
"""Where a cell is published: the table, the row_id, and for a change which of its two years."""

COSTS = {"part": 1.0, "whole": 2.0, "merged": 2.0, "change part": 3.0, "city part": 6.0, "change": 8.0, "city": 20.0}
"""What hiding a cell costs a reader: one sex of one organisation the least, the city's total by far the most."""

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
"""The raw side's record of every protected sum of an edition: what it adds, its counts, what was shown, and why not."""


@dataclass
class Cell:
    """One sum under all the names it is published by. Fixed: an edition that stands has shown or hidden it already."""

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
    """The reported total it is, if it is one: the same count whatever sexes are told beside it."""
    because: attacker.Pair | None = None
    """The first hidden cell, and from whom, that this one was hidden to keep."""

    @property
    def name(self) -> str:
        """What to call it on the raw side."""
        parts = sorted(key.split("|")[1] + " " + key.split("|")[3] for key in self.atoms)
        return f"{self.indicator_id} {self.year} {', '.join(parts[:4])}{' …' if len(parts) > 4 else ''}"

    @property
    def turn(self) -> int:
        """Return the place in the order in which cells of one cost are hidden: it follows from names, not counts.

        The year is no part of it, so that the same organisation is asked in all years.
        """
        names = sorted("|".join((*key.split("|")[:2], key.split("|")[3])) for key in self.atoms)
        return zlib.crc32(" ".join(names).encode())


@dataclass
class ComponentCells:
    """A connected part with its cells in the order of its sums."""

    cells: list[Cell]
    part: Component

    @property
    def organisations(self) -> int:
        """How many organisations have an atom in it."""
        return len({atom.key.split("|")[1] for atom in self.part.atoms})

    def recovered(
        self,
        *,
        safe: dict[attacker.Pair, possible_ranges.Range] | None = None,
        only: Sequence[attacker.Pair] | None = None,
        witnesses: NDArray[np.float64] | None = None,
    ) -> Iterator[attacker.Recovered]:
        """The hidden cells that are not safe as things stand; see audit.recovered."""
        status = [cell.status for cell in self.cells]
        thresholds = [cell.threshold for cell in self.cells]
        return attacker.recovered(self.part, status, thresholds, safe=safe, only=only, witnesses=witnesses)


def ledger_status(row: Row) -> int:
    """What a row of a ledger says that readers were shown of a published sum."""
    return SHOWN if row["numerator_shown"] else NUMERATOR_HIDDEN if row["denominator_shown"] else BOTH_HIDDEN
