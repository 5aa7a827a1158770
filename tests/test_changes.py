"""Changes between two editions: exactly the expected ones, each with its cause, and nothing that is hidden."""

import dataclasses
import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from samlad.cli import commands, example
from samlad.foundation import schema, store
from samlad.foundation.store import DataFolder
from samlad.judgement.verdicts import Mark
from samlad.publish import publishing
from samlad.submissions import withdrawals
from samlad.warehouse import changes, database, editions
from samlad.warehouse.changes import Change, Kind, between, change_sentences
from samlad.warehouse.changes.change_words import COLUMNS, KINDS, KINDS_SHORT, TABLES
from samlad.warehouse.changes.changes_csv import as_csv
from samlad.warehouse.editions import Snapshot
from tests.editions import Made, came_after, figures, persons, units

pytestmark = pytest.mark.long

BEFORE, TODAY = "2021-01-01", "2023-07-01"
GAPS = {"gaps", "gap_evidence", "earlier_gaps", "earlier_gap_evidence", "gap_rules"}


@pytest.fixture(scope="module")
def two_days(tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshot, Snapshot]:
    """A small example as it stood one spring, and as it stands."""
    folder = DataFolder(tmp_path_factory.mktemp("days") / "data")
    example.make_example(folder.path, store.repository_folder().path, organisations=14, indicators=3, years=5)
    older = publishing.publish(folder, as_of=date(2025, 3, 31), leave_out=came_after(folder, date(2025, 3, 31)))
    newer = publishing.publish(folder)
    return editions.read(folder, older), editions.read(folder, newer)


@pytest.fixture
def made(city: Made) -> Made:
    return city


def test_one_corrected_cell_changes_itself_its_districts_the_city_its_changes_and_nothing_else(made: Made) -> None:
    old = made.standing()
    receipt = made.hand_in("BR", 2024, units(8), persons(3, 40), {"activity_id": "A", "status": "ongoing"})
    new = made.publish()
    place, year = ("I", "BR", 2024), ("I", 2024)
    assert figures(old, new) == {
        ("indicator_values", (*place, "VB", "total")),
        ("division_values", ("reported", *place, "total")),
        ("division_values", (BEFORE, *place, "total")),
        ("division_values", (TODAY, *place, "total")),
        ("city_values", (*year, "total")),
        ("city_changes", ("I", 2021, 2024, "total")),
    }
    found = between(old, new)
    assert {one.kind for one in found} == {Kind.CORRECTED_REPORT}
    assert {one.names for one in found} == {(receipt.submission_id,)}
    shown = {one.table: (one.old, one.new) for one in found if one.table.startswith("city")}
    before, after = shown["city_values"]
    assert before and after and (before["numerator"], after["numerator"]) == (5 + 6 + 9, 8 + 6 + 9)
    before, after = shown["city_changes"]
    assert before and after and (before["numerator_to"], after["numerator_to"]) == (5 + 6 + 9, 8 + 6 + 9)
    assert before["numerator_from"] == after["numerator_from"] == 4 * 4
    marks = {(one.organisation_id, one.year): (one.old, one.new) for one in made.marks(old, new, found)}
    assert marks == {("BR", 2024): (Mark.MISSED, Mark.MET), (None, 2024): (Mark.MISSED, Mark.MET)}


def test_a_new_report_brings_its_figures_and_is_no_correction(made: Made) -> None:
    old = made.standing()
    receipt = made.hand_in("FA", 2025, units(7))
    new = made.publish()
    found = between(old, new)
    assert {one.kind for one in found} == {Kind.NEW_REPORT}
    assert {one.names for one in found} == {(receipt.submission_id,)}
    assert [one.key for one in found if one.table == "indicator_values"] == [("I", "FA", 2025, "VB", "total")]
    assert {one.key[2] for one in found if one.table == "city_changes"} == {2025}


def test_a_withdrawn_report_takes_its_figures_with_it(made: Made) -> None:
    receipt = made.hand_in("FA", 2025, units(7))
    old = made.publish(as_of=date(2025, 3, 1))
    withdrawals.withdraw(made.folder, receipt.submission_id, by="Kim", reason="Fel år.", at=made.day)
    found = between(old, made.publish(as_of=date(2025, 3, 1)))
    assert {one.kind for one in found} == {Kind.WITHDRAWN_REPORT}
    assert {one.names for one in found} == {(receipt.submission_id,)}
    assert [one.new for one in found if one.table == "indicator_values"] == [None]


