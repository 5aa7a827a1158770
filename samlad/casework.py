"""A row of figures becomes a Case: what an indicator is judged by in a year. Case by Case the years are judged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from samlad.cases import Case, Figure, interval_of
from samlad.statistics import Interval
from samlad.verdicts import Mark, Verdict, judge

Row = Mapping[str, Any]
"""One row of the query indicator_cases: one indicator in one year."""


@dataclass(frozen=True)
class Judged:
    """One indicator for one organisation or the city: what stands about it, and its rows and verdicts by year."""

    rows: Mapping[int, Row]
    verdicts: Mapping[int, Verdict]

    @property
    def about(self) -> Row:
        """What does not differ between the years: name, measure, unit and the like."""
        return next(iter(self.rows.values()))

    @property
    def name(self) -> str:
        """The few words for it."""
        found: str = self.about["indicator"]
        return found

    @property
    def is_example(self) -> bool:
        """Whether any of it is made up."""
        return any(row["origin"] == "example" for row in self.rows.values())

    def interval(self, year: int) -> Interval | None:
        """The 95 per cent interval of a year's figure, in the indicator's unit."""
        verdict = self.verdicts[year]
        return None if verdict.value is None else interval_of(verdict.case)


def judged(rows: Iterable[Row], *, is_city: bool) -> list[Judged]:
    """Each indicator of the rows of indicator_cases, in their order, with every year judged."""
    held = [list(years) for _, years in groupby(rows, key=lambda row: row["indicator_id"])]
    return [
        Judged(
            rows={row["year"]: row for row in years},
            verdicts={row["year"]: judge(case(row, years, is_city=is_city)) for row in years},
        )
        for years in held
    ]


def in_year(found: Iterable[Judged], year: int) -> list[Judged]:
    """Those that are followed in a year."""
    return [one for one in found if year in one.rows]


def counted(found: Sequence[Judged], year: int) -> dict[Mark, int]:
    """How many there are of each mark in a year, in the order marks are listed; only those there are."""
    marks = [one.verdicts[year].mark for one in found]
    return {mark: marks.count(mark) for mark in Mark if mark in marks}


def case(row: Row, years: Iterable[Row], *, is_city: bool) -> Case:
    """The case of one indicator and year, given its rows of all years.

    The city's base and compared figure are those of the nämnder that reported both years. A year belongs to the city's
    series only when all have reported it, so that a change of who reports is never taken for a trend.
    """
    comparable = [one for one in years if not is_city or one["organisations_reported"] == one["organisations_expected"]]
    series = {one["year"]: _figure(one) for one in comparable if one["year"] <= row["year"]}
    return Case(
        measure=row["measure"],
        direction=row["direction"],
        year=row["year"],
        latest=_figure(row),
        counts=row["counts"],
        per=row["per"] or 1,
        unit=row["unit"],
        base_year=row["base_year"],
        base=Figure(row["base_numerator"], row["base_denominator"], row["base_value"], row["base_missing"]),
        compared=Figure(row["compared_numerator"], row["compared_denominator"]) if is_city else None,
        target=row["target"],
        last_target=row["last_target"],
        last_target_year=row["last_target_year"],
        unanswered=tuple(row["unanswered"]),
        break_year=row["break_year"],
        series=series,
        own_forecast=row["own_forecast"] if row["value"] is None else None,
        reported=row["organisations_reported"] if is_city else None,
        expected=row["organisations_expected"] if is_city else None,
        reported_both=row["organisations_both"],
        expected_both=row["organisations_either"],
        reporters=row["reporters"] or "namnder",
    )


def _figure(row: Row) -> Figure:
    return Figure(row["numerator"], row["denominator"], row["value"], row["missing_reason"])
