"""Gallring: after a purge nothing in the data folder holds what was purged, whenever it was killed on the way."""

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import streamlit as st
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from samlad.cli import commands
from samlad.foundation import store
from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.publish import purges, verification
from samlad.report import delivered_reports, report_files
from samlad.report.draft import Choice
from samlad.report.report_files import Order
from samlad.submissions import submission_reader, submission_writer, withdrawals
from samlad.submissions.organisation_report import OrganisationReport, activity_rows, indicator_rows
from samlad.submissions.receipts import Receipt
from samlad.warehouse import database, edition_notes, editions
from tests import lengths, walk
from tests.editions import Made, reported, units
from tests.shell_pages import FILES, SHELL
from tests.walk import Seen

pytestmark = pytest.mark.long

AT = datetime(2025, 3, 1, 12, tzinfo=UTC)
WORDS, FILE = "Hemliga ordet bor kvar", "Hemliga ordet.csv"
TEXT = f"{WORDS}. {'Mer om det. ' * 200}"[:2287]
"""Text of a submission written in full: of a length that no year, count or size of a small city has."""

ORIGINAL = b"Hemliga ordet, the whole file".ljust(31_337, b".")
DECISION: dict[str, Any] = {"decision": "SOC 2025/17", "by": "Bo", "at": AT}


@pytest.fixture(scope="module")
def told(published_city: Made, tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Receipt, records.Record]:
    """A folder where a report and a judgement that name somebody have been published, reported on and delivered."""
    made = published_city.copied(tmp_path_factory.mktemp("told") / "data")
    row = {"organisation_id": "FA", "year": 2025, "period": "VB", "sex": "total", "origin": "own", **units(7)}
    report = OrganisationReport(
        "FA",
        2025,
        "VB",
        indicator_rows([{**row, "comment": TEXT}]),
        activity_rows([]),
        original_name=FILE,
        original=ORIGINAL,
    )
    receipt = submission_writer.submit(report, by="Kim", at=AT, folder=made.folder, findings=())
    made.judge("BR", "fully", TEXT)
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
    assert len(ORIGINAL) not in {path.stat().st_size for path in folder.path.rglob("*")}
    assert holders(folder, b'"purged": true', receipt.submission_id.encode()) <= {
        *(str(path.relative_to(folder.path)) for path in folder.path.rglob("*.json"))
    }
    assert verification.verify(folder) == []
    assert editions.read(folder).snapshot_id != old


def hashes_and_lengths(receipt: Receipt) -> re.Pattern[str]:
    """The words and the file of the report that is purged, every hash of them, and their lengths as numbers."""
    contents = [TEXT.encode(), WORDS.encode(), ORIGINAL, FILE.encode()]
    hashes = [hashlib.new(name, one).hexdigest() for name in ("sha256", "sha1", "md5") for one in contents]
    hashes += [digest for name, digest in receipt.files.items() if name != "activities.parquet"]
    beginnings = [one[:16] for one in hashes]
    sizes = [walk.count_pattern(len(one)) for one in (TEXT, ORIGINAL)]
    return re.compile("|".join([re.escape(WORDS), re.escape(FILE), *beginnings, *sizes]))


def read(folder: DataFolder) -> Iterator[Seen]:
    """Every file of the data folder, as anybody could read it."""
    for path in folder.path.rglob("*"):
        if path.is_file():
            name = str(path.relative_to(folder.path))
            yield Seen(name, "\n".join([name, *walk.texts_of_bytes(path.read_bytes())]))


def served(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seen]:
    """Yield all the app serves: every page, with the reported year and district; documents; answers."""
    monkeypatch.setenv("SAMLAD_DATA", str(folder.path))
    st.cache_resource.clear()
    with walk.downloads() as offered:
        for page in FILES:
            for chosen in ({}, {"ar": "2024", "organisation": "Bromma"}, {"ar": "2025", "organisation": "Farsta"}):
                app = AppTest.from_file(str(SHELL), default_timeout=walk.PATIENCE_SECONDS)
                app.query_params.update(chosen)
                app.run().switch_page(f"../../pages/{page}.py").run()
                yield from walk.shown(app, f"{page} {chosen}")
                for content in offered:
                    yield Seen(f"{page} {chosen}, file", "\n".join(walk.texts_of_bytes(content)))
                offered.clear()
    st.cache_resource.clear()
    yield from walk.questions(folder)
    for choice in (Choice((2024,)), Choice((2024,), "BR"), Choice((2025,), "FA")):
        for ending in report_files.ENDINGS:
            content = report_files.make(folder, Order(choice), ending)
            yield Seen(f"report {choice} {ending}", "\n".join(walk.texts_of_bytes(content)))


