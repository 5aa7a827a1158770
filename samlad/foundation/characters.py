"""Characters of texts: cleaning on the way in, and plain forms for searching."""

import re
import unicodedata
from typing import Any

BULLETS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf0e0": "→",
    "\uf02d": "-",
    "\uf0de": "⇒",
    "\uf071": "☐",
    "\uf0a8": "☐",
    "\uf0fe": "☒",
    "\uf06e": "■",
    "\uf076": "❖",
}
"""The private-use signs that Word pastes for the bullets of its fonts Symbol and Wingdings."""

_LINE_BREAKS = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
_UNSEEN = (
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0001]"
)
_LAST_TWO = "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
_NO_SIGN = f"[\ud800-\udfff\ufdd0-\ufdef{_LAST_TWO}]"
_FOUND = re.compile(f"(?P<line>{_LINE_BREAKS})|(?P<unseen>{_UNSEEN})|(?P<none>{_NO_SIGN})|(?P<bullet>[\uf000-\uf0ff])")

REPLACEMENT = "\ufffd"
"""Unicode's own character for an unreadable one."""

_JOINED = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_DASHES = re.compile("[\u2010-\u2015\u2043\u2212\u02d7\u30fc\u058a\u05be]")
_DOTS = re.compile("[\u2024\u00b7\u2219\u22c5\u30fb\u2022]")
_SLASHES = re.compile("[\u2044\u2215\u29f8\uff0f\\\\]")
_AS_DIGITS = {"O": "0", "o": "0", "О": "0", "о": "0", "Ο": "0", "ο": "0", "l": "1", "I": "1", "|": "1", "І": "1"}
_AMONG_DIGITS = re.compile(r"(?<=\d)[OoОоΟοlI|І]{1,3}(?=[\d\s.\-+/]|$)|(?<![^\W\d_])[OoОоΟοlI|І]{1,3}(?=\d)")


def clean(text: str) -> str:
    """Return a text without control characters, invisible marks and code points that are no character.

    Every kind of line break becomes \\n. Word's private bullets become the bullets they stand for; half of a pair and
    other codes without a sign become U+FFFD. A tab stays.

    >>> clean("\\uf0b7 Ett\\r\\ntvå\\x07 tre\\ud83d")
    '• Ett\\ntvå tre�'
    """
    return _FOUND.sub(_cleaned, text) if _FOUND.search(text) else text


def _cleaned(match: re.Match[str]) -> str:
    match match.lastgroup:
        case "line":
            return "\n"
        case "unseen":
            return ""
        case "none":
            return REPLACEMENT
    return BULLETS.get(match[0], match[0])


def cleaned(value: Any) -> Any:
    """Return a value of JSON's types with every text in it cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(name): cleaned(held) for name, held in value.items()}
    return [cleaned(held) for held in value] if isinstance(value, list) else value


def folded(text: str) -> str:
    """Return a text for searching: invisible marks gone, digits, dashes, dots and slashes made plain.

    >>> folded("８１١٢28–98\\u200b74"), folded("811228-9B7l"), folded("Olle, 8112289O74")
    ('811228-9874', '811228-9B71', 'Olle, 8112289074')
    """
    plain = unicodedata.normalize("NFKC", _JOINED.sub("", text))
    plain = _JOINED.sub("", plain)
    if not plain.isascii():
        plain = _SLASHES.sub("/", _DOTS.sub(".", _DASHES.sub("-", plain)))
        plain = "".join(str(unicodedata.decimal(character, character)) for character in plain)
    return _AMONG_DIGITS.sub(lambda match: "".join(_AS_DIGITS[character] for character in match[0]), plain)


def unjoined(text: str) -> str:
    """Return a text without invisible marks, composed: two spellings that look alike become one."""
    return unicodedata.normalize("NFC", _JOINED.sub("", text))


def label(sign: str) -> str:
    """Return the replacement, in a document, for a character that cannot be shown there.

    >>> label("\\ue000")
    '[tecken U+E000]'
    """
    return f"[tecken U+{ord(sign):04X}]"
