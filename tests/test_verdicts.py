"""Verdicts: a table of cases worked by hand, and the laws that hold for all of them."""

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from samlad.foundation.errors import DomainError
from samlad.judgement import facts, statistics
from samlad.judgement.facts import Case, MissingAnswer
from samlad.judgement.figure_change import Counted, Figure, change_between
from samlad.judgement.marks import IN_WORDS
from samlad.judgement.statistics import Certainty
from samlad.judgement.verdicts import Mark, Reason, Verdict, answers_needed, judge, met_against

MET, MISSED = Mark.MET, Mark.MISSED
ON_TRACK, TOO_SLOW, FAR_BEHIND, WRONG_WAY = Mark.ON_TRACK, Mark.TOO_SLOW, Mark.FAR_BEHIND, Mark.WRONG_WAY
NO_CHANGE, RIGHT_WAY, TOO_FEW, NOT_JUDGED = Mark.NO_CERTAIN_CHANGE, Mark.RIGHT_WAY, Mark.INSUFFICIENT, Mark.NOT_JUDGED
CERTAIN, POSSIBLE, CHANCE = Certainty.CERTAIN, Certainty.POSSIBLE, Certainty.NONE


def missing(*sizes: int | None) -> tuple[MissingAnswer, ...]:
    """Somebody missing from the sum for each size given."""
    return tuple(MissingAnswer(f"Nämnd {number}", "-", size) for number, size in enumerate(sizes))


def persons(base: int, latest: int, n: int = 1000, /, **known: Any) -> Case:
    """A share of n persons in the base year and the latest, towards 60 per cent in 2025; 55 per cent in 2024."""
    aim: dict[str, Any] = {"target": 0.55, "last_target": 0.60, "last_target_year": 2025}
    usual = aim | {"base_year": 2021, "base": Figure(base, n)}
    return replace(Case("share", "increase", 2024, Figure(latest, n)), **usual | known)


def fewer(base: int, latest: int, n: int = 1000, /, **known: Any) -> Case:
    """The same where less is better: towards 40 per cent in 2025; 45 per cent in 2024."""
    return persons(base, latest, n, **{"direction": "decrease", "target": 0.45, "last_target": 0.40} | known)


def units(base: int, latest: int, n: int = 12, /, **known: Any) -> Case:
    """A share of n units, towards all of them in 2025 and in 2024."""
    return persons(base, latest, n, **{"counts": "units", "varies": False, "target": 1.0, "last_target": 1.0} | known)


def rate(base: int, latest: int, n: int = 100_000, /, **known: Any) -> Case:
    """A rate of persons per 1 000, towards 19 in 2025; 18 in 2024."""
    usual = {"measure": "rate", "per": 1000, "target": 18.0, "last_target": 19.0}
    return persons(base, latest, n, **usual | known)


def count(base: float, latest: float, /, **known: Any) -> Case:
    """A count of events, towards 500 in 2025; 450 in 2024."""
    usual = {"measure": "count", "counts": "events", "target": 450.0, "last_target": 500.0}
    return persons(0, 0, **usual | {"base": Figure(value=base), "latest": Figure(value=latest)} | known)


def index(base: float, latest: float, /, **known: Any) -> Case:
    """An index, towards 8.0 in 2025; 7.5 in 2024."""
    usual = {"measure": "index", "counts": "none", "varies": False, "target": 7.5, "last_target": 8.0}
    return persons(0, 0, **usual | {"base": Figure(value=base), "latest": Figure(value=latest)} | known)


def answer(yes: float, n: int | None = None, /, **known: Any) -> Case:
    """Yes or no of one nämnd, or how many of n said yes; the årsmål is yes from all."""
    figure = Figure(value=yes) if n is None else Figure(int(yes), n)
    usual = {
        "measure": "yes_no",
        "counts": "none",
        "varies": False,
        "target": 1.0,
        "last_target": 1.0,
        "latest": figure,
    }
    return persons(0, 0, **usual | {"base": Figure(value=0)} | known)


def in_2025(**known: Any) -> dict[str, Any]:
    """The year of the last årsmål, 60 per cent."""
    return {"year": 2025, "target": 0.60} | known


NONE = {"target": None, "last_target": None, "last_target_year": None}
GONE: dict[str, Any] = {"missing_reason": "-"}

