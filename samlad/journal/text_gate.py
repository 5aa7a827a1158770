"""The text gate: every text that a person writes or a file brings is cleaned and checked here, once.

What may never be written (an identity number, a phone number, a private address) is refused. A likely name is asked
about; the answer is kept in the journal, and what is no person is not asked about again. What is refused is never
repeated.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pyarrow as pa

from samlad.catalogue.programme import Programme, read_programme
from samlad.foundation import characters, personal_data, schema
from samlad.foundation.errors import SamladError
from samlad.foundation.personal_data import PersonNames
from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.journal.records import Record

ANSWERED = "person_answer"
"""Kind of the journal's records that say if some words are a person's name."""

LONGEST_NAME, LONGEST_REASON, LONGEST_MARK = 100, 1000, 100
"""Most characters of a writer's name, of a reason, and of a mark such as a decision's dnr."""


class Turned(SamladError):
    """Refusal of a text, with the next step."""


class PersonAsked(Turned):
    """Refusal of a text with likely names, until somebody answers for them; `names` are the words."""

    def __init__(self, message: str, names: Sequence[str]) -> None:
        super().__init__(message)
        self.names = tuple(names)


@dataclass(frozen=True)
class Gate:
    """The gate of one data folder: its catalogue, None if unreadable, and the words that are no names."""

    programme: Programme | None
    names: PersonNames = field(default_factory=PersonNames)

    def text(self, words: str, what: str, *, longest: int, needed: str = "") -> str:
        """Return a written text, cleaned. `what` names it as a sentence begins: ”Texten”, ”Motivet”.

        Raises Turned when it is too long, when it is empty and `needed` says why it may not be, or when it holds what
        may not be written; PersonAsked when it holds likely names.
        """
        text = plain(words, what, longest=longest, needed=needed)
        if likely := self.names.likely(text):
            listed = ", ".join(f"”{name}”" for name in likely)
            raise PersonAsked(
                f"{what} innehåller det som ser ut som namn: {listed}. {personal_data.QUESTION} "
                f"Om ja: skriv befattning "
                "eller enhet i stället. Om nej: svara nej, så tas det emot (--not-person på kommandoraden).",
                likely,
            )
        return text

    def organisation(self, organisation_id: str, *, or_city: bool = False) -> str:
        """Return an organisation's id. Raises Turned when the programme has no such organisation."""
        if or_city and organisation_id == schema.CITY:
            return organisation_id
        otherwise = "Det finns ingen organisation ”{}”. Välj en ur programmet."
        return self._known("organisations", organisation_id, otherwise)

    def goal(self, goal_id: str) -> str:
        """Return a goal's id. Raises Turned when the programme has no such goal."""
        return self._known("goals", goal_id, "Det finns inget mål ”{}”. Välj ett ur programmet.")

    def year(self, year: int, period: str | None = None) -> int:
        """Return a year. Raises Turned when the programme has no such year, or no such period in it."""
        periods = self._table("periods").to_pylist()
        if not any(row["year"] == year and period in (None, row["period"]) for row in periods):
            asked_period = f"Perioden {period} {year}" if period else f"Året {year}"
            raise Turned(f"{asked_period} finns inte i programmet. Välj bland programmets år och perioder.")
        return year

    def _known(self, table: str, identity: str, otherwise: str) -> str:
        if identity not in self._table(table)[schema.TABLES[table].key[0]].to_pylist():
            raise Turned(otherwise.format(characters.clean(str(identity))[:LONGEST_MARK]))
        return identity

    def _table(self, name: str) -> pa.Table:
        if self.programme is None:
            raise Turned(
                "Programmets katalog går inte att läsa, så det går inte att säga vad texten gäller. Kör "
                "check-programme och rätta den först."
            )
        return self.programme.tables[name]


def opened(folder: DataFolder, *, spared: Collection[str] = ()) -> Gate:
    """Return the gate of a data folder. `spared` are words that somebody says here are no person.

    A catalogue that cannot be read stops only what must be held against it: a withdrawal is never in its way.
    """
    programme: Programme | None = None
    with suppress(SamladError):
        programme = read_programme(folder.programme)
    return Gate(programme, names(folder, programme, spared=spared))


def names(folder: DataFolder, programme: Programme | None, *, spared: Collection[str] = ()) -> PersonNames:
    """Return the detector of likely names in a data folder, without the catalogue's own and spared words."""
    word_lists = [record.content.get("words") or [] for record in records.read(folder, ANSWERED)]
    return PersonNames(programme, {*spared, *(word for word_list in word_lists for word in word_list)})


def plain(words: str, what: str, *, longest: int, needed: str = "") -> str:
    """Return a text cleaned, without asking about names: for the name of whoever writes, and for marks such as a dnr.

    Raises Turned as Gate.text does.
    """
    text = characters.clean(words).strip()
    if not text and needed:
        raise Turned(needed)
    if len(text) > longest:
        raise Turned(f"{what} får ha högst {longest} tecken, och har {len(text)}. Korta texten.")
    if personal_kinds := personal_data.kinds(text):
        listed = " och ".join(personal_data.FORBIDDEN[kind] for kind in personal_kinds)
        raise Turned(f"{what} innehåller {listed}. Samlad tar inte emot personuppgifter. Ta bort det och spara igen.")
    return text


def writer(by: str, needed: str = "Skriv ditt namn.") -> str:
    """Return the name of whoever writes, cleaned. Raises Turned when it is missing, too long or is no name."""
    return plain(by, "Namnet", longest=LONGEST_NAME, needed=needed)


def mark(words: str, what: str, needed: str = "") -> str:
    """Return a short mark, such as a decision's dnr, cleaned, on one line. Raises Turned as `plain` does."""
    return " ".join(plain(words, what, longest=LONGEST_MARK, needed=needed).split())


def answer(folder: DataFolder, words: Sequence[str], *, is_person: bool, by: str, at: datetime) -> Record:
    """Record if some words are the name of a person. The words are kept only where they are none.

    Raises Turned when nobody is named, when there are no words, or when they hold what may not be written.
    """
    spared = [plain(word, "Orden", longest=LONGEST_NAME) for word in words]
    if not any(spared):
        raise Turned("Säg vilka ord det gäller.")
    content: dict[str, Any] = {"is_person": is_person}
    if not is_person:
        content["words"] = spared
    return records.append(folder, kind=ANSWERED, by=writer(by), at=at, content=content)
