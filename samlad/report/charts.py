"""Charts as Vega-Lite specs: written in Altair, built once, given Arrow rows when shown.

Pages and documents draw these alike; `drawings` holds charts of the report alone.

Colours come from a colour-blind-safe set, each at least 3:1 against the light and the dark background, and never carry
a meaning alone: shape and word carry the meaning too.
"""

import json
from functools import cache
from typing import Any

import altair as alt

from samlad.swedish.numbers import SPACE

BLUE, TEAL, OCHRE, GREY, VERMILION = "#2a7bbf", "#0e8a80", "#a8710a", "#7a7f87", "#d4541f"

TONES = {"good": BLUE, "bad": VERMILION, "neutral": TEAL, "plain": GREY}
"""Colours of marks: better or worse where a direction is good, different where none is, else grey."""

SHAPES = {
    "higher": "triangle-up",
    "maybe_higher": "triangle-up",
    "none": "circle",
    "maybe_lower": "triangle-down",
    "lower": "triangle-down",
}

SWEDISH = {
    "number": {
        "decimal": ",",
        "thousands": SPACE,
        "grouping": [3],
        "currency": ["", f"{SPACE}kr"],
        "percent": f"{SPACE}%",
    },
    "time": {
        "dateTime": "%A %e %B %Y %X",
        "date": "%Y-%m-%d",
        "time": "%H:%M:%S",
        "periods": ["fm", "em"],
        "days": ["söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"],
        "shortDays": ["sön", "mån", "tis", "ons", "tor", "fre", "lör"],
        "months": [
            *("januari", "februari", "mars", "april", "maj", "juni"),
            *("juli", "augusti", "september", "oktober", "november", "december"),
        ],
        "shortMonths": ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
    },
}

ROW_HEIGHT = 30
NARROW = 260
"""Least width in pixels for words beside the marks. A narrower chart leaves them to legend and table."""
ROOM_FOR_EVENTS = 400
"""Least width in pixels for words on a year's events. A narrower chart leaves them to the words beside."""

YES_NO_AXIS: dict[str, Any] = {
    "values": [0, 0.5, 1],
    "labelExpr": "datum.value === 0 ? 'nej' : datum.value === 1 ? 'ja' : 'hälften'",
}
"""Axis labels for yes and no, and for a district half yes, whose parts differ."""


AXIS_FORMATS = {"share": ".0%", "yes_no": ".0%", "count": ",.0f", "rate": ",.1~f", "index": ",.1f"}
"""Formats of numbers on an axis, for each measure; the signs are Swedish, see SWEDISH."""


