"""Protection of large components: a hidden count is safe when three families each hide a cell in the same sum.

Smaller components are protected by linear programming, in protection.py.
"""

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
"""Number of families that must hide a cell in a sum that is shown."""

UNBOUNDED = 1e9
"""Upper slack of a count that nothing limits."""

Hide = Callable[[ComponentCells, dict[Pair, Range]], set[Pair]]


def hide_in_large_component(component: ComponentCells, hide_further: Hide) -> set[Pair]:
    """Hide the cells that give hidden ones away in a large component; return those already out.

    Within one family linear programming decides. Over families, each shown sum, and each difference between two shown
    sums of which one holds the other, hides nothing or something of three families, and what two of them hide together
    is never small. Repeated until nothing more has to be hidden.
    """
    inner = families_of(component)
    number = {cell.atoms: index for index, cell in enumerate(component.cells)}
    issued: set[Pair] = set()
    waiting = set(inner)
    while waiting:
        for name in sorted(waiting):
            for family, index, quantity in hide_further(inner[name], {}):
                issued.add((family, number[inner[name].cells[index].atoms], quantity))
        waiting = mend_sums(component, inner)
    return issued


def recovered(component: ComponentCells) -> Iterator[Pair]:
    """Yield the hidden cells that a family's own sums give away, and the sums over families that are no crowd."""
    inner = families_of(component)
    number = {cell.atoms: index for index, cell in enumerate(component.cells)}
    for family in inner.values():
        inside = [cell.status for cell in family.cells]
        thresholds = [cell.threshold for cell in family.cells]
        outsider = [
            (None, index, quantity) for index, quantity in components.hidden_cells(family.system, inside, thresholds)
        ]
        for leak in family.recovered(only=outsider):
            yield leak.family, number[family.cells[leak.index].atoms], leak.quantity
    loose = loose_atoms(component, inner)
    crossing = crossing_sums(component)
    for index in crossing:
        lacking = lacks(component, component.system.sums[index].atoms, loose, component.cells[index].status)
        if lacking:
            yield None, index, lacking
    for outer, within in nested(component, crossing):
        status = max(component.cells[outer].status, component.cells[within].status)
        lacking = lacks(
            component, component.system.sums[outer].atoms - component.system.sums[within].atoms, loose, status
        )
        if lacking:
            yield None, outer, lacking


def crossing_sums(component: ComponentCells) -> list[int]:
    """Return the published sums that add counts of more than one family."""
    return [
        index
        for index, total in enumerate(component.system.sums)
        if total.published and len({component.system.atoms[atom].family for atom in total.atoms}) > 1
    ]


def nested(component: ComponentCells, crossing: list[int]) -> Iterator[tuple[int, int]]:
    """Yield pairs of sums of which the first contains the second."""
    ordered = sorted(crossing, key=lambda index: -len(component.system.sums[index].atoms))
    return (
        (a, b) for a, b in combinations(ordered, 2) if component.system.sums[b].atoms < component.system.sums[a].atoms
    )


def families_of(component: ComponentCells) -> dict[str, ComponentCells]:
    """Return each family's own component: its atoms, and the sums over them alone."""
    atoms: dict[str, list[int]] = defaultdict(list)
    for index, atom in enumerate(component.system.atoms):
        atoms[atom.family].append(index)
    by_family: dict[str, ComponentCells] = {}
    sums: dict[str, list[int]] = defaultdict(list)
    for index, total in enumerate(component.system.sums):
        names = {component.system.atoms[atom].family for atom in total.atoms}
        if len(names) == 1:
            sums[names.pop()].append(index)
    relations = defaultdict(list)
    for relation in component.system.relations:
        relations[component.system.atoms[relation[0][0] % len(component.system.atoms)].family].append(relation)
    for name, own in sorted(atoms.items()):
        number = {atom: index for index, atom in enumerate(own)}
        whole, size = len(component.system.atoms), len(own)

        def unknown(at: int, number: dict[int, int] = number, whole: int = whole, size: int = size) -> int:
            return number[at] if at < whole else size + number[at - whole]

        system = Component(
            atoms=[component.system.atoms[atom] for atom in own],
            sums=[
                type(total)(frozenset(number[atom] for atom in total.atoms), total.cost, total.published)
                for total in (component.system.sums[index] for index in sums[name])
            ],
        )
        system.relations = [tuple((unknown(atom), sign) for atom, sign in relation) for relation in relations[name]]
        by_family[name] = ComponentCells([component.cells[index] for index in sums[name]], system)
    return by_family


@dataclass(frozen=True)
class Loose:
    """The atoms whose count, and those whose denominator, their own family's sums leave open."""

    counts: frozenset[int]
    denominators: frozenset[int]


def mend_sums(component: ComponentCells, inner: dict[str, ComponentCells]) -> set[str]:
    """Hide cells until every sum over families is a crowd; return the families that hide more now."""
    loose = loose_atoms(component, inner)
    by_atoms = {total.atoms: index for index, total in enumerate(component.system.sums)}
    crossing = crossing_sums(component)
    changed: set[str] = set()
    for index in crossing:
        lacking = lacks(component, component.system.sums[index].atoms, loose, component.cells[index].status)
        if lacking:
            changed |= mend(component, index, lacking, loose, by_atoms)
    if changed:
        return changed
    for outer, within in nested(component, crossing):
        status = max(component.cells[outer].status, component.cells[within].status)
        lacking = lacks(
            component, component.system.sums[outer].atoms - component.system.sums[within].atoms, loose, status
        )
        free = [index for index in (outer, within) if not component.cells[index].is_fixed]
        if lacking and free:
            hide(component.cells[min(free, key=lambda index: (component.cells[index].cost, index))], lacking)
    return changed


