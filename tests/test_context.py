"""The public statistics: every published figure as it was published, one to one, and what cannot be read is told."""

import csv
import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from samlad.catalogue.programme import read_context, read_programme
from samlad.foundation import schema, store
from samlad.foundation.errors import SamladError
from samlad.foundation.store import repository_folder

SHIPPED = repository_folder()
GOLDEN = Path(__file__).parent / "golden" / "public_values.csv"
SEXES = {"totalt": "total", "kvinnor": "women", "män": "men", "flickor": "girls", "pojkar": "boys"}
LEVELS = {
    "stadsdelsområde": "stadsdelsomrade",
    "stadsdelsgrupp": "stadsdelsgrupp",
    "stadsdelsnämnd": "stadsdelsnamnd",
    "stad": "stad",
    "ej fördelad": "ej_fordelad",
    "län": "lan",
    "riket": "riket",
}
GROUPS = {
    "Västerort": {"Järva", "Hässelby-Vällingby", "Bromma"},
    "Inre staden": {"Kungsholmen", "Norra innerstaden", "Södermalm"},
    "Söderort": {"Enskede-Årsta-Vantör", "Skarpnäck", "Farsta", "Hägersten-Älvsjö", "Skärholmen"},
}
DISTRICTS = set().union(*GROUPS.values())
CITY_GOALS = {1: "STH-M1", 2: "STH-M2", 3: "STH-M3", 4: "STH-M4", 5: None, 6: "STH-M5", 7: "STH-M6", 8: "STH-M7"}


@pytest.fixture(scope="module")
def context() -> dict[str, pa.Table]:
    """The public statistics that ship with Samlad."""
    return read_context(SHIPPED.context)


@pytest.fixture(scope="module")
def values(context: dict[str, pa.Table]) -> list[dict[str, Any]]:
    """The published figures."""
    rows: list[dict[str, Any]] = context["context_values"].to_pylist()
    return rows


@pytest.fixture(scope="module")
def measures(context: dict[str, pa.Table]) -> dict[str, dict[str, Any]]:
    """The public measures by their identity."""
    return {row["measure_id"]: row for row in context["context_measures"].to_pylist()}


def figures(values: list[dict[str, Any]], measure: str, year: int) -> dict[str, Any]:
    """The figures of one measure and year by area."""
    return {row["area"]: row["value"] for row in values if (row["measure_id"], row["year"]) == (measure, year)}


def test_every_published_figure_is_there_cell_by_cell_and_nothing_else(values: list[dict[str, Any]]) -> None:
    with open(GOLDEN, encoding="utf-8", newline="") as file:
        published = [
            (
                *(row["measure"], row["area"], LEVELS[row["area_level"]], int(row["year"]), SEXES[row["sex"]]),
                *(float(row["value"]), row["unit"], row["approximate"] == "yes", row["note"] or None),
                *(row["confidence"], row["source"]),
            )
            for row in csv.DictReader(file)
        ]
    cells = ("measure", "area", "area_level", "year", "sex", "value", "unit", "approximate", "note")
    shipped = [tuple(row[name] for name in (*cells, "confidence", "source")) for row in values]
    assert len(shipped) == 95
    assert Counter(shipped) == Counter(published)
    assert {row["origin"] for row in values} == {"public"}


@pytest.mark.parametrize("described", schema.CONTEXT, ids=lambda described: described.name)
def test_the_files_are_the_schema_sorted_by_unique_keys_with_nothing_required_left_out(
    described: schema.TableSchema, context: dict[str, pa.Table]
) -> None:
    read = context[described.name]
    assert read.schema.equals(described.arrow)
    keys = [tuple(row[name] for name in described.key) for row in read.to_pylist()]
    assert keys == sorted(set(keys))
    for column in described.columns:
        assert not (column.required and read[column.name].null_count), column.name
        assert not column.values or set(read[column.name].to_pylist()) <= set(column.values), column.name
    path = SHIPPED.context / f"{described.name}.parquet"
    assert path.read_bytes() == store.table_bytes(read), "written by anything but store.write_table"


def test_counts_stand_as_counts_and_other_figures_only_as_figures(values: list[dict[str, Any]]) -> None:
    for row in values:
        assert row["denominator"] is None
        assert row["numerator"] == (row["value"] if row["unit"] == "antal" else None), row


