"""The first start as a server sees it: run in a process of its own, and shown to every reader.

Making the example stands in samlad/cli/example_start.py.
"""

import json
import logging
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO

from samlad.foundation import store
from samlad.foundation.errors import SamladError
from samlad.warehouse import database
from samlad.warehouse.missing_example import Progress, is_missing, told_fault

NOT_BEGUN = "Börjar"
LOADING = "Läser in"
STOPPED = (
    "Arbetet med exempeldata avbröts innan det var klart, kanske för att datorns minne tog slut. "
    "Det som hann göras är borttaget. Försök igen."
)

_log = logging.getLogger("samlad")


class Stopped(SamladError):
    """Fault that ended the making of the example, in Swedish."""


class Preparation:
    """One server's first start. Any thread may read `share`, `doing` and `fault`; `begin` starts it once at a time."""

    def __init__(self) -> None:
        self.share = 0.0
        self.doing = NOT_BEGUN
        self.fault: str | None = None
        self._working: threading.Thread | None = None
        self._turn = threading.Lock()

    @property
    def is_working(self) -> bool:
        """Return True while the example is being made."""
        return self._working is not None and self._working.is_alive()

    @property
    def is_needed(self) -> bool:
        """Return True while readers have to wait: the example is missing, or not loaded yet."""
        return self.is_working or is_missing()

    def begin(self) -> None:
        """Begin when the example is missing and nobody has begun; after a fault, only `again` does."""
        with self._turn:
            if self.fault is None and not self.is_working and is_missing():
                self._begin()

    def again(self) -> None:
        """Begin anew after a fault."""
        with self._turn:
            if not self.is_working:
                self._begin()

    def wait(self) -> None:
        """Wait until the making has ended."""
        if self._working is not None:
            self._working.join()

    def _begin(self) -> None:
        self.share, self.doing, self.fault = 0.0, NOT_BEGUN, None
        self._working = threading.Thread(target=self._work, name="first start", daemon=True)
        self._working.start()

    def _work(self) -> None:
        try:
            make_apart(self._tell)
            self._tell(1.0, LOADING)
            with suppress(SamladError, OSError):
                database.open_snapshot(store.data_folder()).prepare()
        except Stopped as fault:
            self.fault = str(fault)
        except Exception as fault:
            _log.exception("The first start failed")
            self.fault = told_fault(fault)

    def _tell(self, share: float, doing: str) -> None:
        self.share, self.doing = share, doing


def make_apart(progress: Progress) -> None:
    """Make the example in a process that ends with this one. Raises Stopped when it fails."""
    with subprocess.Popen(
        [sys.executable, "-m", "samlad.cli.example_start"],
        cwd=store.REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as maker:
        assert maker.stdout
        _follow(maker.stdout, progress)
    if maker.returncode:
        _log.error("The first start ended with %s", maker.returncode)
        raise Stopped(STOPPED)


def _follow(output: IO[str], progress: Progress) -> None:
    for line in output:
        message = json.loads(line)
        if "fault" in message:
            raise Stopped(message["fault"])
        progress(message["share"], message["doing"])


ours = Preparation()
"""Return the first start of this process."""
