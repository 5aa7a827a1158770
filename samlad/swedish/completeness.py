"""Completeness of a sum in words: organisations in it, organisations missing and why, and the bounds left open.

The bounds themselves belong in judgement/facts.py.
"""

from samlad.judgement.facts import Case
from samlad.judgement.statistics import Interval
from samlad.judgement.verdicts import Verdict
from samlad.swedish import numbers, verdict_numbers
from samlad.swedish.numbers import DASH

SUBJECTS = {"share": "andelen", "yes_no": "andelen", "rate": "nivån", "count": "antalet", "index": "indexet"}
"""Swedish subject for a figure of each measure."""

_REPORTERS = {"namnder": "nämnder", "bolag": "bolag", "both": "nämnder och bolag"}
_BOTH = {"namnder": "båda nämnderna", "bolag": "båda bolagen", "both": "både nämnden och bolaget"}
_WHY_MISSING = {
    "-": ("saknas", "saknas"),
    "..": ("skyddad", "skyddade"),
    ".": ("ej aktuell", "ej aktuella"),
    "no_counts": ("utan antal", "utan antal"),
    "part_of_year": ("som inte täcker hela året", "som inte täcker hela året"),
}
"""Reasons for a missing organisation, as they follow a number: singular, plural."""


def answers(verdict: Verdict) -> str:
    """Return the number of organisations in the figure and the reasons of the missing; "" for a single one."""
    case = verdict.case
    if verdict.value is None or case.reported is None or case.expected is None or case.expected < 2:
        return ""
    if case.reported < case.expected:
        of_all = numbers.of(case.reported, case.expected, reporters(case.reporters))
        return f"Utfallet bygger på {of_all}{why_missing(case)}."
    if case.measure == "yes_no":
        return ""
    everybody = _BOTH[case.reporters] if case.expected == 2 else f"alla {case.expected} {reporters(case.reporters)}"
    return f"Utfallet bygger på {everybody}."


def why_missing(case: Case) -> str:
    """Return the missing organisations counted by reason, after a colon; "" when none is missing.

    >>> from samlad.judgement.facts import MissingAnswer
    >>> from samlad.judgement.figure_change import Figure
    >>> held = tuple(MissingAnswer("Farsta", reason, 40) for reason in ("-", "-", ".."))
    >>> why_missing(Case("share", "increase", 2025, Figure(9, 12), missing=held))
    ': 2 saknas, 1 skyddad'
    """
    reasons = [one.reason for one in case.missing]
    told = [
        f"{numbers.number(reasons.count(reason))} {words[reasons.count(reason) > 1]}"
        for reason, words in _WHY_MISSING.items()
        if reason in reasons
    ]
    return f": {', '.join(told)}" if told else ""


def those_missing(case: Case) -> str:
    """Return the organisations missing from the sum, as the subject of a sentence."""
    held = case.missing
    if len(held) == 1:
        return "rapporten som saknas" if held[0].reason == "-" else "den som saknas i summan"
    if all(one.reason == "-" for one in held):
        return f"de {numbers.number(len(held))} rapporter som saknas"
    return f"de {numbers.number(len(held))} som saknas i summan"


def undecided(verdict: Verdict, target: str) -> str:
    """Return the sentence on an årsmål that missing answers leave open; "" without bounds."""
    case, bounds = verdict.case, verdict.bounds
    if bounds is None:
        return ""
    missing = those_missing(case)
    if not bounds.is_known:
        return f"Hur mycket {missing} omfattar är inte känt. Därför går det inte att säga om {target} nåddes."
    if bounds.upper is None or bounds.lower is None:
        subject, way = ("talet", "högre") if case.measure == "count" else (SUBJECTS[case.measure], "annan")
        when = f"{capital(subject)} kan bli {way} när {missing} är med."
        return f"{when} Först då vet vi om {target} nåddes."
    return f"{left_open(verdict)}. Svaren räcker inte för att säga om {target} nåddes."


def left_open(verdict: Verdict) -> str:
    """Return the figures that are possible once the missing organisations are in the sum."""
    case, bounds = verdict.case, verdict.bounds
    if bounds is None:
        return ""
    missing, subject = those_missing(case), SUBJECTS[case.measure]
    if bounds.upper is None or bounds.lower is None:
        return f"Med {missing} blir {subject} lägst {verdict_numbers.figure(verdict, bounds.lower or 0)}"
    if case.measure == "yes_no":
        x, n = case.latest.numerator or 0, case.latest.denominator or 0
        most, of_all = x + bounds.missing, f"{n + bounds.missing} {reporters(case.reporters)}"
        return f"Med {missing} blir det {x} till {most} av {of_all} som svarar ja"
    around = verdict_numbers.span(verdict, Interval(bounds.lower, bounds.upper), verdict.aim_of_year)
    return (
        f"Med {missing} kan {subject} bli allt från {around.replace(DASH, ' till ')}"
        if around
        else (f"Med {missing} blir {subject} {verdict_numbers.figure(verdict, bounds.lower)}")
    )


def reporters(code: str | None) -> str:
    """Return the plural noun for namnder, bolag or both; None counts as nämnder."""
    return _REPORTERS[code or "namnder"]


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
