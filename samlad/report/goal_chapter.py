"""A goal's part of the report: verdicts, indicators, activities, the unmeasured, judgements by people.

Parts about all goals are in `chapters`.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from samlad.foundation.rows import (
    ChangedGroundsRow,
    GoalActivitiesRow,
    GoalAssessmentsRow,
    GoalsRow,
    IndicatorCasesRow,
    IndicatorCatalogueRow,
    MissingReportsRow,
    ProgrammeOverviewRow,
)
from samlad.judgement import judged_years
from samlad.judgement.judged_years import Judged
from samlad.judgement.marks import IN_WORDS, Mark
from samlad.report import drawings
from samlad.report.document import Block, Listing, Section, Source, Table, TableCell, Words, years_words
from samlad.report.report_material import Answer, Folio
from samlad.swedish import numbers, row_words, sentences, words

NO_TARGET = "–"
MOST_IN_FULL = 2
"""Number of years a table can show with counts beside the shares."""

SHAPES = (
    "Svart linje: utfall; öppen punkt: svar saknas. Lodrätt streck: osäkerhet. Öppen romb: årsmål. "
    "Streckad linje: takten som krävs."
)


def cases(folio: Folio) -> Answer[IndicatorCasesRow]:
    """Return the rows that indicators are judged by."""
    return folio.ask(IndicatorCasesRow, organisation_id=folio.organisation_id)


def followed(folio: Folio, goal_id: str | None = None) -> list[Judged]:
    """Return a goal's judged indicators, or all, followed in the year by the report's organisation."""
    found = judged_years.in_year(judged_years.judged(cases(folio).rows), folio.year)
    return [one for one in found if goal_id in (None, one.about.goal_id) and (folio.is_city or _is_asked(one))]


def _is_asked(one: Judged) -> bool:
    return any(one.rows[year].organisations_expected or one.rows[year].value is not None for year in one.rows)


def sections(folio: Folio) -> Iterator[Section]:
    """Yield a section for each goal that any of the report's years has, in the programme's order."""
    goals = folio.ask(GoalsRow).rows
    held = {row.goal_id for year in folio.years for row in overview(folio, year).rows}
    if not held:
        yield Section("mal-inga", "Målen", 2, (Words(f"Programmet har inga mål {years_words(folio.years)}."),), None)
    for goal in goals:
        if goal.goal_id in held:
            missing = missing_number(folio, goal.goal_id)
            title = f"Mål {goal.number}: {goal.short_title}"
            yield Section(_section_id(goal, goals), title, 2, tuple(_blocks(folio, goal)), missing)


def _section_id(goal: GoalsRow, goals: Sequence[GoalsRow]) -> str:
    """Return a goal's section id, which keeps its texts: number, or id where numbers clash."""
    shares = sum(one.number == goal.number for one in goals) > 1
    return f"mal-{goal.goal_id if shares else goal.number}"


def missing_reports(folio: Folio) -> Answer[MissingReportsRow]:
    """Return the year's missing reports."""
    return folio.ask(MissingReportsRow, year=folio.year, organisation_id=folio.organisation_id)


def missing_number(folio: Folio, goal_id: str | None = None) -> int | None:
    """Return the number of missing reports in the year, of a goal or of all. None when none is expected."""
    expected, received = expected_received(folio, folio.year, goal_id)
    return expected - received if expected else None


def expected_received(folio: Folio, year: int, goal_id: str | None = None) -> tuple[int, int]:
    """Return the numbers of expected and received reports in a year, of a goal or of all."""
    held = [row for row in overview(folio, year).rows if goal_id in (None, row.goal_id)]
    return sum(row.expected for row in held), sum(row.received for row in held)


def overview(folio: Folio, year: int) -> Answer[ProgrammeOverviewRow]:
    """Return each goal in a year: activities, reporting, judgements."""
    return folio.ask(ProgrammeOverviewRow, year=year, organisation_id=folio.organisation_id)


