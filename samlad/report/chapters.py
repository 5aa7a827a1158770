"""Parts of the report about all goals together: summary, background, changes, reporting, methods.

A goal's part is in `goal_chapter`, the districts' in `district_chapter`, responsibility in `responsibility_chapter`.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from samlad.foundation.errors import DomainError
from samlad.foundation.rows import ChoicesRow, MissingReportsRow, ReportChangesRow
from samlad.judgement import attention_order as order
from samlad.judgement.facts import Case
from samlad.judgement.figure_change import Counted, Figure, FigureChange, change_between
from samlad.judgement.judged_years import Judged
from samlad.judgement.statistics import Certainty
from samlad.report import goal_chapter
from samlad.report.document import Block, Listing, Source, Statement, TableCell, Words
from samlad.report.report_material import Answer, Folio
from samlad.swedish import arrears, numbers, row_words, sentences, words
from samlad.swedish.row_kinds import PlainFigure

ATTENTION = 5
COMPARED = (
    "before_numerator",
    "before_denominator",
    "before_value",
    "after_numerator",
    "after_denominator",
    "after_value",
)
"""The columns that a change rests on."""


def summary(folio: Folio) -> Iterator[Block]:
    """Yield the year's summary: over all, goal by goal, indicators that need attention, missing reports."""
    found = goal_chapter.followed(folio)
    answer = goal_chapter.cases(folio)
    year = (("year", folio.year),)
    if found:
        said = row_words.standing([one.verdicts[folio.year] for one in found], folio.year)
        yield folio.statement(said, Source(answer.query, answer.parameters, year, rule="lägen räknade per indikator"))
    yield _received(folio, folio.year)
    yield _goal_table(folio, found)
    listed = list(attention(folio, found, most=ATTENTION))
    if listed:
        yield Words("Det här behöver mest uppmärksamhet:")
        yield Listing(tuple(listed))
    unsettled = list(left_open(folio, found))
    if unsettled:
        yield Words("För de här räcker svaren inte för att säga om årsmålet nåddes:")
        yield Listing(tuple(unsettled))


def attention(folio: Folio, found: Sequence[Judged], *, most: int | None = None) -> Iterator[Statement]:
    """Yield the indicators that need attention, in the order of attention. All, or the first `most`."""
    answer = goal_chapter.cases(folio)
    for one in order.needing(found, folio.year)[:most]:
        source = answer.source(row=one.rows[folio.year], rule="läsrad, kort")
        yield folio.statement(sentences.short(one.verdicts[folio.year]), source, one.name)


def left_open(folio: Folio, found: Sequence[Judged]) -> Iterator[Statement]:
    """Yield the indicators whose verdict depends on missing reports, with the organisations that have not reported."""
    answer = goal_chapter.cases(folio)
    for one in order.left_open(found, folio.year):
        verdict = one.verdicts[folio.year]
        source = answer.source(row=one.rows[folio.year], rule="läsrad, kort")
        yield folio.statement(f"{sentences.short(verdict)}; {order.settled_by(verdict)}", source, one.name)


def _received(folio: Folio, year: int) -> Statement:
    answer = goal_chapter.overview(folio, year)
    expected, received = goal_chapter.expected_received(folio, year)
    if expected:
        period = arrears.period(answer.rows[0].period)
        share = numbers.share(received / expected)
        said = f"{numbers.of(received, expected)} rapporter för {period} {year} har kommit, {share}."
    else:
        said = words.NONE_EXPECTED
    return folio.statement(said, answer.source("expected", "received", rule="summa"))


