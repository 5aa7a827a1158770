"""Condition of the data folder for readers: the files that cannot be read, at the price of a glance.

Computing hashes belongs in `samlad.publish.verification`. Pages leave out the files named here, and nothing else.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from samlad.foundation.errors import Altered, SamladError
from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.warehouse import editions


@dataclass(frozen=True)
class Defect:
    """Defect of one file: its path, the damage, the effect and the action, in Swedish."""

    path: str
    happened: str
    effect: str
    action: str

    def as_json(self) -> dict[str, str]:
        """Return the defect as JSON values."""
        return asdict(self)

    def text(self) -> str:
        """Return the defect on one line."""
        return f"{self.path} {self.happened}. {self.effect} {self.action}"


RESTORE = "Återställ filen från säkerhetskopian."


def at_a_glance(folder: DataFolder) -> list[Defect]:
    """Return the defects that concern every page: pointers to editions, and journal records."""
    return [*_pointers(folder), *_journal(folder)]


def of_readers(folder: DataFolder) -> list[Defect]:
    """Return the defects that concern readers: pointers, standing editions, and journal records."""
    return [*_pointers(folder), *_editions(folder), *_journal(folder)]


def of_submissions(folder: DataFolder) -> list[Defect]:
    """Return the submissions without a receipt or tombstone; none where the submissions are absent."""
    found = []
    for path in sorted(folder.submissions.glob("year=*/period=*/*/*-*")):
        if not path.name.startswith(".") and not any(
            (path / name).is_file() for name in ("receipt.json", "tombstone.json")
        ):
            found.append(
                Defect(
                    named(folder, path),
                    "har inget kvitto",
                    "Den räknas inte som inlämnad.",
                    "Finns kvittot i säkerhetskopian, återställ det. Annars avbröts inlämningen innan någon fick ett "
                    "kvitto: lämna in igen.",
                )
            )
    return found


def named(folder: DataFolder, path: Path) -> str:
    """Return the path of a file within the data folder, else its whole path."""
    return str(path.relative_to(folder.path)) if path.is_relative_to(folder.path) else str(path)


def altered(folder: DataFolder, fault: Altered, effect: str, action: str = RESTORE) -> Defect:
    """Return the defect of a file that is missing or not as it was written."""
    return Defect(named(folder, fault.path), fault.happened, effect, action)


def _pointers(folder: DataFolder) -> Iterator[Defect]:
    pointed, listed = editions.lines(folder, "CURRENT"), editions.lines(folder, "EDITIONS")
    shown = editions.current_id(folder)
    if (pointed or listed or (folder.snapshots / "CURRENT").exists()) and pointed != [shown]:
        happened = "pekar inte på någon utgåva som finns" if pointed else "saknas eller är tom"
        effect = f"Utgåvan {shown[:8]} visas i stället." if shown else "Ingen utgåva kan visas."
        yield Defect("snapshots/CURRENT", happened, effect, "Återställ filen från säkerhetskopian, eller publicera.")
    if any(not editions.is_id(line) for line in listed):
        effect = "De rader som går att läsa gäller. Ingenting kan publiceras förrän den är hel."
        yield Defect("snapshots/EDITIONS", "har rader som inte är utgåvor", effect, RESTORE)
    elif pointed and not listed:
        effect = "Bara den utgåva som visas kan väljas. Ingenting kan publiceras förrän den är hel."
        yield Defect("snapshots/EDITIONS", "saknas eller är tom", effect, RESTORE)


def _editions(folder: DataFolder) -> Iterator[Defect]:
    for snapshot_id in editions.editions(folder):
        place = f"snapshots/{snapshot_id}"
        effect = "Utgåvan kan inte visas."
        action = "Återställ den från säkerhetskopian, eller ta den ur bruk med retire."
        if not (folder.snapshots / snapshot_id).is_dir():
            yield Defect("snapshots/EDITIONS", f"nämner utgåvan {snapshot_id[:8]}, som inte finns", effect, action)
            continue
        if not editions.is_whole(folder.snapshots / snapshot_id):
            yield Defect(place, "saknar manifest.json", effect, action)
            continue
        try:
            editions.read(folder, snapshot_id)
        except Altered as fault:
            yield altered(folder, fault, effect, action)
        except SamladError:
            continue


def _journal(folder: DataFolder) -> Iterator[Defect]:
    try:
        broken = records.broken(folder)
    except OSError as fault:
        yield Defect("journal", f"går inte att läsa ({fault.strerror})", "Det som står där visas inte.", RESTORE)
        return
    for one in broken:
        yield altered(folder, one, "Det som står i anteckningen visas inte.")
