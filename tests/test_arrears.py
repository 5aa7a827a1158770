"""Reports owed: one number in every sentence, list and page, whoever is chosen; and a body that has ended owes none."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from samlad.cli import example as made_up
from samlad.foundation import store
from samlad.foundation.rows import (
    ChoicesRow,
    MissingReportsRow,
    OrganisationReportsRow,
    ProgrammeOverviewRow,
    ReportingStateRow,
)
from samlad.foundation.store import DataFolder
from samlad.publish import publishing
from samlad.report.organisation_summary import _owed
from samlad.swedish import arrears
from samlad.views.reporting_state import reporting_progress
from samlad.warehouse import database
from samlad.warehouse.database import Warehouse
from tests.editions import came_after
from tests.test_pages import forgotten, run, seen

pytestmark = pytest.mark.long

__all__ = ["forgotten"]


def plain(words: str) -> str:
    """Text without tags, with every space a plain one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", words).replace("\xa0", " "))


@pytest.fixture(scope="module")
def early(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """A small programme published before any organisation of it had ended, in the middle of a year."""
    folder = DataFolder(tmp_path_factory.mktemp("early") / "data")
    made_up.make_example(folder.path, store.repository_folder().path, indicators=3)
    day = date(2023, 3, 1)
    publishing.publish(folder, as_of=day, leave_out=came_after(folder, day))
    return database.open_snapshot(folder)


@pytest.fixture(scope="module")
def silent(without_reports: DataFolder) -> Warehouse:
    """A programme that nobody has reported to."""
    return database.open_snapshot(without_reports)


@pytest.fixture(params=["example", "early", "silent"])
def opened(request: pytest.FixtureRequest) -> Iterator[Warehouse]:
    """Each of several programmes."""
    yield request.getfixturevalue(request.param)


def numbers(words: str) -> list[int]:
    """The numbers of reports in a sentence that names the parts after the whole."""
    return [int(one) for one in re.findall(r"(\d+) rapport", words)]


def test_for_everybody_every_year_and_every_period_sentence_list_and_lagesbild_agree(opened: Warehouse) -> None:
    as_of = opened.manifest["as_of"] and date.fromisoformat(opened.manifest["as_of"])
    choices = opened.rows(ChoicesRow)
    years = [int(row.id) for row in choices if row.kind == "year"]
    states = {
        (year, period): {row.organisation_id: row for row in opened.rows(ReportingStateRow, year=year, period=period)}
        for year in years
        for period in ("T1", "T2", "VB")
    }
    for organisation_id in (row.id for row in choices if row.kind == "organisation"):
        rows = opened.rows(OrganisationReportsRow, organisation_id=organisation_id)
        for year in years:
            owed = [one for one in _owed(rows, year, as_of) if one.year == year]
            of_year = arrears.tally(row for row in rows if row.year == year)
            assert sum(one.number for one in owed) == of_year.missing == sum(len(one.what) for one in owed)
            said = plain(arrears.of_year(rows, year, as_of))
            assert sum(numbers(said)) == of_year.missing, said
            for period in ("T1", "T2", "VB"):
                state = states[year, period].get(organisation_id)
                here = arrears.tally(row for row in rows if (row.year, row.period) == (year, period))
                there = arrears.tally_of([state] if state else [])
                assert here == there
                assert here.expected == here.received + here.late + here.to_come + here.lapsed
                assert sum(one.number for one in owed if one.code == period) == there.missing
    for organisation_id in [row.id for row in choices if row.kind == "organisation"][::5]:
        for year in years:
            goals = opened.rows(ProgrammeOverviewRow, year=year, organisation_id=organisation_id)
            missing = opened.rows(MissingReportsRow, year=year, organisation_id=organisation_id)
            state = states[year, goals[0].period].get(organisation_id)
            counted = arrears.tally_of([state] if state else [])
            assert (sum(goal.expected for goal in goals), len(missing)) == (counted.expected, counted.missing)
    for (year, period), held in states.items():
        goals = opened.rows(ProgrammeOverviewRow, year=year)
        if goals[0].period == period:
            missing = opened.rows(MissingReportsRow, year=year)
            counted = arrears.tally_of(held.values())
            assert sum(goal.expected for goal in goals) == counted.expected
            assert sum(goal.received for goal in goals) == counted.received
            assert len(missing) == counted.missing
            assert arrears.tally(missing).late == counted.late


def test_a_body_that_has_ended_owes_nothing_and_before_it_ended_it_did(example: Warehouse, early: Warehouse) -> None:
    ended = [row for row in example.rows(ChoicesRow) if row.kind == "organisation" and row.valid_to]
    assert ended
    for row in ended:
        rows = example.rows(OrganisationReportsRow, organisation_id=row.id)
        assert not arrears.tally(rows).late and not arrears.tally(rows).to_come
    lapsed = {row.id: example.rows(OrganisationReportsRow, organisation_id=row.id) for row in ended}
    assert any(arrears.tally(rows).lapsed for rows in lapsed.values())
    waiting = early.rows(OrganisationReportsRow, organisation_id="SDN-RK")
    assert arrears.tally(waiting).to_come and not arrears.tally(waiting).lapsed


def test_the_page_of_a_dissolved_district_demands_nothing(shown: DataFolder) -> None:
    told = plain(seen(run("organisation", ar="2021", organisation="Rinkeby-Kista")))
    assert "39 för helåret" in told and "kom aldrig" in told
    assert "saknas sedan" not in told and "Dessutom saknas" not in told
    told = plain(seen(run("reporting_state", ar="2021", organisation="Rinkeby-Kista")))
    assert "har inte lämnat någon av 39 rapporter" in told and "Påminnelse" not in told


def test_lagesbild_is_about_whoever_is_chosen(shown: DataFolder) -> None:
    told = plain(seen(run("reporting_state", ar="2022", organisation="Skarpnäck")))
    assert "Skarpnäck har inte lämnat någon av 41 rapporter för helåret 2022." in told
    assert "41 rapporter saknas sedan 31 januari 2023 (tre år)." in told
    assert "nämnder och bolag har lämnat allt" not in told


def test_what_is_late_from_other_years_is_never_under_a_word_that_all_has_come(shown: DataFolder) -> None:
    told = plain(seen(run("organisation", ar="2025", organisation="SISAB")))
    assert "alla rapporter som är begärda för 2025 har kommit. Dessutom saknas 2 rapporter från 2021 och 2023." in told
    assert re.search(
        r"Alla rapporter som är begärda för 2025 har kommit\. Från andra år: .+ 1 rapport saknas sedan", told
    )


def test_the_state_words_of_lagesbild_cover_every_state(opened: Warehouse) -> None:
    found = {row.state for year in (2021, 2023, 2025) for row in opened.rows(ReportingStateRow, year=year, period="VB")}
    assert found <= set(reporting_progress.STATES)


@pytest.mark.parametrize(
    ("due", "as_of", "said"),
    [
        (date(2023, 1, 31), date(2023, 1, 31), ""),
        (date(2023, 1, 31), date(2023, 2, 1), "en dag"),
        (date(2023, 1, 31), date(2023, 2, 13), "13 dagar"),
        (date(2023, 1, 31), date(2023, 2, 14), "två veckor"),
        (date(2023, 1, 31), date(2023, 4, 1), "två månader"),
        (date(2023, 1, 31), date(2024, 1, 30), "elva månader"),
        (date(2023, 1, 31), date(2024, 1, 31), "ett år"),
        (date(2023, 1, 31), date(2024, 7, 31), "ett och ett halvt år"),
        (date(2022, 1, 31), date(2026, 2, 20), "fyra år"),
    ],
)
def test_how_late_is_said_as_people_say_it(due: date, as_of: date, said: str) -> None:
    assert arrears.age(due, as_of) == said


def test_an_organisation_in_words_of_the_year_without_a_report_asked_for() -> None:
    assert arrears.of_year([], 2025, None) == "inga rapporter är begärda för 2025"
    assert arrears.elsewhere([], 2025) == ""
