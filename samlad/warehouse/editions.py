"""Editions (snapshots) on the disk: existing, standing and current, their tables and their ledgers.

Loading an edition into a database belongs in `database`, writing its tables in `publish`.
"""

import fcntl
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

import pyarrow as pa

from samlad.foundation import clock, schema, store
from samlad.foundation.errors import Altered, SamladError
from samlad.foundation.store import DataFolder

_ID = re.compile(r"[0-9a-f]{8,64}")
_WHOLE_ID = re.compile(r"[0-9a-f]{64}")
_NO_NAME = re.compile(r"[^\w-]")
"""Characters outside every id, never repeated in a message: an address could smuggle a link in."""


@dataclass(frozen=True)
class Snapshot:
    """Published edition: its id, folder, manifest and moment of publishing."""

    snapshot_id: str
    path: Path
    manifest: dict[str, Any]
    published_at: datetime

    @property
    def published_on(self) -> date:
        return clock.day(self.published_at)

    @property
    def as_of(self) -> date | None:
        """As-of day of the edition; None in an edition of an earlier Samlad without reports."""
        said = self.manifest.get("as_of")
        return date.fromisoformat(said) if said else None

    @property
    def reports_until(self) -> date | None:
        """Day that reports are counted to and judged late on; None without reports."""
        return self.as_of if self.manifest.get("reports", 1) else None

    @property
    def left_out(self) -> int:
        """Number of valid reports left out, as they came after the as-of day."""
        return int(self.manifest.get("left_out", 0))

    @property
    def looks_from(self) -> date | None:
        """As-of day where it decides anything; None without reports, both in the edition and left out."""
        return self.as_of if self.reports_until or self.left_out else None

    def is_earlier_than(self, other: Self) -> bool:
        """Return True if the edition looks from an earlier day than another edition."""
        mine, theirs = self.looks_from, other.looks_from
        return mine is not None and theirs is not None and mine < theirs

    def table(self, name: str, *, as_dictionaries: bool = False) -> pa.Table:
        """Return a table as published; a table or optional column younger than the edition is empty.

        as_dictionaries keeps text as Arrow dictionaries.

        Raises Altered when the file is not as it was published.
        """
        described = schema.TABLES[name]
        if name not in self.manifest["tables"]:
            return described.arrow.empty_table()
        path = self.path / f"{name}.parquet"
        said = self.manifest["tables"][name]
        if "sha256" in said:
            store.confirm(path, said["sha256"])
        table = store.read_table(path, as_dictionaries=as_dictionaries)
        if name == "received_submissions" and "sequence" in table.column_names:
            table = _numbered(table)
        for at, column in enumerate(described.columns):
            if column.optional and column.name not in table.column_names:
                table = table.add_column(at, column.name, pa.nulls(table.num_rows, column.type))
        return table


@dataclass(frozen=True)
class Edition:
    """Edition on the disk: its id, its state, and its days as far as they can be read.

    state is current, stands or retired; an edition that was written and never published is retired too.
    """

    snapshot_id: str
    state: str
    published_at: datetime | None
    as_of: str | None

    def as_json(self) -> dict[str, Any]:
        """Return the edition as JSON values."""
        published = clock.stored(self.published_at) if self.published_at else None
        return {**vars(self), "published_at": published}

    def text(self) -> str:
        """Return the edition on one line, in Swedish."""
        published = clock.minute(self.published_at) if self.published_at else "okänd dag"
        return f"{self.snapshot_id}  publicerad {published}, gäller {self.as_of or 'ingen dag'}: {STATES[self.state]}"


STATES = {"current": "visas", "stands": "gäller", "retired": "ur bruk"}


def on_disk(folder: DataFolder) -> list[Edition]:
    """Return every edition with files, and every standing edition, in order of publishing."""
    current, standing = current_id(folder), editions(folder)
    kept = [path.name for path in folder.snapshots.glob("*") if is_id(path.name)]
    found = []
    for snapshot_id in dict.fromkeys([*standing, *sorted(kept)]):
        state = "current" if snapshot_id == current else "stands" if snapshot_id in standing else "retired"
        as_of, published_at = None, None
        with suppress(Altered, FileNotFoundError):
            as_of = _manifest(folder.snapshots / snapshot_id).get("as_of")
            published_at = _moment(folder.snapshots / snapshot_id / "published_at")
        found.append(Edition(snapshot_id, state, published_at, as_of))
    return sorted(found, key=lambda one: (one.published_at.timestamp() if one.published_at else 0.0, one.snapshot_id))


def is_id(name: str) -> bool:
    """Return True if a name is the whole id of an edition."""
    return _WHOLE_ID.fullmatch(name) is not None


