"""The figures of a verdict as they are written: with their unit and one precision each (see precision.py)."""

from collections.abc import Iterable

from samlad.judgement.facts import Case
from samlad.judgement.figure_change import FigureChange
from samlad.judgement.statistics import Interval
from samlad.judgement.verdicts import ON_TRACK_FROM, TOO_SLOW_FROM, Verdict
from samlad.swedish import numbers, precision
from samlad.swedish.numbers import DASH, MINUS, SPACE

_MOST_DECIMALS = 2


def is_of_many(case: Case) -> bool:
    """Whether a yes or no is the answers of many, told as a number of them."""
    return case.latest.denominator is not None and case.latest.denominator > 1


def latest(verdict: Verdict) -> str:
    """The year's figure, as finely as it takes beside the year's årsmål."""
    return _written(verdict.case, verdict.value or 0, verdict.case.year_target)


def figure(verdict: Verdict, value: float) -> str:
    """Another figure of the same indicator, such as a forecast: with the decimals of the year's."""
    case = verdict.case
    if case.measure == "yes_no" and value in (0, 1) and not is_of_many(case):
        return "ja" if value else "nej"
    return precision.with_unit(precision.digits(value, _decimals(verdict), case.measure), case.measure, case.unit)


def target(verdict: Verdict, aim: float) -> str:
    """An årsmål as it follows the word: at least, at most, or an answer; the year's as finely as `latest`."""
    case = verdict.case
    least = "högst" if case.direction == "decrease" else "minst"
    if case.measure != "yes_no":
        beside = verdict.value if aim == case.year_target else None
        return f"{least} {precision.target(aim, case.measure, unit=case.unit, beside=beside)}"
    if not is_of_many(case):
        return f"att svaret är {'ja' if aim else 'nej'}"
    if aim in (0, 1):
        return f"att {'alla' if aim else 'ingen'} svarar ja"
    return f"att {least} {numbers.share(aim)} svarar ja"


def from_to(verdict: Verdict, moved: FigureChange) -> str:
    """Base and latest, with the unit said once; one figure when they are the same."""
    case = verdict.case
    before_number = precision.decimals(moved.base, case.base_target, case.measure)
    after_number = precision.decimals(moved.latest, case.year_target, case.measure)
    if not moved.difference:
        return precision.with_unit(precision.digits(moved.latest, after_number, case.measure), case.measure, case.unit)
    if precision.digits(moved.base, before_number, case.measure) == precision.digits(
        moved.latest, after_number, case.measure
    ):
        before_number = after_number = max(
            before_number, after_number, precision.common([moved.base, moved.latest], case.measure)
        )
    before = precision.digits(moved.base, before_number, case.measure)
    after = precision.digits(moved.latest, after_number, case.measure)
    return f"från {before} till {precision.with_unit(after, case.measure, case.unit)}"


def in_both(verdict: Verdict, moved: FigureChange) -> str:
    """The figure of both years where base and latest differ by less than can be shown; else nothing."""
    case, most = verdict.case, precision.MOST[verdict.case.measure]
    before, after = (precision.digits(value, most, case.measure) for value in (moved.base, moved.latest))
    return precision.with_unit(after, case.measure, case.unit) if before == after else ""


def size(verdict: Verdict, moved: FigureChange) -> str:
    """The size of a change and how uncertain it is: points for shares, per cent for rates and counts; else nothing."""
    case = verdict.case
    if moved.interval is None or (case.measure != "share" and moved.ratio is None):
        return ""
    no_change = 0 if case.measure == "share" else 1
    middle = moved.difference if case.measure == "share" else (moved.ratio or 0) - no_change
    ends = (moved.interval.lower - no_change, moved.interval.upper - no_change)
    decimals = _telling_decimals((middle, *ends))
    low, high, said = (numbers.decimal(round(100 * part, 9), decimals, signed=True) for part in (*ends, middle))
    around = f"osäkerhet {low} till {high}"
    if case.measure == "share":
        points = numbers.points(round(middle, 11), decimals, signed=True)
        return f"{points}, {around}" if middle else f"{around}{SPACE}procentenheter"
    return f"{said}{SPACE}%, {around}{SPACE}%" if middle else f"{around}{SPACE}%"


def part(pace: float) -> str:
    """A pace or a part of the way in per cent, with the decimals it takes to fall on the right side of the bands."""
    for decimals in range(_MOST_DECIMALS + 1):
        said = numbers.percent(round(pace, 9), decimals)
        shown = float(said.removesuffix(f"{SPACE}%").replace(SPACE, "").replace(",", ".")) / 100
        if shown > 0 and all((shown >= limit) == (pace >= limit) for limit in (TOO_SLOW_FROM, ON_TRACK_FROM, 1)):
            return said
    return f"{'knappt' if pace < 1 else 'drygt'} {numbers.percent(round(pace, 9))}"


def span(verdict: Verdict, around: Interval | None, against: float | None = None) -> str:
    """An interval with one unit, finely enough that neither end looks like what it is held against.

    Nothing when there is none, or when its ends look the same.
    """
    if around is None:
        return ""
    case, ends = verdict.case, [around.lower, around.upper]
    number = max(
        _decimals(verdict), *(precision.common([end, against], case.measure) for end in ends if against is not None), 0
    )
    low, high = (precision.digits(end, number, case.measure).removesuffix(f"{SPACE}%") for end in ends)
    if low == high:
        return ""
    unit = f"{SPACE}%" if case.measure in ("share", "yes_no") else ""
    return f"{low}{' till ' if MINUS in low + high else DASH}{high}{unit}"


def _written(case: Case, value: float, beside: float | None) -> str:
    if case.measure == "yes_no" and is_of_many(case):
        return numbers.share(value)
    return precision.figure(value, case.measure, unit=case.unit, beside=beside)


def _decimals(verdict: Verdict) -> int:
    case = verdict.case
    if verdict.value is None:
        return precision.FEWEST[case.measure]
    return precision.decimals(verdict.value, case.year_target, case.measure)


def _telling_decimals(shares: Iterable[float]) -> int:
    """How many decimals of a per cent it takes for all to look different, and none but zero like zero: at most two."""
    parts = {round(100 * share, 9) for share in shares}
    for decimals in (0, 1):
        shown = {part: numbers.decimal(part, decimals) for part in parts}
        if len(set(shown.values())) == len(parts) and all(part == 0 or shown[part].strip("0,") for part in parts):
            return decimals
    return 2
