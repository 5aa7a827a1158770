"""Figures of one indicator: drawn by chance around its truth, per area, then added up for each reporter.

Arrays are areas × years × periods × sexes. The sexes are women, men and not told; their sum is the total, so the sexes
are never above it. A flow is thinned from the year to its first eight and four months, so T1 ≤ T2 ≤ VB.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samlad.cli.example.city import City
from samlad.cli.example.plans import Truth

EIGHT_MONTHS = 0.66
FOUR_OF_EIGHT = 0.5
WOMEN_IN_POPULATION = 0.503
UNITS_CLOSED_A_YEAR = 0.03
ANSWERS_BEHIND_AN_INDEX = 120
SPREAD_OF_ANSWERS = 2.0
TOTAL = -1


@dataclass(frozen=True)
class DrawnIndicator:
    """Columns of the indicator that decide how it is drawn."""

    indicator_id: str
    measure: str
    time: str
    per: int
    base_year: int
    sign: int
    split_by_sex: bool


@dataclass(frozen=True)
class Figures:
    """Figures of each reporter, reporters × years × periods × (women, men, total); null is −1 or NaN.

    `forecast` is a reasonable guess at the year's figure made in T1 and T2, reporters × years × periods. `per_area` is
    the count before it was added up, for the whole that this may be a part of; empty where there is no count.
    """

    numerator: np.ndarray
    denominator: np.ndarray
    value: np.ndarray
    forecast: np.ndarray
    per_area: np.ndarray

    @property
    def level(self) -> np.ndarray:
        """Return the total as one number: a share, a count, an index; reporters × years × periods."""
        counted = self.numerator[..., TOTAL] / np.where(
            self.denominator[..., TOTAL] > 0, self.denominator[..., TOTAL], 1
        )
        return np.where(self.numerator[..., TOTAL] >= 0, counted, self.value[..., TOTAL])


def generator(seed: int, name: str) -> np.random.Generator:
    """Return a random generator for a name, so that one more indicator changes no other."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def draw(indicator: DrawnIndicator, truth: Truth, city: City, seed: int, parts: Sequence[np.ndarray] = ()) -> Figures:
    """Draw one indicator for every area and period, and add it up for every reporter.

    `parts` are the counts, per area, of the indicators that are parts of this one.
    """
    rng = generator(seed, indicator.indicator_id)
    if indicator.measure == "index":
        return index(indicator, truth, city, rng)
    if indicator.measure == "yes_no":
        return yes_no(indicator, truth, city, rng)
    if indicator.measure == "share":
        hits, all_counted = shares(indicator, truth, city, rng)
    else:
        hits, all_counted = counts(indicator, truth, city, rng)
        hits = hits + sum(parts)
    numerator = added(hits, city)
    denominator = added(all_counted, city) if indicator.measure != "count" else np.full_like(numerator, -1)
    value = np.full(numerator.shape, np.nan)
    return Figures(numerator, denominator, value, forecasts(indicator, numerator, denominator, rng), hits)


def levels(indicator: DrawnIndicator, truth: Truth, city: City) -> np.ndarray:
    """Return the truth of each area at each period (areas × years × periods): a stock moves within the year."""
    years = np.array(city.years)
    yearly = np.interp(years, indicator.base_year + np.arange(len(truth.levels)), truth.levels)
    before = np.concatenate([yearly[:1], yearly[:-1]])
    moves = indicator.time == "stock"
    within = np.stack([before + (yearly - before) * share if moves else yearly for share in (1 / 3, 2 / 3, 1)], axis=1)
    spread = np.interp(years, years[[0, -1]], truth.spread) if len(years) > 1 else np.array(truth.spread[:1])
    shift = city.effect[:, None, None] * spread[None, :, None]
    if indicator.measure in ("share", "yes_no"):
        odds = np.log(within / (1 - within))[None] + indicator.sign * shift
        return np.asarray(1 / (1 + np.exp(-odds)))
    return np.asarray(within[None] * np.exp(shift) if indicator.measure != "index" else within[None] + shift)


def basis(truth: Truth, city: City) -> np.ndarray:
    """Return the base of a truth's size (areas × years): a thousand inhabitants or employees, or one."""
    match truth.basis:
        case "population":
            return np.asarray(city.population / 1000)
        case "staff":
            return np.repeat(city.staff[:, None] / 1000, len(city.years), axis=1)
        case _:
            return np.ones(city.population.shape)


def by_sex(counted: np.ndarray, truth: Truth, rng: np.random.Generator, split: bool) -> np.ndarray:
    """Return counts divided over women, men and not told, along a new last axis."""
    if not split:
        zero = np.zeros_like(counted)
        return np.stack([zero, zero, counted], axis=-1)
    untold = rng.binomial(counted, truth.unknown)
    women = rng.binomial(counted - untold, truth.women)
    return np.stack([women, counted - untold - women, untold], axis=-1)


