"""A few journeys in a real browser: cold links, filters, a link to a colleague, Swedish everywhere, keyboard, axe."""

import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from samlad.foundation import store
from samlad.foundation.store import DataFolder
from tests import lengths
from tests.shell_pages import PAGES

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
HEADINGS = {
    "overview": "Översikt 2025: hela staden",
    "goal": "Mål 1 2025: Våldsförebyggande arbete, hela staden",
    "indicator": "Skolor med förebyggande arbete 2025: hela staden",
    "responsibility": "Ansvar den 31 december 2025, hela staden",
    "organisation": "Nämnd: Farsta 2025",
    "districts": "Stadsdelar: Rutinfrågor om våld 2025",
    "changes": "Ändringar: hela staden",
    "reporting": "Rapportera 2025",
    "reporting_state": "Lägesbild: helår 2025, hela staden",
    "report": "Samlad uppföljning 2025: hela staden",
    "about": "Om Samlad",
}
CHOSEN = {"organisation": "?organisation=Farsta"}
ADDRESSES = {f"{page.address}{CHOSEN.get(page.file, '')}": HEADINGS[page.file] for page in PAGES}
"""The heading of each page by the address that leads to it."""

NAVIGATION = [re.compile(f"{page.title}$") for page in PAGES]
CHARTS = {"indikator": 1, "namnd": 1, "stadsdelar": 1}
"""Numbers of charts drawn on the pages of ADDRESSES."""

DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PATIENCE = 60_000
A_READERS_PAUSE = 2_000
"""Milliseconds before a click in the menu. Streamlit 1.67 drops the choices from the address when the click comes
within a few hundred milliseconds of a deep link's first answer; the page itself still shows the right ones."""


@contextmanager
def server(folder: DataFolder | None, root: Path = store.REPOSITORY) -> Iterator[str]:
    """A dashboard of its own on a free port, as the README starts it; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SAMLAD_", "STREAMLIT_"))}
    if folder is not None:
        environment["SAMLAD_DATA"] = str(folder.path)
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    running = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    address = f"http://localhost:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
                break
            except OSError:
                assert running.poll() is None, (running.stdout.read() if running.stdout else b"").decode()
                time.sleep(0.25)
        yield address
    finally:
        running.terminate()
        running.wait(timeout=20)


@pytest.fixture(scope="module")
def dashboard(example_folder: DataFolder) -> Iterator[str]:
    """One dashboard on the example for the journeys that do not need a cold one."""
    with server(example_folder) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, as Debian ships it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new visitor with a Swedish browser."""
    with visitor(browser) as opened:
        yield opened


@contextmanager
def visitor(browser: Browser, *, phone: bool = False, scheme: str = "light") -> Iterator[Page]:
    """A visitor who has never been here before."""
    context = browser.new_context(
        viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
        color_scheme=scheme,  # type: ignore[arg-type]
        locale="sv-SE",
    )
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context.new_page()
    context.close()


def settled(page: Page) -> None:
    """Wait until the server has answered and the page no longer changes."""
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_have_count(1)


COLD = lengths.of(["namnd?organisation=Farsta", "", "uppfoljning"], [*ADDRESSES])
"""Addresses asked of a server that has shown nothing yet: a page with a choice, the first page, one without a chart."""


@pytest.mark.long
@pytest.mark.parametrize("path", COLD)
def test_a_cold_link_to_a_page_shows_it_in_its_frame_and_no_dialog(
    browser: Browser, example_folder: DataFolder, path: str
) -> None:
    with server(example_folder) as cold, visitor(browser) as page:
        page.goto(f"{cold}/{path}")
        expect(page.locator("h1")).to_have_text(ADDRESSES[path])
        settled(page)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page).to_have_title(re.compile(" – Samlad$"))
        expect(page.get_by_test_id("stSidebarNav").get_by_role("link")).to_have_text(NAVIGATION)
        expect(page.get_by_test_id("stSidebar")).to_contain_text("Programmet mot våld 2021–2025")


