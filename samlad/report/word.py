"""The report as a Word document: real headings, captions, table headings, alt texts, page numbers and contents.

The same report gives the same bytes: the document is dated by its snapshot, and so are the files in the zip.
"""

import io
import zipfile
from collections.abc import Callable, Iterable
from datetime import datetime, time
from itertools import count
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from samlad import formats, text
from samlad.errors import SamladError
from samlad.report import pictures
from samlad.report.document import Block, Chart, Listing, OwnText, Report, Section, Statement, Table, Words
from samlad.report.listing import head, listed_sources

Progress = Callable[[float, str], None]

TEXT_WIDTH = Cm(17.0)
INK, FAINT = RGBColor(0x11, 0x11, 0x11), RGBColor(0x50, 0x58, 0x60)
KEPT_WHOLE = 12
"""How many rows a table may have and still be kept on one page."""

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def write(report: Report, progress: Progress = lambda _share, _doing: None, template: bytes | None = None) -> bytes:
    """The bytes of the .docx. template is a Word file whose styles, header and footer are used instead of ours.

    Raises SamladError when the template cannot be read.
    """
    made = _opened(template)
    _describe(made, report)
    if template is None:
        _set_up(made, report)
    _styles(made)
    bookmarks = count(1)
    _head(made, report)
    if not report.is_brief:
        _contents(made, report.sections)
    for done, section in enumerate(report.sections):
        progress(done / len(report.sections), section.title)
        _heading(made, section, next(bookmarks))
        for block in section.blocks:
            _block(made, block)
    if any(section.id == "kallor" for section in report.sections):
        _sources(made, report)
    kept = io.BytesIO()
    made.save(kept)
    return fixed_times(kept.getvalue())


def fixed_times(package: bytes) -> bytes:
    """A zip with its files in the order of their names and no times of its own: the same content, the same bytes."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as read, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as written:
        for name in sorted(read.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(entry, read.read(name))
    return kept.getvalue()


def _opened(template: bytes | None) -> Document:
    if template is None:
        return docx.Document()
    try:
        made = docx.Document(io.BytesIO(template))
    except (KeyError, ValueError, zipfile.BadZipFile) as fault:
        raise SamladError("Wordmallen kan inte läsas. Välj en .docx som Word själv har sparat.") from fault
    body = made.element.body
    for part in list(body):
        if part.tag != qn("w:sectPr"):
            body.remove(part)
    return made


def _describe(made: Document, report: Report) -> None:
    about = made.core_properties
    at = datetime.combine(report.published, time())
    about.title, about.author, about.language = report.title, report.author or "Samlad", "sv-SE"
    about.subject = f"{report.programme}. Ögonblicksbild {report.snapshot_id}"
    about.comments, about.keywords, about.category = text.EXAMPLE if report.is_example else "", report.dnr, ""
    about.last_modified_by = about.author
    about.created = about.modified = at
    about.revision = 1


def _set_up(made: Document, report: Report) -> None:
    """Our own paper: A4, a header that names the report, a footer with page numbers."""
    page = made.sections[0]
    page.orientation = WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.0)
    page.top_margin, page.bottom_margin = Cm(2.2), Cm(2.0)
    above, below = page.header.paragraphs[0], page.footer.paragraphs[0]
    above.style = below.style = _style(made, "Normal")
    mark = f"{text.EXAMPLE}   " if report.is_example else ""
    _tabs(above)
    above.add_run(f"{report.title}\t{mark}{report.dnr}".rstrip()).font.size = Pt(8.5)
    _tabs(below)
    below.add_run(
        f"Ögonblicksbild {report.snapshot_id[:8]}, {formats.date_sv(report.published)}\tSida "
    ).font.size = Pt(8.5)
    _field(below, "PAGE", "1", Pt(8.5))
    below.add_run(" av ").font.size = Pt(8.5)
    _field(below, "NUMPAGES", "1", Pt(8.5))


def _tabs(paragraph: Paragraph) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _styles(made: Document) -> None:
    """Our styles where the template has none of its own; the language is Swedish everywhere."""
    normal = _style(made, "Normal")
    if normal.font.name is None or normal.font.name == "Calibri":
        normal.font.name, normal.font.size = "Calibri", Pt(10.5)
        normal.paragraph_format.space_after = Pt(6)
    language = OxmlElement("w:lang")
    for kind in ("val", "eastAsia"):
        language.set(qn(f"w:{kind}"), "sv-SE")
    properties = normal.element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(language)
    for old in made.styles.element.iter(qn("w:lang")):
        old.set(qn("w:val"), "sv-SE")
    for level, size in ((1, 16), (2, 13), (3, 11)):
        heading = _style(made, f"Heading {level}")
        _font(heading, "Calibri", Pt(size))
        heading.font.bold, heading.font.color.rgb = True, INK
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(16 - 2 * level), Pt(4)
        heading.paragraph_format.keep_with_next = True
    title = _style(made, "Title")
    _font(title, "Calibri", Pt(22))
    title.font.bold, title.font.color.rgb = True, INK
    border = title.element.find(f".//{qn('w:pBdr')}")
    if border is not None:
        border.getparent().remove(border)
    caption = _style(made, "Caption")
    _font(caption, "Calibri", Pt(9.5))
    caption.font.bold, caption.font.italic, caption.font.color.rgb = True, False, INK
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(8), Pt(3)
    quiet = _style(made, "Anmärkning")
    quiet.base_style = normal
    quiet.font.size, quiet.font.color.rgb = Pt(8.5), FAINT


def _font(style: ParagraphStyle, name: str, size: Any) -> None:
    """A font that is not overridden by the theme's."""
    style.font.name, style.font.size = name, size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.attrib.pop(qn(f"w:{kind}Theme"), None)
        fonts.set(qn(f"w:{kind}"), name)


