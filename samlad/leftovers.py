"""Files that a killed writer has left under temporary names. A purge removes them, as they may hold what is purged."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from samlad.store import DataFolder

_TEMPORARY = re.compile(r"\..+\.(\d+)\.[0-9a-f]{8}(\.damaged)?")


def remove(folder: DataFolder, target: str) -> list[Path]:
    """Remove the leftovers of writers that are no more, and those that bear the id of what is purged."""
    gone = [path for path in _temporary(folder) if not _is_running(path) or (target and target in path.name)]
    for path in gone:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return gone


def _temporary(folder: DataFolder) -> Iterator[Path]:
    for place in (folder.submissions, folder.snapshots, folder.journal):
        yield from [path for path in place.rglob(".*") if _TEMPORARY.fullmatch(path.name)]


def _is_running(path: Path) -> bool:
    found = _TEMPORARY.fullmatch(path.name)
    try:
        os.kill(int(found[1]) if found else 0, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
