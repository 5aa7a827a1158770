"""Gaps on Ansvar: the sentence, the list and its filters, closed gaps, the rules.

An opened gap belongs in `gap_detail`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from samlad.foundation import arrival_day, store
from samlad.foundation.rows import GapListRow, GapRuleListRow, GapYearListRow
from samlad.journal import gap_states, records
from samlad.journal.gap_states import GapState, State
from samlad.swedish import numbers, words
from samlad.views.common import choose, show, shown_edition
from samlad.views.common.show import Html, Row, Shown
from samlad.views.responsibility.duty_matrix import Scope
from samlad.warehouse import editions
from samlad.warehouse.catalogue_choices import Organisation
from samlad.warehouse.changes import closed_gaps

RULE, SEVERITY, STATE, OPEN = "regel", "allvar", "lage", "lucka"
ANY_RULE, ANY_SEVERITY, ANY_STATE = "Alla regler", "Alla", "Alla lägen"
SEVERITY_MARKS = {"high": "▲", "medium": "◆", "low": "·"}
FIRST_LISTED, MOST_LISTED = 20, 500
"""Number of gaps listed at once, and number when the rest is opened."""

REST = "fler_luckor"
"""Key of the place where the rest is listed when opened."""


@dataclass(frozen=True)
class Gaps:
    """The gaps of the choice, and the gaps that differ when proposed duties are decided."""

    shown: Sequence[GapListRow]
    closing: Sequence[GapListRow]
    opening: Sequence[GapListRow]
    standings: Mapping[str, GapState]
    as_of: date | None
    judged_on: date
    by_rule: Mapping[str, int]


def found(chosen: Scope, organisation: Organisation, year: int) -> Gaps:
    """Return the gaps of the chosen year, goal, kind and organisation, with their states from the journal."""
    rows = shown_edition.load_rows(GapListRow, year=year)
    held = {
        duties: {row.gap_id: row for row in rows if row.duties == duties and _is_in(row, chosen, organisation)}
        for duties in ("decided", "with_proposed")
    }
    decided, proposed = held["decided"], held["with_proposed"]
    shown = list((proposed if chosen.with_proposed else decided).values())
    as_of = shown_edition.seen().snapshot.reports_until
    return Gaps(
        shown=shown,
        closing=[row for one, row in decided.items() if one not in proposed],
        opening=[row for one, row in proposed.items() if one not in decided],
        standings=gap_states.standings(state_records(), shown, as_of),
        as_of=as_of,
        judged_on=_day_of(year),
        by_rule=Counter(row.rule for row in rows if row.duties == "decided"),
    )


def _day_of(year: int) -> date:
    """Return the day that a year's gaps are judged on. For a year to come, the latest day."""
    held = shown_edition.load_rows(GapYearListRow)
    return next((row.judged_on for row in reversed(held) if row.year <= year), held[0].judged_on)


def _is_in(gap: GapListRow, chosen: Scope, organisation: Organisation) -> bool:
    concerned = gap.organisations.split()
    return (
        (chosen.goal is None or gap.goal_id == chosen.goal.goal_id)
        and (organisation.is_city or organisation.organisation_id in concerned)
        and (chosen.kind is None or any(_is_of_kind(one, chosen.kind) for one in concerned))
    )


def _is_of_kind(organisation_id: str, kind: str) -> bool:
    held = choose.choices().organisations.get(organisation_id)
    return held is not None and held.kind == kind


def state_records() -> list[records.Record]:
    """Return people's decisions on gaps, oldest first; empty when the journal cannot be read."""
    try:
        return records.read(store.data_folder(), gap_states.KIND)
    except OSError:
        return []


