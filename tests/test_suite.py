"""The suite itself: what is slow is marked, every page is in the one list, and long properties have a whole length."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from samlad.foundation.store import REPOSITORY
from tests.shell_pages import FILES, PAGES

TEST_FILES = sorted((REPOSITORY / "tests").glob("test_*.py"))
BROWSER_IMPORT = re.compile(r"^(from|import) playwright", re.MULTILINE)
DRIVES_A_BROWSER = {"browser", "page", "sync_playwright"}
"""Fixtures and names that a test takes when it runs Chromium."""


def marks(tree: ast.Module, test: ast.FunctionDef) -> set[str]:
    """The names of the marks of a test and of its file."""
    own = [node for place in test.decorator_list for node in ast.walk(place)]
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            own += ast.walk(node.value)
    return {node.attr for node in own if isinstance(node, ast.Attribute)}


def with_marks(source: str) -> Iterator[tuple[ast.FunctionDef, set[str], set[str]]]:
    """Yield each test of a file with its marks, and every name it takes, uses in its decorators or in its body."""
    tree = ast.parse(source)
    for test in ast.walk(tree):
        if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
            names = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
            yield test, marks(tree, test), names | {one.arg for one in test.args.args}


def unmarked_in(source: str) -> set[str]:
    """Return the tests of a file that lack the mark they need: `browser`, or `long` when they ask for a length.

    >>> unmarked_in("from playwright.sync_api import Page\\ndef test_a(page): ...")
    {'test_a'}
    >>> unmarked_in("from playwright.sync_api import Page\\n@pytest.mark.browser\\ndef test_a(page): ...")
    set()
    >>> unmarked_in("def test_a(): lengths.of(1, 2)")
    {'test_a'}
    """
    is_browser_file = BROWSER_IMPORT.search(source)
    found = set()
    for test, given, names in with_marks(source):
        needs_browser = is_browser_file and names & DRIVES_A_BROWSER
        if (needs_browser and "browser" not in given) or ("lengths" in names and "long" not in given):
            found.add(test.name)
    return found


@pytest.mark.parametrize("path", TEST_FILES, ids=lambda path: path.name)
def test_what_drives_a_browser_or_asks_for_a_length_is_marked(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert unmarked_in(source) == set()
    if BROWSER_IMPORT.search(source):
        assert "pytest.mark.browser" in source


def test_the_list_of_pages_is_that_of_the_files_in_pages() -> None:
    assert sorted(FILES) == sorted(path.stem for path in (REPOSITORY / "pages").glob("*.py"))
    assert len({page.path for page in PAGES}) == len(PAGES) and sum(page.is_first for page in PAGES) == 1


def test_no_other_file_of_the_suite_lists_the_pages_paths() -> None:
    """Three paths in one literal are a list of pages kept by hand; pages named for what they show stand alone."""
    paths = {page.path for page in PAGES}
    for place in ("tests", "benchmarks"):
        for path in (REPOSITORY / place).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict):
                    held = node.keys if isinstance(node, ast.Dict) else node.elts
                    named = {
                        one.value.strip("/") for one in held if isinstance(one, ast.Constant) and one.value in paths
                    }
                    assert len(named) < len(paths) / 2, f"{path.name}:{node.lineno} lists the pages"


def test_the_fast_command_leaves_out_both_marks() -> None:
    source = (REPOSITORY / "tests" / "__main__.py").read_text(encoding="utf-8")
    assert '"not browser and not long"' in source
