"""Side doors: nothing that readers, senders of files or holders of public files see follows from hidden counts."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any
from unittest import mock

import pyarrow.parquet as pq
import pytest
import streamlit as st
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from benchmarks import guesses, programmes
from benchmarks.programmes import Case, Row
from samlad.catalogue.programme import read_programme
from samlad.cli import commands
from samlad.foundation import store
from samlad.foundation.store import DataFolder
from samlad.publish import attacker, purges
from samlad.report import draft, report_files
from samlad.submissions import current_values, published_ids, submission_reader, withdrawals
from samlad.submissions.intake import batch
from samlad.submissions.intake.answer_row import Chosen
from samlad.submissions.organisation_report import OrganisationReport
from samlad.warehouse import editions
from tests import lengths, twins, walk
from tests.editions import Made
from tests.shell_pages import FILES, SHELL

pytestmark = pytest.mark.long

SEEDS = lengths.of((2, 6), (2, 5, 6))


def case_of(seed: int) -> Case:
    """A random programme with an indicator of units beside those of persons, corrections, and figures from others."""
    case = programmes.random_case(seed, districts=6)
    pick = random.Random(seed)
    reports = list(case.editions[0].reports)
    for row in pick.sample(reports, min(12, len(reports))):
        reports.append(
            row | {"sequence": 2, "submission_id": f"s2-{row['organisation_id']}", "by": row["organisation_id"]}
        )
        if row["sex"] == "total" and row.get("numerator") is not None:
            others = {"sequence": 1, "submission_id": "s0", "by": "D0", "numerator": row["numerator"] + 1}
            reports.insert(0, row | others | {"sequence": 0})
    return Case(case.programme, [replace(case.editions[0], reports=reports)])


def pairs(seed: int, number: int = lengths.of(1, 4)) -> Iterator[tuple[Case, list[Row]]]:
    """Some twins of a random programme that hide the same."""
    case = case_of(seed)
    same = (moved for moved, is_same in twins.twins(case, random.Random(seed), tries=12) if is_same)
    return ((case, moved) for moved in islice(same, number))


@pytest.mark.parametrize("seed", SEEDS)
def test_folders_that_differ_in_hidden_counts_only_publish_the_same_bytes(seed: int, tmp_path: Path) -> None:
    compared = 0
    for number, (case, moved) in enumerate(pairs(seed)):
        edition = case.editions[0]
        one, other = (
            twins.folder_of(tmp_path / f"{number}-{name}", case, reports)
            for name, reports in (("one", edition.reports), ("other", moved))
        )
        for folder in (one, other):
            twins.published(folder, edition.threshold)
        assert twins.public_bytes(one) == twins.public_bytes(other)
        compared += 1
    assert compared, "no twins were found: try another seed"


def of_content(_number: int, report: OrganisationReport) -> str:
    """An id that follows from what was handed in, as none may."""
    return report.content()[:16]


def of_order_and_content(number: int, report: OrganisationReport) -> str:
    """An id as it was before ids were drawn."""
    return store.sha256(f"{number} {report.content()}".encode())[:16]


def test_the_same_comparison_tells_when_an_id_follows_from_the_content(tmp_path: Path) -> None:
    ((case, moved),) = pairs(2, 1)
    told = []
    for name, reports in (("one", case.editions[0].reports), ("other", moved)):
        folder = twins.folder_of(tmp_path / name, case, reports, id_of=of_content)
        twins.published(folder, case.editions[0].threshold)
        told.append(twins.public_bytes(folder))
    assert told[0] != told[1]


@pytest.mark.parametrize("id_of", [None, of_order_and_content])
def test_whoever_knows_the_code_and_reads_everything_confirms_no_guess(
    id_of: twins.IdOf | None, tmp_path: Path
) -> None:
    case = programmes.random_case(5, districts=6)
    folder = twins.folder_of(tmp_path, case, case.editions[0].reports, id_of=id_of)
    twins.published(folder, case.editions[0].threshold)
    found = guesses.confirmed(folder, case.editions[0].threshold)
    assert found.tried > 10
    assert found.told == (0 if id_of is None else found.tried), "with hashes for ids the attack works"


def test_documents_answers_and_receipts_are_the_same_too(tmp_path: Path) -> None:
    ((case, moved),) = pairs(5, 1)
    edition = case.editions[0]
    hidden = next(row for row, now in zip(edition.reports, moved, strict=True) if row != now)
    told = []
    for name, reports in (("one", edition.reports), ("other", moved)):
        folder = twins.folder_of(tmp_path / name, case, reports)
        shown = twins.published(folder, edition.threshold)
        order = report_files.Order(draft.Choice((2022,)), reads_raw=True)
        documents = [report_files.make(folder, order, ending) for ending in ("docx", "xlsx")]
        told.append([documents, [messages(folder, shown, hidden, more) for more in (0, 1)]])
    assert told[0] == told[1]
    right, wrong = told[0][1]
    assert right[0] == wrong[0], "no finding tells a right guess from a wrong one"


def messages(folder: DataFolder, shown: editions.Snapshot, hidden: Row, more: int) -> list[Any]:
    """Return the replies to a stranger who hands in a guess at a hidden count: findings, changes, receipt."""
    line = (
        f"{hidden['organisation_id']};{hidden['year']};VB;{hidden['indicator_id']};Alla;{hidden['numerator'] + more};"
    )
    content = f"Organisation;År;Period;Indikator-id;Kön;Antal;Av totalt\n{line}".encode("utf-8-sig")
    catalogue, history = read_programme(folder.programme), current_values.published(shown)
    (read,) = batch.examine([("gissning.csv", content)], folder, catalogue, Chosen(None, None, "VB"), history)
    changes = [vars(one) for report in read.reports for one in current_values.changes(report, history, catalogue)]
    findings = [(one.message, one.severity) for one in read.findings]
    if read.errors or read.unreadable:
        return [findings, read.unreadable, changes, None]
    receipts = batch.hand_in(read, by="Eva", at=twins.START, folder=folder, accept_warnings="Stämmer.")
    kept = [
        {name: said for name, said in one.as_json().items() if name not in ("submission_id", "files")}
        for one in receipts
    ]
    return [findings, read.unreadable, changes, kept]


@pytest.mark.parametrize("seed", [3, 6])
def test_what_is_hidden_further_follows_from_no_hidden_count_but_an_insiders_own(seed: int) -> None:
    case = programmes.random_case(seed, districts=6)
    with mock.patch.object(attacker, "attackers", lambda *_: [None]):
        told = [same for _, same in twins.twins(case, random.Random(seed), tries=6)]
    assert told and all(told)


def test_a_rest_that_is_hidden_stands_nowhere_and_nothing_counts_who_has_one(tmp_path: Path) -> None:
    told = []
    for rest in (0, 2):
        made = Made.anew(tmp_path / str(rest))
        for name, women, others in (("BR", 2, rest), ("FA", 3, 2 - rest), ("JA", 30, 7)):
            counts = {"total": women + 40 + others, "women": women, "men": 40}
            whole = {"total": 200 + others, "women": 100, "men": 100}
            cells = [{"sex": sex, "numerator": counts[sex], "denominator": whole[sex]} for sex in whole]
            made.hand_in(name, 2024, *({"indicator_id": "P", **one} for one in cells))
        edition = made.publish()
        told.append({name: edition.table(name).to_pylist() for name in ("city_values", "indicator_values")})
    for tables in told:
        for rows in tables.values():
            assert all(row["missing_reason"] is None for row in rows if row["sex"] == "other")
    counted = [
        [row["organisations_reported"] for row in tables["city_values"] if row["sex"] == "other"] for tables in told
    ]
    assert counted[0] == counted[1] and set(counted[0]) <= {3}


def test_a_guess_handed_in_for_another_makes_no_contradiction_to_read(tmp_path: Path) -> None:
    made = Made.anew(tmp_path / "data")
    made.hand_in("BR", 2024, {"indicator_id": "P", "numerator": 3, "denominator": 40})
    gaps = []
    for guess in (3, 4):
        tried = made.copied(tmp_path / str(guess))
        by_another = {"indicator_id": "P", "organisation_id": "BR", "numerator": guess, "denominator": 40}
        tried.hand_in("FA", 2024, by_another)
        edition = tried.publish()
        ids = {row["submission_id"] for row in edition.table("received_submissions").to_pylist()}
        rows = edition.table("gap_evidence").to_pylist()
        gaps.append([{**row, "source_key": "" if ids else row} for row in rows if "inlämnare" in row["told"]])
        words = ["disputes", "--json", "--data", str(tried.folder.path)]
        answer = json.loads(CliRunner().invoke(commands.main, words).stdout)
        assert [row["submitters"] for row in answer] == ([] if guess == 3 else ["BR FA"]), "the raw side is told"
    assert gaps == [[], []]
    told = made.copied(tmp_path / "units")
    for by, yes in (("BR", 5), ("FA", 6)):
        told.hand_in(by, 2024, {"indicator_id": "I", "organisation_id": "BR", "numerator": yes, "denominator": 10})
    assert any(row["rule"] == "G13" for row in told.publish().table("gaps").to_pylist()), "of units it is told"


def test_no_table_has_an_order_that_runs_over_the_whole_folder(tmp_path: Path) -> None:
    made = Made.anew(tmp_path / "data")
    for name in ("BR", "FA", "BR"):
        made.hand_in(name, 2024, {"indicator_id": "I", "numerator": 5, "denominator": 10})
    edition = made.publish()
    received = edition.table("received_submissions")
    assert sorted(zip(received["organisation_id"].to_pylist(), received["version"].to_pylist(), strict=True)) == [
        ("BR", 1),
        ("BR", 2),
        ("FA", 1),
    ]
    for path in edition.path.glob("*.parquet"):
        assert "sequence" not in pq.read_schema(path).names


def test_an_older_folder_is_published_without_the_hashes_that_were_its_ids(tmp_path: Path) -> None:
    made = Made.anew(tmp_path / "data")
    receipt = made.hand_in("BR", 2024, {"indicator_id": "P", "numerator": 30, "denominator": 90})
    path = submission_reader.find(made.folder, receipt.submission_id)
    store.write_json(path / "receipt.json", {**receipt.as_json(), "content": "0" * 64})
    edition = made.publish()
    for file in edition.path.iterdir():
        assert receipt.submission_id.encode() not in file.read_bytes()
    ((own, told),) = published_ids.by_own(made.folder).items()
    assert own == receipt.submission_id
    assert edition.table("indicator_values")["submission_id"].to_pylist() == [told]
    assert submission_reader.find(made.folder, told) == path
    assert made.publish().snapshot_id == edition.snapshot_id, "the id is drawn once"


def test_a_purge_leaves_no_id_that_is_a_hash(tmp_path: Path) -> None:
    made = Made.anew(tmp_path / "data")
    made.hand_in("FA", 2024, {"indicator_id": "I", "numerator": 5, "denominator": 10})
    receipt = made.hand_in("BR", 2024, {"indicator_id": "P", "numerator": 30, "denominator": 90})
    own = receipt.submission_id
    store.write_json(
        submission_reader.find(made.folder, own) / "receipt.json", {**receipt.as_json(), "content": "0" * 64}
    )
    made.publish()
    withdrawals.withdraw(made.folder, own, by="Kim", reason="Fel fil.", at=made.day)
    words = {"decision": "dnr 1", "by": "Kim", "reason": "Gallring"}
    assert purges.purge(made.folder, own, **words, at=made.day)["purged"]
    assert purges.pending(made.folder) == []
    for path in made.folder.path.rglob("*"):
        assert own not in path.name and (path.is_dir() or own.encode() not in path.read_bytes())


def test_the_files_hold_nothing_of_what_is_hidden_in_statistics_or_dictionaries(tmp_path: Path) -> None:
    made = Made.anew(tmp_path / "data")
    for name, count in (("BR", 3), ("FA", 40), ("JA", 50)):
        for year in (2021, 2024):
            said = {
                "numerator": 40 if year == 2021 else count,
                "denominator": 90,
                "comment": f"{count} personer {year}",
            }
            made.hand_in(name, year, {"indicator_id": "P", **said})
    edition = made.publish()
    path = edition.path / "indicator_values.parquet"
    rows = edition.table("indicator_values").to_pylist()
    assert {row["missing_reason"] for row in rows} == {"..", None}
    counts = [row["numerator"] for row in rows if row["numerator"] is not None]
    kept = pq.ParquetFile(path).metadata.row_group(0)
    statistics = {(one := kept.column(at)).path_in_schema: one.statistics for at in range(kept.num_columns)}
    assert (statistics["numerator"].min, statistics["numerator"].max) == (min(counts), max(counts))
    (words,) = pq.read_table(path, read_dictionary=["comment"])["comment"].chunks
    assert set(words.dictionary.to_pylist()) == {row["comment"] for row in rows if row["comment"]}


def test_every_page_sends_the_same_of_folders_that_differ_in_hidden_counts_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((case, moved),) = pairs(5, 1)
    told: list[dict[str, list[str]]] = []
    for name, reports in (("one", case.editions[0].reports), ("other", moved)):
        folder = twins.folder_of(tmp_path / name, case, reports)
        twins.published(folder, case.editions[0].threshold)
        folder.path.rename(tmp_path / "data")
        monkeypatch.setenv("SAMLAD_DATA", str(tmp_path / "data"))
        pages: dict[str, list[str]] = {}
        for page in FILES:
            st.cache_resource.clear()
            app = AppTest.from_file(str(SHELL), default_timeout=walk.PATIENCE_SECONDS).run()
            app.switch_page(f"../../pages/{page}.py").run()
            pages[page] = [one.text for one in walk.shown(app, page)]
        told.append(pages)
        (tmp_path / "data").rename(tmp_path / f"{name}-done")
    st.cache_resource.clear()
    assert all(told[0].values())
    assert told[0] == told[1]
