"""Kills over all that writes: submit, publish, journal, purge and remove-edition, two writers at once on one folder.

python benchmarks/kills.py --kills 10000

Writers are forked from a warm process, so a kill costs little more than the work before it. Every other one is killed
at a random moment, the others at a random change of the disk, so that short steps are met as often as long ones. Each
says beforehand what it is about to do, and afterwards what is done. After every few kills the folder is looked through:
each receipt and record that was told is there, each text whose purge was begun is nowhere or untouched, each edition
that was removed is gone, readers get an edition that is whole, a copy taken while two write opens, and `verify` names
nothing but submissions that never got a receipt. The exit code is 1 when anything was lost, half or left.
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
from typing import Any

import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.publish import publishing, purges, verification
from samlad.submissions import submission_reader, submission_writer, withdrawals
from samlad.submissions.organisation_report import OrganisationReport, activity_rows, indicator_rows
from samlad.warehouse import database, editions
from tests.editions import Made, reported, units

AT = datetime(2025, 3, 1, 12, tzinfo=UTC)
WORD = re.compile(r"text\d+x\d+")
KILLS_A_FOLDER = 40
LOOK_EVERY = 8
LONGEST_LIFE_SECONDS = 3.0
MOST_CHANGES = 1_000
LONGEST_WAIT_SECONDS = 30.0

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


def die_after(changes: int) -> None:
    """Let this process be killed in place of its next change of the disk after so many."""
    left = changes

    def counted(change: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return change(*given, **named)

        return run

    for name in ("fsync", "link", "mkdir", "open", "rename", "replace", "rmdir", "unlink"):
        setattr(os, name, counted(getattr(os, name)))


def writer(folder: DataFolder, seed: int, changes: int | None) -> Work:
    """Do one thing after the other, at random, until killed, by itself after so many changes if they are given."""

    def work(say: Callable[[str], None]) -> None:
        chance = random.Random(seed)
        number = 0
        if changes is not None:
            die_after(changes)
        while True:
            number += 1
            word = f"text{seed}x{number}"
            with suppress(SamladError):  # another writer has purged or retired the same, or a thing does not exist
                one_thing(folder, chance.choices("sjpgr", (3, 3, 3, 3, 3))[0], word, chance, say)

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
            say(f"publishing {word}")
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
            listed = [one for one in editions.on_disk(folder) if one.state != "current"]
            if not listed:
                say(f"publishing {word}")
                publishing.publish(folder, threshold=chance.randrange(6, 99))
                return
            chosen = chance.choice(listed)
            if chosen.state == "stands":
                editions.retire(folder, chosen.snapshot_id)
            say(f"removing {chosen.snapshot_id}")
            purges.remove_edition(folder, chosen.snapshot_id, decision="D 2", by="Bo", at=AT)
            say(f"removed {chosen.snapshot_id}")


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
        removed = {line[1] for line in lines if line[0] == "removed"}
        for snapshot_id in removed - {line[1] for line in lines if line[0] == "published"}:
            if (folder.snapshots / snapshot_id).exists() or editions.ledger_path(folder, snapshot_id).exists():
                say(f"{snapshot_id} was removed and is there")
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


def end(child: int, life: float) -> None:
    """Wait for a process to end by itself, and kill it when its life is over."""
    last = time.monotonic() + life
    while time.monotonic() < last:
        if os.waitpid(child, os.WNOHANG)[0]:
            return
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def killed(kills: int, seed: int, minutes: float) -> tuple[int, Counter[str], list[str]]:
    """Kill writers until so many have been; return writers killed, things told as done, and faults."""
    chance = random.Random(seed)
    count, things, faults = 0, Counter[str](), list[str]()
    last = time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory(prefix="kills-") as name:
        base = DataFolder(Path(name) / "base")

        def make(_say: Callable[[str], None]) -> None:
            for threshold in (6, 7, 8, 5):
                made = reported(base.path) if threshold == 6 else Made(base.path)
                made.publish(threshold=threshold)

        if done(make, Path(name) / "made"):
            raise SystemExit("The folder to begin with could not be made.")
        while count < kills and time.monotonic() < last:
            folder = DataFolder(Path(name) / f"folder-{count}")
            shutil.copytree(base.path, folder.path)
            told, found, copy = (Path(name) / f"{word}-{count}" for word in ("told", "found", "copy"))
            for kill in range(0, min(KILLS_A_FOLDER, kills - count), 2):
                changes = [round(MOST_CHANGES ** chance.random()) if chance.random() < 0.5 else None for _ in (0, 1)]
                if time.monotonic() > last:
                    break
                writers = [forked(writer(folder, count + 1 + at, changes[at]), told) for at in (0, 1)]
                if kill % LOOK_EVERY == 0:
                    copied(folder, copy)
                for one, most in zip(writers, changes, strict=True):
                    life = chance.uniform(0, LONGEST_LIFE_SECONDS) if most is None else LONGEST_WAIT_SECONDS
                    end(one, life)
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


def stated(kills: int, seed: int, minutes: float) -> list[str]:
    """Kill so many, or as many as the time allows, state what was seen, and return the faults."""
    count, things, faults = killed(kills, seed, minutes)
    said = ", ".join(f"{number} {word}" for word, number in sorted(things.items()))
    print(f"{count} writers killed; told: {said}; {len(faults)} lost, half or left", flush=True)
    return faults


def main() -> None:
    """Kill, and state what was seen."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--minutes", type=float, default=float("inf"), help="stop by then, with the kills done so far")
    given = asked.parse_args()
    faults = stated(given.kills, given.seed, given.minutes)
    for fault in faults:
        print(fault)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
