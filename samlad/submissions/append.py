"""Submissions: everything handed in, append-only. What has been given a receipt is there, whole, whatever fails."""

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from samlad.foundation import arrival_day, clock, schema, store
from samlad.foundation.errors import Altered, SamladError
from samlad.foundation.findings import Finding
from samlad.foundation.schema import Table
from samlad.foundation.store import DataFolder
from samlad.journal import text_gate
from samlad.submissions import published_ids, receipts
from samlad.submissions.organisation_report import ACTIVITIES, INDICATORS, Report
from samlad.submissions.receipts import Receipt

_FOLDER = re.compile(r"(\d{8,})-([0-9a-f]{16})")
_ID = re.compile(r"[0-9a-f]{16}")
_ORGANISATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


Ids = Callable[[], str]
"""Draws the id of a submission: 16 hexadecimal digits that follow from nothing."""


def random_id() -> str:
    """Draw an id from the operating system's randomness."""
    return secrets.token_hex(8)


class Refused(SamladError):
    """A report with errors was not received. `findings` are the errors."""

    def __init__(self, message: str, findings: Sequence[Finding]) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class ReasonNeeded(Refused):
    """A report with warnings was not received, as no reason was given for handing it in all the same."""


@dataclass(frozen=True)
class Delivery:
    """One report to receive: who hands it in, when, why in spite of its warnings, and the day it came if earlier.

    `form` is the token of the form that it was sent from. The same form sent twice is received once; without a form
    every delivery is a submission of its own, whatever it says.
    """

    report: Report
    by: str
    at: datetime
    accept_warnings: str | None = None
    form: str | None = None
    told_on: date | None = None


@dataclass(frozen=True)
class Submissions:
    """Everything received up to a day: the rows that stand, the receipts of all that has not been purged.

    The tables have the columns of schema.SUBMISSION, then `sequence` (int64) and `received_on` (date32), sorted by
    sequence and key. Rows of the submissions in `withdrawn` are not in them; their receipts are in `receipts`, and
    their figures in `withdrawn_indicators`. `broken` holds the receipts and withdrawals that are not as they were
    written: their submissions are left out, and publish refuses.
    """

    indicators: pa.Table
    activities: pa.Table
    receipts: list[dict[str, Any]]
    withdrawn: set[str]
    withdrawn_indicators: pa.Table = field(default_factory=lambda: _rows([], "indicators", INDICATORS))
    broken: tuple[Altered, ...] = ()


def submit(
    report: Report,
    *,
    by: str,
    at: datetime,
    folder: DataFolder,
    findings: Sequence[Finding],
    accept_warnings: str | None = None,
    told_on: date | None = None,
    durable: bool = True,
) -> Receipt:
    """Receive one report and return its receipt; `findings` is what `checks.check` said of it.

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
    for delivery, found in zip(deliveries, findings, strict=True):
        _refuse(delivery, found)
    received: list[Receipt] = []
    last: int | None = None
    for delivery, found in zip(deliveries, findings, strict=True):
        receipt = _append(delivery, found, folder, ids, durable=durable, after=last)
        last = max(last or 0, receipt.sequence)
        received.append(receipt)
    return received


def find(folder: DataFolder, submission_id: str) -> Path:
    """The folder of one submission, withdrawn or purged ones too. Raises SamladError when there is none."""
    own = published_ids.own_id(folder, submission_id)
    if _ID.fullmatch(own):
        for path in folder.submissions.glob(f"year=*/period=*/*/*-{own}"):
            if (path / "receipt.json").is_file() or (path / "tombstone.json").is_file():
                return path
    raise SamladError(f"Det finns ingen inlämning ”{submission_id}”. Kontrollera numret på kvittot.")


def published_id(folder: DataFolder, submission_id: str) -> str:
    """Return the id that a submission is published under, drawn now if its own is a hash and it has no other.

    An id that no submission has is returned as it is. The caller holds `snapshots.publishing`.
    """
    own = published_ids.own_id(folder, submission_id)
    found = next(iter(folder.submissions.glob(f"year=*/period=*/*/*-{own}")), None) if _ID.fullmatch(own) else None
    if found is None or not (found / "receipt.json").is_file():
        return submission_id
    return published_ids.drawn(folder, [store.read_json(found / "receipt.json")]).get(own, own)


def read_all(
    folder: DataFolder, as_of: date | None = None, *, organisations: Collection[str] | None = None
) -> Submissions:
    """Everything received up to and including a day, or at all; for some submitting organisations, or all.

    A withdrawal holds whenever it was made: no day brings back what has been taken out of use.
    A folder without a receipt does not exist. Raises Altered when a table is not what its receipt says.
    """
    broken: list[Altered] = []
    withdrawn = _withdrawn(folder, broken)
    found = [
        (path, receipt)
        for path, receipt in _received(folder, organisations, broken)
        if as_of is None or arrival_day.received_on(receipt) <= as_of
    ]
    found.sort(key=lambda one: (one[1]["sequence"], one[1]["submission_id"]))
    standing = [(path, receipt) for path, receipt in found if receipt["submission_id"] not in withdrawn]
    taken_back = [(path, receipt) for path, receipt in found if receipt["submission_id"] in withdrawn]
    return Submissions(
        indicators=_rows(standing, "indicators", INDICATORS),
        activities=_rows(standing, "activities", ACTIVITIES),
        receipts=[receipt for _, receipt in found],
        withdrawn={receipt["submission_id"] for _, receipt in taken_back},
        withdrawn_indicators=_rows(taken_back, "indicators", INDICATORS),
        broken=tuple(broken),
    )


def none_yet() -> Submissions:
    """What is read from an empty folder."""
    return Submissions(_rows([], "indicators", INDICATORS), _rows([], "activities", ACTIVITIES), [], set())


def _passed(deliveries: Sequence[Delivery], folder: DataFolder) -> list[Delivery]:
    """The deliveries with their names and reasons as the gate lets them in."""
    reasons = {one.accept_warnings for one in deliveries if one.accept_warnings}
    passing = text_gate.opened(folder) if reasons else None
    said = {one: passing.text(one, "Skälet", longest=text_gate.LONGEST_REASON) for one in reasons if passing}
    return [
        replace(
            one,
            by=text_gate.writer(one.by, "Skriv vem som lämnar in."),
            accept_warnings=said.get(one.accept_warnings or "", one.accept_warnings),
        )
        for one in deliveries
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
    """Files first, under a name that nobody reads; then the folder's name; the receipt last."""
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
    """Return the receipt of what the same form has already been received as: a button was pressed twice."""
    sent = (receipt for _, receipt in (_in_place(place, []) if form else ()) if receipt.get("form") == form)
    earlier = next(sent, None)
    return None if earlier is None else receipts.from_json(earlier)


