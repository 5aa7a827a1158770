"""People's texts in a report: versions in the journal, figures as fields, and marks on changed figures.

Conflicts between judgements belong in `assessment_conflicts`.

A field is a citation's id in braces, {T4:r3:c2} or {S7}. When a text is saved, each field is bound to the question, the
row, the columns and the words of its citation. So the field follows the figure into later snapshots, also when its
table has another number there; and where the figure differs, the sentence is marked.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samlad.foundation import clock
from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.journal import record_versions, records, text_gate
from samlad.journal.records import Record
from samlad.report.document import ChangedField, OwnText, Report, Source, Statement, Table, cells
from samlad.report.draft import Choice

KIND = "report_text"
LONGEST_TEXT, LONGEST_NAME, LONGEST_BEGINNING = 20_000, text_gate.LONGEST_NAME, 120
GONE = "finns inte längre"

_FIELD = re.compile(r"\{([SDT]\d+(?::r\d+:c\d+)?)\}")
_BRACED = re.compile(r"\{([^{}]*)\}")
_NUMBER = re.compile(r"(?<![\w,.])[+\u2212-]?\d[\d\u00a0 ]*(?:,\d+)?(?!\w)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Version:
    """A version of a text, as written."""

    words: str
    author: str
    at: datetime
    number: int
    fields: Mapping[str, tuple[Source, str]]
    conflict: str = ""
    """The sentence on texts that stand beside this text: whose they are, and which is used."""


def save(
    folder: DataFolder,
    report: Report,
    choice: Choice,
    section: str,
    words: str,
    *,
    by: str,
    at: datetime,
    replaces: tuple[str, ...] | None = None,
) -> Record:
    """Append a new version of a section's text, its fields bound to the figures that they cite.

    replaces names the versions that its writer had seen; None is all. Raises SamladError when the section or a field is
    not in the report, when nobody is named, when the words are too long or hold a personal identity number, or when the
    journal cannot be written.
    """
    if section not in {one.id for one in report.sections}:
        raise SamladError("Delen finns inte i den här uppföljningen. Välj en del ur innehållet.")
    passing = text_gate.opened(folder)
    name = text_gate.writer(by, "Skriv ditt namn, så att det framgår vem som har skrivit texten.")
    words = passing.text(words, "Texten", longest=LONGEST_TEXT)
    if choice.organisation_id is not None:
        passing.organisation(choice.organisation_id)
    for year in choice.years:
        passing.year(year)
    content = {
        "section": section,
        "years": list(choice.years),
        "organisation_id": choice.organisation_id,
        "text": words,
        "fields": {name: _stored(source, said) for name, (source, said) in bound(words, report).items()},
        "snapshot_id": report.snapshot_id,
    }
    try:
        return records.append(folder, kind=KIND, by=name, at=at, content=content, replaces=replaces)
    except OSError as fault:
        raise SamladError(
            f"Texten kunde inte sparas: mappen journal går inte att skriva i ({fault.strerror}). Ingenting har ändrats."
        ) from fault


def bound(words: str, report: Report) -> dict[str, tuple[Source, str]]:
    """Return the fields of a text, each with its source and its present words.

    Raises SamladError for words in braces that are no citation of the report.
    """
    known = report.citations()
    found = {}
    for name in _BRACED.findall(words):
        if name not in known:
            raise SamladError(
                f"”{{{name}}}” är ingen beteckning i uppföljningen. Beteckningar ser ut som {{T4:r3:c2}} eller {{S7}}."
            )
        said, source = known[name]
        found[name] = (source, said)
    return found


def figures(report: Report, section: str) -> dict[str, str]:
    """Return the figures that a text can cite, in words, by citation. Figures of the section first.

    A cell is known by its row and its column, a sentence by its first words.
    """
    own_first = sorted(report.blocks(), key=lambda found: found[0].id != section)
    told: dict[str, str] = {}
    for _, block in own_first:
        if isinstance(block, Table):
            for at, cell in cells(block):
                row, column = (int(part[1:]) - 1 for part in at.split(":")[1:])
                if cell.source and column and any(map(str.isdigit, cell.words)):
                    told[at] = f"{block.rows[row][0].words}, {block.columns[column].lower()}: {cell.words}"
        elif isinstance(block, Statement):
            said = f"{block.lead} {block.words}".strip()
            told[block.id] = f"Mening: {said[:LONGEST_BEGINNING]}"
    return told


def filled(words: str, report: Report) -> str:
    """Return a text as readers see the text: the report's figures in place of their citations."""
    return _filled(words, {name: said for name, (said, _) in report.citations().items()})


