"""Översikt says what the verdicts say: its sentence, the marks of its rows, and the order of its lists."""

import re
from html import unescape
from typing import Any

import pytest

from samlad.foundation.rows import IndicatorCasesRow
from samlad.foundation.store import DataFolder
from samlad.judgement import attention_order, judged_years
from samlad.judgement.facts import Case, MissingAnswer
from samlad.judgement.figure_change import Figure
from samlad.judgement.judged_years import Judged
from samlad.judgement.marks import NOT_REACHED
from samlad.judgement.verdicts import Mark, Verdict, judge
from samlad.swedish import row_words
from samlad.views.overview import programme_progress
from samlad.warehouse.database import Warehouse
from tests.test_pages import forgotten, run

__all__ = ["forgotten"]


def of(mark: Mark) -> Verdict:
    """A verdict on a share of units in 2024, with årsmål to 2025, that carries a mark."""
    base = Case(
        *("share", "increase", 2024, Figure(9, 12), "units", False),
        base_year=2021,
        base=Figure(3, 12),
        target=0.8,
        last_target=1.0,
        last_target_year=2025,
    )
    changed: dict[Mark, dict[str, Any]] = {
        Mark.MET: {"target": 0.75},
        Mark.TOO_SLOW: {},
        Mark.ON_TRACK: {"last_target": 0.85},
        Mark.WRONG_WAY: {"base": Figure(10, 12)},
        Mark.INSUFFICIENT: {"missing": (MissingAnswer("Farsta", "-", 8),), "target": 0.7},
        Mark.NOT_REPORTED: {"latest": Figure(missing_reason="-")},
    }
    found = judge(Case(**{**vars(base), **changed[mark]}))
    assert found.mark is mark
    return found


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ((Mark.MET, Mark.MET), "Alla 2 indikatorer som kan prövas 2024 nådde sitt årsmål."),
        ((Mark.MET,), "Den enda indikatorn som kan prövas 2024 nådde sitt årsmål."),
        ((Mark.WRONG_WAY,), "Den enda indikatorn som kan prövas 2024 nådde inte sitt årsmål."),
        ((Mark.MET, Mark.WRONG_WAY), "Av 2 indikatorer som kan prövas 2024 nådde 1 sitt årsmål och 1 inte."),
        ((Mark.TOO_SLOW, Mark.WRONG_WAY), "Ingen av 2 indikatorer som kan prövas 2024 nådde sitt årsmål."),
        (
            (Mark.MET, Mark.ON_TRACK, Mark.WRONG_WAY, Mark.INSUFFICIENT, Mark.NOT_REPORTED),
            "Av 4 indikatorer som kan prövas 2024 nådde 1 sitt årsmål och 2 inte; för 1 räcker svaren inte. "
            "1 prövas inte.",
        ),
        (
            (Mark.TOO_SLOW, Mark.INSUFFICIENT),
            "Av 2 indikatorer som kan prövas 2024 nådde ingen säkert sitt årsmål och 1 inte; för 1 räcker svaren inte.",
        ),
        (
            (Mark.INSUFFICIENT, Mark.INSUFFICIENT, Mark.NOT_REPORTED),
            "För ingen av 2 indikatorer som kan prövas 2024 räcker svaren till att säga om årsmålet nåddes. "
            "1 prövas inte.",
        ),
        ((Mark.NOT_REPORTED, Mark.NOT_REPORTED), "Ingen indikator kan bedömas för 2024 ännu."),
    ],
)
def test_the_lead_counts_those_that_can_be_tried_and_names_the_rest_apart(marks: tuple[Mark, ...], said: str) -> None:
    assert row_words.standing([of(mark) for mark in marks], 2024) == said


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ((), "inga indikatorer"),
        ((Mark.NOT_REPORTED,), "Går inte att säga än"),
        ((Mark.INSUFFICIENT, Mark.NOT_REPORTED), "Svaren räcker inte"),
        ((Mark.MET, Mark.WRONG_WAY, Mark.INSUFFICIENT, Mark.NOT_REPORTED), "1 av 3 nådde årsmålet"),
    ],
)
def test_a_goals_cell_counts_the_same_way(marks: tuple[Mark, ...], said: str) -> None:
    assert row_words.reached([of(mark) for mark in marks]) == said


