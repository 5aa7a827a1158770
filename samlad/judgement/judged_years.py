"""A row of figures becomes a Case: what an indicator is judged by in a year. Case by Case the years are judged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from samlad.foundation import schema
from samlad.foundation.rows import IndicatorCasesRow
from samlad.judgement.facts import Case, MissingAnswer
from samlad.judgement.figure_change import Figure
from samlad.judgement.statistics import Interval
from samlad.judgement.verdicts import Mark, Verdict, judge


@dataclass(frozen=True)
class Judged:
    """One indicator for one organisation or the city: what stands about it, and its rows and verdicts by year."""

    rows: Mapping[int, IndicatorCasesRow]
    verdicts: Mapping[int, Verdict]

    @property
    def about(self) -> IndicatorCasesRow:
        """What does not differ between the years: name, measure, unit and the like."""
        return next(iter(self.rows.values()))

    @property
    def followed_years(self) -> list[int]:
        """The years until the indicator ended, oldest first."""
        return sorted(year for year, row in self.rows.items() if not row.is_ended)

    @property
    def name(self) -> str:
        """The few words for it."""
        return self.about.indicator

    @property
    def is_example(self) -> bool:
        """Whether any of it is made up."""
        return any(row.origin == "example" for row in self.rows.values())

    def is_whole(self, year: int) -> bool:
        """Whether nobody is missing from a year's figure."""
        return not self.verdicts[year].case.missing

    def interval(self, year: int) -> Interval | None:
        """The 95 per cent interval of a year's figure, in the indicator's unit."""
        return self.verdicts[year].interval


def judged(rows: Iterable[IndicatorCasesRow]) -> list[Judged]:
    """Each indicator and organisation of the rows of indicator_cases, in their order, with every year judged."""
    held = [list(years) for _, years in groupby(rows, key=lambda row: (row.indicator_id, row.organisation_id))]
    return [
        Judged(
            rows={row.year: row for row in years},
            verdicts={row.year: judge(case(row, years)) for row in years},
        )
        for years in held
    ]


def in_year(found: Iterable[Judged], year: int) -> list[Judged]:
    """Those that are followed in a year; what has ended by then is not."""
    return [one for one in found if year in one.rows and not one.rows[year].is_ended]


def counted(found: Sequence[Judged], year: int) -> dict[Mark, int]:
    """How many there are of each mark in a year, in the order marks are listed; only those there are."""
    marks = [one.verdicts[year].mark for one in found]
    return {mark: marks.count(mark) for mark in Mark if mark in marks}


def case(row: IndicatorCasesRow, years: Iterable[IndicatorCasesRow]) -> Case:
    """The case of one indicator and year, given its rows of all years.

    The city's base and compared figure are those of the nämnder that reported both years. A year belongs to the city's
    series only when all have reported it, so that a change of who reports is never taken for a trend.
    """
    held = list(years)
    is_city = row.organisation_id == schema.CITY
    is_sum = is_city and row.measure != "index"
    comparable = [one for one in held if not is_city or one.organisations_reported == one.organisations_expected]
    series = {one.year: _figure(one) for one in comparable if one.year <= row.year}
    return Case(
        measure=row.measure,
        direction=row.direction,
        year=row.year,
        latest=_figure(row),
        counts=row.counts,
        varies=row.varies,
        per=row.per or 1,
        unit=row.unit,
        base_year=row.base_year,
        base=Figure(row.base_numerator, row.base_denominator, row.base_value, row.base_missing),
        compared=Figure(row.compared_numerator, row.compared_denominator) if is_sum else None,
        target=row.target,
        last_target=row.last_target,
        last_target_year=row.last_target_year,
        missing=tuple(
            MissingAnswer(*one)
            for one in zip(row.missing_organisations, row.missing_reasons, row.missing_denominators, strict=True)
        ),
        break_year=row.break_year,
        series=series,
        own_forecast=row.own_forecast if row.value is None else None,
        reported=row.organisations_reported if is_city else None,
        expected=row.organisations_expected if is_city else None,
        reported_both=row.organisations_both,
        expected_both=row.organisations_expected_both,
        reporters=row.reporters or "namnder",
        is_ended=row.is_ended,
        has_owner=row.has_owner,
        is_sum=is_city,
        base_target=next((one.target for one in held if one.year == row.base_year), None),
        base_note=row.base_note,
        cluster=row.cluster,
    )


def _figure(row: IndicatorCasesRow) -> Figure:
    return Figure(row.numerator, row.denominator, row.value, row.missing_reason)
