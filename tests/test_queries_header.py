"""The reader of query headers: what it takes, and what it refuses with file and line."""

from pathlib import Path

import pytest

from samlad.warehouse import engine, sql_files
from samlad.warehouse.sql_files import Column, Parameter, QueryError

WHOLE = """\
-- One indicator over time, oldest year first.
--
-- Years that were not reported are left out.
--
-- param   $indicator_id  VARCHAR  see indicators.indicator_id
-- column  year           INTEGER  calendar year
-- column  share          DOUBLE   0 to 1; null when missing
-- grain   year
-- source  yearly_values, yearly_targets

select year, share
from yearly_values
where indicator_id = $indicator_id
order by year;
"""

RULE = """\
-- An activity nobody is responsible for.
--
-- rule      G1
-- severity  high
-- title     {activity_title} har ingen ansvarig
-- why       Utan ansvarig följs aktiviteten inte upp.
-- action    Föreslå en ansvarig nämnd;
--           närmast ligger {nearest}.
-- column    activity_title  VARCHAR  its title
-- column    nearest         VARCHAR  an organisation's short name
-- grain     activity_title
-- source    activities

select title as activity_title, null as nearest
from activities
order by title
"""


def written(folder: Path, content: str, name: str = "question") -> Path:
    path = folder / f"{name}.sql"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_header_is_read_in_full(tmp_path: Path) -> None:
    query = sql_files.parse(written(tmp_path, WHOLE))
    assert query.name == "question"
    assert query.sentence == "One indicator over time, oldest year first."
    assert query.note == "Years that were not reported are left out."
    assert query.parameters == {"indicator_id": Parameter("indicator_id", "VARCHAR", "see indicators.indicator_id")}
    assert query.columns["share"] == Column("share", "DOUBLE", "0 to 1; null when missing")
    assert list(query.columns) == ["year", "share"]
    assert query.grain == ("year",)
    assert query.source == ("yearly_values", "yearly_targets")
    assert query.sql.startswith("select year") and query.sql.endswith("order by year")
    assert query.rule == ""


def test_a_sentence_may_go_over_several_lines(tmp_path: Path) -> None:
    content = WHOLE.replace("-- One indicator over time, oldest", "-- One indicator\n-- over time, oldest")
    assert sql_files.parse(written(tmp_path, content)).sentence == "One indicator over time, oldest year first."


def test_a_rule_holds_its_words_and_an_indented_line_goes_on_with_the_one_above(tmp_path: Path) -> None:
    rule = sql_files.parse(written(tmp_path, RULE))
    assert (rule.rule, rule.severity) == ("G1", "high")
    assert rule.title == "{activity_title} har ingen ansvarig"
    assert rule.action == "Föreslå en ansvarig nämnd; närmast ligger {nearest}."


def test_a_dollar_sign_in_a_string_or_a_comment_is_no_parameter(tmp_path: Path) -> None:
    content = WHOLE.replace("order by year", "and note <> 'costs $much; a lot' -- never $this; no\norder by year")
    assert list(sql_files.parse(written(tmp_path, content)).parameters) == ["indicator_id"]


@pytest.mark.parametrize(
    ("old", "new", "line", "fault"),
    [
        ("-- column  share  ", "-- colunm  share  ", 7, "unknown header word `colunm`"),
        ("-- grain   year", "-- grain", 8, "says nothing"),
        ("-- grain   year", "-- grain   year\n-- grain   share", 9, "`-- grain` stands twice"),
        ("-- grain   year\n", "", 1, "no `-- grain`"),
        ("-- column  share          DOUBLE   0 to 1; null when missing", "-- column  share DOUBLE", 7, "a meaning"),
        ("share          DOUBLE", "share          double", 7, "no DuckDB type"),
        ("-- column  share  ", "-- column  year   ", 7, "column `year` is declared twice"),
        ("-- column  share  ", "-- column  Share  ", 7, "no column name"),
        ("$indicator_id  VARCHAR", "indicator_id  VARCHAR", 5, "written `$name`"),
        ("where indicator_id = $indicator_id", "where true", 5, "$indicator_id is declared and not used"),
        ("order by year", "and year = $year\norder by year", 14, "$year is used and not declared"),
        (
            "-- One indicator over time, oldest year first.\n--\n-- Years that were not reported are left out.\n",
            "",
            1,
            "a sentence",
        ),
        ("order by year;", "order by year; drop table x", 14, "more than one statement"),
        ("-- grain   year", "-- used in pages/start\n-- grain   year", 8, "`-- used by`"),
        ("-- grain   year", "-- Further prose too late.\n-- grain   year", 8, "unknown header word `Further`"),
    ],
)
def test_what_breaks_the_header_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, fault: str
) -> None:
    assert old in WHOLE
    path = written(tmp_path, WHOLE.replace(old, new))
    with pytest.raises(QueryError) as raised:
        sql_files.parse(path)
    assert str(raised.value).startswith(f"{path}:{line}: ")
    assert fault in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("-- severity  high\n", "", "no `-- severity`"),
        ("severity  high", "severity  huge", "severity `huge` is none of"),
        ("{nearest}.", "{nearby}.", "{nearby} is no column"),
        ("-- rule      G1\n", "", "no `-- rule`"),
        ("-- rule      G1\n", "-- rule      G1\n-- ask       Kan {nearest} det?\n", "takes no {column}"),
    ],
)
def test_a_rule_that_is_not_whole_is_refused(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(QueryError, match=fault.replace("{", r"\{")):
        sql_files.parse(written(tmp_path, RULE.replace(old, new)))


def test_a_header_without_a_statement_is_refused(tmp_path: Path) -> None:
    header = WHOLE.partition("\n\n")[0]
    with pytest.raises(QueryError, match=":10: no statement"):
        sql_files.parse(written(tmp_path, header))


def test_a_header_word_right_after_the_sentence_is_not_taken_for_prose(tmp_path: Path) -> None:
    content = WHOLE.replace("left out.\n--\n", "left out.\n")
    query = sql_files.parse(written(tmp_path, content))
    assert query.note == "Years that were not reported are left out."
    assert list(query.parameters) == ["indicator_id"]


def test_only_queries_that_lie_directly_in_the_folder_are_found(tmp_path: Path) -> None:
    written(tmp_path, WHOLE, "b")
    written(tmp_path, RULE, "a")
    written(tmp_path, "create or replace macro one() as 1;", "macros")
    (tmp_path / "views").mkdir()
    written(tmp_path / "views", WHOLE, "c")
    assert list(sql_files.all_queries(tmp_path)) == ["a", "b"]
    assert sql_files.all_queries(tmp_path / "nowhere") == {}


def test_every_sql_file_of_the_repository_can_be_read() -> None:
    folders = [engine.QUERIES, *(path for path in engine.QUERIES.rglob("*") if path.is_dir())]
    read = [query for folder in folders for query in sql_files.all_queries(folder).values()]
    assert len(read) > 40
