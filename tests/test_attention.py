"""The order in which indicators are told: by the part of the way, never by how much a figure has changed."""

from dataclasses import replace
from typing import Any

from samlad.foundation.rows import IndicatorCasesRow
from samlad.judgement import attention_order
from samlad.judgement.facts import Case, MissingAnswer
from samlad.judgement.figure_change import Figure
from samlad.judgement.judged_years import Judged
from samlad.judgement.verdicts import judge
from tests.rows import filled


def judged(name: str, base: int, latest: int, n: int = 1000, **known: Any) -> Judged:
    """A share of n in 2021 and 2025, towards the årsmål of 2025."""
    usual: dict[str, Any] = {"base_year": 2021, "base": Figure(base, n), "target": 0.6}
    case = replace(Case("share", "increase", 2025, Figure(latest, n)), **usual | known)
    return Judged({2025: filled(IndicatorCasesRow, indicator=name)}, {2025: judge(case)})


def names(found: list[Judged]) -> list[str]:
    """The names, in order."""
    return [one.name for one in found]


def test_the_least_of_the_way_is_told_first_however_much_has_changed() -> None:
    near = judged("73 against 74, up from 45", 450, 730, target=0.74)
    far = judged("52 against 82", 510, 520, target=0.82)
    assert names(attention_order.needing([near, far], 2025)) == ["52 against 82", "73 against 74, up from 45"]


def test_the_wrong_way_goes_before_all_and_what_is_met_or_in_pace_is_not_told() -> None:
    on_the_way = {"year": 2024, "target": 0.55, "last_target": 0.6, "last_target_year": 2025}
    wrong = judged("wrong", 4000, 3500, 10_000, **on_the_way)
    still = judged("still", 4000, 4000, 10_000, **on_the_way)
    half = judged("half", 400, 500)
    met = judged("met", 400, 650)
    lost = judged("met at the base, lost", 700, 500)
    found = [half, met, still, lost, wrong]
    for one in found:
        one.verdicts.setdefault(2025, next(iter(one.verdicts.values())))  # type: ignore[attr-defined]
    assert names(attention_order.needing(found, 2025)) == ["wrong", "met at the base, lost", "still", "half"]


def test_what_the_answers_leave_open_goes_by_how_few_would_settle_it() -> None:
    def missing(*sizes: int) -> tuple[MissingAnswer, ...]:
        return tuple(MissingAnswer(f"Nämnd {at}", "-", size) for at, size in enumerate(sizes, start=1))

    one = judged("one", 40, 58, 100, missing=missing(60, 3))
    several = judged("several", 40, 62, 100, missing=missing(3, 3, 3, 3))
    settled = judged("settled", 40, 80, 100, missing=missing(3))
    found = attention_order.left_open([several, settled, one], 2025)
    assert names(found) == ["one", "several"]
    assert attention_order.settled_by(found[0].verdicts[2025]) == "kan avgöras av ett svar; saknas: Nämnd 1 och 1 till"
    assert attention_order.settled_by(found[1].verdicts[2025]).startswith(
        "kan avgöras av 2 svar; saknas: Nämnd 1 och 3 till"
    )
    alone = judged("alone", 40, 58, 100, missing=missing(60))
    assert attention_order.settled_by(alone.verdicts[2025]) == "avgörs av Nämnd 1"
    assert attention_order.settled_by(settled.verdicts[2025]) == ""


def test_what_has_changed_most_goes_by_standard_errors_or_the_worth_of_one() -> None:
    much, little = judged("much", 400, 600), judged("little", 400, 470)
    units = judged("units", 3, 9, 12, varies=False)
    same = judged("same units", 9, 9, 12, varies=False)
    unsure = judged("unsure", 400, 410)
    assert names(attention_order.changed([little, same, units, unsure, much], 2025)) == ["much", "units", "little"]


def test_a_list_of_changes_is_read_against_chance() -> None:
    found = [judged(str(at), 400, 410 + at) for at in range(20)]
    tried = attention_order.tried_by_chance(one.verdicts[2025] for one in found)
    assert attention_order.chance_said(tried) == (
        "Även om inget hade ändrats skulle ungefär en av de 20 som prövas mot slumpen se ut att ha gjort det."
    )
    assert attention_order.chance_said(tried[:2]) == ""
    assert "mindre än en" in attention_order.chance_said(tried[:5])