def test_a_withdrawn_correction_gives_the_earlier_figure_back(made: Made) -> None:
    receipt = made.hand_in("BR", 2024, units(8))
    old = made.publish(as_of=date(2025, 3, 1))
    withdrawals.withdraw(made.folder, receipt.submission_id, by="Kim", reason="Fel.", at=made.day)
    found = between(old, made.publish(as_of=date(2025, 3, 1)))
    (cell,) = (one for one in found if one.table == "indicator_values")
    assert (cell.kind, cell.old and cell.old["numerator"], cell.new and cell.new["numerator"]) == (
        Kind.WITHDRAWN_REPORT,
        8,
        5,
    )
    assert {one.kind for one in found} == {Kind.WITHDRAWN_REPORT}


def test_another_threshold_is_a_change_of_protection_and_says_the_dots(made: Made, tmp_path: Path) -> None:
    old = made.standing()
    alone = made.copied(tmp_path / "nothing is out there")
    shutil.rmtree(alone.folder.snapshots)
    shutil.rmtree(alone.folder.submissions / "ledgers")
    new = alone.publish(threshold=3)
    found = between(old, new)
    assert found and {one.kind for one in found} == {Kind.METHOD}
    (setting,) = (one for one in found if one.table == "manifest")
    assert (setting.old, setting.new) == ({"threshold": 5}, {"threshold": 3})
    (cell,) = (one for one in found if one.key == ("P", "BR", 2024, "VB", "total"))
    names = change_sentences.Names(old, new)
    told = change_sentences.told(cell, names)
    assert told.before == ".." and told.after.startswith("3 av 40")
    assert change_sentences.told(setting, names).line() == (
        "Gränsen för hur små antal som visas: 5 → 3 "
        "(ändrad metod eller ändrat skydd: gränsen för hur små antal som visas)"
    )


def test_a_changed_target_changes_itself_and_what_holds_for_each_and_their_marks(made: Made) -> None:
    old = made.standing()
    made.catalogue_cell("targets", "value", "0.45", indicator_id="I")
    new = made.publish()
    found = between(old, new)
    assert {one.kind for one in found} == {Kind.CATALOGUE}
    assert {(one.table, one.organisation_id) for one in found} == {
        ("targets", schema.CITY),
        *(("yearly_targets", name) for name in ("BR", "FA", "JA", schema.CITY)),
    }
    marks = {one.organisation_id: (one.old, one.new) for one in made.marks(old, new, found)}
    assert marks == {None: (Mark.MISSED, Mark.MET), "BR": (Mark.MISSED, Mark.MET), "FA": (Mark.MISSED, Mark.MET)}


def test_a_duty_that_ends_is_a_changed_duty_with_the_reports_it_asked_for(made: Made) -> None:
    old = made.standing()
    made.without_row("responsibilities", object_id="A")
    found = between(old, made.publish())
    assert {one.kind for one in found} == {Kind.DUTY}
    assert {one.table for one in found} - GAPS == {"responsibilities", "expected_reports"}
    assert {one.object_id for one in found if one.table not in GAPS} == {"A"}
    assert any(one.table == "gaps" and one.object_id == "A" and one.old is None for one in found)


def test_a_duty_that_ends_for_an_indicator_changes_who_is_asked_in_the_city(made: Made) -> None:
    old = made.standing()
    made.without_row("responsibilities", object_id="I")
    found = between(old, made.publish())
    assert {one.kind for one in found} == {Kind.DUTY}
    assert "city_values" in {one.table for one in found}


def test_a_judgement_is_a_changed_judgement_and_so_is_a_second_thought(made: Made) -> None:
    old = made.standing()
    made.judge("BR", "partly", "Delvis.")
    middle = made.publish()
    made.judge("BR", "fully", "Helt.")
    new = made.publish()
    for before, after in ((old, middle), (middle, new)):
        (found,) = between(before, after)
        assert (found.kind, found.table, found.organisation_id) == (Kind.JUDGEMENT, "assessments", "BR")


def test_a_later_day_alone_makes_reports_late_and_says_which_day_has_passed(made: Made) -> None:
    old = made.publish(as_of=date(2025, 5, 31))
    found = between(old, made.publish(as_of=date(2025, 6, 1)))
    assert found and {(one.kind, one.table, one.columns) for one in found} == {
        (Kind.TIME, "expected_reports", ("late",))
    }
    assert {(one.year, one.period, one.names) for one in found} == {(2025, "T1", ("2025-05-31",))}


