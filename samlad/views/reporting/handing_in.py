"""Work on Rapportera: a form to fill in, files in, findings beside cells, small fixes, receipts.

The contents of a single file are in `reported_file`.
"""

import csv
import io
import json
import secrets
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import PurePath

import streamlit as st

from samlad.foundation import clock, personal_data, store
from samlad.foundation.errors import SamladError
from samlad.foundation.rows import ReportingDetailsRow
from samlad.journal import text_gate
from samlad.submissions.intake import batch, report_form, sheets
from samlad.submissions.intake.answer_row import Chosen
from samlad.submissions.intake.batch import Examined
from samlad.submissions.intake.corrections import Fix
from samlad.submissions.organisation_report import HEADINGS
from samlad.submissions.receipts import Receipt
from samlad.swedish import numbers, words
from samlad.views.common import choose, person_question, show, shown_edition
from samlad.views.common.show import Row, Shown
from samlad.views.common.writing_form import WritingForm
from samlad.views.reporting.reported_file import FIXES, file, of_content, programme, published
from samlad.warehouse.catalogue_choices import Organisation

COUNTS = {"numerator": "Antal", "denominator": "Av totalt", "value": "Värde, om det inte finns antal"}
KINDS = ["xlsx", "xls", "xlsm", "xlsb", "ods", "csv", "txt", "tsv"]
LARGEST_MB = sheets.LARGEST_FILE // 1024 // 1024
MOST_FILES, MOST_MB = 100, 60
"""Greatest number of files, and of megabytes together, that are read at once.

All nämnder hand in some forty of a tenth of a MB.
"""

_RECEIPTS, _ROUND, _FORMS = "_receipts", "_round", "_forms"

Content = tuple[str, bytes]


def title(year: int, organisation: Organisation) -> str:
    """Return the page's title, naming the selection."""
    return f"Rapportera {year}" + ("" if organisation.is_city else f": {organisation.name}")


def can_receive() -> bool:
    """Return True if this installation receives reports: its folder of submissions exists."""
    return store.data_folder().submissions.is_dir()


def form(year: int, chosen: str, organisation: Organisation) -> None:
    """Let the user download the organisation's workbook to fill in, made on request."""
    show.heading("1. Hämta formuläret")
    if organisation.is_city:
        show.note("Välj nämnd eller bolag i sidofältet, så får du dess formulär med allt som ska rapporteras.")
        return
    whom = organisation.organisation_id or ""
    try:
        made = report_form.form(programme(), whom, year, chosen, published())
    except SamladError as fault:
        show.empty(str(fault))
        return
    st.download_button(
        show.plain(f"Formulär för {organisation.name}, {words.PERIODS[chosen]} {year}"),
        made,
        file_name=f"{whom}-{year}-{chosen}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/download:",
    )


def files() -> list[Content]:
    """Let the user choose files, and return their names and contents."""
    show.heading("2. Lämna filerna")
    uploaded = st.file_uploader(
        "Excel- eller textfiler, en eller många",
        type=KINDS,
        accept_multiple_files=True,
        max_upload_size=LARGEST_MB,
        key=f"filer-{st.session_state.setdefault(_ROUND, 0)}",
        help="Vårt formulär, en export ur ILS eller en egen tabell. Filerna visas bara för dig och sparas först när du "
        "lämnar in.",
    )
    if too_many := refusal([file.size for file in uploaded or ()]):
        show.fault(too_many)
        return []
    return named_apart([(file.name, file.getvalue()) for file in uploaded or ()])