def _numbered(receipts: pa.Table) -> pa.Table:
    """Return receipts of an older edition with versions computed from their order in the whole folder."""
    seen: dict[tuple[Any, ...], int] = {}
    version = [0] * receipts.num_rows
    rows = receipts.select(["sequence", "organisation_id", "year", "period"]).to_pylist()
    for at, row in sorted(enumerate(rows), key=lambda one: one[1]["sequence"]):
        whose = (row["organisation_id"], row["year"], row["period"])
        version[at] = seen[whose] = seen.get(whose, 0) + 1
    return receipts.append_column("version", pa.array(version, schema.WHOLE)).select(
        list(schema.TABLES["received_submissions"].names)
    )


def is_whole(path: Path) -> bool:
    """Return True if a folder holds an edition; it gets its name only when all of it is written."""
    return (path / "manifest.json").is_file()


def editions(folder: DataFolder) -> list[str]:
    """Return the ids of the standing editions, in order of publishing."""
    ids = [line for line in lines(folder, "EDITIONS") if is_id(line)]
    current = current_id(folder)
    return ids if current is None or current in ids else [*ids, current]


def current_id(folder: DataFolder) -> str | None:
    """Return the id of the current edition; None when nothing has been published.

    Where CURRENT is lost, or names an absent edition, the last existing edition in EDITIONS is current;
    `samlad.warehouse.condition` reports the defect.
    """
    named = next(iter(lines(folder, "CURRENT")), "")
    if is_id(named) and is_whole(folder.snapshots / named):
        return named
    listed = [line for line in lines(folder, "EDITIONS") if is_id(line)]
    return next((one for one in reversed(listed) if is_whole(folder.snapshots / one)), None)


def lines(folder: DataFolder, name: str) -> list[str]:
    """Return the lines of EDITIONS or CURRENT; none when the file is absent."""
    try:
        said = (folder.snapshots / name).read_bytes().decode("ascii", "replace")
    except FileNotFoundError:
        return []
    return said.removesuffix("\n").split("\n") if said else []


def read(folder: DataFolder, snapshot_id: str | None = None) -> Snapshot:
    """Return the edition with an id, or with its first eight digits or more; by default the current.

    Raises SamladError when nothing has been published, or when the id is unknown or retired; Altered when its manifest
    or moment cannot be read.
    """
    asked = snapshot_id or current_id(folder)
    if asked is None:
        raise SamladError("Ingenting är publicerat än. Kör python -m samlad publish, eller välj en annan datamapp.")
    path = folder.snapshots / _named(folder, asked)
    if not is_whole(path):
        raise _unknown(asked)
    return Snapshot(
        snapshot_id=path.name,
        path=path,
        manifest=_manifest(path),
        published_at=_moment(path / "published_at"),
    )


def confirm(snapshot: Snapshot) -> None:
    """Raise Altered unless the SHA-256 of the manifest is the edition's id."""
    store.confirm(snapshot.path / "manifest.json", snapshot.snapshot_id)


def is_intact(path: Path) -> bool:
    """Return True if every table of an edition and its manifest are as they were written."""
    try:
        store.confirm(path / "manifest.json", path.name)
        for name, said in _manifest(path)["tables"].items():
            store.confirm(path / f"{name}.parquet", said["sha256"])
        _moment(path / "published_at")
    except Altered:
        return False
    return True


def moment_bytes(snapshot_id: str, at: datetime) -> bytes:
    """Return the content of `published_at`: the moment, and a SHA-256 over snapshot and moment as its seal."""
    moment = clock.stored(at)
    return f"{moment}\n{store.sha256(f'{snapshot_id} {moment}'.encode())}\n".encode("ascii")


def _moment(path: Path) -> datetime:
    try:
        return clock.read(path.read_bytes().decode("ascii").split()[0])
    except FileNotFoundError as fault:
        raise Altered(path, "saknas") from fault
    except (ValueError, IndexError) as fault:
        raise Altered(path) from fault


def _manifest(path: Path) -> dict[str, Any]:
    """Return the manifest, a JSON file without a seal of its own: its hash is the edition's id."""
    said = store.read_json(path / "manifest.json")
    if not isinstance(said.get("tables"), dict):
        raise Altered(path / "manifest.json")
    return said


def _named(folder: DataFolder, asked: str) -> str:
    """Return the standing edition whose id begins so; raise SamladError unless there is exactly one."""
    matching = [edition for edition in editions(folder) if _ID.fullmatch(asked) and edition.startswith(asked)]
    if len(matching) != 1:
        raise _unknown(asked)
    return matching[0]


