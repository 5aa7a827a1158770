"""The first start: a dashboard with no data folder chosen makes the example data and publishes it."""

import fcntl
import os
import secrets
import shutil
from pathlib import Path

from samlad import example, publish, snapshots, store
from samlad.publish import Progress
from samlad.store import DataFolder

EXAMPLE_SHARE = 0.6
"""How much of the first start's time goes to making the example; the rest is publishing it."""


def ensure_data(progress: Progress) -> DataFolder:
    """The data folder in use, made and published first when it is the example folder and not there yet.

    A folder that somebody chose is never filled or published for them. Two processes that start at the same time make
    the example once. Raises OSError when the repository's data folder cannot be written.
    """
    folder = store.data_folder()
    if os.environ.get("SAMLAD_DATA") or snapshots.current_id(folder):
        return folder
    folder.path.parent.mkdir(parents=True, exist_ok=True)
    with open(folder.path.parent / ".example.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if snapshots.current_id(folder) is None:
            make_published_example(folder.path, progress)
    return folder


def make_published_example(target: Path, progress: Progress) -> None:
    """Make the example beside its place, publish it there, then move it into place: it is whole or not there."""
    temporary = DataFolder(target.with_name(f".{target.name}.{os.getpid()}.{secrets.token_hex(4)}"))
    try:
        example.make_example(
            temporary.path,
            store.repository_folder().path,
            progress=lambda done, total, doing: progress(EXAMPLE_SHARE * done / max(total, 1), doing),
        )
        publish.publish(
            temporary, progress=lambda share, doing: progress(EXAMPLE_SHARE + (1 - EXAMPLE_SHARE) * share, doing)
        )
        shutil.rmtree(target, ignore_errors=True)
        os.replace(temporary.path, target)
    finally:
        shutil.rmtree(temporary.path, ignore_errors=True)
