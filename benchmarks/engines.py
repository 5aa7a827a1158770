"""Five questions and two look-ups in DuckDB as Samlad uses it, and in Polars, pandas, chDB and SQLite, on one file.

python benchmarks/engines.py --rows 10000 1000000 10000000

Every engine gets the same Parquet file, written as publish writes it, and is used as whoever knows it would: loaded
once, keys as ENUM, categorical or LowCardinality, an index where there is one. What is timed is a warm question until
its rows are at hand in the engine's own form; engines take turns. Before that the rows are compared, one by one: counts
exactly, shares to 12 decimals. Needs benchmarks/requirements.txt.
"""

import argparse
import math
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import measuring
from benchmarks.measuring import Figure
from benchmarks.questions import QUESTIONS, Question
from samlad import engine, store
from samlad.store import DataFolder

ROWS = (10_000, 1_000_000, 10_000_000)
HELD = 1_000_000
"""From how many rows on DuckDB has to be the fastest."""
ORGANISATIONS, YEARS, SEXES = 101, tuple(range(2015, 2026)), ("men", "total", "women")
MISSING, SEED = 0.07, 2021
LOOK_UP_MS, SLOW_SECONDS, SLOW_ROUNDS = 10.0, 1.5, 2
NAMES = ("duckdb", "polars", "pandas", "chdb", "sqlite")
KEYS = ("indicator_id", "organisation_id", "sex")

Row = tuple[Any, ...]
Ask = Callable[[Question], Any]


class Engine:
    """One engine with the file loaded: how it is asked, and how what it gave becomes rows."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def ask(self, question: Question) -> Any:
        """The rows in the engine's own form."""
        raise NotImplementedError

    def rows(self, given: Any) -> Iterable[Row]:
        """What it gave as Python's values."""
        raise NotImplementedError


