"""Districts most alike a chosen district in size and surroundings, and their comparison with that district.

Comparisons with the whole city belong in `district_comparison`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from samlad.foundation.rows import ReportedViolenceRow
from samlad.judgement.comparisons import Contrast
from samlad.swedish import numbers, row_words, words
from samlad.views.common import phrases, show
from samlad.views.common.show import Row, Shown
from samlad.views.districts import district_comparison
from samlad.views.districts.district_picture import Picture
from samlad.views.districts.district_rows import ComparedDistrict

MOST_ALIKE = 3

TOGETHER = "de liknande stadsdelarna tillsammans"


@dataclass(frozen=True)
class Together:
    """Several districts together: their counts added up, the figure of the sums, and how many have counts."""

    numerator: int
    denominator: int
    value: float
    counted: int


def focus(rows: Sequence[ComparedDistrict], chosen: Sequence[str]) -> str:
    """Return the district to look from: the first chosen in the division, else the first of all."""
    names = [row.district for row in rows]
    return next((name for name in chosen if name in names), names[0])


def distances(context: Sequence[ReportedViolenceRow], name: str) -> list[tuple[str, float]]:
    """Return every other district with its distance, nearest first: by size and reported violence, equally.

    Size is the logarithm of the population. Each is measured in standard deviations over the districts; the distance
    is the straight line. Empty when the district has no public figures. Ties go by name.
    """
    known = [row for row in context if row.kind == "district" and row.population]
    if name not in {row.place for row in known} or len(known) < 2:
        return []
    scales = [_standardised([math.log(row.population) for row in known if row.population])]
    scales.append(_standardised([row.rate_per_1000 or 0.0 for row in known]))
    at = {row.place: place for place, row in enumerate(known)}
    away = {
        other: math.hypot(*(scale[at[other]] - scale[at[name]] for scale in scales)) for other in at if other != name
    }
    return sorted(away.items(), key=lambda one: (one[1], one[0]))


def _standardised(values: Sequence[float]) -> list[float]:
    middle = math.fsum(values) / len(values)
    spread = math.sqrt(math.fsum((value - middle) ** 2 for value in values) / len(values))
    return [(value - middle) / spread if spread else 0.0 for value in values]


def picture(
    rows: Sequence[ComparedDistrict], context: Sequence[ReportedViolenceRow], title: str, chosen: tuple[str, ...]
) -> Picture:
    """Return the picture of the district beside the most alike, each with its interval."""
    name = focus(rows, chosen)
    alike = [other for other, _ in distances(context, name)[:MOST_ALIKE]]
    found = {row.district: row for row in rows}
    together = pooled([found[other] for other in alike if other in found])
    word = compared(found[name], together)
    shown = [
        replace(beside(row, together), comparison=word)
        if row.district == name
        else replace(beside(row, together), comparison=None, rest_denominator=None)
        for row in sorted(rows, key=lambda row: row.district)
        if row.district in (name, *alike)
    ]
    return Picture(
        spec=district_comparison.spec(rows, (name,)),
        rows=district_comparison.drawn(shown, beside=TOGETHER),
        title=f"{title}: {name} och liknande stadsdelar",
        reading=sentence(found[name], alike, together, word),
        legend=district_comparison.legend(shown, beside=TOGETHER),
        table=table(shown, context, name, f"{name} och liknande stadsdelar"),
        is_example=district_comparison.is_example(shown),
    )


def pooled(rows: Sequence[ComparedDistrict]) -> Together | None:
    """Return several districts together, from their counts; None when no district has counts."""
    counts = [(row.numerator, row.denominator) for row in rows if row.numerator is not None and row.denominator]
    if not counts:
        return None
    hits, base = sum(count for count, _ in counts), sum(size for _, size in counts)
    per = rows[0].per or 1 if rows[0].measure == "rate" else 1
    return Together(hits, base, per * hits / base, len(counts))


def compared(row: ComparedDistrict, together: Together | None) -> str | None:
    """Return the district's difference from its most alike together, by the page's test. None if untested."""
    if together is None or row.numerator is None or not row.denominator or not row.varies:
        return None
    return Contrast(row.measure, row.numerator, row.denominator, together.numerator, together.denominator).standing


def sentence(row: ComparedDistrict, alike: Sequence[str], together: Together | None, word: str | None) -> str:
    """Return a sentence on the districts most alike, in which respects, and how the district compares."""
    name = row.district
    if not alike:
        return f"{name} har inga offentliga tal att jämföra storlek och omgivning med i den här indelningen."
    said = f"Mest lika {name} i folkmängd och anmälda våldsbrott per invånare är {words.listed(list(alike))}."
    if row.value is None:
        return f"{said} {name} har inget tal att visa."
    if together is None:
        return f"{said} De har inga tal att jämföra med."
    measure = row.measure
    wording = row_words.comparison(replace(beside(row, together), comparison=word))
    if not wording:
        return f"{said} Talen kan inte jämföras."
    return (
        f"{said} {name}: {numbers.figure(row.value, measure)}; de liknande tillsammans "
        f"{numbers.figure(together.value, measure)} ({numbers.of(together.counted, len(alike))} är med i "
        f"beräkningen): {wording}."
    )


def beside(row: ComparedDistrict, together: Together | None) -> ComparedDistrict:
    """Return a district's row with its most alike together instead of the rest of the city."""
    if together is None or row.value is None:
        return replace(row, rest_value=None, rest_numerator=None, rest_denominator=None)
    return replace(
        row,
        rest_value=together.value,
        rest_numerator=together.numerator,
        rest_denominator=together.denominator,
    )


def table(rows: Sequence[ComparedDistrict], context: Sequence[ReportedViolenceRow], name: str, caption: str) -> Shown:
    """Return the districts with their figures, and the traits by which they are alike."""
    known = {row.place: row for row in context if row.kind == "district"}
    away = {name: 0.0, **dict(distances(context, name))}
    return Shown(
        caption=caption,
        columns=("Stadsdel", "Utfall", "95 % osäkerhet", "Folkmängd", "Anmälda våldsbrott per 1 000", "Avstånd"),
        numbers=frozenset({3, 4, 5}),
        rows=[
            Row(
                (
                    district_comparison.named(row.district, (name,)),
                    phrases.figure(row, beside=row.target),
                    phrases.interval(row) or numbers.DASH,
                    numbers.number(known[row.district].population or 0) if row.district in known else numbers.DASH,
                    numbers.decimal(known[row.district].rate_per_1000 or 0.0, 2)
                    if row.district in known
                    else numbers.DASH,
                    numbers.decimal(away[row.district], 1) if row.district in away else numbers.DASH,
                )
            )
            for row in rows
        ],
        notes=(
            "Avståndet räknas i folkmängd (på logaritmisk skala) och anmälda våldsbrott per invånare, var för sig i "
            "standardavvikelser mellan stadsdelarna. 0 är helt lika. Anmälda brott: Brå. Folkmängd: SCB.",
            *show.reasons_note(row.missing_reason for row in rows),
        ),
        is_example=district_comparison.is_example(rows),
    )
