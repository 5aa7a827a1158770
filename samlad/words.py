"""Words as they are met in files, and what they mean: the catalogue's vocabulary, our own form's words, its names."""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from samlad import schema, text
from samlad.programme import Programme
from samlad.reports import HEADINGS

_OWN: Mapping[str, Mapping[str, str]] = {
    "column": {heading: column for column, heading in HEADINGS.items()} | {column: column for column in HEADINGS},
    "status": {word: status for status, word in text.STATUSES.items()},
    "missing": {word: code for code, word in text.MISSING.items()} | {code: code for code in schema.MISSING},
    "sex": {text.SEXES[sex]: sex for sex in schema.SEXES[:3]},
    "period": {period: period for period in schema.PERIODS},
    "yes_no": {"Ja": "1", "Nej": "0"},
}
"""What our own form writes; the vocabulary of the catalogue comes on top and never changes it."""


def plain(word: Any) -> str:
    """A word as it is compared: one letter case, single spaces, no colon or asterisk at its end.

    >>> plain("  KF:s\\u00a0Årsmål: *")
    'kf:s årsmål'
    """
    return " ".join(unicodedata.normalize("NFKC", str(word)).casefold().split()).rstrip(":* ")


class Words:
    """What each word means in one programme."""

    def __init__(self, programme: Programme) -> None:
        tables = programme.tables
        self._meanings: dict[str, dict[str, str]] = {}
        for row in tables["vocabulary"].to_pylist():
            self._meanings.setdefault(row["field"], {})[plain(row["raw"])] = row["canonical"]
        for field, words in _OWN.items():
            self._meanings.setdefault(field, {}).update({plain(word): meaning for word, meaning in words.items()})
        self._meanings["organisation"] = _names(
            tables["organisations"].to_pylist(), "organisation_id", ("name", "short_name", "organisation_id")
        )
        self._meanings["indicator"] = _names(
            tables["indicators"].to_pylist(), "indicator_id", ("name", "short_name", "indicator_id")
        )
        self._meanings["activity"] = _names(tables["activities"].to_pylist(), "activity_id", ("title", "activity_id"))

    def meaning(self, field: str, word: Any) -> str | None:
        """What a word means where it is met: column, status, missing, sex, period, yes_no, organisation, indicator or
        activity. None when it is not known, or when it could mean two things.
        """
        return self._meanings.get(field, {}).get(plain(word))

    def nearest(self, field: str, word: Any) -> list[str]:
        """The known words that look most like a word, nearest first."""
        return difflib.get_close_matches(plain(word), list(self._meanings.get(field, {})), n=3, cutoff=0.6)


def _names(rows: Iterable[Mapping[str, Any]], key: str, columns: tuple[str, ...]) -> dict[str, str]:
    """What each name stands for; a name that two share stands for neither, an id always for itself."""
    named: dict[str, set[str]] = {}
    for row in rows:
        for column in columns:
            named.setdefault(plain(row[column]), set()).add(row[key])
    alone = {name: next(iter(ids)) for name, ids in named.items() if len(ids) == 1}
    return alone | {plain(row[key]): row[key] for row in rows}
