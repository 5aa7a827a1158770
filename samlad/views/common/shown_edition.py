"""The snapshot a user sees, and answers from that snapshot, kept as long as they hold.

Opening editions belongs in `samlad.warehouse`.
"""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import streamlit as st

from samlad.foundation import query_row, store
from samlad.foundation.query_row import AnyRow
from samlad.swedish import numbers
from samlad.warehouse import database, editions
from samlad.warehouse.as_of import left_out_sentence
from samlad.warehouse.database import Warehouse

_SEEN = "_snapshot"
_PINNED = "_pinned"
_PAGE = "_page"
PIN = "snapshot"
"""The key in the address that pins a snapshot."""


@dataclass(frozen=True)
class ShownEdition:
    """The frame's facts of the snapshot on the page: id, dates, pin in the address."""

    snapshot_id: str
    published: str
    as_of: str | None
    is_pinned: bool
    left_out: str = ""
    """Number of reports left out and as of when, in words; empty when none are."""


def follow(page: str) -> ShownEdition:
    """Choose the snapshot for this run: the pinned, else the user's present, else the current snapshot.

    A user moves to a new snapshot at the first change of page after that snapshot has been loaded, and is shown a
    sentence on the move. Raises SamladError when nothing has been published, or when the pinned snapshot is not there.
    """
    folder = store.data_folder()
    if database.let_go(folder):
        _forget_answers()
    asked = st.query_params.get(PIN) or st.session_state.get(_PINNED)
    if asked:
        opened = database.open_snapshot(folder, asked)
        st.session_state[_PINNED] = asked
        st.query_params[PIN] = asked
    else:
        opened = _moved(folder, page)
    st.session_state[_SEEN] = opened.snapshot_id
    st.session_state[_PAGE] = page
    until = opened.snapshot.reports_until
    return ShownEdition(
        snapshot_id=opened.snapshot_id,
        published=numbers.date_sv(opened.published_on),
        as_of=numbers.date_sv(until) if until else None,
        is_pinned=bool(asked),
        left_out=left_out_sentence(opened.snapshot.left_out, opened.snapshot.as_of),
    )


def _moved(folder: store.DataFolder, page: str) -> Warehouse:
    seen, stays = st.session_state.get(_SEEN), st.session_state.get(_PAGE) == page
    is_ready = database.is_loaded(folder) if seen else True
    if seen and (stays or not is_ready) and seen in editions.editions(folder):
        return database.open_snapshot(folder, seen)
    opened = database.open_snapshot(folder)
    if seen and seen != opened.snapshot_id:
        published = numbers.date_sv(opened.published_on)
        st.toast(
            f"Uppgifterna har uppdaterats: du ser nu det som publicerades {published}.",
            icon=":material/update:",
            duration="long",
        )
    return opened


def is_pinned() -> bool:
    """Return True if the address, or an earlier page, has pinned a snapshot."""
    return bool(st.query_params.get(PIN) or st.session_state.get(_PINNED))


def unpin() -> None:
    """Unpin the snapshot; the next run shows the current snapshot."""
    st.session_state.pop(_PINNED, None)
    st.session_state.pop(_SEEN, None)
    st.query_params.pop(PIN, None)


def seen_id() -> str:
    """Return the id of the snapshot that this run shows."""
    found: str = st.session_state[_SEEN]
    return found


def seen() -> Warehouse:
    """Return the warehouse of the snapshot that this run shows."""
    return database.open_snapshot(store.data_folder(), seen_id())


def threshold() -> int:
    """Return the least count of persons that the snapshot shows."""
    return int(seen().manifest["threshold"])


def load(name: str, **parameters: Any) -> pa.Table:
    """Return the answer to a question of queries/ about the snapshot on the page.

    Asked once per snapshot and parameters.
    """
    if seen_id() not in editions.editions(store.data_folder()):
        st.rerun()  # the edition was purged or retired since this run began, or a part of a page runs alone
    return _answer(seen_id(), name, tuple(sorted(parameters.items())))


def load_rows(kind: type[AnyRow], /, **parameters: Any) -> list[AnyRow]:
    """Return the rows of a row class's question about the snapshot on the page. Asked as `load` asks."""
    return query_row.from_arrow(kind, load(kind.QUERY, **parameters))


def _forget_answers() -> None:
    """Forget all drawings and words from snapshots: some may be of a removed snapshot."""
    st.cache_resource.clear()
    st.cache_data.clear()


@st.cache_resource(max_entries=2000, show_spinner=False)
def _answer(snapshot_id: str, name: str, parameters: tuple[tuple[str, Any], ...]) -> pa.Table:
    opened = database.open_snapshot(store.data_folder(), snapshot_id)
    return opened.query(name, **dict(parameters))
