"""Contents of Nämnd: missing reports, duties by goal, indicators beside årsmål and the rest; or a choice.

The words are gathered in `report.organisation_summary`.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

import pyarrow as pa
import streamlit as st

from samlad.report import charts, glyphs, organisation_summary
from samlad.report import organisation_pages as paper
from samlad.report.organisation_pages import Brief, DutyState
from samlad.swedish import words
from samlad.views.common import choose, grounds_shown, judged_indicators, phrases, remembered, show
from samlad.views.common.choose import Followed
from samlad.views.common.show import Html, Row, Shown
from samlad.views.common.shown_edition import seen, seen_id
from samlad.views.districts.district_comparison import DRAWN
from samlad.views.organisation import changes_since
from samlad.warehouse.catalogue_choices import Organisation

KINDS = {
    "stadsdelsnamnd": "Stadsdelsnämnder",
    "facknamnd": "Facknämnder och kommunstyrelsen",
    "kommunstyrelse": "Facknämnder och kommunstyrelsen",
    "moderbolag": "Bolag",
    "dotterbolag": "Bolag",
}

GONE = "Finns inte längre"

WHAT_IS_REMEMBERED = (
    "Den här webbläsaren kommer ihåg vilken nämnd som är din och vilken publicering du såg senast, i en kaka som "
    "gäller ett år. Inget annat sparas, och inget skickas någon annanstans."
)


def gather(organisation: Organisation, year: int) -> Brief:
    """Return the brief of an organisation in a year, from the edition on the page. Kept by edition."""
    return _gathered(seen_id(), organisation, year)


@st.cache_resource(max_entries=500, show_spinner=False)
def _gathered(snapshot_id: str, organisation: Organisation, year: int) -> Brief:
    del snapshot_id  # only a key of the kept answer
    judged = judged_indicators.judged(organisation.organisation_id)
    return organisation_summary.gather(seen(), choose.choices(), organisation, year, judged, grounds_shown.grounds())


def choice() -> None:
    """Show each nämnd as a link, by kind, to choose from; former nämnder stand apart."""
    show.lead("Välj nämnd eller bolag här eller i sidofältet. Sidan visar vad den svarar för, är skyldig och har nått.")
    held = list(choose.choices().organisations.values())
    lists: dict[str, list[Html]] = {kind: [] for kind in (*dict.fromkeys(KINDS.values()), GONE)}
    followed = choose.followed()
    for one in held:
        lists[GONE if one.valid_to else KINDS[one.kind or ""]].append(_link(one.name, followed))
    for column, (kind, links) in zip(st.columns(len(lists), gap="medium"), lists.items(), strict=True):
        with column:
            show.listing(kind, links, "Ingen.")


def _link(name: str, followed: Followed) -> Html:
    address = followed.address("namnd", **{choose.ORGANISATION: name})
    return Html(f'<a href="{escape(address, quote=True)}" target="_self">{escape(name)}</a>')


def story(told: Brief, organisation: Organisation) -> None:
    """Show the organisation's predecessors and successors, with links."""
    kin = [*organisation.predecessors, *([organisation.successor] if organisation.successor else [])]
    offered = {one.name for one in choose.choices().organisations.values()}
    followed = choose.followed()
    links = [_link(name, followed) for name in kin if name in offered]
    if told.story:
        see = f" Se {' · '.join(links)}." if links else ""
        show.note(Html(f"{escape(' '.join(told.story))}{see}"))


def buttons(told: Brief, organisation: Organisation) -> None:
    """Let the user remember or forget the organisation, and download its PDF, made on request."""
    organisation_id = organisation.organisation_id or ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Hämta som PDF, två sidor",
            partial(_pdf, told),
            file_name=told.file_name,
            mime="application/pdf",
            on_click="ignore",
            icon=":material/picture_as_pdf:",
        )
        if remembered.is_own(organisation_id):
            st.button(show.plain(f"Glöm {told.mine}"), on_click=remembered.forget, help=WHAT_IS_REMEMBERED, key="glom")
        else:
            st.button(
                show.plain(f"Det här är {told.mine}"),
                on_click=remembered.remember,
                args=(organisation_id,),
                help=WHAT_IS_REMEMBERED,
                key="min",
            )

    show.notes(_unshown(told))


