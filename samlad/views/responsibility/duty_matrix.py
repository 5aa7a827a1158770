"""Duties on Ansvar: the overview, a goal's matrix, and areas that the goal does not cover.

Gaps belong in `gap_list`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from samlad.foundation.rows import (
    GapListRow,
    GoalCoverageRow,
    GoalsRow,
    ResponsibilityGoalRow,
    ResponsibilityOverviewRow,
)
from samlad.judgement.verdicts import Verdict
from samlad.swedish import numbers, sentences, verdict_numbers, words
from samlad.views.common import choose, judged_indicators, phrases, show
from samlad.views.common.show import Html, Row, Shown
from samlad.views.common.shown_edition import load_rows
from samlad.views.goal import goal_progress
from samlad.warehouse.catalogue_choices import Organisation

DAY, PROPOSED, GOAL, KIND, ORDER = "dag", "foreslaget", "malval", "slag", "sortering"
ALL_GOALS, ALL_KINDS = "Alla mål", "Efter slag"

KINDS = {
    "stadsdelsnamnd": "Stadsdelsnämnder",
    "facknamnd": "Facknämnder",
    "kommunstyrelse": "Kommunstyrelsen",
    "moderbolag": "Moderbolag",
    "dotterbolag": "Dotterbolag",
}
"""Kinds of organisation that have duties, in the order they stand."""

ROLE_MARKS = {"huvudansvarig": "H", "ansvarig": "A", "delansvarig": "D", "berord": "B"}
LOAD_STEPS = (0.15, 0.4)
"""Shares of missing reports from which a cell of the overview is shaded, lightly and more."""

PROVIDERS = {"own": "egen regi", "external": "extern utförare", "both": "egen regi och extern utförare"}

Verdicts = Mapping[tuple[str, str], Verdict]
"""Verdicts of a year by organisation and indicator."""


@dataclass(frozen=True)
class Scope:
    """The page's scope: day, counting of proposed duties, goal or all, kind or all."""

    on: date
    with_proposed: bool
    goal: GoalsRow | None
    kind: str | None
    by_gaps: bool


def scope(year: int) -> Scope | None:
    """Let the user choose day, goal, kind and counting of proposals. None for an unreadable day."""
    goals = load_rows(GoalsRow)
    names = [ALL_GOALS, *(choose.goal_name(row.number, row.short_title) for row in goals)]
    first, second, third, fourth = st.columns((3, 3, 2, 3), gap="small", vertical_alignment="bottom")
    with first:
        chosen = st.selectbox("Mål", names, key=GOAL, bind="query-params", filter_mode=None)
    with second:
        kinds = [ALL_KINDS, *KINDS.values()]
        kind = st.selectbox("Organisationer", kinds, key=KIND, bind="query-params", filter_mode=None)
    with third:
        said = st.text_input(
            "Ansvar den dag",
            placeholder=f"{year}-12-31",
            key=DAY,
            bind="query-params",
            max_chars=10,
            help="Skriv dagen som ÅÅÅÅ-MM-DD. Lämna tomt för årets sista dag.",
        )
    with fourth:
        with_proposed = st.toggle(
            "Om föreslaget ansvar beslutas",
            key=PROPOSED,
            bind="query-params",
            help="Räknar föreslagna ansvar som om de vore beslutade. Katalogen ändras inte.",
        )
        by_gaps = st.toggle("Flest luckor först", key=ORDER, bind="query-params")
    day = _day(said or "", year)
    if day is None:
        return None
    held = next((row for row, name in zip(goals, names[1:], strict=True) if name == chosen), None)
    code = next((code for code, word in KINDS.items() if word == kind), None)
    return Scope(day, bool(with_proposed), held, code, bool(by_gaps))


def _day(said: str, year: int) -> date | None:
    if not said.strip():
        return date(year, 12, 31)
    try:
        return date.fromisoformat(said.strip())
    except ValueError:
        show.empty(f"”{said}” är inget datum. Skriv det som {year}-06-30, eller töm rutan för årets sista dag.")
        return None


