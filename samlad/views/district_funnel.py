"""Districts by their size, beside how far chance alone spreads districts of that size."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from samlad import charts, formats, telling, text
from samlad.views import district_charts, districts, show
from samlad.views.show import Html, Row, Shown

DRAWN = pa.schema(
    [
        *((name, pa.string()) for name in ("district", "shape", "tone", "told")),
        *((name, pa.float64()) for name in ("size", "value", "level")),
        *((name, pa.float64()) for name in ("lower_95", "upper_95", "lower_998", "upper_998")),
        *((name, pa.bool_()) for name in ("is_limit", "is_open")),
    ]
)
"""The rows a funnel draws, as district_charts.funnel takes them."""

Found = Mapping[str, Any]


def beyond(row: Found) -> str:
    """Where a district lies against the limits: higher, maybe_higher, none, maybe_lower or lower."""
    if row["value"] > row["upper_998"]:
        return "higher"
    if row["value"] < row["lower_998"]:
        return "lower"
    if row["value"] > row["upper_95"]:
        return "maybe_higher"
    return "maybe_lower" if row["value"] < row["lower_95"] else "none"


def spec(compared: pa.Table, chosen: tuple[str, ...]) -> dict[str, Any]:
    """The funnel's spec, for the measure of the comparison's rows."""
    first = compared.slice(0, 1).to_pylist()[0]
    return district_charts.funnel(
        first["measure"], districts.axis_title(first["measure"], first["unit"]), size_title(first), chosen
    )


def size_title(row: Found) -> str:
    """What stands at the axis of sizes."""
    noun = "invånare" if row["measure"] == "rate" else text.counted_noun(row["unit"], row["counts"]) or "svar"
    return f"Stadsdelens storlek: antal {noun}"


def drawn(rows: pa.Table, compared: pa.Table) -> pa.Table:
    """What the funnel draws: its curves, and each district that has a figure."""
    direction, measure = (compared.column(name)[0].as_py() for name in ("direction", "measure"))
    return pa.Table.from_pylist([_point(row, direction, measure) for row in rows.to_pylist()], DRAWN)


def _point(row: Found, direction: str, measure: str) -> dict[str, Any]:
    if row["organisation_id"] is None:
        return {**row, "is_limit": True, "is_open": False}
    found = beyond(row)
    return {
        **row,
        "is_limit": False,
        "shape": found,
        "tone": telling.tone({"comparison": found, "direction": direction}),
        "is_open": found.startswith("maybe"),
        "told": f"{row['district']}: {formats.figure(row['value'], measure)} av {formats.number(row['size'])}; "
        f"{POSITIONS[found]}",
    }


POSITIONS = {
    "higher": "över gränsen för 99,8\u00a0%",
    "maybe_higher": "över gränsen för 95\u00a0%",
    "none": "inom gränserna",
    "maybe_lower": "under gränsen för 95\u00a0%",
    "lower": "under gränsen för 99,8\u00a0%",
}


def sentence(rows: pa.Table, districts_in_all: int) -> str:
    """How many districts lie beyond what chance gives for their size, and which."""
    found = [row for row in rows.to_pylist() if row["organisation_id"] is not None]
    outside = [(row["district"], POSITIONS[beyond(row)]) for row in found if beyond(row) != "none"]
    begun = (
        "Små stadsdelar svänger mer av slump än stora; tratten visar hur mycket. "
        f"{formats.of(len(found), districts_in_all)} är med i beräkningen. "
    )
    if not outside:
        return f"{begun}Alla ligger inom gränserna."
    return f"{begun}Utanför ligger {text.listed([f'{name} ({where})' for name, where in outside])}."


def table(rows: pa.Table, measure: str, caption: str, chosen: Sequence[str]) -> Shown:
    """Each district's size and figure, and the limits for that size."""
    return Shown(
        caption=caption,
        columns=("Stadsdel", "Storlek", "Utfall", "95 %-gränser", "99,8 %-gränser", "Läge"),
        rows=[
            Row(
                (
                    districts.named(row["district"], chosen),
                    formats.number(row["size"]),
                    formats.figure(row["value"], measure),
                    formats.interval(row["lower_95"], row["upper_95"], measure),
                    formats.interval(row["lower_998"], row["upper_998"], measure),
                    POSITIONS[beyond(row)],
                )
            )
            for row in sorted(rows.to_pylist(), key=lambda row: row["district"] or "")
            if row["organisation_id"] is not None
        ],
        numbers=frozenset({1}),
        notes=("Gränserna gäller runt stadsdelarnas gemensamma nivå. Den som saknar tal är inte med.",),
    )


def legend() -> list[tuple[Html, str]]:
    """What the lines of the funnel mean."""
    return [
        (show.shape("line", charts.GREY), "stadsdelarnas gemensamma nivå"),
        (_line("dotted"), "gräns för 95\u00a0%"),
        (_line("dashed"), "gräns för 99,8\u00a0%"),
        (show.shape("triangle-up", charts.GREY), "utanför 99,8\u00a0%, kontur: utanför 95\u00a0%"),
    ]


def _line(style: str) -> Html:
    return Html(
        f'<b aria-hidden="true" style="display:inline-block;width:1.6rem;border-top:2px {style} {charts.GREY};'
        'vertical-align:middle"></b> '
    )
