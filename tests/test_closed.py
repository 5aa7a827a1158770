"""Closed by default: who reaches the server, what it takes, what it asks of the network, who reads its files."""

import http.client
import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import anyio
import pytest
import websockets
import xlsxwriter
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from websockets.sync.client import connect

from samlad.cli import example_start
from samlad.cli.commands import main
from samlad.foundation import leftovers, store
from samlad.foundation.store import DataFolder
from samlad.server import barriers
from samlad.submissions.intake import sheets
from samlad.submissions.intake.workbook_parts import Unreadable
from samlad.views.reporting import handing_in
from tests.test_journeys import server

GUARD = """
import os, socket
def guarded(name):
    before = getattr(socket.socket, name)
    def asked(self, address, *more):
        outside = isinstance(address, tuple) and not str(address[0]).startswith("127.") and address[0] != "::1"
        if outside:
            with open(os.environ["GUARD"], "a") as file:
                file.write(f"{name} {address}\\n")
            raise OSError("nothing is asked of the network")
        return before(self, address, *more)
    setattr(socket.socket, name, asked)
for name in ("connect", "connect_ex", "sendto"):
    guarded(name)
before = socket.getaddrinfo
def looked_up(host, *more, **named):
    if host not in (None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0"):
        with open(os.environ["GUARD"], "a") as file:
            file.write(f"getaddrinfo {host}\\n")
    return before(host, *more, **named)
socket.getaddrinfo = looked_up
"""


@pytest.fixture(scope="module")
def asked_outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file where a server writes whom it has asked; a module that guards its sockets lies beside it."""
    place = tmp_path_factory.mktemp("guard")
    (place / "sitecustomize.py").write_text(GUARD)
    return place / "asked"


@pytest.fixture(scope="module")
def guarded(unpublished: DataFolder, asked_outside: Path) -> Iterator[int]:
    """The port of a server as the README starts it, its sockets guarded."""
    with environment(PYTHONPATH=str(asked_outside.parent), GUARD=str(asked_outside)), server(unpublished) as address:
        yield urlsplit(address).port or 0


@contextmanager
def environment(**settings: str) -> Iterator[None]:
    """Settings of the environment for as long as something takes."""
    with pytest.MonkeyPatch.context() as patched:
        for name, value in settings.items():
            patched.setenv(name, value)
        yield


def answer(port: int, method: str, path: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    """Status and text of one request, sent without a body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.putrequest(method, path)
    for name, value in (headers or {}).items():
        connection.putheader(name, value)
    connection.endheaders()
    answered = connection.getresponse()
    text = answered.read().decode()
    connection.close()
    return answered.status, text


def test_only_this_machine_reaches_the_server(guarded: int) -> None:
    assert answer(guarded, "GET", "/_stcore/health")[0] == 200
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection("127.0.0.2", guarded, timeout=60).connect()


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/metrics/", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp"]
)
def test_what_only_machines_ask_for_is_closed(guarded: int, path: str) -> None:
    assert answer(guarded, "GET", path) == (404, barriers.CLOSED)


def test_a_file_that_says_it_is_too_large_is_refused_before_it_is_sent(guarded: int) -> None:
    told = answer(guarded, "PUT", "/_stcore/upload_file/a/b", {"Content-Length": str(22 * 1024 * 1024)})
    assert told == (413, barriers.TOO_LARGE)


def test_a_foreign_origin_is_refused_and_nobody_outside_is_asked(guarded: int, asked_outside: Path) -> None:
    for origin in ("https://evil.example", "http://10.1.2.3:8501"):
        with pytest.raises(websockets.InvalidStatus, match="403"):
            connect(
                f"ws://127.0.0.1:{guarded}/_stcore/stream",
                origin=websockets.Origin(origin),
                subprotocols=[websockets.Subprotocol("streamlit")],
            )
    own = websockets.Origin(f"http://127.0.0.1:{guarded}")
    with connect(
        f"ws://127.0.0.1:{guarded}/_stcore/stream", origin=own, subprotocols=[websockets.Subprotocol("streamlit")]
    ):
        pass
    assert not asked_outside.exists(), asked_outside.read_text()


async def taken(request: Request) -> PlainTextResponse:
    """Answer with how much has come; refuse as Streamlit does a file a little too large."""
    size = len(await request.body())
    return PlainTextResponse("File too large", 413) if size > 20 * 1024 * 1024 else PlainTextResponse(str(size))


