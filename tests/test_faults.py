"""Faults of the disk and of time: a full disk, a folder closed for writing, many at once, a copy taken on the way."""

import builtins
import errno
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from samlad.cli import commands
from samlad.foundation import leftovers, store
from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.publish import publishing, purges, verification
from samlad.report import delivered_reports
from samlad.report.draft import Choice
from samlad.report.report_files import Order
from samlad.submissions import submission_reader, submission_writer, withdrawals
from samlad.submissions.organisation_report import OrganisationReport, activity_rows, indicator_rows
from samlad.warehouse import database, editions
from tests.editions import Made, reported, units

pytestmark = pytest.mark.long

AT = datetime(2025, 3, 1, 12, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent
DECISION: dict[str, Any] = {"decision": "SOC 1", "by": "Bo", "at": AT}


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A folder with two editions and one retired, a withdrawn report, and a judgement that the edition shown holds."""
    made = reported(tmp_path_factory.mktemp("ready") / "data")
    oldest = made.publish()
    made.hand_in("FA", 2025, units(7))
    made.publish()
    receipt = made.hand_in("BR", 2025, units(5))
    made.judge("BR", "fully", "Ordning finns i nämnden")
    made.publish()
    withdrawals.withdraw(made.folder, receipt.submission_id, by="Kim", reason="fel", at=AT)
    editions.retire(made.folder, oldest.snapshot_id)
    return made


def one_report() -> OrganisationReport:
    row = {"organisation_id": "JA", "year": 2025, "period": "VB", "sex": "total", "origin": "own", **units(8)}
    return OrganisationReport(
        "JA", 2025, "VB", indicator_rows([row]), activity_rows([]), "JA.xlsx", b"as it came" * 100
    )


def hand_in(folder: DataFolder) -> None:
    submission_writer.submit(one_report(), by="Kim", at=AT, folder=folder, findings=())


def withdraw(folder: DataFolder) -> None:
    standing = submission_reader.read_all(folder)
    first = next(one["submission_id"] for one in standing.receipts if one["submission_id"] not in standing.withdrawn)
    withdrawals.withdraw(folder, first, by="Kim", reason="fel", at=AT)


def write_in_the_journal(folder: DataFolder) -> None:
    records.append(folder, kind="asked", by="Kim", at=AT, content={"text": "en fråga"})


def publish_anew(folder: DataFolder) -> None:
    publishing.publish(folder, threshold=6)


def purge_a_report(folder: DataFolder) -> None:
    (withdrawn,) = (folder.submissions / "withdrawn").glob("*.json")
    purges.purge(folder, withdrawn.stem, reason="namn", **DECISION)


def purge_a_text(folder: DataFolder) -> None:
    (record,) = records.read(folder, "assessment")
    purges.purge(folder, record.record_id, reason="namn", **DECISION)


def remove_an_edition(folder: DataFolder) -> None:
    (retired,) = (one.snapshot_id for one in editions.on_disk(folder) if one.state == "retired")
    purges.remove_edition(folder, retired, **DECISION)


def retire(folder: DataFolder) -> None:
    editions.retire(folder, editions.editions(folder)[0])


def deliver(folder: DataFolder) -> None:
    order = Order(Choice((2024,)), editions.current_id(folder), template=b"a template")
    delivered_reports.keep(folder, order, "docx", b"a document", by="Kim", at=AT)


WRITERS = (
    hand_in,
    withdraw,
    write_in_the_journal,
    publish_anew,
    purge_a_report,
    purge_a_text,
    remove_an_edition,
    retire,
    deliver,
)
PURGING = (purge_a_report, purge_a_text, remove_an_edition)


class Room:
    """Room on the disk for so many more names and contents; the content that no longer fits is cut in half."""

    def __init__(self, patched: pytest.MonkeyPatch, left: int) -> None:
        self.left, self.taken = left, 0
        opened, made, linked = os.open, os.mkdir, os.link

        def open_name(path: Any, flags: int, *rest: Any, **named: Any) -> int:
            if flags & os.O_CREAT:
                self.take(path)
            return opened(path, flags, *rest, **named)

        def open_file(path: Any, mode: str = "r", **named: Any) -> Any:
            file = builtins.open(path, mode, **named)  # noqa: SIM115 - whoever asked for it closes it
            return Narrow(file, self) if "x" in mode or "w" in mode else file

        patched.setattr(os, "open", open_name)
        patched.setattr(os, "mkdir", lambda path, *rest, **named: (self.take(path), made(path, *rest, **named))[1])
        patched.setattr(os, "link", lambda path, *rest, **named: (self.take(path), linked(path, *rest, **named))[1])
        patched.setattr(store, "open", open_file, raising=False)

    def take(self, path: Any) -> None:
        """Take room for one thing. Raises OSError when there is none."""
        self.taken += 1
        if self.taken > self.left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


class Narrow:
    """A file on a disk with little room."""

    def __init__(self, file: Any, room: Room) -> None:
        self.file, self.room = file, room

    def __enter__(self) -> "Narrow":
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def write(self, content: bytes) -> int:
        """Write all of it, or half and then raise OSError."""
        try:
            self.room.take(self.file.name)
        except OSError:
            self.file.write(content[: len(content) // 2])
            raise
        return int(self.file.write(content))


def everything(folder: DataFolder) -> set[str]:
    """The ids of all receipts and records."""
    return {
        *(one["submission_id"] for one in submission_reader.read_all(folder).receipts),
        *(one.record_id for one in records.read(folder)),
    }


def complaints(folder: DataFolder) -> list[str]:
    """The defects that `verify` names, but for reports without a receipt, which count for nothing, and begun purges."""
    told = verification.verify(folder)
    return [one.text() for one in told if "kvitto" not in one.happened and "slutförd" not in one.happened]


def has_whole_edition(folder: DataFolder) -> bool:
    """Tell if readers get an edition; every table of it is held against its hash."""
    return database.Warehouse(editions.read(folder)).query("goals").num_rows > 0


@pytest.mark.parametrize("work", WRITERS, ids=lambda work: work.__name__)
def test_a_disk_that_fills_anywhere_loses_nothing_and_leaves_nothing_half(
    ready: Made, work: Callable[[DataFolder], None], tmp_path: Path
) -> None:
    def needed(folder: DataFolder, room: int) -> int:
        with pytest.MonkeyPatch.context() as patched:
            disk = Room(patched, room)
            if room < 10**6:
                with pytest.raises(OSError, match="No space left"):
                    work(folder)
            else:
                work(folder)
        return disk.taken

    whole = ready.copied(tmp_path / "whole").folder
    steps = needed(whole, 10**6)
    assert steps >= 2
    for room in sorted({0, steps // 2, steps - 1} | ({1, steps // 4} if steps < 40 else set())):
        folder = ready.copied(tmp_path / f"room-{room}").folder
        before = everything(folder)
        needed(folder, room)
        if work not in PURGING:
            assert everything(folder) >= before
        assert has_whole_edition(folder) and complaints(folder) == [], f"room for {room} of {steps}"
        assert [*leftovers._temporary(folder.path)] == []
        if not purges.finish(folder):
            work(folder)
        assert has_whole_edition(folder) and complaints(folder) == [] and purges.pending(folder) == []
        assert editions.editions(folder) == editions.editions(whole)
        assert len(everything(folder)) >= len(everything(whole))


WRITE_FLAGS = os.O_CREAT | os.O_WRONLY | os.O_RDWR


def close_for_writing(patched: pytest.MonkeyPatch, folder: DataFolder) -> None:
    """Let nothing be written, renamed or removed in a folder, as on a disk that is mounted for reading only."""

    def refuse(path: Any) -> None:
        if Path(os.fsdecode(path)).is_relative_to(folder.path):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    def closed(name: str) -> None:
        before = getattr(os, name)

        def run(path: Any, *rest: Any, **named: Any) -> Any:
            if "dir_fd" not in named and not (name == "mkdir" and Path(path).is_dir()):
                refuse(path)
            return before(path, *rest, **named)

        patched.setattr(os, name, run)

    for name in ("mkdir", "unlink", "remove", "rmdir", "link", "rename", "replace", "chmod", "utime"):
        closed(name)
    opened = os.open

    def open_name(path: Any, flags: int, *rest: Any, **named: Any) -> int:
        if flags & WRITE_FLAGS:
            refuse(path)
        return opened(path, flags, *rest, **named)

    def open_file(path: Any, mode: str = "r", **named: Any) -> Any:
        if mode.strip("b") != "r":
            refuse(path)
        return builtins.open(path, mode, **named)

    patched.setattr(os, "open", open_name)
    for module in (store, editions):
        patched.setattr(module, "open", open_file, raising=False)


def test_in_a_folder_closed_for_writing_every_command_says_so_and_changes_nothing(
    ready: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = ready.copied(tmp_path / "data").folder
    before = {path: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()}
    standing = submission_reader.read_all(folder)
    first = next(one["submission_id"] for one in standing.receipts if one["submission_id"] not in standing.withdrawn)
    (record,) = records.read(folder, "assessment")
    (retired,) = (one.snapshot_id for one in editions.on_disk(folder) if one.state == "retired")
    decision = ("--decision", "SOC 1", "--by", "Bo")
    report = tmp_path / "report.csv"
    heads, row = "Organisation;År;Period;Indikator-id;Antal;Av totalt", "BR;2024;VB;I;5;10"
    report.write_text(f"{heads}\n{row}\n", encoding="utf-8")
    with monkeypatch.context() as patched:
        close_for_writing(patched, folder)
        for command in (
            ("submit", str(report), "--by", "Kim", "--accept-warnings", "Prov"),
            ("withdraw", first, "--by", "Kim", "--reason", "Fel"),
            ("publish", "--as-of", "2025-03-01"),
            ("purge", record.record_id, "--reason", "Namn", *decision),
            ("remove-edition", retired, *decision),
            ("retire", editions.editions(folder)[0]),
        ):
            answer = CliRunner().invoke(commands.main, [*command, "--data", str(folder.path)])
            assert (answer.exit_code, "Read-only" in answer.output) == (3, True), answer.output
        for work in WRITERS:
            with pytest.raises(OSError, match="Read-only"):
                work(folder)
        assert has_whole_edition(folder) and complaints(folder) == []
    assert {path: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()} == before


AT_ONCE = """
import sys
from datetime import UTC, datetime
from pathlib import Path

from samlad.publish import publishing
from samlad.submissions import submission_writer
from samlad.foundation.store import DataFolder
from tests.test_faults import one_report

folder, does, count = DataFolder(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
for number in range(count):
    if does == "publish":
        print(publishing.publish(folder), flush=True)
    else:
        given = submission_writer.submit(one_report(), by="Kim", at=datetime.now(UTC), folder=folder, findings=())
        print(given.submission_id, flush=True)
"""


def at_once(folder: DataFolder, does: str, count: int) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", AT_ONCE, str(folder.path), does, str(count)]
    return subprocess.Popen(words, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def going(folder: DataFolder) -> list[subprocess.Popen[str]]:
    """Two publishers and two submitters that begin at the same moment."""
    writers = [at_once(folder, "publish", 3), at_once(folder, "publish", 3)]
    writers += [at_once(folder, "submit", 15), at_once(folder, "submit", 15)]
    for writer in writers:
        assert writer.stdout and writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin
        writer.stdin.write("\n")
        writer.stdin.flush()
    return writers


def copies(folder: DataFolder, place: Path, writers: list[subprocess.Popen[str]]) -> Iterator[DataFolder]:
    """Plain copies of a folder while others write in it; what vanishes on the way is not in them."""
    number = 0
    while any(writer.poll() is None for writer in writers):
        number += 1
        with suppress(shutil.Error):
            shutil.copytree(folder.path, place / str(number))
        yield DataFolder(place / str(number))


def restored(copy: DataFolder) -> str:
    """Go on in a copy, as docs tell: retire what the copy has not all of, and publish."""
    for one in editions.editions(copy):
        if not editions.is_intact(copy.snapshots / one) or not editions.ledger_path(copy, one).is_file():
            editions.retire(copy, one)
    assert has_whole_edition(copy)
    hand_in(copy)
    return publishing.publish(copy)


def test_two_publishers_and_two_submitters_at_once_lose_nothing_and_copies_taken_meanwhile_open(
    ready: Made, tmp_path: Path
) -> None:
    folder = ready.copied(tmp_path / "data").folder
    before = everything(folder)
    writers = going(folder)
    taken = [*copies(folder, tmp_path / "copies", writers)]
    said = [writer.communicate()[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0, 0]
    handed_in = {*said[2], *said[3]}
    assert [len(one) for one in said] == [3, 3, 15, 15] and len(handed_in) == 30
    assert before | handed_in == everything(folder)
    receipts = submission_reader.read_all(folder).receipts
    assert len({receipt["sequence"] for receipt in receipts}) == len(receipts)
    assert {*said[0], *said[1]} <= {*editions.editions(folder)} and has_whole_edition(folder)
    assert verification.verify(folder) == []
    last = editions.read(folder, publishing.publish(folder))
    assert handed_in <= {*last.table("received_submissions")["submission_id"].to_pylist()}
    assert taken
    for copy in random.Random(17).sample(taken, min(4, len(taken))):
        assert everything(copy) >= before
        assert restored(copy) == editions.current_id(copy)
        assert complaints(copy) == []
