"""The report as a tagged PDF (PDF/UA-1) in Swedish, dated by its snapshot.

Templates, fonts and tags in general belong in `typesetting`.
"""

from collections.abc import Callable
from typing import Any

from samlad.report import column_widths, drawings, typesetting
from samlad.report.document import Block, Chart, Listing, OwnText, Report, Section, Statement, Table, Words
from samlad.report.footnotes import Footnotes, Piece
from samlad.report.report_head import head, listed_sources
from samlad.swedish import numbers

Progress = Callable[[float, str], None]

SUMMARY_PAGES = 2
_LETTERS = 112
"""Approximate number of letters on a line of a table, without the space between columns."""

_SIZES = (10.0, 9.5, 9.0, 8.5, 8.0)


def write(report: Report, progress: Progress = lambda _share, _doing: None) -> bytes:
    """Return the bytes of the .pdf.

    A report without the goals, for the board, is set in the largest type that fits two pages.

    Raises typst.TypstError when the tags do not hold for PDF/UA-1.
    """
    progress(0.0, "Ritar diagrammen")
    content = _content(report)
    progress(0.5, "Sätter sidorna")
    if not report.is_brief:
        return typesetting.typeset("report.typ", {**content, "size": _SIZES[0]}, dated=report.published).pdf
    sizes = ({**content, "size": size} for size in _SIZES)
    return typesetting.fitted("report.typ", sizes, dated=report.published, pages=SUMMARY_PAGES).pdf


def _content(report: Report) -> dict[str, Any]:
    notes = Footnotes()
    has_sources = any(section.id == "kallor" for section in report.sections)
    return {
        "title": report.title,
        "programme": report.programme,
        "name": report.dnr,
        "foot": f"Ögonblicksbild {report.snapshot_id[:8]}, {numbers.date_sv(report.published)}",
        "is_example": report.is_example,
        "has_contents": not report.is_brief,
        "head": [list(pair) for pair in head(report)],
        "sections": [_section(section, notes) for section in report.sections],
        "sources": [list(row) for row in listed_sources(report)] if has_sources else [],
    }


def _section(section: Section, notes: Footnotes) -> dict[str, Any]:
    return {
        "title": section.title,
        "level": section.level,
        "blocks": [part for block in section.blocks for part in _parts(block, notes)],
    }


def _parts(block: Block, notes: Footnotes) -> list[dict[str, Any]]:
    match block:
        case Statement():
            return [{"kind": "statement", **_statement(block, notes)}]
        case Words():
            return [{"kind": "words", "words": block.words}]
        case OwnText():
            return [{"kind": "words", "words": words} for words in (block.conflict, *block.paragraphs) if words]
        case Listing():
            return [{"kind": "listing", "items": [_statement(item, notes) for item in block.items]}]
        case Table():
            rows, left = notes.cells(block)
            return [
                {
                    "kind": "table",
                    "number": int(block.id[1:]),
                    "caption": block.caption,
                    "columns": list(block.columns),
                    "rows": [[_pieces(cell) for cell in row] for row in rows],
                    "widths": column_widths.widths(block.widths, [block.columns, *_words(rows)], _LETTERS),
                    "notes": left,
                    "is_example": block.is_example,
                }
            ]
        case Chart():
            return [
                {
                    "kind": "chart",
                    "number": int(block.id[1:]),
                    "svg": drawings.svg(block.spec),
                    "breadth": drawings.breadth(block.spec),
                    "alt": block.alt or block.caption or "Diagram",
                    "caption": block.caption,
                    "is_example": block.is_example,
                }
            ]


def _words(rows: list[list[list[Piece]]]) -> list[list[str]]:
    return [["".join(piece.words for piece in cell) for cell in row] for row in rows]


def _statement(said: Statement, notes: Footnotes) -> dict[str, Any]:
    lead = f"{said.lead}{'' if said.lead.endswith(('?', '.')) else '.'}" if said.lead else ""
    return {"id": said.id, "lead": lead, "pieces": _pieces(notes.statement(said))}


def _pieces(pieces: list[Piece]) -> list[list[str]]:
    return [[piece.words, piece.note] for piece in pieces]
