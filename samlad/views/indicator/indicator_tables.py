"""Tables of Indikator: by organisation, by sex, over a year's periods, årsmål, versions, the regional twin.

Sentences and the chart are in `indicator_history`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby

from samlad.foundation import arrival_day
from samlad.foundation.rows import (
    IndicatorCatalogueRow,
    IndicatorFiguresRow,
    IndicatorVersionsRow,
    RegionalTwinRow,
)
from samlad.judgement.verdicts import Verdict
from samlad.swedish import numbers, row_words, words
from samlad.swedish.row_kinds import PlainFigure
from samlad.views.common import judged_indicators, phrases, show
from samlad.views.common.show import Html, Row, Shown
from samlad.warehouse.catalogue_choices import Organisation

Verdicts = Mapping[tuple[str, int], Verdict]
"""Verdicts on an indicator by organisation, or CITY, and year."""

CITY = "CITY"
STANDINGS = {"current": "gäller", "replaced": "ersatt av en senare", "withdrawn": "tillbakadragen"}
NEVER_OLD = (
    "Tal ur äldre versioner visas aldrig när det är personer eller händelser som räknas, och inte heller ur det som "
    "har dragits tillbaka."
)
YEARS_ONLY = (
    "Tal om personer visas bara för helår: skillnaden mellan två perioder skulle annars kunna avslöja ett litet antal."
)


def tables(
    chosen: IndicatorCatalogueRow,
    figures: Sequence[IndicatorFiguresRow],
    versions: Sequence[IndicatorVersionsRow],
    year: int,
    organisation: Organisation,
) -> Iterator[Shown]:
    """Yield the tables that have rows, in order."""
    yield from _filled(
        by_organisation(figures, chosen, organisation, _verdicts(chosen)),
        by_sex(figures, organisation),
        over_the_year(figures, chosen, year, organisation),
        targets(figures, organisation),
        version_table(versions, chosen),
    )


def _filled(*shown: Shown) -> Iterator[Shown]:
    yield from (one for one in shown if one.rows)


def _whole_years(rows: Iterable[IndicatorFiguresRow], sex: str | None = "total") -> list[IndicatorFiguresRow]:
    return [row for row in rows if row.period == "VB" and sex in (None, row.sex)]


def _years(rows: Iterable[IndicatorFiguresRow]) -> list[int]:
    return sorted({row.year for row in rows})


def _is_asked(row: IndicatorFiguresRow) -> bool:
    """Return True if a report was asked for. Else the row is there for its årsmål."""
    return row.parts is not None


def _verdicts(chosen: IndicatorCatalogueRow) -> Verdicts:
    """Return the verdict on the indicator for each organisation and the city, year by year."""
    held = judged_indicators.of_everyone(indicator_id=chosen.indicator_id)
    return {(key, year): verdict for (key, _), one in held.items() for year, verdict in one.verdicts.items()}


def by_organisation(
    rows: Sequence[IndicatorFiguresRow], chosen: IndicatorCatalogueRow, organisation: Organisation, verdicts: Verdicts
) -> Shown:
    """Return each organisation's figure and årsmål, year by year, and the city's last.

    For a chosen organisation, only its own.
    """
    found = [
        row
        for row in _whole_years(rows)
        if _is_asked(row) and (organisation.is_city or row.organisation_id in (CITY, organisation.organisation_id))
    ]
    columns = _years(found)
    shown = []
    order = sorted(found, key=lambda row: row.organisation_id == CITY)
    for organisation_id, held in groupby(order, key=lambda row: row.organisation_id):
        by_year = {row.year: row for row in held}
        cells = [
            _met_cell(by_year[one], verdicts.get((organisation_id, one))) if one in by_year else "–" for one in columns
        ]
        shown.append(Row((_name(by_year[min(by_year)]), *cells), is_total=organisation_id == CITY))
    return Shown(
        caption="Per organisation och år, dagens indelning",
        columns=("Organisation", *map(str, columns)),
        rows=shown if len(shown) > 1 else [],
        notes=[
            *show.reasons_note(row.missing_reason for row in found if not row_words.is_not_added(row)),
            *(["Kan inte räknas om: delarna har inga antal att lägga ihop."] if _has_unbuildable(found) else []),
            *([YEARS_ONLY] if chosen.counts == "persons" and chosen.periods != "VB" else []),
        ],
        is_example=_is_example(found),
    )


def _is_example(rows: Iterable[IndicatorFiguresRow | IndicatorVersionsRow]) -> bool:
    return any(row.origin == "example" for row in rows)


def _has_unbuildable(rows: Iterable[IndicatorFiguresRow]) -> bool:
    return any(row.rebuilt == "not_rebuildable" for row in rows)


def _name(row: IndicatorFiguresRow) -> str:
    return row.organisation or words.WHOLE_CITY


def _met_cell(row: IndicatorFiguresRow, verdict: Verdict | None) -> Html:
    """Return a figure, its årsmål, and its mark where the figure is tested against the årsmål."""
    is_ended, has_owner = False, True
    if verdict is not None and verdict.value is None:
        is_ended, has_owner = verdict.case.is_ended, verdict.case.has_owner
    figure = phrases.figure(row, beside=row.target, is_ended=is_ended, has_owner=has_owner)
    target = phrases.target(row)
    if not target:
        return Html(escape(figure))
    mark = ""
    if verdict is not None and verdict.is_tried:
        mark = f"{'✓ nått' if verdict.met else 'nåddes inte' if verdict.met is False else verdict.mark.word}, "
    return Html(f'{escape(figure)}<br><span class="small">{mark}årsmål {escape(target)}</span>')


def by_sex(rows: Sequence[IndicatorFiguresRow], organisation: Organisation) -> Shown:
    """Return women, men and the rest for the selection, year by year.

    Empty where they are not reported apart.
    """
    whose = organisation.organisation_id or CITY
    found = [row for row in _whole_years(rows, sex=None) if row.organisation_id == whose and _is_asked(row)]
    columns = _years(found)
    shown = []
    for sex, wording in (*((key, word) for key, word in words.SEXES.items() if key != "total"), ("total", "Alla")):
        by_year = {row.year: row for row in found if row.sex == sex}
        if by_year:
            cells = [_figure(by_year[one]) if one in by_year else "–" for one in columns]
            shown.append(Row((wording, *cells), is_total=sex == "total"))
    return Shown(
        caption="Kvinnor och män",
        columns=("Kön", *map(str, columns)),
        rows=shown if len(shown) > 1 else [],
        notes=show.reasons_note(row.missing_reason for row in found),
        is_example=_is_example(found),
    )


def over_the_year(
    rows: Sequence[IndicatorFiguresRow], chosen: IndicatorCatalogueRow, year: int, organisation: Organisation
) -> Shown:
    """Return outcome and own forecast in each period of the year, an organisation a row.

    For measures of persons, the whole year only.
    """
    asked = chosen.periods.split()
    found = [
        row
        for row in rows
        if row.year == year
        and row.sex == "total"
        and row.organisation_id != CITY
        and organisation.organisation_id in (None, row.organisation_id)
        and (row.period != "VB" or _is_asked(row))
    ]
    is_hidden = chosen.counts == "persons"
    shown, reasons = [], {row.missing_reason for row in found}
    for _, held in groupby(found, key=lambda row: row.organisation_id):
        by_period = {row.period: row for row in held}
        first = next(iter(by_period.values()))
        shown.append(Row((_name(first), *(_outcome_cell(by_period.get(one)) for one in asked))))
        reasons |= {"-"} if len(by_period) < len(asked) else set()
    return Shown(
        caption=f"Tertial och helår {year}: utfall och egen prognos för året",
        columns=("Organisation", *(words.PERIODS[one] for one in asked)),
        rows=[] if is_hidden or len(asked) < 2 else shown,
        notes=show.reasons_note(reasons),
        is_example=_is_example(found),
    )


def _figure(row: IndicatorFiguresRow) -> str:
    return phrases.figure(row, beside=row.target)


def _outcome_cell(row: IndicatorFiguresRow | None) -> Html:
    if row is None:
        return Html(words.missing("-"))
    forecast = ""
    if row.forecast is not None:
        said = numbers.figure(row.forecast, row.measure, unit=row.unit)
        forecast = f'<br><span class="small">prognos {escape(said)}</span>'
    return Html(f"{escape(_figure(row))}{forecast}")


def targets(rows: Sequence[IndicatorFiguresRow], organisation: Organisation) -> Shown:
    """Return KF's årsmål for the city, and each nämnd's own."""
    found = [row for row in _whole_years(rows) if row.target is not None]
    columns = _years(found)
    shown, has_own = [], False
    for organisation_id, held in groupby(found, key=lambda row: row.organisation_id):
        by_year = {row.year: row for row in held}
        first = next(iter(by_year.values()))
        is_own = any(row.target_set_by == "namnd" for row in by_year.values())
        is_chosen = organisation_id == organisation.organisation_id
        if organisation_id == CITY:
            whose = f"KF, {words.WHOLE_CITY.lower()}"
        elif is_chosen or (organisation.is_city and is_own):
            whose = _name(first)
        else:
            continue
        cells = [phrases.target(by_year[one]) if one in by_year else "–" for one in columns]
        shown.append(Row((whose, *cells)))
        has_own = has_own or is_own
    return Shown(
        caption="Årsmål, satta av KF och av nämnderna",
        columns=("Satt för", *map(str, columns)),
        rows=shown,
        notes=["Nämndens eget årsmål går före KF:s när nämnden bedöms."] if has_own else [],
        is_example=_is_example(found),
    )


def version_table(versions: Sequence[IndicatorVersionsRow], chosen: IndicatorCatalogueRow) -> Shown:
    """Return the versions of reports that have come more than once.

    Each has its day, and its figure where that may be shown.
    """
    has_figures = any(row.value is not None for row in versions)
    shown, told = [], set()
    for row in versions:
        where = (row.organisation, row.year, row.period, row.version, row.submission_id)
        if not has_figures and where in told:
            continue  # women, men and all of one report, of which no figure is shown
        told.add(where)
        sex = words.SEXES[row.sex] if has_figures and row.sex != "total" else ""
        said = arrival_day.words(row.received_on, row.loaded_on)
        shown.append(
            Row(
                (
                    ", ".join(filter(None, (row.organisation, sex))),
                    f"{words.PERIODS[row.period]} {row.year}",
                    str(row.version),
                    said,
                    _version_figure(row, chosen),
                    STANDINGS[row.standing],
                )
            )
        )
    return Shown(
        caption="Tal som har lämnats in mer än en gång",
        columns=("Organisation", "Period", "Version", "Inlämnad", "Tal", "Status"),
        rows=shown,
        notes=[NEVER_OLD] if any(row.value is None for row in versions) else [],
        is_example=_is_example(versions),
    )


def _version_figure(row: IndicatorVersionsRow, chosen: IndicatorCatalogueRow) -> str:
    if row.value is None:
        return "se tabellerna ovan" if row.standing == "current" else "visas inte"
    return phrases.figure(
        PlainFigure(row.value, row.numerator, row.denominator, chosen.measure, chosen.unit, chosen.counts)
    )


def twin_table(twin: Sequence[RegionalTwinRow]) -> Shown:
    """Return the public measures of the same goal, each with its latest published figures."""
    shown = []
    for _, held in groupby(twin, key=lambda row: row.measure_id):
        rows = list(held)
        latest = "; ".join(filter(None, map(_twin_figure, rows)))
        first = rows[0]
        shown.append(Row((first.name, latest or "inget värde här", first.owner or "–", first.note or "–")))
    return Shown(
        caption="Regionala och nationella mått för målet",
        columns=("Mått", "Senast publicerat", "Ansvarig för uppgiften", "Att tänka på"),
        rows=shown,
    )


def _twin_figure(row: RegionalTwinRow) -> str:
    if row.value is None:
        return ""
    digits = numbers.decimal(row.value, 0 if row.value == int(row.value) else 1)
    sex = {"women": ", kvinnor", "men": ", män", "girls": ", flickor", "boys": ", pojkar"}.get(row.sex or "", "")
    about = "omkring " if row.approximate else ""
    return f"{row.area} {row.year}{sex}: {about}{digits} {row.unit}"
