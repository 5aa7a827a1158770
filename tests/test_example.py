"""The example: the same bytes for the same seed, everything in it that real reports have, and the story underneath."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from samlad.catalogue.programme import Programme, check_programme, read_programme
from samlad.cli.example import make_example
from samlad.cli.example.city import THREE_DISTRICTS
from samlad.cli.example.example_indicators import INDICATORS
from samlad.foundation import schema, store
from samlad.foundation.errors import SamladError
from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.submissions import submission_reader
from samlad.submissions.submission_reader import Submissions

pytestmark = pytest.mark.long

SOURCE = store.repository_folder().path
MERGED = date(2023, 7, 1)
PREDECESSORS = {"SDN-RK", "SDN-ST", "SDN-NO", "SDN-OS"}
SUCCESSORS = {"SDN-JA", "SDN-NI"}

CURRENT = """
create table figures as
select * from indicators_in
qualify row_number() over (
    partition by indicator_id, organisation_id, year, period, sex order by sequence desc) = 1;
create table statuses as
select * from activities_in
qualify row_number() over (partition by activity_id, organisation_id, year, period order by sequence desc) = 1;
"""


class Example:
    """One example, read back: its catalogue, its submissions, and the rows that stand in a database of their own."""

    def __init__(self, path: Path) -> None:
        self.folder = DataFolder(path)
        self.programme: Programme = read_programme(self.folder.programme)
        self.received: Submissions = submission_reader.read_all(self.folder)
        self.database = duckdb.connect()
        for name, table in self.programme.tables.items():
            self.database.register("incoming", table)
            self.database.execute(f'create table "{name}" as from incoming')
        self.database.register("indicators_in", self.received.indicators)
        self.database.register("activities_in", self.received.activities)
        self.database.execute(CURRENT)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The answer to a query over the catalogue, `figures` and `statuses`."""
        return self.database.sql(query).fetchall()

    def one(self, query: str) -> Any:
        """The only value of an answer."""
        return self.rows(query)[0][0]


@pytest.fixture(scope="module")
def default(tmp_path_factory: pytest.TempPathFactory) -> Example:
    out = tmp_path_factory.mktemp("example") / "default"
    make_example(out, SOURCE)
    return Example(out)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Example:
    out = tmp_path_factory.mktemp("example") / "large"
    make_example(out, SOURCE, organisations=110, indicators=40, years=3, seed=7)
    return Example(out)


def fingerprint(path: Path) -> str:
    """One hash over the names and the bytes of all files in a folder."""
    told = hashlib.sha256()
    for file in sorted(path.rglob("*")):
        if file.is_file():
            told.update(f"{file.relative_to(path)} {store.sha256(file.read_bytes())}\n".encode())
    return told.hexdigest()


def test_the_same_seed_gives_the_same_bytes_in_another_process(default: Example, tmp_path: Path) -> None:
    again = (
        "import sys; from pathlib import Path; from samlad.foundation import store;"
        "from samlad.cli.example import make_example;"
        "make_example(Path(sys.argv[1]), store.repository_folder().path)"
    )
    subprocess.run(
        [sys.executable, "-c", again, str(tmp_path / "again")],
        cwd=store.REPOSITORY,
        env={**os.environ, "PYTHONHASHSEED": "17", "TZ": "Pacific/Auckland"},
        check=True,
    )
    assert fingerprint(tmp_path / "again") == fingerprint(default.folder.path)


def test_another_seed_gives_other_reports_on_the_same_catalogue(tmp_path: Path) -> None:
    for seed in (1, 2):
        make_example(tmp_path / str(seed), SOURCE, organisations=20, indicators=10, years=2, seed=seed)
    first, second = (DataFolder(tmp_path / str(seed)) for seed in (1, 2))
    assert fingerprint(first.programme) == fingerprint(second.programme)
    assert fingerprint(first.submissions) != fingerprint(second.submissions)


