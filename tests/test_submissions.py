"""Submissions: what has a receipt is there, whole and unchanged; what has none does not exist."""

import errno
import json
import os
import random
import re
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from samlad.cli import commands
from samlad.foundation import store
from samlad.foundation.errors import SamladError
from samlad.foundation.findings import Finding
from samlad.foundation.store import DataFolder
from samlad.publish import purges
from samlad.submissions import organisation_report, submission_reader, submission_writer, withdrawals
from samlad.submissions.organisation_report import OrganisationReport
from samlad.submissions.receipts import Receipt
from samlad.submissions.submission_writer import Delivery

NOON = datetime(2025, 1, 20, 12, tzinfo=UTC)
WARNING = Finding(
    "target_missing", "warning", "r.xlsx", "Indikatorer", 7, "Årsmål", "0,4", "Årsmål saknas.", "Lägg in."
)
ERROR = Finding("negative", "error", "r.xlsx", "Indikatorer", 8, "Antal", "−1", "Mindre än noll.", "Rätta.")


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


def report(
    numerator: int = 9, *, original: bytes | None = None, name: str = "r.xlsx", **other: Any
) -> OrganisationReport:
    cells = {"indicator_id": "I1", "organisation_id": "SDN-BR", "year": 2024, "period": "VB", "origin": "own"}
    return OrganisationReport(
        organisation_id=other.get("organisation_id", "SDN-BR"),
        year=2024,
        period=other.get("period", "VB"),
        indicators=organisation_report.indicator_rows(
            [
                {**cells, "sex": "women", "numerator": numerator // 2, "denominator": 6},
                {**cells, "sex": "total", "numerator": numerator, "denominator": 12, "comment": "”åäö”\n=1+1"},
            ]
        ),
        activities=organisation_report.activity_rows(
            [{"activity_id": "A1", "organisation_id": "SDN-BR", "year": 2024, "period": "VB", "status": "done"}]
        ),
        original_name=name if original is not None else None,
        original=original,
    )


def submitted(folder: DataFolder, given: OrganisationReport, *, at: datetime = NOON) -> Receipt:
    return submission_writer.submit(given, by="Kim", at=at, folder=folder, findings=())


def numerators(folder: DataFolder, as_of: date | None = None) -> list[int]:
    rows = submission_reader.read_all(folder, as_of).indicators
    pairs = zip(rows["sex"].to_pylist(), rows["numerator"].to_pylist(), strict=True)
    return [numerator for sex, numerator in pairs if sex == "total"]


def test_what_is_handed_in_is_read_back_with_its_order_and_its_day(folder: DataFolder) -> None:
    receipt = submitted(folder, report(original=b"the file"))
    read = submission_reader.read_all(folder)
    assert read.indicators.drop_columns(["sequence", "received_on"]).to_pylist() == [
        {**row, "submission_id": receipt.submission_id} for row in report().indicators.sort_by("sex").to_pylist()
    ]
    assert read.activities["status"].to_pylist() == ["done"]
    assert set(read.indicators["sequence"].to_pylist()) == {receipt.sequence}
    assert set(read.indicators["received_on"].to_pylist()) == {date(2025, 1, 20)}
    assert read.receipts == [receipt.as_json()]


def test_a_submission_lies_where_the_contract_says_with_the_original_unchanged(folder: DataFolder) -> None:
    receipt = submitted(folder, report(original=b"\x00the file\xff", name="Järva VB.xlsx"))
    path = folder.submissions / f"year=2024/period=VB/SDN-BR/00000001-{receipt.submission_id}"
    assert {str(file.relative_to(path)) for file in path.rglob("*") if file.is_file()} == {
        "indicators.parquet",
        "activities.parquet",
        "original/Järva VB.xlsx",
        "receipt.json",
    }
    assert (path / "original/Järva VB.xlsx").read_bytes() == b"\x00the file\xff"
    assert receipt.files == {name: store.sha256((path / name).read_bytes()) for name in receipt.files}


def test_an_empty_folder_holds_nothing(folder: DataFolder) -> None:
    read = submission_reader.read_all(folder)
    assert read == submission_reader.none_yet()
    assert read.indicators.schema.names[-2:] == ["sequence", "received_on"]


def test_an_error_keeps_a_report_out(folder: DataFolder) -> None:
    with pytest.raises(submission_writer.Refused) as refused:
        submission_writer.submit(
            report(), by="Kim", at=NOON, folder=folder, findings=[ERROR, WARNING], accept_warnings="Stämmer."
        )
    assert refused.value.findings == (ERROR,)
    assert submission_reader.read_all(folder).receipts == []


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_warning_needs_a_reason(folder: DataFolder, reason: str | None) -> None:
    with pytest.raises(submission_writer.ReasonNeeded):
        submission_writer.submit(report(), by="Kim", at=NOON, folder=folder, findings=[WARNING], accept_warnings=reason)
    assert submission_reader.read_all(folder).receipts == []


def test_the_reason_is_kept_and_the_receipt_holds_no_values(folder: DataFolder) -> None:
    submission_writer.submit(
        report(), by="Kim", at=NOON, folder=folder, findings=[WARNING], accept_warnings="Nämnden beslutar i mars."
    )
    kept = submission_reader.read_all(folder).receipts[0]
    assert kept["accepted_because"] == "Nämnden beslutar i mars."
    assert kept["warnings"] == [{"rule": "target_missing", "sheet": "Indikatorer", "row": 7, "column": "Årsmål"}]
    assert "0,4" not in json.dumps(kept, ensure_ascii=False)


def test_of_many_none_is_written_when_one_is_refused(folder: DataFolder) -> None:
    deliveries = [Delivery(report(), "Kim", NOON), Delivery(report(10), "Kim", NOON)]
    with pytest.raises(submission_writer.Refused):
        submission_writer.append_many(deliveries, [(), (ERROR,)], folder)
    assert submission_reader.read_all(folder).receipts == []


def test_a_correction_is_a_new_submission_and_the_old_one_stays(folder: DataFolder) -> None:
    first, second = submitted(folder, report(9)), submitted(folder, report(10))
    assert (first.sequence, second.sequence) == (1, 2)
    assert numerators(folder) == [9, 10]


def test_the_same_file_again_after_a_correction_is_a_new_submission_and_stands(folder: DataFolder) -> None:
    first = submitted(folder, report(9, original=b"a"))
    submitted(folder, report(10, original=b"b"))
    again = submitted(folder, report(9, original=b"a", name="r (1).xlsx"), at=datetime(2025, 2, 1, tzinfo=UTC))
    assert again.submission_id != first.submission_id and again.sequence == 3
    assert numerators(folder) == [9, 10, 9]


def test_a_stranger_with_the_same_file_gets_a_receipt_that_tells_nothing_of_the_first(folder: DataFolder) -> None:
    alone, beside = DataFolder(folder.path / "one"), DataFolder(folder.path / "two")
    given = {"by": "Eva", "at": NOON, "findings": ()}
    submission_writer.submit(
        report(9, original=b"a", name="Kims egen.xlsx"), by="Kim", at=NOON, folder=beside, findings=()
    )
    submission_writer.submit(
        report(8, original=b"b", name="Kims egen.xlsx"), by="Kim", at=NOON, folder=alone, findings=()
    )
    told = [
        submission_writer.submit(report(9, original=b"a"), folder=where, **given).as_json()  # type: ignore[arg-type]
        for where in (alone, beside)
    ]
    for one in told:
        assert "Kim" not in json.dumps(one)
        del one["submission_id"], one["files"]
    assert told[0] == told[1]


def test_an_id_is_drawn_and_says_nothing_of_the_content(tmp_path: Path) -> None:
    folders = [DataFolder(tmp_path / name) for name in ("one", "two")]
    ids = {submitted(folder, report(9, original=b"a")).submission_id for folder in folders}
    assert len(ids) == 2, "the same report at the same place in the order has another id in another folder"
    drawn = iter(["00000000000000a1", "00000000000000a2"])
    deliveries = [Delivery(report(number), "Kim", NOON) for number in (1, 2)]
    told = submission_writer.append_many(deliveries, [(), ()], folders[0], ids=lambda: next(drawn))
    assert [one.submission_id for one in told] == ["00000000000000a1", "00000000000000a2"]


def test_the_same_form_sent_twice_is_one_submission_and_another_form_is_not(folder: DataFolder) -> None:
    told = [
        submission_writer.append_many([Delivery(report(9), "Kim", NOON, form=form)], [()], folder)[0]
        for form in ("f1", "f1", "f2")
    ]
    assert told[0] == told[1] and told[2].submission_id != told[0].submission_id
    assert numerators(folder) == [9, 9]


def test_a_folder_whose_ids_are_hashes_is_still_read(folder: DataFolder) -> None:
    path = submission_reader.find(folder, submitted(folder, report(9)).submission_id)
    stored = json.loads((path / "receipt.json").read_bytes())
    del stored["form"]
    store.write_json(path / "receipt.json", {**stored, "content": "0" * 64})
    told = [
        submission_writer.append_many([Delivery(report(10), "Kim", NOON, form="f")], [()], folder)[0].sequence
        for _ in range(2)
    ]
    assert told == [2, 2] and numerators(folder) == [9, 10]


def test_a_withdrawn_submission_is_left_out_and_its_file_can_be_handed_in_again(folder: DataFolder) -> None:
    first = submitted(folder, report(original=b"a"))
    withdrawals.withdraw(folder, first.submission_id, by="Kim", reason="Fel fil", at=NOON)
    read = submission_reader.read_all(folder)
    assert read.indicators.num_rows == 0 and read.withdrawn == {first.submission_id} and len(read.receipts) == 1
    assert set(read.withdrawn_indicators["submission_id"].to_pylist()) == {first.submission_id}
    assert submitted(folder, report(original=b"a")).submission_id != first.submission_id
    assert numerators(folder) == [9]


def test_what_had_come_by_any_day_can_be_read_without_what_has_been_withdrawn_since(folder: DataFolder) -> None:
    first = submitted(folder, report(9), at=datetime(2025, 1, 10, tzinfo=UTC))
    submitted(folder, report(10), at=datetime(2025, 1, 20, tzinfo=UTC))
    withdrawals.withdraw(folder, first.submission_id, by="Kim", reason="Fel", at=datetime(2025, 1, 30, tzinfo=UTC))
    assert numerators(folder, date(2025, 1, 9)) == numerators(folder, date(2025, 1, 19)) == []
    assert numerators(folder, date(2025, 1, 20)) == numerators(folder, date(2025, 1, 30)) == [10]


def test_order_is_by_sequence_whatever_the_clock_says(folder: DataFolder) -> None:
    submitted(folder, report(9), at=datetime(2030, 1, 1, tzinfo=UTC))
    submitted(folder, report(10), at=datetime(1999, 1, 1, tzinfo=UTC))
    assert submission_reader.read_all(folder).indicators["sequence"].to_pylist() == [1, 1, 2, 2]
    assert numerators(folder) == [9, 10]


def test_a_number_that_another_writer_took_in_the_meantime_is_passed_over(tmp_path: Path) -> None:
    assert [store.next_sequence(tmp_path, after=after) for after in (None, 0, 0, 2)] == [1, 2, 3, 4]


def test_withdrawing_asks_for_an_existing_submission_a_name_and_a_reason_once(folder: DataFolder) -> None:
    receipt = submitted(folder, report())
    for submission_id, by, reason in (
        ("0" * 16, "Kim", "Fel"),
        ("../" + receipt.submission_id, "Kim", "Fel"),
        (receipt.submission_id, " ", "Fel"),
        (receipt.submission_id, "Kim", ""),
    ):
        with pytest.raises(SamladError):
            withdrawals.withdraw(folder, submission_id, by=by, reason=reason, at=NOON)
    assert numerators(folder) == [9]
    withdrawals.withdraw(folder, receipt.submission_id, by="Kim", reason="Fel", at=NOON)
    with pytest.raises(SamladError, match="redan tillbakadragen"):
        withdrawals.withdraw(folder, receipt.submission_id, by="Lo", reason="Annat", at=NOON)
    kept = json.loads((folder.submissions / f"withdrawn/{receipt.submission_id}.json").read_bytes())
    assert (kept["by"], kept["reason"]) == ("Kim", "Fel")


def test_purge_leaves_a_tombstone_with_the_decision_and_nothing_of_the_content(folder: DataFolder) -> None:
    receipt = submitted(folder, report(original=b"personal", name="Kims fil.xlsx"))
    wanted = {"decision": "3.1.1-449/2025", "by": "Lo", "reason": "Personuppgifter", "at": NOON}
    with pytest.raises(SamladError, match="Dra tillbaka"):
        purges.purge(folder, receipt.submission_id, **wanted)
    withdrawals.withdraw(folder, receipt.submission_id, by="Kim", reason="Fel", at=NOON)
    tombstone = purges.purge(folder, receipt.submission_id, **wanted)
    path = submission_reader.find(folder, receipt.submission_id)
    assert [file.name for file in path.iterdir()] == ["tombstone.json"]
    assert tombstone["decision"] == "3.1.1-449/2025"
    assert {*tombstone} == {"at", "by", "decision", "purged"}
    assert submission_reader.read_all(folder).receipts == []


def test_a_submission_that_stands_is_not_purged(folder: DataFolder) -> None:
    receipt = submitted(folder, report(8))
    with pytest.raises(SamladError, match="gäller fortfarande"):
        purges.purge(folder, receipt.submission_id, decision="dnr 1", by="Lo", reason="Fel", at=NOON)
    assert numerators(folder) == [8] and purges.pending(folder) == []


def test_an_interrupted_purge_hides_the_submission_and_can_be_finished(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = submitted(folder, report(original=b"personal"))
    wanted = {"decision": "dnr 1", "by": "Lo", "reason": "Personuppgifter", "at": NOON}
    withdrawals.withdraw(folder, receipt.submission_id, by="Kim", reason="Fel", at=NOON)

    def fails(_path: object) -> None:
        raise OSError("no more")

    with monkeypatch.context() as patched:
        patched.setattr("shutil.rmtree", fails)
        with pytest.raises(OSError, match="no more"):
            purges.purge(folder, receipt.submission_id, **wanted)
    assert submission_reader.read_all(folder).receipts == []
    purges.purge(folder, receipt.submission_id, **wanted)
    assert [file.name for file in submission_reader.find(folder, receipt.submission_id).iterdir()] == ["tombstone.json"]


@pytest.mark.parametrize("fails_at", range(4))
def test_a_full_disk_leaves_nothing_that_is_visible(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    submitted(folder, report(8))
    whole = store.write_bytes_atomically
    written: list[Path] = []

    def full(path: Path, content: bytes, *, durable: bool = True) -> None:
        written.append(path)
        if len(written) > fails_at:
            raise OSError(28, "No space left on device", str(path))
        whole(path, content, durable=durable)

    with monkeypatch.context() as patched:
        patched.setattr(store, "write_bytes_atomically", full)
        with pytest.raises(OSError, match="No space"):
            submitted(folder, report(9, original=b"file"))
    assert len(written) == fails_at + 1
    assert numerators(folder) == [8]
    submitted(folder, report(9, original=b"file"))
    assert numerators(folder) == [8, 9]


def test_a_submission_is_seen_by_nobody_until_its_receipt_is_written(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted(folder, report(8))
    whole = store.write_bytes_atomically
    seen: list[tuple[str, list[int]]] = []

    def watched(path: Path, content: bytes, *, durable: bool = True) -> None:
        seen.append((path.name, numerators(folder)))
        whole(path, content, durable=durable)

    with monkeypatch.context() as patched:
        patched.setattr(store, "write_bytes_atomically", watched)
        submitted(folder, report(9, original=b"file"))
    assert len(seen) == 4 and seen[-1][0] == "receipt.json"
    assert all(standing == [8] for _, standing in seen)
    assert numerators(folder) == [8, 9]


def test_a_damaged_file_is_told_by_name_and_never_half_read(folder: DataFolder) -> None:
    submitted(folder, report(10))
    path = submission_reader.find(folder, submitted(folder, report()).submission_id)
    whole = (path / "indicators.parquet").read_bytes()
    (path / "indicators.parquet").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SamladError, match="säkerhetskopian") as told:
        submission_reader.read_all(folder)
    assert str(path) in str(told.value) and "Error" not in str(told.value)


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES])
def test_a_folder_that_cannot_be_written_takes_nothing_and_the_command_line_says_so(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    submitted(folder, report(8))

    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code), str(folder.submissions))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "mkdir", refuse)
        with pytest.raises(OSError, match=re.escape(os.strerror(code))):
            submitted(folder, report(9))
        first = submission_reader.read_all(folder).receipts[0]["submission_id"]
        words = ["withdraw", first, "--by", "Kim", "--reason", "Fel", "--data", str(folder.path)]
        answer = CliRunner().invoke(commands.main, words)
    assert answer.exit_code == 3 and "gick inte att läsa eller skriva" in answer.output
    assert numerators(folder) == [8] and submission_reader.read_all(folder).withdrawn == set()


