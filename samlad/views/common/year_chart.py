"""An indicator over the years: the charts' rows, the meanings of shapes, and events.

Drawing belongs in `charts.years` and `small_chart`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any, Protocol

import pyarrow as pa

from samlad.foundation.rows import IndicatorCasesRow
from samlad.report import charts
from samlad.swedish import numbers, row_words, sentences, words
from samlad.views.common import choose, show
from samlad.views.common.judged_indicators import Judged
from samlad.views.common.show import Html
from samlad.warehouse.catalogue_choices import Organisation

DRAWN = pa.schema(
    [
        *((name, pa.string()) for name in ("year", "part", "break_word", "event_word", "missing", "told")),
        *((name, pa.float64()) for name in ("value", "open", "joined", "lower", "upper", "target", "pace")),
        *((name, pa.float64()) for name in ("towards", "ahead", "ahead_lower", "ahead_upper", "own")),
    ]
)
"""Rows a chart of years draws, as charts.years takes them. value is whole, open lacks answers, joined by a line."""


def drawn(one: Judged, year: int, events: Mapping[int, str] | None = None) -> pa.Table:
    """Return the rows that a chart draws, a row a year. A protected year has no number, and says so.

    events are words on the events of a year.
    """
    ahead = one.verdicts[year].forecast
    years = sorted({*one.followed_years, *((ahead.year,) if ahead else ())})
    return pa.Table.from_pylist([_point(one, at, year, (events or {}).get(at, "")) for at in years], DRAWN)


def _point(one: Judged, at: int, year: int, event: str) -> dict[str, Any]:
    row = one.rows.get(at)
    told = f"{at}: {sentences.short(one.verdicts[at])}" if row else ""
    plain = {"year": str(at), "part": "", "break_word": "", "event_word": event, "missing": ""}
    shown = _figures(one, at, row) if row else {}
    return {**plain, **shown, **_ahead(one, at, year, told), "pace": _required(one, at, year)}


def _figures(one: Judged, at: int, row: IndicatorCasesRow) -> dict[str, Any]:
    around, break_year, is_whole = one.interval(at), row.break_year, one.is_whole(at)
    return {
        "part": "after" if break_year is not None and at >= break_year else "before",
        "break_word": "ny definition" if at == break_year else "",
        "missing": "" if row.value is not None else one.verdicts[at].mark.symbol,
        "value": row.value if is_whole else None,
        "open": None if is_whole else row.value,
        "joined": row.value if is_whole or row.measure != "count" else None,
        "lower": around.lower if around else None,
        "upper": around.upper if around else None,
        "target": row.target,
        "own": row.own_forecast,
    }


def _ahead(one: Judged, at: int, year: int, told: str) -> dict[str, Any]:
    """Return our line from the judged year to the last årsmål."""
    verdict = one.verdicts[year]
    ahead = verdict.forecast
    if ahead is None or ahead.is_own or at not in (year, ahead.year):
        return {"told": told}
    if at == year:
        return {"told": told, "towards": verdict.value}
    said = sentences.forecast(verdict)
    if not said:
        return {"told": told}
    around = ahead.interval
    return {
        "told": " ".join(filter(None, (told and f"{told}.", said))),
        "towards": ahead.value,
        "ahead": ahead.value,
        "ahead_lower": around.lower if around else None,
        "ahead_upper": around.upper if around else None,
    }


def _required(one: Judged, at: int, year: int) -> float | None:
    """Return the required pace at a year: the straight line from base to last årsmål, None outside."""
    verdict = one.verdicts[year]
    case, change, aim = verdict.case, verdict.change, verdict.case.final_target
    if change is None or aim is None or case.base_year is None or not case.base_year <= at <= aim[1]:
        return None
    way = (at - case.base_year) / (aim[1] - case.base_year) if aim[1] > case.base_year else 1.0
    return change.base + way * (aim[0] - change.base)


def missing_reason(row: IndicatorCasesRow) -> str | None:
    """Return the reason code to explain below a year's figure.

    None for codes that explain themselves: not added, no owner, ended.
    """
    is_own_word = row_words.is_not_added(row_words.of_case(row)) or row.is_ended or not row.has_owner
    return None if is_own_word else row.missing_reason


DASHES = Html(f'<b aria-hidden="true" style="color:{charts.OCHRE}">╌╌</b> ')


def shapes(rows: pa.Table) -> list[tuple[Html, str]]:
    """Return the meanings of the shapes drawn in a chart of years."""
    offered = (
        ("value", show.shape("circle", charts.BLUE), "utfall"),
        ("open", show.shape("circle", charts.BLUE, is_open=True), "utfall där svar saknas"),
        ("lower", show.shape("line", charts.GREY), "osäkerhet"),
        ("target", show.shape("diamond", charts.OCHRE, is_open=True), "årsmål"),
        ("pace", DASHES, "takten som krävs"),
    )
    return [(shape, words) for name, shape, words in offered if rows[name].null_count < rows.num_rows]


def forecast_shapes(rows: pa.Table) -> list[tuple[Html, str]]:
    """Return the meanings of the forecasts' shapes that are drawn."""
    ours, own = (rows[name].null_count < rows.num_rows for name in ("ahead", "own"))
    shapes = (
        (ours, show.shape("square", charts.BLUE, is_open=True), "vår prognos, om det fortsätter i samma takt"),
        (own, show.shape("triangle-right", charts.TEAL, is_open=True), "egen prognos, lämnad under året"),
    )
    return [(shape, words) for is_drawn, shape, words in shapes if is_drawn]


