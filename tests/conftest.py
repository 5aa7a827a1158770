"""One published example for the whole run, made once; and the warehouse on it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from samlad import start, warehouse
from samlad.store import DataFolder
from samlad.warehouse import Warehouse

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


@pytest.fixture
def shown(example_folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """The example as the data folder in use."""
    monkeypatch.setenv("SAMLAD_DATA", str(example_folder.path))
    return example_folder


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return Path(__file__).resolve().parent.parent
