"""Files and folders that a killed writer has left under temporary names, which nobody will rename any more."""

import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from samlad.foundation.store import DataFolder

OLD_SECONDS = 24 * 60 * 60
"""From what age on a temporary name is a leftover: no write of ours takes a day."""

_TEMPORARY = re.compile(r"\..+\.(\d+)\.[0-9a-f]{8}(\.damaged)?")
"""As store.write_bytes_atomically and those that write folders name them: a point, the name, process, random."""


def remove(folder: DataFolder, now: float | None = None) -> list[Path]:
    """Remove the leftovers of a day or more anywhere in the data folder; return those that could be removed."""
    before = (time.time() if now is None else now) - OLD_SECONDS
    return [path for path in _temporary(folder.path) if _changed_at(path) < before and _is_removed(path)]


def remove_purged(folder: DataFolder, target: str) -> list[Path]:
    """Remove the leftovers of writers that are no more, and those that bear the id of what is purged.

    Returns those that could not be removed: they may hold what is purged.
    """
    places = (folder.submissions, folder.snapshots, folder.journal)
    found = [path for place in places for path in _temporary(place)]
    meant = [path for path in found if not _is_running(path) or (target and target in path.name)]
    return [path for path in meant if not _is_removed(path) and os.path.lexists(path)]


def _temporary(place: Path) -> Iterator[Path]:
    """Everything below a folder that has a temporary name; what lies within such a folder goes with it."""
    for at, folders, files in os.walk(place):
        yield from [Path(at, name) for name in [*folders, *files] if _TEMPORARY.fullmatch(name)]
        folders[:] = [name for name in folders if not _TEMPORARY.fullmatch(name)]


def _is_running(path: Path) -> bool:
    found = _TEMPORARY.fullmatch(path.name)
    try:
        os.kill(int(found[1]) if found else 0, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _changed_at(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return float("inf")


def _is_removed(path: Path) -> bool:
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    except OSError:
        return False
    return True
