"""The row classes: generated from the headers, as committed, and true to what the queries answer."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from samlad.foundation import query_row, rows
from samlad.foundation.query_row import QueryRow
from samlad.foundation.rows import GoalsRow, IndicatorCasesRow
from samlad.foundation.store import DataFolder
from samlad.warehouse import database, engine, row_types
from samlad.warehouse.database import Warehouse
from samlad.warehouse.sql_files import Column, QueryError

KINDS: dict[str, type[QueryRow]] = {kind.QUERY: kind for kind in (getattr(rows, name) for name in rows.__all__)}


def test_the_committed_files_are_what_the_command_writes(tmp_path: Path) -> None:
    (tmp_path / "of_a_folder_that_is_gone.py").touch()
    row_types.write(tmp_path)
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.py")}
    committed = {path.name: path.read_text(encoding="utf-8") for path in row_types.FOLDER.glob("*.py")}
    assert committed == made, f"run `{row_types.COMMAND}`"


def test_every_query_has_one_class_with_its_columns_and_grain() -> None:
    queries = engine.questions()
    assert KINDS.keys() == queries.keys()
    for name, kind in KINDS.items():
        assert [field.name for field in dataclasses.fields(kind)] == list(queries[name].columns)
        assert queries[name].grain == kind.GRAIN


@pytest.mark.parametrize(
    ("kind", "meaning", "expected"),
    [
        ("VARCHAR", "see goals", "str"),
        ("BIGINT", "count; null when missing or protected", "int | None"),
        ("DATE", "first day; null is since before the programme", "date | None"),
        ("VARCHAR[]", "short names, in order; empty if none", "list[str]"),
        ("BIGINT[]", "of each; null when none is known", "list[int | None]"),
        ("DOUBLE", "a nullable word is not null's", "float | None"),
        ("BOOLEAN", "nullable says nothing", "bool"),
    ],
)
def test_a_column_is_optional_when_its_meaning_says_null(kind: str, meaning: str, expected: str) -> None:
    assert row_types.column_type(Column("one", kind, meaning)) == expected


@pytest.mark.parametrize("name", ["class", "GRAIN", "date", "str"])
def test_a_column_that_cannot_be_an_attribute_is_refused_with_its_file(name: str) -> None:
    query = next(iter(engine.questions().values()))
    broken = dataclasses.replace(query, columns={name: Column(name, "VARCHAR", "x")})
    with pytest.raises(QueryError, match=f"{query.path.name}: .*`{name}`"):
        row_types.modules([broken])


def test_rows_hold_what_the_arrow_answer_holds_in_its_order_and_cannot_be_changed(shown: DataFolder) -> None:
    opened = database.open_snapshot(shown)
    cases = opened.rows(IndicatorCasesRow)
    assert [dataclasses.asdict(row) for row in cases] == opened.query("indicator_cases").to_pylist()
    with pytest.raises(dataclasses.FrozenInstanceError):
        cases[0].value = 1.0  # type: ignore[misc]
    with pytest.raises(database.UnknownQuery):
        opened.rows(GoalsRow, goal="M1")
    assert query_row.from_arrow(GoalsRow, opened.query("goals").slice(0, 0)) == []


@pytest.mark.parametrize("name", sorted(KINDS))
def test_only_columns_that_say_so_hold_null(shown: DataFolder, name: str) -> None:
    opened = database.open_snapshot(shown)
    question = opened.questions[name]
    silent = {one.name for one in question.columns.values() if not one.is_nullable or one.type.endswith("[]")}
    for parameters in _asked(opened, name):
        answer = opened.query(name, **parameters)
        assert not [column for column in silent if answer[column].null_count], parameters


def _asked(opened: Warehouse, name: str) -> Iterator[dict[str, Any]]:
    """A few values of each parameter, in all combinations: those that pages ask most, and null."""
    some: dict[str, tuple[Any, ...]] = {
        "indicator_id": tuple(opened.query("indicator_catalogue")["indicator_id"].to_pylist()[::4]),
        "goal_id": (None, *opened.query("goals")["goal_id"].to_pylist()),
        "organisation_id": (None, "SDN-FA", "SOC"),
        "gap_id": tuple(opened.query("gap_list")["gap_id"].to_pylist()[:9]),
        "division": (None,),
        "year": (2022, 2025),
        "earlier": (2021,),
        "first_year": (2021,),
        "last_year": (2025,),
        "sex": (None, "women"),
        "period": ("T1", "VB"),
        "on": (date(2022, 12, 31), date(2025, 12, 31)),
        "duties": ("decided",),
        "with_proposed": (None, True),
        "everyone": (None, True),
    }
    wanted = list(opened.questions[name].parameters)
    if name == "indicator_cases":
        some |= {"indicator_id": (None,), "goal_id": (None,)}
    for values in product(*(some[parameter] for parameter in wanted)):
        yield dict(zip(wanted, values, strict=True))
