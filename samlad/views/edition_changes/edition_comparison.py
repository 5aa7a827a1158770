"""Contents of Ändringar: a choice of two editions, their differences, each change's cause.

Finding the changes belongs in `warehouse.changes`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import groupby

import streamlit as st

from samlad.foundation import schema, store
from samlad.foundation.rows import GoalsRow, IndicatorCatalogueRow
from samlad.swedish import numbers, words
from samlad.views.common import choose, show
from samlad.views.common.show import Html, Row, Shown
from samlad.views.common.shown_edition import load_rows, seen_id
from samlad.warehouse import database, editions
from samlad.warehouse.catalogue_choices import Organisation
from samlad.warehouse.changes import Kind, MarkChange, between, followed_for
from samlad.warehouse.changes.change_sentences import Told, mark_word, told
from samlad.warehouse.changes.change_summary import counted, sentence
from samlad.warehouse.changes.change_words import KINDS
from samlad.warehouse.changes.changes_csv import as_csv
from samlad.warehouse.changes.edition_names import Names
from samlad.warehouse.editions import Snapshot

FROM, TO = "fran", "till"
MOST_SHOWN = 200
WHOLE_PROGRAMME = "Hela programmet"

ONLY_ONE = (
    "Det finns bara en publicering, och därför ingenting att jämföra med. När en ny har publicerats står här vad som "
    "skiljer den från den förra, och varför."
)
SAME = "Samma publicering är vald två gånger. Välj två olika för att se vad som skiljer dem."


@dataclass(frozen=True)
class Found:
    """Differences between two editions for the organisation on the page, in words, with changed marks."""

    old: Snapshot
    new: Snapshot
    changes: Sequence[Told]
    marks: Sequence[MarkChange]
    names: Names
    is_latest: bool


def title(organisation: Organisation) -> str:
    """Return the page's title, naming the selection."""
    return f"Ändringar: {words.WHOLE_CITY.lower() if organisation.is_city else organisation.name}"


def standing_editions() -> list[Snapshot]:
    """Return the editions that stand, the latest first."""
    folder = store.data_folder()
    return [editions.read(folder, one) for one in reversed(editions.editions(folder))]


def choice() -> tuple[Snapshot, Snapshot] | None:
    """Let the user choose two editions; None when only a single edition stands.

    The default is the edition on the page and its predecessor.
    """
    offered = standing_editions()
    if len(offered) < 2:
        return None
    names = [_edition_name(one) for one in offered]
    at = next((place for place, one in enumerate(offered) if one.snapshot_id == seen_id()), 0)
    earlier = at + 1 if at + 1 < len(offered) else at
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = [
            st.selectbox(label, names, index=index, key=key, bind="query-params", filter_mode=None)
            for label, key, index in (("Från publiceringen", FROM, earlier), ("Till publiceringen", TO, at))
        ]
    return offered[names.index(chosen[0])], offered[names.index(chosen[1])]


def _edition_name(snapshot: Snapshot) -> str:
    """Return an edition's name in the choice and in the address, with spaces that can be typed."""
    day = numbers.date_sv(snapshot.published_on).replace(numbers.SPACE, " ")
    return f"{day} ({snapshot.snapshot_id[:8]})"


def why_none(compared: tuple[Snapshot, Snapshot] | None) -> str | None:
    """Return why there is nothing to compare; None when there is."""
    if compared is None:
        return ONLY_ONE
    return SAME if compared[0].snapshot_id == compared[1].snapshot_id else None


def found(old: Snapshot, new: Snapshot, organisation: Organisation) -> Found:
    """Return an organisation's own differences and the common differences; for the city all."""
    whose = organisation.organisation_id
    every, names = _compared(old.snapshot_id, new.snapshot_id)
    return Found(
        old=old,
        new=new,
        changes=[one for one in every if whose is None or whose in (one.change.organisation_ids or (whose,))],
        marks=_marks(old.snapshot_id, new.snapshot_id, whose),
        names=names,
        is_latest=new.snapshot_id == editions.current_id(store.data_folder()),
    )


@st.cache_resource(max_entries=6, show_spinner="Jämför publiceringarna …")
def _compared(old_id: str, new_id: str) -> tuple[list[Told], Names]:
    folder = store.data_folder()
    old, new = (editions.read(folder, one) for one in (old_id, new_id))
    names = Names(old, new)
    return [told(change, names) for change in between(old, new)], names


@st.cache_resource(max_entries=100, show_spinner=False)
def _marks(old_id: str, new_id: str, organisation_id: str | None) -> list[MarkChange]:
    folder = store.data_folder()
    old, new = (database.open_snapshot(folder, one) for one in (old_id, new_id))
    return followed_for(old, new, organisation_id)


