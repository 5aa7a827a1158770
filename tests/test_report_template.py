"""A customer's own Word template: all of it is kept, what it lacks is added, and what is no Word file is told."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from samlad.foundation.errors import SamladError
from samlad.report import word_document
from samlad.report.document import Chart, Listing, Report, Section, Source, Statement, Table, TableCell, Words
from samlad.report.word_template import MARK, MOST_BYTES

RED = RGBColor(0xC4, 0x00, 0x64)
SOURCE = Source("goals", (("year", 2024),), (("goal_id", "M1"),), ("title",))
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def picture() -> bytes:
    """A logo: a PNG of one pixel."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\0\0\0")),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(said)) + kind + said + struct.pack(">I", zlib.crc32(kind + said)) for kind, said in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


LOGO = picture()


@pytest.fixture(scope="module")
def report() -> Report:
    """A report with one of each kind of block."""
    panel = {
        "title": {"text": ["Våldsutövare i insats"]},
        "width": 100,
        "height": 60,
        "data": {"values": []},
        "mark": "point",
    }
    table = Table(
        "T1",
        "Utfall",
        ("Indikator", "2024"),
        ((TableCell("Våldsutövare i insats"), TableCell("Skyddat", SOURCE)),),
        (2.0, 1.0),
        (
            "Skyddat: antalet visas inte, så att ingen person ska kunna kännas igen. "
            "Den som rapporterat det har sina egna tal i filen som lämnades in.",
        ),
    )
    blocks = (
        Statement("S1", "2 indikatorer är i takt mot 2025.", SOURCE, "Läget"),
        Words("Det här behöver mest uppmärksamhet:"),
        Listing((Statement("S2", "54 % i år", SOURCE, "Stöd"),)),
        table,
        Chart("D1", "Indikatorn", "Skyddat.", {"concat": [panel], "columns": 3, "config": {}}, SOURCE),
    )
    sections = (Section("arendet", "Ärendet", 1, ()), Section("mal-1", "Mål 1: Förebygga", 2, blocks))
    return Report(
        "Samlad uppföljning 2024",
        "Programmet",
        "Hela staden",
        (2024,),
        "SN 1",
        "Anna Ek",
        "ab" * 32,
        date(2025, 2, 1),
        None,
        5,
        False,
        sections,
    )


