"""Rapportera and Lägesbild in their frame: files in, findings, fixes, receipts; who has reported and who is late."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from samlad.foundation import personal_data
from samlad.foundation.store import DataFolder
from samlad.journal import records, text_gate
from samlad.submissions import archive
from samlad.submissions.intake import batch, vocabulary
from samlad.submissions.receipts import Receipt
from samlad.views.common import person_question
from samlad.warehouse.database import Warehouse
from tests.test_pages import forgotten, run, seen

pytestmark = pytest.mark.long

__all__ = ["forgotten"]

HEADINGS = "Organisation;År;Period;Indikator-id;Kön;Antal;Av totalt;Kommentar"


@pytest.fixture
def open_folder(example_folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DataFolder]:
    """The example as a folder that receives reports."""
    shutil.copytree(example_folder.path, tmp_path / "data")
    monkeypatch.setenv("SAMLAD_DATA", str(tmp_path / "data"))
    yield DataFolder(tmp_path / "data")


def reported(*lines: str) -> bytes:
    """A text file with our headings and these lines."""
    return "\n".join([HEADINGS, *lines]).encode("utf-8-sig")


def with_file(content: bytes, name: str = "rapport.csv", **address: str) -> AppTest:
    """Rapportera after one file has been chosen."""
    app = run("reporting", **{"organisation": "Bromma", "ar": "2025", **address})
    app.file_uploader[0].set_value((name, content, "text/csv")).run()
    return app


def field(app: AppTest, kind: str, label: str, value: object) -> None:
    """Fill in the field with a label."""
    next(one for one in app.get(kind) if one.label.startswith(label)).set_value(value)


def press(app: AppTest, label: str) -> AppTest:
    """Press the button that begins with a label."""
    return next(one for one in app.button if one.label.startswith(label)).click().run()


def test_what_is_wrong_is_said_with_its_row_its_column_and_what_to_do(open_folder: DataFolder) -> None:
    app = with_file(reported("Bromma;2025;VB;STH-M3-I1;Alla;45;40;", "Bromma;2025;VB;Rutinfragor;Alla;3;4;"))
    told = seen(app)
    assert not app.exception
    assert "1 fil lästa" not in told or "fel som stoppar" in told
    assert "rad 2, kolumn Antal" in told and "större än" in told
    assert "rad 3, kolumn Indikator-id" in told and "Närmast ligger" in told
    assert "Ingen av filerna kan lämnas in än" in told


def test_a_cell_is_put_right_here_handed_in_and_the_file_is_kept_as_it_came(open_folder: DataFolder) -> None:
    content = reported("Bromma;2025;VB;STH-M3-I1;Alla;45;40;")
    app = with_file(content)
    field(app, "text_input", "Ska stå", "35")
    app = press(app, "Rätta och kontrollera")
    assert "med fel som stoppar" not in seen(app)
    for one in app.text_area:
        if one.label.startswith("Varför ska filer"):
            one.set_value("Stämmer enligt enheten.")
    next(one for one in app.text_input if one.label == "Ditt namn").set_value("Ada")
    app = press(app, "Lämna in")
    assert not app.exception and not app.error
    assert "Kvitton" in seen(app)
    newest = max(archive.entries(open_folder, organisation_id="SDN-BR"), key=lambda entry: entry.sequence)
    name, kept = archive.original(open_folder, newest.submission_id)
    assert (name, kept) == ("rapport.csv", content)


def sent(app: AppTest, by: str) -> AppTest:
    """Rapportera after the file has been handed in."""
    for one in app.text_area:
        if one.label.startswith("Varför ska filer"):
            one.set_value("Stämmer enligt enheten.")
    next(one for one in app.text_input if one.label == "Ditt namn").set_value(by)
    return press(app, "Lämna in")


def test_a_form_sent_twice_is_one_submission_and_the_same_file_from_another_is_one_more(
    open_folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = reported("Bromma;2025;VB;STH-M3-I1;Alla;35;40;")
    before = len(archive.entries(open_folder, organisation_id="SDN-BR"))
    whole = batch.hand_in

    def broken_off(*given: Any, **more: Any) -> list[Receipt]:
        whole(*given, **more)
        raise OSError("the answer never came")

    app = with_file(content)
    with monkeypatch.context() as patched:
        patched.setattr(batch, "hand_in", broken_off)
        app = sent(app, "Ada")
    assert "kunde inte sparas" in seen(app)
    app = sent(app, "Ada")
    assert not app.error and len(archive.entries(open_folder, organisation_id="SDN-BR")) == before + 1
    strangers = sent(with_file(content), "Eva")
    assert len(archive.entries(open_folder, organisation_id="SDN-BR")) == before + 2
    rows = [next(one for one in page.get("html") if "Kvitton" in one.value) for page in (app, strangers)]
    told = [re.sub(r"[0-9a-f]{16}|\d\d:\d\d", "", one.value) for one in rows]
    assert told[0] == told[1], "nothing tells that somebody else has handed in the same"


def test_a_hidden_figure_is_never_told_by_what_a_file_would_change(open_folder: DataFolder, example: Warehouse) -> None:
    hidden = next(
        row
        for row in example.snapshot.table("indicator_values").to_pylist()
        if row["missing_reason"] == ".." and row["period"] == "VB" and row["sex"] == "total" and row["year"] == 2024
    )
    line = f"{hidden['organisation_id']};2024;VB;{hidden['indicator_id']};Alla;977;1977;"
    told = seen(with_file(reported(line), ar="2024", organisation=""))
    assert "Vad filen ändrar" in told
    assert "Skyddat" in told


def test_a_form_is_offered_to_a_namnd_and_words_to_the_city(shown: DataFolder) -> None:
    assert run("reporting", organisation="Farsta", ar="2024").get("download_button")
    assert "Välj nämnd eller bolag" in seen(run("reporting", ar="2024"))


def test_where_reports_are_not_received_the_page_says_so_and_the_state_still_shows(
    open_folder: DataFolder,
) -> None:
    shutil.rmtree(open_folder.submissions)
    app = run("reporting", organisation="Farsta", ar="2024")
    assert not app.exception
    assert "Här läser man bara" in app.info[0].value
    state = run("reporting_state", ar="2024")
    assert not state.exception and "har kommit" in seen(state)


def test_the_state_of_reporting_counts_as_the_query_does(shown: DataFolder, example: Warehouse) -> None:
    rows = example.query("reporting_state", year=2024, period="VB").to_pylist()
    expected, received = (sum(row[one] for row in rows) for one in ("expected", "received"))
    told = seen(run("reporting_state", ar="2024")).replace("\u00a0", " ")
    assert f"{received} av {expected} rapporter för helåret 2024 har kommit" in told
    left = seen(run("reporting_state", ar="2024", visa="true"))
    assert "inget har kommit" in left or "en del har kommit" in left
    assert "allt har kommit" not in left


def test_a_report_is_marked_as_ready_by_somebody_and_shown_to_all(open_folder: DataFolder) -> None:
    app = run("reporting_state", ar="2024", organisation="Bromma")
    names = [one for one in app.text_input if one.label == "Ditt namn"]
    names[-1].set_value("Ada Utredare")
    app = press(app, "Spara")
    assert not app.exception and not app.error
    assert "Ada Utredare" in seen(app)
    assert len(records.read(open_folder, "ready")) == 1


def test_without_reports_the_state_says_that_nothing_is_asked_for(
    without_reports: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(without_reports.path))
    app = run("reporting_state")
    assert not app.exception and "Inga rapporter är begärda" in seen(app)


def test_one_late_value_is_checked_and_handed_in_as_a_file_of_one_line(open_folder: DataFolder) -> None:
    app = run("reporting", organisation="Bromma", ar="2025")
    picked = next(one for one in app.selectbox if one.label == "Indikator eller aktivitet")
    picked.set_value(next(one for one in picked.options if one.startswith("Rutinfrågor om våld"))).run()
    field(app, "text_input", "Antal", "45")
    field(app, "text_input", "Av totalt", "40")
    field(app, "text_input", "Ditt namn", "Ada")
    app = press(app, "Kontrollera och lämna in")
    assert "större än" in app.error[0].value
    before = archive.entries(open_folder, organisation_id="SDN-BR")
    field(app, "text_input", "Antal", "35")
    app = press(app, "Kontrollera och lämna in")
    assert not app.exception and not app.error
    assert "Kvitton" in seen(app)
    assert len(archive.entries(open_folder, organisation_id="SDN-BR")) == len(before) + 1


def test_an_unknown_word_is_asked_about_taught_and_known_from_then_on(open_folder: DataFolder) -> None:
    app = with_file(reported("Bromma;2025;VB;Rutinfragor vuxna;Alla;3;4;"))
    asked = next(one for one in app.selectbox if one.label.startswith("Vad betyder"))
    asked.set_value(asked.options[0])
    next(one for one in app.text_input if one.label == "Ditt namn").set_value("Ada")
    app = press(app, "Så är det, kom ihåg det")
    assert not app.exception and not app.error
    assert not [one for one in app.selectbox if one.label.startswith("Vad betyder")]
    (lesson,) = records.read(open_folder, vocabulary.TAUGHT)
    assert lesson.by == "Ada" and lesson.content["raw"].casefold() == "rutinfragor vuxna"


def test_forty_files_of_one_name_are_read_each_by_itself_and_only_the_wrong_one_stops(open_folder: DataFolder) -> None:
    right = [reported(f"Bromma;2025;VB;STH-M3-I1;Alla;{number};400;") for number in range(30, 69)]
    app = run("reporting", organisation="Bromma", ar="2025")
    wrong = reported("Bromma;2025;VB;STH-M3-I1;Alla;45;40;")
    app.file_uploader[0].set_value([("rapport.csv", one, "text/csv") for one in [*right, wrong, wrong]]).run()
    assert not app.exception
    told = seen(app)
    assert "41 filer lästa" in told and "2 med fel som stoppar filen" in told
    assert next(one for one in app.button if one.label.startswith("Lämna in 39 filer"))
    assert {one.label.split(":")[0] for one in app.expander} >= {"rapport.csv", "rapport (2).csv", "rapport (41).csv"}


def test_what_was_put_right_in_one_file_is_not_put_into_another_of_the_same_name(open_folder: DataFolder) -> None:
    app = with_file(reported("Bromma;2025;VB;STH-M3-I1;Alla;45;40;"))
    field(app, "text_input", "Ska stå", "35")
    app = press(app, "Rätta och kontrollera")
    assert "med fel som stoppar" not in seen(app)
    app.file_uploader[0].set_value(("rapport.csv", reported("Bromma;2025;VB;STH-M3-I1;Alla;99;40;"), "text/csv")).run()
    assert "med fel som stoppar" in seen(app)


def test_a_likely_name_stops_a_file_until_somebody_has_said_that_it_is_none(open_folder: DataFolder) -> None:
    content = reported("Bromma;2025;VB;STH-M3-I1;Alla;9;12;Enligt Anna Bergs modell")
    app = with_file(content)
    (question,) = (one for one in app.selectbox if one.label == personal_data.QUESTION)
    assert question.options == ["Anna Bergs"]
    next(one for one in app.radio if one.label == "Svar").set_value(person_question.NO)
    next(one for one in app.text_input if one.label == "Ditt namn").set_value("Kim")
    press(app, "Så är det, kom ihåg det")
    assert not app.exception and not [one for one in app.selectbox if one.label == personal_data.QUESTION]
    assert [record.content for record in records.read(open_folder, text_gate.ANSWERED)] == [
        {"is_person": False, "words": ["Anna Bergs"]}
    ]
