"""Publish: what follows from the reports, the same bytes every time, and never half a snapshot."""

import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from samlad.catalogue.programme import Programme
from samlad.foundation import schema, store
from samlad.foundation.store import DataFolder
from samlad.publish import publishing
from samlad.submissions import submission_reader
from samlad.submissions.submission_reader import Submissions
from samlad.warehouse import database, editions
from tests import lengths
from tests.editions import Made, came_after
from tests.rows import programme, table

ROOT = Path(__file__).resolve().parent.parent

MERGED = {
    "organisations": table(
        "organisations",
        {"organisation_id": "RK", "valid_to": date(2023, 6, 30)},
        {"organisation_id": "ST", "valid_to": date(2023, 6, 30)},
        {"organisation_id": "JA", "valid_from": date(2023, 7, 1)},
        {"organisation_id": "BR"},
    ),
    "successions": table(
        "successions",
        {"predecessor_id": "RK", "successor_id": "JA", "date": date(2023, 7, 1)},
        {"predecessor_id": "ST", "successor_id": "JA", "date": date(2023, 7, 1)},
    ),
    "responsibilities": table(
        "responsibilities", {"object_type": "indicator", "object_id": "I", "group_id": "stadsdelsnamnder"}
    ),
}


def report(
    organisation: str, year: int, numerator: int | None = None, denominator: int | None = None, **more: Any
) -> dict[str, Any]:
    """One reported row, with its receipt's order and day."""
    return {
        "indicator_id": "I",
        "organisation_id": organisation,
        "year": year,
        "period": "VB",
        "sex": "total",
        "numerator": numerator,
        "denominator": denominator,
        "value": None,
        "forecast": None,
        "missing_reason": None,
        "comment": None,
        "submission_id": "s1",
        "source_file": None,
        "source_sheet": None,
        "source_row": 1,
        "origin": "own",
        "sequence": 1,
        "received_on": date(year + 1, 1, 20),
        **more,
    }


def derived(
    catalogue: Programme, *reports: dict[str, Any], as_of: date | None = date(2026, 2, 1)
) -> dict[str, list[dict[str, Any]]]:
    """The tables that follow from the rows, as lists of rows."""
    extra = [pa.field("sequence", pa.int64()), pa.field("received_on", pa.date32())]
    indicators = pa.schema([*schema.TABLES["indicator_reports"].arrow, *extra])
    activities = pa.schema([*schema.TABLES["activity_reports"].arrow, *extra])
    received = Submissions(
        indicators=pa.Table.from_pylist(list(reports), indicators),
        activities=activities.empty_table(),
        receipts=[],
        withdrawn=set(),
    )
    return {name: rows.to_pylist() for name, rows in publishing.derive(catalogue, received, as_of).items()}


def catalogue(**indicator: Any) -> Programme:
    """Four districts, two of which merge into one on 1 July 2023, and one indicator they all answer for."""
    return programme(indicators=table("indicators", {"indicator_id": "I", **indicator}), **MERGED)


def of(rows: list[dict[str, Any]], **wanted: Any) -> list[dict[str, Any]]:
    """The rows with these values."""
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def test_a_merged_district_is_the_sum_of_its_parts_not_their_mean() -> None:
    tables = derived(catalogue(), report("RK", 2022, 3, 5), report("ST", 2022, 40, 50))
    (jarva,) = of(tables["division_values"], division="2023-07-01", organisation_id="JA", year=2022)
    assert (jarva["numerator"], jarva["denominator"], jarva["rebuilt"], jarva["parts"]) == (43, 55, "rebuilt", 2)
    assert jarva["value"] == 43 / 55


def test_a_merged_district_with_a_silent_part_is_not_a_number() -> None:
    tables = derived(catalogue(), report("RK", 2022, 3, 5))
    (jarva,) = of(tables["division_values"], division="2023-07-01", organisation_id="JA", year=2022)
    assert (jarva["numerator"], jarva["value"], jarva["missing_reason"]) == (None, None, "-")
    assert (jarva["parts_reported"], jarva["parts"], jarva["rebuilt"]) == (1, 2, "incomplete")


def test_a_part_that_is_not_concerned_does_not_stop_its_district() -> None:
    tables = derived(catalogue(), report("RK", 2022, missing_reason="."), report("ST", 2022, 40, 50))
    (jarva,) = of(tables["division_values"], division="2023-07-01", organisation_id="JA", year=2022)
    assert (jarva["numerator"], jarva["denominator"], jarva["parts"]) == (40, 50, 1)


