"""The closed forms in SQL: against statsmodels and scipy, against published values, and at the edges."""

import re
from collections.abc import Callable
from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import Table  # type: ignore[import-untyped]
from statsmodels.stats.proportion import (  # type: ignore[import-untyped]
    confint_proportions_2indep,
    proportion_confint,
)
from statsmodels.stats.rates import confint_poisson, confint_poisson_2indep  # type: ignore[import-untyped]

from samlad.judgement import comparisons, statistics
from samlad.warehouse import engine

MACROS = engine.QUERIES / "macros.sql"
CONNECTION = engine.connect(threads=1)
LEVELS = {"z95()": 0.05, "z998()": 0.002}

Answer = tuple[float | None, ...]


def ask(*expressions: str, **values: object) -> Answer:
    """Return SQL's answer to expressions over $named values."""
    used = {name: value for name, value in values.items() if any(f"${name}" in each for each in expressions)}
    return CONNECTION.execute(f"select {', '.join(expressions)}", used).fetchall()[0]


def both(name: str, arguments: str, **values: object) -> Answer:
    """The lower and the upper end that a pair of macros gives."""
    return ask(f"{name}_lower({arguments})", f"{name}_upper({arguments})", **values)


@st.composite
def shares(draw: Callable[..., int], most: int = 5000) -> tuple[int, int]:
    """A numerator and a denominator."""
    n = draw(st.integers(1, most))
    return draw(st.integers(0, n)), n


levels = st.sampled_from(sorted(LEVELS))


@given(shares(), levels)
@settings(max_examples=150, deadline=None)
def test_wilson_is_that_of_statsmodels(share: tuple[int, int], level: str) -> None:
    x, n = share
    assert both("wilson", f"$x, $n, {level}", x=x, n=n) == pytest.approx(
        proportion_confint(x, n, alpha=LEVELS[level], method="wilson"), abs=1e-9
    )


@given(shares(), shares(), levels)
@settings(max_examples=150, deadline=None)
def test_newcombe_is_that_of_statsmodels(first: tuple[int, int], second: tuple[int, int], level: str) -> None:
    (x1, n1), (x2, n2) = first, second
    expected = confint_proportions_2indep(x2, n2, x1, n1, method="newcomb", compare="diff", alpha=LEVELS[level])
    found = both("newcombe", f"$x1, $n1, $x2, $n2, {level}", x1=x1, n1=n1, x2=x2, n2=n2)
    assert found == pytest.approx(expected, abs=1e-9)


@pytest.mark.filterwarnings("ignore::RuntimeWarning:statsmodels")
@given(st.integers(1, 3000), st.integers(1, 3000), st.floats(0.1, 1e5), st.floats(0.1, 1e5), levels)
@settings(max_examples=150, deadline=None)
def test_rate_ratio_is_the_score_interval_of_statsmodels(x1: int, x2: int, e1: float, e2: float, level: str) -> None:
    expected = confint_poisson_2indep(x2, e2, x1, e1, method="score", compare="ratio", alpha=LEVELS[level])
    found = both("rate_ratio", f"$x1, $e1, $x2, $e2, {level}", x1=x1, e1=e1, x2=x2, e2=e2)
    assert found == pytest.approx(expected, rel=2e-6, abs=5e-7), "statsmodels searches for its ends to about so much"


def test_rate_ratio_from_or_to_nothing_follows_from_wilson_on_all_or_none() -> None:
    square = stats.norm.isf(0.025) ** 2
    assert both("rate_ratio", "0, 2, 5, 1, z95()") == pytest.approx((2 * 5 / square, inf))
    assert both("rate_ratio", "5, 2, 0, 1, z95()") == pytest.approx((0, 2 * square / 5))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("x", range(10))
def test_counts_below_ten_have_exact_poisson_intervals(x: int, level: str) -> None:
    doubt = LEVELS[level]
    exact = (stats.chi2.ppf(doubt / 2, 2 * x) / 2 if x else 0, stats.chi2.ppf(1 - doubt / 2, 2 * x + 2) / 2)
    found = both("count", f"$x, {level}", x=x)
    assert found == pytest.approx(exact, abs=1e-12)
    assert found == pytest.approx(confint_poisson(x, 1, method="exact-c", alpha=doubt), abs=1e-9, nan_ok=True)
    python = statistics.poisson(x, statistics.Z95 if level == "z95()" else statistics.Z998)
    assert found == pytest.approx((python.lower, python.upper), abs=1e-12)