def _rows(standing: Sequence[tuple[Path, dict[str, Any]]], part: str, table: Table) -> pa.Table:
    wanted = pa.schema([*table.arrow, ("sequence", schema.WHOLE), ("received_on", schema.DATE)])
    holding = [(path, receipt) for path, receipt in standing if receipt["rows"][part]]
    if not holding:
        return wanted.empty_table()
    for path, receipt in holding:
        store.confirm(path / f"{part}.parquet", receipt["files"][f"{part}.parquet"])
    order = pa.table(
        {
            "submission_id": pa.array([receipt["submission_id"] for _, receipt in holding], schema.TEXT),
            "sequence": pa.array([receipt["sequence"] for _, receipt in holding], schema.WHOLE),
            "received_on": pa.array([arrival_day.received_on(receipt) for _, receipt in holding], schema.DATE),
        }
    )
    files = [str(path / f"{part}.parquet") for path, _ in holding]
    connection = duckdb.connect(":memory:")
    try:
        connection.register("received", order)
        rows = connection.sql(
            "select * from read_parquet($files, hive_partitioning = false) inner join received using (submission_id)",
            params={"files": files},
        ).to_arrow_table()
    except duckdb.Error as fault:
        damaged = next((file for file in files if not store.is_table(Path(file))), files[0])
        raise SamladError(f"Inlämningen {damaged} går inte att läsa. Återställ den från säkerhetskopian.") from fault
    finally:
        connection.close()
    keys = [(name, "ascending") for name in ("sequence", *table.key)]
    return rows.select(wanted.names).cast(wanted).sort_by(keys).combine_chunks()


def highest(folder: DataFolder) -> int:
    """The highest number that a submission bears, one without a receipt or a purged one too."""
    return max((int(path.name.partition("-")[0]) for path in folders(folder)), default=0)


def folders(folder: DataFolder) -> Iterator[Path]:
    """The folder of each submission, also of those that have no receipt or have been purged."""
    for year in _folders(folder.submissions, "year="):
        for period in _folders(year, "period="):
            for place in _folders(period, ""):
                yield from (path for path in _folders(place, "") if _FOLDER.fullmatch(path.name))


def _received(
    folder: DataFolder, organisations: Collection[str] | None, broken: list[Altered]
) -> Iterator[tuple[Path, dict[str, Any]]]:
    for year in _folders(folder.submissions, "year="):
        for period in _folders(year, "period="):
            for place in _folders(period, ""):
                if organisations is None or place.name in organisations:
                    yield from _in_place(place, broken)


def _folders(parent: Path, start: str) -> list[Path]:
    if not parent.is_dir():
        return []
    with os.scandir(parent) as entries:
        return [Path(entry.path) for entry in entries if entry.name.startswith(start) and entry.is_dir()]


def _in_place(place: Path, broken: list[Altered]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The submissions that exist in one organisation's folder: whole, with a receipt, not purged.

    What has a receipt that cannot be read is passed over, and added to `broken`.
    """
    with os.scandir(place) as entries:
        paths = [entry.path for entry in entries if _FOLDER.fullmatch(entry.name)]
    for path in paths:
        if os.access(f"{path}/tombstone.json", os.F_OK):
            continue
        try:
            receipt = store.read_json(f"{path}/receipt.json")
        except FileNotFoundError:
            continue
        except Altered as fault:
            broken.append(fault)
            continue
        yield Path(path), receipt


def _withdrawn(folder: DataFolder, broken: list[Altered]) -> set[str]:
    """The ids that are withdrawn. One whose record cannot be read is: what is gone is not shown."""
    ids = set()
    for path in (folder.submissions / "withdrawn").glob("*.json"):
        if not _ID.fullmatch(path.stem):
            continue
        try:
            store.read_json(path)
        except Altered as fault:
            broken.append(fault)
        ids.add(path.stem)
    return ids


@contextmanager
def _locked(place: Path) -> Iterator[None]:
    """Hold one organisation's folder, so that the same form sent twice at the same time is received once.

    The lock goes with the process: one that is killed leaves none behind.
    """
    handle = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def make_folder(path: Path, folder: DataFolder, *, durable: bool) -> None:
    """Make a folder within the data folder, with those above it; with durable, so that it survives a power cut."""
    path.mkdir(parents=True, exist_ok=True)
    while durable and path != folder.path:
        path = path.parent
        store.sync_folder(path)


def require(word: str, otherwise: str) -> None:
    """Raise SamladError with the message unless a word has been given."""
    if not word.strip():
        raise SamladError(otherwise)
