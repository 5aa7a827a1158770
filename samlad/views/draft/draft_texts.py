"""Own text on Samlad uppföljning: points to look at again, the form, earlier versions, last year's text.

Keeping texts belongs in `report.own_texts`.
"""

from dataclasses import replace
from html import escape

import streamlit as st

from samlad.foundation import clock, store
from samlad.foundation.errors import SamladError
from samlad.report import own_texts
from samlad.report.document import Report, Section
from samlad.report.draft import Choice
from samlad.report.own_texts import Version
from samlad.swedish import numbers
from samlad.views.common import person_question, show
from samlad.views.common.writing_form import Versioned, WritingForm

ROWS = 320
TEXT = "Text"
FORM = "egen_text"


def marks(section: Section) -> None:
    """Show sentences with changed figures, earlier and present, and numbers that are not tracked."""
    found = section.own()
    if found is None:
        return
    if found.conflict:
        st.warning(show.plain(found.conflict), icon=":material/call_split:")
    for one in found.touched:
        st.warning(
            show.plain(
                f"”{one.sentence}” Siffran {{{one.field}}} var {one.before} och är nu {one.after}. Läs meningen igen."
            ),
            icon=":material/published_with_changes:",
        )
    if found.untracked:
        said = ", ".join(found.untracked)
        st.info(
            show.plain(f"Ej spårad: {said}. ")
            + "Talen är skrivna för hand och följer inte med när uppgifterna ändras. Infoga dem som "
            "beteckningar, till exempel {T2:r1:c3}.",
            icon=":material/link_off:",
        )


def form(report: Report, chosen: Choice, section: Section) -> None:
    """Show the place to write a section's text, made when opened. The place stays open from section to section."""
    place = st.expander("Skriv egen text", icon=":material/edit_note:", key=FORM, on_change="rerun")
    if place.open:
        with place:
            _form(report, chosen, section)


def _form(report: Report, chosen: Choice, section: Section) -> None:
    """Let the user write; saving makes a new version."""
    written = own_texts.versions(store.data_folder(), chosen, section.id)
    paper = WritingForm(
        own_texts.KIND,
        (section.id, "-".join(map(str, chosen.years)), chosen.organisation_id or ""),
        Versioned(
            own_texts.text_records(store.data_folder(), chosen).get(section.id, []),
            values=lambda record: {TEXT: record.content["text"]},
            told=lambda record: own_texts.filled(record.content["text"], report),
            one="en text",
            several="texter",
            joined=TEXT,
        ),
    )
    show.note(
        "Texten ställs först i delen. Välj siffrorna ur uppföljningen i stället för att skriva dem: då följer de med "
        "när uppgifterna ändras, och du får veta vilka meningar som behöver läsas igen. Skriv ingenting om enskilda "
        "personer."
    )
    words_at, figure_at = paper.key(TEXT), paper.key("siffra")
    offered = own_texts.figures(report, section.id)
    with paper.form():
        words = paper.area(TEXT, most=own_texts.LONGEST_TEXT, start=written[-1].words if written else "", height=ROWS)
        st.selectbox(
            "Siffra ur uppföljningen",
            list(offered),
            index=None,
            format_func=lambda at: f"{offered[at]} {{{at}}}",
            placeholder="Skriv för att söka",
            key=figure_at,
        )
        st.form_submit_button(
            "Infoga siffran sist i texten", icon=":material/add_link:", on_click=_insert, args=(words_at, figure_at)
        )
        if own_texts.filled(words, report) != words:
            show.note(f"Så här läses texten: {own_texts.filled(words, report)}")
        by = paper.name(own_texts.LONGEST_NAME)
        is_sent = st.form_submit_button("Spara texten", type="primary")
    if is_sent:
        _save(report, chosen, section, words, by, paper)
    _earlier(written)
    _last_year(chosen, section)


def _insert(words_at: str, figure_at: str) -> None:
    """Append the chosen figure to the text.

    The figure stands as its citation in braces until the text is read.
    """
    if chosen := st.session_state.get(figure_at):
        st.session_state[words_at] = f"{st.session_state[words_at]} {{{chosen}}}".lstrip()


def _save(report: Report, chosen: Choice, section: Section, words: str, by: str, paper: WritingForm) -> None:
    at, folder = clock.now(), store.data_folder()
    try:
        own_texts.save(folder, report, chosen, section.id, words, by=by, at=at, replaces=paper.replaces)
    except SamladError as fault:
        person_question.told(fault, by)
        return
    paper.saved(by)
    st.toast("Texten är sparad som en ny version.")
    st.rerun()


def _earlier(written: list[Version]) -> None:
    if len(written) > 1:
        told = "".join(_told(version) for version in reversed(written[:-1]))
        show.html(f"<details><summary>Tidigare versioner ({len(written) - 1})</summary>{told}</details>")


def _last_year(chosen: Choice, section: Section) -> None:
    """Show last year's text of the same section."""
    before = replace(chosen, years=tuple(year - 1 for year in chosen.years))
    found = own_texts.texts(store.data_folder(), before).get(section.id)
    if found is not None:
        show.html(f"<details><summary>Förra årets text</summary>{_told(found)}</details>")


def _told(version: Version) -> str:
    said = f"Version {version.number}, {version.author}, {numbers.date_sv(clock.day(version.at))}"
    return f'<p class="small">{escape(said)}</p><p>{escape(version.words)}</p>'
