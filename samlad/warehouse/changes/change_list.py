"""List of changes: every published difference between two editions in exactly one Change.

Cells hidden in both editions are never listed. Causes belong in `causes`, words in `change_sentences`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samlad.foundation import schema
from samlad.warehouse.changes.cause_kinds import CALCULATION, METHODS_VERSION, THRESHOLD, Cause, Kind
from samlad.warehouse.changes.causes import Causes
from samlad.warehouse.changes.differences import FIGURE, Compared, Key, Pair, Row
from samlad.warehouse.editions import Snapshot

MANIFEST = "manifest"
"""Table name of a change in the threshold or the version of the methods."""

_CAME_WITH = {"submission_id", "received_on"}
"""Columns that name the report of a row, and nothing of its content."""

Covered = tuple[str, Key, str]
"""Difference as table, key and column; no column when only one edition has the row."""


@dataclass(frozen=True)
class Change:
    """Change of one row between two editions, with its one cause.

    old and new are the whole row in each edition, None where the edition lacks it; columns are the columns that differ
    by this cause, all of them where only one edition has the row. names belong to the cause: submissions, a file, a
    date or a setting; empty where a hidden figure is the cause. also holds the differences that follow without adding
    anything, such as a report now received.
    """

    kind: Kind
    table: str
    key: Key
    columns: tuple[str, ...]
    old: Row | None
    new: Row | None
    names: tuple[str, ...] = ()
    also: tuple[Covered, ...] = field(default=(), compare=False, repr=False)

    @property
    def row(self) -> Row:
        """Row in the newer edition, else in the older."""
        return self.new if self.new is not None else self.old or {}

    @property
    def object_type(self) -> str | None:
        """Kind of the object: indicator, activity, goal or organisation; None for other rows."""
        if "object_type" in self.row:
            return str(self.row["object_type"])
        held = ("indicator", "activity", "goal", "organisation")
        return next((one for one in held if self.row.get(f"{one}_id")), None)

    @property
    def object_id(self) -> str | None:
        """Identity of the object."""
        found = self.row.get("object_id") or self.row.get(f"{self.object_type}_id")
        return None if found is None else str(found)

    @property
    def organisation_id(self) -> str | None:
        """Organisation of the row; CITY for the city, None when it has no organisation."""
        if self.table in ("city_values", "city_changes"):
            return schema.CITY
        found = self.row.get("organisation_id")
        return None if found is None else str(found)

    @property
    def organisation_ids(self) -> tuple[str, ...]:
        """Organisations that the change concerns; a gap in responsibility may name several."""
        listed = tuple(str(self.row.get("organisations") or "").split())
        return listed or ((self.organisation_id,) if self.organisation_id else ())

    @property
    def year(self) -> int | None:
        """Calendar year; the later year of a change between two years."""
        found = self.row.get("year", self.row.get("year_to"))
        return None if found is None else int(found)

    @property
    def period(self) -> str | None:
        """T1, T2 or VB; sums are of whole years."""
        derived = "VB" if self.table in ("division_values", "city_values", "city_changes") else None
        found = self.row.get("period", derived)
        return None if found is None else str(found)

    @property
    def sex(self) -> str | None:
        """Sex: total, women, men or other; None without sex."""
        found = self.row.get("sex")
        return None if found is None else str(found)

    @property
    def column(self) -> str:
        """Main column: value where the figure differs, else the first differing column."""
        return "value" if set(self.columns) & set(FIGURE) and "value" in self.row else self.columns[0]

    @property
    def is_example(self) -> bool:
        return any(row is not None and row.get("origin") == "example" for row in (self.old, self.new))

    def covers(self) -> Iterator[Covered]:
        """Yield every difference that this change accounts for."""
        if self.old is None or self.new is None:
            yield self.table, self.key, ""
        else:
            yield from ((self.table, self.key, column) for column in self.columns)
        yield from self.also

    def as_json(self) -> dict[str, Any]:
        """Return JSON values: dates as text, and only the differing columns of each row."""
        return {
            "class": self.kind.value,
            "table": self.table,
            "object_type": self.object_type,
            "object_id": self.object_id,
            "organisation_id": self.organisation_id,
            "year": self.year,
            "period": self.period,
            "sex": self.sex,
            "column": self.column,
            "old": _as_json(self.old, self.columns),
            "new": _as_json(self.new, self.columns),
            "cause": list(self.names),
            "is_example": self.is_example,
        }


def _as_json(row: Row | None, columns: tuple[str, ...]) -> dict[str, Any] | None:
    if row is None:
        return None
    plain = {column: row.get(column) for column in columns}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in plain.items()}


def between(old: Snapshot, new: Snapshot) -> list[Change]:
    """Return the changes from an older to a newer edition: every difference once, in the order of Kind.

    A cell that both editions hide is never listed, nor is the report behind a changed sum when the figure that it
    brought is hidden in both. Columns that only name the report of a figure go with the change of the report.
    Source: docs/methods.md, "What has changed".
    """
    compared = Compared(old, new)
    return sorted(_folded(_listed(compared)), key=_order)


def _order(change: Change) -> tuple[Any, ...]:
    tables = [MANIFEST, *(table.name for table in schema.PUBLISHED)]
    is_district = change.table == "division_values"
    return (
        list(Kind).index(change.kind),
        change.object_id or "",
        change.year or 0,
        is_district,
        tables.index(change.table),
        tuple("" if one is None else str(one) for one in change.key),
    )


def _listed(compared: Compared) -> Iterator[Change]:
    """Yield each differing row once for each cause, without cells that both editions hide."""
    causes = Causes(compared)
    yield from _settings(compared)
    for table in schema.PUBLISHED:
        yield from _shape(compared, table.name)
        for pair in compared.differing(table.name):
            if pair.old is None or pair.new is None:
                yield _change(table.name, pair, causes.of(table.name, pair, ""), list(pair.any))
                continue
            found: dict[Cause, list[str]] = {}
            for column in pair.columns():
                if not pair.is_hidden(column):
                    found.setdefault(causes.of(table.name, pair, column), []).append(column)
            yield from (_change(table.name, pair, cause, columns) for cause, columns in found.items())


def _change(table: str, pair: Pair, cause: Cause, columns: list[str]) -> Change:
    return Change(cause.kind, table, pair.key, tuple(columns), pair.old, pair.new, cause.names)


def _settings(compared: Compared) -> Iterator[Change]:
    """Yield the threshold and the version of the methods, where they differ."""
    for name in (THRESHOLD, METHODS_VERSION):
        told = [{name: edition.manifest[name]} for edition in (compared.old, compared.new)]
        if told[0] != told[1]:
            yield Change(Kind.METHOD, MANIFEST, (name,), (name,), told[0], told[1], (name,))


def _shape(compared: Compared, table: str) -> Iterator[Change]:
    """Yield each table or column that only one edition has: another Samlad published it."""
    missing = [table] if compared.is_missing(table) else [f"{table}.{one}" for one in compared.columns_missing(table)]
    for name in missing:
        is_in_old = compared.is_in(compared.old, table) if name == table else _has(compared.old, name)
        told: Mapping[str, Any] = {"name": name}
        old, new = (told, None) if is_in_old else (None, told)
        yield Change(Kind.METHOD, MANIFEST, (name,), ("name",), old, new, (CALCULATION,))


def _has(edition: Snapshot, name: str) -> bool:
    table, _, column = name.partition(".")
    return column in edition.table(table).column_names


def _folded(listed: Iterator[Change]) -> list[Change]:
    """Return the list with dependent changes folded into the change of the figure or of the report."""
    held = list(listed)
    reports = {change.key[0]: at for at, change in enumerate(held) if change.table == "received_submissions"}
    figures: dict[tuple[Kind, Key], int] = {}
    for at, change in enumerate(held):
        if change.table in ("indicator_values", "activity_values") and not set(change.columns) <= _CAME_WITH:
            figures.setdefault((change.kind, change.key[:4]), at)
            figures.setdefault((change.kind, change.key), at)
    gaps = {(change.table, change.key): at for at, change in enumerate(held) if change.table in GAPS}
    homes = _homes(held, gaps)
    goes_with: dict[int, int] = {}
    for at, change in enumerate(held):
        into = _into(change, figures, reports)
        if change.table in (*GAPS, *GAPS.values()):
            into = _into_gap(change, held, gaps, homes)
        if into is not None:
            goes_with[at] = into
    also: dict[int, list[Covered]] = {}
    for at, into in goes_with.items():
        also.setdefault(goes_with.get(into, into), []).extend(held[at].covers())
    return [
        Change(**{**vars(change), "also": tuple(also.get(at, ()))})
        for at, change in enumerate(held)
        if at not in goes_with
    ]


def _into(change: Change, figures: Mapping[tuple[Kind, Key], int], reports: Mapping[Any, int]) -> int | None:
    """Return the index of the change that takes this change in; None when it stays on its own."""
    report = next((reports[name] for name in change.names if name in reports), None)
    if set(change.columns) <= _CAME_WITH:
        return report
    if change.table == "value_versions":
        return figures.get((change.kind, change.key[:-1]), report)
    is_report = change.kind in (Kind.NEW_REPORT, Kind.CORRECTED_REPORT, Kind.WITHDRAWN_REPORT)
    if change.table == "expected_reports" and is_report and change.old is not None and change.new is not None:
        return figures.get((change.kind, change.key[1:5]))
    return None


GAPS = {"gaps": "gap_evidence", "earlier_gaps": "earlier_gap_evidence"}
"""Tables of gaps in responsibility, each with the table of its evidence."""

Place = tuple[str, Key]


def _homes(held: Sequence[Change], gaps: Mapping[Place, int]) -> dict[str, int]:
    """Return the main change of each gap: as-of before earlier years, decided before proposed duties."""
    order = sorted(gaps, key=lambda place: (place[0] != "gaps", -(held[gaps[place]].year or 0), place[1][-2]))
    homes: dict[str, int] = {}
    for place in order:
        homes.setdefault(place[1][-1], gaps[place])
    return homes


def _into_gap(
    change: Change, held: Sequence[Change], gaps: Mapping[Place, int], homes: Mapping[str, int]
) -> int | None:
    """Return the index of the gap of some evidence, or of the same gap, with an equal change, elsewhere."""
    for table, evidence in GAPS.items():
        if change.table == evidence:
            return gaps.get((table, change.key[:-1]))
    home = homes[change.key[-1]]
    told = held[home]
    if told is change:
        return None
    is_alike = (told.old is None, told.new is None) == (change.old is None, change.new is None)
    return home if is_alike and told.kind is change.kind else None
