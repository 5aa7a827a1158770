"""Women and men beside each other in every district, and their certain differences.

The choice of women or men alone belongs in `common.choose`.
"""

from collections.abc import Sequence

import pyarrow as pa

from samlad.foundation.rows import DistrictSexesRow
from samlad.judgement.comparisons import COMPARED, Contrast
from samlad.report import charts
from samlad.swedish import numbers, row_words, words
from samlad.views.common import phrases, show
from samlad.views.common.show import Html, Row, Shown
from samlad.views.districts import district_comparison, district_rows, district_words
from samlad.views.districts.district_rows import WomenBesideMen

DRAWN = pa.schema(
    [
        *((name, pa.string()) for name in ("district", "sex", "missing", "told")),
        *((name, pa.float64()) for name in ("value", "lower", "upper")),
    ]
)
"""Rows of the picture, as district_charts.sexes takes them."""


def apart(rows: Sequence[DistrictSexesRow]) -> tuple[list[DistrictSexesRow], list[DistrictSexesRow]]:
    """Return the rows of women and the rows of men."""
    women, men = ([row for row in rows if row.sex == sex] for sex in ("women", "men"))
    return women, men


def drawn(women: Sequence[DistrictSexesRow], men: Sequence[DistrictSexesRow]) -> pa.Table:
    """Return the picture's rows, two a district; a protected row has no number."""
    found = [(sex, row) for pair in _pairs(women, men) for sex, row in zip(("women", "men"), pair, strict=True)]
    return pa.Table.from_pylist(
        [
            {
                "district": row.district,
                "sex": sex,
                "value": row.value,
                "lower": row.lower_95,
                "upper": row.upper_95,
                "missing": ""
                if row.value is not None
                else f"{words.SEXES[sex]}: {district_comparison.short_figure(row).lower()}",
                "told": f"{words.SEXES[sex]}: {district_comparison.told_by_itself(row)}",
            }
            for sex, row in found
        ],
        DRAWN,
    )


def beside_men(women: Sequence[DistrictSexesRow], men: Sequence[DistrictSexesRow]) -> list[WomenBesideMen]:
    """Return women's rows with the same district's men instead of the rest, and the difference."""
    rows = []
    for woman, man in _pairs(women, men):
        is_shown = woman.value is not None and man.value is not None
        rows.append(
            WomenBesideMen(
                **district_rows.columns(woman),
                rest_value=man.value if is_shown else None,
                rest_numerator=man.numerator if is_shown else None,
                rest_denominator=man.denominator if is_shown else None,
                comparison=difference(woman, man),
            )
        )
    return rows


def difference(woman: DistrictSexesRow, man: DistrictSexesRow) -> str | None:
    """Return women's difference from men in a district; None if untested.

    Values: higher, maybe_higher, none, maybe_lower, lower.

    Shares by Newcombe's interval, rates by the conditional ratio's, as districts are compared; full counts and figures
    without counts are not tested.
    """
    count, other = woman.numerator, man.numerator
    if count is None or other is None or woman.measure not in COMPARED or not woman.varies:
        return None
    if not woman.denominator or not man.denominator:
        return None
    return Contrast(woman.measure, count, woman.denominator, other, man.denominator).standing


def _pairs(
    women: Sequence[DistrictSexesRow], men: Sequence[DistrictSexesRow]
) -> list[tuple[DistrictSexesRow, DistrictSexesRow]]:
    held = {row.organisation_id: row for row in men}
    return [(row, held[row.organisation_id]) for row in women if row.organisation_id in held]


def sentence(women: Sequence[DistrictSexesRow], men: Sequence[DistrictSexesRow]) -> str:
    """Return a sentence on the districts where women and men differ for certain."""
    rows = beside_men(women, men)
    told = [row for row in rows if row_words.comparison(row)]
    if not told:
        return "Kvinnor och män kan inte jämföras: talen är skyddade, saknas eller har inga antal bakom sig."
    begun = f"{numbers.of(len(told), len(rows))} stadsdelar har tal för både kvinnor och män."
    differing = [(row.district, row_words.comparison(row)) for row in told if _differs(row)]
    if not differing:
        return f"{begun} {_NO_DIFFERENCE[told[0].varies]}"
    return f"{begun} Kvinnornas tal är {district_words.grouped(differing)}."


_NO_DIFFERENCE = {
    True: "Ingen skillnad mellan könen är säker.",
    False: "Kvinnor och män ligger i stort sett lika.",
}


def _differs(row: WomenBesideMen) -> bool:
    return row.comparison not in (None, "none") or row_words.full_standing(row) in ("over", "under")


def table(
    women: Sequence[DistrictSexesRow], men: Sequence[DistrictSexesRow], caption: str, chosen: Sequence[str]
) -> Shown:
    """Return women and men with their counts and intervals, and their difference."""
    pairs, words = _pairs(women, men), [row_words.comparison(row) for row in beside_men(women, men)]
    columns = {
        "Stadsdel": [district_comparison.named(woman.district, chosen) for woman, _ in pairs],
        "Kvinnor": [phrases.figure(woman) for woman, _ in pairs],
        "95 % osäkerhet, kvinnor": [row_words.interval(woman) for woman, _ in pairs],
        "Män": [phrases.figure(man) for _, man in pairs],
        "95 % osäkerhet, män": [row_words.interval(man) for _, man in pairs],
        "Kvinnor mot män": words,
    }
    kept = {name: held for name, held in columns.items() if any(held) or held is words}
    return Shown(
        caption=caption,
        columns=tuple(kept),
        rows=[Row([one or numbers.DASH for one in held]) for held in zip(*kept.values(), strict=True)],
        notes=show.reasons_note(row.missing_reason for pair in pairs for row in pair),
        is_example=district_comparison.is_example(women) or district_comparison.is_example(men),
    )


def legend(women: Sequence[DistrictSexesRow]) -> list[tuple[Html, str]]:
    """Return the meanings of the shapes."""
    has_intervals = any(row.lower_95 is not None for row in women)
    return [
        (show.shape("circle", charts.TEAL), "kvinnor"),
        (show.shape("square", charts.OCHRE), "män"),
        *([(show.shape("line", charts.GREY), words.INTERVAL)] if has_intervals else []),
    ]
