"""Contents of Indikator: sentence, chart, caveats, and the catalogue's facts. Tables are in `indicator_tables`."""

from collections.abc import Collection, Sequence
from datetime import date
from html import escape

from samlad.foundation.rows import IndicatorCasesRow, IndicatorCatalogueRow
from samlad.judgement import robustness
from samlad.report import charts
from samlad.swedish import completeness, numbers, row_words, sentences, verdict_numbers, words
from samlad.views.common import choose, grounds_shown, judged_indicators, phrases, show, year_chart
from samlad.views.common.judged_indicators import Judged
from samlad.views.common.show import Html, Row, Shown
from samlad.warehouse.catalogue_choices import Organisation

COUNTS = {
    "persons": "personer; små antal skyddas",
    "units": "alla enheter, inget urval",
    "events": "händelser",
    "none": "inget antal",
}
TIMES = {
    "flow": "räknas från 1 januari till periodens sista dag",
    "stock": "läget på periodens sista dag",
    "survey": "en undersökning som gäller hela året",
}
DIRECTIONS = {
    "increase": "mer är bättre",
    "decrease": "mindre är bättre",
    "none": "ett högre tal är varken bra eller dåligt i sig",
}
PROVIDERS = {
    "own": "Räknar bara stadens egna verksamheter; det som andra utför åt staden är inte med.",
    "external": "Räknar bara det som andra utför åt staden.",
}
SURE = {
    "verified": "Målens ordalydelse har jämförts.",
    "inferred": "Osäkert: bara det regionala målets rubrik har kunnat läsas.",
}


def title(chosen: IndicatorCatalogueRow, year: int, organisation: Organisation) -> str:
    """Return the page's title, naming the selection."""
    whose = words.WHOLE_CITY.lower() if organisation.is_city else organisation.name
    return f"{chosen.indicator} {year}: {whose}"


def followed(chosen: IndicatorCatalogueRow, organisation: Organisation) -> Judged | None:
    """Return the indicator with every year judged. None when the organisation has no part in this indicator."""
    return next(iter(judged_indicators.judged(organisation.organisation_id, indicator_id=chosen.indicator_id)), None)


def answer(chosen: IndicatorCatalogueRow, one: Judged | None, year: int, organisation: Organisation) -> None:
    """Show figure, årsmål and mark in a sentence, or why the year has none."""
    if one is None or year not in one.followed_years:
        show.empty(why_not_followed(chosen, one, year, organisation))
    else:
        show.lead(f"År {year}: {sentences.short(one.verdicts[year])}.", example=one.is_example)


def why_not_followed(chosen: IndicatorCatalogueRow, one: Judged | None, year: int, organisation: Organisation) -> str:
    """Return why the year has nothing to show, and a next step."""
    if one is None:
        if organisation.existed(year):
            return (
                f"{organisation.name} rapporterar inte den här indikatorn. Välj Hela staden för att se stadens utfall."
            )
        return f"{organisation.name} fanns inte den 31 december {year}. Välj ett annat år eller en annan organisation."
    first, last = one.followed_years[0], one.followed_years[-1]
    when = f"{first}" if first == last else f"{first}{numbers.DASH}{last}"
    after = f" Den har ersatts av {chosen.replaced_by}." if chosen.replaced_by and year > last else ""
    return f"Indikatorn följdes {when}, inte {year}.{after} Välj ett annat år."


def picture(one: Judged | None, year: int, organisation: Organisation) -> None:
    """Show the big chart of the years, read out, with legend and table.

    A year that is not in the chart gives way to the latest.
    """
    if one is None:
        return
    held = one.followed_years
    at = year if year in held else held[-1]
    rows = year_chart.drawn(one, at, year_chart.events(organisation))
    verdict = one.verdicts[at]
    show.chart(
        charts.years(one.about.measure, _axis(one)),
        rows,
        title=f"{one.name} {held[0]}{numbers.DASH}{held[-1]}",
        reading=sentences.reading(verdict),
        table=year_table(one, at, organisation),
        legend=[*year_chart.shapes(rows), *year_chart.forecast_shapes(rows)],
        example=one.is_example,
    )


