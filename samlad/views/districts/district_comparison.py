"""The comparison on Stadsdelar: titles, sentences, chart rows and table.

Every figure comes from a query row. Choices and other pictures have their own modules.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from typing import Any, Protocol

import pyarrow as pa

from samlad.foundation.rows import DistrictComparisonRow, DistrictYearsRow
from samlad.judgement.facts import Case, change_year
from samlad.judgement.figure_change import Figure
from samlad.judgement.verdicts import judge
from samlad.report import charts
from samlad.swedish import numbers, row_words, words
from samlad.swedish.row_kinds import FigureRow, IntervalRow
from samlad.views.common import phrases, show
from samlad.views.common.choose import Indicator
from samlad.views.common.show import Html, Row, Shown
from samlad.views.districts import district_charts, district_choices, district_words
from samlad.views.districts.district_rows import ComparedDistrict

DRAWN = pa.schema(
    [
        *(
            (name, pa.string())
            for name in ("district", "shape", "tone", "word_after", "word_before", "told", "missing")
        ),
        *((name, pa.float64()) for name in ("value", "lower", "upper", "rest", "target")),
        ("is_open", pa.bool_()),
    ]
)
"""Rows a chart of districts draws, as charts.districts takes them."""

TARGET_WORDS = {
    "none": "nådde årsmålet",
    "lower": "under årsmålet, nådde det inte",
    "higher": "över årsmålet, nådde det inte",
}
"""Words of marks in a picture held against the årsmål."""


def title(indicator: Indicator, year: int) -> str:
    """Return the page's title, naming the selection."""
    return f"Stadsdelar: {indicator.name} {year}"


def chart_title(
    indicator: Indicator, year: int, sex: str, division: str | None, by_value: bool = False, held: str = ""
) -> str:
    """Return the chart's title, naming every choice; held names the comparison."""
    where = district_choices.division_words(division)
    return (
        f"{indicator.name} {year}{district_choices.who(sex)}, {where}{held and f', {held}'}"
        f"{', efter värde' if by_value else ''}"
    )


def why_nothing(indicator: Indicator, year: int) -> str:
    """Return why there is nothing to compare, and a next step."""
    years = [str(found) for found in indicator.row.years]
    if not years:
        return f"Ingen stadsdelsnämnd har rapporterat {indicator.name} än. Välj en annan indikator."
    return (
        f"Ingen stadsdelsnämnd har rapporterat {indicator.name} för {year}. Det finns tal för {words.listed(years, 9)}."
    )


def sentence(rows: Sequence[ComparedDistrict]) -> str:
    """Return a sentence: how many districts have a figure, and how many met their årsmål.

    The districts' differences stand before, as the answer of the page.
    """
    reported = [row for row in rows if row.value is not None]
    if not reported:
        return "Ingen stadsdel har något tal att visa: de är skyddade, inte rapporterade eller inte tillämpliga."
    said = []
    if len(reported) < len(rows):
        said.append(f"{numbers.of(len(reported), len(rows))} stadsdelar har ett tal att visa.")
    met = [row for row in rows if row.outcome is not None]
    if met:
        reached = sum(row.outcome == "met" for row in met)
        number = numbers.of(reached, len(met)) if reached else f"Ingen av {numbers.number(len(met))}"
        said.append(f"{number} nådde årsmålet.")
    return " ".join(said) or district_words.differences(reported)


def differences(rows: Sequence[ComparedDistrict]) -> str:
    """Return a sentence or two on districts that differ from the rest of the city. Empty without figures."""
    reported = [row for row in rows if row.value is not None]
    return district_words.differences(reported) if reported else ""