def test_a_filter_changes_the_chart_its_title_and_its_table(page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/stadsdelar")
    settled(page)
    chart = page.locator(".stVegaLiteChart svg").first
    expect(chart).to_be_visible()
    before = chart.inner_html()
    page.get_by_role("combobox", name="Indikator").click()
    page.get_by_role("option", name="Tillfrågade om våld").click()
    expect(page.locator("h1")).to_have_text("Stadsdelar: Tillfrågade om våld 2025")
    expect(page.get_by_role("heading", name="Tillfrågade om våld 2025, dagens indelning")).to_be_visible()
    settled(page)
    expect(page.locator(".stVegaLiteChart svg").first).to_be_visible()
    assert page.locator(".stVegaLiteChart svg").first.inner_html() != before
    assert "indikator=" in page.url


def test_a_link_shows_a_colleague_the_same(browser: Browser, page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/stadsdelar?ar=2022")
    settled(page)
    page.get_by_role("combobox", name="Indikator").click()
    page.get_by_role("option", name="Tillfrågade om våld").click()
    expect(page.locator("h1")).to_have_text("Stadsdelar: Tillfrågade om våld 2022")
    page.get_by_text("Efter värde").click()
    expect(page.get_by_role("heading", name="dagens indelning, efter värde")).to_be_visible()
    settled(page)
    mine = page.locator("table").first.inner_text()
    with visitor(browser) as colleague:
        colleague.goto(page.url)
        expect(colleague.locator("h1")).to_have_text("Stadsdelar: Tillfrågade om våld 2022")
        settled(colleague)
        assert colleague.locator("table").first.inner_text() == mine


def test_a_district_clicked_in_a_picture_stays_chosen_in_the_list_the_next_picture_another_page_and_a_link(
    browser: Browser, page: Page, dashboard: str
) -> None:
    def is_chosen(where: Page) -> None:
        expect(where.get_by_test_id("stMultiSelect")).to_contain_text("Farsta")
        expect(where.get_by_role("rowheader", name="Farsta (vald)")).to_be_visible()

    page.goto(f"{dashboard}/stadsdelar?ar=2024&bild=Karta")
    settled(page)
    name = page.locator(".stVegaLiteChart svg text").filter(has_text="Farsta")
    name.scroll_into_view_if_needed()
    tile = name.bounding_box()
    assert tile
    page.mouse.click(tile["x"] + tile["width"] / 2, tile["y"] + tile["height"] + 24)
    is_chosen(page)
    expect(page).to_have_url(re.compile("valda=Farsta"))
    page.get_by_test_id("stButtonGroup").get_by_text("Mellan två år").click()
    expect(page.get_by_role("heading", name=re.compile("från 2021"))).to_be_visible()
    is_chosen(page)
    with visitor(browser) as colleague:
        colleague.goto(page.url)
        is_chosen(colleague)
    settled(page)
    page.wait_for_timeout(A_READERS_PAUSE)
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Om", exact=True).click()
    expect(page.locator("h1")).to_have_text("Om Samlad")
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Stadsdelar").click()
    is_chosen(page)


def test_year_and_organisation_follow_from_page_to_page(page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/?ar=2023&organisation=Farsta")
    expect(page.locator("h1")).to_have_text("Översikt 2023: Farsta")
    settled(page)
    page.wait_for_timeout(A_READERS_PAUSE)
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Stadsdelar").click()
    expect(page.locator("h1")).to_have_text("Stadsdelar: Rutinfrågor om våld 2023")
    settled(page)
    expect(page).to_have_url(re.compile("ar=2023.*organisation=Farsta|organisation=Farsta.*ar=2023"))


def test_a_part_of_a_name_leads_to_where_it_stands_and_back(page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/?ar=2024&organisation=Farsta")
    settled(page)
    search = page.get_by_role("combobox", name="Sök")
    search.fill("rutinf")
    expect(page.get_by_role("option")).to_have_count(3)
    list_of_found = page.get_by_test_id("stSelectboxVirtualDropdown")
    assert list_of_found.evaluate("list => list.clientWidth") > 2 * search.evaluate("box => box.clientWidth")
    assert "available" not in page.locator("body").inner_text(), "what is read out is Swedish too"
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Rutinfrågor om våld 2024: Farsta")
    expect(search).to_have_value("")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Översikt 2024: Farsta")


def test_one_s_own_organisation_is_remembered_on_the_device_until_it_is_forgotten(page: Page, dashboard: str) -> None:
    def kept() -> list[tuple[str | None, str | None]]:
        found = [one for one in page.context.cookies() if one.get("name") == "samlad_namnd"]
        return [(one.get("value"), one.get("sameSite")) for one in found]

    page.goto(f"{dashboard}/namnd?organisation=Farsta")
    page.get_by_role("button", name="Det här är min nämnd").click()
    forget = page.get_by_role("button", name="Glöm min nämnd")
    expect(forget).to_be_visible()
    settled(page)
    ((value, same_site),) = kept()
    assert re.fullmatch(r"SDN-FA\.[0-9a-f]{16}", value or "") and same_site == "Lax"
    page.goto(f"{dashboard}/namnd")
    expect(page.locator("h1")).to_have_text("Nämnd: Farsta 2025")
    expect(page).to_have_url(re.compile(r"/namnd\?organisation=Farsta$"))
    forget.click()
    expect(page.get_by_role("button", name="Det här är min nämnd")).to_be_visible()
    settled(page)
    assert kept() == []
    page.goto(f"{dashboard}/namnd")
    expect(page.locator("h1")).to_have_text("Nämnd 2025: välj vilken")


def test_the_paper_of_an_organisation_is_made_when_it_is_asked_for(page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/namnd?organisation=Farsta")
    settled(page)
    with page.expect_download() as asked:
        page.get_by_role("button", name="Hämta som PDF").click()
    assert re.fullmatch(r"farsta-2025-[0-9a-f]{8}\.pdf", asked.value.suggested_filename)
    assert asked.value.path().read_bytes().startswith(b"%PDF-")


def test_a_report_being_made_can_be_cancelled_and_made_again(page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/uppfoljning?ar=2024")
    settled(page)
    page.evaluate(
        """() => new MutationObserver((_, seen) => {
            const button = [...document.querySelectorAll("button")].find(one => one.innerText.trim() === "Avbryt")
            const progress = document.querySelector('[data-testid="stProgress"]')
            if (!button || !progress) return
            seen.disconnect()
            document.body.dataset.cancelledAt = progress.innerText
            button.click()
        }).observe(document.body, { childList: true, subtree: true })"""
    )
    page.get_by_role("button", name="Gör Word").click()
    expect(page.locator("body")).to_have_attribute("data-cancelled-at", re.compile(" …$"))
    expect(page.get_by_role("button", name="Avbryt")).to_have_count(0)
    settled(page)
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.get_by_role("button", name="Hämta Word")).to_have_count(0)
    page.get_by_role("button", name="Gör Word").click()
    with page.expect_download() as asked:
        page.get_by_role("button", name="Hämta Word").click()
    assert asked.value.suggested_filename.endswith(".docx")
    assert asked.value.path().read_bytes().startswith(b"PK")


def test_an_address_that_leads_nowhere_says_so_in_swedish(page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/finns-inte")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Sidan finns inte")
    expect(dialog).to_contain_text("Du ser Översikt i stället")


@pytest.mark.parametrize("path", ["", *ADDRESSES, "finns-inte", "static/index.html", "om/djupare", "x.y"])
@pytest.mark.parametrize("packed", [False, True])
def test_every_route_that_answers_html_is_swedish_and_guarded(dashboard: str, path: str, packed: bool) -> None:
    asked = urllib.request.Request(f"{dashboard}/{path}", headers={"Accept-Encoding": "gzip"} if packed else {})
    with urllib.request.urlopen(asked) as answer:
        body = answer.read()
        if answer.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        content = body.decode()
        assert '<html lang="sv">' in content and '<html lang="en">' not in content
        assert "<title>Samlad</title>" in content and "enable JavaScript" not in content
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]


def test_nothing_is_fetched_from_elsewhere_and_no_policy_is_broken(page: Page, dashboard: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in ADDRESSES:
        page.goto(f"{dashboard}/{path}")
        settled(page)
    expect(page.locator("h1")).to_have_text("Om Samlad")
    outside = [url for url in asked if not url.startswith((dashboard, "data:", "blob:"))]
    assert not outside
    assert not [words for words in said if "Content Security Policy" in words]


@pytest.mark.parametrize("chosen", ["ar=2024", "ar=2025&organisation=Farsta"])
def test_the_overview_fits_one_screen_without_scrolling(page: Page, dashboard: str, chosen: str) -> None:
    page.goto(f"{dashboard}/?{chosen}")
    settled(page)
    expect(page.get_by_role("heading", name="Har ändrats mest")).to_be_in_viewport()
    expect(page.get_by_text("Alla indikatorer", exact=True)).to_be_in_viewport()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollHeight <= main.clientHeight")


@pytest.mark.parametrize("phone", [False, True])
def test_no_page_scrolls_sideways(browser: Browser, dashboard: str, phone: bool) -> None:
    with visitor(browser, phone=phone) as page:
        for path in ADDRESSES:
            page.goto(f"{dashboard}/{path}")
            settled(page)
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(browser: Browser, dashboard: str, scheme: str) -> None:
    with visitor(browser, scheme=scheme) as page:
        for path, title in ADDRESSES.items():
            page.goto(f"{dashboard}/{path}")
            expect(page.locator("h1")).to_have_text(title)
            settled(page)
            expect(page.locator(".stVegaLiteChart svg")).to_have_count(CHARTS.get(path.partition("?")[0], 0))
            found = Axe().run(page).response["violations"]
            serious = [
                (one["id"], [node["target"] for node in one["nodes"]][:3])
                for one in found
                if one["impact"] in ("serious", "critical")
            ]
            assert not serious, f"/{path}: {serious}"


def test_the_keyboard_reaches_the_year_and_changes_it(page: Page, dashboard: str) -> None:
    page.goto(dashboard)
    settled(page)
    year = page.get_by_role("combobox", name="År")
    expect(year).to_be_visible()
    for _ in range(25):
        page.keyboard.press("Tab")
        if year.evaluate("box => box === document.activeElement"):
            break
    expect(year).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Översikt 2024: hela staden")
