"""Everything that is measured of speed, in one run and one table, with the limits as ratios.

python benchmarks/performance.py [--data FOLDER] [--write docs/performance.md [--charts]] [--parts pages sessions …]

With no data folder it takes the example, and makes it first when it is not there. With --write the table takes the
place of the one in that file, and the verdicts are held against those that stood there: two runs of one commit agree.
With --charts the growth is drawn beside it too, in the same run. Exits 1 when a limit does not hold.
"""

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import asking, browser, engines, measuring, pages, publishing, sessions
from benchmarks.measuring import Figure
from samlad.cli import example_start
from samlad.foundation import store
from samlad.foundation.store import DataFolder

PARTS: Mapping[str, Callable[[DataFolder], list[Figure]]] = {
    "pages": pages.measure,
    "asking": asking.summary,
    "sessions": sessions.measure,
    "browser": browser.measure,
    "engines": engines.measure,
    "publishing": publishing.measure,
}
CHARTS: Mapping[str, Callable[[DataFolder, Path], list[Figure]]] = {
    "sessions": lambda folder, to: sessions.measure(folder, chart=to / "performance-sessions.svg"),
    "engines": lambda folder, to: engines.measure(folder, chart=to / "performance-rows.svg"),
}
"""The parts that also draw how time grows, given where."""

TABLE = re.compile(r"(<!-- measured -->\n).*?(\n<!-- /measured -->)", re.DOTALL)


def report(figures: list[Figure]) -> str:
    """The day, the machine and the table."""
    return f"Measured {datetime.now(UTC).date().isoformat()} on {measuring.machine()}.\n\n{measuring.table(figures)}"


def data_folder(path: str | None) -> DataFolder:
    """The folder to measure on; the example, made first when it is not there, unless another is named."""
    if path:
        return store.data_folder(path)
    return example_start.ensure_data(lambda share, doing: print(f"{doing} … {share:.0%}", file=sys.stderr))


def main() -> int:
    """Measure, print, write, and say in the exit code whether every limit holds."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", help="data folder, published")
    asked.add_argument("--write", type=Path, help="a Markdown file with a place for the table")
    asked.add_argument("--charts", nargs="*", choices=CHARTS, help="draw growth beside that file: of all, or of these")
    asked.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    told = asked.parse_args()
    if told.charts is not None and not told.write:
        asked.error("--charts are drawn beside the file that --write names")
    charts = () if told.charts is None else told.charts or tuple(CHARTS)
    folder = data_folder(told.data)
    figures: list[Figure] = []
    for part in told.parts:
        print(f"{part} …", file=sys.stderr)
        figures += CHARTS[part](folder, told.write.parent) if part in charts else PARTS[part](folder)
    found = report(figures)
    print(found)
    if told.write:
        written = told.write.read_text(encoding="utf-8")
        print(f"\n{measuring.agreement(written, found)}")
        told.write.write_text(TABLE.sub(lambda place: place[1] + found + place[2], written), encoding="utf-8")
    return int(any(figure.holds is False for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