def test_a_small_example_is_whole_too(tmp_path: Path) -> None:
    make_example(tmp_path / "small", SOURCE, organisations=20, indicators=10, years=2)
    small = Example(tmp_path / "small")
    assert small.programme.tables["organisations"].num_rows == 20
    assert small.programme.tables["indicators"].num_rows == 10
    assert not check_programme(small.programme)
    assert set(small.received.indicators["year"].to_pylist()) == {2021, 2022}
    assert small.one("select count(distinct goal_id) from figures inner join indicators using (indicator_id)") == 7


def test_fewer_than_the_core_is_never_made(tmp_path: Path) -> None:
    make_example(tmp_path / "core", SOURCE, organisations=1, indicators=1, years=1)
    core = read_programme(tmp_path / "core" / "programme")
    assert core.tables["organisations"].num_rows == 20
    assert core.tables["indicators"]["indicator_id"].to_pylist() == ["STH-M1-I1", "STH-M3-I1"]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("keep", encoding="utf-8")
    with pytest.raises(SamladError, match="inte tom"):
        make_example(tmp_path, SOURCE)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_progress_goes_forward_to_its_end_in_many_steps(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    make_example(
        tmp_path / "told", SOURCE, organisations=20, indicators=10, years=1, progress=lambda *step: told.append(step)
    )
    shares = [done / total for done, total, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len(told) > 20


def test_the_verified_rows_stand_unchanged_and_all_others_are_marked_as_example(default: Example) -> None:
    verified = read_programme(SOURCE / "programme")
    for name, table in verified.tables.items():
        kept = [row for row in default.programme.tables[name].to_pylist() if row["origin"] != "example"]
        assert kept == table.to_pylist(), name
        added = [row for row in default.programme.tables[name].to_pylist() if row["origin"] == "example"]
        assert {row["confidence"] for row in added} <= {"exempel"}, name
    assert fingerprint(default.folder.context) == fingerprint(SOURCE / "context")


def test_everything_handed_in_or_judged_is_marked_as_example(default: Example) -> None:
    for rows in (default.received.indicators, default.received.activities):
        assert set(rows["origin"].to_pylist()) == {"example"}
    assert {receipt["origin"] for receipt in default.received.receipts} == {"example"}
    assert {record.content["origin"] for record in records.read(default.folder)} == {"example"}
    assert all("(exempel)" in receipt["by"] for receipt in default.received.receipts)


def test_no_check_of_the_catalogue_finds_anything(default: Example) -> None:
    bases = dict(
        default.rows(
            """
            select indicator_id, case measure when 'count' then sum(numerator)
                else sum(numerator) * coalesce(any_value(per), 1) / sum(denominator) end
            from figures inner join indicators using (indicator_id)
            where year = base_year and period = 'VB' and sex = 'total' and numerator is not null
            group by indicator_id, measure
            """
        )
    )
    assert len(bases) > 20
    assert not check_programme(default.programme, bases)


def test_no_warning_is_left_without_its_reason(default: Example) -> None:
    warned = [receipt for receipt in default.received.receipts if receipt["warnings"]]
    assert warned
    assert {receipt["accepted_because"] for receipt in warned} == {"Exempeldata"}


def test_indicators_are_of_every_kind(default: Example) -> None:
    rows = default.programme.tables["indicators"].to_pylist()
    assert len(rows) >= 22
    for column, values in (
        ("measure", schema.MEASURES),
        ("counts", schema.COUNTS),
        ("time", ("flow", "stock", "survey")),
        ("direction", ("increase", "decrease", "none")),
        ("split_by_sex", (True, False)),
        ("provider", ("own", "external", "both")),
        ("level", ("stadsdelsnamnd", "namnd", "city")),
        ("per", (1000, 10_000)),
    ):
        assert set(values) <= {row[column] for row in rows}, column
    assert [row["break_year"] for row in rows if row["break_year"]] == [2023]
    ended = [row for row in rows if row["valid_to"] == date(2023, 12, 31) and row["ended_note"]]
    assert [row["replaced_by"] for row in ended] == [None]
    assert sum(row["part_of"] is not None for row in rows) == 2
    assert {row["goal_id"] for row in rows} == {f"STH-M{number}" for number in range(1, 8)}
    assert any(row["subgroup"] for row in rows if row["origin"] == "example")


def test_names_are_short_and_unique(default: Example) -> None:
    names = default.programme.tables["indicators"]["short_name"].to_pylist()
    assert max(len(name) for name in names) <= 30
    assert len({name.lower() for name in names}) == len(names)


def test_activities_are_with_and_without_indicators_own_and_external_and_of_employers(default: Example) -> None:
    activities = default.programme.tables["activities"].to_pylist()
    assert len(activities) >= 38
    measured = set(default.programme.tables["activity_indicators"]["activity_id"].to_pylist())
    assert 10 < len(measured) < len(activities) - 10
    assert {activity["provider"] for activity in activities} >= {"own", "external", "both"}
    for_employers = [activity["activity_id"] for activity in activities if activity["employer_duty"]]
    given_to = default.programme.tables["responsibilities"].to_pylist()
    assert {"alla"} <= {duty["group_id"] for duty in given_to if duty["object_id"] in for_employers}


def test_duties_are_led_shared_by_group_proposed_and_missing(default: Example) -> None:
    duties = default.programme.tables["responsibilities"].to_pylist()
    assert {duty["role"] for duty in duties} == set(schema.ROLES)
    assert {duty["status"] for duty in duties} == {"decided", "proposed"}
    decided = {duty["object_id"] for duty in duties if duty["status"] == "decided"}
    activities = set(default.programme.tables["activities"]["activity_id"].to_pylist())
    indicators = set(default.programme.tables["indicators"]["indicator_id"].to_pylist())
    assert activities - decided == {"EX-M2-A4", "EX-M6-A5"}
    assert indicators - decided == {"EX-M6-I3"}
    by_object: dict[str, list[dict[str, Any]]] = {}
    for duty in duties:
        by_object.setdefault(duty["object_id"], []).append(duty)
    assert {duty["role"] for duty in by_object["EX-M5-I3"]} == {"delansvarig"}
    heirs = {duty["organisation_id"] for duty in by_object["EX-M3-A8"]}
    assert "SDN-RK" in heirs and "SDN-JA" not in heirs
    assert ("SDN-NI", MERGED) in {(duty["organisation_id"], duty["valid_from"]) for duty in by_object["EX-M4-A6"]}


def test_targets_are_kfs_each_year_some_namnders_own_and_one_set_anew(default: Example) -> None:
    targets = default.programme.tables["targets"].to_pylist()
    assert {target["set_by"] for target in targets} == {"kf", "namnd"}
    judged = [
        row["indicator_id"]
        for row in default.programme.tables["indicators"].to_pylist()
        if row["direction"] != "none" and row["indicator_id"] != "EX-M6-I3" and not row["valid_to"]
    ]
    for name in judged:
        by_kf = {target["year"] for target in targets if target["indicator_id"] == name and target["set_by"] == "kf"}
        assert by_kf >= {2023, 2024, 2025}, name
    assert date(2024, 6, 17) in {target["valid_from"] for target in targets}


def test_no_report_is_from_an_organisation_that_was_not_there(default: Example) -> None:
    strangers = default.rows(
        """
        select organisation_id, year, period
        from (
            select organisation_id, year, period from figures
            union
            select organisation_id, year, period from statuses)
        inner join periods using (year, period) inner join organisations using (organisation_id)
        where ends_on < coalesce(organisations.valid_from, date '0001-01-01')
            or ends_on > coalesce(organisations.valid_to, date '9999-12-31')
        """
    )
    assert not strangers
    of_2023 = {
        period: set(names)
        for period, names in default.rows(
            "select period, list(distinct organisation_id) from figures where year = 2023 group by period"
        )
    }
    assert of_2023["T1"] >= PREDECESSORS and not of_2023["T1"] & SUCCESSORS
    for period in ("T2", "VB"):
        assert of_2023[period] >= SUCCESSORS and not of_2023[period] & PREDECESSORS


def test_a_successor_covers_the_people_of_its_whole_area(default: Example) -> None:
    population = dict(
        default.rows(
            """
            select (organisation_id, year)::varchar, any_value(denominator) from figures
            where indicator_id = 'EX-M3-I2' and denominator is not null group by 1
            """
        )
    )
    before = population["(SDN-RK, 2022)"] + population["(SDN-ST, 2022)"]
    assert 1 < population["(SDN-JA, 2023)"] / before < 1.03


def test_flows_grow_through_the_year_and_the_sexes_never_pass_the_total(default: Example) -> None:
    falls = default.rows(
        """
        select early.indicator_id, early.organisation_id, early.year, early.sex, early.period, later.period
        from figures as early inner join figures as later using (indicator_id, organisation_id, year, sex)
        inner join indicators using (indicator_id)
        where indicators.time = 'flow' and early.period < later.period
            and (early.numerator > later.numerator or early.denominator > later.denominator)
        """
    )
    assert not falls
    split = default.rows(
        """
        select sum(numerator) filter (where sex <> 'total') - max(numerator) filter (where sex = 'total')
        from figures where missing_reason is null and numerator is not null
        group by indicator_id, organisation_id, year, period
        having count(*) > 1 and count(*) filter (where sex = 'total') = 1
        """
    )
    assert len(split) > 500
    assert max(over for (over,) in split) <= 0
    assert min(over for (over,) in split) < 0, "nowhere is there a rest whose sex is not told"


def test_parts_are_never_more_than_their_whole_and_leave_a_remainder(default: Example) -> None:
    rests = default.rows(
        """
        select max(whole.numerator) - sum(part.numerator)
        from figures as part inner join indicators using (indicator_id)
        inner join figures as whole
            on indicators.part_of = whole.indicator_id and part.organisation_id = whole.organisation_id
            and part.year = whole.year and part.period = whole.period
        where part.numerator is not null and whole.numerator is not null
        group by whole.indicator_id, whole.organisation_id, whole.year, whole.period
        having count(*) = 2
        """
    )
    assert len(rests) > 100
    assert all(rest > 0 for (rest,) in rests)


def test_many_counts_of_persons_are_small(default: Example) -> None:
    small, all_counts = default.rows(
        """
        select count(*) filter (where numerator < 5), count(*) from figures
        inner join indicators using (indicator_id)
        where counts = 'persons' and period = 'VB' and numerator is not null
        """
    )[0]
    assert small > 150
    assert small / all_counts < 0.3


def test_reports_are_late_missing_and_corrected_and_figures_lack_for_every_reason(default: Example) -> None:
    due = {(row["year"], row["period"]): row["due"] for row in default.programme.tables["periods"].to_pylist()}
    came = Counter(
        (receipt["organisation_id"], receipt["year"], receipt["period"]) for receipt in default.received.receipts
    )
    late = [
        receipt
        for receipt in default.received.receipts
        if date.fromisoformat(receipt["received_at"][:10]) > due[receipt["year"], receipt["period"]]
    ]
    assert 20 < len(late) < len(default.received.receipts) / 3
    assert sum(times > 1 for times in came.values()) > 15
    assert ("SDN-SN", 2022, "VB") not in came
    for year in range(2021, 2026):
        there = {name for name, of_year, _ in came if of_year == year}
        assert any((name, year, period) not in came for name in there for period in schema.PERIODS)
    changed = default.one(
        """
        select count(*) from (
            select 1 from indicators_in where missing_reason is null
            group by indicator_id, organisation_id, year, period, sex having count(distinct numerator) > 1)
        """
    )
    assert changed > 20
    assert {reason for (reason,) in default.rows("select distinct missing_reason from figures")} == {
        "-",
        ".",
        "..",
        None,
    }
    assert len(default.received.withdrawn) == 1


def test_the_last_year_is_in_but_for_two(default: Example) -> None:
    received = sorted(receipt["received_at"][:10] for receipt in default.received.receipts)
    assert "2026-02-01" < received[-1] < "2026-02-28"
    asked = {receipt["organisation_id"] for receipt in default.received.receipts if receipt["year"] == 2025}
    whole = {
        receipt["organisation_id"]
        for receipt in default.received.receipts
        if (receipt["year"], receipt["period"]) == (2025, "VB")
    }
    assert asked - whole == {"SDN-HV", "FN-IDR"}


def test_an_organisation_is_silent_always_or_on_one_thing(default: Example) -> None:
    said = {receipt["organisation_id"] for receipt in default.received.receipts}
    assert "BOL-STL" not in said
    assert default.one("select count(*) from statuses where organisation_id = 'FN-KYR'") > 0
    assert (
        default.one("select count(*) from statuses where (organisation_id, activity_id) = ('FN-KYR', 'EX-M7-A6')") == 0
    )
    lacks = (
        "select count(*) from figures where organisation_id = 'SDN-EAV' and indicator_id = 'EX-M4-I5' and year >= 2024"
    )
    assert default.one(lacks) == 0
    assert (
        default.one("select count(*) from statuses where (organisation_id, activity_id) = ('SDN-EAV', 'EX-M4-A2')") > 9
    )


def test_two_submitters_tell_two_stories_of_one_figure_and_the_same_of_another(default: Example) -> None:
    told = default.rows(
        """
        select organisation_id, list(numerator order by sequence) from indicators_in
        where indicator_id = 'EX-M6-I1' and year = 2024 and period = 'VB' and organisation_id in ('SDN-BR', 'SDN-KU')
        group by all order by all
        """
    )
    (_, two_stories), (_, the_same) = told
    assert two_stories[0] == two_stories[1] + 1
    assert len(the_same) == 2 and len(set(the_same)) == 1


def test_about_one_row_in_eight_has_a_comment_without_figures(default: Example) -> None:
    for table, of_which in (("indicators_in", "where sex = 'total'"), ("activities_in", "")):
        share = default.one(f"select count(comment) / count(*) from {table} {of_which}")
        assert 0.08 < share < 0.18, table
    comments = [
        text for (text,) in default.rows("select distinct comment from indicators_in where comment is not null")
    ]
    assert len(comments) > 30
    assert not [text for text in comments if any(sign.isdigit() for sign in text)]
    assert "rutinfrågor" in default.one(
        """
        select comment from statuses
        where (organisation_id, activity_id, year, period) = ('FN-AMN', 'EX-M3-A2', 2024, 'VB')
        """
    )


def test_statuses_are_of_every_kind_and_never_go_back(default: Example) -> None:
    assert {status for (status,) in default.rows("select distinct status from statuses")} >= set(schema.STATUSES)
    warnings = {warning["rule"] for receipt in default.received.receipts for warning in receipt["warnings"]}
    assert "status_backwards" not in warnings


def city_shares(example: Example, indicator_id: str) -> list[float]:
    """The city's share at VB, year by year, of those who reported."""
    return [
        share
        for (share,) in example.rows(
            f"""
            select sum(numerator) / sum(denominator) from figures
            where indicator_id = '{indicator_id}' and period = 'VB' and sex = 'total' and numerator is not null
            group by year order by year
            """
        )
    ]


def test_two_goals_move_one_stands_still_and_one_goes_the_wrong_way(default: Example) -> None:
    for moving in ("STH-M3-I1", "EX-M3-I1", "EX-M7-I1", "EX-M7-I3"):
        shares = city_shares(default, moving)
        assert shares == sorted(shares), moving
        assert shares[-1] - shares[0] > 0.1, moving
    for still in ("EX-M6-I1", "EX-M4-I2"):
        shares = city_shares(default, still)
        assert max(shares) - min(shares) < 0.06, still
    for falling in ("EX-M5-I1", "EX-M5-I2"):
        shares = city_shares(default, falling)
        assert shares[-1] - shares[0] < -0.05, falling


def test_the_break_lifts_the_series_by_its_new_definition(default: Example) -> None:
    shares = city_shares(default, "EX-M4-I5")
    assert shares[2] - shares[1] > 2 * (shares[1] - shares[0])


def test_three_districts_differ_for_real_and_the_others_by_chance(default: Example) -> None:
    counted = default.rows(
        """
        select organisation_id, year, numerator, denominator from figures
        where indicator_id = 'EX-M3-I1' and period = 'VB' and sex = 'total' and numerator is not null
        """
    )
    others = [row for row in counted if row[0] not in THREE_DISTRICTS]
    level = {
        year: sum(x for _, y, x, _ in others if y == year) / sum(n for _, y, _, n in others if y == year)
        for year in range(2021, 2026)
    }
    away = {}
    for name in {row[0] for row in counted}:
        own = [(x, n, level[year]) for other, year, x, n in counted if other == name]
        away[name] = sum(x - p * n for x, n, p in own) / sum(p * (1 - p) * n for _, n, p in own) ** 0.5
    for name, effect in THREE_DISTRICTS.items():
        assert away.pop(name) * (1 if effect > 0 else -1) > 3.5, name
    assert max(abs(z) for z in away.values()) < 3.5


def test_judgements_are_made_by_namnder_and_by_the_city_which_is_stricter(default: Example) -> None:
    said = [record.content for record in records.read(default.folder, "assessment")]
    assert {judgement["fulfilled"] for judgement in said} == {"fully", "partly", "not"}
    by_city = [judgement for judgement in said if judgement["organisation_id"] == schema.CITY]
    assert {judgement["goal_id"] for judgement in by_city if judgement["year"] == 2025} == {
        f"STH-M{number}" for number in (1, 2, 3, 5, 7)
    }

    def fully(judgements: list[dict[str, Any]]) -> float:
        return sum(judgement["fulfilled"] == "fully" for judgement in judgements) / len(judgements)

    assert fully(by_city) < fully([judgement for judgement in said if judgement not in by_city])
    last = max(receipt["received_at"] for receipt in default.received.receipts)
    assert max(record.at.isoformat() for record in records.read(default.folder)) <= last


def test_a_larger_city_has_districts_that_merge_and_split_without_a_code_change(large: Example) -> None:
    organisations = large.programme.tables["organisations"].to_pylist()
    assert len(organisations) == 110
    assert large.programme.tables["indicators"].num_rows == 40
    assert not check_programme(large.programme)
    added = [row for row in large.programme.tables["successions"].to_pylist() if row["origin"] == "example"]
    heirs = Counter(row["predecessor_id"] for row in added)
    parents = Counter(row["successor_id"] for row in added)
    assert max(heirs.values()) == 2, "nothing was split"
    assert max(parents.values()) == 2, "nothing was merged"
    names = [row["short_name"] for row in organisations]
    assert len(set(names)) == len(names)
    reported = {name for (name,) in large.rows("select distinct organisation_id from figures")}
    assert {name.rpartition("-")[0] for name in reported} >= {"EX-SDN", "EX-FN", "EX-BOL", "SDN", "FN", "BOL"}


def test_people_pass_whole_from_the_districts_before_to_those_after(large: Example) -> None:
    inhabitants = {
        (name, year): people
        for name, year, people in large.rows(
            """
            select organisation_id, year, any_value(denominator) from figures
            where indicator_id = 'EX-M3-I2' and denominator is not null group by all
            """
        )
    }
    successions = large.programme.tables["successions"].to_pylist()
    compared = 0
    for succession in successions:
        before = {row["predecessor_id"] for row in successions if row["successor_id"] == succession["successor_id"]}
        after = {row["successor_id"] for row in successions if row["predecessor_id"] in before}
        year = succession["date"].year
        if all((name, year) in inhabitants for name in before | after):
            compared += 1
            assert sum(inhabitants[name, year] for name in before) == sum(inhabitants[name, year] for name in after)
    assert compared > 3


def test_every_planned_indicator_is_drawn_but_the_one_nobody_answers_for(default: Example) -> None:
    reported = {name for (name,) in default.rows("select distinct indicator_id from figures")}
    planned = {plan.indicator_id for plan in INDICATORS if plan.duties}
    assert reported == planned | {"STH-M1-I1", "STH-M3-I1"}
