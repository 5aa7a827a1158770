"""The cells of editions that stand, read from their ledgers, and the components they fall into.

The cells of a new edition are added in cell_register.py.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import pyarrow as pa

from samlad.publish.cells import COSTS, Cell, ComponentCells, ledger_status
from samlad.publish.components import SHOWN, Atom, Component, Sum


class StandingCells:
    """The cells of the editions that stand, and their atoms, from their ledgers."""

    def __init__(self, successions: pa.Table, ledgers: Sequence[pa.Table] = ()) -> None:
        self.families = families(successions)
        self.atoms: dict[str, Atom] = {}
        self.cells: dict[frozenset[str], Cell] = {}
        self.relations: dict[str, dict[str, float]] = {}
        """For each remainder: the signed atoms that add up to 0."""
        self.totals: dict[str, list[frozenset[str]]] = defaultdict(list)
        """For each reported total, the sets of atoms it has been in some edition."""
        for ledger in ledgers:
            self._add_edition(ledger)

    def _family(self, organisation_id: str) -> str:
        return self.families.get(organisation_id, organisation_id)

    def _add_edition(self, ledger: pa.Table) -> None:
        """Add an edition's cells as fixed: shown cells stay shown, hidden ones stay hidden."""
        for row in ledger.to_pylist():
            atoms = frozenset(row["atoms"])
            if len(atoms) == 1:
                (key,) = atoms
                rest = None if row["denominator"] is None else row["denominator"] - row["numerator"]
                self.atoms.setdefault(key, Atom(key, self._family(key.split("|")[1]), row["numerator"], rest))
            if row["relation"]:
                self.relations.setdefault(
                    next(iter(atoms)), {word[1:]: float(f"{word[0]}1") for word in row["relation"]}
                )
            if row["total"] and atoms not in self.totals[row["total"]]:
                self.totals[row["total"]].append(atoms)
            if not row["published"] and not row["threshold"]:
                continue
            cell = self.cells.get(atoms)
            if cell is None:
                cell = Cell(row["indicator_id"], row["year"], atoms, COSTS["part"], row["threshold"], published=False)
                self.cells[atoms] = cell
            if not row["published"]:
                cell.threshold = max(cell.threshold, row["threshold"])
                continue
            cell.published = True
            status = ledger_status(row)
            cell.status = min(cell.status, status) if cell.is_fixed else status
            cell.threshold = max(cell.threshold, row["threshold"])
            cell.reason = "" if cell.status == SHOWN else "standing"
            cell.is_fixed = True

    def components(self) -> Iterator[ComponentCells]:
        """Yield the components, in a fixed order: cells that share atoms, directly or through others."""
        leader: dict[str, str] = {}

        def find(key: str) -> str:
            while leader.setdefault(key, key) != key:
                leader[key] = leader[leader[key]]
                key = leader[key]
            return key

        groups = [cell.atoms for cell in self.cells.values()]
        groups += [frozenset(relation_terms) for relation_terms in self.relations.values()]
        groups += [frozenset().union(*sums) for sums in self.totals.values()]
        for group in groups:
            first, *others = sorted(group)
            for other in others:
                leader[find(other)] = find(first)
        together: dict[str, list[Cell]] = defaultdict(list)
        for cell in self.cells.values():
            together[find(min(cell.atoms))].append(cell)
        related: dict[str, list[dict[str, float]]] = defaultdict(list)
        for _, relation in sorted(self.relations.items()):
            related[find(min(relation))].append(relation)
        equal: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = defaultdict(list)
        for _, sums in sorted(self.totals.items()):
            equal[find(min(sums[0]))] += [(sums[0], other) for other in sums[1:]]
        for top in sorted(together, key=lambda top: min(min(cell.atoms) for cell in together[top])):
            yield self._connected(together[top], related[top], equal[top])

    def _connected(
        self,
        unordered: list[Cell],
        relations: list[dict[str, float]],
        equal: list[tuple[frozenset[str], frozenset[str]]],
    ) -> ComponentCells:
        cells = sorted(unordered, key=lambda cell: (len(cell.atoms), sorted(cell.atoms)))
        keys = sorted({key for cell in cells for key in cell.atoms} | {key for terms in relations for key in terms})
        number = {key: index for index, key in enumerate(keys)}
        component = Component(
            atoms=[self.atoms[key] for key in keys],
            sums=[Sum(frozenset(number[key] for key in cell.atoms), cell.cost, cell.published) for cell in cells],
            relations=[tuple(sorted((number[key], sign) for key, sign in terms.items())) for terms in relations],
        )
        for terms, other in equal:
            signed = {number[key]: float((key in terms) - (key in other)) for key in terms ^ other}
            component.relations.append(tuple(sorted(signed.items())))
            if all(self.atoms[key].rest is not None for key in terms | other):
                component.relations.append(tuple(sorted((len(keys) + atom, sign) for atom, sign in signed.items())))
        return ComponentCells(cells, component)


def families(successions: pa.Table) -> dict[str, str]:
    """Return the family of each organisation in a succession: all that successions join."""
    family: dict[str, str] = {}
    for row in successions.sort_by([("predecessor_id", "ascending"), ("successor_id", "ascending")]).to_pylist():
        family_of_predecessor = family.setdefault(row["predecessor_id"], row["predecessor_id"])
        family_of_successor = family.setdefault(row["successor_id"], row["successor_id"])
        first, second = min(family_of_predecessor, family_of_successor), max(family_of_predecessor, family_of_successor)
        family = {name: first if member_family == second else member_family for name, member_family in family.items()}
    return family
