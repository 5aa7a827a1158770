"""Receiving reports: a submission is written whole, with its receipt last, or not at all. Nothing is changed.

Reports are checked before they come here, in intake; submissions are read in submission_reader.py.
"""

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from samlad.foundation import clock, schema, store
from samlad.foundation.errors import SamladError
from samlad.foundation.findings import Finding
from samlad.foundation.store import DataFolder
from samlad.journal import text_gate
from samlad.submissions import receipts
from samlad.submissions.organisation_report import OrganisationReport
from samlad.submissions.receipts import Receipt
from samlad.submissions.submission_reader import highest, in_place

_ORGANISATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")

Ids = Callable[[], str]
"""Source of submission ids: 16 random hexadecimal digits each."""


def random_id() -> str:
    return secrets.token_hex(8)


class Refused(SamladError):
    """Refusal of a report with errors; `findings` are the errors."""

    def __init__(self, message: str, findings: Sequence[Finding]) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class ReasonNeeded(Refused):
    """Refusal of a report with warnings, as no reason to accept them was given."""


@dataclass(frozen=True)
class Delivery:
    """One report to receive, with its submitter, moment, reason to accept warnings, and stated day.

    `form` is the token of the form that it was sent from. The same form sent twice is received once; without a form
    every delivery is a submission of its own, whatever it says.
    """

    report: OrganisationReport
    by: str
    at: datetime
    accept_warnings: str | None = None
    form: str | None = None
    told_on: date | None = None


def submit(
    report: OrganisationReport,
    *,
    by: str,
    at: datetime,
    folder: DataFolder,
    findings: Sequence[Finding],
    accept_warnings: str | None = None,
    told_on: date | None = None,
    durable: bool = True,
) -> Receipt:
    """Receive one report and return its receipt; `findings` are those of `checks.check`.

    The same file handed in again is a new submission: the last one handed in stands. Raises Refused when a finding is
    an error, ReasonNeeded when there are warnings and no reason, and OSError when the folder cannot be written: then
    nothing has been received.
    """
    delivery = Delivery(report, by, at, accept_warnings, told_on=told_on)
    return append_many([delivery], [findings], folder, durable=durable)[0]


def append_many(
    deliveries: Sequence[Delivery],
    findings: Sequence[Sequence[Finding]],
    folder: DataFolder,
    *,
    ids: Ids = random_id,
    durable: bool = True,
) -> list[Receipt]:
    """Receive many reports in order, with the findings of each; see `submit`.

    All are judged before the first is written. `ids` draws the id of each. Without `durable` nothing is forced to disk:
    for made-up data only.
    """
    deliveries = _passed(deliveries, folder)
    for delivery, remarks in zip(deliveries, findings, strict=True):
        _refuse(delivery, remarks)
    received: list[Receipt] = []
    last: int | None = None
    for delivery, remarks in zip(deliveries, findings, strict=True):
        receipt = _append(delivery, remarks, folder, ids, durable=durable, after=last)
        last = max(last or 0, receipt.sequence)
        received.append(receipt)
    return received


def _passed(deliveries: Sequence[Delivery], folder: DataFolder) -> list[Delivery]:
    """Return the deliveries with names and reasons cleaned by the text gate."""
    reasons = {item.accept_warnings for item in deliveries if item.accept_warnings}
    passing = text_gate.opened(folder) if reasons else None
    passed_reasons = {
        item: passing.text(item, "Skälet", longest=text_gate.LONGEST_REASON) for item in reasons if passing
    }
    return [
        replace(
            item,
            by=text_gate.writer(item.by, "Skriv vem som lämnar in."),
            accept_warnings=passed_reasons.get(item.accept_warnings or "", item.accept_warnings),
        )
        for item in deliveries
    ]


def _refuse(delivery: Delivery, findings: Sequence[Finding]) -> None:
    report = delivery.report
    if not _ORGANISATION.fullmatch(report.organisation_id) or report.period not in schema.PERIODS:
        raise SamladError(
            f"{report.name}: ”{report.organisation_id}” och ”{report.period}” är ingen organisation och ingen period."
        )
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        raise Refused(f"{report.name} har {len(errors)} fel och är inte inlämnad. Rätta och lämna in igen.", errors)
    if findings and not (delivery.accept_warnings or "").strip():
        raise ReasonNeeded(
            f"{report.name} är inte inlämnad: {len(findings)} {'varning' if len(findings) == 1 else 'varningar'}."
            " Rätta, eller skriv varför den ska tas emot ändå.",
            findings,
        )


def _append(
    delivery: Delivery, findings: Sequence[Finding], folder: DataFolder, ids: Ids, *, durable: bool, after: int | None
) -> Receipt:
    report = delivery.report
    place = folder.submissions / f"year={report.year}" / f"period={report.period}" / report.organisation_id
    make_folder(place, folder, durable=durable)
    with _locked(place):
        earlier = _sent_before(place, delivery.form)
        if earlier is not None:
            return earlier
        numbers = folder.submissions / "sequence"
        sequence = store.next_sequence(numbers, after=after, in_use=lambda: highest(folder))
        if durable:
            store.sync_folder(numbers)
        submission_id = ids()
        files = report.files(submission_id)
        receipt = Receipt(
            submission_id=submission_id,
            sequence=sequence,
            organisation_id=report.organisation_id,
            year=report.year,
            period=report.period,
            by=delivery.by,
            received_at=clock.local(delivery.at),
            told_on=delivery.told_on,
            rows={"indicators": report.indicators.num_rows, "activities": report.activities.num_rows},
            files={name: store.sha256(data) for name, data in files.items()},
            origin=report.origin,
            original_name=report.original_name,
            warnings=tuple(receipts.remembered(finding) for finding in findings),
            accepted_because=delivery.accept_warnings if findings else None,
            form=delivery.form,
        )
        _write(place / f"{sequence:08d}-{submission_id}", files, receipt, durable=durable)
    return receipt


def _write(final: Path, files: dict[str, bytes], receipt: Receipt, *, durable: bool) -> None:
    """Write the files under a temporary name, rename the folder into place, and write the receipt last."""
    temporary = final.with_name(f".{final.name}.{os.getpid()}.{secrets.token_hex(4)}")
    temporary.mkdir()
    try:
        for name, data in files.items():
            (temporary / name).parent.mkdir(exist_ok=True)
            store.write_bytes_atomically(temporary / name, data, durable=durable)
        if durable:
            store.sync_folder(temporary)
        temporary.rename(final)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    if durable:
        store.sync_folder(final.parent)
    store.write_json(final / "receipt.json", receipt.as_json(), durable=durable)


def _sent_before(place: Path, form: str | None) -> Receipt | None:
    """Return the receipt of an earlier submission of the same form: a button was pressed twice."""
    sent = (receipt for _, receipt in (in_place(place, []) if form else ()) if receipt.get("form") == form)
    earlier = next(sent, None)
    return None if earlier is None else receipts.from_json(earlier)


@contextmanager
def _locked(place: Path) -> Iterator[None]:
    """Lock one organisation's folder, so that the same form sent twice at once is received once.

    The lock goes with the process: one that is killed leaves none behind.
    """
    handle = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def make_folder(path: Path, folder: DataFolder, *, durable: bool) -> None:
    """Make a folder within the data folder, with its parents; durable survives a power cut."""
    path.mkdir(parents=True, exist_ok=True)
    while durable and path != folder.path:
        path = path.parent
        store.sync_folder(path)


def require(word: str, otherwise: str) -> None:
    """Raise SamladError with the message unless a word is given."""
    if not word.strip():
        raise SamladError(otherwise)
