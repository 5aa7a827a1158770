"""Row differences between two editions, table by table, and the cells that both editions hide.

Causes belong in `causes`; a Change is made in `change_list`.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import pyarrow as pa

from samlad.foundation import schema
from samlad.foundation.schema import TableSchema
from samlad.warehouse.editions import Snapshot

Row = Mapping[str, Any]
Key = tuple[Any, ...]

FIGURE = ("numerator", "denominator", "value", "missing_reason")
"""Columns that together are one figure."""

HIDDEN = ".."


class Pair(NamedTuple):
    """Row in two editions; None where an edition lacks it."""

    key: Key
    old: Row | None
    new: Row | None

    @property
    def any(self) -> Row:
        """Row in the newer edition, else in the older."""
        return self.new if self.new is not None else self.old or {}

    def columns(self) -> list[str]:
        """Return the differing columns; all columns of a row in one edition only."""
        if self.old is None or self.new is None:
            return list(self.any)
        old, new = self.old, self.new
        return [column for column in new if old[column] != new[column]]

    def differs(self, *columns: str) -> bool:
        """Return True if any of these columns differs, or only one edition has the row."""
        return self.old is None or self.new is None or any(self.old.get(one) != self.new.get(one) for one in columns)

    def is_hidden(self, column: str = "value") -> bool:
        """Return True if both editions hide a column of the row; its change is then never listed.

        A change between two years has two sums; a published sum of the two is not hidden.
        """
        return all(row is not None and _hides(row, column) for row in (self.old, self.new))


def _hides(row: Row, column: str) -> bool:
    end = column.rpartition("_")[2]
    is_shown_end = row.get(f"numerator_{end}") is not None
    return row.get("missing_reason") == HIDDEN and not is_shown_end


class Compared:
    """Two editions with their rows by key and the differing rows, read once and on demand."""

    def __init__(self, old: Snapshot, new: Snapshot) -> None:
        self.old = old
        self.new = new
        self._rows: dict[str, tuple[dict[Key, Row], dict[Key, Row]]] = {}
        self._differing: dict[str, list[Pair]] = {}
        self._places: dict[tuple[str, int], dict[Key, list[Pair]]] = {}

    def rows(self, name: str) -> tuple[dict[Key, Row], dict[Key, Row]]:
        """Return the rows of a table by key, older edition and newer, with the columns that both have."""
        if name not in self._rows:
            tables = [self._table(edition, name) for edition in (self.old, self.new)]
            columns = [one for one in schema.TABLES[name].names if all(one in table.column_names for table in tables)]
            self._rows[name] = tuple(_by_key(schema.TABLES[name], table.select(columns)) for table in tables)  # type: ignore[assignment]
        return self._rows[name]

    def differing(self, name: str) -> list[Pair]:
        """Return the rows that differ or that one edition lacks; rows of the older edition first."""
        if name not in self._differing:
            self._differing[name] = list(self._compare(name))
        return self._differing[name]

    def differing_at(self, name: str, place: Key) -> list[Pair]:
        """Return the differing rows whose key begins with a place."""
        held = self._places.get((name, len(place)))
        if held is None:
            held = self._places[name, len(place)] = {}
            for pair in self.differing(name):
                held.setdefault(pair.key[: len(place)], []).append(pair)
        return held.get(place, [])

    def _compare(self, name: str) -> Iterator[Pair]:
        contents = [edition.manifest["tables"].get(name, {}).get("sha256") for edition in (self.old, self.new)]
        if contents[0] is not None and contents[0] == contents[1]:
            return
        old, new = self.rows(name)
        yield from (Pair(key, row, new.get(key)) for key, row in old.items() if new.get(key) != row)
        yield from (Pair(key, None, row) for key, row in new.items() if key not in old)

    def _table(self, edition: Snapshot, name: str) -> pa.Table:
        if self.is_in(edition, name) and not self.is_missing(name):
            return edition.table(name)
        return schema.TABLES[name].arrow.empty_table()

    def is_in(self, edition: Snapshot, name: str) -> bool:
        """Return True if an edition has a table; an edition of an earlier Samlad may lack it."""
        return name in edition.manifest["tables"]

    def is_missing(self, name: str) -> bool:
        """Return True if exactly one edition has the table: its rows cannot be compared."""
        return self.is_in(self.old, name) != self.is_in(self.new, name)

    def columns_missing(self, name: str) -> list[str]:
        """Return the columns that only one of the editions has."""
        if self.is_missing(name) or not self.is_in(self.old, name):
            return []
        held = [set(edition.table(name).column_names) for edition in (self.old, self.new)]
        return sorted(held[0] ^ held[1])

    @cached_property
    def families(self) -> dict[str, str]:
        """Family name of each organisation that succession joins to others."""
        joined: dict[str, str] = {}
        for row in [row for rows in self.rows("successions") for row in rows.values()]:
            ends = [joined.setdefault(row[end], row[end]) for end in ("predecessor_id", "successor_id")]
            joined = {one: ends[0] if name == ends[1] else name for one, name in joined.items()}
        return joined

    def family(self, organisation_id: str) -> str:
        """Return the family name of an organisation by succession; its own id without succession."""
        return self.families.get(organisation_id, organisation_id)


def _by_key(table: TableSchema, rows: pa.Table) -> dict[Key, Row]:
    return {tuple(row[one] for one in table.key): row for row in rows.to_pylist()}
