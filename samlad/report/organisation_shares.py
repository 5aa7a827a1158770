"""An organisation's shares in a year: a row each for the chart, and sentences on the chart.

Other measures belong in the table of `organisation_summary`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samlad.foundation.rows import IndicatorCasesRow, OrganisationIndicatorsRow
from samlad.judgement.judged_years import Judged
from samlad.report import charts
from samlad.report.organisation_pages import BriefChart
from samlad.swedish import numbers, row_words, words
from samlad.swedish.row_kinds import PlainFigure
from samlad.warehouse.catalogue_choices import Organisation


@dataclass(frozen=True)
class OwnIndicator:
    """An organisation's indicator: its case in a year, beside årsmål and the rest."""

    case: IndicatorCasesRow
    beside: OrganisationIndicatorsRow

    @property
    def value(self) -> float | None:
        """Return the figure that is compared."""
        return self.case.value

    @property
    def denominator(self) -> int | None:
        """Return the figure's denominator."""
        return self.case.denominator

    @property
    def rest_value(self) -> float | None:
        """Return the figure of the rest of the city."""
        return self.beside.rest_value

    @property
    def rest_denominator(self) -> int | None:
        """Return the denominator of the rest of the city."""
        return self.beside.rest_denominator

    @property
    def comparison(self) -> str | None:
        """Return how surely the organisation and the rest differ; None untested."""
        return self.beside.comparison

    @property
    def measure(self) -> str:
        return self.case.measure

    @property
    def unit(self) -> str:
        """Return the unit in Swedish words."""
        return self.case.unit

    @property
    def per(self) -> int | None:
        """Return the base of a rate, the count that the rate is given per."""
        return self.case.per

    @property
    def varies(self) -> bool:
        """Return True if chance moves the figure."""
        return self.case.varies

    @property
    def direction(self) -> str:
        """Return the direction that is good."""
        return self.case.direction


def chart(
    organisation: Organisation, rows: Sequence[OwnIndicator], verdicts: Mapping[str, Judged], year: int
) -> BriefChart | None:
    """Return a chart of the shares that have a figure, against årsmål and the rest. None without any."""
    shares = [row for row in rows if row.measure == "share" and row.value is not None]
    if not shares:
        return None
    is_compared = any(row_words.comparison(row) for row in shares)
    title = f"Andelar mot årsmål{' och resten av staden' if is_compared else ''}, {organisation.name} {year}"
    return BriefChart(
        spec=charts.districts("share", ""),
        rows=[_point(row) for row in shares],
        title=title,
        reading=_reading(shares, verdicts, year),
        legend=_legend(shares),
    )


def _point(row: OwnIndicator) -> dict[str, Any]:
    comparison = row.comparison
    is_above = comparison in ("higher", "maybe_higher")
    is_below = comparison in ("lower", "maybe_lower")
    return {
        "district": row.case.indicator,
        "shape": comparison or "none",
        "tone": row_words.tone(row),
        "word_after": row_words.comparison(row) if is_above else "",
        "word_before": row_words.comparison(row) if is_below else "",
        "told": f"{row.case.indicator}: {_figure(row)}",
        "missing": "",
        "value": row.value,
        "lower": row.beside.lower_95,
        "upper": row.beside.upper_95,
        "rest": row.rest_value,
        "target": row.case.target,
        "is_open": bool(comparison and comparison.startswith("maybe")),
    }


def _figure(row: OwnIndicator) -> str:
    case = row.case
    figure = PlainFigure(case.value, case.numerator, case.denominator, case.measure, case.unit, case.counts)
    return row_words.figure(figure, beside=case.target)


def _reading(shares: Sequence[OwnIndicator], verdicts: Mapping[str, Judged], year: int) -> str:
    """Return a sentence on shares that meet the årsmål, and shares that differ from the rest."""
    tried = [one for row in shares if (one := verdicts[row.case.indicator_id].verdicts[year]).is_tried]
    return " ".join([_met_said([one.met is True for one in tried]), *_beside_rest(shares)])


def _beside_rest(shares: Sequence[OwnIndicator]) -> list[str]:
    """Return sentences on shares that differ from the rest.

    Tested shares by how surely they differ, full counts by the figures alone.
    """
    tested = [row for row in shares if row.comparison]
    said = []
    for begun, verb in ((words.SURE, "skiljer sig säkert"), (words.POSSIBLE, "skiljer sig möjligen")):
        told = [(row.case.indicator, row_words.comparison(row)) for row in tested]
        named = [f"{name}, {word.removeprefix(begun)}" for name, word in told if word.startswith(begun)]
        if named:
            said.append(
                f"{numbers.of(len(named), len(tested))} {verb} från resten av staden: "
                f"{words.listed(named, len(named))}."
            )
    if tested and not said:
        said.append("Ingen andel skiljer sig säkert från resten av staden.")
    full = [f"{row.case.indicator}, {row_words.comparison(row)}" for row in shares if row_words.full_standing(row)]
    if full:
        said.append(f"Där allt är räknat: {words.listed(full, len(full))}.")
    return said


def _met_said(met: Sequence[bool]) -> str:
    """Return a sentence: how many of the shares that can be tried met their årsmål.

    >>> _met_said([False]), _met_said([True, False, False])
    ('Den enda andelen med årsmål nådde det inte.', '1 av 3 andelar med årsmål nådde det.')
    """
    if not met:
        return "Ingen av andelarna prövas mot ett årsmål."
    if len(met) == 1:
        return f"Den enda andelen med årsmål nådde det{'' if met[0] else ' inte'}."
    number = "Ingen" if not any(met) else "Alla" if all(met) else numbers.number(sum(met))
    among = numbers.number(len(met)) if all(met) else f"av {numbers.number(len(met))}"
    return f"{number} {among} andelar med årsmål nådde det."


def _legend(shares: Sequence[OwnIndicator]) -> str:
    parts = [
        "punkt: utfallet",
        f"linje: {words.INTERVAL}" if any(row.beside.lower_95 is not None for row in shares) else "",
        "streck: resten av staden" if any(row.rest_value is not None for row in shares) else "",
        "romb: årsmål" if any(row.case.target is not None for row in shares) else "",
    ]
    return "; ".join(part for part in parts if part).capitalize()
