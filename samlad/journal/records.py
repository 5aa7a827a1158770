"""What people say rather than report: append-only, one file a record, read live beside the snapshot."""

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
    """One thing somebody said: what kind, who, when (in Stockholm's time), and its content as JSON values.

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
class Looked:
    """The records that a journal holds, and those of its files that cannot be read."""

    records: tuple[Record, ...] = ()
    broken: tuple[Altered, ...] = ()


MOMENT_NS = 1_000_000_000
_found: dict[Path, tuple[tuple[int, int], "Looked"]] = {}
"""The records of a folder, with the time and the number of the folder when they were looked for."""

HELD_AT_MOST = 20_000
_held: dict[str, tuple[tuple[int, int, int], Record | Altered | None]] = {}
"""What files held when last read, with the file's time, size and number: they change only when they are purged."""


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
    """Write one record and return it. Its number comes from exclusive create, so two writers never collide.

    Its id is drawn at random, unless `record_id` gives one drawn elsewhere. Whoever writes many in a row gives the last
    record's sequence as `after`. replaces names the records that the writer had seen
    (samlad/journal/record_versions.py). Raises OSError
    when the journal cannot be written; then nothing has been recorded.
    """
    sequence = store.next_sequence(folder.journal / "sequence", after=after, in_use=lambda: highest(folder))
    said = {"at": clock.stored(at), "by": by, "content": content, "kind": kind, "sequence": sequence}
    if replaces is not None:
        said["replaces"] = list(replaces)
    record_id = record_id or secrets.token_hex(8)
    path = folder.journal / f"{sequence:08d}-{record_id}.json"
    store.write_json(path, said, durable=durable)
    return Record(record_id, sequence, kind, by, clock.local(at), content, replaces)


def read(folder: DataFolder, kind: str | None = None) -> list[Record]:
    """All records of one kind, or all, oldest first. What has been purged is left out, and what is `broken`."""
    return [one for one in _all(folder.journal).records if kind in (None, one.kind)]


def broken(folder: DataFolder) -> tuple[Altered, ...]:
    """The files of the journal that are not as they were written: nothing of them is read, and all else is."""
    return _all(folder.journal).broken


def highest(folder: DataFolder) -> int:
    """The highest number that a record bears, a purged or a broken one too."""
    names = os.listdir(folder.journal) if folder.journal.is_dir() else []
    numbers = (name.partition("-")[0] for name in names if _is_record(name))
    return max((int(number) for number in numbers if number.isdigit()), default=0)


def _all(place: Path) -> Looked:
    """Every record. They are looked for again only when the folder has changed since they were last found.

    A file comes by being renamed into its place, also a tombstone, and that is a change of the folder. What was found
    within a moment of such a change is looked for again, since the next change could bear the same time.
    """
    if not place.is_dir():
        return Looked()
    found = place.stat()
    stamp = (found.st_mtime_ns, found.st_ino)
    held = _found.get(place)
    if held is not None and held[0] == stamp:
        return held[1]
    with os.scandir(place) as entries:
        files = sorted((one for one in entries if _is_record(one.name)), key=lambda one: one.name)
    read = [_record(file.path, file.stat()) for file in files]
    looked = Looked(
        tuple(one for one in read if isinstance(one, Record)), tuple(one for one in read if isinstance(one, Altered))
    )
    if time.time_ns() - found.st_mtime_ns > MOMENT_NS:
        _found[place] = (stamp, looked)
    return looked


def _is_record(name: str) -> bool:
    return name.endswith(".json") and "-" in name and not name.startswith(".")


def _record(path: str, found: os.stat_result) -> Record | Altered | None:
    """One file's record, None when it has been purged; the file is read anew only when it is another than before."""
    print_of_file = (found.st_mtime_ns, found.st_size, found.st_ino)
    held = _held.get(path)
    if held is None or held[0] != print_of_file:
        if len(_held) >= HELD_AT_MOST:
            _held.clear()
        held = _held[path] = (print_of_file, _parsed(Path(path)))
    return held[1]


def _parsed(path: Path) -> Record | Altered | None:
    try:
        said = store.read_json(path)
        if said.get("purged"):
            return None
        return Record(
            record_id=path.stem.partition("-")[2],
            sequence=said["sequence"],
            kind=said["kind"],
            by=characters.clean(said["by"]),
            at=clock.read(said["at"]),
            content=characters.cleaned(said["content"]),
            replaces=tuple(said["replaces"]) if "replaces" in said else None,
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
    """Put a tombstone in a record's place, once, and remove what was kept with it. False when there is no such record.

    The whole of a purge, in every place that holds the record, is `samlad.publish.purges`.
    """
    found = next(iter(folder.journal.glob(f"*-{record_id}.json")), None) if record_id.isalnum() else None
    if found is None:
        return False
    if not _is_buried(found):
        store.write_json(found, tombstone)
    for kept in (folder.journal / "reports").glob(f"{record_id}.*"):
        kept.unlink()
    _held.pop(str(found), None)
    return True


def _is_buried(path: Path) -> bool:
    try:
        return bool(store.read_json(path).get("purged"))
    except Altered:
        return False
