"""Days are Stockholm's, an edition says which reports it leaves out, and a told day is kept beside the real one."""

import ast
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from streamlit.testing.v1 import AppTest

from samlad.cli import commands
from samlad.foundation import arrival_day, clock, store
from samlad.foundation.errors import PublishRefused
from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.publish import publishing
from samlad.report import document, report_files, report_orders
from samlad.submissions import archive, submission_reader, withdrawals
from samlad.warehouse import editions
from samlad.warehouse.changes import Kind, between, closed_gaps, difference
from samlad.warehouse.database import open_snapshot
from tests.editions import Made, came_after, reported, units
from tests.test_pages import run, seen

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parent.parent
WAITING_RULES = {"G4", "G5", "G6", "G15"}


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """The small city with its reports in, not yet published."""
    return reported(tmp_path / "data")


def command(folder: DataFolder, *words: str) -> Result:
    """Return a command's answer, with no-break spaces as spaces."""
    answer = CliRunner().invoke(commands.main, ["--data", str(folder.path), *words])
    assert answer.exception is None or isinstance(answer.exception, SystemExit)
    return answer


def plain(words: str) -> str:
    """Words with ordinary spaces."""
    return words.replace("\u00a0", " ")


def report_file(place: Path, count: int = 5) -> Path:
    """A file with one figure of Bromma's for 2024."""
    path = place / "r.csv"
    path.write_text(f"Organisation;År;Period;Indikator-id;Antal;Av totalt\nBR;2024;VB;I;{count};10\n", encoding="utf-8")
    return path


# Days


@pytest.mark.parametrize(
    ("stored", "day", "offset"),
    [
        ("2025-01-31T22:59:59Z", date(2025, 1, 31), "+01:00"),
        ("2025-01-31T23:30:00Z", date(2025, 2, 1), "+01:00"),
        ("2025-01-31T23:30:00+00:00", date(2025, 2, 1), "+01:00"),
        ("2025-02-01T00:30:00+01:00", date(2025, 2, 1), "+01:00"),
        ("2025-08-31T21:59:59+00:00", date(2025, 8, 31), "+02:00"),
        ("2025-08-31T22:00:00+00:00", date(2025, 9, 1), "+02:00"),
        ("2025-03-29T23:30:00Z", date(2025, 3, 30), "+01:00"),
        ("2025-03-30T01:00:00Z", date(2025, 3, 30), "+02:00"),
        ("2025-03-30T22:30:00Z", date(2025, 3, 31), "+02:00"),
        ("2025-10-25T22:30:00Z", date(2025, 10, 26), "+02:00"),
        ("2025-10-26T00:30:00Z", date(2025, 10, 26), "+02:00"),
        ("2025-10-26T01:30:00Z", date(2025, 10, 26), "+01:00"),
        ("2025-10-26T22:30:00Z", date(2025, 10, 26), "+01:00"),
    ],
)
def test_a_moment_has_the_day_and_the_offset_of_stockholm(stored: str, day: date, offset: str) -> None:
    moment = clock.read(stored)
    assert (clock.day(moment), clock.stored(moment)[-6:]) == (day, offset)
    assert clock.read(clock.stored(moment)) == moment == datetime.fromisoformat(stored)


