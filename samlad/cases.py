"""One indicator in one year, and what can be worked out from its figures before anybody judges it.

What is known is a Case. From it follow the change since the base, the interval of the latest figure, the bounds that
missing reports leave, the trend, and where it is heading. Each is None when the figures do not carry it. Formulas and
sources stand in docs/methods.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from samlad import statistics
from samlad.statistics import Interval, Trend

SAMPLED = ("persons", "events")
"""What is counted as draws that chance has a hand in; units are counted in full."""


@dataclass(frozen=True)
class Figure:
    """One figure: counts where there are any, else the value; or the reason code for why there is none.

    value is in the indicator's unit: a share 0 to 1, a rate per its base, a count, an index, 1 for yes and 0 for no.
    """

    numerator: int | None = None
    denominator: int | None = None
    value: float | None = None
    missing_reason: str | None = None


@dataclass(frozen=True)
class Case:
    """All that is known of one indicator, for one organisation or the city, in the year that is judged.

    measure, counts and direction are the catalogue's words; per is what a rate is given per; unit is in Swedish words.

    latest is the year's figure and base the base year's. Where the two are not over the same nämnder, base and compared
    are: the base and the latest figure of those who reported both years. series holds the years whose figures can be
    compared with each other, the latest included.

    target is the year's årsmål, last_target the one of last_target_year; where no later one is given, the year's is the
    last. own_forecast is the reporting organisation's for the year.

    unanswered has one item for each report missing from latest: its last known denominator, or None. reported of
    expected organisations are in latest, reported_both of expected_both in base and compared; None where there is but
    one. reporters says who they are: namnder, bolag or both.
    """

    measure: str
    direction: str
    year: int
    latest: Figure
    counts: str = "persons"
    per: int = 1
    unit: str = ""
    base_year: int | None = None
    base: Figure = Figure()
    compared: Figure | None = None
    target: float | None = None
    last_target: float | None = None
    last_target_year: int | None = None
    unanswered: tuple[int | None, ...] = ()
    break_year: int | None = None
    series: Mapping[int, Figure] = field(default_factory=dict)
    own_forecast: float | None = None
    reported: int | None = None
    expected: int | None = None
    reported_both: int | None = None
    expected_both: int | None = None
    reporters: str = "namnder"

    def value(self, figure: Figure) -> float | None:
        """A figure in the indicator's unit, from its counts where it has them; None when it is missing."""
        if figure.missing_reason is not None:
            return None
        if self.measure == "count" and figure.value is None:
            return figure.numerator
        if figure.numerator is not None and figure.denominator and self.measure in ("share", "rate", "yes_no"):
            return (self.per if self.measure == "rate" else 1) * figure.numerator / figure.denominator
        return figure.value

    def meets(self, value: float, target: float) -> bool:
        """Whether a value is as good as a target, or better."""
        return value <= target if self.direction == "decrease" else value >= target

    @property
    def year_target(self) -> float | None:
        """The year's årsmål."""
        return self.last_target if self.target is None and self.last_target_year == self.year else self.target

    @property
    def final_target(self) -> tuple[float, int] | None:
        """The last årsmål and its year; None when no årsmål is set."""
        if self.last_target is not None and self.last_target_year is not None:
            return self.last_target, self.last_target_year
        return None if self.target is None else (self.target, self.year)

    @property
    def elapsed(self) -> int:
        """Years from the base to the year that is judged; 0 without a base year."""
        return 0 if self.base_year is None else self.year - self.base_year

    @property
    def is_broken(self) -> bool:
        """Whether the definition changed between the base and the latest figure."""
        return self._breaks_after(self.base_year)

    @property
    def is_sampled(self) -> bool:
        """Whether chance has a hand in the change: a share, rate or count of persons or events."""
        return self.measure in ("share", "rate", "count") and self.counts in SAMPLED

    @property
    def is_full_count(self) -> bool:
        """Whether all there is has been counted, the same units each year: no chance in the change."""
        return self.measure in ("share", "rate", "count") and self.counts == "units"

    @property
    def is_part_of_count(self) -> bool:
        """Whether a count is compared over some of the nämnder only, and so cannot be held to an årsmål for all."""
        both, whole = self.reported_both, self.expected_both
        return self.measure == "count" and both is not None and whole is not None and both < whole

    def _breaks_after(self, year: int | None) -> bool:
        return self.break_year is not None and year is not None and year < self.break_year <= self.year


