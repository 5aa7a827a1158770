"""Pictures of districts as Vega-Lite specs without data; in each a click chooses a district.

Rows for these specs are made in the other modules of this folder.
"""

import copy
import json
from functools import cache
from typing import Any

import altair as alt

from samlad.report import charts
from samlad.report.charts import AXIS_FORMATS, BLUE, GREY, OCHRE, SHAPES, TEAL, TONES, YES_NO_AXIS, finished

CLICK = "klick"
"""Name of the selection that a click makes."""

TILE_HEIGHT, PANEL_HEIGHT, PICTURE_HEIGHT = 112, 118, 380

ROOM_FOR_WORDS = 640
"""Least width in pixels for words in a slope.

In a narrower slope districts are named, and the rest is left to the sentence and the table.
"""

_TONE = alt.Scale(domain=list(TONES), range=list(TONES.values()))
_SHAPE = alt.Scale(domain=list(SHAPES), range=list(SHAPES.values()))
_BOLD_IF_CHOSEN: Any = alt.ExprRef("datum.is_chosen ? 'bold' : 'normal'")


@cache
def dots(measure: str, axis_title: str, chosen: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return charts.districts with the chosen districts in bold. A click on a dot chooses its district."""
    spec = copy.deepcopy(charts.districts(measure, axis_title, *chosen))
    marks = next(layer for layer in spec["layer"] if "shape" in layer["encoding"])
    return _clickable(spec, marks)


def _clickable(spec: dict[str, Any], layer: dict[str, Any]) -> dict[str, Any]:
    layer["name"] = "clicked"
    spec["params"] = [{"name": CLICK, "select": {"type": "point", "fields": ["district"]}, "views": ["clicked"]}]
    return spec


@cache
def tiles(rows: int) -> dict[str, Any]:
    """Return a tile for each district in `rows` rows: name, symbol and word, figure.

    Its rows have: district, column and row (from 0), name and word and figure (text; lines apart by a newline), tone (a
    key of TONES), fill and edge (how strong: opacity, width), is_open (dashed outline) and told (for the tooltip).
    """
    base = alt.Chart(alt.NamedData("rows")).encode(
        x=alt.X("column:O", axis=None, scale=alt.Scale(paddingInner=0.06, paddingOuter=0.02)),
        y=alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.08, paddingOuter=0.02)),
        tooltip=alt.Tooltip("told:N", title=" "),
    )
    tile = base.mark_rect(cornerRadius=6, strokeOpacity=1).encode(
        fill=alt.Fill("tone:N", scale=_TONE, legend=None),
        stroke=alt.Stroke("tone:N", scale=_TONE, legend=None),
        fillOpacity=alt.FillOpacity("fill:Q", scale=None),
        strokeWidth=alt.StrokeWidth("edge:Q", scale=None),
        strokeDash=alt.condition("datum.is_open", alt.value([5, 3]), alt.value([1, 0])),
    )
    said: dict[str, Any] = {"lineBreak": "\n", "baseline": "middle", "align": "center"}
    name = base.mark_text(dy=-30, fontSize=12, fontWeight="bold", lineHeight=13, **said).encode(text="name:N")
    word = base.mark_text(dy=2, fontSize=11, lineHeight=12, **said).encode(text="word:N")
    figure = base.mark_text(dy=34, fontSize=12, **said).encode(text="figure:N")
    spec = finished(alt.layer(tile, name, word, figure), height=rows * TILE_HEIGHT)
    return _clickable(spec, spec["layer"][0])


@cache
def funnel(measure: str, axis_title: str, size_title: str, chosen: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return districts by size, between the limits of chance, around their common level.

    Its rows have: size, level, lower_95, upper_95, lower_998, upper_998 (numbers), is_limit (a row of the curves, else
    of a district), and for a district: district, value, shape, tone, is_open and told.
    """
    scale = alt.Scale(zero=False, nice=True)
    axis = alt.Axis(format=AXIS_FORMATS[measure], title=axis_title, titleAngle=0, titleAlign="left", titleY=-10)
    sizes = alt.X(
        "size:Q",
        scale=alt.Scale(zero=False, nice=True),
        axis=alt.Axis(format=",.0f", title=size_title, tickCount=5, grid=False),
    )
    base = alt.Chart(alt.NamedData("rows"))
    curves = base.transform_filter("datum.is_limit")

    def along(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=scale, axis=axis)

    limits = [
        curves.mark_line(strokeDash=dash, strokeWidth=1.5, color=GREY).encode(x=sizes, y=along(f"{end}_{level}"))
        for level, dash in (("95", [2, 3]), ("998", [7, 3]))
        for end in ("lower", "upper")
    ]
    common = curves.mark_line(strokeWidth=2, color=GREY).encode(x=sizes, y=along("level"))
    held = base.transform_filter("!datum.is_limit")
    marks = held.mark_point(size=130, strokeWidth=2, opacity=1).encode(
        x=sizes,
        y=along("value"),
        shape=alt.Shape("shape:N", scale=_SHAPE, legend=None),
        stroke=alt.Stroke("tone:N", scale=_TONE, legend=None),
        fill=alt.condition("datum.is_open", alt.value("transparent"), alt.Fill("tone:N", scale=_TONE, legend=None)),
        tooltip=alt.Tooltip("told:N", title=" "),
    )
    named = held.transform_filter(
        f"datum.shape !== 'none' || indexof({json.dumps(chosen)}, datum.district) >= 0"
    ).mark_text(align="right", dx=-9, fontSize=12, fontWeight="bold")
    spec = finished(
        alt.layer(*limits, common, marks, named.encode(x=sizes, y=along("value"), text="district:N")),
        height=PICTURE_HEIGHT,
    )
    return _clickable(spec, next(layer for layer in spec["layer"] if "shape" in layer["encoding"]))


@cache
def small_years(columns: int, rows: int) -> dict[str, Any]:
    """Return every district's years in its own panel, all on the same scale. The panels lie where their rows say.

    Its rows have: district, series (points of the same series are joined), at, value_at, lower_at, upper_at (where in
    the picture: panels are 1 wide and 1 high), kind ("point", "name", "break", "base" or "missing"), word, is_chosen
    and told.
    """
    base = alt.Chart(alt.NamedData("rows"))
    x = alt.X("at:Q", axis=None, scale=alt.Scale(domain=[0, columns], nice=False))
    scale = alt.Scale(domain=[rows, 0], nice=False)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=None, scale=scale)

    def of(kind: str) -> alt.Chart:
        return base.transform_filter(f"datum.kind === '{kind}'")

    rule = of("base").mark_rule(color=GREY, opacity=0.5).encode(x=x, x2="until:Q", y=y("value_at"))
    broken = of("break").mark_rule(color=GREY, strokeDash=[2, 3], strokeWidth=1.5)
    interval = of("point").mark_rule(color=GREY, strokeWidth=2, opacity=0.7)
    line = of("point").mark_line(color=BLUE, strokeWidth=2)
    mark = of("point").mark_point(color=BLUE, filled=True, size=45, opacity=1)
    words = of("name").mark_text(align="left", baseline="top", fontSize=12, fontWeight=_BOLD_IF_CHOSEN)
    small = base.transform_filter("datum.kind === 'missing' || datum.kind === 'year'").mark_text(fontSize=10)
    spec = finished(
        alt.layer(
            rule,
            broken.encode(x=x, y=y("lower_at"), y2="upper_at:Q"),
            interval.encode(x=x, y=y("lower_at"), y2="upper_at:Q"),
            line.encode(x=x, y=y("value_at"), detail="series:N"),
            mark.encode(x=x, y=y("value_at"), tooltip=alt.Tooltip("told:N", title=" ")),
            words.encode(x=x, y=y("value_at"), text="word:N"),
            small.encode(x=x, y=y("value_at"), text="word:N", tooltip=alt.Tooltip("told:N", title=" ")),
        ),
        height=rows * PANEL_HEIGHT,
    )
    return _clickable(spec, spec["layer"][4])


