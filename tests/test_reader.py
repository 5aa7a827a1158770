"""The reader: a value read is the value meant, or a finding; never a guess, never silence."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from samlad.catalogue.programme import Programme, read_programme
from samlad.foundation.findings import Finding
from samlad.foundation.store import DataFolder, repository_folder
from samlad.submissions.intake import batch, reader, sheets, workbook_parts
from samlad.submissions.intake.answer_row import Chosen
from samlad.submissions.intake.cell_numbers import read_figure
from samlad.submissions.intake.reader import Reading
from samlad.submissions.intake.workbook_parts import Unreadable
from tests import rows

HEADINGS = ["Indikator-id", "Kön", "Antal", "Av totalt", "Värde", "Prognos helår", "Orsakskod", "Kommentar"]
ABOVE = [["Organisation", "SDN-BR"], ["År", 2024], ["Period", "VB"]]


@pytest.fixture(scope="module")
def programme() -> Programme:
    """A catalogue with the repository's own vocabulary."""
    return rows.programme(
        vocabulary=read_programme(repository_folder().programme).tables["vocabulary"],
        organisations=rows.table(
            "organisations",
            {"organisation_id": "SDN-BR", "name": "Bromma stadsdelsnämnd", "short_name": "Bromma"},
            {"organisation_id": "SDN-FA", "name": "Farsta stadsdelsnämnd", "short_name": "Farsta"},
        ),
        indicators=rows.table(
            "indicators",
            {"indicator_id": "I1", "name": "Andel enheter med rutin", "short_name": "Rutiner"},
            {"indicator_id": "I2", "measure": "count", "name": "Antal samtal", "short_name": "Samtal"},
            {"indicator_id": "I3", "measure": "index", "short_name": "Nöjdhet"},
            {"indicator_id": "I4", "measure": "yes_no", "short_name": "Plan finns"},
            {"indicator_id": "I5", "measure": "rate", "per": 1000, "short_name": "Brott"},
        ),
        activities=rows.table("activities", {"activity_id": "A1", "title": "Utbilda chefer"}),
    )


