"""Equity between districts: flags by chance alone, changing differences, and words no surer than the figures."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from samlad.foundation.rows import DistrictComparisonRow, DistrictYearsRow
from samlad.swedish import words
from samlad.views.districts import district_words, equity
from tests.rows import filled
from tests.test_pages import forgotten, run, seen

__all__ = ["forgotten"]


Counts = Sequence[tuple[int | None, int | None]]


def beside_rest(held: Counts, **more: Any) -> list[DistrictComparisonRow]:
    """Districts with the rest of the city, as district_comparison gives them."""
    return [
        filled(
            DistrictComparisonRow,
            **{
                **_figure(at, x, n),
                "direction": "increase",
                "comparison": None if x is None else "none",
                "rest_numerator": sum(y or 0 for y, _ in held) - (x or 0),
                "rest_denominator": sum(m or 0 for _, m in held) - (n or 0),
                "rest_value": 0.5,
                **more,
            },
        )
        for at, (x, n) in enumerate(held)
    ]


def rows(*years: tuple[int, Counts], **more: Any) -> list[DistrictYearsRow]:
    """Districts by year, as district_years gives them."""
    return [
        filled(DistrictYearsRow, **{**_figure(at, x, n), "year": year, **more})
        for year, held in years
        for at, (x, n) in enumerate(held)
    ]


def _figure(at: int, x: int | None, n: int | None) -> dict[str, Any]:
    value = None if x is None or not n else x / n
    said = {"district": f"D{at}", "numerator": x, "denominator": n, "value": value}
    return {**said, "measure": "share", "counts": "persons", "varies": True}


EQUAL = [(300 + at, 1000) for at in range(11)]
UNEQUAL = [(100 + 60 * at, 1000) for at in range(11)]


SLIGHTLY = [(300 + off, 1000) for off in (-36, 36, -30, 30, -24, 24, 0, 0, 0, 0, 0)]
"""By hand: 2 (36² + 30² + 24²) / 210 = 26.4 with 10 degrees of freedom, between 18.3 and 27.7."""


def plain(said: str) -> str:
    return said.replace("\xa0", " ")


def test_the_margin_prints_what_chance_gives_for_the_comparisons_that_are_made() -> None:
    (said,) = equity.chance(beside_rest(EQUAL), 5)
    assert plain(said) == (
        "Även om alla vore lika skulle ungefär en av tjugo sticka ut av en slump. Som säker skillnad: ungefär en av "
        "500. Det gäller om fallen är oberoende av varandra."
    )


def test_more_stick_out_by_chance_where_small_districts_are_hidden() -> None:
    held = beside_rest([(5, 60)] * 11)
    shown, all_of_them = (district_words.expected(held, shown_from).possible for shown_from in (5, 0))
    assert shown > 1.1 * all_of_them
    events = beside_rest([(5, 60)] * 11, counts="events")
    assert district_words.expected(events, 5).possible == all_of_them, "only persons are hidden"


def test_cases_in_clusters_are_said_to_stick_out_more() -> None:
    (said,) = equity.chance(beside_rest(EQUAL, cluster="syskon i samma familj"), 5)
    assert "Här hänger fallen ihop (syskon i samma familj): osäkerheten är större än den visas" in said
    mixed = [*beside_rest(EQUAL, cluster="syskon"), *beside_rest(EQUAL)]
    (said,) = equity.chance(mixed, 5)
    assert "I en del av jämförelserna hänger fallen ihop (syskon)" in said


def test_full_counts_have_no_chance_no_spread_and_no_test() -> None:
    full = {"varies": False, "counts": "units"}
    assert equity.chance(beside_rest(EQUAL, comparison=None, **full), 5) == [district_words.FULL]
    found = equity.years(rows((2021, UNEQUAL), (2024, EQUAL), **full))
    assert {(one.spread, one.excess, one.is_full) for one in found} == {(None, None, True)}
    assert equity.clause(found, 2024) == ""
    assert plain(equity.sentence(found, "share")) == (
        "Mellan högsta och lägsta stadsdel skilde det 60 procentenheter 2021 och 1 procentenhet 2024."
    )
    table = equity.table(found, "share")
    assert "Spridning τ" not in table.columns and "Mer än slumpen?" not in table.columns


def test_a_table_of_several_indicators_prints_the_flags_of_all_of_them() -> None:
    several = [*beside_rest(EQUAL), *beside_rest(UNEQUAL[:6])] * 3
    (said,) = equity.chance(several, 5)
    assert "ungefär en av tjugo sticka ut av en slump, här 3 av 51." in said
    assert equity.chance(beside_rest([(None, None)]), 5) == []


def test_a_hidden_district_takes_no_part_in_any_of_it() -> None:
    held = [*EQUAL[:10], (None, None)]
    assert equity.chance(beside_rest(held), 5) == equity.chance(beside_rest(EQUAL[:10]), 5)
    (year,) = equity.years(rows((2024, held)))
    assert (year.counted, year.districts) == (10, 11)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (UNEQUAL, EQUAL, "Skillnaderna är säkert mindre 2024 än 2021: staden har blivit mer jämlik."),
        (EQUAL, UNEQUAL, "Skillnaderna är säkert större 2024 än 2021: staden har blivit mindre jämlik."),
        (UNEQUAL, UNEQUAL, "Om skillnaderna har ökat eller minskat mellan 2021 och 2024 går inte att säga."),
        (EQUAL, EQUAL, "Sammantaget kan skillnaderna vara slump, både 2021 och 2024."),
        ([(3, 10)] * 11, [(4, 10)] * 11, "talen är för små"),
        (UNEQUAL[:7], UNEQUAL[:7], "Stadsdelarna skiljer sig mer än slumpen ger 2024. Om de ökar eller minskar"),
        (UNEQUAL, [(4, 10)] * 11, "Ett enda år säger inte om de ökar eller minskar. 2024 kan inte räknas"),
    ],
)
def test_whether_the_city_is_becoming_more_equal_is_said_only_when_it_is_certain(
    first: list[tuple[int | None, int | None]], last: list[tuple[int | None, int | None]], said: str
) -> None:
    assert said in equity.sentence(equity.years(rows((2021, first), (2024, last))), "share")


def test_more_than_chance_and_tau_say_one_thing() -> None:
    random = np.random.default_rng(5)
    words = dict.fromkeys(equity.WHETHER_MORE.values(), 0)
    for _ in range(400):
        ns = random.integers(60, 400, 11)
        xs = random.binomial(ns, np.clip(random.normal(0.3, random.choice([0, 0.02, 0.05]), 11), 0.12, 1))
        (year,) = found = equity.years(rows((2024, [*zip(xs.tolist(), ns.tolist(), strict=True)])))
        (row,) = equity.table(found, "share").rows
        words[row.cells[5]] += 1
        if year.excess == "more":
            assert year.spread and year.spread.is_clear
        if year.excess == "none":
            assert "(" not in row.cells[6] or "(0,00" in row.cells[6], "no interval that is clear of chance"
            assert equity.clause(found, 2024) == ""
    assert min(words[one] for one in ("ja", "möjligen", "kan vara slump")) > 10


def test_years_on_either_side_of_a_break_are_not_compared() -> None:
    before = rows((2021, UNEQUAL), is_after_break=False)
    after = rows((2023, EQUAL), (2024, EQUAL), is_after_break=True)
    found = equity.years([*before, *after])
    assert "både 2023 och 2024" in equity.sentence(found, "share")
    assert equity.clause(found, 2024) == ""


def test_one_year_says_nothing_of_a_change() -> None:
    assert "Ett enda år säger inte" in equity.sentence(equity.years(rows((2024, UNEQUAL))), "share")


def test_a_year_with_fewer_than_two_figures_is_left_out() -> None:
    assert equity.years(rows((2021, [(None, None)] * 10 + [(5, 10)]), (2024, EQUAL)))[0].year == 2024


def test_the_table_has_a_row_a_year_and_no_rank() -> None:
    shown = equity.table(equity.years(rows((2021, UNEQUAL), (2024, EQUAL))), "share")
    assert [row.cells[0] for row in shown.rows] == ["2021", "2024"]
    assert [row.cells[5] for row in shown.rows] == ["ja", "kan vara slump"]
    assert "60" in shown.rows[0].cells[4]
    assert words.EXTREMES in shown.notes, "the highest and the lowest drift back"


def test_the_page_prints_the_margin_and_the_years(shown: Any) -> None:
    assert "Även om alla vore lika skulle ungefär en av tjugo" in seen(
        run("districts", ar="2024", indikator="Tillfrågade om våld")
    )
    assert "Blir staden mer jämlik?" in seen(run("districts", ar="2024", bild="Över åren"))


MORE = "Stadsdelarna skiljer sig mer än slumpen ger 2024."


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (UNEQUAL, EQUAL, "Skillnaderna är säkert mindre 2024 än 2021: staden har blivit mer jämlik."),
        (EQUAL, UNEQUAL, f"{MORE} Skillnaderna är säkert större 2024 än 2021: staden har blivit mindre jämlik."),
        (
            UNEQUAL,
            UNEQUAL,
            f"{MORE} Om skillnaderna har ökat eller minskat mellan 2021 och 2024 går inte att säga.",
        ),
        (EQUAL, EQUAL, ""),
        (
            UNEQUAL,
            [(4, 10)] * 11,
            "Om stadsdelarna skiljer sig mer än slumpen ger 2024 går inte att säga: talen är för små.",
        ),
        ([(4, 10)] * 11, UNEQUAL, MORE),
        ([(4, 10)] * 11, SLIGHTLY, "Stadsdelarna skiljer sig möjligen mer än slumpen ger 2024."),
    ],
)
def test_the_answer_is_about_the_year_that_is_shown(
    first: list[tuple[int | None, int | None]], last: list[tuple[int | None, int | None]], said: str
) -> None:
    found = equity.years(rows((2021, first), (2024, last), (2025, EQUAL)))
    assert equity.clause(found, 2024) == said
    assert "2024" not in equity.clause(found, 2021)
    assert equity.clause(found, 2023) == "", "a year without figures is not answered with another"
