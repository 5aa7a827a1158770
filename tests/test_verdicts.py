"""Verdicts: a table of cases worked by hand, and the laws that hold for all of them."""

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from samlad import cases, statistics
from samlad.cases import Case, Figure
from samlad.errors import DomainError
from samlad.verdicts import Mark, Reason, Verdict, judge

MET, MISSED = Mark.MET, Mark.MISSED
ON_TRACK, TOO_SLOW, FAR_BEHIND, WRONG_WAY = Mark.ON_TRACK, Mark.TOO_SLOW, Mark.FAR_BEHIND, Mark.WRONG_WAY
NO_CHANGE, UNDECIDED, TOO_FEW, NOT_JUDGED = Mark.NO_CERTAIN_CHANGE, Mark.UNDECIDED, Mark.INSUFFICIENT, Mark.NOT_JUDGED


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
    return persons(base, latest, n, **{"counts": "units", "target": 1.0, "last_target": 1.0} | known)


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
    usual = {"measure": "index", "counts": "none", "target": 7.5, "last_target": 8.0}
    return persons(0, 0, **usual | {"base": Figure(value=base), "latest": Figure(value=latest)} | known)


def answer(yes: float, n: int | None = None, /, **known: Any) -> Case:
    """Yes or no of one nämnd, or how many of n said yes; the årsmål is yes from all."""
    figure = Figure(value=yes) if n is None else Figure(int(yes), n)
    usual = {"measure": "yes_no", "counts": "none", "target": 1.0, "last_target": 1.0, "latest": figure}
    return persons(0, 0, **usual | {"base": Figure(value=0)} | known)


def in_2025(**known: Any) -> dict[str, Any]:
    """The year of the last årsmål, 60 per cent."""
    return {"year": 2025, "target": 0.60} | known


NONE = {"target": None, "last_target": None, "last_target_year": None}
GONE: dict[str, Any] = {"missing_reason": "-"}