def _goal_table(folio: Folio, found: Sequence[Judged]) -> Block:
    answer, judged = goal_chapter.overview(folio, folio.year), goal_chapter.cases(folio)
    if not answer.rows:
        return Words(f"Programmet har inga mål {folio.year}.")
    rows = []
    for goal in answer.rows:
        held = [one for one in found if one.about.goal_id == goal.goal_id]
        source = Source(
            judged.query, judged.parameters, (("goal_id", goal.goal_id), ("year", folio.year)), rule="antal"
        )
        own = words.FULFILLED.get(goal.assessment or "")
        rows.append(
            [
                answer.cell(f"{goal.number} {goal.short_title}", goal, "number", "short_title"),
                TableCell(row_words.reached([one.verdicts[folio.year] for one in held]), source),
                answer.cell(
                    f"{numbers.of(goal.done, goal.activities)} genomförda" if goal.activities else "inga",
                    goal,
                    *("done", "activities"),
                ),
                answer.cell(
                    numbers.of(goal.received, goal.expected) if goal.expected else "inget att rapportera",
                    goal,
                    *("received", "expected"),
                ),
                answer.cell(f"uppfylls {own}" if own else "ingen bedömning", goal, "assessment"),
            ]
        )
    columns = ("Mål", f"Indikatorer {folio.year}", "Aktiviteter", "Rapporter", "Bedömning")
    is_example = any(goal.origin == "example" for goal in answer.rows)
    widths = (2.6, 1.3, 1.3, 1.2, 1.2)
    return folio.table(f"Programmets mål {folio.year}", columns, rows, widths, is_example=is_example)


def background(folio: Folio, programme: str) -> Iterator[Block]:
    """Yield the programme's background, and the sources that the figures rest on."""
    named = folio.ask(ChoicesRow)
    row = next(row for row in named.rows if row.kind == "programme")
    yield folio.statement(f"Uppföljningen gäller {programme}.", named.source("name", row=row))
    yield Words(
        "Nämnder och bolag rapporterar indikatorer och aktiviteter efter sitt ansvar i programmet. Här är rapporterna "
        "samlade, räknade på samma sätt för alla och prövade mot årsmålen. Texten är skriven ur samma uppgifter som "
        "tabellerna, och varje uppgift kan följas till sin källa i bilagan."
    )


def changes(folio: Folio) -> Iterator[Block]:
    """Yield the changes since last year, over organisations that reported both years."""
    answer = folio.ask(ReportChangesRow, year=folio.year, organisation_id=folio.organisation_id)
    held = [row for row in answer.rows if row.before_value is not None and row.after_value is not None]
    if not held:
        yield Words(f"Inget utfall {folio.year} kan jämföras med {folio.year - 1}.")
        return
    moved = {row.indicator_id: _change(row) for row in held}
    held.sort(key=lambda row: _told_first(moved[row.indicator_id]))
    changed = [row for row in held if moved[row.indicator_id].is_told]
    better = sum(_is_better(row) is True for row in changed)
    worse = sum(_is_better(row) is False for row in changed)
    rest = len(changed) - better - worse
    parts = [
        f"{numbers.number(number)} {word}"
        for number, word in ((better, "bättre"), (worse, "sämre"), (rest, "utan given riktning"))
        if number
    ]
    said = (
        f"{numbers.of(len(changed), len(held), 'indikatorer')} som går att jämföra har ändrats, säkert eller möjligen, "
        f"sedan {folio.year - 1}{': ' + words.listed(parts) if parts else ''}."
    )
    yield folio.statement(said, answer.source(*COMPARED, rule="antal"))
    by_chance = _by_chance(held)
    if by_chance:
        yield folio.statement(by_chance, answer.source(*COMPARED, rule="väntat antal av slump"))
    rows = []
    for row in held:
        cells = [
            answer.cell(row.indicator, row, "indicator"),
            _side(answer, row, "before", _before(row)),
            _side(answer, row, "after", _after(row)),
            answer.cell(_said(row, moved[row.indicator_id]), row, *COMPARED, rule="förändring"),
        ]
        if folio.is_city:
            both = numbers.of(row.organisations_both or 0, row.organisations_expected_both or 0)
            cells.append(answer.cell(both, row, "organisations_both", "organisations_expected_both"))
        rows.append(cells)
    columns = ["Indikator", str(folio.year - 1), str(folio.year), "Förändring"]
    widths = [2.2, 1.7, 1.7, 1.5]
    notes: tuple[str, ...] = ()
    if folio.is_city:
        columns, widths = [*columns, "Räknat på"], [*widths, 1.0]
        notes = (
            "Räknat på dem som har rapporterat båda åren, så att det inte märks om fler eller färre har rapporterat.",
        )
    is_example = any(row.origin == "example" for row in held)
    caption = f"Förändring från {folio.year - 1} till {folio.year}"
    yield folio.table(caption, columns, rows, widths, notes, is_example=is_example)