def found_of(sought: re.Pattern[str], seen: Iterable[Seen]) -> set[str]:
    """The places where something that is sought stands."""
    return {one.place for one in seen if sought.search(one.text)}


def test_after_a_purge_the_app_serves_neither_the_words_nor_their_hash_nor_their_length(
    folder: DataFolder, told: tuple[Made, Receipt, records.Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    sought = hashes_and_lengths(told[1])
    before = found_of(sought, served(folder, monkeypatch))
    assert {place.split()[0] for place in before} >= {"changes", "report"}, before
    for target in (told[1].submission_id, told[2].record_id):
        purges.purge(folder, target, reason="Namn", **DECISION)
    assert found_of(sought, served(folder, monkeypatch)) == set()
    assert found_of(sought, read(folder)) == set()


def test_the_edition_made_by_a_purge_keeps_the_day_and_what_was_left_out_of_the_one_that_stood(
    folder: DataFolder, told: tuple[Made, Receipt, records.Record]
) -> None:
    made = Made(folder.path)
    made.day = datetime(2025, 4, 1, 12, tzinfo=UTC)
    later = made.hand_in("JA", 2025, units(3)).submission_id
    stood = made.publish(as_of=date(2025, 3, 2), leave_out=1)
    latest = made.hand_in("BR", 2025, units(2)).submission_id
    purges.purge(folder, told[2].record_id, reason="Namn", **DECISION)
    again = editions.read(folder)
    assert again.snapshot_id != stood.snapshot_id
    assert (again.as_of, again.left_out, again.manifest["reports"]) == (date(2025, 3, 2), 2, stood.manifest["reports"])
    assert not {later, latest} & {*again.table("received_submissions")["submission_id"].to_pylist()}


@pytest.mark.parametrize("without_reports", [False, True])
def test_the_edition_made_by_a_purge_keeps_the_day_it_had_by_itself(tmp_path: Path, without_reports: bool) -> None:
    made = Made.anew(tmp_path / "data") if without_reports else reported(tmp_path / "data")
    made.judge("BR", "fully", TEXT)
    (record,) = records.read(made.folder)
    stood = made.publish()
    made.hand_in("FA", 2025, units(7))
    purges.purge(made.folder, record.record_id, reason="Namn", **DECISION)
    again = editions.read(made.folder)
    assert again.as_of == stood.as_of and again.left_out == (not without_reports)
    assert again.manifest["reports"] == stood.manifest["reports"] + without_reports
    assert made.publish().left_out == 0


def test_a_document_whose_writer_was_killed_before_its_record_is_named_and_goes_with_a_purge(
    folder: DataFolder, told: tuple[Made, Receipt, records.Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    order = Order(Choice((2024,)), editions.current_id(folder))
    removed = Path.unlink
    with monkeypatch.context() as patched:
        patched.setattr(records, "append", lambda *_, **__: (_ for _ in ()).throw(Killed))
        patched.setattr(Path, "unlink", lambda _self, missing_ok=False: None)
        with pytest.raises(Killed):
            delivered_reports.keep(folder, order, "docx", zipped(WORDS), by="Kim", at=AT)
    assert Path.unlink is removed
    (path,) = records.unrecorded(folder)
    (defect,) = verification.verify(folder)
    assert defect.path == str(path.relative_to(folder.path))
    purges.purge(folder, told[2].record_id, reason="Namn", **DECISION)
    assert not path.exists() and verification.verify(folder) == []


def test_a_temporary_file_that_a_purge_cannot_remove_is_told_and_the_purge_is_not_complete(
    folder: DataFolder, told: tuple[Made, Receipt, records.Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = submission_reader.find(folder, told[1].submission_id).with_name(f".{'0' * 8}.999999.0a0a0a0a")
    path.write_bytes(ORIGINAL)
    removed = Path.unlink

    def stuck(self: Path, missing_ok: bool = False) -> None:
        if self == path:
            raise PermissionError(13, "Permission denied", str(self))
        removed(self, missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", stuck)
        command = ["purge", told[1].submission_id, "--decision", "SOC 1", "--by", "Bo", "--reason", "Namn"]
        answer = CliRunner().invoke(commands.main, [*command, "--data", str(folder.path)])
        assert answer.exit_code == 2 and "inte slutförd" in answer.output and path.name in answer.output
    assert [defect.path for defect in verification.verify(folder) if "gallring" in defect.happened]
    assert submission_reader.read_all(folder).withdrawn == set(), "all else is done"
    assert purges.finish(folder) == 1
    assert not path.exists() and verification.verify(folder) == []


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