@given(st.integers(10, 10**7), levels)
@settings(max_examples=100, deadline=None)
def test_counts_from_ten_have_byars_interval_close_to_the_exact_one(x: int, level: str) -> None:
    z = stats.norm.isf(LEVELS[level] / 2)
    lower = x * (1 - 1 / (9 * x) - z / (3 * sqrt(x))) ** 3
    upper = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * sqrt(x + 1))) ** 3
    found = both("count", f"$x, {level}", x=x)
    assert found == pytest.approx((lower, upper), rel=1e-9)
    assert found == both("byar", f"$x, {level}", x=x)
    assert found == pytest.approx(confint_poisson(x, 1, method="exact-c", alpha=LEVELS[level]), rel=0.02)


PUBLISHED = [
    # The worked values of docs/methods.md.
    ("wilson", "3, 8, z95()", (0.1368, 0.6943), 5e-5),
    ("wilson", "0, 10, z95()", (0, 0.2775), 5e-5),
    ("count", "100, z95()", (81.36, 121.63), 5e-3),
    ("count", "5, z95()", (1.62, 11.67), 5e-3),
    ("newcombe", "48, 80, 56, 70, z95()", (0.0524, 0.3339), 5e-5),
    # Newcombe RG, Stat Med 1998;17:857-872, table I, method 3.
    ("wilson", "81, 263, z95()", (0.2553, 0.3662), 5e-5),
    ("wilson", "15, 148, z95()", (0.0624, 0.1605), 5e-5),
    ("wilson", "0, 20, z95()", (0, 0.1611), 5e-5),
    ("wilson", "1, 29, z95()", (0.0061, 0.1718), 5e-5),
    # Newcombe RG, Stat Med 1998;17:873-890, table II, method 10; the second group comes first there.
    ("newcombe", "3, 10, 9, 10, z95()", (0.1705, 0.8090), 5e-5),
    ("newcombe", "2, 7, 6, 7, z95()", (0.0582, 0.8062), 5e-5),
    ("newcombe", "0, 29, 5, 56, z95()", (-0.0381, 0.1926), 5e-5),
    ("newcombe", "0, 20, 0, 10, z95()", (-0.1611, 0.2775), 5e-5),
    ("newcombe", "0, 10, 0, 10, z95()", (-0.2775, 0.2775), 5e-5),
    ("newcombe", "0, 20, 10, 10, z95()", (0.6791, 1.0000), 5e-5),
    ("newcombe", "0, 10, 10, 10, z95()", (0.6075, 1.0000), 5e-5),
    # R package PHEindicatormethods, tests/testthat/testdata_funnel_ratio_outputs.csv: the expected counts at which an
    # observed count lies on the upper and the lower limit, to the precision of the search that made them.
    ("count", "1, z95()", (0.025317898, 5.571644585), 2e-6),
    ("count", "5, z95()", (1.623486324, 11.6683331), 2e-6),
    ("count", "9, z95()", (4.11537405, 17.08479966), 4e-6),
    ("count", "1, z998()", (0.001000547, 9.233410143), 4e-6),
    ("count", "5, z998()", (0.739371928, 16.45474478), 2e-6),
    ("count", "9, z998()", (2.452425215, 22.65737951), 8e-6),
    ("count", "100, z95()", (81.36400699, 121.6268111), 3e-3),
    ("count", "716, z95()", (664.5083011, 770.4222128), 1e-2),
    ("count", "716, z998()", (636.1521174, 802.60414), 5e-2),
]


@pytest.mark.parametrize(("name", "arguments", "expected", "to"), PUBLISHED, ids=str)
def test_intervals_are_those_that_were_published(name: str, arguments: str, expected: Answer, to: float) -> None:
    assert both(name, arguments) == pytest.approx(expected, abs=to)


