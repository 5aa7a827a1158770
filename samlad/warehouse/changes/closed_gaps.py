"""Gaps of one edition that a later edition has closed, with the reports or other causes that closed them.

New and changed gaps belong in `change_list`; finding gaps belongs in `publish`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute

from samlad.warehouse.editions import Snapshot

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Closed:
    """Closed gap: its row in the older edition, and the submissions or other cause that closed it."""

    gap: Row
    submissions: tuple[Row, ...]
    cause: str


WAITED_FOR = frozenset({"G4", "G5", "G6", "G15"})
"""Rules about a report not received; its receipt closes the gap."""

TOLD = frozenset({"G8", "G13"})
"""Rules about the content of a report; another content closes the gap."""

BY_REPORTS = WAITED_FOR | TOLD
"""Rules that reports decide; other rules rest on the catalogue."""


def closed(old: Snapshot, new: Snapshot) -> list[Closed]:
    """Return the gaps, with decided duties, that only the older edition has, each with its closing cause.

    A received report comes first, but only a report that the gap waited for; then a withdrawn report, the catalogue,
    the day, and the method.
    """
    still = {row["gap_id"] for row in _decided(new)}
    vanished = [gap for gap in _decided(old) if gap["gap_id"] not in still]
    if not vanished:
        return []
    reports = _reports_between(old, new)
    return [_closed(gap, reports, old, new) for gap in vanished]


def _decided(edition: Snapshot) -> list[dict[str, Any]]:
    return [row for row in edition.table("gaps").to_pylist() if row["duties"] == "decided"]


@dataclass(frozen=True)
class _Reports:
    """Submissions between two editions: received, withdrawn, and bringing an awaited report."""

    came: list[dict[str, Any]]
    withdrawn: list[dict[str, Any]]
    brought: Mapping[tuple[str, str], frozenset[str]]
    """Submissions that hold an awaited report, by object and organisation."""

    def closing(self, gap: Row) -> tuple[Row, ...]:
        """Return the received submissions that can have closed a gap."""
        concerned = gap["organisations"].split()
        if gap["rule"] not in WAITED_FOR:
            return tuple(row for row in self.came if row["organisation_id"] in concerned)
        ids = {
            submission
            for (object_id, whom), submissions in self.brought.items()
            if whom in concerned and gap["object_id"] in (object_id, whom)
            for submission in submissions
        }
        return tuple(row for row in self.came if row["submission_id"] in ids)


def _reports_between(old: Snapshot, new: Snapshot) -> _Reports:
    standing = {row["submission_id"] for row in old.table("received_submissions").to_pylist() if not row["withdrawn"]}
    received = new.table("received_submissions").to_pylist()
    came = [row for row in received if row["submission_id"] not in standing and not row["withdrawn"]]
    expected = old.table("expected_reports")
    waited_for = {
        tuple(row.values())
        for row in expected.filter(pyarrow.compute.invert(expected["received"]))
        .select(["object_id", "organisation_id", "year", "period"])
        .to_pylist()
    }
    ids = pa.array([row["submission_id"] for row in came], pa.string())
    brought: dict[tuple[str, str], set[str]] = {}
    for name, key in (("indicator_values", "indicator_id"), ("activity_values", "activity_id")):
        values = new.table(name)
        of_those = values.filter(pyarrow.compute.is_in(values["submission_id"], value_set=ids))
        for row in of_those.select(
            [key, "organisation_id", "year", "period", "missing_reason", "submission_id"]
        ).to_pylist():
            cell = (row[key], row["organisation_id"], row["year"], row["period"])
            if row["missing_reason"] != "-" and cell in waited_for:
                brought.setdefault(cell[:2], set()).add(row["submission_id"])
    return _Reports(
        came,
        [row for row in received if row["withdrawn"] and row["submission_id"] in standing],
        {cell: frozenset(found) for cell, found in brought.items()},
    )


def _closed(gap: Row, reports: _Reports, old: Snapshot, new: Snapshot) -> Closed:
    came = reports.closing(gap)
    withdrawn = tuple(row for row in reports.withdrawn if row["organisation_id"] in gap["organisations"].split())
    if gap["rule"] in BY_REPORTS and came:
        return Closed(gap, came, "En rapport har kommit.")
    if gap["rule"] in BY_REPORTS and withdrawn:
        return Closed(gap, withdrawn, "En rapport har dragits tillbaka.")
    if old.manifest["catalogue_sha256"] != new.manifest["catalogue_sha256"]:
        return Closed(gap, (), "Katalogen har ändrats.")
    if gap["rule"] not in BY_REPORTS and came:
        return Closed(gap, came, "En rapport har kommit.")
    if old.looks_from != new.looks_from:
        return Closed(gap, (), "Läget är en tidigare dag." if new.is_earlier_than(old) else "Tiden har gått.")
    return Closed(gap, (), "Regeln eller beräkningen har ändrats, eller andras rapporter.")
