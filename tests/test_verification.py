"""Altered or missing files in a data folder: each is named, and stops nothing else."""

import os
import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from samlad.cli import commands
from samlad.foundation import store
from samlad.foundation.errors import Altered, SamladError
from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.publish import publishing, purges, verification
from samlad.publish.publishing import PublishRefused
from samlad.report import delivered_reports
from samlad.report.draft import Choice
from samlad.report.report_files import Order
from samlad.submissions import submission_reader, submission_writer, withdrawals
from samlad.submissions.organisation_report import OrganisationReport, activity_rows, indicator_rows
from samlad.warehouse import condition, database, editions
from tests.editions import Made, units

pytestmark = pytest.mark.long

AT = datetime(2025, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(published_city: Made, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A folder with a file of every kind: originals, a withdrawal, ledgers, two editions, a judgement, a delivery."""
    made = published_city.copied(tmp_path_factory.mktemp("whole") / "data")
    made.judge("BR", "fully", "Ordning finns")
    row = {"organisation_id": "FA", "year": 2025, "period": "VB", "sex": "total", "origin": "own", **units(7)}
    report = OrganisationReport(
        "FA", 2025, "VB", indicator_rows([row]), activity_rows([]), original_name="FA.xlsx", original=b"as it came"
    )
    for _ in range(2):
        receipt = submission_writer.submit(report, by="Kim", at=AT, folder=made.folder, findings=())
        report = OrganisationReport("FA", 2025, "VB", indicator_rows([{**row, **units(8)}]), activity_rows([]))
    withdrawals.withdraw(made.folder, receipt.submission_id, by="Lo", reason="fel", at=AT)
    current = made.publish()
    order = Order(Choice((2024,)), current.snapshot_id, template=b"a template")
    delivered_reports.keep(made.folder, order, "docx", b"a document", by="Kim", at=AT)
    return made


@pytest.fixture
def folder(made: Made, tmp_path: Path) -> DataFolder:
    """A copy to be damaged."""
    return made.copied(tmp_path / "data").folder


def kind(folder: DataFolder, path: Path) -> str:
    """Return the kind of a file, by its place: one of each is flipped."""
    parts = [part for part in path.relative_to(folder.path).parts if "=" not in part]
    if parts[0] == "snapshots":
        return "/".join(["snapshots", "…", parts[-1]]) if len(parts) > 2 else "/".join(parts)
    if parts[0] == "submissions" and parts[1] in ("ledgers", "withdrawn"):
        return f"submissions/{parts[1]}/*{path.suffix}"
    if parts[0] == "submissions":
        return f"submissions/…/{'original' if 'original' in parts else parts[-1]}"
    return f"journal/reports/*{''.join(path.suffixes)}" if "reports" in parts else f"journal/*{path.suffix}"


def hashed_files(folder: DataFolder) -> dict[str, Path]:
    """A file of each kind that is written once and read ever after; the empty files that take a number hold no byte."""
    places = (folder.snapshots, folder.submissions, folder.journal)
    files = [path for place in places for path in sorted(place.rglob("*")) if path.is_file() and path.stat().st_size]
    return {kind(folder, path): path for path in files if path.name != ".lock"}


def flip(path: Path, at: int) -> None:
    """Change one bit of one byte."""
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def told(folder: DataFolder) -> list[str]:
    return [defect.path for defect in verification.verify(folder)]


def test_a_folder_left_alone_is_whole(folder: DataFolder) -> None:
    assert verification.verify(folder) == []
    answer = CliRunner().invoke(commands.main, ["verify", "--data", str(folder.path)])
    assert answer.exit_code == 0 and "hel" in answer.output


def test_one_bit_flipped_anywhere_in_any_kind_of_file_is_found_and_the_file_is_named(folder: DataFolder) -> None:
    files = hashed_files(folder)
    assert {"snapshots/CURRENT", "snapshots/EDITIONS", "snapshots/…/manifest.json", "snapshots/…/published_at"} <= {
        *files
    }
    assert {"submissions/…/receipt.json", "submissions/…/indicators.parquet", "submissions/…/original"} <= {*files}
    assert {"submissions/ledgers/*.parquet", "submissions/ledgers/*.json", "submissions/withdrawn/*.json"} <= {*files}
    assert {"journal/*.json", "journal/reports/*.docx", "journal/reports/*.mall.docx"} <= {*files}
    chance = random.Random(17)
    for which, path in files.items():
        before = path.read_bytes()
        for at in {0, len(before) - 1, *(chance.randrange(len(before)) for _ in range(1))}:
            flip(path, at)
            found = told(folder)
            relative = str(path.relative_to(folder.path))
            near = relative.removesuffix(".json") if "ledgers" in relative else relative
            assert any(one.startswith((relative, near)) for one in found), f"byte {at} of {which}: {found}"
            path.write_bytes(before)
    assert verification.verify(folder) == []


@pytest.mark.parametrize("which", ["tombstone", "note", "published ids"])
def test_one_bit_flipped_in_what_a_purge_leaves_or_in_the_names_of_old_ids_is_found(
    folder: DataFolder, which: str
) -> None:
    (withdrawn,) = (folder.submissions / "withdrawn").glob("*.json")
    purges.purge(folder, withdrawn.stem, decision="D 1", by="Bo", reason="namn", at=AT)
    store.write_json(folder.submissions / "published_ids.json", {"0" * 64: "1" * 16})
    assert verification.verify(folder) == []
    path = {
        "tombstone": next(folder.submissions.rglob("tombstone.json")),
        "note": next((folder.snapshots / "notes").iterdir()),
        "published ids": folder.submissions / "published_ids.json",
    }[which]
    before = path.read_bytes()
    for at in range(0, len(before), 7):
        flip(path, at)
        assert str(path.relative_to(folder.path)) in told(folder), f"byte {at}"
        path.write_bytes(before)


@pytest.mark.parametrize("name", ["receipt.json", "manifest.json", "published_at", "record"])
def test_every_single_byte_of_what_is_sealed_counts(folder: DataFolder, name: str) -> None:
    files = hashed_files(folder)
    path = files["journal/*.json"] if name == "record" else next(p for one, p in files.items() if one.endswith(name))
    before = path.read_bytes()
    for at in range(0, len(before), 1 if len(before) < 1_000 else 29):
        flip(path, at)
        with pytest.raises(Altered):
            match name:
                case "manifest.json":
                    verification._confirm(path, path.parent.name)
                case "published_at":
                    verification._confirm_moment(path.parent)
                case _:
                    store.read_json(path, needs_seal=True)
        path.write_bytes(before)


@pytest.mark.parametrize("which", ["snapshots/…/indicator_values.parquet", "submissions/…/indicators.parquet"])
def test_a_file_that_is_gone_is_named(folder: DataFolder, which: str) -> None:
    path = hashed_files(folder)[which]
    path.unlink()
    (defect,) = verification.verify(folder)
    assert (defect.path, defect.happened) == (str(path.relative_to(folder.path)), "saknas")
    assert "säkerhetskopian" in defect.text()


def test_a_file_that_does_not_belong_is_named(folder: DataFolder) -> None:
    for which in ("submissions/…/receipt.json", "snapshots/…/indicator_values.parquet"):
        path = hashed_files(folder)[which].with_name("more.parquet")
        path.write_bytes(b"x")
        assert told(folder) == [str(path.relative_to(folder.path))]
        path.unlink()


def test_two_submissions_with_one_number_are_named(folder: DataFolder) -> None:
    first, second = sorted(submission_reader.folders(folder), key=lambda path: path.name)[:2]
    second.rename(second.with_name(f"{first.name.partition('-')[0]}-{second.name.partition('-')[2]}"))
    found = [defect.happened for defect in verification.verify(folder) if "samma nummer" in defect.happened]
    assert len(found) == 1


def test_an_altered_report_is_not_published_and_the_old_edition_stays(folder: DataFolder) -> None:
    before = editions.current_id(folder)
    path = hashed_files(folder)["submissions/…/indicators.parquet"]
    flip(path, 100)
    with pytest.raises(PublishRefused, match=r"har ändrats sedan den skrevs.*säkerhetskopian"):
        publishing.publish(folder)
    answer = CliRunner().invoke(commands.main, ["publish", "--data", str(folder.path)])
    assert answer.exit_code == 1 and path.name in answer.output
    assert editions.current_id(folder) == before


def test_a_broken_receipt_or_withdrawal_stops_publish_and_nothing_else(folder: DataFolder) -> None:
    files = hashed_files(folder)
    whole = len(submission_reader.read_all(folder).receipts)
    for which in ("submissions/…/receipt.json", "submissions/withdrawn/*.json"):
        before = files[which].read_bytes()
        flip(files[which], 20)
        read = submission_reader.read_all(folder)
        assert [fault.path for fault in read.broken] == [files[which]]
        assert len(read.receipts) == whole - (which == "submissions/…/receipt.json")
        with pytest.raises(PublishRefused, match=files[which].name):
            publishing.publish(folder)
        files[which].write_bytes(before)


def test_a_folder_without_a_receipt_is_named_and_publish_goes_on(folder: DataFolder) -> None:
    path = hashed_files(folder)["submissions/…/receipt.json"]
    path.unlink()
    (defect,) = condition.of_submissions(folder)
    assert defect.path == str(path.parent.relative_to(folder.path)) and "inget kvitto" in defect.happened
    assert defect.path in told(folder)
    answer = CliRunner().invoke(commands.main, ["publish", "--data", str(folder.path)])
    assert answer.exit_code == 0 and defect.path in answer.output


def test_an_altered_table_of_an_edition_is_refused_at_load_with_its_name(folder: DataFolder) -> None:
    current = editions.read(folder)
    path = current.path / "indicator_values.parquet"
    content = path.read_bytes()
    store.write_table(path, current.table("indicator_values").slice(1))
    with pytest.raises(Altered, match=r"indicator_values\.parquet har ändrats"):
        database.Warehouse(editions.read(folder))
    path.write_bytes(content)
    manifest = current.path / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"threshold": 5', b'"threshold": 4'))
    with pytest.raises(Altered, match=r"manifest\.json har ändrats"):
        database.Warehouse(editions.read(folder))


def test_publishing_the_same_again_mends_an_altered_edition(folder: DataFolder) -> None:
    current = editions.read(folder)
    flip(current.path / "goals.parquet", 50)
    assert publishing.publish(folder) == current.snapshot_id
    assert verification.verify(folder) == []


def test_each_file_is_read_for_its_hash_once_in_a_process(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    hashed = store.file_hash
    monkeypatch.setattr(store, "file_hash", lambda path: (read.append(path), hashed(path))[1])
    for _ in range(2):
        editions.read(folder).table("goals")
        submission_reader.read_all(folder)
    assert len(read) == len(set(read)) > 1


def test_a_broken_record_is_named_and_all_others_are_read(folder: DataFolder) -> None:
    records.append(folder, kind="asked", by="Kim", at=AT, content={"text": "en fråga"})
    first = min(folder.journal.glob("*.json"))
    whole = len(records.read(folder))
    for broken in (b"", b"{", b"[]\n", b"\xff\xfe", first.read_bytes().replace(b"Ordning", b"Oordning")):
        first.write_bytes(broken)
        records._found.clear()
        assert len(records.read(folder)) == whole - 1
        assert [fault.path for fault in records.broken(folder)] == [first]
        assert str(first.relative_to(folder.path)) in [defect.path for defect in condition.at_a_glance(folder)]


@pytest.mark.parametrize("content", [None, b"", b"\xff\xff", b"a" * 64 + b"\n", b"../../etc\n"])
def test_without_its_pointer_the_last_edition_is_shown_and_the_pointer_is_named(
    folder: DataFolder, content: bytes | None
) -> None:
    current = editions.current_id(folder)
    pointer = folder.snapshots / "CURRENT"
    pointer.unlink() if content is None else pointer.write_bytes(content)
    assert editions.read(folder).snapshot_id == current
    (defect,) = condition.at_a_glance(folder)
    assert defect.path == "snapshots/CURRENT"


@pytest.mark.parametrize("change", [lambda said: said[:100] + b"!" + said[101:], lambda said: b"", None])
def test_where_editions_are_not_known_readers_go_on_and_publish_refuses(
    folder: DataFolder, change: Callable[[bytes], bytes] | None
) -> None:
    listed = folder.snapshots / "EDITIONS"
    listed.unlink() if change is None else listed.write_bytes(change(listed.read_bytes()))
    assert database.Warehouse(editions.read(folder)).query("goals").num_rows
    assert "snapshots/EDITIONS" in [defect.path for defect in condition.at_a_glance(folder)]
    with pytest.raises(PublishRefused, match="EDITIONS"):
        publishing.publish(folder)


def test_an_edition_whose_manifest_is_broken_is_named_and_the_others_open(folder: DataFolder) -> None:
    first, current = editions.editions(folder)
    for broken in (b"", b"{}", b"[1]"):
        (folder.snapshots / first / "manifest.json").write_bytes(broken)
        assert f"snapshots/{first}/manifest.json" in [defect.path for defect in condition.of_readers(folder)]
        assert database.Warehouse(editions.read(folder)).snapshot_id == current
        with pytest.raises(SamladError, match=r"manifest\.json"):
            editions.read(folder, first)


def test_a_current_edition_without_its_ledger_can_be_retired_so_that_publishing_goes_on(folder: DataFolder) -> None:
    first, current = editions.editions(folder)
    editions.ledger_path(folder, current).unlink()
    assert editions.retire(folder, current) == current
    assert (editions.current_id(folder), editions.editions(folder)) == (first, [first])
    publishing.publish(folder)


@pytest.mark.parametrize("kept", [0, 3])
def test_a_lost_folder_of_numbers_lets_no_old_figure_win(folder: DataFolder, kept: int) -> None:
    before = submission_reader.highest(folder)
    for taken in sorted((folder.submissions / "sequence").iterdir())[kept:]:
        taken.unlink()
    if not kept:
        (folder.submissions / "sequence").rmdir()
    shutil.rmtree(folder.journal / "sequence")
    again = DataFolder(folder.path.rename(folder.path.with_name("restored")))
    assert any("sequence" in path for path in told(again))
    made = Made(again.path)
    made.day = AT
    receipt = made.hand_in("BR", 2024, units(9))
    assert receipt.sequence == before + 1
    newest = max(submission_reader.read_all(again).indicators.to_pylist(), key=lambda row: row["sequence"])
    assert (newest["organisation_id"], newest["numerator"]) == ("BR", 9)
    last = max(record.sequence for record in records.read(again))
    assert records.append(again, kind="asked", by="Kim", at=AT, content={}).sequence == last + 1


def test_the_editions_are_listed_with_their_days_and_their_state(folder: DataFolder) -> None:
    first, current = editions.editions(folder)
    editions.retire(folder, first)
    answer = CliRunner().invoke(commands.main, ["editions", "--data", str(folder.path)])
    lines = {line[:64]: line for line in answer.stdout.splitlines()}
    assert lines[first].endswith("ur bruk") and lines[current].endswith("visas")
    assert [edition.state for edition in editions.on_disk(folder)] == ["retired", "current"]


def test_a_copy_that_has_lost_files_is_still_read(folder: DataFolder) -> None:
    """A copy taken while somebody writes may hold EDITIONS and CURRENT that name what had not been copied yet."""
    current = editions.current_id(folder)
    shutil.rmtree(folder.snapshots / str(current))
    assert editions.current_id(folder) == editions.editions(folder)[0]
    assert os.access(editions.read(folder).path, os.R_OK)
