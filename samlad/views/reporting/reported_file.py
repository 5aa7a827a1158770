"""A file that somebody hands in: findings beside its cells, possible fixes, changes to published figures.

Receiving the file belongs in `handing_in`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from samlad.catalogue.programme import Programme, read_programme
from samlad.foundation import clock, store
from samlad.foundation.errors import SamladError
from samlad.foundation.findings import Finding
from samlad.journal import text_gate
from samlad.journal.records import Record
from samlad.submissions import current_values
from samlad.submissions.intake import corrections, reader, sheets, vocabulary
from samlad.submissions.intake.answer_table import sheets_of
from samlad.submissions.intake.batch import Examined
from samlad.submissions.intake.corrections import Fix
from samlad.submissions.intake.sheets import Sheet
from samlad.submissions.intake.vocabulary import Vocabulary
from samlad.submissions.organisation_report import HEADINGS
from samlad.submissions.submission_reader import Submissions
from samlad.swedish import numbers, words
from samlad.views.common import person_question, show, shown_edition
from samlad.views.common.show import Html, Row, Shown
from samlad.views.common.writing_form import Versioned, WritingForm

MOST_ROWS, MOST_CHANGES = 40, 200
FIXES = "_fixes"
"""Session key of the user's fixes, by file content: another file may have the same name."""


@st.cache_resource(max_entries=3, show_spinner=False)
def _published(snapshot_id: str) -> Submissions:
    del snapshot_id  # only a key of the kept answer
    return current_values.published(shown_edition.seen().snapshot)


def published() -> Submissions:
    """Return the reports as published.

    New reports are checked against these, so that no remark gives a hidden figure away.
    """
    return _published(shown_edition.seen_id())


def programme() -> Programme:
    """Return the catalogue that reports are checked against."""
    return read_programme(store.data_folder().programme)


def file(read: Examined, content: bytes) -> None:
    """Show a file: findings beside its cells, fixes to make here, and changes to published figures."""
    state = "✕ stoppad" if read.errors or read.unreadable else "! varningar" if read.findings else "✓ utan anmärkning"
    with st.expander(show.plain(f"{read.name}: {state}"), expanded=bool(read.findings or read.unreadable)):
        if read.unreadable:
            show.empty(read.unreadable)
            return
        if read.findings:
            show.table(_findings(read))
            _preview(read, content)
            _mend(read, content)
            _teach(read)
            _ask(read, content)
        _changes(read)


def of_content(content: bytes) -> str:
    """Return a file's identity by its content, under any name."""
    return store.sha256(content)


def _findings(read: Examined) -> Shown:
    return Shown(
        caption=f"Anmärkningar ({numbers.number(len(read.findings))})",
        columns=("Var", "Slag", "Värde", "Vad", "Gör så här"),
        rows=[
            Row(
                (
                    replace(one, file=None).place or "hela filen",
                    "fel" if one.severity == "error" else "varning",
                    one.value or "–",
                    one.message,
                    one.action,
                )
            )
            for one in read.findings
        ],
    )


def _marked(read: Examined, held: Sequence[Sheet], known: Vocabulary) -> dict[tuple[str | None, int, int], Finding]:
    found = {}
    for one in read.findings:
        where = corrections.place(held, one, known)
        if where is not None:
            found[where] = one
    return found


def _preview(read: Examined, content: bytes) -> None:
    """Show the rows that have findings, as they stand in the file, with the cells marked."""
    known = Vocabulary(programme(), vocabulary.taught(store.data_folder()))
    held = sheets_of(content, known)
    marked = _marked(read, held, known)
    for sheet in held:
        at = sorted({row for name, row, _ in marked if name == sheet.name})[:MOST_ROWS]
        if not at:
            continue
        width = max((len(sheet.rows[row - 1]) for row in at), default=0)
        named = f"Rader med anmärkning, blad {sheet.name}" if sheet.name else "Rader med anmärkning"
        shown = Shown(
            caption=named,
            columns=("Rad", *(sheets.letter(column) for column in range(width))),
            rows=[
                Row((str(row), *(_cell(sheet, row, column, marked) for column in range(len(sheet.rows[row - 1])))))
                for row in at
            ],
        )
        show.folded(named, shown)


def _cell(sheet: Sheet, row: int, column: int, marked: dict[tuple[str | None, int, int], Finding]) -> Html:
    said = escape(str(sheet.rows[row - 1][column]))
    found = marked.get((sheet.name, row, column))
    if found is None:
        return Html(said)
    kind = "fel" if found.severity == "error" else "varning"
    return Html(f'<span class="marked">{said or "(tom)"}<span class="hidden"> {kind}</span></span>')


def _mend(read: Examined, content: bytes) -> None:
    """Let the user make small fixes. The file is kept unchanged, and the fixes beside the file."""
    known = Vocabulary(programme(), vocabulary.taught(store.data_folder()))
    marked = _marked(read, sheets_of(content, known), known)
    if not marked:
        return
    paper = WritingForm("fix", (read.name, of_content(content)))
    with paper.form():
        places = {f"{one.place.removeprefix(f'{read.name}, ')}: {one.value or 'tom'}": at for at, one in marked.items()}
        chosen = st.selectbox("Rätta en cell här", list(places), filter_mode=None)
        now = paper.line("Ska stå", most=corrections.LONGEST)
        if st.form_submit_button("Rätta och kontrollera igen"):
            sheet, row, column = places[chosen]
            st.session_state[FIXES].setdefault(of_content(content), []).append(Fix(sheet, row, column, now))
            paper.saved()
            st.rerun()