# What is known, and by hand: the mark, whether the årsmål is met, the course, R and whether the change is certain. R is
# (latest − base) / (last årsmål − base) × 4 / 3 unless said. With n = 1000 and shares near a half, 5 points are certain
# (1.96 × √(2 × 0.25 / 1000) = 4.4) and 4 are not.
WORKED: dict[str, tuple[Case, Mark, bool | None, Mark | None, float | None, bool | None]] = {
    # The bands: 12 points of 20 in 3 years of 4 is 0.8.
    "40 to 52, towards 60": (persons(400, 520), TOO_SLOW, False, TOO_SLOW, 0.8, True),
    "30 to 24, towards 15": (
        fewer(300, 240, target=0.19, last_target=0.15), FAR_BEHIND, False, FAR_BEHIND, 0.533333333, True,
    ),
    "as fast as needed": (persons(400, 550), MET, True, ON_TRACK, 1.0, True),
    "R just at 0.95": (persons(4000, 5425, 10_000), ON_TRACK, False, ON_TRACK, 0.95, True),
    "R just below 0.95": (persons(4000, 5424, 10_000), TOO_SLOW, False, TOO_SLOW, 0.949333333, True),
    "R just at 0.60": (persons(4000, 4900, 10_000), TOO_SLOW, False, TOO_SLOW, 0.6, True),
    "R just below 0.60": (persons(4000, 4899, 10_000), FAR_BEHIND, False, FAR_BEHIND, 0.599333333, True),
    "slowly but certainly": (persons(4000, 4200, 10_000), FAR_BEHIND, False, FAR_BEHIND, 0.133333333, True),
    "certainly the wrong way": (persons(4000, 3800, 10_000), WRONG_WAY, False, WRONG_WAY, -0.133333333, True),
    "past the last årsmål already": (persons(400, 650), MET, True, ON_TRACK, 1.666666667, True),
    "decrease, as fast as needed": (fewer(600, 450), MET, True, ON_TRACK, 1.0, True),
    "decrease, too slow": (fewer(600, 490), TOO_SLOW, False, TOO_SLOW, 0.733333333, True),
    "decrease, the wrong way": (fewer(600, 660), WRONG_WAY, False, WRONG_WAY, -0.4, True),
    "two years of four": (persons(400, 470, year=2023, target=0.5), TOO_SLOW, False, TOO_SLOW, 0.7, True),
    "one year of four": (persons(400, 445, year=2022, target=0.45), TOO_SLOW, False, TOO_SLOW, 0.9, True),
    # Chance: the change's interval holds 0.
    "40 to 40 of 1000": (persons(400, 400), NO_CHANGE, False, NO_CHANGE, 0.0, False),
    "40 to 42 of 1000": (persons(400, 420), NO_CHANGE, False, NO_CHANGE, 0.133333333, False),
    "40 to 38 of 1000": (persons(400, 380), NO_CHANGE, False, NO_CHANGE, -0.133333333, False),
    "20 to 22 of 50": (persons(20, 22, 50), NO_CHANGE, False, NO_CHANGE, 0.266666667, False),
    "20 to 26 of 50, 39–65 holds 60": (persons(20, 26, 50), UNDECIDED, False, UNDECIDED, 0.8, False),
    "2 to 3 of 8, 14–69 holds 60": (persons(2, 3, 8), UNDECIDED, False, UNDECIDED, 0.476190476, False),
    "20 to 28 of 50, the year's met by chance": (persons(20, 28, 50), MET, True, UNDECIDED, 1.066666667, False),
    "30 to 28 of 50 downwards, 42–69 misses 40": (fewer(30, 28, 50), NO_CHANGE, False, NO_CHANGE, 0.266666667, False),
    # Met at the base.
    "met at the base and still": (persons(650, 620), MET, True, MET, None, False),
    "met at the base, not now, by chance": (persons(620, 590, target=0.6), MISSED, False, MISSED, None, False),
    "met at the base, certainly not now": (persons(650, 550, target=0.6), WRONG_WAY, False, WRONG_WAY, None, True),
    "the last lost, the year's kept": (persons(650, 590), MET, True, WRONG_WAY, None, True),
    "base just at the last årsmål": (persons(600, 620, target=0.6), MET, True, MET, None, False),
    "årsmål on the wrong side": (persons(400, 450, target=0.3, last_target=0.3), MET, True, MET, None, True),
    "a harder årsmål this year than last": (persons(650, 620, target=0.7), MISSED, False, MET, None, False),
    "decrease, met at the base and still": (fewer(350, 380), MET, True, MET, None, False),
    "decrease, met at the base, certainly not now": (fewer(350, 460), WRONG_WAY, False, WRONG_WAY, None, True),
    # The year of the last årsmål: met or not, and R is the part of the way.
    "2025, there": (persons(400, 600, **in_2025()), MET, True, None, 1.0, True),
    "2025, three quarters of the way": (persons(400, 550, **in_2025()), MISSED, False, None, 0.75, True),
    "2025, certainly the wrong way": (persons(400, 340, **in_2025()), MISSED, False, None, -0.3, True),
    "2025, no certain change": (persons(400, 420, **in_2025()), MISSED, False, None, 0.1, False),
    "2025, met at the base, not now": (persons(650, 550, **in_2025()), MISSED, False, None, None, True),
    "2025, met at the base and now": (persons(650, 640, **in_2025()), MET, True, None, None, False),
    "2025, no base": (persons(0, 550, base=Figure(**GONE), **in_2025()), MISSED, False, None, None, None),
    "only the year's årsmål, met": (
        persons(400, 560, last_target=None, last_target_year=None), MET, True, None, 1.066666667, True,
    ),
    "only the year's årsmål, missed": (
        persons(400, 520, last_target=None, last_target_year=None), MISSED, False, None, 0.8, True,
    ),
    # Not judged.
    "only the last årsmål": (persons(400, 520, target=None), TOO_SLOW, None, TOO_SLOW, 0.8, True),
    "no årsmål at all": (persons(400, 520, **NONE), NOT_JUDGED, None, NOT_JUDGED, None, True),
    "no direction": (persons(400, 520, direction="none"), NOT_JUDGED, None, NOT_JUDGED, None, True),
    "the base year, met": (persons(400, 560, base_year=2024), NOT_JUDGED, True, NOT_JUDGED, None, None),
    "the base year, not met": (persons(400, 520, base_year=2024), NOT_JUDGED, False, NOT_JUDGED, None, None),
    "before the base year": (persons(400, 520, year=2020), NOT_JUDGED, False, NOT_JUDGED, None, None),
    "the last årsmål has passed": (
        persons(400, 520, target=None, last_target_year=2023), NOT_JUDGED, None, NOT_JUDGED, None, True,
    ),
    "no base, not met": (persons(0, 520, base=Figure(**GONE)), NOT_JUDGED, False, NOT_JUDGED, None, None),
    "no base, met": (persons(0, 560, base=Figure(**GONE)), MET, True, NOT_JUDGED, None, None),
    "protected base": (persons(0, 520, base=Figure(missing_reason="..")), NOT_JUDGED, False, NOT_JUDGED, None, None),
    "no base year": (persons(400, 520, base_year=None), NOT_JUDGED, False, NOT_JUDGED, None, None),
    # Breaks: 6 points of 20 in 1 year of 2 is 0.6.
    "a break since the base": (persons(400, 520, break_year=2023), NOT_JUDGED, False, NOT_JUDGED, None, None),
    "a break since the base, met": (persons(400, 560, break_year=2023), MET, True, NOT_JUDGED, None, None),
    "counted from the break": (
        persons(400, 460, base_year=2023, break_year=2023), TOO_SLOW, False, TOO_SLOW, 0.6, True,
    ),
    "a break yet to come": (persons(400, 520, break_year=2025), TOO_SLOW, False, TOO_SLOW, 0.8, True),
    # Reason codes go before everything.
    "not reported": (persons(400, 0, latest=Figure(**GONE)), Mark.NOT_REPORTED, None, None, None, None),
    "protected": (persons(400, 0, latest=Figure(missing_reason="..")), Mark.PROTECTED, None, None, None, None),
    "not applicable": (persons(400, 0, latest=Figure(missing_reason=".")), Mark.NOT_APPLICABLE, None, None, None, None),
    "a code beside figures": (
        persons(400, 0, latest=Figure(560, 1000, missing_reason="..")), Mark.PROTECTED, None, None, None, None,
    ),
    "a code beside the base's figures": (
        persons(0, 520, base=Figure(400, 1000, missing_reason="..")), NOT_JUDGED, False, NOT_JUDGED, None, None,
    ),
    "nothing at all": (persons(400, 0, latest=Figure()), Mark.NOT_REPORTED, None, None, None, None),
    "protected, without direction": (
        persons(400, 0, direction="none", latest=Figure(missing_reason="..")), Mark.PROTECTED, None, None, None, None,
    ),
    "nobody to count": (persons(400, 0, latest=Figure(0, 0)), Mark.NOT_REPORTED, None, None, None, None),
    # Yes and no: nått or not only.
    "yes": (answer(1), MET, True, None, None, None),
    "no": (answer(0), MISSED, False, None, None, None),
    "no, and that is good": (answer(0, direction="decrease", target=0.0, last_target=0.0), MET, True, None, None, None),
    "yes in the base year": (answer(1, base_year=2024), MET, True, None, None, None),
    "yes without årsmål": (answer(1, **NONE), NOT_JUDGED, None, None, None, None),
    "yes without direction": (answer(1, direction="none"), NOT_JUDGED, None, NOT_JUDGED, None, None),
    "9 of 11 say yes": (answer(9, 11), MISSED, False, None, None, None),
    "11 of 11 say yes": (answer(11, 11), MET, True, None, None, None),
    "9 of 9 say yes, two missing": (answer(9, 9, unanswered=(1, 1)), TOO_FEW, None, None, None, None),
    "8 of 9 say yes, two missing": (answer(8, 9, unanswered=(1, 1)), MISSED, False, None, None, None),
    "7 of 9 say yes, 80 per cent wanted, two missing: 64–82": (
        answer(7, 9, unanswered=(1, 1), target=0.8), TOO_FEW, None, None, None, None,
    ),
    "9 of 9 say yes, 80 per cent wanted, two missing: 82–100": (
        answer(9, 9, unanswered=(1, 1), target=0.8), MET, True, None, None, None,
    ),
    # Units are counted in full: R alone, no certainty. 3 of 12 to go in 4 years.
    "9 to 12 of 12 units, all wanted": (units(9, 12), MET, True, ON_TRACK, 1.333333333, None),
    "9 to 11 of 12 units": (units(9, 11), TOO_SLOW, False, TOO_SLOW, 0.888888889, None),
    "9 to 10 of 12 units": (units(9, 10), FAR_BEHIND, False, FAR_BEHIND, 0.444444444, None),
    "9 to 9 of 12 units": (units(9, 9), FAR_BEHIND, False, FAR_BEHIND, 0.0, None),
    "9 to 8 of 12 units": (units(9, 8), WRONG_WAY, False, WRONG_WAY, -0.444444444, None),
    "units met at the base, not now": (units(10, 8, target=0.75, last_target=0.75), MISSED, False, MISSED, None, None),
    "units in 2025": (units(9, 11, year=2025), MISSED, False, None, 0.666666667, None),
    "10 to 16 units": (
        count(10, 16, counts="units", target=18.0, last_target=20.0), TOO_SLOW, False, TOO_SLOW, 0.8, None,
    ),
    # Rates: 2 of 5 in 3 years of 4 is 0.533; z = 200 / √3000 = 3.7.
    "14 to 16 per 1 000": (rate(1400, 1600), FAR_BEHIND, False, FAR_BEHIND, 0.533333333, True),
    "14 to 17.75 per 1 000": (rate(1400, 1775), ON_TRACK, False, ON_TRACK, 1.0, True),
    "14 to 14.2 per 1 000": (rate(1400, 1420), NO_CHANGE, False, NO_CHANGE, 0.053333333, False),
    "14 to 12.5 per 1 000": (rate(1400, 1250), WRONG_WAY, False, WRONG_WAY, -0.4, True),
    "19 to 15 per 1 000, less is better": (
        rate(1900, 1500, direction="decrease", target=15.25, last_target=14.0), MET, True, ON_TRACK, 1.066666667, True,
    ),
    "the same count among fewer, 14 to 17.5": (
        rate(1400, 0, latest=Figure(1400, 80_000)), TOO_SLOW, False, TOO_SLOW, 0.933333333, True,
    ),
    "7 to 9 of 1 000, 4–17 holds 10": (
        rate(7, 9, 1000, target=9.5, last_target=10.0), UNDECIDED, False, UNDECIDED, 0.888888889, False,
    ),
    # Counts: 110 of 200; z = 110 / √710 = 4.1.
    "300 to 410 meetings": (count(300, 410), TOO_SLOW, False, TOO_SLOW, 0.733333333, True),
    "300 to 320 meetings, 286–357": (count(300, 320), NO_CHANGE, False, NO_CHANGE, 0.133333333, False),
    "100 to 105 meetings, 86–127 holds 110": (
        count(100, 105, target=108.0, last_target=110.0), UNDECIDED, False, UNDECIDED, 0.666666667, False,
    ),
    "0 to 7 meetings": (count(0, 7), FAR_BEHIND, False, FAR_BEHIND, 0.018666667, True),
    "12 to 0 meetings": (count(12, 0), WRONG_WAY, False, WRONG_WAY, -0.032786885, True),
    "0 to 0 meetings, 0–3.7": (count(0, 0, target=8.0, last_target=8.0), NO_CHANGE, False, NO_CHANGE, 0.0, False),
    "0 to 0 meetings, 0–3.7 holds 3": (
        count(0, 0, target=3.0, last_target=3.0), UNDECIDED, False, UNDECIDED, 0.0, False,
    ),
    # Without an interval the change cannot be told from chance.
    "index 6.0 to 7.1": (index(6.0, 7.1), UNDECIDED, False, UNDECIDED, 0.733333333, None),
    "index met": (index(6.0, 7.5), MET, True, UNDECIDED, 1.0, None),
    "index in 2025": (index(6.0, 7.5, year=2025, target=8.0), MISSED, False, None, 0.75, None),
    "index met at the base, not now": (index(8.5, 7.0), MISSED, False, MISSED, None, None),
    "share without counts": (
        persons(0, 0, base=Figure(value=0.4), latest=Figure(value=0.52)), UNDECIDED, False, UNDECIDED, 0.8, None,
    ),
    # Missing reports. 540 of 1000 and 100 more: 49.1–58.2; 2 more: 53.9–54.1.
    "54 per cent, 100 missing": (persons(400, 540, unanswered=(60, 40)), TOO_FEW, None, TOO_SLOW, 0.933333333, True),
    "54 per cent, 2 missing": (persons(400, 540, unanswered=(1, 1)), TOO_SLOW, False, TOO_SLOW, 0.933333333, True),
    "58 per cent, 20 missing: 56.9–58.8": (persons(400, 580, unanswered=(20,)), MET, True, ON_TRACK, 1.2, True),
    "some of unknown size": (persons(400, 580, unanswered=(20, None)), TOO_FEW, None, ON_TRACK, 1.2, True),
    "the lower bound is the årsmål": (
        persons(400, 0, latest=Figure(550, 990), unanswered=(10,)), MET, True, ON_TRACK, 1.037037037, True,
    ),
    "the upper bound is the årsmål": (
        persons(400, 0, latest=Figure(540, 990), unanswered=(10,)), TOO_FEW, None, ON_TRACK, 0.96969697, True,
    ),
    "decrease, the upper bound is the årsmål": (
        fewer(600, 0, latest=Figure(440, 990), unanswered=(10,)), MET, True, ON_TRACK, 1.037037037, True,
    ),
    "decrease, the lower bound is the årsmål": (
        fewer(600, 0, latest=Figure(450, 990), unanswered=(10,)), TOO_FEW, None, ON_TRACK, 0.96969697, True,
    ),
    "440 meetings and one to come": (count(300, 440, unanswered=(None,)), TOO_FEW, None, TOO_SLOW, 0.933333333, True),
    "460 meetings and one to come": (count(300, 460, unanswered=(None,)), MET, True, ON_TRACK, 1.066666667, True),
    "decrease, 360 meetings and one to come": (
        count(500, 360, unanswered=(1,), direction="decrease", target=350.0, last_target=300.0),
        TOO_SLOW, False, TOO_SLOW, 0.933333333, True,
    ),
    "decrease, 340 meetings and one to come": (
        count(500, 340, unanswered=(1,), direction="decrease", target=350.0, last_target=300.0),
        TOO_FEW, None, ON_TRACK, 1.066666667, True,
    ),
    "17 per 1 000 and an unknown number to come": (
        rate(1400, 1700, unanswered=(5000,)), TOO_FEW, None, TOO_SLOW, 0.8, True,
    ),
    "missing and no årsmål": (persons(400, 540, unanswered=(60,), **NONE), NOT_JUDGED, None, NOT_JUDGED, None, True),
    "missing and no direction": (
        persons(400, 540, unanswered=(60,), direction="none"), NOT_JUDGED, None, NOT_JUDGED, None, True,
    ),
    "missing in 2025: 54.5–63.6": (persons(400, 600, unanswered=(100,), **in_2025()), TOO_FEW, None, None, 1.0, True),
    "missing in the base year": (
        persons(400, 540, base_year=2024, unanswered=(100,)), NOT_JUDGED, None, NOT_JUDGED, None, None,
    ),
    # The city's change is over those who reported both years, its fact over all who reported.
    "all reach it, those of both years stand still": (
        persons(0, 560, base=Figure(200, 500), compared=Figure(210, 500)), MET, True, NO_CHANGE, 0.133333333, False,
    ),
    "all stand still, those of both years fall": (
        persons(0, 400, base=Figure(200, 400), compared=Figure(140, 400)), WRONG_WAY, False, WRONG_WAY, -2.0, True,
    ),
    # An årsmål for a count is for all nämnder: the change of some of them says nothing of the way to it.
    "meetings of 8 of 11 nämnder": (
        count(200, 460, compared=Figure(300), reported_both=8, expected_both=11), MET, True, NOT_JUDGED, None, True,
    ),
    "meetings of 8 of 11 nämnder, missed": (
        count(200, 410, compared=Figure(300), reported_both=8, expected_both=11),
        NOT_JUDGED, False, NOT_JUDGED, None, True,
    ),
    "meetings of 8 of 11 nämnder in 2025": (
        count(600, 410, compared=Figure(300), reported_both=8, expected_both=11, year=2025, target=500.0),
        MISSED, False, None, None, True,
    ),
    "meetings of 11 of 11 nämnder": (
        count(300, 410, compared=Figure(410), reported_both=11, expected_both=11),
        TOO_SLOW, False, TOO_SLOW, 0.733333333, True,
    ),
    # Rounding: the fact is about the figure, not about what is shown of it.
    "74.6 per cent is not 75": (
        persons(400, 746, target=0.75, last_target=0.8), ON_TRACK, False, ON_TRACK, 1.153333333, True,
    ),
    "7 of 10 is 70 per cent": (persons(1, 7, 10, target=0.7, last_target=0.7), MET, True, ON_TRACK, 1.333333333, True),
    "29 of 100 is 29 per cent": (
        persons(10, 29, 100, target=0.29, last_target=0.4), MET, True, TOO_SLOW, 0.844444444, True,
    ),
    "1 879 of 100 000 is 18.79 per 1 000": (rate(1400, 1879, target=18.79), MET, True, ON_TRACK, 1.277333333, True),
}  # fmt: skip