# What is known, and by hand: the mark, whether the årsmål is met, the course, R and how sure the change is. R is
# (latest − base) / (last årsmål − base) × 4 / 3 unless said; its interval is the change's, put in the same place. With
# n = 1000 and shares near a half, 5 points are possible (1.96 × √(2 × 0.25 / 1000) = 4.4), 7 certain and 4 neither.
WORKED: dict[str, tuple[Case, Mark, bool | None, Mark | None, float | None, Certainty | None]] = {
    # The vectors of R's interval: −0.507 to 1.784; 0.709 to 1.285; 0.309 to 0.491.
    "24 to 30 of 60": (persons(24, 30, 60), NO_CHANGE, False, NO_CHANGE, 0.666666667, CHANCE),
    "400 to 550 of 1 000": (persons(400, 550, target=0.56), RIGHT_WAY, False, RIGHT_WAY, 1.0, CERTAIN),
    "4 000 to 4 600 of 10 000": (persons(4000, 4600, 10_000), FAR_BEHIND, False, FAR_BEHIND, 0.4, CERTAIN),
    "4 000 to 5 200 of 100 000": (persons(40_000, 52_000, 100_000), TOO_SLOW, False, TOO_SLOW, 0.8, CERTAIN),
    # The bands: 12 points of 20 in 3 years of 4 is 0.8.
    "40 to 52, towards 60": (persons(400, 520), RIGHT_WAY, False, RIGHT_WAY, 0.8, CERTAIN),
    "30 to 24, towards 15": (
        fewer(300, 240, target=0.19, last_target=0.15), RIGHT_WAY, False, RIGHT_WAY, 0.533333333, POSSIBLE,
    ),
    "as fast as needed": (persons(400, 550), MET, True, RIGHT_WAY, 1.0, CERTAIN),
    "R just at 0.95, counted in full": (
        persons(4000, 5425, 10_000, varies=False), ON_TRACK, False, ON_TRACK, 0.95, None,
    ),
    "R just below 0.95, counted in full": (
        persons(4000, 5424, 10_000, varies=False), TOO_SLOW, False, TOO_SLOW, 0.949333333, None,
    ),
    "R just at 0.60, counted in full": (
        persons(4000, 4900, 10_000, varies=False), TOO_SLOW, False, TOO_SLOW, 0.6, None,
    ),
    "R just below 0.60, counted in full": (
        persons(4000, 4899, 10_000, varies=False), FAR_BEHIND, False, FAR_BEHIND, 0.599333333, None,
    ),
    "slowly but certainly": (persons(4000, 4200, 10_000), FAR_BEHIND, False, FAR_BEHIND, 0.133333333, POSSIBLE),
    "certainly the wrong way": (
        persons(4000, 3800, 10_000), WRONG_WAY, False, WRONG_WAY, -0.133333333, POSSIBLE,
    ),
    "past the last årsmål already": (persons(400, 650), MET, True, ON_TRACK, 1.666666667, CERTAIN),
    "decrease, as fast as needed": (fewer(600, 450), MET, True, RIGHT_WAY, 1.0, CERTAIN),
    "decrease, too slow": (fewer(600, 490), RIGHT_WAY, False, RIGHT_WAY, 0.733333333, CERTAIN),
    "decrease, the wrong way": (fewer(600, 660), WRONG_WAY, False, WRONG_WAY, -0.4, POSSIBLE),
    "two years of four": (persons(400, 470, year=2023, target=0.5), RIGHT_WAY, False, RIGHT_WAY, 0.7, CERTAIN),
    "one year of four": (persons(400, 445, year=2022, target=0.45), RIGHT_WAY, False, RIGHT_WAY, 0.9, POSSIBLE),
    # Chance: the change's interval holds 0.
    "40 to 40 of 1000": (persons(400, 400), NO_CHANGE, False, NO_CHANGE, 0.0, CHANCE),
    "40 to 42 of 1000": (persons(400, 420), NO_CHANGE, False, NO_CHANGE, 0.133333333, CHANCE),
    "40 to 38 of 1000": (persons(400, 380), NO_CHANGE, False, NO_CHANGE, -0.133333333, CHANCE),
    "20 to 22 of 50": (persons(20, 22, 50), NO_CHANGE, False, NO_CHANGE, 0.266666667, CHANCE),
    "20 to 26 of 50, 39–65 holds 60": (persons(20, 26, 50), NO_CHANGE, False, NO_CHANGE, 0.8, CHANCE),
    "2 to 3 of 8, 14–69 holds 60": (persons(2, 3, 8), NO_CHANGE, False, NO_CHANGE, 0.476190476, CHANCE),
    "20 to 28 of 50, the year's met by chance": (
        persons(20, 28, 50), MET, True, NO_CHANGE, 1.066666667, CHANCE,
    ),
    "30 to 28 of 50 downwards, 42–69 misses 40": (
        fewer(30, 28, 50), NO_CHANGE, False, NO_CHANGE, 0.266666667, CHANCE,
    ),
    # Met at the base.
    "met at the base and still": (persons(650, 620), MET, True, MET, None, CHANCE),
    "met at the base, not now, by chance": (persons(620, 590, target=0.6), MISSED, False, MISSED, None, CHANCE),
    "met at the base, certainly not now": (
        persons(650, 550, target=0.6), MISSED, False, WRONG_WAY, None, CERTAIN,
    ),
    "the last lost, the year's kept": (persons(650, 590), MET, True, WRONG_WAY, None, POSSIBLE),
    "base just at the last årsmål": (persons(600, 620, target=0.6), MET, True, MET, None, CHANCE),
    "årsmål on the wrong side": (
        persons(400, 450, target=0.3, last_target=0.3), MET, True, MET, None, POSSIBLE,
    ),
    "a harder årsmål this year than last": (persons(650, 620, target=0.7), MISSED, False, MET, None, CHANCE),
    "decrease, met at the base and still": (fewer(350, 380), MET, True, MET, None, CHANCE),
    "decrease, met at the base, certainly not now": (fewer(350, 460), MISSED, False, WRONG_WAY, None, CERTAIN),
    # The year of the last årsmål: met or not, and R is the part of the way.
    "2025, there": (persons(400, 600, **in_2025()), MET, True, None, 1.0, CERTAIN),
    "2025, three quarters of the way": (persons(400, 550, **in_2025()), MISSED, False, None, 0.75, CERTAIN),
    "2025, certainly the wrong way": (persons(400, 340, **in_2025()), MISSED, False, None, -0.3, POSSIBLE),
    "2025, no certain change": (persons(400, 420, **in_2025()), MISSED, False, None, 0.1, CHANCE),
    "2025, met at the base, not now": (persons(650, 550, **in_2025()), MISSED, False, None, None, CERTAIN),
    "2025, met at the base and now": (persons(650, 640, **in_2025()), MET, True, None, None, CHANCE),
    "2025, no base": (persons(0, 550, base=Figure(**GONE), **in_2025()), MISSED, False, None, None, None),
    "only the year's årsmål, met": (
        persons(400, 560, last_target=None, last_target_year=None), MET, True, None, 1.066666667, CERTAIN,
    ),
    "only the year's årsmål, missed": (
        persons(400, 520, last_target=None, last_target_year=None), MISSED, False, None, 0.8, CERTAIN,
    ),
    # Not judged.
    "only the last årsmål": (persons(400, 520, target=None), RIGHT_WAY, None, RIGHT_WAY, 0.8, CERTAIN),
    "no årsmål at all": (persons(400, 520, **NONE), NOT_JUDGED, None, None, None, CERTAIN),
    "no direction": (persons(400, 520, direction="none"), NOT_JUDGED, None, None, None, CERTAIN),
    "the base year, met": (persons(400, 560, base_year=2024), NOT_JUDGED, None, None, None, None),
    "the base year, not met": (persons(400, 520, base_year=2024), NOT_JUDGED, None, None, None, None),
    "before the base year": (persons(400, 520, year=2020), NOT_JUDGED, None, None, None, None),
    "the last årsmål has passed": (
        persons(400, 520, target=None, last_target_year=2023), NOT_JUDGED, None, None, None, CERTAIN,
    ),
    "no base, not met": (persons(0, 520, base=Figure(**GONE)), MISSED, False, None, None, None),
    "no base, met": (persons(0, 560, base=Figure(**GONE)), MET, True, None, None, None),
    "protected base": (persons(0, 520, base=Figure(missing_reason="..")), MISSED, False, None, None, None),
    "no base year": (persons(400, 520, base_year=None), MISSED, False, None, None, None),
    # Breaks: 6 points of 20 in 1 year of 2 is 0.6.
    "a break since the base": (persons(400, 520, break_year=2023), MISSED, False, None, None, None),
    "a break since the base, met": (persons(400, 560, break_year=2023), MET, True, None, None, None),
    "counted from the break": (
        persons(400, 460, base_year=2023, break_year=2023), RIGHT_WAY, False, RIGHT_WAY, 0.6, POSSIBLE,
    ),
    "a break yet to come": (persons(400, 520, break_year=2025), RIGHT_WAY, False, RIGHT_WAY, 0.8, CERTAIN),
    # Reason codes go before everything.
    "not reported": (persons(400, 0, latest=Figure(**GONE)), Mark.NOT_REPORTED, None, None, None, None),
    "protected": (persons(400, 0, latest=Figure(missing_reason="..")), Mark.PROTECTED, None, None, None, None),
    "not applicable": (
        persons(400, 0, latest=Figure(missing_reason=".")), Mark.NOT_APPLICABLE, None, None, None, None,
    ),
    "a code beside figures": (
        persons(400, 0, latest=Figure(560, 1000, missing_reason="..")), Mark.PROTECTED, None, None, None, None,
    ),
    "a code beside the base's figures": (
        persons(0, 520, base=Figure(400, 1000, missing_reason="..")), MISSED, False, None, None, None,
    ),
    "nothing at all": (persons(400, 0, latest=Figure()), Mark.NOT_REPORTED, None, None, None, None),
    "protected, without direction": (
        persons(400, 0, direction="none", latest=Figure(missing_reason="..")),
        Mark.PROTECTED, None, None, None, None,
    ),
    "nobody to count": (persons(400, 0, latest=Figure(0, 0)), Mark.NOT_REPORTED, None, None, None, None),
    # Yes and no: nått or not only.
    "yes": (answer(1), MET, True, None, None, None),
    "no": (answer(0), MISSED, False, None, None, None),
    "no, and that is good": (
        answer(0, direction="decrease", target=0.0, last_target=0.0), MET, True, None, None, None,
    ),
    "yes in the base year": (answer(1, base_year=2024), NOT_JUDGED, None, None, None, None),
    "yes without årsmål": (answer(1, **NONE), NOT_JUDGED, None, None, None, None),
    "yes without direction": (answer(1, direction="none"), NOT_JUDGED, None, None, None, None),
    "9 of 11 say yes": (answer(9, 11), MISSED, False, None, None, None),
    "11 of 11 say yes": (answer(11, 11), MET, True, None, None, None),
    "9 of 9 say yes, two missing": (answer(9, 9, missing=missing(1, 1)), TOO_FEW, None, None, None, None),
    "8 of 9 say yes, two missing": (answer(8, 9, missing=missing(1, 1)), MISSED, False, None, None, None),
    "7 of 9 say yes, 80 per cent wanted, two missing: 64–82": (
        answer(7, 9, missing=missing(1, 1), target=0.8), TOO_FEW, None, None, None, None,
    ),
    "9 of 9 say yes, 80 per cent wanted, two missing: 82–100": (
        answer(9, 9, missing=missing(1, 1), target=0.8), MET, True, None, None, None,
    ),
    # Units are counted in full: R alone, no certainty. 3 of 12 to go in 4 years.
    "9 to 12 of 12 units, all wanted": (units(9, 12), MET, True, ON_TRACK, 1.333333333, None),
    "9 to 11 of 12 units": (units(9, 11), TOO_SLOW, False, TOO_SLOW, 0.888888889, None),
    "9 to 10 of 12 units": (units(9, 10), FAR_BEHIND, False, FAR_BEHIND, 0.444444444, None),
    "9 to 9 of 12 units": (units(9, 9), FAR_BEHIND, False, FAR_BEHIND, 0.0, None),
    "9 to 8 of 12 units": (units(9, 8), WRONG_WAY, False, WRONG_WAY, -0.444444444, None),
    "units met at the base, not now": (
        units(10, 8, target=0.75, last_target=0.75), MISSED, False, WRONG_WAY, None, None,
    ),
    "units in 2025": (units(9, 11, year=2025), MISSED, False, None, 0.666666667, None),
    "10 to 16 units": (
        count(10, 16, varies=False, counts="units", target=18.0, last_target=20.0),
        TOO_SLOW, False, TOO_SLOW, 0.8, None,
    ),
    # A full count has changed when the share moves by at least one of the smaller n.
    "69 of 140 to 69 of 139": (
        units(0, 0, base=Figure(69, 140), latest=Figure(69, 139)), FAR_BEHIND, False, FAR_BEHIND, 0.00932212, None,
    ),
    "69 of 139 to 69 of 140, a whisker the wrong way": (
        units(0, 0, base=Figure(69, 139), latest=Figure(69, 140)),
        FAR_BEHIND, False, FAR_BEHIND, -0.009387755, None,
    ),
    "8 of 13 to 6 of 13 say yes": (answer(6, 13, base=Figure(8, 13)), MISSED, False, None, None, None),
    "8 of 13 to 6 of 13 units": (units(8, 6, 13), WRONG_WAY, False, WRONG_WAY, -0.533333333, None),
    # Who is missing has its own words; so has what is not added, has no owner, or has ended.
    "an index of several": (
        index(0, 0, latest=Figure(missing_reason="."), is_sum=True, reported=9),
        Mark.NOT_ADDED, None, None, None, None,
    ),
    "nobody has the duty": (
        persons(0, 0, latest=Figure(missing_reason="."), has_owner=False, reported=0),
        Mark.NO_OWNER, None, None, None, None,
    ),
    "ended": (persons(400, 520, is_ended=True), Mark.ENDED, None, None, None, None),
    # Rates: 2 of 5 in 3 years of 4 is 0.533; z = 200 / √3000 = 3.7.
    "14 to 16 per 1 000": (rate(1400, 1600), RIGHT_WAY, False, RIGHT_WAY, 0.533333333, CERTAIN),
    "14 to 17.75 per 1 000": (rate(1400, 1775), RIGHT_WAY, False, RIGHT_WAY, 1.0, CERTAIN),
    "14 to 14.2 per 1 000": (rate(1400, 1420), NO_CHANGE, False, NO_CHANGE, 0.053333333, CHANCE),
    "14 to 12.5 per 1 000": (rate(1400, 1250), WRONG_WAY, False, WRONG_WAY, -0.4, POSSIBLE),
    "19 to 15 per 1 000, less is better": (
        rate(1900, 1500, direction="decrease", target=15.25, last_target=14.0),
        MET, True, RIGHT_WAY, 1.066666667, CERTAIN,
    ),
    "the same count among fewer, 14 to 17.5": (
        rate(1400, 0, latest=Figure(1400, 80_000)), RIGHT_WAY, False, RIGHT_WAY, 0.933333333, CERTAIN,
    ),
    "7 to 9 of 1 000, 4–17 holds 10": (
        rate(7, 9, 1000, target=9.5, last_target=10.0), NO_CHANGE, False, NO_CHANGE, 0.888888889, CHANCE,
    ),
    # Counts: 110 of 200; z = 110 / √710 = 4.1.
    "300 to 410 meetings": (count(300, 410), RIGHT_WAY, False, RIGHT_WAY, 0.733333333, CERTAIN),
    "300 to 320 meetings, 286–357": (count(300, 320), NO_CHANGE, False, NO_CHANGE, 0.133333333, CHANCE),
    "100 to 105 meetings, 86–127 holds 110": (
        count(100, 105, target=108.0, last_target=110.0), NO_CHANGE, False, NO_CHANGE, 0.666666667, CHANCE,
    ),
    "0 to 7 meetings": (count(0, 7), FAR_BEHIND, False, FAR_BEHIND, 0.018666667, POSSIBLE),
    "12 to 0 meetings": (count(12, 0), WRONG_WAY, False, WRONG_WAY, -0.032786885, CERTAIN),
    "0 to 0 meetings, 0–3.7": (
        count(0, 0, target=8.0, last_target=8.0), NO_CHANGE, False, NO_CHANGE, 0.0, CHANCE,
    ),
    "0 to 0 meetings, 0–3.7 holds 3": (
        count(0, 0, target=3.0, last_target=3.0), NO_CHANGE, False, NO_CHANGE, 0.0, CHANCE,
    ),
    # Without an interval the change cannot be told from chance.
    "index 6.0 to 7.1": (index(6.0, 7.1), TOO_SLOW, False, TOO_SLOW, 0.733333333, None),
    "index met": (index(6.0, 7.5), MET, True, ON_TRACK, 1.0, None),
    "index in 2025": (index(6.0, 7.5, year=2025, target=8.0), MISSED, False, None, 0.75, None),
    "index met at the base, not now": (index(8.5, 7.0), MISSED, False, WRONG_WAY, None, None),
    "share without counts": (
        persons(0, 0, base=Figure(value=0.4), latest=Figure(value=0.52)), NO_CHANGE, False, NO_CHANGE, 0.8, CHANCE,
    ),
    # Missing reports. 540 of 1000 and 100 more: 49.1–58.2; 2 more: 53.9–54.1.
    "54 per cent, 100 missing": (
        persons(400, 540, missing=missing(60, 40)), TOO_FEW, None, RIGHT_WAY, 0.933333333, CERTAIN,
    ),
    "54 per cent, 2 missing": (
        persons(400, 540, missing=missing(1, 1)), RIGHT_WAY, False, RIGHT_WAY, 0.933333333, CERTAIN,
    ),
    "58 per cent, 20 missing: 56.9–58.8": (
        persons(400, 580, missing=missing(20)), MET, True, RIGHT_WAY, 1.2, CERTAIN,
    ),
    "some of unknown size": (
        persons(400, 580, missing=missing(20, None)), TOO_FEW, None, RIGHT_WAY, 1.2, CERTAIN,
    ),
    "the lower bound is the årsmål": (
        persons(400, 0, latest=Figure(550, 990), missing=missing(10)), MET, True, RIGHT_WAY, 1.037037037, CERTAIN,
    ),
    "the upper bound is the årsmål": (
        persons(400, 0, latest=Figure(540, 990), missing=missing(10)),
        TOO_FEW, None, RIGHT_WAY, 0.96969697, CERTAIN,
    ),
    "decrease, the upper bound is the årsmål": (
        fewer(600, 0, latest=Figure(440, 990), missing=missing(10)), MET, True, RIGHT_WAY, 1.037037037, CERTAIN,
    ),
    "decrease, the lower bound is the årsmål": (
        fewer(600, 0, latest=Figure(450, 990), missing=missing(10)), TOO_FEW, None, RIGHT_WAY, 0.96969697, CERTAIN,
    ),
    "440 meetings and one to come": (
        count(300, 440, missing=missing(None)), TOO_FEW, None, RIGHT_WAY, 0.933333333, CERTAIN,
    ),
    "460 meetings and one to come": (
        count(300, 460, missing=missing(None)), MET, True, RIGHT_WAY, 1.066666667, CERTAIN,
    ),
    "decrease, 360 meetings and one to come": (
        count(500, 360, missing=missing(1), direction="decrease", target=350.0, last_target=300.0),
        RIGHT_WAY, False, RIGHT_WAY, 0.933333333, CERTAIN,
    ),
    "decrease, 340 meetings and one to come": (
        count(500, 340, missing=missing(1), direction="decrease", target=350.0, last_target=300.0),
        TOO_FEW, None, RIGHT_WAY, 1.066666667, CERTAIN,
    ),
    "17 per 1 000 and an unknown number to come": (
        rate(1400, 1700, missing=missing(5000)), TOO_FEW, None, RIGHT_WAY, 0.8, CERTAIN,
    ),
    "missing and no årsmål": (
        persons(400, 540, missing=missing(60), **NONE), NOT_JUDGED, None, None, None, CERTAIN,
    ),
    "missing and no direction": (
        persons(400, 540, missing=missing(60), direction="none"), NOT_JUDGED, None, None, None, CERTAIN,
    ),
    "missing in 2025: 54.5–63.6": (
        persons(400, 600, missing=missing(100), **in_2025()), TOO_FEW, None, None, 1.0, CERTAIN,
    ),
    "missing in the base year": (
        persons(400, 540, base_year=2024, missing=missing(100)), NOT_JUDGED, None, None, None, None,
    ),
    # The city's change is over those who reported both years, its fact over all who reported.
    "all reach it, those of both years stand still": (
        persons(0, 560, base=Figure(200, 500), compared=Figure(210, 500)),
        MET, True, NO_CHANGE, 0.133333333, CHANCE,
    ),
    "all stand still, those of both years fall": (
        persons(0, 400, base=Figure(200, 400), compared=Figure(140, 400)),
        WRONG_WAY, False, WRONG_WAY, -2.0, CERTAIN,
    ),
    # An årsmål for a count is for all nämnder: the change of some of them says nothing of the way to it.
    "meetings of 8 of 11 nämnder": (
        count(200, 460, compared=Figure(300), reported_both=8, expected_both=11), MET, True, None, None, CERTAIN,
    ),
    "meetings of 8 of 11 nämnder, missed": (
        count(200, 410, compared=Figure(300), reported_both=8, expected_both=11),
        MISSED, False, None, None, CERTAIN,
    ),
    "meetings of 8 of 11 nämnder in 2025": (
        count(600, 410, compared=Figure(300), reported_both=8, expected_both=11, year=2025, target=500.0),
        MISSED, False, None, None, CERTAIN,
    ),
    "meetings of 11 of 11 nämnder": (
        count(300, 410, compared=Figure(410), reported_both=11, expected_both=11),
        RIGHT_WAY, False, RIGHT_WAY, 0.733333333, CERTAIN,
    ),
    # Rounding: the fact is about the figure, not about what is shown of it.
    "74.6 per cent is not 75": (
        persons(400, 746, target=0.75, last_target=0.8), ON_TRACK, False, ON_TRACK, 1.153333333, CERTAIN,
    ),
    "7 of 10 is 70 per cent": (
        persons(1, 7, 10, target=0.7, last_target=0.7), MET, True, RIGHT_WAY, 1.333333333, POSSIBLE,
    ),
    "29 of 100 is 29 per cent": (
        persons(10, 29, 100, target=0.29, last_target=0.4), MET, True, RIGHT_WAY, 0.844444444, CERTAIN,
    ),
    "1 879 of 100 000 is 18.79 per 1 000": (
        rate(1400, 1879, target=18.79), MET, True, RIGHT_WAY, 1.277333333, CERTAIN,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("case", "mark", "met", "course", "pace", "certainty"), WORKED.values(), ids=WORKED)
def test_worked_by_hand(
    case: Case, mark: Mark, met: bool | None, course: Mark | None, pace: float | None, certainty: Certainty | None
) -> None:
    found = judge(case)
    assert (found.mark, found.met, found.course) == (mark, met, course)
    assert (found.change.certainty if found.change else None) == certainty
    assert found.pace == pytest.approx(pace, abs=1e-8)


def test_there_are_at_least_eighty_worked_cases() -> None:
    assert len(WORKED) >= 80
    assert {mark for _, mark, *_ in WORKED.values()} == set(Mark), "every mark is worked at least once"


REASONS = {
    "no direction": {Reason.NO_DIRECTION},
    "yes": {Reason.YES_NO},
    "no årsmål at all": {Reason.NO_TARGET},
    "the last årsmål has passed": {Reason.TARGET_PASSED},
    "2025, three quarters of the way": {Reason.TARGET_YEAR},
    "2025, met at the base, not now": {Reason.TARGET_YEAR, Reason.MET_AT_BASE},
    "the base year, met": {Reason.TOO_EARLY},
    "a break since the base": {Reason.BREAK},
    "protected base": {Reason.NO_BASE},
    "meetings of 8 of 11 nämnder": {Reason.PART_OF_COUNT},
    "meetings of 8 of 11 nämnder in 2025": {Reason.TARGET_YEAR},
    "met at the base and still": {Reason.MET_AT_BASE},
    "units met at the base, not now": {Reason.MET_AT_BASE, Reason.FULL_COUNT},
    "9 to 11 of 12 units": {Reason.FULL_COUNT},
    "index 6.0 to 7.1": {Reason.FULL_COUNT},
    "yes in the base year": {Reason.TOO_EARLY},
    "40 to 52, towards 60": set(),
    "protected": set(),
}


@pytest.mark.parametrize(("name", "reasons"), REASONS.items(), ids=REASONS)
def test_a_verdict_says_why(name: str, reasons: set[Reason]) -> None:
    assert judge(WORKED[name][0]).reasons == reasons


def test_marks_have_the_signs_and_words_of_the_definitions_in_their_order() -> None:
    assert [(mark.symbol, mark.word) for mark in Mark] == [
        ("✓", "nått"),
        ("▽", "nåddes inte"),
        ("●", "i takt"),
        ("◑", "rätt väg, oklart om takten räcker"),
        ("◐", "för långsamt"),
        ("◔", "långt efter"),
        ("✕", "åt fel håll"),
        ("○", "ingen säker förändring"),
        ("≈", "svaren räcker inte"),
        ("·", "prövas inte"),
        ("–", "ej rapporterat"),
        ("..", "skyddat"),
        (".", "ej aktuellt"),
        ("–", "läggs inte ihop"),
        ("–", "ingen ansvarig"),
        ("–", "avslutad"),
    ]


def test_every_mark_stands_in_the_methods_with_its_word() -> None:
    methods = (Path(__file__).parent.parent / "docs" / "methods.md").read_text(encoding="utf-8")
    banded = {ON_TRACK, RIGHT_WAY, TOO_SLOW, FAR_BEHIND, WRONG_WAY}
    for mark in Mark:
        assert mark.word in methods, mark
        assert mark in banded or f"{mark.symbol} {mark.word}" in methods, mark


@pytest.mark.parametrize(
    ("case", "lower", "upper"),
    [
        (persons(24, 30, 60), -0.507, 1.784),
        (persons(400, 550), 0.709, 1.285),
        (persons(4000, 4600, 10_000), 0.309, 0.491),
    ],
)
def test_the_pace_has_the_interval_of_the_change(case: Case, lower: float, upper: float) -> None:
    around = judge(case).pace_interval
    assert around is not None
    assert (round(around.lower, 3), round(around.upper, 3)) == (lower, upper)
    assert judge(replace(case, varies=False)).pace_interval is None


def test_the_pace_of_a_rate_or_count_has_the_limits_of_the_ratio_applied_to_the_base() -> None:
    for case, ratio, base in (
        (rate(1400, 1600), statistics.rate_ratio(1400, 100_000, 1600, 100_000), 14.0),
        (count(300, 410), statistics.rate_ratio(300, 1, 410, 1), 300.0),
    ):
        found = judge(case)
        assert found.pace_interval is not None and case.last_target is not None
        for end, limit in ((found.pace_interval.lower, ratio.lower), (found.pace_interval.upper, ratio.upper)):
            assert end == pytest.approx(base * (limit - 1) / 3 / ((case.last_target - base) / 4))


def test_the_part_of_the_way_is_what_has_been_gone_from_base_to_the_last_aarsmaal() -> None:
    assert judge(persons(400, 500)).way == pytest.approx(0.5)
    assert judge(fewer(600, 500)).way == pytest.approx(0.5)
    assert judge(persons(400, 380)).way == pytest.approx(-0.1)
    assert judge(persons(650, 620)).way == 1, "met at the base and still"
    lost = judge(persons(620, 590, target=0.6))
    assert lost.interval is not None
    assert lost.way == pytest.approx(-0.01 / ((lost.interval.upper - lost.interval.lower) / 2))
    assert judge(units(9, 8, target=0.75, last_target=0.75)).way == pytest.approx(-1), "one unit short of nine"
    assert judge(persons(400, 500, direction="none")).way is None


@pytest.mark.parametrize(
    ("case", "needed"),
    [
        (persons(400, 540, missing=missing(60, 40)), 1),
        (persons(0, 0, base=Figure(40, 100), latest=Figure(54, 100), missing=missing(2, 2, 2, 2)), 2),
        (persons(400, 580, missing=missing(20, None)), 2),
        (count(300, 440, missing=missing(None, None)), 1),
        (answer(9, 9, missing=missing(1, 1)), 1),
        (persons(400, 580), None),
        (persons(400, 540, missing=missing(1, 1)), None),
    ],
)
def test_the_fewest_answers_that_could_settle_it(case: Case, needed: int | None) -> None:
    assert answers_needed(judge(case)) == needed


@pytest.mark.parametrize("direction", ["increase", "decrease"])
@pytest.mark.parametrize("kind", ["share", "rate", "count", "index", "yes_no"])
def test_another_aarsmaal_is_met_by_the_same_rule(kind: str, direction: str) -> None:
    value = {"share": 0.5, "rate": 16.0, "count": 300.0, "index": 7.0, "yes_no": 1.0}[kind]
    case = Case(kind, direction, 2024, Figure(value=value), base_year=2021, target=value)
    better, worse = (value * 0.9, value * 1.1) if direction == "increase" else (value * 1.1, value * 0.9)
    found = judge(case)
    assert found.met and met_against(found, value)
    assert met_against(found, better) is True
    assert met_against(found, worse) is False
    assert met_against(judge(replace(case, base_year=2024)), value) is None, "too early"
    assert met_against(judge(replace(case, direction="none")), value) is None


def test_nothing_is_said_of_what_is_protected() -> None:
    case = persons(400, 0, latest=Figure(missing_reason=".."), own_forecast=0.5, missing=missing(3))
    assert judge(case) == Verdict(case, Mark.PROTECTED)


def test_how_many_cases_would_settle_it() -> None:
    assert judge(persons(40, 45, 100)).change.times_needed == 8  # type: ignore[union-attr]
    assert judge(persons(400, 400)).change.times_needed is None, "no number helps"  # type: ignore[union-attr]
    assert judge(persons(400, 520)).change.times_needed is None, "it is settled"  # type: ignore[union-attr]
    assert judge(units(9, 10)).change.times_needed is None, "units are not draws"  # type: ignore[union-attr]
    # By hand: z = 20 / √620 = 0.80; (1.96 / 0.80)² = 5.96.
    assert judge(count(300, 320)).change.times_needed == 6  # type: ignore[union-attr]
    # By hand: z = 20 / √2820 = 0.377; (1.96 / 0.377)² = 27.1.
    assert judge(rate(1400, 1420)).change.times_needed == 28  # type: ignore[union-attr]
    assert judge(count(0, 0, target=8.0, last_target=8.0)).change.times_needed is None  # type: ignore[union-attr]


def test_the_change_has_the_interval_of_its_measure() -> None:
    share = judge(persons(48, 56, 80, base=Figure(48, 80), latest=Figure(56, 70))).change
    assert share is not None and share.interval is not None
    assert (round(share.interval.lower, 4), round(share.interval.upper, 4)) == (0.0524, 0.3339)
    assert share.difference == pytest.approx(0.2)
    assert share.ratio is None
    ratio = judge(rate(1400, 1600)).change
    assert ratio is not None and ratio.interval is not None
    assert ratio.ratio == pytest.approx(16 / 14)
    assert ratio.interval == statistics.rate_ratio(1400, 100_000, 1600, 100_000)
    assert judge(count(300, 410)).change.interval == statistics.rate_ratio(300, 1, 410, 1)  # type: ignore[union-attr]
    for full in (units(9, 12), index(6.0, 7.0)):
        assert judge(full).change.interval is None  # type: ignore[union-attr]


def test_the_figure_has_the_interval_of_its_measure() -> None:
    assert judge(persons(2, 3, 8)).interval == statistics.wilson(3, 8)
    assert judge(count(300, 5)).interval == statistics.poisson(5)
    per_1000 = judge(rate(1400, 100, 100_000)).interval
    assert per_1000 is not None
    assert (per_1000.lower, per_1000.upper) == pytest.approx((0.8136, 1.2163), abs=5e-5)
    for bare in (answer(1), answer(9, 11), index(6.0, 7.0), count(3, 5, varies=False), units(9, 9)):
        assert judge(bare).interval is None


def series(*xs: int, n: int = 100, gap: int | None = None) -> dict[int, Figure]:
    """Five years of a share of n, but for the year left out."""
    return {2021 + at: Figure(x, n) for at, x in enumerate(xs) if 2021 + at != gap}


def test_the_trend_needs_five_unbroken_years_of_a_sampled_share() -> None:
    rising = persons(40, 61, 100, year=2025, series=series(40, 44, 50, 55, 61))
    assert judge(rising).trend == statistics.trend((40, 44, 50, 55, 61), (100,) * 5)
    assert judge(rising).trend.certainty is CERTAIN  # type: ignore[union-attr]
    assert judge(replace(rising, break_year=2021)).trend is not None, "broken before the first of the five"
    for broken in (
        replace(rising, series=series(40, 44, 50, 55, 61, gap=2023)),
        replace(rising, series={**rising.series, 2023: Figure(missing_reason="..")}),
        replace(rising, break_year=2023),
        replace(rising, year=2024),
        replace(rising, varies=False),
        replace(rising, measure="rate", per=1000),
    ):
        assert judge(broken).trend is None


def test_an_uncertain_trend_and_a_certain_change_are_both_said() -> None:
    found = judge(persons(10, 18, 20, year=2025, target=0.95, series=series(10, 12, 14, 16, 18, n=20)))
    assert found.change is not None and found.change.is_told
    assert found.trend is not None and found.trend.certainty is POSSIBLE
    assert round(found.trend.chi2, 2) == 9.52


def test_bounds_are_what_the_missing_leave() -> None:
    assert judge(persons(400, 540)).bounds is None
    assert judge(persons(400, 540, missing=missing(60, 40))).bounds == facts.Bounds(2, 540 / 1100, 640 / 1100)
    assert judge(rate(1400, 1700, missing=missing(60_000))).bounds == facts.Bounds(1, 1000 * 1700 / 160_000, None)
    assert judge(count(300, 440, missing=missing(None))).bounds == facts.Bounds(1, 440, None)
    for unknown in (persons(400, 540, missing=missing(60, None)), index(6.0, 7.0, missing=missing(5))):
        bounds = judge(unknown).bounds
        assert bounds is not None and not bounds.is_known


def test_our_forecast_is_the_line_with_the_range_of_the_change() -> None:
    ahead = judge(persons(400, 520)).forecast
    change = statistics.newcombe(400, 1000, 520, 1000)
    assert ahead is not None and ahead.interval is not None and not ahead.is_own
    assert ahead.year == 2025
    assert ahead.value == pytest.approx(0.56)
    assert ahead.interval.lower == pytest.approx(0.4 + change.lower * 4 / 3)
    assert ahead.interval.upper == pytest.approx(0.4 + change.upper * 4 / 3)
    meetings = judge(count(300, 410)).forecast
    assert meetings is not None and meetings.interval is not None
    assert meetings.value == pytest.approx(300 + 110 * 4 / 3)
    ratio = statistics.rate_ratio(300, 1, 410, 1)
    assert meetings.interval.upper == pytest.approx(300 + 300 * (ratio.upper - 1) * 4 / 3)


def test_a_forecast_stays_within_what_can_be() -> None:
    high, low = judge(persons(400, 950)).forecast, judge(count(12, 0)).forecast
    assert high is not None and high.interval is not None
    assert (high.value, high.interval.upper) == (1, 1)
    assert low is not None and low.interval is not None
    assert (low.value, low.interval.lower) == (0, 0)
    full, index_line = judge(units(9, 11)).forecast, judge(index(6.0, 7.5)).forecast
    assert full is not None and index_line is not None
    assert (full.interval, index_line.interval, index_line.value) == (None, None, 8.0)


def test_a_naemnd_s_own_forecast_goes_before_ours_and_none_is_made_without_a_way_ahead() -> None:
    assert judge(persons(400, 520, own_forecast=0.57)).forecast == facts.Forecast(2024, 0.57, None, is_own=True)
    for done in (persons(400, 520, **in_2025()), persons(400, 520, **NONE), persons(0, 520, base=Figure(**GONE))):
        assert judge(done).forecast is None
    assert judge(count(200, 460, compared=Figure(300), reported_both=8, expected_both=11)).forecast is None


def test_the_change_is_counted_from_the_first_year_after_a_break() -> None:
    reported = {2021, 2022, 2024, 2025}
    assert facts.change_year(2021, None, 2025, reported) == 2021
    assert facts.change_year(2021, 2023, 2025, reported) == 2024
    assert facts.change_year(2021, 2023, 2022, reported) == 2021, "not broken yet"
    assert facts.change_year(2021, 2020, 2025, reported) == 2021, "broken before the base"
    assert facts.change_year(2021, 2026, 2026, reported) == 2026, "nothing reported since"


@pytest.mark.parametrize(("break_year", "is_broken"), [(2021, False), (2022, True), (2024, True), (2025, False)])
def test_a_break_after_the_base_up_to_the_year_itself_ends_the_series(break_year: int, is_broken: bool) -> None:
    assert Case("share", "increase", 2024, Figure(9, 12), base_year=2021, break_year=break_year).is_broken == is_broken


def test_a_full_count_has_changed_from_one_unit_of_the_smaller_on() -> None:
    counted = Counted("share", varies=False)
    assert not change_between(counted, Figure(71, 140), Figure(60, 120)).has_changed
    assert change_between(counted, Figure(70, 140), Figure(61, 120)).has_changed


def test_equal_shares_of_a_thousand_come_out_as_no_certain_change_in_95_per_cent() -> None:
    draws = 4000
    drawn = np.random.default_rng(2021).binomial(1000, 0.4, size=(draws, 2))
    marks = [judge(persons(int(base), int(latest), target=0.6)).mark for base, latest in drawn]
    assert marks.count(NO_CHANGE) / draws == pytest.approx(0.95, abs=0.01)
    assert set(marks) <= {NO_CHANGE, FAR_BEHIND, RIGHT_WAY, WRONG_WAY}


directions = st.sampled_from(["increase", "decrease"])
counts = st.integers(0, 60)
aims = st.integers(0, 60).map(lambda whole: whole / 60)


@st.composite
def any_share(draw: Any) -> Case:
    """A share of 60 with any base, latest, årsmål and years."""
    return persons(
        draw(counts),
        draw(counts),
        60,
        direction=draw(directions),
        year=draw(st.integers(2021, 2026)),
        target=draw(st.none() | aims),
        last_target=draw(st.none() | aims),
        varies=draw(st.booleans()),
        missing=missing(*draw(st.lists(st.none() | st.integers(0, 9), max_size=3))),
    )


def mirrored(case: Case) -> Case:
    """The same told of those who do not have it."""

    def others(figure: Figure) -> Figure:
        return Figure((figure.denominator or 0) - (figure.numerator or 0), figure.denominator)

    return replace(
        case,
        direction="decrease" if case.direction == "increase" else "increase",
        base=others(case.base),
        latest=others(case.latest),
        target=None if case.target is None else round(60 * (1 - case.target)) / 60,
        last_target=None if case.last_target is None else round(60 * (1 - case.last_target)) / 60,
    )


@given(any_share())
@settings(max_examples=300, deadline=None)
def test_telling_it_of_those_who_do_not_have_it_changes_no_verdict(case: Case) -> None:
    one, other = judge(case), judge(mirrored(case))
    assert (one.mark, one.met, one.course) == (other.mark, other.met, other.course)
    assert (one.change is None) == (other.change is None)
    if one.change is not None and other.change is not None:
        assert one.change.certainty == other.change.certainty
    assert one.pace == pytest.approx(other.pace)


@given(counts, counts, st.integers(1, 30))
@settings(max_examples=200, deadline=None)
def test_reversing_the_direction_mirrors_the_course(base: int, latest: int, distance: int) -> None:
    assume(distance <= base <= 60 - distance)
    up = judge(persons(base, latest, 60, target=None, last_target=(base + distance) / 60))
    down = judge(persons(base, latest, 60, target=None, last_target=(base - distance) / 60, direction="decrease"))
    assert up.pace is not None and down.pace == pytest.approx(-up.pace)
    mirror = {NO_CHANGE: NO_CHANGE, WRONG_WAY: None}
    assert up.course is not None and down.course is not None
    if up.course in mirror:
        assert down.course is NO_CHANGE if up.course is NO_CHANGE else down.course in ABOVE
    else:
        assert down.course is WRONG_WAY


ABOVE = (ON_TRACK, RIGHT_WAY, TOO_SLOW, FAR_BEHIND)


@given(any_share(), st.none() | st.integers(0, 40))
@settings(max_examples=300, deadline=None)
def test_a_further_missing_report_never_narrows_the_bounds(case: Case, size: int | None) -> None:
    before, after = judge(case), judge(replace(case, missing=(*case.missing, *missing(size))))
    assert after.bounds is not None and before.value is not None
    low, high = (before.bounds.lower, before.bounds.upper) if before.bounds else (before.value, before.value)
    if low is None or high is None:
        assert not after.bounds.is_known
    elif after.bounds.lower is not None and after.bounds.upper is not None:
        assert after.bounds.lower <= low <= high <= after.bounds.upper
    if before.mark is TOO_FEW:
        assert after.mark is TOO_FEW, "what could not be said cannot be said with less"


@given(counts, st.lists(st.integers(0, 4), min_size=1, max_size=3), aims, directions)
@settings(max_examples=150, deadline=None)
def test_the_answers_are_too_few_exactly_when_those_to_come_could_turn_the_fact(
    x: int, sizes: list[int], aim: float, direction: str
) -> None:
    case = persons(30, x, 60, target=aim, direction=direction, missing=missing(*sizes))
    outcomes = {
        judge(replace(case, latest=Figure(x + sum(coming), 60 + sum(sizes)), missing=missing())).met
        for coming in product(*(range(size + 1) for size in sizes))
    }
    found = judge(case)
    assert (found.mark is TOO_FEW) == (len(outcomes) == 2)
    assert found.met == (None if len(outcomes) == 2 else outcomes.pop())


@given(any_share())
@settings(max_examples=300, deadline=None)
def test_a_met_aarsmaal_is_never_downgraded(case: Case) -> None:
    found = judge(case)
    if found.met:
        assert found.mark is MET
    if found.mark is TOO_FEW:
        assert found.met is None


@given(any_share())
@settings(max_examples=300, deadline=None)
def test_a_band_is_told_only_where_the_interval_carries_it(case: Case) -> None:
    found = judge(case)
    around = found.pace_interval
    if not case.varies:
        assert around is None
        assert found.course not in (NO_CHANGE, RIGHT_WAY)
    elif around is not None and found.course is not None:
        told = {
            ON_TRACK: around.lower >= 0.95,
            TOO_SLOW: around.lower >= 0.6 and around.upper < 0.95,
            FAR_BEHIND: around.lower > 0 and around.upper < 0.6,
            WRONG_WAY: around.upper < 0,
            NO_CHANGE: around.lower <= 0 <= around.upper,
            RIGHT_WAY: around.lower > 0,
        }
        assert told[found.course]
        assert found.course is not RIGHT_WAY or not any(told[mark] for mark in (ON_TRACK, TOO_SLOW, FAR_BEHIND))


figures = st.builds(
    Figure,
    st.none() | st.integers(0, 50),
    st.none() | st.integers(0, 50),
    st.none() | st.floats(0, 100),
    st.sampled_from([None, None, None, "-", "..", "."]),
).filter(lambda figure: (figure.numerator or 0) <= (figure.denominator if figure.denominator is not None else 50))


@st.composite
def anything(draw: Any) -> Case:
    """Whatever the catalogue and the reports can hold, sensible or not."""
    numbers = st.none() | st.floats(-1, 100)
    return Case(
        measure=draw(st.sampled_from(["share", "rate", "count", "index", "yes_no"])),
        direction=draw(st.sampled_from(["increase", "decrease", "none"])),
        year=draw(st.integers(2020, 2027)),
        latest=draw(figures),
        counts=draw(st.sampled_from(["persons", "units", "events", "none"])),
        varies=draw(st.booleans()),
        is_ended=draw(st.booleans()),
        has_owner=draw(st.booleans()),
        is_sum=draw(st.booleans()),
        reported=draw(st.none() | st.integers(0, 3)),
        per=draw(st.sampled_from([1, 1000])),
        base_year=draw(st.none() | st.just(2021)),
        base=draw(figures),
        compared=draw(st.none() | figures),
        target=draw(numbers),
        last_target=draw(numbers),
        last_target_year=draw(st.none() | st.just(2025)),
        missing=missing(*draw(st.lists(st.none() | st.integers(0, 9), max_size=2))),
        break_year=draw(st.none() | st.integers(2020, 2026)),
        series={year: draw(figures) for year in range(2020, 2028)},
        own_forecast=draw(numbers),
    )


@pytest.mark.long
@given(anything())
@settings(max_examples=400, deadline=None)
def test_there_is_a_verdict_on_everything(case: Case) -> None:
    found = judge(case)
    assert isinstance(found.mark, Mark)
    if found.value is None:
        assert found == Verdict(case, found.mark, forecast=found.forecast)
        assert found.forecast is None or (found.mark is Mark.NOT_REPORTED and found.forecast.is_own)
        assert found.mark in IN_WORDS
    if found.interval is not None and found.value is not None:
        assert found.interval.lower <= found.value + 1e-9
        assert found.value - 1e-9 <= found.interval.upper
    if case.direction == "none" or case.is_too_early:
        assert found.met is None
        assert not found.is_tried


def test_a_share_above_one_is_a_broken_promise() -> None:
    with pytest.raises(DomainError):
        judge(persons(400, 1001))
