"""Frequency of courses that say more than the truth: drawn figures, judged, held against the band drawn from.

    python -m benchmarks.courses [--draws 5000] [--seed 2021]

An indicator that truly moves at a known R is drawn at the base and three years later, both judged as any other. A band
above the true one and a band below it are each to be told in at most 3 per cent of the draws.
"""

import argparse
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from samlad.judgement.facts import Case
from samlad.judgement.figure_change import Figure
from samlad.judgement.marks import Mark
from samlad.judgement.verdicts import judge

BASE, TARGET = 0.40, 0.60
MOST = 0.03
BANDS = (Mark.WRONG_WAY, Mark.FAR_BEHIND, Mark.TOO_SLOW, Mark.ON_TRACK)
"""The bands that are told alone, the worst first."""


@dataclass(frozen=True)
class Told:
    """Frequencies of each course told of one truth, and of a band above or below the true one."""

    pace: float
    persons: int
    courses: Counter[Mark]

    @property
    def draws(self) -> int:
        """Number of figures drawn."""
        return self.courses.total()

    def share(self, *marks: Mark) -> float:
        """The share of the draws in which one of some courses was told."""
        return sum(self.courses[mark] for mark in marks) / self.draws

    @property
    def true_band(self) -> int:
        """The band of the truth, counted from the worst."""
        return sum(self.pace >= limit for limit in (0, 0.60, 0.95))

    @property
    def above(self) -> float:
        """Share of the draws in which a better band than the true one was told."""
        return self.share(*BANDS[self.true_band + 1 :])

    @property
    def below(self) -> float:
        """Share of the draws in which a worse band than the true one was told."""
        return self.share(*BANDS[: self.true_band])


def told(pace: float, persons: int, draws: int, seed: int) -> Told:
    """Draw a share that truly moves at a pace, so many times, and judge each draw."""
    rng = np.random.default_rng([seed, persons, round(1000 * (pace + 1))])
    latest = BASE + pace * (TARGET - BASE) * 3 / 4
    drawn = zip(rng.binomial(persons, BASE, draws), rng.binomial(persons, latest, draws), strict=True)
    courses: Counter[Mark] = Counter()
    for first, last in drawn:
        case = Case(
            "share",
            "increase",
            2024,
            Figure(int(last), persons),
            base_year=2021,
            base=Figure(int(first), persons),
            last_target=TARGET,
            last_target_year=2025,
        )
        course = judge(case).course
        if course is not None:
            courses[course] += 1
    return Told(pace, persons, courses)


def main() -> None:
    """Draw every truth and print how often each course was told."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--draws", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=2021)
    asked = parser.parse_args()
    print("R, persons: band above, band below; courses")
    for pace in (-0.5, 0.0, 0.5, 0.8, 1.0):
        for persons in (60, 300, 1000, 10_000):
            found = told(pace, persons, asked.draws, asked.seed)
            courses = ", ".join(f"{mark.word} {found.share(mark):.1%}" for mark in Mark if found.courses[mark])
            held = "holds" if max(found.above, found.below) <= MOST else "DOES NOT HOLD"
            print(f"{pace:4}, {persons:6}: {found.above:.2%}, {found.below:.2%} {held}; {courses}")


if __name__ == "__main__":
    main()