def test_what_has_no_counts_is_not_rebuilt_and_yes_no_becomes_how_many() -> None:
    shares = derived(catalogue(), report("RK", 2022, value=0.5), report("ST", 2022, value=0.7))
    (jarva,) = of(shares["division_values"], division="2023-07-01", organisation_id="JA", year=2022)
    assert (jarva["value"], jarva["rebuilt"]) == (None, "not_rebuildable")
    answers = derived(catalogue(measure="yes_no"), report("RK", 2022, value=1.0), report("ST", 2022, value=0.0))
    (jarva,) = of(answers["division_values"], division="2023-07-01", organisation_id="JA", year=2022)
    assert (jarva["numerator"], jarva["denominator"], jarva["value"]) == (1, 2, None)


def test_a_successors_year_of_merger_stands_whole_unless_its_counts_begin_later() -> None:
    whole = derived(catalogue(), report("JA", 2023, 9, 12))
    (jarva,) = of(whole["division_values"], division="2023-07-01", organisation_id="JA", year=2023)
    assert (jarva["numerator"], jarva["rebuilt"]) == (9, "as_reported")
    later = MERGED["organisations"].to_pylist()
    later[2]["counts_from"] = date(2023, 7, 1)
    half = programme(**{**catalogue().tables, "organisations": table("organisations", *later)})
    tables = derived(half, report("JA", 2023, 9, 12))
    (jarva,) = of(tables["division_values"], division="2023-07-01", organisation_id="JA", year=2023)
    assert (jarva["numerator"], jarva["rebuilt"]) == (None, "not_rebuildable")
    assert of(tables["city_values"], year=2023)[0]["organisations_reported"] == 0


def test_the_city_adds_those_who_reported_and_counts_who_was_asked() -> None:
    tables = derived(
        catalogue(), report("RK", 2022, 3, 5), report("BR", 2022, 5, 10), report("ST", 2022, missing_reason="-")
    )
    (city,) = of(tables["city_values"], year=2022)
    assert (city["numerator"], city["denominator"]) == (8, 15)
    assert (city["organisations_reported"], city["organisations_expected"]) == (2, 3)


def test_everyone_expected_is_in_the_sum_or_missing_from_it_with_a_reason() -> None:
    four = [{"organisation_id": name} for name in ("BR", "FA", "SO", "SK", "ÄL", "NO")]
    asked = programme(
        **{
            **catalogue().tables,
            "organisations": table("organisations", *four),
            "successions": table("successions"),
        }
    )
    tables = derived(
        asked,
        report("BR", 2022, 5, 10),
        report("FA", 2022, missing_reason=".."),
        report("SO", 2022, missing_reason="."),
        report("SK", 2022, value=0.5),
        report("ÄL", 2022, missing_reason="-"),
    )
    (city,) = of(tables["city_values"], year=2022)
    assert (city["numerator"], city["denominator"]) == (5, 10)
    assert (city["organisations_reported"], city["organisations_expected"]) == (1, 6)
    assert city["missing_from_sum"] == "FA=.. NO=- SK=no_counts SO=. ÄL=-"


def test_a_sum_of_nobody_says_why_in_the_words_of_those_who_are_missing() -> None:
    for codes, said in (((".", "."), "."), (("..", "."), ".."), (("..", "-"), "-")):
        reports = [report(name, 2022, missing_reason=code) for name, code in zip(("RK", "ST"), codes, strict=True)]
        tables = derived(catalogue(), *reports, report("BR", 2022, missing_reason=codes[0]))
        (city,) = of(tables["city_values"], year=2022)
        assert (city["numerator"], city["missing_reason"], city["organisations_reported"]) == (None, said, 0)


def test_an_index_is_the_citys_only_where_one_alone_is_asked() -> None:
    named = {"object_type": "indicator", "object_id": "I", "organisation_id": "BR"}
    alone = programme(
        **{
            **catalogue(measure="index", counts="none").tables,
            "responsibilities": table("responsibilities", named),
        }
    )
    (city,) = of(derived(alone, report("BR", 2022, value=7.1))["city_values"], year=2022)
    assert (city["value"], city["missing_reason"]) == (7.1, None)
    several = derived(catalogue(measure="index", counts="none"), report("BR", 2022, value=7.1))
    (city,) = of(several["city_values"], year=2022)
    assert (city["value"], city["missing_reason"]) == (None, ".")


