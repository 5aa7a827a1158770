"""Assessments: people's judgements of goals, kept in the journal with every version. No rule computes them."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from samlad.foundation import clock
from samlad.foundation.errors import SamladError
from samlad.foundation.rows import GoalAssessmentsRow
from samlad.foundation.store import DataFolder
from samlad.journal import record_versions, records, text_gate
from samlad.journal.records import Record

KIND = "assessment"
PERIOD = "VB"
PLURAL = "bedömningar"
FULFILLED = ("fully", "partly", "not")
LONGEST_TEXT, LONGEST_NAME = 2000, text_gate.LONGEST_NAME

NO_ROOM = (
    "Mappen journal går inte att skriva i här, och därför kan ingen bedömning skrivas. Be den som sköter Samlad att "
    "öppna den för skrivning. Allt annat på sidan gäller."
)


@dataclass(frozen=True)
class Versions:
    """One organisation's judgements of one goal and year, beside the published one.

    later holds those that the published edition does not, and that stand, the newest first; earlier those that have
    been replaced.
    """

    later: tuple[Record, ...]
    earlier: tuple[Record, ...]


def can_write(folder: DataFolder) -> bool:
    """Return True if the journal is there and open for writing."""
    return folder.journal.is_dir() and os.access(folder.journal, os.W_OK)


def write(
    folder: DataFolder,
    *,
    organisation_id: str,
    goal_id: str,
    year: int,
    fulfilled: str,
    text: str,
    by: str,
    at: datetime,
    replaces: tuple[str, ...] | None = None,
) -> Record:
    """Record a judgement of a goal's whole year and return it; nothing is overwritten.

    replaces names the versions that its writer had seen; None is all. fulfilled is fully, partly or not. Raises
    SamladError when the name or the text is missing, too long, or holds a personal identity number, and when the
    journal cannot be written: then nothing has been recorded.
    """
    if not can_write(folder):
        raise SamladError(NO_ROOM)
    passing = text_gate.opened(folder)
    name = text_gate.writer(by, "Skriv ditt namn. En bedömning utan namn sparas inte.")
    passed_text = passing.text(text, "Bedömningen", longest=LONGEST_TEXT, needed="Skriv bedömningen med egna ord.")
    passing.organisation(organisation_id, or_city=True)
    passing.goal(goal_id)
    passing.year(year, PERIOD)
    if fulfilled not in FULFILLED:
        raise SamladError("Välj om målet uppfylls helt, delvis eller ej.")
    content = {
        "organisation_id": organisation_id,
        "goal_id": goal_id,
        "year": year,
        "period": PERIOD,
        "fulfilled": fulfilled,
        "text": passed_text,
        "origin": "own",
    }
    try:
        return records.append(folder, kind=KIND, by=name, at=at, content=content, replaces=replaces)
    except OSError as fault:
        raise SamladError(f"Bedömningen kunde inte sparas: {fault.strerror}. Ingenting har skrivits.") from fault


def of_goal(records: Iterable[Record], goal_id: str, year: int) -> dict[str, list[Record]]:
    """Return the judgements of a goal's whole year by organisation_id, oldest first."""
    by_organisation: dict[str, list[Record]] = {}
    for record in records:
        content = record.content
        if (content["goal_id"], content["year"], content["period"]) == (goal_id, year, PERIOD):
            by_organisation.setdefault(content["organisation_id"], []).append(record)
    return by_organisation


def versions(records: list[Record], published: GoalAssessmentsRow | None) -> Versions:
    """Return one organisation's judgements (oldest first) as later, published and earlier; None when none is
    published.
    """
    place = max((at for at, record in enumerate(records) if _is_published(record, published)), default=-1)
    newest = len(records) - 1
    shown = place if place >= 0 else newest
    rivals = [record for record in record_versions.rivals(records) if record in records[:shown]]
    later = records[place + 1 :] if place >= 0 else records[newest:]
    earlier = [record for record in records[: max(shown, 0)] if record not in rivals]
    return Versions((*reversed(later), *reversed(rivals)), tuple(reversed(earlier)))


def conflict(records: list[Record], published: GoalAssessmentsRow | None) -> str:
    """Return a sentence that rival judgements of one organisation stand; empty for a single one."""
    standing = record_versions.rivals(records)
    if len(standing) < 2:
        return ""
    used = next((record for record in standing if _is_published(record, published)), None)
    if used is None:
        listed = "; ".join(map(record_versions.signed, standing))
        several = record_versions.several(standing, PLURAL)
        return f"{several} Ingen av dem är publicerad: {listed}. Den senaste publiceras härnäst."
    others = "; ".join(record_versions.signed(record) for record in standing if record is not used)
    used_by = f"Publicerad är den av {record_versions.signed(used)}."
    return f"{record_versions.several(standing, PLURAL)} {used_by} Också: {others}."


def _is_published(record: Record, published: GoalAssessmentsRow | None) -> bool:
    if published is None:
        return False
    judgement = (record.content["fulfilled"], record.content.get("text"), record.by, clock.day(record.at))
    return judgement == (published.fulfilled, published.text, published.author, published.at)
