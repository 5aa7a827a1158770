"""The change between two figures of one indicator: how they are counted, its size and its certainty.

Cases that come anew each year are moved by chance: they have an interval, and a change is certain, possible or neither.
A full count has no interval: it has changed when at least one counted unit has. Årsmål and courses do not belong here
but in `verdicts`. Formulas and sources stand in docs/methods.md.
"""

from dataclasses import dataclass

from samlad.judgement import statistics
from samlad.judgement.statistics import Z95, Z998, Certainty, Interval

COUNTED = ("share", "rate", "count")
"""Measures that chance can move: counts, and counts over a denominator or an exposure."""


@dataclass(frozen=True)
class Figure:
    """Figure of one year: counts where there are any, else the value, else the reason code.

    value is in the indicator's unit: a share 0 to 1, a rate per its base, a count, an index, 1 for yes and 0 for no.
    """

    numerator: int | None = None
    denominator: int | None = None
    value: float | None = None
    missing_reason: str | None = None


NO_FIGURE = Figure()


@dataclass(frozen=True)
class Counted:
    """Way of counting an indicator: its measure, the base of a rate, and varies where chance moves it."""

    measure: str
    varies: bool
    per: int = 1

    @property
    def is_sampled(self) -> bool:
        """True if chance moves the figure; False for a full count."""
        return self.varies and self.measure in COUNTED

    def value(self, figure: Figure) -> float | None:
        """Return a figure in the indicator's unit, from its counts where it has them; None when missing."""
        if figure.missing_reason is not None:
            return None
        if self.measure == "count" and figure.value is None:
            return figure.numerator
        if figure.numerator is not None and figure.denominator and self.measure in ("share", "rate", "yes_no"):
            return (self.per if self.measure == "rate" else 1) * figure.numerator / figure.denominator
        return figure.value

    def interval(self, figure: Figure, z: float = Z95) -> Interval | None:
        """Return a figure's interval in the indicator's unit; None for a full count and without counts.

        z sets the level. Source: docs/methods.md, "Intervals".
        """
        x, n, value = figure.numerator, figure.denominator, self.value(figure)
        if value is None or not self.is_sampled:
            return None
        if self.measure == "count":
            return statistics.count_interval(round(value), z)
        if x is None or not n:
            return None
        if self.measure == "rate":
            around = statistics.count_interval(x, z)
            return Interval(self.per * around.lower / n, self.per * around.upper / n)
        return statistics.wilson(x, n, z)


@dataclass(frozen=True)
class FigureChange:
    """Change from an earlier figure to a later figure of the same organisations.

    base, latest and difference are in the indicator's unit; ratio is latest by base, for rates and counts whose base is
    above 0. interval (95 per cent) is of the difference of shares, or the ratio of rates and counts; limits is the
    interval of the difference in the indicator's unit. certainty is None for a full count; has_changed is then True if
    at least one counted unit has changed. z is the size of the change, for ordering only: in standard errors, or for a
    full count in the worth of one counted unit. times_needed is the number of times as many cases in both years that
    would make the change possible; None when it is possible already, when no number would, and when there are no cases
    to count.
    """

    base: float
    latest: float
    difference: float
    ratio: float | None = None
    interval: Interval | None = None
    limits: Interval | None = None
    certainty: Certainty | None = None
    has_changed: bool = False
    z: float = 0.0
    times_needed: int | None = None

    @property
    def is_told(self) -> bool:
        """True if readers are shown a change: at least possible, or by full count."""
        return self.has_changed if self.certainty is None else self.certainty is not Certainty.NONE


Counts = tuple[float, float, float, float]
"""Base count, base denominator, latest count, latest denominator; the denominator of a plain count is 1."""


