"""Published ids: the random names under which readers see submissions. Nothing of the content follows from them.

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
"""Published tables that name submissions."""


def drawn(folder: DataFolder, receipts: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return a random id for each submission whose own id is a hash, drawn at the first call.

    The caller holds `snapshots.publishing`. Raises OSError when the raw side cannot be written.
    """
    hashed = sorted(receipt["submission_id"] for receipt in receipts if "content" in receipt)
    kept = by_own(folder)
    fresh = {own: secrets.token_hex(8) for own in hashed if own not in kept}
    if fresh:
        store.write_json(_path(folder), {**kept, **fresh})
    return {own: {**kept, **fresh}[own] for own in hashed}


def names_of(folder: DataFolder, own: str) -> set[str]:
    """Return the ids a submission has been published under: its own, and the drawn one if its own is a hash."""
    return {own, by_own(folder).get(own, own)}


def own_id(folder: DataFolder, published_id: str) -> str:
    """Return a submission's own id from its published one."""
    return next((own for own, published in by_own(folder).items() if published == published_id), published_id)


def renamed(tables: Mapping[str, pa.Table], ids: Mapping[str, str]) -> dict[str, pa.Table]:
    """Return the tables that name submissions, with every hash replaced by its published id."""
    return {name: _renamed(tables[name], ids) for name in TABLES} if ids else {}


def _renamed(table: pa.Table, ids: Mapping[str, str]) -> pa.Table:
    at = table.column_names.index("submission_id")
    own, published = pa.array(list(ids), pa.string()), pa.array(list(ids.values()), pa.string())
    new_ids = pc.take(published, pc.index_in(table["submission_id"], own))
    return table.set_column(at, "submission_id", pc.coalesce(new_ids, table["submission_id"]))


def _path(folder: DataFolder) -> Path:
    return folder.submissions / "published_ids.json"


def by_own(folder: DataFolder) -> dict[str, str]:
    """Return the drawn ids by the submissions' own ids."""
    path = _path(folder)
    return store.read_json(path) if path.is_file() else {}


def forget(folder: DataFolder, own: str) -> None:
    """Delete a hash and its published id."""
    kept = by_own(folder)
    left = {name: published_id for name, published_id in kept.items() if name != own}
    if left and left != kept:
        store.write_json(_path(folder), left)
    elif not left:
        _path(folder).unlink(missing_ok=True)
