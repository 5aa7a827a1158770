"""The report as a Word document: real headings, captions, table headings, alt texts, page numbers and contents.

Styles, notes and templates have their own modules.

The same report gives the same bytes: the document is dated by its snapshot, and so are the files in the zip.
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from samlad.foundation import clock
from samlad.report import column_widths, drawings, word_fields, word_template
from samlad.report.document import Block, Chart, Listing, OwnText, Report, Section, Statement, Table, Words
from samlad.report.footnotes import Footnotes, Piece
from samlad.report.report_head import head, listed_sources
from samlad.report.word_notes import Notes
from samlad.report.word_styles import FAINT, Styles, styled
from samlad.swedish import numbers, words

Progress = Callable[[float, str], None]

KEPT_WHOLE = 12
"""Greatest number of rows that a table has when kept on a single page."""

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_WORD_OF_TODAY = "15"
"""Word's number for files it has written since 2013. An older number opens the file in compatibility mode."""

_CELL, _TIGHT_CELL = Pt(8.5), Pt(8)
_LETTER = Cm(0.175)
"""Approximate width of a letter in a table."""


@dataclass(frozen=True)
class Desk:
    """Tools for writing a report: the file, its styles, text width, table type size, notes."""

    made: Document
    styles: Styles
    text_width: int
    cell_size: Length
    footnotes: Footnotes
    notes: Notes


def write(report: Report, progress: Progress = lambda _share, _doing: None, template: bytes | None = None) -> bytes:
    """Return the bytes of the .docx. template is a Word file whose styles, header and footer replace ours.

    Raises SamladError when the template cannot be used.
    """
    paper = word_template.opened(template)
    made = paper.made
    _describe(made, report, is_ours=paper.is_ours)
    styles = styled(made, is_ours=paper.is_ours, is_tight=report.is_brief)
    if paper.is_ours:
        _set_up(made, report)
    size = _TIGHT_CELL if report.is_brief else _CELL
    desk = Desk(made, styles, paper.text_width, size, Footnotes(), Notes(made, styles.note, styles.note_mark))
    anchors = count(max(word_template.used_marks(made), default=0) + 1)
    places = [(section, next(anchors)) for section in report.sections]
    _head(desk, report)
    if not report.is_brief:
        _contents(desk, places)
    for done, (section, anchor) in enumerate(places):
        progress(done / len(places), section.title)
        _heading(desk, section, anchor)
        for block in section.blocks:
            _block(desk, block)
    if any(section.id == "kallor" for section in report.sections):
        _sources(desk, report)
    paper.finish()
    kept = io.BytesIO()
    made.save(kept)
    return fixed_times(kept.getvalue())


