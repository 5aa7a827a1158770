"""Contents of Översikt: its sentence, its seven rows, its lists.

Marks come from the verdicts, the rest from queries. A single goal belongs in `views.goal`.
"""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from samlad.foundation.rows import MissingReportsRow, ProgrammeOverviewRow
from samlad.judgement import attention_order
from samlad.judgement.statistics import Certainty
from samlad.judgement.verdicts import Mark, Verdict
from samlad.swedish import arrears, numbers, row_words, sentences, verdict_numbers, words
from samlad.swedish.completeness import capital
from samlad.views.common import choose, judged_indicators, phrases, show, year_chart
from samlad.views.common.choose import Followed
from samlad.views.common.judged_indicators import Judged
from samlad.views.common.show import Html, Row, Shown
from samlad.warehouse.catalogue_choices import Organisation

DRAWN = ("done", "ongoing", "delayed", "cancelled")
WHY_NONE_OPEN = "Inget årsmål hänger på svar som saknas."
FIRST = 2
"""Number of rows of each list that are shown before the user asks for all."""


def title(year: int, organisation: Organisation) -> str:
    """Return the page's title, naming the selection."""
    return f"Översikt {year}: {_whose(organisation)}"


def _whose(organisation: Organisation) -> str:
    return words.WHOLE_CITY.lower() if organisation.is_city else organisation.name


def indicators(year: int, organisation: Organisation) -> list[Judged]:
    """Return the indicators that are followed in the year, judged, in the programme's order."""
    return judged_indicators.in_year(judged_indicators.judged(organisation.organisation_id), year)


def nothing_to_show(goals: Sequence[ProgrammeOverviewRow], found: Sequence[Judged]) -> bool:
    """Return True if the selection has no indicator, no activity and nothing to report."""
    return not (found or any(row.activities or row.expected for row in goals))


def why_nothing(year: int, organisation: Organisation) -> str:
    """Return why there is nothing to show for the selection, and a next step."""
    if organisation.is_city:
        return f"Programmet har inga indikatorer eller aktiviteter {year}. Välj ett annat år."
    if organisation.existed(year):
        return f"{organisation.name} har inga indikatorer eller aktiviteter att svara för {year}."
    became = f" Den gick upp i {organisation.successor}." if organisation.successor else ""
    return (
        f"{organisation.name} fanns inte den 31 december {year}.{became} Välj ett annat år eller en annan organisation."
    )


def sentence(
    found: Sequence[Judged], goals: Sequence[ProgrammeOverviewRow], year: int, organisation: Organisation
) -> str:
    """Return a sentence on the programme's course, by the indicators' marks, and on reporting."""
    said = []
    expected, received = sum(row.expected for row in goals), sum(row.received for row in goals)
    if found:
        owner = "" if organisation.is_city else f"{words.genitive(organisation.name)} "
        said.append(row_words.standing([one.verdicts[year] for one in found], year, owner))
    if expected:
        share = numbers.percent(received / expected)
        asked = arrears.period(goals[0].period)
        said.append(f"{share} av rapporterna för {asked} {year} har kommit.")
    return " ".join(said) or f"Inget har rapporterats för {year}."


def is_example(found: Sequence[Judged]) -> bool:
    """Return True if any figure is made up."""
    return any(one.is_example for one in found)


def goal_table(
    goals: Sequence[ProgrammeOverviewRow], found: Sequence[Judged], year: int, organisation: Organisation
) -> Shown:
    """Return a row for each goal, in the programme's order."""
    of_goal = {row.goal_id: [one for one in found if one.about.goal_id == row.goal_id] for row in goals}
    is_example = {
        row.goal_id: row.origin == "example" or any(one.is_example for one in of_goal[row.goal_id]) for row in goals
    }
    all_example = all(is_example.values())
    followed = choose.followed()
    return Shown(
        caption=f"Programmets mål {year}, {_whose(organisation)}",
        columns=(
            Html(f"Mål{show.example_mark(all_example)}"),
            "Indikatorer",
            "Aktiviteter",
            "Rapporterat",
            "Mäts",
            "Bedömning",
        ),
        rows=[
            Row(
                (
                    _goal(row, followed, is_example=is_example[row.goal_id] and not all_example),
                    _marks(of_goal[row.goal_id], year),
                    _activities(row),
                    _reported(row),
                    _cover(row),
                    _assessment(row, organisation),
                )
            )
            for row in goals
        ],
        notes=(
            Html(
                "".join(phrases.mark_html(mark) for mark in judged_indicators.counted(found, year))
                + "Mäts: aktiviteter som någon indikator följer. Bedömning: människors ord."
            ),
        ),
    )


