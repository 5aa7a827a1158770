"""The finished report, parsed: every number in Word, PDF and Excel is a citation, and the PDF is tagged throughout."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from samlad.foundation.store import DataFolder
from samlad.report import column_widths, drawings, report_files
from samlad.report.document import Chart, Report, Source, Statement, Table, Words, cells
from samlad.report.draft import Choice, draft
from samlad.report.footnotes import TERMS, Footnotes, Piece
from samlad.report.report_files import Order
from samlad.report.report_head import head
from samlad.report.source_rows import submissions_of
from samlad.swedish import numbers, words
from samlad.warehouse.database import Warehouse
from tests.printed import paper, printed_numbers, squeezed, tags, untagged, word_notes, word_part, word_text

CHOICE = Choice((2024,), dnr="SN 2025/17", author="Anna Ek")
SOURCES = "\nBilaga: källor\nVarje tabell"


@pytest.fixture(scope="module")
def report(example: Warehouse) -> Report:
    """The whole report of one year."""
    return draft(example, CHOICE)


@pytest.fixture(scope="module")
def files(example_folder: DataFolder) -> dict[str, bytes]:
    """Its three files."""
    return {ending: report_files.make(example_folder, Order(CHOICE), ending) for ending in report_files.ENDINGS}


@pytest.fixture(scope="module")
def pdf(files: Mapping[str, bytes]) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(files["pdf"]))


@pytest.fixture(scope="module")
def book(files: Mapping[str, bytes]) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"]))


def tables(report: Report) -> list[Table]:
    return [block for _, block in report.blocks() if isinstance(block, Table)]


def charts(report: Report) -> list[Chart]:
    return [block for _, block in report.blocks() if isinstance(block, Chart)]


def statements(report: Report) -> list[Statement]:
    return [block for _, block in report.blocks() if isinstance(block, Statement)]


def explained(report: Report) -> list[str]:
    """Return the sentences that may stand at the foot of a page."""
    return [*(said for _, said in TERMS), *words.MISSING_SENTENCES.values(), *(one.note for one in statements(report))]


def known(report: Report) -> set[str]:
    """The numbers of all citations, and of what is not derived: headings, captions, fixed text, the head."""
    said = [words for words, _ in report.citations().values()]
    said += [words for _, words in head(report)] + [report.title] + explained(report)
    for section, block in report.blocks():
        said.append(section.title)
        if isinstance(block, Words):
            said.append(block.words)
        elif isinstance(block, Table):
            said += [block.caption, block.id[1:], *block.columns, *block.notes]
        elif isinstance(block, Statement):
            said.append(block.lead)
        elif isinstance(block, Chart):
            said += [block.alt, block.caption, block.id[1:]]
    return set(printed_numbers(" ".join(said)))


def test_every_number_in_word_is_a_citation(report: Report, files: Mapping[str, bytes]) -> None:
    words = re.sub(r"\[S\d+\]", "", word_text(files["docx"]).partition(SOURCES)[0])
    assert len(printed_numbers(words)) > 700
    assert not set(printed_numbers(words)) - known(report)
    notes = word_notes(files["docx"]).values()
    assert notes and set(notes) <= set(explained(report))


@pytest.mark.long
def test_every_number_in_the_pdf_is_a_citation(report: Report, files: Mapping[str, bytes]) -> None:
    found = paper(files["pdf"])
    contents, body = found.text.partition(SOURCES)[0].split("\nFörslag till beslut\n")
    entries = [line for line in contents.split("\n") if re.search(r"(?:\. ?){3}", line)]
    assert len(entries) >= len(report.sections) - 1
    words = re.sub(r"\[S\d+\]", "", "\n".join([contents.partition("Innehåll")[0], body]))
    assert len(printed_numbers(words)) > 700
    assert not set(printed_numbers(words)) - known(report) - axes(report)
    assert found.notes and {squeezed(one) for one in found.notes} <= {squeezed(one) for one in explained(report)}


def axes(report: Report) -> set[str]:
    """The numbers along the axes of the charts, also as they stand when two labels are read as one."""
    found: set[str] = set()
    for chart in charts(report):
        labels = re.findall(r"<text[^>]*>([^<]*)</text>", drawings.svg(chart.spec))
        found |= set(printed_numbers(" ".join(labels)))
        found |= {number for one, other in pairwise(labels) for number in printed_numbers(one + other)}
    return found


def test_every_statement_and_row_stands_in_the_pdf_as_it_is_cited(report: Report, files: Mapping[str, bytes]) -> None:
    printed = squeezed(paper(files["pdf"]).text)
    notes, at = Footnotes(), 0
    for _, block in report.blocks():
        if isinstance(block, Statement):
            lead = f"{block.lead}{'' if block.lead.endswith(('?', '.')) else '.'}" if block.lead else ""
            pieces = [Piece(lead), *notes.statement(block), Piece(f"[{block.id}]")]
            found = re.compile(written(pieces)).search(printed, at)
            assert found, f"{block.id}: {block.words}"
            at = found.start()
        elif isinstance(block, Table):
            for row in notes.cells(block)[0]:
                found = re.compile(written([piece for cell in row for piece in cell])).search(printed, at)
                assert found, f"{block.id}: {row}"
                at = found.start()


def written(pieces: list[Piece]) -> str:
    """Return a pattern of pieces on paper: without spaces, with the number of a note after those that have one."""
    return "".join(re.escape(squeezed(piece.words)) + (r"\d+" if piece.note else "") for piece in pieces)


def test_every_number_in_excel_is_what_its_query_answers(
    report: Report, book: CalamineWorkbook, example: Warehouse
) -> None:
    asked: dict[Any, list[dict[str, Any]]] = {}
    checked = 0
    for table in tables(report):
        sheet = book.get_sheet_by_name(f"Tabell {table.id[1:]}").to_python()
        heads, rows = sheet[2], sheet[3 : 3 + len(table.rows)]
        cited = dict(cells(table))
        for down, row in enumerate(rows, start=1):
            for across, value in enumerate(row):
                if not isinstance(value, int | float):
                    continue
                at = f"{table.id}:r{down}:c{heads.index(str(heads[across]).removesuffix(', tal')) + 1}"
                source = cited[at].source
                assert source is not None, at
                assert any(abs(held - value) < 1e-12 for held in answered(source, example, asked)), f"{at}: {value}"
                checked += 1
    assert checked > 100


def answered(source: Source, example: Warehouse, asked: dict[Any, list[dict[str, Any]]]) -> list[float]:
    """The numbers that a source's query gives, asked again: as they are, added up, counted, and shares of the sums."""
    key = (source.query, source.parameters)
    if key not in asked:
        asked[key] = example.query(source.query, **source.asked()).to_pylist()
    rows = [row for row in asked[key] if source.picks(row)]
    held = [float(row[name]) for row in rows for name in source.columns or row if isinstance(row[name], int | float)]
    if source.rule == "antal":
        held.append(len(rows))
    if source.rule == "summa":
        sums = [sum(row[name] for row in rows) for name in source.columns]
        held += [*sums, *(one / other for one in sums for other in sums)]
    return held


