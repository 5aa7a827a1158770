"""Styles of a Word report: the template's own, by English or Swedish names, and ours for the rest.

Reading a template belongs in `word_template`.

A style that the template has is never changed, but for the language, and the level of a heading that says none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Length, Pt, RGBColor
from docx.styles.style import BaseStyle, ParagraphStyle

from samlad.foundation.errors import SamladError

FONT = "Calibri"
INK, FAINT = RGBColor(0x11, 0x11, 0x11), RGBColor(0x50, 0x58, 0x60)

_SIZES = {1: 16, 2: 13, 3: 11}


@dataclass(frozen=True)
class Styles:
    """Styles for a report's paragraphs, marks and tables."""

    normal: ParagraphStyle
    title: ParagraphStyle
    headings: tuple[ParagraphStyle, ...]
    contents: tuple[ParagraphStyle | None, ...]
    caption: ParagraphStyle
    quiet: ParagraphStyle
    bullet: ParagraphStyle
    note: ParagraphStyle
    note_mark: BaseStyle
    table: BaseStyle


def styled(made: Document, *, is_ours: bool, is_tight: bool = False) -> Styles:
    """Return the styles of a file, missing styles added.

    is_ours says that the file is our own paper, set in our own type.

    is_tight sets our own type smaller and closer, for reports that have to take few pages.

    Raises SamladError when a style by any of the names is of another kind.
    """
    _speak_swedish(made)
    normal, _ = _paragraph(made, "Normal")
    if is_ours:
        _font(normal, FONT, Pt(9.5 if is_tight else 10.5))
        normal.paragraph_format.space_after = Pt(3 if is_tight else 6)
        normal.paragraph_format.line_spacing = 1.0 if is_tight else None
    title, is_new = _paragraph(made, "Title", "Titel")
    if is_new or is_ours:
        _set(title, normal, Pt(22), before=0, after=8, is_bold=True)
    caption, is_new = _paragraph(made, "Caption", "Beskrivning")
    if is_new or is_ours:
        _set(caption, normal, Pt(9.5), before=8, after=3, is_bold=True)
    quiet, is_new = _paragraph(made, "Anmärkning")
    if is_new:
        _set(quiet, normal, Pt(8.5), before=2, after=6)
        quiet.font.color.rgb = FAINT
    note, is_new = _paragraph(made, "footnote text", "Fotnotstext")
    if is_new:
        _set(note, normal, Pt(8.5), before=0, after=0)
    headings = [_heading(made, normal, level, is_ours=is_ours) for level in _SIZES]
    if is_ours:
        for style in (title, caption, *headings):
            _font(style, FONT, style.font.size or Pt(11))
        _without_rule(title)
    return Styles(
        normal=normal,
        title=title,
        headings=tuple(headings),
        contents=(_found(made, "toc 1", "Innehåll 1"), _found(made, "toc 2", "Innehåll 2")),
        caption=caption,
        quiet=quiet,
        bullet=_bullet(made, normal),
        note=note,
        note_mark=_note_mark(made),
        table=_table(made),
    )


def _speak_swedish(made: Document) -> None:
    """Make Swedish the language of all text that does not name another."""
    for old in made.styles.element.iter(qn("w:lang")):
        old.set(qn("w:val"), "sv-SE")
    normal, _ = _paragraph(made, "Normal")
    properties = normal.element.get_or_add_rPr()
    if properties.find(qn("w:lang")) is None:
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "sv-SE")
        properties.append(language)


def _found(made: Document, *names: str) -> ParagraphStyle | None:
    """Return the first of some styles that the file has."""
    by_name = {(style.name or "").casefold(): style for style in made.styles}
    for name in names:
        style = by_name.get(name.casefold())
        if isinstance(style, ParagraphStyle):
            return style
        if style is not None:
            raise SamladError(f"Wordmallens format ”{name}” är inget styckeformat. Byt namn på det i mallen.")
    return None


def _paragraph(made: Document, *names: str) -> tuple[ParagraphStyle, bool]:
    """Return the first of some styles that the file has.

    Without any, a new style by the first name, and True for new.
    """
    held = _found(made, *names)
    if held is not None:
        return held, False
    is_known = names[0] != "Anmärkning"
    style = made.styles.add_style(names[0], WD_STYLE_TYPE.PARAGRAPH, builtin=is_known)
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{names[0]} became {type(style).__name__}.")
    style.quick_style = True
    return style, True