@given(shares(), st.integers(0, 500))
@settings(max_examples=60, deadline=None)
def test_bounds_are_none_and_all_of_the_missing(share: tuple[int, int], missing: int) -> None:
    x, n = share
    assert both("bounds", "$x, $n, $m", x=x, n=n, m=missing) == pytest.approx(
        (x / (n + missing), (x + missing) / (n + missing)), abs=1e-12
    )


@given(st.floats(0.001, 0.999), st.integers(1, 10**6), levels)
@settings(max_examples=60, deadline=None)
def test_funnel_around_a_share_is_the_normal_one_cut_at_none_and_all(share: float, n: int, level: str) -> None:
    reach = stats.norm.isf(LEVELS[level] / 2) * sqrt(share * (1 - share) / n)
    found = both("funnel_share", f"$p, $n, {level}", p=share, n=n)
    assert found == pytest.approx((max(0, share - reach), min(1, share + reach)), abs=1e-9)


@pytest.mark.long
@given(st.floats(0.01, 5000), st.integers(0, 6000), levels)
@settings(max_examples=200, deadline=None)
def test_a_count_lies_beyond_the_funnel_exactly_when_its_interval_misses_what_is_expected(
    expected: float, x: int, level: str
) -> None:
    lower, upper = both("funnel_count", f"$e, {level}", e=expected)
    least, most = both("count", f"$x, {level}", x=x)
    assert None not in (lower, upper, least, most)
    assert (x > upper) == (least > expected)  # type: ignore[operator]
    assert (x < lower) == (most < expected)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("observed", "lower_expected", "upper_expected", "level"),
    [
        # R package PHEindicatormethods, tests/testthat/testdata_funnel_ratio_outputs.csv.
        (1, 5.571644585, 0.025317898, "z95()"),
        (5, 11.6683331, 1.623486324, "z95()"),
        (9, 17.08479966, 4.11537405, "z95()"),
        (3, 13.06224507, 0.190533306, "z998()"),
        (9, 22.65737951, 2.452425215, "z998()"),
        (100, 121.6268111, 81.36400699, "z95()"),
        (716, 802.60414, 636.1521174, "z998()"),
    ],
)
def test_funnel_around_an_expected_count_is_the_published_one(
    observed: int, lower_expected: float, upper_expected: float, level: str
) -> None:
    (lower,) = ask(f"funnel_count_lower($e, {level})", e=lower_expected)
    (upper,) = ask(f"funnel_count_upper($e, {level})", e=upper_expected)
    to = 1e-4 if observed < 10 else 0.1
    assert (lower, upper) == pytest.approx((observed, observed), abs=to)


@pytest.mark.parametrize(
    ("events", "lower_limit", "upper_limit", "level"),
    [
        # R package PHEindicatormethods, tests/testthat/testdata_funnel_rate_outputs.csv: the rate limits at the size
        # where so many events lie on them, around a common rate of 116.1720835 per 100 000.
        (1, 20.85059119, 4588.535848, "z95()"),
        (2, 32.15975314, 959.2695538, "z95()"),
        (3, 39.75195225, 563.3296872, "z95()"),
        (5, 49.78092521, 357.7858395, "z95()"),
        (9, 61.19760093, 254.0592274, "z95()"),
        (2, 20.69168143, 5117.48863, "z998()"),
        (5, 35.30048174, 785.6132963, "z998()"),
        (9, 46.14605812, 426.3325728, "z998()"),
    ],
)
def test_funnel_around_a_common_rate_is_the_published_one(
    events: int, lower_limit: float, upper_limit: float, level: str
) -> None:
    common = 116.1720835
    for side, limit in (("lower", lower_limit), ("upper", upper_limit)):
        size = events / limit
        (found,) = ask(f"funnel_count_{side}($e, {level}) / $n", e=common * size, n=size)
        assert found == pytest.approx(limit, rel=2e-6)


@given(st.lists(shares(300), min_size=5, max_size=5))
@settings(max_examples=100, deadline=None)
def test_trend_is_the_linear_by_linear_association(points: list[tuple[int, int]]) -> None:
    xs, ns = [x for x, _ in points], [n for _, n in points]
    (found,) = ask("trend_chi2($xs, $ns)", xs=xs, ns=ns)
    if sum(xs) in (0, sum(ns)):
        assert found is None
        return
    table = Table(np.array([xs, [n - x for x, n in points]]), shift_zeros=False)
    zscore = table.test_ordinal_association(col_scores=np.arange(5)).zscore
    assert found == pytest.approx(zscore**2 * sum(ns) / (sum(ns) - 1), rel=1e-6, abs=1e-9)
    assert found == pytest.approx(statistics.trend(xs, ns).chi2, rel=1e-9, abs=1e-12)


