"""Districts by their size, beside how far chance alone spreads districts of that size.

The verdict on each district is in `district_comparison`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pyarrow as pa

from samlad.foundation.rows import DistrictFunnelRow
from samlad.report import charts
from samlad.swedish import numbers, row_words, words
from samlad.views.common import show
from samlad.views.common.show import Html, Row, Shown
from samlad.views.districts import district_charts, district_comparison
from samlad.views.districts.district_rows import ComparedDistrict

DRAWN = pa.schema(
    [
        *((name, pa.string()) for name in ("district", "shape", "tone", "told")),
        *((name, pa.float64()) for name in ("size", "value", "level")),
        *((name, pa.float64()) for name in ("lower_95", "upper_95", "lower_998", "upper_998")),
        *((name, pa.bool_()) for name in ("is_limit", "is_open")),
    ]
)
"""Rows a funnel draws, as district_charts.funnel takes them."""


def spec(compared: Sequence[ComparedDistrict], chosen: tuple[str, ...]) -> dict[str, Any]:
    """Return the funnel's spec, for the measure of the comparison's rows."""
    first = compared[0]
    return district_charts.funnel(
        first.measure, district_comparison.axis_title(first.measure, first.unit), size_title(first), chosen
    )


def size_title(row: ComparedDistrict) -> str:
    """Return the words at the axis of sizes."""
    noun = "invånare" if row.measure == "rate" else words.counted_noun(row.unit, row.counts) or "svar"
    return f"Stadsdelens storlek: antal {noun}"


def drawn(rows: Sequence[DistrictFunnelRow], compared: Sequence[ComparedDistrict]) -> pa.Table:
    """Return the funnel's rows: curves, and each district with a figure, marked as among the dots."""
    measure = compared[0].measure
    held = {row.organisation_id: row for row in compared}
    return pa.Table.from_pylist([_point(row, held, measure) for row in rows], DRAWN)


def _point(row: DistrictFunnelRow, compared: Mapping[str, ComparedDistrict], measure: str) -> dict[str, Any]:
    if row.organisation_id is None or row.value is None:
        return {**asdict(row), "is_limit": True, "is_open": False}
    beside = compared[row.organisation_id]
    key = beside.comparison or "none"
    return {
        **asdict(row),
        "is_limit": False,
        "shape": key,
        "tone": row_words.tone(beside),
        "is_open": key.startswith("maybe"),
        "told": f"{row.district}: {numbers.figure(row.value, measure)} av {numbers.number(row.size)}; "
        f"mot resten av staden: {row_words.comparison(beside) or 'jämförs inte'}",
    }


def sentence(rows: Sequence[DistrictFunnelRow], districts_in_all: int) -> str:
    """Return a sentence on the funnel and its number of districts.

    Differing districts are named by the dots' test only.
    """
    found = sum(row.organisation_id is not None for row in rows)
    return (
        "Små stadsdelar svänger mer av slump än stora; tratten visar hur mycket. "
        f"{numbers.of(found, districts_in_all)} är med i beräkningen."
    )


TWO_TESTS = (
    "Tratten går runt stadsdelarnas gemensamma nivå. Tecken, färg och ord följer jämförelsen med resten av staden, som "
    "i bilden Jämförelse. Därför kan en stadsdel ligga just utanför en gräns utan att sägas skilja sig, eller tvärtom."
)
"""Words on why the funnel and the dots may disagree, and which of the two counts."""


def table(
    rows: Sequence[DistrictFunnelRow], compared: Sequence[ComparedDistrict], caption: str, chosen: Sequence[str]
) -> Shown:
    """Return each district's size, figure, limits for that size, and difference from the rest."""
    measure = compared[0].measure
    beside = {row.organisation_id: row for row in compared}
    return Shown(
        caption=caption,
        columns=("Stadsdel", "Storlek", "Utfall", "95 %-gränser", "99,8 %-gränser", "Mot resten av staden"),
        rows=[
            Row(
                (
                    district_comparison.named(row.district or "", chosen),
                    numbers.number(row.size),
                    numbers.figure(row.value or 0, measure),
                    numbers.interval(row.lower_95, row.upper_95, measure),
                    numbers.interval(row.lower_998, row.upper_998, measure),
                    row_words.comparison(beside[row.organisation_id]) or numbers.DASH,
                )
            )
            for row in sorted(rows, key=lambda row: row.district or "")
            if row.organisation_id is not None
        ],
        numbers=frozenset({1}),
        notes=("Den som saknar tal är inte med.",),
    )


def legend(compared: Sequence[ComparedDistrict]) -> list[tuple[Html, str]]:
    """Return the meanings of the funnel's lines and marks."""
    lines = [
        (show.shape("line", charts.GREY), "stadsdelarnas gemensamma nivå"),
        (_line("dotted"), "gräns för 95\u00a0%"),
        (_line("dashed"), "gräns för 99,8\u00a0%"),
    ]
    return [*lines, *district_comparison.marks(compared)]


def _line(style: str) -> Html:
    return Html(
        f'<b aria-hidden="true" style="display:inline-block;width:1.6rem;border-top:2px {style} {charts.GREY};'
        'vertical-align:middle"></b> '
    )
