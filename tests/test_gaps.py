"""Gaps in responsibility: what the rules find, what they never claim, and what happens when a rule is broken."""

import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from benchmarks import gaps as planting
from samlad.catalogue.programme import read_programme
from samlad.foundation.store import REPOSITORY, DataFolder
from samlad.publish import gap_rules, publishing
from samlad.submissions import submission_reader
from samlad.warehouse import gap_rule_files
from samlad.warehouse.database import Warehouse


def decided(tables: dict[str, pa.Table], duties: str = gap_rules.DECIDED) -> list[dict[str, Any]]:
    """The gaps found with the duties given."""
    return [row for row in tables["gaps"].to_pylist() if row["duties"] == duties]


@pytest.fixture(scope="module")
def real(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pa.Table]:
    """Return the gaps found in the verified catalogue alone, as `init` gives it: no report, no example."""
    catalogue = read_programme(repository / "data" / "programme")
    nothing = submission_reader.read_all(DataFolder(tmp_path_factory.mktemp("empty")), None)
    return gap_rules.find({**catalogue.tables, **publishing.derive(catalogue, nothing, None)}, None)


def test_of_the_real_city_four_gaps_are_found_and_nothing_else_is_claimed(real: dict[str, pa.Table]) -> None:
    found = {(row["rule"], row["object_id"], row["organisations"]) for row in decided(real)}
    assert found == {
        ("G7", "STH-M3-I1", "FN-AMN"),
        ("G10", "STH-M1", "FN-AMN"),
        ("G12", "FN-AMN", "FN-AMN"),
        ("G16", "stockholm-vald-2021-2025", ""),
    }
    assert {row["origin"] for row in decided(real)} == {"remiss"}


def test_each_of_them_cites_what_was_stated_in_writing(real: dict[str, pa.Table]) -> None:
    cited = {row["source_key"] for row in real["gap_evidence"].to_pylist() if row["source_table"] == "observations"}
    assert cited == {f"observation_id=OBS-{number}" for number in range(1, 6)}
    assert all("KS 2020/924" in row["told"] for row in real["gap_evidence"].to_pylist() if "OBS" in row["source_key"])


def test_rules_that_need_reports_or_activities_say_why_they_are_silent(real: dict[str, pa.Table]) -> None:
    silent = {row["rule"]: row["silent_because"] for row in real["gap_rules"].to_pylist() if row["silent_because"]}
    assert set(silent) == {"G4", "G5", "G6", "G9", "G15", "G16"}
    assert all("Inga rapporter" in silent[rule] for rule in ("G4", "G5", "G6", "G15"))
    assert all("mål 1, 2, 3, 4, 5, 6, 7" in silent[rule] for rule in ("G9", "G16"))


def test_what_is_proposed_closes_its_gap_when_it_is_looked_at_as_decided(real: dict[str, pa.Table]) -> None:
    before = {row["gap_id"]: row["rule"] for row in decided(real)}
    after = {row["gap_id"] for row in decided(real, gap_rules.WITH_PROPOSED)}
    assert [rule for gap_id, rule in before.items() if gap_id not in after] == ["G7"]
    assert after <= set(before)


def documented(text: str) -> dict[str, tuple[str, str]]:
    """Return the entry of each rule in the table of docs/gaps.md: its findings, and the claims it never makes.

    >>> documented("| G1, G2 | a goal | a name |")
    {'G1': ('a goal', 'a name'), 'G2': ('a goal', 'a name')}
    """
    rows = re.findall(r"^\| *([^|]*?) *\| *([^|]*?) *\| *([^|]*?) *\|$", text, re.MULTILINE)
    return {rule: (finds, never) for rules, finds, never in rows for rule in re.split(r",\s*", rules)}


def lacking(numbers: Iterable[str], cases: Mapping[str, Sequence[object]], text: str) -> dict[str, list[str]]:
    """Return the parts each gap rule lacks: a planted case, a near miss, and a row in docs/gaps.md."""
    rows = documented(text)
    found: dict[str, list[str]] = {}
    for rule in numbers:
        planted, near = (*cases.get(rule, ()), None, None)[:2]
        has = {"planted case": planted, "near miss": near, "row in docs/gaps.md": all(rows.get(rule, ("",)))}
        if lacks := [name for name, held in has.items() if not held]:
            found[rule] = lacks
    return found


DOCS = REPOSITORY / "docs" / "gaps.md"