def test_trend_and_pace_give_the_worked_values() -> None:
    assert ask("round(trend_chi2([40, 44, 50, 55, 61], [100, 100, 100, 100, 100]), 2)") == (11.24,)
    assert ask("round(trend_chi2([10, 12, 14, 16, 18], [20, 20, 20, 20, 20]), 2)") == (9.52,)
    assert ask("round(pace(40, 52, 60, 3, 4), 2)", "round(pace(30, 24, 15, 3, 4), 3)") == (0.8, 0.533)


@given(shares(), shares(), levels)
@settings(max_examples=80, deadline=None)
def test_sql_and_python_agree_to_the_last_digits(first: tuple[int, int], second: tuple[int, int], level: str) -> None:
    (x1, n1), (x2, n2) = first, second
    z = statistics.Z95 if level == "z95()" else statistics.Z998
    values = {"x1": x1, "n1": n1, "x2": x2, "n2": n2}
    pairs = [
        (both("wilson", f"$x1, $n1, {level}", **values), statistics.wilson(x1, n1, z)),
        (both("count", f"$x1, {level}", **values), statistics.count_interval(x1, z)),
        (both("newcombe", f"$x1, $n1, $x2, $n2, {level}", **values), statistics.newcombe(x1, n1, x2, n2, z)),
    ]
    if x1 + x2:
        pairs.append(
            (both("rate_ratio", f"$x1, $n1, $x2, $n2, {level}", **values), statistics.rate_ratio(x1, n1, x2, n2, z))
        )
    for found, interval in pairs:
        assert found == pytest.approx((interval.lower, interval.upper), rel=1e-12, abs=1e-14)


@pytest.mark.long
@given(st.sampled_from(["share", "rate"]), shares(400), shares(400))
@settings(max_examples=200, deadline=None)
def test_a_difference_has_the_same_word_in_sql_and_in_python(
    measure: str, first: tuple[int, int], second: tuple[int, int]
) -> None:
    (x, n), (other_x, other_n) = first, second
    values: dict[str, object] = {"measure": measure, "x": x, "n": n, "y": other_x, "m": other_n}
    assert ask("standing($measure, true, $x, $n, $y, $m)", **values) == (
        comparisons.Contrast(measure, x, n, other_x, other_n).standing,
    )
    assert ask("standing($measure, false, $x, $n, $y, $m)", **values) == (None,)


def test_a_difference_is_sure_possible_or_neither() -> None:
    told = [f"standing('share', true, {x}, 100, 300, 1000)" for x in (50, 41, 30, 20, 12)]
    assert ask(*told) == ("higher", "maybe_higher", "none", "maybe_lower", "lower")
    assert ask("standing('count', true, 5, 9, 5, 9)", "standing('share', true, null, 9, 5, 9)") == (None, None)
    assert ask("standing('rate', true, 0, 9, 0, 9)", "standing('share', true, 5, 9, 5, 0)") == (None, None)


def test_z_is_the_normal_quantile() -> None:
    assert ask("z95()", "z998()") == pytest.approx((stats.norm.isf(0.025), stats.norm.isf(0.001)), abs=1e-15)
    assert ask("z95()", "z998()") == (statistics.Z95, statistics.Z998)


CALLS = {
    "wilson": "x, n, z",
    "byar": "x, z",
    "poisson": "x, z",
    "count": "x, z",
    "newcombe": "x, n, x, n, z",
    "rate_ratio": "x, n, x, n, z",
    "bounds": "x, n, 1 + 0 * z",
    "funnel_share": "x / n, n, z",
    "funnel_count": "x, z",
}


