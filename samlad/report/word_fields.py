"""Fields in a Word file: values that Word works out, with words until then.

Footnotes belong in `word_notes`.
"""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length
from docx.text.paragraph import Paragraph
from docx.text.run import Run


def shown(paragraph: Paragraph, words: str, until_then: str, size: Length | None = None) -> None:
    """Add a whole field at the end of a paragraph.

    The field has a single size, since Word takes the size of its first part.
    """
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
    """Mark a field's beginning, the beginning of its shown words, or its end.

    is_dirty asks Word to work the field out anew.
    """
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    if is_dirty:
        part.set(qn("w:dirty"), "true")
    run = paragraph.add_run()
    run._r.append(part)
    return run


def instruction(paragraph: Paragraph, words: str) -> Run:
    """Add the instruction that a field works out."""
    part = OxmlElement("w:instrText")
    part.set(qn("xml:space"), "preserve")
    part.text = words
    run = paragraph.add_run()
    run._r.append(part)
    return run
