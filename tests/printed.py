"""Content of a finished report, read back out of its file: text, numbers and tags."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import docx
import pypdf
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from pypdf.generic import ContentStream

NUMBER = re.compile(r"(?<![\w,.:])[+\u2212-]?\d[\d\u00a0]*(?:,\d+)?")

_PAINTS = {b"Tj", b"TJ", b"'", b'"', b"f", b"f*", b"F", b"S", b"s", b"B", b"B*", b"b", b"b*", b"Do", b"sh"}


def printed_numbers(words: str) -> list[str]:
    """The numbers of a text, without spaces."""
    return [found.replace("\u00a0", "") for found in NUMBER.findall(words)]


def squeezed(words: str) -> str:
    """A text without any space."""
    return re.sub(r"\s+", "", words)


def word_text(content: bytes) -> str:
    """All text of a Word file's body, in order, tables too."""
    lines = docx.Document(io.BytesIO(content)).element.body.iter(qn("w:p"))
    return "\n".join("".join(part.text or "" for part in line.iter(qn("w:t"))) for line in lines)


def word_part(content: bytes, name: str) -> Any:
    """A part of a Word file."""
    return parse_xml(zipfile.ZipFile(io.BytesIO(content)).read(name))


def word_notes(content: bytes) -> dict[str, str]:
    """The footnotes of a Word file by their ids, separators not."""
    notes = word_part(content, "word/footnotes.xml").findall(qn("w:footnote"))
    return {
        note.get(qn("w:id")): "".join(part.text or "" for part in note.iter(qn("w:t"))).strip()
        for note in notes
        if note.get(qn("w:type")) is None
    }


@dataclass(frozen=True)
class Paper:
    """A finished PDF: the text of its pages, and their footnotes, running heads and feet left out."""

    text: str
    notes: list[str]


_NOTE = re.compile(r"^\d+(?=[A-ZÅÄÖ])", re.MULTILINE)


def paper(content: bytes) -> Paper:
    """The text of a PDF."""
    text, notes = [], []
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        said = page.extract_text()
        body = "\n".join(said.split("\n")[1:-1])
        begins = _NOTE.search(body)
        text.append(body[: begins.start()] if begins else body)
        notes += _NOTE.split(body[begins.start() :])[1:] if begins else []
    return Paper("\n".join(text), [" ".join(note.split(None)) for note in notes])


@dataclass(frozen=True)
class Tag:
    """An element of a PDF's structure: its kind, what it says of itself, and what stands in it."""

    kind: str
    about: dict[str, Any]
    within: list["Tag"]

    def all(self) -> Iterator["Tag"]:
        """The tag and all within it, in reading order."""
        yield self
        for tag in self.within:
            yield from tag.all()

    def of(self, *kinds: str) -> list["Tag"]:
        """All of some kinds within it."""
        return [tag for tag in self.all() if tag.kind in kinds]

    def attribute(self, name: str) -> Any:
        """An attribute, whoever owns it."""
        held = self.about.get("/A", [])
        return next((one[name] for one in (held if isinstance(held, list) else [held]) if name in one), None)


def tags(read: pypdf.PdfReader) -> Tag:
    """The structure of a PDF."""
    root: Any = read.trailer["/Root"]
    return Tag("", {}, list(_tags(root["/StructTreeRoot"].get("/K"))))


def _tags(held: Any) -> Iterator[Tag]:
    held = held.get_object() if hasattr(held, "get_object") else held
    if isinstance(held, list):
        for one in held:
            yield from _tags(one)
    elif isinstance(held, dict) and "/S" in held:
        about = {name: value for name, value in held.items() if name not in ("/K", "/P", "/Pg")}
        yield Tag(held["/S"], about, list(_tags(held.get("/K"))))


def untagged(read: pypdf.PdfReader) -> Iterator[str]:
    """Yield the paint operations on the pages that are neither in a tag nor marked as decoration."""
    for number, page in enumerate(read.pages, start=1):
        depth = 0
        for operands, operator in ContentStream(page.get_contents(), read).operations:
            if operator in (b"BDC", b"BMC"):
                depth += 1
            elif operator == b"EMC":
                depth -= 1
            elif operator in _PAINTS and depth == 0:
                yield f"page {number}: {operator.decode()} {operands}"
