"""The report: every number is a citation that its query bears out, and the same input gives the same bytes."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any

import docx
import pypdf
import pytest
from click.testing import CliRunner
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from samlad import cli, formats, sentences
from samlad.casework import judged
from samlad.errors import SamladError
from samlad.report import making, ordering
from samlad.report.document import Chart, Report, Source, Statement, Table, Words
from samlad.report.draft import PARTS, SUMMARY_PARTS, Choice, draft
from samlad.report.listing import head
from samlad.report.making import Order
from samlad.store import DataFolder
from samlad.warehouse import Warehouse

YEAR = 2024
NUMBER = re.compile(r"(?<![\w,.:])[+\u2212-]?\d[\d\u00a0]*(?:,\d+)?")


@pytest.fixture(scope="module")
def report(example: Warehouse) -> Report:
    """The whole report of one year."""
    return draft(example, Choice((YEAR,), dnr="SN 2025/17", author="Anna Ek"))


@pytest.fixture(scope="module")
def files(example_folder: DataFolder) -> dict[str, bytes]:
    """Its three files."""
    order = Order(Choice((YEAR,), dnr="SN 2025/17", author="Anna Ek"))
    return {ending: making.make(example_folder, order, ending) for ending in making.ENDINGS}


def rows_of(source: Source, example: Warehouse, asked: dict[Any, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The rows that a source means, asked for again."""
    key = (source.query, source.parameters)
    if key not in asked:
        asked[key] = example.query(source.query, **source.asked()).to_pylist()
    return [row for row in asked[key] if source.picks(row)]


def numbers(words: str) -> list[str]:
    """The numbers of a text, without spaces."""
    return [found.replace("\u00a0", "") for found in NUMBER.findall(words)]


def says(number: str, rows: list[dict[str, Any]], rule: str) -> bool:
    """Whether a number is what a column holds in some row: as it is, in per cent, added up or counted."""
    wanted = float(number.replace(",", ".").replace("\u2212", "-"))
    decimals = len(number.partition(",")[2])
    held = [value for row in rows for value in row.values() if isinstance(value, int | float)]
    if rule in ("summa", "antal", "antal aktiviteter"):
        columns = [[row[name] for row in rows if isinstance(row[name], int)] for name in rows[0]]
        sums = [sum(column) for column in columns] + list(range(len(rows) + 1))
        held += [*sums, *(one / other for one in sums for other in sums if other)]
    return any(abs(scale * value - wanted) <= 0.5000001 * 10**-decimals for value in held for scale in (1, 100))


def written(rows: list[dict[str, Any]]) -> str:
    """All the text of some rows, dates in Swedish."""
    said = [value for row in rows for value in row.values()]
    dates = [formats.date_sv(value) for value in said if isinstance(value, date)]
    words = " ".join([*(value for value in said if isinstance(value, str)), *dates])
    return re.sub(r"(\d) (000)\b", "\\1\u00a0\\2", words)


def test_every_number_in_a_table_is_what_its_query_answers(report: Report, example: Warehouse) -> None:
    asked: dict[Any, list[dict[str, Any]]] = {}
    checked = 0
    for at, (words, source) in report.citations().items():
        if not at.startswith("T"):
            continue
        rows = rows_of(source, example, asked)
        assert rows, f"{at} leads nowhere"
        text = written(rows)
        for number in numbers(words):
            held = [{name: row[name] for name in source.columns or row} for row in rows]
            asked_for = {str(value) for _, value in source.parameters}
            known = number in numbers(text) or number in asked_for or says(number, held, source.rule)
            assert known, f"{at}: {words} is not in {rows[0]}"
            checked += 1
    assert checked > 400


