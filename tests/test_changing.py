"""A programme in which goals, indicators, activities and bodies begin and end: all works each year."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from click.testing import CliRunner

from samlad.catalogue import programme
from samlad.catalogue.programme import Programme
from samlad.cli import commands
from samlad.foundation.store import DataFolder
from samlad.report import goal_chapter, report_files
from samlad.report.document import Report, Statement, Words
from samlad.report.draft import SUMMARY_PARTS, Choice, draft, offered
from samlad.report.report_files import Order
from samlad.report.report_material import Folio
from samlad.warehouse import changes, database
from samlad.warehouse.database import Warehouse
from tests import lengths
from tests.changing import YEARS, changing, changing_catalogue
from tests.editions import Made
from tests.rows import programme as catalogue_of
from tests.rows import table
from tests.shell_pages import FILES
from tests.test_pages import forgotten, run, seen

__all__ = ["forgotten"]

BODIES = ("", "Bromma", "Gamla", "Nya", "Bolaget", "Rinkeby-Kista", "Järva")
GOALS = {2020: [], 2021: ["M1", "M2"], 2022: ["M1", "M2"], 2023: ["M1", "M2", "M4"], 2024: ["M1", "M2", "M3"]}
"""The goals that a year has something of. M2 has ended in 2023, with an indicator and an activity that have not."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    found = changing(tmp_path_factory.mktemp("changing") / "data")
    found.publish()
    return found


@pytest.fixture(scope="module")
def opened(made: Made) -> Warehouse:
    return database.open_snapshot(made.folder)


def said(report: Report) -> str:
    blocks = [block for _, block in report.blocks() if isinstance(block, Words | Statement)]
    return " ".join(f"{getattr(block, 'lead', '')} {block.words}" for block in blocks)


def choices(opened: Warehouse) -> Iterator[Choice]:
    """Every year and all of them, for the city and every body, whole and in short; bodies take turns when short."""
    all_years = [*((year,) for year in YEARS), YEARS, (2021, 2022)]
    bodies = [*offered(opened)[1]]
    for turn, years in enumerate(all_years):
        for whose in (None, *lengths.of([bodies[turn % len(bodies)]], bodies)):
            yield Choice(years, whose)
            yield Choice(years, whose, SUMMARY_PARTS)


@pytest.mark.long
def test_every_year_and_body_has_a_draft_whose_parts_agree_on_what_is_missing(opened: Warehouse) -> None:
    for chosen in choices(opened):
        report = draft(opened, chosen)
        folio = Folio(opened, chosen.years, chosen.organisation_id)
        missing = goal_chapter.missing_number(folio)
        assert (missing or 0) == len(goal_chapter.missing_reports(folio).rows), chosen
        held = [one for one in report.sections if one.id.startswith("mal-")]
        assert missing is None or not held or sum(one.missing or 0 for one in held) == missing, chosen
        assert len({one.id for one in report.sections}) == len({one.title for one in report.sections}), chosen


@pytest.mark.parametrize(("year", "expected"), GOALS.items())
def test_a_year_has_the_goals_that_hold_or_that_something_is_still_asked_of(
    opened: Warehouse, year: int, expected: list[str]
) -> None:
    rows = opened.query("programme_overview", year=year).to_pylist()
    assert [row["goal_id"] for row in rows] == expected
    sections = [one for one in draft(opened, Choice((year,))).sections if one.id.startswith("mal-")]
    assert [one.id for one in sections] == [f"mal-{one[1:]}" for one in expected] or ["mal-inga"]


def test_a_goal_that_has_ended_says_so_and_one_that_has_not_begun_is_left_out(opened: Warehouse) -> None:
    later = said(draft(opened, Choice((2024,)))).replace("\xa0", " ")
    assert "Målet gällde till och med 31 december 2022." in later and "Det som gäller ett år" not in later
    assert "Det som börjar" not in said(draft(opened, Choice((2023,))))
    assert said(draft(opened, Choice((2020,)))).count("Programmet har inga mål 2020.") == 2


def test_several_years_tell_of_the_indicators_and_activities_that_ended_in_them(opened: Warehouse) -> None:
    report = draft(opened, Choice((2021, 2022, 2023, 2024)))
    assert said(report).count("Följdes senast 2022.") == 2, "A2 of the first goal, B1 of the second"
    named = [cell.words for _, block in report.blocks() for row in getattr(block, "rows", ()) for cell in row]
    assert "Slutar" in named and "Ny" in named, "the activity that ended, and the one that began"


@pytest.mark.long
@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx"])
@pytest.mark.parametrize("years", [(2020,), (2023,), YEARS])
@pytest.mark.parametrize("whose", [None, "GA"])
def test_every_kind_of_file_is_made(made: Made, years: tuple[int, ...], whose: str | None, kind: str) -> None:
    assert report_files.make(made.folder, Order(Choice(years, whose)), kind)
    assert report_files.make(made.folder, Order(Choice(years, whose, SUMMARY_PARTS)), kind)


