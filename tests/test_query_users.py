"""A query's header says who uses it, and says it truly."""

from pathlib import Path

import pytest

from samlad.foundation import store
from samlad.warehouse import engine, sql_files
from samlad.warehouse.sql_files import QueryError
from tests import query_users

USERS = query_users.users(store.REPOSITORY)

ONE = """\
-- One.
--
-- column  one  INTEGER  one
-- grain   one
-- source  nothing

select 1 as one order by one
"""


@pytest.mark.parametrize("path", USERS, ids=lambda path: path.stem)
def test_a_header_names_those_who_use_the_query(path: Path) -> None:
    said = list(sql_files.parse(path).used_by)
    assert said == USERS[path], "run `python -m tests.query_users`, which writes the line from the source"


@pytest.mark.parametrize("path", USERS, ids=lambda path: path.stem)
def test_every_described_query_is_used(path: Path) -> None:
    assert USERS[path], "nobody uses it: delete it"


def test_a_page_a_room_and_a_reader_of_a_view_are_found(tmp_path: Path) -> None:
    files = {
        "pages/start.py": 'rows = load("one")\n',
        "samlad/report/chapter.py": 'rows = folio.ask("one", year=2024)\nname = "two"\n',
        "samlad/views/drawn.py": "rows = load_rows(OneRow)\nother = TwoRow\n",
        "queries/subject/one.sql": ONE.replace("nothing", "seen"),
        "queries/subject/two.sql": ONE,
        "queries/views/seen.sql": ONE,
        **{f"queries/{folder}/x_{folder}.sql": ONE for folder in ("form", "publish", "checks/views", "gaps/views")},
    }
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    found = {path.stem: using for path, using in query_users.users(tmp_path).items() if "x_" not in path.stem}
    assert found == {"one": ["pages/start", "report", "views"], "two": ["cli"], "seen": ["queries/subject"]}


def test_the_written_line_is_read_back_and_written_once() -> None:
    using = [f"views/room_{number}" for number in range(12)]
    text = query_users.with_users(query_users.with_users(ONE, ["old"]), using)
    assert text.count("-- used by") == 1 and "old" not in text
    assert all(len(line) <= 120 for line in text.splitlines())
    header = [line for line in text.splitlines() if line.startswith("--")]
    assert header[:5] == ONE.splitlines()[:5]


def test_names_are_unique_over_all_subjects(tmp_path: Path) -> None:
    for subject in ("first", "second"):
        (tmp_path / subject).mkdir()
        (tmp_path / subject / "one.sql").write_text(ONE, encoding="utf-8")
    with pytest.raises(QueryError, match="same name"):
        engine.questions(tmp_path)


def test_a_question_lies_in_the_folder_of_a_subject(tmp_path: Path) -> None:
    (tmp_path / "one.sql").write_text(ONE, encoding="utf-8")
    with pytest.raises(QueryError, match="folder of a subject"):
        engine.questions(tmp_path)


def test_only_the_subjects_are_asked_by_name() -> None:
    asked = {query.path.parent.name for query in engine.questions().values()}
    assert asked and not asked & set(engine.NOT_ASKED_BY_NAME)