def title(chosen: Scope, year: int, organisation: Organisation) -> str:
    """Return the page's title, naming the selection."""
    whose = words.WHOLE_CITY.lower() if organisation.is_city else organisation.name
    goal_said = f" för mål {chosen.goal.number}" if chosen.goal else ""
    return f"Ansvar{goal_said} den {numbers.date_sv(chosen.on)}, {whose}"


def legend() -> None:
    """Show the meanings of the matrix's marks."""
    shapes = (
        ("H", "huvudansvarig"),
        ("A", "ansvarig"),
        ("D", "delansvarig"),
        ("B", "berörd"),
        ("( )", "föreslaget"),
        ("●", "rapporterat"),
        ("○", "ej rapporterat"),
        ("✓", "årets årsmål är nått"),
        ("!", "lucka"),
    )
    show.html(
        f'<div class="legend">{"".join(f"<span><b>{sign}</b> {escape(words)}</span>" for sign, words in shapes)}</div>'
    )


def overview(
    rows: Sequence[ResponsibilityOverviewRow],
    gaps: Sequence[GapListRow],
    chosen: Scope,
    organisation: Organisation,
    year: int,
) -> Shown:
    """Return organisations, or unopened kinds, by goals: how much is assigned, reported, and missing."""
    goals = load_rows(GoalsRow)
    held = [row for row in rows if _is_in(row, chosen, organisation)]
    is_by_kind = chosen.kind is None and organisation.is_city
    names = KINDS if is_by_kind else {row.organisation_id: row.organisation for row in held}
    of = {row.organisation_id: row.kind if is_by_kind else row.organisation_id for row in held}
    members = defaultdict(set)
    cells: dict[tuple[str, str | None], list[ResponsibilityOverviewRow]] = defaultdict(list)
    for row in held:
        members[of[row.organisation_id]].add(row.organisation_id)
        cells[of[row.organisation_id], row.goal_id].append(row)
    order = [one for one in names if one in members]
    counts = _gap_counts(gaps, of)
    if chosen.by_gaps:
        order.sort(key=lambda one: (-counts[one, None], names[one]))
    shown = [
        Row(
            (
                _named(names[one], len(members[one]) if is_by_kind else None),
                *(_cell(cells[one, row.goal_id], counts[one, row.goal_id]) for row in goals),
                _cell([row for row in held if of[row.organisation_id] == one], counts[one, None]),
            )
        )
        for one in order
    ]
    shown.append(
        Row(
            (
                "Alla",
                *(
                    _cell(
                        [row for row in held if row.goal_id == one.goal_id],
                        sum(gap.goal_id == one.goal_id for gap in gaps),
                    )
                    for one in goals
                ),
                _cell(held, len(gaps)),
            ),
            is_total=True,
        )
    )
    return Shown(
        caption=f"Ansvar, rapporter för helåret {year} och luckor",
        columns=("Vem", *(f"Mål {row.number}" for row in goals), "Alla mål"),
        rows=shown,
        notes=(
            "I varje ruta: antal ansvar, hur många av helårets rapporter som har kommit, och antal luckor (!). "
            "Skuggan visar hur stor del av rapporterna som saknas. En lucka utan organisation räknas i nedersta raden.",
        ),
        is_example=bool(held) and all(row.origin == "example" for row in held),
    )


def _is_in(row: ResponsibilityOverviewRow | ResponsibilityGoalRow, chosen: Scope, organisation: Organisation) -> bool:
    if not organisation.is_city:
        return bool(row.organisation_id == organisation.organisation_id)
    return chosen.kind is None or row.kind == chosen.kind


def _named(name: str, number: int | None) -> Html:
    return Html(escape(name) + (f' <span class="small">({number})</span>' if number is not None else ""))


