"""Typesetting: a template and its content become a tagged PDF (PDF/UA-1), with equal bytes for equal content.

The content itself is made elsewhere: in `pdf` and `organisation_pages`.

A template is a Typst file of this folder; its content comes with `sys.inputs`, and its number of pages stands in a
label. Fonts come with packages, so that a document looks the same wherever it is made.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import typst
import vl_convert

from samlad.foundation import clock
from samlad.report import fonts, glyphs
from samlad.report.fonts import FONT, TEMPLATES

_COUNT = "<pages>"


@dataclass(frozen=True)
class Document:
    """A finished document: its bytes, and its number of pages."""

    pdf: bytes
    pages: int


def typeset(template: str, content: Mapping[str, Any], *, dated: date) -> Document:
    """Set a template of this folder with its content, JSON's types only.

    dated is the day the document says it was made: the snapshot's, never the clock's. A sign that no font has is
    replaced by its code.
    Raises typst.TypstError when template and content do not fit each other, or the tags do not hold for PDF/UA-1.
    """
    shown = glyphs.plain(dict(content))
    try:
        return _typeset(template, shown, dated)
    except typst.TypstError as fault:
        if not fonts.lacking(fault):
            raise
        return _typeset(template, glyphs.without_unusual(shown), dated)


def _typeset(template: str, content: Mapping[str, Any], dated: date) -> Document:
    at = clock.at(dated, time(12))
    compiler = typst.Compiler(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=fonts.of_documents(),
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(content, ensure_ascii=False), "dated": dated.isoformat()},
    )
    pages = json.loads(compiler.query(_COUNT, field="value", one=True))
    pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=at)
    if not isinstance(pdf, bytes):
        raise TypeError(f"{template} became {type(pdf).__name__}, not one file.")
    return Document(pdf, pages)


def fitted(template: str, contents: Iterable[Mapping[str, Any]], *, dated: date, pages: int) -> Document:
    """Set the first content, roomiest first, that fits the number of pages. Else the last content."""
    document = None
    for content in contents:
        document = typeset(template, content, dated=dated)
        if document.pages <= pages:
            break
    if document is None:
        raise ValueError(f"There is nothing to set with {template}.")
    return document


def drawing(spec: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], *, width: int, row_height: int = 0) -> str:
    """Return a chart as SVG, drawn from a page's spec with its rows. width and row_height are in pixels.

    Nothing is fetched for the drawing. row_height is for charts that have a row an item, and is the spec's own unless
    given.
    """
    config = {**spec.get("config", {}), "font": FONT, "background": None}
    locale = config.pop("locale", {})
    drawn = {**_whole_labels(spec), "data": {"values": list(rows), "name": "rows"}, "width": width, "config": config}
    if row_height:
        drawn["height"] = {"step": row_height}
    fonts.for_pictures()
    svg: str = vl_convert.vegalite_to_svg(
        drawn, allowed_base_urls=[], format_locale=locale.get("number"), time_format_locale=locale.get("time")
    )
    return svg


def _whole_labels(part: Any) -> Any:
    """Return a spec whose labels are never cut off: on paper no pointer shows the rest."""
    if isinstance(part, Mapping):
        return {key: 0 if key == "labelLimit" else _whole_labels(held) for key, held in part.items()}
    return [_whole_labels(held) for held in part] if isinstance(part, list) else part
