"""Kills over all that writes: submit, publish, journal, purge and remove-edition, two writers at once on one folder.

python benchmarks/kills.py --kills 10000

Writers are forked from a warm process, so a kill costs little more than the work before it. Each says beforehand what
it is about to purge, and afterwards what is done. After every few kills the folder is looked through: each receipt and
record that was told is there, each text whose purge was begun is nowhere or untouched, readers get an edition that is
whole, a copy taken while two write opens, and `verify` names nothing but submissions that never got a receipt. The
exit code is 1 when anything was lost, half or left.
"""

import argparse
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq

from samlad.submissions import submission_reader, submission_writer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.publish import publishing, purges, verification
from samlad.submissions import withdrawals
from samlad.submissions.organisation_report import OrganisationReport, activity_rows, indicator_rows
from samlad.warehouse import database, editions
from tests.editions import reported, units

AT = datetime(2025, 3, 1, 12, tzinfo=UTC)
WORD = re.compile(r"text\d+x\d+")
KILLS_A_FOLDER = 40
LOOK_EVERY = 8
LONGEST_LIFE_SECONDS = 2.0

Work = Callable[[Callable[[str], None]], None]


def forked(work: Work, out: Path) -> int:
    """Start a process that appends what it says to a file, line by line; return its id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        line = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        work(lambda words: (os.write(line, f"{words}\n".encode()), None)[1])
        code = 0
    except Exception as fault:
        os.write(2, f"{type(fault).__name__}: {fault}\n".encode())
    finally:
        os._exit(code)


def done(work: Work, out: Path) -> int:
    """Run some work in a process of its own to its end; return its exit code."""
    return os.waitstatus_to_exitcode(os.waitpid(forked(work, out), 0)[1])


def writer(folder: DataFolder, seed: int) -> Work:
    """Do one thing after the other, at random, until killed."""

    def work(say: Callable[[str], None]) -> None:
        chance = random.Random(seed)
        number = 0
        while True:
            number += 1
            word = f"text{seed}x{number}"
            with suppress(SamladError):  # another writer has purged or retired the same, or a thing does not exist
                one_thing(folder, chance.choices("sjpgr", (4, 4, 2, 3, 1))[0], word, chance, say)

    return work


def one_thing(folder: DataFolder, what: str, word: str, chance: random.Random, say: Callable[[str], None]) -> None:
    """Submit, write in the journal, publish, purge, or remove an edition."""
    match what:
        case "s":
            row = {"indicator_id": "I", "organisation_id": "BR", "year": 2025, "period": "VB", "sex": "total"}
            rows = indicator_rows([{**row, "origin": "own", **units(4), "comment": word}])
            report = OrganisationReport("BR", 2025, "VB", rows, activity_rows([]), f"{word}.csv", word.encode())
            receipt = submission_writer.submit(report, by="Kim", at=AT, folder=folder, findings=())
            say(f"kept {receipt.submission_id} {word}")
        case "j":
            said = {"organisation_id": "BR", "goal_id": "M1", "year": 2024, "period": "VB", "fulfilled": "fully"}
            content = {**said, "text": f"{word} stod här", "origin": "own"}
            record = records.append(folder, kind="assessment", by="Kim", at=AT, content=content)
            say(f"kept {record.record_id} {word}")
        case "p":
            say(f"published {publishing.publish(folder)}")
        case "g":
            entries = [one.record_id for one in records.read(folder, "assessment")]
            handed_in = [one["submission_id"] for one in submission_reader.read_all(folder).receipts]
            target = chance.choice([*entries, *handed_in])
            say(f"purging {target}")
            with suppress(SamladError):
                withdrawals.withdraw(folder, target, by="Kim", reason="fel", at=AT)
            purges.purge(folder, target, decision="D 1", by="Bo", reason="namn", at=AT)
            say(f"purged {target}")
        case _:
            retired = editions.retire(folder, chance.choice(editions.editions(folder)))
            purges.remove_edition(folder, retired, decision="D 2", by="Bo", at=AT)
            say(f"removed {retired}")


def say_left(folder: DataFolder, gone: set[str], say: Callable[[str], None]) -> None:
    """Say where a purged word is: in a file's bytes, or in a table, of an edition that has been retired too."""
    for path in folder.path.rglob("*"):
        if path.is_file():
            is_table = path.suffix == ".parquet" and not path.parent.name.startswith(".")
            words = (
                str(pq.read_table(path, partitioning=None).to_pylist())
                if is_table
                else path.read_bytes().decode("utf-8", "replace")
            )
            for word in gone & set(WORD.findall(words)):
                say(f"{word} was purged and is in {path.relative_to(folder.path)}")


