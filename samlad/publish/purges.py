"""Purges (gallring): a submission or record is sought in the whole data folder and removed from all of it.

The intention is written first, so a purge that was killed is completed at the next run. For the raw side only.
"""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from samlad.foundation import clock, leftovers, store
from samlad.foundation.errors import Altered, SamladError
from samlad.foundation.store import DataFolder
from samlad.journal import records, text_gate
from samlad.journal.records import Record
from samlad.publish import publishing
from samlad.submissions import published_ids, submission_reader, submission_writer, withdrawals
from samlad.warehouse import edition_notes, editions

Say = Callable[[str], None]

SHORTEST_WORDS = 3
"""Least length of a text that is sought in other places: shorter ones would be found everywhere."""

_READ_BY_NO_REPORT = frozenset({"taught_word", "ready", "asked", "assessment"})
"""Kinds of records that no report is written from; assessments reach it through their edition."""


@dataclass(frozen=True)
class Holding:
    """The places that hold a submission or a record: its own, editions, and documents delivered from them."""

    target: str
    kind: str
    is_purged: bool
    editions: tuple[str, ...]
    documents: tuple[str, ...]
    shown: str | None

    def lines(self) -> list[str]:
        """Return the steps of the purge in Swedish, one a line."""
        what = "Inlämningen" if self.kind == "submission" else "Anteckningen"
        steps = [f"{what} {self.target} tas bort, med fil och allt som hör till den. En gravsten står kvar."]
        if self.shown in self.editions:
            steps.append("En ny utgåva publiceras med samma dag och utan det, och visas i stället.")
        steps += [f"Utgåvan {identity[:12]} tas ur bruk och dess filer tas bort." for identity in self.editions]
        steps += [f"Den levererade uppföljningen {identity} tas bort." for identity in self.documents]
        return steps


def search(folder: DataFolder, target: str) -> Holding:
    """Find every place that holds a submission or a record.

    Raises SamladError when there is no such submission or record, and Altered when an edition cannot be read: nobody
    could tell what it holds.
    """
    record_path = _record_path(folder, target)
    path = None if record_path else submission_reader.find(folder, target)
    if path is not None:
        is_purged = (path / "tombstone.json").is_file()
        names = published_ids.names_of(folder, path.name.partition("-")[2])
        manifests = {edition: _text(edition / "manifest.json") for edition in _on_disk(folder) if not is_purged}
        holding = [edition for edition, manifest in manifests.items() if any(name in manifest for name in names)]
        documents = _documents(folder, {edition.name for edition in holding}, None)
        return _holding(folder, target, "submission", is_purged, holding, documents)
    record = next((kept for kept in records.read(folder) if kept.record_id == target), None)
    is_broken = any(fault.path == record_path for fault in records.broken(folder))
    holding = [edition for edition in _on_disk(folder) if record is not None and _holds(edition, record)]
    documents = _documents(folder, {edition.name for edition in holding}, record)
    return _holding(folder, target, "record", record is None and not is_broken, holding, documents)


def purge(
    folder: DataFolder, target: str, *, decision: str, by: str, reason: str, at: datetime, say: Say = lambda _line: None
) -> dict[str, Any]:
    """Remove a withdrawn submission or a record of the journal from the whole data folder; return its tombstone.

    Each thing that will be done is told by `say` before the first is. The reason belongs to the decision's papers and
    is kept nowhere. Raises SamladError when there is no such thing, when a submission has not been withdrawn or
    when a word is missing, and PublishRefused when a new edition could not be made; then nothing has been removed.
    """
    decision = text_gate.mark(decision, "Diarienumret", "Skriv beslutets diarienummer.")
    by = text_gate.writer(by, "Skriv vem som gallrar.")
    submission_writer.require(reason, "Skriv varför det gallras.")
    finish(folder)
    with editions.publishing(folder):
        target = submission_reader.published_id(folder, target)
        holding = search(folder, target)
        if not holding.is_purged:
            own = published_ids.own_id(folder, target)
            is_withdrawn = (folder.submissions / "withdrawn" / f"{own}.json").is_file()
            if holding.kind == "submission" and not is_withdrawn:
                raise SamladError(f"Inlämningen {target} gäller fortfarande. Dra tillbaka den innan den gallras.")
            if holding.shown in holding.editions:
                publishing.checked_programme(folder)
                publishing.whole_submissions(folder, None)
            for line in holding.lines():
                say(line)
            intention = {"at": clock.stored(at), "by": by, "decision": decision}
            _carry_out(folder, _intend(folder, {**intention, "does": "purge", "target": target}, holding))
        return store.read_json(_tombstone(folder, target))


