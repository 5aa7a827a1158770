"""Stadsdelar: what districts are held against, the pictures, what is hidden, and what stays chosen."""

import math
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats as scipy_stats
from streamlit.testing.v1 import AppTest

from samlad.foundation.rows import (
    DistrictChangesRow,
    DistrictComparisonRow,
    DistrictFunnelRow,
    DistrictGoalRow,
    DistrictSexesRow,
    DistrictYearsRow,
    IndicatorCasesRow,
    ReportedViolenceRow,
)
from samlad.foundation.store import DataFolder
from samlad.judgement import judged_years
from samlad.judgement.comparisons import Contrast
from samlad.swedish import numbers, row_words, words
from samlad.views.common import choose
from samlad.views.districts import (
    district_alike,
    district_charts,
    district_choices,
    district_comparison,
    district_context,
    district_funnel,
    district_goal,
    district_rows,
    district_sexes,
    district_tiles,
    district_years,
)
from samlad.views.districts.district_rows import ComparedDistrict
from samlad.warehouse.database import Warehouse
from tests.rows import filled
from tests.test_charts import fields
from tests.test_pages import before_charts, forgotten, run, seen

__all__ = ["forgotten"]

RATE, SHARE, UNITS, BROKEN = "EX-M3-I2", "EX-M3-I1", "STH-M3-I1", "EX-M4-I5"
PICTURES = (
    district_choices.DOTS,
    district_choices.TILES,
    district_choices.YEARS,
    district_choices.SLOPE,
    district_choices.FUNNEL,
    district_choices.SEXES,
    district_choices.ALIKE,
    district_choices.AROUND,
)


def compared(example: Warehouse, indicator_id: str = RATE, year: int = 2024, **more: Any) -> list[ComparedDistrict]:
    """The comparison of one indicator, with an earlier year when one is asked for."""
    asked = {"indicator_id": indicator_id, "year": year, **more}
    changes = example.rows(DistrictChangesRow, **asked) if "earlier" in asked else []
    asked.pop("earlier", None)
    rows = district_rows.compared(example.rows(DistrictComparisonRow, **asked), changes)
    over_time = example.rows(
        DistrictYearsRow, **{name: asked[name] for name in ("indicator_id", "sex", "division") if name in asked}
    )
    return district_comparison.with_outcome(rows, year, over_time)


def linked(app: AppTest) -> str:
    """All that a page links to."""
    return " ".join(re.findall(r'href="([^"]*)"', " ".join(one.value for one in app.html)))


def asked(spec: dict[str, Any]) -> set[str]:
    """The fields a spec reads from its rows."""
    return set(fields(spec))


# What districts are held against


def test_a_district_is_never_held_against_itself(example: Warehouse) -> None:
    for indicator_id in (RATE, SHARE, UNITS):
        rows = compared(example, indicator_id)
        city = {row.numerator + row.rest_numerator for row in rows if row.numerator is not None}
        assert len(city) == 1, "a district and the rest are the city, with nobody twice"
        assert all(row.rest_denominator > 0 for row in rows if row.comparison)


def test_the_same_district_earlier_is_compared_by_its_own_counts(example: Warehouse) -> None:
    rows = compared(example, SHARE, earlier=2021)
    then = {row.district: row.value for row in compared(example, SHARE, 2021)}
    told = [row for row in rows if row.earlier_value is not None]
    assert len(told) >= 5
    assert all(row.earlier_value == then[row.district] for row in told)
    assert all(row.value is not None for row in told), "of a hidden district nothing earlier is told beside it"
    assert {row.earlier_comparison for row in told} <= set(words.COMPARISONS)
    assert all(
        Contrast(
            row.measure,
            row.numerator,
            row.denominator,
            row.earlier_numerator,
            row.earlier_denominator,
        ).standing
        == row.earlier_comparison
        for row in told
    )


def test_nothing_is_compared_across_a_break_and_units_have_no_certain_change(example: Warehouse) -> None:
    assert {row.earlier_value for row in compared(example, BROKEN, 2024, earlier=2022)} == {None}
    assert any(row.earlier_value for row in compared(example, BROKEN, 2024, earlier=2023))
    assert {row.earlier_comparison for row in compared(example, UNITS, earlier=2021)} == {None}