@pytest.mark.parametrize(("case", "mark", "met", "course", "pace", "is_certain"), WORKED.values(), ids=WORKED)
def test_worked_by_hand(
    case: Case, mark: Mark, met: bool | None, course: Mark | None, pace: float | None, is_certain: bool | None
) -> None:
    found = judge(case)
    assert (found.mark, found.met, found.course, found.is_certain) == (mark, met, course, is_certain)
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
    "index 6.0 to 7.1": {Reason.NO_INTERVAL},
    "40 to 52, towards 60": set(),
    "protected": set(),
}


@pytest.mark.parametrize(("name", "reasons"), REASONS.items(), ids=REASONS)
def test_a_verdict_says_why(name: str, reasons: set[Reason]) -> None:
    assert judge(WORKED[name][0]).reasons == reasons


def test_marks_have_the_signs_and_words_of_the_definitions_in_their_order() -> None:
    assert [(mark.symbol, mark.word) for mark in Mark] == [
        ("✓", "nått"),
        ("▽", "når inte årsmålet"),
        ("●", "i takt"),
        ("◐", "för långsamt"),
        ("◔", "långt efter"),
        ("✕", "åt fel håll"),
        ("○", "ingen säker förändring"),
        ("?", "kan inte avgöras"),
        ("≈", "svaren räcker inte"),
        ("·", "bedöms inte"),
        ("–", "ej rapporterat"),
        ("..", "skyddat"),
        (".", "ej tillämpligt"),
    ]


