"""The cells of editions that stand, read from their ledgers, and the components they fall into."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import pyarrow as pa

from samlad.publish.cells import COSTS, Cell, ComponentCells, ledger_status
from samlad.publish.components import SHOWN, Atom, Component, Sum


class StandingCells:
    """The cells of the editions that stand, and the unknowns they add, as their ledgers tell."""

    def __init__(self, successions: pa.Table, ledgers: Sequence[pa.Table] = ()) -> None:
        self.families = families(successions)
        self.atoms: dict[str, Atom] = {}
        self.cells: dict[frozenset[str], Cell] = {}
        self.relations: dict[str, dict[str, float]] = {}
        """For each unknown that is left of a whole: the signed unknowns that add up to nothing."""
        self.totals: dict[str, list[frozenset[str]]] = defaultdict(list)
        """For each reported total, the sums of unknowns that it is in one edition or another."""
        for ledger in ledgers:
            self._add_edition(ledger)

    def _family(self, organisation_id: str) -> str:
        return self.families.get(organisation_id, organisation_id)

    def _add_edition(self, ledger: pa.Table) -> None:
        """What an edition that stands has shown is out; what it has hidden stays hidden."""
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

    def parts(self) -> Iterator[ComponentCells]:
        """The connected parts: cells that share unknowns, directly or through others, in a fixed order."""
        leader: dict[str, str] = {}

        def find(key: str) -> str:
            while leader.setdefault(key, key) != key:
                leader[key] = leader[leader[key]]
                key = leader[key]
            return key

        groups = [cell.atoms for cell in self.cells.values()]
        groups += [frozenset(one) for one in self.relations.values()]
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
        found: list[Cell],
        relations: list[dict[str, float]],
        equal: list[tuple[frozenset[str], frozenset[str]]],
    ) -> ComponentCells:
        cells = sorted(found, key=lambda cell: (len(cell.atoms), sorted(cell.atoms)))
        keys = sorted({key for cell in cells for key in cell.atoms} | {key for one in relations for key in one})
        number = {key: index for index, key in enumerate(keys)}
        part = Component(
            atoms=[self.atoms[key] for key in keys],
            sums=[Sum(frozenset(number[key] for key in cell.atoms), cell.cost, cell.published) for cell in cells],
            relations=[tuple(sorted((number[key], sign) for key, sign in one.items())) for one in relations],
        )
        for one, other in equal:
            signed = {number[key]: float((key in one) - (key in other)) for key in one ^ other}
            part.relations.append(tuple(sorted(signed.items())))
            if all(self.atoms[key].rest is not None for key in one | other):
                part.relations.append(tuple(sorted((len(keys) + atom, sign) for atom, sign in signed.items())))
        return ComponentCells(cells, part)


def families(successions: pa.Table) -> dict[str, str]:
    """Which family each organisation of a succession belongs to: all joined by successions, also through others."""
    family: dict[str, str] = {}
    for row in successions.sort_by([("predecessor_id", "ascending"), ("successor_id", "ascending")]).to_pylist():
        one = family.setdefault(row["predecessor_id"], row["predecessor_id"])
        other = family.setdefault(row["successor_id"], row["successor_id"])
        first, second = min(one, other), max(one, other)
        family = {name: first if of == second else of for name, of in family.items()}
    return family
