"""Years judged: each row of the query indicator_cases becomes a Case, and each Case a Verdict.

Only the way from row to verdict belongs here; the rules stand in `facts` and `verdicts`, the sentences in `swedish`.
"""

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
    """Indicator of one organisation or the city, with its rows and verdicts by calendar year."""

    rows: Mapping[int, IndicatorCasesRow]
    verdicts: Mapping[int, Verdict]

    @property
    def about(self) -> IndicatorCasesRow:
        """Row for columns that are the same in all years: name, measure, unit and the like."""
        return next(iter(self.rows.values()))

    @property
    def followed_years(self) -> list[int]:
        """Years until the indicator ended, oldest first."""
        return sorted(year for year, row in self.rows.items() if not row.is_ended)

    @property
    def name(self) -> str:
        """Short name of the indicator."""
        return self.about.indicator

    @property
    def is_example(self) -> bool:
        return any(row.origin == "example" for row in self.rows.values())

    def is_whole(self, year: int) -> bool:
        """Return True if no organisation is missing from a year's figure."""
        return not self.verdicts[year].case.missing

    def interval(self, year: int) -> Interval | None:
        """Return the 95 per cent interval of a year's figure, in the indicator's unit."""
        return self.verdicts[year].interval


def judged(rows: Iterable[IndicatorCasesRow]) -> list[Judged]:
    """Return each indicator and organisation of indicator_cases in row order, every year judged."""
    held = [list(years) for _, years in groupby(rows, key=lambda row: (row.indicator_id, row.organisation_id))]
    return [
        Judged(
            rows={row.year: row for row in years},
            verdicts={row.year: judge(case(row, years)) for row in years},
        )
        for years in held
    ]


def in_year(found: Iterable[Judged], year: int) -> list[Judged]:
    """Return the indicators followed in a year; ended indicators are not."""
    return [one for one in found if year in one.rows and not one.rows[year].is_ended]


def counted(found: Sequence[Judged], year: int) -> dict[Mark, int]:
    """Return the number of indicators of each mark in a year, in the order of Mark, without zeros."""
    marks = [one.verdicts[year].mark for one in found]
    return {mark: marks.count(mark) for mark in Mark if mark in marks}


def case(row: IndicatorCasesRow, years: Iterable[IndicatorCasesRow]) -> Case:
    """Return the case of one indicator and year, given its rows of all years.

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