class DuckDB(Engine):
    """As samlad.warehouse loads a snapshot: in memory, locked, ENUM keys, a cursor for each question."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.connection = engine.connect()
        table = store.read_table(path, as_dictionaries=True)
        for column in KEYS:
            words = sorted(table[column].unique().to_pylist())
            self.connection.register("words", pa.table({"word": words}))
            self.connection.execute(f"create type {column}_key as enum (select word from words)")
            self.connection.unregister("words")
        engine.load(self.connection, "figures", table, columns={column: f"{column}_key" for column in KEYS})

    def ask(self, question: Question) -> pa.Table:
        """An Arrow table."""
        cursor = self.connection.cursor()
        try:
            return cursor.sql(question.sql).to_arrow_table()
        finally:
            cursor.close()

    def rows(self, given: pa.Table) -> Iterable[Row]:
        """Row by row."""
        return zip(*(column.to_pylist() for column in given.columns), strict=True)


class Polars(Engine):
    """In memory, keys as Enum, lazy questions."""

    def __init__(self, path: Path) -> None:
        import polars

        super().__init__(path)
        held = polars.read_parquet(path)
        kinds = {column: polars.Enum(held[column].unique().sort()) for column in KEYS}
        self.table = held.cast(kinds).lazy()

    def ask(self, question: Question) -> Any:
        """A data frame."""
        return question.polars(self.table).collect()

    def rows(self, given: Any) -> Iterable[Row]:
        """Row by row."""
        return given.iter_rows()  # type: ignore[no-any-return]


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
        from chdb import session

        super().__init__(path)
        self.session = session.Session()
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
        return zip(*(map(_text, column.to_pylist()) for column in table.columns), strict=True)


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


ENGINES: Mapping[str, type[Engine]] = dict(zip(NAMES, (DuckDB, Polars, Pandas, ChDB, SQLite), strict=True))


def _text(value: Any) -> Any:
    return value.decode() if isinstance(value, bytes) else value


def write(path: Path, rows: int) -> None:
    """A programme's figures: indicators as many as the rows ask for, each over 101 organisations, 11 years, sexes."""
    each = ORGANISATIONS * len(YEARS) * len(SEXES)
    indicators = max(3, round(rows / each))
    dice = np.random.default_rng(SEED)
    number = np.arange(indicators * each)
    denominator = dice.integers(20, 2_000, number.size)
    numerator = dice.binomial(denominator, 0.6)
    missing = dice.random(number.size) < MISSING
    table = pa.table(
        {
            "indicator_id": _words("IND-{:05d}", indicators, number // each),
            "organisation_id": _words("ORG-{:03d}", ORGANISATIONS, number // len(SEXES) % ORGANISATIONS),
            "year": pa.array(np.array(YEARS, dtype=np.int32)[number // (len(SEXES) * ORGANISATIONS) % len(YEARS)]),
            "sex": pa.DictionaryArray.from_arrays(pa.array((number % len(SEXES)).astype(np.int32)), SEXES).cast(
                "string"
            ),
            "numerator": pa.array(numerator, mask=missing),
            "denominator": pa.array(denominator, mask=missing),
        }
    )
    store.write_table(path, table, durable=False)


def _words(form: str, most: int, which: Any) -> pa.Array:
    words = pa.array([form.format(one) for one in range(most)])
    return pa.DictionaryArray.from_arrays(pa.array(which.astype(np.int32)), words).cast("string")


def differences(name: str, mine: Iterable[Row], theirs: Iterable[Row]) -> str:
    """What sets two answers apart, in a sentence; nothing when they agree row by row."""
    ours, others = sorted(map(_plain, mine)), sorted(map(_plain, theirs))
    if len(ours) != len(others):
        return f"{name} gives {len(others)} rows, DuckDB {len(ours)}"
    for one, other in zip(ours, others, strict=True):
        if not all(map(_same, one, other)):
            return f"{name} gives {other}, DuckDB {one}"
    return ""


def _plain(row: Row) -> Row:
    held = tuple(_text(value) for value in row)
    return tuple("" if value is None or (isinstance(value, float) and math.isnan(value)) else value for value in held)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) or isinstance(other, float):
        return one == other or (one != "" and other != "" and math.isclose(one, other, rel_tol=0, abs_tol=1e-12))
    return bool(one == other)


def compare(engines: Mapping[str, Engine]) -> None:
    """Ask every engine every question and hold the rows against DuckDB's.

    Raises AssertionError naming the first row that is another.
    """
    for question in QUESTIONS.values():
        ours = list(engines["duckdb"].rows(engines["duckdb"].ask(question)))
        assert ours, f"{question.name}: no rows"
        for name, other in engines.items():
            told = differences(name, ours, other.rows(other.ask(question)))
            assert not told, f"{question.name}: {told}"


def taken(engines: Mapping[str, Engine], rounds: int) -> dict[str, dict[str, float]]:
    """Median seconds of each question in each engine. Whoever needs seconds for one answer is asked fewer times."""
    found: dict[str, dict[str, float]] = {}
    for question in QUESTIONS.values():
        asks = {name: partial(one.ask, question) for name, one in engines.items()}
        first = {name: measuring.seconds(ask) for name, ask in asks.items()}
        slow = {name: ask for name, ask in asks.items() if first[name] > SLOW_SECONDS}
        times = measuring.in_turns({name: ask for name, ask in asks.items() if name not in slow}, rounds)
        times |= measuring.in_turns(slow, SLOW_ROUNDS)
        found[question.name] = {name: measuring.median(times[name]) for name in asks}
    return found


def figures(rows: int, times: Mapping[str, Mapping[str, float]]) -> list[Figure]:
    """DuckDB against the fastest of the others, and look-ups by themselves."""
    found = []
    part = f"{rows:,} rows".replace(",", " ")
    for question in QUESTIONS.values():
        spent = {name: 1000 * seconds for name, seconds in times[question.name].items()}
        ours = spent.pop("duckdb")
        best = min(spent, key=lambda name: spent[name])
        if question.is_look_up:
            found.append(Figure(part, f"look up: {question.asks}", ours, "ms", limit=LOOK_UP_MS))
        else:
            limit = 1.0 if rows >= HELD else None
            found.append(Figure(part, question.asks, ours, "ms", spent[best], f"{best}, fastest of the others", limit))
    return found


def measure(
    folder: DataFolder | None = None,
    sizes: Sequence[int] = ROWS,
    rounds: int = measuring.ROUNDS,
    names: Sequence[str] = NAMES,
) -> list[Figure]:
    """Write each size, compare the engines and time them. Takes no data folder: the figures are made up."""
    del folder
    found: list[Figure] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / "figures.parquet"
            write(path, size)
            engines = {name: ENGINES[name](path) for name in names}
            compare(engines)
            times = taken(engines, rounds)
            print(by_engine(size, times), file=sys.stderr)
            found += figures(size, times)
    return found


def by_engine(size: int, times: Mapping[str, Mapping[str, float]]) -> str:
    """Milliseconds of every engine, question by question."""
    names = list(next(iter(times.values())))
    lines = [f"| {size:,} rows, ms | {' | '.join(names)} |".replace(",", " ", 1), "|---|" + "---:|" * len(names)]
    lines += [
        f"| {name} | {' | '.join(f'{1000 * spent[one]:.1f}' for one in names)} |" for name, spent in times.items()
    ]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", help="taken for likeness with the other parts; not read")
    asked.add_argument("--rows", type=int, nargs="+", default=ROWS)
    told = asked.parse_args(arguments)
    print(measuring.table(measure(None, told.rows)))


if __name__ == "__main__":
    main()
