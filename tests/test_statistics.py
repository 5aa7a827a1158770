"""Statistics in Python: trends, paces, how many cases it takes, and how districts differ, against other programs."""

from collections.abc import Callable
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special
from scipy import stats as scipy_stats
from statsmodels.stats.meta_analysis import combine_effects  # type: ignore[import-untyped]

from samlad.foundation.errors import DomainError
from samlad.judgement import comparisons, spread, statistics
from samlad.judgement.comparisons import Contrast
from samlad.judgement.statistics import Z95, Z998, Interval


@pytest.mark.parametrize(
    ("xs", "n", "chi2", "slope", "is_certain"),
    [
        # Worked in docs/methods.md.
        ((40, 44, 50, 55, 61), 100, 11.236, 1, True),
        ((10, 12, 14, 16, 18), 20, 9.52381, 1, False),
        # The same downwards: the chi-square of the complement is the same.
        ((60, 56, 50, 45, 39), 100, 11.236, -1, True),
        ((50, 50, 50, 50, 50), 100, 0.0, 0, False),
        # All or none have it: nothing can be said, and nothing is.
        ((0, 0, 0, 0, 0), 100, 0.0, 0, False),
        ((100, 100, 100, 100, 100), 100, 0.0, 0, False),
        # By hand: N = 500, X = 250, sums in time 850 and 1500: 500 x 50 000² / (250 x 250 x (500 x 5 500 − 1 500²)).
        ((30, 40, 50, 60, 70), 100, 40.0, 1, True),
    ],
)
def test_trend_gives_the_worked_values(xs: tuple[int, ...], n: int, chi2: float, slope: int, is_certain: bool) -> None:
    found = statistics.trend(xs, [n] * 5)
    assert (round(found.chi2, 5), found.slope) == (chi2, slope)
    assert (found.certainty is statistics.Certainty.CERTAIN) == is_certain


def test_trend_is_not_certain_when_one_year_alone_turns_it() -> None:
    found = statistics.trend((50, 49, 48, 47, 90), (100,) * 5)
    assert found.chi2 > statistics.TREND_LIMIT
    assert found.certainty is statistics.Certainty.NONE, "without the last year it slopes down"
    possible = statistics.trend((10, 12, 14, 16, 18), (20,) * 5)
    assert possible.certainty is statistics.Certainty.POSSIBLE


def test_trend_limit_is_the_chi_square_at_99_8_per_cent() -> None:
    assert pytest.approx(scipy_stats.chi2.isf(0.002, 1), abs=1e-9) == statistics.TREND_LIMIT
    assert round(statistics.TREND_LIMIT, 4) == 9.5495


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), min_size=5, max_size=5))
@settings(max_examples=100, deadline=None)
def test_trend_is_total_times_the_squared_correlation(cells: list[tuple[int, int]]) -> None:
    cells = [(x, misses + 1) for x, misses in cells]
    xs, ns = [x for x, _ in cells], [x + misses for x, misses in cells]
    times = np.repeat(np.arange(5), ns)
    has_it = np.concatenate([np.repeat([1, 0], [x, n - x]) for x, n in zip(xs, ns, strict=True)])
    expected = 0.0 if has_it.std() == 0 else len(times) * np.corrcoef(times, has_it)[0, 1] ** 2 if times.std() else 0.0
    assert statistics.trend(xs, ns).chi2 == pytest.approx(expected, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    ("xs", "ns"), [((1, 2, 3, 4), (9, 9, 9, 9)), ((1, 2, 3, 4, 10), (9,) * 5), ((0, 0, 0, 0, 0), (9, 9, 9, 9, 0))]
)
def test_trend_refuses_what_are_not_five_shares(xs: tuple[int, ...], ns: tuple[int, ...]) -> None:
    with pytest.raises(DomainError):
        statistics.trend(xs, ns)


