"""The warehouse: one edition in a locked in-memory database, and the queries of queries/ asked of it.

Opening, asking and keeping editions in memory belongs here; files of editions belong in `editions`, SQL files in
`sql_files`, settings of DuckDB in `engine`.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from samlad.foundation import query_row, schema, store
from samlad.foundation.errors import SamladError
from samlad.foundation.query_row import AnyRow
from samlad.foundation.store import DataFolder
from samlad.warehouse import editions, engine, sql_files
from samlad.warehouse.editions import Snapshot
from samlad.warehouse.sql_files import Query

LOADED_AT_MOST = 3
SLOWEST_QUERY_SECONDS = 30.0

_BY_YEAR = ("expected_reports", "indicator_values", "division_values")
"""Tables that grow; rows lie by year, so that a query of one or two years skips the rest."""

_OUTERMOST = ("division", "year", "period", "sex")

_OF_EVERYBODY = ("indicator_cases", "goal_activities", "report_gaps")
"""Queries that without parameters cover the whole city and all years: most pages need them first."""

_TYPES: dict[str, type | tuple[type, ...]] = {
    "VARCHAR": str,
    "INTEGER": int,
    "BIGINT": int,
    "DOUBLE": (int, float),
    "BOOLEAN": bool,
    "DATE": date,
}


class UnknownQuery(SamladError):
    """Unknown query or parameter, or a value of the wrong type."""


class Warehouse:
    """Edition in memory, ready for queries, safe for any number of threads.

    Each query has a cursor of its own. Raises Altered when the manifest or a table is not as it was published.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.questions = engine.questions()
        editions.confirm(snapshot)
        self._connection = engine.connect()
        for table in schema.PUBLISHED:
            rows = _whole(table, snapshot.table(table.name, as_dictionaries=True))
            engine.load(self._connection, table.name, rows, order=_order(table.name))
        engine.load(self._connection, "edition", _edition(snapshot))
        duties = sql_files.parse(engine.QUERIES / "publish" / "duties.sql")
        for view in (duties, *engine.steps(engine.QUERIES / "views")):
            engine.build(self._connection, view, {}, kind="view")
        self._connection.execute("set lock_configuration = true")
        self._statements = {name: engine.read(self._connection, one.sql) for name, one in self.questions.items()}
        self._kept: dict[str, pa.Table] = {}

    @property
    def snapshot_id(self) -> str:
        return self.snapshot.snapshot_id

    @property
    def manifest(self) -> dict[str, Any]:
        return self.snapshot.manifest

    @property
    def published_at(self) -> datetime:
        return self.snapshot.published_at

    @property
    def published_on(self) -> date:
        return self.snapshot.published_on

    def query(self, name: str, **parameters: Any) -> pa.Table:
        """Return the rows of a query by its file name, with the columns that its header declares.

        A parameter that is not given is null. A query without parameters, or of the whole city and all years
        (_OF_EVERYBODY), runs once, and its rows are kept.

        Raises UnknownQuery when the query or a parameter does not exist, or when a value has another type than the
        header declares; SamladError when it takes longer than SLOWEST_QUERY_SECONDS.
        """
        question = self.questions.get(name)
        if question is None:
            raise UnknownQuery(f"Det finns ingen fråga ”{name}”. Frågorna är: {', '.join(sorted(self.questions))}.")
        used = checked_parameters(question, parameters)
        is_kept = (not used or name in _OF_EVERYBODY) and all(value is None for value in used.values())
        if is_kept and name in self._kept:
            return self._kept[name]
        answer = self._asked(name, used)
        if is_kept:
            self._kept[name] = answer
        return answer

    def rows(self, kind: type[AnyRow], /, **parameters: Any) -> list[AnyRow]:
        """Return the rows of the query that a row class belongs to; raise as `query` does."""
        return query_row.from_arrow(kind, self.query(kind.QUERY, **parameters))

    def prepare(self) -> None:
        """Run every query that needs no parameter and keep its rows, so that no reader waits for it."""
        for name, question in self.questions.items():
            if not question.parameters or name in _OF_EVERYBODY:
                self.query(name)

    def _asked(self, name: str, used: Mapping[str, Any]) -> pa.Table:
        cursor = self._connection.cursor()
        stopper = threading.Timer(SLOWEST_QUERY_SECONDS, cursor.interrupt)
        stopper.start()
        try:
            return engine.ask(cursor, self._statements[name], used)
        finally:
            stopper.cancel()
            cursor.close()

    def close(self) -> None:
        """Close the database and free its memory."""
        self._connection.close()


def _edition(snapshot: Snapshot) -> pa.Table:
    """Return the single row of `edition`: the day for judging lateness, and True if gaps are held by year."""
    return pa.table(
        {
            "as_of": pa.array([snapshot.reports_until], pa.date32()),
            "gaps_by_year": ["earlier_gaps" in snapshot.manifest["tables"]],
        }
    )


