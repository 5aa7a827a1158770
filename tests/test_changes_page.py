"""The page Ändringar in its frame: two editions, one edition, an organisation, a link, a file, at most so many rows."""

import csv
import io
import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from samlad.views.edition_changes import edition_comparison
from samlad.warehouse.changes import Change, Kind
from samlad.warehouse.changes.change_sentences import Told
from samlad.warehouse.changes.changes_csv import HEADINGS, as_csv
from samlad.warehouse.editions import Snapshot
from tests.editions import Made, units
from tests.test_pages import forgotten, run, seen

pytestmark = pytest.mark.long

__all__ = ["forgotten"]


@pytest.fixture(scope="module")
def corrected(published_city: Made, tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Snapshot, Snapshot]:
    """Two editions, between which Bromma has corrected one figure; then a third, in which Farsta has reported 2025."""
    made = published_city.copied(tmp_path_factory.mktemp("corrected") / "data")
    first = made.standing()
    made.hand_in("BR", 2024, units(8))
    second = made.publish()
    made.hand_in("FA", 2025, units(7))
    made.publish()
    return made, first, second


@pytest.fixture
def using(corrected: tuple[Made, Snapshot, Snapshot], monkeypatch: pytest.MonkeyPatch) -> Made:
    """The folder with the three editions in use."""
    monkeypatch.setenv("SAMLAD_DATA", str(corrected[0].folder.path))
    return corrected[0]


def told(app: AppTest) -> str:
    """The page's text with plain spaces."""
    return seen(app).replace("\xa0", " ")


def option(app: AppTest, snapshot: Snapshot) -> str:
    """An edition as the page offers it."""
    (found,) = (one for one in app.selectbox(key=edition_comparison.FROM).options if snapshot.snapshot_id[:8] in one)
    return str(found)


def test_the_page_opens_on_what_the_latest_edition_changed(using: Made) -> None:
    app = run("changes")
    assert not app.exception and not app.error
    assert app.title[0].value == "Ändringar: hela staden"
    assert "har 1 rapport kommit" in told(app)
    assert "Nya rapporter: " in told(app) and "Rättade rapporter" not in told(app)


def test_the_address_chooses_the_two_editions_and_the_marks_that_follow_stand_there(
    using: Made, corrected: tuple[Made, Snapshot, Snapshot]
) -> None:
    offered = run("changes")
    chosen = {"fran": option(offered, corrected[1]), "till": option(offered, corrected[2])}
    st.cache_resource.clear()
    app = run("changes", **chosen)
    assert "har 1 rapport rättats; 1 tecken har ändrats." in told(app)
    assert "5 av 10 enheter, 50 % 8 av 10 enheter, 80 %" in told(app)
    assert "rättad rapport: Bromma, helår 2024, mottagen" in told(app)
    assert "▽ nåddes inte ✓ nått" in told(app)


def test_a_change_links_to_its_indicator_for_its_year_and_its_organisation(using: Made) -> None:
    links = re.findall(r'href="(indikator\?[^"]+)"', " ".join(one.value for one in run("changes").html))
    assert any("namn=Rutin" in link and "ar=2025" in link and "organisation=Farsta" in link for link in links)
    assert any("organisation=" not in link for link in links), "the city's own figures lead to the city"


def test_an_organisation_sees_its_own_changes_and_those_that_concern_everybody(using: Made) -> None:
    mine, others = (told(run("changes", organisation=name)) for name in ("Farsta", "Järva"))
    assert "Farsta: Rutin, helår 2025" in mine and "Hela staden: Rutin" not in mine
    assert "Ingenting har ändrats" in others


def test_the_same_edition_twice_is_told_in_words(using: Made, corrected: tuple[Made, Snapshot, Snapshot]) -> None:
    one = option(run("changes"), corrected[1])
    app = run("changes", fran=one, till=one)
    assert not app.exception
    assert app.info[0].value == edition_comparison.SAME


def test_with_one_edition_only_the_page_says_so(published_city: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(published_city.folder.path))
    app = run("changes")
    assert not app.exception
    assert app.info[0].value == edition_comparison.ONLY_ONE


def many(kind: Kind, number: int) -> list[Told]:
    """So many changes of one kind."""
    row = {"organisation_id": "BR"}
    change = Change(kind, "organisations", ("BR",), ("name",), row, row)
    return [Told(change, f"{kind} {place}", "", "", "") for place in range(number)]


def test_a_cause_with_few_changes_is_shown_whole_beside_one_with_many() -> None:
    chosen = edition_comparison.shown(
        [*many(Kind.NEW_REPORT, 500), *many(Kind.TIME, 3), *many(Kind.DUTY, 120)], most=200
    )
    kinds = [one.change.kind for one in chosen]
    assert (len(kinds), kinds.count(Kind.TIME), kinds.count(Kind.DUTY)) == (200, 3, 98)
    assert kinds == sorted(kinds, key=list(Kind).index)
    assert len(edition_comparison.shown(many(Kind.NEW_REPORT, 500))) == edition_comparison.MOST_SHOWN


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_of_the_file_is_a_formula(start: str) -> None:
    row = {"organisation_id": "BR", "origin": "example"}
    change = Change(Kind.CATALOGUE, "organisations", ("BR",), ("name",), row, row)
    content = as_csv([Told(change, f"{start}cmd|' /C calc'!A0", f"{start}1", "å", "ö")])
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == list(HEADINGS)
    assert rows[1][1].startswith(f"'{start}") and rows[1][5] == f"'{start}1"
    assert rows[1][6:] == ["å", "ö", "Exempel"]


def test_the_reader_needs_no_submissions(using: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "read").mkdir()
    (tmp_path / "read" / "snapshots").symlink_to(using.folder.snapshots)
    monkeypatch.setenv("SAMLAD_DATA", str(tmp_path / "read"))
    assert "har 1 rapport kommit" in told(run("changes"))