def _axis(one: Judged) -> str:
    return "" if one.about.measure == "yes_no" else one.about.unit.replace(" 000", f"{numbers.SPACE}000")


def year_table(one: Judged, at: int, organisation: Organisation) -> Shown:
    """Return the table twin of the chart: every year's figure, its certainty, its årsmål and its mark.

    Below stands the size of the change up to the year that is read out, for readers who want the numbers.
    """
    found, size = one.rows, sentences.figure_words(one.verdicts[at])
    columns = ("År", "Utfall", f"95{numbers.SPACE}% osäkerhet", "Årsmål", "Läge", "Räknat på")
    return Shown(
        caption="Utfall per år",
        columns=columns if organisation.is_city else columns[:-1],
        rows=[Row(_year_cells(one, year, organisation)) for year in found],
        notes=[*show.reasons_note(year_chart.missing_reason(row) for row in found.values()), *([size] if size else [])],
    )


def _year_cells(one: Judged, year: int, organisation: Organisation) -> Sequence[str]:
    row, around = one.rows[year], one.interval(year)
    asked = row.organisations_expected
    cells = [
        str(year),
        row_words.case_figure(row),
        verdict_numbers.span(one.verdicts[year], around) or "–",
        phrases.target(row) or "–",
        phrases.mark_html(one.verdicts[year].mark),
    ]
    return [*cells, numbers.of(row.organisations_reported, asked) if asked else "–"] if organisation.is_city else cells


def caveats(
    chosen: IndicatorCatalogueRow,
    one: Judged | None,
    year: int,
    organisation: Organisation,
    rebuilt: Collection[str] = (),
) -> list[str]:
    """Return caveats about the figure, the weightiest first.

    rebuilt are the districts shown whose figures were put together from their parts'.
    """
    row = one.rows.get(year) if one else None
    said = [
        _short_of_answers(one, year) if organisation.is_city else "",
        robustness.told(one, year) if one and year in one.followed_years else "",
        _unusual_base(row),
        _clustered(row),
        *(grounds_shown.told(one, year, organisation, but=grounds_shown.TOLD_ALREADY) if one else []),
        _break(chosen),
        _ended(chosen),
        f"Gäller bara {chosen.subgroup}." if chosen.subgroup else "",
        PROVIDERS.get(chosen.provider or "", ""),
        f"Är en del av {chosen.part_of}; talen ska inte läggas ihop." if chosen.part_of else "",
        *year_chart.merger_words(rebuilt, organisation),
        *(f"{said.removesuffix('.')}." for said in (chosen.observed or "").splitlines()),
        _unchecked(chosen),
    ]
    return [one for one in said if one]


def _short_of_answers(one: Judged | None, year: int) -> str:
    if one is None or year not in one.followed_years or one.is_whole(year):
        return ""
    verdict = one.verdicts[year]
    noun, who = completeness.reporters(one.about.reporters), [name.organisation for name in verdict.case.missing]
    came = numbers.of(one.rows[year].organisations_reported, one.rows[year].organisations_expected, noun)
    return (
        f"{came} är med i summan {year}{completeness.why_missing(verdict.case)} ({words.listed(who, 5)}). "
        "De räknas aldrig som noll."
    )


def _unusual_base(row: IndicatorCasesRow | None) -> str:
    if row is None or not row.base_note:
        return ""
    return f"{row.base_note} Utvecklingen räknas därifrån och kan därför se större eller mindre ut än den är."


def _clustered(row: IndicatorCasesRow | None) -> str:
    if row is None or not row.cluster or not row.varies:
        return ""
    return f"Fallen hör ihop ({row.cluster}). Osäkerheten är därför större än den som visas."


