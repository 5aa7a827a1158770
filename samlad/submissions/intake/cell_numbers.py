"""Numbers as people write them in cells: decimal comma, thousands apart, per cent, "12 av 15"."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

LARGEST = Decimal(10) ** 15
"""Number above which a cell has lost digits."""

_PLAIN = re.compile(r"[+-]?\d+([,.]\d+)?")
_SPACED = re.compile(r"[+-]?\d{1,3}( \d{3})+(,\d+)?")
_DOTTED = re.compile(r"[+-]?\d{1,3}((\.\d{3})+,\d+|(\.\d{3}){2,})")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_PERCENT = re.compile(r"\s*(%|procent)$")
_PART_OF = re.compile(r"(.+?) (?:av|of)(?: totalt)? (.+)")


@dataclass(frozen=True)
class CellNumber:
    """A number in a cell: percent if so written, part_of for the 15 in "12 av 15"."""

    number: Decimal
    percent: bool = False
    part_of: Decimal | None = None


def read_figure(cell: object, *, whole: bool = False) -> CellNumber | None:
    """Return the number in a cell, or None when it is not certain.

    With `whole` a count is expected, and 1.234 means 1 234; else that could be either and is not understood.

    >>> read_figure("1 442"), read_figure("12 av 15").part_of, read_figure("ca 12")
    (CellNumber(number=Decimal('1442'), percent=False, part_of=None), Decimal('15'), None)
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        number = Decimal(repr(cell))
        return CellNumber(number) if number.is_finite() and abs(number) < LARGEST else None
    if not isinstance(cell, str):
        return None
    text = " ".join(unicodedata.normalize("NFKC", cell).casefold().split()).replace("−", "-").replace("–", "-")
    bare = _PERCENT.sub("", text)
    if bare != text:
        number_in = _number(bare, whole=False)
        return None if number_in is None else CellNumber(number_in, percent=True)
    fraction = _PART_OF.fullmatch(text)
    if fraction:
        part, all_of = _number(fraction[1], whole=True), _number(fraction[2], whole=True)
        return None if part is None or all_of is None else CellNumber(part, part_of=all_of)
    number_in = _number(text, whole=whole)
    return None if number_in is None else CellNumber(number_in)


def _number(digits: str, *, whole: bool) -> Decimal | None:
    if not digits.isascii():
        return None
    if _EITHER.fullmatch(digits) and not whole:
        return None
    if _SPACED.fullmatch(digits) or _DOTTED.fullmatch(digits) or _EITHER.fullmatch(digits):
        digits = digits.replace(" ", "").replace(".", "")
    elif not _PLAIN.fullmatch(digits):
        return None
    number = Decimal(digits.replace(",", "."))
    return number if abs(number) < LARGEST else None
