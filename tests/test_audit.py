"""The attacker's ranges, and the command that tries every hidden cell of the editions that stand."""

import json
import random
import shutil
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import programmes
from samlad.cli import example
from samlad.cli.commands import main
from samlad.foundation import store
from samlad.foundation.store import DataFolder
from samlad.publish import (
    attacker,
    audit,
    cell_register,
    components,
    possible_ranges,
    protection,
    publishing,
    standing_cells,
)
from samlad.publish.components import NUMERATOR_HIDDEN, SHOWN, Atom, Component, Sum
from samlad.publish.protection import protect
from samlad.warehouse import editions
from tests.editions import came_after
from tests.test_protection import COUNT, catalogue, edition, five, protected, told

pytestmark = pytest.mark.long

many = settings(max_examples=40, deadline=None, derandomize=True)


def part(*counts: int, sums: list[set[int]], families: str = "ABCDEFGH") -> Component:
    """One count for each family, each published, and sums over some of them by number."""
    atoms = [Atom(f"I|{family}|2022|total|s", family, x, None) for family, x in zip(families, counts, strict=False)]
    alone = [Sum(frozenset([number]), 1.0) for number in range(len(counts))]
    return Component(atoms, [*alone, *(Sum(frozenset(one), 2.0) for one in sums)])


def ranges(one: Component, status: list[int], threshold: int = 5) -> dict[int, tuple[str | None, float, float, bool]]:
    """For each hidden sum who can say most of it, between what, and whether it is safe."""
    found = attacker.narrowest(one, status, [threshold] * len(one.sums))
    return {
        index: (family, round(said.lower, 6), round(said.upper, 6), safe) for (family, index, _), said, safe in found
    }


def test_two_hidden_counts_with_their_sum_are_known_between_nothing_and_the_sum_by_others() -> None:
    one = part(3, 40, 50, sums=[{0, 1, 2}])
    view = possible_ranges.AttackerView(one, [1, 1, SHOWN, SHOWN], None)
    rows = np.array([components.cell_row(one, [1, 1, 0, 0], index, NUMERATOR_HIDDEN)[0] for index in (0, 1)])
    assert [(found.lower, found.upper) for found in view.exact_ranges(rows)] == [(0, 43), (0, 43)]


def test_the_insider_of_one_of_two_hidden_counts_knows_the_other() -> None:
    assert ranges(part(3, 40, 50, sums=[{0, 1, 2}]), [1, 1, 0, 0])[0] == ("B", 3, 3, False)


def test_three_hidden_counts_from_three_families_are_safe_from_each_other() -> None:
    found = ranges(part(3, 40, 50, sums=[{0, 1, 2}]), [1, 1, 1, 0])
    assert all(safe for *_, safe in found.values())
    assert found[0][2] == 43, "the one who hides 50 knows least of the others' 43"


def test_a_familys_own_counts_are_no_secret_to_it() -> None:
    found = ranges(part(3, 2, 50, sums=[{0, 1, 2}], families="AAB"), [1, 1, 0, 0])
    assert all(family is None for family, *_ in found.values())


def test_an_insider_counts_the_own_part_of_a_sum() -> None:
    one = part(7, 2, 1, sums=[{0, 1}, {1, 2}])
    assert ranges(one, [1, 1, 1, 1, 0])[3] == ("A", 7, 10, False), "A has 7 of it and sees that the others are 3"


@pytest.mark.parametrize(
    ("lower", "upper", "denominator", "safe"),
    [
        (0, 4, None, True),
        (0, 3, None, False),
        (1, 4, None, False),
        (10, 15, None, False),
        (10, 15.5, None, True),
        (96, 100, 100, True),
        (97, 100, 100, False),
        (96, 100, 200, False),
    ],
)
def test_a_range_is_safe_when_it_holds_nothing_to_t_less_one_or_is_wider_than_t(
    lower: float, upper: float, denominator: int | None, safe: bool
) -> None:
    assert attacker.is_wide(lower, upper, 5, denominator) == safe


def random_part(seed: int) -> tuple[Component, list[int]]:
    """Up to five small counts of two or three families, some sums, some of it hidden."""
    pick = random.Random(seed)
    size = pick.randint(2, 5)
    one = part(
        *(pick.randint(0, 6) for _ in range(size)),
        sums=[set(pick.sample(range(size), pick.randint(2, size))) for _ in range(pick.randint(1, 3))],
        families=pick.choice(["ABCDE", "AABBC", "ABABC"]),
    )
    return one, [pick.choice([SHOWN, NUMERATOR_HIDDEN, NUMERATOR_HIDDEN]) for _ in one.sums]