def test_an_arsmal_is_a_fact_and_no_certain_difference(example: Warehouse) -> None:
    rows = compared(example, UNITS)
    held = district_comparison.held_against(rows, district_choices.TARGET, None)
    drawn = district_comparison.drawn(held, district_choices.TARGET).to_pylist()
    for row, point in zip(rows, drawn, strict=True):
        word = point["word_after"] or point["word_before"]
        assert word == (words.OUTCOMES[row.outcome][1] if row.outcome else "")
        assert point["rest"] is None and not point["is_open"]
        assert (point["shape"] == "none") == (row.outcome != "missed")
    met = sum(row.outcome == "met" for row in rows)
    assert district_comparison.reading(held, district_choices.TARGET, None).startswith(f"{met} av ")


# Tiles


@pytest.mark.parametrize("division", [None, "2021-01-01"])
def test_every_district_of_today_and_of_2021_has_a_tile_of_its_own(example: Warehouse, division: str | None) -> None:
    rows = compared(example, UNITS, 2022, division=division)
    places = district_tiles.places([row.district for row in rows])
    assert len(set(places.values())) == len(rows) == (11 if division is None else 13)
    assert all(name in district_tiles.PLACES for name in places)
    assert max(row for _, row in places.values()) < district_tiles.height(rows) <= 4


def test_a_district_nobody_has_placed_gets_a_tile_below_and_no_tile_is_shared() -> None:
    places = district_tiles.places(["Järva", "Rinkeby-Kista", "Mars", "Venus", "Pluto", "Jupiter", "Saturnus"])
    assert places["Järva"] == (1, 0)
    assert len(set(places.values())) == 7
    assert all(row > 0 for name, (_, row) in places.items() if name != "Järva")
    assert len(set(district_tiles.places(["X", "Y"]).values())) == 2


def test_a_tile_has_symbol_and_word_for_its_colour_and_no_number_where_there_is_none(example: Warehouse) -> None:
    hidden = 0
    for indicator_id in (RATE, SHARE, "EX-M2-I1"):
        for sex in ("total", "women"):
            rows = compared(example, indicator_id, sex=sex)
            tiles = district_tiles.drawn(rows, district_choices.REST, "resten av staden", ())
            for row, tile in zip(rows, tiles.to_pylist(), strict=True):
                if row.comparison:
                    word = tile["word"].replace("\n", " ")
                    assert word == f"{district_tiles.SYMBOLS[row.comparison]} {row_words.comparison(row)}"
                if row.missing_reason == "..":
                    hidden += 1
                    assert (tile["word"], tile["figure"], tile["tone"]) == ("", "Skyddat", "plain")
                    assert not re.search(r"\d", tile["figure"] + tile["told"])
    assert hidden


# Funnel


@pytest.mark.long
def test_the_funnel_stands_where_sizes_differ_more_than_threefold_and_leaves_the_hidden_out(example: Warehouse) -> None:
    shown = set()
    for indicator_id in (RATE, SHARE, "EX-M2-I1", "EX-M4-I2"):
        for year in (2022, 2024, 2025):
            rows = example.rows(DistrictFunnelRow, indicator_id=indicator_id, year=year)
            known = [row for row in compared(example, indicator_id, year) if row.numerator is not None]
            sizes = [row.denominator for row in known]
            held = {row.district for row in rows if row.organisation_id}
            assert bool(held) == district_comparison.sizes_differ(compared(example, indicator_id, year))
            assert held == ({row.district for row in known} if max(sizes) > 3 * min(sizes) else set())
            shown.add(bool(held))
    assert shown == {True, False}


def interval_of_counts(counts: Any, tail: float) -> tuple[Any, Any]:
    """Poisson's exact interval of counts below 10 and Byar's of others, as methods.md has them, by scipy alone."""
    z = scipy_stats.norm.isf(tail)
    exact = scipy_stats.chi2.ppf(tail, 2 * counts) / 2, scipy_stats.chi2.isf(tail, 2 * counts + 2) / 2
    more = counts + 1
    byar = (
        counts * (1 - 1 / (9 * counts) - z / (3 * np.sqrt(counts))) ** 3,
        more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3,
    )
    return np.where(counts < 10, exact[0], byar[0]), np.where(counts < 10, exact[1], byar[1])