def test_the_citys_change_uses_only_those_who_reported_both_years() -> None:
    tables = derived(
        catalogue(),
        *(report(name, 2021, 5, 10) for name in ("RK", "ST", "BR")),
        *(report(name, 2022, 6, 10) for name in ("RK", "BR")),
    )
    (change,) = of(tables["city_changes"], year_from=2021, year_to=2022)
    assert (change["numerator_from"], change["numerator_to"]) == (5, 6)
    assert (change["organisations_both"], change["organisations_expected_both"]) == (1, 2)


def test_a_change_counts_only_those_expected_in_both_years() -> None:
    late = {"object_type": "indicator", "object_id": "I", "organisation_id": "BR", "valid_from": date(2022, 1, 1)}
    named = [{"object_type": "indicator", "object_id": "I", "organisation_id": name} for name in ("RK", "ST")]
    asked = programme(**{**catalogue().tables, "responsibilities": table("responsibilities", late, *named)})
    tables = derived(asked, *(report(name, year, 5, 10) for name in ("RK", "ST") for year in (2021, 2022)))
    (change,) = of(tables["city_changes"], year_from=2021, year_to=2022)
    assert (change["organisations_both"], change["organisations_expected_both"]) == (1, 1), "Järva alone; Bromma is new"


def test_no_change_is_computed_across_a_break_and_the_base_moves_to_it() -> None:
    broken = catalogue(break_year=2023)
    tables = derived(broken, *(report("BR", year, 5, 10) for year in (2021, 2022, 2023, 2024, 2025)))
    pairs = {(row["year_from"], row["year_to"]) for row in tables["city_changes"]}
    assert pairs == {(2021, 2022), (2023, 2024), (2023, 2025), (2024, 2025)}


def test_a_later_submission_replaces_the_rows_it_holds_and_leaves_the_rest() -> None:
    tables = derived(
        catalogue(),
        report("BR", 2021, 5, 10),
        report("BR", 2022, 5, 10),
        report("BR", 2022, 7, 10, sequence=2, submission_id="s2"),
    )
    values = {row["year"]: row["numerator"] for row in tables["indicator_values"]}
    assert values == {2021: 5, 2022: 7}


def test_the_order_of_submissions_is_their_number_not_their_day() -> None:
    later = report("BR", 2022, 7, 10, sequence=2, submission_id="s2", received_on=date(2020, 1, 1))
    tables = derived(catalogue(), report("BR", 2022, 5, 10), later)
    assert [row["numerator"] for row in tables["indicator_values"]] == [7]


def test_what_is_neither_women_nor_men_is_a_row_of_its_own_only_when_there_is_any() -> None:
    tables = derived(
        catalogue(split_by_sex=True),
        report("BR", 2022, 30, 60),
        report("BR", 2022, 20, 40, sex="women"),
        report("BR", 2022, 9, 19, sex="men"),
        report("RK", 2022, 20, 40),
        report("RK", 2022, 12, 25, sex="women"),
        report("RK", 2022, 8, 15, sex="men"),
    )
    rests = of(tables["indicator_values"], sex="other")
    assert [(row["organisation_id"], row["numerator"], row["denominator"]) for row in rests] == [("BR", 1, 1)]


def test_group_duties_follow_the_merger_day_by_day() -> None:
    expected = derived(catalogue(periods="T1 T2 VB"))["expected_reports"]
    asked = {(row["organisation_id"], row["period"]) for row in of(expected, year=2023)}
    assert {("RK", "T1"), ("ST", "T1"), ("JA", "T2"), ("JA", "VB")} <= asked
    assert not {("JA", "T1"), ("RK", "T2"), ("RK", "VB")} & asked


def test_a_dash_is_not_received_and_nothing_is_late_before_it_is_due() -> None:
    tables = derived(
        catalogue(),
        report("BR", 2022, missing_reason="-"),
        report("RK", 2022, missing_reason="."),
        as_of=date(2023, 1, 31),
    )
    rows = {row["organisation_id"]: row for row in of(tables["expected_reports"], year=2022)}
    assert (rows["BR"]["received"], rows["BR"]["late"]) == (False, False)
    assert (rows["RK"]["received"], rows["RK"]["late"]) == (True, False)
    assert all(row["late"] for row in of(tables["expected_reports"], year=2021))