def loose_atoms(component: ComponentCells, inner: dict[str, ComponentCells]) -> Loose:
    """Return the counts and denominators that no family's own sums settle."""
    number = {atom.key: index for index, atom in enumerate(component.system.atoms)}
    counts: set[int] = set()
    denominators: set[int] = set()
    for family in inner.values():
        status = [cell.status for cell in family.cells]
        if not any(status):
            continue
        view = AttackerView(family.system, status, None)
        for index, atom in enumerate(family.system.atoms):
            moves = view.moves[:, index]
            if np.abs(moves).max(initial=0) > SMALL:
                counts.add(number[atom.key])
            if atom.rest is not None:
                both = moves + view.moves[:, len(family.system.atoms) + index]
                if np.abs(both).max(initial=0) > SMALL:
                    denominators.add(number[atom.key])
    return Loose(frozenset(counts), frozenset(denominators))


def lacks(component: ComponentCells, atoms: frozenset[int], loose: Loose, status: int) -> int:
    """Return the shown quantity of a sum that is no crowd: BOTH_HIDDEN for the denominator, SHOWN for none."""
    threshold = max(cell.threshold for cell in component.cells)
    denominators = hidden_denominators(component, atoms, loose)
    if (
        status != BOTH_HIDDEN
        and denominators
        and not families_protect_denominator(list(denominators.values()), threshold)
    ):
        return BOTH_HIDDEN
    counts = hidden_counts(component, atoms, loose)
    if status == SHOWN and counts and not families_protect_count(list(counts.values()), threshold):
        return NUMERATOR_HIDDEN
    return SHOWN


def families_protect_denominator(denominators: list[float], threshold: int) -> bool:
    """Return True if three families hide a denominator, each safe from the one that hides most."""
    ordered = sorted(denominators, reverse=True)
    return len(ordered) >= FAMILIES and all(
        is_wide(0.0, sum(ordered) - (ordered[1] if count == ordered[0] else ordered[0]), threshold) for count in ordered
    )


def families_protect_count(hidden: list[tuple[float, float]], threshold: int) -> bool:
    """Return True if three families hide a count, each safe from each of the others.

    `hidden` holds for each family its count and how much more the count could be.

    >>> families_protect_count([(2, 40), (30, 50), (31, 40)], 5), families_protect_count([(2, 40), (30, 50)], 5)
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


def hidden_counts(component: ComponentCells, atoms: frozenset[int], loose: Loose) -> dict[str, tuple[float, float]]:
    """Return, for each family with a hidden cell in a sum, its count and the upper slack."""
    hidden: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for atom in sorted(atoms & loose.counts):
        known = component.system.atoms[atom]
        x, rest = hidden[known.family]
        more = UNBOUNDED if known.rest is None or atom in loose.denominators else known.rest
        hidden[known.family] = (x + known.x, rest + more)
    return dict(hidden)


def hidden_denominators(component: ComponentCells, atoms: frozenset[int], loose: Loose) -> dict[str, float]:
    """Return, for each family with a hidden denominator in a sum, its size."""
    hidden: dict[str, float] = defaultdict(float)
    for atom in sorted(atoms & loose.denominators):
        known = component.system.atoms[atom]
        hidden[known.family] += known.x + (known.rest or 0)
    return dict(hidden)


def mend(
    component: ComponentCells, index: int, lacking: int, loose: Loose, by_atoms: dict[frozenset[int], int]
) -> set[str]:
    """Hide one more cell of a sum, of a family that hides none, or the sum itself; return that family."""
    atoms = component.system.sums[index].atoms
    taken = (
        hidden_counts(component, atoms, loose)
        if lacking == NUMERATOR_HIDDEN
        else hidden_denominators(component, atoms, loose)
    )
    families: dict[str, set[int]] = defaultdict(set)
    for atom in atoms:
        families[component.system.atoms[atom].family].add(atom)
    choices = []
    for name, own in families.items():
        piece = by_atoms.get(frozenset(own))
        if (
            name in taken
            or piece is None
            or component.cells[piece].is_fixed
            or component.cells[piece].status >= lacking
        ):
            continue
        choices.append((component.cells[piece].cost, component.cells[piece].turn, piece, name))
    missing = max(1, FAMILIES - len(taken))
    if len(choices) >= missing and (
        component.cells[index].is_fixed or missing * min(choices)[0] <= component.cells[index].cost
    ):
        _, _, piece, name = min(choices)
        hide(component.cells[piece], lacking)
        return {name}
    hide(component.cells[index], lacking)
    return set()


def hide(cell: Cell, quantity: int) -> None:
    """Hide a cell as secondary suppression."""
    cell.status = max(cell.status, quantity)
    cell.reason = cell.reason or "further"
