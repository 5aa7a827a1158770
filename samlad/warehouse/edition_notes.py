"""Public notes on editions that are no more: the day, the decision and why, and nothing of what they held."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from samlad.foundation import clock, store
from samlad.foundation.errors import Altered
from samlad.foundation.store import DataFolder

PURGED, REMOVED = "purge", "remove"


@dataclass(frozen=True)
class EditionNote:
    """One decision by which editions were removed: when, its dnr, why, and the days they had been published."""

    at: datetime
    decision: str
    does: str
    days: tuple[date, ...]


def write(folder: DataFolder, note_id: str, said: dict[str, Any]) -> None:
    """Write a note, once however often it is asked for."""
    place = folder.snapshots / "notes"
    place.mkdir(parents=True, exist_ok=True)
    public = {name: said[name] for name in ("at", "decision", "does", "days")}
    store.write_json(place / f"{note_id}.json", public)


def read(folder: DataFolder) -> list[EditionNote]:
    """All notes, oldest first; one that cannot be read is passed over, and `verify` names it."""
    found = []
    for path in (folder.snapshots / "notes").glob("*.json"):
        try:
            said = store.read_json(path)
            days = tuple(sorted(date.fromisoformat(day) for day in said["days"]))
            found.append(EditionNote(clock.read(said["at"]), said["decision"], said["does"], days))
        except (Altered, KeyError, ValueError):
            continue
    return sorted(found, key=lambda note: (note.at, note.decision))
