"""Withdrawals, which delete nothing, and burials, which put a tombstone in place of a submission's files.

The whole of a purge, in every place, is samlad/publish/purges.py.
"""

import os
import secrets
import shutil
from datetime import datetime
from typing import Any

from samlad.foundation import clock, store
from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.journal import text_gate
from samlad.submissions import published_ids, submission_reader, submission_writer


def withdraw(folder: DataFolder, submission_id: str, *, by: str, reason: str, at: datetime) -> None:
    """Take a submission out of use by a new record; nothing is deleted.

    Raises SamladError when there is no such submission, when it is withdrawn already, or when a name or a reason is
    missing.
    """
    path = submission_reader.find(folder, submission_id)
    submission_id = path.name.partition("-")[2]
    by = text_gate.writer(by, "Skriv vem som drar tillbaka inlämningen.")
    needed = "Skriv varför inlämningen dras tillbaka."
    reason = text_gate.opened(folder).text(reason, "Skälet", longest=text_gate.LONGEST_REASON, needed=needed)
    withdrawn = folder.submissions / "withdrawn"
    submission_writer.make_folder(withdrawn, folder, durable=True)
    record = withdrawn / f"{submission_id}.json"
    temporary = withdrawn / f".{record.name}.{os.getpid()}.{secrets.token_hex(4)}"
    withdrawal = {
        "at": clock.stored(at),
        "by": by,
        "reason": reason,
        "sequence": int(path.name.partition("-")[0]),
        "submission_id": submission_id,
    }
    store.write_json(temporary, withdrawal)
    try:
        os.link(temporary, record)
    except FileExistsError as fault:
        raise SamladError(f"Inlämningen {submission_id} är redan tillbakadragen.") from fault
    finally:
        temporary.unlink()
    store.sync_folder(withdrawn)


def bury(folder: DataFolder, submission_id: str, tombstone: dict[str, Any]) -> None:
    """Put a tombstone in a submission's place, and remove its files and its withdrawal.

    The tombstone is written first: a submission that has one is read by nobody. The whole of a purge, in every place
    that holds the submission, is `samlad.publish.purges`. A folder named by a hash gets the published id.
    """
    path = submission_reader.find(folder, submission_id)
    stone = path / "tombstone.json"
    if not stone.is_file():
        store.write_json(stone, tombstone)
    for entry in path.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        elif entry != stone:
            entry.unlink()
    store.sync_folder(path)
    order, _, own = path.name.partition("-")
    (folder.submissions / "withdrawn" / f"{own}.json").unlink(missing_ok=True)
    published_id = published_ids.by_own(folder).get(own)
    if published_id is not None:
        path.rename(path.with_name(f"{order}-{published_id}"))
        store.sync_folder(path.parent)
        published_ids.forget(folder, own)
