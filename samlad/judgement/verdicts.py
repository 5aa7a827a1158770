"""Verdicts on one indicator in one year: årsmål met or not, and the course towards the last årsmål.

Two statements, kept apart. Met or not is a fact about the year. The course is a judgement on the way from the base to
the last årsmål, and claims no more than the interval of the change carries. "Cannot be judged" is a value like the
others. One Verdict holds all that a chart, a table, a sentence or a report needs, so that they cannot differ. No other
module compares a figure with an årsmål; the words for a verdict belong in `swedish`.

The rules are those of docs/methods.md, "What is said of an indicator".
"""

from dataclasses import dataclass

from samlad.judgement import statistics
from samlad.judgement.facts import Bounds, Case, Forecast, bounds_of, change_of, forecast_of, interval_of, trend_of
from samlad.judgement.figure_change import FigureChange
from samlad.judgement.marks import NOT_REACHED, Mark, Reason
from samlad.judgement.statistics import Interval, Trend

ON_TRACK_FROM = 0.95
TOO_SLOW_FROM = 0.60
"""Least R (pace as a share of the pace needed) of each band; 0 and up is far behind."""

_MISSING = {"-": Mark.NOT_REPORTED, "..": Mark.PROTECTED, ".": Mark.NOT_APPLICABLE}

__all__ = ["NOT_REACHED", "Mark", "Reason", "Verdict", "answers_needed", "is_met", "judge", "met_against"]


@dataclass(frozen=True)
class Verdict:
    """Verdict on one case; every field but case, mark and reasons is None where it does not apply.

    value is the latest figure and interval its 95 per cent interval, in the indicator's unit. met is the fact of the
    year; it is not stated when the answers are too few, when it is too early, or without a direction. course is the way
    towards the last årsmål; yes/no has no course, nor has the year of that årsmål. pace is R: 1 arrives on time; in the
    year of the last årsmål it is the part of the way that has been covered. pace_interval is R's own 95 per cent
    interval; None for a full count. way is the part of the way from base to the last årsmål that is gone.
    """

    case: Case
    mark: Mark
    value: float | None = None
    interval: Interval | None = None
    met: bool | None = None
    course: Mark | None = None
    pace: float | None = None
    pace_interval: Interval | None = None
    way: float | None = None
    change: FigureChange | None = None
    trend: Trend | None = None
    bounds: Bounds | None = None
    forecast: Forecast | None = None
    reasons: frozenset[Reason] = frozenset()

    @property
    def aim_of_year(self) -> float | None:
        """Årsmål of the year, also where it is too early to judge; None where no direction is good."""
        return None if self.case.direction == "none" else self.case.year_target

    @property
    def is_tried(self) -> bool:
        """True if the figure is judged against the year's årsmål: both exist, with a direction, after the base."""
        return _aim_of_year(self.case) is not None and self.value is not None


def is_met(case: Case, value: float, target: float) -> bool:
    """Return True if a value is as good as an årsmål or better.

    Both are unrounded and in the indicator's unit.

    >>> from samlad.judgement.figure_change import Figure
    >>> is_met(Case("share", "decrease", 2024, Figure()), 0.18, 0.17)
    False
    """
    return value <= target if case.direction == "decrease" else value >= target


def judge(case: Case) -> Verdict:
    """Return the verdict on one case; a missing figure is a verdict too and raises nothing.

    Source: docs/methods.md, "What is said of an indicator".

    >>> from samlad.judgement.figure_change import Figure
    >>> judge(Case("share", "increase", 2024, Figure(9, 12), counts="units", varies=False, target=0.75)).mark.word
    'nått'
    """
    value = case.value(case.latest)
    if value is None or case.is_ended:
        mark = _why_no_figure(case)
        return Verdict(case, mark, forecast=forecast_of(case, None) if mark is Mark.NOT_REPORTED else None)
    change, bounds = change_of(case), bounds_of(case)
    target = _aim_of_year(case)
    is_enough = target is None or bounds is None or _is_settled(case, bounds, target)
    met = is_met(case, value, target) if target is not None and is_enough else None
    obstacle = _obstacle(case, change)
    pace, around = _pace(case, change), _pace_interval(case, change)
    course, reasons = _course(case, change, obstacle, pace, around), _reasons(case, change, obstacle)
    return Verdict(
        case=case,
        mark=_mark(met, is_enough, course, reasons),
        value=value,
        interval=interval_of(case),
        met=met,
        course=course,
        pace=pace if obstacle in (None, Reason.TARGET_YEAR) else None,
        pace_interval=around if obstacle in (None, Reason.TARGET_YEAR) else None,
        way=_way(case, change),
        change=change,
        trend=trend_of(case),
        bounds=bounds,
        forecast=forecast_of(case, change),
        reasons=reasons,
    )