def test_only_the_clock_turns_moments_into_days_and_reads_what_time_it_is() -> None:
    forbidden = {"now", "utcnow", "today", "date", "combine", "strftime", "astimezone", "fromtimestamp"}
    of_date = {"fromisoformat"}
    found = []
    for path in [*(ROOT / "samlad").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]:
        if path.name in (
            "clock.py",
            "cell_dates.py",
        ):  # cell_dates.py reads days that people write in cells, without an hour
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name("clock"))):
                    continue
                case ast.Call(func=ast.Attribute(value=ast.Name("datetime"), attr=name)) if name in of_date:
                    found.append(f"{path.name}:{node.lineno} datetime.{name}")
                case ast.Call(func=ast.Attribute(attr=name)) if name in forbidden:
                    found.append(f"{path.name}:{node.lineno} {name}")
                case ast.ImportFrom(module="zoneinfo"):
                    found.append(f"{path.name}:{node.lineno} zoneinfo")
                case ast.ImportFrom(module="datetime", names=names) if {"UTC", "timezone"} & {
                    one.name for one in names
                }:
                    found.append(f"{path.name}:{node.lineno} UTC")
    assert found == []
    asks = re.compile(r"\b(now\(|today\(|current_date|current_timestamp|at time zone|timestamptz)", re.IGNORECASE)
    assert [path.name for path in (ROOT / "queries").rglob("*.sql") if asks.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("moment", ["2025-01-31T23:30:00Z", "2025-02-01T00:30:00+01:00"])
def test_half_past_midnight_on_the_first_of_february_is_late(tmp_path: Path, moment: str) -> None:
    made = Made.anew(tmp_path / "data")
    receipt = made.hand_in("BR", 2024, units(5))
    path = submission_reader.find(made.folder, receipt.submission_id) / "receipt.json"
    stored = store.read_json(path)
    del stored["told_on"]  # as an earlier Samlad wrote it
    store.write_json(path, {**stored, "received_at": moment})
    edition = made.publish()
    assert edition.as_of == date(2025, 2, 1)
    (row,) = edition.table("received_submissions").to_pylist()
    assert (row["received_on"], row["loaded_on"]) == (date(2025, 2, 1), None)
    late = {
        row["organisation_id"]: row["late"]
        for row in edition.table("expected_reports").to_pylist()
        if (row["object_id"], row["year"], row["period"]) == ("I", 2024, "VB")
    }
    assert late == {"BR": False, "FA": True, "JA": True}
    (entry,) = archive.entries(made.folder)
    assert "2025-02-01 00:30 av Kim" in entry.text() and not archive.entries(made.folder, date(2025, 1, 31))


def test_a_judgement_and_an_edition_have_the_day_of_stockholm(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    midnight = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    made.day = midnight
    made.judge("BR", "partly", "Rutinerna finns.")
    (record,) = records.read(made.folder)
    assert clock.stored(record.at) == "2026-02-01T00:30:00+01:00"
    monkeypatch.setattr(clock, "now", lambda: clock.local(midnight))
    edition = made.publish(as_of=date(2026, 2, 1))
    assert edition.published_on == date(2026, 2, 1)
    assert (edition.path / "published_at").read_text("ascii").startswith("2026-02-01T00:30:00+01:00\n")
    assert [row["at"] for row in edition.table("assessments").to_pylist()] == [date(2026, 2, 1)]


def test_today_is_stockholms(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: clock.read("2026-01-31T23:30:00Z"))
    assert made.publish(as_of=date(2026, 2, 1)).as_of == date(2026, 2, 1)
    with pytest.raises(PublishRefused, match="har inte varit än"):
        publishing.publish(made.folder, as_of=date(2026, 2, 2))


def test_the_hour_that_comes_twice_in_autumn_is_two_hours() -> None:
    first, second = (clock.read(f"2025-10-26T0{hour}:30:00Z") for hour in (0, 1))
    assert first < second and (second - first).seconds == 3600
    assert [clock.minute(one) for one in (first, second)] == ["2025-10-26 02:30"] * 2
    assert clock.stored(first) != clock.stored(second)


# As-of


def test_the_example_with_the_wrong_as_of_is_refused_with_the_number_that_would_be_left_out(
    example_folder: DataFolder,
) -> None:
    day = date(2023, 1, 31)
    number = came_after(example_folder, day)
    before = sorted(path.name for path in example_folder.snapshots.iterdir())
    pointer = (example_folder.snapshots / "CURRENT").read_bytes()
    answer = command(example_folder, "publish", "--as-of", str(day))
    assert answer.exit_code == 1 and number > 100 and answer.stdout == ""
    assert f"{number} av " in plain(answer.stderr) and f"--leave-out {number}" in answer.stderr
    assert (example_folder.snapshots / "CURRENT").read_bytes() == pointer
    assert sorted(path.name for path in example_folder.snapshots.iterdir()) == before


def test_the_example_is_published_as_of_its_last_receipt_and_leaves_out_none(example_folder: DataFolder) -> None:
    read = submission_reader.read_all(example_folder)
    edition = editions.read(example_folder)
    moments = [receipt["received_at"] for receipt in read.receipts]
    assert {moment[-6:] for moment in moments} == {"+01:00", "+02:00"}
    standing = [one for one in read.receipts if one["submission_id"] not in read.withdrawn]
    assert (edition.as_of, edition.left_out) == (max(map(arrival_day.received_on, standing)), 0)


@pytest.mark.parametrize("words", [["--leave-out", "2"], ["--leave-out", "4"], ["--leave-out", "0"], []])
def test_only_exactly_the_number_left_out_publishes_an_earlier_day(city: Made, words: list[str]) -> None:
    pointer = editions.current_id(city.folder)
    day = date(2025, 2, 5)  # the three of 2024 came later
    answer = command(city.folder, "publish", "--as-of", str(day), *words)
    assert answer.exit_code == 1 and "3 av 7 rapporter" in plain(answer.stderr)
    assert editions.current_id(city.folder) == pointer and len(editions.editions(city.folder)) == 1


def test_a_number_to_leave_out_where_none_is_left_out_is_refused(made: Made) -> None:
    answer = command(made.folder, "publish", "--leave-out", "3")
    assert answer.exit_code == 1 and "Ingen rapport utelämnas" in answer.stderr
    assert editions.current_id(made.folder) is None


def test_a_day_to_come_is_refused(made: Made) -> None:
    answer = command(made.folder, "publish", "--as-of", "2999-01-01")
    assert answer.exit_code == 1 and "har inte varit än" in answer.stderr
    assert editions.current_id(made.folder) is None


def test_an_edition_that_leaves_reports_out_says_so_everywhere(city: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    made, old = city, city.standing()
    answer = command(made.folder, "publish", "--as-of", "2025-02-05", "--leave-out", "3")
    said = "3 rapporter som kom efter 5 februari 2025 är utelämnade. Läget är det som gällde den dagen."
    assert answer.exit_code == 0 and said in plain(answer.stdout)
    new = made.standing()
    assert (new.manifest["left_out"], new.manifest["as_of"], new.manifest["reports"]) == (3, "2025-02-05", 4)
    monkeypatch.setenv("SAMLAD_DATA", str(made.folder.path))
    for page in ("overview", "indicator", "changes", "reporting_state", "about"):
        assert said in plain(_whole(run(page))), page
    report = made.folder.path / "r.xlsx"
    assert command(made.folder, "report", "--year", "2021", "--out", str(report)).exit_code == 0
    order = report_orders.order(made.folder, year=2021)
    assert ("Utelämnat", said) in [(name, plain(words)) for name, words in _head(made.folder, order)]
    found = between(old, new)
    assert found and {one.kind for one in found} == {Kind.EARLIER_DAY}
    told = "\n".join(difference(*(open_snapshot(made.folder, one.snapshot_id) for one in (old, new))).lines())
    assert "tidigare dag: 5 februari 2025" in plain(told) and "tiden har gått" not in told and said in plain(told)
    assert {one.cause for one in closed_gaps.closed(old, new)} <= {"Läget är en tidigare dag."}
    assert Kind.EARLIER_DAY not in {one.kind for one in between(new, old)}


def _whole(app: AppTest) -> str:
    assert not app.exception
    return seen(app)


def _head(folder: DataFolder, order: report_files.Order) -> list[tuple[str, str]]:
    from samlad.report.draft import draft
    from samlad.report.report_head import head

    made: document.Report = draft(open_snapshot(folder, order.snapshot_id), order.choice)
    return head(made)


def test_the_default_day_is_that_of_the_last_report_that_is_not_withdrawn(made: Made) -> None:
    last = made.hand_in("BR", 2025, units(5))
    day = clock.day(made.day)
    assert made.publish().as_of == day
    withdrawals.withdraw(made.folder, last.submission_id, by="Kim", reason="Fel", at=datetime(2026, 3, 1, tzinfo=UTC))
    edition = made.publish()
    assert (edition.as_of, edition.left_out) == (date(2025, 2, 8), 0)
    assert made.publish(as_of=date(2025, 2, 8)).snapshot_id == edition.snapshot_id


def test_no_day_brings_back_what_has_been_withdrawn(made: Made) -> None:
    first = submission_reader.read_all(made.folder).receipts[0]["submission_id"]
    withdrawals.withdraw(made.folder, first, by="Kim", reason="Fel", at=datetime(2026, 3, 1, tzinfo=UTC))
    edition = made.publish(as_of=date(2025, 2, 5), leave_out=3)
    assert edition.manifest["reports"] == 3
    assert first not in edition.table("indicator_values")["submission_id"].to_pylist()


@pytest.mark.parametrize(("as_of", "withdrawn"), [(None, False), (date(2025, 6, 1), True)])
def test_without_a_report_nothing_is_expected_and_the_rules_that_wait_say_so(
    tmp_path: Path, as_of: date | None, withdrawn: bool
) -> None:
    made = Made.anew(tmp_path / "data")
    if withdrawn:
        one = made.hand_in("BR", 2024, units(5))
        withdrawals.withdraw(made.folder, one.submission_id, by="Kim", reason="Fel", at=made.day)
    edition = made.publish(as_of=as_of)
    assert edition.as_of == (as_of or date(2025, 12, 31)) and edition.reports_until is None
    assert edition.table("expected_reports").num_rows == 0
    rules = {row["rule"]: row["silent_because"] for row in edition.table("gap_rules").to_pylist()}
    assert all(rules[one] for one in WAITING_RULES)


# A day that is told


def test_a_told_day_is_kept_and_shown_beside_the_real_one_and_is_the_one_that_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Made.anew(tmp_path / "data")
    monkeypatch.setattr(clock, "now", lambda: clock.read("2026-03-02T23:30:00Z"))
    submit = ("submit", str(report_file(tmp_path)), "--by", "Kim", "--accept-warnings", "Prov")
    answer = command(made.folder, *submit, "--received", "2025-01-28")
    assert answer.exit_code == 0
    assert "mottagen 28 januari 2025 (uppgiven dag, inlagd 3 mars 2026)" in plain(answer.stdout)
    (receipt,) = submission_reader.read_all(made.folder).receipts
    assert (receipt["told_on"], receipt["received_at"]) == ("2025-01-28", "2026-03-03T00:30:00+01:00")
    assert "2025-01-28 enligt uppgift, inlagd 2026-03-03 00:30 av Kim" in command(made.folder, "history", "BR").stdout
    assert archive.entries(made.folder, date(2025, 1, 28)) and not archive.entries(made.folder, date(2025, 1, 27))
    edition = made.publish()
    (row,) = edition.table("received_submissions").to_pylist()
    assert (edition.as_of, row["received_on"], row["loaded_on"]) == (
        date(2025, 1, 28),
        date(2025, 1, 28),
        date(2026, 3, 3),
    )
    assert not any(
        row["late"] for row in edition.table("expected_reports").to_pylist() if row["due"] >= date(2025, 1, 28)
    )
    monkeypatch.setenv("SAMLAD_DATA", str(made.folder.path))
    page = plain(_whole(run("reporting_state", period="helår", ar="2024")))
    assert "28 januari 2025 (uppgiven dag, inlagd 3 mars 2026)" in page
    answer = command(made.folder, "publish", "--as-of", "2025-01-27")
    assert answer.exit_code == 1 and "1 av 1 rapport" in answer.stderr


@pytest.mark.parametrize(
    ("told", "code", "why"),
    [
        ("2999-01-01", 1, "har inte varit än"),
        ("2023-12-31", 1, "som började 1 januari 2024"),
        ("31/1", 2, "är inget datum"),
    ],
)
def test_a_told_day_that_cannot_be_is_refused_and_nothing_is_stored(
    tmp_path: Path, told: str, code: int, why: str
) -> None:
    made = Made.anew(tmp_path / "data")
    submit = ("submit", str(report_file(tmp_path)), "--by", "Kim", "--accept-warnings", "Prov")
    answer = command(made.folder, *submit, "--received", told)
    assert answer.exit_code == code and why in plain(answer.stderr)
    assert submission_reader.read_all(made.folder).receipts == []


def test_the_later_submission_is_the_current_one_whatever_day_is_told(tmp_path: Path) -> None:
    made = Made.anew(tmp_path / "data")
    for count, told in ((5, "2025-03-01"), (6, "2025-02-01")):
        submit = ("submit", str(report_file(tmp_path, count)), "--by", "Kim", "--accept-warnings", "Prov")
        assert command(made.folder, *submit, "--received", told).exit_code == 0
    values = made.publish().table("indicator_values").to_pylist()
    assert [row["numerator"] for row in values if row["indicator_id"] == "I"] == [6]
