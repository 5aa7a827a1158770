"""Choices on the command line made into an Order: years, organisation, snapshot and journal.

Making the ordered file belongs in `report_files`.
"""

from pathlib import Path

from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.journal import text_gate
from samlad.report.delivered_reports import last_record
from samlad.report.draft import PARTS, SUMMARY_PARTS, Choice
from samlad.report.report_files import Order
from samlad.warehouse import editions


def order(
    folder: DataFolder,
    *,
    year: int | None = None,
    first: int | None = None,
    last: int | None = None,
    organisation: str | None = None,
    snapshot: str | None = None,
    summary: bool = False,
    dnr: str = "",
    author: str = "",
    styles: str | None = None,
) -> Order:
    """Return the order that the choices stand for, with its snapshot by the whole id.

    Raises SamladError for anything but a year or a first and a last, when the gate turns a word away, or when there is
    no such snapshot.
    """
    choice = Choice(
        years_of(year, first, last),
        organisation,
        SUMMARY_PARTS if summary else tuple(PARTS),
        dnr=text_gate.mark(dnr, "Diarienumret"),
        author=text_gate.writer(author, ""),
    )
    template = Path(styles).read_bytes() if styles else None
    snapshot_id = editions.read(folder, snapshot).snapshot_id
    return Order(choice, snapshot_id, last_record(folder), template, reads_raw=True)


def years_of(year: int | None, first: int | None, last: int | None) -> tuple[int, ...]:
    """Return the years: a single year, or all from a first to a last.

    >>> years_of(None, 2021, 2023)
    (2021, 2022, 2023)
    """
    if year is not None and first is None and last is None:
        return (year,)
    if year is None and first is not None and last is not None and first <= last:
        return tuple(range(first, last + 1))
    raise SamladError("Välj antingen --year ÅR eller --from ÅR --to ÅR, med det första året först.")