def _teach(read: Examined) -> None:
    """Let the user give the meaning of unknown words, once. Every later file is read with that meaning."""
    asked = {(one.question.field, one.question.word): one.question for one in read.findings if one.question}
    taught = vocabulary.taught(store.data_folder())
    known = Vocabulary(programme(), taught)
    lessons = vocabulary.lessons(taught)
    for (field, word), question in asked.items():
        named = _names(field)
        paper = _lesson(read.name, field, word, lessons.get((field, vocabulary.plain(word)), []), named)
        with paper.form():
            options = {named.get(one, one): one for one in known.choices(field)}
            guess = next((known.meaning(field, one) for one in question.guesses), None)
            first = list(options.values()).index(guess) if guess and guess in options.values() else None
            meant = paper.select(f"Vad betyder ”{word}”?", list(options), index=first, placeholder="Välj")
            by = paper.name()
            if st.form_submit_button("Så är det, kom ihåg det"):
                _learn(field, word, options.get(meant or ""), by, paper)


def _lesson(file_name: str, field: str, word: str, records: Sequence[Record], named: Mapping[str, str]) -> WritingForm:
    def meaning(record: Record) -> str:
        canonical: str = record.content["canonical"]
        return named.get(canonical, canonical)

    return WritingForm(
        vocabulary.TAUGHT,
        (field, vocabulary.plain(word), file_name),
        Versioned(
            records,
            values=lambda record: {f"Vad betyder ”{word}”?": meaning(record)},
            told=lambda record: f"”{word}” betyder {meaning(record)}.",
            one="en betydelse",
            several="betydelser",
        ),
    )


def _ask(read: Examined, content: bytes) -> None:
    """Let the user answer for the likely names that stop a file. Words that are no person are let in from then on."""
    asked = [one for one in read.findings if one.rule == "person_name"]
    if not asked:
        return
    folder = store.data_folder()
    known = Vocabulary(programme(), vocabulary.taught(folder))
    held = sheets_of(content, known)
    sheets_by_name = {sheet.name: sheet.rows for sheet in held}
    places = [place for one in asked if (place := corrections.place(held, one, known))]
    cells = [str(sheets_by_name[sheet][row - 1][column]) for sheet, row, column in places]
    cells += [fix.now for fix in st.session_state.get(FIXES, {}).get(of_content(content), [])]
    names = text_gate.names(folder, programme())
    likely = [one for said in (reader.spaced(read.name), *cells) for one in names.likely(said)]
    if likely:
        person_question.of_words(list(dict.fromkeys(likely)), f"person-{read.name}")


def _names(field: str) -> dict[str, str]:
    """Return people's name for each meaning that a word can have."""
    tables = programme().tables
    listed = {"organisation": ("organisations", "short_name"), "indicator": ("indicators", "short_name")}
    listed["activity"] = ("activities", "title")
    if field in listed:
        table, column = listed[field]
        return {row[f"{field}_id"]: row[column] for row in tables[table].to_pylist()}
    plain = {"column": HEADINGS, "status": words.STATUSES, "missing": words.MISSING, "sex": words.SEXES}
    return {**plain.get(field, {}), **({"1": "Ja", "0": "Nej"} if field == "yes_no" else {})}


def _learn(field: str, word: str, meant: str | None, by: str, paper: WritingForm) -> None:
    at, said = clock.now(), meant or ""
    try:
        vocabulary.teach(
            store.data_folder(),
            programme(),
            field=field,
            raw=word,
            canonical=said,
            by=by,
            at=at,
            replaces=paper.replaces,
        )
    except (SamladError, OSError) as fault:
        person_question.told(fault, by)
        return
    paper.saved(by)
    st.rerun()


def _changes(read: Examined) -> None:
    """Show the file's changes against published figures; a protected figure stays protected."""
    held = published()
    told = [one for report in read.reports for one in current_values.changes(report, held, programme()) if one.changes]
    if not told:
        show.note("Filen säger samma sak som det som är publicerat.")
        return
    shown = Shown(
        caption="Vad filen ändrar mot det som är publicerat",
        columns=("Vad", "Kön", "Publicerat", "I filen", "Skillnad"),
        rows=[
            Row(
                (
                    one.name,
                    words.SEXES[one.sex] if one.sex else "–",
                    one.before or "inget",
                    one.after,
                    one.difference or "–",
                )
            )
            for one in told[:MOST_CHANGES]
        ],
        notes=(f"{numbers.number(len(told) - MOST_CHANGES)} rader till visas inte.",)
        if len(told) > MOST_CHANGES
        else (),
    )
    show.folded(f"Vad filen ändrar ({numbers.number(len(told))} rader)", shown)
