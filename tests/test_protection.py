"""Protection: what is small is hidden, what would give it away too, nothing else; and editions stand together."""

import os
import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import programmes
from benchmarks.programmes import Row, report
from samlad.catalogue.programme import Programme
from samlad.cli import example
from samlad.cli.commands import main
from samlad.foundation import store, worker_processes
from samlad.foundation.store import DataFolder
from samlad.publish import cell_register, cells, large_components, protection, publishing, standing_cells
from samlad.publish.components import SHOWN
from samlad.publish.protection import NotProtected, Protected, StandingEdition, protect
from samlad.warehouse import editions
from tests import lengths
from tests.editions import came_after
from tests.rows import periods, programme, table

few = settings(max_examples=lengths.of(3, 30), deadline=None, derandomize=True)
"""Random programmes take a second each."""


def catalogue(
    *indicators: Row, districts: int = 8, organisations: pa.Table | None = None, successions: Sequence[Row] = ()
) -> Programme:
    """Districts D0, D1, … that all answer for indicators of persons: shares, unless said otherwise."""
    plain = {"indicator_id": "I", "counts": "persons"}
    named = [{"organisation_id": f"D{number}"} for number in range(districts)]
    return programme(
        periods=periods(2021, 2022, 2023),
        organisations=organisations or table("organisations", *named),
        successions=table("successions", *successions),
        indicators=table("indicators", *({**plain, **one} for one in indicators or ({},))),
        responsibilities=table(
            "responsibilities",
            *(
                {"object_type": "indicator", "object_id": one.get("indicator_id", "I"), "group_id": "stadsdelsnamnder"}
                for one in indicators or ({},)
            ),
        ),
    )


def protected(
    catalogue: Programme, *reports: Row, threshold: int = 5, standing: Sequence[StandingEdition] = ()
) -> Protected:
    """Return the result of protecting the reports."""
    tables = programmes.derived(catalogue, list(reports))
    return protect(programmes.raw_tables(catalogue, tables), threshold, standing)


def told(organisation: str, x: int, n: int | None = None, year: int = 2022, sex: str = "total", **more: Any) -> Row:
    """One report of counts."""
    return report(more.pop("indicator", "I"), organisation, year, sex, numerator=x, denominator=n, **more)


def row(done: Protected, table_name: str = "indicator_values", **wanted: Any) -> Row:
    """The one row with these values."""
    found = [one for one in done.tables[table_name].to_pylist() if all(one[key] == wanted[key] for key in wanted)]
    assert len(found) == 1, found
    return found[0]


def x_of(done: Protected, organisation: str, sex: str = "total", **more: Any) -> int | None:
    """The numerator that is shown, None when hidden."""
    count: int | None = row(done, organisation_id=organisation, sex=sex, **more)["numerator"]
    return count


def edition(done: Protected, name: str = "a") -> StandingEdition:
    """Return the edition that stands after a publish."""
    return StandingEdition(name * 64, done.ledger)


# The rule


@pytest.mark.parametrize(
    ("x", "n", "shows_x", "shows_n"),
    [
        (0, 100, False, True),
        (4, 100, False, True),
        (5, 100, True, True),
        (95, 100, True, True),
        (96, 100, False, True),
        (100, 100, False, True),
        (5, 10, True, True),
        (2, 5, False, True),
        (2, 4, False, False),
        (0, 0, False, False),
    ],
)
def test_a_share_of_persons_is_hidden_when_those_in_it_or_those_outside_are_few(
    x: int, n: int, shows_x: bool, shows_n: bool
) -> None:
    found = row(protected(catalogue(), told("D0", x, n)), organisation_id="D0")
    assert found["numerator"] == (x if shows_x else None)
    assert found["denominator"] == (n if shows_n else None)
    assert found["value"] == (x / n if shows_x else None)
    assert found["missing_reason"] == (None if shows_x else "..")


