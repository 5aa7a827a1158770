"""Many readers at once: how long a rerun takes for 1, 25 and 75 sessions, and what they take of memory.

python benchmarks/sessions.py --data data/example

Each session stays on one page, pages shared out evenly, and changes the year about every two seconds. The floor is the
same crowd on an empty page in the same frame, taken in turns with it. Memory over many reruns is one session that
changes the year without a pause.

python benchmarks/sessions.py --data data/example --growth docs/performance-sessions.svg

draws the time against ever larger crowds, and prints it.
"""

import argparse
import asyncio
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import measuring
from benchmarks.client import Session, open_session
from benchmarks.measuring import Figure
from benchmarks.serving import FLOOR, PRODUCT, Served, serving
from samlad.foundation import store
from samlad.foundation.store import DataFolder
from tests import shell_pages

CROWDS = (1, 25, 75)
TURNS, THINK_SECONDS, SEED = 8, 2.0, 2021
BLOCKS = 2
SLOWEST_MS, MOST_TIMES, DRIFT = 500.0, 10.0, 1.05
GROWING = (1, 25, 50, 75, 100, 150, 200, 300)
HELD = 25
"""The crowd that the limits are for."""
RERUNS, WARM = 2000, 300
CHOSEN = {"organisation": "?organisation=Farsta"}
PAGES = [f"{page.address}{CHOSEN.get(page.file, '')}" for page in shell_pages.PAGES if page.file != "reporting"]
"""Every page that readers sit on; Rapportera is for those who hand in."""
YEARS = ("2021", "2022", "2023", "2024", "2025")


def asked(page: str) -> tuple[str, str]:
    """A page and what its address asks of it.

    >>> asked("namnd?organisation=Farsta")
    ('namnd', 'organisation=Farsta')
    """
    path, _, query = page.partition("?")
    return path, query


async def crowd(served: Served, pages: Sequence[str], size: int, turns: int) -> list[float]:
    """Seconds of every rerun of a crowd that has opened its pages and then thinks between choices."""
    pick = random.Random(SEED)
    sessions = [await open_session(served.port, *asked(pages[number % len(pages)])) for number in range(size)]
    for session in sessions:
        await session.open()

    async def reader(session: Session, number: int) -> list[float]:
        await asyncio.sleep(pick.random() * THINK_SECONDS)
        taken = []
        for turn in range(turns):
            taken.append(await session.rerun(År=YEARS[(number + turn) % len(YEARS)]))
            await asyncio.sleep(THINK_SECONDS * (0.5 + pick.random()))
        return taken

    told = await asyncio.gather(*(reader(session, number) for number, session in enumerate(sessions)))
    for session in sessions:
        await session.__aexit__(None, None, None)
    return [one for taken in told for one in taken]


async def opened(served: Served, pages: Sequence[str], size: int) -> float:
    """Resident memory in MiB while that many sessions have their pages open and have made a choice each."""
    sessions = [await open_session(served.port, *asked(pages[number % len(pages)])) for number in range(size)]
    for number, session in enumerate(sessions):
        await session.open()
        await session.rerun(År=YEARS[number % len(YEARS)])
    held = served.memory()
    for session in sessions:
        await session.__aexit__(None, None, None)
    return held


async def memory(served: Served, reruns: int) -> list[float]:
    """Resident memory in MiB every hundredth rerun of one session, once it has warmed up."""
    found = []
    async with Session(served.port, "") as session:
        await session.open()
        for turn in range(WARM + reruns):
            await session.rerun(År=YEARS[turn % len(YEARS)])
            if turn >= WARM and turn % 100 == 0:
                found.append(served.memory())
    return found


async def warmed(served: Served, pages: Sequence[str]) -> None:
    """Every page with every year once, so that what is kept is kept."""
    for page in pages:
        async with Session(served.port, *asked(page)) as session:
            await session.open()
            for year in YEARS:
                await session.rerun(År=year)


def figures_of(size: int, product: Sequence[float], floor: Sequence[float]) -> list[Figure]:
    """The 95th percentile and the middle of a crowd's reruns against those of the crowd on an empty page."""
    part = f"{size} session{'s' if size > 1 else ''}, 2 s think time"
    slow, slow_floor = (1000 * measuring.share(taken, 0.95) for taken in (product, floor))
    middle, middle_floor = (1000 * measuring.median(taken) for taken in (product, floor))
    held = size == HELD
    return [
        Figure(part, "median", middle, "ms", middle_floor, "empty page"),
        Figure(part, "95 % within", slow, "ms", slow_floor, "empty page", MOST_TIMES if held else None),
        *([Figure(part, "95 % within, by itself", slow, "ms", limit=SLOWEST_MS)] if held else []),
    ]