def remove_edition(folder: DataFolder, snapshot: str, *, decision: str, by: str, at: datetime) -> str:
    """Delete the files of an edition that has been taken out of use, with its ledger; return its id.

    Documents that were delivered from it stay. Raises SamladError when there is no such edition, or when it stands.
    """
    decision = text_gate.mark(decision, "Diarienumret", "Skriv beslutets diarienummer.")
    by = text_gate.writer(by, "Skriv vem som tar bort utgåvan.")
    finish(folder)
    with editions.publishing(folder):
        matching = [
            edition.name for edition in _on_disk(folder) if len(snapshot) >= 8 and edition.name.startswith(snapshot)
        ]
        if len(matching) != 1:
            raise SamladError(
                f"Det finns ingen utgåva ”{snapshot[:64]}”. Kör python -m samlad editions för att se vilka."
            )
        if matching[0] in editions.editions(folder):
            raise SamladError(f"Utgåvan {matching[0][:12]} gäller. Ta den ur bruk med retire innan den tas bort.")
        intention = {"at": clock.stored(at), "by": by, "decision": decision, "does": "remove"}
        _carry_out(folder, _intend(folder, intention, Holding("", "", True, (matching[0],), (), None)))
    return matching[0]


def pending(folder: DataFolder) -> list[Path]:
    """Return the intentions of purges that were begun and not completed."""
    return sorted((folder.submissions / "purges").glob("[0-9a-f]*.json"))


def finish(folder: DataFolder) -> int:
    """Complete interrupted purges; return how many.

    Raises PublishRefused when a new edition cannot be made.
    """
    begun = pending(folder)
    for intention in begun:
        with editions.publishing(folder):
            if intention.is_file():
                _carry_out(folder, intention)
    return len(begun)


def _intend(folder: DataFolder, intention: dict[str, Any], holding: Holding) -> Path:
    place = folder.submissions / "purges"
    submission_writer.make_folder(place, folder, durable=True)
    path = place / f"{secrets.token_hex(8)}.json"
    listed = {"editions": list(holding.editions), "documents": list(holding.documents), "days": _days(folder, holding)}
    store.write_json(path, {**intention, **listed})
    return path


def _days(folder: DataFolder, holding: Holding) -> list[str]:
    """Return the days on which the purged editions were published, for the public note."""
    shown = {edition.snapshot_id: edition.published_at for edition in editions.on_disk(folder)}
    return [clock.day(at).isoformat() for edition in holding.editions if (at := shown.get(edition))]


def _carry_out(folder: DataFolder, intention: Path) -> None:
    """Carry out an intention; each step can be repeated after a kill.

    Raises SamladError when a temporary file could not be removed, once all else is: the purge is then not completed.
    """
    purge_order = store.read_json(intention)
    tombstone = {**{name: purge_order[name] for name in ("at", "by", "decision")}, "purged": True}
    listed_editions, documents = set(purge_order["editions"]), set(purge_order["documents"])
    left: list[Path] = []
    if purge_order["does"] == "purge":
        holding = search(folder, purge_order["target"])  # a publisher may have come between a kill and now
        listed_editions |= set(holding.editions)
        documents |= set(holding.documents)
        store.write_json(
            intention, {**purge_order, "editions": sorted(listed_editions), "documents": sorted(documents)}
        )
        if holding.kind == "submission":
            left += leftovers.remove_purged(folder, published_ids.own_id(folder, purge_order["target"]))
            withdrawals.bury(folder, purge_order["target"], tombstone)
        else:
            records.bury(folder, purge_order["target"], tombstone)
    for document in documents:
        records.bury(folder, document, tombstone)
    if (folder.journal / "reports").is_dir():
        with records.keeping(folder):
            for path in records.unrecorded(folder):
                path.unlink()
    in_use, current = editions.editions(folder), editions.current_id(folder)
    if listed_editions:
        edition_notes.write(folder, intention.stem, purge_order)
    if current in listed_editions:
        stood = editions.read(folder, current)
        limit = publishing.threshold_in_use(stood.manifest.get("threshold"))
        new = publishing.publish_alone(folder, stood.as_of, limit, keeps_day=True, without=listed_editions)
        listed_editions.discard(new)
    elif current is not None and listed_editions & set(in_use):
        editions.make_current(folder, current, listed_editions)
    for snapshot_id in listed_editions:
        _remove(folder, snapshot_id)
    _forget(folder, listed_editions)
    left += leftovers.remove_purged(folder, purge_order.get("target", ""))
    if any(os.path.lexists(path) for path in left):
        raise SamladError(_not_removed(folder, left))
    intention.unlink()
    store.sync_folder(intention.parent)