def test_whose_indicators_they_are_is_said() -> None:
    assert row_words.standing([of(Mark.MET)] * 2, 2024, "Järvas ").startswith(
        "Alla Järvas 2 indikatorer som kan prövas"
    )


def city(example: Warehouse, year: int) -> dict[str, Judged]:
    """Each of the city's indicators that is followed in a year, judged, by name."""
    found = judged_years.judged(example.rows(IndicatorCasesRow))
    return {one.name: one for one in judged_years.in_year(found, year)}


def test_the_marks_of_the_goals_are_those_of_the_verdicts(shown: DataFolder, example: Warehouse) -> None:
    verdicts = {name: one.verdicts[2024] for name, one in city(example, 2024).items()}
    table = next(one.value for one in run(ar="2024").html if "Programmets mål" in one.value)
    cells = "".join(re.findall(r'data-column="Indikatorer">(.*?)</td>', table))
    drawn: dict[str, int] = {}
    for mark, count in re.findall(r'class="mark (\w+)" title="[^"]+"><i aria-hidden="true">[^<]+</i>(\d+)', cells):
        drawn[mark] = drawn.get(mark, 0) + int(count)
    marks = [verdict.mark for verdict in verdicts.values()]
    assert drawn == {mark: marks.count(mark) for mark in Mark if mark in marks}
    met = [int(number) for number in re.findall(r"(\d+) av \d+ nådde årsmålet", cells)]
    assert sum(met) == sum(verdict.met is True for verdict in verdicts.values())
    assert all(mark.word in cells and mark.symbol in cells for mark in set(marks))


def lists(year: int) -> dict[str, list[str]]:
    """The names in each list of the page, in order."""
    found = {}
    for one in run(ar=str(year)).html:
        for heading, held in re.findall(r"<h2>([^<]+)</h2>(.*?)</div>", one.value):
            found[heading] = [unescape(name) for name in re.findall(r'target="_self">([^<]+)</a>', held)]
    return found


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_the_lists_are_those_of_the_order_of_attention(shown: DataFolder, example: Warehouse, year: int) -> None:
    held = list(city(example, year).values())
    listed = lists(year)
    for title, order in (
        ("Behöver uppmärksamhet", attention_order.needing),
        ("Svaren räcker inte", attention_order.left_open),
        ("Har ändrats mest", attention_order.changed),
    ):
        assert listed[title] == [one.name for one in order(held, year)]
    marks = {one.name: one.verdicts[year].mark for one in held}
    assert {marks[name] for name in listed["Behöver uppmärksamhet"]} <= NOT_REACHED
    assert {marks[name] for name in listed["Svaren räcker inte"]} <= {Mark.INSUFFICIENT}


def test_the_changes_are_read_against_chance(shown: DataFolder) -> None:
    page = "".join(one.value for one in run(ar="2024").html)
    assert "som prövas mot slumpen se ut att ha gjort det" in page
    assert attention_order.DRIFT_BACK in page


def test_three_of_each_list_stand_open_and_each_leads_to_its_page(shown: DataFolder) -> None:
    page = next(one.value for one in run(ar="2024", organisation="Järva").html if "<h2>Behöver upp" in one.value)
    told = page.partition("<h2>Behöver upp")[2].partition("</div>")[0]
    before, _, rest = told.partition("<details>")
    assert before.count("<li>") == programme_progress.FIRST and rest.count("<li>") > 0
    links = re.findall(r'href="(indikator\?[^"]+)"', unescape(told))
    assert links and all("ar=2024" in link and "organisation=J%C3%A4rva" in link and "namn=" in link for link in links)


def test_every_indicator_stands_in_the_table_with_its_mark_in_words(shown: DataFolder, example: Warehouse) -> None:
    verdicts = {name: one.verdicts[2024] for name, one in city(example, 2024).items()}
    table = unescape(next(one.value for one in run(ar="2024").html if "Alla indikatorer" in one.value))
    table = table.partition("Alla indikatorer")[2]
    rows = dict(
        re.findall(r'<a href="indikator[^"]+" target="_self">([^<]+)</a>.*?data-column="Läge">(.*?)</td>', table)
    )
    assert {name: verdict.mark.word for name, verdict in verdicts.items()} == {
        name: re.sub(r"<[^>]+>", "", cell).split(" ", 1)[1] for name, cell in rows.items()
    }
