"""Flags among simulated districts: as many by chance as the page prints, and how often a true difference is found.

python benchmarks/districts.py --cities 4000

A city is 11 districts and 24 indicators of shares. In the first part all districts are alike, and what Newcombe's
interval against the rest of the city flags is counted beside what samlad.judgement.comparisons computes, as the page
does: from the
sizes and the share that was drawn. In the second, districts are of many sizes and those with fewer than five persons,
with or without, are hidden; they stay in the rest of the city. In the third, three of the eleven lie 5, 10, 15 or 20
percentage points above the others. In the fourth nothing differs, and it is counted how many cities are told that their
districts differ more than chance.
"""

import argparse
import sys
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from samlad.judgement import spread
from samlad.judgement.comparisons import Contrast, flagged
from samlad.judgement.statistics import Z95, Z998

DISTRICTS, INDICATORS, DIFFERING = 11, 24, 3
POINTS = (5, 10, 15, 20)
SIZES = (60, 200, 600)
MANY_SIZES = (12, 15, 20, 25, 30, 40, 60, 80, 120, 200, 300)
THRESHOLD = 5
SMALLEST, LARGEST, LOWEST, HIGHEST = 60, 600, 0.10, 0.60
"""Between what the districts' sizes and the common share lie in the cities of the last part."""

LEVELS = (("95", Z95), ("99.8", Z998))

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Flags:
    """Flags per city of 24 indicators: as simulated, as printed, and the standard error of the simulated."""

    simulated: float
    printed: float
    error: float


def wilson(x: Numbers, n: Numbers, z: float) -> tuple[Numbers, Numbers]:
    """Wilson's interval, for many at once."""
    half = z * np.sqrt(z * z + 4 * x * (1 - x / n))
    middle, whole = 2 * x + z * z, 2 * (n + z * z)
    return np.where(x == 0, 0.0, (middle - half) / whole), np.where(x == n, 1.0, (middle + half) / whole)


def sides(drawn: Counts, ns: Counts, z: float) -> NDArray[np.int64]:
    """Return the side of each district against the rest of its city: 1 higher, -1 lower, 0 not. Cities are rows."""
    x, n = drawn.astype(float), np.broadcast_to(ns, drawn.shape).astype(float)
    rest, others = x.sum(axis=1, keepdims=True) - x, n.sum(axis=1, keepdims=True) - n
    (low, high), (rest_low, rest_high) = wilson(x, n, z), wilson(rest, others, z)
    difference = x / n - rest / others
    lower = difference - np.hypot(x / n - low, rest_high - rest / others)
    upper = difference + np.hypot(high - x / n, rest / others - rest_low)
    return np.asarray((lower > 0).astype(int) - (upper < 0).astype(int))


def false_flags(
    cities: int, ns: Counts, share: float, z: float, seed: int, shown_from: int = 0, printed_from: int | None = None
) -> Flags:
    """Flags among the shown districts of cities where nothing differs; printed_from is the cut of what is printed."""
    drawn = np.random.default_rng(seed).binomial(ns, share, size=(cities * INDICATORS, len(ns)))
    is_shown = (drawn >= shown_from) & (ns - drawn >= shown_from)
    counted = (np.abs(sides(drawn, ns, z)) * is_shown).sum(axis=1).reshape(cities, INDICATORS).sum(axis=1)
    totals = drawn.sum(axis=1)
    cut = shown_from if printed_from is None else printed_from
    printed = sum(
        float(by_total(int(n), int(ns.sum()), totals, z, cut)[is_shown[:, at]].sum()) for at, n in enumerate(ns)
    )
    return Flags(float(counted.mean()), printed / cities, float(counted.std() / sqrt(cities)))


def by_total(n: int, whole: int, totals: Counts, z: float, shown_from: int) -> Numbers:
    """Return the page's figures for a district of n, by the number in the city; interpolated between some."""
    at = _thinned(np.unique(totals))
    known = [flagged(Contrast("share", 0, n, int(total), whole - n, shown_from), z) for total in at]
    return np.asarray(np.interp(totals, at, known))


