"""An opened gap: its evidence, its links, its life, and words to use about the gap.

The list of gaps is in `gap_list`.
"""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from samlad.catalogue import programme
from samlad.foundation import clock, store
from samlad.foundation.errors import SamladError
from samlad.foundation.rows import GapContactsRow, GapEvidenceOfRow, GapListRow, GoalsRow
from samlad.journal import assessments, gap_states, records, reminders
from samlad.journal.gap_states import LONGEST_NAME, LONGEST_REASON, NEW, State
from samlad.report import proposals
from samlad.swedish import numbers
from samlad.views.common import choose, person_question, show, shown_edition
from samlad.views.common.show import Row, Shown
from samlad.views.common.writing_form import Versioned, WritingForm
from samlad.views.responsibility.duty_matrix import indicator_link, link
from samlad.views.responsibility.gap_list import OPEN, Gaps, state_records
from samlad.warehouse.gap_rule_files import asks

STATE, REASON = "Nytt läge", "Motiv (krävs när en lucka accepteras)"

SOURCES = {
    "responsibilities": "katalogens ansvar",
    "expected_reports": "väntade rapporter",
    "observations": "iakttagelser",
    "activities": "katalogens aktiviteter",
    "indicators": "katalogens indikatorer",
    "activity_indicators": "vilken indikator som mäter vad",
    "goals": "katalogens mål",
    "successions": "sammanslagningar",
    "received_submissions": "inlämningar",
    "indicator_values": "rapporterade värden",
    "activity_values": "rapporterade lägen",
}
"""People's names for the tables that gaps rest on."""


def opened(gaps: Gaps) -> None:
    """Show the gap that the address names: evidence, links, history, action, and words to use."""
    asked = st.query_params.get(OPEN)
    if not asked:
        return
    gap = next((one for one in gaps.shown if one.gap_id == asked), None)
    if gap is None:
        show.empty("Luckan i länken finns inte bland det som är valt. Den kan ha stängts, eller gälla något annat val.")
        return
    duties = gap.duties
    evidence = shown_edition.load_rows(GapEvidenceOfRow, gap_id=gap.gap_id, duties=duties, year=gap.year)
    with st.container(border=True, key="oppnad-lucka"):
        show.html(f'<h2 id="lucka">{escape(gap.title)}{show.example_mark(gap.origin == "example")}</h2>')
        show.html(
            f"<p>{escape(gap.why)} <b>{escape(gap.action)}</b></p>"
            f'<ul class="plain">{"".join(f"<li>{_told(row)}</li>" for row in evidence)}</ul><p>{_links(gap)}</p>'
        )
        if not gap.confidence.startswith("verified") and gap.origin != "example":
            show.note(f"Så säkert är underlaget: {gap.confidence}.")
        _life(gap, gaps)
        _words(gap, evidence, gaps.as_of)


def _told(row: GapEvidenceOfRow) -> str:
    ids = ", ".join(part.partition("=")[2] for part in row.source_key.split("; "))
    place = f"{SOURCES.get(row.source_table, row.source_table)}: {ids}"
    return f'{escape(row.told)} <span class="small">({escape(place)})</span>'


def _links(gap: GapListRow) -> str:
    named = choose.choices().organisations
    links = [
        link("namnd", named[one].name, **{choose.ORGANISATION: named[one].name})
        for one in gap.organisations.split()
        if one in named
    ]
    if gap.goal_id:
        goals = {row.goal_id: row for row in shown_edition.load_rows(GoalsRow)}
        held = goals[gap.goal_id]
        name = choose.goal_name(held.number, held.short_title)
        links.insert(0, link("mal", f"Mål {held.number}", **{choose.GOAL: name}))
    if gap.object_type == "indicator" and gap.object:
        links.insert(0, indicator_link(gap.object))
    return " · ".join(links)


def _life(gap: GapListRow, gaps: Gaps) -> None:
    standing = gaps.standings.get(gap.gap_id, NEW)
    said = f"Läge: {standing.said}."
    if standing.at:
        said += f" {standing.by}, {numbers.date_sv(clock.day(standing.at))}."
        said += f" Motiv: {standing.reason}" if standing.reason else ""
    show.html(f"<p>{escape(said)}</p>")
    earlier = gap_states.history(state_records(), gap.gap_id)
    if len(earlier) > 1:
        show.folded(f"Tidigare lägen ({len(earlier)})", _history(earlier))
    with st.expander("Ändra läge", icon=":material/edit_note:"):
        if not assessments.can_write(store.data_folder()):
            st.write(
                "Mappen journal går inte att skriva i här, så läget kan inte ändras. Be den som sköter Samlad att "
                "öppna den för skrivning. Allt annat på sidan gäller."
            )
            return
        paper = _paper(gap, earlier)
        with paper.form():
            words = {state.word.capitalize(): state for state in State}
            word = paper.radio(STATE, list(words))
            reason = paper.area(REASON, most=LONGEST_REASON)
            by = paper.name(LONGEST_NAME)
            is_sent = st.form_submit_button("Spara läget", type="primary")
        if is_sent:
            _save(gap, words.get(word or ""), by, reason, paper)


