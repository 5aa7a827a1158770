"""The city of the example: its organisations, their areas, and the people who live there.

Everything is drawn per area, the smallest piece that never changes hands. An organisation is the areas it holds, so a
merged district is the sum of its predecessors, person by person and unit by unit, and a split one divides the same sum.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

import numpy as np
import pyarrow as pa

from samlad.cli.example.plans import MADE_UP, NOTHING_BEHIND
from samlad.foundation import schema

REPORTING = ("stadsdelsnamnd", "facknamnd", "kommunstyrelse", "moderbolag", "dotterbolag")
CORE = ("KS", "FN-SOC", "FN-AMN", "FN-UTB", "FN-ALD")
"""Organisations of every example, however small, beside the districts of the programme's years."""

THREE_DISTRICTS: dict[str, float] = {"SDN-SH": 0.8, "SDN-FA": 0.5, "SDN-SO": -0.6}
"""Made-up log odds of three districts: Skärholmen and Farsta do better, Södermalm worse."""

SHARE_OF_SUCCESSOR: dict[str, float] = {"SDN-RK": 0.55, "SDN-ST": 0.45, "SDN-NO": 0.48, "SDN-OS": 0.52}
"""Made-up shares of a merged district's published population, by predecessor."""

EXTRA_KINDS = (("stadsdelsnamnd", 0.6), ("facknamnd", 0.25), ("dotterbolag", 0.15))
STAFF_PER_1000 = 12
TYPICAL_STAFF = {"facknamnd": 420, "kommunstyrelse": 380, "moderbolag": 60, "dotterbolag": 170}
POPULATION_YEARS = (2020, 2024)

Row = dict[str, Any]


@dataclass(frozen=True)
class City:
    """The organisations that report, and their areas.

    `organisations` and `successions` are rows of the schema. `reporters` are the ids of those that can report; `parts`
    tells which areas each holds (reporters × areas). `population` is as on 31 December (areas × years), `staff` and
    `effect` are per area.
    """

    organisations: list[Row]
    successions: list[Row]
    years: range
    reporters: tuple[str, ...]
    parts: np.ndarray
    population: np.ndarray
    staff: np.ndarray
    effect: np.ndarray

    def valid(self, days: list[date]) -> np.ndarray:
        """Return the reporters that exist on each day (reporters × days)."""
        rows = {row["organisation_id"]: row for row in self.organisations}
        return np.array([[holds(rows[name], day) for day in days] for name in self.reporters], dtype=bool)

    @property
    def largest_part(self) -> np.ndarray:
        """Return the most populous area of each organisation, which answers where only one can."""
        weight = self.population[:, -1] + self.staff + 1
        return np.asarray(np.argmax(self.parts * weight, axis=1))


def holds(row: Mapping[str, Any], day: date) -> bool:
    """Return True if a row with valid_from and valid_to is valid on a day."""
    return (row["valid_from"] or date.min) <= day <= (row["valid_to"] or date.max)


def build_city(
    tables: Mapping[str, pa.Table], inhabitants: pa.Table, wanted_number: int | None, years: range, seed: int
) -> City:
    """Take the verified organisations, fewer of them or more than there are, and give each its areas and people.

    `inhabitants` are the context's rows of population by organisation and year. Fewer than the districts of the
    programme's years and the five nämnder of the story is never made.
    """
    rng = np.random.default_rng([seed, 1])
    organisations = tables["organisations"].to_pylist()
    successions = tables["successions"].to_pylist()
    if wanted_number is not None and wanted_number < len(organisations):
        organisations, successions = fewer(organisations, successions, wanted_number, years)
    growth = Growth(organisations, successions, years, rng)
    if wanted_number is not None and wanted_number > len(organisations):
        growth.grow(wanted_number - len(organisations))
    return settle(growth, inhabitants, years, rng)


