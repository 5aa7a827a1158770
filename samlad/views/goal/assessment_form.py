"""Judgements on Mål: published, written since, and a form to write in.

Keeping judgements belongs in `samlad.journal`.
"""

import os
from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from samlad.foundation import clock, schema, store
from samlad.foundation.errors import SamladError
from samlad.foundation.rows import GoalAssessmentsRow, GoalsRow
from samlad.journal import assessments, records
from samlad.journal.assessments import LONGEST_NAME, LONGEST_TEXT
from samlad.journal.records import Record
from samlad.swedish import numbers, words
from samlad.views.common import choose, person_question, show
from samlad.views.common.show import Html, Row, Shown
from samlad.views.common.writing_form import Versioned, WritingForm
from samlad.views.goal import goal_progress
from samlad.warehouse.catalogue_choices import Organisation

FULFILLED, WORDS = "Målet uppfylls", "Bedömning med egna ord"
AFTER = "skriven efter publiceringen"
FORM = "bedomning"
"""Key of the form's place: made when opened, open from goal to goal."""


def judgements(
    chosen: GoalsRow, year: int, organisation: Organisation, published: Sequence[GoalAssessmentsRow]
) -> None:
    """Show people's judgements of the goal in the year, published and since, earlier versions, and a form."""
    held = {row.organisation_id: row for row in published if row.period == assessments.PERIOD}
    whose = {organisation.organisation_id, schema.CITY} - {None}
    written = {
        one: assessments.versions(records, held.get(one))
        for one, records in assessments.of_goal(_records(), chosen.goal_id, year).items()
        if organisation.is_city or one in whose
    }
    later = [record for one in written.values() for record in one.later]
    earlier = [record for one in written.values() for record in one.earlier]
    if published:
        show.table(goal_progress.assessment_table(published))
    elif not later:
        show.note(f"Ingen bedömning av målet har skrivits för {year}.")
    for one, versions in assessments.of_goal(_records(), chosen.goal_id, year).items():
        if one in written and (said := assessments.conflict(versions, held.get(one))):
            st.warning(show.plain(f"{_name(one)}: {said}"), icon=":material/call_split:")
    if later:
        show.table(_table("Bedömningar som är skrivna efter publiceringen", later, AFTER))
    if earlier:
        show.folded(f"Tidigare bedömningar ({len(earlier)})", _table("Tidigare bedömningar", earlier, "ersatt"))
    _form(chosen, year, organisation)


def _records() -> list[Record]:
    """Return the journal's judgements, read again after each change; none without a journal."""
    folder = store.data_folder()
    try:
        return _read(folder.path, folder.journal.stat().st_mtime_ns, len(os.listdir(folder.journal)))
    except OSError:
        return []


@st.cache_resource(max_entries=4, show_spinner=False)
def _read(path: Path, changed: int, files: int) -> list[Record]:
    del changed, files  # only keys of the kept answer
    return records.read(store.DataFolder(path), assessments.KIND)


def _table(caption: str, records: Sequence[Record], state: str) -> Shown:
    return Shown(
        caption=caption,
        columns=("Vem", "Målet uppfylls", "Med egna ord", "Skrivet av", "Datum"),
        rows=[
            Row(
                (
                    _who(record),
                    words.FULFILLED[record.content["fulfilled"]],
                    record.content.get("text") or "–",
                    record.by,
                    f"{numbers.date_sv(clock.day(record.at))}, {state}",
                )
            )
            for record in sorted(records, key=lambda one: -one.sequence)
        ],
    )


def _who(record: Record) -> Html:
    name = _name(record.content["organisation_id"])
    return Html(f"{escape(name)}{show.example_mark(record.content.get('origin') == 'example')}")


def _name(organisation_id: str) -> str:
    named = choose.choices().organisations.get(organisation_id)
    return named.name if named else words.WHOLE_CITY


def _form(chosen: GoalsRow, year: int, organisation: Organisation) -> None:
    """Let the user write a judgement: saved when whole, kept in the form when not."""
    whose = words.WHOLE_CITY if organisation.is_city else organisation.name
    place = st.expander("Skriv en bedömning", icon=":material/edit_note:", key=FORM, on_change="rerun")
    if not place.open:
        return
    with place:
        if not organisation.is_city and not organisation.existed(year):
            st.write(show.plain(f"{whose} fanns inte den 31 december {year} och kan inte bedöma det året."))
            return
        if not assessments.can_write(store.data_folder()):
            st.write(assessments.NO_ROOM)
            return
        st.write(
            show.plain(f"Bedömningen gäller mål {chosen.number} för hela {year} och skrivs för: {whose}. ")
            + "Välj en annan organisation eller ett annat år i sidofältet. Texten visas för alla som läser Samlad, med "
            "ditt namn. Den "
            "ändras inte i efterhand: en ny bedömning ersätter den förra, som står kvar bland de tidigare. Skriv "
            "ingenting om enskilda personer."
        )
        paper = _paper(chosen, year, organisation)
        with paper.form():
            wording = paper.radio(FULFILLED, list(words.FULFILLED.values()))
            said = paper.area(WORDS, most=LONGEST_TEXT)
            by = paper.name(LONGEST_NAME)
            is_sent = st.form_submit_button("Spara bedömningen", type="primary")
        if is_sent:
            _save(chosen, year, organisation, wording, said, by, paper)


def _paper(chosen: GoalsRow, year: int, organisation: Organisation) -> WritingForm:
    whose = organisation.organisation_id or schema.CITY
    return WritingForm(
        assessments.KIND,
        (chosen.goal_id, str(year), whose),
        Versioned(
            assessments.of_goal(_records(), chosen.goal_id, year).get(whose, []),
            values=lambda record: {
                FULFILLED: words.FULFILLED[record.content["fulfilled"]],
                WORDS: record.content.get("text") or "",
            },
            told=lambda record: (
                f"Målet uppfylls {words.FULFILLED[record.content['fulfilled']]}.\n{record.content.get('text') or ''}"
            ),
            one="en bedömning",
            several=assessments.PLURAL,
            joined=WORDS,
        ),
    )


def _save(
    chosen: GoalsRow, year: int, organisation: Organisation, wording: str | None, said: str, by: str, paper: WritingForm
) -> None:
    fulfilled = next((code for code, word in words.FULFILLED.items() if word == wording), None)
    if fulfilled is None:
        st.error("Välj om målet uppfylls helt, delvis eller ej.", icon=":material/error:")
        return
    try:
        assessments.write(
            store.data_folder(),
            organisation_id=organisation.organisation_id or schema.CITY,
            goal_id=chosen.goal_id,
            year=year,
            fulfilled=fulfilled,
            text=said,
            by=by,
            at=clock.now(),
            replaces=paper.replaces,
        )
    except SamladError as fault:
        person_question.told(fault, by)
        return
    paper.saved(by)
    st.toast("Bedömningen är sparad. Den står nu på sidan, och följer med när nästa publicering görs.")
    st.rerun()