def workbook(*tables: list[list[Any]], names: tuple[str, ...] = ()) -> bytes:
    """A workbook with one sheet for each table; None is an empty cell, a callable writes the cell itself."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for number, table in enumerate(tables):
            sheet = book.add_worksheet(names[number] if names else None)
            for row, cells in enumerate(table):
                for column, cell in enumerate(cells):
                    if callable(cell):
                        cell(sheet, row, column)
                    elif isinstance(cell, str):
                        sheet.write_string(row, column, cell)
                    elif cell is not None:
                        sheet.write(row, column, cell)
    return file.getvalue()


def answers(*lines: list[Any], headings: list[Any] | None = None) -> bytes:
    """A sheet with whom and when above, the headings, and some lines."""
    return workbook([*ABOVE, [], headings or HEADINGS, *lines])


def figures(reading: Reading) -> list[tuple[Any, ...]]:
    """indicator, sex, numerator, denominator, value, missing_reason of every row read."""
    wanted = ("indicator_id", "sex", "numerator", "denominator", "value", "missing_reason")
    return [tuple(row[name] for name in wanted) for report in reading.reports for row in report.indicators.to_pylist()]


def places(findings: tuple[Finding, ...]) -> list[tuple[str, str, Any, Any, Any]]:
    return [(one.rule, one.severity, one.row, one.column, one.value) for one in findings]


def test_a_sheet_of_answers_becomes_a_report_with_its_places(programme: Programme) -> None:
    content = answers(
        ["I1", "Totalt", 34, 40, None, 0.9, None, " ok "], ["I1", "kvinnor", None, None, None, None, "Skyddat"]
    )
    reading = reader.read("r.xlsx", content, programme)
    assert reading.findings == ()
    (report,) = reading.reports
    assert (report.organisation_id, report.year, report.period) == ("SDN-BR", 2024, "VB")
    assert (report.original_name, report.original) == ("r.xlsx", content)
    first, second = report.indicators.to_pylist()
    assert (first["source_file"], first["source_sheet"], first["source_row"]) == ("r.xlsx", "Sheet1", 6)
    assert (first["forecast"], first["comment"], first["origin"], first["submission_id"]) == (0.9, "ok", "own", None)
    assert figures(reading)[1] == ("I1", "women", None, None, None, "..")
    assert second["source_row"] == 7


@pytest.mark.parametrize("above", [0, 1, 35])
def test_the_headings_may_stand_anywhere_in_the_first_rows(programme: Programme, above: int) -> None:
    reading = reader.read("r.xlsx", workbook([*ABOVE, *[[]] * above, HEADINGS, ["I2", None, 48]]), programme)
    assert figures(reading) == [("I2", "total", 48, None, None, None)]
    assert reading.reports[0].indicators["source_row"].to_pylist() == [5 + above]


def test_headings_further_down_are_not_searched_for_and_that_is_said(programme: Programme) -> None:
    with pytest.raises(Unreadable, match="ingen rubrikrad"):
        reader.read("r.xlsx", workbook([*ABOVE, *[[]] * 37, HEADINGS, ["I2", None, 48]]), programme)


CSV = "{bom}Organisation;År;Period;Indikator;Antal;Av totalt;Värde;Kommentar\nBromma;2024;VB;Rutiner;9;12;;Ärligt\n"


@pytest.mark.parametrize(
    "content",
    [
        CSV.format(bom="").encode(),
        CSV.format(bom="\ufeff").encode(),
        CSV.format(bom="").encode("cp1252"),
        CSV.format(bom="\ufeff").encode("utf-16-le"),
        CSV.format(bom="").replace(";", "\t").encode(),
        CSV.format(bom="").replace(";", ",").encode(),
        CSV.format(bom="").replace("\n", "\r\n").encode(),
        CSV.format(bom="").replace("Ärligt", '"Ärligt; och\nrakt"').encode(),
    ],
    ids=["utf-8", "bom", "cp1252", "utf-16", "tab", "comma", "crlf", "quoted"],
)
def test_csv_is_read_in_the_shapes_it_comes_in(programme: Programme, content: bytes) -> None:
    reading = reader.read("r.csv", content, programme)
    assert reading.findings == ()
    assert figures(reading) == [("I1", "total", 9, 12, None, None)]
    assert reading.reports[0].organisation_id == "SDN-BR"
    assert reading.reports[0].indicators["comment"].to_pylist()[0].startswith("Ärligt")


@pytest.mark.parametrize("whom", ["SDN-BR", "sdn-br", "Bromma", "bromma stadsdelsnämnd", "Bromma\u00a0stadsdelsnämnd "])
def test_an_organisation_is_known_by_id_name_and_short_name(programme: Programme, whom: str) -> None:
    content = workbook([["Nämnd", whom], ["År", "2024"], ["Period", "T2 2024"], HEADINGS, ["I2", None, 4]])
    (report,) = reader.read("r.xlsx", content, programme).reports
    assert (report.organisation_id, report.year, report.period) == ("SDN-BR", 2024, "T2")


def test_an_organisation_that_is_not_known_is_found_by_the_checks(programme: Programme, tmp_path: Path) -> None:
    content = workbook([["Nämnd", "Okänd"], *ABOVE[1:], HEADINGS, ["I2", None, 4]])
    (examined,) = batch.examine([("r.xlsx", content)], DataFolder(tmp_path), programme)
    assert ("unknown_organisation", "Okänd") in {(one.rule, one.value) for one in examined.errors}


def test_rows_of_several_organisations_and_periods_become_several_reports(programme: Programme) -> None:
    content = (
        "nämnd;år;period;indikator-id;antal\nBromma;2024;VB;I2;1\nFarsta;2024;VB;I2;2\nBromma;2023;Tertial 1;I2;3\n"
    )
    reading = reader.read("r.csv", content.encode(), programme)
    assert [(one.organisation_id, one.year, one.period) for one in reading.reports] == [
        ("SDN-BR", 2024, "VB"),
        ("SDN-FA", 2024, "VB"),
        ("SDN-BR", 2023, "T1"),
    ]


def test_one_who_hands_in_for_others_is_the_submitter_of_their_rows(programme: Programme) -> None:
    content = "nämnd;indikator-id;antal\nFarsta;I2;2\n".encode()
    (report,) = reader.read("r.csv", content, programme, Chosen("SDN-BR", 2024, "VB")).reports
    assert report.organisation_id == "SDN-BR"
    assert report.indicators["organisation_id"].to_pylist() == ["SDN-FA"]


def test_what_the_file_does_not_say_must_be_chosen_and_may_not_be_contradicted(programme: Programme) -> None:
    lines = [HEADINGS, ["I2", None, 48], ["I3", None, None, None, 7.5]]
    silent = reader.read("r.xlsx", workbook(lines), programme)
    assert silent.reports == ()
    assert [(one.severity, one.column, one.row) for one in silent.findings] == [("error", "År", None)]
    assert len(reader.read("r.xlsx", workbook(lines), programme, Chosen("SDN-BR", 2024, "VB")).reports) == 1
    for chosen, column in (
        (Chosen("SDN-FA"), "Organisation"),
        (Chosen(year=2023), "År"),
        (Chosen(period="T1"), "Period"),
    ):
        against = reader.read("r.xlsx", answers(["I2", None, 48]), programme, chosen)
        assert against.reports == () and [one.column for one in against.findings] == [column]
        assert "men du har angett" in against.findings[0].message


@pytest.mark.parametrize(
    ("line", "read"),
    [
        (["I1", None, "34", "40"], ("I1", "total", 34, 40, None, None)),
        (["I1", None, "34 av 40"], ("I1", "total", 34, 40, None, None)),
        (["I1", None, None, None, "34 av totalt 40"], ("I1", "total", 34, 40, None, None)),
        (["I1", None, None, None, "85 %"], ("I1", "total", None, None, 0.85, None)),
        (["I1", None, None, None, "0,85"], ("I1", "total", None, None, 0.85, None)),
        (["I1", None, None, None, 0.85], ("I1", "total", None, None, 0.85, None)),
        (["I1", None, None, None, 85], ("I1", "total", None, None, 85.0, None)),
        (["I2", None, "1 442"], ("I2", "total", 1442, None, None, None)),
        (["I2", None, "1\u00a0442"], ("I2", "total", 1442, None, None, None)),
        (["I2", None, "1.442"], ("I2", "total", 1442, None, None, None)),
        (["I2", None, None, None, 48], ("I2", "total", 48, None, None, None)),
        (["I2", None, 48, "-"], ("I2", "total", 48, None, None, None)),
        (["I2", None, 48, None, "–"], ("I2", "total", 48, None, None, None)),
        (["I2", None, "-"], ("I2", "total", None, None, None, "-")),
        (["I2", None, 0], ("I2", "total", 0, None, None, None)),
        (["I1", None, "uppgift saknas"], ("I1", "total", None, None, None, "-")),
        (["I1", None, "sekretess"], ("I1", "total", None, None, None, "..")),
        (["I1", None, None, None, None, None, "."], ("I1", "total", None, None, None, ".")),
        (["I1", None, None, None, None, None, "ej tillämpligt"], ("I1", "total", None, None, None, ".")),
        (["I3", None, None, None, "1.234,5"], ("I3", "total", None, None, 1234.5, None)),
        (["I3", None, None, None, "−3,5"], ("I3", "total", None, None, -3.5, None)),
        (["I4", None, None, None, "Ja"], ("I4", "total", None, None, 1.0, None)),
        (["I4", None, None, None, False], ("I4", "total", None, None, 0.0, None)),
        (["Rutiner", "män", 3, 4], ("I1", "men", 3, 4, None, None)),
        (["i1", "K", 3, 4], ("I1", "women", 3, 4, None, None)),
        (["I1", None, None, None, None, None, None, "bara en kommentar"], ("I1", "total", None, None, None, None)),
        (["I9", None, 5], ("I9", "total", 5, None, None, None)),
    ],
)
def test_what_people_write_is_read_as_it_is_meant(programme: Programme, line: list[Any], read: tuple[Any, ...]) -> None:
    reading = reader.read("r.xlsx", answers(line), programme)
    assert (figures(reading), reading.findings) == ([read], ())


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        (["I1", None, "ca 12", 40], "Antal", "ca 12"),
        (["I1", None, "<5", 40], "Antal", "<5"),
        (["I2", None, "1 44"], "Antal", "1 44"),
        (["I2", None, "1 000 000 000 000 000"], "Antal", "1 000 000 000 000 000"),
        (["I1", None, 12.5, 40], "Antal", "12,5"),
        (["I1", None, "12 av 40", 41], "Antal", "12 av 40"),
        (["I1", None, None, None, "1.234"], "Värde", "1.234"),
        (["I1", None, None, None, "1e5"], "Värde", "1e5"),
        (["I3", None, None, None, "85 %"], "Värde", "85 %"),
        (["I4", None, None, None, "kanske"], "Värde", "kanske"),
        (["I1", "okänd", 3, 4], "Kön", "okänd"),
        (["I1", None, None, None, None, None, "för litet"], "Orsakskod", "för litet"),
        ([None, None, 3, 4], "Indikator-id", None),
        (["I1", None, lambda sheet, row, at: sheet.write_formula(row, at, "=1/0", None, "#DIV/0!")], "Antal", None),
        (["I1", None, lambda sheet, row, at: sheet.write_formula(row, at, "=A1", None, "")], "Antal", None),
    ],
)
def test_what_is_not_understood_is_a_finding_in_its_place_and_the_line_is_left_out(
    programme: Programme, line: list[Any], column: str, value: str | None
) -> None:
    reading = reader.read("r.xlsx", answers(["I2", None, 7], line), programme)
    assert figures(reading) == [("I2", "total", 7, None, None, None)]
    assert places(reading.findings) == [("not_understood", "error", 7, column, value)]
    assert reading.findings[0].sheet == "Sheet1" and reading.findings[0].action


def test_a_formula_with_its_value_is_read_as_its_value(programme: Programme) -> None:
    content = answers(["I2", None, lambda sheet, row, at: sheet.write_formula(row, at, "=40+8", None, 48)])
    assert figures(reader.read("r.xlsx", content, programme)) == [("I2", "total", 48, None, None, None)]


def test_a_heading_in_per_cent_makes_its_figures_per_cent(programme: Programme) -> None:
    headings = ["Indikator", "Utfall (%)"]
    reading = reader.read("r.xlsx", answers(["I1", 85], ["I1", 0.85], headings=headings), programme)
    assert [row[4] for row in figures(reading)] == [0.85, 0.0085]
    assert places(reading.findings) == [("percent_or_share", "warning", 7, "Utfall (%)", "0,85")]


def test_women_and_men_may_have_columns_of_their_own(programme: Programme) -> None:
    headings = ["Indikator", "Periodens utfall", "Utfall kvinnor", "Utfall män", "Årsmål"]
    lines = [["Samtal", 48, 30, 18, 50], ["Rutiner", "75 %", "80 %", "-", "90 %"], ["Nöjdhet", None, 7.5, 6.5, 7]]
    reading = reader.read("r.xlsx", answers(*lines, headings=headings), programme)
    assert reading.findings == ()
    assert figures(reading) == [
        ("I2", "total", 48, None, None, None),
        ("I2", "women", 30, None, None, None),
        ("I2", "men", 18, None, None, None),
        ("I1", "total", None, None, 0.75, None),
        ("I1", "women", None, None, 0.8, None),
        ("I1", "men", None, None, None, "-"),
        ("I3", "women", None, None, 7.5, None),
        ("I3", "men", None, None, 6.5, None),
    ]


@pytest.mark.parametrize(
    ("word", "status", "reason"),
    [
        ("Genomförd", "done", None),
        ("pågår enligt plan", "ongoing", None),
        ("AVVIKER", "delayed", None),
        ("Ej påbörjad", "not_started", None),
        ("Utgår", "cancelled", None),
        ("ej rapporterat", None, "-"),
    ],
)
def test_the_words_for_a_status_are_those_of_the_vocabulary(
    programme: Programme, word: str, status: str | None, reason: str | None
) -> None:
    reading = reader.read("r.xlsx", answers(["Utbilda chefer", word], headings=["Aktivitet", "Status"]), programme)
    (row,) = reading.reports[0].activities.to_pylist()
    assert (row["activity_id"], row["status"], row["missing_reason"]) == ("A1", status, reason)


def test_an_unknown_status_is_told_with_the_nearest_word(programme: Programme) -> None:
    reading = reader.read(
        "r.xlsx", answers(["Utbilda chefer", "genomfördd"], headings=["Aktivitet", "Status"]), programme
    )
    assert reading.reports == ()
    assert "Närmast ligger ”genomförd”" in reading.findings[0].message


def test_blank_lines_and_sums_are_left_out_and_lines_without_an_answer_are_counted(programme: Programme) -> None:
    content = answers(["I2", None, 4], [], ["Summa", None, 4], ["I1"], ["I3", "Totalt"])
    reading = reader.read("r.xlsx", content, programme)
    assert len(figures(reading)) == 1
    assert [(one.rule, one.severity) for one in reading.findings] == [("blank_rows", "warning")]
    assert "2 rader är tomma" in reading.findings[0].message


def test_a_column_or_a_sheet_that_is_not_read_is_told(programme: Programme) -> None:
    content = workbook(
        [*ABOVE, ["Indikator-id", "Antl", "Antal", None], ["I2", 3, 4, "x"]],
        [["Anteckningar"], ["något"]],
        [],
        [["Läs detta"]],
        names=("Svar", "Annat", "Tomt", "Läs mig"),
    )
    reading = reader.read("r.xlsx", content, programme)
    assert [(one.rule, one.sheet, one.column) for one in reading.findings] == [
        ("unread_column", "Svar", "B"),
        ("unread_column", "Svar", "D"),
        ("unread_sheet", "Annat", None),
    ]
    assert "Närmast ligger ”antal”" in reading.findings[0].message


def test_two_columns_of_one_meaning_stop_the_file(programme: Programme) -> None:
    reading = reader.read("r.xlsx", answers(["I2", 4, 5], headings=["Indikator-id", "Antal", "Täljare"]), programme)
    assert [(one.rule, one.severity, one.column) for one in reading.findings] == [("two_columns", "error", "C")]


def test_an_id_and_a_name_of_two_different_things_are_told(programme: Programme) -> None:
    content = answers(["I1", "Samtal", 4], headings=["Indikator-id", "Namn", "Antal"])
    assert places(reader.read("r.xlsx", content, programme).findings) == [
        ("not_understood", "error", 6, "Namn", "Samtal")
    ]


@pytest.mark.parametrize("cell", ["811228-9874", 198112289874, "Kim (811228-9874)"])
def test_a_personal_number_anywhere_in_the_file_is_refused_and_never_repeated(
    programme: Programme, cell: Any, tmp_path: Path
) -> None:
    for content in (
        answers(["I2", None, 4, None, None, None, None, cell]),
        answers(["I2", None, 4], [None] * 10 + [cell]),
        workbook([*ABOVE, HEADINGS, ["I2", None, 4]], [[cell]]),
        answers(["I2", None, cell]),
    ):
        (examined,) = batch.examine([("r.xlsx", content)], DataFolder(tmp_path), programme)
        assert [one.rule for one in examined.errors if one.rule != "not_understood"] == ["personal_number"]
        assert "9874" not in repr(examined.findings)


def test_one_file_that_cannot_be_read_stops_no_other(programme: Programme, tmp_path: Path) -> None:
    good, bad, faulty = answers(["I2", None, 4]), b"", answers(["I2", None, -4])
    examined = batch.examine([("a", good), ("b", bad), ("c", faulty)], DataFolder(tmp_path), programme)
    assert [bool(one.unreadable) for one in examined] == [False, True, False]
    assert [[finding.rule for finding in one.errors] for one in examined] == [[], [], ["negative"]]
    assert {finding.rule for finding in examined[0].findings} == {"not_responsible", "target_missing"}


def broken(content: bytes, part: str, change: Any) -> bytes:
    """A workbook with one part changed, or one added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for about in old.infolist():
            data = old.read(about)
            new.writestr(about.filename, change(data) if about.filename == part else data)
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def lying_bomb() -> bytes:
    """A part that says it is small and unfolds to far more."""
    content = bytearray(
        broken(answers(["I2", None, 4]), "xl/media/x.xml", lambda _: b" " * (workbook_parts.LARGEST_CONTENT + 1))
    )
    size = (workbook_parts.LARGEST_CONTENT + 1).to_bytes(4, "little")
    while size in content:
        at = content.index(size)
        content[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(content)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: b"", "tom"),
        (lambda: b" \r\n", "tom"),
        (lambda: b"hej", "varken en Excel-fil eller en tabell"),
        (lambda: bytes(range(256)), "varken en Excel-fil eller text"),
        (lambda: b"PK\x03\x04 nonsense", "ingen hel Excel-fil"),
        (lambda: answers(["I2", None, 4])[:-300], "ingen hel Excel-fil"),
        (lambda: broken(answers(["I2"]), "xl/workbook.xml", lambda xml: xml[:-40]), "ingen hel Excel-fil"),
        (lambda: broken(answers(["I2"]), "xl/vbaProject.bin", lambda _: b"x"), "makron"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "äldre format"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "lösenord"),
        (lambda: b"x" * (sheets.LARGEST_FILE + 1), "större än 20 MB"),
        (
            lambda: broken(answers(["I2"]), "xl/media/x.xml", lambda _: b" " * (workbook_parts.LARGEST_CONTENT + 1)),
            "packar upp",
        ),
        (lying_bomb, "packar upp"),
        (
            lambda: broken(
                answers(["I2", None, 4]), SHEET, lambda xml: re.sub(rb'="([A-Z]*)5"', rb'="\g<1>1048576"', xml)
            ),
            "sträcker sig",
        ),
        (lambda: b'a;b\n"x;y\n', "citationstecken"),
        (answers, "inga svar"),
        (lambda: answers(["I1"]), "inga svar"),
        (lambda: workbook([["a", "b"], [1, 2]]), "ingen rubrikrad"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(programme: Programme, make: Any, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        reader.read("r", make(), programme)


def test_a_zip_that_is_no_workbook_is_told(programme: Programme) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", "<a/>")
    with pytest.raises(Unreadable, match="ingen Excel-fil"):
        reader.read("r.ods", file.getvalue(), programme)


@given(st.integers(-(10**9), 10**9), st.integers(0, 3), st.sampled_from(["", " ", "\u00a0", "\u202f", "."]))
@settings(max_examples=300, deadline=None)
def test_a_number_in_swedish_is_read_as_the_number_it_is(number: int, decimals: int, apart: str) -> None:
    value = Decimal(number).scaleb(-decimals)
    said = f"{abs(value):,f}".replace(",", "§").replace(".", ",").replace("§", apart)
    said = ("−" if value < 0 else "") + said
    read = read_figure(said)
    alone = apart == "." and said.count(".") == 1 and "," not in said
    assert read is None if alone else read is not None and read.number == value


@given(st.floats(allow_nan=True, allow_infinity=True) | st.text(max_size=12))
@settings(max_examples=300, deadline=None)
def test_no_cell_makes_the_reading_of_a_figure_fail(cell: Any) -> None:
    found = read_figure(cell)
    assert found is None or found.number.is_finite()


def csv(*lines: str) -> bytes:
    """A text file with whom, when and the headings for a share and a comment."""
    return "\n".join(["Nämnd,År,Period,Indikator-id,Värde,Kommentar", *lines]).encode()


def test_a_decimal_comma_that_splits_a_cell_in_two_stops_its_row(programme: Programme) -> None:
    reading = reader.read("r.csv", csv("Bromma,2024,VB,I1,0,85,bra", 'Bromma,2024,VB,I3,"7,5",bra'), programme)
    assert [row[0] for row in figures(reading)] == ["I3"]
    assert [(one.rule, one.severity, one.row) for one in reading.findings] == [("more_cells", "error", 2)]


@pytest.mark.parametrize(
    ("year", "period"),
    [
        (None, "2024-08-31"),
        (None, "2024-01-01–2024-08-31"),
        (None, "t.o.m. 31 augusti 2024"),
        (None, "augusti 2024"),
        (None, "31.8.2024"),
        (2024, "jan-aug"),
        ("2024-12-31", "Tertial 2"),
    ],
)
def test_a_period_may_be_said_as_the_day_it_ends(programme: Programme, year: Any, period: Any) -> None:
    content = workbook([["Nämnd", "Bromma"], ["År", year], ["Period", period], HEADINGS, ["I2", None, 4]])
    (report,) = reader.read("r.xlsx", content, programme).reports
    assert (report.year, report.period) == (2024, "T2")


def test_a_period_may_be_a_real_date(programme: Programme) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nämnd", "Bromma"])
        sheet.write_row(1, 0, ["Period", date(2024, 8, 31)])
        sheet.write_row(2, 0, ["Indikator", "Antal"])
        sheet.write_row(3, 0, ["Samtal", 4])
    (report,) = reader.read("r.xlsx", file.getvalue(), programme).reports
    assert (report.year, report.period) == (2024, "T2")


@pytest.mark.parametrize("said", ["2024-07-15", "12/31/2024", "hösten 2024"])
def test_a_day_that_ends_no_period_is_asked_about(programme: Programme, said: str) -> None:
    content = workbook([["Nämnd", "Bromma"], ["Period", said], HEADINGS, ["I2", None, 4]])
    reading = reader.read("r.xlsx", content, programme)
    assert reading.reports == ()
    (finding,) = reading.findings
    assert "Perioden är okänd" in finding.message
    assert finding.question is not None and (finding.question.field, finding.question.word) == ("period", said)


def test_a_cell_merged_over_rows_speaks_for_them_all_but_an_answer_must_be_on_its_own_row(programme: Programme) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([*ABOVE, HEADINGS, ["I1", "Totalt", 34, 40], ["", "Kvinnor", 20, 22]]):
            sheet.write_row(row, 0, cells)
        sheet.merge_range(4, 0, 5, 0, "I1")
        sheet.merge_range(6, 2, 7, 2, 7)
        for row, cells in ((6, ["I2", "Totalt"]), (7, ["I2", "Män"])):
            sheet.write_row(row, 0, cells)
    reading = reader.read("r.xlsx", file.getvalue(), programme)
    assert [row[:3] for row in figures(reading)][:2] == [("I1", "total", 34), ("I1", "women", 20)]
    errors = [(one.rule, one.row, one.column) for one in reading.findings if one.severity == "error"]
    assert errors == [("merged_answer", 7, "Antal")]


def test_what_is_hidden_is_read_and_said(programme: Programme) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Tomt")
        sheet = book.add_worksheet("Svar")
        for row, cells in enumerate([*ABOVE, HEADINGS, ["I2", "", 4], ["I3", "", "", "", 7.5]]):
            sheet.write_row(row, 0, cells)
        sheet.set_row(5, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})
        sheet.hide()
    reading = reader.read("r.xlsx", file.getvalue(), programme)
    assert len(figures(reading)) == 2
    assert [one.message for one in reading.findings] == [
        "Bladet är dolt i filen men är läst.",
        "Dolda rader är lästa: 6.",
        "Dolda kolumner är lästa: Antal.",
    ]
    assert {one.severity for one in reading.findings} == {"warning"}


def test_a_file_named_for_a_person_is_not_read(programme: Programme) -> None:
    with pytest.raises(Unreadable, match="namn innehåller ett personnummer"):
        reader.read("rapport 811228-9874.xlsx", answers(["I2", None, 4]), programme)


def test_a_persons_name_is_refused_wherever_it_stands_and_never_repeated(programme: Programme, tmp_path: Path) -> None:
    content = answers(["I2", None, 4, None, None, None, None, "Samtal med Anna Andersson i mars"])
    (examined,) = batch.examine([("r.xlsx", content)], DataFolder(tmp_path), programme)
    assert [(one.rule, one.row, one.column) for one in examined.errors] == [("person_name", 6, "Kommentar")]
    assert "Andersson" not in repr(examined.findings)
