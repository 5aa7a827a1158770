"""Five questions and two look-ups in DuckDB as Samlad uses it, and in Polars, pandas, chDB and SQLite, on one file.

python benchmarks/engines.py --rows 10000 1000000 10000000

Every engine gets the same Parquet file, written as publish writes it, and is used as whoever knows it would: loaded
once, keys as text, categorical or LowCardinality, an index where there is one. What is timed is a warm question until
its rows are at hand in the engine's own form; engines take turns. Before that the rows are compared, one by one: counts
exactly, shares to 12 decimals. Needs benchmarks/requirements.txt.
"""

import argparse
import math
import resource
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import pyarrow as pa

from benchmarks import growth, measuring
from benchmarks.contenders import ENGINES, Engine, Row, plain_text
from benchmarks.measuring import Figure
from benchmarks.questions import QUESTIONS
from samlad.foundation import store
from samlad.foundation.store import DataFolder

ROWS = (10_000, 100_000, 1_000_000, 10_000_000)
HELD = 1_000_000
"""From how many rows on DuckDB has to be the fastest."""
ORGANISATIONS, YEARS, SEXES = 101, tuple(range(2015, 2026)), ("men", "total", "women")
MISSING, SEED = 0.07, 2021
LOOK_UP_MS, SLOW_SECONDS, SLOW_ROUNDS, MEMORY_GIB = 10.0, 1.5, 2, 8.0

Times = Mapping[str, Mapping[str, float]]
"""Seconds by question and engine."""


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
    """Return the difference between two answers, in a sentence; nothing when they agree row by row."""
    ours, others = sorted(map(_plain, mine)), sorted(map(_plain, theirs))
    if len(ours) != len(others):
        return f"{name} gives {len(others)} rows, DuckDB {len(ours)}"
    for one, other in zip(ours, others, strict=True):
        if not all(map(_same, one, other)):
            return f"{name} gives {other}, DuckDB {one}"
    return ""


def _plain(row: Row) -> Row:
    held = tuple(plain_text(value) for value in row)
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


def taken(engines: Mapping[str, Engine], rounds: int) -> Times:
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


def figures(rows: int, times: Times) -> list[Figure]:
    """DuckDB against the fastest of the others, and look-ups by themselves."""
    found = []
    part = f"{rows:,} rows".replace(",", " ")
    together: dict[str, float] = {}
    for question in QUESTIONS.values():
        spent = {name: 1000 * took for name, took in times[question.name].items()}
        ours = spent["duckdb"]
        if question.is_look_up:
            found.append(Figure(part, f"look up: {question.asks}", ours, "ms", limit=LOOK_UP_MS))
            continue
        together = {name: together.get(name, 0.0) + took for name, took in spent.items()}
        limit = 1.0 if rows >= HELD else None
        found.append(_against(part, question.asks, spent, limit))
    return [*found, _against(part, "the five together, each engine in one order", together, None)]


def _against(part: str, name: str, spent: Mapping[str, float], limit: float | None) -> Figure:
    best = min((other for other in spent if other != "duckdb"), key=lambda other: spent[other])
    return Figure(part, name, spent["duckdb"], "ms", spent[best], f"{best}, fastest of the others", limit)


def timings(size: int, rounds: int, names: Sequence[str]) -> tuple[Times, float]:
    """Write a size, compare the engines, time them; and the most memory the process has held, in GiB."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "figures.parquet"
        write(path, size)
        engines = {name: ENGINES[name](path) for name in names}
        compare(engines)
        return taken(engines, rounds), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def measure(
    folder: DataFolder | None = None,
    sizes: Sequence[int] = ROWS,
    rounds: int = measuring.ROUNDS,
    names: Sequence[str] = tuple(ENGINES),
    chart: Path | None = None,
) -> list[Figure]:
    """Every size, and a chart of time against rows if a file is named. The figures are made up: no folder is read."""
    del folder
    found: list[Figure] = []
    by_size: dict[int, Times] = {}
    for size in sizes:
        by_size[size], memory = timings(size, rounds, names)
        print(by_engine(size, by_size[size]), file=sys.stderr)
        found += figures(size, by_size[size])
        part = f"{size:,} rows".replace(",", " ")
        found.append(Figure(part, "most memory, all engines in one process", memory, "GiB", limit=MEMORY_GIB))
    if chart:
        growth.draw(by_size, {name: question.asks for name, question in QUESTIONS.items()}, chart)
    return found


def by_engine(size: int, times: Times) -> str:
    """Milliseconds of every engine, question by question."""
    names = list(next(iter(times.values())))
    rows = f"{size:,}".replace(",", " ")
    lines = [f"| {rows} rows, ms | {' | '.join(names)} |", "|---|" + "---:|" * len(names)]
    lines += [
        f"| {name} | {' | '.join(f'{1000 * spent[one]:.1f}' for one in names)} |" for name, spent in times.items()
    ]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", help="taken for likeness with the other parts; not read")
    asked.add_argument("--rows", type=int, nargs="+", default=ROWS)
    asked.add_argument("--chart", type=Path, help="an SVG of time against rows, such as docs/performance-rows.svg")
    told = asked.parse_args(arguments)
    print(measuring.table(measure(None, told.rows, chart=told.chart)))


if __name__ == "__main__":
    main()