@cache
def districts(measure: str, axis_title: str, *bold: str) -> dict[str, Any]:
    """Return dots with 95 % intervals, a row a district, beside rest and årsmål.

    Districts may be set in bold by their names.

    Its rows have: district (in the order to draw), value, lower, upper, rest, target (numbers in the indicator's unit,
    null where there is none), shape and tone (keys of SHAPES and TONES), is_open (drawn as an outline), told (for the
    tooltip), and missing (why there is no value, else empty). How a district differs stands at the end of its interval
    that is away from the rest: word_after or word_before, else empty. The missing are drawn first, so that every
    district keeps its place.
    """
    is_share = measure in ("share", "yes_no")
    scale = alt.Scale(domain=[0, 1], nice=False) if is_share else alt.Scale(zero=measure != "index", nice=True)
    axis = alt.Axis(
        format=AXIS_FORMATS[measure],
        title=axis_title,
        titleAnchor="start",
        tickCount=6,
        grid=True,
        orient="top",
        **YES_NO_AXIS if measure == "yes_no" else {},
    )
    base = alt.Chart(alt.NamedData("rows")).encode(
        y=alt.Y(
            "district:N",
            sort=None,
            scale=alt.Scale(type="band"),
            axis=alt.Axis(
                title=None,
                labelLimit=220,
                labelFlush=False,
                ticks=False,
                domain=False,
                labelPadding=8,
                labelFontSize=13,
                labelFontWeight=alt.ExprRef(f"indexof({json.dumps(bold)}, datum.value) >= 0 ? 'bold' : 'normal'"),
            ),
        ),
        tooltip=alt.Tooltip("told:N", title=" "),
    )
    along = alt.X("value:Q", scale=scale, axis=axis)
    tone = alt.Scale(domain=list(TONES), range=list(TONES.values()))
    shape = alt.Scale(domain=list(SHAPES), range=list(SHAPES.values()))
    interval = base.mark_rule(strokeWidth=2, color=GREY, opacity=0.8).encode(
        x=alt.X("lower:Q", scale=scale, axis=axis), x2="upper:Q"
    )
    rest = base.mark_tick(thickness=2, size=ROW_HEIGHT, color=GREY).encode(x=alt.X("rest:Q", scale=scale, axis=axis))
    target = base.mark_point(shape="diamond", size=70, strokeWidth=2, color=OCHRE, filled=False, opacity=1).encode(
        x=alt.X("target:Q", scale=scale, axis=axis)
    )
    marks = base.mark_point(size=120, strokeWidth=2, opacity=1).encode(
        x=along,
        shape=alt.Shape("shape:N", scale=shape, legend=None),
        stroke=alt.Stroke("tone:N", scale=tone, legend=None),
        fill=alt.condition("datum.is_open", alt.value("transparent"), alt.Fill("tone:N", scale=tone, legend=None)),
    )
    room = alt.ExprRef(f"width < {NARROW} ? 0 : 1")
    ends = base.transform_calculate(
        lower="isValid(datum.lower) ? datum.lower : datum.value",
        upper="isValid(datum.upper) ? datum.upper : datum.value",
    )
    after = ends.mark_text(align="left", dx=9, fontSize=12, opacity=room).encode(
        x=alt.X("upper:Q", scale=scale, axis=axis), text="word_after:N"
    )
    before = ends.mark_text(align="right", dx=-9, fontSize=12, opacity=room).encode(
        x=alt.X("lower:Q", scale=scale, axis=axis), text="word_before:N"
    )
    silent = base.mark_text(align="left", dx=4, fontSize=12, fontStyle="italic").encode(
        x=alt.value(0), text="missing:N"
    )
    return finished(alt.layer(silent, rest, interval, target, marks, after, before))


HEIGHT = 320


@cache
def years(measure: str, axis_title: str = "") -> dict[str, Any]:
    """Return an indicator over the years: figure with 95 % interval, årsmål, and the required pace.

    Its rows have: year (text, in order), value, open (the same where answers are missing, drawn hollow), joined (the
    figures that a line joins), lower, upper, target, pace (numbers in the indicator's unit, null where there is none;
    pace is the straight line from the base to the last årsmål), part (figures of the same part are joined; a break in
    the series begins a new one), break_word (the word at a break, else empty), missing (why there is no value, else
    empty), told (for the tooltip), ahead, ahead_lower, ahead_upper (where the line leads, in its year, with its range),
    towards (that line, from the latest figure), own (the organisation's own forecast) and event_word (the year's
    event).
    """
    is_share = measure in ("share", "yes_no")
    scale = alt.Scale(domain=[0, 1], nice=False) if is_share else alt.Scale(zero=measure != "index", nice=True)
    axis = alt.Axis(
        format=AXIS_FORMATS[measure],
        title=axis_title or None,
        titleAnchor="start",
        titleAngle=0,
        titleAlign="left",
        titleX=0,
        titleY=-12,
        tickCount=5,
        grid=True,
        domain=False,
        ticks=False,
    )
    base = alt.Chart(alt.NamedData("rows")).encode(
        x=alt.X(
            "year:O",
            sort="ascending",
            axis=alt.Axis(title=None, labelAngle=0, ticks=False, labelPadding=6, labelFontSize=13),
        ),
        tooltip=alt.Tooltip("told:N", title=" "),
    )
    size = 110
    broken = base.transform_filter("datum.break_word !== ''")
    at_break = broken.mark_rule(strokeDash=[2, 3], color=GREY, strokeWidth=1.5)
    named = broken.mark_text(align="left", baseline="top", dx=5, fontSize=11).encode(
        y=alt.value(0), text=alt.Text("break_word:N")
    )
    pace = base.mark_line(strokeDash=[5, 4], strokeWidth=1.5, color=OCHRE, opacity=0.9).encode(
        y=alt.Y("pace:Q", scale=scale, axis=axis)
    )
    interval = base.mark_rule(strokeWidth=2, color=GREY, opacity=0.8).encode(
        y=alt.Y("lower:Q", scale=scale, axis=axis), y2="upper:Q"
    )
    target = base.mark_point(shape="diamond", size=size, strokeWidth=2, color=OCHRE, filled=False, opacity=1).encode(
        y=alt.Y("target:Q", scale=scale, axis=axis)
    )
    line = base.mark_line(strokeWidth=2, color=BLUE).encode(
        y=alt.Y("joined:Q", scale=scale, axis=axis), detail="part:N"
    )
    hollow = base.mark_point(shape="circle", size=size, strokeWidth=2, color=BLUE, filled=False, opacity=1).encode(
        y=alt.Y("open:Q", scale=scale, axis=axis)
    )
    marks = base.mark_point(shape="circle", size=size, filled=True, color=BLUE, opacity=1).encode(
        y=alt.Y("value:Q", scale=scale, axis=axis)
    )
    silent = base.mark_text(fontSize=11, fontStyle="italic", baseline="bottom", dy=-3).encode(
        y=alt.value("height"), text="missing:N"
    )
    drawn = (at_break, pace, interval, target, line, marks, hollow, silent)
    return finished(alt.layer(*_events(base), named, *_ahead(base, scale, axis), *drawn), height=HEIGHT)


