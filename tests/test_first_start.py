"""The first start belongs to the server: readers come and leave, processes are killed, two start at once."""

import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from samlad.cli import example_start
from samlad.foundation import store
from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.server import first_start
from samlad.server.first_start import Preparation, Stopped
from samlad.warehouse import editions, missing_example
from tests.test_journeys import CHROMIUM, FLAGS, server, visitor
from tests.test_workers import is_alive, until

pytestmark = [pytest.mark.browser, pytest.mark.long]

MAKING = "Samlad gör i ordning exempeldata"
PATIENCE_MS = 400_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, as Debian ships it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The repository as somebody has just fetched it."""
    root = tmp_path / "clone"
    ignored = shutil.ignore_patterns(
        ".git", ".venv", "__pycache__", ".*_cache", "example.*", ".example*", ".hypothesis"
    )
    shutil.copytree(store.REPOSITORY, root, ignore=ignored)
    shutil.rmtree(root / "data" / "example", ignore_errors=True)
    return root


def left(root: Path) -> list[str]:
    """Return the names in the data folder beside the fetched files and the empty lock."""
    return sorted(
        path.name for path in (root / "data").iterdir() if path.name not in {"programme", "context", example_start.LOCK}
    )


def share(page: Page) -> float:
    """Return a page's stated progress of the making, in per cent."""
    told = page.get_by_test_id("stProgress").inner_text()
    return float(told.rpartition("…")[2].replace("%", "").replace(",", "."))


def makers(root: Path) -> list[int]:
    """The processes that make the example in a clone, or work for one that does."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if b"samlad.cli.example_start" in words and (folder / "cwd").resolve() == root:
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def test_readers_come_and_leave_on_two_servers_and_all_see_the_one_example_that_is_made(
    browser: Browser, clone: Path
) -> None:
    with ExitStack() as stack:
        first, second = (stack.enter_context(server(None, clone)) for _ in range(2))
        for path in ("", "mal", "namnd", "ansvar", "om", "stadsdelar"):
            with visitor(browser) as leaving:
                leaving.goto(f"{first}/{path}")
                expect(leaving.locator("h1")).to_have_text(MAKING)
        stays, reloads, elsewhere = (stack.enter_context(visitor(browser)) for _ in range(3))
        stays.goto(f"{first}/mal?ar=2024&organisation=Farsta")
        reloads.goto(f"{first}/indikator")
        elsewhere.goto(f"{second}/stadsdelar")
        for page in (stays, reloads, elsewhere):
            expect(page.get_by_role("progressbar")).to_be_visible()
        before = share(reloads)
        reloads.reload()
        expect(reloads.get_by_role("progressbar")).to_be_visible()
        assert share(reloads) >= before > 0
        assert left(clone)[0].startswith(".example.")
        expect(stays.locator("h1")).to_have_text("Mål 1 2024: Våldsförebyggande arbete, Farsta", timeout=PATIENCE_MS)
        assert "ar=2024" in stays.url and "organisation=Farsta" in stays.url
        expect(stays.locator("table").first).to_be_visible()
        expect(reloads.locator("h1")).to_have_text(
            "Skolor med förebyggande arbete 2025: hela staden", timeout=PATIENCE_MS
        )
        expect(elsewhere.locator("h1")).to_contain_text("Stadsdelar", timeout=PATIENCE_MS)
        assert left(clone) == ["example"]
        assert len(editions.editions(DataFolder(clone / "data" / "example"))) == 1
        assert not makers(clone)


def test_a_server_killed_while_it_makes_the_example_leaves_nothing_that_looks_whole(clone: Path) -> None:
    with killable(clone) as running:
        assert until(lambda: any(name.startswith(".example.") and name[9].isdigit() for name in left(clone)))
        (maker,) = makers(clone)
        running.kill()
        running.wait()
        assert until(lambda: not is_alive(maker))
    assert "example" not in left(clone)
    (clone / "data" / ".example.1.abcdef" / "submissions").mkdir(parents=True)
    with killable(clone) as running:
        assert until(lambda: bool(makers(clone)))
        (maker,) = makers(clone)
        assert until(lambda: f".example.{maker}" in " ".join(left(clone)))
        assert ".example.1.abcdef" not in left(clone)
        os.kill(maker, signal.SIGKILL)
        assert until(lambda: not is_alive(maker))
    assert "example" not in left(clone)


@contextmanager
def killable(root: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A server that nobody visits."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAMLAD_", "STREAMLIT_"))}
    running = subprocess.Popen(command, cwd=root, env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield running
    finally:
        running.kill()
        running.wait()


def test_a_fault_is_told_with_what_to_do_and_can_be_tried_again(browser: Browser, clone: Path) -> None:
    module = clone / "samlad" / "cli" / "example_start.py"
    whole = module.read_text(encoding="utf-8")
    full = "    raise OSError(28, 'No space left on device')\n"
    module.write_text(
        whole.replace("    temporary = DataFolder(", full + "    temporary = DataFolder("), encoding="utf-8"
    )
    with server(None, clone) as address, visitor(browser) as page, visitor(browser) as other:
        page.goto(address)
        other.goto(f"{address}/ansvar")
        for one in (page, other):
            expect(one.get_by_role("alert")).to_contain_text("disken är full")
        module.write_text(whole, encoding="utf-8")
        page.get_by_role("button", name="Försök igen").click()
        for one in (page, other):
            expect(one.get_by_role("progressbar")).to_be_visible()


@pytest.mark.parametrize(
    "fault, says",
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disken är full"),
        (PermissionError(errno.EACCES, "Permission denied"), "får inte skrivas"),
        (OSError(errno.EIO, "Input/output error"), "felkod 5"),
        (SamladError("SAMLAD_THRESHOLD är ”x”."), "SAMLAD_THRESHOLD är ”x”."),
        (KeyError("x"), "något gick fel hos oss"),
    ],
)
def test_every_fault_is_told_in_swedish(fault: Exception, says: str) -> None:
    told = missing_example.told_fault(fault)
    assert says in told and "device" not in told and "Error" not in told


@pytest.fixture
def empty_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """An example folder that is not there yet, and nobody's data folder chosen."""
    folder = DataFolder(tmp_path / "data" / "example")
    monkeypatch.delenv("SAMLAD_DATA", raising=False)
    monkeypatch.setattr(store, "data_folder", lambda _chosen=None: folder)
    return folder


