"""The archive: every submission with who and when, every version of a value, and the originals byte for byte.

Raw and restricted, as the submissions are: for the command line, never for a page.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from samlad.foundation import arrival_day, clock, store
from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.submissions import submission_reader
from samlad.submissions.organisation_report import ACTIVITIES, INDICATORS

STATES = {"stands": "gäller", "withdrawn": "tillbakadragen", "purged": "gallrad"}


@dataclass(frozen=True)
class Entry:
    """One submission in the order of receipt: its receipt, or after a purge its tombstone.

    `told_on` is the day it is told to have come, when it was loaded later. `ended` tells who withdrew or purged it,
    when and why; empty while it stands. A purged one has no `by`.
    """

    submission_id: str
    sequence: int
    organisation_id: str
    year: int
    period: str
    state: str
    by: str | None
    received_at: datetime | None
    told_on: date | None
    rows: int
    original_name: str | None
    accepted_because: str | None
    ended: dict[str, str]

    def text(self) -> str:
        """Return the submission on one line."""
        when = clock.minute(self.received_at) if self.received_at else "tid gallrad"
        if self.told_on:
            when = f"{self.told_on} enligt uppgift, inlagd {when}"
        parts = [
            f"{self.sequence} {self.submission_id}: {self.organisation_id} {self.period} {self.year}",
            f"{when} av {self.by or 'gallrat namn'}",
            *([f"{self.rows} {'rad' if self.rows == 1 else 'rader'}"] if self.state != "purged" else []),
            *([f"filen {self.original_name}"] if self.original_name else []),
            *([f"varningar godtagna: {self.accepted_because}"] if self.accepted_because else []),
            STATES[self.state],
        ]
        if self.ended:
            at = clock.minute(clock.read(self.ended["at"]))
            because = self.ended.get("reason") or f"beslut {self.ended.get('decision')}"
            parts[-1] += f" {at} av {self.ended['by']}: {because}"
        return ", ".join(parts) + "."


def entries(folder: DataFolder, as_of: date | None = None, *, organisation_id: str | None = None) -> list[Entry]:
    """Return every submission as of a day, or as it is now, in the order received.

    A purge takes effect whenever it was made: what is gone cannot be shown as it was.
    """
    listed = []
    for path in folder.submissions.glob("year=*/period=*/*/*-*"):
        entry = _entry(folder, path, as_of)
        if entry is not None and organisation_id in (None, entry.organisation_id):
            listed.append(entry)
    return sorted(listed, key=lambda entry: entry.sequence)


def versions(
    folder: DataFolder, object_id: str, organisation_id: str, year: int, as_of: date | None = None
) -> list[dict[str, Any]]:
    """Return every version of one object's values in a year, in the order received, with submitter and day.

    Each is a row of schema.SUBMISSION with `sequence`, `received_at`, `told_on`, `by` and `state`. Withdrawn ones are
    there; purged ones are not.
    """
    version_rows: list[dict[str, Any]] = []
    for entry in entries(folder, as_of):
        if entry.state == "purged" or entry.year != year:
            continue
        path = submission_reader.find(folder, entry.submission_id)
        for part, table in (("indicators", INDICATORS), ("activities", ACTIVITIES)):
            for row in store.read_table(path / f"{part}.parquet").select(list(table.names)).to_pylist():
                if (row[table.names[0]], row["organisation_id"]) == (object_id, organisation_id):
                    about = {"sequence": entry.sequence, "received_at": entry.received_at, "told_on": entry.told_on}
                    version_rows.append({**row, **about, "by": entry.by, "state": entry.state})
    return version_rows


def original(folder: DataFolder, submission_id: str) -> tuple[str, bytes]:
    """Return the name and bytes of the file a submission came in.

    Raises SamladError when there is no such submission, when it came without a file or has been purged, and when the
    file is not what the receipt says.
    """
    path = submission_reader.find(folder, submission_id)
    if (path / "tombstone.json").is_file():
        raise SamladError(f"Inlämningen {submission_id} är gallrad, och filen finns inte kvar.")
    receipt = store.read_json(path / "receipt.json")
    names = [name for name in receipt["files"] if name.startswith("original/")]
    if not names:
        raise SamladError(f"Inlämningen {submission_id} skrevs in för hand och har ingen fil.")
    content = (path / names[0]).read_bytes() if (path / names[0]).is_file() else b""
    if store.sha256(content) != receipt["files"][names[0]]:
        raise SamladError(f"Filen {path / names[0]} är skadad. Återställ den från säkerhetskopian.")
    return Path(names[0]).name, content


def _entry(folder: DataFolder, path: Path, as_of: date | None) -> Entry | None:
    tombstone = _read(path / "tombstone.json")
    facts = _of_path(path) if tombstone else _read(path / "receipt.json")
    if not facts:
        return None
    received_at = clock.read(facts["received_at"]) if "received_at" in facts else None
    if as_of is not None and received_at is not None and arrival_day.received_on(facts) > as_of:
        return None
    ended = tombstone or _read(folder.submissions / "withdrawn" / f"{facts['submission_id']}.json")
    if not tombstone and ended and as_of is not None and clock.day(clock.read(ended["at"])) > as_of:
        ended = {}
    return Entry(
        **{name: facts[name] for name in ("submission_id", "sequence", "organisation_id", "year", "period")},
        state="purged" if tombstone else "withdrawn" if ended else "stands",
        by=facts.get("by"),
        received_at=received_at,
        told_on=date.fromisoformat(facts["told_on"]) if facts.get("told_on") else None,
        rows=sum(facts.get("rows", {}).values()),
        original_name=facts.get("original_name"),
        accepted_because=facts.get("accepted_because"),
        ended={name: ended[name] for name in ("at", "by", "reason", "decision") if name in ended},
    )


def _of_path(path: Path) -> dict[str, Any]:
    """Return the facts that the folder of a purged submission still shows."""
    sequence, _, submission_id = path.name.partition("-")
    year, period = (part.partition("=")[2] for part in path.parts[-4:-2])
    about = {"submission_id": submission_id, "sequence": int(sequence), "organisation_id": path.parent.name}
    return {**about, "year": int(year), "period": period}


def _read(path: Path) -> dict[str, Any]:
    try:
        return store.read_json(path)
    except FileNotFoundError:
        return {}