def sentence(gaps: Gaps, chosen: Scope) -> str:
    """Return a sentence: how many gaps, how grave, and how many somebody has dealt with."""
    total = len(gaps.shown)
    if not total:
        return "Ingen lucka i ansvaret har hittats i det som är valt."
    told = [
        f"{numbers.number(number)} {_plural(word, number)}"
        for code, word in words.GRAVITIES.items()
        if (number := sum(gap.severity == code for gap in gaps.shown))
    ]
    dealt = sum(one.state is not State.NEW and one.asked_again is None for one in gaps.standings.values())
    noun = "lucka" if total == 1 else "luckor"
    assumed = " om föreslaget ansvar beslutas" if chosen.with_proposed else ""
    said = f"{numbers.number(total)} {noun} i ansvaret har hittats{assumed}: {words.listed(told, 3)}."
    return f"{said} {_dealt(dealt, total)}"


def _plural(word: str, number: int) -> str:
    if number == 1:
        return word
    return {"allvarlig": "allvarliga", "lätt": "lätta"}.get(word, word)


def _dealt(dealt: int, total: int) -> str:
    if dealt == total:
        return "Alla har granskats."
    return f"{numbers.of(dealt, total)} har granskats eller accepterats." if dealt else "Ingen av dem har granskats än."


def proposals_said(gaps: Gaps) -> None:
    """Show the effect of deciding the proposals, in words: gaps that close and gaps that appear."""
    if not gaps.closing and not gaps.opening:
        show.note("Om föreslaget ansvar beslutas ändras inga luckor i det som är valt.")
        return
    told = [
        (f"stängs {_count(gaps.closing)}", gaps.closing),
        (f"uppstår {_count(gaps.opening)}", gaps.opening),
    ]
    said = " och ".join(words for words, held in told if held)
    items = "".join(f"<li>{escape(gap.title)}</li>" for _, held in told for gap in held)
    show.html(
        f'<details class="small"><summary>Om föreslaget ansvar beslutas {said}.</summary>'
        f'<ul class="plain">{items}</ul></details>'
    )


def _count(gaps: Sequence[GapListRow]) -> str:
    return "1 lucka" if len(gaps) == 1 else f"{numbers.number(len(gaps))} luckor"


def filtered(gaps: Gaps) -> list[GapListRow]:
    """Let the user choose rule, severity and state, and return the gaps that match."""
    rules = sorted({gap.rule for gap in gaps.shown}, key=lambda rule: (len(rule), rule))
    states = {state.word.capitalize(): state for state in State}
    first, second, third = st.columns(3, gap="small")
    with first:
        rule = st.selectbox("Regel", [ANY_RULE, *rules], key=RULE, bind="query-params", filter_mode=None)
    with second:
        wording = {word.capitalize(): code for code, word in words.GRAVITIES.items()}
        grave = st.selectbox("Allvar", [ANY_SEVERITY, *wording], key=SEVERITY, bind="query-params", filter_mode=None)
    with third:
        state = st.selectbox("Läge", [ANY_STATE, *states], key=STATE, bind="query-params", filter_mode=None)
    return [
        gap
        for gap in gaps.shown
        if rule in (ANY_RULE, gap.rule)
        and grave in (ANY_SEVERITY, words.GRAVITIES[gap.severity].capitalize())
        and state in (ANY_STATE, gaps.standings[gap.gap_id].state.word.capitalize())
    ]


def listed(left: Sequence[GapListRow], gaps: Gaps) -> Shown:
    """Return the gaps as a list, the gravest first; each opens. Of many, the first."""
    caption = f"Luckor ({numbers.number(len(left))})"
    return _list(left[:FIRST_LISTED], gaps, caption, (_judged_on(gaps),))


def rest(left: Sequence[GapListRow], gaps: Gaps) -> None:
    """Show the gaps past the first, listed when opened."""
    more, unlisted = left[FIRST_LISTED:MOST_LISTED], len(left) - MOST_LISTED
    if not more:
        return
    place = st.expander(f"Visa {_count(more)} till", key=REST, on_change="rerun")
    if place.open:
        caption = f"Luckor {FIRST_LISTED + 1}{numbers.DASH}{FIRST_LISTED + len(more)}"
        with place:
            show.table(_list(more, gaps, caption, tuple(filter(None, (_more(unlisted),)))), quiet=True)


