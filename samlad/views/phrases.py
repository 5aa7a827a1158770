"""What a query row says in a table's cell or in a sentence: its figure, its årsmål, how they meet, how it compares."""

from collections.abc import Mapping
from html import escape
from typing import Any

from samlad import formats, text
from samlad.views.show import Html

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


def _why_none(row: Found) -> str:
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


def outcome(key: str) -> Html:
    """How a figure meets its årsmål: the mark and its words, the reason code's when there is no figure."""
    mark, words = text.OUTCOMES[key]
    return Html(f'<span class="mark {key}"><i aria-hidden="true">{mark}</i> {escape(words)}</span>')


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
