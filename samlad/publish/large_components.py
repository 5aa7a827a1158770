"""Protection in large parts: a hidden count is safe in a crowd, where three families hide at least one each."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from samlad.publish import components
from samlad.publish.attacker import Pair, is_wide
from samlad.publish.cells import Cell, ComponentCells
from samlad.publish.components import BOTH_HIDDEN, NUMERATOR_HIDDEN, SHOWN, Component
from samlad.publish.possible_ranges import SMALL, AttackerView, Range

FAMILIES = 3
"""How many families have to hide something of a sum that is shown."""

UNBOUNDED = 1e9
"""How much more a count could be where nothing limits it."""

Hide = Callable[[ComponentCells, dict[Pair, Range]], set[Pair]]


def hide_in_crowds(one: ComponentCells, hide_further: Hide) -> set[Pair]:
    """Hide what gives hidden cells away in a part too large for linear programming; returns what is out already.

    Within one family linear programming decides. Over families, each shown sum, and each difference between two shown
    sums of which one holds the other, hides nothing or something of three families, and what two of them hide together
    is never small. Repeated until nothing more has to be hidden.
    """
    inner = families_of(one)
    number = {cell.atoms: index for index, cell in enumerate(one.cells)}
    issued: set[Pair] = set()
    waiting = set(inner)
    while waiting:
        for name in sorted(waiting):
            for family, index, quantity in hide_further(inner[name], {}):
                issued.add((family, number[inner[name].cells[index].atoms], quantity))
        waiting = mend_sums(one, inner)
    return issued


def recovered(one: ComponentCells) -> Iterator[Pair]:
    """The hidden cells that one family's own sums give away, and the sums over families that are no crowd."""
    inner = families_of(one)
    number = {cell.atoms: index for index, cell in enumerate(one.cells)}
    for family in inner.values():
        inside = [cell.status for cell in family.cells]
        thresholds = [cell.threshold for cell in family.cells]
        outsider = [
            (None, index, quantity) for index, quantity in components.hidden_cells(family.part, inside, thresholds)
        ]
        for found in family.recovered(only=outsider):
            yield found.family, number[family.cells[found.index].atoms], found.quantity
    loose = loose_atoms(one, inner)
    crossing = crossing_sums(one)
    for index in crossing:
        lacking = lacks(one, one.part.sums[index].atoms, loose, one.cells[index].status)
        if lacking:
            yield None, index, lacking
    for outer, within in nested(one, crossing):
        status = max(one.cells[outer].status, one.cells[within].status)
        lacking = lacks(one, one.part.sums[outer].atoms - one.part.sums[within].atoms, loose, status)
        if lacking:
            yield None, outer, lacking


def crossing_sums(one: ComponentCells) -> list[int]:
    """The published sums that add counts of more than one family."""
    return [
        index
        for index, total in enumerate(one.part.sums)
        if total.published and len({one.part.atoms[atom].family for atom in total.atoms}) > 1
    ]


