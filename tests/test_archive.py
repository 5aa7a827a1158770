"""The archive: everything handed in with who and when, and the file it came in byte for byte."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from samlad.cli import commands
from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.publish import purges
from samlad.submissions import archive, submission_reader, withdrawals
from tests.test_submissions import folder, report, submitted

__all__ = ["folder"]

JANUARY, FEBRUARY = datetime(2025, 1, 10, tzinfo=UTC), datetime(2025, 2, 1, tzinfo=UTC)
CONTENT = b"PK\x00\xff a file"


def test_every_submission_is_listed_with_who_when_and_what_became_of_it(folder: DataFolder) -> None:
    first = submitted(folder, report(9, original=b"a"), at=JANUARY)
    second = submitted(folder, report(10), at=FEBRUARY)
    withdrawals.withdraw(folder, first.submission_id, by="Lo", reason="Fel fil", at=FEBRUARY)
    one, two = archive.entries(folder)
    assert (one.submission_id, one.by, one.state, one.rows) == (first.submission_id, "Kim", "withdrawn", 3)
    assert (two.submission_id, two.state, two.ended) == (second.submission_id, "stands", {})
    assert one.text() == (
        f"1 {first.submission_id}: SDN-BR VB 2024, 2025-01-10 01:00 av Kim, 3 rader, filen r.xlsx,"
        " tillbakadragen 2025-02-01 01:00 av Lo: Fel fil."
    )
    assert archive.entries(folder, organisation_id="SDN-FA") == []


def test_the_list_as_it_was_on_a_day_knows_nothing_of_what_came_later(folder: DataFolder) -> None:
    first = submitted(folder, report(9), at=JANUARY)
    submitted(folder, report(10), at=FEBRUARY)
    withdrawals.withdraw(folder, first.submission_id, by="Lo", reason="Fel", at=FEBRUARY)
    (one,) = archive.entries(folder, date(2025, 1, 31))
    assert (one.submission_id, one.state) == (first.submission_id, "stands")
    assert archive.entries(folder, date(2025, 1, 9)) == []


def test_every_version_of_a_value_is_there_with_who_and_when(folder: DataFolder) -> None:
    first = submitted(folder, report(9), at=JANUARY)
    submitted(folder, report(10), at=FEBRUARY)
    withdrawals.withdraw(folder, first.submission_id, by="Lo", reason="Fel", at=FEBRUARY)
    found = archive.versions(folder, "I1", "SDN-BR", 2024)
    assert [(row["sex"], row["numerator"], row["by"], row["received_at"], row["state"]) for row in found] == [
        ("total", 9, "Kim", JANUARY, "withdrawn"),
        ("women", 4, "Kim", JANUARY, "withdrawn"),
        ("total", 10, "Kim", FEBRUARY, "stands"),
        ("women", 5, "Kim", FEBRUARY, "stands"),
    ]
    assert [row["status"] for row in archive.versions(folder, "A1", "SDN-BR", 2024)] == ["done", "done"]
    assert archive.versions(folder, "I1", "SDN-BR", 2023) == archive.versions(folder, "I1", "X", 2024) == []


def test_the_file_comes_back_byte_for_byte(folder: DataFolder, tmp_path: Path) -> None:
    receipt = submitted(folder, report(original=CONTENT, name="Bromma VB.xlsx"))
    assert archive.original(folder, receipt.submission_id) == ("Bromma VB.xlsx", CONTENT)
    out = tmp_path / "ut.xlsx"
    words = ["original", receipt.submission_id, "--out", str(out), "--data", str(folder.path)]
    answer = CliRunner().invoke(commands.main, words)
    assert answer.exit_code == 0 and out.read_bytes() == CONTENT


def test_a_file_that_is_not_there_says_why(folder: DataFolder) -> None:
    typed, kept = submitted(folder, report(9)), submitted(folder, report(10, original=CONTENT))
    with pytest.raises(SamladError, match="för hand"):
        archive.original(folder, typed.submission_id)
    with pytest.raises(SamladError, match="ingen inlämning"):
        archive.original(folder, "0" * 16)
    (file,) = (submission_reader.find(folder, kept.submission_id) / "original").iterdir()
    file.write_bytes(b"other")
    with pytest.raises(SamladError, match="skadad"):
        archive.original(folder, kept.submission_id)


def test_a_purged_submission_is_listed_without_what_was_in_it(folder: DataFolder) -> None:
    receipt = submitted(folder, report(original=CONTENT, name="Kims fil.xlsx"))
    withdrawals.withdraw(folder, receipt.submission_id, by="Lo", reason="Fel", at=FEBRUARY)
    purges.purge(folder, receipt.submission_id, decision="dnr 1", by="Lo", reason="Gallring", at=FEBRUARY)
    (entry,) = archive.entries(folder)
    assert (entry.state, entry.by, entry.original_name, entry.rows) == ("purged", None, None, 0)
    assert entry.ended["decision"] == "dnr 1" and "Kim" not in entry.text()
    assert archive.versions(folder, "I1", "SDN-BR", 2024) == []
    with pytest.raises(SamladError, match="gallrad"):
        archive.original(folder, receipt.submission_id)


def test_the_command_line_shows_history_and_versions(folder: DataFolder) -> None:
    submitted(folder, report(9), at=JANUARY)
    data = ["--data", str(folder.path)]
    listed = CliRunner().invoke(commands.main, ["history", "SDN-BR", *data])
    assert listed.exit_code == 0 and "av Kim, 3 rader, gäller." in listed.output
    rows = CliRunner().invoke(commands.main, ["history", "SDN-BR", "--object", "I1", "--year", "2024", "--json", *data])
    assert rows.exit_code == 0 and '"numerator": 9' in rows.output
    assert CliRunner().invoke(commands.main, ["history", "SDN-BR", "--object", "I1", *data]).exit_code == 2
    assert "inte lämnat in" in CliRunner().invoke(commands.main, ["history", "SDN-FA", *data]).output
