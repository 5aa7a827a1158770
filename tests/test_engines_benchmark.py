"""The comparison of engines: all give the same rows, and one that does not is found out."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from benchmarks import engines, growth, publishing
from benchmarks.contenders import ENGINES, Engine
from benchmarks.questions import QUESTIONS

NAMES = ("duckdb", "pandas", "sqlite")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Engine]]:
    path = tmp_path_factory.mktemp("engines") / "figures.parquet"
    engines.write(path, 10_000)
    yield {name: ENGINES[name](path) for name in NAMES}


def test_engines_agree_row_by_row_on_every_question(loaded: Mapping[str, Engine]) -> None:
    engines.compare(loaded)


def test_an_engine_that_has_one_other_count_is_found_out(loaded: Mapping[str, Engine]) -> None:
    question = QUESTIONS["city"]
    ours = list(loaded["duckdb"].rows(loaded["duckdb"].ask(question)))
    key, (numerator, *more) = ours[0][:3], ours[0][3:]
    assert not engines.differences("itself", ours, reversed(ours))
    assert "another" in engines.differences("another", ours, [(*key, numerator + 1, *more), *ours[1:]])
    assert "another" in engines.differences("another", ours, ours[1:])
    assert "another" in engines.differences("another", ours, [(*ours[0][:-1], ours[0][-1] + 1e-11), *ours[1:]])


def test_each_question_is_timed_once_for_each_engine_and_drawn(loaded: Mapping[str, Engine], tmp_path: Path) -> None:
    times = engines.taken(loaded, rounds=1)
    assert {name: set(spent) for name, spent in times.items()} == {question: set(NAMES) for question in QUESTIONS}
    told = engines.figures(10_000, times)
    assert len(told) == len(QUESTIONS) + 1
    assert told[-1].value == pytest.approx(sum(one.value for one in told[:-1] if not one.name.startswith("look up")))
    assert all(figure.limit is None for figure in told if not figure.name.startswith("look up"))
    growth.draw({10_000: times, 20_000: times}, {name: name for name in QUESTIONS}, tmp_path / "rows.svg")
    assert "duckdb" in (tmp_path / "rows.svg").read_text()


def test_growth_is_the_power_from_a_size_to_the_next() -> None:
    assert publishing.exponent([10, 1000], [3, 30]) == pytest.approx(0.5)
    assert publishing.size_from("450x240") == (450, 240)