@pytest.mark.parametrize(("x", "shows"), [(0, False), (4, False), (5, True)])
def test_a_count_and_a_rate_of_persons_are_hidden_when_they_are_few_and_the_population_is_public(
    x: int, shows: bool
) -> None:
    count = row(protected(catalogue({"measure": "count"}), told("D0", x)), organisation_id="D0")
    assert (count["numerator"], count["value"]) == ((x, x) if shows else (None, None))
    rate = row(protected(catalogue({"measure": "rate", "per": 1000}), told("D0", x, 3)), organisation_id="D0")
    assert (rate["numerator"], rate["denominator"]) == (x if shows else None, 3)


@pytest.mark.parametrize("counts", ["units", "events", "none"])
def test_what_does_not_count_persons_is_never_hidden(counts: str) -> None:
    done = protected(
        catalogue({"counts": counts}), told("D0", 1, 2, comment="En av två"), told("D0", 0, 1, period="T1")
    )
    assert x_of(done, "D0", period="VB") == 1 and x_of(done, "D0", period="T1") == 0
    assert row(done, "city_values", year=2022)["numerator"] == 1
    assert done.ledger.num_rows == 0


def test_yes_and_no_are_never_hidden() -> None:
    done = protected(catalogue({"measure": "yes_no", "counts": "none"}), report("I", "D0", 2022, value=1.0))
    assert row(done, organisation_id="D0")["value"] == 1.0


def test_persons_are_shown_for_the_whole_year_only() -> None:
    done = protected(catalogue(), told("D0", 50, 100), told("D0", 40, 90, period="T2", forecast=0.5, comment="Ord"))
    part = row(done, organisation_id="D0", period="T2")
    assert [part[name] for name in ("numerator", "denominator", "value", "forecast", "comment")] == [None] * 5
    assert part["missing_reason"] == ".."
    assert x_of(done, "D0", period="VB") == 50


def test_forecast_and_comment_go_with_a_hidden_count_and_stay_with_a_shown_one() -> None:
    done = protected(
        catalogue(),
        told("D0", 3, 100, forecast=0.04, comment="Tre personer"),
        told("D1", 40, 100, forecast=0.5, comment="Fyrtio personer"),
        *(told(f"D{number}", 3, 100) for number in (2, 3)),
    )
    hidden, shown = row(done, organisation_id="D0"), row(done, organisation_id="D1")
    assert (hidden["forecast"], hidden["comment"]) == (None, None)
    assert (shown["forecast"], shown["comment"]) == (0.5, "Fyrtio personer")


def test_a_report_without_a_figure_says_nothing_of_persons_in_words_either() -> None:
    done = protected(catalogue(), report("I", "D0", 2022, missing_reason="-", comment="Två personer", forecast=0.02))
    found = row(done, organisation_id="D0")
    assert (found["comment"], found["forecast"], found["missing_reason"]) == (None, None, "-")


def test_a_share_of_persons_without_counts_is_not_published() -> None:
    done = protected(catalogue(), report("I", "D0", 2022, value=0.03))
    found = row(done, organisation_id="D0")
    assert (found["value"], found["missing_reason"]) == (None, "..")


# What would give a hidden count away


def test_a_hidden_sex_cannot_be_taken_from_the_total() -> None:
    done = protected(
        catalogue(), told("D0", 43, 90), told("D0", 3, 40, sex="women"), told("D0", 40, 50, sex="men"), threshold=5
    )
    assert x_of(done, "D0", "women") is None
    assert None in (x_of(done, "D0", "men"), x_of(done, "D0"))


def test_women_told_without_men_leave_no_small_rest() -> None:
    done = protected(catalogue({"measure": "count"}), told("D0", 43), told("D0", 40, sex="women"))
    assert None in (x_of(done, "D0", "women"), x_of(done, "D0"))
    large = protected(catalogue({"measure": "count"}), told("D0", 80), told("D0", 40, sex="women"))
    assert (x_of(large, "D0", "women"), x_of(large, "D0")) == (40, 80)


