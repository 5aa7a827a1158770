"""The report's drawings: for paper, so readable in grey, with all words in the drawing itself.

Charts that pages show too are in `charts`.

Specs are Vega-Lite with their rows in them. Black is the figure, an open diamond the årsmål, a dashed line
the pace that is required; shape and line carry the meaning, never colour.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import vl_convert

from samlad.foundation import store
from samlad.judgement.judged_years import Judged
from samlad.report import fonts
from samlad.report.fonts import FONT
from samlad.swedish.numbers import MONTHS, SPACE

PANEL_WIDTH, PANEL_HEIGHT, COLUMNS = 132, 86, 3
BETWEEN, BESIDE = 50, 44
"""The space between two drawings, and of the first drawing's labels, in pixels."""

LINE, BELOW = 14, 32
"""The height of a line of a drawing's name, and the space under a drawing, in pixels."""

INK, FAINT = "#111111", "#707070"
RASTER_FONT = "Liberation Sans"

_NUMBERS = {
    "decimal": ",",
    "thousands": SPACE,
    "grouping": [3],
    "currency": ["", f"{SPACE}kr"],
    "percent": f"{SPACE}%",
}
_AXES = {"share": ".0%", "yes_no": ".0%", "count": ",.0f", "rate": ",.1~f", "index": ",.1f"}


def panels(found: Sequence[Judged], year: int) -> dict[str, Any]:
    """Return small drawings of indicators over the years, three abreast, each with its own name and scale."""
    lines = max(len(_wrapped(one.name)) for one in found)
    return {
        "concat": [_panel(one, year) for one in found],
        "columns": COLUMNS,
        "bounds": "flush",
        "spacing": {"row": BELOW + LINE * lines, "column": BETWEEN},
        "config": {
            "font": FONT,
            "background": "white",
            "view": {"stroke": None},
            "axis": {
                "labelColor": INK,
                "titleColor": INK,
                "gridColor": "#dddddd",
                "domainColor": FAINT,
                "labelFontSize": 10,
                "labelLimit": 0,
            },
        },
    }


def _panel(one: Judged, year: int) -> dict[str, Any]:
    measure = one.about.measure
    is_share = measure in ("share", "yes_no")
    scale = {"domain": [0, 1], "nice": False} if is_share else {"zero": measure != "index", "nice": True}
    axis: dict[str, Any] = {"format": _AXES[measure], "title": None, "tickCount": 3, "domain": False, "ticks": False}
    if is_share:
        axis["values"] = [0, 0.5, 1]
    if measure == "yes_no":
        axis["labelExpr"] = "datum.value === 0 ? 'nej' : datum.value === 1 ? 'ja' : 'hälften'"

    def across(name: str) -> dict[str, Any]:
        return {"field": name, "type": "quantitative", "scale": scale, "axis": axis}

    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "line", "strokeDash": [4, 3], "strokeWidth": 1, "color": FAINT},
            "encoding": {"y": across("pace")},
        },
        {
            "mark": {"type": "rule", "strokeWidth": 1.4, "color": FAINT},
            "encoding": {"y": across("lower"), "y2": {"field": "upper"}},
        },
        {
            "mark": {
                "type": "point",
                "shape": "diamond",
                "size": 42,
                "strokeWidth": 1.3,
                "color": INK,
                "filled": False,
            },
            "encoding": {"y": across("target")},
        },
        {
            "mark": {"type": "line", "strokeWidth": 1.6, "color": INK},
            "encoding": {"y": across("joined"), "detail": {"field": "part", "type": "nominal"}},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 34, "color": INK, "opacity": 1},
            "encoding": {"y": across("value")},
        },
        {
            "mark": {
                "type": "point",
                "filled": True,
                "size": 34,
                "stroke": INK,
                "fill": "white",
                "strokeWidth": 1.2,
                "opacity": 1,
            },
            "encoding": {"y": across("open")},
        },
        {
            "mark": {"type": "text", "fontSize": 11, "color": INK, "baseline": "bottom", "dy": -2},
            "encoding": {"y": {"value": PANEL_HEIGHT}, "text": {"field": "missing", "type": "nominal"}},
        },
    ]
    return {
        "title": {
            "text": _wrapped(one.name),
            "anchor": "start",
            "frame": "group",
            "fontSize": 11,
            "fontWeight": "bold",
            "color": INK,
        },
        "width": PANEL_WIDTH,
        "height": PANEL_HEIGHT,
        "data": {"values": points(one, year)},
        "encoding": {
            "x": {
                "field": "year",
                "type": "ordinal",
                "sort": "ascending",
                "axis": {"title": None, "labelAngle": 0, "ticks": False},
            }
        },
        "layer": layers,
    }


