"""The engines that are compared, each with the file loaded as whoever knows the engine would load it.

Every engine is made from the path of one Parquet file, is asked a question at a time, and gives its own form of rows.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.questions import Question
from samlad.foundation import store
from samlad.warehouse import engine

KEYS = ("indicator_id", "organisation_id", "sex")
BY_YEAR = ("year", "sex", "indicator_id", "organisation_id")
"""The order that the warehouse keeps its large tables in: nearly every question is of one year or two."""

Row = tuple[Any, ...]


class Engine:
    """One engine with the file loaded: how it is asked, and how what it gave becomes rows."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def ask(self, question: Question) -> Any:
        """The rows in the engine's own form."""
        raise NotImplementedError

    def rows(self, given: Any) -> Iterable[Row]:
        """Return the engine's answer as Python's values."""
        raise NotImplementedError


class DuckDB(Engine):
    """As the warehouse loads an edition and queries it: in memory, locked, rows in order of year.

    A statement is read once, and asked on a cursor of its own each time.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.connection = engine.connect()
        self.statements: dict[str, Any] = {}
        table = store.read_table(path, as_dictionaries=True)
        engine.load(self.connection, "figures", table, order=BY_YEAR)

    def ask(self, question: Question) -> pa.Table:
        """An Arrow table."""
        if question.name not in self.statements:
            self.statements[question.name] = engine.read(self.connection, question.sql)
        cursor = self.connection.cursor()
        try:
            return engine.ask(cursor, self.statements[question.name], {})
        finally:
            cursor.close()

    def rows(self, given: pa.Table) -> Iterable[Row]:
        """Row by row."""
        return zip(*(column.to_pylist() for column in given.columns), strict=True)


class Polars(Engine):
    """In memory, keys as Enum, lazy questions that are put together once."""

    def __init__(self, path: Path) -> None:
        import polars

        super().__init__(path)
        self.plans: dict[str, Any] = {}
        held = polars.read_parquet(path)
        kinds: Any = {column: polars.Enum(held[column].unique().sort()) for column in KEYS}
        self.table = held.cast(kinds).lazy()

    def ask(self, question: Question) -> Any:
        """A data frame."""
        if question.name not in self.plans:
            self.plans[question.name] = question.polars(self.table)
        return self.plans[question.name].collect()

    def rows(self, given: Any) -> Iterable[Row]:
        """Row by row."""
        return given.iter_rows()  # type: ignore[no-any-return]


class PolarsByYear(Polars):
    """The same, in order of year and sex."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.table = self.table.sort(BY_YEAR).collect().lazy()


class Pandas(Engine):
    """In memory, keys as categories."""

    def __init__(self, path: Path) -> None:
        import pandas

        super().__init__(path)
        self.table = pandas.read_parquet(path).astype(dict.fromkeys(KEYS, "category"))

    def ask(self, question: Question) -> Any:
        """A data frame."""
        return question.pandas(self.table)

    def rows(self, given: Any) -> Iterable[Row]:
        """Row by row."""
        return given.itertuples(index=False, name=None)  # type: ignore[no-any-return]


class ChDB(Engine):
    """A MergeTree in the order of the file, keys as LowCardinality."""

    def __init__(self, path: Path) -> None:
        import chdb.session

        super().__init__(path)
        opened: Any = chdb.session
        self.session = opened.Session()
        self.session.query("create database if not exists measured")
        self.session.query(
            "create or replace table measured.figures (indicator_id LowCardinality(String), "
            "organisation_id LowCardinality(String), year Int32, sex LowCardinality(String), "
            "numerator Nullable(Int64), denominator Nullable(Int64)) "
            "engine = MergeTree order by (indicator_id, year, organisation_id)"
        )
        self.session.query(f"insert into measured.figures select * from file('{path}', Parquet)")
        self.session.query("use measured")
        self.session.query("set prefer_column_name_to_alias = 1")

    def ask(self, question: Question) -> bytes:
        """Arrow's bytes."""
        given: bytes = self.session.query(question.clickhouse or question.sql, "ArrowStream").bytes()
        return given

    def rows(self, given: bytes) -> Iterable[Row]:
        """Row by row."""
        table = pa.ipc.open_stream(given).read_all()
        return zip(*(map(plain_text, column.to_pylist()) for column in table.columns), strict=True)


class SQLite(Engine):
    """In memory, with an index for look-ups."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute(
            "create table figures (indicator_id, organisation_id, year, sex, numerator, denominator)"
        )
        for batch in pq.ParquetFile(path).iter_batches(200_000):
            held = zip(*(column.to_pylist() for column in batch.columns), strict=True)
            self.connection.executemany("insert into figures values (?, ?, ?, ?, ?, ?)", held)
        self.connection.execute("create index by_key on figures (indicator_id, organisation_id, year, sex)")
        self.connection.execute("analyze")

    def ask(self, question: Question) -> list[Row]:
        """All rows."""
        return self.connection.execute(question.sqlite or question.sql).fetchall()

    def rows(self, given: list[Row]) -> Iterable[Row]:
        """As they are."""
        return given


def plain_text(value: Any) -> Any:
    """Text, where an engine gives its bytes."""
    return value.decode() if isinstance(value, bytes) else value


ENGINES: Mapping[str, type[Engine]] = {
    "duckdb": DuckDB,
    "polars": Polars,
    "polars by year": PolarsByYear,
    "pandas": Pandas,
    "chdb": ChDB,
    "sqlite": SQLite,
}
