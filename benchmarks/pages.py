"""Time of each page's script when all is warm, against an empty page's in the same frame.

python benchmarks/pages.py --data data/example

Pages take turns, one rerun each a round, so that what disturbs one disturbs them all. Seconds are those of the script's
thread on the processor. A cold answer's queries are counted as well: at most five a page.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import measuring
from benchmarks.client import Session, open_session
from benchmarks.measuring import Figure
from benchmarks.serving import FLOOR, PRODUCT, Served, serving
from samlad.foundation import store
from samlad.foundation.store import DataFolder
from tests import shell_pages

PAGES = (*(page.path for page in shell_pages.PAGES), "namnd?organisation=Farsta")
NAMES = {"oversikt": "Översikt", "stadsdelar": "Stadsdelar"}
STRICT, USUAL, QUERIES = 4.0, 8.0, 5
ROUNDS = 40
EMPTY = "empty page"


async def opened(served: Served, page: str) -> tuple[Session, int]:
    """A session on a page, and how many queries its first run asked."""
    path, _, query = page.partition("?")
    session = await open_session(served.port, "" if path == "oversikt" else path, query)
    before = len(served.told())
    await session.open()
    return session, sum(run["queries"] for run in served.told()[before:])


async def taken(product: Served, floor: Served, rounds: int) -> tuple[dict[str, list[float]], dict[str, int]]:
    """Seconds of each page's script, round by round, and the queries of its first run."""
    sessions: dict[str, tuple[Served, Session]] = {}
    asked: dict[str, int] = {}
    for page in PAGES:
        session, asked[page] = await opened(product, page)
        sessions[page] = (product, session)
    session, _ = await opened(floor, "")
    sessions[EMPTY] = (floor, session)
    spent: dict[str, list[float]] = {page: [] for page in sessions}
    for turn in range(rounds + 2):
        for page, (served, session) in sessions.items():
            before = len(served.told())
            await session.rerun()
            if turn > 1:
                spent[page].append(served.told()[before]["processor"])
    for _, session in sessions.values():
        await session.__aexit__(None, None, None)
    return spent, asked


def figures(spent: dict[str, list[float]], asked: dict[str, int]) -> list[Figure]:
    """Each page's script against the empty page's, and its queries."""
    empty = 1000 * measuring.median(spent[EMPTY])
    found = [
        Figure(
            "page script, warm",
            f"/{page}",
            1000 * measuring.median(spent[page]),
            "ms",
            empty,
            EMPTY,
            STRICT if page in NAMES else USUAL,
        )
        for page in PAGES
    ]
    return found + [Figure("queries, cold", f"/{page}", asked[page], "queries", limit=QUERIES) for page in PAGES]


def measure(folder: DataFolder, rounds: int = ROUNDS) -> list[Figure]:
    """Start the dashboard and the floor, and time their pages."""
    with (
        tempfile.TemporaryDirectory() as place,
        serving(PRODUCT, folder, Path(place) / "product") as product,
        serving(FLOOR, folder, Path(place) / "floor") as floor,
    ):
        return figures(*asyncio.run(taken(product, floor, rounds)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", help="data folder, published")
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    told = asked.parse_args(arguments)
    print(measuring.table(measure(store.data_folder(told.data), told.rounds)))


if __name__ == "__main__":
    main()
