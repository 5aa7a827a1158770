"""Making a report: draft, people's texts and sources gathered, and written as a file.

Each kind of file has its own module.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.journal import gap_states, records
from samlad.report import (
    assessment_conflicts,
    draft,
    excel_appendix,
    glyphs,
    own_texts,
    pdf,
    source_rows,
    word_document,
)
from samlad.report.document import Report
from samlad.report.glyphs import Unshown
from samlad.warehouse import database

Progress = Callable[[float, str], None]

Tell = Callable[[Sequence[Unshown]], None]
"""A call that gives the maker the signs that cannot be shown."""

RawPlaces = Callable[[DataFolder], source_rows.Places]
"""A reader of files, sheets and rows on the raw side, which no report imports."""

ENDINGS = ("docx", "pdf", "xlsx")


@dataclass(frozen=True)
class Order:
    """An order for a file: the choice, its snapshot (None is the current), the last record read.

    until is the number of the last record of the journal that is read; None is the whole journal. template is a Word
    file whose styles are used. reads_raw gives the submissions' files, sheets and rows; never on the page.
    """

    choice: draft.Choice
    snapshot_id: str | None = None
    until: int | None = None
    template: bytes | None = None
    reads_raw: bool = False


def gathered(folder: DataFolder, order: Order, progress: Progress) -> Report:
    """Return the whole report, before a file is written.

    Raises SamladError when the order does not fit the snapshot.
    """
    opened = database.open_snapshot(folder, order.snapshot_id)
    decided = [
        record
        for record in records.read(folder, gap_states.KIND)
        if order.until is None or record.sequence <= order.until
    ]
    made = draft.draft(opened, order.choice, progress, decided=decided)
    made = draft.with_notes(made, assessment_conflicts.of_goals(folder, order.choice, opened.query, until=order.until))
    texts = own_texts.texts(folder, order.choice, until=order.until)
    return draft.with_texts(made, own_texts.resolved(texts, made))


def make(
    folder: DataFolder,
    order: Order,
    ending: str,
    progress: Progress = lambda _share, _doing: None,
    tell: Tell = lambda _unshown: None,
    raw_places: RawPlaces = lambda _folder: {},
) -> bytes:
    """Return a file's bytes: docx, pdf or xlsx. The same snapshot, journal and submissions give the same bytes.

    A sign that cannot be shown is replaced by its code; tell gets the signs and their places. raw_places reads the raw
    side for an order that says so: samlad.submissions.reported_places.places, or nothing where there is no raw side.

    Raises SamladError when the order does not fit the snapshot, or the ending is another.
    """
    if ending not in ENDINGS:
        raise SamladError(f"Filen ska sluta på {', '.join('.' + one for one in ENDINGS)}, inte på ”.{ending}”.")

    def drafting(share: float, doing: str) -> None:
        progress(share * 0.6, doing)

    def writing(share: float, doing: str) -> None:
        progress(0.6 + share * 0.4, doing)

    report, unshown = glyphs.of_report(gathered(folder, order, drafting))
    if unshown:
        tell(unshown)
    match ending:
        case "docx":
            content = word_document.write(report, writing, order.template)
        case "pdf":
            content = pdf.write(report, writing)
        case _:
            opened = database.open_snapshot(folder, order.snapshot_id)
            places = raw_places(folder) if order.reads_raw else {}
            told = source_rows.submissions_of(opened, order.choice, places)
            content = excel_appendix.write(report, told, opened, writing)
    progress(1.0, "Klart")
    return content
