"""Översikt says what the verdicts say: its sentence, the marks of its rows, and the order of its lists."""

import re
from html import unescape
from typing import Any

import pytest

from samlad.cases import Case, Figure
from samlad.store import DataFolder
from samlad.verdicts import Mark, Verdict, judge
from samlad.views import judged, overview, phrases
from samlad.views.judged import Judged
from samlad.warehouse import Warehouse
from tests.test_pages import forgotten, run

__all__ = ["forgotten"]


def of(mark: Mark) -> Verdict:
    """A verdict on a share of units in 2024, with årsmål to 2025, that carries a mark."""
    base = Case(
        *("share", "increase", 2024, Figure(9, 12), "units"),
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
        Mark.INSUFFICIENT: {"unanswered": (8,), "target": 0.7},
        Mark.NOT_REPORTED: {"latest": Figure(missing_reason="-")},
    }
    found = judge(Case(**{**vars(base), **changed[mark]}))
    assert found.mark is mark
    return found


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ((Mark.MET, Mark.MET), "2 av 2 indikatorer nådde årsmålet för 2024."),
        ((Mark.MET,), "1 av 1 indikator nådde årsmålet för 2024."),
        ((Mark.MET, Mark.WRONG_WAY), "1 av 2 indikatorer nådde årsmålet för 2024; 1 går åt fel håll."),
        (
            (Mark.MET, Mark.TOO_SLOW, Mark.TOO_SLOW),
            "1 av 3 indikatorer nådde årsmålet för 2024; de övriga 2 går för långsamt.",
        ),
        (
            (Mark.MET, Mark.ON_TRACK, Mark.WRONG_WAY, Mark.INSUFFICIENT, Mark.NOT_REPORTED),
            "1 av 5 indikatorer nådde årsmålet för 2024; av de övriga 4 är 1 i takt mot 2025, 1 går åt fel håll, "
            "1 kan inte avgöras och 1 bedöms inte.",
        ),
        (
            (Mark.TOO_SLOW, Mark.INSUFFICIENT),
            "Ingen av 2 indikatorer nådde årsmålet för 2024: 1 går för långsamt och 1 kan inte avgöras.",
        ),
        ((Mark.NOT_REPORTED, Mark.NOT_REPORTED), "Inget utfall visas för 2024."),
    ],
)
def test_the_sentence_counts_what_met_and_how_the_others_are_doing(marks: tuple[Mark, ...], said: str) -> None:
    assert phrases.standing([of(mark) for mark in marks], 2024) == said


def test_whose_indicators_they_are_is_said() -> None:
    assert phrases.standing([of(Mark.MET)] * 2, 2024, "Järvas ").startswith("2 av Järvas 2 indikatorer nådde")


def city(example: Warehouse, year: int) -> dict[str, Verdict]:
    """The verdict on each of the city's indicators that is followed in a year, by name."""
    rows = example.query("indicator_cases").to_pylist()
    held = {row["indicator"]: [one for one in rows if one["indicator"] == row["indicator"]] for row in rows}
    return {
        name: judge(judged.case(row, years, is_city=True))
        for name, years in held.items()
        for row in years
        if row["year"] == year
    }


def test_the_marks_of_the_goals_are_those_of_the_verdicts(shown: DataFolder, example: Warehouse) -> None:
    verdicts = city(example, 2024)
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
def test_what_asks_for_attention_is_ordered_by_severity_size_and_name(
    shown: DataFolder, example: Warehouse, year: int
) -> None:
    verdicts = city(example, year)
    asking = [name for name, verdict in verdicts.items() if verdict.mark.severity]
    listed = lists(year)["Behöver uppmärksamhet"]
    assert listed == sorted(asking, key=lambda name: verdicts[name].attention(name))
    assert not {verdicts[name].mark for name in listed} & {Mark.MET, Mark.ON_TRACK, Mark.NOT_JUDGED, Mark.PROTECTED}


def test_what_has_changed_most_is_certain_and_the_largest_first(shown: DataFolder, example: Warehouse) -> None:
    verdicts = city(example, 2024)
    listed = lists(2024)["Har ändrats mest"]
    changes = [verdicts[name].change for name in listed]
    assert len(listed) > 3
    assert all(change is not None and change.is_certain is not False for change in changes)
    sizes = [abs(change.z) for change in changes if change]
    assert sizes == sorted(sizes, reverse=True)


def test_equal_changes_come_by_name() -> None:
    rows = {2024: {"indicator": "", "origin": "own"}}
    one, other = (
        Judged({2024: {**rows[2024], "indicator": name}}, {2024: of(Mark.TOO_SLOW)}) for name in ("Anna", "Bo")
    )
    assert overview._by_size(one.verdicts[2024], one.name) < overview._by_size(other.verdicts[2024], other.name)
    assert one.verdicts[2024].attention(one.name) < other.verdicts[2024].attention(other.name)


def test_three_of_each_list_stand_open_and_each_leads_to_its_page(shown: DataFolder) -> None:
    page = next(one.value for one in run(ar="2024", organisation="Järva").html if "<h2>Behöver upp" in one.value)
    told = page.partition("<h2>Behöver upp")[2].partition("</div>")[0]
    before, _, rest = told.partition("<details>")
    assert before.count("<li>") == overview.FIRST and rest.count("<li>") > 0
    links = re.findall(r'href="(indikator\?[^"]+)"', unescape(told))
    assert links and all("ar=2024" in link and "organisation=J%C3%A4rva" in link and "namn=" in link for link in links)


def test_every_indicator_stands_in_the_table_with_its_mark_in_words(shown: DataFolder, example: Warehouse) -> None:
    verdicts = city(example, 2024)
    table = unescape(next(one.value for one in run(ar="2024").html if "Alla indikatorer" in one.value))
    table = table.partition("Alla indikatorer")[2]
    rows = dict(
        re.findall(r'<a href="indikator[^"]+" target="_self">([^<]+)</a>.*?data-column="Läge">(.*?)</td>', table)
    )
    assert {name: verdict.mark.word for name, verdict in verdicts.items()} == {
        name: re.sub(r"<[^>]+>", "", cell).split(" ", 1)[1] for name, cell in rows.items()
    }