@cache
def slope(measure: str, axis_title: str) -> dict[str, Any]:
    """Return a line for each district between two years, named at the right.

    Its rows have: district, year (text), value, label_at (where its name stands, in the value's unit), label (text, in
    the later year only), tone, is_chosen and told.
    """
    scale = alt.Scale(zero=False, nice=True)
    axis = alt.Axis(
        format=AXIS_FORMATS[measure],
        title=axis_title,
        titleAngle=0,
        titleAlign="left",
        titleY=-10,
        **YES_NO_AXIS if measure == "yes_no" else {},
    )

    def along(narrow: str, wide: str) -> Any:
        return alt.ExprRef(f"width < {ROOM_FOR_WORDS} ? {narrow} : {wide}")

    base = alt.Chart(alt.NamedData("rows")).encode(
        x=alt.X(
            "year:O",
            scale=alt.Scale(
                type="point", padding=0, range=[along("30", "0.26 * width"), along("width - 118", "0.74 * width")]
            ),
            axis=alt.Axis(
                title=None, labelAngle=0, labelFontSize=13, labelFlush=False, orient="top", ticks=False, domain=False
            ),
        ),
        tooltip=alt.Tooltip("told:N", title=" "),
    )
    value = alt.Y("value:Q", scale=scale, axis=axis)
    tone = alt.Stroke("tone:N", scale=_TONE, legend=None)
    line = base.mark_line(point=False).encode(
        y=value,
        detail="district:N",
        stroke=tone,
        strokeWidth=alt.condition("datum.is_chosen", alt.value(4), alt.value(1.8)),
    )
    mark = base.mark_point(filled=True, size=60, opacity=1).encode(
        y=value, fill=alt.Fill("tone:N", scale=_TONE, legend=None)
    )
    word, size = along("datum.label ? datum.district : ''", "datum.label || ''"), along("11", "12")
    label = base.mark_text(align="left", dx=9, fontSize=size, fontWeight=_BOLD_IF_CHOSEN, text=word).encode(
        y=alt.Y("label_at:Q", scale=scale, axis=axis)
    )
    spec = finished(alt.layer(line, mark, label), height=PICTURE_HEIGHT + 60)
    return _clickable(spec, spec["layer"][1])


