"""The as-of: the day that lateness, due dates and ages follow, and the reports that a chosen day leaves out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from samlad.catalogue.programme import Programme
from samlad.foundation import arrival_day
from samlad.foundation.errors import PublishRefused
from samlad.swedish import numbers


@dataclass(frozen=True)
class AsOf:
    """The day of an edition, how many reports stand in it, and how many that stand are left out as they came later."""

    day: date
    reports: int
    left_out: int

    @property
    def judged_on(self) -> date | None:
        """The day that reports are judged late on; None without a report: then nothing is expected."""
        return self.day if self.reports else None


def choose_as_of(
    receipts: Sequence[Mapping[str, Any]],
    withdrawn: Collection[str],
    programme: Programme,
    *,
    asked: date | None,
    leave_out: int | None,
    today: date,
    keeps_day: bool = False,
) -> AsOf:
    """Return the day asked for, else that of the last receipt that stands, else the programme's last day.

    With keeps_day, the day asked for is that of an edition that stood: it is not judged anew, and leaves out all that
    came after it. Else raises PublishRefused when the day has not been, or when it leaves out another number of reports
    than leave_out.
    """
    days = [arrival_day.received_on(one) for one in receipts if one["submission_id"] not in withdrawn]
    if asked is not None and asked > today and not keeps_day:
        raise PublishRefused(
            f"Dagen {numbers.date_sv(asked)} har inte varit än: idag är det {numbers.date_sv(today)}. Ingenting är "
            "publicerat. Välj en dag som har varit, eller utelämna --as-of."
        )
    day = asked or max(days, default=None) or last_day(programme) or today
    left_out = sum(one > day for one in days) if asked else 0
    if left_out != (leave_out or 0) and not keeps_day:
        raise PublishRefused(_why_not(day, left_out, len(days), leave_out))
    return AsOf(day, len(days) - left_out, left_out)


def last_day(programme: Programme) -> date | None:
    """Return the last day of the programme, or of its last period where it has no end."""
    for table, column in (("programmes", "valid_to"), ("periods", "ends_on")):
        ends: list[date] = [one for one in programme.tables[table][column].to_pylist() if one is not None]
        if ends:
            return max(ends)
    return None


def left_out_sentence(number: int, day: date | None) -> str:
    """Return how many reports an edition leaves out, and as of which day; nothing when it leaves out none.

    >>> left_out_sentence(1, date(2023, 1, 31)).replace(numbers.SPACE, " ")
    'En rapport som kom efter 31 januari 2023 är utelämnad. Läget är det som gällde den dagen.'
    """
    if not number or day is None:
        return ""
    if number == 1:
        return f"En rapport som kom efter {numbers.date_sv(day)} är utelämnad. Läget är det som gällde den dagen."
    said = f"{numbers.number(number)} rapporter som kom efter {numbers.date_sv(day)} är utelämnade."
    return f"{said} Läget är det som gällde den dagen."


def _why_not(day: date, left_out: int, reports: int, leave_out: int | None) -> str:
    nothing = "Ingenting är publicerat."
    if not left_out:
        return f"Ingen rapport utelämnas, men --leave-out säger {leave_out}. {nothing} Ta bort --leave-out."
    are = "rapport" if reports == 1 else "rapporter"
    number = f"{numbers.number(left_out)} av {numbers.number(reports)} {are}"
    said = f"{numbers.date_sv(day)} är för tidigt: {number} kom efter den dagen och skulle utelämnas"
    again = f"Kör om utan --as-of, eller med --leave-out {left_out} om det är meningen."
    if leave_out is not None:
        again = f"--leave-out säger {leave_out}. {again}"
    return f"{said}. {nothing} {again}"
