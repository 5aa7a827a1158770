"""Words for query rows: a figure, an årsmål, the result of a year, a district's comparison.

HTML does not belong here, nor sentences about a single verdict (`sentences`).
"""

from collections.abc import Sequence
from datetime import date

from samlad.foundation.rows import IndicatorCasesRow, ProgrammeOverviewRow
from samlad.judgement import comparisons
from samlad.judgement.comparisons import ByChance
from samlad.judgement.verdicts import Mark, Verdict
from samlad.swedish import numbers, precision, words
from samlad.swedish.row_kinds import (
    ComparedRow,
    FigureRow,
    IntervalRow,
    PlainFigure,
    RestRow,
    TargetRow,
    ValidRow,
)


def figure(row: FigureRow, *, beside: float | None = None, is_ended: bool = False, has_owner: bool = True) -> str:
    """Return the figure, counts first, in the precision of its årsmål; or the reason it is missing.

    >>> figure(PlainFigure(0.75, 9, 12, "share", "procent av enheter")).replace("\\xa0", " ")
    '9 av 12 enheter, 75 %'
    """
    if row.value is None:
        return _why_none(row, is_ended=is_ended, has_owner=has_owner)
    said = precision.figure(row.value, row.measure, unit=row.unit, beside=beside)
    if row.numerator is None or row.denominator is None:
        return said
    if row.measure == "rate":
        return f"{said} ({numbers.number(row.numerator)} på {numbers.number(row.denominator)})"
    if row.measure == "yes_no":
        return f"{numbers.of(row.numerator, row.denominator)} svarade ja"
    noun = words.counted_noun(row.unit, row.counts)
    return f"{numbers.of(row.numerator, row.denominator, noun)}, {said}"


def case_figure(row: IndicatorCasesRow, *, with_counts: bool = True) -> str:
    """Return the figure of an indicator's year in the words of `figure`."""
    said = of_case(row, with_counts=with_counts)
    return figure(said, beside=row.target, is_ended=row.is_ended, has_owner=row.has_owner)


def of_case(row: IndicatorCasesRow, *, with_counts: bool = True) -> PlainFigure:
    """Return the figure of an indicator's year, with its organisations as parts."""
    return PlainFigure(
        value=row.value,
        numerator=row.numerator if with_counts else None,
        denominator=row.denominator if with_counts else None,
        measure=row.measure,
        unit=row.unit,
        counts=row.counts,
        missing_reason=row.missing_reason,
        rebuilt=row.rebuilt,
        parts=row.organisations_expected,
        parts_reported=row.organisations_reported,
    )


def is_not_added(row: FigureRow) -> bool:
    """Return True for the city's index of several organisations: it is never added, although figures exist."""
    is_added = row.measure == "index" and row.rebuilt == "added"
    return is_added and row.value is None and bool(row.parts_reported)


def _why_none(row: FigureRow, *, is_ended: bool, has_owner: bool) -> str:
    if is_ended:
        return Mark.ENDED.word.capitalize()
    if not has_owner and not row.parts_reported:
        return Mark.NO_OWNER.word.capitalize()
    if is_not_added(row):
        return words.NOT_ADDED_SHORT
    if row.rebuilt == "not_rebuildable":
        return "Kan inte räknas om"
    if row.rebuilt == "incomplete" and row.missing_reason == "-" and row.parts is not None:
        return f"{words.MISSING['-']}: {numbers.of(row.parts_reported or 0, row.parts)} delar har rapporterat"
    return words.missing(row.missing_reason)


def interval(row: IntervalRow) -> str:
    """Return the 95 % interval with its unit; "" without an interval."""
    if row.value is None or row.lower_95 is None or row.upper_95 is None:
        return ""
    return numbers.interval(row.lower_95, row.upper_95, row.measure)


def rest(row: RestRow) -> str:
    """Return the figure in the rest of the city; "" without a figure."""
    return "" if row.rest_value is None else numbers.figure(row.rest_value, row.measure, unit=row.unit)


def target(row: TargetRow) -> str:
    """Return the årsmål, marked when the nämnd has set it; "" without an årsmål."""
    if row.target is None:
        return ""
    own = " (nämndens eget)" if row.target_set_by == "namnd" else ""
    return f"{precision.target(row.target, row.measure, unit=row.unit, beside=row.value)}{own}"


