"""Verdicts on speed: within ten per cent of a limit is equal to it, and two tables are held against each other."""

import subprocess
import sys

import pytest

from benchmarks import measuring, publishing
from benchmarks.measuring import Figure
from samlad.foundation.store import REPOSITORY as ROOT


def of(ratio: float, limit: float | None = 1.5, *, is_exact: bool = False) -> Figure:
    """A figure that is so many times its floor."""
    return Figure("part", "name", 2 * ratio, "ms", 2.0, "floor", limit, is_exact)


@pytest.mark.parametrize(
    ("figure", "holds", "verdict"),
    [
        (of(1.5), True, "yes"),
        (of(1.64), True, "equal"),
        (of(1.66), False, "**no**"),
        (of(9.0, limit=None), None, ""),
        (of(1.06, limit=1.05, is_exact=True), False, "**no**"),
        (Figure("part", "name", 5, "queries", limit=5), True, "yes"),
        (Figure("part", "name", 5.1, "queries", limit=5), False, "**no**"),
    ],
)
def test_a_ratio_may_come_within_ten_per_cent_of_its_limit_and_what_is_counted_may_not(
    figure: Figure, holds: bool | None, verdict: str
) -> None:
    assert (figure.holds, figure.verdict) == (holds, verdict)


def test_two_runs_that_do_not_agree_are_told_apart() -> None:
    other = Figure("pages", "/om", 9.0, "ms", 1.0, "empty", 8.0)
    before, after = (f"Measured.\n\n{measuring.table([of(ratio), other, of(1.0, None)])}\n" for ratio in (1.6, 1.7))
    assert measuring.verdicts(before) == {("part", "name"): True, ("pages", "/om"): False}
    assert measuring.agreement(before, before).endswith("2 agree.")
    told = measuring.agreement(before, after)
    assert "1 agree." in told and "part, name: held before, not held now" in told and "/om" not in told


def test_all_take_their_turn_each_round_and_none_is_always_first() -> None:
    told: list[str] = []
    taken = measuring.in_turns({name: lambda name=name: told.append(name) for name in "abc"}, rounds=12)
    assert {name: len(spent) for name, spent in taken.items()} == {"a": 12, "b": 12, "c": 12}
    rounds = [tuple(told[at : at + 3]) for at in range(0, len(told), 3)]
    assert all(set(one) == set("abc") for one in rounds) and len({one[0] for one in rounds}) == 3


@pytest.mark.long
def test_the_peak_of_memory_is_the_process_own_and_not_that_of_whoever_started_it() -> None:
    held = bytearray(b"1") * (1024 * 2**20)
    ask = [sys.executable, "-c", "from benchmarks import publishing; print(publishing.peak())"]
    told = subprocess.run(ask, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert len(held) / 2**20 < publishing.peak()
    assert 20 < float(told) < 1000
