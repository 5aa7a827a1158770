"""Waits of a reader in a real browser: a filter until the chart stands still, a page switch, a first load.

python benchmarks/browser.py --data data/example

The floor is a page with one chart and a table of ten rows in the same frame, taken in turns with the dashboard. Times
are the browser's own, from the click (or from the navigation) to the last thing that moved in the page or was drawn on
a canvas before a spell of quiet. They are split into request (click until the choice has left), server (until the last
message has come) and render (until all is still).
"""

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import measuring
from benchmarks.measuring import Figure
from benchmarks.serving import FLOOR, PRODUCT, serving
from samlad.foundation import store
from samlad.foundation.store import DataFolder
from tests import shell_pages

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
WITHOUT_YEAR = {"changes", "reporting", "about"}
CHOSEN = {"organisation": "?organisation=Farsta"}
PAGES = {
    page.title: f"{page.address}{CHOSEN.get(page.file, '')}"
    for page in shell_pages.PAGES
    if page.file not in WITHOUT_YEAR
}
"""The pages that the year changes, and where they are."""

MENU = ("Stadsdelar", "Mål", "Indikator", "Översikt")
FLOOR_PAGE = "ett"
YEARS = ("2024", "2023")
ROUNDS, WARM_UP, SWITCHES, COLD_ROUNDS = 16, 8, 7, 7
MOST_FILTER, MOST_COLD = 1.5, 1.3
QUIET_MS, LOADED_QUIET_MS = 250, 700
PATIENCE_MS = 20_000

WATCH = """
(() => {
  const seen = { moved: 0, drawn: 0, sent: [], came: [], clicked: 0, bytes: 0 };
  window.__seen = seen;
  const now = () => performance.now();
  addEventListener('click', () => { seen.clicked = now(); }, true);
  const watch = () => new MutationObserver(() => { seen.moved = now(); }).observe(document.body,
    { childList: true, subtree: true, characterData: true, attributes: true });
  if (document.body) watch(); else addEventListener('DOMContentLoaded', watch);
  for (const name of ['fill', 'stroke', 'fillText', 'fillRect', 'drawImage', 'clearRect']) {
    const draw = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...given) {
      seen.drawn = now();
      return draw.apply(this, given);
    };
  }
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', (said) => {
        seen.came.push(now());
        seen.bytes += said.data.byteLength ?? said.data.size ?? said.data.length;
      });
    }
    send(content) { seen.sent.push(now()); return super.send(content); }
  };
})();
"""

STILL = "quiet => { const s = window.__seen; return performance.now() - Math.max(s.moved, s.drawn) > quiet; }"


@dataclass(frozen=True)
class Waited:
    """One wait in milliseconds, and its three parts."""

    whole: float
    request: float
    server: float
    render: float


@contextmanager
def visitor(browser: Browser, address: str) -> Iterator[Page]:
    """A browser that has not been here before, on a page."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="sv-SE")
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def stand_still(page: Page, quiet: int = QUIET_MS) -> float:
    """Wait until nothing has moved or been drawn for a while; when it last did, in the page's milliseconds."""
    page.wait_for_function(STILL, arg=quiet, polling=25)
    last: float = page.evaluate("Math.max(window.__seen.moved, window.__seen.drawn)")
    return last


def loaded(page: Page, content: str) -> float:
    """Milliseconds from the navigation until the page with its content stands still."""
    page.locator(content).first.wait_for(state="visible")
    return stand_still(page, LOADED_QUIET_MS)


def choose_year(page: Page, year: str) -> Waited:
    """Choose a year and wait until the page stands still; the wait is the page's own, from the click on the year."""
    page.get_by_role("combobox", name="År", exact=True).click()
    option = page.get_by_role("option", name=year, exact=True)
    option.wait_for(state="visible")
    stand_still(page)
    page.evaluate("Object.assign(window.__seen, { sent: [], came: [] })")
    option.click()
    page.wait_for_function("window.__seen.came.length > 0")
    page.get_by_role("heading", level=1).filter(has_text=year).wait_for()
    return parted(page, stand_still(page))


def parted(page: Page, still: float) -> Waited:
    """The wait since the last click, and where it was spent."""
    seen = page.evaluate("window.__seen")
    sent, came = seen["sent"][0], seen["came"][-1]
    return Waited(still - seen["clicked"], sent - seen["clicked"], came - sent, max(0.0, still - came))


