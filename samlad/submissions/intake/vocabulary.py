"""The vocabulary: words met in files and their meanings, from the catalogue, our own form, names and lessons."""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from samlad.catalogue.programme import Programme
from samlad.foundation import schema
from samlad.foundation.errors import SamladError
from samlad.foundation.findings import Question
from samlad.foundation.store import DataFolder
from samlad.journal import record_versions, records, text_gate
from samlad.journal.records import Record
from samlad.submissions.organisation_report import HEADINGS
from samlad.swedish import words

TAUGHT = "taught_word"
"""Kind of the journal's records of taught words."""

LONGEST_WORD = 200

_OWN: Mapping[str, Mapping[str, str]] = {
    "column": {heading: column for column, heading in HEADINGS.items()} | {column: column for column in HEADINGS},
    "status": {word: status for status, word in words.STATUSES.items()},
    "missing": {word: code for code, word in words.MISSING.items()} | {code: code for code in schema.MISSING},
    "sex": {words.SEXES[sex]: sex for sex in schema.SEXES[:3]},
    "period": {period: period for period in schema.PERIODS},
    "yes_no": {"Ja": "1", "Nej": "0"},
}
"""Words of our own form; the catalogue's vocabulary adds to them and never changes them."""


@lru_cache(maxsize=10_000, typed=True)
def plain(word: Any) -> str:
    """Return a word for comparison: one letter case, single spaces, no colon or asterisk at its end.

    >>> plain("  KF:s\\u00a0Årsmål: *")
    'kf:s årsmål'
    """
    return " ".join(unicodedata.normalize("NFKC", str(word)).casefold().split()).rstrip(":* ")


class Vocabulary:
    """The meanings of words in one programme: its vocabulary, its names, and taught words."""

    def __init__(self, programme: Programme, taught: Iterable[Record] = ()) -> None:
        tables = programme.tables
        self._meanings: dict[str, dict[str, str]] = {}
        self._taught = {
            word: standing[0].content["canonical"]
            for word, records in lessons(taught).items()
            if len(standing := record_versions.rivals(records)) == 1
        }
        self._periods = {row["ends_on"]: (row["year"], row["period"]) for row in tables["periods"].to_pylist()}
        self._organisations = _Organisations(
            tables["organisations"].to_pylist(), tables["successions"].to_pylist(), self._periods
        )
        for row in tables["vocabulary"].to_pylist():
            self._meanings.setdefault(row["field"], {})[plain(row["raw"])] = row["canonical"]
        for field, own_words in _OWN.items():
            self._meanings.setdefault(field, {}).update({plain(word): meaning for word, meaning in own_words.items()})
        self._meanings["organisation"] = self._organisations.alone
        self._meanings["indicator"] = _names(
            tables["indicators"].to_pylist(), "indicator_id", ("name", "short_name", "indicator_id")
        )
        self._meanings["activity"] = _names(tables["activities"].to_pylist(), "activity_id", ("title", "activity_id"))

    def meaning(self, field: str, word: Any) -> str | None:
        """Return the meaning of a word in a field; None when it is unknown or has two meanings.

        field is column, status, missing, sex, period, yes_no, organisation, indicator or activity.
        """
        meaning = self._meanings.get(field, {}).get(plain(word))
        return meaning if meaning is not None else self._taught.get((field, plain(word)))

    def organisation(self, word: Any, year: int, period: str) -> str | None:
        """Return the organisation with a name at the end of a period.

        An id always stands for itself. A name that two have had stands for the one that existed then; a name that was
        given up for another, without any merger, stands for its successor.
        """
        return self._organisations.at(plain(word), year, period) or self.meaning("organisation", word)

    def period_ending(self, day: date) -> tuple[int, str] | None:
        """Return the year and period that end on a day, if any."""
        return self._periods.get(day)

    def choices(self, field: str) -> list[str]:
        """Return all meanings a word may be taught, sorted."""
        own = {*self._meanings.get(field, {}).values()}
        return sorted(own | {*HEADINGS} if field == "column" else own)

    def question(self, field: str, word: Any) -> Question:
        """Return the question to ask about an unknown word."""
        return Question(field, str(word).strip()[:LONGEST_WORD], tuple(self.nearest(field, word)))

    def nearest(self, field: str, word: Any) -> list[str]:
        """Return the known words most like a word, nearest first."""
        return difflib.get_close_matches(plain(word), list(self._meanings.get(field, {})), n=3, cutoff=0.6)


