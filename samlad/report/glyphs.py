"""Signs that a document cannot show: detected by setting, replaced by codes, reported with their place.

The fonts are in `fonts`.

All kinds of files get the same words, so signs that PDF cannot show are replaced in Word and Excel too.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from samlad.foundation import characters
from samlad.report import fonts
from samlad.report.document import Report

_PLAIN = "\n\t -~\xa0-\u024f\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u202f\u2030\u2039\u203a\u20ac\u2212"
_UNUSUAL = re.compile(f"[^{_PLAIN}]+")
_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_LONGEST_BEGINNING = 60


@dataclass(frozen=True)
class Unshown:
    """Signs of a text that cannot be shown: their codes, the text's place and first words."""

    place: str
    beginning: str
    codes: tuple[str, ...]

    def text(self) -> str:
        """Return the sentence for whoever makes the document."""
        listed = ", ".join(self.codes)
        where = f"{self.place}: " if self.place else ""
        return f"{where}{listed} i ”{self.beginning}” går inte att visa i dokument och är ersatt med sin kod."


def shown(words: str, *, drawn: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return a text that a document can show, or a chart draw, and the replaced signs' codes.

    >>> shown("Enligt plan \\ue000")
    ('Enligt plan [tecken U+E000]', ('U+E000',))
    """
    codes: list[str] = []

    def piece(found: re.Match[str]) -> str:
        return "".join(_shown(one, codes, drawn=drawn) for one in _clusters(found[0]))

    if drawn:
        words = unicodedata.normalize("NFC", words)
    said = _UNUSUAL.sub(piece, words)
    if drawn and _UNUSUAL.search(said) and not _is_shown(said, drawn=True):
        codes.clear()
        said = _drawn(words, codes)
    return said, tuple(dict.fromkeys(codes))


def _drawn(words: str, codes: list[str]) -> str:
    """Return a text that a chart can draw. For signs that can be drawn alone but not all beside each other."""
    said, at = "", 0
    for run in _UNUSUAL.finditer(words):
        before = said + words[at : run.start()]
        kept = "".join(_shown(one, codes, drawn=True) for one in _clusters(run[0]))
        said = before + (kept if _is_shown(before + kept, drawn=True) else bare(run[0], codes))
        at = run.end()
    return said + words[at:]


def _shown(cluster: str, codes: list[str], *, drawn: bool) -> str:
    if _is_shown(cluster, drawn=drawn):
        return cluster
    if drawn and len(cluster) > 1:
        return bare(cluster, codes)
    said = ""
    for sign in cluster:
        if len(cluster) > 1 and unicodedata.category(sign) != "Cc" and _is_shown(sign, drawn=drawn):
            said += sign
        else:
            said += _labelled(sign, codes)
    return said


def _labelled(sign: str, codes: list[str]) -> str:
    """Return a sign's label, empty if the sign only steers, joins or varies others. Its code is kept."""
    codes.append(f"U+{ord(sign):04X}")
    is_seen = unicodedata.category(sign) not in ("Cc", "Cf") and not unicodedata.name(sign, "").startswith("VARIATION")
    return characters.label(sign) if is_seen else ""


def bare(words: str, codes: list[str]) -> str:
    """Return a text with unusual signs replaced by codes: only signs of all fonts are left."""
    return _UNUSUAL.sub(lambda found: "".join(_labelled(one, codes) for one in found[0]), words)


def _clusters(words: str) -> list[str]:
    """Return a text's signs, each with its marks and the signs joined to the first."""
    found: list[str] = []
    for sign in words:
        joins = found and (unicodedata.category(sign).startswith("M") or sign == "\u200d" or found[-1][-1] == "\u200d")
        pairs = found and _FLAGS.fullmatch(found[-1] + sign)
        if joins or pairs or (found and "\U0001f3fb" <= sign <= "\U0001f3ff"):
            found[-1] += sign
        else:
            found.append(sign)
    return found


_known: dict[tuple[str, bool], bool] = {}
"""Signs already tried: True if shown, set or drawn.

The fonts do not change while the process lasts.
"""


def _is_shown(words: str, *, drawn: bool = False) -> bool:
    """Return True if a sign can be shown. Never for a sign without a meaning of its own, nor for no sign at all."""
    if (words, drawn) not in _known:
        _try([words], drawn=drawn)
    return _known[words, drawn]


def _try(clusters: Sequence[str], *, drawn: bool = False) -> None:
    """Try which signs can be shown: all at once, by halves if that fails."""
    joined = [
        one for one in clusters if drawn and len(one) > 1 and len(_clusters(one)) == 1
    ]  # a chart draws them apart
    strange = [one for one in clusters if {unicodedata.category(sign) for sign in one} & {"Cc", "Cs", "Co", "Cn"}]
    never = {*joined, *strange}
    asked = [one for one in clusters if one not in never]
    _known.update({(one, drawn): False for one in never})
    if not asked:
        return
    if len(asked) == 1 or fonts.have(" ".join(asked), drawn=drawn):
        can = len(asked) > 1 or fonts.have(asked[0], drawn=drawn)
        _known.update({(one, drawn): can for one in asked})
    else:
        half = len(asked) // 2
        _try(asked[:half], drawn=drawn)
        _try(asked[half:], drawn=drawn)


def settle(words: Iterable[str]) -> None:
    """Try all unusual signs of some texts at once, a hundred times as fast as singly."""
    found = {one for said in words for part in _UNUSUAL.findall(said) for one in _clusters(part)}
    _try(sorted(one for one in found if (one, False) not in _known))


def of_report(report: Report) -> tuple[Report, tuple[Unshown, ...]]:
    """Return the report with signs that cannot be shown replaced, and their places."""
    settle(_texts(report))
    found: list[Unshown] = []
    made: Report = _replaced(replace(report, sections=()), "Huvudet", found)
    sections = tuple(_replaced(section, section.title, found) for section in report.sections)
    return replace(made, sections=sections), tuple(dict.fromkeys(found))


def found_in(value: Any) -> tuple[Unshown, ...]:
    """Return the signs that cannot be shown of a value whose texts have no places."""
    found: list[Unshown] = []
    settle(_texts(value))
    _replaced(value, "", found)
    return tuple(dict.fromkeys(found))


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from _texts(getattr(value, one.name))
    elif isinstance(value, Mapping):
        yield from (text for one in value.values() for text in _texts(one))
    elif isinstance(value, list | tuple):
        yield from (text for one in value for text in _texts(one))


def without_unusual(value: Any) -> Any:
    """Return a value of JSON's types with every unusual sign replaced by its code: the last resort."""
    if isinstance(value, str):
        return bare(value, [])
    if isinstance(value, Mapping):
        return {name: without_unusual(one) for name, one in value.items()}
    return [without_unusual(one) for one in value] if isinstance(value, list | tuple) else value


def plain(value: Any) -> Any:
    """Return a value of JSON's types with each sign that cannot be shown replaced, but not reported."""
    settle(_texts(value))
    return _replaced(value, "", [])


def _replaced(value: Any, place: str, found: list[Unshown], *, drawn: bool = False) -> Any:
    """Return a value with its texts replaced, in dataclasses, mappings and sequences of any depth.

    Unchanged if none was.
    """
    if isinstance(value, str):
        if not _UNUSUAL.search(value):
            return value
        said, codes = shown(value, drawn=drawn)
        if codes:
            found.append(Unshown(shown(place)[0], said[:_LONGEST_BEGINNING], codes))
        return said
    if is_dataclass(value) and not isinstance(value, type):
        held = {one.name: getattr(value, one.name) for one in fields(value)}
        made = {
            name: _replaced(one, place, found, drawn=name in ("spec", "rows") and "spec" in held)
            for name, one in held.items()
            if name != "id"
        }
        changed = {name: one for name, one in made.items() if one is not held[name]}
        return replace(value, **changed) if changed else value
    if isinstance(value, Mapping):
        made = {name: _replaced(one, place, found, drawn=drawn) for name, one in value.items()}
        return made if any(made[name] is not value[name] for name in value) else value
    if isinstance(value, list | tuple):
        items = [_replaced(one, place, found, drawn=drawn) for one in value]
        return value if all(one is was for one, was in zip(items, value, strict=True)) else type(value)(items)
    return value
