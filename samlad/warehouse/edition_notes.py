"""Public notes on purged and removed editions: the day, the decision and the reason.

The content of a removed edition never belongs here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from samlad.foundation import clock, store
from samlad.foundation.errors import Altered
from samlad.foundation.store import DataFolder

PURGED, REMOVED = "purge", "remove"


@dataclass(frozen=True)
class EditionNote:
    """Decision that removed editions: its time, its dnr, purge or remove, and the editions' days of publishing."""

    at: datetime
    decision: str
    does: str
    days: tuple[date, ...]


def write(folder: DataFolder, note_id: str, said: dict[str, Any]) -> None:
    """Write the public fields of a note; writing it again changes nothing."""
    place = folder.snapshots / "notes"
    place.mkdir(parents=True, exist_ok=True)
    public = {name: said[name] for name in ("at", "decision", "does", "days")}
    store.write_json(place / f"{note_id}.json", public)


def read(folder: DataFolder) -> list[EditionNote]:
    """Return all notes, oldest first; an unreadable note is skipped, and `verify` reports it."""
    found = []
    for path in (folder.snapshots / "notes").glob("*.json"):
        try:
            said = store.read_json(path)
            days = tuple(sorted(date.fromisoformat(day) for day in said["days"]))
            found.append(EditionNote(clock.read(said["at"]), said["decision"], said["does"], days))
        except (Altered, KeyError, ValueError):
            continue
    return sorted(found, key=lambda note: (note.at, note.decision))
