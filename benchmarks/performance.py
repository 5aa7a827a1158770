"""Everything that is measured of speed, in one run and one table, with the limits as ratios.

python benchmarks/performance.py --data data/example [--write docs/performance.md] [--parts pages sessions …]

With --write the table takes the place of the one in that file. Exits 1 when a limit does not hold.
"""

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import browser, engines, measuring, pages, publishing, sessions
from benchmarks.measuring import Figure
from samlad import store
from samlad.store import DataFolder

PARTS: Mapping[str, Callable[[DataFolder], list[Figure]]] = {
    "pages": pages.measure,
    "sessions": sessions.measure,
    "browser": browser.measure,
    "engines": engines.measure,
    "publishing": publishing.measure,
}
TABLE = re.compile(r"(<!-- measured -->\n).*?(\n<!-- /measured -->)", re.DOTALL)


def report(figures: list[Figure]) -> str:
    """The day, the machine and the table."""
    return f"Measured {datetime.now(UTC).date().isoformat()} on {measuring.machine()}.\n\n{measuring.table(figures)}"


def main() -> int:
    """Measure, print, write, and say in the exit code whether every limit holds."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", help="data folder, published")
    asked.add_argument("--write", type=Path, help="a Markdown file with a place for the table")
    asked.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    told = asked.parse_args()
    folder = store.data_folder(told.data)
    figures = [figure for part in told.parts for figure in PARTS[part](folder)]
    print(report(figures))
    if told.write:
        written = told.write.read_text(encoding="utf-8")
        told.write.write_text(TABLE.sub(lambda place: place[1] + report(figures) + place[2], written), encoding="utf-8")
    return int(any(figure.holds is False for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
