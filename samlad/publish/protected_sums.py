"""The cells of an edition: every published sum over unknown counts, once, whatever tables and rows it stands in."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
from numpy.typing import NDArray

from samlad.foundation import schema
from samlad.publish import attacker
from samlad.publish.attacker import BOTH_HIDDEN, NUMERATOR_HIDDEN, SHOWN, Atom, Part, Sum

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


@dataclass(frozen=True)
class RawTables:
    """The unprotected tables, with row_id and members as publish makes them, and the catalogue they rest on."""

    indicator_values: pa.Table
    division_values: pa.Table
    city_values: pa.Table
    city_changes: pa.Table
    indicators: pa.Table
    successions: pa.Table


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
class Connected:
    """A connected part with its cells in the order of its sums."""

    cells: list[Cell]
    part: Part

    @property
    def organisations(self) -> int:
        """How many organisations have an atom in it."""
        return len({atom.key.split("|")[1] for atom in self.part.atoms})

    def recovered(
        self,
        *,
        safe: dict[attacker.Pair, attacker.Range] | None = None,
        only: Sequence[attacker.Pair] | None = None,
        witnesses: NDArray[np.float64] | None = None,
    ) -> Iterator[attacker.Recovered]:
        """The hidden cells that are not safe as things stand; see audit.recovered."""
        status = [cell.status for cell in self.cells]
        thresholds = [cell.threshold for cell in self.cells]
        return attacker.recovered(self.part, status, thresholds, safe=safe, only=only, witnesses=witnesses)


class Standing:
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

    def parts(self) -> Iterator[Connected]:
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
    ) -> Connected:
        cells = sorted(found, key=lambda cell: (len(cell.atoms), sorted(cell.atoms)))
        keys = sorted({key for cell in cells for key in cell.atoms} | {key for one in relations for key in one})
        number = {key: index for index, key in enumerate(keys)}
        part = Part(
            atoms=[self.atoms[key] for key in keys],
            sums=[Sum(frozenset(number[key] for key in cell.atoms), cell.cost, cell.published) for cell in cells],
            relations=[tuple(sorted((number[key], sign) for key, sign in one.items())) for one in relations],
        )
        for one, other in equal:
            signed = {number[key]: float((key in one) - (key in other)) for key in one ^ other}
            part.relations.append(tuple(sorted(signed.items())))
            if all(self.atoms[key].rest is not None for key in one | other):
                part.relations.append(tuple(sorted((len(keys) + atom, sign) for atom, sign in signed.items())))
        return Connected(cells, part)


class Register(Standing):
    """All cells of a new edition and of those that stand, and the unknowns they add."""

    def __init__(self, raw: RawTables, threshold: int, ledgers: Sequence[pa.Table] = ()) -> None:
        super().__init__(raw.successions)
        self.raw = raw
        self.threshold = threshold
        self.indicators = {row["indicator_id"]: row for row in raw.indicators.to_pylist() if row["counts"] == "persons"}
        self.row_atoms: dict[int, frozenset[str]] = {}
        self.uncounted: set[int] = set()
        self._add_reports()
        self._add_sums()
        self._add_wholes()
        for ledger in ledgers:
            self._add_edition(ledger)

    def _add_reports(self) -> None:
        rows: dict[tuple[str, str, int], dict[str, Row]] = defaultdict(dict)
        wanted = {
            name: self.raw.indicator_values[name]
            for name in (
                "row_id",
                "indicator_id",
                "organisation_id",
                "year",
                "period",
                "sex",
                "numerator",
                "denominator",
                "missing_reason",
                "submission_id",
            )
        }
        for row in pa.table(wanted).to_pylist():
            indicator = self.indicators.get(row["indicator_id"])
            if indicator is None or row["missing_reason"] is not None:
                continue
            needs_denominator = indicator["measure"] == "share"
            if row["period"] != "VB" or row["numerator"] is None or (needs_denominator and row["denominator"] is None):
                self.uncounted.add(row["row_id"])
                continue
            rows[row["indicator_id"], row["organisation_id"], row["year"]][row["sex"]] = row
        for by_sex in rows.values():
            self._add_organisation(by_sex)

    def _add_organisation(self, by_sex: Mapping[str, Row]) -> None:
        """The unknowns of one organisation's year: the sexes where they are told apart, else the total.

        Women and men who are more than the total, after a correction of one and not of the other, are not parts of it.
        """
        total = by_sex.get("total")
        kept = {sex: row for sex, row in by_sex.items() if sex in ("women", "men")}
        other = by_sex.get("other")
        if other is not None and self._is_possible(other):
            kept["other"] = other | {"submission_id": together(by_sex.values())}
        own = {sex: frozenset([self._atom(row)]) for sex, row in kept.items()}
        if total is not None:
            left = self._left_of(total, kept.values()) | {"sex": "rest"}
            if not kept or not self._is_possible(left):
                own["total"] = frozenset([self._atom(total)])
            elif {"women", "men"} <= set(kept):
                own["total"] = frozenset().union(*own.values())
            else:
                rest = frozenset([self._atom(left)])
                own["total"] = rest.union(*own.values())
                self._cell(total, rest, "part", published=False)
        for sex, atoms in own.items():
            row = by_sex[sex]
            self.row_atoms[row["row_id"]] = atoms
            cost = "whole" if sex == "total" else "part"
            self._cell(row, atoms, cost, place=("indicator_values", row["row_id"], ""))
        if total is not None:
            key = atom_key(total)
            self.totals[key].append(own["total"])
            self.cells[own["total"]].total = key

    def _atom(self, row: Row) -> str:
        key = atom_key(row)
        share = self.indicators[row["indicator_id"]]["measure"] == "share"
        rest = row["denominator"] - row["numerator"] if share else None
        self.atoms[key] = Atom(key, self._family(row["organisation_id"]), row["numerator"], rest)
        return key

    def _is_possible(self, row: Row) -> bool:
        """Whether a row's counts are counts: none below 0."""
        share = self.indicators[row["indicator_id"]]["measure"] == "share"
        return bool(row["numerator"] >= 0 and (not share or row["denominator"] >= row["numerator"]))

    def _left_of(self, total: Row, parts: Iterable[Row]) -> Row:
        """What is left of a total, as a row: known to come with every submission that it follows from."""
        told = list(parts)
        left = total | {"submission_id": together((total, *told))}
        for count in ("numerator", "denominator"):
            if total[count] is not None and all(row[count] is not None for row in told):
                left[count] = total[count] - sum(row[count] for row in told)
        return left

    def _cell(
        self,
        row: Row,
        atoms: frozenset[str],
        cost: str,
        *,
        place: Place | None = None,
        published: bool = True,
        year: str = "year",
    ) -> None:
        cell = self.cells.get(atoms)
        if cell is None:
            cell = Cell(row["indicator_id"], row[year], atoms, COSTS[cost], self.threshold, published)
            self.cells[atoms] = cell
        cell.cost = max(cell.cost, COSTS[cost])
        cell.published = cell.published or published
        if place is not None:
            cell.places.append(place)

    def _add_sums(self) -> None:
        """The rebuilt districts, the city and its changes, as sums over the unknowns of their members."""
        for row in self._persons("division_values", "members"):
            cost = "merged" if len(row["members"]) > 1 else "whole" if row["sex"] == "total" else "part"
            self._sum(row, row["members"], cost, ("division_values", row["row_id"], ""))
        for row in self._persons("city_values", "members"):
            cost = "city" if row["sex"] == "total" else "city part"
            self._sum(row, row["members"], cost, ("city_values", row["row_id"], ""))
        for row in self._persons("city_changes", "members_from"):
            cost = "change" if row["sex"] == "total" else "change part"
            self._sum(row, row["members_from"], cost, ("city_changes", row["row_id"], "from"), "year_from")
            self._sum(row, row["members_to"], cost, ("city_changes", row["row_id"], "to"), "year_to")

    def _persons(self, table: str, members: str) -> Iterator[Row]:
        for row in getattr(self.raw, table).to_pylist():
            if row["indicator_id"] in self.indicators and row[members]:
                yield row

    def _sum(self, row: Row, members: Sequence[int], cost: str, place: Place, year: str = "year") -> None:
        if any(member not in self.row_atoms for member in members):
            return
        atoms = frozenset().union(*(self.row_atoms[member] for member in members))
        self._cell(row, atoms, cost if len(members) > 1 else "part", place=place, year=year)

    def _add_wholes(self) -> None:
        """Parts and their whole: what is left of the whole is an unknown too, not published and yet derivable."""
        told: dict[tuple[str, str, int, str], tuple[frozenset[str], Row]] = {}
        wanted = ("row_id", "indicator_id", "organisation_id", "year", "sex", "submission_id")
        for row in self.raw.indicator_values.select(list(wanted)).to_pylist():
            if row["row_id"] in self.row_atoms:
                key = (row["indicator_id"], row["organisation_id"], row["year"], row["sex"])
                told[key] = (self.row_atoms[row["row_id"]], row)
        children: dict[str, list[str]] = defaultdict(list)
        for indicator_id, indicator in self.indicators.items():
            if indicator["part_of"] in self.indicators:
                children[indicator["part_of"]].append(indicator_id)
        for (indicator_id, organisation, year, sex), (whole, row) in sorted(told.items()):
            parts = [
                told[key]
                for child in sorted(children[indicator_id])
                if (key := (child, organisation, year, sex)) in told
            ]
            if parts:
                self._add_whole(row, whole, [atoms for atoms, _ in parts], [part for _, part in parts])

    def _add_whole(self, row: Row, whole: frozenset[str], parts: list[frozenset[str]], rows: list[Row]) -> None:
        left = sum(self.atoms[key].x for key in whole) - sum(self.atoms[key].x for one in parts for key in one)
        if left < 0:
            return
        keys = sorted(whole) + sorted(key for one in parts for key in one)
        ids = "+".join(
            sorted({key.split("|")[4] for key in keys} | {str(one["submission_id"]) for one in (row, *rows)})
        )
        key = f"{row['indicator_id']}|{row['organisation_id']}|{row['year']}|left {row['sex']}|{ids}"
        self.atoms[key] = Atom(key, self._family(row["organisation_id"]), left, None)
        relation = {key: -1.0}
        for atom in whole:
            relation[atom] = relation.get(atom, 0.0) + 1.0
        for atom in (atom for one in parts for atom in one):
            relation[atom] = relation.get(atom, 0.0) - 1.0
        self.relations[key] = relation
        self._cell(row, frozenset([key]), "part", published=False)

    def tables(self) -> dict[str, pa.Table]:
        """The four tables with what is hidden nulled, without row_id and members, as the schema has them."""
        status = {place: cell.status for cell in self.cells.values() for place in cell.places}
        return {
            "indicator_values": self._nulled("indicator_values", status),
            "division_values": self._nulled("division_values", status),
            "city_values": self._nulled("city_values", status),
            "city_changes": self._nulled_changes(status),
        }

    def _nulled(self, name: str, status: Mapping[Place, int]) -> pa.Table:
        table = getattr(self.raw, name)
        persons = [indicator in self.indicators for indicator in table["indicator_id"].to_pylist()]
        told = [reason is None for reason in table["missing_reason"].to_pylist()]
        found = [
            (status.get((name, row_id, ""), BOTH_HIDDEN) if is_person and is_told else SHOWN)
            for row_id, is_person, is_told in zip(table["row_id"].to_pylist(), persons, told, strict=True)
        ]
        hidden = pa.array([one != SHOWN for one in found], schema.YES_NO)
        silent = pa.array(
            [is_person and not is_told for is_person, is_told in zip(persons, told, strict=True)], schema.YES_NO
        )
        for column in ("numerator", "value", "forecast", "comment"):
            if column in table.column_names:
                mask = pa.compute.or_(hidden, silent) if column in ("forecast", "comment") else hidden
                table = replaced(table, column, mask, None)
        table = replaced(table, "denominator", pa.array([one == BOTH_HIDDEN for one in found], schema.YES_NO), None)
        table = replaced(table, "missing_reason", hidden, "..")
        table = table.filter(pa.array(self._is_told(table), schema.YES_NO))
        return table.select(list(schema.TABLES[name].names)).cast(schema.TABLES[name].arrow)

    def _is_told(self, table: pa.Table) -> list[bool]:
        """Leave out every rest of persons without a figure: its row stands only where there is a rest."""
        columns = (table[name].to_pylist() for name in ("indicator_id", "sex", "missing_reason"))
        return [
            sex != "other" or reason is None or indicator not in self.indicators
            for indicator, sex, reason in zip(*columns, strict=True)
        ]

    def _nulled_changes(self, status: Mapping[Place, int]) -> pa.Table:
        table = self.raw.city_changes
        persons = [indicator in self.indicators for indicator in table["indicator_id"].to_pylist()]
        told = [reason is None for reason in table["missing_reason"].to_pylist()]
        any_hidden = [False] * table.num_rows
        for end in ("from", "to"):
            found = [
                (status.get(("city_changes", row_id, end), BOTH_HIDDEN) if is_person and is_told else SHOWN)
                for row_id, is_person, is_told in zip(table["row_id"].to_pylist(), persons, told, strict=True)
            ]
            any_hidden = [before or now != SHOWN for before, now in zip(any_hidden, found, strict=True)]
            table = replaced(table, f"numerator_{end}", pa.array([one != SHOWN for one in found], schema.YES_NO), None)
            table = replaced(
                table, f"denominator_{end}", pa.array([one == BOTH_HIDDEN for one in found], schema.YES_NO), None
            )
        table = replaced(table, "missing_reason", pa.array(any_hidden, schema.YES_NO), "..")
        return table.select(list(schema.TABLES["city_changes"].names)).cast(schema.TABLES["city_changes"].arrow)

    def ledger(self) -> pa.Table:
        """Every sum and every unknown of this edition, with what has been shown of it and why not; for the raw side."""
        rows = []
        single = {next(iter(cell.atoms)) for cell in self.cells.values() if len(cell.atoms) == 1}
        used = {key for cell in self.cells.values() if cell.places for key in cell.atoms}
        used |= {key for key, relation in self.relations.items() if used & set(relation)}
        for cell in self.cells.values():
            if cell.places or (not cell.published and cell.atoms <= used):
                rows.append(self._record(cell))
        for key in sorted(used - single):
            indicator, _, year, *_ = key.split("|")
            rows.append(self._record(Cell(indicator, int(year), frozenset([key]), 0.0, 0, published=False)))
        rows.sort(key=lambda row: (row["indicator_id"], row["year"], len(row["atoms"]), row["atoms"]))
        return pa.Table.from_pylist(rows, LEDGER)

    def _record(self, cell: Cell) -> Row:
        rests = [self.atoms[key].rest for key in cell.atoms]
        numerator = sum(self.atoms[key].x for key in cell.atoms)
        counted = [rest for rest in rests if rest is not None]
        return {
            "indicator_id": cell.indicator_id,
            "year": cell.year,
            "atoms": sorted(cell.atoms),
            "published": cell.published,
            "numerator": numerator,
            "denominator": numerator + sum(counted) if len(counted) == len(rests) else None,
            "numerator_shown": cell.published and cell.status == SHOWN,
            "denominator_shown": cell.published and cell.status != BOTH_HIDDEN,
            "threshold": cell.threshold,
            "reason": cell.reason,
            "places": [" ".join(str(word) for word in place).strip() for place in sorted(cell.places)],
            "relation": self._relation(cell),
            "total": cell.total,
        }

    def _relation(self, cell: Cell) -> list[str]:
        """The signed unknowns that an unknown is left of, for the ledger."""
        relation = self.relations.get(next(iter(cell.atoms)), {}) if len(cell.atoms) == 1 else {}
        return [f"{'+' if sign > 0 else '-'}{key}" for key, sign in sorted(relation.items())]


