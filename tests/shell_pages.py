"""The pages of Samlad, read from its shell: the one list that page tests, journeys, walks and benchmarks use."""

import ast
from dataclasses import dataclass

from samlad.foundation.store import REPOSITORY

SHELL = REPOSITORY / "samlad" / "server" / "shell.py"


@dataclass(frozen=True)
class ShellPage:
    """A page: its file in pages/ without the suffix, its title in the menu, and its path."""

    file: str
    title: str
    path: str
    is_first: bool = False

    @property
    def address(self) -> str:
        """The path that a link holds; the first page has none."""
        return "" if self.is_first else self.path


def pages_in(source: str) -> tuple[ShellPage, ...]:
    """Return the pages that a shell adds, in the order of its menu.

    >>> pages_in('st.Page("../../pages/goal.py", title="Mål", url_path="mal")')
    (ShellPage(file='goal', title='Mål', path='mal', is_first=False),)
    """
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    found = []
    for call in calls:
        if isinstance(call.func, ast.Attribute) and call.func.attr == "Page":
            (source_file,) = (ast.literal_eval(one) for one in call.args)
            given = {one.arg: ast.literal_eval(one.value) for one in call.keywords}
            file = source_file.rpartition("/")[2].removesuffix(".py")
            found.append(ShellPage(file, given["title"], given["url_path"], given.get("default", False)))
    return tuple(found)


PAGES = pages_in(SHELL.read_text(encoding="utf-8"))
FILES = tuple(page.file for page in PAGES)
ADDRESSES = tuple(page.address for page in PAGES)
