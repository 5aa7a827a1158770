"""Gallring: after a purge nothing in the data folder holds what was purged, whenever it was killed on the way."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from samlad.cli import commands
from samlad.foundation import store
from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.publish import purges, verification
from samlad.report import delivered_reports
from samlad.report.draft import Choice
from samlad.report.report_files import Order
from samlad.submissions import append, withdrawals
from samlad.submissions.organisation_report import Report, activity_rows, indicator_rows
from samlad.submissions.receipts import Receipt
from samlad.warehouse import database, edition_notes, editions
from tests import lengths
from tests.editions import Made, units

AT = datetime(2025, 3, 1, 12, tzinfo=UTC)
WORDS, ORIGINAL, FILE = "Hemliga ordet bor kvar", b"Hemliga ordet, the whole file", "Hemliga ordet.csv"
DECISION: dict[str, Any] = {"decision": "SOC 2025/17", "by": "Bo", "at": AT}


@pytest.fixture(scope="module")
def told(published_city: Made, tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Receipt, records.Record]:
    """A folder where a report and a judgement that name somebody have been published, reported on and delivered."""
    made = published_city.copied(tmp_path_factory.mktemp("told") / "data")
    row = {"organisation_id": "FA", "year": 2025, "period": "VB", "sex": "total", "origin": "own", **units(7)}
    report = Report(
        "FA",
        2025,
        "VB",
        indicator_rows([{**row, "comment": WORDS}]),
        activity_rows([]),
        original_name=FILE,
        original=ORIGINAL,
    )
    receipt = append.submit(report, by="Kim", at=AT, folder=made.folder, findings=())
    made.judge("BR", "fully", WORDS)
    (record,) = records.read(made.folder, "assessment")
    current = made.publish()
    assert WORDS in holders_text(made.folder)
    order = Order(Choice((2024,)), current.snapshot_id, until=record.sequence)
    delivered_reports.keep(made.folder, order, "docx", zipped(WORDS), by="Kim", at=AT)
    withdrawals.withdraw(made.folder, receipt.submission_id, by="Kim", reason=f"Det stod {WORDS}", at=AT)
    return made, receipt, record


@pytest.fixture
def folder(told: tuple[Made, Receipt, records.Record], tmp_path: Path) -> DataFolder:
    return told[0].copied(tmp_path / "data").folder


def zipped(words: str) -> bytes:
    """A document as Word keeps it: packed."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", words)
    return sink.getvalue()


def contents(folder: DataFolder) -> Iterator[tuple[Path, bytes]]:
    """Every file of the folder as anybody could read it: Parquet and packed files are opened."""
    for path in folder.path.rglob("*"):
        if not path.is_file():
            continue
        content = path.read_bytes()
        yield path, content + str(path.relative_to(folder.path)).encode()
        if path.suffix == ".parquet":
            yield path, str(pq.read_table(path).to_pylist()).encode()
        if path.suffix == ".docx" and zipfile.is_zipfile(path):
            packed = zipfile.ZipFile(path)
            yield path, b"".join(packed.read(name) for name in packed.namelist())


def holders_text(folder: DataFolder) -> str:
    return "".join(content.decode("utf-8", "replace") for _, content in contents(folder))


def holders(folder: DataFolder, *sought: bytes) -> set[str]:
    """The files that hold any of this."""
    return {
        str(path.relative_to(folder.path))
        for path, content in contents(folder)
        if any(one in content for one in sought)
    }


def test_after_a_purge_of_a_submission_nothing_holds_its_words_its_file_or_its_hashes(
    folder: DataFolder, told: tuple[Made, Receipt, records.Record]
) -> None:
    receipt, record = told[1], told[2]
    old = editions.current_id(folder) or ""
    hashes = [digest.encode() for name, digest in receipt.files.items() if name != "activities.parquet"]
    assert len(hashes) == 2, "the table of no activities is the same in every submission, and tells nothing"
    leftover = append.find(folder, receipt.submission_id).with_name(
        f".00000001-{receipt.submission_id}.999999.0a0a0a0a"
    )
    leftover.mkdir()
    (leftover / "indicators.parquet").write_bytes(ORIGINAL)
    lines: list[str] = []
    tombstone = purges.purge(folder, receipt.submission_id, reason="Namn", say=lines.append, **DECISION)
    assert {*tombstone} == {"at", "by", "decision", "purged"}
    assert any("ny utgåva" in line for line in lines) and any(old[:12] in line for line in lines)
    records.bury(folder, record.record_id, tombstone)  # the judgement has the same words, and is another thing
    assert holders(folder, ORIGINAL, FILE.encode(), old.encode(), *hashes) == set()
    assert holders(folder, b'"purged": true', receipt.submission_id.encode()) <= {
        *(str(path.relative_to(folder.path)) for path in folder.path.rglob("*.json"))
    }
    assert verification.verify(folder) == []
    assert editions.read(folder).snapshot_id != old