def test_every_reading_is_what_the_verdict_of_its_row_says(report: Report, example: Warehouse) -> None:
    found = {
        (one.about["indicator_id"], year): verdict
        for one in judged(example.query("indicator_cases").to_pylist(), is_city=True)
        for year, verdict in one.verdicts.items()
    }
    read = [(words, dict(source.row)) for words, source in report.citations().values() if source.rule == "läsrad"]
    assert len(read) == 26
    for words, row in read:
        assert words == sentences.reading(found[row["indicator_id"], row["year"]])


def test_every_number_in_the_finished_files_is_a_citation(report: Report, files: Mapping[str, bytes]) -> None:
    known = set(numbers(" ".join(words for words, _ in report.citations().values())))
    fixed = [said for _, said in head(report)] + [report.title]
    for section, block in report.blocks():
        fixed.append(section.title)
        if isinstance(block, Words):
            fixed.append(block.words)
        elif isinstance(block, Table):
            fixed += [block.caption, block.id[1:], *block.columns, *block.notes]
        elif isinstance(block, Statement):
            fixed.append(block.lead)
        elif isinstance(block, Chart):
            fixed += [block.alt, block.id[1:]]
    known |= set(numbers(" ".join(fixed)))
    words = document_text(files["docx"]).partition("\nBilaga: källor\nVarje tabell")[0]
    strange = {number for number in numbers(re.sub(r"\[S\d+\]", "", words)) if number not in known}
    assert not strange
    paper = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["pdf"])).pages)
    for number in ("749", "867", "626"):
        assert (number in known) == (number in numbers(paper))


def document_text(content: bytes) -> str:
    """All text of a Word file's body, in order, tables too."""
    lines = docx.Document(io.BytesIO(content)).element.body.iter(qn("w:p"))
    return "\n".join("".join(part.text or "" for part in line.iter(qn("w:t"))) for line in lines)


def test_word_has_headings_captions_table_headings_and_alt_texts(report: Report, files: Mapping[str, bytes]) -> None:
    made = docx.Document(io.BytesIO(files["docx"]))
    headings = [one.text for one in made.paragraphs if ((one.style and one.style.name) or "").startswith("Heading")]
    assert headings == [section.title for section in report.sections]
    assert headings[:3] == ["Förslag till beslut", "Sammanfattning", "Bakgrund"]
    tables = [block for _, block in report.blocks() if isinstance(block, Table)]
    charts = [block for _, block in report.blocks() if isinstance(block, Chart)]
    captions = [one.text for one in made.paragraphs if one.style and one.style.name == "Caption"]
    assert len(captions) == len(tables) + len(charts)
    assert len(made.tables) == len(tables) + 1
    assert all(table._tbl.find(f".//{qn('w:tblHeader')}") is not None for table in made.tables)
    told = [one.get("descr") for one in made.element.body.iter(qn("wp:docPr"))]
    assert told == [chart.alt for chart in charts] and all(told)
    assert made.core_properties.title == report.title and made.core_properties.language == "sv-SE"
    package = zipfile.ZipFile(io.BytesIO(files["docx"]))
    assert "python-docx" not in package.read("docProps/core.xml").decode()


def test_the_pdf_is_tagged_swedish_and_titled(report: Report, files: Mapping[str, bytes]) -> None:
    read = pypdf.PdfReader(io.BytesIO(files["pdf"]))
    root: Any = read.trailer["/Root"]
    assert root["/Lang"].startswith("sv") and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert read.metadata and read.metadata.title == report.title
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_the_workbook_holds_every_table_with_numbers_as_numbers(report: Report, files: Mapping[str, bytes]) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"]))
    tables = [block for _, block in report.blocks() if isinstance(block, Table)]
    assert {"Om", "Definitioner", "Källor", "Inlämningar", "Skydd"} <= set(book.sheet_names)
    assert all(sheet.visible == SheetVisibleEnum.Visible for sheet in book.sheets_metadata)
    for table in tables:
        rows = book.get_sheet_by_name(f"Tabell {table.id[1:]}").to_python()
        held = {round(cell, 9) for row in rows for cell in row if isinstance(cell, int | float)}
        assert {round(cell.value, 9) for row in table.rows for cell in row if cell.value is not None} <= held
    sources = [row[0] for row in book.get_sheet_by_name("Källor").to_python()]
    assert sources[-len(report.citations()) :] == list(report.citations())
    package = zipfile.ZipFile(io.BytesIO(files["xlsx"]))
    assert not [name for name in package.namelist() if "sheet" in name and b"<f>" in package.read(name)]