def test_the_limits_of_shares_are_cut_and_those_of_rates_are_poissons(example: Warehouse) -> None:
    assert not example.rows(DistrictFunnelRow, indicator_id=UNITS, year=2024), "full counts have no funnel"
    shares = example.rows(DistrictFunnelRow, indicator_id="EX-M4-I3", year=2024)
    for row in shares:
        error = math.sqrt(row.level * (1 - row.level) / row.size)
        for level, z in (("95", scipy_stats.norm.ppf(0.975)), ("998", scipy_stats.norm.ppf(0.999))):
            assert getattr(row, f"lower_{level}") == pytest.approx(max(0, row.level - z * error), abs=1e-6)
            assert getattr(row, f"upper_{level}") == pytest.approx(min(1, row.level + z * error), abs=1e-6)
    assert any(row.lower_998 == 0 for row in shares)
    rates = example.rows(DistrictFunnelRow, indicator_id=RATE, year=2024)
    assert rates
    counts = np.arange(1, 3000)
    for row in rates:
        expected = row.level * row.size / 1000
        for level, tail in (("95", 0.025), ("998", 0.001)):
            least, most = interval_of_counts(counts, tail)
            lower, upper = np.interp(expected, most, counts), np.interp(expected, least, counts)
            assert getattr(row, f"lower_{level}") == pytest.approx(lower * 1000 / row.size, abs=1e-6)
            assert getattr(row, f"upper_{level}") == pytest.approx(upper * 1000 / row.size, abs=1e-6)


def test_the_funnel_says_how_many_are_counted_and_tells_a_district_as_the_dots_do(example: Warehouse) -> None:
    rows = example.rows(DistrictFunnelRow, indicator_id=SHARE, year=2024)
    of_all = compared(example, SHARE)
    counted = sum(row.numerator is not None for row in of_all)
    said = district_funnel.sentence(rows, len(of_all))
    assert counted < len(of_all) and f"{counted} av {len(of_all)} är med i beräkningen" in said
    table = district_funnel.table(rows, of_all, "Tratt", ("Farsta",))
    assert len(table.rows) == counted
    assert sum("(vald)" in row.cells[0] for row in table.rows) == 1
    assert asked(district_charts.funnel("share", "A", "B")) <= set(district_funnel.DRAWN.names)


@pytest.mark.long
def test_where_dots_and_funnel_disagree_the_dots_are_told(example: Warehouse) -> None:
    disagreeing = 0
    for indicator_id in (RATE, SHARE, "EX-M2-I1", "EX-M4-I2"):
        for year in (2021, 2022, 2023, 2024, 2025):
            of_all = compared(example, indicator_id, year)
            dots = {point["district"]: point for point in district_comparison.drawn(of_all).to_pylist()}
            rows = example.rows(DistrictFunnelRow, indicator_id=indicator_id, year=year)
            for row, point in zip(rows, district_funnel.drawn(rows, of_all).to_pylist(), strict=True):
                if row.organisation_id:
                    same = dots[row.district]
                    assert [point[name] for name in ("shape", "tone", "is_open")] == [
                        same[name] for name in ("shape", "tone", "is_open")
                    ]
                    is_outside = not row.lower_95 <= row.value <= row.upper_95
                    disagreeing += is_outside != (point["shape"] != "none")
    assert disagreeing, "the example has one that the two tests see differently"


# Years


def test_a_break_begins_a_new_line_and_what_is_hidden_has_no_place(example: Warehouse) -> None:
    rows = example.rows(DistrictYearsRow, indicator_id=BROKEN)
    drawn = district_years.panels(rows, ("Farsta",)).to_pylist()
    series = {point["series"] for point in drawn if point["kind"] == "point" and point["district"] == "Farsta"}
    assert len(series) == 2
    assert any(point["kind"] == "break" for point in drawn)
    assert "ny definition från 2023" in district_years.break_words(rows, "Annan fråga.")[0]
    known = sum(row.value is not None for row in rows)
    assert sum(point["kind"] == "point" for point in drawn) == known
    assert {point["word"] for point in drawn if point["kind"] == "missing"} <= {".", "..", numbers.DASH}
    assert asked(district_charts.small_years(3, 4)) <= set(district_years.PANELS.names)
    assert {point["district"] for point in drawn if point["is_chosen"]} == {"Farsta"}