def refusal(sizes: Sequence[int]) -> str | None:
    """Return why so many or so large files are not read at once. None when few enough.

    >>> refusal([1000])
    """
    size = -(-sum(sizes) // 1024 // 1024)
    if len(sizes) > MOST_FILES:
        return (
            f"Du har lagt in {numbers.number(len(sizes))} filer, och högst {MOST_FILES} läses på en gång. "
            "Ta bort några och lämna dem efteråt."
        )
    if size > MOST_MB:
        return (
            f"Filerna är tillsammans {numbers.number(size)} MB, och högst {MOST_MB} MB läses på en gång. "
            "Ta bort några och lämna dem efteråt."
        )
    return None


def named_apart(given: Sequence[Content]) -> list[Content]:
    """Return the files with a number added to a repeated name, so that all names differ."""
    told: list[Content] = []
    for name, content in given:
        path = PurePath(name)
        taken = {one for one, _ in told}
        numbered = (f"{path.stem} ({number}){path.suffix}" for number in count(2))
        told.append((name if name not in taken else next(one for one in numbered if one not in taken), content))
    return told


def examined(given: Sequence[Content], chosen: Chosen) -> list[Examined]:
    """Return the files read and checked together, with the user's fixes; a bar shows progress."""
    held: dict[str, list[Fix]] = st.session_state.setdefault(FIXES, {})
    put_right = {name: held.get(of_content(content), []) for name, content in given}
    bar = st.progress(0.0, f"Läser {numbers.number(len(given))} {words.counted('filer', len(given))} …")
    try:
        return batch.examine(given, store.data_folder(), programme(), chosen, published(), put_right)
    finally:
        bar.empty()


def outcome(read: Sequence[Examined]) -> str:
    """Return the numbers of files without remark, with warnings, and with errors."""
    stopped = sum(bool(file.errors or file.unreadable) for file in read)
    warned = sum(bool(file.findings) and not file.errors and not file.unreadable for file in read)
    clean = len(read) - stopped - warned
    told = [
        f"{numbers.number(number)} {words_}"
        for number, words_ in (
            (clean, "utan anmärkning"),
            (warned, "med varningar"),
            (stopped, "med fel som stoppar filen"),
        )
        if number
    ]
    return f"{numbers.number(len(read))} {words.counted('filer', len(read))} lästa: {words.listed(told, 3)}."


def hand_in(read: Sequence[Examined]) -> None:
    """Receive every file without errors, and show the receipts. A refused file stops no other."""
    show.heading("3. Lämna in")
    ready = [one for one in read if not one.errors and not one.unreadable]
    if not ready:
        show.note("Ingen av filerna kan lämnas in än. Rätta felen ovan, eller i filen, och lägg in den igen.")
        return
    needs_reason = any(one.findings for one in ready)
    paper = WritingForm("submission", tuple(sorted({name for one in ready for name in _whose(one)})))
    with paper.form():
        by = paper.name()
        reason = paper.area("Varför ska filer med varningar tas emot ändå?", most=500) if needs_reason else ""
        number = numbers.number(len(ready))
        is_sent = st.form_submit_button(f"Lämna in {number} {words.counted('filer', len(ready))}", type="primary")
    if is_sent:
        _receive(ready, by, reason, paper)


def _whose(one: Examined) -> set[str]:
    return {f"{report.organisation_id} {report.year} {report.period}" for report in one.reports}


def _receive(ready: Sequence[Examined], by: str, reason: str, paper: WritingForm) -> None:
    if not by.strip():
        st.error("Skriv ditt namn. En inlämning utan namn tas inte emot.", icon=":material/error:")
        return
    receipts: list[Receipt] = []
    forms = _forms(ready)
    for one in ready:
        try:
            receipts += batch.hand_in(
                one,
                by=by.strip(),
                at=clock.now(),
                folder=store.data_folder(),
                accept_warnings=reason or None,
                form=forms[one.name],
            )
        except SamladError as fault:
            person_question.told(fault, by, where=one.name)
        except OSError:
            show.fault(f"{one.name} kunde inte sparas. Ingenting av den är inlämnat.")
    if receipts:
        paper.saved(by)
        st.session_state[_RECEIPTS] = [*st.session_state.get(_RECEIPTS, []), *receipts]
        st.session_state[FIXES] = {}
        st.session_state[_FORMS] = {}
        st.session_state[_ROUND] += 1
        st.rerun()


def _forms(ready: Sequence[Examined]) -> dict[str, str]:
    """Return a token for each file in its present form, kept until there is a receipt.

    So a button pressed twice is a single submission. The session keeps the tokens, so nothing shows which files others
    have handed in.
    """
    held: dict[str, str] = st.session_state.get(_FORMS, {})
    said = {one.name: " ".join((one.name, *(report.content() for report in one.reports))) for one in ready}
    drawn = {words_: held.get(words_) or secrets.token_hex(16) for words_ in said.values()}
    st.session_state[_FORMS] = {**held, **drawn}
    return {name: drawn[words_] for name, words_ in said.items()}


def receipts() -> None:
    """Let the user save receipts, without values, of files handed in since the page was opened."""
    held: list[Receipt] = st.session_state.get(_RECEIPTS, [])
    if not held:
        return
    named = choose.choices().organisations
    shown = Shown(
        caption="Kvitton",
        columns=("Kvitto", "Vem", "Period", "Rader", "Mottagen"),
        rows=[
            Row(
                (
                    one.submission_id,
                    named[one.organisation_id].name if one.organisation_id in named else one.organisation_id,
                    f"{one.period} {one.year}",
                    numbers.number(sum(one.rows.values())),
                    one.came,
                )
            )
            for one in held
        ],
        notes=("Rapporten syns i Samlad när nästa publicering har gjorts.",),
    )
    show.table(shown)
    content = json.dumps([one.as_json() for one in held], ensure_ascii=False, indent=1)
    st.download_button("Spara kvittona", content, file_name="kvitton.json", mime="application/json")


def concerning(organisation: Organisation, year: int, chosen: str) -> Chosen:
    """Return organisation and period for a file that lacks its own: the page's choices."""
    return Chosen(organisation.organisation_id, None if organisation.is_city else year, chosen)


def each(read: Sequence[Examined], given: Sequence[Content]) -> None:
    """Show every file, stopped files first."""
    pairs = sorted(
        zip(read, given, strict=True),
        key=lambda pair: (not (pair[0].errors or pair[0].unreadable), not pair[0].findings, pair[0].name),
    )
    for one, (_, content) in pairs:
        file(one, content)


def one_value(organisation: Organisation, year: int, chosen: str) -> None:
    """Let the user report a single late value. The value becomes a file of a line, received like all others."""
    if organisation.is_city:
        return
    rows = shown_edition.load_rows(
        ReportingDetailsRow, organisation_id=organisation.organisation_id, year=year, period=chosen
    )
    if not rows:
        return
    with st.expander("Lämna en enda uppgift", icon=":material/edit_note:"):
        named = {f"{row.object}{'' if row.received else ' (saknas)'}": row for row in rows}
        order = sorted(named, key=lambda one: (named[one].received, one))
        picked = named[st.selectbox("Indikator eller aktivitet", order, filter_mode=None)]
        is_activity = picked.object_type == "activity"
        whom = organisation.organisation_id or ""
        paper = WritingForm("submission", (whom, str(year), chosen, picked.object_id))
        with paper.form():
            cells: dict[str, str | None] = {}
            if is_activity:
                cells["status"] = paper.select("Status", list(words.STATUSES.values()), placeholder="Välj")
            else:
                for place, (column, label) in zip(st.columns(3), COUNTS.items(), strict=True):
                    with place:
                        cells[column] = paper.line(label, most=20)
            reasons = list(words.MISSING.values())
            cells["missing_reason"] = paper.select("Om uppgiften saknas: varför", reasons, placeholder="–")
            cells["comment"] = paper.line("Kommentar (inga personuppgifter)", most=500)
            by = paper.name()
            is_sent = st.form_submit_button("Kontrollera och lämna in")
        if is_sent:
            _one_line(picked, cells, Chosen(organisation.organisation_id, year, chosen), by, paper)


def _ask(read: Examined, said: str, by: str) -> None:
    """Let the user answer for the likely names of a comment that has stopped its report."""
    if any(one.rule == "person_name" for one in read.errors):
        likely = text_gate.names(store.data_folder(), programme()).likely(said)
        person_question.told(
            text_gate.PersonAsked(f"{', '.join(likely)}: {personal_data.QUESTION}", likely), by, where="uppgift"
        )


def _one_line(
    picked: ReportingDetailsRow, cells: Mapping[str, str | None], whom: Chosen, by: str, paper: WritingForm
) -> None:
    identity = "activity_id" if picked.object_type == "activity" else "indicator_id"
    line = {
        "organisation_id": whom.organisation_id or "",
        "year": str(whom.year),
        "period": whom.period or "",
        identity: picked.object_id,
        **({} if identity == "activity_id" else {"sex": words.SEXES["total"]}),
        **{column: said or "" for column, said in cells.items()},
    }
    held = io.StringIO()
    csv.writer(held, delimiter=";").writerows([[HEADINGS[column] for column in line], list(line.values())])
    (read,) = batch.examine(
        [("en uppgift.csv", held.getvalue().encode("utf-8-sig"))], store.data_folder(), programme(), whom, published()
    )
    if read.errors or read.unreadable:
        for said in [read.unreadable] if read.unreadable else [f"{one.message} {one.action}" for one in read.errors]:
            show.fault(said)
        _ask(read, cells.get("comment") or "", by)
        return
    warned = " ".join(one.message for one in read.findings)
    _receive([read], by, f"Lämnad som en enda uppgift. {warned}"[: text_gate.LONGEST_REASON] if warned else "", paper)
