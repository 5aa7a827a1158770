"""What Stadsdelar says: titles, sentences, what the chart draws and its table. Every figure comes from a query row."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from samlad import charts, formats, text
from samlad.views import phrases, show
from samlad.views.choose import Indicator, Organisation
from samlad.views.show import Html, Row, Shown
from samlad.views.snapshot import load

DRAWN = pa.schema(
    [
        *(
            (name, pa.string())
            for name in ("district", "shape", "tone", "word_after", "word_before", "told", "missing")
        ),
        *((name, pa.float64()) for name in ("value", "lower", "upper", "rest", "target")),
        ("is_open", pa.bool_()),
    ]
)
"""The rows a chart of districts draws, as charts.districts takes them."""

DIVISIONS = {None: "dagens indelning", "reported": "som rapporterat"}


def title(indicator: Indicator, year: int) -> str:
    """The page's title, naming the selection."""
    return f"Stadsdelar: {indicator.name} {year}"


def chart_title(indicator: Indicator, year: int, sex: str, division: str | None, by_value: bool) -> str:
    """The chart's title, naming everything that is chosen."""
    who = f", {text.SEXES[sex].lower()}" if sex != "total" else ""
    return f"{indicator.name} {year}{who}, {DIVISIONS[division]}{', efter värde' if by_value else ''}"


def why_nothing(indicator: Indicator, year: int) -> str:
    """Why there is nothing to compare, and what to do."""
    years = [str(found) for found in indicator.found["years"]]
    if not years:
        return f"Ingen stadsdelsnämnd har rapporterat {indicator.name} än. Välj en annan indikator."
    return (
        f"Ingen stadsdelsnämnd har rapporterat {indicator.name} för {year}. Det finns tal för {text.listed(years, 9)}."
    )


def sentence(rows: pa.Table) -> str:
    """How the districts differ, in a few sentences, from the rows of the comparison."""
    found = rows.to_pylist()
    reported = [row for row in found if row["value"] is not None]
    if not reported:
        return "Ingen stadsdel har något tal att visa: de är skyddade, inte rapporterade eller inte tillämpliga."
    said = [_differences(reported)]
    if len(reported) < len(found):
        said.append(f"{formats.of(len(reported), len(found))} stadsdelar har ett tal att visa.")
    met = [row for row in found if row["outcome"] is not None]
    if met:
        reached = sum(row["outcome"] == "met" for row in met)
        said.append(f"{formats.of(reached, len(met))} nådde årsmålet.")
    return " ".join(said)


def _differences(reported: Sequence[Mapping[str, Any]]) -> str:
    compared = [row for row in reported if row["comparison"] is not None]
    if not compared:
        return {
            "count": "Antal jämförs inte med resten av staden, för att stadsdelarna är olika stora.",
            "index": "Index jämförs inte med resten av staden, för att spridningen i svaren inte är känd.",
            "yes_no": "Svaren är ja eller nej och jämförs inte med resten av staden.",
        }.get(reported[0]["measure"], "Resten av staden har inget tal att jämföra med.")
    certain = [f"{row['district']} ({text.COMPARISONS[row['comparison']]})" for row in compared if _is_certain(row)]
    maybe = [
        f"{row['district']} ({text.COMPARISONS[row['comparison'].removeprefix('maybe_')]})"
        for row in compared
        if _is_possible(row)
    ]
    total = f"{len(compared)} {text.counted('stadsdelar', len(compared))}"
    if not certain and not maybe:
        return f"Ingen av {total} skiljer sig säkert från resten av staden."
    said = [
        f"{len(certain)} av {total} skiljer sig säkert från resten av staden: {text.listed(certain)}."
        if certain
        else f"Ingen av {total} skiljer sig säkert från resten av staden."
    ]
    if maybe:
        said.append(f"{len(maybe)} skiljer sig möjligen: {text.listed(maybe)}.")
    return " ".join(said)


def _is_certain(row: Mapping[str, Any]) -> bool:
    return row["comparison"] in ("higher", "lower")


def _is_possible(row: Mapping[str, Any]) -> bool:
    return row["comparison"] in ("maybe_higher", "maybe_lower")