def test_with_no_receipt_nothing_is_expected() -> None:
    assert derived(catalogue(), as_of=None)["expected_reports"] == []


@pytest.mark.long
def test_a_namnds_own_target_goes_before_kfs_and_a_citys_count_is_nobodys_own() -> None:
    targets = table(
        "targets",
        {"indicator_id": "I", "organisation_id": schema.CITY, "year": 2024, "value": 0.8},
        {"indicator_id": "I", "organisation_id": "BR", "year": 2024, "value": 0.7, "set_by": "namnd"},
        {
            "indicator_id": "I",
            "organisation_id": "BR",
            "year": 2024,
            "value": 0.9,
            "set_by": "namnd",
            "valid_from": date(2025, 2, 1),
        },
    )
    shares = programme(**{**catalogue().tables, "targets": targets})
    found = {row["organisation_id"]: (row["value"], row["set_by"]) for row in derived(shares)["yearly_targets"]}
    assert found == {"BR": (0.7, "namnd"), "JA": (0.8, "kf"), schema.CITY: (0.8, "kf")}
    counts = programme(**{**catalogue(measure="count").tables, "targets": targets})
    assert "JA" not in {row["organisation_id"] for row in derived(counts)["yearly_targets"]}


def test_a_split_district_is_not_taken_apart() -> None:
    split = programme(
        indicators=table("indicators", {"indicator_id": "I"}),
        organisations=table(
            "organisations",
            {"organisation_id": "A", "valid_to": date(2022, 12, 31)},
            {"organisation_id": "B", "valid_from": date(2023, 1, 1)},
            {"organisation_id": "C", "valid_from": date(2023, 1, 1)},
        ),
        successions=table(
            "successions",
            {"predecessor_id": "A", "successor_id": "B", "date": date(2023, 1, 1)},
            {"predecessor_id": "A", "successor_id": "C", "date": date(2023, 1, 1)},
        ),
    )
    tables = derived(split, report("A", 2022, 30, 60))
    rows = of(tables["division_values"], division="2023-01-01", year=2022)
    assert [(row["organisation_id"], row["numerator"], row["rebuilt"]) for row in rows] == [
        ("B", None, "not_rebuildable"),
        ("C", None, "not_rebuildable"),
    ]


@pytest.mark.long
def test_jarva_in_todays_division_is_the_sum_of_its_predecessors_for_every_additive_indicator(
    example_folder: DataFolder,
) -> None:
    everything = publishing.derive(
        publishing.checked_programme(example_folder),
        submission_reader.read_all(example_folder, None),
        date(2026, 2, 28),
    )
    measures = {row["indicator_id"]: row["measure"] for row in indicators_of(example_folder)}
    rows = everything["division_values"].to_pylist()
    compared = 0
    for jarva in of(rows, division="2023-07-01", organisation_id="SDN-JA", year=2022, rebuilt="rebuilt"):
        indicator, sex = jarva["indicator_id"], jarva["sex"]
        parts = [
            row
            for row in of(rows, division="reported", indicator_id=indicator, year=2022, sex=sex)
            if row["organisation_id"] in ("SDN-RK", "SDN-ST") and row["missing_reason"] is None
        ]
        if measures[indicator] in ("share", "rate", "count") and jarva["missing_reason"] is None:
            for figure in ("numerator", "denominator"):
                counts = [row[figure] for row in parts if row[figure] is not None]
                assert jarva[figure] == (sum(counts) if counts else None), f"{indicator} {sex} {figure}"
            compared += 1
    assert compared > 20


def indicators_of(folder: DataFolder) -> list[dict[str, Any]]:
    """The indicators of a data folder's catalogue."""
    rows: list[dict[str, Any]] = publishing.checked_programme(folder).tables["indicators"].to_pylist()
    return rows