def _side(answer: Answer[ReportChangesRow], row: ReportChangesRow, side: str, figure: PlainFigure) -> TableCell:
    columns = tuple(f"{side}_{name}" for name in ("numerator", "denominator", "value", "missing"))
    return answer.cell(row_words.figure(figure), row, *columns, value=figure.value, measure=row.measure)


def _before(row: ReportChangesRow) -> PlainFigure:
    counts = (row.before_numerator, row.before_denominator)
    return PlainFigure(row.before_value, *counts, row.measure, row.unit, row.counts, row.before_missing)


def _after(row: ReportChangesRow) -> PlainFigure:
    counts = (row.after_numerator, row.after_denominator)
    return PlainFigure(row.after_value, *counts, row.measure, row.unit, row.counts, row.after_missing)


def _counted(row: ReportChangesRow) -> Counted:
    return Counted(row.measure, row.varies, row.per or 1)


def _figure(said: PlainFigure) -> Figure:
    return Figure(said.numerator, said.denominator, said.value, said.missing_reason)


def _change(row: ReportChangesRow) -> FigureChange:
    """Return the change of a row that has both figures."""
    change = change_between(_counted(row), _figure(_before(row)), _figure(_after(row)))
    if change is None:
        raise DomainError(f"No change of {row.indicator_id}: one of the figures is missing.")
    return change


def _told_first(change: FigureChange) -> tuple[bool, float]:
    """Return a sorting key: changed figures first, the least likely by chance before the others.

    The order is Benjamini–Hochberg's.
    """
    return not change.is_told, -abs(change.z)


def _by_chance(rows: Sequence[ReportChangesRow]) -> str:
    tried = [row for row in rows if _counted(row).is_sampled]
    cases = [
        Case(
            row.measure,
            row.direction,
            1,
            _figure(_after(row)),
            per=row.per or 1,
            base_year=0,
            base=_figure(_before(row)),
        )
        for row in tried
    ]
    return order.chance_said(cases)


def _is_better(row: ReportChangesRow) -> bool | None:
    if row.direction == "none" or row.before_value is None or row.after_value is None:
        return None
    return bool((row.after_value > row.before_value) == (row.direction == "increase"))


def _said(row: ReportChangesRow, change: FigureChange) -> str:
    if not change.difference:
        return "oförändrat"
    if not change.is_told:
        return "i stort sett oförändrat" if change.certainty is None else "ingen säker förändring"
    way = "upp" if change.difference > 0 else "ner"
    side = {True: " (bättre)", False: " (sämre)", None: ""}[_is_better(row)]
    sure = {Certainty.CERTAIN: "säkert ", Certainty.POSSIBLE: "möjligen "}.get(change.certainty or Certainty.NONE, "")
    return f"{sure}{way}{side}"


def reporting(folio: Folio) -> Iterator[Block]:
    """Yield the reporting of the year: how much has come, and which reports are missing."""
    answers = [(year, goal_chapter.overview(folio, year)) for year in folio.years]
    rows = []
    for year, answer in answers:
        expected, received = goal_chapter.expected_received(folio, year)
        share = received / expected if expected else None
        period = f", {words.PERIODS[answer.rows[0].period]}" if answer.rows else ""
        rows.append(
            [
                TableCell(f"{year}{period}", answer.source("period")),
                TableCell(numbers.number(expected), answer.source("expected", rule="summa"), expected),
                TableCell(numbers.number(received), answer.source("received", rule="summa"), received),
                TableCell(
                    "–" if share is None else numbers.share(share),
                    answer.source("expected", "received", rule="summa"),
                    share,
                    "share",
                ),
            ]
        )
    columns = ("År", "Väntade rapporter", "Har kommit", "Andel")
    is_example = any(row.origin == "example" for _, answer in answers for row in answer.rows)
    yield folio.table("Rapportering", columns, rows, (1.6, 1.4, 1.2, 1.0), is_example=is_example)
    yield from _holes(folio)


