"""Contents of Mål: sentence, marks, a row for each indicator, activities, the unmeasured, judgements.

The form for judgements is in `assessment_form`.
"""

from collections.abc import Sequence
from html import escape
from itertools import groupby

import pyarrow as pa

from samlad.foundation.rows import GoalActivitiesRow, GoalAssessmentsRow, GoalsRow, IndicatorCasesRow
from samlad.judgement.verdicts import Mark, Verdict
from samlad.swedish import completeness, numbers, row_words, sentences, words
from samlad.views.common import grounds_shown, judged_indicators, phrases, show, small_chart, year_chart
from samlad.views.common.judged_indicators import Judged
from samlad.views.common.show import Html, Row, Shown
from samlad.warehouse.catalogue_choices import Organisation

VIOLENCE = {
    "nara_relation": "våld i nära relation",
    "heder": "hedersrelaterat våld",
    "prostitution_manniskohandel": "prostitution och människohandel",
    "sexuellt_vald": "sexuellt våld",
}


def title(goal: GoalsRow, year: int, organisation: Organisation) -> str:
    """Return the page's title, naming the selection."""
    whose = words.WHOLE_CITY.lower() if organisation.is_city else organisation.name
    return f"Mål {goal.number} {year}: {goal.short_title}, {whose}"


def indicators(goal: GoalsRow, year: int, organisation: Organisation) -> list[Judged]:
    """Return the goal's indicators that are followed in the year, judged."""
    return judged_indicators.in_year(judged_indicators.judged(organisation.organisation_id, goal_id=goal.goal_id), year)


def rebuilt(found: Sequence[Judged], organisation: Organisation) -> set[str]:
    """Return the organisation, if any of its figures has been put together from its predecessors'."""
    has_rebuilt = any(row.rebuilt == "rebuilt" for one in found for row in one.rows.values())
    return {organisation.organisation_id} if organisation.organisation_id and has_rebuilt else set()


def sentence(
    found: Sequence[Judged], activities: Sequence[GoalActivitiesRow], year: int, goal: GoalsRow | None = None
) -> str:
    """Return two sentences on the goal's course and its measurement. Never a single number for the goal.

    Given its goal, the sentence begins with the goal's first or last day, where the goal does not hold in the year.
    """
    if goal is not None and (term := row_words.term(goal, year)):
        return f"{term} {sentence(found, activities, year)}"
    if not found:
        return f"Ingen indikator mäter målet {year}."
    said = row_words.standing([one.verdicts[year] for one in found], year)
    rows = _in_year(activities, year)
    if not rows:
        return said
    measured = sum(row.measured_by is not None for row in rows)
    noun = words.counted("aktiviteter", len(rows))
    return f"{said} {numbers.of(measured, len(rows))} {noun} mäts av minst en indikator."


def marks(found: Sequence[Judged], year: int) -> None:
    """Show the bar of marks: symbol, word and number of each."""
    if found:
        show.html(
            "".join(
                f"{phrases.mark_html(mark)}<b>{numbers.number(number)}</b>&emsp;"
                for mark, number in judged_indicators.counted(found, year).items()
            )
        )


def legend(found: Sequence[Judged], year: int) -> None:
    """Show the meanings of the shapes in the small charts."""
    year_chart.legend(year_chart.shapes(pa.concat_tables([year_chart.drawn(one, year) for one in found])))


def rows(found: Sequence[Judged], year: int, organisation: Organisation) -> None:
    """Show a row for each indicator: figures, a small chart, the verdict in words."""
    for one in found:
        said, gist = sentences.reading(one.verdicts[year]), _gist(one.verdicts[year])
        whole = f"<details><summary>Läs hela</summary><p>{escape(said)}</p></details>" if said != gist else ""
        held = one.followed_years
        named = f"{one.name} {held[0]}{numbers.DASH}{held[-1]}. Texten bredvid säger vad det visar."
        chart = small_chart.drawing(year_chart.drawn(one, year), one.about.measure, named)
        facts = _facts(one, year, organisation)
        show.html(f'<div class="row"><div>{facts}</div>{chart}<div><p>{escape(gist)}</p>{whole}</div></div>')


def _gist(verdict: Verdict) -> str:
    """Return the weightiest words: the outcome, where the mark says so, and the course."""
    fact, course = sentences.fact(verdict), sentences.course(verdict)
    if verdict.mark in (Mark.MET, Mark.MISSED):
        return " ".join(filter(None, (fact, course)))
    return (fact if verdict.mark is Mark.INSUFFICIENT else course) or fact or sentences.outcome(verdict)