def contents(folder: Path) -> dict[str, str]:
    """Every file below a folder by its hash."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.long
def test_publishing_twice_gives_the_same_edition_and_writes_nothing(example_folder: DataFolder, tmp_path: Path) -> None:
    copy = DataFolder(tmp_path / "copy")
    shutil.copytree(example_folder.path, copy.path)
    before = contents(copy.snapshots)
    assert publishing.publish(copy) == editions.current_id(example_folder)
    assert contents(copy.snapshots) == before


@pytest.mark.long
def test_the_same_input_elsewhere_gives_the_same_bytes(example_folder: DataFolder, tmp_path: Path) -> None:
    copy = DataFolder(tmp_path / "copy")
    shutil.copytree(example_folder.path, copy.path, ignore=shutil.ignore_patterns("snapshots"))
    snapshot_id = publishing.publish(copy)
    assert snapshot_id == editions.current_id(example_folder)
    ours, theirs = contents(copy.snapshots / snapshot_id), contents(example_folder.snapshots / snapshot_id)
    assert {name: digest for name, digest in ours.items() if name != "published_at"} == {
        name: digest for name, digest in theirs.items() if name != "published_at"
    }


def test_readers_need_no_submissions(example_folder: DataFolder, tmp_path: Path) -> None:
    copy = DataFolder(tmp_path / "copy")
    shutil.copytree(example_folder.path, copy.path, ignore=shutil.ignore_patterns("submissions", "journal"))
    assert database.open_snapshot(copy).query("reported_violence", year=2024).num_rows > 11


@pytest.mark.long
def test_killing_publish_at_any_moment_leaves_the_old_snapshot_whole(
    example_folder: DataFolder, published_city: Made, tmp_path: Path
) -> None:
    copy = DataFolder(tmp_path / "copy")
    shutil.copytree(lengths.of(published_city.folder, example_folder).path, copy.path)
    old = editions.current_id(copy)
    day = lengths.of("2025-02-05", "2025-06-30")
    asked = ["--as-of", day, "--leave-out", str(came_after(copy, date.fromisoformat(day)))]
    command = [sys.executable, "-m", "samlad", "publish", "--data", str(copy.path), *asked]
    started = time.monotonic()
    probe = tmp_path / "probe"
    shutil.copytree(copy.path, probe)
    subprocess.run([*command[:-5], str(probe), *asked], cwd=ROOT, check=True, capture_output=True)
    whole_run = time.monotonic() - started
    pick = random.Random(1)
    moments = 4
    for moment in range(moments):  # one in each part of the run
        run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep((0.3 + 0.7 * (moment + pick.random()) / moments) * whole_run)
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        standing = editions.read(copy)
        for name, written in standing.manifest["tables"].items():
            content = (standing.path / f"{name}.parquet").read_bytes()
            assert hashlib.sha256(content).hexdigest() == written["sha256"]
        for edition in editions.editions(copy):
            assert editions.is_whole(copy.snapshots / edition)
    assert old in editions.editions(copy)
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert editions.current_id(copy) == editions.current_id(DataFolder(probe))


def test_a_catalogue_with_errors_is_refused_and_the_old_snapshot_stays(
    example_folder: DataFolder, tmp_path: Path
) -> None:
    copy = DataFolder(tmp_path / "copy")
    shutil.copytree(example_folder.path, copy.path)
    goals = copy.programme / "goals.csv"
    lines = goals.read_text(encoding="utf-8").splitlines(keepends=True)
    goals.write_text("".join([*lines, lines[-1]]), encoding="utf-8")
    with pytest.raises(publishing.PublishRefused, match=r"goals\.csv"):
        publishing.publish(copy)
    assert editions.current_id(copy) == editions.current_id(example_folder)


@pytest.mark.parametrize("word", ["0", "-1", "fem", "5.5", ""])
def test_a_threshold_that_is_no_whole_number_is_refused(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("SAMLAD_THRESHOLD", word)
    with pytest.raises(publishing.SamladError, match="heltal"):
        publishing.threshold_in_use()


def test_everything_received_is_in_the_manifest(example_folder: DataFolder) -> None:
    received = submission_reader.read_all(example_folder, None)
    manifest = editions.read(example_folder).manifest
    assert manifest["submissions"] == sorted(receipt["submission_id"] for receipt in received.receipts)


def versions(catalogue: Programme, *reports: dict[str, Any], withdrawn: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The versions that follow from the rows, some submissions withdrawn, before anything is protected."""
    extra = [pa.field("sequence", pa.int64()), pa.field("received_on", pa.date32())]
    columns = pa.schema([*schema.TABLES["indicator_reports"].arrow, *extra])
    standing = [row for row in reports if row["submission_id"] not in withdrawn]
    taken_back = [row for row in reports if row["submission_id"] in withdrawn]
    received = Submissions(
        indicators=pa.Table.from_pylist(standing, columns),
        activities=pa.schema([*schema.TABLES["activity_reports"].arrow, *extra]).empty_table(),
        receipts=[],
        withdrawn=set(withdrawn),
        withdrawn_indicators=pa.Table.from_pylist(taken_back, columns),
    )
    rows: list[dict[str, Any]] = publishing.derive(catalogue, received, date(2026, 2, 1))["value_versions"].to_pylist()
    return rows