def change_between(counted: Counted, earlier: Figure, later: Figure) -> FigureChange | None:
    """Return the change from an earlier to a later figure; None if either is missing.

    Source: docs/methods.md, "What is said of an indicator".

    >>> change = change_between(Counted("share", varies=False), Figure(69, 140), Figure(69, 139))
    >>> change.has_changed, change.certainty
    (False, None)
    """
    base, latest = counted.value(earlier), counted.value(later)
    if base is None or latest is None:
        return None
    counts = _counts(counted, earlier, later)
    difference = latest - base
    ratio = latest / base if base and counted.measure in ("rate", "count") else None
    if counted.is_sampled and counts is None:
        return FigureChange(base, latest, difference, ratio, certainty=Certainty.NONE)
    if not counted.is_sampled or counts is None:
        worth = _worth(counted, counts)
        moved = round(abs(difference) / worth, 9) if worth else float(round(difference, 9) != 0)
        return FigureChange(base, latest, difference, ratio, has_changed=moved >= 1, z=moved)
    interval = _interval(counted, counts)
    certainty = _certainty(counted, counts)
    return FigureChange(
        base=base,
        latest=latest,
        difference=difference,
        ratio=ratio,
        interval=interval,
        limits=_limits(counted, base, later, interval),
        certainty=certainty,
        has_changed=certainty is not Certainty.NONE,
        z=_z(counted, counts),
        times_needed=_times_needed(counted, counts) if certainty is Certainty.NONE else None,
    )


def _counts(counted: Counted, earlier: Figure, later: Figure) -> Counts | None:
    if counted.measure == "count":
        first, second = counted.value(earlier), counted.value(later)
        return None if first is None or second is None else (first, 1, second, 1)
    x1, n1, x2, n2 = earlier.numerator, earlier.denominator, later.numerator, later.denominator
    if x1 is None or not n1 or x2 is None or not n2 or counted.measure == "index":
        return None
    return x1, n1, x2, n2


def _worth(counted: Counted, counts: Counts | None) -> float | None:
    """Return the worth of one counted unit in the smaller year, in the indicator's unit; None without counts."""
    if counts is None:
        return None
    if counted.measure == "count":
        return 1.0
    return (counted.per if counted.measure == "rate" else 1) / min(counts[1], counts[3])


def _interval(counted: Counted, counts: Counts, z: float = Z95) -> Interval | None:
    """Return the interval of the difference of shares, or of the ratio of rates and counts."""
    if counted.measure == "share":
        return statistics.newcombe(*counts, z)
    return statistics.rate_ratio(*counts, z) if counts[0] + counts[2] > 0 else None


def _excludes_none(counted: Counted, counts: Counts, z: float) -> bool:
    interval = _interval(counted, counts, z)
    return interval is not None and not interval.holds(0 if counted.measure == "share" else 1)


def _certainty(counted: Counted, counts: Counts) -> Certainty:
    if _excludes_none(counted, counts, Z998):
        return Certainty.CERTAIN
    return Certainty.POSSIBLE if _excludes_none(counted, counts, Z95) else Certainty.NONE


def _limits(counted: Counted, base: float, later: Figure, interval: Interval | None) -> Interval | None:
    """Return the interval of the change in the indicator's unit, the base taken as given.

    A base of 0 has no ratio to it; the latest figure's own interval stands instead, down to no change at all where the
    ratio does not exclude that.
    """
    if interval is None or counted.measure == "share":
        return interval
    if base > 0:
        return Interval(base * (interval.lower - 1), base * (interval.upper - 1))
    around = counted.interval(later)
    if around is None:
        return None
    return Interval(0.0 if interval.holds(1) else around.lower, around.upper)


def _times_needed(counted: Counted, counts: Counts) -> int | None:
    x1, n1, x2, n2 = counts
    if x1 * n2 == x2 * n1:
        return None

    def is_enough(times: int) -> bool:
        outs = (1.0, 1.0) if counted.measure == "count" else (n1 * times, n2 * times)
        return _excludes_none(counted, (x1 * times, outs[0], x2 * times, outs[1]), Z95)

    return statistics.times_needed(is_enough)


def _z(counted: Counted, counts: Counts) -> float:
    return statistics.share_z(*counts) if counted.measure == "share" else statistics.rate_z(*counts)