def _style(made: Document, name: str) -> ParagraphStyle:
    """A paragraph style by its name, made when the template has none."""
    names = {style.name for style in made.styles}
    found = made.styles[name] if name in names else made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not isinstance(found, ParagraphStyle):
        raise SamladError(f"Wordmallens format ”{name}” är inget styckeformat. Byt namn på det i mallen.")
    return found


def _head(made: Document, report: Report) -> None:
    made.add_paragraph(report.title, style="Title")
    if report.is_example:
        said = made.add_paragraph()
        said.add_run(f"{text.EXAMPLE}: ").bold = True
        said.add_run("uppgifterna i den här uppföljningen är helt eller delvis påhittade.")
    for name, said_of in head(report):
        line = made.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        line.add_run(f"{name}: ").bold = True
        line.add_run(said_of)


def _contents(made: Document, sections: Iterable[Section]) -> None:
    """A contents field, filled in so that it reads before Word has updated it with page numbers."""
    heading = made.add_paragraph()
    heading.paragraph_format.space_before, heading.paragraph_format.keep_with_next = Pt(16), True
    run = heading.add_run("Innehåll")
    run.bold, run.font.size = True, Pt(13)
    held = list(sections)
    for at, section in enumerate(held):
        line = made.add_paragraph()
        line.paragraph_format.space_after = Pt(1)
        line.paragraph_format.left_indent = Cm(0.6 * (section.level - 1))
        if at == 0:
            _part(line, "begin", is_dirty=True)
            _instruction(line, ' TOC \\o "1-2" \\h \\z \\u ')
            _part(line, "separate")
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), _anchor(at + 1))
        line._p.append(link)
        link.append(line.add_run(section.title)._r)
        if at == len(held) - 1:
            _part(line, "end")


def _anchor(number: int) -> str:
    return f"_Toc{number:06d}"


def _heading(made: Document, section: Section, number: int) -> None:
    paragraph = made.add_paragraph(style=f"Heading {section.level}")
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _anchor(number))
    paragraph._p.append(start)
    paragraph.add_run(section.title)
    paragraph._p.append(end)


def _block(made: Document, block: Block) -> None:
    match block:
        case Statement():
            _statement(made.add_paragraph(), block)
        case Words():
            made.add_paragraph(block.words, style="Anmärkning" if block.is_quiet else "Normal")
        case Listing():
            for item in block.items:
                _statement(made.add_paragraph(style="List Bullet" if _has(made, "List Bullet") else "Normal"), item)
        case Table():
            _table(made, block)
        case Chart():
            _chart(made, block)
        case OwnText():
            for said in block.paragraphs:
                made.add_paragraph(said)