def test_pace_gives_the_worked_values_and_refuses_no_way() -> None:
    assert statistics.pace(40, 52, 60, elapsed=3, horizon=4) == pytest.approx(0.80)
    assert statistics.pace(30, 24, 15, elapsed=3, horizon=4) == pytest.approx(8 / 15)
    for base, elapsed, horizon in ((60, 3, 4), (40, 0, 4), (40, 3, 0)):
        with pytest.raises(DomainError):
            statistics.pace(base, 52, 60, elapsed=elapsed, horizon=horizon)


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: statistics.wilson(1, 0),
        lambda: statistics.wilson(9, 8),
        lambda: statistics.byar(0),
        lambda: statistics.poisson(-1),
        lambda: statistics.poisson(1.5),  # type: ignore[arg-type]
        lambda: statistics.rate_ratio(0, 1, 0, 1),
        lambda: statistics.rate_ratio(1, 0, 1, 1),
    ],
)
def test_intervals_refuse_what_cannot_be(impossible: Callable[[], object]) -> None:
    with pytest.raises(DomainError):
        impossible()


def test_the_interval_of_a_count_is_exact_below_ten_and_byars_from_there() -> None:
    assert statistics.count_interval(9) == statistics.poisson(9) != statistics.byar(9)
    assert statistics.count_interval(10) == statistics.byar(10) != statistics.poisson(10)


@pytest.mark.parametrize("z", [Z95, Z998])
def test_exact_poisson_intervals_hold_for_larger_counts_too(z: float) -> None:
    doubt = scipy_stats.norm.sf(z)
    for x in (10, 37, 150):
        found = statistics.poisson(x, z)
        exact = (scipy_stats.chi2.ppf(doubt, 2 * x) / 2, scipy_stats.chi2.isf(doubt, 2 * x + 2) / 2)
        assert (found.lower, found.upper) == pytest.approx(exact, rel=1e-9)


@given(st.integers(0, 300), st.integers(1, 300), st.integers(0, 300), st.integers(1, 300))
@settings(max_examples=100, deadline=None)
def test_z_scores_are_those_of_the_tests_they_stand_for(x1: int, more1: int, x2: int, more2: int) -> None:
    n1, n2 = x1 + more1, x2 + more2
    if x1 + x2:
        chi2 = scipy_stats.chi2_contingency([[x1, more1], [x2, more2]], correction=False).statistic
        assert statistics.share_z(x1, n1, x2, n2) ** 2 == pytest.approx(chi2, rel=1e-6, abs=1e-9)
        part = n2 / (n1 + n2)
        chi2 = scipy_stats.chisquare([x1, x2], [(x1 + x2) * (1 - part), (x1 + x2) * part]).statistic
        assert statistics.rate_z(x1, n1, x2, n2) ** 2 == pytest.approx(chi2, rel=1e-6, abs=1e-9)
    else:
        assert statistics.share_z(x1, n1, x2, n2) == statistics.rate_z(x1, n1, x2, n2) == 0


@given(st.integers(0, 30), st.integers(0, 30), st.integers(30, 60), st.integers(30, 60))
@settings(max_examples=60, deadline=None)
def test_the_number_of_times_needed_is_the_smallest_and_goes_on_being_enough(
    x1: int, x2: int, n1: int, n2: int
) -> None:
    def is_certain(times: int) -> bool:
        return not statistics.newcombe(x1 * times, n1 * times, x2 * times, n2 * times).holds(0)

    times = statistics.times_needed(is_certain)
    if x1 * n2 == x2 * n1:
        assert times is None
        return
    assert times is not None
    assert is_certain(times)
    assert all(not is_certain(fewer) for fewer in range(max(1, times - 50), times))
    assert all(is_certain(more) for more in range(times, times + 50))


