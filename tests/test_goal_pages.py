"""The goal page in its frame: every goal, an organisation, nothing reported, one nämnd missing."""

import re

import pytest

from samlad.foundation.rows import GoalsRow, IndicatorCasesRow
from samlad.foundation.store import DataFolder
from samlad.judgement import judged_years
from samlad.judgement.verdicts import Mark
from samlad.swedish import sentences
from samlad.views.common import choose, frame
from samlad.warehouse.database import Warehouse
from tests.test_pages import forgotten, run, seen

__all__ = ["forgotten"]


@pytest.mark.long
def test_every_goal_runs_and_each_indicator_has_its_chart_and_its_words(shown: DataFolder, example: Warehouse) -> None:
    for row in example.rows(GoalsRow):
        app = run("goal", ar="2024", mal=choose.goal_name(row.number, row.short_title))
        told = seen(app)
        assert not app.exception and not app.error
        assert app.title[0].value == f"Mål {row.number} 2024: {row.short_title}, hela staden"
        drawn = [one for piece in app.html for one in re.findall(r'class="years" role="img"', piece.value)]
        followed = judged_years.judged(example.rows(IndicatorCasesRow, goal_id=row.goal_id))
        readings = [sentences.reading(one.verdicts[2024]) for one in judged_years.in_year(followed, 2024)]
        assert drawn and len(drawn) == len(readings)
        assert all(reading in told for reading in readings)
        assert "Vad målet inte mäter" in told and "Bedömningar" in told
        assert not re.search(r"\d\.\d+ ?%|\bNone\b|\bnan\b|\bnull\b", told)


def test_an_organisation_is_named_and_sees_its_own_indicators_only(shown: DataFolder) -> None:
    app = run("goal", ar="2024", organisation="Järva")
    assert not app.exception
    assert app.title[0].value.endswith("Järva")
    assert "Skolor med förebyggande arbete" not in seen(app)


def test_without_reports_each_indicator_says_that_nothing_has_come(
    without_reports: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(without_reports.path))
    app = run("goal")
    assert not app.exception and not app.error
    assert "ej rapporterat" in seen(app) and "Ingen bedömning" in seen(app)


def test_a_folder_that_is_not_published_says_what_to_do(
    unpublished: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(unpublished.path))
    assert "publish" in run("goal").info[0].value


def test_a_missing_organisation_is_counted_as_missing(one_missing: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLAD_DATA", str(one_missing.path))
    app = run("goal", ar="2024", mal="3 Upptäcka våld")
    assert not app.exception
    assert re.search(r"\d+ av \d+ nämnder: \d saknas", seen(app).replace("\xa0", " "))


def test_a_goal_in_the_overview_leads_to_its_page(shown: DataFolder) -> None:
    goals = next(one.value for one in run(ar="2024", organisation="Järva").html if "Programmets mål" in one.value)
    links = re.findall(r'href="(mal\?[^"]+)"', goals)
    assert len(links) == 7
    assert all("ar=2024" in link and "organisation=J%C3%A4rva" in link for link in links)


def test_an_indicator_is_said_in_short_in_full_on_request_and_leads_to_its_page(shown: DataFolder) -> None:
    rows = [one.value for one in run("goal", ar="2024", mal="3 Upptäcka våld").html]
    assert sum(row.count("<details><summary>Läs hela</summary>") for row in rows) == 5
    links = [link for row in rows for link in re.findall(r'<h3><a href="(indikator[^"]+)"', row)]
    assert len(links) == 5 and all("ar=2024" in link and "namn=" in link for link in links)


def test_the_sentence_is_counted_and_says_what_is_measured(shown: DataFolder) -> None:
    told = seen(run("goal", ar="2024", mal="1 Våldsförebyggande arbete")).replace("\xa0", " ")
    assert re.search(r"Av \d indikatorer som kan prövas 2024 nådde .*?4 av 7 aktiviteter mäts av minst en", told)


def test_mergers_are_named_with_what_they_mean(shown: DataFolder) -> None:
    told = seen(run("goal", ar="2024", organisation="Järva", mal="3 Upptäcka våld")).replace("\xa0", " ")
    assert "1 juli 2023 bildades Järva (av Rinkeby-Kista och Spånga-Tensta)" in told and "Norrmalm" not in told


def test_the_help_lists_every_mark_with_its_word() -> None:
    for mark in Mark:
        assert f"| {mark.symbol} | {mark.word}: " in frame.HELP
