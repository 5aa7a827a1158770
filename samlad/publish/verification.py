"""Verification of a data folder: every hash and seal is computed anew, and each file that differs is named.

For the raw side: it reads submissions, ledgers and originals. Nothing is changed.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from samlad.foundation import store
from samlad.foundation.errors import Altered
from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.publish import purges
from samlad.submissions import submission_reader
from samlad.warehouse import condition, editions
from samlad.warehouse.condition import Defect, altered, named

Progress = Callable[[float, str], None]
Check = Callable[[], object]
"""A check that reads one file, and raises Altered when it is not as it was written."""

_NOT_COUNTED = "Inlämningen kan inte publiceras så."
_BESIDES = frozenset({"manifest.json", "published_at"})


def verify(folder: DataFolder, progress: Progress = lambda _share, _doing: None) -> list[Defect]:
    """Return every file that was altered, is missing or does not belong, each once, by path."""
    defects: list[Defect] = []
    steps: dict[str, Callable[[DataFolder], Iterable[Defect]]] = {
        "Läser pekare och journal": condition.of_readers,
        "Kontrollerar utgåvorna": _snapshots,
        "Kontrollerar inlämningarna": _submissions,
        "Kontrollerar redogörelserna": _ledgers,
        "Kontrollerar journalen": _journal,
    }
    for number, (doing, step) in enumerate(steps.items()):
        progress(number / len(steps), doing)
        defects += step(folder)
    progress(1.0, "Klart")
    return sorted(
        {(defect.path, defect.happened): defect for defect in reversed(defects)}.values(),
        key=lambda defect: defect.path,
    )


def _confirm(path: Path, digest: str) -> None:
    """Confirm a file as `store.confirm` does, but read it even if it is known."""
    try:
        if store.file_hash(path) != digest:
            raise Altered(path)
    except FileNotFoundError as fault:
        raise Altered(path, "saknas") from fault


def _snapshots(folder: DataFolder) -> Iterator[Defect]:
    """Check every snapshot on the disk, also those that no longer stand."""
    in_use = set(editions.editions(folder))
    for path in sorted(folder.snapshots.glob("*")):
        if not editions.is_id(path.name):
            continue
        effect = "Utgåvan kan inte visas." if path.name in in_use else "Utgåvan är tagen ur bruk och visas inte."
        action = "Återställ den från säkerhetskopian, eller ta den ur bruk med retire."
        for check in _snapshot_checks(path):
            try:
                check()
            except Altered as fault:
                yield altered(folder, fault, effect, action)


def _snapshot_checks(path: Path) -> Iterator[Check]:
    yield partial(_confirm, path / "manifest.json", path.name)
    yield partial(_confirm_moment, path)
    try:
        tables: dict[str, Any] = store.read_json(path / "manifest.json")["tables"]
    except (Altered, FileNotFoundError, KeyError):
        return
    for name, entry in tables.items():
        yield partial(_confirm, path / f"{name}.parquet", entry["sha256"])
    for file in sorted(path.iterdir()):
        if file.name not in _BESIDES and file.name.removesuffix(".parquet") not in tables:
            yield partial(_does_not_belong, file)


def _confirm_moment(path: Path) -> None:
    file = path / "published_at"
    try:
        content = file.read_bytes()
    except FileNotFoundError as fault:
        raise Altered(file, "saknas") from fault
    moment, _, seal = content.decode("ascii", "replace").partition("\n")
    if seal != f"{store.sha256(f'{path.name} {moment}'.encode())}\n":
        raise Altered(file)


def _does_not_belong(path: Path) -> None:
    raise Altered(path, "hör inte dit")


def _submissions(folder: DataFolder) -> Iterator[Defect]:
    numbers: dict[int, Path] = {}
    taken = folder.submissions / "sequence"
    yield from condition.of_submissions(folder)
    for path in sorted(submission_reader.folders(folder)):
        for check in _submission_checks(path):
            try:
                check()
            except Altered as fault:
                yield altered(folder, fault, _NOT_COUNTED)
        number = int(path.name.partition("-")[0])
        if number in numbers:
            other = named(folder, numbers[number])
            yield Defect(named(folder, path), f"har samma nummer som {other}", _NOT_COUNTED, condition.RESTORE)
        numbers[number] = path
        if not (taken / f"{number:08d}").is_file():
            effect = "Nästa inlämning får ändå ett nummer efter det högsta som finns."
            yield Defect(named(folder, taken / f"{number:08d}"), "saknas", effect, condition.RESTORE)
    ids = folder.submissions / "published_ids.json"
    try:
        store.read_json(ids, needs_seal=True)
    except FileNotFoundError:
        pass  # only a folder from before ids were drawn has it
    except Altered as fault:
        yield altered(folder, fault, "Ingenting kan publiceras förrän den är hel.")
    for record in sorted((folder.submissions / "withdrawn").glob("*.json")):
        try:
            store.read_json(record, needs_seal=True)
        except Altered as fault:
            yield altered(folder, fault, "Inlämningen räknas som tillbakadragen, och kan inte publiceras så.")


def _submission_checks(path: Path) -> Iterator[Check]:
    """Yield a check for each file of one submission; a purged one holds nothing but the tombstone."""
    if (path / "tombstone.json").is_file():
        yield partial(store.read_json, path / "tombstone.json", needs_seal=True)
        belonging = {"tombstone.json"}
    elif (path / "receipt.json").is_file():
        yield partial(store.read_json, path / "receipt.json", needs_seal=True)
        try:
            files: dict[str, str] = store.read_json(path / "receipt.json")["files"]
        except (Altered, KeyError):
            return
        belonging = {"receipt.json", *files}
        for name, digest in files.items():
            yield partial(_confirm, path / name, digest)
    else:
        return
    for file in sorted(path.rglob("*")):
        if file.is_file() and str(file.relative_to(path)) not in belonging:
            yield partial(_does_not_belong, file)


def _ledgers(folder: DataFolder) -> Iterator[Defect]:
    if not folder.submissions.is_dir():
        return
    effect = "Ingenting kan publiceras förrän den är hel."
    action = "Återställ den från säkerhetskopian, eller ta utgåvan ur bruk med retire."
    ledgers_in_use = [editions.ledger_path(folder, edition) for edition in editions.editions(folder)]
    kept = sorted((folder.submissions / "ledgers").glob("*.parquet"))
    for path in dict.fromkeys([*ledgers_in_use, *kept]):
        hash_path = editions.ledger_hash_path(path)
        try:
            _confirm(path, store.read_json(hash_path, needs_seal=True)["sha256"])
        except FileNotFoundError:
            yield altered(folder, Altered(hash_path, "saknas"), effect, action)
        except Altered as fault:
            yield altered(folder, fault, effect, action)


def _journal(folder: DataFolder) -> Iterator[Defect]:
    """Check records by their seals, and delivered reports by the hashes in their records."""
    if not folder.journal.is_dir():
        return
    for path in sorted(folder.journal.glob("*-*.json")):
        try:
            store.read_json(path, needs_seal=True)
        except Altered as fault:
            yield altered(folder, fault, "Det som står i anteckningen är inte säkert det som skrevs.")
    for intention in purges.pending(folder):
        happened, effect = "är en gallring som inte är slutförd", "Det som ska gallras finns till en del kvar."
        yield Defect(named(folder, intention), happened, effect, "Kör publish eller gallra igen; då slutförs den.")
    for note in sorted((folder.snapshots / "notes").glob("*.json")):
        try:
            store.read_json(note, needs_seal=True)
        except Altered as fault:
            yield altered(folder, fault, "Upplysningen om en borttagen utgåva visas inte.")
    for path in records.unrecorded(folder):
        effect = "En uppföljning höll på att behållas när det avbröts. Den räknas inte som levererad."
        yield Defect(named(folder, path), "hör inte till någon anteckning", effect, "Ta bort filen.")
    for record in records.read(folder):
        content = record.content
        for name, key in (
            (f"{record.record_id}.{content.get('ending')}", "sha256"),
            (f"{record.record_id}.mall.docx", "template_sha256"),
        ):
            if record.kind != "report_delivered" or key not in content:
                continue
            try:
                _confirm(folder.journal / "reports" / name, content[key])
            except Altered as fault:
                yield altered(folder, fault, "Den levererade uppföljningen är inte den som levererades.")
