"""Numbers as people write them in cells: decimal comma, thousands apart, per cent, "12 av 15"."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

LARGEST = Decimal(10) ** 15
"""Beyond this a number in a cell has lost digits."""

_PLAIN = re.compile(r"[+-]?\d+([,.]\d+)?")
_SPACED = re.compile(r"[+-]?\d{1,3}( \d{3})+(,\d+)?")
_DOTTED = re.compile(r"[+-]?\d{1,3}((\.\d{3})+,\d+|(\.\d{3}){2,})")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_PERCENT = re.compile(r"\s*(%|procent)$")
_PART_OF = re.compile(r"(.+?) (?:av|of)(?: totalt)? (.+)")


@dataclass(frozen=True)
class CellNumber:
    """What a cell says: a number, whether it says per cent, and what it is a part of in "12 av 15"."""

    number: Decimal
    percent: bool = False
    part_of: Decimal | None = None


def read_figure(cell: object, *, whole: bool = False) -> CellNumber | None:
    """The figure in a cell, or None when it is not understood for certain.

    With `whole` a count is expected, and 1.234 means 1 234; else that could be either and is not understood.

    >>> read_figure("1 442"), read_figure("12 av 15").part_of, read_figure("ca 12")
    (Figure(number=Decimal('1442'), percent=False, part_of=None), Decimal('15'), None)
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        number = Decimal(repr(cell))
        return CellNumber(number) if number.is_finite() and abs(number) < LARGEST else None
    if not isinstance(cell, str):
        return None
    said = " ".join(unicodedata.normalize("NFKC", cell).casefold().split()).replace("−", "-").replace("–", "-")
    bare = _PERCENT.sub("", said)
    if bare != said:
        number_in = _number(bare, whole=False)
        return None if number_in is None else CellNumber(number_in, percent=True)
    parts = _PART_OF.fullmatch(said)
    if parts:
        part, all_of = _number(parts[1], whole=True), _number(parts[2], whole=True)
        return None if part is None or all_of is None else CellNumber(part, part_of=all_of)
    number_in = _number(said, whole=whole)
    return None if number_in is None else CellNumber(number_in)


def _number(said: str, *, whole: bool) -> Decimal | None:
    if not said.isascii():
        return None
    if _EITHER.fullmatch(said) and not whole:
        return None
    if _SPACED.fullmatch(said) or _DOTTED.fullmatch(said) or _EITHER.fullmatch(said):
        said = said.replace(" ", "").replace(".", "")
    elif not _PLAIN.fullmatch(said):
        return None
    number = Decimal(said.replace(",", "."))
    return number if abs(number) < LARGEST else None
