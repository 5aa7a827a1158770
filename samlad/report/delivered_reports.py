"""Delivered reports: the file, and the order to make it again from snapshot and journal.

The order is a record of the journal; the file lies beside the journal, in journal/reports, under the record's id.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from samlad.foundation import store
from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.journal import records, text_gate
from samlad.journal.records import Record
from samlad.report.draft import Choice
from samlad.report.report_files import Order, RawPlaces, make
from samlad.warehouse import editions

KIND = "report_delivered"


@dataclass(frozen=True)
class Delivered:
    """A delivered report: its order, its file, and a flag: same bytes when made again."""

    order: Order
    ending: str
    content: bytes
    is_same: bool


def keep(folder: DataFolder, order: Order, ending: str, content: bytes, *, by: str, at: datetime) -> Record:
    """Keep a delivered report, its record last. order names its snapshot and the last record that the report has read.

    Raises OSError when the journal cannot be written; then neither record nor file is kept.
    """
    choice, name = order.choice, text_gate.writer(by, "Skriv vem som levererar uppföljningen.")
    said = {
        "years": list(choice.years),
        "organisation_id": choice.organisation_id,
        "parts": list(choice.parts),
        "dnr": choice.dnr,
        "author": choice.author,
        "snapshot_id": order.snapshot_id,
        "until": order.until,
        "reads_raw": order.reads_raw,
        "ending": ending,
        "sha256": store.sha256(content),
    }
    if order.template is not None:
        said["template_sha256"] = store.sha256(order.template)
    drawn = secrets.token_hex(8)
    files = {_path(folder, drawn, ending): content}
    if order.template is not None:
        files[_template(folder, drawn)] = order.template
    with records.keeping(folder):
        try:
            for path, one in files.items():
                store.write_bytes_atomically(path, one)
            return records.append(folder, kind=KIND, by=name, at=at, content=said, record_id=drawn)
        except BaseException:
            for path in files:
                path.unlink(missing_ok=True)
            raise


def last_record(folder: DataFolder) -> int:
    """Return the number of the journal's last record, 0 when the journal is empty."""
    return max((record.sequence for record in records.read(folder)), default=0)


def again(folder: DataFolder, record_id: str, raw_places: RawPlaces = lambda _folder: {}) -> Delivered:
    """Make a delivered report again from its snapshot, and compare its bytes with the kept file's.

    Raises SamladError when there is no such report, or its edition stands no more; the error names the file's place.
    """
    record = next((one for one in records.read(folder, KIND) if one.record_id == record_id), None)
    if record is None:
        raise SamladError(
            "Det finns ingen levererad uppföljning med den beteckningen. Den står i svaret när den behölls."
        )
    order, ending = _order(folder, record), record.content["ending"]
    path = _path(folder, record_id, ending)
    if order.snapshot_id not in editions.editions(folder):
        kept = f"Den levererade filen ligger i {path}." if path.is_file() else "Den levererade filen finns inte heller."
        raise SamladError(
            "Uppföljningen går inte att göra om: utgåvan som den gjordes av har tagits ur bruk eller tagits bort. "
            f"{kept} Kör python -m samlad editions för att se vilka utgåvor som gäller."
        )
    made = make(folder, order, ending, raw_places=raw_places)
    content = path.read_bytes() if path.is_file() else made
    return Delivered(order, ending, content, store.sha256(made) == record.content["sha256"])


def _order(folder: DataFolder, record: Record) -> Order:
    said: dict[str, Any] = record.content
    choice = Choice(
        tuple(said["years"]), said["organisation_id"], tuple(said["parts"]), dnr=said["dnr"], author=said["author"]
    )
    template = _template(folder, record.record_id)
    styles = template.read_bytes() if template.is_file() else None
    return Order(choice, said["snapshot_id"], said["until"], styles, said["reads_raw"])


def _path(folder: DataFolder, record_id: str, ending: str) -> Path:
    return folder.journal / "reports" / f"{record_id}.{ending}"


def _template(folder: DataFolder, record_id: str) -> Path:
    return folder.journal / "reports" / f"{record_id}.mall.docx"
