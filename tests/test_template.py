"""The form: exactly what an organisation is to report, and what is filled in comes back as it was meant."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa
import pytest

from samlad.catalogue.programme import Programme
from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.submissions import submission_reader
from samlad.submissions.intake import batch, report_form, sheets
from samlad.submissions.organisation_report import HEADINGS
from tests import rows

NASTY = '=HYPERLINK("x")', "+1", "-1", "@SUM(A1)"


def programme(**tables: Any) -> Programme:
    """A catalogue with one indicator of each measure, one activity, and a merger."""
    given = {
        "goals": rows.table("goals", {"goal_id": "M1", "number": 3, "short_title": "Upptäcka våld"}),
        "organisations": rows.table(
            "organisations",
            {"organisation_id": "SDN-BR", "name": "Bromma stadsdelsnämnd", "short_name": "Bromma"},
            {"organisation_id": "SDN-RK", "name": "Rinkeby-Kista stadsdelsnämnd", "valid_to": date(2023, 6, 30)},
            {"organisation_id": "SDN-JA", "name": "Järva stadsdelsnämnd", "valid_from": date(2023, 7, 1)},
            {"organisation_id": "FN-X", "name": "Annan nämnd", "kind": "facknamnd"},
        ),
        "indicators": rows.table(
            "indicators",
            {"indicator_id": "I1", "name": NASTY[0], "periods": "T1 T2 VB", "split_by_sex": True, "unit": "procent"},
            {"indicator_id": "I2", "measure": "rate", "per": 1000},
            {"indicator_id": "I3", "measure": "count"},
            {"indicator_id": "I4", "measure": "index"},
            {"indicator_id": "I5", "measure": "yes_no"},
            {"indicator_id": "I6", "valid_to": date(2022, 12, 31)},
            {"indicator_id": "I7"},
        ),
        "activities": rows.table("activities", {"activity_id": "A1", "title": NASTY[3]}),
        "responsibilities": rows.table(
            "responsibilities",
            *({"object_type": "indicator", "object_id": f"I{n}", "group_id": "stadsdelsnamnder"} for n in range(1, 7)),
            {"object_type": "activity", "object_id": "A1", "group_id": "stadsdelsnamnder"},
            {"object_type": "indicator", "object_id": "I7", "organisation_id": "SDN-BR", "status": "proposed"},
            {"object_type": "indicator", "object_id": "I7", "organisation_id": "FN-X", "role": "berord"},
        ),
        "targets": rows.table(
            "targets",
            {"indicator_id": "I1", "organisation_id": "CITY", "year": 2024, "value": 0.9},
            {"indicator_id": "I1", "organisation_id": "SDN-BR", "year": 2024, "value": 0.85, "set_by": "namnd"},
            *(
                {"indicator_id": f"I{n}", "organisation_id": "CITY", "year": year, "value": 1.0}
                for n in range(1, 7)
                for year in (2022, 2023, 2024)
                if (n, year) != (1, 2024)
            ),
        ),
    }
    return rows.programme(**{**given, **tables})


def lines(form: bytes, sheet: str) -> list[dict[str, Any]]:
    """The lines of one sheet of a form, by heading."""
    found = next(one for one in sheets.read_sheets(form) if one.name == sheet)
    headings = found.rows[report_form.HEADING_ROW]
    return [dict(zip(headings, row, strict=True)) for row in found.rows[report_form.HEADING_ROW + 1 :]]


def fill(form: bytes, sheet: str, answers: dict[str, Any]) -> bytes:
    """Write values into cells of a form as Excel would: the cells are there, with their looks, and empty."""
    names = [one.name for one in sheets.read_sheets(form)]
    part = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for about in old.infolist():
            content = old.read(about)
            if about.filename == part:
                xml = content.decode()
                left = dict(answers)
                content = re.sub(r'<c r="([A-Z]+\d+)"( s="\d+")/>', partial(cell, answers=left), xml).encode()
                assert not left, f"{sorted(left)} are no empty cells"
            new.writestr(about, content)
    return file.getvalue()


def cell(found: re.Match[str], answers: dict[str, Any]) -> str:
    """An empty cell with its answer, which is taken out of those left."""
    if found[1] not in answers:
        return found[0]
    value = answers.pop(found[1])
    if isinstance(value, str):
        return f'<c r="{found[1]}"{found[2]} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{found[1]}"{found[2]}><v>{value}</v></c>'


ANSWERS = {
    "H8": 34, "I8": 40, "K8": 0.9, "M8": "=1+1 är ”text”",
    "H9": 20, "I9": 22,
    "H10": 14, "I10": 18,
    "H11": 18, "I11": 958,
    "H12": 48, "M12": "@kommentar",
    "J13": 71.5,
    "J14": "Nej",
}  # fmt: skip


def test_the_form_has_exactly_the_duties_of_the_organisation_and_the_period() -> None:
    form = report_form.form(programme(), "SDN-BR", 2024, "VB")
    given = lines(form, "Indikatorer")
    assert [(line["Indikator-id"], line["Kön"]) for line in given] == [
        ("I1", "Alla"),
        ("I1", "Kvinnor"),
        ("I1", "Män"),
        *((f"I{n}", "Alla") for n in range(2, 6)),
    ]
    assert [line["Aktivitets-id"] for line in lines(form, "Aktiviteter")] == ["A1"]
    assert given[0]["Mål"] == "3 Upptäcka våld" and given[0]["Enhet"] == "procent"


def test_only_what_is_asked_for_in_the_period_is_in_the_form() -> None:
    assert {
        line["Indikator-id"] for line in lines(report_form.form(programme(), "Bromma", 2024, "T1"), "Indikatorer")
    } == {"I1"}
    before = report_form.form(programme(), "Bromma", 2022, "VB")
    assert "I6" in {line["Indikator-id"] for line in lines(before, "Indikatorer")}


def test_the_organisations_own_target_stands_before_the_citys() -> None:
    targets = {
        line["Indikator-id"]: line["Årsmål"]
        for line in lines(report_form.form(programme(), "SDN-BR", 2024, "VB"), "Indikatorer")
        if line["Kön"] == "Alla"
    }
    assert targets == {"I1": 0.85, "I2": 1.0, "I3": "", "I4": 1.0, "I5": "Ja"}


@pytest.mark.parametrize("organisation", ["SDN-BR", "bromma", "Bromma  stadsdelsnämnd"])
def test_an_organisation_is_known_by_id_and_by_name(organisation: str) -> None:
    assert report_form.form(programme(), organisation, 2024, "VB") == report_form.form(
        programme(), "SDN-BR", 2024, "VB"
    )


@pytest.mark.parametrize(
    ("organisation", "year", "period", "says"),
    [
        ("Brommma", 2024, "VB", "Menar du ”bromma”"),
        ("??", 2024, "VB", "Det finns ingen organisation"),
        ("SDN-BR", 2019, "VB", "Perioden VB 2019 finns inte"),
        ("SDN-BR", 2024, "T9", "Perioden T9 2024 finns inte"),
        ("SDN-RK", 2023, "T2", "fanns inte den 31\u00a0augusti 2023"),
        ("SDN-JA", 2023, "T1", "fanns inte den 30\u00a0april 2023"),
        ("FN-X", 2024, "VB", "inget beslutat ansvar"),
    ],
)
def test_a_form_that_cannot_be_made_says_why(organisation: str, year: int, period: str, says: str) -> None:
    with pytest.raises(SamladError, match=re.escape(says)):
        report_form.form(programme(), organisation, year, period)


def test_the_same_catalogue_gives_the_same_bytes() -> None:
    assert report_form.form(programme(), "SDN-BR", 2024, "VB") == report_form.form(programme(), "SDN-BR", 2024, "VB")


def test_nothing_that_is_written_becomes_a_formula() -> None:
    form = report_form.form(programme(), "SDN-BR", 2024, "VB")
    with zipfile.ZipFile(io.BytesIO(form)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())
    assert lines(form, "Indikatorer")[0]["Namn"] == NASTY[0]
    assert lines(form, "Aktiviteter")[0]["Namn"] == NASTY[3]


def test_words_are_chosen_from_lists_and_only_answers_can_be_written() -> None:
    form = report_form.form(programme(), "SDN-BR", 2024, "VB")
    with zipfile.ZipFile(io.BytesIO(form)) as parts:
        indicators, activities = (parts.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (2, 3))
    assert '"Ej rapporterat,Skyddat,Ej aktuellt"' in indicators.replace("&quot;", '"')
    assert '"Genomförd,Pågår,Försenad,Ej påbörjad,Utgår"' in activities.replace("&quot;", '"')
    assert "<sheetProtection" in indicators and "<sheetProtection" in activities


@pytest.mark.parametrize(("organisation", "year"), [("SDN-BR", 2024), ("SDN-RK", 2022), ("SDN-JA", 2023)])
def test_a_form_that_is_filled_in_comes_back_as_it_was_meant(organisation: str, year: int, tmp_path: Path) -> None:
    folder, catalogue = DataFolder(tmp_path), programme()
    form = report_form.form(catalogue, organisation, year, "VB")
    filled = fill(form, "Indikatorer", ANSWERS if year != 2022 else {**ANSWERS, "L15": "Ej aktuellt"})
    filled = fill(filled, "Aktiviteter", {"E8": "Försenad", "G8": "-klar i mars"})
    (examined,) = batch.examine([("rapport.xlsx", filled)], folder, catalogue)
    assert [finding.text() for finding in examined.findings] == []
    (receipt,) = batch.hand_in(examined, by="Kim", at=datetime(year + 1, 1, 20, tzinfo=UTC), folder=folder)
    read = submission_reader.read_all(folder)
    told = read.indicators.select(
        ["indicator_id", "sex", "numerator", "denominator", "value", "forecast", "missing_reason", "comment"]
    ).to_pylist()
    assert {(row["indicator_id"], row["sex"]): tuple(row.values())[2:] for row in told} == {
        ("I1", "total"): (34, 40, None, 0.9, None, "=1+1 är ”text”"),
        ("I1", "women"): (20, 22, None, None, None, None),
        ("I1", "men"): (14, 18, None, None, None, None),
        ("I2", "total"): (18, 958, None, None, None, None),
        ("I3", "total"): (48, None, None, None, None, "@kommentar"),
        ("I4", "total"): (None, None, 71.5, None, None, None),
        ("I5", "total"): (None, None, 0.0, None, None, None),
        **({("I6", "total"): (None, None, None, None, ".", None)} if year == 2022 else {}),
    }
    assert read.activities.select(["activity_id", "status", "comment"]).to_pylist() == [
        {"activity_id": "A1", "status": "delayed", "comment": "-klar i mars"}
    ]
    assert set(read.indicators["source_sheet"].to_pylist()) == {"Indikatorer"}
    assert read.indicators["source_row"].to_pylist()[0] in range(8, 16)
    assert (receipt.organisation_id, receipt.year, receipt.period) == (organisation, year, "VB")
    (kept,) = (submission_reader.find(folder, receipt.submission_id) / "original").iterdir()
    assert kept.read_bytes() == filled


def merged(*duties: dict[str, Any]) -> Programme:
    """The catalogue with a duty that Rinkeby-Kista had by name when it became a part of Järva, and some more."""
    given = programme()
    named = {"object_type": "activity", "object_id": "A1", "organisation_id": "SDN-RK", "role": "huvudansvarig"}
    responsibilities = rows.table(
        "responsibilities",
        {"object_type": "indicator", "object_id": "I3", "group_id": "stadsdelsnamnder"},
        named,
        *duties,
    )
    successions = rows.table(
        "successions", {"predecessor_id": "SDN-RK", "successor_id": "SDN-JA", "date": date(2023, 7, 1)}
    )
    return Programme(tables={**given.tables, "responsibilities": responsibilities, "successions": successions})


def to_confirm(form: bytes) -> list[list[Any]]:
    """Return the rows below the headings of the sheet of duties to confirm, if there is one."""
    found = [one.rows[4:] for one in sheets.read_sheets(form) if one.name == "Att bekräfta"]
    return found[0] if found else []


def test_a_duty_that_a_successor_may_have_inherited_stands_as_to_be_confirmed(tmp_path: Path) -> None:
    form = report_form.form(merged(), "SDN-JA", 2023, "VB")
    assert to_confirm(form) == [
        ["3 Upptäcka våld", "A1", "@SUM(A1)", "huvudansvarig", "Rinkeby-Kista stadsdelsnämnd"],
    ]
    assert [line["Indikator-id"] for line in lines(form, "Indikatorer")] == ["I3"]
    filled = fill(form, "Indikatorer", {"H8": 4})
    (examined,) = batch.examine([("r.xlsx", filled)], DataFolder(tmp_path), merged())
    assert examined.findings == ()


@pytest.mark.parametrize("status", ["decided", "proposed"])
def test_a_duty_that_the_catalogue_gives_the_successor_is_not_to_be_confirmed(status: str) -> None:
    told = {"object_type": "activity", "object_id": "A1", "organisation_id": "SDN-JA", "status": status}
    assert to_confirm(report_form.form(merged(told), "SDN-JA", 2023, "VB")) == []
    assert to_confirm(report_form.form(merged(), "SDN-BR", 2024, "VB")) == []


def reported(year: int, numerator: int | None, reason: str | None = None) -> dict[str, Any]:
    return {
        **{"indicator_id": "I1", "organisation_id": "SDN-BR", "year": year, "period": "VB", "sex": "total"},
        **{"numerator": numerator, "denominator": 40, "missing_reason": reason, "sequence": year, "origin": "own"},
    }


def history(*given: dict[str, Any]) -> submission_reader.Submissions:
    """Return the received submissions: figures, and one status."""
    none = submission_reader.none_yet()
    status = {"activity_id": "A1", "organisation_id": "SDN-BR", "year": 2023, "period": "T2", "status": "ongoing"}
    return replace(
        none,
        indicators=pa.Table.from_pylist(list(given), none.indicators.schema),
        activities=pa.Table.from_pylist([{**status, "sequence": 1, "origin": "own"}], none.activities.schema),
    )


def test_what_was_last_reported_stands_beside_the_empty_cells() -> None:
    told = history(reported(2021, 30), reported(2023, 34), reported(2024, 39), reported(2025, 40))
    form = report_form.form(programme(), "SDN-BR", 2024, "VB", told)
    first, second = lines(form, "Indikatorer")[:2]
    assert first["Senast rapporterat"] == "34 av 40 (85\u00a0%), VB 2023"
    assert second["Senast rapporterat"] == ""
    assert lines(form, "Aktiviteter")[0]["Senast rapporterat"] == "Pågår, T2 2023"


def test_a_protected_figure_stands_as_protected_beside_the_empty_cell_and_one_not_reported_is_passed_over() -> None:
    told = history(reported(2022, None, ".."), {**reported(2023, None, "-"), "denominator": None})
    form = report_form.form(programme(), "SDN-BR", 2024, "VB", told)
    assert lines(form, "Indikatorer")[0]["Senast rapporterat"] == "Skyddat, VB 2022"
    shown = report_form.form(programme(), "SDN-BR", 2024, "VB", history(reported(2021, 30), reported(2022, None, "..")))
    assert lines(shown, "Indikatorer")[0]["Senast rapporterat"] == "30 av 40 (75\u00a0%), VB 2021"


@pytest.mark.parametrize("name", ["form_indicators", "form_activities", "form_to_confirm"])
def test_the_questions_of_the_form_are_what_their_headers_say(name: str) -> None:
    asked = report_form.form_question(name)
    catalogue, whom = (merged(), "SDN-JA") if name == "form_to_confirm" else (programme(), "SDN-BR")
    connection = report_form.opened(catalogue)
    rows_given = connection.sql(
        asked.sql, params={"organisation_id": whom, "year": 2024, "period": "VB"}
    ).to_arrow_table()
    assert rows_given.column_names == list(asked.columns)
    keys = rows_given.select(list(asked.grain)).to_pylist()
    assert keys and len({tuple(key.values()) for key in keys}) == len(keys)


def test_every_heading_of_the_form_is_one_of_ours() -> None:
    assert {*report_form.INDICATOR_COLUMNS, *report_form.ACTIVITY_COLUMNS} <= HEADINGS.keys()