def test_a_name_in_the_catalogue_is_a_changed_catalogue_and_touches_no_figure(made: Made) -> None:
    old = made.standing()
    made.catalogue_cell("indicators", "short_name", "Rutiner", indicator_id="I")
    new = made.publish()
    changed = between(old, new)
    assert {one.kind for one in changed} == {Kind.CATALOGUE}
    (found,) = (one for one in changed if one.table not in GAPS)
    assert (found.kind, found.table, found.column, found.names) == (
        Kind.CATALOGUE,
        "indicators",
        "short_name",
        ("programme/indicators.csv",),
    )
    told = change_sentences.told(found, change_sentences.Names(old, new))
    assert told.line() == (
        "Indikator: Rutiner: kort namn ”Rutin” → kort namn ”Rutiner” (ändrat program: filen programme/indicators.csv)"
    )


def test_another_definition_is_the_cause_of_every_figure_that_is_counted_by_it(made: Made) -> None:
    old = made.standing()
    made.catalogue_cell("indicators", "break_year", "2024", indicator_id="I")
    found = between(old, made.publish())
    assert {one.kind for one in found} == {Kind.CATALOGUE}
    assert {one.table for one in found} - GAPS == {"indicators", "city_changes"}


def test_a_new_day_of_merging_moves_the_districts(made: Made) -> None:
    old = made.standing()
    made.catalogue_cell("organisations", "counts_from", "2024-07-01", organisation_id="JA")
    found = between(old, made.publish())
    assert {one.kind for one in found} == {Kind.CATALOGUE}
    assert {"organisations", "division_values", "city_values"} <= {one.table for one in found}


def test_a_corrected_cell_that_is_hidden_before_and_after_is_never_listed(made: Made) -> None:
    old = made.standing()
    made.hand_in("BR", 2024, units(5), persons(2, 40), {"activity_id": "A", "status": "ongoing"})
    new = made.publish()
    found = between(old, new)
    hidden = {
        ("P", "BR", 2024, "VB", "total"),
        *((one, "P", "BR", 2024, "total") for one in ("reported", BEFORE, TODAY)),
    }
    assert not hidden & {one.key for one in found}
    assert not {one.key for one in found if one.table == "expected_reports"}
    reports = [one for one in found if one.table == "received_submissions"]
    assert [one.kind for one in reports] == [Kind.CORRECTED_REPORT]
    told = [
        change_sentences.told(one, change_sentences.Names(old, new)).line()
        for one in found
        if one.table.startswith("city")
    ]
    assert not any("Bromma" in line for line in told), "the sum may differ; whose hidden figure it was is not told"
    assert not [one for one in made.marks(old, new, found) if one.organisation_id == "BR"]


def test_no_hidden_count_stands_in_what_is_told_of_the_change(made: Made) -> None:
    made.hand_in("FA", 2025, persons(4793, 9587))
    made.hand_in("JA", 2025, persons(4801, 9601))
    made.hand_in("BR", 2025, persons(4813, 9613))
    old = made.publish(threshold=6000)
    made.hand_in("FA", 2025, persons(4799, 9587))
    new = made.publish(threshold=6000)
    opened = [database.open_snapshot(made.folder, one.snapshot_id) for one in (old, new)]
    found = changes.difference(opened[0], opened[1])
    names = change_sentences.Names(old, new)
    everything = " ".join(
        [
            *found.lines(),
            json.dumps(found.as_json(), default=str),
            as_csv([change_sentences.told(one, names) for one in found.changes]).decode(),
        ]
    )
    assert found.changes
    for count in (4793, 4799, 4801, 4813):
        assert str(count) not in re.sub(r"[\s\xa0]", "", everything)


def test_an_edition_does_not_differ_from_itself(made: Made) -> None:
    only = made.standing()
    assert between(only, only) == []
    assert made.marks(only, only, []) == []


def rows_of(snapshot: Snapshot, table: schema.TableSchema) -> dict[tuple[Any, ...], dict[str, Any]]:
    """A table's rows by key."""
    return {tuple(row[key] for key in table.key): row for row in snapshot.table(table.name).to_pylist()}


def differences(old: Snapshot, new: Snapshot) -> set[tuple[str, tuple[Any, ...], str]]:
    """Every cell and every row that differs and that is not hidden in both, found by looking at everything."""
    found = set()
    for table in schema.PUBLISHED:
        before, after = rows_of(old, table), rows_of(new, table)
        found |= {(table.name, key, "") for key in before.keys() ^ after.keys()}
        for key in before.keys() & after.keys():
            if before[key].get("missing_reason") == after[key].get("missing_reason") == "..":
                continue
            found |= {(table.name, key, name) for name in table.names if before[key][name] != after[key][name]}
    return found


