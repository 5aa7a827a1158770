"""Figures of a verdict as text, each with its unit and one precision (see precision.py).

Whole sentences belong in `sentences`.
"""

from collections.abc import Iterable

from samlad.judgement.facts import Case
from samlad.judgement.figure_change import FigureChange
from samlad.judgement.statistics import Interval
from samlad.judgement.verdicts import ON_TRACK_FROM, TOO_SLOW_FROM, Verdict
from samlad.swedish import numbers, precision
from samlad.swedish.numbers import DASH, MINUS, SPACE

_MOST_DECIMALS = 2


def is_of_many(case: Case) -> bool:
    """Return True if a yes or no is of many organisations, written as a number of answers."""
    return case.latest.denominator is not None and case.latest.denominator > 1


def latest(verdict: Verdict) -> str:
    """Return the year's figure, in the precision needed beside the year's årsmål."""
    return _written(verdict.case, verdict.value or 0, verdict.case.year_target)


def figure(verdict: Verdict, value: float) -> str:
    """Return another figure of the indicator, such as a forecast, with the decimals of the year's figure."""
    case = verdict.case
    if case.measure == "yes_no" and value in (0, 1) and not is_of_many(case):
        return "ja" if value else "nej"
    return precision.with_unit(precision.digits(value, _decimals(verdict), case.measure), case.measure, case.unit)


def target(verdict: Verdict, aim: float) -> str:
    """Return an årsmål with minst, högst or an answer; the year's in the precision of `latest`."""
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
    """Return base and latest with one unit; one figure when they are the same."""
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
    """Return the common figure of base and latest where the decimals cannot show a difference; else ""."""
    case, most = verdict.case, precision.MOST[verdict.case.measure]
    before, after = (precision.digits(value, most, case.measure) for value in (moved.base, moved.latest))
    return precision.with_unit(after, case.measure, case.unit) if before == after else ""


def size(verdict: Verdict, moved: FigureChange) -> str:
    """Return a change with its uncertainty: points for shares, per cent for rates and counts; else ""."""
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
    """Return a pace or part of the way in per cent, with decimals that keep its band."""
    for decimals in range(_MOST_DECIMALS + 1):
        said = numbers.percent(round(pace, 9), decimals)
        shown = float(said.removesuffix(f"{SPACE}%").replace(SPACE, "").replace(",", ".")) / 100
        if shown > 0 and all((shown >= limit) == (pace >= limit) for limit in (TOO_SLOW_FROM, ON_TRACK_FROM, 1)):
            return said
    return f"{'knappt' if pace < 1 else 'drygt'} {numbers.percent(round(pace, 9))}"


def span(verdict: Verdict, around: Interval | None, against: float | None = None) -> str:
    """Return an interval with one unit, in decimals that set both ends apart from `against`.

    "" without an interval, or when its ends look the same.
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
    """Return the decimals, at most two, at which all shares look different and only zero like zero."""
    parts = {round(100 * share, 9) for share in shares}
    for decimals in (0, 1):
        shown = {part: numbers.decimal(part, decimals) for part in parts}
        if len(set(shown.values())) == len(parts) and all(part == 0 or shown[part].strip("0,") for part in parts):
            return decimals
    return 2
