"""Seconds and memory of publish, of protection within it, and of the audit, by size; and how they grow.

python benchmarks/publishing.py --sizes 40x12 100x40 450x240

A size is organisations times indicators of `samlad example`, five years. Each is made, published and audited in a
process of its own, so that the peak of memory is its own. The largest takes some ten minutes and has to be asked for.
"""

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import measuring
from benchmarks.measuring import Figure
from samlad.foundation import store
from samlad.foundation.store import DataFolder
from samlad.publish import audit, protection, publishing
from samlad.warehouse import editions

P = ParamSpec("P")
R = TypeVar("R")
Size = tuple[int, int]

SIZES: Sequence[Size] = ((40, 12), (100, 40), (200, 80))
LARGE = 100
"""From how many organisations on all sums are protected by the rule for large parts, and time follows the figures.

With fewer, whoever adds up is so few that each cell is tried by linear programming, which takes longer.
"""
SEED = 2021
STEPS = ("publish", "protect", "audit")


class Clock:
    """Seconds by the clock, seconds of processor time, and the peak of memory so far, of pieces of work by name."""

    def __init__(self) -> None:
        self.taken: dict[str, dict[str, float]] = {}

    def timed(self, name: str, work: Callable[P, R]) -> Callable[P, R]:
        """The same work, its time kept under a name."""

        def done(*arguments: P.args, **more: P.kwargs) -> R:
            begun, worked = time.perf_counter(), processor_time()
            try:
                return work(*arguments, **more)
            finally:
                self.taken[name] = {
                    "seconds": time.perf_counter() - begun,
                    "processor": processor_time() - worked,
                    "mebibytes": peak(),
                }

        return done


def processor_time() -> float:
    """Seconds on the processor of this process and of those it has started and seen end."""
    return sum(os.times()[:4])


def peak() -> float:
    """The most memory this process has held, in MiB.

    Linux hands a process the peak of the one that started it (ru_maxrss), so there it is read where it begins anew.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def run(organisations: int, indicators: int) -> dict[str, Any]:
    """Make an example of a size, publish and audit it in this process, and tell what each step took.

    Raises AssertionError when the audit recovers a cell.
    """
    clock = Clock()
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "data"
        made = [sys.executable, "-m", "samlad", "example", "--out", str(path), "--seed", str(SEED)]
        made += ["--organisations", str(organisations), "--indicators", str(indicators)]
        subprocess.run(made, check=True, capture_output=True, cwd=store.REPOSITORY)
        folder = DataFolder(path)
        protection.protect = clock.timed("protect", protection.protect)  # publish looks it up there
        clock.timed("publish", publishing.publish)(folder)
        cells = clock.timed("audit", audit.audit_folder)(folder)
        rows = editions.read(folder).table("indicator_values").num_rows
    recovered = sum(cell.state == "recovered" for cell in cells)
    assert not recovered, f"{recovered} cells recovered"
    return {"rows": rows, "hidden": len(cells), "taken": clock.taken}


def run_alone(size: Size) -> dict[str, Any]:
    """Return the result of `run` from a process of its own."""
    asked = [sys.executable, str(Path(__file__).resolve()), "--alone", f"{size[0]}x{size[1]}"]
    done = subprocess.run(asked, check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def exponent(rows: Sequence[float], seconds: Sequence[float]) -> float:
    """The power of the rows that the seconds grow by, from the first to the last.

    >>> round(exponent([10, 1000], [2, 200]), 6)
    1.0
    """
    return math.log(seconds[-1] / seconds[0]) / math.log(rows[-1] / rows[0])


def figures(found: Mapping[Size, Mapping[str, Any]]) -> list[Figure]:
    """Every step at every size, and the growth of each from a size to the next."""
    told = []
    for (organisations, indicators), one in found.items():
        part = f"{organisations} × {indicators}, {one['rows']} figures, {one['hidden']} hidden counts"
        for step in STEPS:
            taken = one["taken"][step]
            told.append(Figure(part, f"{step}, by the clock", taken["seconds"], "s"))
            told.append(Figure(part, f"{step}, processor time", taken["processor"], "s"))
        told.append(Figure(part, "most memory", one["taken"]["audit"]["mebibytes"], "MiB"))
    for before, after in pairwise(size for size in found if size[0] >= LARGE):
        part = f"{before[0]} × {before[1]} to {after[0]} × {after[1]}"
        rows = [found[size]["rows"] for size in (before, after)]
        for step in STEPS:
            grown = exponent(rows, [found[size]["taken"][step]["processor"] for size in (before, after)])
            told.append(Figure(part, f"{step}: power of the figures that processor time grows by", grown, ""))
    return told


def measure(folder: DataFolder | None = None, sizes: Sequence[Size] = SIZES) -> list[Figure]:
    """Make, publish and audit every size. Takes no data folder: the reports are made up."""
    del folder
    return figures({size: run_alone(size) for size in sizes})


def size_from(word: str) -> Size:
    """Organisations and indicators from a word such as 100x40."""
    organisations, indicators = word.split("x")
    return int(organisations), int(indicators)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; with --alone one size, as JSON."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", help="taken for likeness with the other parts; not read")
    asked.add_argument("--sizes", type=size_from, nargs="+", default=SIZES, metavar="ORGANISATIONSxINDICATORS")
    asked.add_argument("--alone", type=size_from, help=argparse.SUPPRESS)
    told = asked.parse_args(arguments)
    if told.alone:
        print(json.dumps(run(*told.alone)))
    else:
        print(measuring.table(measure(None, told.sizes)))


if __name__ == "__main__":
    main()
