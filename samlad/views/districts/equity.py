"""Equity between districts: more spread than chance or not, how large, and shrinking or growing.

A single district's difference belongs in `district_words`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from samlad.foundation.rows import DistrictYearsRow
from samlad.judgement import spread
from samlad.judgement.spread import Spread
from samlad.swedish import numbers, row_words, words
from samlad.views.common.show import Row, Shown
from samlad.views.districts import district_words
from samlad.views.districts.district_rows import DistrictRow


@dataclass(frozen=True)
class Year:
    """A year's spread: number of districts, lowest, highest, and the conclusion that the figures allow.

    excess is the test of more difference than chance: more, maybe_more or none; None when the numbers are too small. It
    alone decides: τ only gives the distance between districts. is_full: everything is counted, and chance moves
    nothing.
    """

    year: int
    counted: int
    districts: int
    lowest: float
    highest: float
    spread: Spread | None
    excess: str | None = None
    is_full: bool = False
    is_after_break: bool = False


def chance(rows: Sequence[DistrictRow], shown_from: int) -> list[str]:
    """Return a sentence beside the comparisons with the rest: how many chance alone would flag."""
    return _by_chance(rows, shown_from, 0, "alla vore lika")


def chance_of_changes(rows: Sequence[DistrictRow], shown_from: int) -> list[str]:
    """Return the chance sentence for comparisons of each district with its earlier year.

    Both figures are hidden if small.
    """
    return _by_chance(rows, shown_from, shown_from, "ingen hade ändrats")


def chance_of_sexes(rows: Sequence[DistrictRow], shown_from: int) -> list[str]:
    """Return the chance sentence for comparisons of women with men."""
    return _by_chance(rows, shown_from, shown_from, "kvinnor och män vore lika")


def _by_chance(rows: Sequence[DistrictRow], shown_from: int, other_shown_from: int, alike: str) -> list[str]:
    if rows and all(not row.varies for row in rows):
        return [district_words.FULL] if any(row_words.full_standing(row) for row in rows) else []
    tested = [row for row in rows if row.comparison is not None]
    expected = district_words.expected(tested, shown_from, other_shown_from)
    said = row_words.by_chance(expected, district_words.clusters(tested), alike)
    return [said] if said else []


def years(rows: Iterable[DistrictYearsRow]) -> list[Year]:
    """Return the spread year by year. Only years where at least two districts have a figure."""
    ordered = sorted(rows, key=lambda row: row.year)
    return [found for year, held in groupby(ordered, key=lambda row: row.year) if (found := _year(year, [*held]))]


def _year(year: int, rows: Sequence[DistrictYearsRow]) -> Year | None:
    held = [row for row in rows if row.value is not None and row.measure in ("share", "rate")]
    if len(held) < 2:
        return None
    values = [row.value for row in held if row.value is not None]
    is_after = any(row.is_after_break for row in rows)
    is_full = not held[0].varies
    told, found = _tried(held) if not is_full else (None, None)
    return Year(year, len(held), len(rows), min(values), max(values), found, told, is_full, is_after)


def _tried(held: Sequence[DistrictYearsRow]) -> tuple[str | None, Spread | None]:
    """Return the test of more spread than chance, and τ. The two never contradict each other.

    "More than chance" takes Q beyond its 99.8 per cent point and, where τ is reckoned, an interval clear of 0.
    """
    xs = [row.numerator for row in held if row.numerator is not None]
    ns = [row.denominator for row in held if row.denominator is not None]
    if len(xs) < len(held) or len(ns) < len(held):
        return None, None
    if held[0].measure == "rate":
        return spread.rate_excess(xs, ns), None
    told, found = spread.excess(xs, ns), spread.spread(xs, ns)
    if told == "more" and found and not found.is_clear:
        told = "maybe_more"
    return told, found


def _comparable(found: Sequence[Year]) -> list[Year]:
    """Return the years with a spread that share the definition of the latest of them."""
    told = [one for one in found if one.spread]
    return [one for one in told if one.is_after_break == told[-1].is_after_break]


MORE = {
    "more": "Stadsdelarna skiljer sig mer än slumpen ger {year}.",
    "maybe_more": "Stadsdelarna skiljer sig möjligen mer än slumpen ger {year}.",
    "none": "Sammantaget kan skillnaderna {year} vara slump.",
}

CHANGED = {
    "higher": "Skillnaderna är säkert större {after} än {before}: staden har blivit mindre jämlik.",
    "maybe_higher": "Skillnaderna är möjligen större {after} än {before}.",
    "none": "Om skillnaderna har ökat eller minskat mellan {before} och {after} går inte att säga.",
    "maybe_lower": "Skillnaderna är möjligen mindre {after} än {before}.",
    "lower": "Skillnaderna är säkert mindre {after} än {before}: staden har blivit mer jämlik.",
}


def clause(found: Sequence[Year], year: int) -> str:
    """Return a clause on the differences in the year shown, as the end of the page's answer.

    Empty where chance could be the whole difference, or where there is no such year.
    """
    shown = next((one for one in found if one.year == year), None)
    if shown is None or shown.is_full:
        return ""
    if shown.excess is None:
        return f"Om stadsdelarna skiljer sig mer än slumpen ger {year} går inte att säga: talen är för små."
    more = MORE[shown.excess].format(year=year) if shown.excess != "none" else ""
    told = _comparable([one for one in found if one.year <= year])
    if len(told) < 2 or told[-1] is not shown:
        return more
    changed = _change(told[0], told[-1])
    return " ".join(filter(None, (more, changed)))


def _change(first: Year, last: Year) -> str:
    if first.spread is None or last.spread is None:
        return ""
    if first.excess == last.excess == "none":
        return ""
    return CHANGED[spread.spread_change(first.spread, last.spread)].format(before=first.year, after=last.year)


def sentence(found: Sequence[Year], measure: str) -> str:
    """Return a sentence on growing or shrinking equality, never more certain than the figures allow."""
    if not found:
        return ""
    if found[-1].is_full:
        return _full_sentence(found, measure)
    told = _comparable(found)
    first, last = (told[0], told[-1]) if told else (None, None)
    silent = [str(one.year) for one in found if one.excess is None]
    if first is None or last is None:
        return _without_spread(found)
    said = [_both_years(first, last) if first is not last else MORE[last.excess or "none"].format(year=last.year)]
    if first is last:
        said.append("Ett enda år säger inte om de ökar eller minskar.")
    if silent:
        said.append(f"{words.listed(silent, len(silent))} kan inte räknas: talen är för små.")
    return " ".join(said)


def _both_years(first: Year, last: Year) -> str:
    if first.excess == last.excess == "none":
        return f"Sammantaget kan skillnaderna vara slump, både {first.year} och {last.year}."
    return _change(first, last)


def _without_spread(found: Sequence[Year]) -> str:
    """Return a sentence for spreads without τ: on the latest year tested, else that none can be."""
    tried = [one for one in found if one.excess]
    too_small = "Om de ökar eller minskar går inte att säga: talen är för små, eller så har för få stadsdelar tal."
    if not tried:
        return (
            "Om stadsdelarna skiljer sig mer än slumpen ger går inte att säga: talen är för små, eller så har för få "
            "stadsdelar tal."
        )
    return f"{MORE[tried[-1].excess or 'none'].format(year=tried[-1].year)} {too_small}"


def _full_sentence(found: Sequence[Year], measure: str) -> str:
    held = [one for one in found if one.is_after_break == found[-1].is_after_break]
    first, last = held[0], held[-1]
    if first is last:
        return f"Mellan högsta och lägsta stadsdel skilde det {_distance(last, measure)} {last.year}."
    return (
        f"Mellan högsta och lägsta stadsdel skilde det {_distance(first, measure)} {first.year} och "
        f"{_distance(last, measure)} {last.year}."
    )


WHETHER_MORE = {"more": "ja", "maybe_more": "möjligen", "none": "kan vara slump", None: "för små tal"}


def table(found: Sequence[Year], measure: str) -> Shown:
    """Return the years beside each other: lowest, highest, their distance, more than chance or not, and τ."""
    is_full = bool(found) and found[-1].is_full
    columns = ["År", "Med tal", "Lägst", "Högst", "Avstånd", *([] if is_full else ["Mer än slumpen?", "Spridning τ"])]
    return Shown(
        caption="Skillnader mellan stadsdelarna, år för år",
        columns=columns,
        rows=[
            Row(
                (
                    str(one.year),
                    numbers.of(one.counted, one.districts),
                    numbers.figure(one.lowest, measure),
                    numbers.figure(one.highest, measure),
                    _distance(one, measure),
                    *(() if is_full else (WHETHER_MORE[one.excess], _tau(one))),
                )
            )
            for one in found
        ],
        numbers=frozenset({2, 3, 4}),
        notes=(words.EXTREMES, district_words.FULL if is_full else TAU_NOTE),
    )


TAU_NOTE = (
    "Spridningen τ är hur mycket stadsdelarna skiljer sig när slumpen är borträknad; 0 är ingen skillnad. Inom "
    f"parentes står osäkerheten. τ räknas för andelar, när minst {spread.FEWEST_UNITS} stadsdelar har tal och var och "
    f"en kan väntas ha minst {spread.FEWEST_EXPECTED} fall av det som räknas och lika många utan."
)


def _distance(one: Year, measure: str) -> str:
    distance = one.highest - one.lowest
    return numbers.points(distance) if measure == "share" else numbers.figure(distance, measure)


def _tau(one: Year) -> str:
    """Return τ with its interval; without an interval that would contradict the test."""
    if one.spread is None:
        return "för små tal" if one.excess is None else numbers.DASH
    tau = numbers.decimal(one.spread.tau, 2)
    if one.excess == "none" and one.spread.is_clear:
        return tau
    low, high = (numbers.decimal(end, 2) for end in (one.spread.possible.lower, one.spread.possible.upper))
    return f"{tau} ({low}{numbers.DASH}{high})"