def assert_every_difference_is_covered_once(old: Snapshot, new: Snapshot) -> list[Change]:
    """Fails on a difference that no change accounts for, or that two do."""
    found = between(old, new)
    covered = [one for change in found for one in change.covers()]
    assert len(covered) == len(set(covered))
    there = differences(old, new)
    assert not there - set(covered)
    assert all(one[0] in ("manifest", "city_changes") or one in there for one in covered)
    return found


def test_every_difference_is_in_exactly_one_change_whatever_happened_between(made: Made) -> None:
    editions = [
        made.standing(),
        made.publish(as_of=date(2025, 2, 3), leave_out=came_after(made.folder, date(2025, 2, 3))),
    ]
    made.hand_in("BR", 2024, units(8), persons(9, 41))
    made.hand_in("FA", 2025, units(7), period="VB")
    gone = made.hand_in("JA", 2025, units(2))
    editions.append(made.publish())
    withdrawals.withdraw(made.folder, gone.submission_id, by="Kim", reason="Fel.", at=made.day)
    made.catalogue_cell("targets", "value", "0.6", indicator_id="I")
    made.without_row("responsibilities", object_id="A")
    made.judge("BR", "not", "Ej.")
    editions.append(made.publish(as_of=date(2026, 3, 1)))
    kinds = set()
    for old in editions:
        for new in editions:
            kinds |= {one.kind for one in assert_every_difference_is_covered_once(old, new)}
    assert kinds >= set(Kind) - {Kind.METHOD}


def test_between_two_days_of_the_example_every_difference_is_covered(two_days: tuple[Snapshot, Snapshot]) -> None:
    old, new = two_days
    found = assert_every_difference_is_covered_once(old, new)
    assert {Kind.NEW_REPORT, Kind.JUDGEMENT, Kind.TIME} <= {one.kind for one in found}
    names = change_sentences.Names(old, new)
    for one in found:
        line = change_sentences.told(one, names).line()
        assert "None" not in line and "{" not in line and "SDN-" not in line


def test_the_command_lists_the_same_as_text_and_as_json_and_knows_no_other_edition(made: Made) -> None:
    old = made.standing()
    made.hand_in("BR", 2024, units(8))
    made.publish()
    arguments = ["--data", str(made.folder.path), "diff", old.snapshot_id[:8]]
    told = CliRunner().invoke(commands.main, [*arguments, "CURRENT"])
    assert told.exit_code == 0
    assert "har 1 rapport rättats; 2 tecken har ändrats." in told.output
    assert "Bromma: Rutin, helår 2024: 5 av 10 enheter, 50 % → 8 av 10 enheter, 80 %" in told.output.replace(
        "\xa0", " "
    )
    said = json.loads(CliRunner().invoke(commands.main, [*arguments, "CURRENT", "--json"]).output)
    assert said["counts"] == {"corrected_report": 7} and len(said["changes"]) == 7 and len(said["marks"]) == 2
    unknown = CliRunner().invoke(commands.main, [*arguments, "00000000"])
    assert unknown.exit_code == 2 and "finns inte" in unknown.output


def test_every_cause_and_every_column_of_the_catalogue_has_its_words() -> None:
    assert set(KINDS) == set(KINDS_SHORT) == set(Kind)
    for table in (*schema.CATALOGUE, *schema.CONTEXT):
        missing = {name for name in table.names if name not in COLUMNS} - set(table.key)
        if table.name in TABLES:
            assert not missing, f"{table.name}: {missing}"


@pytest.mark.parametrize("table", schema.PUBLISHED, ids=lambda table: table.name)
def test_every_published_table_has_a_cause_and_words_of_its_own(table: schema.TableSchema) -> None:
    is_catalogue = table in (*schema.CATALOGUE, *schema.CONTEXT)
    assert is_catalogue or table.name in change_sentences.DERIVED, f"{table.name}: say how it differs in samlad/changes"


def test_an_edition_of_an_earlier_samlad_without_a_table_can_be_compared(made: Made) -> None:
    new = made.standing()
    tables = {name: held for name, held in new.manifest["tables"].items() if name != "gaps"}
    old = dataclasses.replace(new, manifest={**new.manifest, "tables": tables})
    (found,) = between(old, new)
    assert (found.kind, found.table, found.key) == (Kind.METHOD, "manifest", ("gaps",))


def test_the_difference_is_told_in_one_sentence(made: Made) -> None:
    first = made.standing()
    opened = database.open_snapshot(made.folder, first.snapshot_id)
    assert changes.difference(opened, opened).lines()[0].startswith("Ingenting har ändrats")