def legend(shapes: Sequence[tuple[Html, str]]) -> None:
    """Show the meanings of the charts' shapes."""
    show.html(f'<div class="legend">{"".join(f"<span>{mark}{escape(words)}</span>" for mark, words in shapes)}</div>')


def merged(organisation: Organisation) -> dict[date, list[Organisation]]:
    """Return the merged districts of the programme's years that concern the organisation, by day."""
    offered = choose.choices()
    made: dict[date, list[Organisation]] = {}
    for one in offered.organisations.values():
        is_new = one.predecessors and one.valid_from and one.valid_from.year in offered.years
        if is_new and one.valid_from and (organisation.is_city or organisation.name in (one.name, *one.predecessors)):
            made.setdefault(one.valid_from, []).append(one)
    return made


def events(organisation: Organisation) -> dict[int, str]:
    """Return events of the organisation, or of the city's districts, in a few words, by year."""
    return {
        day.year: f"{words.listed([one.name for one in made])} bildas" for day, made in merged(organisation).items()
    }


class RebuiltRow(Protocol):
    """A row with its district, and how its figure came about."""

    @property
    def organisation_id(self) -> str: ...
    @property
    def rebuilt(self) -> str | None: ...


def rebuilt(rows: Iterable[RebuiltRow]) -> set[str]:
    """Return the districts whose figure in these rows has been put together from their parts' figures."""
    return {row.organisation_id for row in rows if row.rebuilt == "rebuilt"}


CITY = Organisation(None, words.WHOLE_CITY)


def merger_words(shown: Collection[str], organisation: Organisation = CITY) -> list[str]:
    """Return a sentence for each day of mergers, on their effect on the figures.

    shown are the districts rebuilt in the rows shown.

    Nothing where nothing shown has been rebuilt, or nothing that concerns the organisation.
    """
    concerned = {
        day: [one for one in made if one.organisation_id in shown] for day, made in merged(organisation).items()
    }
    return [
        f"{numbers.date_sv(day)} bildades "
        f"{words.listed([f'{one.name} (av {words.listed(list(one.predecessors))})' for one in made])}. "
        "Tal från åren före är omräknade genom att delarnas antal har lagts ihop."
        for day, made in concerned.items()
        if made
    ]
