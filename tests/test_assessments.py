"""Judgements by people: written for good, refused when they hold what may not be written, shown beside what is out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from samlad.catalogue.programme import Programme
from samlad.cli.example.example_catalogue import write_programme
from samlad.foundation import personal_data
from samlad.foundation.errors import SamladError
from samlad.foundation.rows import GoalAssessmentsRow
from samlad.foundation.store import DataFolder
from samlad.journal import assessments, records, text_gate
from samlad.journal.records import Record
from samlad.views.common import person_question
from samlad.views.goal import assessment_form
from tests import rows
from tests.editions import Made, catalogue
from tests.rows import filled
from tests.test_pages import forgotten, run, seen

pytestmark = pytest.mark.long

__all__ = ["forgotten"]

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    (tmp_path / "journal").mkdir()
    goals = rows.table("goals", {"goal_id": "M1"}, {"goal_id": "M2"})
    write_programme(tmp_path / "programme", Programme({**catalogue().tables, "goals": goals}))
    return DataFolder(tmp_path)


def write(folder: DataFolder, text: str = "Delvis.", by: str = "Kim Ek", **more: Any) -> Record:
    given = {"organisation_id": "BR", "goal_id": "M1", "year": 2024, "fulfilled": "partly", "at": NOON, **more}
    return assessments.write(folder, text=text, by=by, **given)


def test_what_is_written_is_in_the_journal_as_publish_reads_it(folder: DataFolder) -> None:
    written = write(folder, "  Delvis, på väg.  ")
    assert records.read(folder, "assessment") == [written]
    assert written.by == "Kim Ek"
    assert written.content == {
        "organisation_id": "BR",
        "goal_id": "M1",
        "year": 2024,
        "period": "VB",
        "fulfilled": "partly",
        "text": "Delvis, på väg.",
        "origin": "own",
    }


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"by": " "}, "Skriv ditt namn"),
        ({"text": "\n"}, "med egna ord"),
        ({"text": "Anna, 811228-9874, fick stöd."}, "personnummer"),
        ({"by": "Kim 8112289874"}, "personnummer"),
        ({"text": "x" * (assessments.LONGEST_TEXT + 1)}, "högst"),
    ],
)
def test_what_may_not_be_written_is_refused_in_words_and_leaves_nothing(
    folder: DataFolder, given: dict[str, str], why: str
) -> None:
    with pytest.raises(SamladError, match=why) as refused:
        write(folder, **given)
    assert "8112289874" not in str(refused.value) and "811228-9874" not in str(refused.value)
    assert records.read(folder) == []


def test_an_absent_or_broken_journal_is_told_in_words(folder: DataFolder) -> None:
    (folder.journal / "sequence").write_text("a file where a folder should be")
    with pytest.raises(SamladError, match="Ingenting har skrivits"):
        write(folder)
    (folder.journal / "sequence").unlink()
    folder.journal.rmdir()
    with pytest.raises(SamladError, match="journal går inte att skriva"):
        write(folder)


def test_versions_lie_before_and_after_the_one_that_is_published(folder: DataFolder) -> None:
    first, second, third = (write(folder, text, at=NOON + timedelta(days=at)) for at, text in enumerate("abc"))
    published = filled(GoalAssessmentsRow, fulfilled="partly", text="b", author="Kim Ek", at=date(2025, 3, 2))
    found = assessments.of_goal([first, second, third], "M1", 2024)["BR"]
    assert assessments.versions(found, published) == assessments.Versions((third,), (first,))
    assert assessments.versions(found, None) == assessments.Versions((third,), (second, first))
    assert assessments.versions(found, replace(published, text="c", at=date(2025, 3, 3))) == assessments.Versions(
        (), (second, first)
    )


def test_a_judgement_of_another_goal_or_year_is_another_matter(folder: DataFolder) -> None:
    records = [
        write(folder),
        write(folder, year=2023),
        write(folder, goal_id="M2"),
        write(folder, organisation_id="FA"),
    ]
    assert {name: len(held) for name, held in assessments.of_goal(records, "M1", 2024).items()} == {"BR": 1, "FA": 1}


@pytest.fixture(scope="module")
def judged(published_city: Made, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A small folder with one judgement that is published."""
    made = published_city.copied(tmp_path_factory.mktemp("judged") / "data")
    made.judge("BR", "partly", "Första ordet.")
    made.publish()
    return made


