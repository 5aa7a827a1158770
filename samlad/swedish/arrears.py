"""Reports expected, received and owed: one way to count them, and one wording.

Deciding which reports are expected or late belongs in queries/publish; single figures belong in `row_words`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from samlad.foundation.rows import ReportingStateRow
from samlad.swedish import numbers, words

RECEIVED, LATE, TO_COME, LAPSED = "received", "late", "to_come", "lapsed"


class HasState(Protocol):
    """Expected report with its state: received, late, to_come or lapsed."""

    @property
    def state(self) -> str: ...


class AskedReport(HasState, Protocol):
    """Expected report with its period and due day, as in the query organisation_reports."""

    @property
    def year(self) -> int: ...
    @property
    def period(self) -> str: ...
    @property
    def due(self) -> date: ...


Asked = TypeVar("Asked", bound=AskedReport)

_NUMBERS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_DAYS_A_WEEK, _DAYS_IN_WEEKS, _MONTHS_A_YEAR = 7, 60, 12


@dataclass(frozen=True)
class Tally:
    """Number of reports expected, received, late, to come and lapsed."""

    expected: int
    received: int
    late: int
    to_come: int
    lapsed: int

    @property
    def missing(self) -> int:
        """Number of reports not received, whatever the reason."""
        return self.expected - self.received


def tally(rows: Iterable[HasState]) -> Tally:
    """Return the number of reports in each state."""
    states = [row.state for row in rows]
    return Tally(len(states), *(states.count(one) for one in (RECEIVED, LATE, TO_COME, LAPSED)))


def tally_of(counts: Iterable[ReportingStateRow]) -> Tally:
    """Return the sum of counted rows of the query reporting_state."""
    held = list(counts)
    return Tally(
        expected=sum(row.expected for row in held),
        received=sum(row.received for row in held),
        late=sum(row.late for row in held),
        to_come=sum(row.to_come for row in held),
        lapsed=sum(row.lapsed for row in held),
    )


def since(due: date, as_of: date | None) -> str:
    """Return the day since which a report is late, and the time passed.

    >>> since(date(2023, 1, 31), date(2026, 2, 20)).replace("\\xa0", " ")
    'sedan 31 januari 2023 (tre år)'
    """
    long = age(due, as_of) if as_of else ""
    return f"sedan {numbers.date_sv(due)}{f' ({long})' if long else ''}"


def age(due: date, as_of: date) -> str:
    """Return the time since a day in whole days, weeks, months or half years; "" if it has not passed.

    >>> [age(date(2023, 1, 31), day) for day in (date(2023, 2, 1), date(2023, 2, 20), date(2023, 8, 2))]
    ['en dag', 'två veckor', 'sex månader']
    >>> age(date(2023, 1, 31), date(2025, 8, 2))
    'två och ett halvt år'
    """
    days = (as_of - due).days
    if days <= 0:
        return ""
    if days < 2 * _DAYS_A_WEEK:
        return _counted(days, "dag", "dagar")
    if days < _DAYS_IN_WEEKS:
        return _counted(days // _DAYS_A_WEEK, "vecka", "veckor")
    months = (as_of.year - due.year) * _MONTHS_A_YEAR + as_of.month - due.month - (as_of.day < due.day)
    if months < _MONTHS_A_YEAR:
        return _counted(months, "månad", "månader")
    years, rest = divmod(months, _MONTHS_A_YEAR)
    said = "ett" if years == 1 else _word(years)
    return f"{said} och ett halvt år" if rest >= _MONTHS_A_YEAR // 2 else f"{said} år"


def _counted(number: int, one: str, several: str) -> str:
    return f"{_word(number)} {one if number == 1 else several}"


def _word(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else numbers.number(number)


def reports(number: int) -> str:
    """Return a number of reports in words.

    >>> reports(1), reports(4)
    ('1 rapport', '4 rapporter')
    """
    return f"{numbers.number(number)} {words.counted('rapporter', number)}"


def period(code: str) -> str:
    """Return a period as it stands after "för".

    >>> period("VB"), period("T1")
    ('helåret', 'tertial 1')
    """
    return "helåret" if code == "VB" else words.PERIODS[code]


def by_period(rows: Iterable[Asked]) -> list[tuple[int, str, date, list[Asked]]]:
    """Group rows by year, period and due day, oldest due day first."""
    held: dict[tuple[date, int, str], list[Asked]] = {}
    for row in rows:
        held.setdefault((row.due, row.year, row.period), []).append(row)
    return [(year, code, due, held[due, year, code]) for due, year, code in sorted(held)]


def of_year(rows: Sequence[AskedReport], year: int, as_of: date | None) -> str:
    """Return the state of a year's expected reports: all received, or the number in each other state by period.

    rows belong to one organisation. The words end without a full stop: they stand in a sentence.
    """
    asked = [row for row in rows if row.year == year]
    counted = tally(asked)
    if not counted.expected:
        return f"inga rapporter är begärda för {year}"
    if not counted.missing:
        return f"alla rapporter som är begärda för {year} har kommit"
    return words.listed(list(missing(asked, as_of)))


def missing(asked: Sequence[AskedReport], as_of: date | None) -> Iterable[str]:
    """Yield the number of reports not received, by state: late, to come, lapsed."""
    for state, said in ((LATE, _late), (TO_COME, _to_come), (LAPSED, _lapsed)):
        groups = by_period(row for row in asked if row.state == state)
        if groups:
            yield said(groups, as_of)


Groups = Sequence[tuple[int, str, date, list[AskedReport]]]


def _late(groups: Groups, as_of: date | None) -> str:
    if len(groups) == 1:
        ((_, code, due, rows),) = groups
        return f"{reports(len(rows))} för {period(code)} saknas {since(due, as_of)}"
    return f"{reports(_sum(groups))} saknas: {_parts(groups)}"


def _to_come(groups: Groups, _as_of: date | None) -> str:
    _, code, due, rows = groups[0]
    if len(groups) == 1:
        return f"{reports(len(rows))} för {period(code)} ska lämnas senast {numbers.date_sv(due)}"
    return f"{reports(_sum(groups))} ska lämnas, de första {numbers.number(len(rows))} senast {numbers.date_sv(due)}"


def _lapsed(groups: Groups, _as_of: date | None) -> str:
    if len(groups) == 1:
        ((_, code, _, rows),) = groups
        return f"{reports(len(rows))} för {period(code)} kom aldrig"
    return f"{reports(_sum(groups))} kom aldrig: {_parts(groups)}"


def _sum(groups: Groups) -> int:
    return sum(len(rows) for *_, rows in groups)


def _parts(groups: Groups) -> str:
    return words.listed([f"{numbers.number(len(rows))} för {period(code)}" for _, code, _, rows in groups])


def elsewhere(rows: Sequence[AskedReport], year: int) -> str:
    """Return the number of reports late from other years than the chosen year; "" when there are none."""
    late = [row for row in rows if row.state == LATE and row.year != year]
    if not late:
        return ""
    years = words.listed([str(one) for one in sorted({row.year for row in late})])
    return f"Dessutom saknas {reports(len(late))} från {years}."