def _goal(row: ProgrammeOverviewRow, followed: Followed, *, is_example: bool) -> Html:
    at = followed.address("mal", mal=choose.goal_name(row.number, row.short_title))
    link = f'<a href="{escape(at, quote=True)}" target="_self">{escape(row.short_title)}</a>'
    return Html(f"{row.number}&ensp;{link}{show.example_mark(is_example)}")


def _marks(found: Sequence[Judged], year: int) -> Html:
    """Return the number that met the year's årsmål, of all tested, and each mark's number."""
    if not found:
        return Html('<span class="small">inga indikatorer</span>')
    said = row_words.reached([one.verdicts[year] for one in found])
    marks = "".join(
        f'<span class="mark {mark}" title="{mark.word}"><i aria-hidden="true">{mark.symbol}</i>{count}'
        f'<span class="hidden"> {mark.word}, </span></span>'
        for mark, count in judged_indicators.counted(found, year).items()
    )
    return Html(f'<span class="nowrap">{said}</span><br><span class="nowrap">{marks}</span>')


def _activities(row: ProgrammeOverviewRow) -> Html:
    total = row.activities
    if not total:
        return Html('<span class="small">inga aktiviteter</span>')
    counts = _by_status(row)
    drawn = "".join(
        f'<b class="{status}" style="width:{100 * counts[status] / total:.1f}%"></b>'
        for status in DRAWN
        if counts[status]
    )
    others = [
        f"{counts[status]} {wording[counts[status] > 1]}"
        for status, wording in words.STATUSES_COUNTED.items()
        if status != "done" and counts[status]
    ]
    others += [f"{row.unanswered} utan svar"] if row.unanswered else []
    told = f'<br><span class="small nowrap">{", ".join(others)}</span>' if others else ""
    bar = f'<span class="bar" aria-hidden="true">{drawn}</span>'
    return Html(f'<span class="nowrap">{bar}{numbers.of(row.done, total)} genomförda</span>{told}')


def _by_status(row: ProgrammeOverviewRow) -> dict[str, int]:
    return {
        "done": row.done,
        "ongoing": row.ongoing,
        "delayed": row.delayed,
        "not_started": row.not_started,
        "cancelled": row.cancelled,
    }


def _reported(row: ProgrammeOverviewRow) -> Html:
    if not row.expected:
        return Html('<span class="small">inget att rapportera</span>')
    share = numbers.percent(row.received / row.expected)
    return Html(f'{share}<br><span class="small">{numbers.of(row.received, row.expected)}</span>')


def _cover(row: ProgrammeOverviewRow) -> Html:
    return Html(numbers.of(row.measured_activities, row.activities) if row.activities else "–")


def _assessment(row: ProgrammeOverviewRow, organisation: Organisation) -> Html:
    own = words.FULFILLED.get(row.assessment or "")
    said = f"uppfylls {own}" if own else '<span class="small">ingen bedömning</span>'
    others = [f"{number} {word}" for number, word in row_words.assessed(row) if number]
    if not organisation.is_city or not others:
        return Html(said)
    return Html(f'{said}<br><span class="small nowrap">nämnderna: {", ".join(others)}</span>')


def indicator_table(found: Sequence[Judged], year: int, organisation: Organisation) -> Shown:
    """Return every indicator with its figure, its årsmål and its mark."""
    columns = ["Indikator", "Utfall", "Årsmål", "Läge"]
    followed = choose.followed()
    return Shown(
        caption=f"Alla indikatorer {year}, {_whose(organisation)}",
        columns=[*columns, "Räknat på"] if organisation.is_city else columns,
        rows=[Row(_indicator_cells(one, year, organisation, followed)) for one in found],
        notes=show.reasons_note(year_chart.missing_reason(one.rows[year]) for one in found),
    )


def _indicator_cells(one: Judged, year: int, organisation: Organisation, followed: Followed) -> list[str]:
    row = one.rows[year]
    shown = [
        Html(f"{phrases.indicator_link(one.name, followed)}{show.example_mark(one.is_example)}"),
        row_words.case_figure(row),
        phrases.target(row) or "–",
        phrases.mark_html(one.verdicts[year].mark),
    ]
    if not organisation.is_city:
        return shown
    asked = row.organisations_expected
    return [*shown, numbers.of(row.organisations_reported, asked) if asked else "–"]


