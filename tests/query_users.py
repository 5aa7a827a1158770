"""Users of each query, read from the source. `python -m tests.query_users` writes them into the headers."""

import ast
import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from samlad.foundation import schema, store
from samlad.warehouse import engine, row_types, sql_files
from samlad.warehouse.sql_files import Query

ASKS = ("ask", "from_arrow", "load", "load_rows", "query", "rows")
"""The functions whose first argument is a query's name, or the class of its rows."""

BY_NAME_ONLY = "cli"
"""The user of a query that no page or report asks: anybody can, with `python -m samlad query NAME`."""

PUBLISHED = "snapshot"
"""The user of a step of publish whose table is published."""

_START = "-- used by "
_WIDTH = 120


def described(folder: Path) -> list[Query]:
    """Return the queries whose header says who uses them: all but the rules, which run because they are there."""
    apart = [folder / name for name in ("form", "publish", "views", "checks/views", "gaps/views")]
    return [
        *engine.questions(folder).values(),
        *(one for path in apart for one in sql_files.all_queries(path).values()),
    ]


def users(repository: Path) -> dict[Path, list[str]]:
    """Return for each described query, by its file, the rooms of samlad, the pages and the folders of queries."""
    queries = repository / "queries"
    classes = {row_types.class_name(name): name for name in engine.questions(queries)}
    asked, words = _asked(repository, classes)
    read = _sources(queries)
    found = {}
    for query in described(queries):
        folder = query.path.parent.relative_to(queries).as_posix()
        if folder == "form":
            using = words[query.name]
        elif folder.endswith("views"):
            using = read[query.name, folder.removesuffix("views")]
        elif folder == "publish":
            published = {PUBLISHED} if query.name in {table.name for table in schema.PUBLISHED} else set()
            using = published | read[query.name, ""] | ({"publish"} & words[query.name])
        else:
            using = asked[query.name] or {BY_NAME_ONLY}
        found[query.path] = sorted(using)
    return found


def _asked(repository: Path, classes: Mapping[str, str]) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
    """Return who asks by name or by row class, and who holds the name as a string anywhere."""
    asked: Mapping[str, set[str]] = defaultdict(set)
    words: Mapping[str, set[str]] = defaultdict(set)
    for path in [*sorted(repository.glob("samlad/**/*.py")), *sorted(repository.glob("pages/*.py"))]:
        user = path.relative_to(repository).with_suffix("").as_posix()
        user = user if user.startswith("pages/") else user.removeprefix("samlad/").rpartition("/")[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words[node.value].add(user)
            elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ASKS:
                for word in node.args[:1]:
                    if isinstance(word, ast.Constant):
                        asked[word.value].add(user)
                    elif isinstance(word, ast.Name) and word.id in classes:
                        asked[classes[word.id]].add(user)
    return asked, words


def _sources(queries: Path) -> Mapping[tuple[str, str], set[str]]:
    """Return who reads a view or a step of publish, by its name and the folder, with a slash, that shows it."""
    read: Mapping[tuple[str, str], set[str]] = defaultdict(set)
    own = {room: set(sql_files.all_queries(queries / room / "views")) for room in ("checks", "gaps")}
    for path, query in _every(queries):
        folder = path.parent.relative_to(queries)
        room = folder.parts[0]
        for name in query.source:
            read[name, f"{room}/" if name in own.get(room, ()) else ""].add(f"queries/{folder.as_posix()}")
    return read


def _every(queries: Path) -> Iterator[tuple[Path, Query]]:
    for path in sorted(queries.rglob("*.sql")):
        if path.name != "macros.sql":
            yield path, sql_files.parse(path)


def with_users(text: str, using: list[str]) -> str:
    """Return a SQL file's text with its `-- used by` line, put after `-- source`, saying this."""
    lines = text.splitlines()
    header = next(number for number, line in enumerate(lines) if not line.startswith("--"))
    kept: list[str] = []
    is_inside = False
    for line in lines[:header]:
        is_inside = line.startswith(_START) or (is_inside and line.startswith("--    "))
        if not is_inside:
            kept.append(line)
    wrapped = textwrap.wrap(", ".join(using), _WIDTH - len(_START), break_on_hyphens=False)
    said = [f"{_START if not number else '--'.ljust(len(_START))}{words}" for number, words in enumerate(wrapped)]
    return "\n".join([*kept, *said, *lines[header:], ""])


def main() -> None:
    """Write every `-- used by` line anew."""
    for path, using in users(store.REPOSITORY).items():
        path.write_text(with_users(path.read_text(encoding="utf-8"), using), encoding="utf-8")


if __name__ == "__main__":
    main()