def term(goal: ValidRow, year: int) -> str:
    """Return the sentence on a goal's first or last day, when the goal is not valid in a year; else "".

    >>> from types import SimpleNamespace
    >>> term(SimpleNamespace(valid_from=None, valid_to=date(2022, 12, 31)), 2024).replace("\\xa0", " ")
    'Målet gällde till och med 31 december 2022.'
    >>> term(SimpleNamespace(valid_from=date(2024, 1, 1), valid_to=None), 2024)
    ''
    """
    if goal.valid_to is not None and goal.valid_to < date(year, 1, 1):
        return f"Målet gällde till och med {numbers.date_sv(goal.valid_to)}."
    if goal.valid_from is not None and goal.valid_from > date(year, 12, 31):
        return f"Målet gäller från och med {numbers.date_sv(goal.valid_from)}."
    return ""


def assessed(goal: ProgrammeOverviewRow) -> list[tuple[int, str]]:
    """Return the number of organisations that assessed a goal as fulfilled, partly or not, with each word."""
    numbers_of = {"fully": goal.assessed_fully, "partly": goal.assessed_partly, "not": goal.assessed_not}
    return [(numbers_of[key], word) for key, word in words.FULFILLED.items()]


def standing(verdicts: Sequence[Verdict], year: int, owner: str = "") -> str:
    """Return the sentence on indicators that met, missed or left open the year's årsmål, and the rest.

    owner is the owner of the indicators, in the genitive with a space after it.
    """
    tried = [verdict for verdict in verdicts if verdict.is_tried]
    if not tried:
        return f"Ingen indikator kan bedömas för {year} ännu."
    number, met = len(tried), sum(verdict.met is True for verdict in tried)
    open_ones = sum(verdict.mark is Mark.INSUFFICIENT for verdict in tried)
    rest = len(verdicts) - number
    left = f" {numbers.number(rest)} prövas inte." if rest else ""
    if number == 1:
        whose = f"Den enda av {owner}indikatorer" if owner else "Den enda indikatorn"
        return f"{whose} som kan prövas {year} {_only(met, open_ones)}.{left}"
    among = f"{owner}{numbers.number(number)} indikatorer som kan prövas {year}"
    return f"{_of_several(among, number, met, open_ones)}.{left}"


def _of_several(among: str, number: int, met: int, open_ones: int) -> str:
    """Return the number of indicators that met, missed or left open the årsmål."""
    missed = number - met - open_ones
    unsettled = f"; för {numbers.number(open_ones)} räcker svaren inte" if open_ones else ""
    if open_ones == number:
        return f"För ingen av {among} räcker svaren till att säga om årsmålet nåddes"
    if met == number:
        return f"Alla {among} nådde sitt årsmål"
    if missed == number:
        return f"Ingen av {among} nådde sitt årsmål"
    met_said = f"{numbers.number(met) if met else 'ingen säkert'} sitt årsmål"
    return f"Av {among} nådde {met_said}{f' och {numbers.number(missed)} inte' if missed else ''}{unsettled}"


def _only(met: int, open_ones: int) -> str:
    if open_ones:
        return "kan inte avgöras: svaren räcker inte"
    return "nådde sitt årsmål" if met else "nådde inte sitt årsmål"


def reached(verdicts: Sequence[Verdict]) -> str:
    """Return the number of judged indicators that met the year's årsmål, for a cell."""
    tried = [verdict for verdict in verdicts if verdict.is_tried]
    if not verdicts:
        return "inga indikatorer"
    if not tried:
        return "Går inte att säga än"
    if all(verdict.mark is Mark.INSUFFICIENT for verdict in tried):
        return "Svaren räcker inte"
    met = sum(verdict.met is True for verdict in tried)
    return f"{numbers.of(met, len(tried))} nådde årsmålet"


def no_attention(verdicts: Sequence[Verdict], year: int) -> str:
    """Return the sentence for no indicator needing attention: the number that do well, and the number not judged."""
    well = sum(verdict.mark in (Mark.MET, Mark.ON_TRACK) for verdict in verdicts)
    left = len(verdicts) - well
    if not well:
        return f"Ingen indikator kan bedömas för {year} ännu."
    who = "Den indikator" if well == 1 else f"De {numbers.number(well)} indikatorer"
    said = f"{who} som kan bedömas når årsmålet eller är i takt."
    return f"{said} {numbers.number(left)} kan inte bedömas." if left else said


