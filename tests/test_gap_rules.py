"""Rules at their edges: a faulty file stops nothing, what is made up says so, and what is nearly a gap is none."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from benchmarks import gaps as planting
from benchmarks.gaps import Goal, World
from samlad.foundation import schema
from samlad.publish import gap_rules, publishing
from samlad.warehouse import engine, gap_rule_files, sql_files
from samlad.warehouse.database import Warehouse

WHOLE = (gap_rule_files.RULES / "activity_without_owner.sql").read_text(encoding="utf-8")
EVIDENCE = "[evidence('activities', 'activity_id=' || object_id, said)]"

FAULTY = {
    "text_for_a_day": ("    since,\n", "    'i går' as since,\n", "since is not date32"),
    "number_for_text": ("    goal_id,\n", "    1 as goal_id,\n", "goal_id is not string"),
    "no_object": ("    object_id,\n", "    null::varchar as object_id,\n", "object_id is null"),
    "unknown_kind": ("    object_type,\n", "    'sak' as object_type,\n", "object_type is 'sak'"),
    "text_for_a_list": ("[]::varchar[] as organisations", "'FN-AMN' as organisations", "are lists"),
    "nobody_in_a_list": ("[]::varchar[] as organisations", "[null]::varchar[] as organisations", "NoneType"),
    "twice_the_same": ("from nobody_answers", "from (from nobody_answers union all from nobody_answers)", "same gap"),
    "no_evidence": (EVIDENCE, "null", "are lists"),
    "evidence_that_tells_nothing": (EVIDENCE, EVIDENCE.replace("said", "null"), "told is null"),
    "no_origin": ("    origin,\n", "    null as origin,\n", "origin is null"),
    "a_column_less": ("    since,\n", "", "no column since"),
    "silence_without_words": ("    since,\n", "    since, true as silent_because,\n", "bool"),
    "changes_a_table": (WHOLE[WHOLE.index("select\n") :], "drop table activities\n", "changes nothing"),
}
"""Replacements in a whole rule, by name: the old text, the new text, and a part of the resulting message."""


def found_of(world: World, rule: str, duties: str = gap_rules.DECIDED) -> list[dict[str, Any]]:
    """The gaps of one rule in a planted programme."""
    rows = planting.found_in(world)["gaps"].to_pylist()
    return [row for row in rows if row["rule"] == rule and row["duties"] == duties]


def one_goal() -> tuple[World, Goal]:
    """A programme with nothing wrong, and one of its goals."""
    world = World(random.Random(1))
    world.activity(planting.clean_goal(world).goal_id, world.organisation(), employer_duty=True)
    return world, planting.clean_goal(world)


def tables_of(world: World) -> dict[str, pa.Table]:
    """Return the tables that the rules take of a planted programme without reports."""
    held = planting.catalogue(world)
    nothing = planting.reports(world, pa.table({"organisation_id": []}))
    return {**held.tables, **publishing.derive(held, nothing, world.as_of)}


@pytest.mark.long
def test_whatever_is_wrong_with_a_rule_file_it_is_named_and_nothing_else_suffers(tmp_path: Path) -> None:
    world = planting.planted(4, 1)
    tables = tables_of(world)
    (tmp_path / "activity_without_owner.sql").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "the_same_number.sql").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "a_folder.sql").mkdir()
    for number, (name, (whole, faulty, _)) in enumerate(FAULTY.items()):
        assert WHOLE.count(whole) == 1, name
        text = WHOLE.replace(whole, faulty).replace("rule      G1", f"rule      K{number}")
        (tmp_path / f"{name}.sql").write_text(text, encoding="utf-8")
    found = gap_rules.find(tables, world.as_of, tmp_path, with_earlier=False)
    for name in ("gaps", "gap_evidence", "gap_rules"):
        kept = publishing.conform(name, found[name])
        keys = [tuple(row[key] for key in schema.TABLES[name].key) for row in kept.to_pylist()]
        assert len(set(keys)) == len(keys)
    told = {row["name"]: row["broken"] for row in found["gap_rules"].to_pylist()}
    assert told.pop("activity_without_owner") is None
    assert "G1 is already that of activity_without_owner.sql" in told.pop("the_same_number")
    assert "directory" in told["a_folder"]
    assert str(tmp_path) not in told.pop("a_folder")
    assert set(told) == set(FAULTY)
    for name, (*_, said) in FAULTY.items():
        assert said in told[name], (name, told[name])
        assert told[name].startswith(f"{name}.sql")
    assert {row["rule"] for row in found["gaps"].to_pylist()} == {"G1"}


@pytest.mark.long
def test_a_rule_that_breaks_only_when_proposed_duties_count_is_named_too(tmp_path: Path) -> None:
    world, goal = one_goal()
    world.activity(goal.goal_id, None)
    decided = len(world.rows["responsibilities"])
    world.duty("activity", goal.activities[0], goal.owners[1], status="proposed")
    more = f"case when (select count(*) from asking_duties) > {decided} then null else confidence end as confidence"
    (tmp_path / "rule.sql").write_text(WHOLE.replace("    confidence,\n", f"    {more},\n"), encoding="utf-8")
    told = gap_rules.find(tables_of(world), world.as_of, tmp_path, with_earlier=False)["gap_rules"].to_pylist()
    assert [(row["found"], row["broken"]) for row in told] == [(1, "rule.sql: confidence is null; a gap always has it")]


@pytest.mark.long
@pytest.mark.parametrize("rule", ["G4", "G5", "G6", "G15"])
def test_silence_among_made_up_reports_is_made_up(rule: str) -> None:
    world, goal = one_goal()
    planting.PLANTS[rule][0](world, goal, 0)
    for _ in range(10):
        world.indicator(goal.goal_id, world.organisation())
    held = planting.catalogue(world)
    wanted = publishing.derive(held, planting.reports(world, pa.table({"organisation_id": []})), world.as_of)
    derived = publishing.derive(held, planting.reports(world, wanted["expected_reports"]), world.as_of)
    receipts = derived["received_submissions"].to_pylist()
    made_up = pa.Table.from_pylist(
        [{**row, "origin": "example"} for row in receipts], derived["received_submissions"].schema
    )
    for reports, expected in ((derived["received_submissions"], "own"), (made_up, "example")):
        tables = {**held.tables, **derived, "received_submissions": reports}
        rows = [
            row
            for row in gap_rules.find(tables, world.as_of, with_earlier=False)["gaps"].to_pylist()
            if row["rule"] == rule
        ]
        assert {row["origin"] for row in rows} == {expected}


@pytest.mark.parametrize(("silent", "is_found"), [(11, True), (7, False)])
def test_only_who_is_among_the_tenth_with_most_duties_is_told_to_report_little(silent: int, is_found: bool) -> None:
    world, goal = one_goal()
    for number in range(12):
        owner = world.organisation()
        names = [world.indicator(goal.goal_id, owner) for _ in range(number + 1)]
        if number == silent:
            world.silent |= {(owner, name, world.last_year - 1) for name in names}
    assert bool(found_of(world, "G15")) == is_found


def test_a_report_is_missed_from_the_day_after_it_was_due() -> None:
    world, _ = one_goal()
    tables = tables_of(world)
    first_due = min(tables["expected_reports"]["due"].to_pylist())
    for day, is_missed in ((first_due, False), (first_due + timedelta(days=1), True)):
        gaps = gap_rules.find(tables, day, with_earlier=False)["gaps"].to_pylist()
        assert any(row["rule"] == "G4" for row in gaps) == is_missed


@pytest.mark.long
def test_nobody_is_in_the_top_tenth_when_a_third_carry_as_much() -> None:
    world, goal = one_goal()
    for number in range(30):
        owner = world.organisation()
        names = [world.indicator(goal.goal_id, owner) for _ in range(5)]
        if number < 3:
            world.silent |= {(owner, name, world.last_year - 1) for name in names}
    assert found_of(world, "G15") == []


@pytest.mark.long
def test_a_duty_lost_in_two_roles_is_one_gap_and_names_who_is_there_to_ask() -> None:
    world, goal = one_goal()
    days = [date(2022, 6, 30), date(2024, 6, 30)]
    first = world.organisation(valid_to=days[0])
    middle = world.organisation(valid_from=date(2022, 7, 1), valid_to=days[1])
    last = world.organisation(valid_from=date(2024, 7, 1))
    for old, new, day in ((first, middle, date(2022, 7, 1)), (middle, last, date(2024, 7, 1))):
        world.rows["successions"].append({"predecessor_id": old, "successor_id": new, "date": day})
    name = world.activity(goal.goal_id, first)
    world.duty("activity", name, first, role="delansvarig")
    gap = found_of(world, "G11")
    assert [(row["object_id"], row["organisations"]) for row in gap] == [(name, " ".join(sorted((first, last))))]
    assert gap[0]["action"] == f"Bekräfta om {last} har tagit över, och för in det i katalogen."


def uncoded(world: World, goal: Goal) -> None:
    """The catalogue says nothing on kinds of violence in the goal."""
    for name in goal.indicators:
        world.change("indicators", "indicator_id", name, violence_types=None)
    for name in goal.activities:
        world.change("activities", "activity_id", name, violence_types=None)


def half_coded(world: World, goal: Goal) -> None:
    """The catalogue says it for one of the goal's six."""
    uncoded(world, goal)
    world.change("activities", "activity_id", goal.activities[0], violence_types="heder")


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (uncoded, "För mål 2 säger katalogen inte vilka slag av våld"),
        (half_coded, "För 5 av målets 6 aktiviteter och indikatorer säger katalogen inte"),
    ],
)
def test_kinds_that_the_catalogue_does_not_say_are_not_said_to_be_missing(
    change: Callable[[World, Goal], None], said: str
) -> None:
    world, goal = one_goal()
    change(world, goal)
    tables = planting.found_in(world)
    silent = [row["silent_because"] or "" for row in tables["gap_rules"].to_pylist() if row["rule"] == "G16"]
    ids = {row["gap_id"] for row in tables["gaps"].to_pylist() if row["rule"] == "G16"}
    told = [row["told"] for row in tables["gap_evidence"].to_pylist() if row["gap_id"] in ids]
    assert any(said in one for one in [*silent, *told])
    assert bool(ids) == (change is half_coded)


