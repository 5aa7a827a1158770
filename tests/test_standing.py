"""Standing figures: a page knows them as readers do, and tells a report's changes without giving a hidden one away."""

from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from samlad.catalogue.programme import read_programme
from samlad.foundation import schema
from samlad.foundation.store import DataFolder
from samlad.submissions import current_values, submission_reader
from samlad.submissions.current_values import ReportChange
from samlad.submissions.intake import checks
from samlad.submissions.organisation_report import OrganisationReport, activity_rows, indicator_rows
from samlad.submissions.submission_reader import Submissions
from samlad.warehouse import editions
from tests import rows

PROGRAMME = rows.programme(
    organisations=rows.table("organisations", {"organisation_id": "BR", "short_name": "Bromma"}),
    indicators=rows.table(
        "indicators",
        {"indicator_id": "I1", "short_name": "Andel rutiner"},
        {"indicator_id": "I2", "measure": "count", "short_name": "Samtal", "counts": "persons"},
        {"indicator_id": "I3", "measure": "yes_no", "short_name": "Plan"},
        {"indicator_id": "I4", "measure": "rate", "per": 1000, "short_name": "Brott"},
    ),
    activities=rows.table("activities", {"activity_id": "A1", "title": "Utbilda chefer"}),
)
CELL = {"organisation_id": "BR", "year": 2024, "period": "VB", "origin": "own"}


def figure(indicator_id: str, **cells: Any) -> dict[str, Any]:
    return {**CELL, "indicator_id": indicator_id, "sex": "total", **cells}


def status(word: str | None) -> dict[str, Any]:
    return {**CELL, "activity_id": "A1", "status": word}


def report(*cells: dict[str, Any]) -> OrganisationReport:
    return OrganisationReport(
        *("BR", 2024, "VB"),
        indicator_rows(row for row in cells if "indicator_id" in row),
        activity_rows(row for row in cells if "activity_id" in row),
        original_name="r.xlsx",
    )


def history(*cells: dict[str, Any]) -> Submissions:
    """Return the submissions that stand, each cell later than the one before."""
    none = submission_reader.none_yet()
    given = [{**row, "sequence": number} for number, row in enumerate(cells, start=1)]
    return replace(
        none,
        indicators=pa.Table.from_pylist([row for row in given if "indicator_id" in row], none.indicators.schema),
        activities=pa.Table.from_pylist([row for row in given if "activity_id" in row], none.activities.schema),
    )


def told(after: dict[str, Any], *before: dict[str, Any]) -> ReportChange:
    (change,) = current_values.changes(report(after), history(*before), PROGRAMME)
    return change


def test_a_report_is_told_beside_what_stands_with_the_difference() -> None:
    change = told(
        figure("I1", numerator=9, denominator=12),
        figure("I1", numerator=5, denominator=10),
        figure("I1", numerator=6, denominator=12),
    )
    assert (change.name, change.before, change.after) == ("Andel rutiner", "6 av 12 (50\u00a0%)", "9 av 12 (75\u00a0%)")
    assert change.difference == "+25\u00a0procentenheter" and change.changes
    assert told(figure("I2", numerator=3), figure("I2", numerator=5)).difference == "−2"
    assert told(status("done"), status("ongoing")).before == "Pågår"
    assert told(figure("I3", value=1.0), figure("I3", value=0.0)).after == "ja"
    assert told(figure("I4", numerator=18, denominator=958), figure("I4", missing_reason="-")).after.startswith("18 av")


def test_what_is_the_same_changes_nothing_and_what_is_new_has_nothing_before_it() -> None:
    same = figure("I1", numerator=9, denominator=12)
    assert not told(same, same).changes
    assert told(same).before is None and told(same).changes
    assert told(same, figure("I1", numerator=1, denominator=2, sex="women")).before is None


def test_a_protected_figure_is_told_as_protected_with_no_difference_and_as_a_change_even_when_it_is_the_same() -> None:
    for numerator in (0, 3, 40):
        change = told(figure("I2", numerator=numerator), figure("I2", missing_reason=".."))
        assert (change.before, change.difference, change.changes) == ("Skyddat", None, True)


@pytest.mark.long
def test_a_check_against_what_is_published_tells_nothing_of_a_hidden_figure(example_folder: DataFolder) -> None:
    programme = read_programme(example_folder.programme)
    readers, raw = current_values.published(editions.read(example_folder)), submission_reader.read_all(example_folder)
    hidden = [
        row
        for row in readers.indicators.to_pylist()
        if (row["missing_reason"], row["period"], row["sex"]) == ("..", "VB", "total") and row["year"] == 2023
    ]
    assert hidden and all(row["numerator"] is row["value"] is row["comment"] is None for row in hidden)
    probes = []
    for row in hidden:
        cell = {**CELL, "indicator_id": row["indicator_id"], "organisation_id": row["organisation_id"], "sex": "total"}
        cell |= {"year": row["year"] + 1, "numerator": 90, "denominator": 100}
        probes.append(
            OrganisationReport(row["organisation_id"], row["year"] + 1, "VB", indicator_rows([cell]), activity_rows())
        )

    def told_of_the_year_before(history: Submissions) -> list[str]:
        found = checks.check(probes, example_folder, programme, history)
        return [one.message for of_probe in found for one in of_probe if one.rule in ("jump", "hundred_times")]

    assert told_of_the_year_before(readers) == []
    assert told_of_the_year_before(raw) != [], "the command line is told"


def test_what_is_published_has_the_shape_of_what_is_received(example_folder: DataFolder) -> None:
    history = current_values.published(editions.read(example_folder))
    none = submission_reader.none_yet()
    assert history.indicators.schema == none.indicators.schema
    assert history.activities.schema == none.activities.schema
    assert history.indicators["sequence"].null_count == 0 and history.indicators.num_rows > 1000
    assert set(history.indicators["sex"].unique().to_pylist()) == set(schema.SEXES[:3])


@pytest.mark.parametrize(
    ("row", "about", "said"),
    [
        (figure("I2", numerator=1442), {"measure": "count"}, "1\u00a0442"),
        (figure("I1", value=0.85), {"measure": "share"}, "85\u00a0%"),
        (figure("I1"), {"measure": "share"}, "Ej rapporterat"),
        (figure("I9", numerator=3), {}, "3"),
        (status(None), {}, "Ej rapporterat"),
    ],
)
def test_a_row_is_said_in_words(row: dict[str, Any], about: dict[str, Any], said: str) -> None:
    filled = {name: row.get(name) for name in current_values.FIGURES} | row
    assert current_values.row_text(filled, about) == said
