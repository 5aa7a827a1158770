"""Cost of checking forty workbooks in one go, beside reading alone.

python benchmarks/intake.py --workbooks 40 --rows 200

The workbooks are of one organisation each, with as many rows as asked for, against the example's catalogue and its
history. Reading alone is the cells as the library gives them; reading is ours, into reports; checking is every rule
once over all of them. The median of the runs is stated for each.
"""

import argparse
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import python_calamine
import xlsxwriter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from samlad.catalogue import programme
from samlad.catalogue.programme import Programme
from samlad.cli import example
from samlad.foundation import store
from samlad.foundation.store import DataFolder
from samlad.submissions import submission_reader
from samlad.submissions.intake import batch, checks, reader

HEADINGS = ["Nämnd", "År", "Period", "Indikator-id", "Kön", "Antal", "Av totalt", "Kommentar"]


def workbook(catalogue: Programme, organisation_id: str, rows: int) -> bytes:
    """A sheet of so many rows: the same few indicators again for other years, periods and sexes."""
    shares = [row["indicator_id"] for row in catalogue.tables["indicators"].to_pylist() if row["measure"] == "share"]
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Svar")
        sheet.write_row(0, 0, HEADINGS)
        for number in range(rows):
            sex = ("Totalt", "Kvinnor", "Män")[number % 3]
            identity = shares[number // 3 % len(shares)]
            year = 2025 - number // (3 * len(shares)) % 5
            cells = [organisation_id, year, "VB", identity, sex, number % 20, 40, "Enligt plan, klart i mars."]
            sheet.write_row(number + 1, 0, cells)
    return file.getvalue()


def seconds(work: Callable[[], object], runs: int) -> float:
    """The median time of some runs."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def alone(files: list[tuple[str, bytes]]) -> None:
    """Read every cell with the library alone."""
    for _, content in files:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def main() -> None:
    """Make the files, time the three, and state the result."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--workbooks", type=int, default=40)
    asked.add_argument("--rows", type=int, default=200)
    asked.add_argument("--runs", type=int, default=5)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="intake-") as name:
        target = Path(name) / "example"
        example.make_example(target, store.repository_folder().path)
        folder = DataFolder(target)
        catalogue = programme.read_programme(folder.programme)
        whom = [
            row["organisation_id"] for row in catalogue.tables["organisations"].to_pylist() if row["valid_to"] is None
        ]
        files = [(f"{at}.xlsx", workbook(catalogue, whom[at % len(whom)], given.rows)) for at in range(given.workbooks)]
        reports = [report for file, content in files for report in reader.read(file, content, catalogue).reports]
        history = submission_reader.read_all(folder)
        read_alone = seconds(lambda: alone(files), given.runs)
        read = seconds(lambda: [reader.read(file, content, catalogue) for file, content in files], given.runs)
        checked = seconds(lambda: checks.check(reports, folder, catalogue, history), given.runs)
        whole = seconds(lambda: batch.examine(files, folder, catalogue), given.runs)
    rows = sum(report.indicators.num_rows for report in reports)
    print(f"{len(files)} workbooks, {rows} rows, {len(reports)} reports, {len(checks.rules(checks.RULES))} rules")
    for what, took in (
        ("reading alone, the library's cells", read_alone),
        ("reading into reports", read),
        ("checking all in one go", checked),
        ("read, history and checks together", whole),
    ):
        print(f"{what:38} {1000 * took / len(files):8.2f} ms a workbook, {took / read_alone:6.1f} times reading alone")


if __name__ == "__main__":
    main()
