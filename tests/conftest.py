"""One published example for the whole run, made once; and the warehouse on it."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from samlad.catalogue import programme
from samlad.cli import example as made_up
from samlad.cli import example_start
from samlad.foundation import store
from samlad.foundation.store import DataFolder
from samlad.publish import publishing
from samlad.warehouse import database, engine
from samlad.warehouse.database import Warehouse

MISSING = "SDN-FA"
"""The organisation whose whole year 2024 has not come in `one_missing`."""

MAKES_THE_EXAMPLE = (
    "samlad/**/*.py",
    "queries/macros.sql",
    *(f"queries/{folder}/**/*.sql" for folder in engine.NOT_ASKED_BY_NAME),
    "data/programme/*",
    "data/context/*",
)
NOT_ITS_MAKING = ("samlad/views/", "samlad/report/", "samlad/warehouse/changes/", "samlad/server/")
KEPT = 12
"""How many made examples are kept between runs; the oldest goes first."""

for setting in ("SAMLAD_DATA", "SAMLAD_THRESHOLD", "SAMLAD_ENGINE"):
    os.environ.pop(setting, None)


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataFolder]:
    """The example data folder as a first start makes it: submitted, checked, published. Tests copy it to change it."""
    target = tmp_path_factory.mktemp("data") / "example"
    shutil.copytree(_made_once(), target)
    yield DataFolder(target)


def _made_once() -> Path:
    """The published example of this state of the code: made by the first process that asks, and kept."""
    kept = Path(tempfile.gettempdir()) / f"samlad-tests-{os.getuid()}"
    kept.mkdir(mode=0o700, exist_ok=True)
    made = kept / _code_that_makes_it()
    with open(kept / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.is_dir():
            unfinished = kept / f"unfinished-{os.getpid()}"
            shutil.rmtree(unfinished, ignore_errors=True)
            example_start.make_published_example(unfinished, lambda _share, _doing: None)
            unfinished.rename(made)
        os.utime(made)
        for old in sorted((one for one in kept.iterdir() if one.is_dir()), key=os.path.getmtime)[:-KEPT]:
            shutil.rmtree(old, ignore_errors=True)
    return made


def _code_that_makes_it() -> str:
    """A hash of all that the example follows from."""
    found = hashlib.sha256()
    for pattern in MAKES_THE_EXAMPLE:
        for path in sorted(store.REPOSITORY.glob(pattern)):
            name = path.relative_to(store.REPOSITORY).as_posix()
            if not name.startswith(NOT_ITS_MAKING):
                found.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()[:32]


@pytest.fixture(scope="session")
def example(example_folder: DataFolder) -> Warehouse:
    """The warehouse on the published example."""
    return database.open_snapshot(example_folder)


@pytest.fixture(scope="session")
def unpublished(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A folder as `init` makes it."""
    folder = DataFolder(tmp_path_factory.mktemp("init") / "data")
    programme.init_folder(folder.path, store.repository_folder().path)
    return folder


@pytest.fixture(scope="session")
def without_reports(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A folder as `init` makes it, published: a catalogue, public statistics, and not one report."""
    folder = DataFolder(tmp_path_factory.mktemp("published") / "data")
    programme.init_folder(folder.path, store.repository_folder().path)
    publishing.publish(folder)
    return folder


@pytest.fixture(scope="session")
def one_missing(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A small example without what one nämnd reported for the whole of 2024."""
    folder = DataFolder(tmp_path_factory.mktemp("missing") / "data")
    made_up.make_example(folder.path, store.repository_folder().path, indicators=4)
    (silent,) = folder.submissions.glob(f"year=2024/period=VB/{MISSING}")
    shutil.rmtree(silent)
    publishing.publish(folder)
    return folder


@pytest.fixture
def shown(example_folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """The example as the data folder in use."""
    monkeypatch.setenv("SAMLAD_DATA", str(example_folder.path))
    return example_folder


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return Path(__file__).resolve().parent.parent