def taught(folder: DataFolder) -> list[Record]:
    """Return the taught words, oldest first: of two records on one word the later holds."""
    return records.read(folder, TAUGHT)


def lessons(taught: Iterable[Record]) -> dict[tuple[str, str], list[Record]]:
    """Return the records of each word by field and word. Two rival ones leave the word unknown."""
    by_word: dict[tuple[str, str], list[Record]] = {}
    for record in taught:
        by_word.setdefault((record.content["field"], plain(record.content["raw"])), []).append(record)
    return by_word


def teach(
    folder: DataFolder,
    programme: Programme,
    *,
    field: str,
    raw: str,
    canonical: str,
    by: str,
    at: datetime,
    replaces: tuple[str, ...] | None = None,
) -> Record:
    """Record the meaning of a word for every file read from then on.

    replaces names the lessons on the word that the writer had seen; None is all. Raises SamladError when somebody's
    name is missing, when the word is empty, too long, already known or holds personal data, and when it cannot mean
    that. A word that was taught before can be taught anew.
    """
    known = Vocabulary(programme)
    name = text_gate.writer(by, "Skriv vem som säger vad ordet betyder.")
    passing = text_gate.Gate(programme, text_gate.names(folder, programme))
    raw = passing.text(raw, "Ordet", longest=LONGEST_WORD, needed="Ordet är tomt och kan inte sparas.")
    if known.meaning(field, raw) is not None:
        raise SamladError(f"Ordet ”{raw}” är redan känt och behöver inte läras in.")
    if canonical not in known.choices(field):
        raise SamladError(f"”{raw}” kan inte betyda ”{canonical}”. Välj något av det som finns i programmet.")
    content = {"field": field, "raw": raw, "canonical": canonical}
    return records.append(folder, kind=TAUGHT, by=name, at=at, content=content, replaces=replaces)


class _Organisations:
    """The names of organisations, and who bore each when."""

    def __init__(
        self,
        rows: list[dict[str, Any]],
        successions: list[dict[str, Any]],
        periods: Mapping[date, tuple[int, str]],
    ) -> None:
        columns = ("name", "short_name", "organisation_id")
        self.alone = _names(rows, "organisation_id", columns)
        self._ids = {plain(row["organisation_id"]) for row in rows}
        self._named: dict[str, set[str]] = {}
        for row in rows:
            for column in columns:
                self._named.setdefault(plain(row[column]), set()).add(row["organisation_id"])
        self._lives = {
            row["organisation_id"]: (row["valid_from"] or date.min, row["valid_to"] or date.max) for row in rows
        }
        self._renamed = _renamed(successions)
        self._ends = {when: day for day, when in periods.items()}

    def at(self, word: str, year: int, period: str) -> str | None:
        day = self._ends.get((year, period))
        if day is None or word in self._ids:
            return None
        there = {
            organisation_id
            for organisation_id in (self._later(organisation_id, day) for organisation_id in self._named.get(word, ()))
            if self._lived(organisation_id, day)
        }
        return there.pop() if len(there) == 1 else None

    def _lived(self, organisation_id: str, day: date) -> bool:
        first, last = self._lives[organisation_id]
        return first <= day <= last

    def _later(self, organisation_id: str, day: date) -> str:
        seen = {organisation_id}
        while self._lives[organisation_id][1] < day:
            successor = self._renamed.get(organisation_id)
            if successor is None or successor in seen or successor not in self._lives:
                break
            seen.add(successor)
            organisation_id = successor
        return organisation_id


def _renamed(successions: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the organisations that one other took over from alone: the same under a new name."""
    pairs = [(row["predecessor_id"], row["successor_id"]) for row in successions]
    before = [pair[0] for pair in pairs]
    after = [pair[1] for pair in pairs]
    return {old: new for old, new in pairs if before.count(old) == 1 and after.count(new) == 1}


def _names(rows: Iterable[Mapping[str, Any]], key: str, columns: tuple[str, ...]) -> dict[str, str]:
    """Return the id of each name; a shared name has none, an id always stands for itself."""
    named: dict[str, set[str]] = {}
    for row in rows:
        for column in columns:
            named.setdefault(plain(row[column]), set()).add(row[key])
    alone = {name: next(iter(ids)) for name, ids in named.items() if len(ids) == 1}
    return alone | {plain(row[key]): row[key] for row in rows}