@pytest.mark.parametrize("missing", ["x", "n", "z"])
@pytest.mark.parametrize("name", CALLS)
def test_null_in_gives_null_out(name: str, missing: str) -> None:
    if missing not in re.findall(r"\w+", CALLS[name]):
        assert None not in both(name, CALLS[name].replace("x", "3").replace("z", "z95()"))
        return
    given_values = {"x": "3", "n": "8", "z": "z95()"} | {missing: "null"}
    arguments = re.sub(r"\b[xnz]\b", lambda found: given_values[found.group()], CALLS[name])
    assert both(name, arguments) == (None, None)


def test_null_among_five_years_gives_no_trend_and_no_pace_without_a_way() -> None:
    assert ask("trend_chi2([1, 2, null, 4, 5], [9, 9, 9, 9, 9])", "trend_chi2([1, 2, 3, 4], [9, 9, 9, 9])") == (
        None,
        None,
    )
    assert ask("trend_chi2(null, null)", "trend_chi2([0, 0, 0, 0, 0], [9, 9, 9, 9, 9])") == (None, None)
    assert ask("pace(40, 52, 40, 3, 4)", "pace(40, 52, 60, 0, 4)", "pace(40, 52, 60, 3, 0)") == (None, None, None)
    assert ask("pace(null, 52, 60, 3, 4)", "pace(40, null, 60, 3, 4)", "pace(40, 52, null, 3, 4)") == (None, None, None)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("wilson", "0, 0, z95()"),
        ("wilson", "9, 8, z95()"),
        ("wilson", "-1, 8, z95()"),
        ("newcombe", "0, 0, 3, 8, z95()"),
        ("newcombe", "3, 8, 0, 0, z95()"),
        ("rate_ratio", "0, 10, 0, 10, z95()"),
        ("rate_ratio", "3, 0, 3, 10, z95()"),
        ("rate_ratio", "3, 10, 3, 0, z95()"),
        ("rate_ratio", "-3, 10, 3, 10, z95()"),
        ("count", "-1, z95()"),
        ("count", "5, 1.645"),
        ("bounds", "0, 0, 0"),
        ("bounds", "3, 8, -1"),
        ("funnel_share", "0.5, 0, z95()"),
        ("funnel_share", "1.5, 10, z95()"),
        ("funnel_count", "-1, z95()"),
    ],
)
def test_what_cannot_be_is_null(name: str, arguments: str) -> None:
    assert both(name, arguments) == (None, None)


def test_none_is_nothing_and_all_is_everything_at_any_size() -> None:
    found = CONNECTION.execute(
        "select count(*) from range(1, 5001) as sizes(n)"
        " where wilson_lower(0, n, z95()) <> 0 or wilson_upper(n, n, z95()) <> 1 or wilson_upper(n, n, z998()) <> 1"
    ).fetchall()
    assert found == [(0,)]


def test_the_ends_are_exact_where_all_or_none_have_it() -> None:
    assert both("wilson", "0, 7, z95()")[0] == 0
    assert both("wilson", "7, 7, z95()")[1] == 1
    assert both("rate_ratio", "4, 1, 0, 1, z95()")[0] == 0
    assert both("rate_ratio", "0, 1, 4, 1, z95()")[1] == inf
    assert both("funnel_count", "0, z95()") == (0, 0)
    assert both("bounds", "0, 0, 3") == (0, 1)


@pytest.mark.parametrize("name", CALLS)
def test_every_macro_is_a_double_and_bears_sums_of_any_size(name: str) -> None:
    large = {
        "x": "9::hugeint" if name == "poisson" else "400000000::hugeint",
        "n": "900000000000::hugeint",
        "z": "z95()",
    }
    arguments = re.sub(r"\b[xnz]\b", lambda found: large[found.group()], CALLS[name])
    found = ask(
        f"{name}_lower({arguments})", f"typeof({name}_lower({arguments}))", f"typeof({name}_upper({arguments}))"
    )
    assert found[0] is not None
    assert [str(of_type) for of_type in found[1:]] == ["DOUBLE", "DOUBLE"]


def test_macros_answer_row_by_row() -> None:
    rows = CONNECTION.execute(
        "select sum(count_lower(x, z95())), count(funnel_count_upper(x, z998())), max(wilson_upper(x, 200, z95()))"
        " from range(200) as counts(x)"
    ).fetchall()
    expected = sum(statistics.count_interval(x).lower for x in range(200))
    assert rows == [(pytest.approx(expected), 200, pytest.approx(statistics.wilson(199, 200).upper))]