def _holes(folio: Folio) -> Iterator[Block]:
    missing = goal_chapter.missing_reports(folio)
    if goal_chapter.missing_number(folio) is None:
        yield Words(words.NONE_EXPECTED)
        return
    if not missing.rows:
        yield Words(f"Alla rapporter som väntades för {folio.year} har kommit.")
        return
    if folio.is_city:
        owed = [list(held) for _, held in groupby(missing.rows, key=lambda row: row.organisation_id)]
        owed.sort(key=lambda held: (-len(held), held[0].organisation))
        rows = []
        for held in owed:
            key = (("organisation_id", held[0].organisation_id),)
            source = Source(missing.query, missing.parameters, key, ("object_id",), "antal")
            what = sorted({row.object for row in held})
            rows.append(
                [
                    TableCell(_owing(held), Source(missing.query, missing.parameters, key, ("organisation", "state"))),
                    TableCell(numbers.number(len(held)), source, len(held)),
                    TableCell("; ".join(what[:3]) + (f" … och {len(what) - 3} till" if len(what) > 3 else ""), source),
                ]
            )
        columns, widths, caption = (
            ("Nämnd eller bolag", "Rapporter", "Vad som saknas"),
            (1.8, 0.9, 4.2),
            "Rapporter som saknas",
        )
    else:
        rows = [
            [
                missing.cell(row.object, row, "object"),
                missing.cell(str(row.goal_number), row, "goal_number"),
                missing.cell(_due(row, folio.as_of), row, "due", "state"),
            ]
            for row in missing.rows
        ]
        columns, widths, caption = ("Vad", "Mål", "Hur det står"), (4.0, 0.6, 2.4), "Rapporter som saknas"
    notes = ("En rapport som saknas räknas aldrig som noll.",)
    is_example = any(row.origin == "example" for row in missing.rows)
    yield folio.table(f"{caption} {folio.year}", columns, rows, widths, notes, is_example=is_example)


def _due(row: MissingReportsRow, as_of: date | None) -> str:
    match row.state:
        case arrears.LATE:
            return f"saknas {arrears.since(row.due, as_of)}"
        case arrears.LAPSED:
            return "kom aldrig; den som skulle rapportera har upphört"
        case _:
            return f"ska lämnas senast {numbers.date_sv(row.due)}"


def _owing(held: Sequence[MissingReportsRow]) -> str:
    name = held[0].organisation
    return f"{name} (har upphört)" if all(row.state == arrears.LAPSED for row in held) else name


def methods(threshold: int) -> Iterator[Block]:
    """Yield the methods of counting, for readers who want to know them before they decide."""
    yield Words(
        "Ett årsmål är nått eller inte; det är ett faktum om året. Om utvecklingen är i takt bedöms mot det sista "
        "årsmålet, och det sägs aldrig mer än osäkerheten medger. Stadens tal är summan av dem som har rapporterat, "
        "aldrig ett medelvärde av andelar, och varje tal säger hur många de är."
    )
    yield Words(
        f"Antal personer under {threshold} visas inte, och inte heller tal som de kunde räknas ut ur. Där står "
        "Skyddat. Ej rapporterat betyder att ingen uppgift har lämnats, aldrig noll."
    )
    yield Words(
        "En bedömning är skriven av människor. Ett läge är uträknat efter samma regler för alla. Båda visas, och ingen "
        "ersätter den andra."
    )