def exactly(n: int, rest: int, share: float, z: float, shown_from: int = 0, rest_from: int = 0) -> float:
    """Return the chance that two figures of one share, both shown, are set apart: every outcome added up."""
    apart = shown = 0.0
    for x in range(shown_from, n - shown_from + 1):
        for y in range(rest_from, rest - rest_from + 1):
            probable = scipy_stats.binom.pmf(x, n, share) * scipy_stats.binom.pmf(y, rest, share)
            shown += probable
            apart += 0 if statistics.newcombe(y, rest, x, n, z).holds(0) else probable
    return apart / shown


# Eleven districts, 60 persons each. docs/methods.md: 5.0 and 0.20 per cent of the units.
def test_false_flags_for_eleven_equal_units_are_the_simulated_ones() -> None:
    told = comparisons.by_chance([Contrast("share", 18, 60, 180, 600)] * 11)
    assert told.contrasts == 11
    assert told.possible / 11 == pytest.approx(0.050, abs=0.0005)
    assert told.certain / 11 == pytest.approx(0.0020, abs=0.0001)


@pytest.mark.parametrize("z", [Z95, Z998])
@pytest.mark.parametrize(
    ("n", "rest", "hits", "shown_from", "rest_from"),
    [
        (5, 29, 10, 0, 0),
        (40, 30, 63, 0, 0),
        (12, 37, 2, 0, 0),
        (8, 8, 0, 0, 0),
        (20, 60, 16, 5, 0),
        (12, 70, 41, 5, 0),
        (25, 30, 11, 5, 5),
        (10, 40, 25, 5, 0),
    ],
)
def test_flags_by_chance_are_every_outcome_that_is_shown_added_up(
    n: int, rest: int, hits: int, shown_from: int, rest_from: int, z: float
) -> None:
    held = Contrast("share", 0, n, hits, rest, shown_from, rest_from)
    expected = exactly(n, rest, hits / (n + rest), z, shown_from, rest_from)
    assert comparisons.flagged(held, z) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("z", [Z95, Z998])
@pytest.mark.parametrize("shown_from", [0, 5])
def test_flags_of_rates_by_chance_are_every_outcome_that_is_shown_added_up(z: float, shown_from: int) -> None:
    exposure, rest, total = 100, 1150, 60
    apart = shown = 0.0
    for x in range(shown_from, total + 1):
        probable = scipy_stats.binom.pmf(x, total, exposure / (exposure + rest))
        shown += probable
        apart += 0 if statistics.rate_ratio(total - x, rest, x, exposure, z).holds(1) else probable
    held = Contrast("rate", 5, exposure, total - 5, rest, shown_from)
    assert comparisons.flagged(held, z) == pytest.approx(apart / shown, abs=1e-9)


def test_a_figure_that_could_hardly_be_shown_has_a_chance_all_the_same() -> None:
    assert 0 <= comparisons.flagged(Contrast("share", 5, 10, 0, 1_000_000, 5), Z95) <= 1
    assert comparisons.flagged(Contrast("share", 0, 4, 0, 40, 5), Z95) == 0
    assert comparisons.flagged(Contrast("rate", 0, 4, 0, 40), Z95) == 0


def test_nothing_is_compared_without_a_denominator_or_a_measure() -> None:
    refused: list[Callable[[], object]] = [
        lambda: Contrast("share", 0, 0, 3, 8),
        lambda: Contrast("share", 3, 8, 0, 0),
        lambda: Contrast("index", 3, 8, 3, 8),
        lambda: spread.pooled_share([0], [0]),
    ]
    for impossible in refused:
        with pytest.raises(DomainError):
            impossible()


def test_a_full_count_is_the_same_within_one_unit_of_the_smaller() -> None:
    assert comparisons.full_standing(69 / 140, 69 / 139, 140, 139) == "same"
    assert comparisons.full_standing(6 / 13, 8 / 13, 13, 13) == "under"
    assert comparisons.full_standing(9 / 12, 8 / 12, 12, 12) == "over", "one unit's worth is enough"
    assert comparisons.full_standing(3.1, 2.0, 1000, 9000, per=1000) == "over"
    assert comparisons.full_standing(2.9, 2.0, 1000, 9000, per=1000) == "same"
    assert comparisons.full_standing(7, 6, 1, 1) == "over"


