"""What Mål says: its sentence, its marks, a row an indicator, its activities, what it does not measure, judgements."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

import pyarrow as pa
import streamlit as st

from samlad import charts, formats, sentences, text
from samlad.verdicts import Mark
from samlad.views import judged, phrases, show
from samlad.views.choose import Organisation
from samlad.views.judged import Judged
from samlad.views.show import Html, Row, Shown

VIOLENCE = {
    "nara_relation": "våld i nära relation",
    "heder": "hedersrelaterat våld",
    "prostitution_manniskohandel": "prostitution och människohandel",
    "sexuellt_vald": "sexuellt våld",
}

DRAWN = pa.schema(
    [
        *((name, pa.string()) for name in ("year", "part", "break_word", "missing", "told")),
        *((name, pa.float64()) for name in ("value", "lower", "upper", "target", "pace")),
    ]
)
"""The rows a chart of years draws, as charts.years takes them."""


def title(goal: Mapping[str, Any], year: int, organisation: Organisation) -> str:
    """The page's title, naming the selection."""
    whose = text.WHOLE_CITY.lower() if organisation.is_city else organisation.name
    return f"Mål {goal['number']} {year}: {goal['short_title']}, {whose}"


def indicators(goal: Mapping[str, Any], year: int, organisation: Organisation) -> list[Judged]:
    """The goal's indicators that are followed in the year, judged."""
    return judged.in_year(judged.judged(organisation.organisation_id, goal_id=goal["goal_id"]), year)


def sentence(found: Sequence[Judged], activities: pa.Table, year: int) -> str:
    """How it goes and whether it is measured, in two sentences; never one number for the goal."""
    if not found:
        return f"Ingen indikator mäter målet {year}."
    marks = judged.counted(found, year)
    told = [f"{mark.word} ({formats.number(number)})" for mark, number in marks.items()]
    total = len(found)
    said = f"Av målets {formats.number(total)} {text.counted('indikatorer', total)} {year}: {text.listed(told, 13)}."
    rows = _in_year(activities, year)
    if not rows:
        return said
    measured = sum(row["measured_by"] is not None for row in rows)
    noun = text.counted("aktiviteter", len(rows))
    return f"{said} {formats.of(measured, len(rows))} {noun} mäts av minst en indikator."


def marks(found: Sequence[Judged], year: int) -> None:
    """The bar of marks: symbol, word and number of each."""
    if found:
        show.html(
            "".join(
                f"{mark_html(mark)}<b>{formats.number(number)}</b>&emsp;"
                for mark, number in judged.counted(found, year).items()
            )
        )


def mark_html(mark: Mark) -> Html:
    """A mark with its symbol and its word."""
    return Html(f'<span class="mark {mark}"><i aria-hidden="true">{mark.symbol}</i> {escape(mark.word)}</span>')


def rows(found: Sequence[Judged], year: int, organisation: Organisation) -> None:
    """One row an indicator: what stands, a small chart of the years, and what is said of it."""
    for one in found:
        left, middle, right = st.columns((3, 4, 5), gap="medium")
        with left:
            show.html(_facts(one, year, organisation))
        said = sentences.reading(one.verdicts[year])
        with middle:
            spec = charts.years(one.about["measure"], is_small=True)
            named = f"{one.name} {min(one.rows)}{formats.DASH}{max(one.rows)}"
            st.vega_lite_chart(drawn(one, year), dict(spec), width="stretch", alt=f"{named}. {said}")
        with right:
            show.html(f"<p>{escape(said)}</p>")


def _facts(one: Judged, year: int, organisation: Organisation) -> str:
    row = one.rows[year]
    asked = row["organisations_expected"]
    who = formats.of(row["organisations_reported"], asked, "nämnder") + " har rapporterat" if asked else ""
    target = phrases.target(row)
    small = [f"årsmål {target}" if target else "inget årsmål", who if organisation.is_city else ""]
    return (
        f"<h3>{escape(one.name)}{show.example_mark(one.is_example)}</h3><p>{escape(_figure(row))}<br>"
        f"{mark_html(one.verdicts[year].mark)}<br>"
        f'<span class="small">{escape("; ".join(filter(None, small)))}</span></p>'
    )


def _figure(row: Mapping[str, Any]) -> str:
    parts = {"parts": row["organisations_expected"], "parts_reported": row["organisations_reported"]}
    return phrases.figure({**row, **parts})


def drawn(one: Judged, year: int) -> pa.Table:
    """What a small chart draws, a row a year. What is protected has no number in it, and says so."""
    return pa.Table.from_pylist([_point(one, at, row, year) for at, row in one.rows.items()], DRAWN)


def _point(one: Judged, at: int, row: Mapping[str, Any], year: int) -> dict[str, Any]:
    around, break_year = one.interval(at), row["break_year"]
    is_after = break_year is not None and at >= break_year
    return {
        "year": str(at),
        "part": "after" if is_after else "before",
        "break_word": "ny definition" if at == break_year else "",
        "missing": "" if row["value"] is not None else one.verdicts[at].mark.symbol,
        "told": f"{at}: {_figure(row)}",
        "value": row["value"],
        "lower": around.lower if around else None,
        "upper": around.upper if around else None,
        "target": row["target"],
        "pace": _required(one, at, year),
    }


