"""Components: connected systems of unknown counts, the atoms, and of the sums over them that cells show or hide.

Only the numbers are here. The cells behind the sums stand in cells.py, the attacker in attacker.py.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
SHOWN, NUMERATOR_HIDDEN, BOTH_HIDDEN = 0, 1, 2


@dataclass(frozen=True)
class Atom:
    """One unknown: a count x and, for shares, the rest of its denominator; `family` knows both."""

    key: str
    family: str
    x: int
    rest: int | None


@dataclass(frozen=True)
class Sum:
    """One published cell as the numbers of its atoms, with the cost of hiding it.

    A sum that is not `published` is one that anybody can form from others, such as what is left when women are taken
    from the total: it is never shown and has to be safe all the same.
    """

    atoms: frozenset[int]
    cost: float
    published: bool = True


Relation = tuple[tuple[int, float], ...]
"""An equation everybody knows: signed unknowns that add up to 0, numbered as in Component.truth."""


@dataclass
class Component:
    """A connected component: its atoms, the sums over them in all editions that stand, and known relations."""

    atoms: list[Atom]
    sums: list[Sum]
    relations: list[Relation] = field(default_factory=list)

    @cached_property
    def is_share(self) -> bool:
        """Return True if any atom has a rest, so that there are denominators to protect."""
        return any(atom.rest is not None for atom in self.atoms)

    @cached_property
    def has_denominator(self) -> list[bool]:
        """Return, for each sum, True if its denominator is protected too."""
        return [all(self.atoms[atom].rest is not None for atom in cell_sum.atoms) for cell_sum in self.sums]

    @cached_property
    def truth(self) -> Vector:
        """Return the true value of every unknown: the counts, then the rests."""
        rests = [atom.rest or 0 for atom in self.atoms] if self.is_share else []
        return np.array([*(atom.x for atom in self.atoms), *rests], dtype=np.float64)

    def numerator_row(self, atoms: Iterable[int]) -> Vector:
        """Return the coefficients of a sum's numerator over the unknowns."""
        row = np.zeros(len(self.truth))
        row[list(atoms)] = 1
        return row

    def denominator_row(self, atoms: Iterable[int]) -> Vector:
        """Return the coefficients of a sum's denominator: counts and rests."""
        row = self.numerator_row(atoms)
        row[[len(self.atoms) + atom for atom in atoms]] = 1
        return row

    def numerator(self, index: int) -> int:
        """Return the true numerator of a sum."""
        return sum(self.atoms[atom].x for atom in self.sums[index].atoms)

    def denominator(self, index: int) -> int | None:
        """Return the true denominator of a sum, None where it is not protected."""
        if not self.has_denominator[index]:
            return None
        return sum(self.atoms[atom].x + (self.atoms[atom].rest or 0) for atom in self.sums[index].atoms)


def hidden_cells(component: Component, status: Sequence[int], thresholds: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the cells that have to be safe: the hidden ones, and small sums that nobody publishes."""
    for index, cell_sum in enumerate(component.sums):
        if not cell_sum.published:
            if thresholds[index] and is_small(component, index, thresholds[index]):
                yield index, NUMERATOR_HIDDEN
            continue
        if status[index] >= NUMERATOR_HIDDEN:
            yield index, NUMERATOR_HIDDEN
        if status[index] == BOTH_HIDDEN and component.has_denominator[index]:
            yield index, BOTH_HIDDEN


def is_small(component: Component, index: int, threshold: int) -> bool:
    """Return True if a sum's count, or the rest of its denominator, is 0 to t - 1."""
    numerator, denominator = component.numerator(index), component.denominator(index)
    return numerator < threshold or (denominator is not None and denominator - numerator < threshold)


def cell_row(component: Component, status: Sequence[int], index: int, quantity: int) -> tuple[Vector, int | None]:
    """Return a cell's coefficients, and its denominator where that is shown."""
    atoms = component.sums[index].atoms
    if quantity == BOTH_HIDDEN:
        return component.denominator_row(atoms), None
    return component.numerator_row(atoms), component.denominator(index) if status[index] == NUMERATOR_HIDDEN else None
