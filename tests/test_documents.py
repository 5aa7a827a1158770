"""Documents hold what there is: pages, queries, rules, commands, settings, packages and files, all and no others.

Files are sought by name, wherever they lie below their folder.
"""

import ast
import importlib
import re
import tomllib
from pathlib import Path

import pytest

from samlad.cli import reference
from samlad.cli.commands import main
from samlad.foundation.errors import DomainError, SamladError
from samlad.warehouse import sql_files
from tests import test_recipes

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
HAND_WRITTEN = sorted(path for path in [*DOCS.glob("*.md"), ROOT / "README.md"] if path.name != "data-dictionary.md")
FOLDERS = ("samlad", "queries", "pages", "tests", "benchmarks", "docs", "data", ".streamlit", ".ci")
NOT_KEPT = {"data/example", "docs/data-dictionary.md"}
"""Named in the documents, and made when it is needed or read elsewhere."""


def text(name: str) -> str:
    """Return one document."""
    return (DOCS / name).read_text(encoding="utf-8")


def table(document: str, heading: str) -> list[list[str]]:
    """Return the rows of the first table under a heading, without its headings."""
    (section,) = re.findall(rf"^##+ {re.escape(heading)}\n(.*?)(?=^##|\Z)", document, re.DOTALL | re.MULTILINE)
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def named(cell: str) -> set[str]:
    """Return what stands between backticks."""
    return set(re.findall(r"`([^`]+)`", cell))


def shown_pages() -> dict[str, tuple[str, str]]:
    """Return the script, the title and the address of each page of the shell."""
    shell = ast.parse((ROOT / "samlad" / "server" / "shell.py").read_text(encoding="utf-8"))
    found = {}
    for node in ast.walk(shell):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.Page":
            said = {word.arg: ast.literal_eval(word.value) for word in node.keywords}
            script = ast.literal_eval(node.args[0]).removeprefix("../../")
            found[script] = (said["title"], f"/{said['url_path']}")
    return found


def test_every_page_of_the_shell_has_its_row_and_no_other_has() -> None:
    rows = table(text("architecture.md"), "Pages")
    told = {named(script).pop(): (title, named(address).pop()) for title, address, _, script, _ in rows}
    assert told == shown_pages()
    assert {path.relative_to(ROOT).as_posix() for path in (ROOT / "pages").glob("*.py")} == set(told)
    assert all(question.endswith("?") for _, _, question, _, _ in rows)


def test_every_package_has_its_row_and_no_other_has() -> None:
    told = {named(cells[0]).pop() for cells in table(text("architecture.md"), "Packages")}
    assert told == {f"samlad/{path.parent.name}/" for path in (ROOT / "samlad").glob("*/__init__.py")}


def test_every_package_says_what_belongs_there() -> None:
    for path in (ROOT / "samlad").rglob("__init__.py"):
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert said, f"{path.relative_to(ROOT)} says nothing"


@pytest.mark.parametrize("name", ["queries", "commands"])
def test_a_page_of_reference_is_what_the_code_says(name: str) -> None:
    told = "python -m samlad.cli.reference writes it anew"
    assert text(f"{name}.md") == {"queries": reference.queries, "commands": reference.commands}[name](), told


def test_the_reference_holds_every_sql_file() -> None:
    held = {path.stem for paths in reference.sql_paths().values() for path in paths}
    macros = {path.stem for path in (ROOT / "queries").rglob("*.sql") if not is_with_header(path)}
    assert held == {path.stem for path in (ROOT / "queries").rglob("*.sql")} - macros
    assert all(f"### {name}\n" in text("queries.md") or f"`{name}`" in text("queries.md") for name in held)


def is_with_header(path: Path) -> bool:
    """Return True when a SQL file is a question, a rule or a step; macros have no columns."""
    return "\n-- column " in path.read_text(encoding="utf-8")


def test_every_gap_rule_has_its_row_and_no_other_has() -> None:
    rows = table(
        text("gaps.md").replace("# Gaps in responsibility", "## Gaps in responsibility"), "Gaps in responsibility"
    )
    told = [rule for cells in rows for rule in cells[0].split(", ")]
    rules = [sql_files.parse(path).rule for path in (ROOT / "queries").rglob("gaps/*.sql") if is_with_header(path)]
    assert sorted(told) == sorted(rules)
    assert all(finds and claims for _, finds, claims in rows)


def environment() -> set[str]:
    """Return the settings that the package reads from the environment."""
    read = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "samlad").rglob("*.py"))
    return set(re.findall(r"environ(?:\.get\(|\[)\"(SAMLAD_\w+)\"", read))


def configured() -> set[str]:
    """Return the settings of .streamlit/config.toml, the theme's colours as one."""
    held = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    return {f"{part}.{name}" for part, settings in held.items() if part != "theme" for name in settings} | {"theme.*"}


def test_every_setting_has_its_row_and_no_other_has() -> None:
    rows = table(text("operating.md"), "Settings")
    told = {name for cells in rows for name in named(cells[0])}
    assert told - {"server.port"} == environment() | configured()
    readers = {name: named(cells[3]) for cells in rows for name in named(cells[0]) if name.startswith("SAMLAD_")}
    for name, places in readers.items():
        reading = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / "samlad").rglob("*.py")
            if re.search(rf"environ(?:\.get\(|\[)\"{name}\"", path.read_text(encoding="utf-8"))
        }
        assert places == reading, name


