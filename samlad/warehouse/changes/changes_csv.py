"""Changes as a CSV file with semicolons and a byte order mark, as Excel in Swedish reads it.

Other downloads do not belong here.
"""

import csv
import io
from collections.abc import Iterable

from samlad.swedish import words
from samlad.warehouse.changes.change_sentences import Told
from samlad.warehouse.changes.change_words import KINDS_SHORT

HEADINGS = ("Slag", "Vad", "Mål", "Indikator", "År", "Före", "Efter", "Varför", "Exempel")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(changes: Iterable[Told]) -> bytes:
    """Return UTF-8 bytes with a row for each change, under HEADINGS; cells go through `safe`."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for one in changes:
        change = one.change
        cells = (
            KINDS_SHORT[change.kind],
            one.what,
            one.goal_number,
            one.indicator,
            change.year,
            one.before,
            one.after,
            one.why,
            words.EXAMPLE if change.is_example else None,
        )
        writer.writerow([safe("" if cell is None else str(cell)) for cell in cells])
    return sheet.getvalue().encode("utf-8-sig")


def safe(cell: str) -> str:
    """Return a cell with an apostrophe before anything that a spreadsheet would take for a formula.

    >>> safe("=1+1"), safe("75 %")
    ("'=1+1", '75 %')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
