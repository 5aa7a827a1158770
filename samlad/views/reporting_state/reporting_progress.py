"""Contents of Lägesbild: received and late reports by organisation and period, requests, ready marks.

Counting arrears belongs in `samlad.swedish.arrears`.
"""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from samlad.catalogue.programme import read_programme
from samlad.foundation import arrival_day, clock, store
from samlad.foundation.errors import SamladError
from samlad.foundation.rows import ReportingDetailsRow, ReportingStateRow
from samlad.journal import assessments, record_versions, reminders
from samlad.journal.records import Record
from samlad.swedish import arrears, numbers, words
from samlad.views.common import person_question, show, shown_edition
from samlad.views.common.show import Html, Row, Shown
from samlad.views.common.writing_form import Versioned, WritingForm
from samlad.warehouse import condition
from samlad.warehouse.catalogue_choices import Organisation

ONLY = "visa"
READY, READY_WORDS = "Rapporten för perioden är", {True: "klar", False: "inte klar längre"}
STATES = {"whole": ("●", "allt har kommit"), "part": ("◐", "en del har kommit"), "none": ("○", "inget har kommit")}
STATES |= {"ended": ("·", "har upphört"), "unasked": ("·", "inget efterfrågat")}


def title(year: int, period: str, organisation: Organisation) -> str:
    """Return the page's title, naming the selection."""
    whose = words.WHOLE_CITY.lower() if organisation.is_city else organisation.name
    return f"Lägesbild: {words.PERIODS[period]} {year}, {whose}"


def is_only_missing() -> bool:
    """Let the user see only organisations with something left to report; in the address."""
    return bool(st.toggle("Visa bara dem som inte är klara", key=ONLY, bind="query-params"))


def sentence(rows: Sequence[ReportingStateRow], year: int, period: str, organisation: Organisation) -> str:
    """Return a sentence on received and late reports of the chosen organisations."""
    when = f"{arrears.period(period)} {year}"
    if not organisation.is_city:
        state = of(organisation, rows)
        return _of_one(state, when, organisation) if state else f"Inget är begärt av {organisation.name} för {when}."
    asked = [row for row in rows if row.expected]
    if not asked:
        return f"Inga rapporter är begärda för {when}."
    counted = arrears.tally_of(asked)
    whole = sum(row.state == "whole" for row in asked)
    due = max(row.due for row in asked if row.due is not None)
    said = [
        f"{numbers.of(counted.received, counted.expected, 'rapporter')} för {when} har kommit; "
        f"{numbers.of(whole, len(asked), 'nämnder och bolag')} har lämnat allt."
    ]
    if counted.late:
        behind = sum(bool(row.late) for row in asked)
        who = f"{numbers.number(behind)} {words.counted('nämnder och bolag', behind)}"
        said.append(f"{arrears.reports(counted.late)} från {who} saknas {arrears.since(due, late_on())}.")
    return " ".join([*said, *_rest(counted, due)])


def _of_one(state: ReportingStateRow, when: str, organisation: Organisation) -> str:
    counted = arrears.tally_of([state])
    if not counted.expected:
        return f"Inget är begärt av {organisation.name} för {when}, men något har lämnats."
    if not counted.missing:
        return f"{organisation.name} har lämnat alla {arrears.reports(counted.expected)} för {when}."
    came = f"har lämnat {numbers.of(counted.received, counted.expected, 'rapporter')}"
    none = f"har inte lämnat någon av {arrears.reports(counted.expected)}"
    said = [f"{organisation.name} {came if counted.received else none} för {when}."]
    if counted.late and state.due:
        said.append(f"{arrears.reports(counted.late)} saknas {arrears.since(state.due, late_on())}.")
    return " ".join([*said, *_rest(counted, state.due)])


def _rest(counted: arrears.Tally, due: date | None) -> list[str]:
    """Return clauses on reports still to come, with their last day, and on reports that nobody owes."""
    return [
        *(
            [f"{arrears.reports(counted.to_come)} ska lämnas senast {numbers.date_sv(due)}."]
            if counted.to_come and due
            else []
        ),
        *(
            [f"{arrears.reports(counted.lapsed)} kom aldrig; den som skulle ha lämnat har upphört."]
            if counted.lapsed
            else []
        ),
    ]


