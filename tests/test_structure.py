"""The shape of the house: who imports whom, what the top level holds, what the documents promise."""

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from samlad.foundation import schema
from samlad.warehouse import sql_files

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "samlad"
MOST_LINES = 400
GENERATED = "generated from"
"""Part of the first line of a generated module."""

LINTER = Path(sys.executable).with_name("lint-imports")


def imports(path: Path) -> set[str]:
    """The modules a file imports, as dotted names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def written_modules() -> list[Path]:
    """Every module of the package that people write."""
    return [path for path in modules() if GENERATED not in path.read_text(encoding="utf-8").partition("\n")[0]]


def test_the_contracts_of_imports_hold() -> None:
    """The stages, the wall and the face, as pyproject.toml has them for import-linter."""
    done = subprocess.run([LINTER, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_process_that_shows_pages_loads_nothing_of_the_raw_side() -> None:
    """Everything that pages import is loaded in a fresh process, but the page where reports are handed in."""
    shown = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for part in ("views", "report", "warehouse", "judgement")
        for path in (PACKAGE / part).rglob("*.py")
        if "views/reporting/" not in path.as_posix()
    ]
    code = f"import sys, app, {', '.join(shown)}; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    raw = re.compile(r"(samlad\.(publish|submissions)|scipy)\b")
    assert not [name for name in done.stdout.split() if raw.match(name)]


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.name)
def test_a_page_imports_only_streamlit_and_the_face(path: Path) -> None:
    allowed = (
        "streamlit",
        "samlad.views",
        "samlad.swedish",
        "samlad.foundation.rows",
    )
    own = {name for name in imports(path) if name != "samlad"}
    assert not {name for name in own if not name.startswith(allowed)}


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.name)
def test_a_page_holds_no_sql_no_arithmetic_no_state_and_no_functions(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    arithmetic = (ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
    for node in ast.walk(tree):
        assert not isinstance(node, ast.FunctionDef | ast.ClassDef), f"{path.name}:{node.lineno} defines something"
        if isinstance(node, ast.BinOp):
            assert not isinstance(node.op, arithmetic), f"{path.name}:{node.lineno} calculates"
        if isinstance(node, ast.Attribute):
            assert node.attr != "session_state", f"{path.name}:{node.lineno} touches session state"
    assert not re.search(r"\bselect\b.+\bfrom\b", path.read_text(encoding="utf-8"), re.IGNORECASE | re.DOTALL)


def test_publishing_and_the_command_line_never_load_streamlit() -> None:
    loaded = (
        "import sys, samlad.cli.commands, samlad.publish.publishing;"
        "print('streamlit' in sys.modules, 'altair' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_only_the_warehouse_makes_cursors_and_nobody_shares_a_connection() -> None:
    for path in modules():
        found = path.read_text(encoding="utf-8")
        if ".cursor()" in found:
            assert path.name == "database.py", f"{path} makes a cursor of its own"


def test_no_mean_of_shares_stands_anywhere_in_queries() -> None:
    for path in (ROOT / "queries").rglob("*.sql"):
        bare = sql_files.code(path.read_text(encoding="utf-8")).lower()
        assert not re.search(r"\b(avg|mean|median|favg)\s*\(", bare), f"{path} averages; counts must be added"


def test_the_data_dictionary_is_the_schema() -> None:
    assert (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8") == schema.dictionary()


def test_readme_and_ci_call_the_same_test_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    command = ci.strip().splitlines()[-1]
    assert command in readme
    assert "-m tests" in command
    apt = re.search(r"apt-get install -y [a-z \-]+", ci)
    assert apt and apt.group().strip() in readme


def test_top_level_holds_what_the_design_names() -> None:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    top = {line.split("/")[0] for line in done.stdout.splitlines()}
    assert top <= {
        *("app.py", "pages", "data", "queries", "tests", "requirements.txt", "samlad", "README.md", "pyproject.toml"),
        *(".streamlit", ".ci", "docs", "benchmarks", "CHANGELOG.md", ".gitignore"),
    }


def test_no_module_name_stands_twice() -> None:
    """A generated module bears the name of the folder it is generated from."""
    named = Counter(path.stem for path in written_modules() if path.stem not in ("__init__", "__main__"))
    assert not [name for name, count in named.items() if count > 1]


def test_no_class_name_stands_twice() -> None:
    named = Counter(
        node.name
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert not [name for name, count in named.items() if count > 1]


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    assert not [path for path in written_modules() if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES]


@pytest.mark.parametrize("name", ["security.md", "privacy.md", "gallring.md", "reports-in.md", "performance.md"])
def test_every_test_and_benchmark_that_a_document_names_is_there(name: str) -> None:
    named = set(re.findall(r"\b(?:tests|benchmarks)/\w+\.py", (ROOT / "docs" / name).read_text(encoding="utf-8")))
    assert {path for path in named if not (ROOT / path).is_file()} == set()


@pytest.mark.parametrize("place", ["samlad", "pages", "tests", "benchmarks"])
def test_a_docstring_begins_with_a_verb_or_a_noun(place: str) -> None:
    """See the style in docs/contributing.md: sentences that begin with these words say little without the code."""
    vague = re.compile(r'\s*r?"""(What|Whether|Who|Whom|That|How|Which|Where|Why)\b')
    for path in sorted((ROOT / place).rglob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert not [f"{path.name}:{number}" for number, line in enumerate(lines, start=1) if vague.match(line)]