def ledger_status(row: Row) -> int:
    """What a row of a ledger says that readers were shown of a published sum."""
    return SHOWN if row["numerator_shown"] else NUMERATOR_HIDDEN if row["denominator_shown"] else BOTH_HIDDEN


def atom_key(row: Row) -> str:
    """The name of an unknown: a count of one indicator, organisation, year and sex, as one submission gave it."""
    return f"{row['indicator_id']}|{row['organisation_id']}|{row['year']}|{row['sex']}|{row['submission_id']}"


def together(rows: Iterable[Row]) -> str:
    """The submissions that a figure follows from, as one name."""
    return "+".join(sorted({str(row["submission_id"]) for row in rows}))


def families(successions: pa.Table) -> dict[str, str]:
    """Which family each organisation of a succession belongs to: all joined by successions, also through others."""
    family: dict[str, str] = {}
    for row in successions.sort_by([("predecessor_id", "ascending"), ("successor_id", "ascending")]).to_pylist():
        one = family.setdefault(row["predecessor_id"], row["predecessor_id"])
        other = family.setdefault(row["successor_id"], row["successor_id"])
        first, second = min(one, other), max(one, other)
        family = {name: first if of == second else of for name, of in family.items()}
    return family


def replaced(table: pa.Table, column: str, mask: pa.Array, value: str | None) -> pa.Table:
    """The table with a value put where the mask is true."""
    at = table.column_names.index(column)
    kind = table.schema.field(column).type
    return table.set_column(at, column, pa.compute.if_else(mask, pa.scalar(value, kind), table[column]))