def reading(shown: Sequence[ComparedDistrict], against: str, earlier: int | None) -> str:
    """Return the reading of the picture of dots or tiles, against the chosen comparison."""
    if against == district_choices.REST or (against == district_choices.EARLIER and earlier is None):
        return sentence(shown)
    if against == district_choices.EARLIER and earlier is not None:
        return district_words.changes(shown, earlier)
    tried = [row for row in shown if row.comparison is not None]
    if not tried:
        return "Ingen stadsdel kan prövas mot ett årsmål för året."
    met = sum(row.outcome == "met" for row in tried)
    return (
        f"{numbers.of(met, len(tried), 'stadsdelar') if met else f'Ingen av {len(tried)} stadsdelar'} nådde årsmålet."
    )


def ordered(rows: Sequence[ComparedDistrict], by_value: bool) -> list[ComparedDistrict]:
    """Return the districts in the fixed order, or by value with districts without a figure last."""
    return sorted(rows, key=_by_value) if by_value else list(rows)


def _by_value(row: ComparedDistrict) -> tuple[bool, float, str]:
    return row.value is None, -(row.value or 0.0), row.district


def has_figures(rows: Iterable[DistrictComparisonRow]) -> bool:
    """Return True if any district has a figure, or a reason other than a missing report."""
    return any(row.missing_reason != "-" for row in rows)


class OriginRow(Protocol):
    """A row with its origin."""

    @property
    def origin(self) -> str: ...


def is_example(rows: Iterable[OriginRow]) -> bool:
    """Return True if any row is made up."""
    return any(row.origin == "example" for row in rows)


