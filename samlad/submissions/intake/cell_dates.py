"""Days as people write them in cells: ISO, day and month in figures, months in words. The last one counts."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, datetime

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"), start=1
    )
} | {"may": 5, "oct": 10}
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_FIGURES = re.compile(r"\b(\d{1,2})[./ -]{1,2}(\d{1,2})[./ -]{1,2}(\d{4})\b")
_WORDS = re.compile(r"\b(?:(\d{1,2})\.?\s+)?([a-zåäö]{3,9})\.?\s+(\d{4})\b")


def last_day(cell: object) -> date | None:
    """Return the day in a cell, the last of a span; a month without a day means its last day.

    Day stands before month, as in Swedish. None when the cell is no day for certain.

    >>> last_day("2024-01-01 – 2024-08-31"), last_day("april 2024"), last_day("12/31/2024")
    (datetime.date(2024, 8, 31), datetime.date(2024, 4, 30), None)
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str):
        return None
    try:
        days = sorted(_days(" ".join(cell.casefold().split())))
    except ValueError:
        return None
    return days[-1][1] if days else None


def _days(text: str) -> Iterator[tuple[int, date]]:
    for match in _ISO.finditer(text):
        yield match.end(), date(int(match[1]), int(match[2]), int(match[3]))
    for match in _FIGURES.finditer(text):
        yield match.end(), date(int(match[3]), int(match[2]), int(match[1]))
    for match in _WORDS.finditer(text):
        month = _MONTHS.get(match[2][:3])
        if month:
            year = int(match[3])
            yield match.end(), date(year, month, int(match[1] or calendar.monthrange(year, month)[1]))