def test_every_measure_has_one_wording_and_unit_and_its_figures_have_the_same(
    values: list[dict[str, Any]], measures: dict[str, dict[str, Any]]
) -> None:
    wordings: dict[str, set[str]] = {}
    for row in values:
        wordings.setdefault(row["measure_id"], set()).add(row["measure"])
        assert row["unit"] == measures[row["measure_id"]]["unit"], row
    assert [name for name, said in wordings.items() if len(said) != 1] == []
    assert len(wordings) == len(set().union(*wordings.values())) == 20
    assert {name: row["per"] for name, row in measures.items() if row["per"]} == {
        "anmalda_valdsbrott_per_1000": 1000,
        "KOL-U30750": 10_000,
        "KOL-U30751": 10_000,
        "KOL-U30752": 10_000,
    }


def test_a_measure_belongs_to_the_city_goal_that_mirrors_its_regional_goal(
    measures: dict[str, dict[str, Any]],
) -> None:
    goals = read_programme(SHIPPED.programme).tables["goals"].to_pylist()
    assert {row["regional_number"]: row["goal_id"] for row in goals} | {5: None} == CITY_GOALS
    for name, row in measures.items():
        if row["regional_number"] is not None:
            assert row["goal_id"] == CITY_GOALS[row["regional_number"]], name
        if name.startswith("REG-M"):
            assert row["regional_number"] == int(name[5]), name
    assert sorted(name for name, row in measures.items() if row["regional_number"] == 5) == [
        f"REG-M5-{letter}" for letter in "abcde"
    ]
    assert {name: row["goal_id"] for name, row in measures.items() if name.startswith("KOL")} == {
        "KOL-U30750": "STH-M3",
        "KOL-U30751": "STH-M4",
        "KOL-U30752": "STH-M4",
    }


def test_all_regional_and_kolada_measures_are_described_also_those_without_figures(
    measures: dict[str, dict[str, Any]], values: list[dict[str, Any]]
) -> None:
    assert Counter(name.partition("-")[0] for name in measures if name[0].isupper()) == {"REG": 22, "KOL": 3}
    assert len(measures) == 37
    assert len(set(measures) - {row["measure_id"] for row in values}) == 17
    assert measures["REG-M4-a"]["status"] == "discontinued after 2019"
    assert "N70608" in measures["REG-M1-a"]["note"], "what it may be compared with is kept"
    for name in measures:
        if name.startswith("oj_"):
            assert "inferred: vilket mål" in measures[name]["confidence"], name


def test_violent_crime_2024_sums_to_13_377_over_eleven_districts_beside_13_464_for_the_city(
    values: list[dict[str, Any]],
) -> None:
    crimes = figures(values, "anmalda_valdsbrott", 2024)
    assert len(DISTRICTS) == 11
    assert sum(crimes[area] for area in DISTRICTS) == 13_377
    assert crimes["Hela staden"] == 13_464
    assert {group: sum(crimes[area] for area in areas) for group, areas in GROUPS.items()} == {
        group: crimes[group] for group in GROUPS
    }


def test_published_rates_are_those_one_gets_from_the_published_counts(values: list[dict[str, Any]]) -> None:
    crimes, people = figures(values, "anmalda_valdsbrott", 2024), figures(values, "folkmangd", 2024)
    rates = figures(values, "anmalda_valdsbrott_per_1000", 2024)
    assert set(rates) == DISTRICTS | set(GROUPS) | {"Hela staden"}
    assert {area: round(1000 * crimes[area] / people[area], 2) for area in rates} == rates
    assert (rates["Skärholmen"], rates["Bromma"], rates["Hela staden"]) == (18.79, 8.99, 13.52)


@pytest.mark.parametrize(
    ("year", "city", "nowhere", "jarva"), [(2020, 975_551, 2_474, 89_847), (2024, 995_574, 3_637, 95_220)]
)
def test_population_sums_to_the_city_with_those_who_live_in_no_district(
    year: int, city: int, nowhere: int, jarva: int, values: list[dict[str, Any]]
) -> None:
    people = figures(values, "folkmangd", year)
    assert (people["Hela staden"], people["På staden skrivna"], people["Järva"]) == (city, nowhere, jarva)
    assert sum(people[area] for area in DISTRICTS) + nowhere == city
    assert {group: sum(people[area] for area in areas) for group, areas in GROUPS.items()} == {
        group: people[group] for group in GROUPS
    }