def of(organisation: Organisation, rows: Sequence[ReportingStateRow]) -> ReportingStateRow | None:
    """Return the row of the chosen organisation; None without any duty or report."""
    return next((row for row in rows if row.organisation_id == organisation.organisation_id), None)


def in_order(rows: Sequence[ReportingStateRow]) -> list[ReportingStateRow]:
    """Return the rows with most late reports first. The rest in the order of their names."""
    return sorted(rows, key=lambda row: -row.late)


def table(rows: Sequence[ReportingStateRow], year: int, period: str) -> Shown:
    """Return every reporting organisation: progress, day, version, and ready mark."""
    ready = _ready(year, period)
    all_made_up = bool(rows) and all(row.origin == "example" for row in rows)
    return Shown(
        caption="Vem har rapporterat",
        columns=("Vem", "Läge", "Kommit", "Sent", "Senast", "Version", "Klarmarkerad"),
        rows=[
            Row(
                (
                    Html(f"{escape(row.organisation)}{_made_up(row, all_made_up)}"),
                    _state(row.state),
                    numbers.of(row.received, row.expected) if row.expected else "–",
                    numbers.number(row.late) if row.late else "–",
                    arrival_day.words(row.received_on, row.loaded_on) if row.received_on else "–",
                    numbers.number(row.versions) if row.versions else "–",
                    ready.get(row.organisation_id, "–"),
                )
            )
            for row in in_order(rows)
        ],
        numbers=frozenset({3, 5}),
        is_example=all_made_up,
    )


def _made_up(row: ReportingStateRow, all_made_up: bool) -> Html:
    return show.example_mark(row.origin == "example" and not all_made_up)


def _state(state: str) -> Html:
    mark, words = STATES[state]
    return Html(f'<span class="nowrap"><b aria-hidden="true">{mark}</b> {escape(words)}</span>')


def _ready(year: int, period: str) -> dict[str, str]:
    """Return the ready mark and its day by organisation. Both marks where two people disagreed at once."""
    told = {}
    for whom, records in _marks(year, period).items():
        standing = record_versions.rivals(records)
        if len(standing) > 1:
            told[whom] = "; ".join(
                f"{READY_WORDS[one.content['ready']]}: {record_versions.signed(one)}" for one in standing
            )
        elif standing[0].content["ready"]:
            told[whom] = f"{numbers.date_sv(clock.day(standing[0].at))}, {standing[0].by}"
    return told


def _marks(year: int, period: str) -> dict[str, list[Record]]:
    try:
        return reminders.marks(store.data_folder(), year, period)
    except OSError:
        return {}


def of_one(organisation: Organisation, rows: Sequence[ReportingStateRow], year: int, period: str) -> None:
    """Show an organisation's reports item by item, the reminder to copy, requests, and the ready mark."""
    state = of(organisation, rows)
    if state is None:
        return
    details = shown_edition.load_rows(
        ReportingDetailsRow, organisation_id=organisation.organisation_id, year=year, period=period
    )
    left = [row for row in details if row.state != arrears.RECEIVED] if is_only_missing() else details
    show.table(_details(left, organisation))
    _reminder(state, details, organisation, year, period)
    _mark_ready(organisation, year, period)


def _details(details: Sequence[ReportingDetailsRow], organisation: Organisation) -> Shown:
    return Shown(
        caption=f"Vad {organisation.name} ska rapportera",
        columns=("Vad", "Mål", "Kommit", "Sista dag", "Version"),
        rows=[
            Row(
                (
                    Html(f"{escape(row.object)}{show.example_mark(row.origin == 'example')}"),
                    f"Mål {row.goal_number}",
                    _came(row),
                    numbers.date_sv(row.due) if row.due else "–",
                    numbers.number(row.version) if row.version else "–",
                )
            )
            for row in details
        ],
    )


def _came(row: ReportingDetailsRow) -> str:
    if row.received:
        return f"ja, {arrival_day.words(row.received_on, row.loaded_on)}" if row.received_on else "ja"
    return {arrears.LATE: "nej, sent", arrears.LAPSED: "nej, kom aldrig"}.get(row.state, "nej")


