"""Public figures beside the programme's: reported violence and population, never judged, with their sources."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from samlad.report import charts
from samlad.swedish import numbers, words
from samlad.views.common import show
from samlad.views.common.show import Html, Row, Shown
from samlad.views.common.shown_edition import load
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
    """Reported violence per inhabitant in each district, in the year or the latest that is published."""
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
    """Say if the data folder has any public figures."""
    return bool(load("reported_violence", year=None).num_rows)


def population(rows: pa.Table, by_value: bool, chosen: tuple[str, ...]) -> Html:
    """How many live in each district, as bars of one neutral colour in the order of the picture beside, and in all."""
    found = [row for row in rows.to_pylist() if row["population"] is not None]
    places = [row for row in found if row["kind"] == "district"]
    if by_value:
        places.sort(key=lambda row: -row["rate_per_1000"])
    most = max((row["population"] for row in places), default=1)
    bars = "".join(
        f"<dt>{named(row['place'], chosen)}</dt><dd><b style='width:{60 * row['population'] / most:.1f}%'></b>"
        f"{numbers.number(row['population'])}</dd>"
        for row in places
    )
    whole = next((row for row in found if row["kind"] == "city"), None)
    said = f" Hela staden: {numbers.number(whole['population'])}." if whole else ""
    return Html(
        f'<h3>Folkmängd 31 december {year_of(rows)}</h3><dl class="population">{bars}</dl>'
        f'<p class="small">Källa: SCB.{said}</p>'
    )


def _of_another_year(rows: pa.Table, year: int) -> list[str]:
    shown = year_of(rows)
    return [f"Siffrorna är publicerade för {shown}. Det valda året är {year}."] if shown != year else []


def reported_violence(year: int) -> pa.Table:
    """The public figures of the year, or of the latest year that is published."""
    rows = load("reported_violence", year=year)
    return rows if rows.num_rows else load("reported_violence", year=None)


def violence_title(year: int) -> str:
    """The title of the public figures."""
    return f"{words.REPORTED_VIOLENCE} {year}"


def year_of(rows: pa.Table) -> int:
    """The year the public figures are of."""
    found: int = rows.column("year")[0].as_py()
    return found


def violence_sentence(rows: pa.Table) -> str:
    """What the public figures say, without judging them."""
    found = {row["kind"]: row for row in rows.to_pylist()}
    together, city, rest = (found.get(kind) for kind in ("districts", "city", "remainder"))
    said = []
    if together is not None:
        counted = f"{numbers.number(together['count'])} våldsbrott anmäldes i stadsdelarna {together['year']}"
        if city is not None and rest is not None:
            counted += (
                f" och {numbers.number(city['count'])} i hela staden; {numbers.number(rest['count'])} har ingen känd "
                "plats i någon stadsdel"
            )
        said.append(f"{counted}.")
        if together["rate_per_1000"] is not None:
            rate = numbers.rate(together["rate_per_1000"], 1000, "invånare")
            said.append(f"Det är {rate} i stadsdelarna tillsammans.")
    elif city is not None:
        said.append(f"{numbers.number(city['count'])} våldsbrott anmäldes i hela staden {city['year']}.")
    return " ".join(said)


def violence_drawn(rows: pa.Table, by_value: bool) -> pa.Table:
    """What the chart of public figures draws: the districts, all in one neutral colour."""
    found = rows.to_pylist()
    together = next((row["rate_per_1000"] for row in found if row["kind"] == "districts"), None)
    places = [row for row in found if row["kind"] == "district" and row["rate_per_1000"] is not None]
    if by_value:
        places.sort(key=lambda row: -row["rate_per_1000"])
    return pa.Table.from_pylist(
        [
            {
                "district": row["place"],
                "shape": "none",
                "tone": "neutral",
                "word_after": "",
                "word_before": "",
                "told": f"{row['place']}: {numbers.number(row['count'])} anmälda brott, "
                f"{numbers.rate(row['rate_per_1000'], 1000, 'invånare')}; osäkerhet "
                f"{numbers.interval(row['lower_95'], row['upper_95'], 'rate')}",
                "missing": "",
                "value": row["rate_per_1000"],
                "lower": row["lower_95"],
                "upper": row["upper_95"],
                "rest": together,
                "target": None,
                "is_open": False,
            }
            for row in places
        ],
        DRAWN,
    )


def violence_table(rows: pa.Table, caption: str, chosen: tuple[str, ...] = ()) -> Shown:
    """The public figures with their counts, the sum beside the city, and what has no place as a row of its own."""
    return Shown(
        caption=caption,
        columns=("Område", "Anmälda brott", "Folkmängd", "Per 1 000 invånare", "95 % osäkerhet", "Publicerat"),
        numbers=frozenset(range(1, 6)),
        rows=[Row(_violence_cells(row, chosen), is_total=row["kind"] != "district") for row in rows.to_pylist()],
        notes=(
            "Per 1 000 invånare är räknat ur antalen; bredvid står det tal som källan publicerat.",
            f"Källa: {rows.column('source')[0].as_py()}. Folkmängd 31 december: SCB.",
        ),
    )


def _violence_cells(row: Mapping[str, Any], chosen: tuple[str, ...]) -> tuple[str, ...]:
    has_rate = row["rate_per_1000"] is not None
    return (
        named(row["place"], chosen),
        numbers.number(row["count"]),
        numbers.number(row["population"]) if row["population"] is not None else "–",
        numbers.decimal(row["rate_per_1000"], 2) if has_rate else "–",
        numbers.interval(row["lower_95"], row["upper_95"], "rate") if has_rate else "–",
        numbers.decimal(row["published_rate"], 2) if row["published_rate"] is not None else "–",
    )


def violence_legend() -> list[tuple[Html, str]]:
    """What the marks of the public figures mean."""
    return [
        (show.shape("circle", charts.TEAL), "anmälda våldsbrott per 1 000 invånare"),
        (show.shape("line", charts.GREY), words.INTERVAL),
        (show.shape("tick", charts.GREY), "stadsdelarna tillsammans"),
    ]
