"""The database engine: locked, in memory, offline."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from samlad import queries
from samlad.errors import SamladError
from samlad.queries import Query
from samlad.store import REPOSITORY

QUERIES = REPOSITORY / "queries"


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


def steps(folder: Path) -> list[Query]:
    """The queries of a folder, each after those it reads, as its `source` line says; else by name.

    Raises QueryError when two read each other.
    """
    waiting = {path.stem: queries.parse(path) for path in sorted(folder.glob("*.sql"))}
    done: list[Query] = []
    while waiting:
        ready = [name for name, query in waiting.items() if not set(query.source) & set(waiting) - {name}]
        if not ready:
            raise queries.QueryError(f"{folder}: {', '.join(waiting)} read each other; one of them must not.")
        done += [waiting.pop(name) for name in ready]
    return done


def build(
    connection: duckdb.DuckDBPyConnection, query: Query, parameters: Mapping[str, Any], *, kind: str = "table"
) -> None:
    """Create the table or view that a query describes, under the query's own name."""
    used = {name: parameters[name] for name in query.parameters}
    connection.execute(f'create {kind} "{query.name}" as {query.sql}', used or None)


def load(
    connection: duckdb.DuckDBPyConnection, name: str, rows: Any, *, columns: Mapping[str, str] | None = None
) -> None:
    """Copy Arrow rows into a table; `columns` names those to cast, such as keys to an ENUM."""
    connection.register("incoming", rows)
    try:
        replaced = ", ".join(f'"{column}"::{to} as "{column}"' for column, to in (columns or {}).items())
        connection.execute(
            f'create table "{name}" as select * {f"replace ({replaced})" if replaced else ""} from incoming'
        )
    finally:
        connection.unregister("incoming")
