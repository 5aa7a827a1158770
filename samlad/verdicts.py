"""What is said of one indicator in one year: whether the årsmål is met, and how it is going towards the last one.

Two statements, kept apart. Met or not is a fact about the year. The course is a judgement on the way from the base to
the last årsmål, and is made only when the change is more than chance. "Cannot be judged" is a value like the others.
One Verdict holds all that a chart, a table, a sentence or a report needs, so that they cannot say different things.

The rules are those of docs/methods.md, "What is said of an indicator".
"""

from dataclasses import dataclass
from enum import StrEnum

from samlad import statistics
from samlad.cases import Bounds, Case, Change, Forecast, bounds_of, change_of, forecast_of, interval_of, trend_of
from samlad.statistics import Interval, Trend

ON_TRACK_FROM = 0.95
TOO_SLOW_FROM = 0.60
"""The least R, the pace as a share of the pace that is needed, for each band; 0 and up is far behind."""


class Mark(StrEnum):
    """The one mark that stands for an indicator, in the order marks are listed."""

    MET = "met"
    MISSED = "missed"
    ON_TRACK = "on_track"
    TOO_SLOW = "too_slow"
    FAR_BEHIND = "far_behind"
    WRONG_WAY = "wrong_way"
    NO_CERTAIN_CHANGE = "no_certain_change"
    UNDECIDED = "undecided"
    INSUFFICIENT = "insufficient"
    NOT_JUDGED = "not_judged"
    NOT_REPORTED = "not_reported"
    PROTECTED = "protected"
    NOT_APPLICABLE = "not_applicable"

    @property
    def symbol(self) -> str:
        """The sign it is drawn with."""
        return _SHOWN[self][0]

    @property
    def word(self) -> str:
        """The Swedish words that stand beside the sign."""
        return _SHOWN[self][1]

    @property
    def severity(self) -> int:
        """How much attention it asks for: 7 the most, 0 none."""
        return len(_SEVEREST_FIRST) - _SEVEREST_FIRST.index(self) if self in _SEVEREST_FIRST else 0


_SHOWN = {
    Mark.MET: ("✓", "nått"),
    Mark.MISSED: ("▽", "når inte årsmålet"),
    Mark.ON_TRACK: ("●", "i takt"),
    Mark.TOO_SLOW: ("◐", "för långsamt"),
    Mark.FAR_BEHIND: ("◔", "långt efter"),
    Mark.WRONG_WAY: ("✕", "åt fel håll"),
    Mark.NO_CERTAIN_CHANGE: ("○", "ingen säker förändring"),
    Mark.UNDECIDED: ("?", "kan inte avgöras"),
    Mark.INSUFFICIENT: ("≈", "svaren räcker inte"),
    Mark.NOT_JUDGED: ("·", "bedöms inte"),
    Mark.NOT_REPORTED: ("–", "ej rapporterat"),
    Mark.PROTECTED: ("..", "skyddat"),
    Mark.NOT_APPLICABLE: (".", "ej tillämpligt"),
}

_SEVEREST_FIRST = (
    Mark.WRONG_WAY,
    Mark.FAR_BEHIND,
    Mark.MISSED,
    Mark.TOO_SLOW,
    Mark.NO_CERTAIN_CHANGE,
    Mark.UNDECIDED,
    Mark.INSUFFICIENT,
)

_MISSING = {"-": Mark.NOT_REPORTED, "..": Mark.PROTECTED, ".": Mark.NOT_APPLICABLE}


class Reason(StrEnum):
    """What the mark alone does not say about the course."""

    NO_DIRECTION = "no_direction"
    YES_NO = "yes_no"
    NO_TARGET = "no_target"
    TARGET_PASSED = "target_passed"
    TARGET_YEAR = "target_year"
    TOO_EARLY = "too_early"
    BREAK = "break"
    NO_BASE = "no_base"
    PART_OF_COUNT = "part_of_count"
    MET_AT_BASE = "met_at_base"
    FULL_COUNT = "full_count"
    NO_INTERVAL = "no_interval"


@dataclass(frozen=True)
class Verdict:
    """What is said of one case. Everything but case and mark is None where there is nothing to say.

    value is the latest figure and interval its 95 per cent interval, in the indicator's unit. met is the fact of the
    year, not stated when the answers are too few. course is the way towards the last årsmål; yes/no has none, nor has
    the year of that årsmål. pace is R: 1 arrives on time; in the year of the last årsmål it is the part of the way that
    has been covered.
    """

    case: Case
    mark: Mark
    value: float | None = None
    interval: Interval | None = None
    met: bool | None = None
    course: Mark | None = None
    pace: float | None = None
    change: Change | None = None
    trend: Trend | None = None
    bounds: Bounds | None = None
    forecast: Forecast | None = None
    reasons: frozenset[Reason] = frozenset()

    @property
    def is_certain(self) -> bool | None:
        """Whether the change since the base is more than chance; None without one, or where it is not for chance."""
        return self.change.is_certain if self.change else None

    def attention(self, name: str) -> tuple[int, float, str]:
        """The order of "behöver uppmärksamhet": severest first, then the largest change in |z|, then by name."""
        return -self.mark.severity, -abs(self.change.z) if self.change else 0.0, name


