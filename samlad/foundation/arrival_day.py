"""Arrival days: the receipt's own day, or the stated one of a report that was loaded later. Both are kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from samlad.foundation import clock
from samlad.swedish import numbers


def received_on(receipt: Mapping[str, Any]) -> date:
    """Return the day that counts of a stored receipt: the stated one, else that of its moment."""
    stated_day = receipt.get("told_on")
    return date.fromisoformat(stated_day) if stated_day else clock.day(clock.read(receipt["received_at"]))


def loaded_on(receipt: Mapping[str, Any]) -> date | None:
    """Return the day a receipt was written, where another day is stated; else None."""
    return clock.day(clock.read(receipt["received_at"])) if receipt.get("told_on") else None


def words(received: date, loaded: date | None) -> str:
    """Return an arrival day in Swedish, with the real day beside a stated one.

    >>> words(date(2022, 1, 28), date(2026, 11, 28)).replace(numbers.SPACE, " ")
    '28 januari 2022 (uppgiven dag, inlagd 28 november 2026)'
    """
    day_text = numbers.date_sv(received)
    return day_text if loaded is None else f"{day_text} (uppgiven dag, inlagd {numbers.date_sv(loaded)})"
