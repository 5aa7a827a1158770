"""Gaps of a year: judged on its last day, from what was asked for by then, the same on every page and in the report."""

import random
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from benchmarks import gaps as planting
from benchmarks.gaps import World
from samlad.foundation.rows import GapListRow
from samlad.foundation.store import DataFolder
from samlad.journal import gap_states
from samlad.journal.gap_states import State
from samlad.publish import gap_rules
from samlad.report import responsibility_chapter
from samlad.report.document import Table, Words
from samlad.report.report_material import Folio
from samlad.swedish import numbers
from samlad.warehouse.database import Warehouse
from tests.rows import filled
from tests.test_pages import forgotten, run, seen

__all__ = ["forgotten"]

YEARS = (2021, 2022, 2023, 2024, 2025)


def planted() -> tuple[World, str, str, str]:
    """A programme where one activity lost its owner, one got one later, and one was silent in an earlier year only."""
    world = World(random.Random(3))
    goal = planting.clean_goal(world)
    lost = world.activity(goal.goal_id, None)
    world.duty("activity", lost, goal.owners[0], valid_to=date(world.last_year - 1, 6, 30))
    found = world.activity(goal.goal_id, None)
    world.duty("activity", found, goal.owners[1], valid_from=date(world.last_year, 1, 1))
    broken = world.activity(goal.goal_id, goal.owners[2])
    world.silent.add((goal.owners[2], broken, world.last_year - 2))
    return world, lost, found, broken


def years_of(tables: dict[str, Any], rule: str, object_id: str, world: World) -> set[int]:
    """The years in which a rule finds something about an object."""
    now = [row for row in tables["gaps"].to_pylist() if row["duties"] == gap_rules.DECIDED]
    rows = [row for row in tables["earlier_gaps"].to_pylist() if row["duties"] == gap_rules.DECIDED]
    held = [*({"year": world.last_year, **row} for row in now), *rows]
    return {row["year"] for row in held if (row["rule"], row["object_id"]) == (rule, object_id)}


@pytest.mark.long
def test_a_gap_belongs_to_the_years_in_which_it_was_there() -> None:
    world, lost, found, broken = planted()
    tables = planting.found_in(world, with_earlier=True)
    last = world.last_year
    assert years_of(tables, "G1", lost, world) == {last - 1, last}
    assert years_of(tables, "G1", found, world) == set(range(world.first_year, last))
    assert years_of(tables, "G5", broken, world) == {last - 2}
    assert not [row for row in tables["gap_rules"].to_pylist() if row["broken"]]


def test_no_gap_of_a_year_rests_on_a_later_year(example: Warehouse) -> None:
    for name in ("earlier_gaps", "earlier_gap_evidence"):
        rows = example.snapshot.table(name).to_pylist()
        assert {row["year"] for row in rows} == set(YEARS[:-1])
        for row in rows:
            words = [row["title"]] if name == "earlier_gaps" else [row["source_key"]]
            assert all(int(year) <= row["year"] for word in words for year in re.findall(r"\b20\d\d\b", word)), row


@pytest.mark.parametrize("year", YEARS)
def test_the_report_ansvar_and_namnd_have_the_same_gaps_of_the_year(
    shown: DataFolder, example: Warehouse, year: int
) -> None:
    held = [row for row in example.query("report_gaps").to_pylist() if row["year"] == year]
    listed = [row for row in example.query("gap_list", year=year).to_pylist() if row["duties"] == "decided"]
    assert {row["gap_id"] for row in held} == {row["gap_id"] for row in listed}
    blocks = list(responsibility_chapter.gaps(Folio(example, (YEARS[0], year), None)))
    (table,) = (one for one in blocks if isinstance(one, Table))
    assert len(table.rows) == len(held)
    day = numbers.date_sv(date(year, 12, 31))
    assert any(isinstance(one, Words) and f"Luckorna är de som fanns {day}," in one.words for one in blocks)
    told = seen(run("responsibility", ar=str(year)))
    assert f"{len(held)} luckor i ansvaret har hittats" in told and f"Luckorna är de som fanns {day}," in told
    of_one = example.query("gaps_of_organisation", year=year, organisation_id="SDN-SN").to_pylist()
    assert {row["gap_id"] for row in of_one} == {
        row["gap_id"] for row in listed if "SDN-SN" in row["organisations"].split()
    }


def test_the_years_differ_and_a_year_to_come_has_those_of_the_latest(example: Warehouse) -> None:
    found = {year: {row["gap_id"] for row in example.query("gap_list", year=year).to_pylist()} for year in YEARS}
    assert len({frozenset(one) for one in found.values()}) == len(YEARS)
    assert {row["gap_id"] for row in example.query("gap_list", year=2030).to_pylist()} == found[2025]
    assert {row["gap_id"] for row in example.query("gap_list").to_pylist()} == found[2025]


def test_a_gap_of_an_earlier_year_opens_to_the_evidence_of_that_year(shown: DataFolder, example: Warehouse) -> None:
    gap = next(row for row in example.query("gap_list", year=2022).to_pylist() if row["rule"] == "G5")
    evidence = example.query("gap_evidence_of", gap_id=gap["gap_id"], duties="decided", year=2022).to_pylist()
    assert any("2022" in row["told"] for row in evidence)
    app = run("responsibility", ar="2022", lucka=gap["gap_id"])
    assert not app.exception and all(row["told"] in seen(app) for row in evidence)


def test_an_edition_from_before_gaps_were_kept_by_year_shows_those_of_its_day(example: Warehouse) -> None:
    tables = {name: held for name, held in example.manifest["tables"].items() if not name.startswith("earlier_")}
    old = Warehouse(replace(example.snapshot, manifest={**example.manifest, "tables": tables}))
    try:
        assert [row["year"] for row in old.query("gap_year_list").to_pylist()] == [2025]
        assert old.query("gap_list", year=2022).equals(example.query("gap_list", year=2025))
        assert {row["year"] for row in old.query("report_gaps").to_pylist()} == {2025}
    finally:
        old.close()


def test_a_state_is_asked_about_again_only_while_the_gap_is_there(tmp_path: Any) -> None:
    folder = DataFolder(tmp_path)
    folder.journal.mkdir()
    gap = filled(GapListRow, gap_id="a", rule="G5", title="T", evidence_sha="1", still_there=True)
    at = datetime(2024, 3, 1, tzinfo=UTC)
    record = gap_states.set_state(folder, gap, state=State.DONE, by="Ada", at=at)
    there = gap_states.standings([record], [gap], date(2026, 1, 1))["a"]
    gone = gap_states.standings([record], [replace(gap, evidence_sha="2", still_there=False)], date(2026, 1, 1))["a"]
    assert there.asked_again and gone.state is State.DONE and gone.asked_again is None


def test_the_same_gap_in_several_years_keeps_one_identity(example: Warehouse) -> None:
    rows = example.query("gap_list", year=2023).to_pylist()
    now = {(row["duties"], row["gap_id"]): row["evidence_sha"] for row in example.query("gap_list").to_pylist()}
    assert any(row["still_there"] for row in rows) and not all(row["still_there"] for row in rows)
    for row in rows:
        assert row["still_there"] == ((row["duties"], row["gap_id"]) in now)
        assert row["evidence_sha"] == now.get((row["duties"], row["gap_id"]), row["evidence_sha"])