def test_more_than_chance_is_q_beyond_the_points_of_chi_square() -> None:
    # By hand: p = 60/150 = 0.4, each variance 50 x 0.4 x 0.6 = 12; (100 + 0 + 100) / 12 = 16.7, 2 degrees of freedom.
    assert spread.excess([10, 20, 30], [50, 50, 50]) == "more"
    random = np.random.default_rng(3)
    told = []
    for _ in range(300):
        ns = random.integers(60, 300, 9)
        xs = random.binomial(ns, random.normal(0.4, 0.03, 9))
        p = scipy_stats.chi2_contingency([xs, ns - xs], correction=False).pvalue
        told.append("more" if p < 0.002 else "maybe_more" if p < 0.05 else "none")
        assert spread.excess(xs.tolist(), ns.tolist()) == told[-1]
    assert set(told) == {"more", "maybe_more", "none"}


def test_more_than_chance_is_not_asked_of_small_numbers() -> None:
    assert spread.excess([0, 0], [50, 50]) is None
    assert spread.excess([50], [90]) is None
    assert spread.excess([4, 40], [40, 400]) is None, "4 are expected in one"
    assert spread.excess([5, 50], [50, 500]) == "none"
    assert spread.rate_excess([4, 40], [40.0, 400.0]) is None
    # By hand: rate 0.2, expected 10, 20, 30: 25/10 + 25/20 + 0 = 3.75, below 5.99.
    assert spread.rate_excess([15, 15, 30], [50, 100, 150]) == "none"
    # 100/10 + 100/20 = 15, beyond 12.43.
    assert spread.rate_excess([20, 10, 30], [50, 100, 150]) == "more"


@pytest.mark.parametrize("freedom", [1, 2, 3, 10, 11, 60, 801])
@pytest.mark.parametrize("tail", [0.05, 0.002, 0.025, 0.975, 0.001, 0.999])
def test_the_points_of_chi_square_are_those_of_scipy(freedom: int, tail: float) -> None:
    assert spread.chi_square_point(freedom, tail) == pytest.approx(special.chdtri(freedom, tail), rel=1e-9)


def test_a_change_of_tau_is_told_by_the_two_levels() -> None:
    ns = [400] * 11
    apart, near, between = ([200 + step * at for at in range(-5, 6)] for step in (30, 2, 12))
    wide, narrow, middle = (spread.spread(xs, ns) for xs in (apart, near, between))
    assert wide and narrow and middle
    assert spread.spread_change(wide, narrow) == "lower"
    assert spread.spread_change(narrow, wide) == "higher"
    assert spread.spread_change(wide, wide) == "none"
    assert spread.spread_change(middle, wide) == "maybe_higher"


BCG = np.array(  # Colditz 1994, as dat.bcg in the R package metafor: cases and others, vaccinated and not.
    [
        (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
        (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232),
        (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
    ],
    dtype=float,
)  # fmt: skip
CLASP = np.array(  # DerSimonian & Kacker 2007, the CLASP example: cases and others, treated and not.
    [
        (5, 151, 8, 66),
        (5, 298, 17, 286),
        (12, 553, 9, 468),
        (69, 1501, 94, 1471),
        (9, 94, 11, 94),
        (313, 4346, 352, 4298),
    ],
    dtype=float,
)


def test_q_profile_is_that_of_metafor() -> None:
    # R package metafor, tests/testthat/test_misc_confint.r: 0.1197 to 1.1115 for the log relative risks of dat.bcg.
    a, b, c, d = BCG.T
    effects = np.log(a / (a + b)) - np.log(c / (c + d))
    variances = 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)
    assert spread.q_profile(effects, variances) == pytest.approx((0.1197, 1.1115), abs=5e-5)


def test_paule_mandel_is_that_of_metafor_and_statsmodels() -> None:
    # DerSimonian & Kacker 2007, table 3; R package metafor, test_analysis_example_dersimonian2007.r: tau is 0.3681.
    a, b, c, d = CLASP.T
    effects, variances = np.log(a / b) - np.log(c / d), 1 / a + 1 / b + 1 / c + 1 / d
    assert sqrt(spread.paule_mandel(effects, variances)) == pytest.approx(0.3681, abs=5e-5)
    assert spread.paule_mandel(effects, variances) == pytest.approx(
        combine_effects(effects, variances, method_re="iterated").tau2, abs=1e-6
    )


districts = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=8, max_size=14).map(
    lambda cells: [(x, x + misses + 1) for x, misses in cells]
)