OF_ROWS = {
    *("first_valid_day", "last_valid_day", "is_valid_on", "marked_origin", "origin_of_both", "group_origin"),
    *("rest_denominator", "rest_value", "standing_to_rest"),
}
"""Macros on days, origins and the rest of the city: no statistics, so no source and no place in the methods."""


def test_every_macro_is_told_of_in_a_comment_with_unit_and_source() -> None:
    paragraphs = MACROS.read_text(encoding="utf-8").split("\n\n")[2:]
    assert len(paragraphs) >= 12
    for paragraph in paragraphs:
        told = re.match(r"(-- .+\n)+create or replace macro", paragraph)
        assert told, f"no comment above:\n{paragraph}"
        if (
            not OF_ROWS & set(re.findall(r"create or replace macro (\w+)", paragraph))
            and "z of a" not in told.group()
            and "when m more" not in told.group()
            and "the interval that is shown" not in told.group()
            and "chance moves" not in told.group()
        ):
            assert re.search(r"\d{4}\b|Open SDG", told.group()), f"no source named:\n{told.group()}"


def test_every_macro_stands_in_the_methods() -> None:
    names = re.findall(r"create or replace macro (\w+)", MACROS.read_text(encoding="utf-8"))
    methods = (MACROS.parent.parent / "docs" / "methods.md").read_text(encoding="utf-8")
    assert len(names) > 20
    assert set(names) >= OF_ROWS
    assert not [name for name in names if f"`{name}`" not in methods and name not in OF_ROWS]


@pytest.mark.parametrize(
    ("day", "valid_from", "valid_to", "holds"),
    [
        ("2024-01-01", None, None, True),
        ("2024-01-01", "2024-01-01", None, True),
        ("2023-12-31", "2024-01-01", None, False),
        ("2024-12-31", None, "2024-12-31", True),
        ("2025-01-01", None, "2024-12-31", False),
        (None, "2024-01-01", None, None),
    ],
)
def test_both_ends_of_validity_count_and_null_is_open(
    day: str | None, valid_from: str | None, valid_to: str | None, holds: bool | None
) -> None:
    asked = "is_valid_on($day::date, $first::date, $last::date)"
    assert ask(asked, day=day, first=valid_from, last=valid_to) == (holds,)


def test_an_origin_is_example_when_any_input_is() -> None:
    told = "origin_of_both($own, $other)"
    assert ask(told, own="ils", other="example") == ask(told, own="example", other="ils") == ("example",)
    assert ask(told, own="ils", other=None) == ask(told, own="ils", other="budget") == ("ils",)
    assert ask(told, own=None, other="ils") == (None,)
    groups = (
        "select group_origin(origin) from (values (1, 'ils'), (1, 'example'), (2, 'ils'), (2, 'budget'), (3, null))"
    )
    rows = CONNECTION.execute(f"{groups} as rows(grouped, origin) group by grouped order by grouped").fetchall()
    assert rows == [("example",), ("budget",), (None,)]


def test_the_rest_of_the_city_is_the_city_less_its_own() -> None:
    assert ask("rest_denominator(3, 10, 23, 60)", "rest_denominator(null, 10, 23, 60)") == (50, None)
    assert ask("rest_denominator(3, 10, null, 60)") == (None,)
    assert ask("rest_value('share', null, 20, 50)", "rest_value('rate', 1000, 20, 50)") == (0.4, 400)
    assert ask("rest_value('share', null, 20, 0)", "rest_value('count', null, 20, 50)") == (None, None)
    stands = "standing_to_rest('share', true, 90, 100, 200, 1000, {})"
    assert ask(stands.format("0.2"), stands.format("null::double")) == ("higher", None)


WRITTEN_OUT = re.compile(
    r"coalesce\([^()]*(valid_from|valid_to), date '|then 'example'|numerator / rest_denominator|between \S*valid_from"
)


def test_validity_origin_and_the_rest_of_the_city_are_written_in_the_macros_alone() -> None:
    files = [path for path in engine.QUERIES.rglob("*.sql") if path.name != "macros.sql"]
    assert len(files) > 100
    assert [path.name for path in files if WRITTEN_OUT.search(path.read_text(encoding="utf-8"))] == []