def _not_removed(folder: DataFolder, left: Sequence[Path]) -> str:
    names = ", ".join(sorted({str(path.relative_to(folder.path)) for path in left}))
    return (
        f"Gallringen är inte slutförd: {names} gick inte att ta bort och kan hålla det som ska gallras. "
        "Ta bort dem för hand, eller ge Samlad rätt att göra det, och kör publish; då slutförs den."
    )


def _remove(folder: DataFolder, snapshot_id: str) -> None:
    """Delete an edition's files and its ledger; the manifest goes first, so that it no longer exists."""
    path = folder.snapshots / snapshot_id
    (path / "manifest.json").unlink(missing_ok=True)
    if path.is_dir():
        shutil.rmtree(path)
    ledger = editions.ledger_path(folder, snapshot_id)
    for file in (ledger, editions.ledger_hash_path(ledger)):
        file.unlink(missing_ok=True)
    store.sync_folder(folder.snapshots)


def _forget(folder: DataFolder, editions: set[str]) -> None:
    """Take the ids of removed editions out of all records: an id is a hash of the edition's content."""
    for path in folder.journal.glob("*-*.json") if editions else ():
        record_text = _text(path)
        if any(edition in record_text for edition in editions):
            try:
                content = store.read_json(path)
            except Altered:
                continue
            store.write_json(path, _without(content, editions))


def _without(content: Any, ids: set[str]) -> Any:
    if isinstance(content, dict):
        return {name: _without(value, ids) for name, value in content.items()}
    if isinstance(content, list):
        return [_without(value, ids) for value in content]
    return "gallrad" if content in ids else content


def _holding(
    folder: DataFolder, target: str, kind: str, is_purged: bool, holding: Sequence[Path], documents: Sequence[str]
) -> Holding:
    listed_editions = tuple(edition.name for edition in holding)
    return Holding(target, kind, is_purged, listed_editions, tuple(documents), editions.current_id(folder))


def _on_disk(folder: DataFolder) -> list[Path]:
    """Return every edition whose files are there, in use or not."""
    return [path for path in sorted(folder.snapshots.glob("*")) if editions.is_id(path.name) and path.is_dir()]


def _record_path(folder: DataFolder, record_id: str) -> Path | None:
    return next(iter(folder.journal.glob(f"*-{record_id}.json")), None) if record_id.isalnum() else None


def _tombstone(folder: DataFolder, target: str) -> Path:
    return _record_path(folder, target) or submission_reader.find(folder, target) / "tombstone.json"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def _holds(path: Path, record: Record) -> bool:
    """Return True if an edition has a record's judgement, or its text in any cell of any table."""
    content = record.content
    texts = [text for text in _words(content) if len(text) >= SHORTEST_WORDS and " " in text]
    tables = store.read_json(path / "manifest.json").get("tables", {}) if editions.is_whole(path) else {}
    for name in tables:
        rows = store.read_table(path / f"{name}.parquet")
        if name == "assessments" and record.kind == "assessment" and _is_judged(rows, record):
            return True
        for column in rows.columns:
            if texts and pa.types.is_string(column.type):
                cells = [cell for cell in column.unique().to_pylist() if cell]
                if any(word in cell for word in texts for cell in cells):
                    return True
    return False


def _is_judged(rows: pa.Table, record: Record) -> bool:
    keys = ("organisation_id", "goal_id", "year", "period", "fulfilled")
    judgement = {**{key: record.content.get(key) for key in keys}, "author": record.by}
    return any(all(row[key] == value for key, value in judgement.items()) for row in rows.to_pylist())


def _words(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from _words(value)
    elif isinstance(content, list):
        for value in content:
            yield from _words(value)


def _documents(folder: DataFolder, editions: set[str], record: Record | None) -> list[str]:
    """Return the delivered documents that were made from these editions, or that have read the record."""
    return [
        document.record_id
        for document in records.read(folder, "report_delivered")
        if document.content["snapshot_id"] in editions or (record is not None and _has_read(document, record))
    ]


def _has_read(document: Record, record: Record) -> bool:
    content, until = document.content, document.content["until"]
    if record.kind in _READ_BY_NO_REPORT or (until is not None and record.sequence > until):
        return False
    if record.kind == "report_text":
        return all(content[key] == record.content.get(key) for key in ("years", "organisation_id"))
    return record.kind != "gap_state" or "luckor" in content["parts"]