def _whole(described: schema.TableSchema, table: pa.Table) -> pa.Table:
    """Return a table with the columns of its schema; columns that an older edition lacks are null."""
    for column in described.columns:
        if column.name not in table.column_names:
            table = table.append_column(column.name, pa.nulls(table.num_rows, column.type))
    return table


def _order(name: str) -> list[str]:
    """Return the columns that a table is sorted by: its key, the year before its objects."""
    if name not in _BY_YEAR:
        return []
    key = schema.TABLES[name].key
    return sorted(key, key=lambda column: _OUTERMOST.index(column) if column in _OUTERMOST else len(_OUTERMOST))


def checked_parameters(question: Query, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return every declared parameter of a query, None where no value was given.

    Raises UnknownQuery for a parameter that is not declared, or a value of another type than the header declares.
    """
    declared = {name: parameter.type for name, parameter in question.parameters.items()}
    for name, value in given.items():
        if name not in declared:
            known = ", ".join(declared) or "inga"
            raise UnknownQuery(f"Frågan {question.name} har ingen parameter ”{name}”. Den har: {known}.")
        expected = _TYPES[declared[name]]
        if value is not None and (not isinstance(value, expected) or (expected is int and isinstance(value, bool))):
            raise UnknownQuery(f"Parametern {name} till {question.name} ska vara {declared[name]}, inte ”{value}”.")
    return {name: given.get(name) for name in declared}


def parsed_parameters(question: Query, words: Mapping[str, str]) -> dict[str, Any]:
    """Return parameters read from text, as the command line and the address bar give them.

    Raises UnknownQuery when a word cannot be read as the type that the header declares.
    """
    declared = {name: parameter.type for name, parameter in question.parameters.items()}
    read: dict[str, Any] = {}
    for name, word in words.items():
        try:
            read[name] = _from_text(declared.get(name, "VARCHAR"), word)
        except ValueError as fault:
            raise UnknownQuery(
                f"Parametern {name} till {question.name} ska vara {declared[name]}, inte ”{word}”."
            ) from fault
    return checked_parameters(question, read)


def _from_text(wanted: str, word: str) -> Any:
    match wanted:
        case "INTEGER" | "BIGINT":
            return int(word)
        case "DOUBLE":
            return float(word.replace(",", "."))
        case "BOOLEAN":
            return {"true": True, "ja": True, "false": False, "nej": False}.get(word.lower(), word)
        case "DATE":
            return date.fromisoformat(word)
        case _:
            return word


_loaded: OrderedDict[Path, Warehouse] = OrderedDict()
_loading: dict[Path, threading.Lock] = {}
_lock = threading.Lock()


def open_snapshot(folder: DataFolder, snapshot_id: str | None = None) -> Warehouse:
    """Return the warehouse of an edition, by default the current; LOADED_AT_MOST stay in memory.

    CURRENT is read each time, so a new edition is used at once. A caller waits only for the edition that it asks for.

    Raises SamladError when there is no such edition.
    """
    snapshot = editions.read(folder, snapshot_id)
    found = _held(snapshot.path)
    if found is not None:
        return found
    with _lock:
        turn = _loading.setdefault(snapshot.path, threading.Lock())
    try:
        with turn:
            return _held(snapshot.path) or _keep(Warehouse(snapshot))
    finally:
        with _lock:
            _loading.pop(snapshot.path, None)


def _held(path: Path) -> Warehouse | None:
    with _lock:
        if path in _loaded:
            _loaded.move_to_end(path)
        return _loaded.get(path)


def _keep(opened: Warehouse) -> Warehouse:
    with _lock:
        _loaded[opened.snapshot.path] = opened
        while len(_loaded) > LOADED_AT_MOST:
            _loaded.popitem(last=False)
    return opened


def let_go(folder: DataFolder) -> bool:
    """Forget loaded editions that were retired or purged; return True if there were any."""
    standing = {folder.snapshots / snapshot_id for snapshot_id in editions.editions(folder)}
    with _lock:
        gone = [path for path in _loaded if path.parent == folder.snapshots and path not in standing]
        for path in gone:
            del _loaded[path]
    return bool(gone)


def is_loaded(folder: DataFolder) -> bool:
    """Return True if the current edition is in memory; else start loading it in the background.

    Raises SamladError when nothing has been published.
    """
    snapshot = editions.read(folder)
    with _lock:
        if snapshot.path in _loaded:
            return True
        if snapshot.path not in _loading:
            _loading[snapshot.path] = threading.Lock()
            threading.Thread(target=_load, args=(folder, snapshot.snapshot_id), daemon=True).start()
    return False


def _load(folder: DataFolder, snapshot_id: str) -> None:
    with suppress(SamladError):  # `open_snapshot` raises it again for the reader
        open_snapshot(folder, snapshot_id).prepare()


def current(data: str | Path | None = None) -> Warehouse:
    """Return the warehouse of a data folder's current edition, by default of the folder in SAMLAD_DATA.

    Raises SamladError when nothing has been published.
    """
    return open_snapshot(store.data_folder(data))