@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs={Brief: lambda told: told.file_name})
def _unshown(told: Brief) -> list[str]:
    """Return the signs that the organisation's PDF cannot show."""
    return [one.text() for one in glyphs.found_in(told)]


def _pdf(told: Brief) -> bytes:
    return paper.document(told).pdf


def owed(told: Brief) -> None:
    """Show due reports and their days: of the year first, then the rest of other years."""
    show.heading("Att lämna in", example=told.is_example and bool(told.owed))
    of_year = [one for one in told.owed if one.year == told.year]
    others = [one for one in told.owed if one.year != told.year]
    show.html(_owed_list(of_year) if of_year else f"<p>{escape(told.nothing_owed)}</p>")
    if others:
        show.html(f"<p>Från andra år:</p>{_owed_list(others)}")


def _owed_list(owed: Sequence[paper.Owed]) -> str:
    followed = choose.followed()
    return f'<ul class="plain">{"".join(_owed_item(one, followed) for one in owed)}</ul>'


def _owed_item(one: paper.Owed, followed: Followed) -> str:
    sign = '<b aria-hidden="true">! </b>' if one.is_late else ""
    at = followed.address("lagesbild", **{choose.YEAR: str(one.year), choose.PERIOD: choose.period_name(one.code)})
    link = f'<a href="{escape(at, quote=True)}" target="_self">{escape(one.period)}</a>'
    shown, rest = one.what[:6], one.what[6:]
    more = f" … och {len(rest)} till" if rest else ""
    return (
        f"<li>{link}: {sign}<b>{escape(one.state)}</b><br>"
        f'<span class="small">{escape("; ".join(shown))}{more}</span></li>'
    )


def gaps(told: Brief) -> None:
    """Show faults in how responsibility is assigned, and the action against each."""
    show.listing(
        "Brister i ansvaret",
        [
            Html(
                f"<b>{escape(one.title)}</b>{show.example_mark(one.is_example)}<br>"
                f'<span class="small">{escape(one.action)}</span>'
            )
            for one in told.gaps
        ],
        f"Ingen brist har hittats som rör {told.name}.",
    )


def _named(one: DutyState, told: Brief, followed: Followed) -> Html:
    return Html(f"{_linked(one, followed)}{show.example_mark(one.is_example and not told.is_all_example)}")


def _linked(one: DutyState, followed: Followed) -> Html:
    return phrases.indicator_link(one.name, followed) if isinstance(one, paper.Measured) else Html(escape(one.name))


def _goal(one: DutyState, told: Brief, followed: Followed) -> Html:
    """Return a goal as its number, linked to its page.

    Its name is read to people who cannot see the link's target.
    """
    title = told.goals[one.goal]
    address = followed.address("mal", **{choose.GOAL: choose.goal_name(one.goal, title)})
    label = escape(f"Mål {one.goal}: {title}", quote=True)
    link = f'<a href="{escape(address, quote=True)}" target="_self" title="{label}" aria-label="{label}">{one.goal}</a>'
    return Html(link)


def _unbroken(words: str) -> Html:
    return Html(f'<span class="nowrap">{escape(words)}</span>')


def _state(one: DutyState) -> Html:
    if not one.symbol:
        return Html(escape(one.state))
    mark = one.mark if isinstance(one, paper.Measured) else ""
    return Html(f'<span class="mark {mark}"><i aria-hidden="true">{one.symbol}</i> {escape(one.state)}</span>')


def attention(told: Brief) -> None:
    """Show the few indicators that need most attention, each with all words of its verdict."""
    if told.attention:
        followed = choose.followed()
        items = (
            f"{_state(one)} <b>{_linked(one, followed)}</b>{show.example_mark(one.is_example)} {escape(one.reading)}"
            for one in told.attention
        )
        show.listing("Behöver uppmärksamhet", [Html(item) for item in items], "")


def indicators(told: Brief) -> None:
    """Show the indicators beside årsmål and the rest: a chart of shares, a table of all."""
    if not told.indicators:
        return
    table = _indicator_table(told)
    if told.marks:
        show.note(f"Indikatorerna: {told.marks}.")
    if told.chart is None:
        show.table(table)
        return
    show.chart(
        told.chart.spec,
        pa.Table.from_pylist(list(told.chart.rows), DRAWN),
        title=told.chart.title,
        reading=told.chart.reading,
        table=table,
        legend=_legend(told.chart.rows),
        example=told.is_all_example,
    )


