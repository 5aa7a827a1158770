"""An attacker who knows the code, reads everything that is public, and has all of a report but one hidden count.

python benchmarks/guesses.py --programmes 20

It guesses the count, makes every fingerprint that the code could make of a report with that guess, and looks for each
in all that is public: names of files, manifest, every text of every Parquet column, and what is kept about columns.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import programmes
from benchmarks.programmes import Row
from samlad.foundation import store
from samlad.foundation.store import DataFolder
from samlad.submissions.organisation_report import INDICATORS, OrganisationReport, activity_rows, indicator_rows
from samlad.submissions.submission_reader import read_all
from samlad.warehouse import editions
from tests import twins

SHORTEST = 12
"""Digits of a fingerprint that are looked for; an id has never had fewer."""


@dataclass
class Guessed:
    """Numbers of hidden counts that were guessed at, and of guesses that something public confirmed."""

    tried: int = 0
    told: int = 0


def public_words(folder: DataFolder) -> set[str]:
    """Every text that a reader can get at: names, manifests, columns, and what Parquet keeps about columns."""
    found: set[str] = set()
    for path in sorted(folder.snapshots.rglob("*")):
        found.add(path.name)
        if path.suffix == ".parquet":
            found |= set(_words_of(path))
        elif path.is_file():
            found |= set(path.read_text(encoding="utf-8").replace('"', " ").replace(",", " ").split())
    return found


def _words_of(path: Path) -> Iterator[str]:
    read = pq.ParquetFile(path)
    for name, values in read.read().to_pydict().items():
        yield name
        for value in values:
            yield from (str(value).split() if value is not None else ())
    for group in range(read.metadata.num_row_groups):
        for at in range(read.metadata.num_columns):
            kept = read.metadata.row_group(group).column(at).statistics
            if kept is not None and kept.has_min_max:
                yield from (*str(kept.min).split(), *str(kept.max).split())


def fingerprints(report: OrganisationReport, submission_id: str, orders: int) -> Iterator[str]:
    """Everything that the code can make of a report: of what it says, of its files, and of its place in the order."""
    content = report.content()
    yield content
    for order in range(orders + 1):
        yield store.sha256(f"{order} {content}".encode())
    for file in report.files(submission_id).values():
        yield store.sha256(file)


def confirmed(folder: DataFolder, threshold: int) -> Guessed:
    """Guess every hidden count of persons in turn, all else of its report known."""
    words = {
        word[at : at + SHORTEST]
        for word in public_words(folder)
        for at in (0, word.rfind("-") + 1, word.rfind("=") + 1)
    }
    edition = editions.read(folder)
    values = edition.table("indicator_values").to_pylist()
    place = ("indicator_id", "organisation_id", "year", "period", "sex")
    hidden = {tuple(row[one] for one in place) for row in values if row["missing_reason"] == ".."}
    received = read_all(folder)
    found, orders = Guessed(), len(received.receipts)
    for receipt in received.receipts:
        own = pc.equal(received.indicators["submission_id"], receipt["submission_id"])
        rows = received.indicators.filter(own).select(list(INDICATORS.names)).to_pylist()
        for row in rows:
            if tuple(row[one] for one in place) in hidden and row["numerator"] is not None:
                found.tried += 1
                guesses = {*range(threshold), row["numerator"]}
                found.told += any(
                    print_[:SHORTEST] in words
                    for guess in sorted(guesses)
                    for print_ in fingerprints(_with(receipt, rows, row, guess), receipt["submission_id"], orders)
                )
    return found


def _with(receipt: dict[str, Any], rows: list[Row], guessed: Row, count: int) -> OrganisationReport:
    made = [{**one, "submission_id": None} | ({"numerator": count} if one is guessed else {}) for one in rows]
    return OrganisationReport(
        receipt["organisation_id"], receipt["year"], receipt["period"], indicator_rows(made), activity_rows()
    )


def main() -> int:
    """Run the attack from the command line; exit 1 when a guess was confirmed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programmes", type=int, default=20)
    chosen = parser.parse_args()
    tried = told = 0
    for seed in range(chosen.programmes):
        case = programmes.random_case(seed, districts=6)
        with tempfile.TemporaryDirectory() as place:
            folder = twins.folder_of(Path(place) / "data", case, case.editions[0].reports)
            twins.published(folder, case.editions[0].threshold)
            found = confirmed(folder, case.editions[0].threshold)
        tried, told = tried + found.tried, told + found.told
    print(f"{chosen.programmes} programmes: {tried} hidden counts guessed at, {told} confirmed by something public")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