def test_the_same_order_gives_the_same_bytes(example_folder: DataFolder, files: Mapping[str, bytes]) -> None:
    order = Order(Choice((YEAR,), dnr="SN 2025/17", author="Anna Ek"))
    for ending, content in files.items():
        assert making.make(example_folder, order, ending) == content, ending


def test_nothing_english_and_no_empty_figure_reaches_the_text(files: Mapping[str, bytes]) -> None:
    words = document_text(files["docx"]).partition("\nBilaga: källor\nVarje tabell")[0]
    assert not re.search(r"\bnan\b|\bNone\b|\bnull\b|\bTrue\b|\d\.\d+ ?%|\bTable\b|\bFigure\b|\bContents\b", words)


def test_a_protected_figure_stands_in_no_drawing_and_no_cell(report: Report) -> None:
    drawn = [
        point
        for _, block in report.blocks()
        if isinstance(block, Chart)
        for panel in block.spec["concat"]
        for point in panel["data"]["values"]
    ]
    hidden = [point for point in drawn if point["missing"] == ".."]
    assert hidden and all(point[key] is None for point in hidden for key in ("value", "lower", "upper"))
    cells = [cell for _, block in report.blocks() if isinstance(block, Table) for row in block.rows for cell in row]
    assert all(cell.value is None for cell in cells if cell.words == "Skyddat")


def test_a_namnd_has_its_own_version_and_the_board_two_pages(example: Warehouse, example_folder: DataFolder) -> None:
    own = draft(example, Choice((YEAR,), "SDN-SH"))
    assert own.title.endswith(": Skärholmen") and own.whose == "Skärholmen"
    brief = making.make(example_folder, Order(Choice((YEAR,), parts=SUMMARY_PARTS)), "pdf")
    assert len(pypdf.PdfReader(io.BytesIO(brief)).pages) <= 2


def test_a_whole_programme_shows_every_year_and_judges_the_last(example: Warehouse) -> None:
    made = draft(example, Choice((2021, 2022, 2023, 2024, 2025), parts=("mal", "rapportering")))
    tables = [block for _, block in made.blocks() if isinstance(block, Table)]
    assert {"2021", "2022", "2023", "2024", "2025"} <= set(tables[0].columns)
    assert [row[0].words[:4] for row in tables[-2].rows] == ["2021", "2022", "2023", "2024", "2025"]


@pytest.mark.parametrize(
    "asked",
    [
        (),
        ("--year", "1999"),
        ("--year", "2024", "--organisation", "X"),
        ("--from", "2024"),
        ("--year", "2024", "--snapshot", "00000000"),
    ],
)
def test_what_cannot_be_made_exits_2_with_a_reason(shown: DataFolder, tmp_path: Any, asked: tuple[str, ...]) -> None:
    done = CliRunner().invoke(cli.main, ["report", *asked, "--out", str(tmp_path / "u.docx")])
    assert done.exit_code == 2 and done.stderr.strip() and not (tmp_path / "u.docx").exists()
    assert "Traceback" not in done.stderr


def test_another_kind_of_file_is_refused(example_folder: DataFolder) -> None:
    with pytest.raises(SamladError, match="docx"):
        making.make(example_folder, ordering.order(example_folder, year=YEAR), "odt")


def test_chosen_parts_never_skip_a_level_of_heading(example: Warehouse) -> None:
    for part in PARTS:
        levels = [section.level for section in draft(example, Choice((YEAR,), parts=(part,))).sections]
        assert set(levels) == {1}, part