def test_after_a_purge_of_a_judgement_nothing_holds_its_words(
    folder: DataFolder, told: tuple[Made, Receipt, records.Record]
) -> None:
    receipt, record = told[1], told[2]
    first, old = editions.editions(folder)
    purges.purge(folder, receipt.submission_id, reason="Namn", **DECISION)
    assert holders(folder, WORDS.encode())
    again = editions.current_id(folder) or ""
    purges.purge(folder, record.record_id, reason="Namn", **DECISION)
    assert holders(folder, WORDS.encode(), old.encode(), again.encode()) == set()
    assert first in editions.editions(folder), "an edition that held nothing of it stands"
    assert editions.read(folder).table("assessments").num_rows == 0
    assert records.read(folder, delivered_reports.KIND) == [] and not list((folder.journal / "reports").iterdir())


def test_an_edition_that_stood_gets_a_public_note_that_says_nothing_of_what_it_held(
    folder: DataFolder, told: tuple[Made, Receipt, records.Record]
) -> None:
    published = editions.read(folder).published_at.date()
    purges.purge(folder, told[2].record_id, reason="Namn", **DECISION)
    (note,) = edition_notes.read(folder)
    assert (note.decision, note.does, note.days) == ("SOC 2025/17", "purge", (published,))
    (path,) = (folder.snapshots / "notes").iterdir()
    assert {*store.read_json(path)} == {"at", "decision", "does", "days"}


def test_a_reader_that_has_the_edition_in_memory_moves_off_it(
    folder: DataFolder, told: tuple[Made, Receipt, records.Record]
) -> None:
    old = database.open_snapshot(folder)
    purges.purge(folder, told[2].record_id, reason="Namn", **DECISION)
    assert database.let_go(folder)
    assert old.snapshot.path not in database._loaded
    with pytest.raises(SamladError, match="finns inte"):
        database.open_snapshot(folder, old.snapshot_id)
    assert database.open_snapshot(folder).query("goal_assessments").num_rows == 0
    assert not database.let_go(folder)


def test_withdrawing_and_retiring_remove_nothing(folder: DataFolder) -> None:
    before = {path for path in folder.path.rglob("*") if path.is_file()}
    editions.retire(folder, editions.editions(folder)[0])
    assert before <= {path for path in folder.path.rglob("*") if path.is_file()}


def test_an_edition_is_removed_only_when_it_has_been_retired(folder: DataFolder) -> None:
    first, current = editions.editions(folder)
    command = ["remove-edition", first[:9], "--decision", "SOC 1", "--by", "Bo", "--data", str(folder.path)]
    refused = CliRunner().invoke(commands.main, command)
    assert refused.exit_code == 2 and "retire" in refused.output
    editions.retire(folder, first)
    done = CliRunner().invoke(commands.main, command)
    assert (done.exit_code, done.stdout) == (0, f"Borttagen: {first}, enligt beslut SOC 1.\n")
    assert holders(folder, first.encode()) == set()
    assert editions.editions(folder) == [current] and verification.verify(folder) == []
    assert [note.does for note in edition_notes.read(folder)] == ["remove"]
    assert CliRunner().invoke(commands.main, command).exit_code == 2


def test_the_plan_is_told_and_nothing_is_done(folder: DataFolder, told: tuple[Made, Receipt, records.Record]) -> None:
    before = dict(contents(folder))
    command = ["purge", told[2].record_id, "--decision", "SOC 1", "--by", "Bo", "--reason", "Namn", "--plan"]
    answer = CliRunner().invoke(commands.main, [*command, "--data", str(folder.path)])
    assert answer.exit_code == 0 and "ny utgåva" in answer.stdout and "levererade" in answer.stdout
    assert {path: content for path, content in contents(folder) if path.name != ".lock"}.items() <= before.items()


