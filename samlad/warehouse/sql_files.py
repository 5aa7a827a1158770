"""SQL files and their headers: question, parameters and columns, read strictly so that header and SQL agree.

Running a query belongs in `engine` and `database`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

SEVERITIES = ("error", "warning", "high", "medium", "low")

_HEADER_WORDS = ("param", "column", "grain", "source", "used")
_RULE_WORDS = ("rule", "severity", "title", "why", "action")
_MAY_SAY = ("ask",)
"""Header words that a rule may leave out."""

_WORDS = (*_HEADER_WORDS, *_RULE_WORDS, *_MAY_SAY)
_TYPE = re.compile(r"[A-Z][A-Z0-9_]*(\([^)]*\))?(\[\])*")
_NAME = re.compile(r"[a-z_][a-z0-9_]*")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_USED = re.compile(r"\$([A-Za-z_]\w*)")
_NULL = re.compile(r"\bnull\b")
_NOT_CODE = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"", re.DOTALL)


class QueryError(Exception):
    """Fault in the header or statement of a SQL file; the message names the file and any line."""

    @classmethod
    def at(cls, path: Path, line: int, fault: str) -> "QueryError":
        """Return the error for one line of one file."""
        return cls(f"{path}:{line}: {fault}")


@dataclass(frozen=True)
class Parameter:
    """Parameter of a query: its name without the dollar sign, its DuckDB type, its meaning."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class Column:
    """Column of a query: its name, its DuckDB type, its meaning with its unit."""

    name: str
    type: str
    meaning: str

    @property
    def is_nullable(self) -> bool:
        """True if the column may hold null: its meaning then contains that word."""
        return _NULL.search(self.meaning) is not None


Named = TypeVar("Named", Parameter, Column)


@dataclass(frozen=True)
class Query:
    """SQL file: the promises of its header, and its one statement without header and final semicolon.

    `note` holds the capitalised paragraphs after the sentence; parameters and columns keep their order and are
    found by name; `grain` is the columns that tell rows apart, `source` the tables and views it reads, `used_by` the
    rooms of samlad, the pages and the queries that ask it, as `-- used by` lists them. rule, severity,
    title, why and action are set in rule files and empty elsewhere; the last three are Swedish with {column}
    placeholders. ask is the question of a letter about a gap, in plain Swedish, where the rule has such a line.
    """

    name: str
    path: Path
    sentence: str
    note: str
    parameters: dict[str, Parameter]
    columns: dict[str, Column]
    grain: tuple[str, ...]
    source: tuple[str, ...]
    sql: str
    used_by: tuple[str, ...] = ()
    rule: str = ""
    severity: str = ""
    title: str = ""
    why: str = ""
    action: str = ""
    ask: str = ""


@dataclass(frozen=True)
class _Entry:
    """Header entry with its first line number."""

    word: str
    text: str
    line: int