def comparison(row: ComparedRow) -> str:
    """Return the words of a comparison: its certainty, and better or worse where one direction is good.

    A full count is neither sure nor possible: higher, lower, or the same within one unit's worth.
    """
    return comparison_words(_standing(row), row.direction)


def comparison_words(key: str | None, direction: str) -> str:
    """Return the words of a comparison from its key.

    >>> comparison_words("maybe_lower", "decrease")
    'möjligen bättre'
    """
    wording = {**words.COMPARISONS, **words.FULL_COMPARISONS}.get(key or "", "")
    side = SIDES.get(_side(key, direction))
    return wording.replace("högre", side).replace("lägre", side) if side else wording


def change(row: ComparedRow) -> str:
    """Return the words of a change: the earlier year takes the place of the rest of the city."""
    return change_words(_standing(row), row.direction)


def change_words(key: str | None, direction: str) -> str:
    """Return the words of a change from its key."""
    return words.NO_CHANGE.get(key or "", "") or comparison_words(key, direction)


def _standing(row: ComparedRow) -> str | None:
    return full_standing(row) if row.comparison is None else row.comparison


def full_standing(row: ComparedRow) -> str | None:
    """Return over, same or under for a full count against the rest; None when it cannot be compared."""
    if row.varies or row.value is None or row.rest_value is None:
        return None
    if row.measure == "count":
        return comparisons.full_standing(row.value, row.rest_value, 1, 1)
    if row.measure not in comparisons.COMPARED or not row.denominator or not row.rest_denominator:
        return None
    per = row.per or 1 if row.measure == "rate" else 1
    sizes = row.denominator, row.rest_denominator
    return comparisons.full_standing(row.value, row.rest_value, *sizes, per)


SIDES = {"good": "bättre", "bad": "sämre"}


def tone(row: ComparedRow) -> str:
    """Return the tone of a comparison: good or bad, neutral where no direction is good, plain if no difference."""
    return _side(row.comparison, row.direction)


def _side(key: str | None, direction: str) -> str:
    if key in (None, "none", "same"):
        return "plain"
    if direction == "none":
        return "neutral"
    return "good" if key.endswith(("higher", "over")) == (direction == "increase") else "bad"


def by_chance(expected: ByChance, clusters: str = "", alike: str = "alla vore lika") -> str:
    """Return the sentence on comparisons that chance alone would flag; "" when nothing is tested.

    The condition stands with it: independent cases. clusters is the sentence on cases that come in clusters.

    >>> by_chance(ByChance(55, 2.7, 0.11)).replace("\xa0", " ").split(".")[0]
    'Även om alla vore lika skulle ungefär en av tjugo sticka ut av en slump, här 3 av 55'
    """
    if not expected.contrasts or not expected.possible:
        return ""
    here = round(expected.possible)
    count = f", här {numbers.of(here, expected.contrasts)}" if here > 1 else ""
    one_of = _one_of(expected.contrasts / expected.possible)
    said = f"Även om {alike} skulle ungefär {one_of} sticka ut av en slump{count}."
    if expected.certain:
        said += f" Som säker skillnad: ungefär {_one_of(expected.contrasts / expected.certain)}."
    return " ".join(filter(None, (said, "Det gäller om fallen är oberoende av varandra.", clusters)))


def clustered(cluster: str, *, is_all: bool = True) -> str:
    """Return the warning on cases that come in clusters, in all comparisons or in some."""
    where = "Här" if is_all else "I en del av jämförelserna"
    return (
        f"{where} hänger fallen ihop ({cluster}): osäkerheten är större än den visas, och fler sticker ut av en slump."
    )


_NUMBERS = (
    *("", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "tretton", "fjorton"),
    *("femton", "sexton", "sjutton", "arton", "nitton", "tjugo"),
)


def _one_of(ratio: float) -> str:
    """Return "en av" a rounded number: in words up to twenty, to its first digit from a hundred."""
    whole = round(ratio)
    if whole < 2:
        return "varenda"
    if whole < len(_NUMBERS):
        return f"en av {_NUMBERS[whole]}"
    nearest = 5 if whole < 100 else 10 ** (len(str(whole)) - 1)
    whole = round(whole / nearest) * nearest
    return f"en av {_NUMBERS[whole] if whole < len(_NUMBERS) else numbers.number(whole)}"