def test_every_mark_stands_in_the_methods_with_its_word() -> None:
    methods = (Path(__file__).parent.parent / "docs" / "methods.md").read_text(encoding="utf-8")
    banded = {ON_TRACK, TOO_SLOW, FAR_BEHIND, WRONG_WAY}
    for mark in Mark:
        assert mark.word in methods, mark
        assert mark in banded or f"{mark.symbol} {mark.word}" in methods, mark


def test_attention_goes_by_severity_then_size_of_the_change_then_name() -> None:
    wrong, worse = judge(persons(400, 340)), judge(persons(400, 300))
    named = [("b", judge(persons(400, 400))), ("a", judge(persons(400, 400))), ("d", wrong), ("e", worse)]
    named += [("c", judge(persons(400, 550))), ("f", judge(persons(4000, 4200, 10_000)))]
    assert "".join(name for name, _ in sorted(named, key=lambda item: item[1].attention(item[0]))) == "edfabc"
    assert [mark for mark in Mark if not mark.severity] == [
        *(MET, ON_TRACK, NOT_JUDGED, Mark.NOT_REPORTED, Mark.PROTECTED, Mark.NOT_APPLICABLE)
    ]
    assert max(Mark, key=lambda mark: mark.severity) is WRONG_WAY


def test_nothing_is_said_of_what_is_protected() -> None:
    case = persons(400, 0, latest=Figure(missing_reason=".."), own_forecast=0.5, unanswered=(3,))
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
    assert judge(units(9, 9)).interval == statistics.wilson(9, 12)
    assert judge(count(300, 5)).interval == statistics.poisson(5)
    per_1000 = judge(rate(1400, 100, 100_000)).interval
    assert per_1000 is not None
    assert (per_1000.lower, per_1000.upper) == pytest.approx((0.8136, 1.2163), abs=5e-5)
    assert judge(answer(9, 11)).interval == statistics.wilson(9, 11)
    for bare in (answer(1), answer(1, 1), index(6.0, 7.0), count(3, 5, counts="units")):
        assert judge(bare).interval is None


