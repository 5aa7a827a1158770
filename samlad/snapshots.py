"""Snapshots: which exist, which stand, which is current."""

import fcntl
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from samlad import schema, store
from samlad.errors import SamladError
from samlad.protection import StandingEdition
from samlad.store import DataFolder

_ID = re.compile(r"[0-9a-f]{8,64}")
_NO_NAME = re.compile(r"[^\w-]")
"""What an id never holds and a message never repeats: an address could smuggle a link in."""


@dataclass(frozen=True)
class Snapshot:
    """One published snapshot: where it lies, what its manifest says, and when it was published."""

    snapshot_id: str
    path: Path
    manifest: dict[str, Any]
    published_at: datetime

    def table(self, name: str, *, as_dictionaries: bool = False) -> pa.Table:
        """Return one of its tables as published; a table or column that is younger than the edition is empty."""
        described = schema.TABLES[name]
        if name not in self.manifest["tables"]:
            return described.arrow.empty_table()
        table = store.read_table(self.path / f"{name}.parquet", as_dictionaries=as_dictionaries)
        for at, column in enumerate(described.columns):
            if column.optional and column.name not in table.column_names:
                table = table.add_column(at, column.name, pa.nulls(table.num_rows, column.type))
        return table


def is_whole(path: Path) -> bool:
    """Whether a snapshot lies here. A snapshot gets its name only when all of it is written."""
    return (path / "manifest.json").is_file()


def editions(folder: DataFolder) -> list[str]:
    """The ids of the editions that stand, in the order they were published."""
    listed = folder.snapshots / "EDITIONS"
    ids = listed.read_text(encoding="ascii").split() if listed.is_file() else []
    current = current_id(folder)
    return ids if current is None or current in ids else [*ids, current]


def current_id(folder: DataFolder) -> str | None:
    """The id of the current snapshot, or None when nothing has been published."""
    pointer = folder.snapshots / "CURRENT"
    return pointer.read_text(encoding="ascii").strip() if pointer.is_file() else None


def read(folder: DataFolder, snapshot_id: str | None = None) -> Snapshot:
    """The snapshot asked for, by its id or the first eight digits or more of it; else the current one.

    Raises SamladError when nothing has been published, or when the id is unknown or has been taken out of use.
    """
    asked = snapshot_id or current_id(folder)
    if asked is None:
        raise SamladError("Ingenting är publicerat än. Kör python -m samlad publish, eller välj en annan datamapp.")
    matching = [edition for edition in editions(folder) if _ID.fullmatch(asked) and edition.startswith(asked)]
    if len(matching) != 1 or not is_whole(folder.snapshots / matching[0]):
        named = _NO_NAME.sub("", asked)[:64]
        raise SamladError(
            f"Ögonblicksbilden ”{named}” finns inte eller har tagits ur bruk. Utelämna den för att se den senaste."
        )
    path = folder.snapshots / matching[0]
    return Snapshot(
        snapshot_id=path.name,
        path=path,
        manifest=json.loads((path / "manifest.json").read_bytes()),
        published_at=datetime.fromisoformat((path / "published_at").read_text(encoding="ascii").strip()),
    )


def standing_editions(folder: DataFolder) -> list[StandingEdition]:
    """The ledger of each edition that stands: what readers have been shown of each protected sum.

    Raises SamladError when a ledger is missing: without it, nobody can tell what a new edition would give away.
    """
    found = []
    for snapshot_id in editions(folder):
        path = ledger_path(folder, snapshot_id)
        if not path.is_file():
            raise SamladError(
                f"Redogörelsen för vad ögonblicksbilden {snapshot_id[:12]} har skyddat saknas ({path}). "
                "Återställ den från säkerhetskopian, eller ta ögonblicksbilden ur bruk med retire."
            )
        found.append(StandingEdition(snapshot_id, store.read_table(path)))
    return found


def ledger_path(folder: DataFolder, snapshot_id: str) -> Path:
    """Where the ledger of an edition lies: on the raw side, where readers have no access."""
    return folder.submissions / "ledgers" / f"{snapshot_id}.parquet"


@contextmanager
def publishing(folder: DataFolder) -> Iterator[None]:
    """Hold the folder's snapshots alone: a second publisher waits. The lock goes with its process, however it ends."""
    folder.snapshots.mkdir(parents=True, exist_ok=True)
    with open(folder.snapshots / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_current(folder: DataFolder, snapshot_id: str) -> None:
    """List an edition and point readers to it. Each step is whole or not done; a reader sees the old one or the new."""
    listed = editions(folder)
    if snapshot_id not in listed:
        content = "".join(f"{edition}\n" for edition in [*listed, snapshot_id])
        store.write_bytes_atomically(folder.snapshots / "EDITIONS", content.encode("ascii"))
    store.write_bytes_atomically(folder.snapshots / "CURRENT", f"{snapshot_id}\n".encode("ascii"))


def retire(folder: DataFolder, snapshot_id: str) -> str:
    """Take an edition out of use and return its id: from then on nobody is shown it. Its files stay where they are.

    Raises SamladError when there is no such edition, or when it is the current one.
    """
    with publishing(folder):
        retired = read(folder, snapshot_id).snapshot_id
        if retired == current_id(folder):
            raise SamladError(
                f"Ögonblicksbilden {retired[:12]} är den som visas och kan inte tas ur bruk. Publicera en ny först."
            )
        left = "".join(f"{edition}\n" for edition in editions(folder) if edition != retired)
        store.write_bytes_atomically(folder.snapshots / "EDITIONS", left.encode("ascii"))
    return retired