def _required(one: Judged, at: int, year: int) -> float | None:
    """The required pace at a year: on the straight line from the base to the last årsmål; None outside it."""
    verdict = one.verdicts[year]
    case, change, aim = verdict.case, verdict.change, verdict.case.final_target
    if change is None or aim is None or case.base_year is None or not case.base_year <= at <= aim[1]:
        return None
    way = (at - case.base_year) / (aim[1] - case.base_year) if aim[1] > case.base_year else 1.0
    return change.base + way * (aim[0] - change.base)


def legend() -> None:
    """What the shapes of the small charts stand for."""
    shapes = (
        (show.shape("circle", charts.BLUE), "utfall"),
        (show.shape("line", charts.GREY), "95 % osäkerhet"),
        (show.shape("diamond", charts.OCHRE, is_open=True), "årsmål"),
        (Html(f'<b aria-hidden="true" style="color:{charts.OCHRE}">╌╌</b> '), "takten som krävs"),
    )
    show.html(f'<div class="legend">{"".join(f"<span>{mark}{words}</span>" for mark, words in shapes)}</div>')


def year_table(found: Sequence[Judged]) -> Shown:
    """The table twin of the small charts: every figure and årsmål."""
    years = sorted({year for one in found for year in one.rows})
    reasons = [row["missing_reason"] for one in found for row in one.rows.values()]
    return Shown(
        caption="Utfall och årsmål per år",
        columns=("Indikator", *(str(year) for year in years)),
        rows=[
            Row((one.name, *(_year_cell(one.rows[year]) if year in one.rows else "–" for year in years)))
            for one in found
        ],
        notes=show.reasons_note(reasons),
        is_example=bool(found) and all(one.is_example for one in found),
    )


def _year_cell(row: Mapping[str, Any]) -> Html:
    target = phrases.target(row)
    aim = f'<br><span class="small">årsmål {escape(target)}</span>' if target else ""
    return Html(f"{escape(_figure(row))}{aim}")


def activity_table(activities: pa.Table, year: int) -> Shown:
    """The activities with their status over the years, and what measures them."""
    found = activities.to_pylist()
    years = sorted({row["year"] for row in found})
    shown = []
    for _, held in groupby(found, key=lambda row: row["activity_id"]):
        by_year = {row["year"]: row for row in held}
        first = by_year[min(by_year)]
        if by_year[year]["is_valid"]:
            cells = (_status(by_year[one]) for one in years)
            shown.append(Row((_titled(first), *cells, first["measured_by"] or "ingen indikator")))
    return Shown(
        caption="Aktiviteter",
        columns=("Aktivitet", *(str(one) for one in years), "Mäts av"),
        rows=shown,
    )


def _titled(row: Mapping[str, Any]) -> Html:
    return Html(f"{escape(row['title'])}{show.example_mark(row['origin'] == 'example')}")


def _status(row: Mapping[str, Any]) -> str:
    if not row["is_valid"]:
        return "–"
    return text.STATUSES[row["status"]] if row["status"] else text.missing("-")


def not_measured(found: Sequence[Judged], activities: pa.Table, year: int) -> list[str]:
    """What the goal does not measure: activities without an indicator, kinds of violence that none covers."""
    rows = _in_year(activities, year)
    listed = [row["title"] for row in rows if row["measured_by"] is None]
    covered = {kind for one in found for kind in (one.about["violence_types"] or "").split()}
    meant = {kind for row in rows for kind in (row["violence_types"] or "").split()}
    kinds = [words for kind, words in VIOLENCE.items() if kind in meant - covered]
    return [*listed, *(f"Ingen indikator gäller {words}" for words in kinds)]


def _in_year(activities: pa.Table, year: int) -> list[dict[str, Any]]:
    return [row for row in activities.to_pylist() if row["year"] == year and row["is_valid"]]


def assessment_table(assessments: pa.Table) -> Shown:
    """What people have judged, beside what is computed: whose word it is, what it says, who wrote it and when."""
    found = assessments.to_pylist()
    return Shown(
        caption="Bedömningar",
        columns=("Vem", "Målet uppfylls", "Med egna ord", "Skrivet av", "Datum"),
        rows=[
            Row(
                (
                    Html(
                        f"{escape(row['organisation'] or text.WHOLE_CITY)}"
                        f"{show.example_mark(row['origin'] == 'example')}"
                    ),
                    text.FULFILLED[row["fulfilled"]],
                    row["text"] or "–",
                    row["author"] or "–",
                    formats.date_sv(row["at"]),
                )
            )
            for row in found
        ],
        notes=("Bedömningarna är människors ord. De räknas inte ut och ändrar inga tecken ovan.",),
    )
