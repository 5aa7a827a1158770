"""Two people writing at once, and text that is typed and not saved, in a real browser."""

import re
import shutil
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.report import own_texts
from tests.test_journeys import A_READERS_PAUSE, browser, page, server, settled, visitor

pytestmark = pytest.mark.browser

__all__ = ["browser", "page"]

FIRST, SECOND = "Mål 1: Våldsförebyggande arbete", "Mål 2: Återfallsförebyggande insatser"


@pytest.fixture(scope="module")
def folder(example_folder: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """The published example with an empty journal."""
    target = tmp_path_factory.mktemp("writing") / "data"
    for name in ("snapshots", "programme", "submissions"):
        shutil.copytree(example_folder.path / name, target / name)
    (target / "journal").mkdir()
    return DataFolder(target)


@pytest.fixture(scope="module")
def dashboard(folder: DataFolder) -> Iterator[str]:
    """A dashboard on a folder of its own: these journeys write."""
    with server(folder) as address:
        yield address


def report(dashboard: str, section: str) -> str:
    """The address of a section of a short report."""
    return f"{dashboard}/uppfoljning?ar=2024&omfattning=Valda%20delar&delar={quote('Målen')}&del={quote(section)}"


def text_of(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Text", exact=True)


def open_form(page: Page, name: str = "Skriv egen text") -> None:
    """Open the form of the page, unless it is open."""
    settled(page)
    page.wait_for_timeout(A_READERS_PAUSE)
    if not page.locator("form, [data-testid=stForm]").first.is_visible():
        page.get_by_text(name, exact=True).click()
    settled(page)


def save(page: Page, by: str) -> None:
    page.get_by_role("textbox", name="Ditt namn").fill(by)
    page.get_by_role("button", name="Spara texten").click()


def test_two_who_write_in_one_section_at_once_keep_both_texts_see_both_and_choose(
    browser: Browser, folder: DataFolder, dashboard: str
) -> None:
    with visitor(browser) as anna, visitor(browser) as bo:
        for one in (anna, bo):
            one.goto(report(dashboard, FIRST))
            open_form(one)
        text_of(anna).press_sequentially("Annas text.")
        text_of(bo).press_sequentially("Bos text.")
        save(anna, "Anna Ek")
        expect(anna.get_by_text("version 1, Anna Ek")).to_be_visible()
        save(bo, "Bo Ek")
        expect(bo.get_by_text("Två texter står").first).to_be_visible()
        on_disk = {record.by: record for record in records.read(folder, own_texts.KIND)}
        assert {by: record.content["text"] for by, record in on_disk.items()} == {
            "Anna Ek": "Annas text.",
            "Bo Ek": "Bos text.",
        }
        assert all(record.replaces == () for record in on_disk.values()), "neither had seen the other's"
        text_of(anna).press_sequentially(" Och mer.")
        save(anna, "Anna Ek")
        for one in (anna, bo):
            form = one.get_by_test_id("stForm")
            expect(form).to_contain_text("Annas text.")
            expect(form).to_contain_text("Bos text.")
        anna.get_by_role("button", name="Lägg ihop allt").click()
        expect(text_of(anna)).to_have_value(re.compile(r"Annas text\. Och mer\.\s+Bos text\."))
        save(anna, "Anna Ek")
        expect(anna.get_by_text("Två texter står")).to_have_count(0)
        bo.reload()
        settled(bo)
        expect(bo.get_by_text("version 4, Anna Ek")).to_be_visible()
        expect(bo.get_by_text("Två texter står")).to_have_count(0)
        assert len(records.read(folder, own_texts.KIND)) == 4, "nothing is overwritten"


def test_typed_text_survives_a_reload_another_section_another_page_and_is_gone_when_saved(
    page: Page, folder: DataFolder, dashboard: str
) -> None:
    page.goto(report(dashboard, SECOND))
    open_form(page)
    text_of(page).press_sequentially("Skrivet utan att lämna fältet")
    page.reload()
    settled(page)
    expect(page.locator(".draft").first).to_contain_text("Osparad text från kl. ")
    expect(page.locator(".draft").first).to_contain_text("Öppna ”Skriv egen text” där")
    open_form(page)
    form = page.get_by_test_id("stForm")
    expect(form).to_contain_text("Osparad text från kl. ")
    page.get_by_role("button", name="Fortsätt på den").click()
    expect(text_of(page)).to_have_value("Skrivet utan att lämna fältet")
    page.get_by_role("link", name=FIRST).click()
    open_form(page)
    expect(page.locator("h1")).to_be_visible()
    expect(form).not_to_contain_text("Osparad text")
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Om", exact=True).click()
    expect(page.locator("h1")).to_have_text("Om Samlad")
    page.locator(".draft").get_by_role("link", name="Samlad uppföljning 2024").click()
    open_form(page)
    page.get_by_role("button", name="Fortsätt på den").click()
    expect(text_of(page)).to_have_value("Skrivet utan att lämna fältet")
    save(page, "Cia Ek")
    expect(page.get_by_text("version 1, Cia Ek")).to_be_visible()
    page.reload()
    open_form(page)
    expect(page.get_by_text("Osparad text")).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0


def test_a_draft_keeps_the_version_it_was_begun_on_so_a_text_saved_meanwhile_is_not_replaced(
    browser: Browser, folder: DataFolder, dashboard: str
) -> None:
    section = "Mål 3: Upptäcka våld"
    with visitor(browser) as anna, visitor(browser) as bo:
        anna.goto(report(dashboard, section))
        open_form(anna)
        text_of(anna).press_sequentially("Utkastet.")
        bo.goto(report(dashboard, section))
        open_form(bo)
        text_of(bo).press_sequentially("Bos.")
        save(bo, "Bo Ek")
        expect(bo.get_by_text("version 1, Bo Ek")).to_be_visible()
        anna.reload()
        open_form(anna)
        expect(anna.get_by_test_id("stForm")).to_contain_text("Sedan dess har något annat sparats här")
        anna.get_by_role("button", name="Fortsätt på den").click()
        expect(text_of(anna)).to_have_value("Utkastet.")
        save(anna, "Anna Ek")
        expect(anna.get_by_text("Två texter står").first).to_be_visible()
        anna.get_by_role("button", name="Behåll det som står i formuläret").click()
        settled(anna)
        save(anna, "Anna Ek")
        expect(anna.get_by_text("Två texter står")).to_have_count(0)
        texts = [
            one.content["text"] for one in records.read(folder, own_texts.KIND) if one.content["section"] == "mal-3"
        ]
        assert texts == ["Bos.", "Utkastet.", "Utkastet."]


@pytest.mark.parametrize(
    ("path", "opens", "label", "radio"),
    [
        ("mal?ar=2024", "Skriv en bedömning", "Bedömning med egna ord", "delvis"),
        ("rapportera?ar=2025&organisation=Bromma", "Lämna en enda uppgift", "Kommentar (inga personuppgifter)", None),
        ("lagesbild?ar=2024&organisation=Bromma", "Klarmarkera", "Ditt namn", "inte klar längre"),
    ],
)
def test_every_form_offers_its_draft_back_and_throws_it_away(
    page: Page, dashboard: str, path: str, opens: str, label: str, radio: str | None
) -> None:
    def opened() -> Locator:
        settled(page)
        page.wait_for_timeout(A_READERS_PAUSE)
        box = page.locator("details").filter(has_text=opens)
        if not box.get_by_role("textbox", name=label).is_visible():
            box.locator("summary").filter(has_text=opens).click()
        settled(page)
        return box

    page.goto(f"{dashboard}/{path}")
    box = opened()
    if radio:
        box.get_by_text(radio, exact=True).click()
    box.get_by_role("textbox", name=label).press_sequentially("Halvskrivet")
    page.reload()
    box = opened()
    box.get_by_role("button", name="Fortsätt på den").click()
    expect(box.get_by_role("textbox", name=label)).to_have_value("Halvskrivet")
    if radio:
        expect(box.get_by_role("radio", name=radio, exact=True)).to_be_checked()
    page.reload()
    box = opened()
    box.get_by_role("button", name="Släng den").click()
    expect(box.get_by_role("button", name="Släng den")).to_have_count(0)
    page.reload()
    box = opened()
    expect(page.get_by_text("Osparad text")).to_have_count(0)