def _blocks(folio: Folio, goal: GoalsRow) -> Iterator[Block]:
    answer, found = cases(folio), followed(folio, goal.goal_id)
    yield folio.statement(f"{goal.title}.", folio.ask(GoalsRow).source("title", row=goal), "Målet")
    if said := row_words.term(goal, folio.year):
        yield folio.statement(said, folio.ask(GoalsRow).source("valid_from", "valid_to", row=goal))
    if found:
        year = (("goal_id", goal.goal_id), ("year", folio.year))
        said = row_words.standing([one.verdicts[folio.year] for one in found], folio.year)
        yield folio.statement(said, Source(answer.query, answer.parameters, year, rule="lägen räknade per indikator"))
        yield from _judgements(folio, goal)
        yield indicator_table(folio, answer, found)
        drawn = [one for one in found if sum(row.value is not None for row in one.rows.values()) > 1]
        if drawn:
            caption = f"Indikatorerna för mål {goal.number} till och med {folio.year}. {SHAPES}"
            alt = " ".join(sentences.line(one.verdicts[folio.year], one.name) for one in drawn)
            columns = ("value", "numerator", "denominator", "target", "missing_reason")
            source = Source(answer.query, answer.parameters, (("goal_id", goal.goal_id),), columns)
            is_example = any(one.is_example for one in drawn)
            yield folio.chart(caption, alt, drawings.panels(drawn, folio.year), source, is_example=is_example)
        for one in found:
            source = answer.source(row=one.rows[folio.year], rule="läsrad")
            yield folio.statement(sentences.reading(one.verdicts[folio.year]), source, one.name, _origin(folio, one))
        yield from _changed(folio, answer, found)
    else:
        yield Words(f"Ingen indikator följs för målet {folio.year}.")
        yield from _judgements(folio, goal)
    yield from _ended(folio, goal)
    yield from _activities(folio, goal)


def _ended(folio: Folio, goal: GoalsRow) -> Iterator[Block]:
    """Yield indicators no longer followed, each with its mark in its last year of the report."""
    answer = cases(folio)
    for one in judged_years.judged(answer.rows):
        years = [year for year in folio.years if year in one.followed_years]
        if one.about.goal_id == goal.goal_id and years and folio.year not in one.followed_years:
            source = answer.source(row=one.rows[years[-1]], rule="läsrad")
            said = sentences.reading(one.verdicts[years[-1]])
            yield folio.statement(f"Följdes senast {years[-1]}. {said}", source, one.name, _origin(folio, one))


def _changed(folio: Folio, answer: Answer[IndicatorCasesRow], found: Sequence[Judged]) -> Iterator[Block]:
    """Yield a sentence for each change in the year that verdicts rest on. A new division once for all."""
    dated = folio.ask(ChangedGroundsRow)
    said: set[str] = set()
    for one in found:
        row = one.rows[folio.year]
        grounds = folio.grounds.told(one.about.indicator_id, folio.organisation_id, folio.year, row.last_target_year)
        for ground in grounds:
            is_division = ground.row is not None and ground.row.kind == "division"
            if is_division and ground.words in said:
                continue
            said.add(ground.words)
            source = answer.source(row=row, rule="jämfört med publiceringen före")
            if ground.row is not None:
                columns = ("old_value", "new_value", "old_words", "new_words")
                source = dated.source(*columns, row=ground.row, rule="ändrat underlag")
            lead = "Ändrad indelning" if is_division else f"Ändrat för {one.name}"
            yield folio.statement(ground.words, source, lead)


def _origin(folio: Folio, one: Judged) -> str:
    """Return an indicator's source in words; empty when the indicator is made up."""
    known = {row.indicator_id: row for row in folio.ask(IndicatorCatalogueRow).rows}
    row = known.get(one.about.indicator_id)
    if row is None or row.origin == "example" or not row.indicator_source:
        return ""
    return f"Källa: {row.indicator_source.rstrip('.')}."


def indicator_table(folio: Folio, answer: Answer[IndicatorCasesRow], found: Sequence[Judged]) -> Table:
    """Return the table of indicators: figures of the report's years, the year's årsmål, and marks."""
    year = folio.year
    years = folio.years if len(folio.years) > 1 else (year - 1, year)
    columns = ["Indikator", *(str(one) for one in years), f"Årsmål {year}", "Läge"]
    rows = []
    for one in found:
        row, verdict = one.rows[year], one.verdicts[year]
        cells = [
            answer.cell(one.name, row, "indicator"),
            *(_figure(answer, one, at, in_full=len(years) <= MOST_IN_FULL) for at in years),
            _target(answer, row),
            answer.cell(_standing(verdict.mark), row, rule="läge"),
        ]
        if folio.is_city:
            cells.append(_reported(answer, row))
        rows.append(cells)
    widths = [2.2, *(1.5 if len(years) <= MOST_IN_FULL else 1.3 for _ in years), 1.2, 1.4]
    if folio.is_city:
        columns, widths = [*columns, "Räknat på"], [*widths, 0.9]
    reasons = {one.rows[at].missing_reason for one in found for at in years if at in one.rows}
    notes = tuple(said for code, said in words.MISSING_SENTENCES.items() if code in reasons)
    is_example = any(one.is_example for one in found)
    return folio.table("Utfall, årsmål och läge", columns, rows, widths, notes, is_example=is_example)


