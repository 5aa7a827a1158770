"""The life of a gap: what people decide is kept, asked about again when it must be, and closed by the data."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from samlad.foundation.errors import SamladError
from samlad.foundation.rows import GapListRow
from samlad.foundation.store import DataFolder
from samlad.journal import gap_states, records
from samlad.journal.gap_states import AskedAgain, State
from samlad.submissions import withdrawals
from samlad.warehouse.changes import closed_gaps
from tests.editions import Made, reported, units
from tests.rows import filled

pytestmark = pytest.mark.long

GAP = filled(
    GapListRow,
    gap_id="abc",
    rule="G1",
    title="Aktiviteten ”X” har ingen ansvarig",
    evidence_sha="first",
    still_there=True,
)
AT = datetime(2025, 3, 1, tzinfo=UTC)
LATER = date(2026, 3, 1)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A data folder with a journal."""
    made = DataFolder(tmp_path)
    made.journal.mkdir()
    return made


def standing(folder: DataFolder, as_of: date = date(2025, 4, 1), **changed: Any) -> gap_states.GapState:
    """Return the state of the gap on a day."""
    found = gap_states.standings(records.read(folder, gap_states.KIND), [replace(GAP, **changed)], as_of)
    return found["abc"]


def test_a_gap_that_nobody_has_dealt_with_is_new(folder: DataFolder) -> None:
    assert standing(folder) == gap_states.NEW


def test_the_latest_word_stands_and_the_earlier_ones_are_kept(folder: DataFolder) -> None:
    gap_states.set_state(folder, GAP, state=State.REVIEWED, by="Ada", at=AT)
    gap_states.set_state(folder, GAP, state=State.ACCEPTED, by="Bo", at=AT, reason="Uppdraget upphör i juni.")
    now = standing(folder)
    assert (now.state, now.by, now.reason, now.asked_again) == (State.ACCEPTED, "Bo", "Uppdraget upphör i juni.", None)
    kept = gap_states.history(records.read(folder, gap_states.KIND), "abc")
    assert [record.by for record in kept] == ["Ada", "Bo"]


@pytest.mark.parametrize(
    ("by", "state", "reason", "said"),
    [
        ("", State.REVIEWED, "", "Skriv ditt namn"),
        ("Ada", State.ACCEPTED, " ", "Skriv varför"),
        ("Ada", State.ACCEPTED, "Gäller 811218-9876.", "personnummer"),
        ("Ada", State.REVIEWED, "x" * 1001, "högst"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words_and_nothing_is_written(
    folder: DataFolder, by: str, state: State, reason: str, said: str
) -> None:
    with pytest.raises(SamladError, match=said):
        gap_states.set_state(folder, GAP, state=state, by=by, at=AT, reason=reason)
    assert records.read(folder) == []


def test_an_accepted_gap_is_asked_about_again_when_its_evidence_changes(folder: DataFolder) -> None:
    gap_states.set_state(folder, GAP, state=State.ACCEPTED, by="Ada", at=AT, reason="Känt.")
    assert standing(folder).asked_again is None
    assert standing(folder, evidence_sha="other").asked_again is AskedAgain.EVIDENCE


def test_an_accepted_gap_is_asked_about_again_after_a_year_by_the_data_not_the_clock(folder: DataFolder) -> None:
    gap_states.set_state(folder, GAP, state=State.ACCEPTED, by="Ada", at=AT, reason="Känt.")
    assert standing(folder, as_of=date(2026, 2, 28)).asked_again is None
    assert standing(folder, as_of=date(2026, 3, 1)).asked_again is AskedAgain.YEAR


def test_a_gap_said_to_be_done_is_asked_about_for_as_long_as_the_data_shows_it(folder: DataFolder) -> None:
    gap_states.set_state(folder, GAP, state=State.DONE, by="Ada", at=AT)
    assert standing(folder).asked_again is AskedAgain.STILL_THERE


def test_a_journal_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("in the way", encoding="utf-8")
    with pytest.raises(SamladError, match="journal"):
        gap_states.set_state(DataFolder(tmp_path), GAP, state=State.REVIEWED, by="Ada", at=AT)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The small city as of a day a year later, when what was asked for 2025 is late."""
    made = reported(tmp_path_factory.mktemp("published") / "data")
    made.publish(as_of=LATER)
    return made


def test_a_gap_that_the_data_closes_says_which_report_did_it(published: Made, tmp_path: Path) -> None:
    made = published.copied(tmp_path / "data")
    old = made.standing()
    receipt = made.hand_in("FA", 2025, units(7))
    new = made.publish(as_of=LATER)
    closed = closed_gaps.closed(old, new)
    by_report = [one for one in closed if one.gap["rule"] in closed_gaps.BY_REPORTS]
    assert by_report, "the silence of Farsta is a gap until its report has come"
    assert all(
        [row["submission_id"] for row in one.submissions] == [receipt.submission_id]
        for one in by_report
        if "FA" in one.gap["organisations"].split()
    )
    assert closed_gaps.closed(old, old) == []


def test_a_report_that_does_not_bring_what_was_missing_closes_nothing(published: Made, tmp_path: Path) -> None:
    made = published.copied(tmp_path / "data")
    old = made.standing()
    made.hand_in("FA", 2025, {"activity_id": "A", "status": "ongoing"}, period="T1")
    received = old.table("received_submissions").to_pylist()
    earlier = next(row for row in received if (row["organisation_id"], row["year"]) == ("FA", 2024))
    withdrawals.withdraw(made.folder, earlier["submission_id"], by="Kim", reason="Fel år.", at=made.day)
    closed = closed_gaps.closed(old, made.publish(as_of=LATER))
    causes = {(one.gap["rule"], one.gap["object_id"], one.gap["organisations"]): one.cause for one in closed}
    assert causes["G5", "I", "FA"] == "En rapport har dragits tillbaka."


def test_a_gap_closed_by_a_withdrawal_says_so(tmp_path: Path) -> None:
    made = reported(tmp_path / "data")
    other = made.hand_in("FA", 2024, {**units(9), "organisation_id": "BR"})
    old = made.publish(as_of=LATER)
    withdrawals.withdraw(made.folder, other.submission_id, by="Kim", reason="Fel enhet.", at=made.day)
    closed = [one for one in closed_gaps.closed(old, made.publish(as_of=LATER)) if one.gap["rule"] == "G13"]
    assert [(one.cause, [row["submission_id"] for row in one.submissions]) for one in closed] == [
        ("En rapport har dragits tillbaka.", [other.submission_id])
    ]
