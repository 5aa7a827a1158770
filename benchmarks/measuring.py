"""Common parts of all measurements of speed: rounds in turns, medians, limits as ratios, and the machine's name."""

import os
import platform
import random
import re
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROUNDS = 15
EQUAL = 1.1
"""A ratio within ten per cent of its limit is equal to it: two runs differ by as much on an idle machine."""

SEED = 2021
PACKAGES = ("streamlit", "duckdb", "pandas", "pyarrow", "altair")


@dataclass(frozen=True)
class Figure:
    """One measurement, and what it is held against.

    `value` is in `unit`; `floor` is the same measure of the baseline, taken in turns with it in the same run, and named
    by `against`. `limit` is the most that the ratio (or, without a floor, the value) may be; None where there is none.
    An exact limit is what it says; another ratio may come within EQUAL of it.
    """

    part: str
    name: str
    value: float
    unit: str
    floor: float | None = None
    against: str = ""
    limit: float | None = None
    is_exact: bool = False

    @property
    def ratio(self) -> float | None:
        """Value over floor; None without a floor."""
        return self.value / self.floor if self.floor else None

    @property
    def holds(self) -> bool | None:
        """True if the limit is kept, or as good as; None where there is none."""
        if self.limit is None:
            return None
        if self.ratio is None:
            return self.value <= self.limit
        return self.ratio <= self.limit * (1.0 if self.is_exact else EQUAL)

    @property
    def verdict(self) -> str:
        """Verdict on the limit, in a word of Markdown: yes, equal or no; nothing where there is no limit.

        >>> Figure("", "", 1.6, "ms", 1.0, "floor", limit=1.5).verdict
        'equal'
        """
        if self.limit is None:
            return ""
        if not self.holds:
            return "**no**"
        return "equal" if self.ratio is not None and self.ratio > self.limit else "yes"


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds that some work takes by the clock."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def in_turns(works: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Seconds of each piece of work, round by round, all in each round so that what disturbs one disturbs the others.

    Each round goes in an order of its own, the same in every run, so that none always comes after the same.
    """
    taken: dict[str, list[float]] = {name: [] for name in works}
    order, dice = list(works), random.Random(SEED)
    for _ in range(rounds):
        dice.shuffle(order)
        for name in order:
            taken[name].append(seconds(works[name]))
    return taken


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def share(values: Sequence[float], part: float) -> float:
    """The value that this part of the others does not exceed, such as 0.95."""
    ordered = sorted(values)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)]


def machine() -> str:
    """Processor, cores, memory, system, Python, and the packages that matter, in a line."""
    names = (
        [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
        if Path("/proc/cpuinfo").exists()
        else []
    )
    processor = names[0].split(":")[1].strip() if names else platform.processor()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{processor}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}; {packages}"
    )


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table, one row each, with a verdict where there is a limit."""
    lines = ["| Part | Measure | Value | Floor | Ratio | Limit | Holds |", "|---|---|---:|---:|---:|---:|---|"]
    for one in figures:
        floor = f"{one.floor:.3g} {one.unit} ({one.against})" if one.floor is not None else ""
        ratio = f"{one.ratio:.2f}" if one.ratio is not None else ""
        limit = f"{one.limit:g}" + ("" if one.ratio is not None else f" {one.unit}") if one.limit is not None else ""
        lines.append(
            f"| {one.part} | {one.name} | {one.value:.3g} {one.unit} | {floor} | {ratio} | {limit} | {one.verdict} |"
        )
    return "\n".join(lines)


_ROW = re.compile(
    r"^\| (?P<part>[^|]*) \| (?P<name>[^|]*) \|(?:[^|]*\|){4} (?P<verdict>yes|equal|\*\*no\*\*) \|$", re.M
)


def verdicts(written: str) -> dict[tuple[str, str], bool]:
    """Return, by part and measure, True if a limit of a table of figures is kept.

    >>> verdicts(table([Figure("page", "/om", 2.0, "ms", 1.0, "empty", 8.0), Figure("page", "/mal", 1.0, "ms")]))
    {('page', '/om'): True}
    """
    return {(row["part"], row["name"]): row["verdict"] != "**no**" for row in _ROW.finditer(written)}


def agreement(before: str, after: str) -> str:
    """Return the number of verdicts of two tables that agree, and the others by name, in a sentence or more."""
    earlier, later = verdicts(before), verdicts(after)
    both = [key for key in later if key in earlier]
    apart = [key for key in both if earlier[key] != later[key]]
    told = f"Of {len(both)} verdicts that the table before also has, {len(both) - len(apart)} agree."
    return told + "".join(
        f"\n  {part}, {name}: {_held(earlier[part, name])} before, {_held(later[part, name])} now"
        for part, name in apart
    )


def _held(holds: bool) -> str:
    return "held" if holds else "not held"
