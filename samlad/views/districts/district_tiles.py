"""The city as tiles: a tile a district, roughly as on the map, marked like the dots.

The spec is in `district_charts`.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import pyarrow as pa

from samlad.report import charts
from samlad.swedish import row_words
from samlad.views.common.show import Html
from samlad.views.districts import district_comparison
from samlad.views.districts.district_rows import ComparedDistrict

PLACES: Mapping[str, tuple[int, int]] = {
    "Spånga-Tensta": (0, 0),
    "Rinkeby-Kista": (1, 0),
    "Järva": (1, 0),
    "Norrmalm": (2, 0),
    "Östermalm": (3, 0),
    "Norra innerstaden": (3, 0),
    "Hässelby-Vällingby": (0, 1),
    "Bromma": (1, 1),
    "Kungsholmen": (2, 1),
    "Södermalm": (3, 1),
    "Skärholmen": (0, 2),
    "Hägersten-Älvsjö": (1, 2),
    "Hägersten-Liljeholmen": (1, 2),
    "Enskede-Årsta-Vantör": (2, 2),
    "Skarpnäck": (3, 2),
    "Älvsjö": (1, 3),
    "Farsta": (3, 3),
}
"""Places of the city's districts, as column and row: west to east, north to south."""

COLUMNS = 4

DRAWN = pa.schema(
    [
        *((name, pa.string()) for name in ("district", "name", "word", "figure", "tone", "told")),
        *((name, pa.int64()) for name in ("column", "row")),
        *((name, pa.float64()) for name in ("fill", "edge")),
        ("is_open", pa.bool_()),
    ]
)
"""Rows the tiles are drawn from, as district_charts.tiles takes them."""

SYMBOLS = {
    **{"higher": "▲", "maybe_higher": "△", "none": "●", "maybe_lower": "▽", "lower": "▼"},
    **{"over": "↑", "same": "=", "under": "↓"},
}
"""Symbols of a district's comparison: tested above, where everything is counted below."""


def places(names: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return a tile for each district, all different: as on the map, else below by name."""
    taken: dict[tuple[int, int], str] = {}
    unknown = []
    for name in names:
        if name in PLACES and PLACES[name] not in taken:
            taken[PLACES[name]] = name
        else:
            unknown.append(name)
    below = 1 + max((row for _, row in taken), default=-1)
    for at, name in enumerate(unknown):
        taken[at % COLUMNS, below + at // COLUMNS] = name
    return {name: place for place, name in taken.items()}


def height(rows: Iterable[ComparedDistrict]) -> int:
    """Return the number of rows of tiles."""
    return 1 + max((row for _, row in places([row.district for row in rows]).values()), default=0)


def drawn(rows: Sequence[ComparedDistrict], against: str, beside: str, chosen: Sequence[str]) -> pa.Table:
    """Return the tiles' rows. A district without a figure has its reason in words and no number."""
    at = places([row.district for row in rows])
    return pa.Table.from_pylist([_tile(row, at, against, beside, chosen) for row in rows], DRAWN)


def _tile(
    row: ComparedDistrict, at: Mapping[str, tuple[int, int]], against: str, beside: str, chosen: Sequence[str]
) -> dict[str, Any]:
    key, name = row.comparison, row.district
    full = row_words.full_standing(row)
    is_certain = key in ("higher", "lower")
    column, line = at[name]
    is_known = row.value is not None
    word = district_comparison.compared(row, against) if is_known else ""
    return {
        "district": name,
        "name": _two_lines(f"{name} (vald)" if name in chosen else name),
        "word": f"{SYMBOLS.get(key or full or '', '')} {_two_lines(word)}".strip() if word else "",
        "figure": district_comparison.short_figure(row),
        "tone": district_comparison.tone(row, against) if is_known else "plain",
        "told": district_comparison.told(row, against, beside),
        "column": column,
        "row": line,
        "fill": 0.28 if is_certain else 0.04,
        "edge": 5.0 if name in chosen else 3.0 if is_certain else 2.0 if key and key != "none" else 1.0,
        "is_open": bool(key and key.startswith("maybe")) or not is_known,
    }


def _two_lines(words: str) -> str:
    """Return long words over two lines, broken after a hyphen or a space near the middle."""
    if len(words) <= 12:
        return words
    breaks = [at + 1 for at, letter in enumerate(words) if letter in "- "]
    if not breaks:
        return words
    middle = min(breaks, key=lambda at: abs(at - len(words) / 2))
    return f"{words[:middle].rstrip()}\n{words[middle:]}"


def small(rows: pa.Table) -> Html | None:
    """Return the tiles of `drawn`, small enough to stand beside another picture. None without any mark.

    They hold a symbol and a name each. The words and the figures stand in that picture and its table, so whoever
    listens to the page is spared them here.
    """
    found = rows.to_pylist()
    if not any(tile["word"] for tile in found):
        return None
    tiles = "".join(_small_tile(tile) for tile in found)
    unmarked = "" if all(tile["word"] for tile in found) else " Streck: inget tal, eller inget att jämföra med."
    return Html(
        f'<div class="tiles" aria-hidden="true" style="--columns:{COLUMNS}">{tiles}</div>'
        f'<p class="small">En ruta är en stadsdel, ungefär där den ligger på kartan.{unmarked}</p>'
    )


def _small_tile(tile: Mapping[str, Any]) -> str:
    tone = charts.TONES[tile["tone"]]
    share = round(100 * tile["fill"])
    look = (
        f"grid-column:{tile['column'] + 1};grid-row:{tile['row'] + 1};"
        f"border:{tile['edge']:.0f}px {'dashed' if tile['is_open'] else 'solid'} {tone};"
        f"background:color-mix(in srgb,{tone} {share}%,transparent)"
    )
    symbol = tile["word"].split(" ")[0].split("\n")[0] if tile["word"] else "–"
    return (
        f'<div style="{look}" title="{escape(tile["told"], quote=True)}"><i style="color:{tone}">{escape(symbol)}</i>'
        f"{escape(tile['name'])}</div>"
    )
