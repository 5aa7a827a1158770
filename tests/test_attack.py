"""The attacker of benchmarks/attack.py, on few programmes: it recovers nothing, and something without protection."""

import pytest

from benchmarks import attack
from tests import lengths

pytestmark = pytest.mark.long


def test_an_attacker_who_sees_two_editions_recovers_nothing() -> None:
    outcome = attack.run(lengths.of(3, 40), districts=5)
    assert outcome.recovered == []
    assert (outcome.broken, outcome.wrong) == (0, 0), "the attacker has misread the tables"
    assert outcome.hidden > 200


def test_the_same_attacker_recovers_counts_when_only_the_rule_is_followed() -> None:
    outcome = attack.run(2, districts=5, without_secondary=True)
    assert len(outcome.recovered) > 20
    assert (outcome.broken, outcome.wrong) == (0, 0)
