"""Numbers, dates and words as they are written in Swedish."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from samlad.swedish import numbers, words

SPACE, MINUS = "\u00a0", "\u2212"


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-2.5, 0, f"{MINUS}3"),
        (-0.4, 0, "0"),
        (0.125, 2, "0,13"),
        (1.005, 2, "1,01"),
        (13.523856589264083, 2, "13,52"),
        (1442, 0, f"1{SPACE}442"),
        (995574, 0, f"995{SPACE}574"),
        (1234567.891, 1, f"1{SPACE}234{SPACE}567,9"),
    ],
)
def test_numbers_are_rounded_half_up_with_comma_and_no_break_space(value: float, decimals: int, written: str) -> None:
    assert numbers.decimal(value, decimals) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.0, "0"),
        (1.0, "100"),
        (0.996, "99,6"),
        (0.004, "0,4"),
        (0.285, "29"),
        (0.575, "58"),
        (57 / 200, "29"),
        (2 / 3, "67"),
    ],
)
def test_a_share_never_says_none_or_all_unless_it_is(share: float, written: str) -> None:
    assert numbers.share(share) == f"{written}{SPACE}%"


def test_a_difference_is_in_percentage_points_with_a_real_minus() -> None:
    assert numbers.points(-0.03) == f"{MINUS}3{SPACE}procentenheter"
    assert numbers.points(0.01) == f"1{SPACE}procentenhet"
    assert numbers.points(-0.01) == f"{MINUS}1{SPACE}procentenhet"
    assert numbers.points(0.05, signed=True) == f"+5{SPACE}procentenheter"
    assert numbers.points(-0.001) == f"0{SPACE}procentenheter"


def test_a_date_is_written_out() -> None:
    assert numbers.date_sv(date(2024, 8, 31)) == f"31{SPACE}augusti 2024"


def test_an_interval_has_one_unit_and_says_till_when_a_minus_meets_the_dash() -> None:
    assert numbers.interval(0.1368, 0.6943) == f"14–69{SPACE}%"
    assert numbers.interval(-0.05, 0.33) == f"{MINUS}5 till 33{SPACE}%"
    assert numbers.interval(17.4357, 20.2147, "rate") == "17,44–20,21"


@pytest.mark.parametrize(
    ("value", "measure", "unit", "written"),
    [
        (0.75, "share", "procent av enheter", f"75{SPACE}%"),
        (18.7867, "rate", "per 1 000 invånare", f"18,79 per 1{SPACE}000 invånare"),
        (1, "count", "möten", f"1{SPACE}möte"),
        (1161, "count", "personer", f"1{SPACE}161{SPACE}personer"),
        (1, "count", "personer", f"1{SPACE}person"),
        (48, "count", "antal", "48"),
        (7.25, "index", "index 0–10", "7,3"),
        (1.0, "yes_no", "ja eller nej", "ja"),
        (0.0, "yes_no", "ja eller nej", "nej"),
        (0.5, "yes_no", "ja eller nej", f"50{SPACE}%"),
    ],
)
def test_a_figure_carries_its_unit_once(value: float, measure: str, unit: str, written: str) -> None:
    assert numbers.figure(value, measure, unit=unit) == written


@pytest.mark.parametrize(
    ("reason", "written"),
    [("-", "Ej rapporterat"), ("..", "Skyddat"), (".", "Ej aktuellt"), (None, "Ej rapporterat")],
)
def test_a_missing_figure_says_why_and_is_never_a_number(reason: str | None, written: str) -> None:
    assert numbers.figure(None, "share", missing_reason=reason) == written


def test_counts_come_before_the_percentage_with_the_right_noun() -> None:
    assert numbers.of(9, 12, "enheter") == "9 av 12 enheter"
    assert numbers.of(1, 1, "enheter") == "1 av 1 enhet"
    assert words.counted_noun("procent av flyktingarna") == "flyktingar"
    assert words.counted_noun("procent", "persons") == "personer"
    assert words.counted_noun("procent") == ""


@given(some.floats(min_value=-1e9, max_value=1e9), some.integers(0, 3))
def test_no_number_breaks_over_a_line_or_shows_an_english_sign(value: float, decimals: int) -> None:
    written = numbers.decimal(value, decimals)
    assert " " not in written and "." not in written and "-" not in written
    assert not (written.startswith(MINUS) and set(written) <= {MINUS, "0", ","})


@given(some.floats(min_value=0, max_value=1))
def test_a_written_share_is_within_half_a_unit_of_the_share(share: float) -> None:
    written = numbers.share(share).removesuffix(f"{SPACE}%").replace(",", ".")
    assert abs(float(written) - 100 * share) <= 0.5 + 1e-9