def _list(some: Sequence[GapListRow], gaps: Gaps, caption: str, notes: Sequence[str]) -> Shown:
    followed, kept = choose.followed(), _kept()
    return Shown(
        caption=caption,
        columns=("Lucka", "Allvar", "Regel", "Sedan", "Läge"),
        rows=[
            Row(
                (
                    _opens(gap, followed.address("ansvar", **{**kept, OPEN: gap.gap_id})),
                    Html(f'<span class="nowrap">{_grave(gap)}</span>'),
                    gap.rule,
                    Html(f'<span class="nowrap">{numbers.date_sv(gap.since) if gap.since else "–"}</span>'),
                    gaps.standings[gap.gap_id].said,
                )
            )
            for gap in some
        ],
        notes=notes,
    )


def _judged_on(gaps: Gaps) -> str:
    day = numbers.date_sv(gaps.judged_on)
    if gaps.as_of is None:
        return f"Luckorna är de som fanns {day}. Inga rapporter har lämnats in: de bygger bara på katalogen."
    until = numbers.date_sv(gaps.as_of)
    return f"Luckorna är de som fanns {day}, med det som hade rapporterats till och med {until}."


def _more(number: int) -> str:
    return f"{numbers.number(number)} till visas inte. Välj mål, regel eller organisation." if number > 0 else ""


def _grave(gap: GapListRow) -> str:
    return f'<i aria-hidden="true">{SEVERITY_MARKS[gap.severity]}</i> {escape(words.GRAVITIES[gap.severity])}'


def _opens(gap: GapListRow, at: str) -> Html:
    example = show.example_mark(gap.origin == "example")
    return Html(f'<a href="{escape(at, quote=True)}#lucka" target="_self">{escape(gap.title)}</a>{example}')


def _kept() -> dict[str, str]:
    """Return the page's present choices, so that opening a gap changes nothing else."""
    return {key: value for key, value in st.query_params.items() if key not in (OPEN, choose.YEAR, choose.ORGANISATION)}


def closed_since() -> None:
    """Show the gaps that the data has closed since the edition before the present, if any."""
    folder, seen = store.data_folder(), shown_edition.seen_id()
    listed_editions = editions.editions(folder)
    place = listed_editions.index(seen) if seen in listed_editions else 0
    found = _closed(listed_editions[place - 1], seen) if place else []
    if not found:
        return
    named = choose.choices().organisations
    closed = Shown(
        caption=f"Luckor som uppgifterna har stängt sedan förra publiceringen ({numbers.number(len(found))})",
        columns=("Lucka", "Regel", "Vad som stängde den"),
        rows=[Row((one.gap["title"], one.gap["rule"], _by_what(one, named))) for one in found[:MOST_LISTED]],
    )
    show.table(closed)


@st.cache_resource(max_entries=20, show_spinner=False)
def _closed(old_id: str, new_id: str) -> list[closed_gaps.Closed]:
    folder = store.data_folder()
    return closed_gaps.closed(*(editions.read(folder, one) for one in (old_id, new_id)))


def _by_what(one: closed_gaps.Closed, named: Mapping[str, Organisation]) -> str:
    reports = [
        f"{named[row['organisation_id']].name if row['organisation_id'] in named else row['organisation_id']}, "
        f"{row['period']} {row['year']}, mottagen {arrival_day.words(row['received_on'], row.get('loaded_on'))}"
        for row in one.submissions
    ]
    return f"{one.cause} {'; '.join(reports)}".strip()


def rules(gaps: Gaps) -> Shown:
    """Return every rule: purpose, gaps in the year, and reasons for silence or not running."""
    rows = shown_edition.load_rows(GapRuleListRow)
    return Shown(
        caption="Reglerna",
        columns=("Regel", "Varför", "Luckor", "Anmärkning"),
        rows=[
            Row(
                (
                    row.rule or row.name,
                    row.why or "–",
                    numbers.number(gaps.by_rule.get(row.rule or "", 0)),
                    _remark(row),
                )
            )
            for row in rows
        ],
        numbers=frozenset({2}),
    )


def _remark(row: GapRuleListRow) -> str:
    if row.broken:
        return f"Regeln fungerar inte och har inte prövats: {row.broken}"
    return row.silent_because or "–"