def parse(path: Path) -> Query:
    """Return the query of one SQL file, its header checked against its statement.

    Raises QueryError, with file and line, for an unknown or repeated header word, a missing one, a malformed
    parameter or column, parameters that are declared and not used or used and not declared, a placeholder that is no
    column, and more or less than one statement.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    end = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
    sentence, note, entries = _header(path, lines[:end])
    single = _single_entries(path, entries)
    parameters = _named(path, entries, "param", _parameter)
    columns = _named(path, entries, "column", _column)
    query = Query(
        name=path.stem,
        path=path,
        sentence=sentence,
        note=note,
        parameters=parameters,
        columns=columns,
        grain=_list(single["grain"].text),
        source=_list(single["source"].text),
        sql=_statement(path, lines, end),
        used_by=_list(single["used"].text.removeprefix("by ")) if "used" in single else (),
        **{word: single[word].text for word in (*_RULE_WORDS, *_MAY_SAY) if word in single},
    )
    _check_parameters(query, entries, lines, end)
    _check_rule(query, single)
    return query


def all_queries(folder: Path) -> dict[str, Query]:
    """Return the queries directly in a folder, by name, without macros.sql; none in a missing folder.

    Raises QueryError as `parse` does.
    """
    return {path.stem: parse(path) for path in sorted(folder.glob("*.sql")) if path.name != "macros.sql"}


def code(sql: str) -> str:
    """Return the statement with comments, strings and quoted names blanked out, lines kept."""
    return _NOT_CODE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), sql)


def placeholders(text: str) -> list[str]:
    """Return the names of the columns in a rule's text.

    >>> placeholders("{indicator} saknar {column}.")
    ['indicator', 'column']
    """
    return _PLACEHOLDER.findall(text)


def _header(path: Path, lines: list[str]) -> tuple[str, str, list[_Entry]]:
    paragraphs: list[list[str]] = []
    entries: list[_Entry] = []
    in_prose = False
    for number, line in enumerate(lines, start=1):
        text = line[2:].strip()
        word, _, rest = text.partition(" ")
        if not text:
            in_prose = False
        elif in_prose and not (word in _WORDS and rest.startswith(" ")):
            paragraphs[-1].append(text)
        elif not entries and not word[0].islower():
            paragraphs.append([text])
            in_prose = True
        elif line.startswith("--    ") and entries:
            entries[-1] = _Entry(entries[-1].word, f"{entries[-1].text} {text}", entries[-1].line)
        elif word not in _WORDS:
            known = ", ".join(_WORDS)
            raise QueryError.at(path, number, f"unknown header word `{word}`; known are {known}")
        elif word == "used" and not rest.startswith("by "):
            raise QueryError.at(path, number, "who uses it is written `-- used by`")
        elif not rest.strip():
            raise QueryError.at(path, number, f"`-- {word}` says nothing")
        else:
            in_prose = False
            entries.append(_Entry(word, rest.strip(), number))
    if not paragraphs:
        raise QueryError.at(path, 1, "the file does not begin with a sentence on what it answers")
    sentence, *notes = (" ".join(paragraph) for paragraph in paragraphs)
    return sentence, "\n".join(notes), entries


def _single_entries(path: Path, entries: list[_Entry]) -> dict[str, _Entry]:
    single: dict[str, _Entry] = {}
    for entry in entries:
        if entry.word in single:
            raise QueryError.at(path, entry.line, f"`-- {entry.word}` stands twice")
        if entry.word not in ("param", "column"):
            single[entry.word] = entry
    words = {entry.word for entry in entries}
    for word in ("column", "grain", "source", *(_RULE_WORDS if words & set(_RULE_WORDS) else ())):
        if word not in words:
            raise QueryError.at(path, 1, f"no `-- {word}` in the header")
    return single


def _named(path: Path, entries: list[_Entry], word: str, read: Callable[[Path, _Entry], Named]) -> dict[str, Named]:
    named: dict[str, Named] = {}
    for entry in entries:
        if entry.word != word:
            continue
        item = read(path, entry)
        if item.name in named:
            raise QueryError.at(path, entry.line, f"{word} `{item.name}` is declared twice")
        named[item.name] = item
    return named


def _parameter(path: Path, entry: _Entry) -> Parameter:
    name, kind, meaning = _three(path, entry)
    if not name.startswith("$") or not _NAME.fullmatch(name[1:]):
        raise QueryError.at(path, entry.line, f"a parameter is written `$name`, in lower case; `{name}` is not")
    return Parameter(name[1:], kind, meaning)


def _column(path: Path, entry: _Entry) -> Column:
    name, kind, meaning = _three(path, entry)
    if not _NAME.fullmatch(name):
        raise QueryError.at(path, entry.line, f"`{name}` is no column name in lower case")
    return Column(name, kind, meaning)


def _three(path: Path, entry: _Entry) -> tuple[str, str, str]:
    parts = entry.text.split(None, 2)
    if len(parts) < 3:
        raise QueryError.at(path, entry.line, f"`-- {entry.word}` needs a name, a type and a meaning")
    if not _TYPE.fullmatch(parts[1]):
        raise QueryError.at(path, entry.line, f"`{parts[1]}` is no DuckDB type in capitals")
    return parts[0], parts[1], parts[2]


def _statement(path: Path, lines: list[str], start: int) -> str:
    sql = "\n".join(lines[start:])
    bare = code(sql)
    end = bare.find(";")
    if end >= 0 and bare[end + 1 :].strip():
        raise QueryError.at(path, start + 1 + bare.count("\n", 0, end), "more than one statement")
    if end >= 0:
        sql, bare = sql[:end], bare[:end]
    if not bare.strip():
        raise QueryError.at(path, start + 1, "no statement after the header")
    return sql.strip()


def _check_parameters(query: Query, entries: list[_Entry], lines: list[str], start: int) -> None:
    used: dict[str, int] = {}
    for number, line in enumerate(code("\n".join(lines[start:])).splitlines(), start=start + 1):
        for name in _USED.findall(line):
            used.setdefault(name, number)
    declared = [entry.line for entry in entries if entry.word == "param"]
    for name, number in used.items():
        if name not in query.parameters:
            raise QueryError.at(query.path, number, f"${name} is used and not declared by a `-- param`")
    for name, number in zip(query.parameters, declared, strict=True):
        if name not in used:
            raise QueryError.at(query.path, number, f"${name} is declared and not used")


def _check_rule(query: Query, single: dict[str, _Entry]) -> None:
    if not query.rule:
        return
    if query.severity not in SEVERITIES:
        known = ", ".join(SEVERITIES)
        raise QueryError.at(query.path, single["severity"].line, f"severity `{query.severity}` is none of {known}")
    if placeholders(query.ask):
        raise QueryError.at(query.path, single["ask"].line, "`-- ask` takes no {column}: the title has said it")
    for word in ("title", "why", "action"):
        for name in placeholders(single[word].text):
            if name not in query.columns:
                raise QueryError.at(query.path, single[word].line, f"{{{name}}} is no column of the query")


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
