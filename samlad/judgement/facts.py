"""The case of one indicator in one year, and the facts that its figures give.

From a Case follow the interval of the latest figure, the bounds that missing answers leave, the trend and the forecast;
each is None when the figures do not carry it. The change between two years belongs in `figure_change`, the judgement in
`verdicts`. Formulas and sources stand in docs/methods.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from samlad.judgement import statistics
from samlad.judgement.figure_change import NO_FIGURE, Counted, Figure, FigureChange, change_between
from samlad.judgement.statistics import Interval, Trend


@dataclass(frozen=True)
class MissingAnswer:
    """Organisation whose figure is expected and missing from the sum, with the reason and its last denominator.

    reason is a reason code of Kolada's, no_counts (a value alone) or part_of_year; size is None when none is known.
    """

    organisation: str
    reason: str
    size: int | None


@dataclass(frozen=True)
class Case:
    """Facts on one indicator, for one organisation or the city, in the year to judge.

    measure, counts and direction are the catalogue's words; per is the base of a rate; unit is in Swedish words.
    varies is True where chance moves the figure (cases that come anew each year), False for a full count.

    latest is the year's figure and base the base year's. Where the two are not over the same nämnder, base and compared
    are the base and the latest figure of the nämnder that reported both years. series holds the years whose figures can
    be compared with each other, the latest included.

    target is the year's årsmål, last_target the årsmål of last_target_year; where no later årsmål is given, the year's
    is the last. own_forecast is the reporting organisation's for the year.

    missing holds the organisations expected in latest but not in its sum. reported of expected organisations are in
    latest, reported_both of expected_both in base and compared; None where there is a single organisation. reporters is
    their kind: namnder, bolag or both. is_ended: the indicator had ended by then; has_owner: an organisation had the
    duty to report it. is_sum: the figure is of several organisations together. base_target is the base year's own
    årsmål.
    """

    measure: str
    direction: str
    year: int
    latest: Figure
    counts: str = "persons"
    varies: bool = True
    per: int = 1
    unit: str = ""
    base_year: int | None = None
    base: Figure = NO_FIGURE
    compared: Figure | None = None
    target: float | None = None
    last_target: float | None = None
    last_target_year: int | None = None
    missing: tuple[MissingAnswer, ...] = ()
    break_year: int | None = None
    series: Mapping[int, Figure] = field(default_factory=dict)
    own_forecast: float | None = None
    reported: int | None = None
    expected: int | None = None
    reported_both: int | None = None
    expected_both: int | None = None
    reporters: str = "namnder"
    is_ended: bool = False
    has_owner: bool = True
    is_sum: bool = False
    base_target: float | None = None
    base_note: str | None = None
    cluster: str | None = None

    @property
    def counted(self) -> Counted:
        return Counted(self.measure, self.varies, self.per)

    def value(self, figure: Figure) -> float | None:
        """Return a figure in the indicator's unit, from its counts where it has them; None when missing."""
        return self.counted.value(figure)

    @property
    def year_target(self) -> float | None:
        """Årsmål of the year that is judged."""
        return self.last_target if self.target is None and self.last_target_year == self.year else self.target

    @property
    def final_target(self) -> tuple[float, int] | None:
        """Last årsmål and its year; None when no årsmål is set."""
        if self.last_target is not None and self.last_target_year is not None:
            return self.last_target, self.last_target_year
        return None if self.target is None else (self.target, self.year)

    @property
    def elapsed(self) -> int:
        """Years from the base to the year that is judged; 0 without a base year."""
        return 0 if self.base_year is None else self.year - self.base_year

    @property
    def is_broken(self) -> bool:
        """True if the definition changed between the base and the latest figure."""
        return self._breaks_after(self.base_year)

    @property
    def is_sampled(self) -> bool:
        """True if chance moves the figure: a share, rate or count of cases."""
        return self.counted.is_sampled

    @property
    def is_too_early(self) -> bool:
        """True if the year is the base year or earlier."""
        return self.base_year is not None and self.elapsed <= 0

    @property
    def is_part_of_count(self) -> bool:
        """True if a count compares only some nämnder, and so cannot be judged against an årsmål for all."""
        both, whole = self.reported_both, self.expected_both
        return self.measure == "count" and both is not None and whole is not None and both < whole

    def _breaks_after(self, year: int | None) -> bool:
        return self.break_year is not None and year is not None and year < self.break_year <= self.year


