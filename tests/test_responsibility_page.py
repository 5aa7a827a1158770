"""Ansvar in its frame: the overview, a goal opened, any date, proposals switched on, gaps opened and dealt with."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from samlad.foundation.store import DataFolder
from samlad.journal import gap_states, records
from samlad.views.common import choose
from samlad.warehouse import editions
from samlad.warehouse.database import Warehouse
from tests.test_pages import forgotten, run, seen

__all__ = ["forgotten"]


@pytest.fixture
def writable(example_folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DataFolder]:
    """The example with a journal of its own to write in."""
    for name in ("programme", "snapshots", "journal"):
        shutil.copytree(example_folder.path / name, tmp_path / name)
    monkeypatch.setenv("SAMLAD_DATA", str(tmp_path))
    yield DataFolder(tmp_path)


def gap_of(example: Warehouse, rule: str) -> str:
    """The id of one gap that a rule has found."""
    rows = example.query("gap_list").to_pylist()
    return next(row["gap_id"] for row in rows if row["rule"] == rule and row["duties"] == "decided")


def test_the_overview_says_how_many_gaps_there_are_and_adds_up(shown: DataFolder, example: Warehouse) -> None:
    app = run("responsibility", ar="2024")
    told = seen(app)
    assert not app.exception and not app.error
    assert app.title[0].value.replace("\u00a0", " ") == "Ansvar den 31 december 2024, hela staden"
    decided = [row for row in example.query("gap_list").to_pylist() if row["duties"] == "decided"]
    assert f"{len(decided)} luckor i ansvaret har hittats" in told
    assigned = example.query("responsibility_overview", on=date(2024, 12, 31), year=2024).to_pylist()
    expected, received = (sum(row[one] for row in assigned) for one in ("expected", "received"))
    assert f"{received} av {expected} rapporter" in told.replace("\u00a0", " ")


@pytest.mark.parametrize("number", [1, 4, 7])
def test_a_goal_opens_to_its_matrix_with_three_marks_a_cell_in_words(
    shown: DataFolder, example: Warehouse, number: int
) -> None:
    row = example.query("goals").to_pylist()[number - 1]
    app = run("responsibility", ar="2024", malval=choose.goal_name(row["number"], row["short_title"]))
    told = seen(app)
    assert not app.exception and not app.error
    assert "Indikatorer: vem ansvarar" in told and "Aktiviteter: vem ansvarar" in told
    assert "ansvarig, rapporterat" in told
    assert "Vad målet mäter och inte mäter" in told
    assert not re.search(r"\bNone\b|\bnan\b|\bnull\b", told)


def test_any_date_can_be_asked_for_and_a_wrong_one_is_told_in_swedish(shown: DataFolder) -> None:
    before = seen(run("responsibility", slag="Stadsdelsnämnder", dag="2023-06-30"))
    after = seen(run("responsibility", slag="Stadsdelsnämnder", dag="2023-07-01"))
    assert "Rinkeby-Kista" in before.partition("Luckor (")[0] and "Järva" not in before.partition("Luckor (")[0]
    assert "Järva" in after.partition("Luckor (")[0] and "Rinkeby-Kista" not in after.partition("Luckor (")[0]
    wrong = run("responsibility", dag="30 juni")
    assert "är inget datum" in wrong.info[0].value and not wrong.exception


def test_proposed_duties_switched_on_close_gaps_and_say_which(shown: DataFolder, example: Warehouse) -> None:
    rows = example.query("gap_list").to_pylist()
    decided, proposed = (
        {row["gap_id"] for row in rows if row["duties"] == one} for one in ("decided", "with_proposed")
    )
    told = seen(run("responsibility"))
    assert f"Om föreslaget ansvar beslutas stängs {len(decided - proposed)} luckor" in told
    switched = seen(run("responsibility", foreslaget="true"))
    assert f"{len(proposed)} luckor i ansvaret har hittats om föreslaget ansvar beslutas" in switched


def test_an_organisation_sees_the_gaps_that_concern_it(shown: DataFolder) -> None:
    told = seen(run("responsibility", organisation="Arbetsmarknadsnämnden"))
    assert "Rutinfrågor om våld" in told
    assert "S:t Erik Livförsäkring" not in told.partition("Luckor (")[2]


def test_the_list_is_filtered_by_rule_and_severity(shown: DataFolder) -> None:
    app = run("responsibility", regel="G1", allvar="Allvarlig")
    listed = seen(app).partition("Luckor (")[2]
    assert "har ingen ansvarig" in listed and "har aldrig rapporterat" not in listed
    assert "Ingen lucka passar" in seen(run("responsibility", regel="G1", allvar="Lätt"))


def test_a_gap_opens_to_its_evidence_its_links_and_its_words(shown: DataFolder, example: Warehouse) -> None:
    app = run("responsibility", lucka=gap_of(example, "G7"))
    told = seen(app)
    assert not app.exception and not app.error
    assert "Ansvarar för aktiviteten" in told or "Inom Jobbtorg" in told
    assert "Läge: ny." in told
    assert any("Förslag: " in one.value for one in app.code)
    assert any(one.value.startswith(("Hej ", "EXEMPEL")) for one in app.code)
    links = " ".join(one.value for one in app.html)
    assert 'href="indikator?' in links and 'href="mal?' in links and 'href="namnd?' in links


def test_a_link_to_a_gap_that_is_not_there_says_so(shown: DataFolder) -> None:
    app = run("responsibility", lucka="000000000000")
    assert "finns inte bland det som är valt" in app.info[0].value


def fill(app: AppTest, state: str, reason: str, name: str) -> AppTest:
    """Fill in the form for a gap's state and send it."""
    next(one for one in app.radio if one.label == "Nytt läge").set_value(state)
    next(one for one in app.text_area if one.label.startswith("Motiv")).set_value(reason)
    next(one for one in app.text_input if one.label == "Ditt namn").set_value(name)
    return next(one for one in app.button if one.label == "Spara läget").click().run()