def fewer(
    organisations: list[Row], successions: list[Row], wanted_number: int, years: range
) -> tuple[list[Row], list[Row]]:
    """Keep the core first, then the others in the order of the catalogue."""
    first_day = date(years.start, 1, 1)

    def in_core(row: Row) -> bool:
        lives = (row["valid_to"] or date.max) >= first_day
        return row["organisation_id"] in CORE or (row["kind"] == "stadsdelsnamnd" and lives)

    kept = {row["organisation_id"] for row in sorted(organisations, key=lambda row: not in_core(row))[:wanted_number]}
    kept |= {row["organisation_id"] for row in organisations if in_core(row)}
    return (
        [row for row in organisations if row["organisation_id"] in kept],
        [row for row in successions if {row["predecessor_id"], row["successor_id"]} <= kept],
    )


@dataclass
class Growth:
    """Generator of further organisations: districts that merge and split at random dates, nämnder and bolag.

    `areas` tells which areas each organisation holds; areas are numbered from 0.
    """

    organisations: list[Row]
    successions: list[Row]
    years: range
    rng: np.random.Generator
    areas: dict[str, list[int]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        heirs = {row["successor_id"] for row in self.successions}
        for row in self.organisations:
            if row["organisation_id"] not in heirs:
                self.areas[row["organisation_id"]] = [next(self.numbers)]
        for row in sorted(self.successions, key=lambda row: (row["date"], row["predecessor_id"])):
            self.areas.setdefault(row["successor_id"], []).extend(self.areas[row["predecessor_id"]])

    def grow(self, more: int) -> None:
        """Add this many organisations."""
        districts = round(more * EXTRA_KINDS[0][1])
        bolag = round(more * EXTRA_KINDS[2][1])
        changes = districts // 10
        splits = changes // 2
        merges = changes - splits
        for _ in range(districts - merges - 2 * splits):
            self.add_district([next(self.numbers) for _ in range(int(self.rng.integers(1, 4)))], None)
        kinds = self.rng.permutation(["merge"] * merges + ["split"] * splits)
        for kind, day in zip(kinds, sorted(self.random_days(changes)), strict=True):
            self.change(str(kind), day)
        for kind, how_many in (("facknamnd", more - districts - bolag), ("dotterbolag", bolag)):
            for _ in range(how_many):
                self.add(kind, [next(self.numbers)], None)

    def random_days(self, how_many: int) -> list[date]:
        """First days of months within the years, repeated days allowed."""
        months = self.rng.integers(2, 12 * len(self.years) - 1, size=how_many)
        return [date(self.years.start + int(month) // 12, int(month) % 12 + 1, 1) for month in months]

    def change(self, kind: str, day: date) -> None:
        """Merge two of the added districts into one, or split one in two, on a day."""
        living = [
            row
            for row in self.organisations
            if row["organisation_id"].startswith("EX-SDN")
            and not row["valid_to"]
            and (row["valid_from"] or date.min) < day
        ]
        if kind == "split":
            old = [max(living, key=lambda row: (len(self.areas[row["organisation_id"]]), self.rng.random()))]
            areas = self.areas[old[0]["organisation_id"]]
            if len(areas) == 1:
                raise ValueError("No district of the example has two areas to split between.")
            new = [areas[: len(areas) // 2], areas[len(areas) // 2 :]]
        else:
            old = [living[int(place)] for place in self.rng.choice(len(living), size=2, replace=False)]
            new = [[area for row in old for area in self.areas[row["organisation_id"]]]]
        for row in old:
            row["valid_to"] = day - timedelta(days=1)
        for areas in new:
            successor = self.add_district(areas, day)
            for row in old:
                self.successions.append(
                    {
                        "predecessor_id": row["organisation_id"],
                        "successor_id": successor,
                        "date": day,
                        "source": NOTHING_BEHIND,
                        **MADE_UP,
                    }
                )

    def add_district(self, areas: list[int], valid_from: date | None) -> str:
        """Add a stadsdelsnämnd with its areas and return its id."""
        return self.add("stadsdelsnamnd", areas, valid_from)

    def add(self, kind: str, areas: list[int], valid_from: date | None) -> str:
        """Add an organisation with its areas and return its id."""
        number = 1 + sum(row["kind"] == kind for row in self.organisations)
        identity, short, name = {
            "stadsdelsnamnd": (f"EX-SDN-{number:03}", f"Exempelstadsdel {number}", "{} stadsdelsnämnd"),
            "facknamnd": (f"EX-FN-{number:03}", f"Exempelnämnd {number}", "{}"),
            "dotterbolag": (f"EX-BOL-{number:03}", f"Exempelbolag {number}", "{} AB"),
        }[kind]
        row = dict.fromkeys(schema.TABLES["organisations"].names)
        row |= {"organisation_id": identity, "name": name.format(short), "short_name": short, "kind": kind}
        row |= {"valid_from": valid_from, "source": NOTHING_BEHIND, **MADE_UP}
        self.organisations.append(row)
        self.areas[identity] = areas
        return identity


def settle(growth: Growth, inhabitants: pa.Table, years: range, rng: np.random.Generator) -> City:
    """Give the areas people and staff: districts their published population, all else made up."""
    areas = 1 + max(max(areas_held) for areas_held in growth.areas.values())
    kinds = {row["organisation_id"]: row["kind"] for row in growth.organisations}
    published = published_population(inhabitants, growth)
    at_ends = np.zeros((areas, 2))
    staff = np.zeros(areas)
    effect = np.zeros(areas)
    for name, areas_held in growth.areas.items():
        if len(areas_held) == 1 and kinds[name] in TYPICAL_STAFF:
            staff[areas_held] = max(8, round(TYPICAL_STAFF[kinds[name]] * rng.lognormal(0, 0.8)))
        if len(areas_held) == 1 and name in THREE_DISTRICTS:
            effect[areas_held] = THREE_DISTRICTS[name]
        if kinds[name] == "stadsdelsnamnd":
            for area in areas_held:
                if not at_ends[area].any():
                    start = rng.integers(9_000, 40_000)
                    at_ends[area] = published.get(area, (start, start * rng.uniform(0.97, 1.08)))
    steps = (np.array(years) - POPULATION_YEARS[0]) / (POPULATION_YEARS[1] - POPULATION_YEARS[0])
    population = np.rint(at_ends[:, :1] + (at_ends[:, 1:] - at_ends[:, :1]) * steps).astype(np.int64)
    staff += np.rint(population[:, 0] * STAFF_PER_1000 / 1000)
    reporters = tuple(sorted(name for name, kind in kinds.items() if kind in REPORTING))
    parts = np.zeros((len(reporters), areas), dtype=np.int64)
    for place, name in enumerate(reporters):
        parts[place, growth.areas[name]] = 1
    return City(
        growth.organisations, growth.successions, years, reporters, parts, population, staff.astype(np.int64), effect
    )


def published_population(inhabitants: pa.Table, growth: Growth) -> dict[int, tuple[float, float]]:
    """Return each area's population in 2020 and 2024, where the context has it; a merged district's is divided."""
    known: dict[str, dict[int, float]] = {}
    for row in inhabitants.to_pylist():
        known.setdefault(row["organisation_id"], {})[row["year"]] = row["value"]
    by_area: dict[int, tuple[float, float]] = {}
    for name, by_year in known.items():
        areas_held = growth.areas.get(name, [])
        if not set(POPULATION_YEARS) <= by_year.keys():
            continue
        owners = {area: owner for owner, areas in growth.areas.items() for area in areas if len(areas) == 1}
        for area in areas_held:
            share = SHARE_OF_SUCCESSOR.get(owners[area], 1 / len(areas_held))
            by_area[area] = (by_year[POPULATION_YEARS[0]] * share, by_year[POPULATION_YEARS[1]] * share)
    return by_area
