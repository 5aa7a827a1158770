"""Generator of the row classes in samlad/foundation/rows from query headers. Run it after a header has changed:

    python -m samlad.warehouse.row_types

A column is `| None` when its meaning names null; for a list, null is about its elements. Hand-written rows do not
belong in that folder.
"""

from collections.abc import Iterable
from itertools import groupby
from keyword import iskeyword
from pathlib import Path

from samlad.foundation.store import REPOSITORY
from samlad.warehouse import engine
from samlad.warehouse.sql_files import Column, Query, QueryError

FOLDER = REPOSITORY / "samlad" / "foundation" / "rows"
COMMAND = "python -m samlad.warehouse.row_types"

_PYTHON = {"VARCHAR": "str", "INTEGER": "int", "BIGINT": "int", "DOUBLE": "float", "BOOLEAN": "bool", "DATE": "date"}
_TAKEN = {"QUERY", "GRAIN", "list", *_PYTHON.values()}
_WIDEST = 120


def class_name(query: str) -> str:
    """Return the name of a query's row class.

    >>> class_name("indicator_cases")
    'IndicatorCasesRow'
    """
    return "".join(word.capitalize() for word in query.split("_")) + "Row"


def column_type(column: Column) -> str:
    """Return the Python type of a column.

    >>> column_type(Column("target", "DOUBLE", "årsmål; null when none is set"))
    'float | None'
    >>> column_type(Column("sizes", "BIGINT[]", "of each; null when not known"))
    'list[int | None]'

    Raises KeyError for a DuckDB type that no query has given so far.
    """
    element = _PYTHON[column.type.removesuffix("[]")] + (" | None" if column.is_nullable else "")
    return f"list[{element}]" if column.type.endswith("[]") else element


def modules(queries: Iterable[Query]) -> dict[str, str]:
    """Return the text of each generated file by name: a file for each folder of queries, and the index."""
    by_subject = {
        subject: sorted(held, key=lambda query: query.name)
        for subject, held in groupby(sorted(queries, key=_subject), key=_subject)
    }
    return {
        "__init__.py": _index(by_subject),
        **{f"{subject}_rows.py": _module(subject, held) for subject, held in by_subject.items()},
    }


def write(folder: Path = FOLDER) -> None:
    """Write the generated files, and remove the files of removed folders."""
    made = modules(engine.questions().values())
    for path in folder.glob("*.py"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


def _subject(query: Query) -> str:
    return query.path.parent.name


def _index(by_subject: dict[str, list[Query]]) -> str:
    names = {
        subject: sorted((class_name(query.name) for query in held), key=str.lower)
        for subject, held in by_subject.items()
    }
    lines = [
        '"""The row class of every query, generated from the headers by',
        "",
        f"    {COMMAND}",
        "",
        "What they have in common stands in samlad/foundation/query_row.py.",
        '"""',
        "",
    ]
    for subject, held in sorted(names.items()):
        lines += [f"from samlad.foundation.rows.{subject}_rows import (", *(f"    {name}," for name in held), ")"]
    everything = sorted(name for held in names.values() for name in held)
    lines += ["", "__all__ = [", *(f'    "{name}",' for name in everything), "]", ""]
    return "\n".join(lines)


def _module(subject: str, held: list[Query]) -> str:
    uses = {column.type.removesuffix("[]") for query in held for column in query.columns.values()}
    lines = [
        f'"""Rows of the queries in {subject}/, generated from their headers: `{COMMAND}`."""',
        "",
        "from dataclasses import dataclass",
        *(["from datetime import date"] if "DATE" in uses else []),
        "from typing import ClassVar",
        "",
        "from samlad.foundation.query_row import QueryRow",
    ]
    for query in held:
        lines += ["", "", *_class(query)]
    return "\n".join([*lines, ""])


def _class(query: Query) -> Iterable[str]:
    for name in query.columns:
        if iskeyword(name) or name in _TAKEN:
            raise QueryError(f"{query.path}: a column cannot be called `{name}`: it is no name for an attribute")
    grain = ", ".join(f'"{name}"' for name in query.grain)
    yield "@dataclass(frozen=True, slots=True)"
    yield f"class {class_name(query.name)}(QueryRow):"
    yield f'    """One row for each {_listed(query.grain)}."""'
    yield ""
    yield f'    QUERY: ClassVar[str] = "{query.name}"'
    yield from _wrapped("    GRAIN: ClassVar[tuple[str, ...]] = ", query.grain, grain)
    yield ""
    for column in query.columns.values():
        yield f"    {column.name}: {column_type(column)}"


def _wrapped(start: str, grain: tuple[str, ...], listed: str) -> list[str]:
    line = f"{start}({listed}{',' if len(grain) == 1 else ''})"
    return [line] if len(line) <= _WIDEST else [f"{start}(", *(f'        "{name}",' for name in grain), "    )"]


def _listed(names: tuple[str, ...]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


if __name__ == "__main__":
    write()