def _break(chosen: IndicatorCatalogueRow) -> str:
    if not chosen.break_year:
        return ""
    note = chosen.break_note or "Vad som ändrades är inte beskrivet."
    return f"Ny definition {chosen.break_year}. {note} Före och efter jämförs inte."


def _ended(chosen: IndicatorCatalogueRow) -> str:
    if not chosen.ended_note:
        return ""
    after = f" Ersatt av {chosen.replaced_by}." if chosen.replaced_by else " Inget har ersatt den."
    return f"{chosen.ended_note}{after}"


def _unchecked(chosen: IndicatorCatalogueRow) -> str:
    assumed = (chosen.confidence or "").partition("antagande")[2]
    return f"Ej kontrollerat:{assumed.partition(':')[2]}." if assumed else ""


def activities(chosen: IndicatorCatalogueRow) -> None:
    """Show the activities that the indicator measures."""
    show.listing(
        "Mäter aktiviteterna",
        (chosen.activities or "").splitlines(),
        "Ingen aktivitet i programmet är kopplad till indikatorn.",
    )


def facts(chosen: IndicatorCatalogueRow) -> list[tuple[str, str]]:
    """Return facts of the indicator: wording, definition, source and life, as names and values."""
    pairs = [
        ("Lydelse", Html(f"{escape(chosen.name)}{show.example_mark(chosen.origin == 'example')}")),
        ("Definition", chosen.definition or "Ingen definition är given."),
        ("Mål", goal_link(chosen)),
        ("Mått", f"{words.MEASURES[chosen.measure]}, {chosen.unit}; {DIRECTIONS[chosen.direction]}"),
        ("Det som räknas", COUNTS[chosen.counts]),
        ("Tid", f"{TIMES[chosen.time]}; frågas {_periods(chosen)}"),
        ("Kön", "kvinnor och män för sig" if chosen.split_by_sex else "alla tillsammans"),
        ("Basår", str(chosen.base_year or "inget")),
        ("Giltig", _life(chosen.valid_from, chosen.valid_to)),
        ("Ny definition", f"{chosen.break_year}. {chosen.break_note or ''}" if chosen.break_year else ""),
        ("Ersatt av", phrases.indicator_link(chosen.replaced_by) if chosen.replaced_by else ""),
        ("Ersätter", phrases.indicator_link(chosen.replaces) if chosen.replaces else ""),
        ("Källa", chosen.indicator_source or "ingen källa är given"),
        ("Kontrollerat", chosen.confidence),
    ]
    return [(name, said) for name, said in pairs if said]


def _periods(chosen: IndicatorCatalogueRow) -> str:
    return words.listed([words.PERIODS[one] for one in chosen.periods.split()])


def _life(valid_from: date | None, valid_to: date | None) -> str:
    since = f"från {numbers.date_sv(valid_from)}" if valid_from else "sedan före programmet"
    return f"{since} till {numbers.date_sv(valid_to)}" if valid_to else since


def goal_link(chosen: IndicatorCatalogueRow) -> Html:
    """Return the indicator's goal as a link to the goal's page."""
    name = choose.goal_name(chosen.goal_number, chosen.goal)
    at = choose.address("mal", **{choose.GOAL: name})
    return Html(f'<a href="{escape(at, quote=True)}" target="_self">{escape(name)}</a>')


def twin_words(chosen: IndicatorCatalogueRow, has_measures: bool) -> str:
    """Return the goal of the regional strategy that corresponds to the indicator's goal, and the certainty."""
    if chosen.regional_number is None:
        return "Målet har inget motsvarande mål i den regionala strategin."
    measured = "Måtten nedan gäller målet, inte just den här indikatorn, och de är inte räknade på samma sätt."
    return (
        f"Stadens mål {chosen.goal_number} svarar mot mål {chosen.regional_number} i den regionala strategin, "
        f"{chosen.regional_title}. {SURE.get(chosen.regional_mapping or '', 'Hur säkert det är framgår inte.')} "
        f"{measured if has_measures else 'Här finns inga regionala mått för målet.'}"
    )