@pytest.mark.long
def test_a_gap_is_accepted_with_a_reason_and_its_history_is_kept(writable: DataFolder, example: Warehouse) -> None:
    chosen = gap_of(example, "G9")
    refused = fill(run("responsibility", lucka=chosen), "Accepterad", "", "Ada")
    assert "Skriv varför" in refused.error[0].value
    kept = fill(run("responsibility", lucka=chosen), "Accepterad", "Följs upp på annat sätt.", "Ada")
    assert not kept.exception
    assert "Läge: accepterad." in seen(kept) and "Följs upp på annat sätt." in seen(kept)
    again = fill(run("responsibility", lucka=chosen), "Granskad", "", "Bo")
    assert "Tidigare lägen (2)" in seen(again)
    assert len(records.read(writable, gap_states.KIND)) == 2


@pytest.mark.long
def test_a_sent_letter_is_noted_with_who_and_when(writable: DataFolder, example: Warehouse) -> None:
    app = run("responsibility", lucka=gap_of(example, "G4"))
    names = [one for one in app.text_input if one.label == "Ditt namn"]
    names[-1].set_value("Ada Utredare")
    after = next(one for one in app.button if one.label.startswith("Anteckna")).click().run()
    assert not after.exception and not after.error
    assert any("Ada Utredare" in one.value for one in after.markdown)
    assert len(records.read(writable, "asked")) == 1


def test_without_a_journal_the_page_says_so_and_shows_the_rest(writable: DataFolder, example: Warehouse) -> None:
    shutil.rmtree(writable.journal)
    app = run("responsibility", lucka=gap_of(example, "G9"))
    assert not app.exception and not app.error
    assert any("journal går inte att skriva i" in one.value for one in app.markdown)
    assert "Ansvar, rapporter för helåret" in seen(app)


def test_without_reports_the_silent_rules_say_why(without_reports: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(without_reports.path))
    app = run("responsibility")
    assert not app.exception and not app.error
    assert "Inga rapporter har lämnats in än" in seen(app)
    assert editions.current_id(without_reports)