def _paper(gap: GapListRow, earlier: Sequence[records.Record]) -> WritingForm:
    return WritingForm(
        gap_states.KIND,
        (gap.gap_id,),
        Versioned(
            earlier,
            values=lambda record: {
                STATE: State(record.content["state"]).word.capitalize(),
                REASON: record.content["reason"],
            },
            told=lambda record: f"{State(record.content['state']).word.capitalize()}.\n{record.content['reason']}",
            one="ett läge",
            several="lägen",
            joined=REASON,
        ),
    )


def _save(gap: GapListRow, state: State | None, by: str, reason: str, paper: WritingForm) -> None:
    if state is None:
        st.error("Välj ett läge: ny, granskad, åtgärdad eller accepterad.", icon=":material/error:")
        return
    at, folder = clock.now(), store.data_folder()
    try:
        gap_states.set_state(folder, gap, state=state, by=by, at=at, reason=reason, replaces=paper.replaces)
    except SamladError as fault:
        person_question.told(fault, by)
        return
    paper.saved(by)
    st.toast("Läget är sparat.")
    st.rerun()


def _history(entries: Sequence[records.Record]) -> Shown:
    return Shown(
        caption="Tidigare lägen",
        columns=("Läge", "Vem", "När", "Motiv"),
        rows=[
            Row(
                (
                    State(record.content["state"]).word,
                    record.by,
                    numbers.date_sv(clock.day(record.at)),
                    record.content["reason"] or "–",
                )
            )
            for record in reversed(entries)
        ],
    )


def _words(gap: GapListRow, evidence: Sequence[GapEvidenceOfRow], as_of: date | None) -> None:
    """Show a paragraph and a letter to copy, and a form to note the letter as sent."""
    snapshot_id = shown_edition.seen_id()
    with st.expander("Text till den samlade uppföljningen", icon=":material/article:"):
        st.code(
            proposals.paragraph(gap, evidence, snapshot_id=snapshot_id, as_of=as_of), language=None, wrap_lines=True
        )
    concerned = gap.organisations.split()
    known = {row.organisation_id: row for row in shown_edition.load_rows(GapContactsRow)}
    for one in concerned:
        if one not in known:
            continue
        held = known[one]
        with st.expander(show.plain(f"Brev till {held.short_name}"), icon=":material/mail:"):
            written = proposals.letter(
                gap,
                evidence,
                ask=asks().get(gap.rule, ""),
                organisation=held,
                contact=held.address,
                snapshot_id=snapshot_id,
                as_of=as_of,
            )
            st.write(show.plain(f"Till: {written.address or 'ingen adress finns i katalogen'}"))
            st.write(show.plain(f"Ämne: {written.subject}"))
            st.code(written.body, language=None, wrap_lines=True)
            _asked(gap, one, written.subject)


def _asked(gap: GapListRow, organisation_id: str, subject: str) -> None:
    """Show requests made of the organisation on the gap, and a form to note this letter."""
    folder = store.data_folder()
    try:
        earlier = [
            record
            for record in reminders.asked(folder, organisation_id=organisation_id)
            if record.content["text"].startswith(f"{gap.gap_id}: ")
        ]
    except OSError:
        earlier = []
    for record in earlier:
        st.write(show.plain(f"Skickat {numbers.date_sv(clock.day(record.at))}, {record.by}."))
    if not assessments.can_write(folder):
        return
    paper = WritingForm(reminders.ASKED, (gap.gap_id, organisation_id))
    with paper.form():
        by = paper.name(LONGEST_NAME)
        is_sent = st.form_submit_button("Anteckna att brevet är skickat")
    if not is_sent:
        return
    try:
        reminders.log_asked(
            folder,
            programme.read_programme(folder.programme),
            organisation_id=organisation_id,
            what=f"{gap.gap_id}: {subject}",
            by=by,
            at=clock.now(),
        )
    except (SamladError, OSError) as fault:
        person_question.told(fault, by, where="skickat")
        return
    paper.saved()
    st.toast("Antecknat.")
    st.rerun()