def series(*xs: int, n: int = 100, gap: int | None = None) -> dict[int, Figure]:
    """Five years of a share of n, but for the year left out."""
    return {2021 + at: Figure(x, n) for at, x in enumerate(xs) if 2021 + at != gap}


def test_the_trend_needs_five_unbroken_years_of_a_sampled_share() -> None:
    rising = persons(40, 61, 100, year=2025, series=series(40, 44, 50, 55, 61))
    assert judge(rising).trend == statistics.trend((40, 44, 50, 55, 61), (100,) * 5)
    assert judge(rising).trend.is_certain  # type: ignore[union-attr]
    assert judge(replace(rising, break_year=2021)).trend is not None, "broken before the first of the five"
    for broken in (
        replace(rising, series=series(40, 44, 50, 55, 61, gap=2023)),
        replace(rising, series={**rising.series, 2023: Figure(missing_reason="..")}),
        replace(rising, break_year=2023),
        replace(rising, year=2024),
        replace(rising, counts="units"),
        replace(rising, measure="rate", per=1000),
    ):
        assert judge(broken).trend is None


def test_an_uncertain_trend_and_a_certain_change_are_both_said() -> None:
    found = judge(persons(10, 18, 20, year=2025, target=0.95, series=series(10, 12, 14, 16, 18, n=20)))
    assert found.is_certain
    assert found.trend is not None and not found.trend.is_certain
    assert round(found.trend.chi2, 2) == 9.52


