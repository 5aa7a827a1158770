"""The fuzz and the fault benchmarks in short: a few hundred mutated files, a few killed writers."""

from pathlib import Path

import pytest

from benchmarks import faults, fuzz
from samlad.foundation.store import DataFolder
from samlad.submissions import submission_reader
from tests.test_sheets import changed
from tests.test_submissions import report, submitted

pytestmark = pytest.mark.long


def test_mutated_files_end_in_reports_findings_or_a_message(tmp_path: Path) -> None:
    catalogue, folder = fuzz.example_catalogue()
    given = fuzz.seeds(catalogue)
    with pytest.MonkeyPatch.context() as quiet:
        quiet.setattr("warnings.warn", lambda *_, **__: None)
        files = [fuzz.case(number, given) for number in range(60)]
    ended = {fuzz.outcome(name, content, folder, catalogue) for _, name, content in files}
    assert {"unreadable", "errors"} <= ended <= {"unreadable", "errors", "findings", "read"}


def test_the_fuzz_holds_what_was_read_against_a_reading_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = changed(b"<v>2.5</v>", b"<v>7.5</v>")
    fuzz.hold_against(whole)
    monkeypatch.setattr(fuzz.sheets, "read_sheets", lambda _: [])
    with pytest.raises(fuzz.Fault, match="were not read"):
        fuzz.hold_against(whole)
    with pytest.raises(fuzz.Fault, match="damaged"):
        fuzz.hold_against(whole[: len(whole) // 2])


def test_the_fault_benchmark_finds_what_is_lost_or_changed(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    receipt = submitted(folder, report(original=b"a file"))
    assert faults.faults(folder, {receipt.submission_id}) == []
    assert "not there" in faults.faults(folder, {"0" * 16})[0]
    (kept,) = (submission_reader.find(folder, receipt.submission_id) / "original").iterdir()
    kept.write_bytes(b"another file")
    assert "is not what its receipt says" in faults.faults(folder, {receipt.submission_id})[0]