def rule_numbers(folder: Path = gap_rule_files.RULES) -> list[str]:
    """The number of every rule file."""
    return [rule.query.rule for rule in gap_rule_files.read_rules(folder) if rule.query]


def test_every_rule_file_has_a_planted_case_a_near_miss_and_a_row_in_the_docs() -> None:
    numbers = rule_numbers()
    assert len(numbers) == len([*gap_rule_files.RULES.glob("*.sql")]) - 1, "macros.sql alone is no rule"
    assert lacking(numbers, planting.PLANTS, DOCS.read_text(encoding="utf-8")) == {}
    assert set(planting.PLANTS) == set(numbers), "and nothing is planted for a rule that is gone"


def test_a_new_rule_file_without_them_is_told_what_it_lacks(tmp_path: Path) -> None:
    whole = (gap_rule_files.RULES / "activity_without_owner.sql").read_text(encoding="utf-8")
    (tmp_path / "our_own.sql").write_text(whole.replace("rule      G1", "rule      G99"), encoding="utf-8")
    text = DOCS.read_text(encoding="utf-8")
    (number,) = rule_numbers(tmp_path)
    both = planting.PLANTS["G1"]
    assert lacking([number], {}, text) == {"G99": ["planted case", "near miss", "row in docs/gaps.md"]}
    assert lacking([number], {"G99": both[:1]}, text)["G99"] == ["near miss", "row in docs/gaps.md"]
    assert lacking([number], {"G99": both}, text)["G99"] == ["row in docs/gaps.md"]
    assert lacking([number], {"G99": both}, f"{text}\n| G99 | something |  |")["G99"] == ["row in docs/gaps.md"]
    assert lacking([number], {"G99": both}, f"{text}\n| G99 | something | anything else |") == {}


@pytest.mark.long
def test_planted_gaps_are_found_and_near_misses_are_not() -> None:
    scores = planting.scored(range(1, 2), 5)
    wrong = {rule: (score.wrong, score.missed) for rule, score in scores.items() if score.wrong or score.missed}
    assert set(wrong) <= {"G8"}, wrong
    assert all(score.planted == score.near == 5 for score in scores.values())
    assert scores["G8"].precision == scores["G8"].recall == 0.8


def test_the_example_has_a_case_of_every_rule(example: Warehouse) -> None:
    found = {row["rule"] for row in decided({"gaps": example.snapshot.table("gaps")})}
    assert found == set(planting.RULES)
    assert not [row for row in example.snapshot.table("gap_rules").to_pylist() if row["broken"]]


def test_header_and_sql_of_every_rule_agree() -> None:
    world = planting.planted(3, 1)
    held = planting.catalogue(world)
    nothing = planting.reports(world, pa.table({"organisation_id": []}))
    derived = publishing.derive(held, nothing, world.as_of)
    connection = gap_rules.opened({**held.tables, **derived})
    gap_rules.look_from(connection, world.as_of)
    for rule in gap_rule_files.read_rules():
        assert rule.query is not None, rule.broken
        described = connection.sql(f"describe {rule.query.sql}").to_arrow_table().to_pylist()
        given = {row["column_name"]: row["column_type"] for row in described}
        assert set(given) == set(rule.query.columns), rule.name
        for column in ("object_id", "since", "organisations"):
            assert given[column] == rule.query.columns[column].type, (rule.name, column)
    connection.close()


@pytest.fixture
def small() -> tuple[dict[str, pa.Table], date]:
    """A programme with one plant of every rule, as the rules take it."""
    world = planting.planted(4, 1)
    held = planting.catalogue(world)
    nothing = planting.reports(world, pa.table({"organisation_id": []}))
    return {**held.tables, **publishing.derive(held, nothing, world.as_of)}, world.as_of


@pytest.mark.long
def test_a_rule_that_cannot_be_read_or_run_is_named_and_the_others_still_run(
    tmp_path: Path, small: tuple[dict[str, pa.Table], date], caplog: pytest.LogCaptureFixture
) -> None:
    for path in gap_rule_files.RULES.glob("*.sql"):
        shutil.copy(path, tmp_path)
    whole = (tmp_path / "activity_without_owner.sql").read_text(encoding="utf-8")
    (tmp_path / "no_header.sql").write_text("select 1\n", encoding="utf-8")
    (tmp_path / "wrong_table.sql").write_text(
        whole.replace("from nobody_answers", "from nobody").replace("rule      G1", "rule      G98"), encoding="utf-8"
    )
    (tmp_path / "not_text.sql").write_bytes(b"\xff\xfe\x00")
    tables, as_of = small
    found = gap_rules.find(tables, as_of, tmp_path)
    broken = {row["name"]: row["broken"] for row in found["gap_rules"].to_pylist() if row["broken"]}
    assert set(broken) == {"no_header", "wrong_table", "not_text"}
    assert "nobody" in broken["wrong_table"]
    assert str(tmp_path) not in "".join(broken.values())
    assert "wrong_table.sql" in caplog.text
    assert {row["rule"] for row in decided(found)} >= {"G1", "G2", "G3"}