@given(districts)
@settings(max_examples=60, deadline=None)
def test_tau_and_its_interval_solve_their_equations(found: list[tuple[int, int]]) -> None:
    effects, variances = spread.logits([x for x, _ in found], [n for _, n in found])

    def q(tau2: float) -> float:
        weights = 1 / (variances + tau2)
        return float((weights * (effects - (weights * effects).sum() / weights.sum()) ** 2).sum())

    freedom = len(found) - 1
    tau2 = spread.paule_mandel(effects, variances)
    lower, upper = spread.q_profile(effects, variances)
    assert lower <= tau2 <= upper
    for value, wanted in (
        (tau2, freedom),
        (lower, special.chdtri(freedom, 0.025)),
        (upper, special.chdtri(freedom, 0.975)),
    ):
        assert q(value) == pytest.approx(wanted, rel=1e-6) if value else q(0) <= wanted


def test_half_a_case_is_added_to_empty_cells_only() -> None:
    effects, variances = spread.logits([0, 10, 3], [10, 10, 10])
    assert effects == pytest.approx([np.log(0.5 / 10.5), np.log(10.5 / 0.5), np.log(3 / 7)])
    assert variances == pytest.approx([1 / 0.5 + 1 / 10.5, 1 / 10.5 + 1 / 0.5, 1 / 3 + 1 / 7])


def test_spread_is_told_only_where_the_numbers_carry_it() -> None:
    alike = [(50, 100)] * 8
    nothing = Interval(0, 0)
    assert spread.spread([x for x, _ in alike], [n for _, n in alike]) == spread.Spread(0, nothing, nothing)
    apart = spread.spread([30, 35, 40, 50, 52, 58, 61, 70], [100] * 8)
    assert apart is not None
    assert apart.is_clear
    assert apart.certain.lower < apart.possible.lower < apart.tau < apart.possible.upper < apart.certain.upper
    assert spread.spread([50] * 7, [100] * 7) is None, "seven districts are too few"
    assert spread.spread([50] * 7 + [4], [100] * 7 + [9]) is None, "4.5 expected in one is too few"
    assert spread.spread([50] * 7 + [5], [100] * 7 + [10]) is not None, "5 expected is enough"
    assert spread.spread([97] * 8, [100] * 8) is None, "3 expected misses are too few"


def test_spread_reaches_zero_when_the_differences_are_chance() -> None:
    drawn = np.random.default_rng(7).binomial(200, 0.4, size=(400, 11))
    told = [spread.spread(row.tolist(), [200] * 11) for row in drawn]
    certain = [found.is_clear for found in told if found is not None]
    assert len(certain) == 400
    assert 0 < sum(certain) / 400 < 0.05, "the lower end leaves 2.5 per cent"


def test_tau_finds_a_true_spread() -> None:
    random = np.random.default_rng(11)
    true_tau = 0.5
    taus = []
    for _ in range(200):
        shares = special.expit(random.normal(-0.4, true_tau, size=30))
        found = spread.spread(random.binomial(400, shares).tolist(), [400] * 30)
        assert found is not None
        taus.append(found.tau**2)
        assert found.possible.lower <= found.tau <= found.possible.upper
    assert np.mean(taus) == pytest.approx(true_tau**2, rel=0.1)
