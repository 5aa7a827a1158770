"""Reading submissions: the tables and receipts received up to a day, and the folder of each submission.

Nothing is written here; see submission_writer.py.
"""

import os
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from samlad.foundation import arrival_day, schema, store
from samlad.foundation.errors import Altered, SamladError
from samlad.foundation.schema import TableSchema
from samlad.foundation.store import DataFolder
from samlad.submissions import published_ids
from samlad.submissions.organisation_report import ACTIVITIES, INDICATORS

_FOLDER = re.compile(r"(\d{8,})-([0-9a-f]{16})")
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Submissions:
    """Everything received up to a day: the rows in force, and the receipts of all that is not purged.

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


def find(folder: DataFolder, submission_id: str) -> Path:
    """Return the folder of one submission, also a withdrawn or purged one.

    Raises SamladError when there is none.
    """
    own = published_ids.own_id(folder, submission_id)
    if _ID.fullmatch(own):
        for path in folder.submissions.glob(f"year=*/period=*/*/*-{own}"):
            if (path / "receipt.json").is_file() or (path / "tombstone.json").is_file():
                return path
    raise SamladError(f"Det finns ingen inlämning ”{submission_id}”. Kontrollera numret på kvittot.")


def published_id(folder: DataFolder, submission_id: str) -> str:
    """Return the id a submission is published under, drawn now if its own is a hash without one.

    An id that no submission has is returned as it is. The caller holds `snapshots.publishing`.
    """
    own = published_ids.own_id(folder, submission_id)
    path = next(iter(folder.submissions.glob(f"year=*/period=*/*/*-{own}")), None) if _ID.fullmatch(own) else None
    if path is None or not (path / "receipt.json").is_file():
        return submission_id
    return published_ids.drawn(folder, [store.read_json(path / "receipt.json")]).get(own, own)


def read_all(
    folder: DataFolder, as_of: date | None = None, *, organisations: Collection[str] | None = None
) -> Submissions:
    """Return everything received up to and including a day, or ever; of some organisations, or all.

    A withdrawal holds whenever it was made: no day brings back what has been taken out of use.
    A folder without a receipt does not exist. Raises Altered when a table is not what its receipt says.
    """
    broken: list[Altered] = []
    withdrawn = _withdrawn(folder, broken)
    received = [
        (path, receipt)
        for path, receipt in _received(folder, organisations, broken)
        if as_of is None or arrival_day.received_on(receipt) <= as_of
    ]
    received.sort(key=lambda entry: (entry[1]["sequence"], entry[1]["submission_id"]))
    in_force = [(path, receipt) for path, receipt in received if receipt["submission_id"] not in withdrawn]
    withdrawn_submissions = [(path, receipt) for path, receipt in received if receipt["submission_id"] in withdrawn]
    return Submissions(
        indicators=_rows(in_force, "indicators", INDICATORS),
        activities=_rows(in_force, "activities", ACTIVITIES),
        receipts=[receipt for _, receipt in received],
        withdrawn={receipt["submission_id"] for _, receipt in withdrawn_submissions},
        withdrawn_indicators=_rows(withdrawn_submissions, "indicators", INDICATORS),
        broken=tuple(broken),
    )


def none_yet() -> Submissions:
    """Return the submissions of an empty folder."""
    return Submissions(_rows([], "indicators", INDICATORS), _rows([], "activities", ACTIVITIES), [], set())


def _rows(in_force: Sequence[tuple[Path, dict[str, Any]]], part: str, table: TableSchema) -> pa.Table:
    target_schema = pa.schema([*table.arrow, ("sequence", schema.WHOLE), ("received_on", schema.DATE)])
    holding = [(path, receipt) for path, receipt in in_force if receipt["rows"][part]]
    if not holding:
        return target_schema.empty_table()
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
    return rows.select(target_schema.names).cast(target_schema).sort_by(keys).combine_chunks()


def highest(folder: DataFolder) -> int:
    """Return the highest number of a submission, also without a receipt or purged."""
    return max((int(path.name.partition("-")[0]) for path in folders(folder)), default=0)


def folders(folder: DataFolder) -> Iterator[Path]:
    """Yield the folder of each submission, also without a receipt or purged."""
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
                    yield from in_place(place, broken)


def _folders(parent: Path, start: str) -> list[Path]:
    if not parent.is_dir():
        return []
    with os.scandir(parent) as entries:
        return [Path(entry.path) for entry in entries if entry.name.startswith(start) and entry.is_dir()]


def in_place(place: Path, broken: list[Altered]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the submissions in one organisation's folder that are whole, with a receipt, and not purged.

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
    """Return the withdrawn ids, also those whose record cannot be read: what is gone is not shown."""
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