def test_bounds_are_what_the_missing_leave() -> None:
    assert judge(persons(400, 540)).bounds is None
    assert judge(persons(400, 540, unanswered=(60, 40))).bounds == cases.Bounds(2, 540 / 1100, 640 / 1100)
    assert judge(rate(1400, 1700, unanswered=(60_000,))).bounds == cases.Bounds(1, 1000 * 1700 / 160_000, None)
    assert judge(count(300, 440, unanswered=(None,))).bounds == cases.Bounds(1, 440, None)
    for unknown in (persons(400, 540, unanswered=(60, None)), index(6.0, 7.0, unanswered=(5,))):
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
    assert judge(persons(400, 520, own_forecast=0.57)).forecast == cases.Forecast(2024, 0.57, None, is_own=True)
    for done in (persons(400, 520, **in_2025()), persons(400, 520, **NONE), persons(0, 520, base=Figure(**GONE))):
        assert judge(done).forecast is None
    assert judge(count(200, 460, compared=Figure(300), reported_both=8, expected_both=11)).forecast is None


def test_the_change_is_counted_from_the_first_year_after_a_break() -> None:
    reported = {2021, 2022, 2024, 2025}
    assert cases.change_year(2021, None, 2025, reported) == 2021
    assert cases.change_year(2021, 2023, 2025, reported) == 2024
    assert cases.change_year(2021, 2023, 2022, reported) == 2021, "not broken yet"
    assert cases.change_year(2021, 2020, 2025, reported) == 2021, "broken before the base"
    assert cases.change_year(2021, 2026, 2026, reported) == 2026, "nothing reported since"


