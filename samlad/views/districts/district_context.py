"""Public figures beside the programme's: reported violence and population, never judged, with their sources.

The programme's indicators belong in `district_comparison`.
"""

from collections.abc import Sequence

import pyarrow as pa

from samlad.foundation.rows import ReportedViolenceRow
from samlad.report import charts
from samlad.swedish import numbers, words
from samlad.views.common import show
from samlad.views.common.show import Html, Row, Shown
from samlad.views.common.shown_edition import load_rows
from samlad.views.districts import district_charts
from samlad.views.districts.district_comparison import DRAWN, named
from samlad.views.districts.district_picture import Picture

CAUTION = (
    "Brotten räknas där de begicks, folkmängden där människor bor. I innerstaden vistas många som inte bor där. "
    "Anmälda brott säger inte hur mycket våld som sker, och fler anmälningar är varken bra eller dåligt i sig."
)


NONE_PUBLISHED = (
    "Datamappen har ingen offentlig statistik om anmälda våldsbrott. Välj en av programmets indikatorer, eller lägg "
    "statistiken i mappen context och publicera igen."
)


def picture(year: int, by_value: bool, chosen: tuple[str, ...]) -> Picture:
    """Return the picture of reported violence per inhabitant, in the year or the latest published."""
    rows = reported_violence(year)
    title = violence_title(year_of(rows))
    return Picture(
        spec=district_charts.dots("rate", "Per 1 000 invånare", chosen),
        rows=violence_drawn(rows, by_value),
        title=title,
        reading=violence_sentence(rows),
        legend=violence_legend(),
        table=violence_table(rows, title, chosen),
        notes=[*_of_another_year(rows, year), CAUTION, *([words.EXTREMES] if by_value else [])],
        beside=population(rows, by_value, chosen),
    )


def is_published() -> bool:
    """Return True if the data folder has any public figures."""
    return bool(load_rows(ReportedViolenceRow, year=None))


def population(rows: Sequence[ReportedViolenceRow], by_value: bool, chosen: tuple[str, ...]) -> Html:
    """Return each district's population, as bars of a neutral colour, and the city's.

    The bars stand in the order of the picture beside.
    """
    districts = [row for row in rows if row.kind == "district"]
    if by_value:
        districts.sort(key=lambda row: -(row.rate_per_1000 or 0))
    places = [(row.place, row.population) for row in districts if row.population is not None]
    most = max((number for _, number in places), default=1)
    bars = "".join(
        f"<dt>{named(place, chosen)}</dt><dd><b style='width:{60 * number / most:.1f}%'></b>"
        f"{numbers.number(number)}</dd>"
        for place, number in places
    )
    whole = next((row.population for row in rows if row.kind == "city" and row.population is not None), None)
    said = f" Hela staden: {numbers.number(whole)}." if whole is not None else ""
    return Html(
        f'<h3>Folkmängd 31 december {year_of(rows)}</h3><dl class="population">{bars}</dl>'
        f'<p class="small">Källa: SCB.{said}</p>'
    )


def _of_another_year(rows: Sequence[ReportedViolenceRow], year: int) -> list[str]:
    shown = year_of(rows)
    return [f"Siffrorna är publicerade för {shown}. Det valda året är {year}."] if shown != year else []


def reported_violence(year: int) -> list[ReportedViolenceRow]:
    """Return the public figures of the year, or of the latest year that is published."""
    return load_rows(ReportedViolenceRow, year=year) or load_rows(ReportedViolenceRow, year=None)


def violence_title(year: int) -> str:
    """Return the title of the public figures."""
    return f"{words.REPORTED_VIOLENCE} {year}"


def year_of(rows: Sequence[ReportedViolenceRow]) -> int:
    """Return the year of the public figures."""
    return rows[0].year


def violence_sentence(rows: Sequence[ReportedViolenceRow]) -> str:
    """Return the sentence on the public figures, without judging them."""
    found = {row.kind: row for row in rows}
    together, city, rest = (found.get(kind) for kind in ("districts", "city", "remainder"))
    said = []
    if together is not None:
        counted = f"{numbers.number(together.count)} våldsbrott anmäldes i stadsdelarna {together.year}"
        if city is not None and rest is not None:
            counted += (
                f" och {numbers.number(city.count)} i hela staden; {numbers.number(rest.count)} har ingen känd "
                "plats i någon stadsdel"
            )
        said.append(f"{counted}.")
        if together.rate_per_1000 is not None:
            rate = numbers.rate(together.rate_per_1000, 1000, "invånare")
            said.append(f"Det är {rate} i stadsdelarna tillsammans.")
    elif city is not None:
        said.append(f"{numbers.number(city.count)} våldsbrott anmäldes i hela staden {city.year}.")
    return " ".join(said)


def violence_drawn(rows: Sequence[ReportedViolenceRow], by_value: bool) -> pa.Table:
    """Return the chart's rows of public figures: the districts, all in a neutral colour."""
    together = next((row.rate_per_1000 for row in rows if row.kind == "districts"), None)
    places = [row for row in rows if row.kind == "district" and row.rate_per_1000 is not None]
    if by_value:
        places.sort(key=lambda row: -(row.rate_per_1000 or 0))
    return pa.Table.from_pylist(
        [
            {
                "district": row.place,
                "shape": "none",
                "tone": "neutral",
                "word_after": "",
                "word_before": "",
                "told": f"{row.place}: {numbers.number(row.count)} anmälda brott, "
                f"{numbers.rate(row.rate_per_1000 or 0, 1000, 'invånare')}; osäkerhet {_interval(row)}",
                "missing": "",
                "value": row.rate_per_1000,
                "lower": row.lower_95,
                "upper": row.upper_95,
                "rest": together,
                "target": None,
                "is_open": False,
            }
            for row in places
        ],
        DRAWN,
    )


def violence_table(rows: Sequence[ReportedViolenceRow], caption: str, chosen: tuple[str, ...] = ()) -> Shown:
    """Return the public figures with their counts, and their sum beside the city.

    Figures without a row of their own stand below.
    """
    return Shown(
        caption=caption,
        columns=("Område", "Anmälda brott", "Folkmängd", "Per 1 000 invånare", "95 % osäkerhet", "Publicerat"),
        numbers=frozenset(range(1, 6)),
        rows=[Row(_violence_cells(row, chosen), is_total=row.kind != "district") for row in rows],
        notes=(
            "Per 1 000 invånare är räknat ur antalen; bredvid står det tal som källan publicerat.",
            f"Källa: {rows[0].source}. Folkmängd 31 december: SCB.",
        ),
    )


def _interval(row: ReportedViolenceRow) -> str:
    if row.lower_95 is None or row.upper_95 is None:
        return ""
    return numbers.interval(row.lower_95, row.upper_95, "rate")


def _violence_cells(row: ReportedViolenceRow, chosen: tuple[str, ...]) -> tuple[str, ...]:
    return (
        named(row.place, chosen),
        numbers.number(row.count),
        numbers.number(row.population) if row.population is not None else "–",
        numbers.decimal(row.rate_per_1000, 2) if row.rate_per_1000 is not None else "–",
        _interval(row) or "–",
        numbers.decimal(row.published_rate, 2) if row.published_rate is not None else "–",
    )


def violence_legend() -> list[tuple[Html, str]]:
    """Return the meanings of the marks of the public figures."""
    return [
        (show.shape("circle", charts.TEAL), "anmälda våldsbrott per 1 000 invånare"),
        (show.shape("line", charts.GREY), words.INTERVAL),
        (show.shape("tick", charts.GREY), "stadsdelarna tillsammans"),
    ]