@pytest.mark.parametrize("organisation_id", ["../../etc", "", "a/b", ".."])
def test_an_organisation_is_never_a_way_out_of_the_folder(folder: DataFolder, organisation_id: str) -> None:
    with pytest.raises(SamladError):
        submitted(folder, report(organisation_id=organisation_id))
    assert not folder.submissions.exists()


@pytest.mark.parametrize("name", ["../../x.xlsx", "a\\b.csv", "", "...", "å" * 300 + ".xlsx", 'a"b\n?.xlsx'])
def test_the_original_keeps_a_name_that_can_be_stored(folder: DataFolder, name: str) -> None:
    path = submission_reader.find(folder, submitted(folder, report(original=b"x", name=name)).submission_id)
    (kept,) = (path / "original").iterdir()
    assert kept.read_bytes() == b"x"
    assert len(kept.name.encode()) <= organisation_report.LONGEST_NAME


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path

from samlad.submissions import submission_writer
from samlad.foundation.store import DataFolder
from tests.test_submissions import report

folder, start, count, same = DataFolder(Path(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "same"
print("ready", flush=True)
sys.stdin.readline()
for number in range(start, start + count):
    original = f"file {number}".encode()
    given = report(number, original=original) if same else report(number, organisation_id=sys.argv[4])
    form = f"form {number}" if same else None
    sent = submission_writer.Delivery(given, "Kim", datetime.now(UTC), form=form)
    (receipt,) = submission_writer.append_many([sent], [()], folder)
    print(receipt.submission_id, flush=True)
"""


def writer(folder: DataFolder, start: int, count: int, kind: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", WRITER, str(folder.path), str(start), str(count), kind]
    root = Path(__file__).resolve().parent.parent
    return subprocess.Popen(words, cwd=root, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def started(*writers: subprocess.Popen[str]) -> None:
    """Let writers that are ready go at the same moment."""
    for process in writers:
        assert process.stdout and process.stdout.readline() == "ready\n"
    for process in writers:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()


def rest(process: subprocess.Popen[str]) -> list[str]:
    """The lines a writer has still to say; then it has ended."""
    assert process.stdout
    lines = process.stdout.read().splitlines()
    process.wait()
    return lines


@pytest.mark.long
def test_a_writer_killed_at_any_moment_loses_no_receipt_and_leaves_nothing_half(folder: DataFolder) -> None:
    moments = random.Random(7)
    printed: set[str] = set()
    for kill in range(5):
        pair = [writer(folder, 10_000 * kill, 5_000, "SDN-BR"), writer(folder, 10_000 * kill + 5_000, 5_000, "SDN-FA")]
        started(*pair)
        first, second = pair
        assert first.stdout
        printed.add(first.stdout.readline().strip())
        for process in (first, second):
            time.sleep(moments.uniform(0, 0.1))
            process.kill()
        for process in pair:
            printed |= {line for line in rest(process) if len(line) == 16}
            assert process.returncode == -9
    read = submission_reader.read_all(folder)
    ids = {receipt["submission_id"] for receipt in read.receipts}
    assert len(printed) >= 5
    assert printed <= ids
    assert set(read.indicators["submission_id"].to_pylist()) == ids
    sequences = [receipt["sequence"] for receipt in read.receipts]
    assert len(set(sequences)) == len(sequences)
    for receipt in read.receipts:
        path = submission_reader.find(folder, receipt["submission_id"])
        assert receipt["files"] == {name: store.sha256((path / name).read_bytes()) for name in receipt["files"]}


@pytest.mark.long
def test_the_same_forms_sent_twice_at_the_same_time_give_the_same_receipts(folder: DataFolder) -> None:
    pair = [writer(folder, 0, 20, "same"), writer(folder, 0, 20, "same")]
    started(*pair)
    first, second = (rest(process) for process in pair)
    assert len(first) == 20 and first == second
    assert sorted(first) == sorted(receipt["submission_id"] for receipt in submission_reader.read_all(folder).receipts)


@pytest.mark.long
def test_two_who_hand_in_different_figures_at_the_same_time_both_get_in(folder: DataFolder) -> None:
    pair = [writer(folder, 0, 20, "SDN-BR"), writer(folder, 100, 20, "SDN-FA")]
    started(*pair)
    printed = [line for process in pair for line in rest(process)]
    assert len(set(printed)) == 40
    assert sorted(numerators(folder)) == [*range(20), *range(100, 120)]
    assert sorted(receipt["sequence"] for receipt in submission_reader.read_all(folder).receipts) == [*range(1, 41)]