def _events(base: alt.Chart) -> tuple[alt.Chart, alt.Chart]:
    """Return a year's events: a line, with words below any break's words."""
    happened = base.transform_filter("datum.event_word !== ''")
    room = alt.ExprRef(f"width < {ROOM_FOR_EVENTS} ? 0 : 1")
    words = happened.mark_text(align="left", baseline="top", dx=5, dy=15, fontSize=11, opacity=room)
    return (
        happened.mark_rule(strokeDash=[2, 3], color=GREY, strokeWidth=1.5),
        words.encode(y=alt.value(0), text=alt.Text("event_word:N")),
    )


def _ahead(base: alt.Chart, scale: alt.Scale, axis: alt.Axis) -> tuple[alt.Chart, ...]:
    """Return the forecasts: our line with its range, and the organisation's own."""
    dashed: dict[str, Any] = {"strokeDash": [2, 3], "strokeWidth": 2, "color": BLUE}
    outline: dict[str, Any] = {"size": 110, "strokeWidth": 2, "filled": False, "opacity": 1}
    known = base.transform_filter("isValid(datum.towards)")
    return (
        known.mark_line(**dashed).encode(y=alt.Y("towards:Q", scale=scale, axis=axis)),
        base.mark_rule(**dashed).encode(y=alt.Y("ahead_lower:Q", scale=scale, axis=axis), y2="ahead_upper:Q"),
        base.mark_point(shape="square", color=BLUE, **outline).encode(y=alt.Y("ahead:Q", scale=scale, axis=axis)),
        base.mark_point(shape="triangle-right", color=TEAL, **outline).encode(y=alt.Y("own:Q", scale=scale, axis=axis)),
    )


def finished(chart: alt.LayerChart | alt.FacetChart, height: int | None = None) -> dict[str, Any]:
    """Return a chart as a spec without data, with Swedish numbers.

    The page says its words, so its parts are not read out.
    """
    spec: dict[str, Any] = chart.properties(height=height or alt.Step(ROW_HEIGHT)).to_dict(validate=True)
    spec.pop("data", None)
    spec.pop("$schema", None)
    for layer in spec.get("layer", ()):
        layer.pop("data", None)
    spec["config"] = {
        "locale": SWEDISH,
        "aria": False,
        "mark": {"aria": False},
        "view": {"stroke": None, "continuousWidth": 300},
    }
    return spec