@dataclass(frozen=True)
class Bounds:
    """Bounds of the figure once the missing organisations are in the sum, in the indicator's unit.

    None is no limit on that side; both None, no bounds are known. missing is the number of organisations missing from
    the sum.
    """

    missing: int
    lower: float | None
    upper: float | None

    @property
    def is_known(self) -> bool:
        """True if there is a limit on either side."""
        return self.lower is not None or self.upper is not None


@dataclass(frozen=True)
class Forecast:
    """Forecast of a figure: the nämnd's own for the year, or our line through base and latest.

    value is in the indicator's unit, for year; our line is drawn to the year of the last årsmål. interval is None for
    the nämnd's own.
    """

    year: int
    value: float
    interval: Interval | None
    is_own: bool


def change_year(base_year: int, break_year: int | None, year: int, reported: set[int]) -> int:
    """Return the year that a change counts from: the base year, or the first reported year after a break.

    >>> change_year(2021, 2023, 2025, {2021, 2022, 2024, 2025})
    2024
    """
    if break_year is None or break_year > year or break_year <= base_year:
        return base_year
    return min((found for found in reported if found >= break_year), default=break_year)


def change_of(case: Case) -> FigureChange | None:
    """Return the change from base to latest over the same nämnder; None without two unbroken figures.

    Source: docs/methods.md, "What is said of an indicator".
    """
    if case.elapsed <= 0 or case.is_broken:
        return None
    return change_between(case.counted, case.base, case.latest if case.compared is None else case.compared)


def interval_of(case: Case) -> Interval | None:
    """Return the 95 per cent interval of the latest figure, in the indicator's unit; None for a full count.

    Source: docs/methods.md, "Intervals".
    """
    return case.counted.interval(case.latest)


def bounds_of(case: Case, missing: Sequence[MissingAnswer] | None = None) -> Bounds | None:
    """Return the bounds of the latest figure with every missing report in; None without missing or figure.

    missing replaces the case's own missing answers. All or none of the missing denominators may have what is counted. A
    count and a rate have no upper limit.
    Source: docs/methods.md, "What is said of an indicator" (who is missing).
    """
    held = case.missing if missing is None else missing
    value = case.value(case.latest)
    if not held or value is None:
        return None
    x, n = case.latest.numerator, case.latest.denominator
    if case.measure == "count":
        return Bounds(len(held), value, None)
    sizes = [one.size for one in held if one.size is not None]
    if x is None or not n or len(sizes) < len(held) or case.measure == "index":
        return Bounds(len(held), None, None)
    more = sum(sizes)
    if case.measure == "rate":
        return Bounds(len(held), case.per * x / (n + more), None)
    return Bounds(len(held), x / (n + more), (x + more) / (n + more))


def trend_of(case: Case) -> Trend | None:
    """Return the trend of a share over the five years up to the case's year.

    None for full counts, other measures, a gap or a break in the series.
    Source: docs/methods.md, "What is said of an indicator" (trend).
    """
    first = case.year - statistics.TREND_POINTS + 1
    figures = [case.series.get(year, Figure()) for year in range(first, case.year + 1)]
    if case.measure != "share" or not case.is_sampled or case._breaks_after(first):
        return None
    shares = [(figure.numerator, figure.denominator) for figure in figures if figure.missing_reason is None]
    counted = [(x, n) for x, n in shares if x is not None and n]
    if len(counted) < statistics.TREND_POINTS:
        return None
    return statistics.trend([x for x, _ in counted], [n for _, n in counted])


def forecast_of(case: Case, change: FigureChange | None) -> Forecast | None:
    """Return the nämnd's own forecast, else the line through base and latest to the last årsmål's year.

    None for yes/no, and when the line would cover only some of the nämnder whose counts add up to the årsmål. The range
    of the line is the change's interval, stretched over the same years. No forecast falls below 0, and no share rises
    above 1.
    Source: docs/methods.md, "What is said of an indicator" (forecast).
    """
    if case.own_forecast is not None:
        return Forecast(case.year, case.own_forecast, None, is_own=True)
    aim = case.final_target
    if change is None or aim is None or case.base_year is None or aim[1] <= case.year or case.is_part_of_count:
        return None
    if case.measure == "yes_no":
        return None
    base, stretch = change.base, (aim[1] - case.base_year) / case.elapsed
    highest = 1.0 if case.measure == "share" else float("inf")

    def at_the_end(difference: float) -> float:
        return min(highest, max(0.0, base + difference * stretch))

    interval = None
    if change.limits and (case.measure == "share" or base > 0):
        interval = Interval(at_the_end(change.limits.lower), at_the_end(change.limits.upper))
    return Forecast(aim[1], at_the_end(change.difference), interval, is_own=False)
