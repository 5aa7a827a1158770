"""The order of attention: which indicators a list names, and which first.

Pages and documents take their lists from here; they do not order indicators themselves. Verdicts are only read here,
`verdicts` makes them. The rules stand in docs/methods.md, "The order of attention".
"""

from collections.abc import Iterable, Sequence

from samlad.judgement import false_alarms
from samlad.judgement.facts import Case
from samlad.judgement.judged_years import Judged
from samlad.judgement.verdicts import NOT_REACHED, Mark, Verdict, answers_needed
from samlad.swedish import numbers, words

MOST_NAMED = 1
_FEW = {1: "en", 2: "två", 3: "tre", 4: "fyra"}
FEWEST_TRIED = 3
"""The fewest tested changes in a list for which chance is mentioned."""


def needing(found: Iterable[Judged], year: int) -> list[Judged]:
    """Return the indicators that need attention: wrong way first, then the least of the way to the årsmål."""
    asking = [one for one in found if one.verdicts[year].mark in NOT_REACHED]
    return sorted(asking, key=lambda one: order(one.verdicts[year], one.name))


def order(verdict: Verdict, name: str) -> tuple[bool, bool, float, str]:
    """Return the sort key of a verdict that needs attention; lower comes earlier in the list."""
    way = verdict.way
    return verdict.mark is not Mark.WRONG_WAY, way is None, 0.0 if way is None else round(way, 9), name


def left_open(found: Iterable[Judged], year: int) -> list[Judged]:
    """Return the indicators that missing answers leave open, fewest answers needed first."""
    needed = [(answers_needed(one.verdicts[year]), one) for one in found]
    asking = [(number, one.name, one) for number, one in needed if number is not None]
    return [one for _, _, one in sorted(asking, key=lambda each: each[:2])]


def settled_by(verdict: Verdict) -> str:
    """Return in Swedish how few answers would settle a verdict, and the missing organisations; else ""."""
    needed, missing = answers_needed(verdict), verdict.case.missing
    if needed is None:
        return ""
    who = words.listed([one.organisation for one in missing], MOST_NAMED)
    if len(missing) == 1:
        return f"avgörs av {who}"
    answers = "ett svar" if needed == 1 else f"{numbers.number(needed)} svar"
    return f"kan avgöras av {answers}; saknas: {who}"


def changed(found: Iterable[Judged], year: int) -> list[Judged]:
    """Return the indicators changed since the base, possibly or by full count, the largest change first."""
    moved = [one for one in found if (change := one.verdicts[year].change) is not None and change.is_told]
    return sorted(moved, key=lambda one: _by_size(one.verdicts[year], one.name))


def _by_size(verdict: Verdict, name: str) -> tuple[float, str]:
    return -abs(verdict.change.z) if verdict.change else 0.0, name


def tried_by_chance(verdicts: Iterable[Verdict]) -> list[Case]:
    """Return the cases whose change since the base is tested against chance."""
    return [one.case for one in verdicts if one.change is not None and one.change.certainty is not None]


def chance_said(tried: Sequence[Case]) -> str:
    """Return the Swedish sentence on how many tested changes chance alone would flag; "" below FEWEST_TRIED."""
    if len(tried) < FEWEST_TRIED:
        return ""
    expected = round(false_alarms.expected_possible(tried))
    about = f"ungefär {_FEW.get(expected, numbers.number(expected))}" if expected else "mindre än en"
    return (
        f"Även om inget hade ändrats skulle {about} av de {numbers.number(len(tried))} som prövas mot slumpen se ut "
        "att ha gjort det."
    )


DRIFT_BACK = "Tal som har ändrats ovanligt mycket brukar gå tillbaka en del av sig själva."
"""The sentence that stands once below a list of extremes."""
