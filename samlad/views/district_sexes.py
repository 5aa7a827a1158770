"""Women and men beside each other in every district, and whether they differ for certain."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from samlad import charts, formats, statistics, telling, text
from samlad.statistics import Z95, Z998
from samlad.views import districts, phrases, show
from samlad.views.district_alike import level
from samlad.views.show import Html, Row, Shown

Found = Mapping[str, Any]

DRAWN = pa.schema(
    [
        *((name, pa.string()) for name in ("district", "sex", "missing", "told")),
        *((name, pa.float64()) for name in ("value", "lower", "upper")),
    ]
)
"""The rows of the picture, as district_charts.sexes takes them."""


BESIDE_NOTHING = dict.fromkeys(("rest_value", "target", "comparison"))
"""A row that is told by itself: no rest of the city and no årsmål."""


def apart(rows: pa.Table) -> tuple[pa.Table, pa.Table]:
    """The rows of women and those of men."""
    women, men = (rows.filter(pc.equal(rows["sex"], sex)) for sex in ("women", "men"))
    return women, men


def drawn(women: pa.Table, men: pa.Table) -> pa.Table:
    """What the picture draws, two rows a district; what is protected has no number."""
    found = [(sex, row) for pair in _pairs(women, men) for sex, row in zip(("women", "men"), pair, strict=True)]
    return pa.Table.from_pylist(
        [
            {
                "district": row["district"],
                "sex": sex,
                "value": row["value"],
                "lower": row["lower_95"],
                "upper": row["upper_95"],
                "missing": ""
                if row["value"] is not None
                else f"{text.SEXES[sex]}: {districts.short_figure(row).lower()}",
                "told": f"{text.SEXES[sex]}: {districts.told({**row, **BESIDE_NOTHING})}",
            }
            for sex, row in found
        ],
        DRAWN,
    )


def difference(woman: Found, man: Found) -> str | None:
    """How women stand to men in a district: higher, maybe_higher, none, maybe_lower, lower; None if it cannot be said.

    Shares by Newcombe's interval, rates by the conditional ratio's, as districts are compared; units and what has no
    counts are not compared.
    """
    numbers = (man["numerator"], man["denominator"], woman["numerator"], woman["denominator"])
    if None in numbers or woman["measure"] not in ("share", "rate") or woman["counts"] == "units":
        return None
    if woman["measure"] == "share":
        return level([statistics.newcombe(*numbers, z) for z in (Z95, Z998)], 0)
    if man["numerator"] + woman["numerator"] == 0:
        return None
    return level([statistics.rate_ratio(*numbers, z) for z in (Z95, Z998)], 1)


def _pairs(women: pa.Table, men: pa.Table) -> list[tuple[Found, Found]]:
    held = {row["organisation_id"]: row for row in men.to_pylist()}
    return [(row, held[row["organisation_id"]]) for row in women.to_pylist() if row["organisation_id"] in held]


def sentence(women: pa.Table, men: pa.Table) -> str:
    """In how many districts women and men differ for certain, and where."""
    pairs = _pairs(women, men)
    found = [(woman["district"], difference(woman, man)) for woman, man in pairs]
    told = [(name, key) for name, key in found if key]
    if not told:
        return "Kvinnor och män kan inte jämföras: talen är skyddade, saknas eller har inga antal bakom sig."
    differing = [f"{name} (kvinnor {text.COMPARISONS[key]})" for name, key in told if key != "none"]
    begun = f"{formats.of(len(told), len(pairs))} stadsdelar har tal för både kvinnor och män. "
    if not differing:
        return f"{begun}Ingen skillnad mellan könen är säker."
    return f"{begun}{len(differing)} har en skillnad: {text.listed(differing, len(differing))}."


def table(women: pa.Table, men: pa.Table, caption: str, chosen: Sequence[str]) -> Shown:
    """Women and men with their counts and intervals, and whether they differ."""
    pairs = _pairs(women, men)
    return Shown(
        caption=caption,
        columns=("Stadsdel", "Kvinnor", "95 % osäkerhet, kvinnor", "Män", "95 % osäkerhet, män", "Kvinnor mot män"),
        rows=[
            Row(
                (
                    districts.named(woman["district"], chosen),
                    phrases.figure(woman),
                    telling.interval(woman) or formats.DASH,
                    phrases.figure(man),
                    telling.interval(man) or formats.DASH,
                    text.COMPARISONS[key] if (key := difference(woman, man)) else formats.DASH,
                )
            )
            for woman, man in pairs
        ],
        notes=show.reasons_note(row["missing_reason"] for pair in pairs for row in pair),
        is_example=districts.is_example(women) or districts.is_example(men),
    )


def legend() -> list[tuple[Html, str]]:
    """What the shapes stand for."""
    return [
        (show.shape("circle", charts.TEAL), "kvinnor"),
        (show.shape("square", charts.OCHRE), "män"),
        (show.shape("line", charts.GREY), "95\u00a0% osäkerhet"),
    ]
