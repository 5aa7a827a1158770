"""Districts over the years: a panel each on a common scale, or lines between two years.

The spread and its course belong in `equity`.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Any

import pyarrow as pa

from samlad.foundation.rows import DistrictYearsRow
from samlad.swedish import numbers, row_words
from samlad.views.common import phrases, show
from samlad.views.common.show import Row, Shown
from samlad.views.districts import district_comparison, district_words
from samlad.views.districts.district_rows import ComparedDistrict

COLUMNS = 3
LEFT, WIDE, TOP, HIGH = 0.06, 0.84, 0.24, 0.58
"""Places of years and values in a panel of 1 by 1."""

PANELS = pa.schema(
    [
        *((name, pa.string()) for name in ("district", "kind", "series", "word", "told")),
        *((name, pa.float64()) for name in ("at", "until", "value_at", "lower_at", "upper_at")),
        ("is_chosen", pa.bool_()),
    ]
)
"""Rows of the panels, as district_charts.small_years takes them."""

SLOPE = pa.schema(
    [
        *((name, pa.string()) for name in ("district", "year", "label", "tone", "told")),
        *((name, pa.float64()) for name in ("value", "label_at")),
        ("is_chosen", pa.bool_()),
    ]
)
"""Rows of the slope, as district_charts.slope takes them."""


def by_district(rows: Iterable[DistrictYearsRow]) -> list[tuple[str, list[DistrictYearsRow]]]:
    """Return each district with its years, in the order of the query."""
    return [(name, [*held]) for name, held in groupby(rows, key=lambda row: row.district)]


def panel_rows(rows: Iterable[DistrictYearsRow]) -> int:
    """Return the number of rows of panels."""
    return math.ceil(len(by_district(rows)) / COLUMNS)


def panels(rows: Sequence[DistrictYearsRow], chosen: Sequence[str]) -> pa.Table:
    """Return the panels' rows. A year without a figure has its mark and no number; a break begins a new line."""
    found = by_district(rows)
    years = sorted({row.year for row in rows})
    top = _top([row for _, held in found for row in held])
    drawn: list[dict[str, Any]] = []
    for place, (name, held) in enumerate(found):
        drawn += _panel(name, held, place, years, top, name in chosen)
    return pa.Table.from_pylist(drawn, PANELS)


def _top(rows: Sequence[DistrictYearsRow]) -> float:
    """Return the value at the top of every panel: 100 % for shares, else the highest shown."""
    if rows and rows[0].measure in ("share", "yes_no"):
        return 1.0
    ends = (end for row in rows for end in (row.value, row.upper_95) if end is not None)
    return max(ends, default=1.0) or 1.0


def _panel(
    name: str, held: Sequence[DistrictYearsRow], place: int, years: Sequence[int], top: float, is_chosen: bool
) -> list[dict[str, Any]]:
    column, line = place % COLUMNS, place // COLUMNS
    bottom = line + TOP + HIGH

    def along(year: int) -> float:
        return column + LEFT + WIDE * (years.index(year) + 0.5) / len(years)

    def up(value: float | None) -> float | None:
        return None if value is None else bottom - HIGH * min(value, top) / top

    plain = {"district": name, "is_chosen": is_chosen}
    edges = {"at": column + LEFT, "until": column + LEFT + WIDE}
    drawn: list[dict[str, Any]] = [
        {**plain, "kind": "name", "word": name, "at": column + LEFT, "value_at": line + 0.04},
        *({**plain, **edges, "kind": "base", "value_at": at} for at in (bottom, bottom - HIGH)),
        *(
            {**plain, "kind": "year", "word": str(year), "at": along(year), "value_at": bottom + 0.1}
            for year in (years[0], years[-1])
        ),
    ]
    for row in held:
        point = {**plain, "at": along(row.year), "told": f"{name} {row.year}: {phrases.figure(row)}"}
        if row.value is None:
            mark = (row.missing_reason or "").replace("-", numbers.DASH)
            drawn.append({**point, "kind": "missing", "word": mark, "value_at": bottom - 0.06})
            continue
        ends = {"lower_at": up(row.lower_95), "upper_at": up(row.upper_95)}
        series = f"{name}{row.is_after_break}"
        drawn.append({**point, **ends, "kind": "point", "series": series, "value_at": up(row.value)})
    breaks = [after.year for before, after in pairwise(held) if after.is_after_break and not before.is_after_break]
    return drawn + [
        {
            **plain,
            "kind": "break",
            "at": along(year) - WIDE / len(years) / 2,
            "lower_at": bottom,
            "upper_at": bottom - HIGH,
        }
        for year in breaks
    ]