def possible_worlds(one: Component, status: list[int], family: str | None) -> Iterator[tuple[int, ...]]:
    """Every whole count that fits what one attacker sees, found by trying them all."""
    own = {number for number, atom in enumerate(one.atoms) if atom.family == family}
    for world in product(range(14), repeat=len(one.atoms)):
        if all(world[number] == one.atoms[number].x for number in own) and all(
            sum(world[atom] for atom in total.atoms) == one.numerator(index)
            for index, total in enumerate(one.sums)
            if status[index] == SHOWN
        ):
            yield world


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.integers(0, 10_000))
def test_the_exact_range_holds_every_possible_world_and_the_near_range_lies_within_it(seed: int) -> None:
    one, status = random_part(seed)
    for family, hidden in attacker.wanted_pairs(one, status, [5] * len(one.sums), None).items():
        if not hidden or len(one.atoms) > 4:
            continue
        view = possible_ranges.AttackerView(one, status, family)
        rows = np.array([components.cell_row(one, status, *cell)[0] for cell in hidden])
        worlds = list(possible_worlds(one, status, family))
        for (index, _), exact, near in zip(hidden, view.exact_ranges(rows), view.near_ranges(rows), strict=True):
            values = [sum(world[atom] for atom in one.sums[index].atoms) for world in worlds]
            assert exact.lower <= min(values) + 1e-6 and exact.upper >= max(values) - 1e-6
            assert exact.lower - 1e-6 <= near.lower <= near.upper
            assert near.upper <= exact.upper + 1e-6 or exact.upper >= possible_ranges.FAR


@many
@given(st.integers(0, 10_000))
def test_what_is_found_safe_early_is_safe_by_linear_programming_too(seed: int) -> None:
    one, status = random_part(seed)
    thresholds = [3] * len(one.sums)
    early = {(found.family, found.index) for found in attacker.recovered(one, status, thresholds)}
    exact = {
        (pair[0], pair[1]): safe
        for family, hidden in attacker.wanted_pairs(one, status, thresholds, None).items()
        for pair, safe in exact_safety(one, status, family, hidden)
    }
    assert early == {pair for pair, safe in exact.items() if not safe}


def exact_safety(
    one: Component, status: list[int], family: str | None, hidden: list[tuple[int, int]]
) -> Iterator[tuple[tuple[str | None, int], bool]]:
    """Yield each hidden cell and its safety from one attacker, by linear programming alone."""
    if hidden:
        view = possible_ranges.AttackerView(one, status, family)
        rows = np.array([components.cell_row(one, status, *cell)[0] for cell in hidden])
        for (index, _), found in zip(hidden, view.exact_ranges(rows), strict=True):
            yield (family, index), attacker.is_safe(found, 3)


def test_the_shown_cells_that_give_one_away_are_named_also_when_they_do_so_through_another() -> None:
    one = part(12, 2, 30, 10, sums=[{0, 1}, {1, 2}])
    one.relations = [((3, 1.0), (1, 1.0), (0, -1.0))]
    status = [SHOWN, 1, 1, 1, SHOWN, 1]
    found = next(it for it in attacker.recovered(one, status, [5] * 6) if it.index == 3)
    assert found.held_by_all() >= {(0, NUMERATOR_HIDDEN), (4, NUMERATOR_HIDDEN)}


# All editions that stand, from their ledgers


SUCCESSIONS = pa.table({"predecessor_id": pa.array([], pa.string()), "successor_id": pa.array([], pa.string())})


def test_ledgers_alone_hold_what_the_audit_needs() -> None:
    case = programmes.random_case(4, districts=5)
    ledgers = [done.ledger for _, _, done in programmes.published(case)]
    audited = audit.audit_ledgers(ledgers, case.programme.tables["successions"])
    assert len(audited) > 20
    assert {cell.state for cell in audited} <= {"safe", "issued"}
    tables = programmes.derived(case.programme, case.editions[1].reports)
    register = cell_register.CellRegister(
        programmes.raw_tables(case.programme, tables), case.editions[1].threshold, ledgers
    )
    standing = standing_cells.StandingCells(case.programme.tables["successions"], ledgers)
    assert {atoms: cell.status for atoms, cell in standing.cells.items() if cell.published} == {
        atoms: cell.status for atoms, cell in register.cells.items() if cell.published
    }
    assert standing.atoms.keys() == register.atoms.keys() and standing.relations == register.relations


