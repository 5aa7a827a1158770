"""The first start: the example made and published, whole or not there, however many processes ask for it.

`python -m samlad.cli.example_start` makes it for a server that watches: how far it is on stdout, a line of JSON each,
and an end when its stdin closes, so that it never outlives the server.
"""

import fcntl
import json
import logging
import os
import secrets
import shutil
import sys
import threading
import time
from _thread import interrupt_main
from pathlib import Path
from typing import IO

from samlad.foundation import store
from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.warehouse.missing_example import Progress, is_missing, told_fault

EXAMPLE_SHARE = 0.15
"""Share of the first start's time for making the example; publishing takes the rest."""

LOCK, PROGRESS = ".example.lock", ".example.progress"
LOOK_EVERY_SECONDS = 0.5
TELL_EVERY_SECONDS = 0.2
POLITE = 5
"""Niceness of the making: the server that readers wait for goes first."""

_log = logging.getLogger("samlad")


def ensure_data(progress: Progress) -> DataFolder:
    """Return the data folder in use, first making and publishing the example when it is missing.

    A folder that somebody chose is never filled or published for them. Of several processes that start at the same time
    one makes the example; the others wait and tell how far it is. Raises OSError when the repository's data folder
    cannot be written.
    """
    folder = store.data_folder()
    if not is_missing():
        return folder
    place = folder.path.parent
    place.mkdir(parents=True, exist_ok=True)
    with open(place / LOCK, "w") as lock:
        while not _is_locked_by_us(lock):
            progress(*_maker_progress(place))
            time.sleep(LOOK_EVERY_SECONDS)
        if is_missing():
            remove_leftovers(folder.path)
            try:
                make_published_example(folder.path, _shared_progress(place, progress))
            finally:
                (place / PROGRESS).unlink(missing_ok=True)
    return folder


def remove_leftovers(target: Path) -> None:
    """Remove the leftovers of killed makers. Only for the holder of the lock."""
    for left in target.parent.glob(f".{target.name}.[0-9]*.*"):
        shutil.rmtree(left, ignore_errors=True)


def make_published_example(target: Path, progress: Progress) -> None:
    """Make and publish the example beside its place, then move it into place whole."""
    from samlad.cli import example
    from samlad.publish import publishing

    temporary = DataFolder(_beside(target))
    try:
        example.make_example(
            temporary.path,
            store.repository_folder().path,
            progress=lambda done, total, doing: progress(EXAMPLE_SHARE * done / max(total, 1), doing),
        )
        publishing.publish(
            temporary, progress=lambda share, doing: progress(EXAMPLE_SHARE + (1 - EXAMPLE_SHARE) * share, doing)
        )
        _put_in_place(temporary.path, target)
    finally:
        shutil.rmtree(temporary.path, ignore_errors=True)


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}.{secrets.token_hex(4)}")


def _put_in_place(whole: Path, target: Path) -> None:
    """Rename the example into place, after moving aside an unfinished one."""
    os.sync()
    if target.exists():
        aside = _beside(target)
        os.replace(target, aside)
        os.replace(whole, target)
        shutil.rmtree(aside, ignore_errors=True)
    else:
        os.replace(whole, target)
    store.sync_folder(target.parent)


def _is_locked_by_us(lock: IO[str]) -> bool:
    """Take the lock if it is free; it is released with its process."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _maker_progress(place: Path) -> tuple[float, str]:
    """Return the progress of the process that makes the example."""
    try:
        reported = json.loads((place / PROGRESS).read_bytes())
        return float(reported["share"]), str(reported["doing"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0.0, "Väntar på att exemplet görs"


def _shared_progress(place: Path, progress: Progress) -> Progress:
    """Return a progress callback that also writes to the waiting processes, now and then."""
    told_at = float("-inf")

    def tell(share: float, doing: str) -> None:
        nonlocal told_at
        progress(share, doing)
        if time.monotonic() - told_at >= TELL_EVERY_SECONDS:
            told_at = time.monotonic()
            store.write_json(place / PROGRESS, {"share": share, "doing": doing}, durable=False)

    return tell


def _end_with_server() -> None:
    """Wait until the server has closed our stdin, then end."""
    while os.read(0, 1):
        pass
    interrupt_main()


def main() -> int:
    """Make the example, with progress on stdout; return 1 after a fault."""

    def tell(**message: object) -> None:
        print(json.dumps(message), flush=True)  # noqa: T201 - this is what the server reads

    threading.Thread(target=_end_with_server, daemon=True).start()
    store.keep_private()
    os.nice(POLITE)
    try:
        ensure_data(lambda share, doing: tell(share=share, doing=doing))
    except KeyboardInterrupt:
        return 1
    except Exception as fault:  # the server tells its readers, whatever it is
        if not isinstance(fault, SamladError):
            _log.exception("The example could not be made")
        tell(fault=told_fault(fault))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
