"""What the first reader would wait for, loaded while the server starts: modules of pages, the current snapshot."""

import importlib
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from samlad.foundation import leftovers, store
from samlad.foundation.errors import SamladError
from samlad.server import first_start
from samlad.warehouse import database

MODULES = (
    "altair",
    "samlad.views.overview.programme_progress",
    "samlad.views.common.frame",
    "samlad.views.common.remembered",
)
"""What takes long to load, or is on the page that opens first."""

_log = logging.getLogger("samlad")


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """What a server does from its start: make the example if it is missing, load what its first reader needs."""
    first_start.ours.begin()
    begin()
    yield


def begin() -> threading.Thread:
    """Start loading in the background. What goes wrong is left for the page to tell."""
    warming = threading.Thread(target=_warm, name="warming", daemon=True)
    warming.start()
    return warming


def _warm() -> None:
    folder = store.data_folder()
    leftovers.remove(folder)
    if warning := store.openness_told(folder):
        _log.warning(warning)
    for name in MODULES:
        importlib.import_module(name)
    with suppress(SamladError, OSError):
        database.open_snapshot(folder).prepare()
