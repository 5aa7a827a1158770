"""A year there and back: every organisation's form, filled in from its submission, gives back what was in it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pytest

from samlad.catalogue.programme import Programme, read_programme
from samlad.foundation.store import DataFolder
from samlad.submissions import current_values, submission_reader
from samlad.submissions.intake import batch, report_form, sheets
from samlad.submissions.intake.sheets import letter
from samlad.submissions.organisation_report import HEADINGS
from samlad.submissions.submission_reader import Submissions
from samlad.swedish import words
from samlad.warehouse.database import Warehouse
from tests import lengths
from tests.test_template import fill

pytestmark = pytest.mark.long

YEAR = 2023
SHEETS = {"Indikatorer": "indicator_id", "Aktiviteter": "activity_id"}
ANSWERS = {
    "Indikatorer": ("numerator", "denominator", "value", "forecast", "missing_reason", "comment"),
    "Aktiviteter": ("status", "missing_reason", "comment"),
}
WORDS = {"missing_reason": words.MISSING, "status": words.STATUSES}
SEXES = {word: sex for sex, word in words.SEXES.items()}

Said = dict[tuple[str, str, str | None], dict[str, Any]]
"""Answers by organisation, thing and sex."""


def stands(received: Submissions, period: str) -> Said:
    """Return the standing answers for a period."""
    said: Said = {}
    for sheet, rows in (("Indikatorer", received.indicators), ("Aktiviteter", received.activities)):
        of_period = rows.filter(pc.and_(pc.equal(rows["year"], YEAR), pc.equal(rows["period"], period)))
        for key, row in current_values.latest(of_period, SHEETS[sheet]).items():
            said[key[1], key[0], key[4]] = {name: row[name] for name in ANSWERS[sheet]}
    return said


def filled(form: bytes, organisation_id: str, said: Said, measures: dict[str, str]) -> tuple[bytes, Said]:
    """A form with what stands written into its cells, and the answers it had room for."""
    written: Said = {}
    for sheet in sheets.read_sheets(form):
        if sheet.name not in SHEETS:
            continue
        at = {str(heading): place for place, heading in enumerate(sheet.rows[report_form.HEADING_ROW])}
        cells: dict[str, Any] = {}
        for number, line in enumerate(sheet.rows[report_form.HEADING_ROW + 1 :], start=report_form.HEADING_ROW + 2):
            identity = str(line[at[HEADINGS[SHEETS[sheet.name]]]])
            sex = SEXES[str(line[at[HEADINGS["sex"]]])] if sheet.name == "Indikatorer" else None
            answers = said.get((organisation_id, identity, sex))
            if answers is None:
                continue
            written[organisation_id, identity, sex] = answers
            for name, value in answers.items():
                shown = WORDS.get(name, {}).get(value, value)
                if name == "value" and measures.get(identity) == "yes_no" and value is not None:
                    shown = "Ja" if value else "Nej"
                if shown is not None:
                    cells[f"{letter(at[HEADINGS[name]])}{number}"] = shown
        form = fill(form, sheet.name, cells)
    return form, written


def measures_of(programme: Programme) -> dict[str, str]:
    return {row["indicator_id"]: row["measure"] for row in programme.tables["indicators"].to_pylist()}


@pytest.mark.parametrize("period", ["T1", "VB"], ids=["before the merger", "after it"])
def test_a_year_of_forms_comes_back_as_it_was_meant_and_is_published_protected(
    example_folder: DataFolder, example: Warehouse, tmp_path: Path, period: str
) -> None:
    programme = read_programme(example_folder.programme)
    measures = measures_of(programme)
    meant = stands(submission_reader.read_all(example_folder), period)
    everybody = sorted({key[0] for key in meant})
    of_its_time = "SDN-RK" if period == "T1" else "SDN-JA"
    assert of_its_time in everybody and len(everybody) > 20
    whom = lengths.of(sorted({of_its_time, *everybody[::3]}), everybody)
    meant = {key: answers for key, answers in meant.items() if key[0] in whom}
    forms, written = [], {}
    for organisation_id in whom:
        form, answers = filled(
            report_form.form(programme, organisation_id, YEAR, period), organisation_id, meant, measures
        )
        forms.append((f"{organisation_id}.xlsx", form))
        written |= answers
    assert written == meant, "the forms have a line for every answer that was ever given"
    folder = DataFolder(tmp_path)
    examined = batch.examine(forms, folder, programme)
    assert [one.text() for file in examined for one in file.errors] == []
    for file in examined:
        batch.hand_in(file, by="Kim", at=datetime(2024, 1, 20, tzinfo=UTC), folder=folder, accept_warnings="Prov")
    assert stands(submission_reader.read_all(folder), period) == meant
    hold_published(example, meant, period, measures)


def hold_published(example: Warehouse, meant: Said, period: str, measures: dict[str, str]) -> None:
    """Every figure that was handed in is what the query gives, or protected, and of the protected nothing is left."""
    seen, hidden = 0, 0
    for identity in sorted({key[1] for key in meant} & measures.keys()):
        for row in example.query("indicator_figures", indicator_id=identity).to_pylist():
            answers = meant.get((row["organisation_id"], identity, row["sex"]))
            if answers is None or (row["year"], row["period"]) != (YEAR, period):
                continue
            seen += 1
            if row["missing_reason"] == ".." and answers["missing_reason"] != "..":
                hidden += 1
                assert row["numerator"] is row["value"] is row["forecast"] is None
            else:
                assert (row["numerator"], row["missing_reason"]) == (answers["numerator"], answers["missing_reason"])
    assert seen > hidden > 0
