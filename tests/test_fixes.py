"""Fixes: a small thing is put right in place, kept beside the file, and the file stays as it came."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.submissions import archive, submission_reader
from samlad.submissions.intake import batch, corrections, sheets
from samlad.submissions.intake.corrections import Fix
from samlad.submissions.intake.vocabulary import Vocabulary
from tests.test_reader import answers, figures, programme, workbook

__all__ = ["programme"]

Given = Any


def test_a_cell_that_was_not_understood_is_put_right_and_the_rest_is_as_it_was(
    programme: Given, tmp_path: Path
) -> None:
    folder = DataFolder(tmp_path)
    content = answers(["I2", None, "ca 12"], ["I3", None, None, None, 7.5])
    (before,) = batch.examine([("r.xlsx", content)], folder, programme)
    (finding,) = before.errors
    cell = corrections.place(sheets.read_sheets(content), finding, Vocabulary(programme))
    assert cell == ("Sheet1", 6, 2)
    given = {"r.xlsx": [Fix(*cell, "13"), Fix(*cell, "12")]}
    (after,) = batch.examine([("r.xlsx", content)], folder, programme, fixes=given)
    assert after.errors == ()
    (receipt,) = batch.hand_in(
        after, by="Kim", at=datetime(2025, 1, 20, tzinfo=UTC), folder=folder, accept_warnings="Prov"
    )
    path = submission_reader.find(folder, receipt.submission_id)
    assert json.loads((path / "fixes.json").read_bytes()) == [
        {"sheet": "Sheet1", "row": 6, "column": "C", "was": "ca 12", "now": "12"}
    ]
    assert "fixes.json" in receipt.files and "ca 12" not in json.dumps(receipt.as_json())
    assert archive.original(folder, receipt.submission_id)[1] == content
    assert submission_reader.read_all(folder).indicators["numerator"].to_pylist() == [12, None]
    assert [row[2] for row in figures_of(after)] == [12, None]


def figures_of(file: batch.Examined) -> list[tuple[Any, ...]]:
    return figures(batch.reader.Reading(file.reports, file.findings))


def test_what_is_set_to_what_it_was_is_no_fix(programme: Given, tmp_path: Path) -> None:
    given = {"r.xlsx": [Fix("Sheet1", 6, 2, "5"), Fix("Sheet1", 6, 2, "4")]}
    (file,) = batch.examine([("r.xlsx", answers(["I2", None, 4]))], DataFolder(tmp_path), programme, fixes=given)
    assert file.reports[0].fixes == ()


@pytest.mark.parametrize(
    "fix", [Fix("Sheet1", 99, 0, "x"), Fix("Sheet1", 0, 0, "x"), Fix("Annat", 1, 0, "x"), Fix("Sheet1", 6, 99, "x")]
)
def test_a_cell_that_is_not_there_cannot_be_put_right(programme: Given, tmp_path: Path, fix: Fix) -> None:
    content = answers(["I2", None, 4])
    (file,) = batch.examine([("r.xlsx", content)], DataFolder(tmp_path), programme, fixes={"r.xlsx": [fix]})
    assert file.unreadable is not None and "finns inte i filen" in file.unreadable
    with pytest.raises(SamladError, match="längre"):
        corrections.fixed(sheets.read_sheets(content), [Fix("Sheet1", 6, 2, "x" * 2001)])


def test_personal_data_put_into_a_cell_is_refused_as_in_the_file(programme: Given, tmp_path: Path) -> None:
    given = {"r.xlsx": [Fix("Sheet1", 6, 7, "811228-9874")]}
    (file,) = batch.examine([("r.xlsx", answers(["I2", None, 4]))], DataFolder(tmp_path), programme, fixes=given)
    assert {one.rule for one in file.errors} == {"personal_number"}


def test_personal_data_in_the_file_cannot_be_put_right_beside_it_as_the_file_is_kept(
    programme: Given, tmp_path: Path
) -> None:
    content = answers(["I2", None, 4, None, None, None, None, "811228-9874"])
    given = {"r.xlsx": [Fix("Sheet1", 6, 7, "borttaget")]}
    (file,) = batch.examine([("r.xlsx", content)], DataFolder(tmp_path), programme, fixes=given)
    assert [(one.rule, one.row) for one in file.errors] == [("personal_number", 6)]


def test_a_finding_without_a_cell_has_no_place(programme: Given, tmp_path: Path) -> None:
    content = workbook([["Namn", "Antal"], ["I2", 4]])
    (file,) = batch.examine([("r.xlsx", content)], DataFolder(tmp_path), programme)
    assert [corrections.place(sheets.read_sheets(content), one, Vocabulary(programme)) for one in file.errors] == [None]
