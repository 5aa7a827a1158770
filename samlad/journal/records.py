"""Records of what people write: append-only, one file a record, read live beside the snapshot.

The kinds and their content stand in the other modules of samlad/journal.
"""

import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from samlad.foundation import characters, clock, store
from samlad.foundation.errors import Altered
from samlad.foundation.store import DataFolder


@dataclass(frozen=True)
class Record:
    """One record: kind, author, moment in Stockholm's time, and content as JSON values.

    replaces names the records that its writer had seen and replaces (samlad/journal/record_versions.py); None in
    records from before.
    """

    record_id: str
    sequence: int
    kind: str
    by: str
    at: datetime
    content: dict[str, Any]
    replaces: tuple[str, ...] | None = None


@dataclass(frozen=True)
class JournalContent:
    """The readable records of a journal, and its broken files."""

    records: tuple[Record, ...] = ()
    broken: tuple[Altered, ...] = ()


MOMENT_NS = 1_000_000_000
_found: dict[Path, tuple[tuple[int, int], "JournalContent"]] = {}
"""The records of each folder, with the folder's time and inode at the last look."""

HELD_AT_MOST = 20_000
_held: dict[str, tuple[tuple[int, int, int], Record | Altered | None]] = {}
"""Content of each file at the last read, with the file's time, size and inode: only purges change files."""


def append(
    folder: DataFolder,
    *,
    kind: str,
    by: str,
    at: datetime,
    content: dict[str, Any],
    durable: bool = True,
    after: int | None = None,
    record_id: str | None = None,
    replaces: tuple[str, ...] | None = None,
) -> Record:
    """Write one record and return it. Exclusive create numbers it, so that two writers never collide.

    Its id is drawn at random, unless `record_id` gives one drawn elsewhere. Whoever writes many in a row gives the last
    record's sequence as `after`. replaces names the records that the writer had seen
    (samlad/journal/record_versions.py). Raises OSError
    when the journal cannot be written; then nothing has been recorded.
    """
    sequence = store.next_sequence(folder.journal / "sequence", after=after, in_use=lambda: highest(folder))
    body = {"at": clock.stored(at), "by": by, "content": content, "kind": kind, "sequence": sequence}
    if replaces is not None:
        body["replaces"] = list(replaces)
    record_id = record_id or secrets.token_hex(8)
    path = folder.journal / f"{sequence:08d}-{record_id}.json"
    store.write_json(path, body, durable=durable)
    return Record(record_id, sequence, kind, by, clock.local(at), content, replaces)


def read(folder: DataFolder, kind: str | None = None) -> list[Record]:
    """Return all records, or those of one kind, oldest first, without purged and broken ones."""
    return [record for record in _all(folder.journal).records if kind in (None, record.kind)]


def broken(folder: DataFolder) -> tuple[Altered, ...]:
    """Return the files of the journal that are not as they were written."""
    return _all(folder.journal).broken


def highest(folder: DataFolder) -> int:
    """Return the highest number of a record, purged and broken ones included."""
    names = os.listdir(folder.journal) if folder.journal.is_dir() else []
    numbers = (name.partition("-")[0] for name in names if _is_record(name))
    return max((int(number) for number in numbers if number.isdigit()), default=0)


def _all(place: Path) -> JournalContent:
    """Return every record, looking again only when the folder has changed.

    A file comes by being renamed into its place, also a tombstone, and that is a change of the folder. What was found
    within a moment of such a change is looked for again, since the next change could bear the same time.
    """
    if not place.is_dir():
        return JournalContent()
    folder_stat = place.stat()
    stamp = (folder_stat.st_mtime_ns, folder_stat.st_ino)
    cached = _found.get(place)
    if cached is not None and cached[0] == stamp:
        return cached[1]
    with os.scandir(place) as entries:
        files = sorted((item for item in entries if _is_record(item.name)), key=lambda item: item.name)
    read = [_record(file.path, file.stat()) for file in files]
    looked = JournalContent(
        tuple(item for item in read if isinstance(item, Record)),
        tuple(item for item in read if isinstance(item, Altered)),
    )
    if time.time_ns() - folder_stat.st_mtime_ns > MOMENT_NS:
        _found[place] = (stamp, looked)
    return looked


def _is_record(name: str) -> bool:
    return name.endswith(".json") and "-" in name and not name.startswith(".")


def _record(path: str, file_stat: os.stat_result) -> Record | Altered | None:
    """Return one file's record, None when it is purged; reads the file only when it has changed."""
    print_of_file = (file_stat.st_mtime_ns, file_stat.st_size, file_stat.st_ino)
    held = _held.get(path)
    if held is None or held[0] != print_of_file:
        if len(_held) >= HELD_AT_MOST:
            _held.clear()
        held = _held[path] = (print_of_file, _parsed(Path(path)))
    return held[1]


def _parsed(path: Path) -> Record | Altered | None:
    try:
        body = store.read_json(path)
        if body.get("purged"):
            return None
        return Record(
            record_id=path.stem.partition("-")[2],
            sequence=body["sequence"],
            kind=body["kind"],
            by=characters.clean(body["by"]),
            at=clock.read(body["at"]),
            content=characters.cleaned(body["content"]),
            replaces=tuple(body["replaces"]) if "replaces" in body else None,
        )
    except Altered as fault:
        return fault
    except (KeyError, TypeError, ValueError):
        return Altered(path, "är skadad och går inte att läsa")


@contextmanager
def keeping(folder: DataFolder) -> Iterator[Path]:
    """Hold the folder of records' files alone, made if it is not there; the lock goes with its process."""
    place = folder.journal / "reports"
    place.mkdir(parents=True, exist_ok=True)
    handle = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield place
    finally:
        os.close(handle)


def unrecorded(folder: DataFolder) -> list[Path]:
    """The files of records that were never written: whoever would have written them was killed. See `keeping`."""
    known = {path.stem.partition("-")[2] for path in folder.journal.glob("*-*.json")}
    files = (folder.journal / "reports").glob("[0-9a-f]*")
    return sorted(path for path in files if path.name.partition(".")[0] not in known)


def bury(folder: DataFolder, record_id: str, tombstone: dict[str, Any]) -> bool:
    """Put a tombstone in a record's place and remove its attachments; return False without such a record.

    The whole of a purge, in every place that holds the record, is `samlad.publish.purges`.
    """
    path = next(iter(folder.journal.glob(f"*-{record_id}.json")), None) if record_id.isalnum() else None
    if path is None:
        return False
    if not _is_buried(path):
        store.write_json(path, tombstone)
    for kept in (folder.journal / "reports").glob(f"{record_id}.*"):
        kept.unlink()
    _held.pop(str(path), None)
    return True


def _is_buried(path: Path) -> bool:
    try:
        return bool(store.read_json(path).get("purged"))
    except Altered:
        return False
