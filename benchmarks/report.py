"""Time of the samlad uppföljning: the whole report in each form, and a version for every nämnd and bolag.

python benchmarks/report.py --data data/example --year 2024

The time of the charts alone stands beside it, drawn once more with nothing kept from before.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from samlad.foundation import store
from samlad.foundation.store import DataFolder
from samlad.report import drawings, report_files
from samlad.report.document import Chart, Report
from samlad.report.draft import Choice, draft, offered
from samlad.report.report_files import Order
from samlad.warehouse import database

Drawing = Callable[[Mapping[str, Any]], object]

DRAWN: dict[str, Drawing | None] = {"docx": drawings.png, "pdf": drawings.svg, "xlsx": None}
"""Drawing of charts in each form."""


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds that some work takes, from the first to the last, with no drawing kept from before."""
    drawings.forget()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def drawn(reports: Sequence[Report], draw: Drawing) -> None:
    """Draw every chart of some reports."""
    for report in reports:
        for _, block in report.blocks():
            if isinstance(block, Chart):
                draw(block.spec)


def line(name: str, whole: float, charts: float) -> str:
    """One measurement: seconds in all, of them charts, and the ratio."""
    ratio = f"{whole / charts:.1f} times its charts alone" if charts else "no charts"
    return f"{name:<34}{whole:8.2f} s   charts {charts:7.2f} s   {ratio}"


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", help="data folder, published")
    asked.add_argument("--year", type=int, default=2024)
    asked.add_argument("--organisations", type=int, default=45)
    told = asked.parse_args()
    folder: DataFolder = store.data_folder(told.data)
    opened = database.open_snapshot(folder)
    city = Choice((told.year,))
    print(f"draft of the city{seconds(lambda: draft(opened, city)):>25.2f} s")
    whole = [draft(opened, city)]
    for ending, draw in DRAWN.items():
        taken = seconds(partial(report_files.make, folder, Order(city), ending))
        print(line(f"the city, {ending}", taken, seconds(partial(drawn, whole, draw)) if draw else 0.0))
    choices = [Choice((told.year,), one) for one in list(offered(opened)[1])[: told.organisations]]
    reports = [draft(opened, choice) for choice in choices]
    taken = seconds(lambda: [report_files.make(folder, Order(choice), "docx") for choice in choices])
    print(line(f"{len(choices)} versions, docx", taken, seconds(lambda: drawn(reports, drawings.png))))


if __name__ == "__main__":
    main()