def met_against(verdict: Verdict, target: float | None) -> bool | None:
    """Return whether the year's figure meets another årsmål, such as KF's; None where that is open.

    target is in the indicator's unit. None without target, figure or direction, in the base year or earlier, and when
    missing answers could decide it.
    """
    case = verdict.case
    if target is None or verdict.value is None or case.direction == "none" or case.is_too_early:
        return None
    if verdict.bounds is not None and not _is_settled(case, verdict.bounds, target):
        return None
    return is_met(case, verdict.value, target)


def answers_needed(verdict: Verdict) -> int | None:
    """Return the fewest missing answers that could settle an open verdict; None if it is not open.

    The largest missing denominators answer first, each as the verdict needs.
    Source: docs/methods.md, "What is said of an indicator" (who is missing).
    """
    case, bounds, target = verdict.case, verdict.bounds, _aim_of_year(verdict.case)
    if verdict.mark is not Mark.INSUFFICIENT or bounds is None or target is None:
        return None
    x, n = case.latest.numerator, case.latest.denominator
    sizes = sorted((one.size for one in case.missing if one.size is not None), reverse=True)
    if case.measure not in ("share", "yes_no") or x is None or not n or len(sizes) < len(case.missing):
        return 1 if case.measure in ("count", "rate") else len(case.missing)
    whole, more = n + sum(sizes), sum(sizes)
    for number in range(1, len(sizes) + 1):
        answered = sum(sizes[:number])
        ends = (
            Bounds(0, (x + answered) / whole, (x + more) / whole),
            Bounds(0, x / whole, (x + more - answered) / whole),
        )
        if any(_is_settled(case, one, target) for one in ends):
            return number
    return len(sizes)


def _aim_of_year(case: Case) -> float | None:
    """Return the årsmål that the year's figure is judged against; None where it is not judged."""
    return None if case.direction == "none" or case.is_too_early else case.year_target


def _why_no_figure(case: Case) -> Mark:
    if case.is_ended:
        return Mark.ENDED
    if not case.has_owner and not case.reported:
        return Mark.NO_OWNER
    if case.measure == "index" and case.is_sum and (case.reported or 0) > 0:
        return Mark.NOT_ADDED
    return _MISSING.get(case.latest.missing_reason or "-", Mark.NOT_REPORTED)


def _is_settled(case: Case, bounds: Bounds, target: float) -> bool:
    """Return True if no missing answer can change whether an årsmål is met."""
    worst, best = (bounds.lower, bounds.upper) if case.direction == "increase" else (bounds.upper, bounds.lower)
    is_met_at_worst = worst is not None and is_met(case, worst, target)
    is_missed_at_best = best is not None and not is_met(case, best, target)
    return is_met_at_worst or is_missed_at_best


def _obstacle(case: Case, change: FigureChange | None) -> Reason | None:
    """Return the first reason why there is no course to judge; None when there is a course."""
    aim = case.final_target
    obstacles = (
        (Reason.NO_DIRECTION, case.direction == "none"),
        (Reason.TOO_EARLY, case.is_too_early),
        (Reason.YES_NO, case.measure == "yes_no"),
        (Reason.NO_TARGET, aim is None),
        (Reason.TARGET_PASSED, aim is not None and case.year > aim[1]),
        (Reason.TARGET_YEAR, aim is not None and case.year == aim[1]),
        (Reason.BREAK, case.is_broken),
        (Reason.NO_BASE, change is None),
        (Reason.PART_OF_COUNT, case.is_part_of_count),
    )
    return next((reason for reason, holds in obstacles if holds), None)


def _reasons(case: Case, change: FigureChange | None, obstacle: Reason | None) -> frozenset[Reason]:
    """Return every reason that the mark alone does not show."""
    on_the_way = obstacle is None and change is not None
    explained = (
        (obstacle, True),
        (Reason.MET_AT_BASE, (on_the_way or obstacle is Reason.TARGET_YEAR) and _is_met_at_base(case, change)),
        (Reason.FULL_COUNT, on_the_way and not case.is_sampled),
    )
    return frozenset(reason for reason, holds in explained if reason and holds)


