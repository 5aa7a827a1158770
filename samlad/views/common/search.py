"""Search in the frame: any goal, indicator, activity or organisation by name, and its page.

The index that is searched belongs in `samlad.warehouse`.
"""

from collections.abc import Mapping
from html import escape

import streamlit as st

from samlad.views.common import choose, show
from samlad.warehouse.catalogue_choices import Choices, Sought

BOX, _FOUND = "sok", "_found"

PAGES = {"goal": "mal", "indicator": "indikator", "activity": "mal", "organisation": "namnd"}
"""Pages of each kind: an activity stands on its goal's page."""


def box(offered: Choices) -> None:
    """Let the user search by part of a name. The choice becomes a link that words.js follows at once."""
    st.selectbox(
        "Sök",
        list(offered.sought),
        index=None,
        key=BOX,
        placeholder="Mål, indikator, aktivitet, nämnd",
        on_change=_chosen,
        filter_mode="contains",
    )
    sought = offered.sought.get(st.session_state.pop(_FOUND, None))
    if sought is not None:
        at = choose.address(PAGES[sought.kind], **_choice(sought))
        show.html(f'<a class="samlad-found" href="{escape(at)}" target="_self">Till {escape(sought.name)}</a>')


def _chosen() -> None:
    st.session_state[_FOUND] = st.session_state[BOX]
    st.session_state[BOX] = None


def _choice(sought: Sought) -> Mapping[str, str]:
    """Return the choices to make on the page of a search hit."""
    if sought.kind == "organisation":
        return {choose.ORGANISATION: sought.name}
    if sought.kind == "indicator":
        return {choose.NAMED: sought.name}
    return {choose.GOAL: sought.goal or ""}
