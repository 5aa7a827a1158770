"""What a query row says in words: its figure, its årsmål, how a year stands, how a district compares. No HTML."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from samlad import formats, text
from samlad.verdicts import Mark, Verdict

Found = Mapping[str, Any]
"""One row of a query about an indicator: value, numerator, denominator, missing_reason, measure, unit and the like."""


def figure(row: Found) -> str:
    """The figure, counts first where there are any; in words why there is none.

    >>> figure({"value": 0.75, "numerator": 9, "denominator": 12, "measure": "share", "unit": "procent av enheter",
    ...         "missing_reason": None}).replace("\\xa0", " ")
    '9 av 12 enheter, 75 %'
    """
    if row["value"] is None:
        return _why_none(row)
    said = formats.figure(row["value"], row["measure"], unit=row["unit"])
    if row["numerator"] is None or row["denominator"] is None:
        return said
    if row["measure"] == "rate":
        return f"{said} ({formats.number(row['numerator'])} på {formats.number(row['denominator'])})"
    if row["measure"] == "yes_no":
        return f"{formats.of(row['numerator'], row['denominator'])} svarade ja"
    noun = text.counted_noun(row["unit"], row.get("counts", ""))
    return f"{formats.of(row['numerator'], row['denominator'], noun)}, {said}"


def is_not_added(row: Found) -> bool:
    """Whether this is the city's index, which is not added although there are figures to add."""
    return row["measure"] == "index" and row.get("rebuilt") == "added" and bool(row.get("parts_reported"))


def _why_none(row: Found) -> str:
    if is_not_added(row):
        return text.NOT_ADDED_SHORT
    if row.get("rebuilt") == "not_rebuildable":
        return "Kan inte räknas om"
    if row.get("rebuilt") == "incomplete" and row["missing_reason"] == "-":
        return f"{text.MISSING['-']}: {formats.of(row['parts_reported'], row['parts'])} delar har rapporterat"
    return text.missing(row["missing_reason"])


def interval(row: Found) -> str:
    """The 95 % interval with its unit, or nothing."""
    if row["value"] is None or row["lower_95"] is None:
        return ""
    return formats.interval(row["lower_95"], row["upper_95"], row["measure"])


def rest(row: Found) -> str:
    """The figure in the rest of the city, or nothing."""
    return "" if row["rest_value"] is None else formats.figure(row["rest_value"], row["measure"], unit=row["unit"])


def target(row: Found) -> str:
    """The årsmål, and whose it is when it is not KF's; nothing when there is none."""
    if row["target"] is None:
        return ""
    own = " (nämndens eget)" if row["target_set_by"] == "namnd" else ""
    return f"{formats.figure(row['target'], row['measure'], unit=row['unit'])}{own}"


def term(goal: Found, year: int) -> str:
    """Return when a goal began or ended, where it does not hold in a year; nothing where it does.

    >>> term({"valid_from": None, "valid_to": date(2022, 12, 31)}, 2024).replace("\\xa0", " ")
    'Målet gällde till och med 31 december 2022.'
    >>> term({"valid_from": date(2024, 1, 1), "valid_to": None}, 2024)
    ''
    """
    if goal["valid_to"] is not None and goal["valid_to"] < date(year, 1, 1):
        return f"Målet gällde till och med {formats.date_sv(goal['valid_to'])}."
    if goal["valid_from"] is not None and goal["valid_from"] > date(year, 12, 31):
        return f"Målet gäller från och med {formats.date_sv(goal['valid_from'])}."
    return ""


_STANDINGS: tuple[tuple[tuple[Mark, ...], str, str], ...] = (
    ((Mark.ON_TRACK,), "är {} i takt mot {aim}", "{} är i takt mot {aim}"),
    ((Mark.TOO_SLOW, Mark.FAR_BEHIND), "går {} för långsamt", "{} går för långsamt"),
    ((Mark.WRONG_WAY,), "går {} åt fel håll", "{} går åt fel håll"),
    ((Mark.MISSED,), "nådde {} det inte", "{} nådde det inte"),
    (
        (Mark.NO_CERTAIN_CHANGE, Mark.UNDECIDED, Mark.INSUFFICIENT),
        "kan {} inte avgöras",
        "{} kan inte avgöras",
    ),
    (
        (Mark.MET, Mark.NOT_JUDGED, Mark.NOT_REPORTED, Mark.PROTECTED, Mark.NOT_APPLICABLE),
        "bedöms {} inte",
        "{} bedöms inte",
    ),
)
"""What is said of those that did not meet the årsmål: with the number after the verb, and before it."""


def standing(verdicts: Sequence[Verdict], year: int, owner: str = "") -> str:
    """How many met the year's årsmål, as a fact, and how the others are doing, in one sentence.

    owner is whose they are, in the genitive with a space after it.
    """
    if all(verdict.value is None for verdict in verdicts):
        return f"Inget utfall visas för {year}."
    number, left = len(verdicts), [verdict.mark for verdict in verdicts if not verdict.met]
    aim = max((verdict.case.final_target[1] for verdict in verdicts if verdict.case.final_target), default=year)
    is_none = len(left) == number > 1
    met = f"{'Ingen' if is_none else formats.number(number - len(left))} av {owner}{formats.number(number)}"
    said = f"{met} {text.counted('indikatorer', number)} nådde årsmålet för {year}"
    groups = [(sum(mark in marks for mark in left), verb, straight) for marks, verb, straight in _STANDINGS]
    told = [(count, verb, straight) for count, verb, straight in groups if count]
    if not told:
        return f"{said}."
    straight = [form.format(formats.number(count), aim=aim) for count, _, form in told]
    if is_none:
        return f"{said}: {text.listed(straight, len(told))}."
    if len(told) == 1:
        return f"{said}; {'de övriga ' if len(left) > 1 else ''}{straight[0]}."
    first = told[0][1].format(formats.number(told[0][0]), aim=aim)
    return f"{said}; av de övriga {formats.number(len(left))} {text.listed([first, *straight[1:]], len(told))}."


def no_attention(verdicts: Sequence[Verdict], year: int) -> str:
    """What it means that none of them asks for attention: how many stand well, and how many nobody can tell of."""
    well = sum(verdict.mark in (Mark.MET, Mark.ON_TRACK) for verdict in verdicts)
    left = len(verdicts) - well
    if not well:
        return f"Ingen indikator kan bedömas {year}, så om någon behöver åtgärd går inte att säga."
    who = "Den indikator" if well == 1 else f"De {formats.number(well)} indikatorer"
    said = f"{who} som kan bedömas når årsmålet eller är i takt."
    return f"{said} {formats.number(left)} kan inte bedömas." if left else said


def comparison(row: Found) -> str:
    """A district against the rest of the city; better or worse where one direction is good."""
    if row["comparison"] is None:
        return ""
    words = text.COMPARISONS[row["comparison"]]
    side = {"good": "bättre", "bad": "sämre"}.get(tone(row))
    return f"{words} ({side})" if side else words


def tone(row: Found) -> str:
    """What a mark's colour stands for: good or bad where one direction is good, neutral where none is, plain else."""
    found = row["comparison"]
    if found in (None, "none"):
        return "plain"
    if row["direction"] == "none":
        return "neutral"
    return "good" if found.endswith("higher") == (row["direction"] == "increase") else "bad"