def test_one_hidden_district_cannot_be_taken_from_the_city() -> None:
    counts = {"D0": 3, "D1": 40, "D2": 50, "D3": 60, "D4": 70}
    done = protected(catalogue({"measure": "count"}), *(told(name, x) for name, x in counts.items()))
    hidden = [name for name in counts if x_of(done, name) is None]
    assert "D0" in hidden
    city = row(done, "city_values", year=2022)["numerator"]
    assert city is None or (city == sum(counts.values()) and len(hidden) >= 2)


def test_an_insider_cannot_take_the_only_other_hidden_count_from_the_city() -> None:
    counts = {"D0": 3, "D1": 2, "D2": 50, "D3": 60}
    done = protected(catalogue({"measure": "count"}), *(told(name, x) for name, x in counts.items()))
    hidden = [name for name in counts if x_of(done, name) is None]
    city = row(done, "city_values", year=2022)["numerator"]
    assert city is None or len(hidden) >= 3, "D0 knows its own 3 and could take D1's 2 from the city"


def test_what_is_left_of_a_whole_is_not_small_unless_it_is_hidden() -> None:
    whole = {"indicator_id": "I", "measure": "count"}
    done = protected(
        catalogue(whole, {"indicator_id": "P", "measure": "count", "part_of": "I"}),
        told("D0", 43),
        told("D0", 40, indicator="P"),
    )
    assert None in (x_of(done, "D0", indicator_id="I"), x_of(done, "D0", indicator_id="P"))


def test_what_is_left_of_the_women_of_a_whole_is_not_small_either() -> None:
    whole = {"indicator_id": "I", "measure": "count"}
    reports = [
        told("D0", x, sex=sex, indicator=indicator)
        for indicator, counts in (("I", (83, 43, 40)), ("P", (50, 40, 10)))
        for sex, x in zip(("total", "women", "men"), counts, strict=True)
    ]
    done = protected(catalogue(whole, {"indicator_id": "P", "measure": "count", "part_of": "I"}), *reports)
    assert None in [x_of(done, "D0", "women", indicator_id=name) for name in ("I", "P")]


MERGED = table(
    "organisations",
    {"organisation_id": "A", "valid_to": date(2022, 6, 30)},
    {"organisation_id": "B", "valid_to": date(2022, 6, 30)},
    {"organisation_id": "M", "valid_from": date(2022, 7, 1)},
    *({"organisation_id": f"D{number}"} for number in range(6)),
)
MERGER = [{"predecessor_id": name, "successor_id": "M", "date": date(2022, 7, 1)} for name in ("A", "B")]


def test_a_hidden_predecessor_cannot_be_taken_from_the_rebuilt_district() -> None:
    merged = catalogue({"measure": "count"}, organisations=MERGED, successions=MERGER)
    done = protected(
        merged, told("A", 3, year=2021), told("B", 40, year=2021), *(told(f"D{n}", 50 + n, year=2021) for n in range(6))
    )
    rebuilt = row(done, "division_values", division="2022-07-01", organisation_id="M", year=2021)["numerator"]
    assert x_of(done, "A") is None
    assert None in (x_of(done, "B"), rebuilt)


def test_one_familys_hidden_counts_do_not_hide_each_other_from_itself_but_from_all_others() -> None:
    merged = catalogue({"measure": "count"}, organisations=MERGED, successions=MERGER)
    reports = [told("A", 3, year=2021), told("B", 2, year=2021), *(told(f"D{n}", 50 + n, year=2021) for n in range(6))]
    done = protected(merged, *reports)
    others = [x_of(done, f"D{n}") for n in range(6)]
    rebuilt = row(done, "division_values", division="2022-07-01", organisation_id="M", year=2021)["numerator"]
    city = row(done, "city_values", year=2021)["numerator"]
    assert rebuilt is None or rebuilt == 5
    assert city is None or None in others or rebuilt == 5