def _gap_counts(gaps: Iterable[GapListRow], row_of: Mapping[str, str]) -> Counter[tuple[str, str | None]]:
    """Return the number of gaps by row and goal (None: all goals). row_of gives each organisation's row."""
    counts: Counter[tuple[str, str | None]] = Counter()
    for gap in gaps:
        for row in {row_of[one] for one in gap.organisations.split() if one in row_of}:
            counts.update({(row, None), (row, gap.goal_id)} if gap.goal_id else {(row, None)})
    return counts


def _cell(rows: Sequence[ResponsibilityOverviewRow], gaps: int) -> Html:
    assigned = sum(row.assigned for row in rows)
    expected, received = sum(row.expected for row in rows), sum(row.received for row in rows)
    if not assigned and not expected and not gaps:
        return Html('<span class="small" aria-label="inget ansvar">–</span>')
    missing = 1 - received / expected if expected else 0.0
    shade = sum(missing >= step for step in LOAD_STEPS)
    reported = f"{numbers.of(received, expected)}" if expected else "ej begärt"
    marked = f' <b class="gap">!{gaps}<span class="hidden"> luckor</span></b>' if gaps else ""
    words = f"{assigned} ansvar, {reported} rapporter"
    return Html(
        f'<span class="heat heat{shade}" title="{escape(words, quote=True)}"><b>{assigned}</b>'
        f'<span class="hidden"> ansvar,</span> {escape(reported)}<span class="hidden"> rapporter</span>{marked}</span>'
    )


def verdicts(goal: GoalsRow, year: int) -> Verdicts:
    """Return the verdict on each organisation's figure for each indicator of a goal in the year."""
    held = judged_indicators.of_everyone(goal_id=goal.goal_id)
    return {key: one.verdicts[year] for key, one in held.items() if year in one.verdicts}


def matrix(
    rows: Sequence[ResponsibilityGoalRow],
    gaps: Sequence[GapListRow],
    verdicts: Verdicts,
    chosen: Scope,
    organisation: Organisation,
    year: int,
) -> list[Shown]:
    """Return a goal's matrix, organisation by object: a table for indicators and a table for activities."""
    return [
        table
        for object_type, caption in (("indicator", "Indikatorer"), ("activity", "Aktiviteter"))
        if (
            table := _matrix(
                [row for row in rows if row.object_type == object_type],
                [gap for gap in gaps if gap.object_type == object_type],
                verdicts,
                chosen,
                organisation,
                f"{caption}: vem ansvarar, vad är rapporterat för {year}, hur gick det",
            )
        )
    ]


def _matrix(
    rows: Sequence[ResponsibilityGoalRow],
    gaps: Sequence[GapListRow],
    verdicts: Verdicts,
    chosen: Scope,
    organisation: Organisation,
    caption: str,
) -> Shown | None:
    objects = {row.object_id: row for row in rows}
    if not objects:
        return None
    cells = {
        (row.organisation_id, row.object_id): row
        for row in rows
        if row.organisation_id and _is_in(row, chosen, organisation)
    }
    organisations = {one: row for (one, _), row in cells.items()}
    counts = _gap_counts(gaps, {one: one for one in organisations})
    at = Counter((one, gap.object_id) for gap in gaps for one in gap.organisations.split())
    order = sorted(
        organisations,
        key=lambda one: (
            -counts[one, None] if chosen.by_gaps else 0,
            list(KINDS).index(organisations[one].kind or ""),
            organisations[one].organisation or "",
        ),
    )
    shown = [
        Row(
            (
                organisations[one].organisation or "",
                *(_duty(cells.get((one, held)), at[one, held], verdicts.get((one, held))) for held in objects),
                _sum([row for (owner, _), row in cells.items() if owner == one]),
            )
        )
        for one in order
    ]
    shown.append(
        Row(
            (
                "Alla",
                *(
                    _sum(
                        [row for (_, other), row in cells.items() if other == held],
                        sum(gap.object_id == held for gap in gaps),
                    )
                    for held in objects
                ),
                _sum(list(cells.values()), len(gaps)),
            ),
            is_total=True,
        )
    )
    return Shown(
        caption=caption,
        columns=("Vem", *(row.object for row in objects.values()), "Rapporterat"),
        rows=shown,
        notes=show.reasons_note(row.missing_reason for row in cells.values() if row.missing_reason == ".."),
        is_example=all(row.origin == "example" for row in objects.values()),
    )