def needing(found: Sequence[Judged], year: int) -> list[str]:
    """Return the indicators that need attention, in the order of attention."""
    followed = choose.followed()
    return [
        _item(one, followed, _short(one, year), one.verdicts[year].mark) for one in attention_order.needing(found, year)
    ]


def left_open(found: Sequence[Judged], year: int) -> list[str]:
    """Return the indicators whose verdict depends on missing reports, with the silent organisations."""
    followed = choose.followed()
    return [
        _item(one, followed, capital(attention_order.settled_by(one.verdicts[year])), one.verdicts[year].mark)
        for one in attention_order.left_open(found, year)
    ]


def _short(one: Judged, year: int) -> str:
    return sentences.short(one.verdicts[year])


def changed_most(found: Sequence[Judged], year: int) -> list[str]:
    """Return the indicators changed since the base, the largest change first.

    Only changes that are at least possible, or by full count.
    """
    followed = choose.followed()
    return [_item(one, followed, _moved(one.verdicts[year])) for one in attention_order.changed(found, year)]


def about_changes(found: Sequence[Judged], year: int) -> str:
    """Return how many of the changes chance alone would give, and that extremes drift back.

    Empty without a list.
    """
    if not attention_order.changed(found, year):
        return ""
    tried = attention_order.tried_by_chance(one.verdicts[year] for one in found)
    return f"{attention_order.chance_said(tried)} {attention_order.DRIFT_BACK}".strip()


def _moved(verdict: Verdict) -> str:
    change, case = verdict.change, verdict.case
    if change is None:
        return ""
    way = "upp" if change.difference > 0 else "ner"
    how = {Certainty.CERTAIN: f"Säkert {way}", Certainty.POSSIBLE: f"Möjligen {way}"}.get(
        change.certainty or Certainty.NONE, way.capitalize()
    )
    better = {"increase": change.difference > 0, "decrease": change.difference < 0}.get(case.direction)
    side = "" if better is None else " (bättre)" if better else " (sämre)"
    return f"{how} {verdict_numbers.from_to(verdict, change)} sedan {case.base_year}{side}"


def _item(one: Judged, followed: Followed, said: str, mark: Mark | None = None) -> Html:
    sign = f'<span class="mark alone {mark}"><i aria-hidden="true">{mark.symbol}</i></span>' if mark else ""
    named = f"{sign}{phrases.indicator_link(one.name, followed)}{show.example_mark(one.is_example)}"
    return Html(f'{named}<br><span class="small">{escape(said)}</span>')


def why_no_attention(found: Sequence[Judged], year: int) -> str:
    """Return the meaning of an empty list of attention."""
    return row_words.no_attention([one.verdicts[year] for one in found], year)


def why_none_changed(year: int) -> str:
    """Return the meaning of an empty list of changes."""
    return f"Ingen förändring sedan basåret kan visas för {year}."


def missing_title(missing: Sequence[MissingReportsRow], organisation: Organisation) -> str:
    """Return the title of missing reports, with the number of organisations."""
    if not organisation.is_city or not missing:
        return "Saknas ännu"
    owing = len({row.organisation_id for row in missing})
    return f"Saknas ännu ({numbers.number(owing)} {words.counted('organisationer', owing)})"


def why_none_missing(goals: Sequence[ProgrammeOverviewRow]) -> str:
    """Return the meaning of an empty list of missing reports."""
    if any(row.expected for row in goals):
        return f"Alla rapporter för {arrears.period(goals[0].period)} har kommit."
    return words.NONE_EXPECTED


def missing_list(missing: Sequence[MissingReportsRow], organisation: Organisation) -> list[str]:
    """Return organisations with their numbers of missing reports; for a single organisation, the reports."""
    if organisation.is_city:
        return _by_organisation(missing)
    return [f"Mål {row.goal_number}: {row.object}{_late([row])}" for row in missing]


def _by_organisation(rows: Iterable[MissingReportsRow]) -> list[str]:
    owed = [(name, list(held)) for name, held in groupby(rows, key=lambda row: row.organisation)]
    owed.sort(key=lambda pair: (-len(pair[1]), pair[0]))
    return [f"{name}: {len(held)} {words.counted('rapporter', len(held))}{_late(held)}" for name, held in owed]


def _late(held: Sequence[MissingReportsRow]) -> str:
    counted = arrears.tally(held)
    late = counted.late
    if counted.lapsed == len(held):
        return " (kom aldrig; har upphört)"
    if late == len(held):
        return " (försenade)" if late > 1 else " (försenad)"
    return f" (varav {late} {'försenade' if late > 1 else 'försenad'})" if late else ""
