"""Load of the garbage collector: Streamlit asks for a full collection after every run of a page.

What stays for long (modules, answers kept, what is drawn from them) is therefore put out of its way, first when the
first run has loaded everything, and again when much has come since. Before it is put away all is looked through once,
so what sessions leave behind is not kept.
"""

import atexit
import gc
import threading

LOOK_EVERY = 25
"""Runs between two counts of the objects."""

LOOSE_AT_MOST = 10_000
"""Most objects left to the collector: some 2 milliseconds each time."""

_turn = threading.Lock()
_runs = 0


def settle() -> bool:
    """Count a run, and at times freeze all objects; return True if so."""
    global _runs  # noqa: PLW0603 - one count for the process, as there is one collector
    if not _turn.acquire(blocking=False):
        return False
    try:
        _runs += 1
        if _runs % LOOK_EVERY != 1 or (_runs > 1 and len(gc.get_objects()) <= LOOSE_AT_MOST):
            return False
        if _runs == 1:
            atexit.register(gc.unfreeze)
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        return True
    finally:
        _turn.release()
