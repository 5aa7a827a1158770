"""What this device remembers: which nämnd is one's own, and the snapshots last seen there. Nothing is sent elsewhere.

It is a cookie that the page's own script writes (samlad/server/words.js) when it meets the mark below, and that the
browser
hands back with its next visit. What it holds is public: an organisation_id and two snapshots' first digits. A cookie
that is malformed, or names an organisation that is not there, is as good as none.
"""

import re
from dataclasses import dataclass

import streamlit as st

from samlad.swedish import words
from samlad.views.common import choose, show
from samlad.views.common.shown_edition import is_pinned, seen_id

COOKIE = "samlad_namnd"
PAGE = "namnd"
"""The page that opens on one's own nämnd."""

_COOKIE = re.compile(r"([A-Za-z0-9_-]{1,40})(?:\.([0-9a-f]{16}))?(?:\.([0-9a-f]{16}))?")
_DIGITS = 16
_HELD, _PAGE = "_remembered", "_remembered_page"
_NOTHING = ""


@dataclass(frozen=True)
class Remembered:
    """One's own nämnd; the snapshot last seen there, and the one before it, by their first sixteen digits."""

    organisation_id: str
    seen: str | None = None
    before: str | None = None

    @property
    def cookie(self) -> str:
        """As it stands in the cookie: ASCII, parts between points."""
        return ".".join(part for part in (self.organisation_id, self.seen, self.before) if part)

    def having_seen(self, snapshot_id: str) -> "Remembered":
        """The same after a look at a snapshot: another than last time moves that one back.

        >>> Remembered("A", "1" * 16).having_seen("2" * 64).before
        '1111111111111111'
        """
        seen = snapshot_id[:_DIGITS]
        return self if seen == self.seen else Remembered(self.organisation_id, seen, self.seen)


def read(cookie: str) -> Remembered | None:
    """What a cookie says; None when there is none, or when it is not of our making.

    >>> read("SDN-JA.0123456789abcdef").organisation_id
    'SDN-JA'
    >>> read("<script>") is None
    True
    """
    found = _COOKIE.fullmatch(cookie)
    return Remembered(*found.groups()) if found else None


def own() -> Remembered | None:
    """What is remembered: what was said on this visit, else what the browser brought with it."""
    if _HELD in st.session_state:
        return read(st.session_state[_HELD])
    return read(str(st.context.cookies.get(COOKIE, "")))


def is_own(organisation_id: str | None) -> bool:
    """Whether an organisation is the one remembered."""
    held = own()
    return held is not None and held.organisation_id == organisation_id


def open_own(page: str) -> None:
    """On arrival at Nämnd with no organisation chosen, choose the remembered one; the address then says so.

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
    """Remember an organisation as one's own, from the snapshot on the page on."""
    st.session_state[_HELD] = Remembered(organisation_id).having_seen(seen_id()).cookie


def forget() -> None:
    """Remember nothing."""
    st.session_state[_HELD] = _NOTHING


def note_visit(organisation_id: str | None) -> Remembered | None:
    """Note that the snapshot on the page has been seen, on one's own nämnd's page; a pinned one does not count.

    Returns what is remembered after it, or None on another's page.
    """
    held = own()
    if held is None or held.organisation_id != organisation_id:
        return None
    if is_pinned():
        return held
    st.session_state[_HELD] = held.having_seen(seen_id()).cookie
    return own()


def write() -> None:
    """Mark what the page's script is to write in the cookie, when anything was said on this visit."""
    if _HELD in st.session_state:
        show.html(f'<span hidden data-samlad-remember="{st.session_state[_HELD]}"></span>')
