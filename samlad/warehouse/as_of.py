"""The as-of: the day for lateness, due days and ages, and the reports that it leaves out.

Choosing and naming the day belongs here; applying it to rows belongs in `publish` and queries/.
"""

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
    """As-of day of an edition, its number of valid reports, and the number left out as later."""

    day: date
    reports: int
    left_out: int

    @property
    def judged_on(self) -> date | None:
        """Day on which reports are judged late; None without a report, as then nothing is expected."""
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
    """Return the day asked for, else of the last valid receipt, else the programme's last day, else today.

    receipts are rows of receipts; withdrawn holds submission ids. With keeps_day, the day asked for is the day of an
    earlier edition: it is not checked again, and leaves out all reports received later.

    Raises PublishRefused, unless keeps_day, when the day lies after today, or leaves out another number of reports than
    leave_out.
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
    """Return the last day of the programme, else of its last period; None without either."""
    for table, column in (("programmes", "valid_to"), ("periods", "ends_on")):
        ends: list[date] = [one for one in programme.tables[table][column].to_pylist() if one is not None]
        if ends:
            return max(ends)
    return None


def left_out_sentence(number: int, day: date | None) -> str:
    """Return the Swedish sentence on the reports an edition leaves out, and its day; "" when none.

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