@dataclass(frozen=True)
class Change:
    """The change from the base to the latest figure, over the same nämnder.

    base, latest and difference are in the indicator's unit. ratio is latest by base, for rates and counts whose base is
    above 0. interval (95 per cent) is of the difference of shares, or the ratio of rates and counts; None where there
    is none. is_certain: the interval excludes no change; None when it is not for chance to decide. z is the change in
    standard errors, for ordering only. times_needed: how many times as many cases in both years would make it certain;
    None when it is certain, when no number would, and when there are no cases to count.
    """

    base: float
    latest: float
    difference: float
    ratio: float | None
    interval: Interval | None
    is_certain: bool | None
    z: float
    times_needed: int | None


@dataclass(frozen=True)
class Bounds:
    """What the figure can be once those who are missing have answered: from lower to upper, in the indicator's unit.

    None is no limit on that side; both None, that it cannot be bounded. missing is how many reports are.
    """

    missing: int
    lower: float | None
    upper: float | None

    @property
    def is_known(self) -> bool:
        """Whether there is a limit on either side."""
        return self.lower is not None or self.upper is not None


@dataclass(frozen=True)
class Forecast:
    """Where it is heading: the nämnd's own word on the year, or our line through base and latest to the last årsmål."""

    year: int
    value: float
    interval: Interval | None
    is_own: bool


def change_year(base_year: int, break_year: int | None, year: int, reported: set[int]) -> int:
    """The year a change is counted from: the base year; after a break the first year with a figure under the new terms.

    >>> change_year(2021, 2023, 2025, {2021, 2022, 2024, 2025})
    2024
    """
    if break_year is None or break_year > year or break_year <= base_year:
        return base_year
    return min((found for found in reported if found >= break_year), default=break_year)


def change_of(case: Case) -> Change | None:
    """The change from base to latest, over the same nämnder; None without two figures of one unbroken series."""
    later = case.latest if case.compared is None else case.compared
    base, latest = case.value(case.base), case.value(later)
    if base is None or latest is None or case.elapsed <= 0 or case.is_broken or case.measure == "yes_no":
        return None
    counts = _counts(case, case.base, later)
    is_certain = _is_certain(case, counts) if counts and case.is_sampled else None
    return Change(
        base=base,
        latest=latest,
        difference=latest - base,
        ratio=latest / base if base and case.measure in ("rate", "count") else None,
        interval=_change_interval(case, counts) if counts and case.is_sampled else None,
        is_certain=is_certain,
        z=_z(case, counts) if counts else 0.0,
        times_needed=_times_needed(case, counts) if counts and is_certain is False else None,
    )


def interval_of(case: Case) -> Interval | None:
    """The 95 per cent interval of the latest figure, in the indicator's unit.

    None for an index, for the yes or no of one unit, for a number of units, and where there are no counts.
    """
    x, n = case.latest.numerator, case.latest.denominator
    if case.measure == "count":
        value = case.value(case.latest)
        return None if value is None or not case.is_sampled else statistics.count_interval(round(value))
    if x is None or not n or case.measure == "index" or (case.measure == "yes_no" and n == 1):
        return None
    if case.measure == "rate":
        around = statistics.count_interval(x)
        return Interval(case.per * around.lower / n, case.per * around.upper / n)
    return statistics.wilson(x, n)


