"""Charts of one indicator over the years: nothing protected is drawn, and forecasts and events go by name."""

from dataclasses import replace
from typing import Any

from samlad.foundation.rows import IndicatorCasesRow
from samlad.judgement.facts import Case
from samlad.judgement.figure_change import Figure
from samlad.judgement.verdicts import judge
from samlad.report import charts
from samlad.views.common import judged_indicators, year_chart
from samlad.views.common.judged_indicators import Judged
from samlad.warehouse.database import Warehouse
from tests.rows import filled


def followed(example: Warehouse, organisation_id: str | None = None) -> list[Judged]:
    """Every indicator, judged as the pages judge it."""
    rows = example.rows(IndicatorCasesRow, organisation_id=organisation_id)
    held: dict[str, list[IndicatorCasesRow]] = {}
    for row in rows:
        held.setdefault(row.indicator_id, []).append(row)
    return [
        Judged(
            {row.year: row for row in of_one},
            {row.year: judge(judged_indicators.case(row, of_one)) for row in of_one},
        )
        for of_one in held.values()
    ]


def test_what_is_protected_is_drawn_with_no_number(example: Warehouse) -> None:
    hidden = 0
    for organisation_id in (None, "SDN-FA", "SDN-SK"):
        for one in followed(example, organisation_id):
            for year in one.rows:
                for point in year_chart.drawn(one, year).to_pylist():
                    row = one.rows.get(int(point["year"]))
                    if row is not None and row.missing_reason == "..":
                        hidden += 1
                        assert {point[name] for name in ("value", "open", "joined", "lower", "upper", "own")} == {None}
                        assert point["told"].endswith("Skyddat") or point["ahead"] is not None
                        assert point["missing"] == ".."
    assert hidden > 20


def test_where_the_latest_is_protected_nothing_leads_on_from_it(example: Warehouse) -> None:
    found = [
        (one, year)
        for one in followed(example, "SDN-FA")
        for year, row in one.rows.items()
        if row.missing_reason == ".."
    ]
    assert found
    for one, year in found:
        drawn = year_chart.drawn(one, year).to_pylist()
        assert {point[name] for point in drawn for name in ("towards", "ahead", "ahead_lower", "pace")} == {None}


def one_of(case: Case, **row: Any) -> Judged:
    """An indicator followed in one year only."""
    plain = {
        **{"indicator": "I", "origin": "own", "measure": case.measure, "unit": "procent", "counts": case.counts},
        **{"year": case.year, "numerator": case.latest.numerator, "denominator": case.latest.denominator},
        **{"value": case.value(case.latest), "target": case.target, "target_set_by": "kf", "has_owner": True},
        **{"organisations_expected": 1, "organisations_reported": 1},
    }
    return Judged({case.year: filled(IndicatorCasesRow, **{**plain, **row})}, {case.year: judge(case)})


CERTAIN = Case(
    *("share", "increase", 2023, Figure(520, 1000)),
    base_year=2021,
    base=Figure(400, 1000),
    target=0.5,
    last_target=0.7,
    last_target_year=2025,
)


def test_our_forecast_is_drawn_in_its_year_with_its_range() -> None:
    first, last = year_chart.drawn(one_of(CERTAIN), 2023).to_pylist()
    assert (first["year"], first["towards"], first["ahead"]) == ("2023", 0.52, None)
    assert (last["year"], round(last["ahead"], 2), last["value"]) == ("2025", 0.64, None)
    assert last["ahead_lower"] < last["ahead"] < last["ahead_upper"]
    assert "Fortsätter det i samma takt" in last["told"]
    shapes = [words for _, words in year_chart.forecast_shapes(year_chart.drawn(one_of(CERTAIN), 2023))]
    assert shapes == ["vår prognos, om det fortsätter i samma takt"]


def test_a_change_that_may_be_chance_is_not_drawn_on() -> None:
    unsure = replace(CERTAIN, latest=Figure(41, 100), base=Figure(40, 100))
    rows = year_chart.drawn(one_of(unsure), 2023)
    assert rows["ahead"].null_count == rows.num_rows
    assert year_chart.forecast_shapes(rows) == []


def test_the_own_forecast_is_another_shape_with_its_own_words() -> None:
    unsure = replace(CERTAIN, latest=Figure(41, 100), base=Figure(40, 100))
    rows = year_chart.drawn(one_of(unsure, own_forecast=0.45), 2023)
    assert rows["own"].to_pylist()[0] == 0.45
    assert [words for _, words in year_chart.forecast_shapes(rows)] == ["egen prognos, lämnad under året"]


def test_events_and_breaks_stand_at_their_year() -> None:
    rows = year_chart.drawn(one_of(CERTAIN, break_year=2023), 2023, {2023: "Järva bildas"}).to_pylist()
    assert (rows[0]["event_word"], rows[0]["break_word"]) == ("Järva bildas", "ny definition")
    assert (rows[1]["event_word"], rows[1]["break_word"]) == ("", "")


def test_the_large_chart_draws_every_column_and_keeps_the_years_in_order() -> None:
    spec = charts.years("share", "procent")
    told = str(spec)
    drawn = {name for name in year_chart.DRAWN.names if f"'{name}'" in told or f"{name}" in told}
    assert drawn == set(year_chart.DRAWN.names)
    assert "'sort': 'ascending'" in told and "'sort': None" not in told
