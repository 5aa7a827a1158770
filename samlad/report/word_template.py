"""The Word file for a report: our own paper, or a customer's template with nothing lost.

Its styles belong in `word_styles`.

A template may be .docx, .dotx, .docm or .dotm; macros are left behind, since a .docx cannot hold them. Its text is
exchanged for the report, or, where a paragraph says MARK, kept as text with the report in that place.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm

from samlad.foundation.errors import SamladError

MARK = "{Samlad uppföljning}"
"""Paragraph of a template that marks the report's place."""

TEXT_WIDTH = Cm(17.0)
"""Width of the text on our own paper, and on paper without a size."""

MOST_BYTES = 200_000_000
"""Greatest size of a template when unpacked."""

_CONTENT_TYPES = "[Content_Types].xml"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = (
    f"{_MAIN}.template.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
_MACROS = (
    "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
    "http://schemas.microsoft.com/office/2006/relationships/keyMapCustomizations",
)
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_AS_DOCX = "Spara om den i Word som Word-dokument (.docx) och försök igen."


@dataclass
class Paper:
    """A file to write in: its text width, and the template's parts to stand after the report."""

    made: Document
    text_width: int = TEXT_WIDTH
    is_ours: bool = True
    after: list[Any] = field(default_factory=list)

    def finish(self) -> None:
        """Put the parts after the report's place back where they were."""
        last = self.made.element.body.sectPr
        for part in self.after:
            if last is None:
                self.made.element.body.append(part)
            else:
                last.addprevious(part)
        self.after = []


def opened(template: bytes | None) -> Paper:
    """Return our own paper, or a template made ready to write in.

    Raises SamladError, in Swedish, for an unusable template.
    """
    if template is None:
        return Paper(docx.Document())
    try:
        made = docx.Document(io.BytesIO(_as_document(template)))
        if made.element.body.sectPr is None:
            _add_page(made)
        paper = Paper(made, is_ours=False, after=_cleared(made))
        paper.text_width = _width(made, paper.after)
        _without_macros(made)
        list(made.styles), made.settings, made.core_properties  # parts that are read later are read now
    except (KeyError, ValueError, AttributeError, zipfile.BadZipFile, zlib.error, SyntaxError) as fault:
        raise SamladError(f"Wordmallen är skadad och kan inte läsas. {_AS_DOCX}") from fault
    return paper


def _as_document(template: bytes) -> bytes:
    """Return a template as a document's bytes: its parts unchanged, its kind given as .docx."""
    if template.startswith(_OLD_OR_LOCKED):
        raise SamladError(f"Wordmallen har ett lösenord eller är i det äldre formatet .doc. {_AS_DOCX}")
    if not zipfile.is_zipfile(io.BytesIO(template)):
        raise SamladError(f"Mallen är ingen Wordfil, eller så är den skadad. {_AS_DOCX}")
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as read, zipfile.ZipFile(kept, "w") as written:
        if _CONTENT_TYPES not in read.namelist() or "word/document.xml" not in read.namelist():
            raise SamladError(f"Mallen är ingen Wordfil. {_AS_DOCX}")
        if sum(one.file_size for one in read.infolist()) > MOST_BYTES:
            raise SamladError("Wordmallen är för stor. Ta bort bilder ur den och försök igen.")
        for name in dict.fromkeys(read.namelist()):
            content = read.read(name)
            written.writestr(name, _told_as_document(content) if name == _CONTENT_TYPES else content)
    return kept.getvalue()


def _told_as_document(content_types: bytes) -> bytes:
    for kind in _KINDS:
        content_types = content_types.replace(kind.encode(), CONTENT_TYPE.WML_DOCUMENT_MAIN.encode())
    return content_types


def _without_macros(made: Document) -> None:
    for at, one in list(made.part.rels.items()):
        if one.reltype in _MACROS:
            del made.part.rels[at]


def _cleared(made: Document) -> list[Any]:
    """Remove the template's text, and return the parts after MARK in order, if any."""
    body = made.element.body
    parts = [part for part in body if part.tag != qn("w:sectPr")]
    place = next((at for at, part in enumerate(parts) if part.tag == qn("w:p") and _says_mark(part)), None)
    if place is None:
        _inherit(body)
        for part in parts:
            body.remove(part)
        return []
    for part in parts[place:]:
        body.remove(part)
    return parts[place + 1 :]


def _add_page(made: Document) -> None:
    """Add our paper's size and margins, for a file without its own."""
    made.element.body.get_or_add_sectPr()
    page = made.sections[-1]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.0)


def _says_mark(paragraph: Any) -> bool:
    said = "".join(part.text or "" for part in paragraph.iter(qn("w:t")))
    return " ".join(said.split()).casefold() == MARK.casefold()


def _inherit(body: Any) -> None:
    """Let the last section keep the headers and footers of earlier sections, which are removed."""
    last = body.sectPr
    if last is None:
        return
    before = [one for one in body.iter(qn("w:sectPr")) if one is not last]
    for earlier in reversed(before):
        held = set(_references(last))
        for kind, reference in _references(earlier).items():
            if kind not in held:
                last.insert(0, reference)
        if earlier.find(qn("w:titlePg")) is not None and last.find(qn("w:titlePg")) is None:
            last.get_or_add_titlePg()


def _references(section: Any) -> dict[tuple[str, str], Any]:
    names = (qn("w:headerReference"), qn("w:footerReference"))
    return {(part.tag, part.get(qn("w:type"))): part for part in section if part.tag in names}


def _width(made: Document, after: list[Any]) -> int:
    """Return the width of a text column where the report stands."""
    breaks = [found for part in after for found in part.iter(qn("w:sectPr"))]
    section = breaks[0] if breaks else made.element.body.sectPr
    if section is None or section.find(qn("w:pgSz")) is None or section.find(qn("w:pgMar")) is None:
        return TEXT_WIDTH
    page, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if page.w is None or margins.left is None or margins.right is None:
        return TEXT_WIDTH
    width = page.w - margins.left - margins.right - (margins.gutter or 0)
    columns = section.find(qn("w:cols"))
    number = int(columns.get(qn("w:num"), "1")) if columns is not None else 1
    if number > 1:
        between = int(columns.get(qn("w:space"), "720")) * 635
        width = (width - between * (number - 1)) // number
    if width <= 0:
        raise SamladError("Wordmallens marginaler lämnar ingen plats för text. Ändra dem i mallen.")
    return int(width)


def used_marks(made: Document) -> Iterator[int]:
    """Yield the ids of the template's bookmarks."""
    for mark in made.element.body.iter(qn("w:bookmarkStart")):
        yield int(mark.get(qn("w:id"), "0"))