def answer(what: Found) -> None:
    """Show the sentence on how much has changed, and the number of changes of each cause."""
    changes = [one.change for one in what.changes]
    show.lead(sentence(changes, len(what.marks), what.old, what.new, is_latest=what.is_latest))
    if changes:
        show.html(
            "<ul class='plain'>"
            + "".join(f"<li>{escape(KINDS[kind])}: {_number_of(n)}</li>" for kind, n in counted(changes).items())
            + "</ul>"
        )


def _number_of(changes: int) -> str:
    return f"{numbers.number(changes)} {'ändring' if changes == 1 else 'ändringar'}"


def marks(what: Found) -> None:
    """Show the marks that have changed, each a link to its indicator."""
    if not what.marks:
        return
    rows = []
    for one in what.marks:
        name = str(what.names.row("indicators", one.indicator_id).get("short_name", one.indicator_id))
        linked = _linked(name, name, one.year, one.organisation_id)
        rows.append(Row((_marked(linked, one.is_example), str(one.year), mark_word(one.old), mark_word(one.new))))
    show.table(Shown("Tecken som har ändrats", ("Indikator", "År", "Före", "Efter"), rows))


def listing(what: Found) -> None:
    """Show changes by cause and goal, as many as fit. A sentence gives the number of others."""
    chosen = shown(what.changes)
    for kind, held in groupby(chosen, key=lambda one: one.change.kind):
        of_kind = list(held)
        show.heading(KINDS[kind])
        for number, of_goal in groupby(of_kind, key=lambda one: one.goal_number):
            show.table(_table(what, number, list(of_goal)))
    left = len(what.changes) - len(chosen)
    if left:
        show.note(
            f"Här visas {numbers.number(len(chosen))} av {numbers.number(len(what.changes))} ändringar, några av varje "
            f"slag. Alla {numbers.number(len(what.changes))} finns i filen."
        )


def shown(changes: Sequence[Told], most: int = MOST_SHOWN) -> list[Told]:
    """Return at most so many changes, by cause and then goal.

    A cause with few is shown whole, and causes with many share the rest.
    """
    by_kind: Mapping[Kind, list[Told]] = {
        kind: sorted((one for one in changes if one.change.kind is kind), key=lambda one: one.goal_number or 0)
        for kind in counted([one.change for one in changes])
    }
    room, kept = most, {}
    for place, kind in enumerate(sorted(by_kind, key=lambda kind: len(by_kind[kind]))):
        kept[kind] = by_kind[kind][: room // (len(by_kind) - place)]
        room -= len(kept[kind])
    return [one for kind in by_kind for one in kept[kind]]


def _table(what: Found, number: int | None, changes: Sequence[Told]) -> Shown:
    goal = next((row for row in load_rows(GoalsRow) if row.number == number), None)
    caption = f"Mål {number} {goal.short_title}" if goal else WHOLE_PROGRAMME
    return Shown(
        caption=caption,
        columns=("Vad", "Före", "Efter", "Varför"),
        rows=[Row((_what(one), _whole(one.before), _whole(one.after), one.why)) for one in changes],
        notes=show.reasons_note(".." for one in changes if ".." in (one.before, one.after)),
    )


def _what(one: Told) -> Html:
    change = one.change
    linked = (
        _linked(one.what, one.indicator, change.year, change.organisation_id) if one.indicator else escape(one.what)
    )
    return _marked(linked, change.is_example)


def _whole(words: str) -> Html:
    """Return words that break only between words: a narrow column would else cut a unit in two."""
    return Html(f'<span style="overflow-wrap: break-word">{escape(words)}</span>')


def _marked(content: str, is_example: bool) -> Html:
    return Html(f"{content}{show.example_mark(is_example)}")


def _linked(words: str, indicator: str, year: int | None, organisation_id: str | None) -> str:
    """Return words as a link to their indicator's page, for the year and organisation that they concern."""
    if indicator not in [row.indicator for row in load_rows(IndicatorCatalogueRow)]:
        return escape(words)
    offered = choose.choices()
    chosen = {choose.NAMED: indicator}
    if year in offered.years:
        chosen[choose.YEAR] = str(year)
    if organisation_id == schema.CITY:
        chosen[choose.ORGANISATION] = ""
    elif organisation_id and organisation_id in offered.organisations:
        chosen[choose.ORGANISATION] = offered.organisations[organisation_id].name
    address = choose.address("indikator", **chosen)
    return f'<a href="{escape(address, quote=True)}" target="_self">{escape(words)}</a>'


def download(what: Found) -> None:
    """Let the user download all changes as a file, made on request."""
    if what.changes:
        st.download_button(
            "Hämta alla ändringar som CSV",
            partial(as_csv, what.changes),
            file_name=f"andringar-{what.old.snapshot_id[:8]}-{what.new.snapshot_id[:8]}.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
