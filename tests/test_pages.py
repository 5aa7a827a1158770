"""Every page in its frame: with data, without data, with one nämnd missing; and what the frame promises."""

import re
import shutil
import threading
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from samlad.catalogue import programme
from samlad.foundation import store
from samlad.foundation.store import DataFolder
from samlad.publish import publishing
from samlad.swedish import numbers, words
from samlad.views.common import show
from samlad.warehouse import database, editions
from samlad.warehouse.editions import Snapshot
from tests import shell_pages
from tests.conftest import MISSING
from tests.shell_pages import FILES, SHELL

TITLES = {page.file: page.title for page in shell_pages.PAGES} | {"indicator": ""}
"""Beginning of each page's heading; that of Indikator is the name of one."""

KNOWN = "STH-M3-I1"


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Each test asks its own snapshot."""
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def run(page: str = "overview", **address: str) -> AppTest:
    """The frame with one page in it, as a browser with this address would ask for it."""
    app = AppTest.from_file(str(SHELL), default_timeout=30)
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    if page != "overview":
        app.switch_page(f"../../pages/{page}.py").run()
    return app


def before_charts(app: AppTest) -> list[str]:
    """The HTML that stands right before each chart, in the order of the page."""
    found: list[str] = []
    last = ""

    def go(node: Any) -> None:
        nonlocal last
        for child in getattr(node, "children", {}).values():
            if child.type == "html":
                last = child.value
            elif child.type == "vega_lite_chart":
                found.append(last)
            go(child)

    go(app.main)
    return found


def seen(app: AppTest) -> str:
    """All text of a page, its HTML without tags."""
    shown = [one.value for kind in ("title", "markdown", "caption", "info", "error") for one in app.get(kind)]
    shown += [re.sub(r"<[^>]+>", " ", unescape(one.value)) for one in app.html if "<style" not in one.value]
    return re.sub(r"[ \n]+", " ", " ".join(shown))


@pytest.mark.parametrize("page", FILES)
def test_a_page_runs_in_its_frame_with_data(shown: DataFolder, page: str) -> None:
    app = run(page)
    assert not app.exception and not app.error
    assert app.title[0].value.startswith(TITLES[page])
    assert "Exempeldata" in seen(app)
    assert [one.label for one in app.sidebar.selectbox] == ["År", "Organisation", "Sök"]
    assert any("Publicerat" in one.value for one in app.sidebar.caption)


@pytest.mark.parametrize("page", FILES)
def test_a_page_says_what_to_do_when_nothing_is_published(
    unpublished: DataFolder, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(unpublished.path))
    app = run(page)
    assert not app.exception
    assert "publish" in app.info[0].value
    assert editions.current_id(unpublished) is None, "a folder somebody chose is never filled for them"


@pytest.mark.parametrize("page", FILES)
def test_a_page_runs_without_a_single_report(
    without_reports: DataFolder, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(without_reports.path))
    app = run(page)
    assert not app.exception and not app.error
    assert "Exempel" not in seen(app)
    assert "Inga rapporter har lämnats in" in seen(app)


@pytest.mark.parametrize("page", FILES)
def test_a_page_runs_with_one_organisation_missing(
    one_missing: DataFolder, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(one_missing.path))
    app = run(page, ar="2024")
    assert not app.exception and not app.error
    if page == "overview":
        assert "Farsta" in seen(app)
    if page == "districts":
        assert re.search(r"Farsta\s+Ej rapporterat", seen(app))


def test_a_missing_report_counts_as_missing_and_never_as_zero(
    one_missing: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(one_missing.path))
    opened = database.open_snapshot(one_missing)
    owed = [row for row in opened.query("missing_reports", year=2024).to_pylist() if row["organisation_id"] == MISSING]
    goals = opened.query("programme_overview", year=2024).to_pylist()
    expected, received = (sum(row[name] for row in goals) for name in ("expected", "received"))
    told = seen(run(ar="2024")).replace("\xa0", " ")
    assert owed and f"Farsta: {len(owed)} rapporter" in told
    assert f"{numbers.percent(received / expected)} av rapporterna".replace("\xa0", " ") in told
    (routine,) = (row for row in opened.query("indicator_cases", indicator_id=KNOWN).to_pylist() if row["year"] == 2024)
    assert routine["organisations_reported"] < routine["organisations_expected"]
    assert f"{routine['organisations_reported']} av {routine['organisations_expected']}" in told


def test_the_default_year_is_the_latest_with_a_whole_year_report(shown: DataFolder) -> None:
    app = run()
    assert app.selectbox(key="ar").value == 2025
    assert app.selectbox(key="organisation").options[0] == words.WHOLE_CITY


@pytest.mark.long
def test_the_page_does_not_need_the_submissions(
    example_folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(example_folder.path, tmp_path / "read", ignore=shutil.ignore_patterns("submissions"))
    monkeypatch.setenv("SAMLAD_DATA", str(tmp_path / "read"))
    for page in FILES:
        assert not run(page).exception


def test_an_address_chooses_year_and_organisation_and_the_title_says_so(shown: DataFolder) -> None:
    app = run(ar="2024", organisation="Järva")
    assert app.title[0].value == "Översikt 2024: Järva"
    assert "Järvas" in seen(app)


def test_an_unknown_choice_in_the_address_falls_back_to_the_default(shown: DataFolder) -> None:
    app = run(ar="1999", organisation="Atlantis")
    assert app.title[0].value == "Översikt 2025: hela staden"


def test_an_organisation_that_was_not_there_is_told_in_words(shown: DataFolder) -> None:
    app = run(ar="2025", organisation="Rinkeby-Kista")
    assert "gick upp i Järva" in app.info[0].value


def test_the_overview_has_one_row_a_goal_in_the_programmes_order(shown: DataFolder) -> None:
    goals = next(one.value for one in run(ar="2024").html if "Programmets mål" in one.value)
    assert re.findall(r'rowheader">(\d)&ensp;', goals) == list("1234567")


def test_no_goal_shows_a_single_averaged_number(shown: DataFolder) -> None:
    goals = next(one.value for one in run(ar="2024").html if "Programmets mål" in one.value)
    cells = re.findall(r'data-column="Indikatorer">(.*?)</td>', goals)
    assert len(cells) == 7 and not any("%" in cell for cell in cells)


def test_the_public_figures_show_sum_city_remainder_and_source(shown: DataFolder) -> None:
    app = run("districts", indikator=words.REPORTED_VIOLENCE, ar="2024")
    told = seen(app).replace("\xa0", " ")
    assert app.title[0].value == "Stadsdelar: Anmälda våldsbrott (Brå) 2024"
    for expected in ("13 377", "13 464", "Utan plats i någon stadsdel 87", "18,79", "8,99", "17,44–20,21", "Källa:"):
        assert expected in told
    assert "(bättre)" not in told and "(sämre)" not in told


def test_public_figures_of_another_year_say_which_year_they_are(shown: DataFolder) -> None:
    app = run("districts", indikator=words.REPORTED_VIOLENCE, ar="2022")
    assert app.title[0].value.endswith("2024")
    assert "Det valda året är 2022" in seen(app)


def test_every_chart_has_a_title_a_sentence_and_its_table(shown: DataFolder) -> None:
    app = run("districts", ar="2024")
    (chart,) = app.get("vega_lite_chart")
    assert chart.proto.alt == show.ALT
    (before,) = before_charts(app)
    title, reading = re.search(r"<h2>(.+?)<.*?<p>(.+?)</p>", before, re.DOTALL).groups()  # type: ignore[union-attr]
    assert title.startswith("Rutinfrågor om våld 2024, dagens indelning")
    assert re.match(r"[A-ZÅÄÖ0-9].+\.$", reading, re.DOTALL)
    table = next(one.value for one in app.html if "<table" in one.value)
    assert table.count('role="rowheader"') == 11


def test_as_reported_shows_the_districts_that_were_and_today_those_that_are(shown: DataFolder) -> None:
    then, now = (seen(run("districts", ar="2022", **chosen)) for chosen in ({"indelning": "Som rapporterat"}, {}))
    assert "Rinkeby-Kista" in then and "Järva" not in then
    assert "Rinkeby-Kista" not in now.replace("av Rinkeby-Kista och", "") and "Järva" in now


@pytest.mark.long
def test_no_page_ever_ranks_the_districts_or_writes_a_number_in_english(shown: DataFolder) -> None:
    for page in FILES:
        told = seen(run(page, ar="2024"))
        assert not re.search(r"\bplats \d+\b|\brank", told)
        assert not re.search(r"\d\.\d+ ?%|\bNone\b|\bnan\b|\bnull\b", told)


def test_the_same_sentence_stands_wherever_something_is_protected(shown: DataFolder) -> None:
    app = run("districts", ar="2024", indikator="Våldsutövare i insats", kon="Kvinnor")
    told = seen(app)
    assert "Skyddat" in told
    assert told.count(words.PROTECTED) == 1


def test_a_pinned_snapshot_is_shown_and_let_go_of(shown: DataFolder) -> None:
    current = editions.current_id(shown)
    assert current
    app = run(snapshot=current[:8])
    assert any("Låst ögonblicksbild" in one.value for one in app.sidebar.caption)
    app.sidebar.button[0].click().run()
    assert not any("Låst ögonblicksbild" in one.value for one in app.sidebar.caption)


def test_a_snapshot_that_is_not_there_is_told_in_words(shown: DataFolder) -> None:
    app = run(snapshot="00000000")
    assert not app.exception
    assert "finns inte" in app.info[0].value


def run_on_a_new(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> tuple[AppTest, str]:
    """The page on a folder as `init` makes it, and its first snapshot's id."""
    programme.init_folder(folder.path, store.repository_folder().path)
    first = publishing.publish(folder)
    monkeypatch.setenv("SAMLAD_DATA", str(folder.path))
    return run(), first


