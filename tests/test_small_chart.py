"""The small chart of Mål: axes, what is drawn and what is not, and lines that end where there is nothing to join."""

import re
from urllib.parse import unquote

import pyarrow as pa
import pytest

from samlad.report import charts
from samlad.views.common import small_chart, year_chart
from samlad.warehouse.database import Warehouse
from tests.test_years import followed


def drawn(*points: dict[str, object], measure: str = "share") -> str:
    """The drawing of a few years, from 2021 on; what a point does not say is not there."""
    plain = {"part": "before", "break_word": "", "event_word": "", "missing": "", "told": ""}
    rows = [{**plain, "year": str(2021 + at), "joined": point.get("value"), **point} for at, point in enumerate(points)]
    return small_chart.drawing(pa.Table.from_pylist(rows, year_chart.DRAWN), measure, "Indikatorn")


def lines(drawing: str, colour: str) -> list[str]:
    """The corners of each line of a colour."""
    (picture,) = re.findall(r'src="data:image/svg\+xml,([^"]+)"', drawing)
    return re.findall(rf'points="([^"]+)" fill="none" stroke="{colour}"', unquote(picture))


@pytest.mark.parametrize(
    ("values", "measure", "ticks"),
    [
        ([], "share", [0, 0.5, 1]),
        ([0.2], "yes_no", [0, 0.5, 1]),
        ([698, 1250], "count", [0, 500, 1000, 1500]),
        ([3.54, 3.1], "rate", [0, 2, 4]),
        ([6.9, 7.5], "index", [6.8, 7.0, 7.2, 7.4, 7.6]),
        ([7.0], "index", [7.0, 7.5, 8.0]),
        ([0, 0], "count", [0, 0.5, 1]),
        ([], "count", [0, 0.5, 1]),
        ([-3, 4], "rate", [-5, 0, 5]),
    ],
)
def test_an_axis_holds_what_is_drawn_between_round_figures(
    values: list[float], measure: str, ticks: list[float]
) -> None:
    found = small_chart.axis(values, measure)
    assert list(found.ticks) == pytest.approx(ticks)
    assert all(0 <= found.height(value) <= 100 for value in values)


def test_the_axis_is_written_in_swedish() -> None:
    assert all(f">{words}</s>" in drawn({"value": 0.5}) for words in ("0\u00a0%", "50\u00a0%", "100\u00a0%"))
    assert all(f">{words}</s>" in drawn({"value": 1.0}, measure="yes_no") for words in ("nej", "hälften", "ja"))
    assert ">1\u00a0000</s>" in drawn({"value": 900.0}, measure="count")
    assert ">7,2</s>" in drawn({"value": 6.9}, {"value": 7.5}, measure="index")


def test_a_year_has_its_figure_its_interval_its_target_and_what_is_told_of_it() -> None:
    told = drawn({"value": 0.5, "lower": 0.4, "upper": 0.6, "target": 0.7, "told": 'nästan <"så">'})
    assert '<b class="range" style="bottom:40%;height:20%"></b>' in told
    assert '<b class="dot" style="bottom:50%"></b>' in told and '<b class="aim" style="bottom:70%"></b>' in told
    assert 'title="nästan &lt;&quot;så&quot;&gt;"' in told and 'role="img" aria-label="Indikatorn"' in told


def test_a_line_joins_years_that_follow_each_other_and_ends_at_a_gap_and_at_a_break() -> None:
    told = drawn({"value": 0.1}, {"value": 0.2}, {"missing": "–"}, {"value": 0.4}, {"value": 0.5, "part": "after"})
    assert lines(told, charts.BLUE) == ["1,90 3,80", "7,60", "9,50"]
    assert "<em>–</em>" in told
    assert lines(drawn({"pace": 0.2}, {"pace": 0.4}), charts.OCHRE) == ["1,80 3,60"]
    assert 'class="break"' in drawn({"value": 0.1}, {"value": 0.2, "break_word": "ny definition"})


def test_what_is_protected_has_no_mark_and_no_line(example: Warehouse) -> None:
    hidden = 0
    for organisation_id in (None, "SDN-FA", "SDN-SK"):
        for one in followed(example, organisation_id):
            year = max(one.rows)
            rows = year_chart.drawn(one, year)
            told = small_chart.drawing(rows, one.about.measure, one.name)
            columns = re.findall(r'<div title="[^"]*">(.*?)</div>', told)
            joined = " ".join(lines(told, charts.BLUE))
            for at, (point, column) in enumerate(zip(rows.to_pylist(), columns, strict=True)):
                assert ('class="dot"' in column) == (point["value"] is not None)
                assert ('class="dot open"' in column) == (point["open"] is not None)
                assert bool(re.search(rf"(?<![\d,]){2 * at + 1},", joined)) == (point["joined"] is not None)
                hidden += point["missing"] == ".."
    assert hidden > 10


def test_an_incomplete_count_is_hollow_and_no_line_leads_to_it(example: Warehouse) -> None:
    seen = 0
    for one in followed(example):
        for point in year_chart.drawn(one, 2025).to_pylist():
            year = int(point["year"])
            if year in one.rows and one.rows[year].value is not None:
                is_whole = not one.rows[year].missing_organisations
                assert (point["value"] is not None, point["open"] is not None) == (is_whole, not is_whole)
                is_joined = is_whole or one.about.measure != "count"
                assert (point["joined"] is not None) == is_joined
                seen += not is_joined
    assert seen > 2
