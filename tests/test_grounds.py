"""Changed grounds of a verdict, told where the verdict stands: old, new and day."""

import csv

import pytest

from samlad.foundation import schema
from samlad.foundation.store import DataFolder
from samlad.report.document import Statement
from samlad.report.draft import Choice, draft
from samlad.warehouse import database, verdict_grounds
from samlad.warehouse.database import Warehouse
from samlad.warehouse.verdict_grounds import Grounds
from tests.editions import Made
from tests.test_pages import forgotten, run, seen

pytestmark = pytest.mark.long

__all__ = ["forgotten"]


@pytest.fixture
def made(city: Made) -> Made:
    return city


def add(made: Made, name: str, **cells: str) -> None:
    """Add a row to a catalogue file: a copy of its first row with other cells."""
    path = made.folder.programme / f"{name}.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, list(rows[0]), lineterminator="\n").writerow({**rows[0], **cells})


def known(made: Made) -> Grounds:
    """Return the grounds known to the edition now published."""
    return verdict_grounds.of(database.open_snapshot(made.folder, made.publish().snapshot_id))


def told(found: Grounds, organisation_id: str | None = None, year: int = 2024, last: int = 2024) -> list[str]:
    """The sentences about the indicator I, spaces plain."""
    return [one.words.replace("\xa0", " ") for one in found.told("I", organisation_id, year, last)]


def test_an_arsmal_set_anew_is_told_with_old_new_and_day_to_all_whom_it_holds_for(made: Made) -> None:
    add(made, "targets", indicator_id="I", value="0.8", valid_from="2024-03-01")
    found = known(made)
    said = ["Årsmålet för 2024 ändrades 1 mars 2024 från 75 % till 80 %."]
    assert told(found) == told(found, "BR") == said
    assert told(found, year=2023) == [
        "Den 1 juli 2023 bildades Järva (av Rinkeby-Kista och Spånga-Tensta); tidigare år är hopräknade."
    ]
    assert told(found, year=2022, last=2023) == []


def test_a_namnd_s_own_arsmal_is_told_for_it_and_nobody_else(made: Made) -> None:
    own = {"organisation_id": "BR", "set_by": "namnd", "valid_from": "2024-02-01"}
    add(made, "targets", indicator_id="I", value="0.6", **own)
    found = known(made)
    assert told(found, "BR") == [
        "Nämnden satte ett eget årsmål för 2024, 60 %, den 1 februari 2024; förut gällde KF:s, 75 %."
    ]
    assert told(found) == told(found, "FA") == []


def test_an_arsmal_that_is_to_hold_later_than_the_as_of_is_not_told(made: Made) -> None:
    add(made, "targets", indicator_id="I", year="2025", value="0.7", valid_from="")
    add(made, "targets", indicator_id="I", year="2025", value="0.9", valid_from="2025-12-01")
    assert told(known(made), year=2025, last=2025) == []


def test_a_new_definition_a_new_division_and_what_was_replaced_are_told_in_their_year(made: Made) -> None:
    made.catalogue_cell("indicators", "break_year", "2024", indicator_id="I")
    made.catalogue_cell("indicators", "break_note", "Räknas nu per kvartal.", indicator_id="I")
    found = known(made)
    assert told(found) == ["Definitionen ändrades 2024. Räknas nu per kvartal. Före och efter jämförs inte."]
    assert told(found, "JA", year=2023)[0].startswith("Den 1 juli 2023 bildades Järva")
    assert told(found, "BR", year=2023) == []