def test_equal_shares_of_a_thousand_come_out_as_no_certain_change_in_95_per_cent() -> None:
    draws = 4000
    drawn = np.random.default_rng(2021).binomial(1000, 0.4, size=(draws, 2))
    marks = [judge(persons(int(base), int(latest), target=0.6)).mark for base, latest in drawn]
    assert marks.count(NO_CHANGE) / draws == pytest.approx(0.95, abs=0.01)
    assert set(marks) <= {NO_CHANGE, FAR_BEHIND, WRONG_WAY}


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
        counts=draw(st.sampled_from(["persons", "units", "events"])),
        unanswered=tuple(draw(st.lists(st.none() | st.integers(0, 9), max_size=3))),
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
    assert (one.mark, one.met, one.course, one.is_certain) == (other.mark, other.met, other.course, other.is_certain)
    assert one.pace == pytest.approx(other.pace)


@given(counts, counts, st.integers(1, 30))
@settings(max_examples=200, deadline=None)
def test_reversing_the_direction_mirrors_the_course(base: int, latest: int, distance: int) -> None:
    assume(distance <= base <= 60 - distance)
    up = judge(persons(base, latest, 60, target=None, last_target=(base + distance) / 60))
    down = judge(persons(base, latest, 60, target=None, last_target=(base - distance) / 60, direction="decrease"))
    assert up.pace is not None and down.pace == pytest.approx(-up.pace)
    ways = {ON_TRACK: 1, TOO_SLOW: 1, FAR_BEHIND: 1, WRONG_WAY: -1}
    if up.is_certain and latest != base:
        assert up.course is not None and down.course is not None
        assert ways[up.course] == -ways[down.course]
    else:
        assert {up.course, down.course} <= {NO_CHANGE, UNDECIDED}


