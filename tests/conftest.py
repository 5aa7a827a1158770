"""One published example for the whole run, made once; and the warehouse on it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from samlad import example as made_up
from samlad import programme, publish, start, store, warehouse
from samlad.store import DataFolder
from samlad.warehouse import Warehouse

MISSING = "SDN-FA"
"""The organisation whose whole year 2024 has not come in `one_missing`."""

for setting in ("SAMLAD_DATA", "SAMLAD_THRESHOLD", "SAMLAD_ENGINE"):
    os.environ.pop(setting, None)


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataFolder]:
    """The example data folder as a first start makes it: submitted, checked, published. Tests copy it to change it."""
    target = tmp_path_factory.mktemp("data") / "example"
    start.make_published_example(target, lambda _share, _doing: None)
    yield DataFolder(target)


@pytest.fixture(scope="session")
def example(example_folder: DataFolder) -> Warehouse:
    """The warehouse on the published example."""
    return warehouse.open_snapshot(example_folder)


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
    publish.publish(folder)
    return folder


@pytest.fixture(scope="session")
def one_missing(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A small example without what one nämnd reported for the whole of 2024."""
    folder = DataFolder(tmp_path_factory.mktemp("missing") / "data")
    made_up.make_example(folder.path, store.repository_folder().path, indicators=4)
    (silent,) = folder.submissions.glob(f"year=2024/period=VB/{MISSING}")
    shutil.rmtree(silent)
    publish.publish(folder)
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
