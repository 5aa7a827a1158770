"""The day a report came: the receipt's own, or one told when a report of past years was loaded. Both are kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from samlad.foundation import clock
from samlad.swedish import numbers


def received_on(receipt: Mapping[str, Any]) -> date:
    """Return the day that counts of a stored receipt: the one told, else the day of its moment."""
    told = receipt.get("told_on")
    return date.fromisoformat(told) if told else clock.day(clock.read(receipt["received_at"]))


def loaded_on(receipt: Mapping[str, Any]) -> date | None:
    """Return the day a stored receipt was really written, where another day is told; else None."""
    return clock.day(clock.read(receipt["received_at"])) if receipt.get("told_on") else None


def words(received: date, loaded: date | None) -> str:
    """Return the day a report came in words, with the real day beside one that is told.

    >>> words(date(2022, 1, 28), date(2026, 11, 28)).replace(numbers.SPACE, " ")
    '28 januari 2022 (uppgiven dag, inlagd 28 november 2026)'
    """
    said = numbers.date_sv(received)
    return said if loaded is None else f"{said} (uppgiven dag, inlagd {numbers.date_sv(loaded)})"