def test_every_panel_keeps_to_its_own_place(example: Warehouse) -> None:
    rows = example.rows(DistrictYearsRow, indicator_id=SHARE)
    for place, (name, _) in enumerate(district_years.by_district(rows)):
        column, line = place % district_years.COLUMNS, place // district_years.COLUMNS
        for point in district_years.panels(rows, ()).to_pylist():
            if point["district"] == name:
                assert column <= point["at"] <= column + 1
                assert all(line <= point[end] <= line + 1 for end in ("value_at", "upper_at") if point[end] is not None)


def test_the_slope_draws_those_with_both_years_and_moves_their_names_apart(example: Warehouse) -> None:
    rows = compared(example, SHARE, earlier=2021)
    drawn = district_years.slope(rows, 2021, 2024, ()).to_pylist()
    both = [row.district for row in rows if row.value is not None and row.earlier_value is not None]
    assert sorted({point["district"] for point in drawn}) == sorted(both) and len(drawn) == 2 * len(both)
    labels = sorted(point["label_at"] for point in drawn if point["label_at"] is not None)
    values = [point["value"] for point in drawn if point["label"]]
    space = (max(values) - min(values)) / 13
    assert all(after - before > 0.9 * space for before, after in pairwise(labels))
    assert f"{len(both)} av 11 stadsdelar har tal för både 2021 och 2024" in district_years.slope_sentence(
        rows, 2021, 2024
    )


# Women and men


def test_women_and_men_are_compared_only_where_both_have_counts(example: Warehouse) -> None:
    women, men = district_sexes.apart(example.rows(DistrictSexesRow, indicator_id="EX-M2-I1", year=2024))
    assert len(women) == len(men) > 5
    drawn = district_sexes.drawn(women, men).to_pylist()
    hidden = [point for point in drawn if "skyddat" in point["missing"]]
    assert hidden and all(point["value"] is None and point["lower"] is None for point in hidden)
    table = district_sexes.table(women, men, "Kön", ())
    for row in table.rows:
        if "Skyddat" in row.cells:
            assert row.cells[-1] == numbers.DASH


def test_a_difference_between_women_and_men_is_newcombes() -> None:
    woman, man = (
        filled(DistrictSexesRow, measure="share", counts="persons", varies=True, numerator=x, denominator=n)
        for x, n in ((56, 70), (48, 80))
    )
    assert district_sexes.difference(woman, man) == "maybe_higher"
    assert district_sexes.difference(man, woman) == "maybe_lower"
    assert district_sexes.difference(woman, woman) == "none"
    assert district_sexes.difference(replace(woman, numerator=None), man) is None
    assert district_sexes.difference(replace(woman, varies=False), man) is None


# A goal


def test_a_goal_has_a_row_a_district_and_a_mark_a_word_and_a_colour_in_each_compared_cell(example: Warehouse) -> None:
    rows = example.rows(DistrictGoalRow, goal_id="STH-M3", year=2024)
    table = district_goal.table(rows, "Mål 3", ("Järva",), 5)
    assert len(table.rows) == 11 and len(table.columns) == 6
    told = {indicator_id: compared(example, indicator_id) for indicator_id in {row.indicator_id for row in rows}}
    for row in rows:
        same = next(one for one in told[row.indicator_id] if one.district == row.district)
        assert (row.value, row.comparison) == (same.value, same.comparison)
    cell = str(table.rows[2].cells[1])
    assert "▲" in cell and "säkert bättre" in cell and "color:" in cell
    assert [str(row.cells[0]) for row in table.rows][5] == "<strong>Järva</strong> (vald)"


# Alike districts


def test_the_most_alike_are_those_nearest_in_size_and_violence_and_never_the_district_itself(
    example: Warehouse,
) -> None:
    context = example.rows(ReportedViolenceRow, year=2024)
    known = {row.place: row for row in context if row.kind == "district"}
    found = district_alike.distances(context, "Farsta")
    assert "Farsta" not in dict(found) and len(found) == 10
    assert [away for _, away in found] == sorted(away for _, away in found)
    sizes = [math.log(row.population) for row in known.values()]
    rates = [row.rate_per_1000 for row in known.values()]
    (other, away) = found[0]
    expected = math.hypot(
        (math.log(known[other].population) - math.log(known["Farsta"].population)) / scipy_stats.tstd(sizes),
        (known[other].rate_per_1000 - known["Farsta"].rate_per_1000) / scipy_stats.tstd(rates),
    ) * math.sqrt(11 / 10)
    assert away == pytest.approx(expected, abs=1e-9)
    assert district_alike.distances(context, "Rinkeby-Kista") == []