def _has(made: Document, name: str) -> bool:
    return name in {style.name for style in made.styles}


def _statement(paragraph: Paragraph, said: Statement) -> None:
    if said.lead:
        paragraph.add_run(f"{said.lead}. " if not said.lead.endswith(("?", ".")) else f"{said.lead} ").bold = True
    paragraph.add_run(said.words)
    mark = paragraph.add_run(f" [{said.id}]")
    mark.font.size, mark.font.color.rgb = Pt(7.5), FAINT


def _caption(made: Document, word: str, at: str, words: str, *, is_example: bool) -> Paragraph:
    paragraph = made.add_paragraph(style="Caption")
    paragraph.add_run(f"{word} ")
    _field(paragraph, f"SEQ {word} \\* ARABIC", at[1:], None)
    paragraph.add_run(f". {words}{f' ({text.EXAMPLE})' if is_example else ''}")
    return paragraph


def _table(made: Document, shown: Table) -> None:
    _caption(made, "Tabell", shown.id, shown.caption, is_example=shown.is_example)
    _plain_table(made, shown.caption, shown.columns, [[cell.words for cell in row] for row in shown.rows], shown.widths)
    for note in shown.notes:
        made.add_paragraph(note, style="Anmärkning")
    if not shown.notes:
        made.add_paragraph().paragraph_format.space_after = Pt(2)


def _plain_table(
    made: Document, caption: str, columns: Iterable[str], rows: list[list[str]], widths: Iterable[float]
) -> None:
    heads = list(columns)
    grid = made.add_table(rows=1 + len(rows), cols=len(heads))
    if _has(made, "Table Grid"):
        grid.style = made.styles["Table Grid"]
    grid.autofit = False
    said = OxmlElement("w:tblCaption")
    said.set(qn("w:val"), caption)
    grid._tbl.tblPr.append(said)
    shares = list(widths)
    across = [int(TEXT_WIDTH * share / sum(shares)) for share in shares]
    for column, width in zip(grid.columns, across, strict=True):
        column.width = width
    for down, (row, words) in enumerate(zip(grid.rows, [heads, *rows], strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if down == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, width, content in zip(row.cells, across, words, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.paragraph_format.keep_with_next = down == 0 or (len(rows) <= KEPT_WHOLE and down < len(rows))
            run = paragraph.add_run(content)
            run.font.size, run.bold = Pt(8.5), down == 0 or None


def _chart(made: Document, drawn: Chart) -> None:
    place = made.add_paragraph()
    place.paragraph_format.keep_with_next = True
    picture = place.add_run().add_picture(
        io.BytesIO(pictures.png(drawn.spec)), width=int(TEXT_WIDTH * pictures.breadth(drawn.spec))
    )
    about = picture._inline.docPr
    about.set("descr", drawn.alt)
    about.set("name", drawn.id)
    about.set("title", drawn.caption)
    _caption(made, "Diagram", drawn.id, drawn.caption, is_example=drawn.is_example)


def _sources(made: Document, report: Report) -> None:
    rows = [list(row) for row in listed_sources(report)]
    _plain_table(made, "Källor", ("Beteckning", "Vad", "Fråga och val"), rows, (1.0, 3.0, 4.0))


def _field(paragraph: Paragraph, instruction: str, shown: str, size: Any) -> None:
    """A field that Word works out, with what it shows until then."""
    _part(paragraph, "begin")
    _instruction(paragraph, f" {instruction} ")
    _part(paragraph, "separate")
    run = paragraph.add_run(shown)
    if size:
        run.font.size = size
    _part(paragraph, "end")


def _part(paragraph: Paragraph, kind: str, *, is_dirty: bool = False) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    if is_dirty:
        mark.set(qn("w:dirty"), "true")
    paragraph.add_run()._r.append(mark)


def _instruction(paragraph: Paragraph, words: str) -> None:
    said = OxmlElement("w:instrText")
    said.set(qn("xml:space"), "preserve")
    said.text = words
    paragraph.add_run()._r.append(said)
