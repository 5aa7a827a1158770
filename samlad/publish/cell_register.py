"""The register of a new edition: a cell for each sum in its raw tables, joined with the cells that stand.

Nothing is hidden here; see protection.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyarrow as pa

from samlad.publish import edition_tables
from samlad.publish.cells import COSTS, LEDGER, Cell, Place, Row
from samlad.publish.components import BOTH_HIDDEN, SHOWN, Atom
from samlad.publish.edition_tables import RawTables
from samlad.publish.standing_cells import StandingCells


class CellRegister(StandingCells):
    """The cells of a new edition and of those that stand, and the atoms they add."""

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
        columns = {
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
        for row in pa.table(columns).to_pylist():
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
        """Add the atoms of one organisation's year: one for each sex where reported, else the total.

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
        """Return True if no count of the row is below 0."""
        share = self.indicators[row["indicator_id"]]["measure"] == "share"
        return bool(row["numerator"] >= 0 and (not share or row["denominator"] >= row["numerator"]))

    def _left_of(self, total: Row, parts: Iterable[Row]) -> Row:
        """Return the remainder of a total as a row, named by all the submissions it follows from."""
        part_rows = list(parts)
        left = total | {"submission_id": together((total, *part_rows))}
        for count in ("numerator", "denominator"):
            if total[count] is not None and all(row[count] is not None for row in part_rows):
                left[count] = total[count] - sum(row[count] for row in part_rows)
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
        """Add the rebuilt districts, the city and its changes, as sums over the atoms of their members."""
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
        """Add the remainder (whole minus published parts) as an unknown: readers can derive it."""
        reported: dict[tuple[str, str, int, str], tuple[frozenset[str], Row]] = {}
        columns = ("row_id", "indicator_id", "organisation_id", "year", "sex", "submission_id")
        for row in self.raw.indicator_values.select(list(columns)).to_pylist():
            if row["row_id"] in self.row_atoms:
                key = (row["indicator_id"], row["organisation_id"], row["year"], row["sex"])
                reported[key] = (self.row_atoms[row["row_id"]], row)
        children: dict[str, list[str]] = defaultdict(list)
        for indicator_id, indicator in self.indicators.items():
            if indicator["part_of"] in self.indicators:
                children[indicator["part_of"]].append(indicator_id)
        for (indicator_id, organisation, year, sex), (whole, row) in sorted(reported.items()):
            parts = [
                reported[key]
                for child in sorted(children[indicator_id])
                if (key := (child, organisation, year, sex)) in reported
            ]
            if parts:
                self._add_whole(row, whole, [atoms for atoms, _ in parts], [part_row for _, part_row in parts])

    def _add_whole(self, row: Row, whole: frozenset[str], parts: list[frozenset[str]], rows: list[Row]) -> None:
        left = sum(self.atoms[key].x for key in whole) - sum(
            self.atoms[key].x for part_atoms in parts for key in part_atoms
        )
        if left < 0:
            return
        keys = sorted(whole) + sorted(key for part_atoms in parts for key in part_atoms)
        ids = "+".join(
            sorted({key.split("|")[4] for key in keys} | {str(reported["submission_id"]) for reported in (row, *rows)})
        )
        key = f"{row['indicator_id']}|{row['organisation_id']}|{row['year']}|left {row['sex']}|{ids}"
        self.atoms[key] = Atom(key, self._family(row["organisation_id"]), left, None)
        relation = {key: -1.0}
        for atom in whole:
            relation[atom] = relation.get(atom, 0.0) + 1.0
        for atom in (atom for part_atoms in parts for atom in part_atoms):
            relation[atom] = relation.get(atom, 0.0) - 1.0
        self.relations[key] = relation
        self._cell(row, frozenset([key]), "part", published=False)

    def tables(self) -> dict[str, pa.Table]:
        """Return the four tables with hidden counts nulled, as the schema has them."""
        status = {place: cell.status for cell in self.cells.values() for place in cell.places}
        return edition_tables.nulled(self.raw, self.indicators, status)

    def ledger(self) -> pa.Table:
        """Return every cell and atom of this edition as a LEDGER table, for the raw side.

        A row says what has been shown of it, and why the rest was not.
        """
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
        """Return the signed atoms that a remainder follows from, as the ledger writes them."""
        relation = self.relations.get(next(iter(cell.atoms)), {}) if len(cell.atoms) == 1 else {}
        return [f"{'+' if sign > 0 else '-'}{key}" for key, sign in sorted(relation.items())]


def atom_key(row: Row) -> str:
    """Return the name of an atom: indicator, organisation, year, sex and submission."""
    return f"{row['indicator_id']}|{row['organisation_id']}|{row['year']}|{row['sex']}|{row['submission_id']}"


def together(rows: Iterable[Row]) -> str:
    """Return the submissions that a figure follows from, as one name."""
    return "+".join(sorted({str(row["submission_id"]) for row in rows}))
