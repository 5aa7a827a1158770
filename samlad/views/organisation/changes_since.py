"""Changes for an organisation since a snapshot seen earlier: marks first, then reports and duties.

Comparing editions in general belongs in `edition_changes`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from samlad.foundation import schema, store
from samlad.foundation.errors import SamladError
from samlad.swedish import numbers
from samlad.views.common.shown_edition import seen_id
from samlad.warehouse import changes, database, editions
from samlad.warehouse.changes import Change, change_sentences

TABLES = (
    "received_submissions",
    "indicator_values",
    "activity_values",
    "yearly_targets",
    "targets",
    "responsibilities",
    "assessments",
    "expected_reports",
)
"""Tables of an organisation's own rows; sums of these, and its forms, follow from them."""

GONE = "Publiceringen som du såg senast är tagen ur bruk, så det går inte att säga vad som har ändrats sedan dess."


@dataclass(frozen=True)
class Changed:
    """A change in words: its subject, the earlier words, the present words, and the cause."""

    what: str
    before: str
    after: str
    why: str
    is_example: bool


@dataclass(frozen=True)
class Since:
    """Changes since a publication, whose date is published; in order, marks first."""

    published: str
    changed: tuple[Changed, ...]


def since(organisation_id: str, snapshot_id: str) -> Since:
    """Return an organisation's changes from a snapshot, or its first digits, to the snapshot on the page.

    Raises SamladError when that snapshot has been taken out of use. Kept by snapshot.
    """
    folder = store.data_folder()
    old = editions.read(folder, snapshot_id)
    return _since(organisation_id, old.snapshot_id, seen_id())


@st.cache_resource(max_entries=200, show_spinner="Jämför med det du såg senast …")
def _since(organisation_id: str, old_id: str, new_id: str) -> Since:
    folder = store.data_folder()
    old, new = (database.open_snapshot(folder, one) for one in (old_id, new_id))
    names = change_sentences.Names(old.snapshot, new.snapshot)

    def listed() -> Iterator[Changed]:
        for mark in changes.followed_for(old, new, organisation_id):
            indicator = names.row("indicators", mark.indicator_id).get("short_name", mark.indicator_id)
            before, after = (change_sentences.mark_word(one) for one in (mark.old, mark.new))
            yield Changed(f"{indicator}, {mark.year}", before, after, "bedömning", mark.is_example)
        for change in changes.between(old.snapshot, new.snapshot):
            if change.organisation_id == organisation_id and _is_own(change):
                told = change_sentences.told(change, names)
                what = told.what.removeprefix(f"{names.organisation(organisation_id)}: ")
                yield Changed(f"{what[0].upper()}{what[1:]}", told.before, told.after, told.why, change.is_example)

    return Since(numbers.date_sv(old.published_on), tuple(listed()))


def _is_own(change: Change) -> bool:
    return change.table in TABLES and change.sex in (None, schema.SEXES[0])


def said(organisation_id: str, snapshot_id: str) -> Since | str:
    """Return the changes, or in words why they cannot be computed."""
    try:
        return since(organisation_id, snapshot_id)
    except SamladError:
        return GONE