def test_alike_districts_stand_in_a_fixed_order_and_a_hidden_one_has_nothing_beside_it(example: Warehouse) -> None:
    context, hidden = example.rows(ReportedViolenceRow, year=2024), 0
    for indicator_id in (SHARE, "EX-M2-I1"):
        rows = compared(example, indicator_id)
        for name in [row.district for row in rows]:
            drawn = district_alike.picture(rows, context, "T", (name,)).rows.to_pylist()
            names = [point["district"] for point in drawn]
            assert name in names and len(names) == 4 and names == sorted(names)
            for point in drawn:
                if point["missing"]:
                    hidden += point["missing"] == "Skyddat"
                    assert (point["value"], point["rest"], point["shape"]) == (None, None, "none")
    assert hidden


def test_a_district_without_public_figures_or_a_figure_says_so(example: Warehouse) -> None:
    context = example.rows(ReportedViolenceRow, year=2024)
    older = compared(example, SHARE, 2022, division="2021-01-01")
    picture = district_alike.picture(older, context, "T", ("Rinkeby-Kista",))
    assert "har inga offentliga tal" in picture.reading
    row = compared(example, SHARE)[0]
    silent = replace(row, value=None, numerator=None, missing_reason="..")
    assert "inget tal att visa" in district_alike.sentence(silent, ["Farsta"], None, None)
    assert district_alike.compared(silent, district_alike.pooled([row])) is None
    assert district_alike.pooled([silent]) is None


# The page


@pytest.mark.parametrize("picture", PICTURES)
def test_each_picture_has_its_sentence_and_its_table_and_marks_the_chosen(shown: DataFolder, picture: str) -> None:
    app = run("districts", ar="2024", indikator="Tillfrågade om våld", bild=picture, valda="Farsta")
    assert not app.exception and not app.error
    told = seen(app)
    (before,) = before_charts(app)
    assert re.search(r"<h2>.+<p>[^<]{20,}</p>", before, re.DOTALL)
    assert "Farsta (vald)" in told
    assert not re.search(r"\bplats \d+\b|\brank|\bNone\b|\bnan\b", told)
    assert "stadsdelar skiljer sig säkert" in told


def test_the_answer_names_those_that_differ_and_says_whether_the_differences_shrink(shown: DataFolder) -> None:
    told = seen(run("districts", ar="2024", indikator="Tillfrågade om våld"))
    assert "skiljer sig säkert från resten av staden: bättre i Farsta och Skärholmen, sämre i Södermalm." in told
    assert "En skiljer sig möjligen: sämre i Norra innerstaden." in told
    assert "Stadsdelarna skiljer sig mer än slumpen ger 2024." in told


def test_the_city_stands_as_tiles_beside_the_dots_with_the_same_marks_and_no_figures(example: Warehouse) -> None:
    rows = compared(example, "EX-M3-I1")
    drawn = district_tiles.drawn(rows, district_choices.REST, "resten av staden", ("Farsta",))
    small = district_tiles.small(drawn) or ""
    tiles = re.findall(r'<div style="([^"]+)" title="[^"]*"><i[^>]*>(.)</i>([^<]+)</div>', small)
    assert [name.replace("\n", "") for _, _, name in tiles] == [
        tile["name"].replace("\n", "") for tile in drawn.to_pylist()
    ]
    for (look, symbol, _), row in zip(tiles, rows, strict=True):
        assert symbol == district_tiles.SYMBOLS.get(row.comparison or "", "–")
        assert ("dashed" in look) == (row.value is None or "maybe" in (row.comparison or ""))
    assert not re.search(r"\d", re.sub(r"<[^>]+>", "", small))
    assert "Streck: inget tal" in small
    counts = compared(example, "EX-M3-I3")
    assert {row.comparison for row in counts} == {None} and any(row.value for row in counts)
    assert district_tiles.small(district_tiles.drawn(counts, district_choices.REST, "resten av staden", ())) is None