def test_the_numbers_under_the_charts_are_what_the_query_answers(
    report: Report, book: CalamineWorkbook, example: Warehouse
) -> None:
    checked = 0
    for chart in charts(report):
        rows = [
            row
            for row in example.query(chart.source.query, **chart.source.asked()).to_pylist()
            if chart.source.picks(row)
        ]
        held = {(row["indicator"], row["year"]): row for row in rows}
        for name, year, value, _, _, target, *_ in book.get_sheet_by_name(f"Diagram {chart.id[1:]}").to_python()[3:]:
            row = held[str(name), int(str(year).removesuffix(".0"))]
            for shown, said in ((value, row["value"]), (target, row["target"])):
                assert (shown == "" and said is None) or abs(float(str(shown)) - said) < 1e-12, (name, year)
                checked += shown != ""
    assert checked > 100


def test_the_citations_of_the_workbook_are_those_of_its_tables(report: Report, book: CalamineWorkbook) -> None:
    sources = {str(row[0]): str(row[1]) for row in book.get_sheet_by_name("Källor").to_python()[3:]}
    assert list(sources) == list(report.citations())
    for table in tables(report):
        sheet = book.get_sheet_by_name(f"Tabell {table.id[1:]}").to_python()[3:]
        for at, cell in cells(table):
            down, across = (int(part[1:]) - 1 for part in at.split(":")[1:])
            assert sheet[down][across] == cell.words
            assert cell.source is None or sources[at] == cell.words


def test_the_other_sheets_say_what_the_snapshot_says(
    report: Report, book: CalamineWorkbook, example: Warehouse, example_folder: DataFolder
) -> None:
    handed = [row[2] for row in book.get_sheet_by_name("Inlämningar").to_python()[3:]]
    assert handed == [one.year for one in submissions_of(example, CHOICE, {})]
    assert printed_numbers(str(book.get_sheet_by_name("Skydd").to_python()[3][1])) == [str(report.threshold)]
    goals = [row[1] for row in book.get_sheet_by_name("Definitioner").to_python()[3:]]
    assert goals == [row["goal_number"] for row in example.query("indicator_catalogue").to_pylist()]