def ordered(rows: pa.Table, by_value: bool) -> pa.Table:
    """The districts in the fixed order, or by value with those without a figure last."""
    return rows.sort_by([("value", "descending"), ("district", "ascending")]) if by_value else rows


def has_figures(rows: pa.Table) -> bool:
    """Whether any district has a figure, or a reason other than that nothing has come."""
    return any(reason != "-" for reason in rows.column("missing_reason").to_pylist())


def is_example(rows: pa.Table) -> bool:
    """Whether any of it is made up."""
    return "example" in rows.column("origin").to_pylist()


def spec(rows: pa.Table, organisation: Organisation) -> dict[str, Any]:
    """The chart for the rows; the organisation in the frame is set in bold."""
    measure, unit = rows.column("measure")[0].as_py(), rows.column("unit")[0].as_py()
    axis = {"share": "Andel", "yes_no": "Svar"}.get(measure, f"{unit[0].upper()}{unit[1:]}")
    return charts.districts(measure, axis, bold(organisation))


def bold(organisation: Organisation) -> str:
    """The district to set in bold, none for the whole city."""
    return "" if organisation.is_city else organisation.name


def about(indicator: Indicator) -> list[tuple[str, str]]:
    """What the indicator counts and where it comes from."""
    found = indicator.found
    pairs = [("Mäter", found["name"]), ("Definition", found["definition"]), ("Källa", found["indicator_source"])]
    if found["break_note"]:
        pairs.append((f"Ny definition {found['break_year']}", found["break_note"]))
    return [(name, said) for name, said in pairs if said]


def reported_violence(year: int) -> pa.Table:
    """The public figures of the year, or of the latest year that is published."""
    rows = load("reported_violence", year=year)
    return rows if rows.num_rows else load("reported_violence", year=None)


def violence_title(year: int) -> str:
    """The title of the public figures."""
    return f"{text.REPORTED_VIOLENCE} {year}"


def year_of(rows: pa.Table) -> int:
    """The year the public figures are of."""
    found: int = rows.column("year")[0].as_py()
    return found


def drawn(rows: pa.Table) -> pa.Table:
    """What the chart draws, a row a district. What is protected has no number in it, and says so."""
    return pa.Table.from_pylist(
        [
            {
                "district": row["district"],
                "shape": row["comparison"] or "none",
                "tone": phrases.tone(row),
                "word_after": phrases.comparison(row) if row["comparison"] in ("higher", "maybe_higher") else "",
                "word_before": phrases.comparison(row) if row["comparison"] in ("lower", "maybe_lower") else "",
                "told": told(row),
                "missing": "" if row["value"] is not None else phrases.figure(row),
                "value": row["value"],
                "lower": row["lower_95"],
                "upper": row["upper_95"],
                "rest": row["rest_value"],
                "target": row["target"],
                "is_open": _is_possible(row),
            }
            for row in rows.to_pylist()
        ],
        DRAWN,
    )


def told(row: Mapping[str, Any]) -> str:
    """One district in a sentence."""
    if row["missing_reason"] == "..":
        return f"{row['district']}. {text.PROTECTED}"
    said = [f"{row['district']}: {phrases.figure(row)}"]
    if row["value"] is not None and row["lower_95"] is not None:
        said.append(f"osäkerhet {phrases.interval(row)}")
    if row["rest_value"] is not None:
        said.append(f"resten av staden {phrases.rest(row)}: {phrases.comparison(row)}")
    if row["target"] is not None:
        said.append(f"årsmål {phrases.target(row)}")
    return "; ".join(said)


def table(rows: pa.Table, caption: str) -> Shown:
    """The table twin: the chart's numbers with their counts, and the words for what is missing."""
    found = rows.to_pylist()
    columns = {
        "Stadsdel": [row["district"] for row in found],
        "Utfall": [phrases.figure(row) for row in found],
        "95 % osäkerhet": [phrases.interval(row) for row in found],
        "Mot resten av staden": [phrases.comparison(row) for row in found],
        "Resten av staden": [phrases.rest(row) for row in found],
        "Årsmål": [phrases.target(row) for row in found],
        "Mot årsmålet": [phrases.outcome(row["outcome"]) if row["outcome"] else "" for row in found],
    }
    kept = {name: held for name, held in columns.items() if any(held)}
    return Shown(
        caption=caption,
        columns=tuple(kept),
        rows=[Row([one or "–" for one in held]) for held in zip(*kept.values(), strict=True)],
        notes=show.reasons_note(row["missing_reason"] for row in found),
        is_example=is_example(rows),
    )