@cache
def sexes(measure: str, axis_title: str, chosen: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return women and men in each district, a row each: circle and square with their intervals.

    Its rows have: district (in the order to draw), sex (women or men), value, lower, upper, missing and told.
    """
    is_share = measure in ("share", "yes_no")
    scale = alt.Scale(domain=[0, 1], nice=False) if is_share else alt.Scale(zero=measure != "index", nice=True)
    axis = alt.Axis(format=AXIS_FORMATS[measure], title=axis_title, titleAnchor="start", tickCount=6, orient="top")
    bold = f"indexof({json.dumps(chosen)}, datum.value) >= 0 ? 'bold' : 'normal'"
    base = alt.Chart(alt.NamedData("rows")).encode(
        y=alt.Y(
            "district:N",
            sort=None,
            axis=alt.Axis(
                title=None,
                labelLimit=220,
                ticks=False,
                domain=False,
                labelPadding=8,
                labelFontSize=13,
                labelFontWeight=alt.ExprRef(bold),
            ),
        ),
        yOffset=alt.YOffset("sex:N", sort=["women", "men"]),
        tooltip=alt.Tooltip("told:N", title=" "),
    )
    interval = base.mark_rule(strokeWidth=2, color=GREY, opacity=0.8).encode(
        x=alt.X("lower:Q", scale=scale, axis=axis), x2="upper:Q"
    )
    colours = alt.Scale(domain=["women", "men"], range=[TEAL, OCHRE])
    mark = base.mark_point(size=100, opacity=1, filled=True).encode(
        x=alt.X("value:Q", scale=scale, axis=axis),
        shape=alt.Shape("sex:N", scale=alt.Scale(domain=["women", "men"], range=["circle", "square"]), legend=None),
        color=alt.Color("sex:N", scale=colours, legend=None),
    )
    silent = base.mark_text(align="left", dx=4, fontSize=11, fontStyle="italic").encode(
        x=alt.value(0), text="missing:N"
    )
    spec = finished(alt.layer(silent, interval, mark))
    spec["height"] = {"step": 18}
    return _clickable(spec, spec["layer"][2])