def test_a_ledger_that_shows_too_much_is_found_out() -> None:
    done = protected(catalogue(COUNT), *five())
    assert {cell.state for cell in audit.audit_ledgers([done.ledger], SUCCESSIONS)} == {"safe"}
    alone = done.ledger.set_column(
        done.ledger.column_names.index("numerator_shown"),
        "numerator_shown",
        pc.not_equal(done.ledger["reason"], "rule"),
    )
    recovered = [cell for cell in audit.audit_ledgers([alone], SUCCESSIONS) if cell.state == "recovered"]
    assert [(cell.cell, cell.lower, cell.upper) for cell in recovered] == [("I 2022 D0 total", 3, 3)]


def test_what_an_earlier_edition_gave_away_is_issued_and_not_recovered() -> None:
    first = protected(catalogue(COUNT), *five(x=7))
    added = [told("D0", 6, sex="women", submission_id="s2"), told("D0", 1, sex="men", submission_id="s2")]
    second = protected(catalogue(COUNT), *five(x=7), *added, threshold=10, standing=[edition(first)])
    assert second.issued
    found = audit.audit_ledgers([first.ledger, second.ledger], SUCCESSIONS)
    assert {cell.state for cell in found} == {"safe", "issued"} or {cell.state for cell in found} == {"issued"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A small example with two editions published."""
    folder = DataFolder(tmp_path_factory.mktemp("audited") / "data")
    example.make_example(folder.path, store.repository_folder().path, organisations=10, indicators=4, years=2)
    midsummer = date(2022, 6, 30)
    publishing.publish(folder, as_of=midsummer, leave_out=came_after(folder, midsummer))
    publishing.publish(folder)
    return folder


def test_audit_of_a_published_folder_recovers_nothing_and_exits_0(small: DataFolder) -> None:
    done = CliRunner().invoke(main, ["audit", "--data", str(small.path)])
    assert done.exit_code == 0, done.output
    assert "2 utgåvor" in done.output and "inget kan räknas fram" in done.output
    told_all = json.loads(CliRunner().invoke(main, ["audit", "--json", "--data", str(small.path)]).output)
    assert told_all["recovered"] == 0 and told_all["editions"] == 2
    cell = told_all["cells"][0]
    assert set(cell) == {"cell", "indicator_id", "year", "quantity", "family", "lower", "upper", "state"}
    assert cell["lower"] is not None and (cell["upper"] is None or cell["lower"] <= cell["upper"])


def test_audit_of_one_snapshot_tries_that_ones_cells(small: DataFolder) -> None:
    first = editions.editions(small)[0]
    done = CliRunner().invoke(main, ["audit", "--snapshot", first[:12], "--json", "--data", str(small.path)])
    everything = CliRunner().invoke(main, ["audit", "--json", "--data", str(small.path)])
    assert 0 < len(json.loads(done.output)["cells"]) < len(json.loads(everything.output)["cells"])


def test_audit_names_what_can_be_recovered_and_exits_1(small: DataFolder, tmp_path: Path) -> None:
    copy = DataFolder(tmp_path / "copy")
    shutil.copytree(small.path, copy.path)
    current = editions.current_id(copy)
    assert current is not None
    path = editions.ledger_path(copy, current)
    ledger = store.read_table(path)
    at = ledger.column_names.index("numerator_shown")
    store.write_table(path, ledger.set_column(at, "numerator_shown", pc.not_equal(ledger["reason"], "rule")))
    store.write_json(editions.ledger_hash_path(path), {"sha256": store.sha256(path.read_bytes())})
    done = CliRunner().invoke(main, ["audit", "--data", str(copy.path)])
    assert done.exit_code == 1
    assert "kan räkna fram" in done.output and "retire" in done.output


def test_audit_without_the_raw_side_says_so_and_exits_2(small: DataFolder, tmp_path: Path) -> None:
    copy = DataFolder(tmp_path / "copy")
    shutil.copytree(small.path, copy.path, ignore=shutil.ignore_patterns("submissions"))
    done = CliRunner().invoke(main, ["audit", "--data", str(copy.path)])
    assert done.exit_code == 2 and "där rapporterna ligger" in done.output
    assert "Traceback" not in done.output


def test_audit_of_a_large_part_needs_no_linear_programme_over_all_of_it() -> None:
    made = catalogue(COUNT, districts=36)
    tables = programmes.derived(made, [told(f"D{n}", 2 if n == 7 else 40 + n) for n in range(36)])
    done = protect(programmes.raw_tables(made, tables), 5)
    found = audit.audit_ledgers([done.ledger], SUCCESSIONS)
    assert found and {cell.state for cell in found} == {"safe"}
    assert protection.LARGEST_SOLVED < 36