@pytest.mark.long
def test_a_new_file_is_a_new_rule(tmp_path: Path, small: tuple[dict[str, pa.Table], date]) -> None:
    ours = (
        (gap_rule_files.RULES / "activity_without_owner.sql")
        .read_text(encoding="utf-8")
        .replace("rule      G1", "rule      K1")
    )
    (tmp_path / "our_own.sql").write_text(ours, encoding="utf-8")
    tables, as_of = small
    found = gap_rules.find(tables, as_of, tmp_path)
    assert {row["rule"] for row in decided(found)} == {"K1"}
    assert found["gap_rules"].to_pylist()[0]["name"] == "our_own"


def test_a_contradiction_is_told_without_any_of_its_values() -> None:
    world = planting.planted(5, 2)
    told = planting.found_in(world)
    ids = {row["gap_id"] for row in decided(told) if row["rule"] == "G13"}
    said = [row["told"] for row in told["gap_evidence"].to_pylist() if row["gap_id"] in ids]
    assert said == ["VB 2025: 2 inlämnare har lämnat olika uppgifter."] * len(said)
    assert said


@pytest.mark.long
def test_the_same_gap_keeps_its_identity_and_its_evidence_tells_when_it_changes(
    small: tuple[dict[str, pa.Table], date],
) -> None:
    tables, as_of = small
    first, again = (gap_rules.find(tables, as_of) for _ in range(2))
    assert first["gaps"].equals(again["gaps"])
    rows = tables["activities"].to_pylist()
    renamed = [{**row, "title": f"{row['title']} (ny)"} for row in rows]
    later = gap_rules.find({**tables, "activities": pa.Table.from_pylist(renamed, tables["activities"].schema)}, as_of)
    old, new = ({row["gap_id"]: row for row in decided(one)} for one in (first, later))
    assert set(old) == set(new)
    changed = {old[one]["rule"] for one in old if old[one]["evidence_sha"] != new[one]["evidence_sha"]}
    assert "G9" in changed
    assert "G2" not in changed


def test_responsibility_passes_to_the_merged_district_on_its_first_day(example: Warehouse) -> None:
    asked = [date(2023, 6, 30), date(2023, 7, 1)]
    before, after = (example.query("duties_on", on=day).to_pylist() for day in asked)
    names = {"SDN-RK", "SDN-ST", "SDN-JA"}
    assert {row["organisation_id"] for row in before} & names == {"SDN-RK", "SDN-ST"}
    assert {row["organisation_id"] for row in after} & names == {"SDN-JA"}
    group_before = {row["object_id"] for row in before if row["organisation_id"] == "SDN-RK" and row["group_name"]}
    group_after = {row["object_id"] for row in after if row["organisation_id"] == "SDN-JA" and row["group_name"]}
    assert group_before == group_after
    assert group_after
    named_before = {row["object_id"] for row in before if row["organisation_id"] == "SDN-RK" and not row["group_name"]}
    named_after = {row["object_id"] for row in after if row["organisation_id"] == "SDN-JA" and not row["group_name"]}
    assert named_before
    assert not named_before & named_after


def test_a_proposed_duty_is_shown_only_when_asked_for(example: Warehouse) -> None:
    day = date(2024, 12, 31)
    plain = example.query("duties_on", on=day)
    switched = example.query("duties_on", on=day, with_proposed=True)
    assert "proposed" not in plain["status"].to_pylist()
    added = [row for row in switched.to_pylist() if row["status"] == "proposed"]
    assert ("STH-M3-I1", "FN-AMN") in {(row["object_id"], row["organisation_id"]) for row in added}


def test_no_rule_reads_a_table_that_is_not_protected() -> None:
    forbidden = {"submitted_indicators", "submitted_activities", "current_indicators", "withdrawn_indicators"}
    for rule in gap_rule_files.read_rules():
        assert rule.query is not None
        assert not set(rule.query.source) & forbidden
