"""States of gaps: new, reviewed, done, or accepted with a reason.

Finding gaps stands in samlad/publish/gap_rules.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from samlad.foundation import clock
from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.journal import record_versions, records, text_gate
from samlad.journal.records import Record

KIND = "gap_state"
LONGEST_REASON, LONGEST_NAME = text_gate.LONGEST_REASON, text_gate.LONGEST_NAME
ASKED_AGAIN_AFTER_DAYS = 365


class GapRow(Protocol):
    """A gap as gap_list and report_gaps give it; still_there is no longer so of one of an earlier year that is gone."""

    @property
    def gap_id(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def evidence_sha(self) -> str: ...
    @property
    def still_there(self) -> bool: ...


class State(StrEnum):
    """State of a gap in its life."""

    NEW = "new"
    REVIEWED = "reviewed"
    DONE = "done"
    ACCEPTED = "accepted"

    @property
    def word(self) -> str:
        """Return the Swedish word."""
        return _WORDS[self]


_WORDS = {State.NEW: "ny", State.REVIEWED: "granskad", State.DONE: "åtgärdad", State.ACCEPTED: "accepterad"}


class AskedAgain(StrEnum):
    """Reason why a gap that somebody has dealt with needs a new look."""

    EVIDENCE = "underlaget har ändrats sedan dess"
    YEAR = "det har gått ett år sedan dess"
    STILL_THERE = "uppgifterna visar den fortfarande"


@dataclass(frozen=True)
class GapState:
    """State of a gap: its author, day and reason; asked_again is why it needs a new look, else None.

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
        """Return the state in Swedish, why it needs a new look, and any rival state."""
        state_text = f"{self.state.word}, {self.asked_again}" if self.asked_again else self.state.word
        listed = "; ".join(
            f"{State(record.content['state']).word} ({record_versions.signed(record)})" for record in self.others
        )
        return (
            f"{state_text}; senast av flera lägen som ingen har valt mellan, också: {listed}" if listed else state_text
        )


NEW = GapState(State.NEW)


def set_state(
    folder: DataFolder,
    gap: GapRow,
    *,
    state: State,
    by: str,
    at: datetime,
    reason: str = "",
    replaces: tuple[str, ...] | None = None,
) -> Record:
    """Record a decision about a gap and return the record; nothing earlier is overwritten.

    gap is a row of gap_list or report_gaps, replaces the states that the writer had seen; None is all. Raises
    SamladError when the name is missing, when a gap is accepted without a reason, when the words are too long or hold a
    personal identity number, or when the journal cannot be written.
    """
    needed = "Skriv varför luckan accepteras. Utan motiv kan den inte godtas." if state is State.ACCEPTED else ""
    name = text_gate.writer(by, "Skriv ditt namn. Ett läge utan namn sparas inte.")
    why = text_gate.opened(folder).text(reason, "Motivet", longest=LONGEST_REASON, needed=needed)
    content = {
        "gap_id": gap.gap_id,
        "rule": gap.rule,
        "title": gap.title,
        "state": str(state),
        "reason": why,
        "evidence_sha": gap.evidence_sha,
    }
    try:
        return records.append(folder, kind=KIND, by=name, at=at, content=content, replaces=replaces)
    except OSError as fault:
        raise SamladError(
            f"Läget kunde inte sparas: mappen journal går inte att skriva i ({fault.strerror}). Ingenting har ändrats."
        ) from fault


def history(records: Iterable[Record], gap_id: str) -> list[Record]:
    """Return the decisions about a gap, oldest first; records are those of KIND, as records.read gives them."""
    return [record for record in records if record.content["gap_id"] == gap_id]


def standings(records: Iterable[Record], gaps: Iterable[GapRow], as_of: date | None) -> dict[str, GapState]:
    """Return every gap's state by gap_id; an untouched gap is new.

    gaps are rows of gap_list or report_gaps. A gap that was accepted or reviewed is
    asked about again when its evidence has changed or a year has passed; one that was said to be done, for as long as
    the data shows it; one of an earlier year that is gone, never.
    """
    records_by_gap: dict[str, list[Record]] = {}
    for record in records:
        records_by_gap.setdefault(record.content["gap_id"], []).append(record)
    return {gap.gap_id: _standing(records_by_gap.get(gap.gap_id, []), gap, as_of) for gap in gaps}


def _standing(records: list[Record], gap: GapRow, as_of: date | None) -> GapState:
    if not records:
        return NEW
    *others, record = record_versions.rivals(records)
    content = record.content
    state = State(content["state"])
    again = None
    if not gap.still_there:
        return GapState(state, record.by, record.at, content["reason"], None, tuple(others))
    if content["evidence_sha"] != gap.evidence_sha:
        again = AskedAgain.EVIDENCE
    elif as_of is not None and (as_of - clock.day(record.at)).days >= ASKED_AGAIN_AFTER_DAYS:
        again = AskedAgain.YEAR
    elif state is State.DONE:
        again = AskedAgain.STILL_THERE
    again = again if state is not State.NEW else None
    return GapState(state, record.by, record.at, content["reason"], again, tuple(others))