def _set(
    style: ParagraphStyle, normal: ParagraphStyle, size: Length, *, before: float, after: float, is_bold: bool = False
) -> None:
    """Give a new style its look: the font of running text, in this size."""
    style.base_style, style.next_paragraph_style = normal, normal
    style.font.size, style.font.color.rgb = size, INK
    style.font.italic = False
    if is_bold:
        style.font.bold, style.paragraph_format.keep_with_next = True, True
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _without_rule(style: ParagraphStyle) -> None:
    border = style.element.find(f".//{qn('w:pBdr')}")
    if border is not None:
        border.getparent().remove(border)


def _heading(made: Document, normal: ParagraphStyle, level: int, *, is_ours: bool) -> ParagraphStyle:
    """Return a heading's style, by which contents and screen readers find the heading."""
    style, is_new = _paragraph(made, f"Heading {level}", f"Rubrik {level}")
    if is_new or is_ours:
        _set(style, normal, Pt(_SIZES[level]), before=16 - 2 * level, after=4, is_bold=True)
    properties = style.element.get_or_add_pPr()
    if properties.find(qn("w:outlineLvl")) is None:
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level - 1))
        properties.append(outline)
    return style


def _font(style: ParagraphStyle, name: str, size: Length) -> None:
    """Set a font that the theme's font does not override."""
    style.font.name, style.font.size = name, size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.attrib.pop(qn(f"w:{kind}Theme"), None)
        fonts.set(qn(f"w:{kind}"), name)


def _bullet(made: Document, normal: ParagraphStyle) -> ParagraphStyle:
    """Return the style of a short list, made with its own bullets where the file has none."""
    style, is_new = _paragraph(made, "List Bullet", "Punktlista")
    if is_new:
        style.base_style = normal
        properties = style.element.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = _bullets(made)
        style.paragraph_format.space_after = Pt(2)
    return style


def _bullets(made: Document) -> int:
    """Return the number of a new bulleted list, in the file's part for lists."""
    root: Any = _lists(made).element
    kinds, lists = root.findall(qn("w:abstractNum")), root.findall(qn("w:num"))
    kind = max(_numbers(kinds, "w:abstractNumId"), default=0) + 1
    number = max(_numbers(lists, "w:numId"), default=0) + 1
    described = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{kind}"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    )
    listed = parse_xml(
        f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{kind}"/></w:num>',
    )
    if lists:
        lists[0].addprevious(described)
        lists[-1].addnext(listed)
    else:
        at = root.index(kinds[-1]) + 1 if kinds else 0
        root.insert(at, described)
        described.addnext(listed)
    return number


def _numbers(parts: Iterable[Any], name: str) -> list[int]:
    return [int(part.get(qn(name))) for part in parts]


def _lists(made: Document) -> XmlPart:
    for one in made.part.rels.values():
        if one.reltype == RELATIONSHIP_TYPE.NUMBERING and isinstance(one.target_part, XmlPart):
            return one.target_part
    root: Any = parse_xml(f"<w:numbering {nsdecls('w')}/>")
    part = XmlPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, root, made.part.package)
    made.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return part


def _note_mark(made: Document) -> BaseStyle:
    """Return the style of a footnote's number."""
    names = ("footnote reference", "fotnotsreferens")
    for style in made.styles:
        if (style.name or "").casefold() in names and style.type == WD_STYLE_TYPE.CHARACTER:
            return _known(style)
    made_now: Any = made.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    made_now.font.superscript = True
    return _known(made_now)


def _known(style: object) -> BaseStyle:
    if not isinstance(style, BaseStyle):
        raise TypeError(f"{type(style).__name__} is no style.")
    return style


TABLE = "Samlad tabell"
"""The name of the style of tables. A template may have its own by that name."""


def _table(made: Document) -> BaseStyle:
    for style in made.styles:
        if style.name == TABLE and style.type == WD_STYLE_TYPE.TABLE:
            return _known(style)
    style = _known(made.styles.add_style(TABLE, WD_STYLE_TYPE.TABLE))
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{color}"/>'
        for side, size, color in (("top", 8, "505860"), ("bottom", 4, "B9C1C9"), ("insideH", 4, "B9C1C9"))
    )
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in _MARGINS)
    style.element.append(
        parse_xml(
            f"<w:tblPr {nsdecls('w')}><w:tblBorders>{edges}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar>"
            "</w:tblPr>"
        )
    )
    style.element.append(
        parse_xml(
            f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tblPr/><w:tcPr><w:tcBorders>'
            '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="505860"/></w:tcBorders></w:tcPr></w:tblStylePr>'
        )
    )
    return style


_MARGINS = (("top", 20), ("left", 0), ("bottom", 20), ("right", 110))
"""Space in a cell, in twentieths of a point. None to the left, so that words stand flush with the text."""