def scale_words(rows: Sequence[DistrictYearsRow]) -> str:
    """Return the meaning of the bottom and the top line of every panel."""
    measure = rows[0].measure
    return f"Varje ruta går från {numbers.figure(0, measure)} till {numbers.figure(_top(rows), measure)}"


def break_words(rows: Sequence[DistrictYearsRow], note: str | None) -> list[str]:
    """Return a sentence on a changed definition in the years shown; empty without a change."""
    years = sorted({row.year for row in rows if row.is_after_break})
    if not years or len(years) == len({row.year for row in rows}):
        return []
    said = " ".join(filter(None, (note, "Åren före och efter jämförs inte.")))
    return [f"Streckad linje: ny definition från {years[0]}. {said}"]


def table(rows: Sequence[DistrictYearsRow], caption: str, chosen: Sequence[str]) -> Shown:
    """Return districts by years, each cell with its counts, or words for the missing."""
    found = by_district(rows)
    years = sorted({row.year for row in rows})
    held = {(name, row.year): row for name, rows_of in found for row in rows_of}
    return Shown(
        caption=caption,
        columns=("Stadsdel", *map(str, years)),
        rows=[
            Row(
                [
                    district_comparison.named(name, chosen),
                    *(phrases.figure(held[name, year]) if (name, year) in held else "fanns inte" for year in years),
                ]
            )
            for name, _ in found
        ],
        notes=show.reasons_note(row.missing_reason for row in rows),
        is_example=district_comparison.is_example(rows),
    )


def slope(compared: Iterable[ComparedDistrict], earlier: int, year: int, chosen: Sequence[str]) -> pa.Table:
    """Return the slope's rows: districts with a figure in both years. Names that would meet are moved apart."""
    found = [
        (row, row.value, row.earlier_value)
        for row in compared
        if row.value is not None and row.earlier_value is not None
    ]
    labels = _apart([value for _, value, _ in found])
    drawn = []
    for (row, value, earlier_value), label_at in zip(found, labels, strict=True):
        then = district_comparison.beside_earlier(row)
        said = row_words.change(then) or "ingen jämförelse"
        plain = {
            "district": row.district,
            "tone": row_words.tone(then),
            "is_chosen": row.district in chosen,
            "told": f"{row.district}: {numbers.figure(earlier_value, row.measure)} {earlier}, "
            f"{numbers.figure(value, row.measure)} {year}; {said}",
        }
        word = "" if row.earlier_comparison in (None, "none") else f": {said}"
        drawn.append({**plain, "year": str(earlier), "value": earlier_value})
        drawn.append({**plain, "year": str(year), "value": value, "label": row.district + word, "label_at": label_at})
    return pa.Table.from_pylist(drawn, SLOPE)


def _apart(values: Sequence[float]) -> list[float]:
    """Return label places near the values, at least a thirteenth of the range from each other."""
    if not values:
        return []
    space = (max(values) - min(values) or 1.0) / 13
    order = sorted(range(len(values)), key=lambda at: values[at])
    placed = [values[at] for at in order]
    for _ in range(200):
        for below in range(len(placed) - 1):
            lack = space - (placed[below + 1] - placed[below])
            if lack > 0:
                placed[below] -= lack / 2
                placed[below + 1] += lack / 2
    return [place for _, place in sorted(zip(order, placed, strict=True))]


def slope_sentence(compared: Iterable[ComparedDistrict], earlier: int, year: int) -> str:
    """Return a sentence on the districts that have changed for certain between the two years."""
    rows = [district_comparison.beside_earlier(row) for row in compared]
    both = sum(row.value is not None and row.rest_value is not None for row in rows)
    if not both:
        return f"Ingen stadsdel har tal för både {earlier} och {year} som kan jämföras."
    begun = f"{numbers.of(both, len(rows))} stadsdelar har tal för både {earlier} och {year}."
    return f"{begun} {district_words.changes(rows, earlier)}"