@pytest.mark.long
@pytest.mark.parametrize("page", FILES)
def test_every_page_runs_in_every_year(made: Made, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(made.folder.path))
    for at, whose in enumerate(BODIES):
        for year in YEARS if not whose else lengths.of((YEARS[at % len(YEARS)],), (YEARS[at % len(YEARS)], 2023)):
            app = run(page, ar=str(year), **({"organisation": whose} if whose else {}))
            assert not app.exception and not app.error, (page, year, whose)


@pytest.mark.parametrize(("subject", "told"), [("goal", "gällde till och med"), ("", "ingen offentlig statistik")])
def test_a_page_says_what_has_ended_and_what_there_is_not(
    made: Made, monkeypatch: pytest.MonkeyPatch, subject: str, told: str
) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(made.folder.path))
    if subject:
        app = run("goal", ar="2024", mal="2 Slutar")
    else:
        app = run("districts", ar="2024", indikator="Anmälda våldsbrott (Brå)")
    assert not app.exception and told in seen(app)


def without(*names: str) -> Programme:
    """The catalogue without some of its tables' rows, and without what points at them."""
    whole = changing_catalogue().tables
    kinds = {"indicators": "indicator", "activities": "activity"}
    gone = {"activity_indicators"} | set(names) | ({"targets"} if "indicators" in names else set())
    tables = {name: rows.schema.empty_table() if name in gone else rows for name, rows in whole.items()}
    duties = [row for row in whole["responsibilities"].to_pylist() if row["object_type"] not in map(kinds.get, names)]
    tables["responsibilities"] = table("responsibilities", *([] if "organisations" in names else duties))
    if "organisations" in names:
        tables["successions"] = whole["successions"].schema.empty_table()
    return Programme(tables)


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "left_out"),
    [
        ("docx", ("indicators",)),
        ("pdf", ("activities",)),
        ("xlsx", ("organisations",)),
        ("docx", ("indicators", "activities", "goals")),
    ],
)
def test_a_programme_that_lacks_a_whole_table_is_told_of_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, left_out: tuple[str, ...]
) -> None:
    made = Made.anew(tmp_path / "data", without(*left_out))
    made.publish()
    for ending in lengths.of((kind,), ("docx", "pdf", "xlsx")):
        assert report_files.make(made.folder, Order(Choice((2021,))), ending)
        assert report_files.make(made.folder, Order(Choice(YEARS, parts=SUMMARY_PARTS)), ending)
    monkeypatch.setenv("SAMLAD_DATA", str(made.folder.path))
    st.cache_resource.clear()
    for page in FILES:
        app = run(page)
        assert not app.exception and not app.error, page
        if (page, "indicators" in left_out) == ("indicator", True):
            assert "Programmet har inga indikatorer." in seen(app)


@pytest.mark.long
def test_a_goal_that_ends_between_two_editions_is_a_difference_in_words(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = made.copied(tmp_path / "data")
    before = later.standing()
    later.catalogue_cell("goals", "valid_to", "2023-12-31", goal_id="M1")
    later.without_row("goals", goal_id="M4")
    after = later.publish()
    pair = [database.open_snapshot(later.folder, one.snapshot_id) for one in (before, after)]
    assert changes.difference(*pair, is_latest=True).lines()
    monkeypatch.setenv("SAMLAD_DATA", str(later.folder.path))
    app = run("changes", fran=before.snapshot_id[:8])
    assert not app.exception and not app.error
    assert report_files.make(later.folder, Order(Choice((2024,))), "docx")


def test_the_command_line_reports_on_a_year_without_goals(made: Made, tmp_path: Path) -> None:
    for year in ("2020", "2024"):
        out = str(tmp_path / f"{year}.docx")
        done = CliRunner().invoke(
            commands.main, ["report", "--year", year, "--out", out, "--data", str(made.folder.path)]
        )
        assert done.exit_code == 0 and Path(out).exists(), done.output


@pytest.mark.long
def test_two_goals_with_one_number_have_a_section_each(tmp_path: Path) -> None:
    tables: dict[str, Any] = dict(changing_catalogue().tables)
    tables["goals"] = table("goals", *({**row, "number": min(row["number"], 2)} for row in tables["goals"].to_pylist()))
    made = Made.anew(tmp_path / "data", Programme(tables))
    made.publish()
    sections = draft(database.open_snapshot(made.folder), Choice(YEARS)).sections
    ids = [one.id for one in sections if one.id.startswith("mal-")]
    assert ids == ["mal-1", "mal-M2", "mal-M3", "mal-M4"]


def test_what_outlives_its_goal_and_goals_of_one_name_are_found(unpublished: DataFolder) -> None:
    found = programme.check_programme(changing_catalogue())
    assert [(one.rule, one.severity) for one in found] == [("outlives_goal", "warning")] * 2
    assert not programme.check_programme(programme.read_programme(unpublished.programme))
    same = table("goals", *({"goal_id": one, "short_title": "Samma"} for one in ("M1", "M2")))
    assert "duplicate_name" in {one.rule for one in programme.check_programme(catalogue_of(goals=same))}