def versions(folder: DataFolder, choice: Choice, section: str, *, until: int | None = None) -> list[Version]:
    """Return all versions of a section's text, oldest first."""
    found = text_records(folder, choice, until=until).get(section, [])
    return [_version(record, number) for number, record in enumerate(found, start=1)]


def text_records(folder: DataFolder, choice: Choice, *, until: int | None = None) -> dict[str, list[Record]]:
    """Return the records of each section's text, oldest first."""
    found: dict[str, list[Record]] = {}
    for record in _records(folder, choice, until):
        found.setdefault(record.content["section"], []).append(record)
    return found


def texts(folder: DataFolder, choice: Choice, *, until: int | None = None) -> dict[str, Version]:
    """Return the latest version of each section's text, which is used.

    An emptied text is no text, unless others stand.
    """
    found = {
        section: _version(held[-1], len(held), record_versions.conflict(held, "texter"))
        for section, held in text_records(folder, choice, until=until).items()
    }
    return {section: version for section, version in found.items() if version.words or version.conflict}


def resolved(found: Mapping[str, Version], report: Report) -> dict[str, OwnText]:
    """Return texts with their figures as they stand in the report, and points to look at again."""
    says = {source: said for said, source in report.citations().values()}
    return {section: _resolved(version, says) for section, version in found.items()}


def _resolved(version: Version, says: Mapping[Source, str]) -> OwnText:
    now = {name: says.get(source, GONE) for name, (source, _) in version.fields.items()}
    touched = tuple(
        ChangedField(_filled(sentence, now), name, version.fields[name][1], now[name])
        for sentence in _SENTENCE.split(version.words)
        for name in dict.fromkeys(_FIELD.findall(sentence))
        if name in now and now[name] != version.fields[name][1]
    )
    return OwnText(
        paragraphs=tuple(_filled(part, now) for part in re.split(r"\n\s*\n|\n", version.words) if part.strip()),
        author=version.author,
        written=clock.day(version.at),
        version=version.number,
        touched=touched,
        untracked=untracked(version.words),
        figures=tuple(version.fields),
        conflict=version.conflict,
    )


def untracked(words: str) -> tuple[str, ...]:
    """Return the numbers of a text that are typed, not inserted; years are not figures.

    >>> untracked("År 2024 nådde {T1:r1:c2} målet, 12 av 29 enheter.")
    ('12', '29')
    """
    bare = _FIELD.sub(" ", words)
    found = (number.strip(" \u00a0") for number in _NUMBER.findall(bare))
    return tuple(number for number in found if not _YEAR.fullmatch(number))


def _filled(words: str, now: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda field: now.get(field[1], field[0]), words)


def _records(folder: DataFolder, choice: Choice, until: int | None) -> list[Record]:
    return [
        record
        for record in records.read(folder, KIND)
        if (until is None or record.sequence <= until)
        and tuple(record.content["years"]) == choice.years
        and record.content["organisation_id"] == choice.organisation_id
    ]


def _version(record: Record, number: int, conflict: str = "") -> Version:
    fields = {name: (_source(held), held["said"]) for name, held in record.content["fields"].items()}
    return Version(record.content["text"], record.by, record.at, number, fields, conflict)


def _stored(source: Source, said: str) -> dict[str, Any]:
    return {
        "query": source.query,
        "parameters": dict(source.parameters),
        "row": dict(source.row),
        "columns": list(source.columns),
        "rule": source.rule,
        "said": said,
    }


def _source(held: Mapping[str, Any]) -> Source:
    """Return a source as stored; parameters and key in the order they are always given."""
    return Source(
        held["query"],
        tuple(sorted(held["parameters"].items())),
        tuple(sorted(held["row"].items())),
        tuple(held["columns"]),
        held["rule"],
    )