def bounds_of(case: Case) -> Bounds | None:
    """What the latest figure can be once those who are missing have answered; None when nobody is missing.

    All of those who are missing may have what is counted, or none of them. A count and a rate have no upper limit.
    """
    missing = len(case.unanswered)
    value = case.value(case.latest)
    if not missing or value is None:
        return None
    x, n = case.latest.numerator, case.latest.denominator
    if case.measure == "count":
        return Bounds(missing, value, None)
    if x is None or not n or None in case.unanswered or case.measure == "index":
        return Bounds(missing, None, None)
    more = sum(size for size in case.unanswered if size)
    if case.measure == "rate":
        return Bounds(missing, case.per * x / (n + more), None)
    return Bounds(missing, x / (n + more), (x + more) / (n + more))


def trend_of(case: Case) -> Trend | None:
    """The trend over the five years that end with this one; None for full counts, other measures, a gap or a break."""
    first = case.year - statistics.TREND_POINTS + 1
    figures = [case.series.get(year, Figure()) for year in range(first, case.year + 1)]
    if case.measure != "share" or not case.is_sampled or case._breaks_after(first):
        return None
    shares = [(figure.numerator, figure.denominator) for figure in figures if figure.missing_reason is None]
    counted = [(x, n) for x, n in shares if x is not None and n]
    if len(counted) < statistics.TREND_POINTS:
        return None
    return statistics.trend([x for x, _ in counted], [n for _, n in counted])


def forecast_of(case: Case, change: Change | None) -> Forecast | None:
    """The nämnd's own forecast for the year; else the line through base and latest to the year of the last årsmål.

    None when the line would be that of only some of the nämnder whose counts add up to the årsmål.
    The range of the line is that of the change's interval, stretched over the same years. Nothing falls below 0, and no
    share rises above 1.
    """
    if case.own_forecast is not None:
        return Forecast(case.year, case.own_forecast, None, is_own=True)
    aim = case.final_target
    if change is None or aim is None or case.base_year is None or aim[1] <= case.year or case.is_part_of_count:
        return None
    base, stretch = change.base, (aim[1] - case.base_year) / case.elapsed
    highest = 1.0 if case.measure == "share" else float("inf")

    def at_the_end(difference: float) -> float:
        return min(highest, max(0.0, base + difference * stretch))

    interval = None
    if change.interval and (case.measure == "share" or base > 0):
        low, high = change.interval.lower, change.interval.upper
        ends = (low, high) if case.measure == "share" else (base * (low - 1), base * (high - 1))
        interval = Interval(at_the_end(ends[0]), at_the_end(ends[1]))
    return Forecast(aim[1], at_the_end(change.difference), interval, is_own=False)


Counts = tuple[float, float, float, float]
"""Base and latest as counts, each after it what it is out of; a plain count is out of 1."""


def _counts(case: Case, base: Figure, latest: Figure) -> Counts | None:
    if case.measure == "count":
        first, second = case.value(base), case.value(latest)
        return None if first is None or second is None else (first, 1, second, 1)
    x1, n1, x2, n2 = base.numerator, base.denominator, latest.numerator, latest.denominator
    if x1 is None or not n1 or x2 is None or not n2 or case.measure == "index":
        return None
    return x1, n1, x2, n2


def _change_interval(case: Case, counts: Counts) -> Interval | None:
    if case.measure == "share":
        return statistics.newcombe(*counts)
    return statistics.rate_ratio(*counts) if counts[0] + counts[2] > 0 else None


def _is_certain(case: Case, counts: Counts, times: int = 1) -> bool:
    """Whether the change would exclude no change, were there so many times as many cases in both years."""
    x1, n1, x2, n2 = counts
    if case.measure == "count":
        n1 = n2 = 1 / times
    interval = _change_interval(case, (x1 * times, n1 * times, x2 * times, n2 * times))
    return interval is not None and not interval.holds(0 if case.measure == "share" else 1)


def _times_needed(case: Case, counts: Counts) -> int | None:
    x1, n1, x2, n2 = counts
    if x1 * n2 == x2 * n1:
        return None
    return statistics.times_needed(lambda times: _is_certain(case, counts, times))


def _z(case: Case, counts: Counts) -> float:
    return statistics.share_z(*counts) if case.measure == "share" else statistics.rate_z(*counts)
