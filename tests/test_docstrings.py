"""The examples in docstrings hold, in every module that has any."""

import doctest
import importlib

import pytest

from samlad.foundation.store import REPOSITORY

SOURCES = sorted(path for place in ("samlad", "benchmarks", "tests") for path in (REPOSITORY / place).rglob("*.py"))
EXAMPLES = doctest.DocTestParser()


def module_name(path: str) -> str:
    """Return the name under which a file of the repository is imported.

    >>> module_name("samlad/swedish/numbers.py"), module_name("samlad/report/__init__.py")
    ('samlad.swedish.numbers', 'samlad.report')
    """
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


WITH_EXAMPLES = [
    module_name(path.relative_to(REPOSITORY).as_posix())
    for path in SOURCES
    if EXAMPLES.get_examples(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    ran = doctest.testmod(importlib.import_module(name))
    assert ran.attempted and not ran.failed


def test_examples_are_found_where_they_stand() -> None:
    assert {"samlad.judgement.statistics", "benchmarks.measuring", __name__} <= set(WITH_EXAMPLES)