def test_the_workbook_hides_nothing_and_calculates_nothing(book: CalamineWorkbook, files: Mapping[str, bytes]) -> None:
    assert {"Om", "Definitioner", "Källor", "Inlämningar", "Skydd"} <= set(book.sheet_names)
    assert all(sheet.visible == SheetVisibleEnum.Visible for sheet in book.sheets_metadata)
    package = zipfile.ZipFile(io.BytesIO(files["xlsx"]))
    assert not [name for name in package.namelist() if "sheet" in name and b"<f>" in package.read(name)]


def test_word_has_headings_captions_table_headings_and_alt_texts(report: Report, files: Mapping[str, bytes]) -> None:
    made = docx.Document(io.BytesIO(files["docx"]))
    headings = [one.text for one in made.paragraphs if ((one.style and one.style.name) or "").startswith("Heading")]
    assert headings == [section.title for section in report.sections]
    assert headings[:3] == ["Förslag till beslut", "Sammanfattning", "Bakgrund"]
    captions = [one.text for one in made.paragraphs if one.style and one.style.name == "Caption"]
    assert len(captions) == len(tables(report)) + len(charts(report))
    assert len(made.tables) == len(tables(report)) + 1
    assert all(table._tbl.find(f".//{qn('w:tblHeader')}") is not None for table in made.tables)
    told = [one.get("descr") for one in made.element.body.iter(qn("wp:docPr"))]
    assert told == [chart.alt for chart in charts(report)] and all(told)
    assert made.core_properties.title == report.title and made.core_properties.language == "sv-SE"
    package = zipfile.ZipFile(io.BytesIO(files["docx"]))
    assert "python-docx" not in package.read("docProps/core.xml").decode()


def test_every_footnote_in_word_is_referred_to_once_and_in_order(files: Mapping[str, bytes]) -> None:
    body = word_part(files["docx"], "word/document.xml")
    referred = [one.get(qn("w:id")) for one in body.iter(qn("w:footnoteReference"))]
    assert len(referred) > 8 and referred == list(word_notes(files["docx"])) == sorted(referred, key=int)
    notes = word_part(files["docx"], "word/footnotes.xml")
    kinds = {one.get(qn("w:id")): one.get(qn("w:type")) for one in notes if one.get(qn("w:type"))}
    assert kinds == {"-1": "separator", "0": "continuationSeparator"}
    named = word_part(files["docx"], "word/settings.xml").find(qn("w:footnotePr"))
    assert [one.get(qn("w:id")) for one in named] == list(kinds)
    styles = {one.get(qn("w:styleId")) for one in word_part(files["docx"], "word/styles.xml").iter(qn("w:style"))}
    used = {one.get(qn("w:val")) for one in notes.iter(qn("w:pStyle"), qn("w:rStyle"))}
    assert used and used <= styles


def test_what_is_protected_is_explained_at_the_foot_of_the_page_in_every_table(report: Report) -> None:
    notes = Footnotes()
    hidden = [table for table in tables(report) if words.PROTECTED in table.notes]
    assert hidden
    for table in hidden:
        rows, left = notes.cells(table)
        said = [piece for row in rows for cell in row for piece in cell if piece.note == words.PROTECTED]
        assert [piece.words.casefold() for piece in said] == ["skyddat"] and words.PROTECTED not in left


def test_a_term_is_explained_where_it_is_first_used_and_only_there() -> None:
    notes = Footnotes()
    first = notes.of("Av de övriga är 1 i takt mot 2025.")
    assert [(piece.words, bool(piece.note)) for piece in first] == [
        ("Av de övriga är 1 i takt", True),
        (" mot 2025.", False),
    ]
    assert notes.of("Den är i takt.") == [Piece("Den är i takt.")]
    assert notes.of("Den taktfasta") == [Piece("Den taktfasta")]


def test_the_pdf_says_that_it_is_accessible_swedish_and_what_it_is_called(report: Report, pdf: pypdf.PdfReader) -> None:
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == "sv-SE" and root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]
    told = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in told and f">{report.title}</rdf:li>" in told
    assert pdf.metadata and pdf.metadata.title == report.title
    assert {str(page["/Tabs"]) for page in pdf.pages} == {"/S"}