def shares(
    indicator: DrawnIndicator, truth: Truth, city: City, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return numerators and denominators."""
    chance = levels(indicator, truth, city)
    expected = truth.size * basis(truth, city)
    odds = chance / (1 - chance)
    lean = np.sqrt(truth.women_odds)
    chances = np.stack([odds * lean / (1 + odds * lean), odds / lean / (1 + odds / lean), chance], axis=-1)
    if indicator.time == "stock":
        return standing(expected, chances, truth, rng, indicator.split_by_sex)
    everyone = by_sex(rng.poisson(expected), truth, rng, indicator.split_by_sex)
    hits = rng.binomial(everyone, chances[:, :, -1])
    misses = everyone - hits
    hits, misses = through_the_year(hits, rng), through_the_year(misses, rng)
    return hits, hits + misses


def through_the_year(whole: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return a year's count as it had grown by T1, by T2 and by its end: a new axis before the last."""
    by_august = rng.binomial(whole, EIGHT_MONTHS)
    by_april = rng.binomial(by_august, FOUR_OF_EIGHT)
    return np.stack([by_april, by_august, whole], axis=-2)


def standing(
    expected: np.ndarray, chances: np.ndarray, truth: Truth, rng: np.random.Generator, split: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return counts of the same units or persons over the years: most stay, a few close and open."""
    fixed = truth.basis == "fixed"
    first = np.rint(expected[:, 0] if fixed else expected[:, 0] * rng.lognormal(0, 0.1, len(expected)))
    there = by_sex(np.maximum(first, expected[:, 0] > 0).astype(np.int64), truth, rng, split)
    chance = chances[:, 0, 0]
    reached = rng.binomial(there, chance)
    shape = (*chances.shape[:3], 3)
    hits, everyone = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for year in range(shape[1]):
        if year and not fixed:
            closed = rng.binomial(there, UNITS_CLOSED_A_YEAR)
            opened = rng.binomial(there, UNITS_CLOSED_A_YEAR)
            reached = reached - rng.hypergeometric(reached, there - reached, closed) + rng.binomial(opened, chance)
            there = there - closed + opened
        for period in range(3):
            before, chance = chance, chances[:, year, period]
            gained = rng.binomial(there - reached, np.clip((chance - before) / (1 - before), 0, 1))
            lost = rng.binomial(reached, np.clip((before - chance) / before, 0, 1))
            reached = reached + gained - lost
            hits[:, year, period], everyone[:, year, period] = reached, there
    return hits, everyone


def counts(
    indicator: DrawnIndicator, truth: Truth, city: City, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return counts, and for a rate the number of inhabitants."""
    level = levels(indicator, truth, city)[:, :, -1]
    per = city.population / indicator.per if indicator.measure == "rate" else basis(truth, city)
    hits = through_the_year(by_sex(rng.poisson(level * per), truth, rng, indicator.split_by_sex), rng)
    women = (
        np.rint(city.population * WOMEN_IN_POPULATION).astype(np.int64)
        if indicator.split_by_sex
        else city.population * 0
    )
    inhabitants = np.stack([women, (city.population - women) * indicator.split_by_sex, city.population], axis=-1)
    inhabitants[..., TOTAL] -= inhabitants[..., 0] + inhabitants[..., 1]
    return hits, np.repeat(inhabitants[:, :, None, :], 3, axis=2)


def added(areas: np.ndarray, city: City) -> np.ndarray:
    """Return areas added up for each reporter; the last sex becomes the total."""
    summed = np.einsum("ra,a...->r...", city.parts, areas, optimize=True)
    summed[..., TOTAL] = summed.sum(axis=-1)
    return np.asarray(summed)


def index(indicator: DrawnIndicator, truth: Truth, city: City, rng: np.random.Generator) -> Figures:
    """Return a mean of answers, for women, men and all, with one decimal."""
    weights = city.parts * city.population[:, -1]
    level = np.einsum(
        "ra,ayp->ryp", weights / np.maximum(weights.sum(axis=1, keepdims=True), 1), levels(indicator, truth, city)
    )
    lean = np.log(truth.women_odds)
    noise = rng.normal(0, SPREAD_OF_ANSWERS / np.sqrt(ANSWERS_BEHIND_AN_INDEX), (*level.shape, 2))
    halves = np.clip(level[..., None] + noise + np.array([lean, -lean]), 0, 10)
    value = np.round(np.concatenate([halves, halves.mean(axis=-1, keepdims=True)], axis=-1), 1)
    none = np.full(value.shape, -1)
    return Figures(none, none, value, np.full(level.shape, np.nan), np.empty(0))


def yes_no(indicator: DrawnIndicator, truth: Truth, city: City, rng: np.random.Generator) -> Figures:
    """Return yes from the day the truth has passed the organisation's threshold; it seldom changes its mind."""
    chance = levels(indicator, truth, city)
    needs = np.clip(rng.uniform(size=len(chance))[:, None] + rng.normal(0, 0.06, chance.shape[:2]), 0, 1)
    value = (needs[:, :, None] < chance)[city.largest_part].astype(np.float64)
    value = np.repeat(value[..., None], 3, axis=-1)
    none = np.full(value.shape, -1)
    return Figures(none, none, value, np.full(value.shape[:3], np.nan), np.empty(0))


def forecasts(
    indicator: DrawnIndicator, numerator: np.ndarray, denominator: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Return guesses of the year's end in T1 and T2: nearer the truth in the later."""
    year = numerator[:, :, -1, TOTAL].astype(np.float64)
    of = denominator[:, :, -1, TOTAL].astype(np.float64)
    wide = np.array([0.08, 0.04, np.nan])
    error = rng.normal(size=(*year.shape, 3)) * wide
    with np.errstate(divide="ignore", invalid="ignore"):
        match indicator.measure:
            case "share":
                return np.asarray(np.round(np.clip((year / of)[..., None] + error / 2, 0, 1), 2))
            case "rate":
                return np.asarray(np.round((year * indicator.per / of)[..., None] * (1 + error), 1))
            case _:
                return np.asarray(np.rint(year[..., None] * (1 + error)))
