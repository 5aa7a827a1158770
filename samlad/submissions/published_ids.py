"""Published ids: what a submission is called where everybody reads. Nothing of its content follows from it.

A submission received before ids were drawn has an id that is a hash of its content. Wherever it is published it has
another, drawn once and kept on the raw side; protection goes on with the id it has always had.
"""

import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from samlad.foundation import store
from samlad.foundation.store import DataFolder

TABLES = ("received_submissions", "indicator_values", "value_versions", "activity_values")
"""The published tables that name submissions."""


def drawn(folder: DataFolder, receipts: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return another id for each submission whose own is a hash, drawn the first time it is asked for.

    The caller holds `snapshots.publishing`. Raises OSError when the raw side cannot be written.
    """
    hashed = sorted(receipt["submission_id"] for receipt in receipts if "content" in receipt)
    kept = by_own(folder)
    fresh = {own: secrets.token_hex(8) for own in hashed if own not in kept}
    if fresh:
        store.write_json(_path(folder), {**kept, **fresh})
    return {own: {**kept, **fresh}[own] for own in hashed}


def names_of(folder: DataFolder, own: str) -> set[str]:
    """Return the ids that a submission has been published under: its own, and the one drawn if its own is a hash."""
    return {own, by_own(folder).get(own, own)}


def own_id(folder: DataFolder, told: str) -> str:
    """Return the id that a submission lies under, from the one that has been published."""
    return next((own for own, published in by_own(folder).items() if published == told), told)


def renamed(tables: Mapping[str, pa.Table], ids: Mapping[str, str]) -> dict[str, pa.Table]:
    """Return the tables that name submissions, with every id that is a hash replaced."""
    return {name: _renamed(tables[name], ids) for name in TABLES} if ids else {}


def _renamed(table: pa.Table, ids: Mapping[str, str]) -> pa.Table:
    at = table.column_names.index("submission_id")
    own, told = pa.array(list(ids), pa.string()), pa.array(list(ids.values()), pa.string())
    found = pc.take(told, pc.index_in(table["submission_id"], own))
    return table.set_column(at, "submission_id", pc.coalesce(found, table["submission_id"]))


def _path(folder: DataFolder) -> Path:
    return folder.submissions / "published_ids.json"


def by_own(folder: DataFolder) -> dict[str, str]:
    """Return the published id of each submission that has had another drawn, by its own."""
    path = _path(folder)
    return store.read_json(path) if path.is_file() else {}


def forget(folder: DataFolder, own: str) -> None:
    """Take out an id that is a hash, with the one it was published under."""
    kept = by_own(folder)
    left = {name: told for name, told in kept.items() if name != own}
    if left and left != kept:
        store.write_json(_path(folder), left)
    elif not left:
        _path(folder).unlink(missing_ok=True)
