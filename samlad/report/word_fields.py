"""Fields in a Word file: what Word works out itself, such as the number of a page, with what is shown until then."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length
from docx.text.paragraph import Paragraph
from docx.text.run import Run


def shown(paragraph: Paragraph, words: str, until_then: str, size: Length | None = None) -> None:
    """A whole field at the end of a paragraph; all of it in one size, since Word takes that of its first part."""
    runs = [
        mark(paragraph, "begin"),
        instruction(paragraph, f" {words} "),
        mark(paragraph, "separate"),
        paragraph.add_run(until_then),
        mark(paragraph, "end"),
    ]
    if size is not None:
        for run in runs:
            run.font.size = size


def mark(paragraph: Paragraph, kind: str, *, is_dirty: bool = False) -> Run:
    """Where a field begins, where what it shows begins, or where it ends. is_dirty asks Word to work it out anew."""
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    if is_dirty:
        part.set(qn("w:dirty"), "true")
    run = paragraph.add_run()
    run._r.append(part)
    return run


def instruction(paragraph: Paragraph, words: str) -> Run:
    """What a field is to work out."""
    part = OxmlElement("w:instrText")
    part.set(qn("xml:space"), "preserve")
    part.text = words
    run = paragraph.add_run()
    run._r.append(part)
    return run
