"""The list of what has changed: every difference between two snapshots in exactly one Change, none of them hidden."""

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
"""What stands for the table where the threshold or the version of the methods differs."""

_CAME_WITH = {"submission_id", "received_on"}
"""Columns that tell which report a row came with, and nothing of what it says."""

Covered = tuple[str, Key, str]
"""One difference: the table, the key, the column; no column when only one edition has the row."""


@dataclass(frozen=True)
class Change:
    """One thing that differs between two snapshots, and its one cause.

    old and new are the whole row as each edition has it, None where it has none; columns are those that differ by this
    cause, all of them where only one edition has the row. names say what the cause is: submissions, a file, a date or
    a setting; none where a hidden figure is behind it. also holds what follows without saying more, such as that the
    report has been received.
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
        """The row in the newer edition, else in the older."""
        return self.new if self.new is not None else self.old or {}

    @property
    def object_type(self) -> str | None:
        """What it is about: indicator, activity, goal or organisation; None for the rest."""
        if "object_type" in self.row:
            return str(self.row["object_type"])
        held = ("indicator", "activity", "goal", "organisation")
        return next((one for one in held if self.row.get(f"{one}_id")), None)

    @property
    def object_id(self) -> str | None:
        """The identity of what it is about."""
        found = self.row.get("object_id") or self.row.get(f"{self.object_type}_id")
        return None if found is None else str(found)

    @property
    def organisation_id(self) -> str | None:
        """Whose it is; CITY for the city, None when it is nobody's own."""
        if self.table in ("city_values", "city_changes"):
            return schema.CITY
        found = self.row.get("organisation_id")
        return None if found is None else str(found)

    @property
    def organisation_ids(self) -> tuple[str, ...]:
        """All that it concerns, where it names any: of a gap in responsibility there may be several."""
        listed = tuple(str(self.row.get("organisations") or "").split())
        return listed or ((self.organisation_id,) if self.organisation_id else ())

    @property
    def year(self) -> int | None:
        """The calendar year; of a change between two years the later."""
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
        """total, women, men or other."""
        found = self.row.get("sex")
        return None if found is None else str(found)

    @property
    def column(self) -> str:
        """The column that says the most: the figure where it differs, else the first that does."""
        return "value" if set(self.columns) & set(FIGURE) and "value" in self.row else self.columns[0]

    @property
    def is_example(self) -> bool:
        """Whether either row is made up."""
        return any(row is not None and row.get("origin") == "example" for row in (self.old, self.new))

    def covers(self) -> Iterator[Covered]:
        """Every difference that this change accounts for."""
        if self.old is None or self.new is None:
            yield self.table, self.key, ""
        else:
            yield from ((self.table, self.key, column) for column in self.columns)
        yield from self.also

    def as_json(self) -> dict[str, Any]:
        """As JSON values: dates as text, and of each row only what differs."""
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
    """What has changed from one published snapshot to another: every difference once, in the order of Kind.

    A cell that both editions hide is never listed, nor is the report that a change of a sum came with when the figure
    behind it is hidden in both. What only tells which report a figure came with goes with the change of the report.
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
    """Each row that differs, once for each cause, but for what both editions hide."""
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
    """The threshold and the version of the methods, where they differ."""
    for name in (THRESHOLD, METHODS_VERSION):
        told = [{name: edition.manifest[name]} for edition in (compared.old, compared.new)]
        if told[0] != told[1]:
            yield Change(Kind.METHOD, MANIFEST, (name,), (name,), told[0], told[1], (name,))


def _shape(compared: Compared, table: str) -> Iterator[Change]:
    """A table or a column that only one edition has: another Samlad published it."""
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
    """The list without what says nothing of its own: it goes with the change of the figure, or of the report."""
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
    """The change that this one goes with, by its place in the list; None when it stands on its own."""
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
"""The tables of gaps in responsibility, and those of their evidence."""

Place = tuple[str, Key]


def _homes(held: Sequence[Change], gaps: Mapping[Place, int]) -> dict[str, int]:
    """The change that each gap is told by: on the as-of before an earlier year, as decided before as proposed."""
    order = sorted(gaps, key=lambda place: (place[0] != "gaps", -(held[gaps[place]].year or 0), place[1][-2]))
    homes: dict[str, int] = {}
    for place in order:
        homes.setdefault(place[1][-1], gaps[place])
    return homes


def _into_gap(
    change: Change, held: Sequence[Change], gaps: Mapping[Place, int], homes: Mapping[str, int]
) -> int | None:
    """The gap that evidence goes with; of a gap, the same in another year or with other duties that differs just so."""
    for table, evidence in GAPS.items():
        if change.table == evidence:
            return gaps.get((table, change.key[:-1]))
    home = homes[change.key[-1]]
    told = held[home]
    if told is change:
        return None
    is_alike = (told.old is None, told.new is None) == (change.old is None, change.new is None)
    return home if is_alike and told.kind is change.kind else None