def _reminder(
    state: ReportingStateRow, details: Sequence[ReportingDetailsRow], organisation: Organisation, year: int, period: str
) -> None:
    written = reminders.reminder(state, details, year=year, period=period)
    asked = _asked(organisation)
    if written is None and not asked:
        return
    with st.expander("Påminnelse att kopiera, och vad som redan har efterfrågats", icon=":material/mail:"):
        for line in asked:
            st.write(show.plain(line))
        if written is None:
            return
        st.write(show.plain(f"Till: {written.address or 'ingen adress finns i katalogen'}"))
        st.write(show.plain(f"Ämne: {written.subject}"))
        st.code(written.body, language=None, wrap_lines=True)
        paper = WritingForm(reminders.ASKED, (organisation.organisation_id or "", str(year), period))
        with paper.form():
            by = paper.name()
            if st.form_submit_button("Anteckna att påminnelsen är skickad"):
                _write(
                    lambda at: reminders.log_asked(
                        store.data_folder(),
                        read_programme(store.data_folder().programme),
                        organisation_id=organisation.organisation_id or "",
                        what=written.subject,
                        by=by,
                        at=at,
                        year=year,
                        period=period,
                    ),
                    paper,
                    by,
                )


def _asked(organisation: Organisation) -> list[str]:
    try:
        found = reminders.asked(store.data_folder(), organisation_id=organisation.organisation_id)
    except OSError:
        return []
    return [f"{numbers.date_sv(clock.day(one.at))}, {one.by}: {one.content['text']}" for one in found]


def _mark_ready(organisation: Organisation, year: int, period: str) -> None:
    with st.expander("Klarmarkera", icon=":material/task_alt:"):
        if not assessments.can_write(store.data_folder()):
            st.write("Mappen journal går inte att skriva i här, så rapporten kan inte klarmarkeras. Allt annat gäller.")
            return
        paper = _ready_paper(organisation, year, period)
        with paper.form():
            word = paper.radio(READY, list(READY_WORDS.values()), index=0)
            by = paper.name()
            if st.form_submit_button("Spara"):
                _write(
                    lambda at: reminders.mark_ready(
                        store.data_folder(),
                        read_programme(store.data_folder().programme),
                        organisation_id=organisation.organisation_id or "",
                        year=year,
                        period=period,
                        by=by,
                        at=at,
                        ready=word == READY_WORDS[True],
                        replaces=paper.replaces,
                    ),
                    paper,
                    by,
                )


def _ready_paper(organisation: Organisation, year: int, period: str) -> WritingForm:
    whom = organisation.organisation_id or ""
    return WritingForm(
        reminders.READY,
        (whom, str(year), period),
        Versioned(
            _marks(year, period).get(whom, []),
            values=lambda record: {READY: READY_WORDS[record.content["ready"]]},
            told=lambda record: f"Rapporten är {READY_WORDS[record.content['ready']]}.",
            one="en klarmarkering",
            several="besked",
        ),
    )


def _write(record: Any, paper: WritingForm, by: str) -> None:
    try:
        record(clock.now())
    except SamladError as fault:
        person_question.told(fault, by)
        return
    except OSError:
        st.error("Det kunde inte sparas: mappen journal går inte att skriva i.", icon=":material/error:")
        return
    paper.saved(by)
    st.rerun()


def late_on() -> date | None:
    """Return the day that lateness is judged on: the snapshot's, never the clock's."""
    return shown_edition.seen().snapshot.reports_until


def judged_on() -> str:
    """Return the day that lateness is judged on, in words."""
    day = late_on()
    return f"Läget den {numbers.date_sv(day)}." if day else ""


def defects() -> None:
    """Show the data folder's unreadable files, if any, with their consequences and a next step."""
    folder = store.data_folder()
    found = [*condition.of_readers(folder), *condition.of_submissions(folder)]
    if not found:
        return
    show.table(
        Shown(
            caption="Filer i datamappen som inte går att läsa",
            columns=("Fil", "Vad som är fel", "Vad det leder till", "Vad som ska göras"),
            rows=[Row((one.path, one.happened, one.effect, one.action)) for one in found],
        )
    )
