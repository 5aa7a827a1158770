"""Warming: modules of pages and the current snapshot, loaded while the server starts."""

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
"""Modules that take long to load, or that the first page needs."""

_log = logging.getLogger("samlad")


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Make the example if it is missing, and load what the first reader needs."""
    first_start.ours.begin()
    begin()
    yield


def begin() -> threading.Thread:
    """Start loading in the background; the page reports any fault."""
    warming = threading.Thread(target=_warm, name="warming", daemon=True)
    warming.start()
    return warming


def _warm() -> None:
    folder = store.data_folder()
    leftovers.remove(folder)
    if warning := store.openness_warning(folder):
        _log.warning(warning)
    for name in MODULES:
        importlib.import_module(name)
    with suppress(SamladError, OSError):
        database.open_snapshot(folder).prepare()