def city() -> Document:
    """A template as a city has it: styles with Swedish names, logo, own paper, and several of our styles missing."""
    made = docx.Document()
    for name in ("Heading 1", "Heading 2", "Heading 3", "Title", "Caption", "List Bullet", "Table Grid"):
        made.styles[name].delete()
    for level in (1, 2):
        style: Any = made.styles.add_style(f"Rubrik {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.font.name, style.font.size, style.font.color.rgb = "Stockholm Type", Pt(20 - level), RED
    made.styles["Normal"].font.name = "Stockholm Type"
    page = made.sections[0]
    page.page_width, page.page_height = Cm(17.6), Cm(25.0)
    page.left_margin, page.right_margin = Cm(3.0), Cm(2.6)
    page.header.paragraphs[0].add_run().add_picture(io.BytesIO(LOGO), width=Cm(3))
    page.header.paragraphs[0].add_run("Socialförvaltningen")
    page.footer.paragraphs[0].text = "stad.example, växel 08-000 00 00"
    made.add_paragraph("Skriv din text här", style="Rubrik 1")
    return made


def saved(made: Document) -> bytes:
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def rewritten(content: bytes, change: Callable[[str, bytes], bytes], added: Mapping[str, bytes] | None = None) -> bytes:
    """A zip with each of its parts changed, and some added."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(kept, "w") as written:
        for name in read.namelist():
            written.writestr(name, change(name, read.read(name)))
        for name, said in (added or {}).items():
            written.writestr(name, said)
    return kept.getvalue()


def of_kind(content: bytes, kind: str, added: Mapping[str, bytes] | None = None) -> bytes:
    """A Word file told as another kind of it."""
    return rewritten(content, lambda _, said: said.replace(DOCUMENT.encode(), kind.encode()), added)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        return {name: read.read(name) for name in read.namelist()}


def style_xml(content: bytes, name: str) -> str:
    """Return the XML of a style, but for the language and the level of its heading."""
    element = docx.Document(io.BytesIO(content)).styles[name].element
    said = re.sub(r"<w:(?:lang|outlineLvl)[^>]*/>|\s+", "", element.xml)
    return said.replace("<w:pPr></w:pPr>", "").replace("<w:pPr/>", "")


def words(made: Document) -> list[str]:
    return [paragraph.text for paragraph in made.paragraphs]


def test_headings_are_in_the_templates_own_styles_which_are_unchanged(report: Report) -> None:
    template = saved(city())
    content = word_document.write(report, template=template)
    made = docx.Document(io.BytesIO(content))
    held = {paragraph.text: paragraph.style for paragraph in made.paragraphs}
    assert held["Ärendet"].name == "Rubrik 1" and held["Mål 1: Förebygga"].name == "Rubrik 2"  # type: ignore[union-attr]
    for name in ("Rubrik 1", "Rubrik 2", "Normal"):
        assert style_xml(content, name) == style_xml(template, name)
    levels = [made.styles[f"Rubrik {one}"].element.find(f".//{qn('w:outlineLvl')}").get(qn("w:val")) for one in (1, 2)]
    assert levels == ["0", "1"]


def test_logo_header_footer_paper_and_every_part_of_the_template_are_kept(report: Report) -> None:
    template = saved(city())
    content = word_document.write(report, template=template)
    before, after = parts(template), parts(content)
    assert set(before) <= set(after)
    ours = {
        "[Content_Types].xml",
        "word/document.xml",
        "word/styles.xml",
        "word/settings.xml",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/numbering.xml",
    }
    assert all(after[name] == said for name, said in before.items() if name not in ours)
    assert LOGO in after.values()
    page = docx.Document(io.BytesIO(content)).sections[0]
    assert page.header.paragraphs[0].text == "Socialförvaltningen"
    assert page.footer.paragraphs[0].text == "stad.example, växel 08-000 00 00"
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (17.6, 25.0)  # type: ignore[union-attr]


def test_what_the_template_lacks_is_added_in_its_own_type(report: Report) -> None:
    made = docx.Document(io.BytesIO(word_document.write(report, template=saved(city()))))
    used = {paragraph.style.name for paragraph in made.paragraphs if paragraph.style}
    assert {"Title", "Caption", "List Bullet"} <= used
    assert made.styles["Title"].font.name is None and made.styles["Title"].base_style.name == "Normal"
    listed = next(paragraph for paragraph in made.paragraphs if "Stöd" in paragraph.text)
    number = listed.style.element.find(f".//{qn('w:numId')}").get(qn("w:val"))  # type: ignore[union-attr]
    kinds = made.part.numbering_part.element.xpath(f"//w:num[@w:numId='{number}']/w:abstractNumId/@w:val")
    formats = made.part.numbering_part.element.xpath(f"//w:abstractNum[@w:abstractNumId='{kinds[0]}']//w:numFmt/@w:val")
    assert formats == ["bullet"]


def test_a_template_without_lists_gets_one(report: Report) -> None:
    made = city()
    for at, one in list(made.part.rels.items()):
        if one.reltype.endswith("/numbering"):
            del made.part.rels[at]
    content = word_document.write(report, template=saved(made))
    assert b"bullet" in parts(content)["word/numbering.xml"]


def test_tables_and_charts_are_as_wide_as_the_templates_text(report: Report) -> None:
    made = docx.Document(io.BytesIO(word_document.write(report, template=saved(city()))))
    room = Cm(17.6 - 3.0 - 2.6)
    assert abs(sum(cell.width or 0 for cell in made.tables[0].rows[0].cells) - room) < Cm(0.1)
    assert all(shape.width <= room for shape in made.inline_shapes)


def test_two_columns_narrow_what_is_put_in_them(report: Report) -> None:
    made = city()
    columns = OxmlElement("w:cols")
    columns.set(qn("w:num"), "2")
    columns.set(qn("w:space"), "567")
    section: Any = made.element.body.sectPr
    for old in section.findall(qn("w:cols")):
        section.remove(old)
    section.append(columns)
    written = docx.Document(io.BytesIO(word_document.write(report, template=saved(made))))
    assert sum(cell.width or 0 for cell in written.tables[0].rows[0].cells) < Cm(5.6)


def test_the_templates_text_is_exchanged_unless_it_says_where_the_report_goes(report: Report) -> None:
    made = city()
    written = words(docx.Document(io.BytesIO(word_document.write(report, template=saved(made)))))
    assert "Skriv din text här" not in written and written[0] == report.title
    made.add_paragraph(MARK)
    made.add_paragraph("Med vänlig hälsning")
    marked = word_document.write(report, template=saved(made))
    written = words(docx.Document(io.BytesIO(marked)))
    assert written[:2] == ["Skriv din text här", report.title] and written[-1] == "Med vänlig hälsning"
    assert MARK not in written and marked == word_document.write(report, template=saved(made))


def test_a_header_of_an_earlier_section_is_not_lost_with_the_text(report: Report) -> None:
    made = city()
    last = made.add_section(WD_SECTION.NEW_PAGE)
    assert last.header.is_linked_to_previous
    page = docx.Document(io.BytesIO(word_document.write(report, template=saved(made)))).sections[-1]
    assert page.header.paragraphs[0].text == "Socialförvaltningen"


def test_the_templates_own_footnotes_stand_when_its_text_does_and_go_with_it(report: Report) -> None:
    first = word_document.write(report)
    again = word_document.write(report, template=first)
    assert notes(again) == notes(first)
    made = docx.Document(io.BytesIO(first))
    made.add_paragraph(MARK)
    both = word_document.write(report, template=saved(made))
    assert len(notes(both)) == 2 * len(notes(first)) and len(set(notes(both))) == len(notes(both))


def notes(content: bytes) -> list[str]:
    """The ids of a file's footnotes, each of which is referred to once."""
    root = docx.oxml.parser.parse_xml(parts(content)["word/footnotes.xml"])
    held = [note.get(qn("w:id")) for note in root if note.get(qn("w:type")) is None]
    document = docx.oxml.parser.parse_xml(parts(content)["word/document.xml"])
    assert held == [one.get(qn("w:id")) for one in document.iter(qn("w:footnoteReference"))]
    return held


def test_a_dotx_is_a_template_too(report: Report) -> None:
    template = saved(city())
    content = word_document.write(report, template=of_kind(template, TEMPLATE))
    assert content == word_document.write(report, template=template)
    assert DOCUMENT.encode() in parts(content)["[Content_Types].xml"]


def test_macros_are_left_behind(report: Report) -> None:
    def with_macros(name: str, said: bytes) -> bytes:
        said = said.replace(DOCUMENT.encode(), WITH_MACROS.encode())
        if name == "word/_rels/document.xml.rels":
            relation = (
                b'<Relationship Id="rIdVba" Type="http://schemas.microsoft.com/office/2006/relationships/'
                b'vbaProject" Target="vbaProject.bin"/></Relationships>'
            )
            said = said.replace(b"</Relationships>", relation)
        if name == "[Content_Types].xml":
            default = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
            said = said.replace(b"</Types>", default)
        return said

    template = saved(city())
    held = rewritten(template, with_macros, {"word/vbaProject.bin": b"Sub AutoOpen()"})
    content = word_document.write(report, template=held)
    assert docx.Document(io.BytesIO(content)).sections[0].header.paragraphs[0].text == "Socialförvaltningen"
    assert not [name for name, said in parts(content).items() if "vba" in name or b"vbaProject" in said]


def test_a_page_without_a_size_is_taken_as_ours(report: Report) -> None:
    made = city()
    body: Any = made.element.body
    body.remove(body.sectPr)
    assert words(docx.Document(io.BytesIO(word_document.write(report, template=saved(made)))))[0] == report.title


def damaged(name: str) -> bytes:
    return rewritten(saved(city()), lambda at, said: said[: len(said) // 2] if at == name else said)


def unusable() -> dict[str, tuple[bytes, str]]:
    """Files that cannot be used, and what is said of them."""
    whole = saved(city())
    made = city()
    made.styles["Rubrik 1"].delete()
    made.styles.add_style("Heading 1", WD_STYLE_TYPE.CHARACTER)
    narrow = city()
    narrow.sections[0].left_margin = Cm(16)
    return {
        "empty": (b"", "ingen Wordfil"),
        "text": ("Hej, jag är en mall".encode(), "ingen Wordfil"),
        "picture": (LOGO, "ingen Wordfil"),
        "other zip": (
            rewritten(whole, lambda _, said: said).replace(b"word/document.xml", b"word/dokument.xml"),
            "ingen Wordfil",
        ),
        "half": (whole[: len(whole) // 2], "skadad"),
        "half text": (damaged("word/document.xml"), "skadad"),
        "half styles": (damaged("word/styles.xml"), "skadad"),
        "turned bytes": (whole[:400] + bytes(400) + whole[800:], "skadad"),
        "old or locked": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "lösenord"),
        "huge": (rewritten(whole, lambda _, said: said, {"word/media/x.bin": bytes(MOST_BYTES + 1)}), "för stor"),
        "another kind of style": (saved(made), "styckeformat"),
        "no room": (saved(narrow), "marginaler"),
    }


@pytest.mark.parametrize(
    "case",
    [
        "empty",
        "text",
        "picture",
        "other zip",
        "half",
        "half text",
        "half styles",
        "turned bytes",
        "old or locked",
        "huge",
        "another kind of style",
        "no room",
    ],
)
def test_what_cannot_be_a_template_is_told_in_swedish(report: Report, case: str) -> None:
    content, reason = unusable()[case]
    with pytest.raises(SamladError, match=reason):
        word_document.write(report, template=content)