def measure(
    folder: DataFolder,
    crowds: Sequence[int] = CROWDS,
    turns: int = TURNS,
    reruns: int = RERUNS,
    chart: Path | None = None,
) -> list[Figure]:
    """Start the dashboard and the floor, and let crowds read them in turns; draw growth too if a file is named."""
    if chart:
        drawn(growth(folder), chart)
    found: list[Figure] = []
    with serving(PRODUCT, folder) as product, serving(FLOOR, folder) as floor:
        asyncio.run(warmed(product, PAGES))
        asyncio.run(warmed(floor, ("",)))
        before = product.memory()
        most = max(crowds)
        held_by_all = asyncio.run(opened(product, PAGES, most))
        for size in crowds:
            taken: dict[bool, list[float]] = {True: [], False: []}
            for block in range(BLOCKS):
                for is_product in (True, False) if block % 2 == 0 else (False, True):
                    served, pages = (product, PAGES) if is_product else (floor, ("",))
                    taken[is_product] += asyncio.run(crowd(served, pages, size, turns))
            found += figures_of(size, taken[True], taken[False])
        found.append(Figure("memory", f"per session, {most} open at once", (held_by_all - before) / most, "MiB"))
        held = asyncio.run(memory(product, reruns))
        start, end = measuring.median(held[:5]), measuring.median(held[-5:])
        found.append(
            Figure("memory", f"after {reruns} reruns", end, "MiB", start, f"after {WARM}", DRIFT, is_exact=True)
        )
    return found


def growth(folder: DataFolder, crowds: Sequence[int] = GROWING, turns: int = 5) -> list[dict[str, Any]]:
    """Milliseconds of a rerun by the size of the crowd, on the dashboard and on an empty page: middle and 95 %."""
    rows = []
    with serving(PRODUCT, folder) as product, serving(FLOOR, folder) as floor:
        asyncio.run(warmed(product, PAGES))
        asyncio.run(warmed(floor, ("",)))
        for size in crowds:
            for name, served, pages in (("dashboard", product, PAGES), ("empty page", floor, ("",))):
                used = served.processor()
                taken = asyncio.run(crowd(served, pages, size, turns))
                spent = (served.processor() - used) / (len(taken) + size)
                for part, said in ((0.5, "median"), (0.95, "95 %")):
                    value = 1000 * measuring.share(taken, part)
                    rows.append({"sessions": size, "page": name, "share": said, "ms": value, "processor": 1000 * spent})
    return rows


def drawn(rows: Sequence[dict[str, Any]], to: Path) -> None:
    """The growth as a picture that can be read in grey."""
    line = (
        alt.Chart(alt.InlineData(values=list(rows)), width=560, height=300)
        .mark_line(point=True, color="#222222")
        .encode(
            x=alt.X(
                "sessions:Q", title="sessions, each with a choice about every two seconds", scale=alt.Scale(type="log")
            ),
            y=alt.Y("ms:Q", title="milliseconds for a rerun", scale=alt.Scale(type="log")),
            strokeDash=alt.StrokeDash("page:N", title=None),
            shape=alt.Shape("share:N", title=None),
            opacity=alt.Opacity("share:N", title=None, scale=alt.Scale(domain=["median", "95 %"], range=[0.55, 1])),
        )
    )
    limit = alt.Chart(alt.InlineData(values=[{"ms": SLOWEST_MS}])).mark_rule(color="#888888").encode(y="ms:Q")
    to.write_text(vl_convert.vegalite_to_svg((line + limit).to_dict()), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", help="data folder, published")
    asked.add_argument("--sessions", type=int, nargs="+", default=CROWDS)
    asked.add_argument("--growth", type=Path, help="draw time against sessions to this SVG file instead")
    told = asked.parse_args(arguments)
    if told.growth:
        rows = growth(store.data_folder(told.data))
        for row in rows:
            print("{sessions:4} {page:<11}{share:<7}{ms:8.1f} ms{processor:7.1f} ms of processor".format(**row))
        drawn(rows, told.growth)
        return
    print(measuring.table(measure(store.data_folder(told.data), told.sessions)))


if __name__ == "__main__":
    main()
