"""Parts of Samlad uppföljning: the chosen report, the work that remains, and the draft of a part.

People's own text belongs in `draft_texts`.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from html import escape

import streamlit as st

from samlad.foundation import store
from samlad.foundation.rows import SubmissionsOfObjectsRow
from samlad.journal import records
from samlad.report import assessment_conflicts, draft, own_texts
from samlad.report.document import (
    Block,
    Chart,
    Listing,
    OwnText,
    Report,
    Section,
    Source,
    Statement,
    Table,
    TableCell,
    Words,
    cells,
)
from samlad.report.draft import PARTS, SUMMARY_PARTS, Choice
from samlad.report.drawings import svg
from samlad.report.report_head import asked
from samlad.swedish import numbers, words
from samlad.views.common import choose, show
from samlad.views.common.show import Html, Row, Shown
from samlad.views.common.shown_edition import load, load_rows, seen, seen_id
from samlad.views.responsibility import gap_list
from samlad.warehouse.catalogue_choices import Organisation

EXTENT, PARTS_KEY, SECTION = "omfattning", "delar", "del"
EXTENTS = ("Året", "Programmet till och med året")
WHOLE, BRIEF, SOME = "Hela", "Två sidor", "Valda delar"


def title(year: int, organisation: Organisation) -> str:
    """Return the page's title, naming the selection."""
    whose = words.WHOLE_CITY.lower() if organisation.is_city else organisation.name
    return f"Samlad uppföljning {year}: {whose}"


def choice(year: int, organisation: Organisation) -> Choice:
    """Let the user choose the years and the parts; all stand in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        extent = st.segmented_control(
            "Gäller", EXTENTS, default=EXTENTS[0], required=True, key="galler", bind="query-params"
        )
        kind = st.segmented_control(
            "Omfattning", (WHOLE, BRIEF, SOME), default=WHOLE, required=True, key=EXTENT, bind="query-params"
        )
    parts = {WHOLE: tuple(PARTS), BRIEF: SUMMARY_PARTS}.get(kind or WHOLE) or _chosen_parts()
    first = min(choose.choices().years)
    years = (year,) if extent == EXTENTS[0] else tuple(range(first, year + 1))
    return Choice(years, organisation.organisation_id, parts)


def _chosen_parts() -> tuple[str, ...]:
    names = list(PARTS.values())
    chosen = st.multiselect("Delar", names, default=names, key=PARTS_KEY, bind="query-params", placeholder="Välj delar")
    return tuple(part for part, name in PARTS.items() if name in chosen)


def drafted(chosen: Choice) -> Report:
    """Return the draft with people's texts so far."""
    made = _drafted(seen_id(), chosen, tuple(one.sequence for one in gap_list.state_records()))
    folder = store.data_folder()
    made = draft.with_notes(made, assessment_conflicts.of_goals(folder, chosen, load))
    return draft.with_texts(made, own_texts.resolved(own_texts.texts(folder, chosen), made))


@st.cache_resource(max_entries=20, show_spinner="Skriver utkastet")
def _drafted(snapshot_id: str, chosen: Choice, decided: tuple[int, ...]) -> Report:
    del snapshot_id, decided  # only keys of the kept answer
    return draft.draft(seen(), chosen, decided=gap_list.state_records(), ask=load)


def sentence(report: Report) -> str:
    """Return a sentence on how far the report has come."""
    resting = [section.missing for section in report.sections if _rests_on_reports(section)]
    if resting and all(missing is None for missing in resting):
        return words.NONE_EXPECTED
    left = [section for section in report.sections if state(section) not in (COMPLETE, NOTHING_ASKED)]
    number = len(report.sections)
    if not left:
        return f"Alla {numbers.number(number)} delar är kompletta."
    done = numbers.of(number - len(left), number, "delar")
    return f"{done} är kompletta. {_first_left(left)}"


def _rests_on_reports(section: Section) -> bool:
    return section.id.startswith("mal-") or section.id in draft.RESTING_ON_REPORTS


def _first_left(left: list[Section]) -> str:
    touched = sum(len(found.touched) for section in left if (found := section.own()))
    missing = max((section.missing or 0 for section in left), default=0)
    said = [
        f"{numbers.number(missing)} {words.counted('rapporter', missing)} saknas" if missing else "",
        f"{numbers.number(touched)} {_figures(touched)} i egna texter har ändrats" if touched else "",
    ]
    wording = words.listed([part for part in said if part])
    return f"{wording[:1].upper()}{wording[1:]}." if wording else ""


def _figures(number: int) -> str:
    return "siffra" if number == 1 else "siffror"


COMPLETE, NOTHING_ASKED = "komplett", "inget att rapportera"


def state(section: Section) -> str:
    """Return the work that remains in a section, in words."""
    found = section.own()
    said = []
    if section.missing:
        said.append(f"{numbers.number(section.missing)} {words.counted('rapporter', section.missing)} saknas")
    if found and found.conflict:
        said.append("flera texter att välja mellan")
    if found and found.touched:
        said.append(f"{numbers.of(len(found.touched), len(found.figures))} infogade siffror har ändrats")
    if found and found.untracked:
        said.append(f"{numbers.number(len(found.untracked))} skrivna tal är ej spårade")
    return ", ".join(said) or (NOTHING_ASKED if section.missing is None else COMPLETE)


