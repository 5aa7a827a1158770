"""A dashboard, or the floor under it, on a free port of this machine, started as the README starts it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samlad.foundation.store import DataFolder

ROOT = Path(__file__).resolve().parent.parent
PRODUCT, FLOOR = ROOT / "app.py", ROOT / "benchmarks" / "floor" / "app.py"
STARTS_WITHIN_SECONDS = 60


@dataclass(frozen=True)
class Served:
    """A running server: where it is reached, its process, and the file that tells what each run of a script took."""

    port: int
    pid: int
    runs: Path | None = None

    @property
    def address(self) -> str:
        """Address at which a browser finds the server."""
        return f"http://127.0.0.1:{self.port}"

    def told(self) -> list[dict[str, Any]]:
        """Return the records of the runs written so far; see timed.py."""
        if self.runs is None or not self.runs.exists():
            return []
        return [json.loads(line) for line in self.runs.read_text(encoding="utf-8").splitlines()]

    def memory(self) -> float:
        """Resident memory in MiB."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def processor(self) -> float:
        """Seconds of processor time used so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port of this machine that nobody has."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def serving(app: Path, folder: DataFolder, runs: Path | None = None) -> Iterator[Served]:
    """Start a server and end it, and nothing else, afterwards. With a file for `runs`, each run of a script is timed.

    Raises RuntimeError when it does not start.
    """
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAMLAD_", "STREAMLIT_"))}
    start = ["-m", "streamlit", "run"] if runs is None else [str(ROOT / "benchmarks" / "timed.py"), str(runs)]
    options = [f"--server.port={port}", "--server.headless=true", "--server.address=127.0.0.1"]
    running = subprocess.Popen(
        [sys.executable, *start, str(app), *options],
        cwd=ROOT,
        env={**kept, "SAMLAD_DATA": str(folder.path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", running)
        yield Served(port, running.pid, runs)
    finally:
        running.terminate()
        running.wait(timeout=20)


def wait_for(address: str, running: "subprocess.Popen[bytes]") -> None:
    """Wait until a server answers."""
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < until:
        if running.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"no answer from {address}")
