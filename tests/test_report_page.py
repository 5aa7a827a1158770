"""Samlad uppföljning in its frame: its parts with their state, the draft, own text, and the files made on request."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from samlad.foundation.rows import ReportGapsRow
from samlad.foundation.store import DataFolder
from samlad.journal import gap_states, records
from samlad.journal.gap_states import State
from samlad.report import own_texts, report_files
from samlad.report.draft import Choice
from samlad.report.report_files import Order
from samlad.swedish import words
from samlad.views.draft import draft_texts
from samlad.warehouse import database
from tests.test_pages import forgotten, run, seen

__all__ = ["forgotten"]

GOAL = "Mål 1: Våldsförebyggande arbete"


@pytest.fixture
def writable(example_folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """The published example with its catalogue, a journal of its own and no submissions, as the data folder in use."""
    target = tmp_path / "data"
    for name in ("programme", "snapshots"):
        shutil.copytree(example_folder.path / name, target / name)
    monkeypatch.setenv("SAMLAD_DATA", str(target))
    return DataFolder(target)


def opened(**address: str) -> AppTest:
    """The page with two parts, so that it is drafted at once."""
    chosen = {"ar": "2024", "omfattning": "Valda delar", "delar": "Målen", "del": GOAL}
    app = run("report", **{**chosen, **address})
    app.session_state[draft_texts.FORM] = True
    return app.run()


def test_the_contents_say_what_each_part_lacks_and_the_draft_leads_to_its_sources(writable: DataFolder) -> None:
    app = opened()
    told = seen(app)
    assert not app.exception and not app.error
    assert app.title[0].value == "Samlad uppföljning 2024: hela staden"
    assert re.search(rf"{GOAL} \d+ rapport(er)? saknas", told.replace("\xa0", " "))
    assert "Fråga: indicator_cases, rad indicator_id=" in told and "Inlämningar: " in told
    assert "Källa: Arbetsmarknadsnämndens remissyttrande, dnr KS 2020/924." in told
    assert not re.search(r"\d\.\d+ ?%|\bNone\b|\bnan\b|\bnull\b", told)


def test_own_text_is_saved_filled_in_and_what_is_typed_is_said_to_be_untracked(writable: DataFolder) -> None:
    app = opened()
    app.text_area[0].set_value("Utfallet är {T1:r1:c3}, mot 64 i årsmål.")
    next(one for one in app.text_input if one.label == "Ditt namn").set_value("Anna Ek")
    next(one for one in app.button if one.label == "Spara texten").click().run()
    assert not app.exception and not app.error
    record = records.read(writable, own_texts.KIND)[0]
    assert record.by == "Anna Ek" and record.content["fields"]["T1:r1:c3"]["query"] == "indicator_cases"
    told = seen(app).replace("\xa0", " ")
    assert "Utfallet är 117 av 172 enheter, 68 %, mot 64 i årsmål." in told
    assert "version 1, Anna Ek" in told and "Ej spårad: 64." in told


def test_a_figure_is_chosen_in_words_and_stands_last_in_the_text_with_what_it_says(writable: DataFolder) -> None:
    app = opened()
    app.text_area[0].set_value("Utfallet är")
    box = next(one for one in app.selectbox if one.label == "Siffra ur uppföljningen")
    found = next(one for one in box.options if one.endswith("{T1:r1:c3}"))
    assert re.match("Skolor med förebyggande arbete, .+: 117 av 172 enheter, 68 %", found.replace("\xa0", " "))
    box.select(found)
    app = next(one for one in app.button if one.label == "Infoga siffran sist i texten").click().run()
    assert not app.exception and not app.error
    assert app.text_area[0].value == "Utfallet är {T1:r1:c3}"
    assert "Så här läses texten: Utfallet är 117 av 172 enheter, 68 %" in seen(app).replace("\xa0", " ")
    assert not records.read(writable), "nothing is saved before one says so"


def test_the_page_and_the_file_say_the_same_of_what_has_been_decided_about_gaps(writable: DataFolder) -> None:
    shown = {"omfattning": "Valda delar", "delar": "Luckor i ansvaret", "del": "Luckor i ansvaret"}
    assert "Ingen av dem har granskats än." in seen(opened(**shown))
    gap = database.open_snapshot(writable).rows(ReportGapsRow)[0]
    at = datetime(2026, 3, 2, tzinfo=UTC)
    gap_states.set_state(writable, gap, state=State.ACCEPTED, by="Ada Ek", at=at, reason="Löses i nästa program.")
    told = seen(opened(**shown)).replace("\xa0", " ")
    assert "accepterad" in told and "Löses i nästa program." in told and "Ada Ek" in told
    assert "Ingen av dem har granskats än." not in told
    made = report_files.gathered(writable, Order(Choice((2024,), parts=("luckor",))), lambda _share, _doing: None)
    said = {at: phrase for at, (phrase, _) in made.citations().items()}
    assert any("accepterad" in phrase for phrase in said.values())
    for at, phrase in said.items():
        assert f"{{{at}}}" in told, f"{at}: {phrase}"


def test_a_text_that_cannot_be_saved_stays_in_the_form(writable: DataFolder) -> None:
    app = opened()
    app.text_area[0].set_value("Se {T99:r1:c1}.")
    next(one for one in app.text_input if one.label == "Ditt namn").set_value("Anna Ek")
    next(one for one in app.button if one.label == "Spara texten").click().run()
    assert "T99:r1:c1" in app.error[0].value and app.text_area[0].value == "Se {T99:r1:c1}."
    assert not records.read(writable)


def test_a_file_is_made_on_request_and_can_be_fetched(writable: DataFolder) -> None:
    app = opened(omfattning="Två sidor", **{"del": "Sammanfattning"})
    assert not app.get("download_button")
    next(one for one in app.button if one.label == "Gör PDF").click().run()
    assert not app.exception and not app.error
    assert "Hämta PDF" in app.get("download_button")[0].proto.label


def test_nothing_is_called_complete_where_no_report_is_expected(
    without_reports: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(without_reports.path))
    told = seen(run("report", ar="2024"))
    assert words.NONE_EXPECTED in told and "kompletta" not in told
    assert f"{GOAL} inget att rapportera" in told


def test_no_part_chosen_says_so(writable: DataFolder) -> None:
    app = opened()
    app.multiselect[0].set_value([]).run()
    assert not app.exception and "minst en del" in app.info[0].value
