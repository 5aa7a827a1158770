"""The attacker in benchmarks/ recovers nothing of what is published, and something when protection is switched off."""

from benchmarks import attack


def test_an_attacker_who_sees_two_editions_recovers_nothing() -> None:
    outcome = attack.run(6, districts=5)
    assert outcome.recovered == []
    assert (outcome.broken, outcome.wrong) == (0, 0), "the attacker has misread the tables"
    assert outcome.hidden > 500


def test_the_same_attacker_recovers_counts_when_only_the_rule_is_followed() -> None:
    outcome = attack.run(2, districts=5, without_secondary=True)
    assert len(outcome.recovered) > 20
    assert (outcome.broken, outcome.wrong) == (0, 0)
