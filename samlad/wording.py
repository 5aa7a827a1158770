"""How the figures of a verdict are written: with their unit, and finely enough that no two look alike that are not.

A value of 74.6 per cent that misses an årsmål of 75 is written 74,6 %: rounding is never to contradict the verdict.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from samlad import formats, text
from samlad.cases import Case, Change
from samlad.formats import DASH, MINUS, SPACE
from samlad.statistics import Interval
from samlad.verdicts import ON_TRACK_FROM, TOO_SLOW_FROM, Verdict

_DECIMALS = {"share": 0, "yes_no": 0, "rate": 2, "count": 0, "index": 1}
_MOST_EXTRA_DECIMALS = 6


def is_of_many(case: Case) -> bool:
    """Whether a yes or no is the answers of many, told as a number of them."""
    return case.latest.denominator is not None and case.latest.denominator > 1


def figure(verdict: Verdict, value: float, extra: int | None = None) -> str:
    """A figure of the verdict's indicator with its unit; unless told, as finely as all its figures together take."""
    case = verdict.case
    if case.measure == "yes_no" and value in (0, 1) and not is_of_many(case):
        return "ja" if value else "nej"
    digits = _digits(case, value, _extra_decimals(verdict) if extra is None else extra)
    if case.measure not in ("rate", "count") or case.unit in formats.UNITS_NOT_SAID:
        return digits
    if case.measure == "count":
        return f"{digits}{SPACE}{text.counted(case.unit, 1 if digits == '1' else 2)}"
    return f"{digits} {case.unit.replace(' 000', f'{SPACE}000')}"


def apart(verdict: Verdict, aim: float | None) -> int:
    """How many more decimals it takes for the latest figure and an årsmål alone to look as different as they are."""
    value = verdict.value
    return 0 if value is None or aim is None else _telling_apart(verdict.case, [(value, aim)])


def target(verdict: Verdict, aim: float, extra: int | None = None) -> str:
    """An årsmål as it follows the word: at least, at most, or what the answer is to be; as finely as `figure`."""
    case = verdict.case
    least = "högst" if case.direction == "decrease" else "minst"
    if case.measure != "yes_no":
        return f"{least} {figure(verdict, aim, extra)}"
    if not is_of_many(case):
        return f"att svaret är {'ja' if aim else 'nej'}"
    if aim in (0, 1):
        return f"att {'alla' if aim else 'ingen'} svarar ja"
    return f"att {least} {formats.share(aim)} svarar ja"


def from_to(verdict: Verdict, moved: Change) -> str:
    """Base and latest, with the unit said once; one figure when they are the same."""
    after = figure(verdict, moved.latest)
    if not moved.difference:
        return after
    return f"från {_digits(verdict.case, moved.base, _extra_decimals(verdict))} till {after}"


def size(verdict: Verdict, moved: Change) -> str:
    """The size of a change and how uncertain it is, in brackets: points for shares, per cent for rates and counts."""
    case = verdict.case
    if moved.interval is None or (case.measure != "share" and moved.ratio is None):
        return ""
    no_change = 0 if case.measure == "share" else 1
    middle = moved.difference if case.measure == "share" else (moved.ratio or 0) - no_change
    ends = (moved.interval.lower - no_change, moved.interval.upper - no_change)
    extra = _extra_decimals(verdict) if case.measure == "share" else 0
    decimals = max(_telling_decimals((middle, *ends)), extra)
    low, high, said = (formats.decimal(round(100 * part, 9), decimals, signed=True) for part in (*ends, middle))
    around = f"osäkerhet {low} till {high}"
    if case.measure == "share":
        points = formats.points(round(middle, 11), decimals, signed=True)
        return f" ({points}, {around})" if middle else f" ({around}{SPACE}procentenheter)"
    return f" ({said}{SPACE}%, {around}{SPACE}%)" if middle else f" ({around}{SPACE}%)"


def part(pace: float) -> str:
    """A pace or a part of the way in per cent, with the decimals it takes to fall on the right side of the bands."""
    for decimals in range(_MOST_EXTRA_DECIMALS):
        said = formats.percent(round(pace, 9), decimals)
        shown = float(said.removesuffix(f"{SPACE}%").replace(SPACE, "").replace(",", ".")) / 100
        if shown > 0 and all((shown >= limit) == (pace >= limit) for limit in (TOO_SLOW_FROM, ON_TRACK_FROM, 1)):
            return said
    return formats.percent(round(pace, 9), _MOST_EXTRA_DECIMALS)


def span(verdict: Verdict, around: Interval | None, against: float | None = None) -> str:
    """An interval with one unit, finely enough that neither end looks like what it is held against.

    Nothing when there is none, or when its ends look the same.
    """
    if around is None:
        return ""
    case, ends = verdict.case, (around.lower, around.upper)
    apart = [] if against is None else [(end, against) for end in ends]
    extra = max(_extra_decimals(verdict), _telling_apart(case, apart))
    low, high = (_digits(case, end, extra).removesuffix(f"{SPACE}%") for end in ends)
    if low == high:
        return ""
    unit = f"{SPACE}%" if case.measure in ("share", "yes_no") else ""
    return f"{low}{' till ' if MINUS in low + high else DASH}{high}{unit}"


def _digits(case: Case, value: float, extra: int) -> str:
    """A figure without its unit; a share keeps its per cent."""
    decimals = _DECIMALS[case.measure] + extra
    if case.measure in ("share", "yes_no"):
        return formats.percent(value, decimals) if decimals else formats.share(value)
    return formats.decimal(value, decimals)


def _extra_decimals(verdict: Verdict) -> int:
    """How many more decimals it takes for figures held against each other to look as different as they are."""
    case, moved, bounds = verdict.case, verdict.change, verdict.bounds
    year_target, last_target = case.year_target, case.final_target[0] if case.final_target else None
    pairs = [(verdict.value, year_target), (verdict.value, last_target)]
    if moved:
        pairs += [(moved.base, moved.latest), (moved.base, last_target), (moved.latest, last_target)]
    if bounds:
        pairs += [(bounds.lower, year_target), (bounds.upper, year_target)]
    apart = _telling_apart(case, [(one, other) for one, other in pairs if one is not None and other is not None])
    if moved is None or moved.interval is None or case.measure != "share":
        return apart
    return next((extra for extra in (apart, apart + 1) if _adds_up(moved, extra)), apart)


def _adds_up(moved: Change, decimals: int) -> bool:
    """Whether the difference of two shares looks like the one between them when all three are rounded."""
    before, after, between = (
        Decimal(repr(round(share, 11))).scaleb(2 + decimals).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        for share in (moved.base, moved.latest, moved.difference)
    )
    return after - before == between


def _telling_apart(case: Case, pairs: list[tuple[float, float]]) -> int:
    for extra in range(_MOST_EXTRA_DECIMALS):
        if all(one == other or _digits(case, one, extra) != _digits(case, other, extra) for one, other in pairs):
            return extra
    return _MOST_EXTRA_DECIMALS


def _telling_decimals(shares: Iterable[float]) -> int:
    """How many decimals of a per cent it takes for all to look different, and none but zero like zero: at most two."""
    parts = {round(100 * share, 9) for share in shares}
    for decimals in (0, 1):
        shown = {part: formats.decimal(part, decimals) for part in parts}
        if len(set(shown.values())) == len(parts) and all(part == 0 or shown[part].strip("0,") for part in parts):
            return decimals
    return 2
