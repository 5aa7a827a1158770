"""Memory of this device: the user's own nämnd, and the snapshots last seen there.

Nothing is sent elsewhere. The memory is a cookie that the page's own script writes (samlad/server/words.js) when it
meets the mark below, and that the browser hands back with its next visit. The cookie's content is public: an
organisation_id and two snapshots' first digits. A cookie that is malformed, or names an organisation that is not there,
counts as none.
"""

import re
from dataclasses import dataclass

import streamlit as st

from samlad.swedish import words
from samlad.views.common import choose, show
from samlad.views.common.shown_edition import is_pinned, seen_id

COOKIE = "samlad_namnd"
PAGE = "namnd"
"""The page that opens on the user's own nämnd."""

_COOKIE = re.compile(r"([A-Za-z0-9_-]{1,40})(?:\.([0-9a-f]{16}))?(?:\.([0-9a-f]{16}))?")
_DIGITS = 16
_HELD, _PAGE = "_remembered", "_remembered_page"
_NOTHING = ""


@dataclass(frozen=True)
class Remembered:
    """The user's own nämnd, with the two snapshots last seen there, by their first sixteen digits."""

    organisation_id: str
    seen: str | None = None
    before: str | None = None

    @property
    def cookie(self) -> str:
        """Return the cookie's text: ASCII, parts between points."""
        return ".".join(part for part in (self.organisation_id, self.seen, self.before) if part)

    def having_seen(self, snapshot_id: str) -> "Remembered":
        """Return the memory after a look at a snapshot: a new snapshot moves the last back.

        >>> Remembered("A", "1" * 16).having_seen("2" * 64).before
        '1111111111111111'
        """
        seen = snapshot_id[:_DIGITS]
        return self if seen == self.seen else Remembered(self.organisation_id, seen, self.seen)


def read(cookie: str) -> Remembered | None:
    """Return a cookie's memory. None without a cookie, or for a cookie not of our making.

    >>> read("SDN-JA.0123456789abcdef").organisation_id
    'SDN-JA'
    >>> read("<script>") is None
    True
    """
    found = _COOKIE.fullmatch(cookie)
    return Remembered(*found.groups()) if found else None


def own() -> Remembered | None:
    """Return the memory: from this visit, else from the cookie that the browser brought."""
    if _HELD in st.session_state:
        return read(st.session_state[_HELD])
    return read(str(st.context.cookies.get(COOKIE, "")))


def is_own(organisation_id: str | None) -> bool:
    """Return True if an organisation is the remembered."""
    held = own()
    return held is not None and held.organisation_id == organisation_id


def open_own(page: str) -> None:
    """Choose the remembered organisation on arrival at Nämnd without a choice. The address then says so.

    Called before the frame is drawn. Later on the same page, the whole city is a choice like any other.
    """
    has_arrived = st.session_state.get(_PAGE) != page
    st.session_state[_PAGE] = page
    if page != PAGE or not has_arrived:
        return
    asked = st.session_state.get(choose.ORGANISATION) or st.query_params.get(choose.ORGANISATION)
    held = own()
    found = choose.choices().organisations.get(held.organisation_id) if held else None
    if found and asked in (None, words.WHOLE_CITY):
        if choose.ORGANISATION not in st.session_state:
            # Before the frame's first run nothing is bound to the address yet, and a choice made for it is not written.
            st.query_params[choose.ORGANISATION] = found.name
        st.session_state[choose.ORGANISATION] = found.name


def remember(organisation_id: str) -> None:
    """Remember an organisation as the user's own, from the snapshot on the page on."""
    st.session_state[_HELD] = Remembered(organisation_id).having_seen(seen_id()).cookie


def forget() -> None:
    """Forget the nämnd and its snapshots."""
    st.session_state[_HELD] = _NOTHING


def note_visit(organisation_id: str | None) -> Remembered | None:
    """Note that the snapshot on the page has been seen, on the user's own nämnd's page. Never a pinned snapshot.

    Returns the memory after the visit, or None on another organisation's page.
    """
    held = own()
    if held is None or held.organisation_id != organisation_id:
        return None
    if is_pinned():
        return held
    st.session_state[_HELD] = held.having_seen(seen_id()).cookie
    return own()


def write() -> None:
    """Mark this visit's text, if any, for the page's script to write in the cookie."""
    if _HELD in st.session_state:
        show.html(f'<span hidden data-samlad-remember="{st.session_state[_HELD]}"></span>')