def _thinned(totals: Counts, most: int = 60) -> Counts:
    """Some of the totals, both ends among them: between them what is printed changes little."""
    return np.unique(totals[np.linspace(0, len(totals) - 1, min(most, len(totals))).round().astype(int)])


def found(cities: int, size: int, share: float, points: int, z: float, seed: int) -> tuple[float, float]:
    """Return the share of three higher districts flagged as higher, and the mean number flagged of the other eight."""
    chance, ns = np.random.default_rng(seed), np.full(DISTRICTS, size)
    shares = np.full(DISTRICTS, share)
    shares[:DIFFERING] += points / 100
    flagged = sides(chance.binomial(ns, shares, size=(cities * INDICATORS, DISTRICTS)), ns, z)
    return float((flagged[:, :DIFFERING] == 1).mean()), float(np.abs(flagged[:, DIFFERING:]).sum(axis=1).mean())


def excesses(cities: int, seed: int) -> tuple[float, float]:
    """Of cities where nothing differs: how many are told "mer än slumpen", and how many that or "möjligen"."""
    chance = np.random.default_rng(seed)
    told = []
    for _ in range(cities):
        ns = chance.integers(SMALLEST, LARGEST + 1, DISTRICTS)
        drawn = chance.binomial(ns, chance.uniform(LOWEST, HIGHEST))
        told.append(spread.excess(drawn.tolist(), ns.tolist()))
    return told.count("more") / cities, (told.count("more") + told.count("maybe_more")) / cities


def main() -> None:
    """Print all parts as tables."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cities", type=int, default=4000)
    asked.add_argument("--share", type=float, default=0.5)
    asked.add_argument("--seed", type=int, default=2021)
    chosen = asked.parse_args()
    print(f"{chosen.cities} cities of {DISTRICTS} equal districts and {INDICATORS} indicators, seed {chosen.seed}")
    print("size  share  level   flags per city   printed   simulation error")
    for size in SIZES:
        for share in (0.3, chosen.share):
            for level, z in LEVELS:
                flags = false_flags(chosen.cities, np.full(DISTRICTS, size), share, z, chosen.seed)
                told = f"{flags.simulated:14.3f} {flags.printed:9.3f} {flags.error:18.3f}"
                print(f"{size:4d} {share:6.2f} {level:>6} {told}")
    print(f"\nDistricts of {MANY_SIZES}, those under {THRESHOLD} hidden: flags among the shown per city of indicators")
    print("share  level   flags per city   printed   without the cut   simulation error")
    for share in (0.1, 0.2, 0.4):
        for level, z in LEVELS:
            given = (chosen.cities, np.array(MANY_SIZES), share, z, chosen.seed, THRESHOLD)
            flags, uncut = false_flags(*given), false_flags(*given, printed_from=0)
            told = f"{flags.simulated:14.3f} {flags.printed:9.3f} {uncut.printed:17.3f} {flags.error:18.3f}"
            print(f"{share:5.2f} {level:>6} {told}")
    print(
        f"\n{DIFFERING} of {DISTRICTS} higher, others at {chosen.share:.0%}: each found, others flagged per indicator"
    )
    print("size  points   at 95   at 99.8   others at 95   at 99.8")
    for size in SIZES:
        for points in POINTS:
            (at95, other95), (at998, other998) = (
                found(chosen.cities, size, chosen.share, points, z, chosen.seed) for z in (Z95, Z998)
            )
            print(f"{size:4d} {points:7d} {at95:7.1%} {at998:9.1%} {other95:14.2f} {other998:9.2f}")
    more, possible = excesses(20_000, chosen.seed)
    print(f"\n20000 cities where nothing differs: {more:.2%} more than chance, {possible:.2%} possibly or more")


if __name__ == "__main__":
    main()
