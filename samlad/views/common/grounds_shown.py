"""Changed grounds of a verdict on the page, in sentences; kept by edition.

Finding the changes belongs in `samlad.warehouse`.
"""

import streamlit as st

from samlad.views.common.judged_indicators import Judged
from samlad.views.common.shown_edition import seen, seen_id
from samlad.warehouse import verdict_grounds
from samlad.warehouse.catalogue_choices import Organisation
from samlad.warehouse.verdict_grounds import Grounds

TOLD_ALREADY = ("definition", "division")
"""Kinds that Indikator and Nämnd show in any year."""


def told(one: Judged, year: int, organisation: Organisation, *, but: tuple[str, ...] = ()) -> list[str]:
    """Return a sentence for each changed ground of a year's verdict, except the kinds in `but`."""
    return verdict_grounds.sentences(grounds(), one, year, organisation.organisation_id, but=but)


def grounds() -> Grounds:
    """Return the grounds of the snapshot on the page; kept by edition."""
    return _grounds(seen_id())


@st.cache_resource(max_entries=10, show_spinner=False)
def _grounds(snapshot_id: str) -> Grounds:
    del snapshot_id  # only a key of the kept answer
    return verdict_grounds.of(seen())