def test_a_duty_that_comes_ends_or_changes_is_told_with_the_roles(made: Made) -> None:
    named = {"object_type": "indicator", "object_id": "I", "organisation_id": "BR", "group_id": "", "status": "decided"}
    add(made, "responsibilities", **named, role="delansvarig", valid_from="2022-02-01", valid_to="2024-06-30")
    add(made, "responsibilities", **named, role="huvudansvarig", valid_from="2024-07-01", valid_to="2024-10-31")
    found = known(made)
    said = [
        "Bromma gick från delansvarig till huvudansvarig 1 juli 2024.",
        "Bromma hade ansvaret till och med 31 oktober 2024 (huvudansvarig).",
    ]
    assert told(found) == told(found, "BR") == said
    assert told(found, "BR", year=2022) == ["Bromma fick ansvaret 1 februari 2022 (delansvarig)."]
    assert told(found, "FA") == []


def test_what_was_written_over_in_the_catalogue_is_found_beside_the_edition_before(made: Made) -> None:
    day = made.standing().published_at
    made.catalogue_cell("targets", "value", "0.45", indicator_id="I")
    made.catalogue_cell("indicators", "definition", "Alla enheter.", indicator_id="I")
    found = known(made)
    for whose in (None, "BR"):
        said = told(found, whose)
        assert f"Årsmålet för 2024 är 45 %; i publiceringen {day.day} " in said[-1] and said[-1].endswith(
            "var det 75 %."
        )
        assert said[0].startswith("Definitionen har ändrats sedan publiceringen")
    assert told(found, year=2022, last=2022)[0].startswith("Definitionen har ändrats")


def test_what_a_dated_row_tells_is_not_told_once_more_by_comparing(made: Made) -> None:
    add(made, "targets", indicator_id="I", value="0.8", valid_from="2024-03-01")
    assert len(told(known(made))) == 1
    add(
        made,
        "responsibilities",
        object_type="indicator",
        object_id="I",
        organisation_id="BR",
        group_id="",
        valid_from="2024-05-01",
    )
    assert told(known(made), "BR") == [
        "Årsmålet för 2024 ändrades 1 mars 2024 från 75 % till 80 %.",
        "Bromma fick ansvaret 1 maj 2024 (ansvarig).",
    ]


def test_a_duty_without_a_day_is_found_beside_the_edition_before(made: Made) -> None:
    add(
        made,
        "responsibilities",
        object_type="indicator",
        object_id="I",
        organisation_id="BR",
        group_id="",
        valid_from="",
    )
    (said,) = told(known(made), "BR")
    assert said.startswith("Bromma har ansvaret; i publiceringen") and said.endswith("hade det inte.")


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("indicator", {"namn": "{name}"}),
        ("goal", {"mal": "{goal}"}),
        ("organisation", {"organisation": "Bromma"}),
    ],
)
def test_it_stands_where_the_verdict_stands(
    shown: DataFolder, example: Warehouse, page: str, address: dict[str, str]
) -> None:
    row = next(one for one in example.query("changed_grounds").to_pylist() if one["kind"] == "target")
    assert row["organisation_id"] == schema.CITY
    about = {one["indicator_id"]: one for one in example.query("indicator_catalogue").to_pylist()}[row["indicator_id"]]
    goal = f"{about['goal_number']} {about['goal']}"
    given = {key: said.format(name=about["indicator"], goal=goal) for key, said in address.items()}
    app = run(page, ar=str(row["happened_on"].year), **given)
    (words,) = {
        one.words
        for one in verdict_grounds.of(example).told(
            row["indicator_id"], None, row["happened_on"].year, row["target_year"]
        )
        if one.row and one.row.target_year == row["target_year"]
    }
    assert not app.exception and words in seen(app)


def test_the_report_tells_it_with_its_source(example: Warehouse) -> None:
    made = draft(example, Choice((2024,), parts=("mal",)))
    said = [block for _, block in made.blocks() if isinstance(block, Statement) and block.lead.startswith("Ändrat för")]
    assert any("Årsmålet för 2024 ändrades" in one.words for one in said)
    assert all(one.source.query == "changed_grounds" and one.source.row for one in said)
    divided = draft(example, Choice((2023,), parts=("mal",)))
    leads = [block.lead for _, block in divided.blocks() if isinstance(block, Statement)]
    assert 1 <= leads.count("Ändrad indelning") <= 7
