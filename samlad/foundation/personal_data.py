"""Personal data: identity numbers, phone numbers, private addresses and likely names of people, found in texts.

What is found stands in no message: only where it stood. Names are likely and no more, so somebody is asked about them.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from phonenumbers import Leniency, PhoneNumberMatcher
from stdnum import luhn

from samlad.foundation import characters
from samlad.foundation.findings import Finding

if TYPE_CHECKING:
    from samlad.catalogue.programme import Programme  # whose own check stands on what is here

_S, _GAP = r"[ .\-+/_]", r"[ .\-+/_()]{0,3}"
_NUMBER = re.compile(
    rf"(?<![\d,])(?:"
    rf"(?:(?:18|19|20){_S}?)?\d{{6}}{_GAP}(?:\d{{4}}|\d\d{_S}\d\d)"
    rf"|(?:(?:18|19|20){_S}?)?\d\d(?P<pair>{_S}{{1,3}})\d\d(?P=pair)\d\d{_GAP}(?:\d{{4}}|\d\d(?P=pair)\d\d)"
    rf"|\d(?P<one>{_S}{{1,3}})(?:\d(?P=one)){{4}}\d{_GAP}(?:\d(?P=one)){{3}}(?:\d(?P=one)\d(?P=one))?\d"
    rf")(?!\d)"
)
"""Ten or twelve digits as people write them: together, in pairs, or singly, with one kind of gap."""

_CENTURIES = ("18", "19", "20")
_COORDINATION = 60
_SOME_DIGITS = re.compile(r"(?:\d\D{0,3}){6}\d")

_GIVEN = frozenset(Path(__file__).with_name("given_names.txt").read_text(encoding="utf-8").split())
"""Given names common in Sweden that are seldom words, places or surnames."""

_WORD = r"[A-ZÅÄÖÉÜ][a-zåäöéüèñ]+(?:-[A-ZÅÄÖÉÜ][a-zåäöéü]+)?"
_IN_A_ROW = re.compile(rf"(?<![\w@]){_WORD}(?: (?:{_WORD}|[A-ZÅÄÖ]\.))+(?!\w)(?: \w+)?")
_TURNED = re.compile(rf"\w+(?:sson|ström|berg|lund|gren|qvist|kvist|blad|dahl|holm), ({_WORD})")
_ADDRESS = re.compile(r"(?<![\w.])[a-zåäö]{2,}\.[a-zåäö-]{2,}(?:\.[a-zåäö-]+)?@[\w.-]+\.\w{2,}", re.IGNORECASE)
_PLACE = re.compile(
    r"\w*(?:gata|gatan|gränd|väg|vägen|plats|torg|park|plan|skola|skolan|gymnasium|gymnasiet|sjukhus|barnsjukhus|förskola"
    r"|stiftelse|stiftelsen|minne|fond|hus|gård|kyrka|församling|mottagning|boende|center|centrum|ungdom)",
    re.IGNORECASE,
)

_MAIL = re.compile(r"[\w.+-]+ ?(?:@|\(at\)|\[at\]) ?((?:[\w-]+\.)+\w{2,})", re.IGNORECASE)
PRIVATE_MAIL = frozenset(Path(__file__).with_name("private_mail.txt").read_text(encoding="utf-8").split())
"""Providers of private addresses, by the name before the country."""

QUESTION = "Är det här en person?"


class PersonNames:
    """Detector of people's names among capitalised words; the programme's own names and spared words are none."""

    def __init__(self, programme: "Programme | None" = None, spared: Collection[str] = ()) -> None:
        self._known: set[str] = set()
        self._spared = {_plain(word).casefold() for word in spared}
        columns = {"organisations": "name", "indicators": "name", "activities": "title", "goals": "title"}
        tables = programme.tables if programme is not None else {}
        for table, column in columns.items():
            for title in tables[table][column].to_pylist() if table in tables else ():
                self._known.update(re.findall(_WORD, title or ""))

    def found_in(self, text: str) -> bool:
        """Return True if a text holds a given name followed by a surname, or an address made of the two."""
        return bool(self.likely(text))

    def likely(self, text: str) -> list[str]:
        """Return the likely names of people in a text, each once, in order, without the spared ones.

        What is named for a person, as a street or a hospital, is no person; a name alone is not looked for.
        """
        plain_text = _plain(text)
        if " " not in plain_text and "." not in plain_text:
            return []
        persons = [match[0] for match in _ADDRESS.finditer(plain_text)]
        persons += [match[0] for match in _TURNED.finditer(plain_text) if match[1] in _GIVEN]
        for row in _IN_A_ROW.finditer(plain_text):
            persons += self._persons(row[0].split())
        return [name for name in dict.fromkeys(persons) if name.casefold() not in self._spared]

    def _persons(self, words: list[str]) -> Iterator[str]:
        """Return each given name in a row of words, with the name after it."""
        for at, word in enumerate(words[:-1]):
            if (
                word.partition("-")[0] in _GIVEN
                and words[at + 1][0].isupper()
                and not any(_PLACE.fullmatch(other) for other in words[at + 1 : at + 3])
                and not {word, words[at + 1]} <= self._known
            ):
                yield f"{word} {words[at + 1]}"


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFC", text) if text.isascii() else characters.unjoined(text)
    return " ".join(composed.split())


def holds_personal_number(text: str) -> bool:
    """Return True if a text holds a Swedish personal identity or coordination number with a right check digit.

    In any spelling: with or without century, the digits of any script, separated by spaces, dots, slashes or dashes,
    with unseen signs between. In a coordination number the day is raised by 60.
    Source: Skatteverket, SKV 704 and SKV 707 (the check digit is Luhn's over the last ten digits).

    >>> [holds_personal_number(text) for text in ("ring 811228-9874", "1981 12 28 98 74", "8 1 1 2 2 8 / 9 8 7 4")]
    [True, True, True]
    >>> [holds_personal_number(text) for text in ("dnr 811228-9875", "212000-0142", "12, 45, 811228")]
    [False, False, False]
    """
    return _has_digits(text) and _holds_number(characters.folded(text))


def _holds_number(plain: str) -> bool:
    at = 0
    while match := _NUMBER.search(plain, at):
        digits = "".join(character for character in match[0] if character.isdigit())
        if (len(digits) == 10 or digits[:2] in _CENTURIES) and _is_date(digits) and luhn.is_valid(digits[-10:]):
            return True
        at = match.start() + 1
    return False


def _is_date(digits: str) -> bool:
    year, month, day = int(digits[:-8] or 0), int(digits[-8:-6]), int(digits[-6:-4])
    try:
        date(year if len(digits) == 12 else 2000 + year, month, day - _COORDINATION if day > _COORDINATION else day)
    except ValueError:
        return False
    return True


def holds_phone_number(text: str) -> bool:
    """Return True if a text holds a phone number, Swedish or with a country's prefix.

    >>> [holds_phone_number(text) for text in ("070-123 45 67", "vx 08-508 25 000", "+46701234567", "1 442 av 20 000")]
    [True, True, True, False]
    """
    if not _has_digits(text):
        return False
    plain = characters.folded(text)
    matcher = PhoneNumberMatcher(plain, "SE", Leniency.VALID)
    return any(_IS_PHONE.match(match.raw_string) for match in matcher)


def holds_private_address(text: str) -> bool:
    """Return True if a text holds an e-mail address at a provider of private ones.

    >>> [holds_private_address(text) for text in ("k.ek@gmail.com", "kim (at) telia.com", "registrator@stockholm.se")]
    [True, True, False]
    """
    if "@" not in text and "at" not in text.casefold() and text.isascii():
        return False
    return any(match[1].split(".")[-2].casefold() in PRIVATE_MAIL for match in _MAIL.finditer(characters.folded(text)))


_IS_PHONE = re.compile(r"[( ]*(?:\+|0(?!\.))")
"""Phone numbers: they begin with 0 or a plus, and are no decimal number."""


def _has_digits(text: str) -> bool:
    return _SOME_DIGITS.search(text) is not None or (not text.isascii() and any(map(str.isdigit, text)))


@lru_cache(maxsize=4096)
def kinds(text: str) -> tuple[str, ...]:
    """Return the kinds of personal data in a text, in the words of FORBIDDEN."""
    finders = {
        "personal_number": holds_personal_number,
        "phone_number": holds_phone_number,
        "private_address": holds_private_address,
    }
    return tuple(kind for kind, finds in finders.items() if finds(text))


FORBIDDEN = {
    "personal_number": "ett personnummer eller samordningsnummer",
    "phone_number": "ett telefonnummer",
    "private_address": "en privat e-postadress",
}
"""Kinds of personal data that may never be written, in Swedish."""


def holds_person(text: str, names: PersonNames | None = None) -> bool:
    """Return True if a text holds forbidden personal data, or a likely name where `names` is given."""
    return bool(kinds(text)) or (names is not None and names.found_in(text))


def findings(
    file: str | None,
    sheet: str | None,
    row: int | None,
    column: str | None,
    text: str,
    names: PersonNames | None = None,
) -> Iterator[Finding]:
    """Return the errors for a text with personal data; none repeats the data."""
    for kind in kinds(text):
        yield Finding(
            rule=kind,
            severity="error",
            file=file,
            sheet=sheet,
            row=row,
            column=column,
            value=None,
            message=f"Här står {FORBIDDEN[kind]}. Samlad tar inte emot personuppgifter.",
            action="Ta bort det ur filen och lämna in den igen.",
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
            message=f"Här står det som ser ut som en persons namn. {QUESTION}",
            action="Om ja: skriv befattning eller enhet i stället och lämna in filen igen. Om nej: svara nej, så tas "
            "det emot (på sidan Rapportera, eller med --not-person på kommandoraden).",
        )