def _facts(one: Judged, year: int, organisation: Organisation) -> str:
    row = one.rows[year]
    asked = row.organisations_expected
    reporters = completeness.reporters(row.reporters)
    who = f"räknat på {numbers.of(row.organisations_reported, asked, reporters)}" if asked else ""
    target, break_year = phrases.target(row), row.break_year
    small = [
        f"årsmål {target}" if target else "inget årsmål",
        who if organisation.is_city and row.value is not None else "",
        f"ny definition {break_year}" if break_year else "",
    ]
    changed = grounds_shown.told(one, year, organisation, but=("division",))
    rests = f'<p class="small">{escape(" ".join(changed))}</p>' if changed else ""
    return (
        f"<h3>{phrases.indicator_link(one.name)}{show.example_mark(one.is_example)}</h3>"
        f"<p>{escape(row_words.case_figure(row))}<br>{phrases.mark_html(one.verdicts[year].mark)}<br>"
        f'<span class="small">{escape("; ".join(filter(None, small)))}</span></p>{rests}'
    )


def year_table(found: Sequence[Judged]) -> Shown:
    """Return the table twin of the small charts: every figure and årsmål."""
    columns = sorted({year for one in found for year in one.rows})
    reasons = [year_chart.missing_reason(row) for one in found for row in one.rows.values()]
    return Shown(
        caption="Utfall och årsmål per år",
        columns=("Indikator", *(str(year) for year in columns)),
        rows=[
            Row((one.name, *(_year_cell(one.rows[year]) if year in one.rows else "–" for year in columns)))
            for one in found
        ],
        notes=show.reasons_note(reasons),
        is_example=bool(found) and all(one.is_example for one in found),
    )


def _year_cell(row: IndicatorCasesRow) -> Html:
    target = phrases.target(row)
    aim = f'<br><span class="small">årsmål {escape(target)}</span>' if target else ""
    return Html(f"{escape(row_words.case_figure(row))}{aim}")


def activity_table(activities: Sequence[GoalActivitiesRow], year: int) -> Shown:
    """Return the activities with their status over the years, and their indicators."""
    columns = sorted({row.year for row in activities})
    shown = []
    for _, held in groupby(activities, key=lambda row: row.activity_id):
        by_year = {row.year: row for row in held}
        first = by_year[min(by_year)]
        if by_year[year].is_valid:
            cells = (_status(by_year[one]) for one in columns)
            shown.append(Row((_titled(first), *cells, first.measured_by or "ingen indikator")))
    return Shown(
        caption="Aktiviteter",
        columns=("Aktivitet", *(str(one) for one in columns), "Mäts av"),
        rows=shown,
    )


def _titled(row: GoalActivitiesRow) -> Html:
    return Html(f"{escape(row.title)}{show.example_mark(row.origin == 'example')}")


def _status(row: GoalActivitiesRow) -> Html:
    if not row.is_valid:
        return Html("–")
    return Html(f'<span class="nowrap">{words.STATUSES[row.status] if row.status else words.missing("-")}</span>')


def not_measured(found: Sequence[Judged], activities: Sequence[GoalActivitiesRow], year: int) -> list[str]:
    """Return the unmeasured: activities without an indicator, kinds of violence that none covers."""
    rows = _in_year(activities, year)
    listed = [row.title for row in rows if row.measured_by is None]
    covered = {kind for one in found for kind in (one.about.violence_types or "").split()}
    meant = {kind for row in rows for kind in (row.violence_types or "").split()}
    kinds = [words for kind, words in VIOLENCE.items() if kind in meant - covered]
    return [*listed, *(f"Ingen indikator gäller {words}" for words in kinds)]


def _in_year(activities: Sequence[GoalActivitiesRow], year: int) -> list[GoalActivitiesRow]:
    return [row for row in activities if row.year == year and row.is_valid]


def assessment_table(assessments: Sequence[GoalAssessmentsRow]) -> Shown:
    """Return people's judgements, beside the computed: source, words, writer and day."""
    return Shown(
        caption="Bedömningar",
        columns=("Vem", "Målet uppfylls", "Med egna ord", "Skrivet av", "Datum"),
        rows=[
            Row(
                (
                    Html(f"{escape(row.organisation or words.WHOLE_CITY)}{show.example_mark(row.origin == 'example')}"),
                    words.FULFILLED[row.fulfilled],
                    row.text or "–",
                    row.author or "–",
                    numbers.date_sv(row.at),
                )
            )
            for row in assessments
        ],
        notes=("Bedömningarna är människors ord. De räknas inte ut och ändrar inga tecken ovan.",),
    )
