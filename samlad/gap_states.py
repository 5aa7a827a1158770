"""The life of a gap: new, reviewed, then done, or accepted with a reason; kept in the journal, closed by the data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import pyarrow as pa
import pyarrow.compute

from samlad import clock, gate, heads, journal
from samlad.errors import SamladError
from samlad.journal import Record
from samlad.snapshots import Snapshot
from samlad.store import DataFolder

KIND = "gap_state"
LONGEST_REASON, LONGEST_NAME = gate.LONGEST_REASON, gate.LONGEST_NAME
ASKED_AGAIN_AFTER_DAYS = 365

Row = Mapping[str, Any]


class State(StrEnum):
    """Where a gap is in its life."""

    NEW = "new"
    REVIEWED = "reviewed"
    DONE = "done"
    ACCEPTED = "accepted"

    @property
    def word(self) -> str:
        """The Swedish word for it."""
        return _WORDS[self]


_WORDS = {State.NEW: "ny", State.REVIEWED: "granskad", State.DONE: "åtgärdad", State.ACCEPTED: "accepterad"}


class AskedAgain(StrEnum):
    """Why a gap that somebody has dealt with is asked about once more."""

    EVIDENCE = "underlaget har ändrats sedan dess"
    YEAR = "det har gått ett år sedan dess"
    STILL_THERE = "uppgifterna visar den fortfarande"


@dataclass(frozen=True)
class Standing:
    """A gap's state, who put it there, when and why; asked_again says why it needs a new look, else None.

    others are the states that somebody else gave it at the same time, without seeing this one.
    """

    state: State
    by: str = ""
    at: datetime | None = None
    reason: str = ""
    asked_again: AskedAgain | None = None
    others: tuple[Record, ...] = ()

    @property
    def said(self) -> str:
        """The state in words, why it needs a new look, and which other state stands beside it."""
        said = f"{self.state.word}, {self.asked_again}" if self.asked_again else self.state.word
        listed = "; ".join(f"{State(one.content['state']).word} ({heads.signed(one)})" for one in self.others)
        return f"{said}; senast av flera lägen som ingen har valt mellan, också: {listed}" if listed else said


NEW = Standing(State.NEW)


def set_state(
    folder: DataFolder,
    gap: Row,
    *,
    state: State,
    by: str,
    at: datetime,
    reason: str = "",
    replaces: tuple[str, ...] | None = None,
) -> Record:
    """Record what somebody has decided about a gap and return the record. Nothing earlier is overwritten.

    gap is its row of the table gaps, replaces the states that the writer had seen; None is all. Raises SamladError when
    the name is missing, when a gap is accepted without a reason, when the words are too long or hold a personal
    identity number, or when the journal cannot be written.
    """
    needed = "Skriv varför luckan accepteras. Utan motiv kan den inte godtas." if state is State.ACCEPTED else ""
    name = gate.writer(by, "Skriv ditt namn. Ett läge utan namn sparas inte.")
    why = gate.opened(folder).text(reason, "Motivet", longest=LONGEST_REASON, needed=needed)
    content = {
        "gap_id": gap["gap_id"],
        "rule": gap["rule"],
        "title": gap["title"],
        "state": str(state),
        "reason": why,
        "evidence_sha": gap["evidence_sha"],
    }
    try:
        return journal.append(folder, kind=KIND, by=name, at=at, content=content, replaces=replaces)
    except OSError as fault:
        raise SamladError(
            f"Läget kunde inte sparas: mappen journal går inte att skriva i ({fault.strerror}). Ingenting har ändrats."
        ) from fault


def history(records: Iterable[Record], gap_id: str) -> list[Record]:
    """What has been decided about a gap, the oldest first. records are those of KIND, as journal.read gives them."""
    return [record for record in records if record.content["gap_id"] == gap_id]


def standings(records: Iterable[Record], found: Iterable[Row], as_of: date | None) -> dict[str, Standing]:
    """Every gap's state by gap_id; one that nobody has dealt with is new.

    found are rows of the table gaps, or of an earlier year with `still_there`. A gap that was accepted or reviewed is
    asked about again when its evidence has changed or a year has passed; one that was said to be done, for as long as
    the data shows it; one of an earlier year that is gone, never.
    """
    told: dict[str, list[Record]] = {}
    for record in records:
        told.setdefault(record.content["gap_id"], []).append(record)
    return {gap["gap_id"]: _standing(told.get(gap["gap_id"], []), gap, as_of) for gap in found}


def _standing(records: list[Record], gap: Row, as_of: date | None) -> Standing:
    if not records:
        return NEW
    *others, record = heads.rivals(records)
    said = record.content
    state = State(said["state"])
    again = None
    if not gap.get("still_there", True):
        return Standing(state, record.by, record.at, said["reason"], None, tuple(others))
    if said["evidence_sha"] != gap["evidence_sha"]:
        again = AskedAgain.EVIDENCE
    elif as_of is not None and (as_of - clock.day(record.at)).days >= ASKED_AGAIN_AFTER_DAYS:
        again = AskedAgain.YEAR
    elif state is State.DONE:
        again = AskedAgain.STILL_THERE
    again = again if state is not State.NEW else None
    return Standing(state, record.by, record.at, said["reason"], again, tuple(others))


@dataclass(frozen=True)
class Closed:
    """A gap that the data has closed: its row in the older edition, and the submissions or the other cause that did."""

    gap: Row
    submissions: tuple[Row, ...]
    cause: str


WAITED_FOR = frozenset({"G4", "G5", "G6", "G15"})
"""The rules that a report closes by coming: they find that it has not."""

TOLD = frozenset({"G8", "G13"})
"""The rules that a report closes by saying something else than before."""

BY_REPORTS = WAITED_FOR | TOLD
"""The rules that reports decide; the others rest on the catalogue."""


def closed(old: Snapshot, new: Snapshot) -> list[Closed]:
    """The gaps of the older edition, with duties as decided, that the newer does not have, and what closed each.

    A report that came stands first, and only one that brings what the gap waited for; then a report that was withdrawn,
    the catalogue, the day, and the method.
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
    """What lies between two editions: submissions that came, those withdrawn, and who brought what was waited for."""

    came: list[dict[str, Any]]
    withdrawn: list[dict[str, Any]]
    brought: Mapping[tuple[str, str], frozenset[str]]
    """The submissions that hold a report waited for, by object and organisation."""

    def closing(self, gap: Row) -> tuple[Row, ...]:
        """The submissions that came and that can have closed a gap."""
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
