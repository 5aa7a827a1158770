"""Objects that stay are put out of the collector's way; those left behind are collected all the same."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from samlad.server import garbage


class Left:
    """Something that holds on to itself, as sessions do."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(garbage, "_runs", 0)
    gc.unfreeze()
    yield
    gc.unfreeze()


def runs(number: int) -> list[int]:
    """Count some runs; those that put something away, from 1."""
    return [run for run in range(1, number + 1) if garbage.settle()]


def test_the_first_run_puts_everything_away_and_later_ones_wait_until_much_has_come() -> None:
    assert runs(60) == [1]
    put_away = gc.get_freeze_count()
    come = [[number] for number in range(garbage.LOOSE_AT_MOST + 1)]
    assert len(runs(garbage.LOOK_EVERY)) == 1
    assert gc.get_freeze_count() > put_away + len(come) // 2


def test_what_was_put_away_and_then_left_behind_is_collected_when_more_has_come() -> None:
    left = Left()
    seen = weakref.ref(left)
    assert garbage.settle()
    del left
    gc.collect()
    assert seen() is not None, "what is put away is not looked through"
    come = [[number] for number in range(garbage.LOOSE_AT_MOST + 1)]
    runs(garbage.LOOK_EVERY)
    assert seen() is None
    assert len(come) > garbage.LOOSE_AT_MOST
