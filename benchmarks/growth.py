"""A chart of time against rows: a panel for each question, a line for each engine, both scales logarithmic."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

from benchmarks.contenders import ENGINES

LOOKS: Mapping[str, tuple[str, list[int], str, float]] = {
    "duckdb": ("#000000", [1, 0], "circle", 2.6),
    "polars": ("#5c5c5c", [1, 0], "square", 1.4),
    "polars by year": ("#5c5c5c", [7, 3], "square", 1.4),
    "pandas": ("#5c5c5c", [2, 2], "triangle-up", 1.4),
    "chdb": ("#949494", [1, 0], "diamond", 1.4),
    "sqlite": ("#949494", [3, 3], "cross", 1.4),
}
"""Shade, dashes, mark and width of each engine's line: told apart without colour."""

POWERS = [10.0**power for power in range(-2, 5)]


def spec(by_size: Mapping[int, Mapping[str, Mapping[str, float]]], titles: Mapping[str, str]) -> Any:
    """The chart of seconds by size, question and engine; `titles` heads each question's panel."""
    rows = [
        {"rows": size, "question": titles[question], "engine": engine, "ms": 1000 * seconds}
        for size, times in by_size.items()
        for question, engines in times.items()
        for engine, seconds in engines.items()
    ]
    engines = [name for name in ENGINES if any(row["engine"] == name for row in rows)]
    looks = [LOOKS[name] for name in engines]
    key = alt.Legend(title=None, orient="top", symbolType="stroke", symbolSize=500, symbolStrokeWidth=2)
    drawn = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_line(point=alt.OverlayMarkDef(size=42, filled=True))
        .encode(
            x=alt.X(
                "rows:Q", scale=alt.Scale(type="log"), title="rows", axis=alt.Axis(format="~s", values=sorted(by_size))
            ),
            y=alt.Y(
                "ms:Q", scale=alt.Scale(type="log"), title="milliseconds", axis=alt.Axis(format="~g", values=POWERS)
            ),
            color=alt.Color(
                "engine:N", sort=engines, scale=alt.Scale(domain=engines, range=[o[0] for o in looks]), legend=key
            ),
            strokeDash=alt.StrokeDash(
                "engine:N", sort=engines, scale=alt.Scale(domain=engines, range=[o[1] for o in looks]), legend=key
            ),
            shape=alt.Shape(
                "engine:N", sort=engines, scale=alt.Scale(domain=engines, range=[o[2] for o in looks]), legend=None
            ),
            strokeWidth=alt.StrokeWidth(
                "engine:N", sort=engines, scale=alt.Scale(domain=engines, range=[o[3] for o in looks]), legend=None
            ),
        )
        .properties(width=320, height=190)
    )
    return drawn.facet(
        facet=alt.Facet(
            "question:N", sort=list(titles.values()), title=None, header=alt.Header(labelLimit=330, labelFontSize=10.5)
        ),
        columns=3,
    ).configure(background="white")


def draw(by_size: Mapping[int, Mapping[str, Mapping[str, float]]], titles: Mapping[str, str], path: Path) -> None:
    """Write the chart as SVG."""
    path.write_text(vl_convert.vegalite_to_svg(spec(by_size, titles).to_dict()), encoding="utf-8")
