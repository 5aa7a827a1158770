"""The warehouse answers right from many threads, refuses what it should, and can reach nothing outside."""

import random
import threading
from datetime import date
from pathlib import Path

import duckdb
import pytest

from samlad.foundation import schema
from samlad.foundation.errors import SamladError
from samlad.warehouse import database, engine, sql_files
from samlad.warehouse.database import UnknownQuery, Warehouse

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = engine.questions()

TYPE_NAMES = {
    "VARCHAR": {"string", "large_string", "string_view"},
    "INTEGER": {"int32"},
    "BIGINT": {"int64"},
    "DOUBLE": {"double"},
    "BOOLEAN": {"bool"},
    "DATE": {"date32[day]"},
}


@pytest.mark.long
def test_32_threads_get_their_own_answers(example: Warehouse) -> None:
    years = (2021, 2022, 2023, 2024)
    names = ("programme_overview", "reported_violence", "missing_reports")
    known = {(name, year): example.query(name, **asked(name, year)).to_pylist() for name in names for year in years}
    wrong: list[str] = []

    def ask(seed: int) -> None:
        pick = random.Random(seed)
        for _ in range(25):
            name, year = pick.choice(names), pick.choice(years)
            try:
                if example.query(name, **asked(name, year)).to_pylist() != known[name, year]:
                    wrong.append(f"{name} {year}: another's answer")
            except Exception as fault:
                wrong.append(f"{name} {year}: {fault}")

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len({str(answer) for answer in known.values()}) > len(names)


def asked(name: str, year: int) -> dict[str, int]:
    """The year for a question that takes one."""
    return {"year": year} if "year" in QUESTIONS[name].parameters else {}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_query_gives_the_columns_its_header_declares(example: Warehouse, name: str) -> None:
    question = example.questions[name]
    rows = example.query(name, **plausible(question))
    assert rows.column_names == list(question.columns)
    for field, column in zip(rows.schema, question.columns.values(), strict=True):
        assert str(field.type) in TYPE_NAMES.get(column.type, {str(field.type)}), (
            f"{name}.{column.name} is {field.type}"
        )


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_query_has_one_row_per_grain_in_an_order_it_names(example: Warehouse, name: str) -> None:
    question = example.questions[name]
    rows = example.query(name, **plausible(question)).to_pylist()
    assert all(column in question.columns for column in question.grain)
    keys = [tuple(row[column] for column in question.grain) for row in rows]
    assert len(keys) == len(set(keys)), f"{name} repeats a key"
    assert "order by" in sql_files.code(question.sql).lower(), f"{name} has no order"


@pytest.mark.parametrize("path", sorted((ROOT / "queries" / "views").glob("*.sql")), ids=lambda path: path.stem)
def test_a_view_gives_the_columns_its_header_declares(example: Warehouse, path: Path) -> None:
    view = sql_files.parse(path)
    found = example._connection.cursor().execute(f'describe "{view.name}"').fetchall()
    assert [row[0] for row in found] == list(view.columns)


def plausible(question: sql_files.Query) -> dict[str, object]:
    """A value of the right type for each parameter."""
    words: dict[str, object] = {
        "year": 2024,
        "indicator_id": "STH-M3-I1",
        "organisation_id": None,
        "division": "2023-07-01",
        "sex": "total",
        "goal_id": "STH-M3",
        "period": "VB",
    }
    return {name: words.get(name) for name in question.parameters}


def test_an_unknown_question_or_parameter_is_told_in_swedish(example: Warehouse) -> None:
    with pytest.raises(UnknownQuery, match="ingen fråga"):
        example.query("nothing_like_this")
    with pytest.raises(UnknownQuery, match="ingen parameter"):
        example.query("reported_violence", colour="red")
    with pytest.raises(UnknownQuery, match="ska vara INTEGER"):
        example.query("reported_violence", year="2024")


def test_parameters_are_read_from_text_as_their_types() -> None:
    question = QUESTIONS["reported_violence"]
    assert database.parsed_parameters(question, {"year": "2024"}) == {"year": 2024}
    with pytest.raises(UnknownQuery, match="ska vara INTEGER"):
        database.parsed_parameters(question, {"year": "i fjol"})


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_csv('/etc/hostname')",
        "attach '/tmp/elsewhere.db' as elsewhere",
        "install httpfs",
        "copy (select 1) to '/tmp/leak.csv'",
        "set enable_external_access = true",
    ],
)
def test_the_database_reaches_nothing_outside(example: Warehouse, statement: str) -> None:
    with pytest.raises(duckdb.Error):
        example._connection.cursor().execute(statement)


def test_an_engine_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLAD_ENGINE", "spark")
    with pytest.raises(SamladError, match="spark"):
        engine.connect()


@pytest.mark.parametrize("name", [table.name for table in schema.PUBLISHED])
def test_published_parquet_has_its_columns_keys_units_and_values(example: Warehouse, name: str) -> None:
    described = schema.TABLES[name]
    rows = example.snapshot.table(name)
    assert rows.schema.equals(described.arrow), f"{name} differs from the schema"
    cells = rows.to_pylist()
    keys = [tuple(row[column] for column in described.key) for row in cells]
    assert len(keys) == len(set(keys)), f"{name} repeats a key"
    assert rows.equals(rows.sort_by([(key, "ascending") for key in described.key])), f"{name} is not sorted by its key"
    for column in described.columns:
        values = rows[column.name].drop_null().to_pylist()
        assert not (column.required and len(values) < rows.num_rows), f"{name}.{column.name} has nulls"
        if column.values and name != "context_values":
            words = {word for value in values for word in value.split()}
            assert words <= set(column.values), f"{name}.{column.name}: {words - set(column.values)}"


def test_shares_lie_between_0_and_1_and_missing_is_null_with_a_reason(example: Warehouse) -> None:
    measures = {row["indicator_id"]: row["measure"] for row in example.snapshot.table("indicators").to_pylist()}
    for name in ("indicator_values", "division_values", "city_values"):
        for row in example.snapshot.table(name).to_pylist():
            if measures[row["indicator_id"]] in ("share", "yes_no") and row["value"] is not None:
                assert 0 <= row["value"] <= 1
            if row["numerator"] is None and row["value"] is None:
                assert row["missing_reason"] in schema.MISSING, f"{name}: {row}"


def test_dates_and_years_make_sense(example: Warehouse) -> None:
    for row in example.snapshot.table("expected_reports").to_pylist():
        assert row["due"] > date(row["year"], 1, 1)
        assert not (row["received"] and row["late"])


def test_what_an_object_s_figures_came_with_is_counted_whole_and_told_of_twenty(example: Warehouse) -> None:
    rows = example.query("report_submissions", first_year=2021, last_year=2025).to_pylist()
    known: dict[tuple[str, int], list[str]] = {}
    for row in rows:
        if row["period"] == "VB" and row["submission_id"]:
            said = f"{row['organisation']} {row['received_on']:%Y-%m-%d} ({row['submission_id']})"
            known.setdefault((row["object_id"], row["year"]), []).append(said)
    found = example.query("submissions_of_objects").to_pylist()
    assert {(row["object_id"], row["year"]): row["submissions"] for row in found} == {
        key: len(said) for key, said in known.items()
    }
    for row in found:
        told = row["first_told"]
        assert len(told) == min(20, row["submissions"]) and set(told) <= set(known[row["object_id"], row["year"]])
    assert max(row["submissions"] for row in found) > 20
