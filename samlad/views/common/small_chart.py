"""A chart of an indicator over the years, small enough to stand in a row of text.

The large chart is `charts.years`; rows come from `year_chart`.

Drawn in HTML, to arrive with the words beside the chart: four charts of Vega's took a browser longer than the rest of
Mål together. Marks and rows are the same as in `charts.years`.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any
from urllib.parse import quote

import pyarrow as pa

from samlad.report import charts
from samlad.swedish import numbers
from samlad.views.common.show import Html

Point = Mapping[str, Any]
"""A row of years.DRAWN."""

DRAWN = ("value", "open", "lower", "upper", "target", "pace")
TICKS = 2
"""Approximate number of steps of an axis."""

YES_NO = {0.0: "nej", 0.5: "hälften", 1.0: "ja"}
LINE = '<polyline points="{}" fill="none" stroke="{}" stroke-width="{}" {}vector-effect="non-scaling-stroke"/>'
DASHES = 'stroke-dasharray="5 4" '


@dataclass(frozen=True)
class Axis:
    """Figures that an axis names, lowest first. The axis reaches from the first to the last."""

    ticks: Sequence[float]

    def height(self, value: float) -> int:
        """Return a value's height in whole per cent.

        Less than a pixel, so that no figure can be read from the drawing.
        """
        return round(100 * (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0]))


def axis(values: Sequence[float], measure: str) -> Axis:
    """Return an axis for the values: shares 0 to 1, indexes around theirs, others from 0.

    >>> axis([698.0, 1250.0], "count").ticks
    [0.0, 500.0, 1000.0, 1500.0]
    """
    if measure in ("share", "yes_no"):
        return Axis([0.0, 0.5, 1.0])
    low, high = min(values, default=0.0), max(values, default=0.0)
    low, high = (low, high) if measure == "index" else (min(low, 0.0), max(high, 0.0))
    if low == high:
        high = low + 1
    step = _step((high - low) / TICKS)
    first, last = math.floor(low / step), math.ceil(high / step)
    return Axis([round(number * step, 10) for number in range(first, last + 1)])


def _step(about: float) -> float:
    """Return the nearest of 1, 2 and 5 times a power of ten, by ratio."""
    power = 10.0 ** math.floor(math.log10(about))
    return power * min((1, 2, 5, 10), key=lambda step: abs(math.log(about / power / step)))


def drawing(rows: pa.Table, measure: str, named: str) -> Html:
    """Return the chart of rows such as years.drawn gives, named for people who cannot see the chart.

    A pointer over a year shows that year's words. A protected year has no number here, and so no mark.
    """
    points = rows.to_pylist()
    scale = axis([point[name] for point in points for name in DRAWN if point[name] is not None], measure)
    said = [_said(tick, scale.ticks, measure) for tick in scale.ticks]
    rules = "".join(f'<u style="bottom:{scale.height(tick)}%"></u>' for tick in scale.ticks)
    labels = "".join(
        f'<s style="bottom:{scale.height(tick)}%">{escape(words)}</s>'
        for tick, words in zip(scale.ticks, said, strict=True)
    )
    columns = "".join(_year(point, scale) for point in points)
    names = "".join(f"<span>{escape(point['year'])}</span>" for point in points)
    return Html(
        f'<div class="years" role="img" aria-label="{escape(named, quote=True)}">'
        f'<div class="scale" style="width:{max(map(len, said))}ch">{labels}</div>'
        f'<div class="plot">{rules}<img alt="" src="{_lines(points, scale)}">{columns}</div>'
        f'<div></div><div class="names">{names}</div></div>'
    )


def _said(tick: float, ticks: Sequence[float], measure: str) -> str:
    if measure == "yes_no":
        return YES_NO[tick]
    if measure == "share":
        return numbers.percent(tick)
    step = ticks[1] - ticks[0]
    return numbers.number(tick) if step >= 1 else numbers.decimal(tick, max(1, math.ceil(-math.log10(step))))


def _year(point: Point, scale: Axis) -> str:
    """Return a year's marks: interval, årsmål, figure or reason code, and a break before."""
    marks = []
    if point["break_word"]:
        marks.append('<b class="break"></b>')
    if point["lower"] is not None and point["upper"] is not None:
        low, high = scale.height(point["lower"]), scale.height(point["upper"])
        marks.append(f'<b class="range" style="bottom:{low}%;height:{high - low}%"></b>')
    for name, kind in (("target", "aim"), ("value", "dot"), ("open", "dot open")):
        if point[name] is not None:
            marks.append(f'<b class="{kind}" style="bottom:{scale.height(point[name])}%"></b>')
    if point["missing"]:
        marks.append(f"<em>{escape(point['missing'])}</em>")
    return f'<div title="{escape(point["told"], quote=True)}">{"".join(marks)}</div>'


def _lines(points: Sequence[Point], scale: Axis) -> str:
    """Return required pace and joined figures as the address of a picture stretched over the plot."""
    drawn = [
        *(LINE.format(line, charts.OCHRE, 1.5, DASHES) for line in _runs(points, "pace", scale)),
        *(LINE.format(line, charts.BLUE, 2, "") for line in _runs(points, "joined", scale)),
    ]
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * len(points)} 100" preserveAspectRatio="none">'
        f"{''.join(drawn)}</svg>"
    )
    return f"data:image/svg+xml,{quote(picture, safe='')}"


def _runs(points: Sequence[Point], name: str, scale: Axis) -> Iterator[str]:
    """Yield the corners of each unbroken line: a missing figure or a break ends the line."""
    placed = [(2 * at + 1, point[name], point["part"] if name == "joined" else "") for at, point in enumerate(points)]
    for (has_value, _), run in groupby(placed, key=lambda one: (one[1] is not None, one[2])):
        if has_value:
            yield " ".join(f"{x},{100 - scale.height(value)}" for x, value, _ in run)
