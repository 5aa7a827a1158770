"""Time from the README's first command to a page with data, in a fresh copy of the repository.

python benchmarks/first_start.py --rounds 3
python benchmarks/first_start.py --rounds 1 --install     the environment made and filled by pip too

Seconds from the start of the command: until the server answers, until a reader who comes then is told how far it is,
and until that reader has the page with its data. A real browser looks.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, sync_playwright

from benchmarks import measuring
from benchmarks.browser import CHROMIUM, FLAGS
from benchmarks.measuring import Figure
from benchmarks.serving import free_port, wait_for
from samlad.foundation import store

LIMIT_SECONDS = 60
PATIENCE_MS = 300_000
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".example*", ".hypothesis")
STEPS = ("packages installed", "the server answers", "a reader is told how far it is", "a page with data")


def first_start(browser: Browser, root: Path, python: Path | None) -> dict[str, float]:
    """Start a copy and look; without a `python`, make its environment first. Return seconds by step."""
    begun, taken = time.perf_counter(), {}
    if python is None:
        python = root / ".venv" / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", root / ".venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", "requirements.txt"], check=True, cwd=root)
        taken[STEPS[0]] = time.perf_counter() - begun
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAMLAD_", "STREAMLIT_"))}
    running = subprocess.Popen(
        [python, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"],
        cwd=root,
        env=kept,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", running)
        taken[STEPS[1]] = time.perf_counter() - begun
        page = browser.new_page(locale="sv-SE")
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"http://127.0.0.1:{port}/")
        page.locator("[role=progressbar], [role=alert]").first.wait_for()
        taken[STEPS[2]] = time.perf_counter() - begun
        page.locator("table, [role=alert]").first.wait_for()
        if page.get_by_role("alert").count():
            raise RuntimeError(page.get_by_role("alert").first.inner_text())
        taken[STEPS[3]] = time.perf_counter() - begun
        page.close()
    finally:
        running.terminate()
        running.wait(timeout=60)
    return taken


def measure(rounds: int, *, is_installed: bool = True) -> list[Figure]:
    """Return the median of each step over some rounds, each in a copy of its own."""
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for _ in range(rounds):
            with tempfile.TemporaryDirectory(prefix="first-start-") as place:
                root = Path(place) / "samlad"
                shutil.copytree(store.REPOSITORY, root, ignore=NOT_COPIED)
                shutil.rmtree(root / "data" / "example", ignore_errors=True)
                rows.append(first_start(browser, root, Path(sys.executable) if is_installed else None))
        browser.close()
    part = f"first start, median of {rounds}"
    return [
        Figure(
            part,
            step,
            measuring.median([row[step] for row in rows]),
            "s",
            limit=LIMIT_SECONDS if step == STEPS[3] and is_installed else None,
        )
        for step in STEPS
        if step in rows[0]
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and say in the exit code whether the limit holds."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--install", action="store_true", help="make the environment with pip first, as the README does")
    told = asked.parse_args(arguments)
    figures = measure(told.rounds, is_installed=not told.install)
    print(f"Machine: {measuring.machine()}; load {os.getloadavg()[0]:.1f}.\n")
    print(measuring.table(figures))
    return int(any(one.holds is False for one in figures))


if __name__ == "__main__":
    sys.exit(main())