def _indicator_table(told: Brief) -> Shown:
    found, followed = told.indicators, choose.followed()
    columns: dict[str, list[str] | list[Html]] = {
        "Indikator": [_named(one, told, followed) for one in found],
        "Mål": [_goal(one, told, followed) for one in found],
        "Roll": [_unbroken(one.role) for one in found],
        "Utfall": [one.figure for one in found],
        "Nämndens årsmål": [one.own_target for one in found],
        "KF:s årsmål": [one.kf_target for one in found],
        "Resten av staden": [one.rest for one in found],
        "Bedömning": [_state(one) for one in found],
    }
    kept = {name: held for name, held in columns.items() if any(held)}
    return Shown(
        caption=f"Indikatorer, {told.name} {told.year}",
        columns=tuple(kept),
        rows=[Row([one or "–" for one in held]) for held in zip(*kept.values(), strict=True)],
        notes=told.notes,
    )


def activities(told: Brief) -> None:
    """Show the activities in the programme's order, with role, status and reporting."""
    if not told.activities:
        return
    followed = choose.followed()
    show.table(
        Shown(
            caption=f"Aktiviteter, {told.name} {told.year}",
            columns=("Aktivitet", "Mål", "Roll", "Status", "Rapporterat"),
            rows=[
                Row(
                    (
                        _named(one, told, followed),
                        _goal(one, told, followed),
                        _unbroken(one.role),
                        one.state,
                        _unbroken(one.reported),
                    )
                )
                for one in told.activities
            ],
            is_example=told.is_all_example,
        )
    )


def _legend(rows: Sequence[Mapping[str, Any]]) -> list[tuple[Html, str]]:
    has = {name for row in rows for name in ("rest", "target", "lower") if row[name] is not None}
    shapes = [
        (show.shape("circle", charts.GREY), "utfall", "value"),
        (show.shape("line", charts.GREY), words.INTERVAL, "lower"),
        (show.shape("tick", charts.GREY), "resten av staden", "rest"),
        (show.shape("diamond", charts.OCHRE, is_open=True), "årsmål: nämndens eget, annars KF:s", "target"),
    ]
    return [(shape, words) for shape, words, name in shapes if name in has | {"value"}]


def changes(told: Brief, organisation: Organisation, limit: int = 8) -> None:
    """Show changes since the user last looked; on the user's own nämnd's page only."""
    held = remembered.note_visit(organisation.organisation_id)
    if held is None or held.before is None:
        show.heading("Har ändrats sedan sist")
        show.html(f"<p>{escape(_nothing_seen(told, is_own=held is not None))}</p>")
        show.note(WHAT_IS_REMEMBERED)
        return
    found = changes_since.said(held.organisation_id, held.before)
    if isinstance(found, str):
        show.heading("Har ändrats sedan sist")
        show.html(f"<p>{escape(found)}</p>")
        return
    items = [_changed(one) for one in found.changed[:limit]]
    more = len(found.changed) - len(items)
    show.listing(
        f"Har ändrats sedan publiceringen {found.published}",
        [*items, *([_more(more)] if more > 0 else [])],
        "Ingenting som gäller er har ändrats.",
    )
    show.note(WHAT_IS_REMEMBERED)


def _nothing_seen(told: Brief, *, is_own: bool) -> str:
    if is_own:
        return "När nya uppgifter publiceras visas här vad som har ändrats mot dem du ser nu."
    return f"Välj ”Det här är {told.mine}”, så visas här vad som har ändrats sedan du såg sidan senast."


def _more(number: int) -> Html:
    address = escape(choose.address("andringar"), quote=True)
    return Html(f'… och {number} till, på <a href="{address}" target="_self">Ändringar</a>')


def _changed(one: changes_since.Changed) -> Html:
    return Html(
        f"<b>{escape(one.what)}</b>{show.example_mark(one.is_example)}<br>"
        f'{escape(one.before)} → {escape(one.after)} <span class="small">({escape(one.why)})</span>'
    )
