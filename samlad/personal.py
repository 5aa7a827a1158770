"""Personal data: identity numbers and names of people, found so that what holds them is refused and never repeated."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from samlad.findings import Finding
from samlad.programme import Programme

_NUMBER = re.compile(r"(?<!\d)(?P<century>\d\d)?(?P<day>\d{6}) ?[-+]? ?(?P<last>\d{4})(?!\d)")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_COORDINATION = 60

_GIVEN = frozenset(Path(__file__).with_name("given_names.txt").read_text(encoding="utf-8").split())
"""Given names that are common in Sweden and are not words, places or surnames too often to be told apart."""

_WORD = r"[A-ZÅÄÖÉÜ][a-zåäöéüèñ]+(?:-[A-ZÅÄÖÉÜ][a-zåäöéü]+)?"
_IN_A_ROW = re.compile(rf"(?<![\w@]){_WORD}(?: (?:{_WORD}|[A-ZÅÄÖ]\.))+(?!\w)(?: \w+)?")
_TURNED = re.compile(rf"\w+(?:sson|ström|berg|lund|gren|qvist|kvist|blad|dahl|holm), ({_WORD})")
_ADDRESS = re.compile(r"(?<![\w.])[a-zåäö]{2,}\.[a-zåäö-]{2,}(?:\.[a-zåäö-]+)?@[\w.-]+\.\w{2,}", re.IGNORECASE)
_PLACE = re.compile(
    r"\w*(?:gata|gatan|gränd|väg|vägen|plats|torg|park|plan|skola|skolan|gymnasium|gymnasiet|sjukhus|barnsjukhus|förskola"
    r"|stiftelse|stiftelsen|minne|fond|hus|gård|kyrka|församling|mottagning|boende|center|centrum|ungdom)",
    re.IGNORECASE,
)


class Names:
    """Which capitalised words are names of people; those that stand in the programme's own names are not."""

    def __init__(self, programme: Programme) -> None:
        self._known: set[str] = set()
        columns = {"organisations": "name", "indicators": "name", "activities": "title", "goals": "title"}
        for table, column in columns.items():
            for title in programme.tables[table][column].to_pylist():
                self._known.update(re.findall(_WORD, title or ""))

    def found_in(self, text: str) -> bool:
        """Whether a text holds a given name followed by a surname, or an address made of the two.

        What is named for a person, as a street or a hospital, is no person; a name alone is not looked for.
        """
        said = " ".join(unicodedata.normalize("NFC", text).split())
        if _ADDRESS.search(said) or any(found[1] in _GIVEN for found in _TURNED.finditer(said)):
            return True
        return any(self._is_person(found[0].split()) for found in _IN_A_ROW.finditer(said))

    def _is_person(self, words: list[str]) -> bool:
        """Whether one of some words in a row is a given name before another name; the last may be a common word."""
        return any(
            word.partition("-")[0] in _GIVEN
            and words[at + 1][0].isupper()
            and not any(_PLACE.fullmatch(other) for other in words[at + 1 : at + 3])
            and not {word, words[at + 1]} <= self._known
            for at, word in enumerate(words[:-1])
        )


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


def holds_person(text: str, names: Names | None = None) -> bool:
    """Whether a text holds a personal identity number, or a person's name where `names` tells which they are."""
    return holds_personal_number(text) or (names is not None and names.found_in(text))


def findings(
    file: str | None, sheet: str | None, row: int | None, column: str | None, text: str, names: Names | None = None
) -> Iterator[Finding]:
    """The errors for a text that holds personal data; what was found is in none of them."""
    if holds_personal_number(text):
        yield Finding(
            rule="personal_number",
            severity="error",
            file=file,
            sheet=sheet,
            row=row,
            column=column,
            value=None,
            message="Här står ett personnummer eller samordningsnummer. Samlad tar inte emot personuppgifter.",
            action="Ta bort numret ur filen och lämna in den igen.",
        )
    if names is not None and names.found_in(text):
        yield Finding(
            rule="person_name",
            severity="error",
            file=file,
            sheet=sheet,
            row=row,
            column=column,
            value=None,
            message="Cellen ser ut att innehålla en persons namn. Samlad tar inte emot personuppgifter.",
            action="Ta bort namnet, eller skriv befattning eller enhet i stället, och lämna in filen igen.",
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
