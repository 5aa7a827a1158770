"""What takes a submission out of use: a withdrawal, which deletes nothing, and a purge, which a decision asks for."""

import json
import os
import secrets
import shutil
from datetime import datetime
from typing import Any

from samlad import store, submissions
from samlad.errors import SamladError
from samlad.store import DataFolder


def withdraw(folder: DataFolder, submission_id: str, *, by: str, reason: str, at: datetime) -> None:
    """Take a submission out of use by a new record; nothing is deleted.

    Raises SamladError when there is no such submission, when it is withdrawn already, or when a name or a reason is
    missing.
    """
    path = submissions.find(folder, submission_id)
    submissions.require(by, "Skriv vem som drar tillbaka inlämningen.")
    submissions.require(reason, "Skriv varför inlämningen dras tillbaka.")
    withdrawn = folder.submissions / "withdrawn"
    submissions.make_folder(withdrawn, folder, durable=True)
    record = withdrawn / f"{submission_id}.json"
    temporary = withdrawn / f".{record.name}.{os.getpid()}.{secrets.token_hex(4)}"
    said = {
        "at": at.isoformat(timespec="seconds"),
        "by": by,
        "reason": reason,
        "sequence": int(path.name.partition("-")[0]),
        "submission_id": submission_id,
    }
    store.write_json(temporary, said)
    try:
        os.link(temporary, record)
    except FileExistsError as fault:
        raise SamladError(f"Inlämningen {submission_id} är redan tillbakadragen.") from fault
    finally:
        temporary.unlink()
    store.sync_folder(withdrawn)


def purge(
    folder: DataFolder, submission_id: str, *, decision: str, by: str, reason: str, at: datetime
) -> dict[str, Any]:
    """Delete the content of a withdrawn submission by a decision; return the tombstone that stays.

    The tombstone is written first, so a purge that was interrupted counts as done and can be finished by asking again.
    Raises SamladError when there is no such submission, when it has not been withdrawn, or when the decision's dnr, a
    name or a reason is missing.
    """
    path = submissions.find(folder, submission_id)
    submissions.require(decision, "Skriv beslutets diarienummer.")
    submissions.require(by, "Skriv vem som gallrar.")
    submissions.require(reason, "Skriv varför inlämningen gallras.")
    if not (folder.submissions / "withdrawn" / f"{submission_id}.json").is_file():
        raise SamladError(f"Inlämningen {submission_id} gäller fortfarande. Dra tillbaka den innan den gallras.")
    tombstone = path / "tombstone.json"
    if not tombstone.is_file():
        receipt = json.loads((path / "receipt.json").read_bytes())
        was = {
            name: receipt[name] for name in ("submission_id", "sequence", "organisation_id", "year", "period", "rows")
        }
        said = {"at": at.isoformat(timespec="seconds"), "by": by, "decision": decision, "reason": reason}
        store.write_json(tombstone, {**said, "was": was})
    for entry in path.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        elif entry != tombstone:
            entry.unlink()
    store.sync_folder(path)
    stored: dict[str, Any] = json.loads(tombstone.read_bytes())
    return stored