@pytest.mark.parametrize(
    "chunks, status, says",
    [
        (1, 200, str(1024 * 1024)),
        (20, 200, str(20 * 1024 * 1024)),
        (21, 413, barriers.TOO_LARGE),
        (500, 413, barriers.TOO_LARGE),
    ],
)
def test_a_body_that_says_no_length_is_counted_as_it_comes(chunks: int, status: int, says: str) -> None:
    app = Starlette(routes=[Route("/", taken, methods=["PUT"])], middleware=barriers.BARRIERS)
    sent: list[Any] = []
    came = 0

    async def receive() -> dict[str, Any]:
        nonlocal came
        came += 1
        return {"type": "http.request", "body": b"x" * 1024 * 1024, "more_body": came < chunks}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "PUT", "path": "/", "raw_path": b"/", "query_string": b"", "headers": []}
    anyio.run(app, scope, receive, send)
    assert [one["status"] for one in sent if "status" in one] == [status]
    assert b"".join(one.get("body", b"") for one in sent).decode() == says
    assert came <= 22, "no more is taken than has to be"


def workbook(rows: int, columns: int) -> bytes:
    """A workbook with a number in each of so many cells."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(rows):
            sheet.write_row(row, 0, [1] * columns)
    return content.getvalue()


@pytest.mark.parametrize(
    "content, says",
    [
        (lambda: b"a;b\n" * 700_001, "700\u00a0001 rader, och högst 50\u00a0000"),
        (lambda: (b";" * 999 + b"\n") * 1_001, "1\u00a0001\u00a0000 celler, och högst 1\u00a0000\u00a0000"),
        (lambda: workbook(50_001, 1), "50\u00a0001 rader"),
    ],
    ids=["csv rows", "csv cells", "workbook rows"],
)
def test_more_than_is_read_is_refused_with_size_and_limit(content: Any, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        sheets.read_sheets(content())


@pytest.mark.parametrize(
    "sizes, says", [([1] * 101, "101 filer, och högst 100"), ([20 << 20] * 4, "80 MB, och högst 60")]
)
def test_so_many_files_or_so_large_ones_are_not_read_at_once(sizes: list[int], says: str) -> None:
    assert says in (handing_in.refusal(sizes) or "")
    assert handing_in.refusal([20 << 20] * 3) is None


@pytest.fixture
def open_umask() -> Iterator[None]:
    """An account whose files anybody may read and write, unless whoever makes them says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


def rights(place: Path) -> set[str]:
    """The rights of all folders and files in a place, as folder or file and octal digits."""
    return {
        f"{'folder' if path.is_dir() else 'file'} {path.stat().st_mode & 0o777:o}"
        for path in (place, *place.rglob("*"))
    }


@pytest.mark.long
def test_only_its_own_account_reads_what_is_made(tmp_path: Path, open_umask: None) -> None:
    for words in (["init", str(tmp_path / "new")], ["publish", "--data", str(tmp_path / "new")]):
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, done.output
    assert rights(tmp_path / "new") == {"folder 700", "file 600"}


def test_a_file_is_closed_whoever_writes_it(tmp_path: Path, open_umask: None) -> None:
    store.write_bytes_atomically(tmp_path / "file", b"x")
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600


def test_an_open_data_folder_is_told_with_what_to_do(tmp_path: Path, open_umask: None) -> None:
    folder = DataFolder(tmp_path / "data")
    for part in (folder.path, folder.submissions, folder.snapshots):
        part.mkdir(mode=0o755)
    told = store.openness_warning(folder) or ""
    assert "submissions, snapshots" in told and f"chmod -R go-rwx {folder.path}" in told
    done = CliRunner().invoke(main, ["publish", "--data", str(folder.path)])
    assert told in done.stderr
    folder.path.chmod(0o700)
    assert store.openness_warning(folder) is None


def test_leftovers_of_killed_writes_go_when_they_are_a_day_old(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    place = tmp_path / "submissions" / "year=2024"
    old_file, old_folder = place / ".receipt.json.17.0a1b2c3d", place / ".00000001-ab.17.0a1b2c3d"
    young, own = place / ".receipt.json.18.0a1b2c3d", place / "receipt.json"
    old_folder.mkdir(parents=True)
    for path in (old_file, old_folder / "original.xlsx", young, own, tmp_path / ".lock"):
        path.write_bytes(b"x")
    yesterday = time.time() - leftovers.OLD_SECONDS - 60
    for path in (old_file, old_folder, own, tmp_path / ".lock"):
        os.utime(path, (yesterday, yesterday))
    assert sorted(leftovers.remove(folder)) == sorted([old_file, old_folder])
    assert young.exists() and own.exists() and (tmp_path / ".lock").exists()
    assert leftovers.remove(folder, time.time() + leftovers.OLD_SECONDS + 60) == [young]


def test_a_killed_write_leaves_a_name_that_is_known_for_a_leftover(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from samlad.foundation import store;"
        "os.fsync = lambda _: os._exit(9); store.write_bytes_atomically(Path(sys.argv[1]), b'x')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "receipt.json")], check=False, cwd=store.REPOSITORY
    )
    assert done.returncode == 9
    (left,) = tmp_path.iterdir()
    assert leftovers.remove(DataFolder(tmp_path), time.time() + leftovers.OLD_SECONDS + 60) == [left]
    assert leftovers._TEMPORARY.fullmatch(example_start._beside(tmp_path / "example").name)