def published_anew(folder: DataFolder) -> str:
    """A goal gets another name, and is published; the new snapshot's id."""
    goals = folder.programme / "goals.csv"
    goals.write_text(goals.read_text(encoding="utf-8").replace("Upptäcka våld", "Upptäcka allt våld"), encoding="utf-8")
    return publishing.publish(folder)


@pytest.mark.long
def test_a_user_moves_to_a_new_snapshot_at_the_next_change_of_page_with_a_word_about_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path / "moving")
    app, before = run_on_a_new(folder, monkeypatch)
    assert published_anew(folder) != before
    app.run()
    assert "Upptäcka allt våld" not in seen(app), "nobody is moved in the middle of a page"
    database.open_snapshot(folder)
    app.switch_page("../../pages/about.py").run()
    assert "Uppgifterna har uppdaterats" in app.toast[0].value
    app.switch_page("../../pages/overview.py").run()
    assert "Upptäcka allt våld" in seen(app)
    assert not app.toast


@pytest.mark.long
def test_nobody_waits_for_a_new_snapshot_that_is_being_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = DataFolder(tmp_path / "loading")
    app, before = run_on_a_new(folder, monkeypatch)
    published_anew(folder)
    begun, may_end = threading.Event(), threading.Event()

    class Slow(database.Warehouse):
        def __init__(self, snapshot: Snapshot) -> None:
            begun.set()
            assert may_end.wait(60)
            super().__init__(snapshot)

    monkeypatch.setattr(database, "Warehouse", Slow)
    app.switch_page("../../pages/about.py").run()
    assert begun.wait(10), "loading has begun"
    assert not app.toast
    assert app.session_state["_snapshot"] == before
    assert database.open_snapshot(folder, before).snapshot_id == before
    may_end.set()
    database.open_snapshot(folder)
    app.switch_page("../../pages/overview.py").run()
    assert "Upptäcka allt våld" in seen(app)


