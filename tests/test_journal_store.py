"""The ground everything stands on: files whole or not there, numbers never given twice, records and editions kept."""

import os
import resource
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from samlad.foundation import store
from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.journal.records import Record
from samlad.warehouse import editions

ROOT = Path(__file__).resolve().parent.parent
AT = datetime(2025, 3, 1, 12, 30, tzinfo=UTC)


def started(code: str, *arguments: object) -> subprocess.Popen[str]:
    """A Python process of its own that runs some code of this repository."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def heard(process: subprocess.Popen[str], lines: int) -> list[str]:
    """The next lines a process prints; waits for them."""
    assert process.stdout is not None
    return [process.stdout.readline().strip() for _ in range(lines)]


def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows with each file or folder made to survive a power cut from now on, in order."""
    asked: list[str] = []
    sync = os.fsync

    def noted(handle: int) -> None:
        asked.append("folder" if Path(f"/proc/self/fd/{handle}").resolve().is_dir() else "file")
        sync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    return asked


# The store: a file is whole or not there


def test_a_file_is_written_and_then_replaced_with_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "CURRENT"
    for content in (b"old", b"", b"new\n"):
        store.write_bytes_atomically(path, content)
        assert path.read_bytes() == content
        assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_put_in_place_leaves_no_temporary_name(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError):
        store.write_bytes_atomically(tmp_path / "taken", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
    with pytest.raises(FileNotFoundError):
        store.write_bytes_atomically(tmp_path / "nowhere" / "file", b"new")


def test_a_full_disk_leaves_the_old_file_and_no_temporary_name(tmp_path: Path) -> None:
    path = tmp_path / "receipt.json"
    path.write_bytes(b"old")
    limits, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            store.write_bytes_atomically(path, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


WRITER = """
import sys
from pathlib import Path
from samlad.foundation import store
path = Path(sys.argv[1])
print("ready", flush=True)
while True:
    for letter in (b"a", b"b"):
        store.write_bytes_atomically(path, letter * 300_000, durable=False)
"""


def test_a_writer_killed_at_any_moment_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    path = tmp_path / "file"
    store.write_bytes_atomically(path, b"a" * 300_000)
    seen: set[tuple[int, bytes, int]] = set()
    process = started(WRITER, path)
    try:
        assert heard(process, 1) == ["ready"]
        reads, end = 0, time.monotonic() + 20
        while (len(seen) < 2 or reads < 200) and time.monotonic() < end:
            content = path.read_bytes()
            seen.add((len(content), content[:1], len(set(content))))
            reads += 1
    finally:
        process.kill()
        process.communicate()
    assert seen == {(300_000, b"a", 1), (300_000, b"b", 1)}, "a reader saw a part, or the writer did nothing"
    assert len(set(path.read_bytes())) == 1
    assert path.stat().st_size == 300_000


def test_what_is_durable_is_synced_and_then_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = synced(monkeypatch)
    store.write_bytes_atomically(tmp_path / "quick", b"1", durable=False)
    assert asked == []
    store.write_bytes_atomically(tmp_path / "kept", b"1")
    store.write_json(tmp_path / "kept.json", {})
    store.write_table(tmp_path / "kept.parquet", pa.table({"a": [1]}))
    assert asked == ["file", "folder"] * 3


def test_json_is_the_same_bytes_for_the_same_content_and_fit_to_read() -> None:
    assert store.json_bytes({"b": 1, "a": "Järva"}) == b'{\n "a": "J\xc3\xa4rva",\n "b": 1\n}\n'
    assert store.json_bytes({"a": 2, "b": 1}) == store.json_bytes({"b": 1, "a": 2})


# The store: tables


def test_a_table_comes_back_as_it_was_with_its_folder_name_read_as_no_column(tmp_path: Path) -> None:
    folder = tmp_path / "year=2024"
    folder.mkdir()
    table = pa.table({"name": pa.array(["Järva", None]), "count": pa.array([1, None], pa.int64())})
    store.write_table(folder / "t.parquet", table)
    assert store.read_table(folder / "t.parquet").equals(table)
    assert list(folder.iterdir()) == [folder / "t.parquet"]


def test_the_same_table_is_the_same_bytes_also_in_another_process_and_in_other_pieces() -> None:
    table = pa.table({"a": [f"värde {number % 17}" for number in range(5000)], "b": [*range(4999), None]})
    pieces = pa.concat_tables([table.slice(0, 1234), table.slice(1234)])
    assert store.table_bytes(table) == store.table_bytes(table)
    assert store.table_bytes(pieces.combine_chunks()) == store.table_bytes(table)
    code = (
        "import pyarrow as pa; from samlad.foundation import store\n"
        "table = pa.table({'a': [f'värde {n % 17}' for n in range(5000)], 'b': [*range(4999), None]})\n"
        "print(store.sha256(store.table_bytes(table)))"
    )
    process = started(code)
    assert process.communicate()[0].strip() == store.sha256(store.table_bytes(table))


def test_tables_are_zstd_in_row_groups_of_122_880(tmp_path: Path) -> None:
    store.write_table(tmp_path / "t.parquet", pa.table({"a": pa.array(range(122_881))}), durable=False)
    written = pq.ParquetFile(tmp_path / "t.parquet").metadata
    assert [written.row_group(number).num_rows for number in range(written.num_row_groups)] == [122_880, 1]
    assert written.row_group(0).column(0).compression == "ZSTD"


# The store: numbers


def test_numbers_count_up_from_one_and_each_is_taken_for_good(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there"
    assert [store.next_sequence(folder) for _ in range(3)] == [1, 2, 3]
    assert sorted(path.name for path in folder.iterdir()) == ["00000001", "00000002", "00000003"]


def test_a_number_that_is_taken_is_passed_over_and_other_names_are_no_numbers(tmp_path: Path) -> None:
    (tmp_path / "00000007").touch()
    (tmp_path / "00000004").touch()
    (tmp_path / ".00000099.tmp").touch()
    (tmp_path / "notes").touch()
    assert store.next_sequence(tmp_path, after=3) == 5
    assert store.next_sequence(tmp_path, after=5) == 6
    assert store.next_sequence(tmp_path, after=6) == 8
    assert store.next_sequence(tmp_path) == 9


TAKER = """
import sys
from pathlib import Path
from samlad.foundation import store
folder = Path(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
print(*(store.next_sequence(folder) for _ in range(300)))
"""


def test_two_processes_at_once_never_get_the_same_number(tmp_path: Path) -> None:
    takers = [started(TAKER, tmp_path) for _ in range(2)]
    assert [heard(taker, 1) for taker in takers] == [["ready"], ["ready"]]
    for taker in takers:
        assert taker.stdin is not None
        taker.stdin.write("go\n")
        taker.stdin.flush()
    taken = [[int(number) for number in taker.communicate()[0].split()] for taker in takers]
    assert sorted(taken[0] + taken[1]) == list(range(1, 601))
    assert all(numbers == sorted(numbers) for numbers in taken)


# The data folder


def test_the_data_folder_is_the_one_given_else_the_setting_else_the_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAMLAD_DATA", raising=False)
    assert store.data_folder().path == ROOT / "data" / "example"
    monkeypatch.setenv("SAMLAD_DATA", str(tmp_path / "set"))
    assert store.data_folder().path == tmp_path / "set"
    assert store.data_folder(tmp_path / "given").path == tmp_path / "given"


# The journal


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A data folder with nothing in it."""
    return DataFolder(tmp_path / "data")


def said(folder: DataFolder, text: str, kind: str = "assessment") -> Record:
    """One record with a text."""
    return records.append(folder, kind=kind, by="Åsa", at=AT, content={"text": text})


def test_what_is_said_is_read_back_in_the_order_it_was_said(folder: DataFolder) -> None:
    assert records.read(folder) == []
    entries = [said(folder, f"nummer {number} är sagt") for number in range(12)]
    assert records.read(folder) == entries
    assert [record.sequence for record in entries] == list(range(1, 13))
    assert (entries[0].by, entries[0].at, entries[0].content) == ("Åsa", AT, {"text": "nummer 0 är sagt"})


def test_the_same_words_said_twice_are_two_records(folder: DataFolder) -> None:
    first, second = said(folder, "ja"), said(folder, "ja")
    assert first.record_id != second.record_id
    assert records.read(folder) == [first, second]


def test_one_kind_can_be_read_alone(folder: DataFolder) -> None:
    said(folder, "bedömning")
    decision = said(folder, "beslut", kind="decision")
    assert records.read(folder, "decision") == [decision]
    assert records.read(folder, "gap") == []


def test_order_follows_the_number_and_not_the_clock(folder: DataFolder) -> None:
    late = records.append(folder, kind="k", by="A", at=AT, content={})
    early = records.append(folder, kind="k", by="A", at=AT.replace(year=2001), content={})
    assert records.read(folder) == [late, early]


def test_many_in_a_row_need_no_listing_and_still_pass_over_what_is_taken(folder: DataFolder) -> None:
    first = said(folder, "ett")
    said(folder, "två")
    third = records.append(folder, kind="k", by="A", at=AT, content={}, after=first.sequence)
    assert third.sequence == 3


def test_a_record_is_durable_unless_asked_otherwise(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = synced(monkeypatch)
    said(folder, "varar")
    assert asked == ["file", "folder"]
    records.append(folder, kind="k", by="A", at=AT, content={}, durable=False)
    assert asked == ["file", "folder"]


def test_a_purged_record_leaves_a_tombstone_that_holds_nothing_of_it(folder: DataFolder) -> None:
    kept, gone = said(folder, "kvar"), said(folder, "hemligt namn")
    assert records.bury(
        folder, gone.record_id, {"at": AT.isoformat(), "by": "Bo", "decision": "SOC 2025/17", "purged": True}
    )
    assert records.read(folder) == [kept]
    files = sorted(folder.journal.glob("*.json"))
    assert [path.name for path in files] == [
        f"00000001-{kept.record_id}.json",
        f"00000002-{gone.record_id}.json",
    ]
    assert store.read_json(files[1]) == {
        "at": "2025-03-01T12:30:00+00:00",
        "by": "Bo",
        "decision": "SOC 2025/17",
        "purged": True,
    }
    for path in folder.path.rglob("*"):
        assert path.is_dir() or b"hemligt" not in path.read_bytes()
    assert said(folder, "efter").sequence == 3, "a purged record's number is not given again"


def settled(folder: DataFolder, seconds: int = 60) -> None:
    """As if the journal had been left alone for a while."""
    then = time.time() - seconds
    os.utime(folder.journal, (then, then))


def test_a_journal_left_alone_is_not_looked_through_again_until_something_is_said(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Path] = []
    scandir = os.scandir
    monkeypatch.setattr(records.os, "scandir", lambda place: (looked.append(place), scandir(place))[1])
    first = said(folder, "ett")
    settled(folder)
    assert [records.read(folder, kind) for kind in (None, "assessment", "gap")] == [[first], [first], []]
    assert looked.count(folder.journal) == 1
    second = said(folder, "två")
    assert records.read(folder) == [first, second]
    settled(folder)
    records.bury(folder, first.record_id, {"at": AT.isoformat(), "by": "Bo", "decision": "SOC 2025/17", "purged": True})
    assert records.read(folder) == [second]


def test_what_is_said_in_the_same_moment_as_the_journal_is_read_is_seen(folder: DataFolder) -> None:
    first = said(folder, "ett")
    now = folder.journal.stat().st_mtime_ns
    assert records.read(folder) == [first]
    second = said(folder, "två")
    os.utime(folder.journal, ns=(now, now))  # a file system whose clock has not moved between the two
    assert records.read(folder) == [first, second]


def test_a_record_that_has_been_read_is_gone_once_it_is_purged_also_from_memory(folder: DataFolder) -> None:
    kept, gone = said(folder, "kvar"), said(folder, "hemligt namn")
    assert records.read(folder) == [kept, gone]
    records.bury(folder, gone.record_id, {"at": AT.isoformat(), "by": "Bo", "decision": "SOC 2025/17", "purged": True})
    assert records.read(folder) == [kept]
    held = [one for path, (_, one) in records._held.items() if path.startswith(str(folder.path))]
    assert kept in held
    assert gone not in held


@pytest.mark.parametrize("record_id", ["", "0" * 16, "*", "../x", "?" * 16])
def test_purging_what_is_not_there_changes_nothing(record_id: str, folder: DataFolder) -> None:
    kept = said(folder, "kvar")
    assert not records.bury(folder, record_id, {"at": AT.isoformat(), "by": "b", "decision": "d", "purged": True})
    assert records.read(folder) == [kept]


# Snapshots

IDS = ("aaaaaaaa" + "1" * 56, "aaaaaaaa" + "2" * 56, "bbbbbbbb" + "3" * 56)


@pytest.fixture
def published(folder: DataFolder) -> DataFolder:
    """A data folder with three editions, the last of them current."""
    for number, snapshot_id in enumerate(IDS, 1):
        path = folder.snapshots / snapshot_id
        path.mkdir(parents=True)
        store.write_json(path / "manifest.json", {"number": number, "tables": {"goals": {}}})
        store.write_bytes_atomically(path / "published_at", f"2025-0{number}-01T12:00:00+00:00\n".encode())
        store.write_table(path / "goals.parquet", pa.table({"number": [number]}))
        editions.make_current(folder, snapshot_id)
    return folder


def refused(folder: DataFolder, snapshot_id: str | None) -> str:
    """Return the message that refuses reading a snapshot."""
    with pytest.raises(SamladError) as told:
        editions.read(folder, snapshot_id)
    return str(told.value)


def test_the_current_snapshot_is_the_last_made_so_and_all_are_listed_once_in_order(published: DataFolder) -> None:
    assert editions.editions(published) == list(IDS)
    assert editions.current_id(published) == IDS[2]
    editions.make_current(published, IDS[0])
    assert (editions.current_id(published), editions.editions(published)) == (IDS[0], list(IDS))
    read = editions.read(published)
    assert (read.snapshot_id, read.manifest["number"], read.published_at.month) == (IDS[0], 1, 1)
    assert read.table("goals").to_pylist() == [{"number": 1}]


@pytest.mark.parametrize("asked", [IDS[0], IDS[0][:9], IDS[0][:40]], ids=len)
def test_a_snapshot_is_read_by_its_id_or_by_enough_of_its_beginning(asked: str, published: DataFolder) -> None:
    assert editions.read(published, asked).snapshot_id == IDS[0]


@pytest.mark.parametrize(
    "asked",
    ["cccccccc", "bbbbbbb", "aaaaaaaa", IDS[2] + "0", IDS[2].upper(), "../" + IDS[2], "*", "bbbbbbbb\n", "CURRENT"],
    ids=["unknown", "too short", "begins two", "too long", "upper case", "a path", "a pattern", "a line", "a pointer"],
)
def test_an_unknown_snapshot_is_told_with_what_to_do(asked: str, published: DataFolder) -> None:
    named = "".join(sign for sign in asked if sign.isalnum())[:64]
    assert refused(published, asked) == (
        f"Ögonblicksbilden ”{named}” finns inte eller har tagits ur bruk. Utelämna den för att se den senaste."
    )


def test_where_nothing_is_published_one_is_told_how_to(folder: DataFolder) -> None:
    assert (editions.current_id(folder), editions.editions(folder)) == (None, [])
    assert refused(folder, None) == (
        "Ingenting är publicerat än. Kör python -m samlad publish, eller välj en annan datamapp."
    )


def test_a_snapshot_without_its_manifest_does_not_exist(published: DataFolder) -> None:
    (published.snapshots / IDS[2] / "manifest.json").unlink()
    assert "finns inte" in refused(published, IDS[2])
    assert editions.read(published).snapshot_id == IDS[1]


def test_a_retired_edition_is_shown_to_nobody_and_its_files_stay(published: DataFolder) -> None:
    before = sorted(path.name for path in published.snapshots.iterdir())
    assert editions.retire(published, IDS[0][:9]) == IDS[0]
    assert editions.editions(published) == list(IDS[1:])
    assert "har tagits ur bruk" in refused(published, IDS[0])
    assert "har tagits ur bruk" in refused(published, IDS[0][:9])
    assert editions.read(published).snapshot_id == IDS[2]
    assert set(before) <= {path.name for path in published.snapshots.iterdir()}
    assert "har tagits ur bruk" in _refused_retiring(published, IDS[0])


def _refused_retiring(folder: DataFolder, snapshot_id: str) -> str:
    with pytest.raises(SamladError) as told:
        editions.retire(folder, snapshot_id)
    return str(told.value)


@pytest.mark.parametrize("asked", [IDS[2], IDS[2][:8]], ids=len)
def test_the_current_snapshot_cannot_be_retired(asked: str, published: DataFolder) -> None:
    assert _refused_retiring(published, asked) == (
        "Ögonblicksbilden bbbbbbbb3333 är den som visas och kan inte tas ur bruk. Publicera en ny först."
    )
    assert editions.editions(published) == list(IDS)


PUBLISHER = """
import sys, time
from pathlib import Path
from samlad.warehouse.database import editions
from samlad.foundation.store import DataFolder
print("asks", flush=True)
with editions.publishing(DataFolder(Path(sys.argv[1]))):
    print("inside", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.mark.long
def test_a_second_publisher_waits_for_the_first_and_goes_on_when_it_is_killed(published: DataFolder) -> None:
    first = started(PUBLISHER, published.path, 60)
    assert heard(first, 2) == ["asks", "inside"]
    second = started(PUBLISHER, published.path, 0)
    assert heard(second, 1) == ["asks"]
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(timeout=0.5)
    first.kill()
    first.communicate()
    assert second.communicate(timeout=20)[0] == "inside\n"


def test_the_ledger_that_is_missing_stops_whoever_would_publish(published: DataFolder) -> None:
    with pytest.raises(SamladError, match="har skyddat saknas") as told:
        editions.standing_editions(published)
    assert IDS[0][:12] in str(told.value)
    assert "retire" in str(told.value)
    for number, snapshot_id in enumerate(IDS):
        path = editions.ledger_path(published, snapshot_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        store.write_table(path, pa.table({"number": [number]}))
    assert [edition.snapshot_id for edition in editions.standing_editions(published)] == list(IDS)


def test_what_stands_in_the_address_is_not_repeated_as_a_link(tmp_path: Path) -> None:
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "snapshots" / "CURRENT").write_text("a" * 64 + "\n", encoding="ascii")
    with pytest.raises(SamladError) as refused:
        editions.read(DataFolder(tmp_path), "[Logga in](https://example.org)")
    assert not set("[]()/:") & set(str(refused.value))


def test_a_tombstone_keeps_the_decision_it_was_written_for(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    at = datetime(2026, 1, 2, tzinfo=UTC)
    record = records.append(folder, kind="assessment", by="Ada", at=at, content={"text": "…"})
    assert records.bury(
        folder, record.record_id, {"at": at.isoformat(), "by": "Bo", "decision": "SOC 1", "purged": True}
    )
    (kept,) = folder.journal.glob("*.json")
    first = kept.read_bytes()
    assert records.bury(
        folder, record.record_id, {"at": at.isoformat(), "by": "Bo", "decision": "SOC 2", "purged": True}
    )
    assert kept.read_bytes() == first
