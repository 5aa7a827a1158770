"""Survival of killed writers' work: SIGKILL over submit, publish, journal, purge and remove-edition.

python benchmarks/faults.py --kills 10000

A fifth of the kills are of submitters, four at once; the others are of all that writes, two at once, as
`benchmarks/kills.py` tells. Each round of submitters starts four on one data folder, two of them for the same
organisation, and kills them all at a random moment of their work; a killed writer leaves what it has printed.
Afterwards every receipt that was printed must be there with files that are what it says, and nothing without a receipt
may be seen. Then the same with a file size limit in place of the kill, as a disk that is full: what is refused must
leave nothing behind that is seen. The result is stated; the exit code is 1 when anything was lost or half.
"""

import argparse
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import kills as all_writers
from samlad.foundation import store
from samlad.foundation.store import DataFolder
from samlad.submissions import organisation_report, submission_reader, submission_writer
from samlad.submissions.organisation_report import OrganisationReport

WRITERS = ("SDN-BR", "SDN-BR", "SDN-FA", "SDN-JA")


def report(organisation_id: str, number: int) -> OrganisationReport:
    """A report of one figure and one status, with a file of a size that differs."""
    row = {"organisation_id": organisation_id, "year": 2024, "period": "VB", "origin": "own"}
    return OrganisationReport(
        organisation_id,
        2024,
        "VB",
        organisation_report.indicator_rows([{**row, "indicator_id": "I1", "sex": "total", "numerator": number}]),
        organisation_report.activity_rows([{**row, "activity_id": "A1", "status": "done"}]),
        original_name=f"{number}.xlsx",
        original=f"{organisation_id} {number}".encode() * (1 + number % 5000),
    )


def write(folder: DataFolder, organisation_id: str, start: int, largest_file: int | None) -> None:
    """Hand in report after report and print each receipt's id; a file that does not fit is told as refused."""
    if largest_file is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    print("ready", flush=True)
    for number in range(start, start + (30 if largest_file is not None else 1_000_000)):
        given = report(organisation_id, number)
        try:
            receipt = submission_writer.submit(given, by="Kim", at=datetime.now(UTC), folder=folder, findings=())
        except OSError:
            print("refused", flush=True)
        else:
            print(receipt.submission_id, flush=True)


def started(folder: DataFolder, start: int, largest_file: int | None = None) -> list[subprocess.Popen[str]]:
    """Four writers that are ready to write."""
    writers = []
    for at, whom in enumerate(WRITERS):
        words = [sys.executable, __file__, "--write", str(folder.path), whom, str(start + at * 100_000)]
        words += [] if largest_file is None else ["--largest-file", str(largest_file)]
        writers.append(subprocess.Popen(words, stdout=subprocess.PIPE, text=True))
    for writer in writers:
        assert writer.stdout and writer.stdout.readline() == "ready\n"
    return writers


def printed(writers: list[subprocess.Popen[str]]) -> list[str]:
    """Return the lines of ended writers: receipts, and "refused". A line cut off by the kill does not count."""
    said = []
    for writer in writers:
        assert writer.stdout
        said += [line.strip() for line in writer.stdout if line.endswith("\n")]
        writer.wait()
    return said


def faults(folder: DataFolder, receipts: set[str]) -> list[str]:
    """Return the parts of the folder that are lost, changed or half, given the receipts that were printed."""
    read = submission_reader.read_all(folder)
    there = {receipt["submission_id"]: receipt for receipt in read.receipts}
    found = [f"receipt {one} was printed and is not there" for one in receipts - there.keys()]
    for part in (read.indicators, read.activities):
        ids = part["submission_id"].to_pylist()
        if set(ids) != set(there):
            found.append("rows and receipts are not of the same submissions")
    sequences = [receipt["sequence"] for receipt in read.receipts]
    if len(set(sequences)) < len(sequences):
        found.append("two submissions have one number")
    for path in folder.submissions.glob("year=*/period=*/*/*-*"):
        receipt = there.get(path.name.partition("-")[2])
        if receipt is None:
            continue
        kept = {str(file.relative_to(path)): file for file in path.rglob("*") if file.is_file()}
        for name, digest in receipt["files"].items():
            if name not in kept or store.sha256(kept[name].read_bytes()) != digest:
                found.append(f"{name} of {path.name} is not what its receipt says")
    return found


def killed(kills: int, seed: int) -> tuple[int, int, list[str]]:
    """Kill writers until so many have been; return writers killed, receipts printed and faults."""
    chance = random.Random(seed)
    receipts: set[str] = set()
    wrong: list[str] = []
    done = 0
    while done < kills:
        with tempfile.TemporaryDirectory(prefix="faults-") as name:
            folder = DataFolder(Path(name))
            of_folder: set[str] = set()
            for start in range(0, 5):
                writers = started(folder, 1_000_000 * start)
                for writer in writers:
                    time.sleep(chance.uniform(0, 0.5))
                    writer.send_signal(signal.SIGKILL)
                of_folder |= set(printed(writers))
                done += len(writers)
                if done >= kills:
                    break
            wrong += faults(folder, of_folder)
            receipts |= of_folder
    return done, len(receipts), wrong


def filled_disk() -> tuple[int, int, list[str]]:
    """Let writers meet files that do not fit; return refusals, receipts printed and faults."""
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        folder = DataFolder(Path(name))
        said = printed(started(folder, 4_990, largest_file=20_000))
        receipts = {line for line in said if line != "refused"}
        wrong = faults(folder, receipts)
        if len(submission_reader.read_all(folder).receipts) != len(receipts):
            wrong.append("something that was refused is seen")
        return said.count("refused"), len(receipts), wrong


def main() -> None:
    """Run both, and state what was seen."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--minutes", type=float, default=float("inf"), help="for all that writes: stop by then")
    asked.add_argument("--write", nargs=3, help=argparse.SUPPRESS)
    asked.add_argument("--largest-file", type=int, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.write:
        path, whom, start = given.write
        write(DataFolder(Path(path)), whom, int(start), given.largest_file)
        return
    kills, receipts, wrong = killed(given.kills // 5, given.seed)
    print(f"{kills} submitters killed, {receipts} receipts printed, {len(wrong)} lost, changed or half", flush=True)
    wrong += all_writers.stated(given.kills - kills, given.seed, given.minutes)
    refused, kept, not_refused = filled_disk()
    print(f"{refused} refused for want of room, {kept} receipts printed, {len(not_refused)} lost, changed or half")
    for fault in [*wrong, *not_refused]:
        print(fault)
    sys.exit(bool(wrong or not_refused))


if __name__ == "__main__":
    main()
