"""Flags among simulated districts: as many by chance as the page prints, and how often a true difference is found.

python benchmarks/districts.py --cities 4000

A city is 11 districts and 24 indicators of shares. In the first part all districts are alike, and what Newcombe's
interval against the rest of the city flags is counted beside what samlad.spread computes for the actual sizes, as the
page does: from the sizes and the share that was drawn. In the second, three of the eleven lie 5, 10, 15 or 20
percentage points above the others.
"""

import argparse
import sys
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from samlad import spread
from samlad.statistics import Z95, Z998

DISTRICTS, INDICATORS, DIFFERING = 11, 24, 3
POINTS = (5, 10, 15, 20)
SIZES = (60, 200, 600)

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
    """Which way each district is set apart from the rest of its city: 1 higher, -1 lower, 0 not. Cities are rows."""
    x, n = drawn.astype(float), np.broadcast_to(ns, drawn.shape).astype(float)
    rest, others = x.sum(axis=1, keepdims=True) - x, n.sum(axis=1, keepdims=True) - n
    (low, high), (rest_low, rest_high) = wilson(x, n, z), wilson(rest, others, z)
    difference = x / n - rest / others
    lower = difference - np.hypot(x / n - low, rest_high - rest / others)
    upper = difference + np.hypot(high - x / n, rest / others - rest_low)
    return np.asarray((lower > 0).astype(int) - (upper < 0).astype(int))


def false_flags(cities: int, size: int, share: float, z: float, seed: int) -> Flags:
    """Flags in cities of equal districts, where nothing differs."""
    chance, ns = np.random.default_rng(seed), np.full(DISTRICTS, size)
    drawn = chance.binomial(ns, share, size=(cities * INDICATORS, DISTRICTS))
    counted = np.abs(sides(drawn, ns, z)).sum(axis=1).reshape(cities, INDICATORS).sum(axis=1)
    totals, times = np.unique(drawn.sum(axis=1), return_counts=True)
    known = {int(total): spread.false_flags(ns.tolist(), float(total) / int(ns.sum()), z) for total in _thinned(totals)}
    at = np.array(sorted(known))
    printed = np.interp(totals, at, [known[int(total)] for total in at])
    return Flags(
        float(counted.mean()),
        float(INDICATORS * (printed * times).sum() / times.sum()),
        float(counted.std() / sqrt(cities)),
    )


def _thinned(totals: Counts, most: int = 60) -> Counts:
    """Some of the totals, both ends among them: between them what is printed changes little."""
    return np.unique(totals[np.linspace(0, len(totals) - 1, min(most, len(totals))).round().astype(int)])


def found(cities: int, size: int, share: float, points: int, z: float, seed: int) -> tuple[float, float]:
    """How often each of three higher districts is flagged as higher, and how many of the other eight are flagged."""
    chance, ns = np.random.default_rng(seed), np.full(DISTRICTS, size)
    shares = np.full(DISTRICTS, share)
    shares[:DIFFERING] += points / 100
    flagged = sides(chance.binomial(ns, shares, size=(cities * INDICATORS, DISTRICTS)), ns, z)
    return float((flagged[:, :DIFFERING] == 1).mean()), float(np.abs(flagged[:, DIFFERING:]).sum(axis=1).mean())


def main() -> None:
    """Print both parts as tables."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cities", type=int, default=4000)
    asked.add_argument("--share", type=float, default=0.5)
    asked.add_argument("--seed", type=int, default=2021)
    chosen = asked.parse_args()
    print(f"{chosen.cities} cities of {DISTRICTS} equal districts and {INDICATORS} indicators, seed {chosen.seed}")
    print("size  share  level   flags per city   printed   simulation error")
    for size in SIZES:
        for share in (0.3, chosen.share):
            for level, z in (("95", Z95), ("99.8", Z998)):
                flags = false_flags(chosen.cities, size, share, z, chosen.seed)
                told = f"{flags.simulated:14.3f} {flags.printed:9.3f} {flags.error:18.3f}"
                print(f"{size:4d} {share:6.2f} {level:>6} {told}")
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


if __name__ == "__main__":
    main()