def put_published(target: Path, progress: Any) -> None:
    """Stand in for the making: a folder with something current."""
    progress(0.5, "Gör")
    (target / "snapshots" / ("0" * 64)).mkdir(parents=True)
    (target / "snapshots" / ("0" * 64) / "manifest.json").write_text("{}")
    (target / "snapshots" / "CURRENT").write_text("0" * 64)


def test_whoever_waits_for_another_process_tells_how_far_that_one_is(
    empty_place: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(example_start, "LOOK_EVERY_SECONDS", 0.01)
    has_begun, may_end, told = threading.Event(), threading.Event(), []

    def slowly(target: Path, progress: Any) -> None:
        progress(0.25, "Skyddar små tal")
        has_begun.set()
        assert may_end.wait(60)
        put_published(target, progress)

    monkeypatch.setattr(example_start, "make_published_example", slowly)
    making = threading.Thread(target=example_start.ensure_data, args=(lambda *_said: None,))
    making.start()
    assert has_begun.wait(60)
    waiting = threading.Thread(target=example_start.ensure_data, args=(lambda *said: told.append(said),))
    waiting.start()
    assert until(lambda: (0.25, "Skyddar små tal") in told)
    may_end.set()
    making.join()
    waiting.join()
    assert [path.name for path in empty_place.path.parent.iterdir() if path.name != example_start.LOCK] == ["example"]


def test_a_half_example_gives_way_and_one_in_use_is_never_touched(
    empty_place: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(example_start, "make_published_example", lambda *_given: pytest.fail("made anew"))
    put_published(empty_place.path, lambda *_said: None)
    assert example_start.ensure_data(lambda *_said: None) == empty_place
    shutil.rmtree(empty_place.snapshots)
    made = empty_place.path.with_name("made")
    put_published(made, lambda *_said: None)
    example_start._put_in_place(made, empty_place.path)
    assert editions.current_id(empty_place) == "0" * 64
    assert [path.name for path in empty_place.path.parent.iterdir() if path.name != example_start.LOCK] == ["example"]


def test_a_maker_that_ends_without_a_word_is_told_too(empty_place: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_start.sys, "executable", shutil.which("false"))
    work = Preparation()
    work.begin()
    work.wait()
    assert work.fault == first_start.STOPPED and work.is_needed
    work.begin()
    assert not work.is_working, "only whoever asks begins anew after a fault"
    with pytest.raises(Stopped):
        first_start.make_apart(lambda *_said: None)


def test_a_server_with_data_makes_nothing(shown: DataFolder) -> None:
    work = Preparation()
    work.begin()
    assert not work.is_working and not work.is_needed and not missing_example.is_missing()


def test_readers_who_ask_at_once_begin_it_once(empty_place: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []

    def slowly(_progress: Any) -> None:
        begun.append(1)
        put_published(empty_place.path, lambda *_said: None)

    monkeypatch.setattr(first_start, "make_apart", slowly)
    work = Preparation()
    for _ in range(6):
        work.begin()
    work.wait()
    assert len(begun) == 1 and not work.is_needed
