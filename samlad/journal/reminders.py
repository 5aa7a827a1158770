"""Reminders: organisations mark a report as ready, and requests to them are logged. Nothing is sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from samlad.catalogue.programme import Programme
from samlad.foundation import clock
from samlad.foundation.rows import ReportingDetailsRow, ReportingStateRow
from samlad.foundation.store import DataFolder
from samlad.journal import record_versions, records, text_gate
from samlad.journal.records import Record
from samlad.swedish import arrears, numbers, words

READY, ASKED = "ready", "asked"
"""Kinds of the journal's records in this module."""

MOST_LISTED = 10
"""Most objects that a reminder names; beyond it gives their number."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Reminder:
    """A message to copy: its address if the catalogue has one, its subject and its text."""

    address: str | None
    subject: str
    body: str


def mark_ready(
    folder: DataFolder,
    programme: Programme,
    *,
    organisation_id: str,
    year: int,
    period: str,
    by: str,
    at: datetime,
    ready: bool = True,
    comment: str = "",
    replaces: tuple[str, ...] | None = None,
) -> Record:
    """Record that an organisation's report for a period is ready, or with `ready` false that it no longer is.

    replaces names the marks that the writer had seen; None is all. Raises SamladError when the organisation or the
    period is not in the programme, when nobody is named, or when the comment holds personal data.
    """
    name, passed_comment = _passed(folder, programme, organisation_id, by, comment, "Kommentaren")
    text_gate.Gate(programme).year(year, period)
    content: dict[str, Any] = {"organisation_id": organisation_id, "year": year, "period": period, "ready": ready}
    if passed_comment:
        content["comment"] = passed_comment
    return records.append(folder, kind=READY, by=name, at=at, content=content, replaces=replaces)


def marks(folder: DataFolder, year: int, period: str, as_of: date | None = None) -> dict[str, list[Record]]:
    """Return the ready marks for a period by organisation, oldest first."""
    by_organisation: dict[str, list[Record]] = {}
    for record in records.read(folder, READY):
        content = record.content
        if (content["year"], content["period"]) == (year, period) and (as_of is None or clock.day(record.at) <= as_of):
            by_organisation.setdefault(content["organisation_id"], []).append(record)
    return by_organisation


def ready(folder: DataFolder, year: int, period: str, as_of: date | None = None) -> dict[str, Record]:
    """Return the latest ready mark for a period by organisation, where it says yes."""
    latest = {
        whom: record_versions.rivals(organisation_marks)[-1]
        for whom, organisation_marks in marks(folder, year, period, as_of).items()
    }
    return {whom: record for whom, record in latest.items() if record.content["ready"]}


def log_asked(
    folder: DataFolder,
    programme: Programme,
    *,
    organisation_id: str,
    what: str,
    by: str,
    at: datetime,
    year: int | None = None,
    period: str | None = None,
) -> Record:
    """Record a request to an organisation, in words; nothing is sent.

    Raises SamladError when the organisation is not in the programme, when nothing is asked, when nobody is named, or
    when the words hold personal data.
    """
    name, passed_text = _passed(
        folder, programme, organisation_id, by, what, "Texten", "Skriv vad som har efterfrågats."
    )
    content: dict[str, Any] = {"organisation_id": organisation_id, "text": passed_text}
    if year is not None and period is not None:
        content |= {"year": text_gate.Gate(programme).year(year, period), "period": period}
    return records.append(folder, kind=ASKED, by=name, at=at, content=content)


def asked(folder: DataFolder, *, organisation_id: str | None = None) -> list[Record]:
    """Return the requests to an organisation, or to all, latest first."""
    requests = records.read(folder, ASKED)
    return [
        request for request in reversed(requests) if organisation_id in (None, request.content.get("organisation_id"))
    ]


def reminder(
    state: ReportingStateRow, details: Iterable[ReportingDetailsRow], *, year: int, period: str
) -> Reminder | None:
    """Return the message to an organisation that owes reports; None when it owes none, or has ended.

    `state` is its row of the query reporting_state, `details` the rows of reporting_details. No figures are in it.
    """
    missing = [row for row in details if row.state in (arrears.LATE, arrears.TO_COME)]
    if not missing or state.due is None:
        return None
    when = f"{words.PERIODS[period]} {year}"
    due = numbers.date_sv(state.due)
    late = any(row.state == arrears.LATE for row in missing)
    opening = (
        f"Rapporten för {when} skulle ha kommit senast {due}."
        if late
        else f"Rapporten för {when} ska lämnas senast {due}."
    )
    came = f"Av {arrears.reports(state.expected)} har {state.received} kommit." if state.received else ""
    listed = [f"• {row.object}" for row in missing[:MOST_LISTED]]
    more = len(missing) - len(listed)
    body = [
        *(["EXEMPEL: uppgifterna nedan är påhittade.", ""] if state.origin == "example" else []),
        f"Hej {state.name}!",
        "",
        " ".join(part for part in (opening, came) if part),
        "",
        f"Det här saknas ({len(missing)}):",
        *listed,
        *([f"• och {more} till; alla står i formuläret"] if more else []),
        "",
        "Fyll i formuläret för perioden och lämna in det på sidan Rapportera. Kan något inte rapporteras,"
        " välj en orsakskod: ett tomt svar betyder aldrig noll.",
    ]
    subject = f"{'Påminnelse: rapport' if late else 'Rapport'} för {when}, uppföljningen av programmet mot våld"
    return Reminder(state.address, subject, "\n".join(body))


def _passed(
    folder: DataFolder, programme: Programme, organisation_id: str, by: str, words: str, what: str, needed: str = ""
) -> tuple[str, str]:
    """Return the writer's name and the text, cleaned by the gate, of an organisation in the programme."""
    passing = text_gate.Gate(programme, text_gate.names(folder, programme))
    passing.organisation(organisation_id)
    name = text_gate.writer(by, "Skriv vem du är.")
    return name, passing.text(words, what, longest=text_gate.LONGEST_REASON, needed=needed)
