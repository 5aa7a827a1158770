"""Gallring: after a purge nothing in the data folder holds what was purged, whenever it was killed on the way."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
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
from samlad.submissions import submission_reader, submission_writer, withdrawals
from samlad.submissions.organisation_report import OrganisationReport, activity_rows, indicator_rows
from samlad.submissions.receipts import Receipt
from samlad.warehouse import database, edition_notes, editions
from tests.editions import Made, reported, units

AT = datetime(2025, 3, 1, 12, tzinfo=UTC)
WORDS, ORIGINAL, FILE = "Hemliga ordet bor kvar", b"Hemliga ordet, the whole file", "Hemliga ordet.csv"
DECISION: dict[str, Any] = {"decision": "SOC 2025/17", "by": "Bo", "at": AT}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Receipt, records.Record]:
    """A folder where a report and a judgement that name somebody have been published, reported on and delivered."""
    made = reported(tmp_path_factory.mktemp("told") / "data")
    made.publish()
    row = {"organisation_id": "FA", "year": 2025, "period": "VB", "sex": "total", "origin": "own", **units(7)}
    report = OrganisationReport(
        "FA",
        2025,
        "VB",
        indicator_rows([{**row, "comment": WORDS}]),
        activity_rows([]),
        original_name=FILE,
        original=ORIGINAL,
    )
    receipt = submission_writer.submit(report, by="Kim", at=AT, folder=made.folder, findings=())
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
    leftover = submission_reader.find(folder, receipt.submission_id).with_name(
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


@pytest.mark.parametrize("which", ["submission", "record", "edition"])
def test_a_purge_killed_anywhere_is_completed_at_the_next_run(
    told: tuple[Made, Receipt, records.Record], which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begun(folder: DataFolder) -> None:
        match which:
            case "submission":
                purges.purge(folder, told[1].submission_id, reason="Namn", **DECISION)
            case "record":
                purges.purge(folder, told[2].record_id, reason="Namn", **DECISION)
            case _:
                purges.remove_edition(folder, first, **DECISION)

    done = 0

    def counted(operation: Any, last: int | None) -> Any:
        def run(*given: Any, **named: Any) -> Any:
            nonlocal done
            done += 1
            if last is not None and done > last:
                raise Killed
            return operation(*given, **named)

        return run

    def run_until(folder: DataFolder, last: int | None) -> int:
        nonlocal done
        done = 0
        with monkeypatch.context() as patched:
            for name in ("replace", "unlink", "rmdir"):
                patched.setattr(os, name, counted(getattr(os, name), last))
            try:
                begun(folder)
            except Killed:
                assert last is not None
        return done

    first = editions.editions(told[0].folder)[0]
    whole = told[0].copied(tmp_path / "whole").folder
    if which == "edition":
        editions.retire(whole, first)
    steps = run_until(whole, None)
    assert steps > 5
    for last in sorted({0, 1, 2, 3, *range(5, steps, max(1, steps // 6)), steps - 1}):
        folder = told[0].copied(tmp_path / f"killed-{last}").folder
        if which == "edition":
            editions.retire(folder, first)
        run_until(folder, last)
        assert database.Warehouse(editions.read(folder)).query("goals").num_rows, "readers go on"
        was_begun = bool(purges.pending(folder))
        assert purges.finish(folder) == was_begun
        if not was_begun:
            begun(folder) if which != "edition" or (folder.snapshots / first).is_dir() else None
        assert purges.pending(folder) == [] and verification.verify(folder) == []
        assert editions.editions(folder) == editions.editions(whole), f"killed after {last} of {steps}"
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
    command = [sys.executable, str(root / "benchmarks" / "kills.py"), "--kills", "8"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
