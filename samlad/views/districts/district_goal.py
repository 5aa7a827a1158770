"""A whole goal over the districts: indicators as columns, cells with mark, word and colour.

A single indicator belongs in `district_comparison`.
"""

from collections.abc import Sequence
from html import escape

from samlad.foundation.rows import DistrictGoalRow, GoalsRow
from samlad.report import charts
from samlad.swedish import numbers, row_words, words
from samlad.views.common import phrases, show
from samlad.views.common.show import Html, Row, Shown
from samlad.views.districts import district_comparison, equity


def title(goal: GoalsRow, year: int) -> str:
    """Return the page's title, naming the goal."""
    return f"Stadsdelar: mål {goal.number} {goal.short_title} {year}"


def sentence(rows: Sequence[DistrictGoalRow], year: int) -> str:
    """Return a sentence or two on how many comparisons are certain differences, and which."""
    tested = [row for row in rows if row.comparison is not None]
    if not tested:
        return f"Ingen av målets indikatorer kan prövas mellan stadsdelarna {year}."
    certain = [row for row in tested if row.comparison in ("higher", "lower")]
    possible = [row for row in tested if (row.comparison or "").startswith("maybe_")]
    indicators = len({row.indicator_id for row in tested})
    begun = (
        f"{numbers.number(len(tested))} jämförelser med resten av staden, på {indicators} "
        f"{words.counted('indikatorer', indicators)}: "
    )
    if not certain:
        return f"{begun}ingen är en säker skillnad{_possible(possible, '; ')}."
    held: dict[str, int] = {}
    for row in certain:
        held[row.district] = held.get(row.district, 0) + 1
    named = words.listed([f"{name} ({number})" for name, number in held.items()])
    are_certain = "är en säker skillnad" if len(certain) == 1 else "är säkra skillnader"
    return f"{begun}{len(certain)} {are_certain}: {named}{_possible(possible, '; ')}."


def _possible(rows: Sequence[DistrictGoalRow], after: str) -> str:
    if not rows:
        return ""
    return f"{after}{len(rows)} är {'en möjlig skillnad' if len(rows) == 1 else 'möjliga skillnader'}"


def table(rows: Sequence[DistrictGoalRow], caption: str, chosen: Sequence[str], shown_from: int) -> Shown:
    """Return districts by indicators; a cell is the figure and its comparison with the rest."""
    indicators = {row.indicator: row.unit for row in rows}
    units = [f"{name} ({indicators[name]})" for name in dict.fromkeys(row.indicator for row in rows if _is_bare(row))]
    names = sorted({row.district for row in rows}, key=_swedish)
    cells = {(row.district, row.indicator): row for row in rows}
    return Shown(
        caption=caption,
        columns=("Stadsdel", *indicators),
        rows=[
            Row(
                [
                    district_comparison.named(name, chosen),
                    *(_cell(cells.get((name, indicator))) for indicator in indicators),
                ]
            )
            for name in names
        ],
        notes=[
            "Tecknet och ordet jämför med resten av staden. Antal, index och ja eller nej jämförs inte.",
            *_full_note(rows),
            *([f"Annat än procent: {words.listed(units, len(units))}."] if units else []),
            *equity.chance(rows, shown_from),
            *show.reasons_note(row.missing_reason for row in rows),
        ],
        is_example=district_comparison.is_example(rows),
    )


def _full_note(rows: Sequence[DistrictGoalRow]) -> list[str]:
    """Return a note on indicators that are counted in full, and so are not tested."""
    names = list(dict.fromkeys(row.indicator for row in rows if row_words.full_standing(row)))
    if not names:
        return []
    return [
        f"Allt är räknat, inget urval, så ingen skillnad kallas säker eller möjlig: {words.listed(names, len(names))}."
    ]


def _is_bare(row: DistrictGoalRow) -> bool:
    """Return True if the figures do not say their unit."""
    return row.measure not in ("share", "yes_no")


def _swedish(name: str) -> list[int]:
    """Return a sorting key in the Swedish alphabet: å, ä and ö last."""
    letters = "abcdefghijklmnopqrstuvwxyzåäö"
    return [letters.find(letter) for letter in name.lower()]


def _cell(row: DistrictGoalRow | None) -> str:
    if row is None:
        return "–"
    said = escape(district_comparison.short_figure(row))
    if row.comparison is None:
        word = row_words.comparison(row)
        return Html(f"{said}; {escape(word)}" if word else said)
    if row.comparison == "none":
        return Html(f"{said} ● {escape(words.COMPARISONS['none'])}")
    mark = show.shape(
        charts.SHAPES[row.comparison],
        charts.TONES[phrases.tone(row)],
        is_open=row.comparison.startswith("maybe"),
    )
    return Html(f"{said} {mark}{escape(phrases.comparison(row))}")
