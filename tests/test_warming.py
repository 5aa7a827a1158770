"""The current edition is loaded while the server starts."""

import threading

import pytest

from samlad.foundation.store import DataFolder
from samlad.server import warming
from samlad.warehouse import database


def test_the_current_snapshot_is_in_memory_before_anybody_asks(
    shown: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_loaded", type(database._loaded)())
    warming.begin().join()
    assert [opened.snapshot_id for opened in database._loaded.values()] == [database.open_snapshot(shown).snapshot_id]


def test_without_anything_published_the_server_starts_in_silence(
    unpublished: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(unpublished.path))
    faults: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", faults.append)
    warming.begin().join()
    assert not faults