def _figure(answer: Answer[IndicatorCasesRow], one: Judged, at: int, *, in_full: bool) -> TableCell:
    """Return a year's figure, with its counts where there is room."""
    row = one.rows.get(at)
    if row is None:
        return TableCell("–")
    said = row_words.case_figure(row, with_counts=in_full)
    columns = ("numerator", "denominator", "value", "missing_reason")
    return answer.cell(said, row, *columns, value=row.value, measure=row.measure)


def _standing(mark: Mark) -> str:
    """Return a mark with its sign. A reason code's sign says no more than its word."""
    return mark.word if mark in IN_WORDS else f"{mark.symbol} {mark.word}"


def _target(answer: Answer[IndicatorCasesRow], row: IndicatorCasesRow) -> TableCell:
    said = row_words.target(row) or NO_TARGET
    return answer.cell(said, row, "target", "target_set_by", value=row.target, measure=row.measure)


def _reported(answer: Answer[IndicatorCasesRow], row: IndicatorCasesRow) -> TableCell:
    expected = row.organisations_expected
    said = numbers.of(row.organisations_reported, expected) if expected else "–"
    return answer.cell(said, row, "organisations_reported", "organisations_expected")


def _judgements(folio: Folio, goal: GoalsRow) -> Iterator[Block]:
    """Yield people's judgements: the city's own words, and the number of nämnder for each judgement."""
    answer = folio.ask(GoalAssessmentsRow, year=folio.year, organisation_id=folio.organisation_id)
    whose = "CITY" if folio.is_city else folio.organisation_id
    for row in answer.rows:
        if (row.goal_id, row.organisation_id) == (goal.goal_id, whose):
            written = ", ".join(filter(None, (row.author, numbers.date_sv(row.at))))
            said = f"Målet uppfylls {words.FULFILLED[row.fulfilled]}. {row.text or ''}".strip()
            lead = "Stadens bedömning" if folio.is_city else "Nämndens bedömning"
            yield folio.statement(
                f"{said} ({written})", answer.source("fulfilled", "text", "author", "at", row=row), lead
            )
    counts = next((row for row in overview(folio, folio.year).rows if row.goal_id == goal.goal_id), None)
    others = row_words.assessed(counts) if counts else []
    if folio.is_city and any(number for number, _ in others):
        said = words.listed([f"{numbers.number(number)} {word}" for number, word in others if number])
        columns = tuple(f"assessed_{key}" for key in words.FULFILLED)
        source = overview(folio, folio.year).source(*columns, row=counts)
        yield folio.statement(f"Om målet uppfylls har nämnder och bolag svarat: {said}.", source, "Egna bedömningar")


def _activities(folio: Folio, goal: GoalsRow) -> Iterator[Block]:
    answer = folio.ask(GoalActivitiesRow, organisation_id=folio.organisation_id)
    of_goal = [row for row in answer.rows if row.goal_id == goal.goal_id]
    by_activity = [{row.year: row for row in held} for _, held in groupby(of_goal, key=lambda row: row.activity_id)]
    shown = [held for held in by_activity if any(held[year].is_valid for year in folio.years if year in held)]
    if not shown:
        return
    rows = [
        [
            answer.cell(held[folio.year].title, held[folio.year], "title"),
            *(_status(answer, held.get(year)) for year in folio.years),
            answer.cell(held[folio.year].measured_by or "ingen indikator", held[folio.year], "measured_by"),
        ]
        for held in shown
    ]
    columns = ("Aktivitet", *(str(year) for year in folio.years), "Mäts av")
    widths = (3.2, *(1.1 for _ in folio.years), 1.8)
    is_example = any(held[folio.year].origin == "example" for held in shown)
    yield folio.table("Aktiviteter", columns, rows, widths, is_example=is_example)
    valid = [held for held in shown if held[folio.year].is_valid]
    bare = [held[folio.year] for held in valid if held[folio.year].measured_by is None]
    if bare:
        told = f"{numbers.of(len(bare), len(valid), 'aktiviteter')} mäts inte av någon indikator."
        key = (("goal_id", goal.goal_id),)
        source = Source(answer.query, answer.parameters, key, ("measured_by",), "antal aktiviteter")
        yield folio.statement(told, source, "Det här mäts inte")
        yield Listing(tuple(folio.statement(row.title, answer.source("title", row=row)) for row in bare))


def _status(answer: Answer[GoalActivitiesRow], row: GoalActivitiesRow | None) -> TableCell:
    if row is None or not row.is_valid:
        return TableCell("–")
    said = words.STATUSES[row.status] if row.status else words.missing("-")
    return answer.cell(said, row, "status")
