"""Rows of indicator_cases become the right cases, and those the right marks."""

from dataclasses import replace
from typing import Any

from samlad.foundation.rows import IndicatorCasesRow
from samlad.judgement.facts import Case
from samlad.judgement.figure_change import Figure
from samlad.judgement.verdicts import Mark, judge
from samlad.swedish import sentences
from samlad.views.common import judged_indicators
from samlad.warehouse.database import Warehouse
from tests.rows import filled


def row(year: int, numerator: int | None = 9, denominator: int | None = 12, **cells: Any) -> IndicatorCasesRow:
    """A row of the query for a share of units, filled with the plainest values."""
    plain: dict[str, Any] = {
        **{"organisation_id": "FA", "has_owner": True, "base_year": 2021, "base_numerator": 3, "base_denominator": 12},
        **{"measure": "share", "direction": "increase", "counts": "units", "unit": "procent av enheter"},
        **{"year": year, "numerator": numerator, "denominator": denominator},
        **{"value": numerator / denominator if numerator and denominator else None},
        **{"target": 0.75, "last_target": 1.0, "last_target_year": 2025},
        **{"organisations_reported": 1, "organisations_expected": 1},
    }
    return filled(IndicatorCasesRow, **{**plain, **cells})


def test_known_numbers_give_the_known_mark() -> None:
    assert judge(judged_indicators.case(row(2024), [row(2024)])).mark is Mark.MET
    behind = row(2024, target=0.8)
    verdict = judge(judged_indicators.case(behind, [behind]))
    assert verdict.mark is Mark.TOO_SLOW and verdict.pace == round((9 / 12 - 3 / 12) / (3 / 4) / (3 / 4), 9)


def test_a_protected_cell_gives_the_protected_mark_and_no_figure() -> None:
    hidden = row(2024, None, None, missing_reason="..")
    verdict = judge(judged_indicators.case(hidden, [hidden]))
    assert verdict.mark is Mark.PROTECTED and verdict.value is None and verdict.change is None


def test_the_citys_change_is_on_those_who_reported_both_years() -> None:
    both = row(
        2024,
        compared_numerator=6,
        compared_denominator=10,
        organisations_both=8,
        organisations_expected_both=11,
        organisation_id="CITY",
        missing_organisations=["Farsta"],
        missing_reasons=["-"],
        missing_denominators=[4],
    )
    verdict = judge(judged_indicators.case(both, [both]))
    assert verdict.change is not None
    assert (verdict.value, verdict.change.base, verdict.change.latest) == (0.75, 0.25, 0.6)
    assert verdict.mark is Mark.INSUFFICIENT, "9 of 12 with 4 unknown may be on either side of 75 %"


def test_a_year_that_some_have_not_reported_is_no_part_of_the_citys_series() -> None:
    years = [row(2023, organisations_reported=10, organisations_expected=11), row(2024)]
    assert set(judged_indicators.case(years[1], years).series) == {2023, 2024}
    assert set(judged_indicators.case(replace(years[1], organisation_id="CITY"), years).series) == {2024}


def test_after_a_break_a_change_is_counted_from_the_first_year_of_the_new_terms(example: Warehouse) -> None:
    rows = example.rows(IndicatorCasesRow, indicator_id="EX-M4-I5")
    bases = {one.year: one.base_year for one in rows}
    assert bases == {2021: 2021, 2022: 2021, 2023: 2023, 2024: 2023, 2025: 2023}
    assert all(not judged_indicators.case(one, rows).is_broken for one in rows)


def test_the_citys_base_is_the_published_pair(example: Warehouse) -> None:
    (latest,) = (one for one in example.rows(IndicatorCasesRow, indicator_id="STH-M3-I1") if one.year == 2025)
    (pair,) = (
        example._connection.cursor()
        .sql(
            "select numerator_from, denominator_from, numerator_to, denominator_to from city_changes "
            "where indicator_id = 'STH-M3-I1' and year_from = 2021 and year_to = 2025 and sex = 'total'"
        )
        .fetchall()
    )
    base = (latest.base_numerator, latest.base_denominator)
    assert (*base, latest.compared_numerator, latest.compared_denominator) == pair


def test_an_own_forecast_stands_until_its_outcome_is_there(example: Warehouse) -> None:
    rows = example.rows(IndicatorCasesRow, indicator_id="EX-M5-I3", organisation_id="FN-SOC")
    last = rows[-1]
    assert last.own_forecast is not None
    silent = replace(last, value=None, numerator=None, denominator=None, missing_reason="-")
    ahead = judge(judged_indicators.case(silent, [*rows[:-1], silent])).forecast
    assert ahead is not None and ahead.is_own and (ahead.year, ahead.value) == (last.year, last.own_forecast)
    reported = judge(judged_indicators.case(last, rows)).forecast
    assert reported is None or not reported.is_own


def test_a_protected_figure_has_no_forecast_beside_it(example: Warehouse) -> None:
    city = example.rows(IndicatorCasesRow)
    assert all(row.own_forecast is None for row in city), "the city has no forecast of its own"
    rows = example.rows(IndicatorCasesRow, organisation_id="SDN-FA")
    hidden = [row for row in rows if row.missing_reason == ".."]
    assert hidden and all(row.own_forecast is None for row in hidden)


def test_who_reports_is_read_from_those_who_are_expected_to(example: Warehouse) -> None:
    found = {row.indicator_id: row.reporters for row in example.rows(IndicatorCasesRow)}
    assert found["EX-M7-I4"] == "both" and found["STH-M3-I1"] == "namnder"
    said = {one.year: one for one in example.rows(IndicatorCasesRow, indicator_id="EX-M7-I4")}
    verdict = judge(judged_indicators.case(said[2024], list(said.values())))
    assert "nämnder och bolag" in sentences.reading(verdict)


def test_an_index_that_namnder_reported_is_not_said_to_be_none_of_the_citys_concern() -> None:
    reported = Case("index", "increase", 2025, Figure(missing_reason="."), reported=10, expected=11, is_sum=True)
    assert "kan inte räknas samman" in sentences.reading(judge(reported))
    concerned = Case("index", "increase", 2025, Figure(missing_reason="."), reported=0, expected=0)
    assert sentences.reading(judge(concerned)).startswith("Ej aktuellt")