def nested(one: ComponentCells, crossing: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of sums of which the first holds the second."""
    ordered = sorted(crossing, key=lambda index: -len(one.part.sums[index].atoms))
    return ((a, b) for a, b in combinations(ordered, 2) if one.part.sums[b].atoms < one.part.sums[a].atoms)


def families_of(one: ComponentCells) -> dict[str, ComponentCells]:
    """For each family, the part that is its own: its atoms, and the sums that add no others."""
    atoms: dict[str, list[int]] = defaultdict(list)
    for index, atom in enumerate(one.part.atoms):
        atoms[atom.family].append(index)
    found: dict[str, ComponentCells] = {}
    sums: dict[str, list[int]] = defaultdict(list)
    for index, total in enumerate(one.part.sums):
        names = {one.part.atoms[atom].family for atom in total.atoms}
        if len(names) == 1:
            sums[names.pop()].append(index)
    relations = defaultdict(list)
    for relation in one.part.relations:
        relations[one.part.atoms[relation[0][0] % len(one.part.atoms)].family].append(relation)
    for name, own in sorted(atoms.items()):
        number = {atom: index for index, atom in enumerate(own)}
        whole, size = len(one.part.atoms), len(own)

        def unknown(at: int, number: dict[int, int] = number, whole: int = whole, size: int = size) -> int:
            return number[at] if at < whole else size + number[at - whole]

        part = Component(
            atoms=[one.part.atoms[atom] for atom in own],
            sums=[
                type(total)(frozenset(number[atom] for atom in total.atoms), total.cost, total.published)
                for total in (one.part.sums[index] for index in sums[name])
            ],
        )
        part.relations = [tuple((unknown(atom), sign) for atom, sign in relation) for relation in relations[name]]
        found[name] = ComponentCells([one.cells[index] for index in sums[name]], part)
    return found


@dataclass(frozen=True)
class Loose:
    """The atoms whose count, and those whose denominator, is not settled by what their own family's sums show."""

    counts: frozenset[int]
    denominators: frozenset[int]


def mend_sums(one: ComponentCells, inner: dict[str, ComponentCells]) -> set[str]:
    """Hide what is needed for every sum over families to be a crowd; returns the families that hide more now."""
    loose = loose_atoms(one, inner)
    by_atoms = {total.atoms: index for index, total in enumerate(one.part.sums)}
    crossing = crossing_sums(one)
    changed: set[str] = set()
    for index in crossing:
        lacking = lacks(one, one.part.sums[index].atoms, loose, one.cells[index].status)
        if lacking:
            changed |= mend(one, index, lacking, loose, by_atoms)
    if changed:
        return changed
    for outer, within in nested(one, crossing):
        status = max(one.cells[outer].status, one.cells[within].status)
        lacking = lacks(one, one.part.sums[outer].atoms - one.part.sums[within].atoms, loose, status)
        free = [index for index in (outer, within) if not one.cells[index].is_fixed]
        if lacking and free:
            hide(one.cells[min(free, key=lambda index: (one.cells[index].cost, index))], lacking)
    return changed


def loose_atoms(one: ComponentCells, inner: dict[str, ComponentCells]) -> Loose:
    """What is not settled within the families."""
    number = {atom.key: index for index, atom in enumerate(one.part.atoms)}
    counts: set[int] = set()
    denominators: set[int] = set()
    for family in inner.values():
        status = [cell.status for cell in family.cells]
        if not any(status):
            continue
        view = AttackerView(family.part, status, None)
        for index, atom in enumerate(family.part.atoms):
            moves = view.moves[:, index]
            if np.abs(moves).max(initial=0) > SMALL:
                counts.add(number[atom.key])
            if atom.rest is not None:
                both = moves + view.moves[:, len(family.part.atoms) + index]
                if np.abs(both).max(initial=0) > SMALL:
                    denominators.add(number[atom.key])
    return Loose(frozenset(counts), frozenset(denominators))


def lacks(one: ComponentCells, atoms: frozenset[int], loose: Loose, status: int) -> int:
    """Which quantity of a sum with this status is shown and is no crowd: BOTH_HIDDEN for the denominator; or SHOWN."""
    threshold = max(cell.threshold for cell in one.cells)
    denominators = hidden_denominators(one, atoms, loose)
    if status != BOTH_HIDDEN and denominators and not is_crowd_of_wholes(list(denominators.values()), threshold):
        return BOTH_HIDDEN
    counts = hidden_counts(one, atoms, loose)
    if status == SHOWN and counts and not is_crowd(list(counts.values()), threshold):
        return NUMERATOR_HIDDEN
    return SHOWN


def is_crowd_of_wholes(denominators: list[float], threshold: int) -> bool:
    """Whether three families or more hide a denominator, and each is safe from the one that hides the most."""
    ordered = sorted(denominators, reverse=True)
    return len(ordered) >= FAMILIES and all(
        is_wide(0.0, sum(ordered) - (ordered[1] if one == ordered[0] else ordered[0]), threshold) for one in ordered
    )


def is_crowd(hidden: list[tuple[float, float]], threshold: int) -> bool:
    """Whether three families or more hide a count, and each is safe from each of the others.

    `hidden` holds for each family its count and how much more the count could be.

    >>> is_crowd([(2, 40), (30, 50), (31, 40)], 5), is_crowd([(2, 40), (30, 50)], 5)
    (True, False)
    """
    if len(hidden) < FAMILIES:
        return False
    counts = sorted((x for x, _ in hidden), reverse=True)
    rests = sorted((rest for _, rest in hidden), reverse=True)
    for x, rest in hidden:
        most = counts[1] if x == counts[0] else counts[0]
        room = sum(rests) - rest - (rests[1] if rest == rests[0] else rests[0])
        lower, upper = max(0.0, x - room), min(x + rest, sum(counts) - most)
        if not is_wide(lower, upper, threshold, int(x + rest) if rest < UNBOUNDED else None):
            return False
    return True


def hidden_counts(one: ComponentCells, atoms: frozenset[int], loose: Loose) -> dict[str, tuple[float, float]]:
    """For each family that hides something of a sum: its count, and how much more the count could be."""
    hidden: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for atom in sorted(atoms & loose.counts):
        known = one.part.atoms[atom]
        x, rest = hidden[known.family]
        more = UNBOUNDED if known.rest is None or atom in loose.denominators else known.rest
        hidden[known.family] = (x + known.x, rest + more)
    return dict(hidden)


def hidden_denominators(one: ComponentCells, atoms: frozenset[int], loose: Loose) -> dict[str, float]:
    """For each family that hides a denominator in a sum: how much it hides."""
    hidden: dict[str, float] = defaultdict(float)
    for atom in sorted(atoms & loose.denominators):
        known = one.part.atoms[atom]
        hidden[known.family] += known.x + (known.rest or 0)
    return dict(hidden)


def mend(one: ComponentCells, index: int, lacking: int, loose: Loose, by_atoms: dict[frozenset[int], int]) -> set[str]:
    """Hide one more piece of a sum, of a family that hides none; or the sum itself. Returns that family."""
    atoms = one.part.sums[index].atoms
    taken = hidden_counts(one, atoms, loose) if lacking == NUMERATOR_HIDDEN else hidden_denominators(one, atoms, loose)
    families: dict[str, set[int]] = defaultdict(set)
    for atom in atoms:
        families[one.part.atoms[atom].family].add(atom)
    choices = []
    for name, own in families.items():
        piece = by_atoms.get(frozenset(own))
        if name in taken or piece is None or one.cells[piece].is_fixed or one.cells[piece].status >= lacking:
            continue
        choices.append((one.cells[piece].cost, one.cells[piece].turn, piece, name))
    missing = max(1, FAMILIES - len(taken))
    if len(choices) >= missing and (one.cells[index].is_fixed or missing * min(choices)[0] <= one.cells[index].cost):
        _, _, piece, name = min(choices)
        hide(one.cells[piece], lacking)
        return {name}
    hide(one.cells[index], lacking)
    return set()


def hide(cell: Cell, quantity: int) -> None:
    """Hide a cell, and remember that it was not the rule that asked for it."""
    cell.status = max(cell.status, quantity)
    cell.reason = cell.reason or "further"