def thrice(**cells: Any) -> list[dict[str, Any]]:
    """Three versions of one figure."""
    figures = ((3, 12), (4, 12), (9, 12))
    return [
        report("BR", 2022, x, n, submission_id=f"s{at}", sequence=at, **cells)
        for at, (x, n) in enumerate(figures, start=1)
    ]


def test_each_version_of_a_count_of_units_is_published_with_its_figure() -> None:
    found = versions(catalogue(), *thrice(), report("RK", 2022, 3, 5))
    assert [(row["version"], row["standing"], row["numerator"], row["submission_id"]) for row in found] == [
        (1, "replaced", 3, "s1"),
        (2, "replaced", 4, "s2"),
        (3, "current", 9, "s3"),
    ], "and what has come once is not there"
    assert [row["value"] for row in found] == [3 / 12, 4 / 12, 9 / 12]


def test_a_withdrawn_version_says_so_and_its_figure_is_gone() -> None:
    found = versions(catalogue(), *thrice(), withdrawn=("s3",))
    assert [(row["standing"], row["numerator"]) for row in found] == [
        ("replaced", 3),
        ("current", 4),
        ("withdrawn", None),
    ]


@pytest.mark.parametrize("counts", ["persons", "events"])
def test_of_persons_and_events_a_version_is_a_date_and_no_figure(counts: str) -> None:
    found = versions(catalogue(counts=counts), *thrice())
    assert [row["version"] for row in found] == [1, 2, 3]
    assert {row[name] for row in found for name in ("numerator", "denominator", "value")} == {None}


def test_where_a_namnd_has_protected_one_version_no_version_has_a_figure() -> None:
    reports = thrice()
    reports[1] |= {"numerator": None, "denominator": None, "missing_reason": ".."}
    assert {row["numerator"] for row in versions(catalogue(), *reports)} == {None}


def test_of_a_hidden_figure_no_version_is_told() -> None:
    told = pa.Table.from_pylist(versions(catalogue(counts="persons"), *thrice(), *thrice(sex="women")))
    told = publishing.conform("value_versions", told)
    hidden = {"indicator_id": "I", "organisation_id": "BR", "year": 2022, "period": "VB", "missing_reason": ".."}
    values = table("indicator_values", {**hidden, "sex": "women"}, {**hidden, "sex": "total", "missing_reason": None})
    assert set(publishing.shown_versions(told, values)["sex"].to_pylist()) == {"total"}


def test_no_published_version_of_persons_or_events_has_a_figure(example_folder: DataFolder) -> None:
    snapshot = editions.read(example_folder)
    counts = {row["indicator_id"]: row["counts"] for row in snapshot.table("indicators").to_pylist()}
    rows = snapshot.table("value_versions").to_pylist()
    shown = [row for row in rows if row["value"] is not None]
    assert shown and {counts[row["indicator_id"]] for row in shown} <= {"units", "none"}
    cell = ("indicator_id", "organisation_id", "year", "period", "sex")
    hidden = {
        tuple(row[name] for name in cell)
        for row in snapshot.table("indicator_values").to_pylist()
        if row["missing_reason"] == ".."
    }
    assert {counts[row["indicator_id"]] for row in rows} >= {"persons"}
    assert not hidden & {tuple(row[name] for name in cell) for row in rows}


def test_an_edition_from_before_a_table_was_there_has_none_of_its_rows(
    example_folder: DataFolder, tmp_path: Path
) -> None:
    folder = DataFolder(tmp_path / "older")
    shutil.copytree(example_folder.path, folder.path, ignore=shutil.ignore_patterns("submissions"))
    current = editions.read(folder)
    manifest = current.path / "manifest.json"
    manifest.write_bytes(re.sub(rb'"value_versions": \{[^}]*\},?', b"", manifest.read_bytes()))
    (current.path / "value_versions.parquet").unlink()
    older = store.sha256(manifest.read_bytes())
    current.path.rename(current.path.with_name(older))
    editions.make_current(folder, older)
    opened = database.Warehouse(editions.read(folder))
    assert opened.query("indicator_versions", indicator_id="STH-M3-I1").num_rows == 0
    opened.close()
