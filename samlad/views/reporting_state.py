"""What Lägesbild says: who has reported what for which period, who is late, what has been asked, who is ready."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from html import escape
from typing import Any

import streamlit as st

from samlad import assessments, condition, formats, heads, reminders, store, text
from samlad.errors import SamladError
from samlad.journal import Record
from samlad.programme import read_programme
from samlad.views import show, snapshot
from samlad.views.choose import Organisation
from samlad.views.show import Html, Row, Shown
from samlad.views.writing import Paper, Versioned

ONLY = "visa"
READY, READY_WORDS = "Rapporten för perioden är", {True: "klar", False: "inte klar längre"}
STATES = {"whole": ("●", "allt har kommit"), "part": ("◐", "en del har kommit"), "none": ("○", "inget har kommit")}
STATES |= {"unasked": ("·", "inget efterfrågat")}

State = Mapping[str, Any]


def title(year: int, period: str, organisation: Organisation) -> str:
    """The page's title, naming the selection."""
    whose = text.WHOLE_CITY.lower() if organisation.is_city else organisation.name
    return f"Lägesbild: {text.PERIODS[period]} {year}, {whose}"


def is_only_missing() -> bool:
    """Let the user see only those who have something left to report; in the address."""
    return bool(st.toggle("Visa bara dem som har något kvar", key=ONLY, bind="query-params"))


def sentence(rows: Sequence[State], year: int, period: str) -> str:
    """How much of what is asked has come, and how many are late."""
    asked = [row for row in rows if row["expected"]]
    when = f"{'helåret' if period == 'VB' else text.PERIODS[period]} {year}"
    if not asked:
        return f"Inga rapporter har begärts för {when}."
    expected, received, late = (sum(row[one] for row in asked) for one in ("expected", "received", "late"))
    whole = sum(row["state"] == "whole" for row in asked)
    behind = sum(bool(row["late"]) for row in asked)
    due = formats.date_sv(max(row["due"] for row in asked))
    said = (
        f"{formats.of(received, expected)} uppgifter har kommit för {when}; {formats.of(whole, len(asked))} nämnder "
        f"och bolag har lämnat allt. Sista dag {'var' if late else 'är'} {due}"
    )
    return f"{said}, och {formats.number(behind)} är sena." if behind else f"{said}."


def table(rows: Sequence[State], year: int, period: str) -> Shown:
    """Everybody who is to report: how far it has come, when, in which version, and whether it is said to be ready."""
    ready = _ready(year, period)
    all_made_up = bool(rows) and all(row["origin"] == "example" for row in rows)
    return Shown(
        caption="Vem har rapporterat",
        columns=("Vem", "Läge", "Kommit", "Sent", "Senast", "Version", "Klarmarkerad"),
        rows=[
            Row(
                (
                    Html(f"{escape(row['organisation'])}{_made_up(row, all_made_up)}"),
                    _state(row["state"]),
                    formats.of(row["received"], row["expected"]) if row["expected"] else "–",
                    formats.number(row["late"]) if row["late"] else "–",
                    formats.date_sv(row["received_on"]) if row["received_on"] else "–",
                    formats.number(row["versions"]) if row["versions"] else "–",
                    ready.get(row["organisation_id"], "–"),
                )
            )
            for row in rows
        ],
        numbers=frozenset({3, 5}),
        is_example=all_made_up,
    )


def _made_up(row: State, all_made_up: bool) -> Html:
    return show.example_mark(row["origin"] == "example" and not all_made_up)


def _state(state: str) -> Html:
    mark, words = STATES[state]
    return Html(f'<span class="nowrap"><b aria-hidden="true">{mark}</b> {escape(words)}</span>')


def _ready(year: int, period: str) -> dict[str, str]:
    """Who has said that the report is ready, and when; both words where two people said different things at once."""
    told = {}
    for whom, records in _marks(year, period).items():
        standing = heads.rivals(records)
        if len(standing) > 1:
            told[whom] = "; ".join(f"{READY_WORDS[one.content['ready']]}: {heads.signed(one)}" for one in standing)
        elif standing[0].content["ready"]:
            told[whom] = f"{formats.date_sv(standing[0].at.date())}, {standing[0].by}"
    return told


def _marks(year: int, period: str) -> dict[str, list[Record]]:
    try:
        return reminders.marks(store.data_folder(), year, period)
    except OSError:
        return {}


def of_one(organisation: Organisation, rows: Sequence[State], year: int, period: str) -> None:
    """One organisation's own: thing by thing, the reminder to copy, what has been asked, and the ready mark."""
    state = next((row for row in rows if row["organisation_id"] == organisation.organisation_id), None)
    if state is None:
        show.empty(f"Inget har begärts av {organisation.name} för {text.PERIODS[period]} {year}.")
        return
    details = snapshot.load(
        "reporting_details", organisation_id=organisation.organisation_id, year=year, period=period
    ).to_pylist()
    show.table(_details(details, organisation))
    _reminder(state, details, organisation, year, period)
    _mark_ready(organisation, year, period)


def _details(details: Sequence[State], organisation: Organisation) -> Shown:
    return Shown(
        caption=f"Vad {organisation.name} ska rapportera",
        columns=("Vad", "Mål", "Kommit", "Sista dag", "Version"),
        rows=[
            Row(
                (
                    Html(f"{escape(row['object'])}{show.example_mark(row['origin'] == 'example')}"),
                    f"Mål {row['goal_number']}",
                    _came(row),
                    formats.date_sv(row["due"]) if row["due"] else "–",
                    formats.number(row["version"]) if row["version"] else "–",
                )
            )
            for row in details
        ],
    )


def _came(row: State) -> str:
    if row["received"]:
        return f"ja, {formats.date_sv(row['received_on'])}" if row["received_on"] else "ja"
    return "nej, sent" if row["late"] else "nej"


def _reminder(state: State, details: Sequence[State], organisation: Organisation, year: int, period: str) -> None:
    written = reminders.reminder(state, details, year=year, period=period)
    asked = _asked(organisation)
    if written is None and not asked:
        return
    with st.expander("Påminnelse att kopiera, och vad som redan har efterfrågats", icon=":material/mail:"):
        for line in asked:
            st.write(line)
        if written is None:
            return
        st.write(f"Till: {written.address or 'ingen adress finns i katalogen'}")
        st.write(f"Ämne: {written.subject}")
        st.code(written.body, language=None, wrap_lines=True)
        paper = Paper(reminders.ASKED, (organisation.organisation_id or "", str(year), period))
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
    return [f"{formats.date_sv(one.at.date())}, {one.by}: {one.content['text']}" for one in found]


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


def _ready_paper(organisation: Organisation, year: int, period: str) -> Paper:
    whom = organisation.organisation_id or ""
    return Paper(
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


def _write(record: Any, paper: Paper, by: str) -> None:
    try:
        record(datetime.now(UTC))
    except SamladError as fault:
        st.error(str(fault), icon=":material/error:")
        return
    except OSError:
        st.error("Det kunde inte sparas: mappen journal går inte att skriva i.", icon=":material/error:")
        return
    paper.saved(by)
    st.rerun()


def late_on() -> date | None:
    """The day that lateness is judged on: the snapshot's, never the clock's."""
    told = snapshot.seen().manifest.get("as_of")
    return date.fromisoformat(told) if told else None


def judged_on() -> str:
    """In words, which day lateness is judged on."""
    day = late_on()
    return f"Vad som är sent bedöms per {formats.date_sv(day)}, den dag som uppgifterna gäller." if day else ""


def defects() -> None:
    """The files of the data folder that cannot be read, if there are any: which, what it leads to and what to do."""
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
