"""Personal identity numbers: found, so that what holds one is refused. What is found is never repeated."""

import re
import unicodedata
from datetime import date

from samlad.findings import Finding

_NUMBER = re.compile(r"(?<!\d)(?P<century>\d\d)?(?P<day>\d{6}) ?[-+]? ?(?P<last>\d{4})(?!\d)")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_COORDINATION = 60


def holds_personal_number(text: str) -> bool:
    """Whether a text holds a Swedish personal identity or coordination number with a right check digit.

    With or without century, hyphen, plus or spaces; in a coordination number the day is raised by 60.
    Source: Skatteverket, SKV 704 and SKV 707 (the check digit is Luhn's over the last ten digits).

    >>> holds_personal_number("ring 811228-9874"), holds_personal_number("dnr 811228-9875")
    (True, False)
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return any(
        _is_date(found["century"], found["day"]) and _luhn(found["day"] + found["last"])
        for found in _NUMBER.finditer(plain)
    )


def finding(file: str | None, sheet: str | None, row: int | None, column: str | None) -> Finding:
    """The error for a cell that holds a personal identity number; the number itself is not in it."""
    return Finding(
        rule="personal_number",
        severity="error",
        file=file,
        sheet=sheet,
        row=row,
        column=column,
        value=None,
        message="Cellen innehåller ett personnummer eller samordningsnummer. Samlad tar inte emot personuppgifter.",
        action="Ta bort numret ur filen och lämna in den igen.",
    )


def _is_date(century: str | None, six: str) -> bool:
    year, month, day = int((century or "20") + six[:2]), int(six[2:4]), int(six[4:])
    if century and century not in ("18", "19", "20"):
        return False
    try:
        date(year, month, day - _COORDINATION if day > _COORDINATION else day)
    except ValueError:
        return False
    return True


def _luhn(ten: str) -> bool:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(ten))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
