"""Following up who has reported: a nämnd marks its report as ready, and what was asked of whom is kept in a log."""

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
"""The kinds of the journal's records here."""

MOST_LISTED = 10
"""Things that a reminder names one by one; of more it gives the number."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Reminder:
    """A message to copy: to whom if the catalogue says, its subject and its text. Nothing is sent."""

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
    """Record that an organisation says its report for a period is ready, or with `ready` false that it no longer is.

    replaces names the marks that the writer had seen; None is all. Raises SamladError when the organisation or the
    period is not in the programme, when nobody is named, or when the comment holds personal data.
    """
    name, said = _passed(folder, programme, organisation_id, by, comment, "Kommentaren")
    text_gate.Gate(programme).year(year, period)
    content: dict[str, Any] = {"organisation_id": organisation_id, "year": year, "period": period, "ready": ready}
    if said:
        content["comment"] = said
    return records.append(folder, kind=READY, by=name, at=at, content=content, replaces=replaces)


def marks(folder: DataFolder, year: int, period: str, as_of: date | None = None) -> dict[str, list[Record]]:
    """All that has been said of whether the report for a period is ready, by organisation, the oldest first."""
    found: dict[str, list[Record]] = {}
    for record in records.read(folder, READY):
        said = record.content
        if (said["year"], said["period"]) == (year, period) and (as_of is None or clock.day(record.at) <= as_of):
            found.setdefault(said["organisation_id"], []).append(record)
    return found


def ready(folder: DataFolder, year: int, period: str, as_of: date | None = None) -> dict[str, Record]:
    """Who has said that the report for a period is ready, by organisation: the latest word, where that is yes."""
    latest = {whom: record_versions.rivals(said)[-1] for whom, said in marks(folder, year, period, as_of).items()}
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
    """Record that somebody has asked an organisation for something, in words; nothing is sent.

    Raises SamladError when the organisation is not in the programme, when nothing is asked, when nobody is named, or
    when the words hold personal data.
    """
    name, said = _passed(folder, programme, organisation_id, by, what, "Texten", "Skriv vad som har efterfrågats.")
    content: dict[str, Any] = {"organisation_id": organisation_id, "text": said}
    if year is not None and period is not None:
        content |= {"year": text_gate.Gate(programme).year(year, period), "period": period}
    return records.append(folder, kind=ASKED, by=name, at=at, content=content)


def asked(folder: DataFolder, *, organisation_id: str | None = None) -> list[Record]:
    """What has been asked of an organisation, or of all, the latest first."""
    found = records.read(folder, ASKED)
    return [one for one in reversed(found) if organisation_id in (None, one.content.get("organisation_id"))]


def reminder(
    state: ReportingStateRow, details: Iterable[ReportingDetailsRow], *, year: int, period: str
) -> Reminder | None:
    """The message to an organisation that owes reports; None when it owes none, as a body that has ended.

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
    """The writer's name and the words as the gate lets them in, of an organisation that there is."""
    passing = text_gate.Gate(programme, text_gate.names(folder, programme))
    passing.organisation(organisation_id)
    name = text_gate.writer(by, "Skriv vem du är.")
    return name, passing.text(words, what, longest=text_gate.LONGEST_REASON, needed=needed)
