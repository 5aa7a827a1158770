"""Protection in large parts: a hidden count is safe in a crowd, where three families hide at least one each."""

from collections import defaultdict
from collections.abc import Callable

from samlad.audit import NUMERATOR_HIDDEN, SHOWN, Pair, Part, Range, View, is_wide
from samlad.cells import Cell, Connected

FAMILIES = 3
"""How many families have to hide something of a sum that is shown."""

UNBOUNDED = 1e9
"""How much more a count could be where nothing limits it."""

Hide = Callable[[Connected, dict[Pair, Range]], set[tuple[int, int]]]


def hide_in_crowds(one: Connected, hide_further: Hide) -> list[str]:
    """Hide what gives hidden cells away in a part too large for linear programming; returns what is out already.

    Within one family linear programming decides. Over families, each shown sum, and each difference between two shown
    sums of which one holds the other, hides nothing or something of three families, and what two of them hide together
    is never small. Repeated until nothing more has to be hidden.
    """
    inner = families_of(one)
    issued: set[str] = set()
    waiting = set(inner)
    while waiting:
        for name in sorted(waiting):
            issued |= {inner[name].cells[index].name for index, _ in hide_further(inner[name], {})}
        waiting = mend_sums(one, inner)
    return sorted(issued)


def families_of(one: Connected) -> dict[str, Connected]:
    """For each family, the part that is its own: its atoms, and the sums that add no others."""
    atoms: dict[str, list[int]] = defaultdict(list)
    for index, atom in enumerate(one.part.atoms):
        atoms[atom.family].append(index)
    found: dict[str, Connected] = {}
    sums: dict[str, list[int]] = defaultdict(list)
    for index, total in enumerate(one.part.sums):
        names = {one.part.atoms[atom].family for atom in total.atoms}
        if len(names) == 1:
            sums[names.pop()].append(index)
    relations = defaultdict(list)
    for relation in one.part.relations:
        relations[one.part.atoms[relation[0][0]].family].append(relation)
    for name, own in sorted(atoms.items()):
        number = {atom: index for index, atom in enumerate(own)}
        part = Part(
            atoms=[one.part.atoms[atom] for atom in own],
            sums=[
                type(total)(frozenset(number[atom] for atom in total.atoms), total.cost, total.published)
                for total in (one.part.sums[index] for index in sums[name])
            ],
            relations=[tuple((number[atom], sign) for atom, sign in relation) for relation in relations[name]],
        )
        found[name] = Connected([one.cells[index] for index in sums[name]], part)
    return found


def mend_sums(one: Connected, inner: dict[str, Connected]) -> set[str]:
    """Hide what is needed for every sum over families to be a crowd; returns the families that hide more now."""
    loose = loose_atoms(one, inner)
    by_atoms = {total.atoms: index for index, total in enumerate(one.part.sums)}
    crossing = [
        index
        for index, total in enumerate(one.part.sums)
        if total.published
        and one.cells[index].status == SHOWN
        and len({one.part.atoms[atom].family for atom in total.atoms}) > 1
    ]
    changed: set[str] = set()
    for index in crossing:
        if not is_crowd(one, one.part.sums[index].atoms, loose):
            changed |= mend(one, index, loose, by_atoms)
    if changed:
        return changed
    for outer in crossing:
        for within in crossing:
            if one.cells[outer].status != SHOWN or one.cells[within].status != SHOWN:
                continue
            difference = one.part.sums[outer].atoms - one.part.sums[within].atoms
            if one.part.sums[within].atoms < one.part.sums[outer].atoms and not is_crowd(one, difference, loose):
                free = [index for index in (outer, within) if not one.cells[index].is_fixed]
                if free:
                    hide(one.cells[min(free, key=lambda index: (one.cells[index].cost, index))])
    return changed


def loose_atoms(one: Connected, inner: dict[str, Connected]) -> frozenset[int]:
    """The atoms that are not settled by what their own family's sums show."""
    number = {atom.key: index for index, atom in enumerate(one.part.atoms)}
    loose = set()
    for family in inner.values():
        status = [cell.status for cell in family.cells]
        if any(status):
            view = View(family.part, status, None)
            loose |= {number[atom.key] for index, atom in enumerate(family.part.atoms) if view.loose[index]}
    return frozenset(loose)


def is_crowd(one: Connected, atoms: frozenset[int], loose: frozenset[int]) -> bool:
    """Whether what is hidden of a sum is nothing, or something of three families, each safe from each of the others."""
    hidden = hidden_counts(one, atoms, loose)
    if not hidden:
        return True
    if len(hidden) < FAMILIES:
        return False
    threshold = max(cell.threshold for cell in one.cells)
    counts = sorted((x for x, _ in hidden.values()), reverse=True)
    rests = sorted((rest for _, rest in hidden.values()), reverse=True)
    for x, rest in hidden.values():
        most = counts[1] if x == counts[0] else counts[0]
        room = sum(rests) - rest - (rests[1] if rest == rests[0] else rests[0])
        lower, upper = max(0.0, x - room), min(x + rest, sum(counts) - most)
        if not is_wide(lower, upper, threshold, int(x + rest) if rest < UNBOUNDED else None):
            return False
    return True


def hidden_counts(one: Connected, atoms: frozenset[int], loose: frozenset[int]) -> dict[str, tuple[float, float]]:
    """For each family that hides something of a sum: its count, and how much more the count could be."""
    hidden: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for atom in atoms & loose:
        known = one.part.atoms[atom]
        x, rest = hidden[known.family]
        hidden[known.family] = (x + known.x, rest + (UNBOUNDED if known.rest is None else known.rest))
    return dict(hidden)


def mend(one: Connected, index: int, loose: frozenset[int], by_atoms: dict[frozenset[int], int]) -> set[str]:
    """Hide one more piece of a sum, of a family that hides none; or the sum itself. Returns that family."""
    families: dict[str, set[int]] = defaultdict(set)
    for atom in one.part.sums[index].atoms:
        families[one.part.atoms[atom].family].add(atom)
    taken = hidden_counts(one, one.part.sums[index].atoms, loose)
    choices = []
    for name, atoms in families.items():
        piece = by_atoms.get(frozenset(atoms))
        if name in taken or piece is None:
            continue
        if one.cells[piece].status == SHOWN and not one.cells[piece].is_fixed:
            choices.append((one.cells[piece].cost, one.part.numerator(piece), piece, name))
    missing = max(1, FAMILIES - len(taken))
    if len(choices) >= missing and (one.cells[index].is_fixed or missing * min(choices)[0] <= one.cells[index].cost):
        _, _, piece, name = min(choices)
        hide(one.cells[piece])
        return {name}
    hide(one.cells[index])
    return set()


def hide(cell: Cell) -> None:
    """Hide a cell's numerator, and remember that it was not the rule that asked for it."""
    cell.status = max(cell.status, NUMERATOR_HIDDEN)
    cell.reason = cell.reason or "further"