def restore(restored: DataFolder) -> None:
    """Open a copy that was taken while somebody wrote in it; raise if it does not open."""
    database.Warehouse(editions.read(restored))
    current = editions.current_id(restored) or ""
    if not editions.ledger_path(restored, current).is_file() and len(editions.editions(restored)) > 1:
        editions.retire(restored, current)
    submission_reader.read_all(restored)


def look(folder: DataFolder, told: Path, copy: Path) -> Work:
    """Complete what was begun, and say each fault: lost, half, or left."""

    def work(say: Callable[[str], None]) -> None:
        lines = [line.split() for line in told.read_text().splitlines()] if told.is_file() else []
        purges.finish(folder)
        touched = {line[1] for line in lines if line[0] in ("purging", "purged")}
        there = {one["submission_id"] for one in submission_reader.read_all(folder).receipts}
        there |= {record.record_id for record in records.read(folder)}
        for line in lines:
            if line[0] == "kept" and line[1] not in there | touched:
                say(f"lost {line[1]}")
        gone = {line[2] for line in lines if line[0] == "kept" and line[1] in touched - there}
        opened = database.Warehouse(editions.read(folder))
        if not opened.query("goals").num_rows:
            say("the edition shown is empty")
        say_left(folder, gone, say)
        for defect in verification.verify(folder):
            if "kvitto" not in defect.happened:
                say(f"verify: {defect.text()}")
        if copy.is_dir():
            restore(DataFolder(copy))

    return work


def copied(folder: DataFolder, copy: Path) -> None:
    """Copy a folder while it is written in, as a plain copy does: what vanishes on the way is not in it."""
    shutil.rmtree(copy, ignore_errors=True)
    with suppress(shutil.Error, OSError):
        shutil.copytree(folder.path, copy)


def killed(kills: int, seed: int) -> tuple[int, Counter[str], list[str]]:
    """Kill writers until so many have been; return writers killed, things told as done, and faults."""
    chance = random.Random(seed)
    count, things, faults = 0, Counter[str](), list[str]()
    with tempfile.TemporaryDirectory(prefix="kills-") as name:
        base = DataFolder(Path(name) / "base")

        def make(_say: Callable[[str], None]) -> None:
            reported(base.path).publish()

        if done(make, Path(name) / "made"):
            raise SystemExit("The folder to begin with could not be made.")
        while count < kills:
            folder = DataFolder(Path(name) / f"folder-{count}")
            shutil.copytree(base.path, folder.path)
            told, found, copy = (Path(name) / f"{word}-{count}" for word in ("told", "found", "copy"))
            for kill in range(0, min(KILLS_A_FOLDER, kills - count), 2):
                writers = [forked(writer(folder, count + 1 + at), told) for at in (0, 1)]
                if kill % LOOK_EVERY == 0:
                    copied(folder, copy)
                for one in writers:
                    time.sleep(chance.uniform(0, LONGEST_LIFE_SECONDS))
                    os.kill(one, signal.SIGKILL)
                    os.waitpid(one, 0)
                count += 2
                if kill % LOOK_EVERY == 0 and done(look(folder, told, copy), found):
                    faults.append(f"the folder could not be looked through after {count} kills")
            if done(look(folder, told, copy), found):
                faults.append(f"the folder could not be looked through after {count} kills")
            things.update(line.split()[0] for line in (told.read_text().splitlines() if told.is_file() else ()))
            faults += found.read_text().splitlines() if found.is_file() else []
            shutil.rmtree(folder.path)
            shutil.rmtree(copy, ignore_errors=True)
    return count, things, faults


def main() -> None:
    """Kill, and state what was seen."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--seed", type=int, default=7)
    given = asked.parse_args()
    count, things, faults = killed(given.kills, given.seed)
    said = ", ".join(f"{number} {word}" for word, number in sorted(things.items()))
    print(f"{count} writers killed; told: {said}; {len(faults)} lost, half or left")
    for fault in faults:
        print(fault)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