class Killed(BaseException):
    """The process is no more: nothing after it is done, and no handler of OSError is reached."""


class Steps:
    """Count what a process does to files by the place in the code that does it, and die after so many of them."""

    def __init__(self, last: int | None = None) -> None:
        self.last = last
        self.places: list[str] = []

    def counted(self, operation: Callable[..., Any]) -> Callable[..., Any]:
        """Return the operation, counted."""

        def run(*given: Any, **named: Any) -> Any:
            code = sys._getframe(1).f_code
            self.places.append(f"{operation.__name__} in {code.co_filename}:{code.co_qualname}")
            if self.last is not None and len(self.places) > self.last:
                raise Killed
            return operation(*given, **named)

        return run

    def run(self, work: Callable[[], object]) -> None:
        """Do some work until it is done or killed."""
        with pytest.MonkeyPatch.context() as patched:
            for name in ("replace", "unlink", "rmdir"):
                patched.setattr(os, name, self.counted(getattr(os, name)))
            try:
                work()
            except Killed:
                assert self.last is not None


def kill_points(places: list[str]) -> list[int]:
    """Return after how many steps to kill: before the last of each kind of step and at the end; or after each step.

    >>> kill_points(["replace in a", "replace in a", "unlink in b"])
    [0, 1, 2]
    """
    of_each_kind = {place: number for number, place in enumerate(places)}
    return lengths.of(sorted({0, *of_each_kind.values()}), list(range(len(places))))


@pytest.mark.parametrize("which", ["submission", "record", "edition"])
def test_a_purge_killed_anywhere_is_completed_at_the_next_run(
    told: tuple[Made, Receipt, records.Record], which: str, tmp_path: Path
) -> None:
    def begun(folder: DataFolder) -> None:
        match which:
            case "submission":
                purges.purge(folder, told[1].submission_id, reason="Namn", **DECISION)
            case "record":
                purges.purge(folder, told[2].record_id, reason="Namn", **DECISION)
            case _:
                purges.remove_edition(folder, first, **DECISION)

    first = editions.editions(told[0].folder)[0]
    whole = told[0].copied(tmp_path / "whole").folder
    if which == "edition":
        editions.retire(whole, first)
    uncut = Steps()
    uncut.run(lambda: begun(whole))
    assert len(uncut.places) > 5
    for last in kill_points(uncut.places):
        folder = told[0].copied(tmp_path / f"killed-{last}").folder
        if which == "edition":
            editions.retire(folder, first)
        Steps(last).run(partial(begun, folder))
        assert database.Warehouse(editions.read(folder)).query("goals").num_rows, "readers go on"
        was_begun = bool(purges.pending(folder))
        assert purges.finish(folder) == was_begun
        if not was_begun:
            begun(folder) if which != "edition" or (folder.snapshots / first).is_dir() else None
        assert purges.pending(folder) == [] and verification.verify(folder) == []
        killed = f"killed after {last} of {len(uncut.places)}, before {uncut.places[last]}"
        assert editions.editions(folder) == editions.editions(whole), killed
        assert sorted(folder.snapshots.glob("?" * 64)) == [
            folder.snapshots / path.name for path in sorted(whole.snapshots.glob("?" * 64))
        ]


def test_a_purge_asks_for_a_decision_a_name_a_reason_and_something_to_purge(folder: DataFolder) -> None:
    record = records.read(folder, "assessment")[0].record_id
    for missing in ("decision", "by", "reason"):
        with pytest.raises(SamladError):
            purges.purge(folder, record, **{**DECISION, "reason": "Namn", missing: " "})
    with pytest.raises(SamladError, match="Det finns ingen"):
        purges.purge(folder, "0" * 16, reason="Namn", **DECISION)
    assert purges.pending(folder) == []


def test_killed_writers_of_all_kinds_leave_nothing_half() -> None:
    """As `python benchmarks/kills.py`, in short."""
    root = Path(__file__).resolve().parent.parent
    command = [sys.executable, str(root / "benchmarks" / "kills.py"), "--kills", lengths.of("6", "1000")]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