def test_a_successor_that_knows_its_predecessors_counts_cannot_take_anothers_from_the_city() -> None:
    merged = catalogue({"measure": "count"}, organisations=MERGED, successions=MERGER)
    counts = {"A": 3, "B": 2, "D0": 3, **{f"D{n}": 50 + n for n in range(1, 6)}}
    done = protected(merged, *(told(name, x, year=2021) for name, x in counts.items()))
    assert x_of(done, "D0") is None
    city = row(done, "city_values", year=2021)["numerator"]
    assert city is None or None in [x_of(done, f"D{n}") for n in range(1, 6)]
    rebuilt = row(done, "division_values", division="2022-07-01", organisation_id="M", year=2021)["numerator"]
    assert rebuilt == 5, "one family knows all of it, so hiding it keeps nothing from anybody"


def test_the_citys_change_does_not_give_away_who_reported_one_year_only() -> None:
    reports = [told(f"D{n}", 40 + n, year=year) for n in range(4) for year in (2021, 2022)]
    done = protected(catalogue({"measure": "count"}), *reports, told("D4", 3, year=2022))
    city = row(done, "city_values", year=2022)["numerator"]
    change = row(done, "city_changes", year_from=2021, year_to=2022)["numerator_to"]
    assert x_of(done, "D4") is None
    others = [x_of(done, f"D{n}", year=2022) for n in range(4)]
    assert None in (city, change)
    assert city is None or None in others, "the city less those who are shown is D4"


# Laws


@pytest.mark.long
@few
@given(st.integers(0, 10_000))
def test_the_same_cell_has_the_same_status_wherever_it_stands(seed: int) -> None:
    for _, _, done in programmes.published(programmes.random_case(seed, districts=5)):
        values = {
            (one["indicator_id"], one["organisation_id"], one["year"], one["sex"]): one
            for one in done.tables["indicator_values"].to_pylist()
        }
        compared = 0
        for one in done.tables["division_values"].to_pylist():
            other = values.get((one["indicator_id"], one["organisation_id"], one["year"], one["sex"]))
            if one["rebuilt"] == "as_reported" and other is not None:
                figures = ("numerator", "denominator", "value")
                assert [one[name] for name in figures] == [other[name] for name in figures]
                compared += 1
        assert compared


@pytest.mark.long
@few
@given(st.integers(0, 10_000))
def test_the_same_input_gives_the_same_output_in_any_order(seed: int) -> None:
    case = programmes.random_case(seed, districts=5)
    first = [(done.tables, done.ledger, done.issued) for _, _, done in programmes.published(case)]
    mixed = [list(edition.reports) for edition in case.editions]
    for reports in mixed:
        random.Random(seed).shuffle(reports)
    shuffled = replace(case, editions=[replace(one, reports=mixed[number]) for number, one in enumerate(case.editions)])
    second = [(done.tables, done.ledger, done.issued) for _, _, done in programmes.published(shuffled)]
    for (tables, ledger, issued), (again, ledger_again, issued_again) in zip(first, second, strict=True):
        assert ledger.equals(ledger_again) and issued == issued_again
        assert all(tables[name].equals(again[name]) for name in tables)


@pytest.mark.long
@few
@given(st.integers(0, 10_000))
def test_nothing_is_hidden_that_neither_the_rule_nor_the_audit_asks_for(seed: int) -> None:
    case = programmes.random_case(seed, districts=5)
    tables = programmes.derived(case.programme, case.editions[0].reports)
    register = cell_register.CellRegister(programmes.raw_tables(case.programme, tables), case.editions[0].threshold)
    for one in register.components():
        protection.protect_part(one)
        for index, cell in enumerate(one.cells):
            lowest = protection.first_status(one.system, index, cell.threshold)
            if cell.published and cell.status > lowest:
                assert harms(one, index), f"{cell.name} could be shown"


