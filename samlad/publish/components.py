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
    """One unknown: a count x and, for shares, the rest of its denominator. `family` is who knows it from inside."""

    key: str
    family: str
    x: int
    rest: int | None


@dataclass(frozen=True)
class Sum:
    """One published cell, under all the names it is published by: the atoms it adds, and what hiding it costs.

    A sum that is not `published` is one that anybody can form from others, such as what is left when women are taken
    from the total: it is never shown and has to be safe all the same.
    """

    atoms: frozenset[int]
    cost: float
    published: bool = True


Relation = tuple[tuple[int, float], ...]
"""Something everybody knows of the counts: signed unknowns that add up to nothing, numbered as in Part.truth."""


@dataclass
class Component:
    """A connected part: its atoms, the sums over them, in this edition or one that stands, and what everybody knows."""

    atoms: list[Atom]
    sums: list[Sum]
    relations: list[Relation] = field(default_factory=list)

    @cached_property
    def is_share(self) -> bool:
        """Whether any atom has a rest, so that there are denominators to protect."""
        return any(atom.rest is not None for atom in self.atoms)

    @cached_property
    def has_denominator(self) -> list[bool]:
        """For each sum, whether its denominator is a sum to protect."""
        return [all(self.atoms[atom].rest is not None for atom in one.atoms) for one in self.sums]

    @cached_property
    def truth(self) -> Vector:
        """The true value of every unknown: the counts, then the rests."""
        rests = [atom.rest or 0 for atom in self.atoms] if self.is_share else []
        return np.array([*(atom.x for atom in self.atoms), *rests], dtype=np.float64)

    def numerator_row(self, atoms: Iterable[int]) -> Vector:
        """The coefficients of a sum's numerator."""
        row = np.zeros(len(self.truth))
        row[list(atoms)] = 1
        return row

    def denominator_row(self, atoms: Iterable[int]) -> Vector:
        """The coefficients of a sum's denominator: counts and rests."""
        row = self.numerator_row(atoms)
        row[[len(self.atoms) + atom for atom in atoms]] = 1
        return row

    def numerator(self, index: int) -> int:
        """The true numerator of a sum."""
        return sum(self.atoms[atom].x for atom in self.sums[index].atoms)

    def denominator(self, index: int) -> int | None:
        """The true denominator of a sum, None where it is not protected."""
        if not self.has_denominator[index]:
            return None
        return sum(self.atoms[atom].x + (self.atoms[atom].rest or 0) for atom in self.sums[index].atoms)


def hidden_cells(part: Component, status: Sequence[int], thresholds: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The cells that have to be safe: hidden numerators and denominators, and small sums that nobody publishes."""
    for index, one in enumerate(part.sums):
        if not one.published:
            if thresholds[index] and is_small(part, index, thresholds[index]):
                yield index, NUMERATOR_HIDDEN
            continue
        if status[index] >= NUMERATOR_HIDDEN:
            yield index, NUMERATOR_HIDDEN
        if status[index] == BOTH_HIDDEN and part.has_denominator[index]:
            yield index, BOTH_HIDDEN


def is_small(part: Component, index: int, threshold: int) -> bool:
    """Whether a sum's count, or what is left of its denominator, is 0 to t - 1."""
    numerator, denominator = part.numerator(index), part.denominator(index)
    return numerator < threshold or (denominator is not None and denominator - numerator < threshold)


def cell_row(part: Component, status: Sequence[int], index: int, quantity: int) -> tuple[Vector, int | None]:
    """A cell's coefficients, and its denominator where that is shown."""
    atoms = part.sums[index].atoms
    if quantity == BOTH_HIDDEN:
        return part.denominator_row(atoms), None
    return part.numerator_row(atoms), part.denominator(index) if status[index] == NUMERATOR_HIDDEN else None