@pytest.mark.long
def test_an_observation_without_a_source_says_so() -> None:
    world, goal = one_goal()
    planting.PLANTS["G7"][0](world, goal, 1)
    world.rows["observations"][-1]["source"] = None
    tables = planting.found_in(world)
    assert "Så är det (utan källa)." in tables["gap_evidence"]["told"].to_pylist()


NEAR = {
    "G1": (
        "EX-M1-A2",
        "",
        "from duties where object_id = $what having bool_and(group_id is not null or role = 'berord')",
    ),
    "G2": ("EX-M6-I1", "", "from duties where object_id = $what having bool_and(group_id is not null)"),
    "G3": (
        "EX-M1-A5",
        "",
        "from duties where object_id = $what "
        "having count(*) = 4 and count(*) filter (where role = 'huvudansvarig') = 1",
    ),
    "G4": (
        "EX-M7-A6",
        "FN-OFN",
        "from expected_reports where object_id = $what and organisation_id = $whom "
        "having bool_or(received) and not bool_or(received and year = 2021)",
    ),
    "G5": (
        "EX-M1-A7",
        "FN-IDR",
        "from expected_reports where object_id = $what and organisation_id = $whom and year = 2025 "
        "having bool_or(received) and not bool_or(received and period = 'VB')",
    ),
    "G6": (
        "EX-M6-I1",
        "SDN-HV",
        "from expected_reports where object_id in ($what, 'EX-M6-A2') and organisation_id = $whom and year = 2025 "
        "and period = 'VB' having count(*) = 2 and not bool_or(received)",
    ),
    "G7": (
        "EX-M1-I2",
        "FN-KUL",
        "from duties inner join activity_indicators on object_id = activity_id "
        "where indicator_id = $what and organisation_id = $whom and role = 'berord'",
    ),
    "G8": ("EX-M4-I4", "BOL-BF", "from activity_values where organisation_id = $whom and contains(comment, 'kolgång')"),
    "G9": (
        "STH-M1",
        "",
        "from activities left join activity_indicators using (activity_id) where goal_id = $what "
        "having count(indicator_id) < count(*) and count(indicator_id) * 2 < count(*) + 2",
    ),
    "G10": ("STH-M5", "", "from indicators where goal_id = $what having count(subgroup) = 1 and count(*) = 3"),
    "G11": (
        "EX-M4-A6",
        "SDN-NI",
        "from duties where object_id = $what and organisation_id in ('SDN-NO', $whom) having count(*) = 2",
    ),
    "G12": (
        "EX-M7-I5",
        "",
        "from activity_indicators inner join activities using (activity_id) inner join indicators using (indicator_id) "
        "where indicator_id = $what and activities.provider = 'external' and indicators.provider = 'external'",
    ),
    "G13": (
        "EX-M6-I1",
        "SDN-KU",
        "from received_submissions where organisation_id = 'FN-SOC' and year = 2024 and $what <> $whom",
    ),
    "G14": ("EX-M7-I2", "", "from indicators where indicator_id = $what and valid_to < date '2025-01-01'"),
    "G15": (
        "SDN-FA",
        "SDN-FA",
        "from duties where organisation_id in ($whom, 'SDN-EAV') and role <> 'berord' and status = 'decided' and "
        "date '2025-12-31' between valid_from and valid_to "
        "having count(*) filter (where organisation_id = $whom) * 2 >= count(*)",
    ),
    "G16": ("STH-M5", "", "from indicators where goal_id = $what and contains(violence_types, 'prostitution')"),
}
"""Of every rule a case in the example that is nearly a gap: the object, who it is about, what shows that it is near."""


