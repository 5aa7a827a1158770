"""The report's part on responsibility: gaps, proposals and decisions.

Letters and paragraphs on a single gap belong in `proposals`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from samlad.foundation import clock
from samlad.foundation.rows import GapYearListRow, ReportGapsRow
from samlad.journal import gap_states
from samlad.journal.gap_states import GapState, State
from samlad.journal.records import Record
from samlad.report.document import Block, Listing, Source, Words
from samlad.report.proposals import ONLY_ASKS
from samlad.report.report_material import Answer, Folio
from samlad.swedish import numbers, words

_COUNTED = {"high": ("allvarlig", "allvarliga"), "medium": ("medel", "medel"), "low": ("lätt", "lätta")}
_JOURNAL = "läge ur journalen"


def gaps(folio: Folio, decided: Sequence[Record] = ()) -> Iterator[Block]:
    """Yield the number of gaps of the year, and each gap with state and proposal, gravest first.

    decided are the journal's records of gap_states.KIND, as far as they are to be known.
    """
    year, judged_on = _held(folio)
    asked = folio.ask(ReportGapsRow, organisation_id=folio.organisation_id)
    answer = replace(asked, rows=tuple(row for row in asked.rows if row.year == year))
    if not answer.rows:
        yield Words(f"Reglerna har inte hittat någon lucka i ansvaret {folio.year}.")
        return
    number = len(answer.rows)
    counts = {key: sum(row.severity == key for row in answer.rows) for key in words.GRAVITIES}
    listed = words.listed([f"{numbers.number(n)} {_COUNTED[key][n > 1]}" for key, n in counts.items() if n])
    noun = "lucka" if number == 1 else "luckor"
    said = f"{numbers.number(number)} {noun} i ansvaret har hittats: {listed}."
    yield folio.statement(said, Source(answer.query, answer.parameters, (("year", year),), ("severity",), "antal"))
    standings = gap_states.standings(decided, answer.rows, folio.opened.snapshot.reports_until)
    yield _dealt_with(folio, answer, standings)
    is_new = all(one.state is State.NEW and one.asked_again is None for one in standings.values())
    yield Words(
        f"Luckorna är de som fanns {numbers.date_sv(judged_on)}{_until(folio.as_of)}."
        + ("" if is_new else " Läget är det som någon hade beslutat på sidan Ansvar när uppföljningen gjordes.")
    )
    yield _table(folio, answer, None if is_new else standings)
    yield from _reasons(folio, answer, standings)


def _held(folio: Folio) -> tuple[int, date]:
    """Return the year of the report's gaps, and the day they are judged on.

    A year to come takes the latest.
    """
    held = folio.ask(GapYearListRow).rows
    found = next((row for row in reversed(held) if row.year <= folio.year), held[0])
    return found.year, found.judged_on


def _until(as_of: date | None) -> str:
    return f", med det som hade rapporterats till och med {numbers.date_sv(as_of)}" if as_of else ""


def _table(folio: Folio, answer: Answer[ReportGapsRow], standings: Mapping[str, GapState] | None) -> Block:
    """Return the table of gaps, with people's decisions on each gap when somebody has decided."""
    rows = [
        [
            answer.cell(_said(row), row, "title"),
            answer.cell(words.GRAVITIES[row.severity], row, "severity"),
            answer.cell("–" if row.goal_number is None else str(row.goal_number), row, "goal_number"),
            *([] if standings is None else [answer.cell(standings[row.gap_id].said, row, "gap_id", rule=_JOURNAL)]),
            answer.cell(row.action, row, "action"),
        ]
        for row in answer.rows
    ]
    is_example = any(row.origin == "example" for row in answer.rows)
    columns = ("Lucka", "Allvar", "Mål", *(() if standings is None else ("Läge",)), "Förslag")
    widths = (3.4, 0.9, 0.5, 3.2) if standings is None else (2.8, 0.9, 0.5, 1.1, 2.7)
    return folio.table("Luckor i ansvaret", columns, rows, widths, is_example=is_example)


def _said(row: ReportGapsRow) -> str:
    """Return the fault in words; a rule's mere guess becomes a question to confirm."""
    return f"Behöver bekräftas: {row.title}" if row.rule in ONLY_ASKS else row.title


def _dealt_with(folio: Folio, answer: Answer[ReportGapsRow], standings: Mapping[str, GapState]) -> Block:
    states = [one.state for one in standings.values() if one.asked_again is None]
    told = [
        f"{numbers.number(number)} {state.word}{'e' if number > 1 else ''}"
        for state in (State.REVIEWED, State.DONE, State.ACCEPTED)
        if (number := states.count(state))
    ]
    if not told:
        return Words("Ingen av dem har granskats än.")
    dealt = sum(state is not State.NEW for state in states)
    said = f"{numbers.of(dealt, len(standings))} har någon tagit ställning till: {words.listed(told)}."
    year = (("year", answer.rows[0].year),)
    return folio.statement(said, Source(answer.query, answer.parameters, year, ("gap_id",), _JOURNAL))


def _reasons(folio: Folio, answer: Answer[ReportGapsRow], standings: Mapping[str, GapState]) -> Iterator[Block]:
    """Yield the reasons that people have given for their decisions."""
    told = [(row, standings[row.gap_id]) for row in answer.rows if standings[row.gap_id].reason]
    if not told:
        return
    yield Words("Motiv som har skrivits på sidan Ansvar:")
    yield Listing(
        tuple(
            folio.statement(
                f"{row.title}: {one.said}. {one.reason} ({_by(one)})",
                answer.source("gap_id", row=row, rule="motiv ur journalen"),
            )
            for row, one in told
        )
    )


def _by(one: GapState) -> str:
    return ", ".join(filter(None, (one.by, numbers.date_sv(clock.day(one.at)) if one.at else "")))