def harms(one: cells.ComponentCells, index: int) -> bool:
    """Return True if showing a cell, and the unasked ones that then follow, gives away one to be hidden."""
    kept = [cell.status for cell in one.cells]
    one.cells[index].status -= 1
    try:
        while True:
            found = next(one.recovered(), None)
            if found is None:
                return False
            along = one.cells[found.index]
            lowest = protection.first_status(one.system, found.index, along.threshold)
            if not along.published or found.quantity <= lowest:
                return True
            along.status = found.quantity - 1
    finally:
        for cell, status in zip(one.cells, kept, strict=True):
            cell.status = status


# Editions


def five(x: int = 3, **more: Any) -> list[Row]:
    """Five districts, of which the first has few."""
    return [told("D0", x, **more), *(told(f"D{number}", 30 + 10 * number) for number in range(1, 5))]


COUNT = {"measure": "count"}


def test_what_an_edition_hides_stays_hidden_in_the_next_under_a_lower_threshold() -> None:
    first = protected(catalogue(COUNT), *five())
    hidden = [f"D{number}" for number in range(5) if x_of(first, f"D{number}") is None]
    second = protected(catalogue(COUNT), *five(), threshold=2, standing=[edition(first)])
    assert "D0" in hidden
    assert [f"D{number}" for number in range(5) if x_of(second, f"D{number}") is None] == hidden