def test_a_goal_says_how_many_differ_and_in_which_units_the_bare_figures_stand(example: Warehouse) -> None:
    rows = example.rows(DistrictGoalRow, goal_id="STH-M3", year=2024)
    found = rows
    certain = [row for row in found if row.comparison in ("higher", "lower")]
    possible = [row for row in found if (row.comparison or "").startswith("maybe")]
    said = district_goal.sentence(rows, 2024)
    assert f"{len(certain)} är säkra skillnader: " in said and said.endswith("; 1 är en möjlig skillnad.")
    assert len(possible) == 1
    notes = " ".join(district_goal.table(rows, "Mål 3", (), 5).notes)
    for row in found:
        is_told = f"{row.indicator} ({row.unit})" in notes
        assert is_told == (row.measure not in ("share", "yes_no"))


def test_a_change_between_two_years_has_the_words_of_every_comparison(example: Warehouse) -> None:
    rows = compared(example, SHARE, earlier=2021)
    held = district_comparison.held_against(rows, district_choices.EARLIER, 2021)
    for said in (
        district_comparison.reading(held, district_choices.EARLIER, 2021),
        district_years.slope_sentence(rows, 2021, 2024),
    ):
        assert re.search(r"(\d+ av|Alla) \d+ stadsdelar har säkert ändrats sedan 2021: bättre i ", said)
    words = {row.cells[-1] for row in district_comparison.table(rows, "T", earlier=2021).rows}
    assert words <= {
        "–",
        "säkert bättre",
        "möjligen bättre",
        "ingen säker förändring",
        "möjligen sämre",
        "säkert sämre",
    }


def test_full_counts_are_told_without_interval_test_or_certainty(example: Warehouse) -> None:
    for indicator_id in (UNITS, "EX-M7-I1"):
        rows = compared(example, indicator_id, earlier=2021)
        for row in rows:
            assert {row.lower_95, row.upper_95, row.comparison, row.earlier_comparison} == {None}
        drawn = district_comparison.drawn(rows).to_pylist()
        assert {(point["shape"], point["tone"], point["lower"], point["upper"]) for point in drawn} == {
            ("none", "plain", None, None)
        }
        held = district_comparison.held_against(rows, district_choices.EARLIER, 2021)
        told = " ".join(
            [
                district_comparison.differences(rows),
                district_comparison.reading(held, district_choices.EARLIER, 2021),
                district_years.slope_sentence(rows, 2021, 2024),
                *(cell for row in district_comparison.table(rows, "T", earlier=2021).rows for cell in row.cells),
                *(words for _, words in district_comparison.legend(rows)),
            ]
        )
        assert "säker" not in told and "möjlig" not in told and "osäkerhet" not in told
        assert re.search(r"(\d+ av|Alla) \d+ stadsdelar skiljer sig från resten av staden: bättre i ", told)
        assert re.search(r"\d+ har ökat|Alla \d+ har ökat", told)
        years = example.rows(DistrictYearsRow, indicator_id=indicator_id)
        assert {row.lower_95 for row in years} == {None}


@pytest.mark.long
@pytest.mark.parametrize("indicator_id", [SHARE, RATE, UNITS, "EX-M4-I3", "EX-M6-I2"])
def test_an_arsmal_is_judged_as_everywhere_else(example: Warehouse, indicator_id: str) -> None:
    tried = set()

    @cache
    def judged(organisation_id: str) -> judged_years.Judged | None:
        cases = example.rows(IndicatorCasesRow, organisation_id=organisation_id, indicator_id=indicator_id)
        return next(iter(judged_years.judged(cases)), None)

    for year in (2021, 2022, 2024, 2025):
        for row in compared(example, indicator_id, year):
            one = judged(row.organisation_id)
            verdict = one.verdicts.get(year) if one else None
            met = verdict.met if verdict else None
            assert row.outcome == {True: "met", False: "missed", None: None}[met], (year, row.district)
            tried.add((year, row.outcome))
    assert {outcome for year, outcome in tried if year == 2021} == {None}, "in the base year nothing is tried"
    assert {outcome for _, outcome in tried} > {None} or indicator_id == RATE


