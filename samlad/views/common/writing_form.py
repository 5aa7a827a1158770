"""Forms that keep people's texts: opened on known versions, drafts kept by the browser, rivals side by side.

Records are written in `samlad.journal`.

Every form that saves something is a WritingForm. Choices that only change the view are not.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from samlad.journal import record_versions
from samlad.journal.records import Record
from samlad.views.common import show

SIDE_BY_SIDE = 3
_TOKENS, _SAVED, _NAMES = "_papers", "_papers_saved", "_papers_names"
_REMEMBERED = 8
"""Number of saved forms that a page still names to the browser."""

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Versioned:
    """Records of a matter, as its form shows them.

    values gives a record's content by the labels of the fields, told the same content in words. joined is the label of
    the field whose texts can be put together. one and several are nouns for a version and for versions: en text,
    texter.
    """

    records: Sequence[Record]
    values: Callable[[Record], Values]
    told: Callable[[Record], str]
    one: str
    several: str
    joined: str | None = None


@dataclass(frozen=True)
class WritingForm:
    """A form: the kind of record, its subject, and its rival versions (None for a log)."""

    kind: str
    about: tuple[str, ...]
    versions: Versioned | None = None

    @property
    def matter(self) -> str:
        """Return the matter's name in the browser: the kind and ids."""
        return ":".join((self.kind, *self.about))

    @property
    def token(self) -> str:
        """Return the name of this opening: new after each save, so that the form begins anew."""
        held: dict[str, str] = st.session_state.setdefault(_TOKENS, {})
        return held.setdefault(self.matter, secrets.token_hex(8))

    def key(self, label: str) -> str:
        """Return the key of a field of the form."""
        return f"{self.kind}-{self.token}-{label}"

    @property
    def replaces(self) -> tuple[str, ...] | None:
        """Return the records that the writer had seen; None for a log, which replaces nothing."""
        if self.versions is None:
            return None
        return record_versions.seen(self.versions.records, self._opened_on())

    @contextmanager
    def form(self) -> Iterator[None]:
        """Open the form: a place for drafts, others' new versions, fields of the `with` block."""
        with st.form(self.key("form"), enter_to_submit=False, border=False):
            self._mark()
            if self.versions is not None:
                self._opening()
                self._rivals(self.versions)
            yield

    def area(self, label: str, *, most: int, start: str = "", height: int | None = None) -> str:
        """Let the user write a text."""
        st.session_state.setdefault(self.key(label), start)
        sized: dict[str, Any] = {} if height is None else {"height": height}
        return st.text_area(show.plain(label), max_chars=most, key=self.key(label), **sized) or ""

    def line(self, label: str, *, most: int) -> str:
        """Let the user write a line."""
        return st.text_input(show.plain(label), max_chars=most, key=self.key(label)) or ""

    def radio(self, label: str, options: Sequence[str], *, index: int | None = None) -> str | None:
        """Let the user choose among a few options."""
        st.session_state.setdefault(self.key(label), None if index is None else options[index])
        return st.radio(show.plain(label), options, index=None, horizontal=True, key=self.key(label))

    def select(self, label: str, options: Sequence[str], *, index: int | None = None, placeholder: str) -> str | None:
        """Let the user choose among many options."""
        st.session_state.setdefault(self.key(label), None if index is None else options[index])
        return st.selectbox(show.plain(label), options, index=None, placeholder=placeholder, key=self.key(label))

    def name(self, most: int = 100) -> str:
        """Let the user write a name, as the writer."""
        carried = st.session_state.get(_NAMES, {}).pop(self.matter, "")
        chooses = self.versions is not None and len(record_versions.rivals(self.versions.records)) > 1
        st.session_state.setdefault(self.key(NAME), carried if chooses else "")
        return self.line(NAME, most=most)

    def saved(self, by: str = "") -> None:
        """Note for the browser that the draft is kept now, and let the form begin anew.

        Who has to choose between versions does not have to give the name once more.
        """
        st.session_state[_SAVED] = [*st.session_state.get(_SAVED, []), self.token][-_REMEMBERED:]
        if self.versions is not None:
            st.session_state.setdefault(_NAMES, {})[self.matter] = by
        del st.session_state[_TOKENS][self.matter]

    def _mark(self) -> None:
        """Mark for the page's script (samlad/server/drafts.js) whose drafts belong in this form."""
        told = {
            "draft": self.matter,
            "token": self.token,
            "standing": self._standing(),
            "opened": OPENED_ON,
            "name": NAME,
        }
        data = " ".join(f'data-samlad-{name}="{escape(said, quote=True)}"' for name, said in told.items())
        show.html(f'<div class="draft" role="status" {data}></div>')

    def _opening(self) -> None:
        """Carry the form's opening versions through the browser, with the draft begun on them."""
        st.session_state.setdefault(self.key(OPENED_ON), self._standing())
        with st.container(key=f"oppnad-pa-{self.key(OPENED_ON)}"):
            st.text_input(OPENED_ON, key=self.key(OPENED_ON))

    def _standing(self) -> str:
        return (
            " ".join(record.record_id for record in record_versions.unreplaced(self.versions.records))
            if self.versions
            else ""
        )

    def _opened_on(self) -> list[str]:
        return str(st.session_state.get(self.key(OPENED_ON), "")).split()

    def _rivals(self, versions: Versioned) -> None:
        """Show versions side by side, when several or unseen by the writer."""
        standing = record_versions.rivals(versions.records)
        known = set(record_versions.seen(versions.records, self._opened_on()))
        unseen = [record for record in standing if record.record_id not in known]
        if len(standing) < 2 and not unseen:
            return
        if len(standing) > 1:
            said = (
                f"{record_versions.several(standing, versions.several)} Alla är sparade. Den senaste används så länge."
            )
        else:
            said = f"{record_versions.signed(unseen[0])}, sparade {versions.one} efter att du öppnade formuläret."
        st.warning(
            show.plain(f"{said} Välj vad du utgår från, ändra om du vill, och spara: då gäller det."),
            icon=":material/call_split:",
        )
        for column, record in zip(st.columns(min(len(standing), SIDE_BY_SIDE)) * len(standing), standing, strict=False):
            with column:
                words = "".join(f"<p>{escape(part)}</p>" for part in versions.told(record).splitlines() if part.strip())
                show.html(
                    f'<p class="small"><b>{escape(record_versions.signed(record))}</b></p>{words or "<p>(tom)</p>"}'
                )
                st.form_submit_button(
                    "Ta den här",
                    key=self.key(f"ta-{record.record_id}"),
                    on_click=self._take,
                    args=(versions.values(record),),
                )
        with st.container(horizontal=True):
            st.form_submit_button("Behåll det som står i formuläret", key=self.key("behall"), on_click=self._take)
            if versions.joined:
                texts = [str(versions.values(record)[versions.joined]) for record in standing]
                st.form_submit_button(
                    "Lägg ihop allt", key=self.key("ihop"), on_click=self._join, args=(versions.joined, texts)
                )

    def _take(self, values: Values | None = None) -> None:
        """Put a version's values into the form, if given; all versions now count as seen."""
        for label, value in (values or {}).items():
            st.session_state[self.key(label)] = value
        st.session_state[self.key(OPENED_ON)] = self._standing()

    def _join(self, label: str, texts: Sequence[str]) -> None:
        """Append the texts that the form does not have yet."""
        joined = str(st.session_state.get(self.key(label)) or "").strip()
        for words in texts:
            if words.strip() not in joined:
                joined = f"{joined}\n\n{words.strip()}".strip()
        self._take({label: joined})


NAME = "Ditt namn"
OPENED_ON = "Versioner som formuläret öppnades på"


def place_for_drafts() -> str:
    """Return the HTML place where the page's script names unsaved text whose form is not open.

    The place also gives the script the forms saved on this visit: their drafts are done.
    """
    saved = escape(" ".join(st.session_state.get(_SAVED, [])), quote=True)
    return f'<div class="draft" role="status" data-samlad-saved="{saved}"></div>'