@pytest.mark.long
@pytest.mark.parametrize(
    ("found", "leads_to"),
    [
        ("Mål 3 Upptäcka våld", "mal?ar=2024&organisation=Farsta&mal=3+Uppt%C3%A4cka+v%C3%A5ld"),
        (
            "Tillfrågade om våld (indikator, mål 3)",
            "indikator?ar=2024&organisation=Farsta&namn=Tillfr%C3%A5gade+om+v%C3%A5ld",
        ),
        (
            "Ställa rutinfrågor om våld vid Jobbtorg (aktivitet, mål 3)",
            "mal?ar=2024&organisation=Farsta&mal=3+Uppt%C3%A4cka+v%C3%A5ld",
        ),
        ("Bromma (stadsdelsnämnd)", "namnd?ar=2024&organisation=Bromma"),
    ],
)
def test_what_is_searched_for_is_a_link_to_the_page_that_tells_of_it(
    shown: DataFolder, found: str, leads_to: str
) -> None:
    app = run("about", ar="2024", organisation="Farsta")
    assert not any("samlad-found" in one.value for one in app.html)
    app.selectbox(key="sok").select(found).run()
    (link,) = (one.value for one in app.html if 'class="samlad-found"' in one.value)
    assert unescape(link).count(f'href="{leads_to}"') == 1
    assert app.selectbox(key="sok").value is None, "the next search begins with an empty box"


def test_everything_in_the_programme_can_be_searched_for(shown: DataFolder) -> None:
    app = run("about")
    snapshot = editions.read(shown)
    names = app.selectbox(key="organisation").options[1:]
    for table, column in {"goals": "short_title", "indicators": "short_name", "activities": "title"}.items():
        names += snapshot.table(table)[column].to_pylist()
    offered = app.selectbox(key="sok").options
    assert len(offered) == len(names)
    assert not [name for name in names if not any(name in one for one in offered)]
