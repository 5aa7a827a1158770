"""The database engine: DuckDB, locked, in memory, offline, with the macros of queries/.

Editions and their tables belong in `database`; reading headers belongs in `sql_files`.
"""

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
"""Folders of queries/ that publish, intake and the warehouse run themselves; all other folders are subjects."""

warnings.filterwarnings("ignore", "Arrow output on a DB-API result", UserWarning)
"""`ask` copies its rows once, knowingly: results are small, and without the copy DuckDB plans each query twice."""


def connect(*, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """Return an in-memory database that can reach no file, no network and no extension.

    threads=1 gives the same rows in the same order every time; publish needs that.

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
    """Return the queries of every subject's folder by file name, for pages, reports and the command line.

    Raises QueryError as `sql_files.parse` does, when two files share a name, and when a file lies in no folder.
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
    """Return the queries of a folder, each after the queries in its `source` line; else by name.

    Raises QueryError when two queries read each other.
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
    """Return a statement, parsed once and executable many times, on any cursor of the connection."""
    (statement,) = connection.extract_statements(sql)
    return statement


def ask(cursor: duckdb.DuckDBPyConnection, statement: duckdb.Statement, parameters: Mapping[str, Any]) -> pa.Table:
    """Return the rows of a statement.

    It is planned once here; `cursor.sql` parses it, plans it, and plans it again to run it.
    """
    return cursor.execute(statement, dict(parameters) or None).to_arrow_table()


def load(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table, *, order: Sequence[str] = ()) -> None:
    """Copy Arrow rows into a new table, text as text.

    Arrow dictionaries would become an ENUM type of each column's own. order names the columns to sort by; without it
    the rows keep their order.
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