def test_each_area_is_answered_for_by_the_district_of_its_name_and_other_areas_by_nobody(
    values: list[dict[str, Any]],
) -> None:
    districts = {
        row["organisation_id"]: row
        for row in read_programme(SHIPPED.programme).tables["organisations"].to_pylist()
        if row["kind"] == "stadsdelsnamnd"
    }
    answered = {}
    for row in values:
        assert (row["organisation_id"] is not None) == (row["area_level"] in ("stadsdelsomrade", "stadsdelsnamnd")), row
        if row["organisation_id"]:
            district = districts[row["organisation_id"]]
            assert district["short_name"] == row["area"]
            assert district["valid_to"] is None or district["valid_to"] >= date(2023, 7, 1)
            answered[row["area"]] = row["organisation_id"]
    assert set(answered) == DISTRICTS


def test_figures_the_source_rounds_or_we_have_inferred_say_so(values: list[dict[str, Any]]) -> None:
    approximate = {(row["measure_id"], row["area"], row["sex"], row["value"]) for row in values if row["approximate"]}
    assert approximate == {
        ("kanda_fall_socialtjansten", "Hässelby-Vällingby", "women", 300.0),
        ("kanda_fall_socialtjansten", "Skärholmen", "men", 90.0),
        ("REG-M2-a", "Stockholms län", "total", 60.0),
    }
    assert Counter(row["confidence"] for row in values) == {
        "verified": 90,
        "inferred (year read out of the article)": 4,
        "inferred": 1,
    }


# Reading


def copied(folder: Path) -> Path:
    """A copy of the shipped statistics."""
    return Path(shutil.copytree(SHIPPED.context, folder / "context"))


def changed(folder: Path, name: str, table: pa.Table) -> Path:
    """A copy of the shipped statistics with one table replaced."""
    context = copied(folder)
    store.write_table(context / f"{name}.parquet", table)
    return context


def refused(folder: Path) -> str:
    """Return the message with which read_context refuses a folder."""
    with pytest.raises(SamladError) as told:
        read_context(folder)
    return str(told.value)


def test_a_copy_reads_the_same(context: dict[str, pa.Table], tmp_path: Path) -> None:
    assert read_context(copied(tmp_path)) == context


def test_a_missing_file_is_told_with_where_to_get_it(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "context_values.parquet").unlink()
    assert refused(folder) == f"{folder / 'context_values.parquet'} saknas. Hämta den från Samlads data/context."


@pytest.mark.parametrize(
    "content", [b"", b"measure_id,name\n", b"PAR1 and then nothing PAR1"], ids=["empty", "csv", "torn"]
)
def test_what_is_not_parquet_is_told(content: bytes, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "context_measures.parquet").write_bytes(content)
    assert "context_measures.parquet är skadad och går inte att läsa." in refused(folder)


def test_other_columns_are_told(context: dict[str, pa.Table], tmp_path: Path) -> None:
    folder = changed(tmp_path, "context_values", context["context_values"].drop_columns(["note"]))
    assert "context_values.parquet har andra kolumner än measure_id, measure, organisation_id," in refused(folder)


def test_a_figure_told_twice_is_told(context: dict[str, pa.Table], tmp_path: Path) -> None:
    read = context["context_values"]
    folder = changed(tmp_path, "context_values", pa.concat_tables([read, read.slice(0, 1)]))
    assert "context_values.parquet har två rader för REG-M1-b-ak8 Stockholms län lan 2023 boys." in refused(folder)


def test_a_value_left_out_is_told_with_its_row(context: dict[str, pa.Table], tmp_path: Path) -> None:
    read = context["context_values"]
    at = read.schema.get_field_index("unit")
    units = [*read["unit"].to_pylist()[:6], None, *read["unit"].to_pylist()[7:]]
    folder = changed(tmp_path, "context_values", read.set_column(at, "unit", pa.array(units, pa.string())))
    assert refused(folder).endswith("context_values.parquet, rad 7, kolumn unit: värdet saknas. Fyll i det.")


def test_a_figure_of_an_unknown_measure_is_told(context: dict[str, pa.Table], tmp_path: Path) -> None:
    known = context["context_measures"]
    folder = changed(tmp_path, "context_measures", known.filter(pc.field("measure_id") != "folkmangd"))
    assert refused(folder).endswith("har tal för folkmangd, som inte finns i context_measures.parquet.")