def spec(rows: Sequence[ComparedDistrict], chosen: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the chart's spec for the rows; the chosen districts are set in bold."""
    measure = rows[0].measure
    return district_charts.dots(measure, axis_title(measure, rows[0].unit), chosen)


def axis_title(measure: str, unit: str) -> str:
    """Return the words at the axis of a measure."""
    return {"share": "Andel", "yes_no": "Svar"}.get(measure, f"{unit[0].upper()}{unit[1:]}")


def about(indicator: Indicator) -> list[tuple[str, str]]:
    """Return the indicator's definition and its source."""
    found = indicator.row
    pairs = [("Mäter", found.name), ("Definition", found.definition), ("Källa", found.indicator_source)]
    if found.break_note:
        pairs.append((f"Ny definition {found.break_year}", found.break_note))
    return [(name, said) for name, said in pairs if said]


def beside_earlier(row: ComparedDistrict) -> ComparedDistrict:
    """Return a row with its own earlier year instead of the rest of the city."""
    return replace(
        row,
        comparison=row.earlier_comparison,
        rest_value=row.earlier_value,
        rest_numerator=row.earlier_numerator,
        rest_denominator=row.earlier_denominator,
    )


def with_outcome(
    rows: Iterable[ComparedDistrict], year: int, over_time: Iterable[DistrictYearsRow]
) -> list[ComparedDistrict]:
    """Return the rows with each district's outcome against the year's årsmål."""
    reported: dict[str, set[int]] = {}
    for one in over_time:
        if one.value is not None:
            reported.setdefault(one.organisation_id, set()).add(one.year)
    return [replace(row, outcome=_outcome(row, year, reported.get(row.organisation_id, set()))) for row in rows]


def _outcome(row: ComparedDistrict, year: int, reported: set[int]) -> str | None:
    based = row.base_year
    verdict = judge(
        Case(
            measure=row.measure,
            direction=row.direction,
            year=year,
            latest=Figure(row.numerator, row.denominator, row.value, row.missing_reason),
            counts=row.counts,
            varies=row.varies,
            per=row.per or 1,
            unit=row.unit,
            base_year=change_year(based, row.break_year, year, reported) if based else None,
            target=row.target,
            last_target=row.last_target,
            last_target_year=row.last_target_year,
        )
    )
    if verdict.met is None:
        return None
    return "met" if verdict.met else "missed"


def sizes_differ(rows: Sequence[DistrictComparisonRow]) -> bool:
    """Return True if the largest district with counts is over three times the smallest: worth a funnel."""
    sizes = [row.denominator for row in rows if row.numerator is not None and row.denominator]
    is_tested = any(row.comparison is not None for row in rows)
    return is_tested and bool(sizes) and max(sizes) > 3 * min(sizes)


def held_against(rows: Sequence[ComparedDistrict], against: str, earlier: int | None) -> Sequence[ComparedDistrict]:
    """Return the rows with earlier year or årsmål, as chosen, instead of the rest.

    The comparison with an årsmål is a fact: higher or lower where missed, and none where met.
    """
    if against == district_choices.REST or (against == district_choices.EARLIER and earlier is None):
        return rows
    if against == district_choices.EARLIER:
        return [beside_earlier(row) for row in rows]
    return [replace(row, comparison=_against_target(row), rest_value=None) for row in rows]


def _against_target(row: ComparedDistrict) -> str | None:
    if row.outcome is None:
        return None
    return "none" if row.outcome == "met" else "lower" if row.direction == "increase" else "higher"


def drawn(
    rows: Iterable[ComparedDistrict], against: str = district_choices.REST, beside: str = "resten av staden"
) -> pa.Table:
    """Return the chart's rows, a row a district. A protected district has no number, and says so."""
    return pa.Table.from_pylist([_point(row, against, beside) for row in rows], DRAWN)


def _point(row: ComparedDistrict, against: str, beside: str) -> dict[str, Any]:
    word, key = compared(row, against), row.comparison
    is_below = key in ("lower", "maybe_lower")
    is_named = bool(key) and (key != "none" or (against == district_choices.TARGET and row.value is not None))
    return {
        "district": row.district,
        "shape": key or "none",
        "tone": tone(row, against),
        "word_after": word if is_named and not is_below else "",
        "word_before": word if is_named and is_below else "",
        "told": told(row, against, beside),
        "missing": "" if row.value is not None else _figure(row),
        "value": row.value,
        "lower": row.lower_95,
        "upper": row.upper_95,
        "rest": row.rest_value,
        "target": row.target,
        "is_open": bool(key and key.startswith("maybe")),
    }


def compared(row: ComparedDistrict, against: str) -> str:
    """Return a district's difference from its comparison, in words; empty when none can be stated."""
    if against == district_choices.EARLIER:
        return row_words.change(row)
    if against == district_choices.REST:
        return phrases.comparison(row)
    return words.OUTCOMES[row.outcome][1] if row.outcome else ""


def tone(row: ComparedDistrict, against: str) -> str:
    """Return the tone of a district's mark. An årsmål is met or missed, by chance or not."""
    if against != district_choices.TARGET:
        return phrases.tone(row)
    return {"met": "good", "missed": "bad"}.get(row.outcome or "", "plain")


def told(row: ComparedDistrict, against: str = district_choices.REST, beside: str = "resten av staden") -> str:
    """Return a sentence on a district."""
    if row.missing_reason == "..":
        return f"{row.district}. {words.PROTECTED}"
    said = [told_by_itself(row, row.target)]
    if row.rest_value is not None:
        word = compared(row, against)
        said.append(f"{beside} {phrases.rest(row)}{word and f': {word}'}")
    if row.target is not None:
        said.append(f"årsmål {phrases.target(row)}")
    return "; ".join(said)


def table(
    rows: Sequence[ComparedDistrict], caption: str, *, chosen: Sequence[str] = (), earlier: int | None = None
) -> Shown:
    """Return the table twin: the chart's numbers with their counts, and words for the missing.

    rows are the query's. The chosen districts are marked; with an earlier year, each figure of that year stands too.
    """
    then = [beside_earlier(row) for row in rows] if earlier else []
    columns = {
        "Stadsdel": [named(row.district, chosen) for row in rows],
        "Utfall": [_figure(row) for row in rows],
        "95 % osäkerhet": [phrases.interval(row) for row in rows],
        "Mot resten av staden": [phrases.comparison(row) for row in rows],
        "Resten av staden": [phrases.rest(row) for row in rows],
        "Årsmål": [phrases.target(row) for row in rows],
        "Mot årsmålet": [_against_target_words(row) for row in rows],
        f"{earlier}": [phrases.rest(row) for row in then],
        f"Mot {earlier}": [row_words.change(row) for row in then],
    }
    kept = {name: held for name, held in columns.items() if any(held)}
    return Shown(
        caption=caption,
        columns=tuple(kept),
        rows=[Row([one or "–" for one in held]) for held in zip(*kept.values(), strict=True)],
        numbers=frozenset(place for place, name in enumerate(kept) if name == f"{earlier}"),
        notes=show.reasons_note(row.missing_reason for row in rows),
        is_example=is_example(rows),
    )


class ToldRow(FigureRow, IntervalRow, Protocol):
    """A district with its figure and its interval."""

    @property
    def district(self) -> str: ...
    @property
    def value(self) -> float | None: ...
    @property
    def measure(self) -> str: ...


def told_by_itself(row: ToldRow, target: float | None = None) -> str:
    """Return a district's figure and interval in words.

    Beside its årsmål the figure has as many decimals as needed to differ from the årsmål.
    """
    if row.missing_reason == "..":
        return f"{row.district}. {words.PROTECTED}"
    said = f"{row.district}: {phrases.figure(row, beside=target)}"
    return f"{said}; osäkerhet {phrases.interval(row)}" if row.value is not None and row.lower_95 is not None else said


def _figure(row: ComparedDistrict) -> str:
    return phrases.figure(row, beside=row.target)


def _against_target_words(row: ComparedDistrict) -> str:
    if row.outcome:
        return phrases.outcome(row.outcome)
    return "prövas inte" if row.target is not None and row.value is not None else ""


def named(district: str, chosen: Sequence[str]) -> str:
    """Return a district's name in a table, marked in word and weight when chosen."""
    return Html(f"<strong>{escape(district)}</strong> (vald)") if district in chosen else district


def legend(
    rows: Sequence[ComparedDistrict], against: str = district_choices.REST, beside: str = "resten av staden"
) -> list[tuple[Html, str]]:
    """Return the meanings of the marks that stand in the chart."""
    shown = []
    if any(row.lower_95 is not None for row in rows):
        shown.append((show.shape("line", charts.GREY), words.INTERVAL))
    shown += marks(rows, against)
    if any(row.rest_value is not None for row in rows):
        shown.append((show.shape("tick", charts.GREY), beside))
    if any(row.target is not None for row in rows):
        shown.append((show.shape("diamond", charts.OCHRE, is_open=True), "årsmål"))
    return shown


def marks(rows: Sequence[ComparedDistrict], against: str = district_choices.REST) -> list[tuple[Html, str]]:
    """Return the meanings of the shapes and colours that stand in the chart."""
    used = {(row.comparison, tone(row, against)) for row in rows if row.value is not None}
    direction = rows[0].direction if rows else "none"
    return [
        (
            show.shape(charts.SHAPES[key], charts.TONES[colour], is_open=key.startswith("maybe")),
            _mark_words(key, direction, against),
        )
        for key in charts.SHAPES
        for comparison, colour in sorted(used, key=str)
        if comparison == key
    ]


def _mark_words(key: str, direction: str, against: str) -> str:
    if against == district_choices.TARGET:
        return TARGET_WORDS[key]
    told = row_words.change_words if against == district_choices.EARLIER else row_words.comparison_words
    return told(key, direction)


def short_figure(row: FigureRow) -> str:
    """Return the figure without its counts, or a few words on why there is none."""
    if row.value is None:
        is_apart = row.rebuilt == "not_rebuildable"
        return "Kan inte räknas om" if is_apart else words.missing(row.missing_reason)
    if row.measure == "yes_no" and row.denominator is not None:
        return f"{numbers.of(row.numerator or 0, row.denominator)} ja"
    return numbers.figure(row.value, row.measure)