def filters(browser: Browser, product: str, floor: str, rounds: int) -> list[Figure]:
    """Filter until the chart stands still, on each page and on the floor, in turns.

    Both are opened anew for each comparison and have had as many choices before they are timed: what a browser has
    compiled by then takes half the time.
    """
    taken: dict[str, list[Waited]] = {}
    for name, path in PAGES.items():
        with visitor(browser, f"{floor}/{FLOOR_PAGE}") as low, visitor(browser, f"{product}/{path}") as page:
            loaded(low, "canvas, svg.marks")
            loaded(page, "h1")
            for turn in range(rounds + WARM_UP):
                for key, where in ((name, page), (f"floor of {name}", low)):
                    waited = choose_year(where, YEARS[turn % 2])
                    if turn >= WARM_UP:
                        taken.setdefault(key, []).append(waited)
    found = []
    for name in PAGES:
        for part, limit in (("whole", MOST_FILTER), ("request", None), ("server", None), ("render", None)):
            high, low_ = (
                measuring.median([getattr(one, part) for one in taken[key]]) for key in (name, f"floor of {name}")
            )
            said = "filter → stable chart" if part == "whole" else f"… {part}"
            found.append(Figure(said, name, high, "ms", low_, "one chart, ten rows", limit))
    return found


def switches(browser: Browser, product: str, rounds: int) -> list[Figure]:
    """From a click in the menu until the other page stands still."""
    taken: dict[str, list[float]] = {name: [] for name in MENU}
    with visitor(browser, f"{product}") as page:
        loaded(page, "h1")
        for _ in range(rounds):
            for name in MENU:
                page.evaluate("Object.assign(window.__seen, { sent: [], came: [] })")
                page.get_by_test_id("stSidebarNav").get_by_role("link", name=name).click()
                page.get_by_role("heading", level=1).filter(has_text=name).or_(page.locator("h1")).first.wait_for()
                page.wait_for_function("window.__seen.came.length > 0")
                taken[name].append(parted(page, stand_still(page)).whole)
    return [Figure("page switch", name, measuring.median(waits), "ms") for name, waits in taken.items()]


def first_loads(browser: Browser, folder: DataFolder, rounds: int) -> list[Figure]:
    """A new browser on a new server, on a warm server, and a browser that has been here before."""
    cold: dict[str, list[float]] = {"product": [], "floor": []}
    warm: dict[str, list[float]] = {"product": [], "floor": []}
    again: dict[str, list[float]] = {"product": [], "floor": []}
    asks: list[int] = []
    for turn in range(rounds):
        order: list[tuple[str, Path, str, str]] = [
            ("product", PRODUCT, "", "table"),
            ("floor", FLOOR, FLOOR_PAGE, "canvas, svg.marks"),
        ]
        for name, app, path, content in order if turn % 2 == 0 else reversed(order):
            with serving(app, folder) as served:
                with visitor(browser, f"{served.address}/{path}") as page:
                    cold[name].append(loaded(page, content))
                with visitor(browser, f"{served.address}/{path}") as page:
                    warm[name].append(loaded(page, content))
                    asks.append(page.evaluate("performance.getEntriesByType('resource').length"))
                    page.goto("about:blank")
                    page.goto(f"{served.address}/{path}")
                    again[name].append(loaded(page, content))

    def held(said: str, taken: dict[str, list[float]], limit: float | None = None) -> Figure:
        high, low = (measuring.median(taken[name]) for name in ("product", "floor"))
        return Figure("first load, Översikt", said, high, "ms", low, "one chart, ten rows", limit)

    return [
        held("new server, new browser", cold, MOST_COLD),
        held("warm server, new browser", warm),
        held("warm server, browser that has been here", again),
        Figure("first load, Översikt", "requests", max(asks), "requests"),
    ]


def measure(folder: DataFolder, rounds: int = ROUNDS, cold_rounds: int = COLD_ROUNDS) -> list[Figure]:
    """Start the dashboard, the floor and a browser, and measure all three waits."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with serving(PRODUCT, folder) as product, serving(FLOOR, folder) as floor:
            found = filters(browser, product.address, floor.address, rounds)
            found += switches(browser, product.address, SWITCHES)
        found += first_loads(browser, folder, cold_rounds)
        browser.close()
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", help="data folder, published")
    told = asked.parse_args(arguments)
    print(measuring.table(measure(store.data_folder(told.data))))


if __name__ == "__main__":
    main()