def legend(rows: pa.Table) -> list[tuple[Html, str]]:
    """What the chart's marks mean: those that stand in it."""
    found = rows.to_pylist()
    used = {(row["comparison"], phrases.tone(row)) for row in found if row["value"] is not None}
    shown = []
    if any(row["lower_95"] is not None for row in found):
        shown.append((show.shape("line", charts.GREY), "95 % osäkerhet: så långt slumpen ensam kan flytta talet"))
    shown += [
        (show.shape(charts.SHAPES[key], charts.TONES[tone], is_open=key.startswith("maybe")), words)
        for key, words in text.COMPARISONS.items()
        for comparison, tone in sorted(used, key=str)
        if comparison == key
    ]
    if any(row["rest_value"] is not None for row in found):
        shown.append((show.shape("tick", charts.GREY), "resten av staden"))
    if any(row["target"] is not None for row in found):
        shown.append((show.shape("diamond", charts.OCHRE, is_open=True), "årsmål"))
    return shown


def violence_sentence(rows: pa.Table) -> str:
    """What the public figures say, without judging them."""
    found = {row["kind"]: row for row in rows.to_pylist()}
    together, city, rest = found["districts"], found["city"], found["remainder"]
    return (
        f"{formats.number(together['count'])} våldsbrott anmäldes i stadsdelarna {together['year']} och "
        f"{formats.number(city['count'])} i hela staden; {formats.number(rest['count'])} har ingen känd plats i någon "
        f"stadsdel. Det är {formats.rate(together['rate_per_1000'], 1000, 'invånare')} i stadsdelarna tillsammans."
    )


def violence_drawn(rows: pa.Table, by_value: bool) -> pa.Table:
    """What the chart of public figures draws: the districts, all in one neutral colour."""
    found = rows.to_pylist()
    together = next(row["rate_per_1000"] for row in found if row["kind"] == "districts")
    places = [row for row in found if row["kind"] == "district"]
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
                "told": f"{row['place']}: {formats.number(row['count'])} anmälda brott, "
                f"{formats.rate(row['rate_per_1000'], 1000, 'invånare')}; osäkerhet "
                f"{formats.interval(row['lower_95'], row['upper_95'], 'rate')}",
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


def violence_table(rows: pa.Table, caption: str) -> Shown:
    """The public figures with their counts, the sum beside the city, and what has no place as a row of its own."""
    return Shown(
        caption=caption,
        columns=("Område", "Anmälda brott", "Folkmängd", "Per 1 000 invånare", "95 % osäkerhet", "Publicerat"),
        numbers=frozenset(range(1, 6)),
        rows=[Row(_violence_cells(row), is_total=row["kind"] != "district") for row in rows.to_pylist()],
        notes=(
            "Per 1 000 invånare är räknat ur antalen; bredvid står det tal som källan publicerat.",
            f"Källa: {rows.column('source')[0].as_py()}. Folkmängd 31 december: SCB.",
        ),
    )


def _violence_cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    has_rate = row["rate_per_1000"] is not None
    return (
        row["place"],
        formats.number(row["count"]),
        formats.number(row["population"]) if row["population"] is not None else "–",
        formats.decimal(row["rate_per_1000"], 2) if has_rate else "–",
        formats.interval(row["lower_95"], row["upper_95"], "rate") if has_rate else "–",
        formats.decimal(row["published_rate"], 2) if row["published_rate"] is not None else "–",
    )


def violence_legend() -> list[tuple[Html, str]]:
    """What the marks of the public figures mean."""
    return [
        (show.shape("circle", charts.TEAL), "anmälda våldsbrott per 1 000 invånare"),
        (show.shape("line", charts.GREY), "95 % osäkerhet: så långt slumpen ensam kan flytta talet"),
        (show.shape("tick", charts.GREY), "stadsdelarna tillsammans"),
    ]