def test_the_defaults_of_configured_settings_are_those_of_the_file() -> None:
    held = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for cells in table(text("operating.md"), "Settings"):
        if "config.toml" in cells[3] and "theme.*" not in cells[0]:
            names, values = re.findall(r"`([^`]+)`", cells[0]), re.findall(r"`([^`]+)`", cells[1])
            for name, value in zip(names, values * len(names), strict=False):
                part, key = name.split(".")
                assert str(held[part][key]).lower() == value or value in values[1:], name


def test_every_class_of_fault_that_operators_meet_exists() -> None:
    told = {name for cells in table(text("operating.md"), "When something is wrong") for name in named(cells[0])}
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "samlad").rglob("*.py"))
    ours = set(re.findall(r"^class (\w+)\(", source, re.MULTILINE)) | {"OSError"}
    assert told <= ours
    assert {SamladError.__name__, DomainError.__name__} <= told
    direct = set(re.findall(r"^class (\w+)\(SamladError\)", source, re.MULTILINE))
    assert direct <= told, "every kind of fault that a user can act on has a row"


def test_commands_named_in_the_documents_exist() -> None:
    for path in HAND_WRITTEN:
        for command in re.findall(r"python -m samlad ([a-z][a-z-]+)", path.read_text(encoding="utf-8")):
            assert command in main.commands, f"{path.name} names {command}"
    day_by_day = table(text("operating.md"), "Day by day")
    assert {words.split()[0] for cells in day_by_day for words in named(cells[1])} <= set(main.commands)


def paths_of(document: Path) -> set[str]:
    """Return the files and folders of the repository that a document names, patterns left out."""
    shown = re.sub(r"^```.*?^```$", "", document.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    said = {
        words for words in re.findall(r"`([^`\s]+)`", shown) if words.startswith(tuple(f"{one}/" for one in FOLDERS))
    }
    return {words.rstrip("/") for words in said if not re.search(r"[*…={]", words)} - NOT_KEPT


@pytest.mark.parametrize("document", HAND_WRITTEN, ids=lambda path: path.name)
def test_files_named_in_a_document_exist(document: Path) -> None:
    made = set()
    if document.name == "contributing.md":
        titles = re.findall(r"^## (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
        written = [step.path for title in titles for step in test_recipes.recipe(title) if step.verb == "write"]
        made = {*written, *(Path(path).parent.as_posix() for path in written)}
    missing = {path for path in paths_of(document) - made if not (ROOT / path).exists()}
    assert not missing, f"{document.name} names {sorted(missing)}"


@pytest.mark.parametrize("document", HAND_WRITTEN, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached, seen = {ROOT / "README.md"}, set()
    while reached - seen:
        path = (reached - seen).pop()
        seen.add(path)
        if path.suffix == ".md":
            links = re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text(encoding="utf-8"))
            reached |= {(path.parent / link).resolve() for link in links}
    assert set(DOCS.glob("*")) <= seen


def test_the_way_of_one_figure_names_functions_that_exist() -> None:
    rows = table(text("architecture.md"), "The way of one figure")
    modules = {path.stem: path for path in (ROOT / "samlad").rglob("*.py")}
    for cells in rows:
        for name in named(cells[1]) | named(cells[2]):
            module, _, function = name.partition(".")
            if module in modules and function and function.isidentifier():
                dotted = ".".join(modules[module].relative_to(ROOT).with_suffix("").parts)
                assert hasattr(importlib.import_module(dotted), function), f"{name} is not there"


def test_the_glossary_names_identifiers_that_stand_where_it_says() -> None:
    rows = [cells for cells in glossary() if named(cells[3])]
    assert len(rows) > 40
    for _, _, identifier, place in rows:
        files = [path for name in named(place) for path in files_of(name)]
        assert files, f"{place} is no file"
        held = "\n".join(path.read_text(encoding="utf-8") for path in files)
        for name in named(identifier):
            assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", held), f"{name} does not stand in {place}"


def glossary() -> list[list[str]]:
    """Return the rows of every table of the glossary."""
    lines = [line for line in text("glossary.md").splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [cells for cells in rows if cells[0] not in ("Swedish", "Term")]


def files_of(name: str) -> list[Path]:
    """Return the file of a name in the repository; a SQL file by its name, wherever it lies in queries/."""
    if name.endswith(".sql"):
        return sorted((ROOT / "queries").rglob(name))
    return [ROOT / name] if (ROOT / name).is_file() else []


def test_decisions_are_dated_apart_and_in_order() -> None:
    lines = text("decisions.md").splitlines()
    dates = []
    for number, line in enumerate(lines):
        if line.startswith("**"):
            found = re.match(r"\*\*(\d{4}-\d{2}-\d{2})\. .+", line)
            assert found, line
            assert not lines[number - 1], f"no blank line before: {line}"
            dates.append(found[1])
    assert dates == sorted(dates)
    assert len(dates) > 50
