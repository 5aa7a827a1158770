"""Footnotes in a Word file: their part, the separators that Word demands, and the references to them.

Choosing terms to explain belongs in `footnotes`.

python-docx reads no footnotes, so the part is added with its package's own interface. A template's part is kept with
its separators; its footnotes too, where something in the text still refers to them.
"""

from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import PartFactory, XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.styles.style import BaseStyle
from docx.text.paragraph import Paragraph

PartFactory.part_type_for[CONTENT_TYPE.WML_FOOTNOTES] = XmlPart

_AFTER_FOOTNOTES = (
    *("endnotePr", "compat", "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping"),
    *("doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown"),
    *("smartTagType", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator"),
)
"""Elements that follow the footnotes in a file's settings, in the order of the standard."""

_SEPARATORS = (("separator", -1), ("continuationSeparator", 0))


class Notes:
    """The footnotes of a file, numbered in the order in which they are referred to."""

    def __init__(self, made: Document, words: BaseStyle, mark: BaseStyle) -> None:
        self._words, self._mark = words, mark
        self._root = _part(made).element
        used = {one.get(qn("w:id")) for one in made.element.body.iter(qn("w:footnoteReference"))}
        for held in list(self._root):
            if held.get(qn("w:type")) in (None, "normal") and held.get(qn("w:id")) not in used:
                self._root.remove(held)
        self._next = max([int(held.get(qn("w:id"), "0")) for held in self._root], default=0) + 1
        _tell_settings(made, self._root)

    def refer(self, paragraph: Paragraph, words: str) -> None:
        """Put a footnote at the end of a paragraph as it stands."""
        number, self._next = self._next, self._next + 1
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(number))
        run = paragraph.add_run()
        run._r.style = self._mark.style_id
        run._r.append(reference)
        self._root.append(self._footnote(number, words))

    def _footnote(self, number: int, words: str) -> Any:
        note: Any = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{self._words.style_id}"/></w:pPr>'
            f'<w:r><w:rPr><w:rStyle w:val="{self._mark.style_id}"/></w:rPr><w:footnoteRef/></w:r>'
            '<w:r><w:t xml:space="preserve"/></w:r></w:p></w:footnote>'
        )
        note.find(f".//{qn('w:t')}").text = f" {words}"
        return note


def _part(made: Document) -> XmlPart:
    """Return the part of the footnotes, made with its separators when the file has none."""
    for one in made.part.rels.values():
        if one.reltype == RELATIONSHIP_TYPE.FOOTNOTES and isinstance(one.target_part, XmlPart):
            return one.target_part
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" '
        f'w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for kind, number in _SEPARATORS
    )
    root: Any = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}>{separators}</w:footnotes>")
    part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, made.part.package)
    made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return part


def _tell_settings(made: Document, root: Any) -> None:
    """Name the separators in the file's settings, unless already named there."""
    settings: Any = made.settings.element
    if settings.find(qn("w:footnotePr")) is not None:
        return
    named = OxmlElement("w:footnotePr")
    for held in root:
        if held.get(qn("w:type")) in ("separator", "continuationSeparator"):
            one = OxmlElement("w:footnote")
            one.set(qn("w:id"), held.get(qn("w:id")))
            named.append(one)
    after = {qn(f"w:{name}") for name in _AFTER_FOOTNOTES}
    following = next((part for part in settings if part.tag in after or "officeDocument/2006/math" in part.tag), None)
    if following is None:
        settings.append(named)
    else:
        following.addprevious(named)