def _is_met_at_base(case: Case, change: FigureChange | None) -> bool:
    aim = case.final_target
    return change is not None and aim is not None and not case.is_part_of_count and is_met(case, change.base, aim[0])


def _course(
    case: Case, change: FigureChange | None, obstacle: Reason | None, pace: float | None, around: Interval | None
) -> Mark | None:
    """Return the course towards the last årsmål; None where there is no course to judge."""
    aim = case.final_target
    if obstacle or change is None or aim is None:
        return None
    if _is_met_at_base(case, change):
        if is_met(case, change.latest, aim[0]):
            return Mark.MET
        return Mark.WRONG_WAY if change.is_told else Mark.MISSED
    if pace is None:
        return None
    if change.certainty is None:
        stands_still = pace < 0 and not change.has_changed
        return Mark.FAR_BEHIND if stands_still else _band(pace)
    return Mark.NO_CERTAIN_CHANGE if around is None else _band_of(around)


def _band_of(around: Interval) -> Mark:
    """Return the band that holds all of R's interval; RIGHT_WAY for several bands above 0."""
    if around.holds(0):
        return Mark.NO_CERTAIN_CHANGE
    low, high = _band(around.lower), _band(around.upper)
    return low if low is high else Mark.RIGHT_WAY


def _band(pace: float) -> Mark:
    if pace >= ON_TRACK_FROM:
        return Mark.ON_TRACK
    if pace >= TOO_SLOW_FROM:
        return Mark.TOO_SLOW
    return Mark.FAR_BEHIND if pace >= 0 else Mark.WRONG_WAY


def _pace(case: Case, change: FigureChange | None, difference: float | None = None) -> float | None:
    """Return R of the change, or of another difference, rounded to nine decimals so that 0.95 is 0.95.

    None when the last årsmål was met at the base, or is for more nämnder.
    """
    aim = case.final_target
    if change is None or aim is None or case.base_year is None or case.is_part_of_count:
        return None
    if _is_met_at_base(case, change) or aim[1] <= case.base_year:
        return None
    horizon = aim[1] - case.base_year
    latest = change.latest if difference is None else change.base + difference
    return round(statistics.pace(change.base, latest, aim[0], elapsed=case.elapsed, horizon=horizon), 9)


def _pace_interval(case: Case, change: FigureChange | None) -> Interval | None:
    """Return R at the limits of the change, with base, årsmål and time taken as given."""
    if change is None or change.limits is None:
        return None
    ends = [_pace(case, change, limit) for limit in (change.limits.lower, change.limits.upper)]
    low, high = ends
    return None if low is None or high is None else Interval(min(low, high), max(low, high))


def _way(case: Case, change: FigureChange | None) -> float | None:
    """Return the part of the way from base to the last årsmål: 0 none, 1 all, below 0 backwards.

    Where that årsmål was met at the base, return the shortfall instead, as a negative number: in halves of the figure's
    own interval, or in the worth of one counted unit.
    """
    aim = case.final_target
    if change is None or aim is None or case.is_part_of_count or case.direction == "none" or case.measure == "yes_no":
        return None
    if not _is_met_at_base(case, change):
        return None if aim[0] == change.base else (change.latest - change.base) / (aim[0] - change.base)
    short = abs(aim[0] - change.latest)
    if is_met(case, change.latest, aim[0]) or not short:
        return 1.0
    return -short / _spread(case)


def _spread(case: Case) -> float:
    """Return half the interval of the latest figure; for a full count, the worth of one counted unit."""
    around = interval_of(case)
    if around is not None and around.upper > around.lower:
        return (around.upper - around.lower) / 2
    n = case.latest.denominator
    return (case.per if case.measure == "rate" else 1) / n if n and case.measure in ("share", "rate") else 1.0


def _mark(met: bool | None, is_enough: bool, course: Mark | None, reasons: frozenset[Reason]) -> Mark:
    """Return the first mark that holds: prövas inte, svaren räcker inte, nått or not, then the course.

    An årsmål that is not met, without a course, is MISSED.
    """
    if reasons & {Reason.NO_DIRECTION, Reason.TOO_EARLY} or (Reason.NO_TARGET in reasons and met is None and is_enough):
        return Mark.NOT_JUDGED
    if not is_enough:
        return Mark.INSUFFICIENT
    if met:
        return Mark.MET
    if met is False and (course in (None, Mark.MET, Mark.MISSED) or Reason.MET_AT_BASE in reasons):
        return Mark.MISSED
    return course or Mark.NOT_JUDGED