def _unknown(asked: str) -> SamladError:
    named = _NO_NAME.sub("", asked)[:64]
    return SamladError(
        f"Ögonblicksbilden ”{named}” finns inte eller har tagits ur bruk. Utelämna den för att se den senaste."
    )


def before(snapshot: Snapshot) -> Snapshot | None:
    """Return the standing edition published before an edition; None for the first."""
    folder = DataFolder(snapshot.path.parent.parent)
    listed = editions(folder)
    place = listed.index(snapshot.snapshot_id) if snapshot.snapshot_id in listed else 0
    return read(folder, listed[place - 1]) if place else None


@dataclass(frozen=True)
class StandingEdition:
    """Standing edition with its ledger: the cells of each sum that readers have seen."""

    snapshot_id: str
    ledger: pa.Table


def standing_editions(folder: DataFolder) -> list[StandingEdition]:
    """Return each standing edition with its ledger of published cells in protected sums.

    Raises SamladError when a ledger is missing or altered, or when EDITIONS does not list the standing editions:
    without them, no check can find what a new edition would give away.
    Source: docs/methods.md, "Protection".
    """
    listed = folder.snapshots / "EDITIONS"
    if any(not is_id(line) for line in lines(folder, "EDITIONS")):
        raise Altered(listed)
    if not lines(folder, "EDITIONS") and lines(folder, "CURRENT"):
        raise Altered(listed, "saknas eller är tom")
    found = []
    for snapshot_id in editions(folder):
        path = ledger_path(folder, snapshot_id)
        if not path.is_file():
            raise SamladError(
                f"Redogörelsen för vad ögonblicksbilden {snapshot_id[:12]} har skyddat saknas ({path}). "
                "Återställ den från säkerhetskopian, eller ta ögonblicksbilden ur bruk med retire."
            )
        with suppress(FileNotFoundError):
            store.confirm(path, store.read_json(ledger_hash_path(path))["sha256"])
        found.append(StandingEdition(snapshot_id, store.read_table(path)))
    return found


def ledger_path(folder: DataFolder, snapshot_id: str) -> Path:
    """Return the path of an edition's ledger: on the raw side, where readers have no access."""
    return folder.submissions / "ledgers" / f"{snapshot_id}.parquet"


def ledger_hash_path(ledger: Path) -> Path:
    """Return the path of a ledger's SHA-256: beside the ledger, as no manifest may hold it."""
    return ledger.with_suffix(".json")


@contextmanager
def publishing(folder: DataFolder) -> Iterator[None]:
    """Hold the only lock on the folder's editions: a second publisher waits.

    The lock goes with its process, however that ends.
    """
    folder.snapshots.mkdir(parents=True, exist_ok=True)
    with open(folder.snapshots / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_current(folder: DataFolder, snapshot_id: str, without: Collection[str] = ()) -> None:
    """List an edition, take others off the list, and point readers to it.

    Each step is whole or not done; a reader sees the old edition or the new.
    """
    listed = editions(folder)
    left = [edition for edition in listed if edition not in without or edition == snapshot_id]
    if snapshot_id not in left or left != listed:
        content = "".join(f"{edition}\n" for edition in dict.fromkeys([*left, snapshot_id]))
        store.write_bytes_atomically(folder.snapshots / "EDITIONS", content.encode("ascii"))
    store.write_bytes_atomically(folder.snapshots / "CURRENT", f"{snapshot_id}\n".encode("ascii"))


def retire(folder: DataFolder, snapshot_id: str) -> str:
    """Take an edition out of use and return its id: readers see it no more, its files stay.

    The current edition can be retired only when it is damaged or lacks its ledger, so that nothing could be published
    beside it; the last other intact edition is then current.

    Raises SamladError when there is no such edition, or when it is the current edition and is intact, or when no other
    edition is.
    """
    with publishing(folder):
        standing = editions(folder)
        retired = _named(folder, snapshot_id)
        left = [edition for edition in standing if edition != retired]
        if retired == current_id(folder):
            whole = [edition for edition in left if is_intact(folder.snapshots / edition)]
            if not whole or (is_intact(folder.snapshots / retired) and ledger_path(folder, retired).is_file()):
                raise SamladError(
                    f"Ögonblicksbilden {retired[:12]} är den som visas och kan inte tas ur bruk. Publicera en ny först."
                )
            store.write_bytes_atomically(folder.snapshots / "CURRENT", f"{whole[-1]}\n".encode("ascii"))
        content = "".join(f"{edition}\n" for edition in left)
        store.write_bytes_atomically(folder.snapshots / "EDITIONS", content.encode("ascii"))
    return retired