def judge(case: Case) -> Verdict:
    """Return the verdict on one case. What is missing raises nothing: that is a verdict too.

    >>> from samlad.cases import Figure
    >>> judge(Case("share", "increase", 2024, Figure(9, 12), counts="units", target=0.75)).mark.word
    'nått'
    """
    value = case.value(case.latest)
    if value is None:
        mark = _MISSING.get(case.latest.missing_reason or "-", Mark.NOT_REPORTED)
        return Verdict(case, mark, forecast=forecast_of(case, None) if mark is Mark.NOT_REPORTED else None)
    change, bounds, interval = change_of(case), bounds_of(case), interval_of(case)
    is_enough = _is_enough(case, bounds)
    target = case.year_target if case.direction != "none" and is_enough else None
    met = None if target is None else case.meets(value, target)
    obstacle = _obstacle(case, change)
    course = _course(case, change, interval, obstacle)
    return Verdict(
        case=case,
        mark=_mark(met, is_enough, course, obstacle),
        value=value,
        interval=interval,
        met=met,
        course=course,
        pace=_pace(case, change) if obstacle in (None, Reason.TARGET_YEAR) else None,
        change=change,
        trend=trend_of(case),
        bounds=bounds,
        forecast=forecast_of(case, change),
        reasons=_reasons(case, change, obstacle),
    )


def _is_enough(case: Case, bounds: Bounds | None) -> bool:
    """Whether the year's årsmål is met, or not, whatever those who are missing may answer."""
    target = case.year_target
    if bounds is None or target is None or case.direction == "none":
        return True
    worst, best = (bounds.lower, bounds.upper) if case.direction == "increase" else (bounds.upper, bounds.lower)
    is_met_at_worst = worst is not None and case.meets(worst, target)
    is_missed_at_best = best is not None and not case.meets(best, target)
    return is_met_at_worst or is_missed_at_best


def _obstacle(case: Case, change: Change | None) -> Reason | None:
    """The first reason why there is no course to judge; None when there is one."""
    aim = case.final_target
    obstacles = (
        (Reason.NO_DIRECTION, case.direction == "none"),
        (Reason.YES_NO, case.measure == "yes_no"),
        (Reason.NO_TARGET, aim is None),
        (Reason.TARGET_PASSED, aim is not None and case.year > aim[1]),
        (Reason.TARGET_YEAR, aim is not None and case.year == aim[1]),
        (Reason.TOO_EARLY, case.base_year is not None and case.elapsed <= 0),
        (Reason.BREAK, case.is_broken),
        (Reason.NO_BASE, change is None),
        (Reason.PART_OF_COUNT, case.is_part_of_count),
    )
    return next((reason for reason, holds in obstacles if holds), None)


def _reasons(case: Case, change: Change | None, obstacle: Reason | None) -> frozenset[Reason]:
    """All that the mark alone does not say."""
    aim = case.final_target
    on_the_way = obstacle is None and change is not None
    explained = (
        (obstacle, True),
        (Reason.MET_AT_BASE, (on_the_way or obstacle is Reason.TARGET_YEAR) and _is_met_at_base(case, change, aim)),
        (Reason.FULL_COUNT, on_the_way and case.is_full_count),
        (
            Reason.NO_INTERVAL,
            on_the_way and not case.is_full_count and change is not None and change.is_certain is None,
        ),
    )
    return frozenset(reason for reason, holds in explained if reason and holds)


def _is_met_at_base(case: Case, change: Change | None, aim: tuple[float, int] | None) -> bool:
    return change is not None and aim is not None and not case.is_part_of_count and case.meets(change.base, aim[0])


def _course(case: Case, change: Change | None, interval: Interval | None, obstacle: Reason | None) -> Mark | None:
    """The course towards the last årsmål; None where there is none to judge."""
    aim = case.final_target
    if obstacle or change is None or aim is None:
        return None if obstacle in (Reason.YES_NO, Reason.TARGET_YEAR) else Mark.NOT_JUDGED
    if _is_met_at_base(case, change, aim):
        if case.meets(change.latest, aim[0]):
            return Mark.MET
        return Mark.WRONG_WAY if change.is_certain else Mark.MISSED
    if case.is_full_count or change.is_certain:
        return _band(_pace(case, change))
    is_out_of_reach = change.is_certain is False and interval is not None and not interval.holds(aim[0])
    return Mark.NO_CERTAIN_CHANGE if is_out_of_reach else Mark.UNDECIDED


def _band(pace: float | None) -> Mark:
    if pace is None:
        return Mark.NOT_JUDGED
    if pace >= ON_TRACK_FROM:
        return Mark.ON_TRACK
    if pace >= TOO_SLOW_FROM:
        return Mark.TOO_SLOW
    return Mark.FAR_BEHIND if pace >= 0 else Mark.WRONG_WAY


def _pace(case: Case, change: Change | None) -> float | None:
    """R, rounded so far that 0.95 is 0.95; None when the last årsmål was met from the start, or is for more nämnder."""
    aim = case.final_target
    if change is None or aim is None or case.base_year is None or case.is_part_of_count:
        return None
    if _is_met_at_base(case, change, aim):
        return None
    horizon = aim[1] - case.base_year
    return round(statistics.pace(change.base, change.latest, aim[0], elapsed=case.elapsed, horizon=horizon), 9)


def _mark(met: bool | None, is_enough: bool, course: Mark | None, obstacle: Reason | None) -> Mark:
    """The first mark that holds: bedöms inte, svaren räcker inte, nått or not, then the course."""
    if obstacle in (Reason.NO_DIRECTION, Reason.TOO_EARLY) or (obstacle is Reason.NO_TARGET and met is None):
        return Mark.NOT_JUDGED
    if not is_enough:
        return Mark.INSUFFICIENT
    if met:
        return Mark.MET
    if met is False and course in (None, Mark.MET):
        return Mark.MISSED
    return course or Mark.NOT_JUDGED