def measure_of(panel: Mapping[str, Any]) -> str:
    """Return the measure of a panel's figures, by the scale that the panel has."""
    scale = panel["layer"][0]["encoding"]["y"]["axis"]["format"]
    return next(measure for measure, format in _AXES.items() if format == scale)


def points(one: Judged, year: int) -> list[dict[str, Any]]:
    """Return a panel's rows, a row a year up to the judged year. A protected year has no number."""
    return [_point(one, at, year) for at in one.followed_years if at <= year]


def _point(one: Judged, at: int, year: int) -> dict[str, Any]:
    row, around, break_year = one.rows[at], one.interval(at), one.about.break_year
    is_whole = one.is_whole(at)
    return {
        "year": str(at),
        "part": "after" if break_year is not None and at >= break_year else "before",
        "value": row.value if is_whole else None,
        "open": None if is_whole else row.value,
        "joined": row.value if is_whole or row.measure != "count" else None,
        "lower": around.lower if around else None,
        "upper": around.upper if around else None,
        "target": row.target,
        "pace": _required(one, at, year),
        "missing": "" if row.value is not None else one.verdicts[at].mark.symbol,
    }


def _required(one: Judged, at: int, year: int) -> float | None:
    """Return the straight line from base to last årsmål at a year of that line. None outside."""
    verdict = one.verdicts[year]
    case, change, aim = verdict.case, verdict.change, verdict.case.final_target
    if change is None or aim is None or case.base_year is None or not case.base_year <= at <= aim[1]:
        return None
    way = (at - case.base_year) / (aim[1] - case.base_year) if aim[1] > case.base_year else 1.0
    return change.base + way * (aim[0] - change.base)


def _wrapped(words: str, width: int = 26) -> list[str]:
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def svg(spec: Mapping[str, Any]) -> str:
    """Return a drawing as SVG; nothing is fetched for the drawing."""
    return _svg(store.json_bytes(spec))


def png(spec: Mapping[str, Any]) -> bytes:
    """Return a drawing as PNG, three times as fine as shown, in its renderer's font."""
    return _png(store.json_bytes({**spec, "config": {**spec["config"], "font": RASTER_FONT}}))


def breadth(spec: Mapping[str, Any]) -> float:
    """Return a drawing's share of the page's width, 0 to 1: all panels get equal size."""
    abreast = min(len(spec["concat"]), COLUMNS)
    return _across(abreast) / _across(COLUMNS)


def _across(abreast: int) -> int:
    return BESIDE + abreast * PANEL_WIDTH + (abreast - 1) * BETWEEN


_TIMES = {
    "dateTime": "%A %e %B %Y %X",
    "date": "%Y-%m-%d",
    "time": "%H:%M:%S",
    "periods": ["fm", "em"],
    "days": ["söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"],
    "shortDays": ["sön", "mån", "tis", "ons", "tor", "fre", "lör"],
    "months": list(MONTHS),
    "shortMonths": [month[:3] for month in MONTHS],
}


@lru_cache(maxsize=256)
def _svg(spec: bytes) -> str:
    fonts.for_pictures()
    drawn: str = vl_convert.vegalite_to_svg(
        spec.decode(), allowed_base_urls=[], format_locale=_NUMBERS, time_format_locale=_TIMES
    )
    return drawn


@lru_cache(maxsize=64)
def _png(spec: bytes) -> bytes:
    fonts.for_pictures()
    drawn: bytes = vl_convert.vegalite_to_png(
        spec.decode(), scale=3, allowed_base_urls=[], format_locale=_NUMBERS, time_format_locale=_TIMES
    )
    return drawn


def forget() -> None:
    """Drop the drawings that are kept."""
    _svg.cache_clear()
    _png.cache_clear()