def test_what_an_edition_shows_stays_shown_and_is_listed_as_issued_under_a_higher_threshold() -> None:
    first = protected(catalogue(COUNT), *five(x=7))
    assert x_of(first, "D0") == 7 and first.issued == []
    second = protected(catalogue(COUNT), *five(x=7), threshold=10, standing=[edition(first)])
    assert x_of(second, "D0") == 7
    assert second.issued == ["I 2022 D0 total"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_one_standing_edition_shows_is_known_whatever_another_hides(order: tuple[int, int]) -> None:
    made = catalogue(COUNT)
    ledgers = [protected(made, *five(x=7), threshold=threshold).ledger for threshold in (5, 10)]
    standing = standing_cells.StandingCells(made.tables["successions"], [ledgers[number] for number in order])
    assert [cell.status for cell in standing.cells.values() if cell.name == "I 2022 D0 total"] == [SHOWN]


def test_a_correction_does_not_give_away_the_unchanged_count_that_was_hidden_with_it() -> None:
    first = protected(catalogue(COUNT), *five())
    partner = next(f"D{number}" for number in range(1, 5) if x_of(first, f"D{number}") is None)
    corrected = [
        one | {"submission_id": "s2", "numerator": one["numerator"] + 6} if one["organisation_id"] == partner else one
        for one in five()
    ]
    second = protected(catalogue(COUNT), *corrected, standing=[edition(first)])
    assert x_of(second, "D0") is None
    shown = {f"D{number}": x_of(second, f"D{number}") for number in range(1, 5)}
    city = [row(done, "city_values", year=2022)["numerator"] for done in (first, second)]
    if city[1] is not None:
        assert list(shown.values()).count(None) >= 1
    if None not in city:
        assert shown[partner] is None, "with the correction shown, the first edition's city would give D0 away"


def test_an_unchanged_count_is_the_same_unknown_in_both_editions_and_a_corrected_one_is_another() -> None:
    first = protected(catalogue(COUNT), *five())
    corrected = [told("D0", 6, submission_id="s2", sequence=2), *five()]
    second = protected(catalogue(COUNT), *corrected, standing=[edition(first)])
    names = [{key for atoms in done.ledger["atoms"].to_pylist() for key in atoms} for done in (first, second)]
    assert "I|D0|2022|total|s1" in names[0] - names[1] and "I|D0|2022|total|s2" in names[1] - names[0]
    assert "I|D1|2022|total|s1" in names[0] & names[1]


def test_a_total_told_before_its_sexes_is_the_same_total_after() -> None:
    first = protected(catalogue(COUNT), told("D0", 43))
    assert x_of(first, "D0") == 43
    sexes = [told("D0", 40, sex="men", submission_id="s2"), told("D0", 3, sex="women", submission_id="s2")]
    second = protected(catalogue(COUNT), told("D0", 43), *sexes, standing=[edition(first)])
    assert x_of(second, "D0", "women") is None
    assert x_of(second, "D0", "men") is None, "the first edition's total less the men is the women"


def test_a_total_hidden_before_its_sexes_were_told_is_not_given_away_by_them() -> None:
    reports = [told("D0", 3), told("D1", 40), told("D2", 41), told("D3", 60), told("D4", 70)]
    first = protected(catalogue(COUNT), *reports)
    assert [x_of(first, f"D{number}") for number in range(5)] == [None, None, 41, 60, None]
    sexes = [told("D1", 20, sex=sex, submission_id="s2") for sex in ("women", "men")]
    second = protected(catalogue(COUNT), *reports, *sexes, told("D5", 6), standing=[edition(first)])
    assert x_of(second, "D1") is None, "with it, D4 could take D0 from the first edition's city"
    assert None in (x_of(second, "D1", "women"), x_of(second, "D1", "men"))


def test_sexes_handed_in_anew_without_their_total_do_not_break_the_rest_of_the_total() -> None:
    reports = [told("D0", 50), told("D0", 20, sex="women"), told("D0", 22, sex="men")]
    first = protected(catalogue(COUNT), *reports)
    moved = [told("D0", 27, sex="women", submission_id="s2", sequence=2)]
    second = protected(catalogue(COUNT), *reports, *moved, standing=[edition(first)])
    values = second.tables["indicator_values"].to_pylist()
    assert "other" not in {row["sex"] for row in values}, (
        "50 less 27 and 22 is 1, and nobody is told that there is a rest"
    )
    assert None in (x_of(second, "D0", "women"), x_of(second, "D0", "men"), x_of(second, "D0"))


def test_sexes_that_are_more_than_their_total_are_no_parts_of_it_and_stop_nothing() -> None:
    done = protected(
        catalogue(COUNT),
        told("D0", 20),
        told("D0", 30, sex="women", submission_id="s2"),
        told("D0", 3, sex="men", submission_id="s2"),
    )
    assert (x_of(done, "D0"), x_of(done, "D0", "women"), x_of(done, "D0", "men")) == (20, 30, None)


@pytest.mark.long
@few
@given(st.integers(0, 10_000))
def test_no_threshold_ever_shows_what_another_edition_hides(seed: int) -> None:
    case = programmes.random_case(seed, districts=5)
    again = replace(case.editions[0], threshold=2)
    case = replace(case, editions=[case.editions[0], again])
    (_, _, first), (_, _, second) = programmes.published(case)
    for name in ("indicator_values", "division_values", "city_values"):
        assert first.tables[name]["numerator"].equals(second.tables[name]["numerator"])


# Crowds


def test_in_a_large_part_every_sum_with_something_hidden_hides_three_families() -> None:
    count = 36
    reports = [told(f"D{n}", 2 if n == 7 else 40 + n) for n in range(count)]
    made = catalogue(COUNT, districts=count)
    tables = programmes.derived(made, reports)
    register = cell_register.CellRegister(programmes.raw_tables(made, tables), 5)
    (one,) = register.components()
    assert one.organisations > protection.LARGEST_SOLVED
    protection.protect_part(one)
    protection.gate(one, ())
    hidden = [cell for cell in one.cells if cell.status and len(cell.atoms) == 1]
    city = next(cell for cell in one.cells if len(cell.atoms) == count)
    assert any(cell.reason == "rule" for cell in hidden)
    assert city.status != SHOWN or len(hidden) >= large_components.FAMILIES


@pytest.mark.parametrize(
    ("counts", "is_crowd"),
    [((40, 40), False), ((40, 40, 40), True), ((2, 2, 2), True), ((1, 1, 1), False), ((1, 1, 100), False)],
)
def test_a_crowd_is_three_families_of_which_the_largest_leaves_the_others_open(
    counts: tuple[float, ...], is_crowd: bool
) -> None:
    unlimited = [(count, large_components.UNBOUNDED) for count in counts]
    assert large_components.families_protect_count(unlimited, 5) == is_crowd
    assert large_components.families_protect_denominator(list(counts), 5) == is_crowd


def test_the_gate_of_a_large_part_sees_a_sum_that_hides_too_few() -> None:
    made = catalogue(COUNT, districts=36)
    tables = programmes.derived(made, [told(f"D{n}", 2 if n < 2 else 40 + n) for n in range(36)])
    register = cell_register.CellRegister(programmes.raw_tables(made, tables), 5)
    (one,) = register.components()
    for index, cell in enumerate(one.cells):
        cell.status = protection.first_status(one.system, index, cell.threshold)
    with pytest.raises(NotProtected, match="Skyddet håller inte"):
        protection.gate(one, ())


# Publishing


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A small example with a first edition published."""
    folder = tmp_path_factory.mktemp("small") / "data"
    example.make_example(folder, store.repository_folder().path, organisations=10, indicators=4, years=2)
    day = date(2022, 6, 30)
    publishing.publish(DataFolder(folder), as_of=day, leave_out=came_after(DataFolder(folder), day))
    return DataFolder(folder)


@pytest.mark.long
def test_when_protection_cannot_be_shown_to_hold_the_old_snapshot_stays_and_the_cell_is_named(
    small: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = DataFolder(tmp_path / "copy")
    shutil.copytree(small.path, copy.path)
    before, names = editions.current_id(copy), os.listdir(copy.snapshots)
    monkeypatch.setattr(protection, "hide_further", lambda _one, _safe: set())
    done = CliRunner().invoke(main, ["publish", "--data", str(copy.path)])
    assert done.exit_code == 1 and "Skyddet håller inte för" in done.output
    assert editions.current_id(copy) == before and os.listdir(copy.snapshots) == names
    monkeypatch.undo()
    assert publishing.publish(copy) != before


def test_without_the_ledger_of_an_edition_that_stands_nothing_is_published(small: DataFolder, tmp_path: Path) -> None:
    copy = DataFolder(tmp_path / "copy")
    shutil.copytree(small.path, copy.path)
    before = editions.current_id(copy)
    assert before is not None
    editions.ledger_path(copy, before).unlink()
    with pytest.raises(publishing.SamladError, match=r"saknas.*retire"):
        publishing.publish(copy)
    assert editions.current_id(copy) == before


def test_the_ledger_lies_on_the_raw_side_and_gives_a_reason_for_every_hidden_cell(small: DataFolder) -> None:
    current = editions.current_id(small)
    assert current is not None
    assert small.submissions in editions.ledger_path(small, current).parents
    ledger = store.read_table(editions.ledger_path(small, current)).to_pylist()
    hidden = [one for one in ledger if one["published"] and not one["numerator_shown"]]
    assert hidden and {one["reason"] for one in hidden} <= {"rule", "further"}
    assert all(one["reason"] == "" for one in ledger if one["numerator_shown"])
    assert not list(small.snapshots.rglob("*ledger*"))


@pytest.mark.long
@few
@given(st.integers(0, 10_000))
def test_what_spares_time_decides_nothing(seed: int) -> None:
    case = programmes.random_case(seed, districts=6)
    ways = []
    for processors, remember in (
        (1, protection.remember),
        (2, protection.remember),
        (1, lambda _witnesses, _ranges: None),
    ):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(worker_processes, "processors", lambda count=processors: count)
            patched.setattr(protection, "WORTH_WORKERS", -1)
            patched.setattr(protection, "remember", remember)
            ways.append([(done.tables, done.ledger, done.issued) for _, _, done in programmes.published(case)])
    for other in ways[1:]:
        for (tables, ledger, issued), (again, ledger_again, issued_again) in zip(ways[0], other, strict=True):
            assert ledger.equals(ledger_again) and issued == issued_again
            assert all(tables[name].equals(again[name]) for name in tables)
