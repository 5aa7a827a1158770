"""The list of mutants follows the code: each fragment stands once, and its tests are there. None is run here."""

import re

import pytest

from benchmarks.mutants import MUTANTS, ROOT, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_breaks_one_place_and_names_tests_that_exist(mutant: Mutant) -> None:
    source = (ROOT / mutant.file).read_text(encoding="utf-8")
    assert mutant.applied(source) != source
    held = "".join((ROOT / path).read_text(encoding="utf-8") for path in mutant.tests.split())
    missing = [
        word for word in re.findall(r"\w+", mutant.chosen) if word not in ("and", "or", "not") and word not in held
    ]
    assert not missing, f"no test of {mutant.tests} is called {missing}"


def test_a_fragment_that_is_gone_or_stands_twice_is_refused() -> None:
    mutant = Mutant("name", "file", "a < b", "a <= b", "tests")
    assert mutant.applied("if a < b:") == "if a <= b:"
    for source in ("if a > b:", "a < b or a < b"):
        with pytest.raises(ValueError, match="name: the fragment stands"):
            mutant.applied(source)


def test_there_are_sixty_mutants_or_more_each_with_its_own_name() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 60
