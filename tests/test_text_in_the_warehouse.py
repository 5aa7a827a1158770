"""The warehouse holds text as text: no ENUM, which sorts by first appearance and refuses a word it does not hold."""

import re
from pathlib import Path

import pyarrow as pa
import pytest

from samlad.warehouse import engine, sql_files
from samlad.warehouse.database import Warehouse

QUESTIONS = [*engine.questions().values(), *sql_files.all_queries(engine.QUERIES / "views").values()]
CAST_OF_A_COLUMN = re.compile(r"([a-z_]\w*)::varchar")
NO_TEXT = {"null", "received_on", "year"}
"""Names that a question may cast to text: they hold none."""


def test_no_column_of_the_warehouse_is_an_enum(example: Warehouse) -> None:
    columns = example._connection.cursor().execute("select table_name, column_name, data_type from duckdb_columns()")
    types = columns.fetchall()
    assert len(types) > 300
    assert [column for column in types if column[2].startswith("ENUM")] == []


def test_dictionaries_are_loaded_as_text_that_sorts_as_text() -> None:
    connection = engine.connect()
    engine.load(connection, "words", pa.table({"word": pa.array(["b", None, "a"]).dictionary_encode()}))
    found = connection.execute("select word, typeof(word) from words order by word").fetchall()
    assert found == [("a", "VARCHAR"), ("b", "VARCHAR"), (None, "VARCHAR")]
    assert connection.execute("select count(*) from words where word = $word", {"word": "c"}).fetchone() == (0,)


@pytest.mark.parametrize("path", [query.path for query in QUESTIONS], ids=lambda path: path.stem)
def test_a_question_casts_no_text_to_text(path: Path) -> None:
    cast = CAST_OF_A_COLUMN.findall(sql_files.code(sql_files.parse(path).sql))
    assert set(cast) <= NO_TEXT
