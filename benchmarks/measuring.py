"""What all measurements of speed share: rounds that take turns, medians, limits as ratios, and the machine's name."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROUNDS = 7
PACKAGES = ("streamlit", "duckdb", "pandas", "pyarrow", "altair")


@dataclass(frozen=True)
class Figure:
    """One measurement, and what it is held against.

    `value` is in `unit`; `floor` is the same measure of the baseline, taken in turns with it in the same run, and named
    by `against`. `limit` is the most that the ratio (or, without a floor, the value) may be; None where there is none.
    """

    part: str
    name: str
    value: float
    unit: str
    floor: float | None = None
    against: str = ""
    limit: float | None = None

    @property
    def ratio(self) -> float | None:
        """Value over floor; None without a floor."""
        return self.value / self.floor if self.floor else None

    @property
    def holds(self) -> bool | None:
        """Whether the limit is kept; None where there is none."""
        if self.limit is None:
            return None
        return (self.value if self.ratio is None else self.ratio) <= self.limit


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes by the clock."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def in_turns(works: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Seconds of each piece of work, round by round, all in each round so that what disturbs one disturbs the others.

    Every other round goes backwards, so that none always comes after the same.
    """
    taken: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds):
        for name in list(works) if turn % 2 == 0 else reversed(works):
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
        holds = {True: "yes", False: "**no**", None: ""}[one.holds]
        lines.append(
            f"| {one.part} | {one.name} | {one.value:.3g} {one.unit} | {floor} | {ratio} | {limit} | {holds} |"
        )
    return "\n".join(lines)