def test_every_rule_file_has_a_near_miss_in_the_example() -> None:
    assert set(NEAR) == {rule.query.rule for rule in gap_rule_files.read_rules() if rule.query}


@pytest.fixture(scope="module")
def published(example: Warehouse) -> Iterator[duckdb.DuckDBPyConnection]:
    """The example's tables as they are published, and its duties."""
    connection = engine.connect()
    for table in schema.PUBLISHED:
        engine.load(connection, table.name, example.snapshot.table(table.name))
    engine.build(connection, sql_files.parse(engine.QUERIES / "publish" / "duties.sql"), {})
    yield connection
    connection.close()


@pytest.mark.parametrize("rule", NEAR)
def test_the_example_has_a_case_of_every_rule_that_is_nearly_a_gap(
    rule: str, published: duckdb.DuckDBPyConnection
) -> None:
    what, whom, near = NEAR[rule]
    named = {name: value for name, value in {"what": what, "whom": whom}.items() if f"${name}" in near}
    assert published.execute(f"select 1 {near}", named).fetchall()
    asked = "select organisations from gaps where duties = 'decided' and rule = $rule and object_id = $what"
    found = published.execute(asked, {"rule": rule, "what": what}).fetchall()
    assert not [one for (one,) in found if whom in ("", *one.split())]
