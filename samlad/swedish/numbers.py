"""Numbers and dates in Swedish: half up, decimal comma, no-break space, a real minus sign.

The number of decimals that a figure needs beside its årsmål belongs in `precision`.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from samlad.swedish import words

SPACE = "\u00a0"
"""No-break space, between thousands and before a unit: no line ends there."""

MINUS = "\u2212"
DASH = "\u2013"

MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


KEPT = 20_000
"""Limit of numbers kept as text: a page writes the same numbers thousands of times a run."""


@lru_cache(maxsize=KEPT)
def decimal(value: float, decimals: int = 1, *, signed: bool = False) -> str:
    """Return a number with fixed decimals, rounded half up on its shortest decimal form; never "minus zero".

    >>> decimal(18.785, 2)
    '18,79'
    >>> decimal(-0.04)
    '0,0'
    >>> decimal(-1234.5, 0)
    '−1\\xa0235'
    >>> decimal(3, 0, signed=True)
    '+3'
    """
    rounded = Decimal(repr(value) if isinstance(value, float) else str(value)).quantize(
        Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP
    )
    digits = f"{abs(rounded):,f}".replace(",", SPACE).replace(".", ",")
    if rounded < 0:
        return f"{MINUS}{digits}"
    return f"+{digits}" if signed and rounded > 0 else digits


def number(value: float) -> str:
    """Return a whole number, thousands apart.

    >>> number(1442)
    '1\\xa0442'
    """
    return decimal(value, 0)


def percent(share: float, decimals: int = 0) -> str:
    """Return a share from 0 to 1 as a percentage.

    >>> percent(0.75)
    '75\\xa0%'
    >>> percent(0.125)
    '13\\xa0%'
    >>> percent(0.2775, 1)
    '27,8\\xa0%'
    """
    return f"{_hundredfold(share, decimals)}{SPACE}%"


def share(value: float) -> str:
    """Return a share, 0 to 1, in per cent, with a decimal where 0 or 100 would be wrong.

    >>> share(0.75), share(1.0), share(0.996)
    ('75\\xa0%', '100\\xa0%', '99,6\\xa0%')
    """
    whole = percent(value)
    says_all_or_none = whole in (percent(0.0), percent(1.0))
    return percent(value, 1) if says_all_or_none and value not in (0, 1) else whole


def points(difference: float, decimals: int = 0, *, signed: bool = False) -> str:
    """Return a difference between two shares in percentage points.

    >>> points(-0.03)
    '−3\\xa0procentenheter'
    >>> points(0.01, signed=True)
    '+1\\xa0procentenhet'
    """
    digits = _hundredfold(difference, decimals, signed=signed)
    unit = "procentenhet" if digits.lstrip(f"+{MINUS}") == "1" else "procentenheter"
    return f"{digits}{SPACE}{unit}"


def rate(value: float, per: int, of_what: str = "", decimals: int = 2) -> str:
    """Return a rate with its base.

    >>> rate(18.7867, 1000, "invånare")
    '18,79 per 1\\xa0000\\xa0invånare'
    """
    base = f"{decimal(value, decimals)} per {number(per)}"
    return f"{base}{SPACE}{of_what}" if of_what else base


def of(part: int, whole: int, unit: str = "") -> str:
    """Return a part of a whole in counts, as it stands before any percentage.

    >>> of(9, 12, "enheter")
    '9 av 12 enheter'
    """
    said = f"{number(part)} av {number(whole)}"
    return f"{said} {words.counted(unit, whole)}" if unit else said


def interval(lower: float, upper: float, measure: str = "share") -> str:
    """Return both ends of an interval with one unit; "till" where a minus sign would meet the dash.

    >>> interval(0.1368, 0.6943)
    '14–69\\xa0%'
    >>> interval(-0.05, 0.33)
    '−5 till 33\\xa0%'
    >>> interval(17.44, 20.21, "rate")
    '17,44–20,21'
    """
    if measure in ("share", "yes_no"):
        low, high, unit = _hundredfold(lower, 0), _hundredfold(upper, 0), f"{SPACE}%"
    else:
        decimals = DECIMALS.get(measure, 1)
        low, high, unit = decimal(lower, decimals), decimal(upper, decimals), ""
    between = DASH if MINUS not in low + high else " till "
    return f"{low}{between}{high}{unit}"


DECIMALS = {"rate": 2, "index": 1, "count": 0}
"""Decimals of a figure of each measure; shares and yes/no are written by rules of their own."""

UNITS_NOT_SAID = ("", "antal")
"""Units that are not written: they add nothing to the figure."""


def figure(value: float | None, measure: str, *, unit: str = "", missing_reason: str | None = None) -> str:
    """Return a figure for text and tables: with its unit, or the reason for a missing figure in words.

    value is a share 0 to 1, a rate per its base, a count, an index, or 1 for yes and 0 for no; a yes/no in between is
    the share that answered yes.

    >>> figure(0.75, "share"), figure(1, "yes_no"), figure(48, "count", unit="samtal")
    ('75\\xa0%', 'ja', '48\\xa0samtal')
    >>> figure(None, "share", missing_reason="-")
    'Ej rapporterat'
    """
    if value is None:
        return words.missing(missing_reason)
    if measure == "yes_no" and value in (0, 1):
        return "ja" if value else "nej"
    if measure in ("share", "yes_no"):
        return share(value)
    digits = decimal(value, DECIMALS.get(measure, 1))
    if measure == "index" or unit in UNITS_NOT_SAID:
        return digits
    noun = words.counted(unit, int(value)) if measure == "count" else unit.replace(" 000", f"{SPACE}000")
    return f"{digits} {noun}" if measure == "rate" else f"{digits}{SPACE}{noun}"


def date_sv(day: date) -> str:
    """Return a date in words.

    >>> date_sv(date(2024, 8, 31))
    '31\\xa0augusti 2024'
    """
    return f"{day.day}{SPACE}{MONTHS[day.month - 1]} {day.year}"


@lru_cache(maxsize=KEPT)
def _hundredfold(value: float, decimals: int, *, signed: bool = False) -> str:
    exact = Decimal(repr(value) if isinstance(value, float) else str(value)) * 100
    return decimal(exact, decimals, signed=signed)
