"""The districts most alike one district in size and surroundings, and how it compares with those."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from samlad import formats, statistics, telling, text
from samlad.statistics import Z95, Z998
from samlad.views import districts, phrases, show
from samlad.views.district_picture import Picture
from samlad.views.show import Row, Shown

MOST_ALIKE = 3

Found = Mapping[str, Any]


def focus(rows: pa.Table, chosen: Sequence[str]) -> str:
    """The district to look from: the first chosen that is in the division, else the first of all."""
    names = rows.column("district").to_pylist()
    return next((name for name in chosen if name in names), names[0])


def distances(context: pa.Table, name: str) -> list[tuple[str, float]]:
    """Every other district with its distance from one, nearest first: by size and reported violence, equally.

    Size is the logarithm of the population. Each is measured in standard deviations over the districts; the distance
    is the straight line. Empty when the district has no public figures. Ties go by name.
    """
    known = [row for row in context.to_pylist() if row["kind"] == "district" and row["population"]]
    if name not in {row["place"] for row in known} or len(known) < 2:
        return []
    scales = [_standardised([math.log(row["population"]) for row in known])]
    scales.append(_standardised([row["rate_per_1000"] for row in known]))
    at = {row["place"]: place for place, row in enumerate(known)}
    away = {
        other: math.hypot(*(scale[at[other]] - scale[at[name]] for scale in scales)) for other in at if other != name
    }
    return sorted(away.items(), key=lambda one: (one[1], one[0]))


def _standardised(values: Sequence[float]) -> list[float]:
    middle = math.fsum(values) / len(values)
    spread = math.sqrt(math.fsum((value - middle) ** 2 for value in values) / len(values))
    return [(value - middle) / spread if spread else 0.0 for value in values]


def picture(rows: pa.Table, context: pa.Table, title: str, chosen: tuple[str, ...]) -> Picture:
    """The district beside those most alike it, each with its interval."""
    name = focus(rows, chosen)
    alike = [other for other, _ in distances(context, name)[:MOST_ALIKE]]
    found = {row["district"]: row for row in rows.to_pylist()}
    together = pooled([found[other] for other in alike if other in found])
    word = compared(found[name], together)
    held = [
        {
            **row,
            "comparison": word if row["district"] == name else None,
            "rest_value": together["value"] if together and row["value"] is not None else None,
        }
        for row in rows.sort_by("district").to_pylist()
        if row["district"] in (name, *alike)
    ]
    shown = pa.Table.from_pylist(held, rows.schema)
    beside = "de lika stadsdelarna tillsammans"
    return Picture(
        spec=districts.spec(rows, (name,)),
        rows=districts.drawn(shown, beside=beside),
        title=f"{title}: {name} och lika stadsdelar",
        reading=sentence(found[name], alike, together, word),
        legend=districts.legend(shown, beside=beside),
        table=table(shown, context, name, f"{name} och lika stadsdelar"),
        is_example=districts.is_example(shown),
    )


def pooled(rows: Sequence[Found]) -> Found | None:
    """Several districts as one, from their counts; None when none of them has any."""
    counted = [row for row in rows if row["numerator"] is not None and row["denominator"]]
    if not counted:
        return None
    hits, base = (sum(row[name] for row in counted) for name in ("numerator", "denominator"))
    per = counted[0]["per"] if counted[0]["measure"] == "rate" else 1
    return {**counted[0], "numerator": hits, "denominator": base, "value": per * hits / base, "counted": len(counted)}


def compared(row: Found, together: Found | None) -> str | None:
    """How a district stands to those alike together, by the intervals of the page; None if it cannot be said."""
    if together is None or row["numerator"] is None or not row["denominator"]:
        return None
    numbers = (together["numerator"], together["denominator"], row["numerator"], row["denominator"])
    if row["measure"] == "share":
        return level([statistics.newcombe(*numbers, z) for z in (Z95, Z998)], 0)
    if together["numerator"] + row["numerator"] == 0:
        return None
    return level([statistics.rate_ratio(*numbers, z) for z in (Z95, Z998)], 1)


def level(intervals: Sequence[statistics.Interval], same: float) -> str:
    """What two intervals of a difference, at 95 and 99.8 per cent, say of it; same is the value of no difference."""
    possible, certain = intervals
    if not certain.holds(same):
        return "higher" if certain.lower > same else "lower"
    if not possible.holds(same):
        return "maybe_higher" if possible.lower > same else "maybe_lower"
    return "none"


def sentence(row: Found, alike: Sequence[str], together: Found | None, word: str | None) -> str:
    """Which districts are most alike, by what, and how the district compares with them."""
    name = row["district"]
    if not alike:
        return f"{name} har inga offentliga tal att jämföra storlek och omgivning med i den här indelningen."
    said = f"Mest lika {name} i folkmängd och anmälda våldsbrott per invånare är {text.listed(list(alike))}."
    if row["value"] is None:
        return f"{said} {name} har inget tal att visa."
    if together is None or word is None:
        return f"{said} De har inga tal att jämföra med."
    measure = row["measure"]
    words = telling.comparison({**row, "comparison": word})
    return (
        f"{said} {name}: {formats.figure(row['value'], measure)}; de lika tillsammans "
        f"{formats.figure(together['value'], measure)} ({formats.of(together['counted'], len(alike))} är med i "
        f"beräkningen): {words}."
    )


def table(rows: pa.Table, context: pa.Table, name: str, caption: str) -> Shown:
    """The districts with their figures, and what they are alike in."""
    known = {row["place"]: row for row in context.to_pylist() if row["kind"] == "district"}
    away = {name: 0.0, **dict(distances(context, name))}
    found = rows.to_pylist()
    return Shown(
        caption=caption,
        columns=("Stadsdel", "Utfall", "95 % osäkerhet", "Folkmängd", "Anmälda våldsbrott per 1 000", "Avstånd"),
        numbers=frozenset({3, 4, 5}),
        rows=[
            Row(
                (
                    districts.named(row["district"], (name,)),
                    phrases.figure(row),
                    phrases.interval(row) or formats.DASH,
                    formats.number(known[row["district"]]["population"]) if row["district"] in known else formats.DASH,
                    formats.decimal(known[row["district"]]["rate_per_1000"], 2)
                    if row["district"] in known
                    else formats.DASH,
                    formats.decimal(away[row["district"]], 1) if row["district"] in away else formats.DASH,
                )
            )
            for row in found
        ],
        notes=(
            "Avståndet räknas i folkmängd (på logaritmisk skala) och anmälda våldsbrott per invånare, var för sig i "
            "standardavvikelser mellan stadsdelarna. 0 är helt lika. Anmälda brott: Brå. Folkmängd: SCB.",
            *show.reasons_note(row["missing_reason"] for row in found),
        ),
        is_example=districts.is_example(rows),
    )
