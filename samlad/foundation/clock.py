"""Moments and days in Stockholm's time, wherever the server stands. No other module reads a clock.

Days as people write them in cells stand in samlad/submissions/intake/cell_dates.py.
"""

from datetime import UTC, date, datetime, time, timezone
from zoneinfo import ZoneInfo

from samlad.swedish import numbers

ZONE = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    return local(datetime.now(ZONE))


def today() -> date:
    return day(now())


def local(moment: datetime) -> datetime:
    """Return a moment with Stockholm's offset; a moment without offset is taken as Stockholm's.

    >>> from datetime import UTC
    >>> local(datetime(2025, 1, 31, 23, 30, tzinfo=UTC)).isoformat()
    '2025-02-01T00:30:00+01:00'
    """
    known = moment.astimezone(ZONE) if moment.tzinfo else moment.replace(tzinfo=ZONE)
    offset = known.utcoffset()
    # A fixed offset: with the zone itself, Python compares the two hours of an autumn night by the clock alone.
    return known.replace(tzinfo=timezone(offset), fold=0) if offset is not None else known


def day(moment: datetime) -> date:
    """Return the day of a moment.

    >>> day(read("2025-08-31T22:30:00Z"))
    datetime.date(2025, 9, 1)
    """
    return local(moment).date()


def read(stored: str) -> datetime:
    """Return a stored moment, whatever its offset. Raises ValueError when it is no moment."""
    return local(datetime.fromisoformat(stored.strip()))


def stored(moment: datetime) -> str:
    """Return a moment as it is stored: to the second, with its offset.

    >>> stored(datetime(2025, 7, 1, 9, 0))
    '2025-07-01T09:00:00+02:00'
    """
    return local(moment).isoformat(timespec="seconds")


def at(on: date, hour: time = time()) -> datetime:
    """Return the moment of a day at an hour, midnight by default."""
    return local(datetime.combine(on, hour, ZONE))


def in_files(on: date) -> datetime:
    """Return noon of a day in UTC without offset, as Word and Excel keep it: the same day on both clocks."""
    return at(on, time(12)).astimezone(UTC).replace(tzinfo=None)


def minute(moment: datetime) -> str:
    """Return a moment as lists on the command line show it.

    >>> minute(read("2025-08-31T22:30:00Z"))
    '2025-09-01 00:30'
    """
    return f"{local(moment):%Y-%m-%d %H:%M}"


def words(moment: datetime) -> str:
    """Return a moment as people read it.

    >>> words(read("2025-01-31T23:30:00Z")).replace(numbers.SPACE, " ")
    '1 februari 2025 kl. 00.30'
    """
    return f"{numbers.date_sv(day(moment))} kl. {local(moment):%H.%M}"
