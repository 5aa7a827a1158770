"""One precision: a figure and its årsmål look as different as they are, in as few decimals as that takes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samlad.foundation.rows import IndicatorCasesRow
from samlad.judgement.facts import Case
from samlad.judgement.figure_change import Figure
from samlad.judgement.verdicts import judge
from samlad.swedish import precision, row_words, verdict_numbers
from samlad.swedish.numbers import SPACE
from tests.rows import filled


@pytest.mark.parametrize(
    ("value", "aim", "figure", "target"),
    [
        (35 / 39, 0.9, "89,7 %", "90,0 %"),
        (0.75, 0.75, "75 %", "75 %"),
        (0.746, 0.75, "74,6 %", "75,0 %"),
        (0.7496, 0.75, "74,96 %", "75,00 %"),
        (0.74999, 0.75, "knappt 75 %", "75 %"),
        (0.75001, 0.75, "drygt 75 %", "75 %"),
        (0.5528, 0.82, "55 %", "82 %"),
        (0.4535, 0.45, "45,4 %", "45,0 %"),
        (0.996, None, "99,6 %", None),
        (0.99999, None, "knappt 100 %", None),
        (0.00001, None, "drygt 0 %", None),
        (1.0, 1.0, "100 %", "100 %"),
        (0.996, 1.0, "99,6 %", "100,0 %"),
        (0.73, 0.725, "73,0 %", "72,5 %"),
    ],
)
def test_shares(value: float, aim: float | None, figure: str, target: str | None) -> None:
    assert precision.figure(value, "share", beside=aim).replace(SPACE, " ") == figure
    if aim is not None:
        assert precision.target(aim, "share", beside=value).replace(SPACE, " ") == target


def test_other_measures_keep_their_own_decimals() -> None:
    assert precision.figure(18.14, "rate", unit="per 1 000 invånare", beside=16.0).startswith("18,14 per")
    assert precision.figure(18.144, "rate", beside=18.14) == "drygt 18,14"
    assert precision.figure(7.44, "index", beside=7.4) == "7,44"
    assert precision.target(7.4, "index", beside=7.44) == "7,40"
    assert precision.figure(451, "count", unit="möten", beside=450) == f"451{SPACE}möten"


def number(said: str) -> float:
    """The number that is written, without what stands around it."""
    return float(said.replace("knappt ", "").replace("drygt ", "").replace(SPACE, "").rstrip("%").replace(",", "."))


@given(st.integers(0, 400), st.integers(1, 400), st.integers(0, 100), st.sampled_from(["increase", "decrease"]))
@settings(max_examples=500, deadline=None)
def test_no_rounding_contradicts_the_verdict(x: int, n: int, percent: int, direction: str) -> None:
    if x > n:
        return
    aim = percent / 100
    figure, target = precision.figure(x / n, "share", beside=aim), precision.target(aim, "share", beside=x / n)
    found = judge(Case("share", direction, 2024, Figure(x, n), target=aim))
    shown, wanted = number(figure), number(target)
    if figure.startswith(("knappt", "drygt")):
        assert (x / n < aim) == figure.startswith("knappt") or shown in (0, 100)
    else:
        assert found.met == (shown <= wanted if direction == "decrease" else shown >= wanted)
        assert (shown == wanted) == (x / n == aim)
        assert len(figure.partition(",")[2]) == len(target.partition(",")[2]), "one precision for both"
    assert (shown in (0, 100)) == (x in (0, n)) or figure.startswith(("knappt", "drygt"))


@given(st.integers(0, 90), st.integers(1, 90), st.integers(0, 100))
@settings(max_examples=200, deadline=None)
def test_a_sentence_and_a_table_write_a_figure_alike(x: int, n: int, percent: int) -> None:
    if x > n:
        return
    row = filled(
        IndicatorCasesRow, value=x / n, measure="share", unit="procent", target=percent / 100, target_set_by="kf"
    )
    verdict = judge(Case("share", "increase", 2024, Figure(x, n), target=percent / 100))
    assert row_words.case_figure(row) == verdict_numbers.latest(verdict)
    assert verdict_numbers.target(verdict, percent / 100).endswith(row_words.target(row))
