"""Published folders for the whole run, each made once and kept on disk; tests copy what they change."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
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
from tests.editions import Made, reported

MISSING = "SDN-FA"
"""The organisation whose whole year 2024 has not come in `one_missing`."""

MAKES_FOLDERS = (
    *("samlad/**/*.py", "queries/macros.sql", "data/programme/*", "data/context/*"),
    *(f"queries/{folder}/**/*.sql" for folder in engine.NOT_ASKED_BY_NAME),
    *("tests/conftest.py", "tests/changing.py", "tests/editions.py", "tests/rows.py"),
)
NO_PART_IN_MAKING = ("samlad/views/", "samlad/report/", "samlad/warehouse/changes/", "samlad/server/")
KEPT_STATES = 12
"""Number of states of the code that keep their folders between runs; the oldest goes first."""

for setting in ("SAMLAD_DATA", "SAMLAD_THRESHOLD", "SAMLAD_ENGINE"):
    os.environ.pop(setting, None)


def kept(name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that `make` has filled for this state of the code: by the first process that asks, and kept.

    Whoever changes it copies it first.
    """
    states = Path(tempfile.gettempdir()) / f"samlad-tests-{os.getuid()}"
    states.mkdir(mode=0o700, exist_ok=True)
    state = states / _code_that_makes_folders()
    with open(states / f"lock-{name}", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        state.mkdir(exist_ok=True)
        os.utime(state)
        if not (state / name).is_dir():
            unfinished = state / f"unfinished-{name}"
            shutil.rmtree(unfinished, ignore_errors=True)
            make(unfinished)
            unfinished.rename(state / name)
        for old in sorted((path for path in states.iterdir() if path.is_dir()), key=os.path.getmtime)[:-KEPT_STATES]:
            shutil.rmtree(old, ignore_errors=True)
    return state / name


@cache
def _code_that_makes_folders() -> str:
    """A hash of all that the kept folders follow from."""
    found = hashlib.sha256()
    for pattern in MAKES_FOLDERS:
        for path in sorted(store.REPOSITORY.glob(pattern)):
            name = path.relative_to(store.REPOSITORY).as_posix()
            if not name.startswith(NO_PART_IN_MAKING):
                found.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()[:32]


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """The example data folder as a first start makes it: submitted, checked, published. Tests copy it to change it."""
    made = kept("example", lambda path: example_start.make_published_example(path, lambda _share, _doing: None))
    return DataFolder(shutil.copytree(made, tmp_path_factory.mktemp("data") / "example"))


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

    def make(path: Path) -> None:
        programme.init_folder(path, store.repository_folder().path)
        publishing.publish(DataFolder(path))

    return DataFolder(shutil.copytree(kept("without_reports", make), tmp_path_factory.mktemp("published") / "data"))


@pytest.fixture(scope="session")
def one_missing(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A small example without what one nämnd reported for the whole of 2024."""

    def make(path: Path) -> None:
        folder = DataFolder(path)
        made_up.make_example(path, store.repository_folder().path, indicators=4)
        (without,) = folder.submissions.glob(f"year=2024/period=VB/{MISSING}")
        shutil.rmtree(without)
        publishing.publish(folder)

    return DataFolder(shutil.copytree(kept("one_missing", make), tmp_path_factory.mktemp("missing") / "data"))


@pytest.fixture(scope="session")
def published_city(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The small city with its reports in, published once. Tests copy it to change it."""
    made = kept("city", lambda path: reported(path).publish())
    return Made.found(shutil.copytree(made, tmp_path_factory.mktemp("city") / "data"))


@pytest.fixture
def city(published_city: Made, tmp_path: Path) -> Made:
    """The small city with one edition, to be changed."""
    return published_city.copied(tmp_path / "data")


@pytest.fixture
def shown(example_folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """The example as the data folder in use."""
    monkeypatch.setenv("SAMLAD_DATA", str(example_folder.path))
    return example_folder


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return Path(__file__).resolve().parent.parent
