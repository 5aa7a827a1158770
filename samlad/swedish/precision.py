"""Precision of a figure: the fewest decimals at which figure and årsmål look as different as they are.

A share has none, one or two decimals. It is never written as 0 or 100 per cent unless it is; where two decimals do not
help, "knappt" or "drygt" stands before it. An årsmål keeps the decimals it was set with, two at most, and its figure
gets as many. A sentence, a table, a chart and a document write a figure by this rule alone.
Grouping of digits, signs and dates belong in `numbers`.
"""

from samlad.swedish import numbers, words
from samlad.swedish.numbers import SPACE

FEWEST = {"share": 0, "yes_no": 0, "rate": 2, "count": 0, "index": 1}
MOST = {"share": 2, "yes_no": 2, "rate": 2, "count": 0, "index": 2}
_WHOLE = (0.0, 1.0)


def decimals(value: float, beside: float | None, measure: str) -> int:
    """Return the number of decimals for a figure and the figure beside it; the fewest where none helps.

    value and beside are in the indicator's unit, a share from 0 to 1.

    >>> decimals(35 / 39, 0.9, "share"), decimals(0.75, 0.75, "share"), decimals(0.996, None, "share")
    (1, 0, 1)
    """
    wholes = _WHOLE if measure in ("share", "yes_no") else ()
    pairs = [(one, whole) for one in (value, beside) if one is not None for whole in wholes]
    pairs += [] if beside is None else [(value, beside)]
    fewest = FEWEST[measure] if beside is None else _as_set(beside, measure)
    for number in range(fewest, MOST[measure] + 1):
        if all(_looks_other(one, other, number, measure) for one, other in pairs):
            return number
    return fewest


def common(values: list[float], measure: str) -> int:
    """Return the fewest decimals at which all differing figures look different; the most if none do."""
    most = MOST[measure]
    for number in range(FEWEST[measure], most + 1):
        if len({digits(value, number, measure) for value in values}) == len(set(values)):
            return number
    return most


def digits(value: float, number: int, measure: str) -> str:
    """Return a figure with a number of decimals and without its unit; a share keeps its per cent."""
    return numbers.percent(value, number) if measure in ("share", "yes_no") else numbers.decimal(value, number)


def figure(value: float, measure: str, *, unit: str = "", beside: float | None = None) -> str:
    """Return a figure with its unit, in the precision needed beside its årsmål.

    A yes/no of a single organisation is ja or nej; a value in between is the share that answered yes.

    >>> [figure(share, "share", beside=0.9).replace(SPACE, " ") for share in (35 / 39, 0.75, 0.899996)]
    ['89,7 %', '75 %', 'knappt 90 %']
    """
    if measure == "yes_no" and value in (0, 1):
        return "ja" if value else "nej"
    number = decimals(value, beside, measure)
    return f"{nearly(value, beside, number, measure)}{with_unit(digits(value, number, measure), measure, unit)}"


def target(aim: float, measure: str, *, unit: str = "", beside: float | None = None) -> str:
    """Return an årsmål with the decimals of the figure beside it.

    >>> target(0.9, "share", beside=35 / 39).replace(SPACE, " ")
    '90,0 %'
    """
    if measure == "yes_no" and aim in (0, 1):
        return "ja" if aim else "nej"
    number = decimals(aim if beside is None else beside, aim, measure)
    return with_unit(digits(aim, number, measure), measure, unit)


def nearly(value: float, beside: float | None, number: int, measure: str) -> str:
    """Return "knappt " or "drygt " where a figure looks equal to a figure it differs from; else ""."""
    others = [*(_WHOLE if measure in ("share", "yes_no") else ()), *([] if beside is None else [beside])]
    for other in others:
        if not _looks_other(value, other, number, measure):
            return "knappt " if value < other else "drygt "
    return ""


def with_unit(said: str, measure: str, unit: str) -> str:
    """Return the digits of a figure with its written unit."""
    if measure not in ("rate", "count") or unit in numbers.UNITS_NOT_SAID:
        return said
    if measure == "count":
        return f"{said}{SPACE}{words.counted(unit, 1 if said == '1' else 2)}"
    return f"{said} {unit.replace(' 000', f'{SPACE}000')}"


def _as_set(aim: float, measure: str) -> int:
    """Return the number of decimals an årsmål was set with, within FEWEST and MOST of its measure."""
    scaled = aim * 100 if measure in ("share", "yes_no") else aim
    numbers = range(FEWEST[measure], MOST[measure])
    return next((number for number in numbers if round(scaled, number) == round(scaled, 9)), MOST[measure])


def _looks_other(value: float, other: float, number: int, measure: str) -> bool:
    """Return True if two figures look different or are the same."""
    return value == other or digits(value, number, measure) != digits(other, number, measure)