def contents(report: Report) -> None:
    """Show the table of contents: each section with its state, and the names of its writers."""
    held = {key: st.query_params[key] for key in ("galler", EXTENT, PARTS_KEY) if key in st.query_params}
    follow = partial(choose.followed().address, "uppfoljning", **held)
    rows = [Row((_link(section, follow), state(section), _written(section.own()))) for section in report.sections]
    show.table(Shown("Innehåll", ("Del", "Läge", "Egen text"), rows))


def _link(section: Section, follow: Callable[..., str]) -> Html:
    indent = "&emsp;" * (section.level - 1)
    at = follow(**{SECTION: section.title})
    return Html(f'{indent}<a href="{escape(at, quote=True)}" target="_self">{escape(section.title)}</a>')


def _written(found: OwnText | None) -> str:
    if found is None:
        return "–"
    return f"version {found.version}, {found.author}, {numbers.date_sv(found.written)}"


def section(report: Report) -> Section:
    """Let the user choose the section to read and to write in."""
    names = [held.title for held in report.sections]
    chosen = st.selectbox("Del att läsa och skriva i", names, key=SECTION, bind="query-params", filter_mode=None)
    return report.sections[names.index(chosen)]


def draft_of(report: Report, chosen: Section) -> None:
    """Show the section as in the document. A click on a figure shows its source."""
    del report
    handed = _handed()
    show.heading(chosen.title)
    for block in chosen.blocks:
        _block(block, handed)


Handed = Mapping[tuple[str, int], str]


def _handed() -> Handed:
    """Return the submissions of each object's figures in a year: sender and day, by object and year."""
    return _handed_in(seen_id())


@st.cache_resource(max_entries=5, show_spinner=False)
def _handed_in(snapshot_id: str) -> Handed:
    del snapshot_id  # only a key of the kept answer
    rows = load_rows(SubmissionsOfObjectsRow)
    return {(row.object_id, row.year): _told(row.first_told, row.submissions) for row in rows}


def _told(first: list[str], number: int) -> str:
    more = number - len(first)
    return "; ".join([*first, *([f"och {numbers.number(more)} till, i Excelfilen"] if more else [])])


def _block(block: Block, handed: Handed) -> None:
    match block:
        case Statement():
            show.html(f"<div>{_statement(block, handed)}</div>")
        case Words():
            st.write(show.plain(block.words))
        case Listing():
            items = "".join(f"<li>{_statement(item, handed)}</li>" for item in block.items)
            show.html(f"<ul>{items}</ul>")
        case OwnText():
            note = f'<p class="small">{escape(block.conflict)}</p>' if block.conflict else ""
            show.html(f"{note}{''.join(f'<p>{escape(said)}</p>' for said in block.paragraphs)}")
        case Table():
            show.table(_shown(block, handed))
        case Chart():
            show.html(_chart(block))


def _chart(chart: Chart) -> Html:
    drawn = b64encode(svg(chart.spec).encode()).decode()
    words = escape(chart.alt, quote=True)
    return Html(
        f"<p><b>Diagram {chart.id[1:]}.</b> {escape(chart.caption)}{show.example_mark(chart.is_example)}</p>"
        f'<img src="data:image/svg+xml;base64,{drawn}" alt="{words}" style="width:100%;max-width:620px">'
    )


def _statement(said: Statement, handed: Handed) -> Html:
    lead = f"<b>{escape(said.lead)}.</b> " if said.lead else ""
    return _details(Html(f"{lead}{escape(said.words)}"), said.id, said.source, handed, said.note)


def _shown(table: Table, handed: Handed) -> Shown:
    ids = {id(cell): at for at, cell in cells(table)}
    return Shown(
        caption=f"Tabell {table.id[1:]}. {table.caption}",
        columns=table.columns,
        rows=[Row([_cell(cell, ids[id(cell)], handed) for cell in row]) for row in table.rows],
        notes=table.notes,
        is_example=table.is_example,
    )


def _cell(cell: TableCell, at: str, handed: Handed) -> Html:
    if cell.source is None:
        return Html(escape(cell.words))
    return _details(cell.words, at, cell.source, handed)


def _details(words: str, at: str, source: Source, handed: Handed, note: str = "") -> Html:
    """Return words that open to their note and their source."""
    lines = [*([note] if note else []), *_read_at(source, handed)]
    told = "".join(f"<br>{escape(line)}" for line in lines)
    shown = show.cell(words)
    return Html(f'<details class="source"><summary>{shown}</summary><p class="small">{{{at}}}{told}</p></details>')


def _read_at(source: Source, handed: Handed) -> Iterator[str]:
    yield f"Fråga: {asked(source)}"
    key = dict(source.row)
    what = key.get("indicator_id") or key.get("activity_id")
    came = handed.get((what, key["year"])) if what and "year" in key else None
    if came:
        yield f"Inlämningar: {came}"


def last_record() -> int:
    """Return the number of the journal's last record, on which a made file stands."""
    return max((record.sequence for record in records.read(store.data_folder())), default=0)