def test_extremes_are_said_to_drift_back_where_they_are_listed(shown: DataFolder) -> None:
    address = {"ar": "2024", "indikator": "Tillfrågade om våld"}
    assert words.EXTREMES not in seen(run("districts", **address))
    assert seen(run("districts", **address, ordning="Efter värde")).count(words.EXTREMES) == 1
    assert seen(run("districts", **address, bild="Över åren")).count(words.EXTREMES) == 1


@pytest.mark.long
def test_rebuilding_is_told_only_of_what_is_shown_and_was_rebuilt(shown: DataFolder) -> None:
    said = "är omräknade genom att delarnas antal har lagts ihop"
    address = {"indikator": "Tillfrågade om våld"}
    assert said in seen(run("districts", ar="2022", **address))
    assert said not in seen(run("districts", ar="2024", **address))
    assert said in seen(run("districts", ar="2024", bild="Över åren", **address))
    assert said not in seen(run("districts", ar="2022", indelning="Som rapporterat", **address))
    assert said not in seen(run("goal", ar="2024", mal="1 Förebygga våld", organisation="Arbetsmarknadsnämnden"))
    assert said in seen(run("goal", ar="2024", mal="3 Upptäcka våld", organisation="Järva"))
    assert said not in seen(run("indicator", ar="2024", namn="Samhällsorientering"))
    assert said in seen(run("indicator", ar="2024", namn="Tillfrågade om våld"))


def test_another_choice_is_another_picture_and_the_same_choice_is_not_drawn_again(
    shown: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    draw = district_comparison.drawn

    def counted(*given: Any) -> pa.Table:
        made.append("drawn")
        return draw(*given)

    monkeypatch.setattr(district_comparison, "drawn", counted)
    app = run("districts", ar="2024", indikator="Tillfrågade om våld")
    first = list(made)
    app.run()
    assert made == first == ["drawn"]
    app.multiselect(key="valda").select("Farsta").run()
    assert len(made) == 2 and "Farsta (vald)" in seen(app)


def test_a_goal_prints_the_flags_that_chance_alone_would_give(shown: DataFolder) -> None:
    told = seen(run("districts", ar="2024", visa="Ett mål", mal="3 Upptäcka våld"))
    assert re.search(r"Även om alla vore lika skulle ungefär en av \w+ sticka ut av en slump", told)
    assert "Allt är räknat, inget urval, så ingen skillnad kallas säker eller möjlig: Rutinfrågor om våld." in told


def test_a_goal_is_one_table_and_the_division_of_any_date_can_be_asked_for(shown: DataFolder) -> None:
    app = run("districts", ar="2022", visa="Ett mål", mal="3 Upptäcka våld", indelning="Från 1 januari 2021")
    told = seen(app)
    assert app.title[0].value == "Stadsdelar: mål 3 Upptäcka våld 2022"
    assert "Rinkeby-Kista" in told and "Norra innerstaden 7" not in told
    assert not app.get("vega_lite_chart")


def test_what_is_chosen_goes_with_every_link(shown: DataFolder) -> None:
    app = run("districts", ar="2024")
    app.multiselect(key="valda").select("Farsta").run()
    told = next(one.value for one in app.html if "<table" in one.value)
    assert "<strong>Farsta</strong> (vald)" in told
    assert choose.DISTRICTS.isascii()
    assert "valda=Farsta" in linked(run("goal", ar="2024", valda="Farsta"))


def test_the_population_stands_beside_reported_violence_with_its_source_and_no_judgement(example: Warehouse) -> None:
    rows = example.rows(ReportedViolenceRow, year=2024)
    told = district_context.population(rows, False, ("Farsta",))
    held = [row for row in rows if row.kind == "district"]
    assert len(re.findall("<dt>", told)) == len(held) == 11
    for row in held:
        assert f"</b>{numbers.number(row.population)}</dd>" in told
    assert "Källa: SCB" in told and "Farsta</strong> (vald)" in told
    assert not re.search("2a7bbf|d4541f", told), "neither the colour of better nor that of worse"


def test_the_public_figures_mark_the_chosen_and_say_which_year(example: Warehouse) -> None:
    rows = example.rows(ReportedViolenceRow, year=2024)
    table = district_context.violence_table(rows, "Våld", ("Farsta",))
    assert sum("(vald)" in row.cells[0] for row in table.rows) == 1
    assert [row.cells[1] for row in table.rows if row.cells[0].startswith("Utan plats")] == ["87"]
    assert "Källa" in table.notes[1]
