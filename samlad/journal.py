"""What people say rather than report: append-only, one file a record, read live beside the snapshot."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samlad import store
from samlad.store import DataFolder


@dataclass(frozen=True)
class Record:
    """One thing somebody said: what kind, who, when, and its content as JSON values."""

    record_id: str
    sequence: int
    kind: str
    by: str
    at: datetime
    content: dict[str, Any]


def append(
    folder: DataFolder,
    *,
    kind: str,
    by: str,
    at: datetime,
    content: dict[str, Any],
    durable: bool = True,
    after: int | None = None,
) -> Record:
    """Write one record and return it. Its number comes from exclusive create, so two writers never collide.

    Whoever writes many in a row gives the last record's sequence as `after`. Raises OSError when the journal cannot be
    written; then nothing has been recorded.
    """
    sequence = store.next_sequence(folder.journal / "sequence", after=after)
    said = {"at": at.isoformat(timespec="seconds"), "by": by, "content": content, "kind": kind, "sequence": sequence}
    record_id = store.sha256(store.json_bytes(said))[:16]
    path = folder.journal / f"{sequence:08d}-{record_id}.json"
    store.write_json(path, said, durable=durable)
    return Record(record_id, sequence, kind, by, at, content)


def read(folder: DataFolder, kind: str | None = None) -> list[Record]:
    """All records of one kind, or all, oldest first. What has been purged is left out."""
    if not folder.journal.is_dir():
        return []
    records = []
    for path in sorted(folder.journal.glob("*-*.json")):
        said = json.loads(path.read_bytes())
        if said.get("purged") or (kind is not None and said["kind"] != kind):
            continue
        records.append(
            Record(
                record_id=path.stem.partition("-")[2],
                sequence=said["sequence"],
                kind=said["kind"],
                by=said["by"],
                at=datetime.fromisoformat(said["at"]),
                content=said["content"],
            )
        )
    return records


def purge(folder: DataFolder, record_id: str, *, decision: str, by: str, at: datetime, reason: str) -> bool:
    """Replace a record by a tombstone that names the decision, once, and remove what was kept with it.

    False when there is no such record.
    """
    found = next(iter(folder.journal.glob(f"*-{record_id}.json")), None) if record_id.isalnum() else None
    if found is None:
        return False
    said = json.loads(found.read_bytes())
    if said.get("purged"):
        return True
    tombstone = {
        "at": at.isoformat(timespec="seconds"),
        "by": by,
        "decision": decision,
        "purged": True,
        "reason": reason,
        "sequence": said["sequence"],
    }
    store.write_json(found, tombstone)
    for kept in (folder.journal / "reports").glob(f"{record_id}.*"):
        kept.unlink()
    return True
