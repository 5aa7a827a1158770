"""Sentences on districts' differences: from the rest of the city, or from an earlier year.

Spread over all districts belongs in `equity`.
"""

from collections.abc import Callable, Sequence
from typing import Any

from samlad.judgement.comparisons import ByChance, by_chance, of_row
from samlad.swedish import numbers, row_words, words
from samlad.views.districts.district_rows import DistrictRow

FULL = "Allt är räknat, inget urval: skillnaderna sägs utan osäkerhet."
"""Words where chance moves nothing."""

UNCOMPARED = {
    "count": "Antal jämförs inte med resten av staden, för att stadsdelarna är olika stora.",
    "index": "Index jämförs inte med resten av staden, för att spridningen i svaren inte är känd.",
    "yes_no": "Svaren är ja eller nej och jämförs inte med resten av staden.",
}


def differences(reported: Sequence[DistrictRow]) -> str:
    """Return a sentence or two on the districts that differ from the rest of the city."""
    tested = [row for row in reported if row.comparison is not None]
    if not tested:
        return _full_differences(reported)
    total = f"{numbers.number(len(tested))} {words.counted('stadsdelar', len(tested))}"
    sure, possible = _apart(tested, row_words.comparison)
    said = [
        f"{_among(sure, tested)} skiljer sig säkert från resten av staden: {grouped(sure)}."
        if sure
        else f"Ingen av {total} skiljer sig säkert från resten av staden."
    ]
    if possible:
        said.append(f"{_number(possible)} skiljer sig möjligen: {grouped(possible)}.")
    return " ".join(said)


def changes(rows: Sequence[DistrictRow], earlier: int) -> str:
    """Return a sentence on districts changed since an earlier year, each by its own counts.

    rows hold that year as the rest.
    """
    both = [row for row in rows if row.value is not None and row.rest_value is not None]
    if not both:
        return f"Ingen stadsdel har tal för både {earlier} och året som visas."
    tested = [row for row in both if row.comparison is not None]
    if not tested:
        return f"{_moved(both)} sedan {earlier}."
    total = f"{numbers.number(len(tested))} {words.counted('stadsdelar', len(tested))}"
    sure, possible = _apart(tested, row_words.change)
    said = [
        f"{_among(sure, tested)} har säkert ändrats sedan {earlier}: {grouped(sure)}."
        if sure
        else f"Ingen av {total} har säkert ändrats sedan {earlier}."
    ]
    if possible:
        said.append(f"{_number(possible)} har möjligen ändrats: {grouped(possible)}.")
    return " ".join(said)


def grouped(named: Sequence[tuple[str, str]]) -> str:
    """Return districts grouped by how they differ.

    >>> grouped([("Farsta", "bättre"), ("Älvsjö", "sämre"), ("Järva", "bättre")])
    'bättre i Farsta och Järva, sämre i Älvsjö'
    """
    wording = dict.fromkeys(word for _, word in named)
    of_word = {word: [name for name, one in named if one == word] for word in wording}
    return ", ".join(f"{word} i {words.listed(names)}" for word, names in of_word.items())


def expected(rows: Sequence[DistrictRow], shown_from: int, other_shown_from: int = 0) -> ByChance:
    """Return the number of comparisons that chance alone would flag, if nothing differed."""
    return by_chance(one for row in rows if (one := of_row(row, shown_from, other_shown_from)))


def clusters(rows: Sequence[DistrictRow]) -> str:
    """Return a sentence that cases cluster and by which unit, where chance moves them.

    The sentence names some rows only when not all cluster.
    """
    held = [row.cluster for row in rows if row.cluster]
    return row_words.clustered(words.listed([*dict.fromkeys(held)]), is_all=len(held) == len(rows)) if held else ""


def _number(some: Sequence[Any]) -> str:
    return "En" if len(some) == 1 else numbers.number(len(some))


def _among(some: Sequence[Any], whole: Sequence[Any]) -> str:
    """Return the number of districts, as the beginning of a sentence."""
    total = f"{numbers.number(len(whole))} {words.counted('stadsdelar', len(whole))}"
    return f"Alla {total}" if len(some) == len(whole) > 1 else f"{_number(some)} av {total}"


def _apart(
    tested: Sequence[DistrictRow], word: Callable[[DistrictRow], str]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the districts that certainly differ and that possibly differ, each with its word."""
    told = [(row.district, word(row)) for row in tested if row.comparison != "none"]
    sure, possible = (
        [(name, said.removeprefix(begun)) for name, said in told if said.startswith(begun)]
        for begun in (words.SURE, words.POSSIBLE)
    )
    return sure, possible


def _full_differences(reported: Sequence[DistrictRow]) -> str:
    told = [(row.district, row_words.comparison(row)) for row in reported if row_words.full_standing(row)]
    if not told:
        measure = reported[0].measure
        return UNCOMPARED.get(measure, "Resten av staden har inget tal att jämföra med.")
    alike = words.FULL_COMPARISONS["same"]
    apart = [(name, word) for name, word in told if word != alike]
    total = f"{numbers.number(len(told))} {words.counted('stadsdelar', len(told))}"
    if not apart:
        return f"Alla {total} ligger i stort sett lika med resten av staden."
    return f"{_among(apart, told)} skiljer sig från resten av staden: {grouped(apart)}."


YES_NO = ("har gått från nej till ja", "har gått från ja till nej", "är oförändrade")
MOVED = ("har ökat", "har minskat", "är i stort sett oförändrade")


def _moved(both: Sequence[DistrictRow]) -> str:
    """Return how many have risen, fallen and stayed, where nothing is tested."""
    ways = [_way(row) for row in both]
    wording = YES_NO if both[0].measure == "yes_no" else MOVED
    figures = [(ways.count(way), wording[at]) for at, way in enumerate(("over", "under", "same"))]
    told = [(count, word) for count, word in figures if count]
    if len(told) == 1:
        count, word = told[0]
        return f"Alla {numbers.number(count)} {word}" if count > 1 else f"Den enda med tal {_singular(word)}"
    parts = [f"{numbers.number(count)} {_singular(word) if count == 1 else word}" for count, word in told]
    return words.listed(parts)


def _singular(word: str) -> str:
    return word.replace("oförändrade", "oförändrad")


def _way(row: DistrictRow) -> str:
    if found := row_words.full_standing(row):
        return found
    value, other = row.value or 0.0, row.rest_value or 0.0
    return "same" if value == other else "over" if value > other else "under"
