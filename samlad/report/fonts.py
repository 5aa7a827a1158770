"""Fonts of the documents: Typst's own, and Noto's for other signs. All come with packages, none from outside.

Finding and replacing signs without a font belongs in `glyphs`.

Noto Sans, Noto Sans CJK, Noto Sans Symbols and Noto Emoji are under the SIL Open Font License 1.1 and may be shipped.
"""

from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

import typst
import vl_convert

TEMPLATES = Path(__file__).parent
PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
"""The packages whose folders hold Noto's font files."""

FONT = "Libertinus Serif"
"""The font of running text; it comes with Typst."""

_LACKS = ("could not be displayed", "missing codepoints", "disallowed codepoint")
"""Typst's words on a sign that no font has, or that a tagged PDF may not hold."""


@cache
def folders() -> tuple[Path, ...]:
    """Return the folders of font files that come with packages."""
    found = [find_spec(name) for name in PACKAGES]
    return tuple(Path(place) for spec in found if spec for place in spec.submodule_search_locations or ())


@cache
def of_documents() -> typst.Fonts:
    """Return the fonts that documents are set with, the same wherever they are made."""
    return typst.Fonts(include_system_fonts=False, font_paths=list(folders()))


@cache
def for_pictures() -> None:
    """Let the charts' drawing use Noto's fonts, once a process."""
    for folder in folders():
        vl_convert.register_font_directory(str(folder))


def lacking(fault: typst.TypstError) -> bool:
    """Return True if setting a document has failed because no font has some sign of its text."""
    return any(said in str(fault) for said in _LACKS)


def have(words: str, *, drawn: bool = False) -> bool:
    """Return True if the documents' fonts have every sign of some words.

    Tried by setting the words, or drawing them as a chart does.
    """
    text = "".join(
        f'<text x="0" y="20" font-family="{FONT}" font-weight="{weight}">{escape(words)}</text>'
        for weight in ("normal", "bold")
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="30">{text}</svg>' if drawn else ""
    compiler = typst.Compiler(
        TEMPLATES / "signs.typ",
        root=TEMPLATES,
        font_paths=of_documents(),
        ignore_system_fonts=True,
        sys_inputs={"words": words, "svg": svg},
    )
    try:
        compiler.compile(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as fault:
        if lacking(fault):
            return False
        raise
    return True
