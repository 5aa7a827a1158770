"""The indicator page in its frame: every indicator, an organisation, nothing reported, one nämnd missing."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from samlad.foundation.rows import IndicatorCatalogueRow, IndicatorVersionsRow
from samlad.foundation.store import DataFolder
from samlad.swedish import words
from samlad.views.indicator import indicator_tables
from samlad.warehouse.database import Warehouse
from tests.rows import filled
from tests.test_pages import before_charts, forgotten, run, seen

pytestmark = pytest.mark.long

__all__ = ["forgotten"]


def plain(app: AppTest) -> str:
    """All text of a page with ordinary spaces."""
    return seen(app).replace("\xa0", " ")


def tables(app: AppTest) -> Iterator[str]:
    """The tables of a page, as HTML."""
    for one in app.html:
        yield from re.findall(r"<table.*?</table>", one.value, re.DOTALL)


def test_every_indicator_runs_with_its_chart_its_words_and_its_table(shown: DataFolder, example: Warehouse) -> None:
    app = run("indicator", ar="2024")
    for row in example.query("indicator_catalogue").to_pylist():
        app.selectbox(key="namn").select(row["indicator"]).run()
        told = seen(app)
        assert not app.exception and not app.error, row["indicator"]
        assert app.title[0].value == f"{row['indicator']} 2024: hela staden"
        assert app.get("vega_lite_chart")
        (before,) = before_charts(app)
        assert re.search(r"<h2>.+<p>[^<]{20,}</p>", before, re.DOTALL)
        for heading in ("Utfall per år", "Att tänka på", "Mäter aktiviteterna", "Om indikatorn", "Regional tvilling"):
            assert heading in told, f"{row['indicator']}: {heading}"
        assert row["definition"] in told.replace("\xa0", " ")
        assert not re.search(r"\d\.\d+ ?%|\bNone\b|\bnan\b|\bnull\b", told)


def test_the_address_chooses_the_indicator_the_year_and_the_organisation(shown: DataFolder) -> None:
    app = run("indicator", ar="2023", organisation="Järva", namn="Rutinfrågor om våld")
    assert app.title[0].value == "Rutinfrågor om våld 2023: Järva"
    assert "1 juli 2023 bildades Järva (av Rinkeby-Kista och Spånga-Tensta)" in plain(app)
    assert "Norra innerstaden" not in plain(app)
    (by_year,) = (one for one in tables(app) if "Per organisation och år" in one)
    assert "Farsta" not in by_year and "Järva" in by_year and words.WHOLE_CITY in by_year


def test_counts_come_before_per_cent_and_who_is_missing_is_told(shown: DataFolder) -> None:
    told = plain(run("indicator", ar="2024", namn="Rutinfrågor om våld"))
    assert re.search(r"\d+ av \d+ enheter, \d+ %", told)
    assert re.search(r"\d+ av 11 nämnder är med i summan 2024: .+\. De räknas aldrig som noll\.", told)
    one = plain(run("indicator", ar="2024", organisation="Farsta", namn="Rutinfrågor om våld"))
    assert "är med i summan" not in one and "Ej kontrollerat:" in one


def test_a_break_is_named_in_the_chart_and_among_the_caveats(shown: DataFolder) -> None:
    app = run("indicator", ar="2024", namn="Uppföljda insatser")
    assert "Ny definition 2023. Till och med 2022 räknades uppföljning inom 12 månader" in plain(app)
    assert "Före och efter jämförs inte." in plain(app)
    (chart,) = app.get("vega_lite_chart")
    assert "ny definition" in str(chart.proto), "the rows that are drawn name it"


def test_an_ended_indicator_says_when_it_was_followed_and_what_took_over(shown: DataFolder) -> None:
    app = run("indicator", ar="2024", namn="Utredningar med metodstöd")
    assert app.info[0].value == (
        "Indikatorn följdes 2021–2022, inte 2024. Den har ersatts av Bedömda med metodstöd. Välj ett annat år."
    )
    links = [one.value for one in app.html if "Ersatt av" in one.value and "<dl>" in one.value]
    assert "namn=Bed%C3%B6mda+med+metodst%C3%B6d" in links[0]


def test_an_organisation_with_nothing_to_report_is_told_so(shown: DataFolder) -> None:
    app = run("indicator", ar="2024", organisation="Järva", namn="Samhällsorientering")
    assert not app.exception and not app.get("vega_lite_chart")
    assert app.info[0].value.startswith("Järva rapporterar inte den här indikatorn.")


def test_tertials_stand_with_the_own_forecast_and_persons_only_for_whole_years(shown: DataFolder) -> None:
    meetings = plain(run("indicator", ar="2024", organisation="Socialnämnden", namn="Samverkansmöten med polisen"))
    assert re.search(r"Socialnämnden 16 möten prognos 42 möten 28 möten prognos 38 möten 38 möten", meetings)
    persons = plain(run("indicator", ar="2024", organisation="Farsta", namn="Tillfrågade om våld"))
    assert "Tal om personer visas bara för helår" in persons and "Tertial och helår" not in persons


def test_aarsmal_of_kf_and_of_the_namnd_stand_apart(shown: DataFolder) -> None:
    app = run("indicator", ar="2024", namn="Samverkansmöten med polisen")
    (aims,) = (one for one in tables(app) if "Årsmål, satta av KF" in one)
    assert re.search(r"KF, hela staden</th>.*?112", aims) and re.search(r"Socialnämnden</th>.*?52", aims)


def test_women_and_men_stand_apart_with_all_last(shown: DataFolder) -> None:
    app = run("indicator", ar="2024", namn="Tillfrågade om våld")
    (sexes,) = (one for one in tables(app) if "Kvinnor och män" in one)
    assert re.findall(r'rowheader">([^<]+)<', sexes)[:2] == ["Kvinnor", "Män"]
    assert sexes.index("Kvinnor</th>") < sexes.index(">Alla</th>")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Rutinfrågor om våld", "svarar mot mål 3 i den regionala strategin, Upptäcka tidigt. Målens ordalydelse har"),
        ("Stöd i rättsprocessen", "svarar mot mål 6 i den regionala strategin, Trygg rättsprocess. Osäkert: bara"),
        ("Årlig lägesbild beslutad", "mål 7 i den regionala strategin, Systematisk kunskapsutveckling. Osäkert: bara"),
        ("Utbildade medarbetare", "svarar mot mål 8 i den regionala strategin, Kunskap och forskning. Målens"),
    ],
)
def test_the_regional_twin_is_named_with_how_sure_it_is(shown: DataFolder, name: str, said: str) -> None:
    assert said in plain(run("indicator", ar="2024", namn=name))


def version(**cells: Any) -> IndicatorVersionsRow:
    """A row of the query indicator_versions."""
    plainest = {"organisation": "Farsta", "year": 2024, "period": "VB", "sex": "total", "submission_id": "s"}
    state = {"version": 1, "standing": "current", "received_on": date(2025, 1, 20), "origin": "own"}
    return filled(IndicatorVersionsRow, **{**plainest, **state, **cells})


UNITS = filled(IndicatorCatalogueRow, measure="share", counts="units", unit="procent av enheter")


def test_versions_of_units_show_their_figures_and_a_withdrawn_one_says_so() -> None:
    told = indicator_tables.version_table(
        [
            version(standing="replaced", numerator=8, denominator=12, value=8 / 12),
            version(version=2, standing="withdrawn"),
            version(version=3, numerator=9, denominator=12, value=0.75),
        ],
        UNITS,
    )
    cells = [[cell.replace("\xa0", " ") for cell in row.cells] for row in told.rows]
    assert [row[4:] for row in cells] == [
        ["8 av 12 enheter, 67 %", "ersatt av en senare"],
        ["visas inte", "tillbakadragen"],
        ["9 av 12 enheter, 75 %", "gäller"],
    ]


def test_versions_of_persons_are_dates_and_nothing_else() -> None:
    rows = [
        version(version=at, standing=standing, sex=sex)
        for at, standing in ((1, "replaced"), (2, "current"))
        for sex in ("men", "total", "women")
    ]
    told = indicator_tables.version_table(rows, replace(UNITS, counts="persons"))
    assert [row.cells[4] for row in told.rows] == ["visas inte", "se tabellerna ovan"], "the sexes came in one report"
    assert indicator_tables.NEVER_OLD in told.notes


def test_versions_stand_on_the_page_where_something_has_come_twice(shown: DataFolder) -> None:
    told = plain(run("indicator", ar="2023", organisation="Kungsholmen", namn="Rutinfrågor om våld"))
    assert "Tal som har lämnats in mer än en gång" in told
    assert re.search(r"Kungsholmen helår 2023 1 .*? ersatt av en senare Kungsholmen helår 2023 2 .*? gäller", told)


def test_without_reports_it_says_that_nothing_has_come(
    without_reports: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(without_reports.path))
    app = run("indicator")
    assert not app.exception and not app.error
    assert app.title[0].value == "Samhällsorientering 2025: hela staden"
    assert "Ej rapporterat" in seen(app) and "Exempel" not in seen(app)


def test_a_folder_that_is_not_published_says_what_to_do(
    unpublished: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(unpublished.path))
    assert "publish" in run("indicator").info[0].value


def test_a_missing_organisation_stands_as_missing(one_missing: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(one_missing.path))
    app = run("indicator", ar="2024", namn="Rutinfrågor om våld")
    assert not app.exception
    (by_year,) = (one for one in tables(app) if "Per organisation och år" in one)
    assert re.search(r'Farsta</th>.*?data-column="2024">Ej rapporterat', by_year)
