"""Om: every method that a verdict rests on is explained, with an example that the data at hand give."""

import pytest

from samlad.foundation.rows import IndicatorCasesRow
from samlad.judgement import judged_years
from samlad.views.about import methods_explained
from samlad.views.common import judged_indicators
from samlad.warehouse.database import Warehouse

NAMES = [name for name, _, _ in methods_explained._methods()]
WITHOUT = {"Många på en gång", "Står det sig?", "Luckor i ansvaret", "Vad som har ändrats"}
"""The methods that are about lists, and have no one example."""


@pytest.fixture
def told(example: Warehouse, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The methods as the page tells them of the example."""
    found = judged_years.judged(example.rows(IndicatorCasesRow))
    monkeypatch.setattr(judged_indicators, "judged", lambda _organisation: found)
    return dict(methods_explained.of_indicators())


def test_each_method_has_its_words_and_its_example(told: dict[str, str]) -> None:
    assert list(told) == NAMES and len(set(NAMES)) == len(NAMES)
    assert {name for name, said in told.items() if "Exempel: " not in said} == WITHOUT
    assert all(said.endswith((".", "osäkerhet")) for said in told.values())


def test_the_sources_are_named(told: dict[str, str]) -> None:
    everything = " ".join(told.values())
    for source in ("Open SDG 2.4", "Newcombe 1998", "Przyborowski", "Armitage 1955", "Fingertips", "Benjamini"):
        assert source in everything


def test_without_data_there_are_words_and_no_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judged_indicators, "judged", lambda _organisation: [])
    assert not [said for _, said in methods_explained.of_indicators() if "Exempel:" in said]
