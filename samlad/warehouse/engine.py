"""The database engine: locked, in memory, offline."""

import os
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from samlad.foundation.errors import SamladError
from samlad.foundation.store import REPOSITORY
from samlad.warehouse import sql_files
from samlad.warehouse.sql_files import Query

QUERIES = REPOSITORY / "queries"

NOT_ASKED_BY_NAME = ("checks", "form", "gaps", "publish", "views")
"""The folders of queries/ that publish, intake and the warehouse run themselves; every other is a subject."""

warnings.filterwarnings("ignore", "Arrow output on a DB-API result", UserWarning)
"""`ask` copies its rows once, knowingly: answers are small, and the way without the copy plans each question twice."""


def connect(*, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """Open an in-memory database that can reach no file, no network and no extension.

    One thread gives the same rows in the same order every time; publish asks for that.
    Raises SamladError when SAMLAD_ENGINE names an engine that is not there.
    """
    engine = os.environ.get("SAMLAD_ENGINE", "duckdb")
    if engine != "duckdb":
        raise SamladError(
            f"SAMLAD_ENGINE är ”{engine}”, men bara ”duckdb” finns. Ta bort inställningen eller ändra den."
        )
    settings: dict[str, Any] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "enable_external_access": "false",
    }
    if threads is not None:
        settings["threads"] = str(threads)
    connection = duckdb.connect(":memory:", config=settings)
    connection.execute((QUERIES / "macros.sql").read_text(encoding="utf-8"))
    return connection


def questions(folder: Path = QUERIES) -> dict[str, Query]:
    """Return what pages, reports and the command line ask by file name alone, from every subject's folder.

    Raises QueryError as `sql_files.parse` does, when two files share a name, and when one lies in no folder.
    """
    if loose := list(sql_files.all_queries(folder)):
        raise sql_files.QueryError(f"{folder}: {', '.join(loose)} must lie in the folder of a subject.")
    found: dict[str, Query] = {}
    for subject in sorted(path for path in folder.iterdir() if path.is_dir() and path.name not in NOT_ASKED_BY_NAME):
        for name, query in sql_files.all_queries(subject).items():
            if name in found:
                raise sql_files.QueryError(f"{query.path}: {found[name].path} has the same name.")
            found[name] = query
    return dict(sorted(found.items()))


def steps(folder: Path) -> list[Query]:
    """The queries of a folder, each after those it reads, as its `source` line says; else by name.

    Raises QueryError when two read each other.
    """
    waiting = {path.stem: sql_files.parse(path) for path in sorted(folder.glob("*.sql"))}
    done: list[Query] = []
    while waiting:
        ready = [name for name, query in waiting.items() if not set(query.source) & set(waiting) - {name}]
        if not ready:
            raise sql_files.QueryError(f"{folder}: {', '.join(waiting)} read each other; one of them must not.")
        done += [waiting.pop(name) for name in ready]
    return done


def build(
    connection: duckdb.DuckDBPyConnection, query: Query, parameters: Mapping[str, Any], *, kind: str = "table"
) -> None:
    """Create the table or view that a query describes, under the query's own name."""
    used = {name: parameters[name] for name in query.parameters}
    connection.execute(f'create {kind} "{query.name}" as {query.sql}', used or None)


def read(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """One statement, read once so that it can be asked many times, on any cursor of the connection."""
    (statement,) = connection.extract_statements(sql)
    return statement


def ask(cursor: duckdb.DuckDBPyConnection, statement: duckdb.Statement, parameters: Mapping[str, Any]) -> pa.Table:
    """The answer to a statement. It is planned once; `cursor.sql` reads it, plans it, and plans it again to run it."""
    return cursor.execute(statement, dict(parameters) or None).to_arrow_table()


def load(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table, *, order: Sequence[str] = ()) -> None:
    """Copy Arrow rows into a table, text as text: Arrow dictionaries would become an ENUM type of each column's own.

    `order` names the columns that the rows lie in order of; without it they lie as they come.
    """
    connection.register("incoming", rows)
    try:
        words = [field.name for field in rows.schema if pa.types.is_dictionary(field.type)]
        as_text = ", ".join(f'"{column}"::varchar as "{column}"' for column in words)
        ordered = ", ".join(f'"{column}"' for column in order)
        connection.execute(
            f'create table "{name}" as select * {f"replace ({as_text})" if words else ""} from incoming '
            f"{f'order by {ordered}' if ordered else ''}"
        )
    finally:
        connection.unregister("incoming")