def test_the_headings_of_the_pdf_are_its_sections_and_skip_no_level(report: Report, pdf: pypdf.PdfReader) -> None:
    headings = [tag for tag in tags(pdf).all() if re.fullmatch(r"/H\d", tag.kind)]
    assert [tag.about["/T"] for tag in headings] == [report.title, *(section.title for section in report.sections)]
    levels = [int(tag.kind[2:]) for tag in headings]
    assert levels == [1, *(section.level + 1 for section in report.sections)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_chart_of_the_pdf_says_what_it_shows(report: Report, pdf: pypdf.PdfReader) -> None:
    figures = tags(pdf).of("/Figure")
    assert [tag.about["/Alt"] for tag in figures] == [chart.alt for chart in charts(report)]
    assert all(len(tag.attribute("/BBox")) == 4 for tag in figures)


def test_every_table_of_the_pdf_has_headings_and_whole_rows(report: Report, pdf: pypdf.PdfReader) -> None:
    found = tags(pdf).of("/Table")
    assert len(found) == len(tables(report)) + 1
    for tag, table in zip(found, tables(report), strict=False):
        rows = [row.of("/TH", "/TD") for row in tag.of("/TR")]
        assert len(rows) == 1 + len(table.rows) and {len(row) for row in rows} == {len(table.columns)}
        heads, *others = rows
        assert {cell.kind for cell in heads} == {"/TH"} and {cell.attribute("/Scope") for cell in heads} == {"/Column"}
        names = [cell.about["/ID"] for cell in heads]
        assert all([cell.attribute("/Headers") for cell in row] == [[name] for name in names] for row in others)


def test_every_footnote_and_link_of_the_pdf_can_be_followed(pdf: pypdf.PdfReader, files: Mapping[str, bytes]) -> None:
    notes = [tag.about["/ID"] for tag in tags(pdf).of("/Note")]
    assert len(notes) == len(set(notes)) == len(word_notes(files["docx"]))
    links = [one.get_object() for page in pdf.pages for one in page.get("/Annots", [])]
    assert len(links) == len(tags(pdf).of("/Link"))
    assert all(link["/Contents"] and "/StructParent" in link for link in links)


def test_all_that_is_painted_in_the_pdf_is_tagged_or_decoration(pdf: pypdf.PdfReader) -> None:
    assert not list(untagged(pdf))


def test_the_fonts_of_the_pdf_are_in_it_and_can_be_read_as_text(pdf: pypdf.PdfReader) -> None:
    fonts = {name: font.get_object() for page in pdf.pages for name, font in page["/Resources"]["/Font"].items()}  # type: ignore[index]
    assert fonts
    for font in fonts.values():
        drawn = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/ToUnicode" in font and {"/FontFile2", "/FontFile3"} & set(drawn)


@pytest.mark.long
def test_the_same_order_gives_the_same_bytes(example_folder: DataFolder, files: Mapping[str, bytes]) -> None:
    for ending, content in files.items():
        assert report_files.make(example_folder, Order(CHOICE), ending) == content, ending


@pytest.mark.long
def test_nothing_english_and_no_empty_figure_reaches_the_text(files: Mapping[str, bytes]) -> None:
    english = r"\bnan\b|\bNone\b|\bnull\b|\bTrue\b|\d\.\d+ ?%|\bTable\b|\bFigure\b|\bContents\b|\bPage\b"
    for phrase in (word_text(files["docx"]), paper(files["pdf"]).text):
        assert not re.search(english, phrase.partition(SOURCES)[0])


def test_dates_are_written_out_in_swedish(report: Report, files: Mapping[str, bytes]) -> None:
    assert isinstance(report.published, date)
    assert numbers.date_sv(report.published) in word_text(files["docx"])


def test_no_column_is_narrower_than_its_longest_word(report: Report) -> None:
    for table in tables(report):
        said = [table.columns, *([column_widths.loose(cell.words) for cell in row] for row in table.rows)]
        across = column_widths.widths(table.widths, said, 112)
        assert abs(sum(across) - 112) < 1e-9
        for width, phrase in zip(across, zip(*said, strict=True), strict=True):
            assert width > max(len(part) for one in phrase for part in re.split(r"[ \u2013/-]", one)), table.caption


def test_no_heading_is_left_alone_at_the_foot_of_a_page(files: Mapping[str, bytes]) -> None:
    made = docx.Document(io.BytesIO(files["docx"]))
    headings = [
        one for one in made.paragraphs if one.style and (one.style.name or "").startswith(("Heading", "Caption"))
    ]
    drawn = [one for one in headings if one.text.startswith("Diagram")]
    assert drawn and all(one.paragraph_format.keep_with_next for one in headings if not one.text.startswith("Diagram"))