def fixed_times(package: bytes) -> bytes:
    """Return a zip with files sorted by name and without times: same content, same bytes."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as read, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as written:
        for name in sorted(read.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(entry, read.read(name))
    return kept.getvalue()


def _describe(made: Document, report: Report, *, is_ours: bool) -> None:
    about = made.core_properties
    at = clock.in_files(report.published)
    about.title, about.author, about.language = _kept(report.title), _kept(report.author or "Samlad"), "sv-SE"
    about.subject = f"{_kept(report.programme, LONGEST_PROPERTY - 90)}. Ögonblicksbild {report.snapshot_id}"
    about.comments = words.EXAMPLE if report.is_example else ""
    if report.dnr or is_ours:
        about.keywords = _kept(report.dnr)
    about.last_modified_by = about.author
    about.created = about.modified = at
    about.revision = 1


LONGEST_PROPERTY = 255
"""Greatest number of letters in a property of a Word file."""


def _kept(words: str, longest: int = LONGEST_PROPERTY) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def _set_up(made: Document, report: Report) -> None:
    """Set up our own paper: A4, the report's name on top, page numbers, today's Word format."""
    for setting in made.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_OF_TODAY)
    page = made.sections[0]
    page.orientation = WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.0)
    page.top_margin, page.bottom_margin = (Cm(1.8), Cm(1.6)) if report.is_brief else (Cm(2.2), Cm(2.0))
    page.header_distance = page.footer_distance = Cm(0.9)
    above, below = page.header.paragraphs[0], page.footer.paragraphs[0]
    above.style = below.style = made.styles["Normal"]
    mark = f"{words.EXAMPLE}   " if report.is_example else ""
    _tabs(above)
    above.add_run(f"{report.title}\t{mark}{report.dnr}".rstrip()).font.size = Pt(8.5)
    _tabs(below)
    below.add_run(
        f"Ögonblicksbild {report.snapshot_id[:8]}, {numbers.date_sv(report.published)}\tSida "
    ).font.size = Pt(8.5)
    word_fields.shown(below, "PAGE", "1", Pt(8.5))
    below.add_run(" av ").font.size = Pt(8.5)
    word_fields.shown(below, "NUMPAGES", "1", Pt(8.5))


def _tabs(paragraph: Paragraph) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(word_template.TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _head(desk: Desk, report: Report) -> None:
    _line(desk, desk.styles.title).add_run(report.title)
    if report.is_example:
        said = _line(desk)
        said.add_run(f"{words.EXAMPLE}: ").bold = True
        said.add_run("uppgifterna i den här uppföljningen är helt eller delvis påhittade.")
    for name, said_of in head(report):
        line = _line(desk)
        line.paragraph_format.space_after = Pt(0)
        line.add_run(f"{name}: ").bold = True
        line.add_run(said_of)


def _line(desk: Desk, style: ParagraphStyle | None = None) -> Paragraph:
    """Add a paragraph, in running text's style unless another is given.

    The style is given by its id, which is not looked up again.
    """
    paragraph = desk.made.add_paragraph()
    if style is not None:
        paragraph._p.style = style.style_id
    return paragraph


def _contents(desk: Desk, places: Sequence[tuple[Section, int]]) -> None:
    """Write a contents field, filled in: readable before Word has updated its page numbers."""
    heading = _line(desk)
    heading.paragraph_format.space_before, heading.paragraph_format.keep_with_next = Pt(16), True
    run = heading.add_run("Innehåll")
    run.bold, run.font.size = True, Pt(13)
    for at, (section, anchor) in enumerate(places):
        style = desk.styles.contents[min(section.level, len(desk.styles.contents)) - 1]
        line = _line(desk, style)
        if style is None:
            line.paragraph_format.space_after = Pt(1)
            line.paragraph_format.left_indent = Cm(0.6 * (section.level - 1))
        if at == 0:
            word_fields.mark(line, "begin", is_dirty=True)
            word_fields.instruction(line, ' TOC \\o "1-2" \\h \\z \\u ')
            word_fields.mark(line, "separate")
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), _anchor(anchor))
        line._p.append(link)
        link.append(line.add_run(section.title)._r)
        if at == len(places) - 1:
            word_fields.mark(line, "end")


def _anchor(number: int) -> str:
    return f"_Toc{number:06d}"


def _heading(desk: Desk, section: Section, number: int) -> None:
    paragraph = _line(desk, desk.styles.headings[section.level - 1])
    paragraph.paragraph_format.keep_with_next = True
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _anchor(number))
    paragraph._p.append(start)
    paragraph.add_run(section.title)
    paragraph._p.append(end)


def _block(desk: Desk, block: Block) -> None:
    match block:
        case Statement():
            _statement(desk, _line(desk), block)
        case Words():
            _line(desk, desk.styles.quiet if block.is_quiet else None).add_run(block.words)
        case Listing():
            for item in block.items:
                _statement(desk, _line(desk, desk.styles.bullet), item)
        case Table():
            _table(desk, block)
        case Chart():
            _chart(desk, block)
        case OwnText():
            if block.conflict:
                _line(desk, desk.styles.quiet).add_run(block.conflict)
            for said in block.paragraphs:
                _line(desk).add_run(said)


def _statement(desk: Desk, paragraph: Paragraph, said: Statement) -> None:
    if said.lead:
        paragraph.add_run(f"{said.lead}. " if not said.lead.endswith(("?", ".")) else f"{said.lead} ").bold = True
    _say(desk, paragraph, desk.footnotes.statement(said))
    mark = paragraph.add_run(f" [{said.id}]")
    mark.font.size, mark.font.color.rgb = Pt(7.5), FAINT


def _say(desk: Desk, paragraph: Paragraph, pieces: Iterable[Piece], *, is_cell: bool = False) -> None:
    """Write words, with a footnote after each piece with a note."""
    for piece in pieces:
        run = paragraph.add_run(piece.words)
        if is_cell:
            run.font.size = desk.cell_size
        if piece.note:
            desk.notes.refer(paragraph, piece.note)


def _caption(desk: Desk, word: str, at: str, wording: str, *, is_example: bool) -> Paragraph:
    paragraph = _line(desk, desk.styles.caption)
    paragraph.add_run(f"{word} ")
    word_fields.shown(paragraph, f"SEQ {word} \\* ARABIC", at[1:])
    paragraph.add_run(f". {wording}{f' ({words.EXAMPLE})' if is_example else ''}")
    return paragraph


def _table(desk: Desk, shown: Table) -> None:
    _caption(
        desk, "Tabell", shown.id, shown.caption, is_example=shown.is_example
    ).paragraph_format.keep_with_next = True
    rows, left = desk.footnotes.cells(shown)
    _plain_table(desk, shown.caption, shown.columns, rows, shown.widths)
    for note in left:
        _line(desk, desk.styles.quiet).add_run(note)
    if not left:
        _line(desk).paragraph_format.space_after = Pt(2)


def _plain_table(
    desk: Desk, caption: str, names: Iterable[str], rows: Sequence[Sequence[Sequence[Piece]]], shares: Sequence[float]
) -> None:
    heads = [[Piece(name)] for name in names]
    grid = desk.made.add_table(rows=1 + len(rows), cols=len(heads))
    grid.style = desk.styles.table
    grid.autofit = False
    named = OxmlElement("w:tblCaption")
    named.set(qn("w:val"), caption)
    grid._tbl.tblPr.append(named)
    words = [["".join(piece.words for piece in cell) for cell in row] for row in [heads, *rows]]
    room = desk.text_width / _LETTER
    across = [int(desk.text_width * share / room) for share in column_widths.widths(shares, words, room)]
    for column, width in zip(grid.columns, across, strict=True):
        column.width = width
    for down, (row, said_in) in enumerate(zip(grid.rows, [heads, *rows], strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if down == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, width, pieces in zip(row.cells, across, said_in, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(1), 1.0
            paragraph.paragraph_format.keep_with_next = down == 0 or (len(rows) <= KEPT_WHOLE and down < len(rows))
            _say(desk, paragraph, pieces, is_cell=True)


def _chart(desk: Desk, drawn: Chart) -> None:
    place = _line(desk)
    place.paragraph_format.keep_with_next = True
    picture = place.add_run().add_picture(
        io.BytesIO(drawings.png(drawn.spec)), width=int(desk.text_width * drawings.breadth(drawn.spec))
    )
    about = picture._inline.docPr
    about.set("descr", drawn.alt)
    about.set("name", drawn.id)
    about.set("title", drawn.caption)
    caption = _caption(desk, "Diagram", drawn.id, drawn.caption, is_example=drawn.is_example)
    caption.paragraph_format.keep_with_next, caption.paragraph_format.space_after = False, Pt(8)


def _sources(desk: Desk, report: Report) -> None:
    rows = [[[Piece(said)] for said in row] for row in listed_sources(report)]
    _plain_table(desk, "Källor", ("Beteckning", "Vad", "Fråga och val"), rows, (1.0, 3.0, 4.0))
