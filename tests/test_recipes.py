"""Recipes of docs/contributing.md, followed to the letter on a copy of the repository: what they write works.

A recipe says "Write `path`:", "In `path`, after (or before) the line that begins `…`, add:", "In `path`, replace `…`
with `…`." and "Run:"; the block that follows is taken as it stands. Everything else in it is for people.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from samlad.foundation.store import DataFolder

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parent.parent
CONTRIBUTING = ROOT / "docs" / "contributing.md"
COPIED = ("benchmarks", "data/context", "data/programme", "docs", "pages", "queries", "samlad", "tests", ".ci")
FILES = (".streamlit/config.toml", "app.py", "CHANGELOG.md", "README.md", "pyproject.toml", "requirements.txt")
FOLLOWED = ("A new gap rule", "A new check", "A new page", "A new query", "A new column in the report")

_STEP = re.compile(
    r"(?:(?P<kind>Write)\s+`(?P<new>[^`]+)`:"
    r"|In\s+`(?P<held>[^`]+)`,\s+(?P<where>after|before)\s+the\s+line\s+that\s+begins\s+`(?P<anchor>[^`]+)`,\s+add:"
    r"|(?P<run>Run):)\n\n```\w+\n(?P<block>.*?)^```$"
    r"|In\s+`(?P<changed>[^`]+)`,\s+replace\s+`(?P<old>[^`]+)`\s+with\s+`(?P<by>[^`]+)`\.",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True)
class Step:
    """One step of a recipe: a verb, the file it concerns, and what stands in the text."""

    verb: str
    path: str = ""
    old: str = ""
    block: str = ""


def section(title: str) -> str:
    """Return what stands under a heading."""
    document = CONTRIBUTING.read_text(encoding="utf-8")
    (text,) = re.findall(rf"^## {title}\n(.*?)(?=^## |\Z)", document, re.DOTALL | re.MULTILINE)
    return str(text)


def recipe(title: str) -> list[Step]:
    """Return the steps of the recipe under a heading."""
    return [_step(found) for found in _STEP.finditer(section(title))]


def _step(found: re.Match[str]) -> Step:
    if found["kind"]:
        return Step("write", found["new"], block=found["block"])
    if found["held"]:
        return Step(found["where"], found["held"], found["anchor"], found["block"])
    if found["run"]:
        return Step("run", block=found["block"])
    return Step("replace", found["changed"], found["old"], found["by"])


def follow(step: Step, root: Path, data: Path) -> None:
    """Do one step in a copy of the repository, commands on a data folder; fail when it is not as it says."""
    path = root / step.path
    match step.verb:
        case "write":
            assert not path.exists(), f"{step.path} is there already"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.block, encoding="utf-8")
        case "replace":
            text = path.read_text(encoding="utf-8")
            assert text.count(step.old) == 1, f"{step.path} has not one `{step.old}`"
            path.write_text(text.replace(step.old, step.block), encoding="utf-8")
        case "after" | "before":
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            (at,) = [place for place, line in enumerate(lines) if line.strip().startswith(step.old)]
            lines.insert(at + (step.verb == "after"), step.block)
            path.write_text("".join(lines), encoding="utf-8")
        case _:
            for command in step.block.splitlines():
                assert command.startswith(".venv/bin/python "), command
                said = subprocess.run(
                    [sys.executable, *shlex.split(command)[1:]],
                    cwd=root,
                    env={**os.environ, "SAMLAD_DATA": str(data)},
                    capture_output=True,
                    text=True,
                    check=False,
                )
                assert said.returncode == 0, f"{command}\n{said.stdout}\n{said.stderr}"


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Path]:
    """A copy of the repository, as a clone has it."""
    for name in COPIED:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    yield tmp_path
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.mark.parametrize("title", FOLLOWED)
def test_a_recipe_followed_to_the_letter_works(title: str, copy: Path, example_folder: DataFolder) -> None:
    steps = recipe(title)
    assert [step.verb for step in steps].count("run") == 1 and steps[-1].verb == "run", "a recipe ends by running"
    blocks = section(title).count("\n```\n")
    assert sum(step.verb != "replace" for step in steps) == blocks > 1, "each block belongs to a step"
    for step in steps:
        follow(step, copy, example_folder.path)