@pytest.fixture
def using(judged: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """The same as the data folder in use."""
    made = judged.copied(tmp_path / "data")
    monkeypatch.setenv("SAMLAD_DATA", str(made.folder.path))
    return made


def page(organisation: str = "Bromma") -> AppTest:
    """Mål, as Bromma sees it for 2024, with the place to write in opened."""
    st.cache_resource.clear()
    app = run("goal", ar="2024", organisation=organisation)
    assert not app.text_area, "the form is not made before somebody opens it"
    app.session_state[assessment_form.FORM] = True
    return app.run()


def sent(app: AppTest, choice: str | None = "delvis", text: str = "", name: str = "") -> AppTest:
    """The form, filled in and sent."""
    if choice:
        app.radio[0].set_value(choice)
    app.text_area[0].set_value(text)
    next(one for one in app.text_input if one.label == "Ditt namn").set_value(name)
    (save,) = (one for one in app.button if one.label == "Spara bedömningen")
    return save.click().run()


def test_what_is_written_on_the_page_stands_there_at_once_beside_what_is_published(using: Made) -> None:
    app = sent(page(), "helt", "Nu är <b>allt</b> på plats. *Klart*.", "Alex Ek")
    assert not app.exception and not app.error
    told = seen(app)
    assert "Första ordet." in told and "Alex Ek" in told and "skriven efter publiceringen" in told
    written = next(one.value for one in app.html if "skrivna efter" in one.value)
    assert "&lt;b&gt;allt&lt;/b&gt; på plats. *Klart*." in written
    assert [record.by for record in records.read(using.folder)] == ["Kim", "Alex Ek"]


def test_an_earlier_version_is_kept_and_shown_when_a_later_is_published(using: Made) -> None:
    using.judge("BR", "fully", "Andra ordet.")
    using.publish()
    told = seen(page())
    assert "Tidigare bedömningar (1)" in told and "Första ordet." in told and "Andra ordet." in told
    assert "skriven efter publiceringen" not in told


def test_a_form_that_is_not_whole_is_told_why_and_saves_nothing(using: Made) -> None:
    for given, why in (
        ({"text": "Text", "name": ""}, "Skriv ditt namn"),
        ({"text": "Text", "name": "Kim", "choice": None}, "helt, delvis eller ej"),
        ({"text": "811228-9874", "name": "Kim"}, "personnummer"),
    ):
        app = sent(page(), **given)
        assert why in app.error[0].value
    assert len(records.read(using.folder)) == 1


def test_the_city_judges_for_itself_and_a_district_that_was_not_there_does_not(using: Made) -> None:
    sent(page("Hela staden"), text="Staden som helhet.", name="Kim")
    assert records.read(using.folder)[-1].content["organisation_id"] == "CITY"
    assert "Staden som helhet." in seen(page()), "a nämnd sees the city's word beside its own"
    app = page("Rinkeby-Kista")
    assert "fanns inte den 31 december 2024" in seen(app) and not app.radio


def test_without_a_journal_the_page_is_whole_and_says_that_nothing_can_be_written(using: Made) -> None:
    for path in sorted(using.folder.journal.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    using.folder.journal.rmdir()
    app = page()
    assert not app.exception and not app.error
    assert "går inte att skriva i" in seen(app) and "Första ordet." in seen(app)
    assert not app.text_area


def test_a_likely_name_is_asked_about_and_what_is_no_person_is_taken_the_next_time(using: Made) -> None:
    app = sent(page(), text="Arbetet följer Anna Bergs modell.", name="Kim")
    assert personal_data.QUESTION in app.error[0].value
    (no,) = (one for one in app.button if one.label == person_question.NO)
    no.click().run()
    assert not app.exception and app.text_area[0].value == "Arbetet följer Anna Bergs modell."
    (save,) = (one for one in app.button if one.label == "Spara bedömningen")
    assert not save.click().run().error
    assert [record.kind for record in records.read(using.folder)] == ["assessment", text_gate.ANSWERED, "assessment"]


def test_a_person_is_answered_for_without_the_name_being_kept(using: Made) -> None:
    app = sent(page(), text="Anna Berg fick stöd.", name="Kim")
    (yes,) = (one for one in app.button if one.label == person_question.YES)
    yes.click().run()
    (save,) = (one for one in app.button if one.label == "Spara bedömningen")
    assert personal_data.QUESTION in save.click().run().error[0].value
    assert not any(b"Berg" in path.read_bytes() for path in using.folder.journal.glob("*.json"))