def _duty(row: ResponsibilityGoalRow | None, gaps: int, verdict: Verdict | None) -> Html:
    """Return a cell: the role, the report's state, and the outcome; each with its word."""
    marked = f' <b class="gap">!<span class="hidden"> {gaps} luckor</span></b>' if gaps else ""
    if row is None:
        return Html(f'<span class="small" aria-label="inget ansvar">–</span>{marked}')
    role = ROLE_MARKS[row.role or ""]
    is_proposed = row.duty_status == "proposed"
    wording = words.ROLES[row.role or ""] + (" (föreslagen)" if is_proposed else "")
    sign = f"({role})" if is_proposed else role
    reported = ""
    if row.expected:
        reported = " ●" if row.received else " ○"
        wording += ", rapporterat" if row.received else ", ej rapporterat"
    return Html(
        f'<span class="nowrap" title="{escape(wording, quote=True)}"><b aria-hidden="true">{sign}{reported}</b>'
        f'<span class="hidden">{escape(wording)}</span></span> {_went(row, verdict)}{marked}'
    )


def _went(row: ResponsibilityGoalRow, verdict: Verdict | None) -> str:
    """Return an activity's status; or an indicator's figure, with a sign where the årsmål is met."""
    if row.status:
        return escape(words.STATUSES[row.status])
    if row.measure is None or not row.received or verdict is None:
        return ""
    if verdict.value is None:
        return escape(sentences.short(verdict))
    tick = ' <span aria-hidden="true">✓</span><span class="hidden"> årsmålet nått</span>' if verdict.met else ""
    return f"{escape(verdict_numbers.latest(verdict))}{tick}"


def _sum(rows: Sequence[ResponsibilityGoalRow], gaps: int = 0) -> Html:
    expected = sum(row.expected for row in rows)
    received = sum(row.received and row.expected for row in rows)
    marked = f' <b class="gap">!{gaps}<span class="hidden"> luckor</span></b>' if gaps else ""
    said = numbers.of(received, expected) if expected else "ingen ansvarig" if not rows else "ej begärt"
    return Html(f"{escape(said)}{marked}")


def coverage(rows: Sequence[GoalCoverageRow]) -> Shown:
    """Return a goal's coverage: activities and their indicators, kinds of violence, groups, organisations."""
    return Shown(
        caption="Vad målet mäter och inte mäter",
        columns=("Aktivitet eller indikator", "Mäts av", "Våld som den gäller", "Vilka", "Vems arbete"),
        rows=[
            Row(
                (
                    Html(f"{escape(row.object)}{show.example_mark(row.origin == 'example')}"),
                    _measured(row),
                    words.listed([goal_progress.VIOLENCE[kind] for kind in (row.violence_types or "").split()], 4)
                    or "inte angivet",
                    _whom(row),
                    PROVIDERS.get(row.provider or "", "inte angivet"),
                )
            )
            for row in rows
        ],
    )


def _measured(row: GoalCoverageRow) -> str:
    if row.object_type == "indicator":
        return "är en indikator"
    return row.measured_by or "ingen indikator"


def _whom(row: GoalCoverageRow) -> str:
    if row.employer_duty:
        return "stadens egna anställda"
    return row.subgroup or "alla som målet gäller"


def link(page: str, words: str, **chosen: str) -> Html:
    """Return a link to another page with the choices of the frame."""
    return Html(f'<a href="{escape(choose.address(page, **chosen), quote=True)}" target="_self">{escape(words)}</a>')


def indicator_link(name: str) -> Html:
    """Return a link to an indicator's page."""
    return phrases.indicator_link(name)
