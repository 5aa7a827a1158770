"""Leftovers: files and folders that a killed writer has left under temporary names."""

import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from samlad.foundation.store import DataFolder

OLD_SECONDS = 24 * 60 * 60
"""Age from which a temporary name is a leftover: no write of ours takes a day."""

_TEMPORARY = re.compile(r"\..+\.(\d+)\.[0-9a-f]{8}(\.damaged)?")
"""Temporary names: a point, the name, process id, random digits."""


def remove(folder: DataFolder, now: float | None = None) -> list[Path]:
    """Remove leftovers of a day or more anywhere in the data folder; return the removed ones."""
    before = (time.time() if now is None else now) - OLD_SECONDS
    return [path for path in _temporary(folder.path) if _changed_at(path) < before and _is_removed(path)]


def remove_purged(folder: DataFolder, target: str) -> list[Path]:
    """Remove the leftovers of writers that have ended, and those that bear a purged id.

    Returns those that could not be removed: they may hold purged content.
    """
    places = (folder.submissions, folder.snapshots, folder.journal)
    temporary = [path for place in places for path in _temporary(place)]
    meant = [path for path in temporary if not _is_running(path) or (target and target in path.name)]
    return [path for path in meant if not _is_removed(path) and os.path.lexists(path)]


def _temporary(place: Path) -> Iterator[Path]:
    """Yield everything below a folder with a temporary name, but nothing within such a folder."""
    for at, folders, files in os.walk(place):
        yield from [Path(at, name) for name in [*folders, *files] if _TEMPORARY.fullmatch(name)]
        folders[:] = [name for name in folders if not _TEMPORARY.fullmatch(name)]


def _is_running(path: Path) -> bool:
    match = _TEMPORARY.fullmatch(path.name)
    try:
        os.kill(int(match[1]) if match else 0, 0)
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