@given(any_share(), st.none() | st.integers(0, 40))
@settings(max_examples=300, deadline=None)
def test_a_further_missing_report_never_narrows_the_bounds(case: Case, size: int | None) -> None:
    before, after = judge(case), judge(replace(case, unanswered=(*case.unanswered, size)))
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
    case = persons(30, x, 60, target=aim, direction=direction, unanswered=tuple(sizes))
    outcomes = {
        judge(replace(case, latest=Figure(x + sum(coming), 60 + sum(sizes)), unanswered=())).met
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
        assert found.mark in (MET, NOT_JUDGED)
        assert found.mark is MET or Reason.TOO_EARLY in found.reasons
    if found.mark is TOO_FEW:
        assert found.met is None


@given(any_share())
@settings(max_examples=300, deadline=None)
def test_a_course_of_persons_is_judged_only_when_the_change_is_certain(case: Case) -> None:
    found = judge(case)
    if found.course in (ON_TRACK, TOO_SLOW, FAR_BEHIND, WRONG_WAY) and case.counts != "units":
        assert found.is_certain
    if case.counts == "units":
        assert found.is_certain is None
        assert found.course not in (NO_CHANGE, UNDECIDED)


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
        per=draw(st.sampled_from([1, 1000])),
        base_year=draw(st.none() | st.just(2021)),
        base=draw(figures),
        compared=draw(st.none() | figures),
        target=draw(numbers),
        last_target=draw(numbers),
        last_target_year=draw(st.none() | st.just(2025)),
        unanswered=tuple(draw(st.lists(st.none() | st.integers(0, 9), max_size=2))),
        break_year=draw(st.none() | st.integers(2020, 2026)),
        series={year: draw(figures) for year in range(2020, 2028)},
        own_forecast=draw(numbers),
    )


@given(anything())
@settings(max_examples=400, deadline=None)
def test_there_is_a_verdict_on_everything(case: Case) -> None:
    found = judge(case)
    assert isinstance(found.mark, Mark)
    if found.value is None:
        assert found == Verdict(case, found.mark, forecast=found.forecast)
        assert found.forecast is None or (found.mark is Mark.NOT_REPORTED and found.forecast.is_own)
        assert found.mark in (Mark.NOT_REPORTED, Mark.PROTECTED, Mark.NOT_APPLICABLE)
    if found.interval is not None and found.value is not None:
        assert found.interval.lower <= found.value + 1e-9
        assert found.value - 1e-9 <= found.interval.upper
    if case.direction == "none":
        assert found.met is None


def test_a_share_above_one_is_a_broken_promise() -> None:
    with pytest.raises(DomainError):
        judge(persons(400, 1001))
