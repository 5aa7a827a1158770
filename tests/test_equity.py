"""Whether it matters where one lives: what chance would flag, how the differences change, said no surer than it is."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pytest

from samlad import spread
from samlad.statistics import Z95, Z998
from samlad.views import equity
from tests.test_pages import forgotten, run, seen

__all__ = ["forgotten"]


def rows(*years: tuple[int, Sequence[tuple[int | None, int | None]]], **more: Any) -> pa.Table:
    """Districts by year, as district_years gives them."""
    return pa.Table.from_pylist(
        [
            {
                "district": f"D{at}",
                "year": year,
                "numerator": x,
                "denominator": n,
                "value": None if x is None or not n else x / n,
                "measure": "share",
                "comparison": "none",
                **more,
            }
            for year, held in years
            for at, (x, n) in enumerate(held)
        ]
    )


EQUAL = [(300 + at, 1000) for at in range(11)]
UNEQUAL = [(100 + 60 * at, 1000) for at in range(11)]


def test_the_margin_prints_the_flags_that_chance_gives_for_the_sizes_there_are() -> None:
    said = equity.chance(rows((2024, EQUAL)))
    ns, share = [1000] * 11, sum(x for x, _ in EQUAL) / 11000
    expected = [f"{spread.false_flags(ns, share, z):.2f}".replace(".", ",") for z in (Z95, Z998)]
    assert all(number in said[0] for number in expected)
    assert "Om alla 11" in said[0]
    assert "Inte mer än slumpen" in said[1]
    assert "Mer än slumpen" in equity.chance(rows((2024, UNEQUAL)))[1]


def test_a_table_of_several_indicators_prints_the_flags_of_all_of_them() -> None:
    several = pa.concat_tables(
        [rows((2024, EQUAL), indicator_id="A"), rows((2024, UNEQUAL[:6]), indicator_id="B")], promote_options="default"
    )
    (said,) = equity.chance_over(several)
    shares = [(sum(x for x, _ in held) / (1000 * len(held)), len(held)) for held in (EQUAL, UNEQUAL[:6])]
    for z in (Z95, Z998):
        together = sum(spread.false_flags([1000] * many, share, z) for share, many in shares)
        assert f"{together:.1f}".replace(".", ",") in said
    assert "av 17 jämförelser" in said
    assert equity.chance_over(rows((2024, EQUAL[:1]), indicator_id="A")) == []


def test_a_hidden_district_takes_no_part_in_any_of_it() -> None:
    held = [*EQUAL[:10], (None, None)]
    assert equity.chance(rows((2024, held))) == equity.chance(rows((2024, EQUAL[:10])))
    (year,) = equity.years(rows((2024, held)))
    assert (year.counted, year.districts) == (10, 11)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (UNEQUAL, EQUAL, "mer jämlik"),
        (EQUAL, UNEQUAL, "mindre jämlik"),
        (UNEQUAL, UNEQUAL, "kan inte sägas"),
        (EQUAL, EQUAL, "kan vara slump, både 2021 och 2024"),
        ([(3, 10)] * 11, [(4, 10)] * 11, "för små tal"),
        (EQUAL[:7], EQUAL[:7], "för få stadsdelar"),
    ],
)
def test_whether_the_city_is_becoming_more_equal_is_said_only_when_it_is_certain(
    first: list[tuple[int | None, int | None]], last: list[tuple[int | None, int | None]], said: str
) -> None:
    assert said in equity.sentence(equity.years(rows((2021, first), (2024, last))))


def test_years_on_either_side_of_a_break_are_not_compared() -> None:
    before = rows((2021, UNEQUAL), is_after_break=False)
    after = rows((2023, EQUAL), (2024, EQUAL), is_after_break=True)
    found = equity.years(pa.concat_tables([before, after]))
    assert "både 2023 och 2024" in equity.sentence(found)
    assert equity.clause(found, 2024) == "Skillnaderna kan vara slump, både 2023 och 2024."
    assert equity.clause(found, 2023) == ""


def test_one_year_says_nothing_of_a_change() -> None:
    assert "ett enda år säger inte" in equity.sentence(equity.years(rows((2024, UNEQUAL))))


def test_a_year_with_fewer_than_two_figures_is_left_out() -> None:
    assert equity.years(rows((2021, [(None, None)] * 10 + [(5, 10)]), (2024, EQUAL)))[0].year == 2024


def test_the_table_has_a_row_a_year_and_no_rank() -> None:
    shown = equity.table(equity.years(rows((2021, UNEQUAL), (2024, EQUAL))), "share")
    assert [row.cells[0] for row in shown.rows] == ["2021", "2024"]
    assert "kan vara slump" in shown.rows[1].cells[-1]
    assert "kan vara slump" not in shown.rows[0].cells[-1]
    assert "60" in shown.rows[0].cells[4]


def test_the_page_prints_the_margin_and_the_years(shown: Any) -> None:
    assert "skulle slumpen ändå peka ut" in seen(run("districts", ar="2024"))
    assert "Blir staden mer jämlik?" in seen(run("districts", ar="2024", bild="Över åren"))


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (UNEQUAL, EQUAL, "Skillnaderna har minskat sedan 2021."),
        (EQUAL, UNEQUAL, "Skillnaderna har ökat sedan 2021."),
        (UNEQUAL, UNEQUAL, "Om skillnaderna har minskat sedan 2021 kan inte sägas."),
        (EQUAL, EQUAL, "Skillnaderna kan vara slump, både 2021 och 2024."),
        ([(3, 10)] * 11, [(4, 10)] * 11, ""),
    ],
)
def test_the_answer_says_it_up_to_the_year_that_is_shown(
    first: list[tuple[int | None, int | None]], last: list[tuple[int | None, int | None]], said: str
) -> None:
    found = equity.years(rows((2021, first), (2024, last), (2025, EQUAL)))
    assert equity.clause(found, 2024) == said
    assert equity.clause(found, 2021) == ""
