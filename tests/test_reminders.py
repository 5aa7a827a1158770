"""Following up: who has reported and who is late, what is marked as ready, what was asked of whom."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from samlad.foundation.errors import SamladError
from samlad.foundation.rows import ReportingDetailsRow, ReportingStateRow
from samlad.foundation.store import DataFolder
from samlad.journal import reminders
from samlad.warehouse.database import Warehouse
from tests import rows
from tests.rows import filled

PROGRAMME = rows.programme(
    organisations=rows.table("organisations", {"organisation_id": "BR", "name": "Bromma stadsdelsnämnd"})
)
NOON = datetime(2025, 1, 20, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


def mark(folder: DataFolder, *, ready: bool = True, at: datetime = NOON, **other: Any) -> None:
    said = {"organisation_id": "BR", "year": 2024, "period": "VB", "by": "Kim", **other}
    reminders.mark_ready(folder, PROGRAMME, at=at, ready=ready, **said)


def test_a_report_is_ready_until_somebody_says_it_is_not(folder: DataFolder) -> None:
    assert reminders.ready(folder, 2024, "VB") == {}
    mark(folder, comment="Nämnden beslutade i dag.")
    marked = reminders.ready(folder, 2024, "VB")["BR"]
    assert (marked.by, marked.at, marked.content["comment"]) == ("Kim", NOON, "Nämnden beslutade i dag.")
    assert reminders.ready(folder, 2024, "T2") == {}
    mark(folder, ready=False, at=datetime(2025, 2, 1, tzinfo=UTC))
    assert reminders.ready(folder, 2024, "VB") == {}
    assert set(reminders.ready(folder, 2024, "VB", date(2025, 1, 31))) == {"BR"}
    assert reminders.ready(folder, 2024, "VB", date(2025, 1, 19)) == {}


@pytest.mark.parametrize(
    "wrong",
    [{"organisation_id": "X"}, {"period": "T9"}, {"year": 2019}, {"by": " "}, {"comment": "Ring Anna Andersson"}],
)
def test_what_cannot_be_marked_says_why(folder: DataFolder, wrong: dict[str, Any]) -> None:
    with pytest.raises(SamladError):
        mark(folder, **wrong)
    assert reminders.ready(folder, 2024, "VB") == {}


def test_what_was_asked_of_whom_is_kept_latest_first(folder: DataFolder) -> None:
    for what, when in (("VB saknas.", 2024), ("Prognosen saknas.", None)):
        reminders.log_asked(
            folder,
            PROGRAMME,
            organisation_id="BR",
            what=what,
            by="Kim",
            at=NOON,
            year=when,
            period=None if when is None else "VB",
        )
    assert [one.content["text"] for one in reminders.asked(folder)] == ["Prognosen saknas.", "VB saknas."]
    assert reminders.asked(folder, organisation_id="X") == []
    for words in ("", "Fråga Anna Andersson", "811228-9874"):
        with pytest.raises(SamladError):
            reminders.log_asked(folder, PROGRAMME, organisation_id="BR", what=words, by="Kim", at=NOON)
    assert len(reminders.asked(folder)) == 2


def details(count: int, *, late: bool) -> list[ReportingDetailsRow]:
    state = "late" if late else "to_come"
    return [filled(ReportingDetailsRow, object=f"Sak {number}", state=state) for number in range(count)]


def state(**other: Any) -> ReportingStateRow:
    told = {
        "name": "Bromma stadsdelsnämnd",
        "expected": 12,
        "due": date(2025, 1, 31),
        "address": "a@b",
        "origin": "own",
    }
    return filled(ReportingStateRow, **{**told, **other})


def test_a_reminder_says_what_is_missing_since_when_and_what_to_do() -> None:
    message = reminders.reminder(state(received=10), details(2, late=True), year=2024, period="VB")
    assert message is not None and message.address == "a@b"
    assert message.subject.startswith("Påminnelse: rapport för helår 2024")
    assert "skulle ha kommit senast 31\u00a0januari 2025. Av 12 rapporter har 10 kommit." in message.body
    assert message.body.startswith("Hej Bromma stadsdelsnämnd!")
    made_up = reminders.reminder(state(origin="example"), details(2, late=True), year=2024, period="VB")
    assert made_up is not None and made_up.body.startswith("EXEMPEL")
    assert "Det här saknas (2):\n• Sak 0\n• Sak 1\n" in message.body and "Rapportera" in message.body


def test_before_the_last_day_it_is_no_reminder_and_of_many_things_some_are_named() -> None:
    message = reminders.reminder(state(), details(12, late=False), year=2024, period="T1")
    assert message is not None and message.subject.startswith("Rapport för tertial 1 2024")
    assert "ska lämnas senast" in message.body and "• och 2 till" in message.body and "kommit." not in message.body


def test_one_who_has_reported_everything_is_not_reminded() -> None:
    all_in = [filled(ReportingDetailsRow, object="Sak", received=True, state="received")]
    assert reminders.reminder(state(), all_in, year=2024, period="VB") is None
    assert reminders.reminder(state(due=None), [], year=2024, period="VB") is None


def test_the_state_of_reporting_agrees_with_what_is_expected_and_received(example: Warehouse) -> None:
    states = example.query("reporting_state", year=2025, period="VB").to_pylist()
    expected = [
        row
        for row in example.snapshot.table("expected_reports").to_pylist()
        if (row["year"], row["period"]) == (2025, "VB")
    ]
    assert sum(one["expected"] for one in states) == len(expected)
    assert sum(one["received"] for one in states) == sum(row["received"] for row in expected)
    late = [one["late"] + one["lapsed"] for one in states]
    assert sum(late) == sum(row["late"] for row in expected)
    assert {one["state"] for one in states} >= {"whole", "part"}
    receipts = [
        row
        for row in example.snapshot.table("received_submissions").to_pylist()
        if (row["year"], row["period"]) == (2025, "VB") and not row["withdrawn"]
    ]
    assert sum(one["versions"] for one in states) == len(receipts)
    latest = {row["organisation_id"]: row for row in sorted(receipts, key=lambda row: row["version"])}
    for one in states:
        row = latest.get(one["organisation_id"], {"submission_id": None, "received_on": None})
        assert (one["submission_id"], one["received_on"]) == (row["submission_id"], row["received_on"])


def test_the_details_of_one_organisation_add_up_to_its_state(example: Warehouse) -> None:
    for one in example.rows(ReportingStateRow, year=2025, period="VB"):
        given = {"organisation_id": one.organisation_id, "year": 2025, "period": "VB"}
        things = example.rows(ReportingDetailsRow, **given)
        assert len(things) == one.expected
        assert sum(row.received for row in things) == one.received
        assert all(row.version is not None and row.version <= 20 for row in things if row.received)
        message = reminders.reminder(one, things, year=2025, period="VB")
        assert (message is None) == (one.received == one.expected)
