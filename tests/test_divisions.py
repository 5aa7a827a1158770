"""Divisions of the city: nothing is lost or counted twice, whatever merges, splits or moves, and in whatever year."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import lengths
from tests.rows import programme, table
from tests.test_publish import derived, of, report

YEARS = (2021, 2022, 2023, 2024, 2025)
DAYS = [date(year, month, 1) for year in (2022, 2023, 2024, 2025) for month in (1, 7)]


@dataclass
class City:
    """A history of districts: when each was there, and what became of it."""

    first: dict[str, date | None] = field(default_factory=dict)
    last: dict[str, date | None] = field(default_factory=dict)
    heirs: dict[str, list[tuple[str, date]]] = field(default_factory=dict)

    def found(self, day: date | None) -> str:
        """A new district from a day on."""
        name = f"D{len(self.first):02d}"
        self.first[name], self.last[name] = day, None
        return name

    def end(self, name: str, heirs: list[str], day: date) -> None:
        """A district passes to others."""
        self.last[name] = day - timedelta(days=1)
        self.heirs[name] = [(heir, day) for heir in heirs]

    def alive(self, day: date) -> list[str]:
        """The districts that are there on a day."""
        return [name for name in self.first if (self.first[name] or date.min) <= day <= (self.last[name] or date.max)]

    def today(self, name: str) -> set[str]:
        """Return the districts of today that a district has become."""
        if name not in self.heirs:
            return {name}
        return set().union(*(self.today(heir) for heir, _ in self.heirs[name]))

    def on(self, name: str, day: date) -> set[str]:
        """The districts of a day that hold what a district holds: those it became, or those it was made of."""
        if (self.first[name] or date.min) > day:
            made_of = [one for one, heirs in self.heirs.items() if name in {heir for heir, _ in heirs}]
            return set().union(*(self.on(one, day) for one in made_of))
        if day <= (self.last[name] or date.max):
            return {name}
        return set().union(*(self.on(heir, day) for heir, _ in self.heirs.get(name, [])))

    def tables(self) -> dict[str, Any]:
        """The history as a catalogue."""
        return {
            "organisations": table(
                "organisations",
                *(
                    {"organisation_id": name, "valid_from": self.first[name], "valid_to": self.last[name]}
                    for name in self.first
                ),
            ),
            "successions": table(
                "successions",
                *(
                    {"predecessor_id": name, "successor_id": heir, "date": day}
                    for name, heirs in self.heirs.items()
                    for heir, day in heirs
                ),
            ),
            "responsibilities": table(
                "responsibilities", {"object_type": "indicator", "object_id": "I", "group_id": "stadsdelsnamnder"}
            ),
            "indicators": table("indicators", {"indicator_id": "I"}),
        }


def history(seed: int, *, splits: bool) -> City:
    """A random city: on each of some days some districts merge, split, or give a part of themselves to another."""
    chance, city = random.Random(seed), City()
    for _ in range(chance.randint(3, 6)):
        city.found(None)
    for day in sorted(chance.sample(DAYS, chance.randint(1, 4))):
        there = city.alive(day - timedelta(days=1))
        kind = chance.choice(["merge", "split", "transfer"] if splits else ["merge"])
        if kind == "split":
            city.end(chance.choice(there), [city.found(day), city.found(day)], day)
        elif len(there) >= 2:
            one, other = chance.sample(there, 2)
            if kind == "merge":
                heir = city.found(day)
                city.end(one, [heir], day)
            else:
                heir = city.found(day)
                city.end(one, [city.found(day), heir], day)
            city.end(other, [heir], day)
    return city


def reported(city: City, seed: int, silence: float) -> list[dict[str, Any]]:
    """Return the reports of the districts of each year; some of them give nothing."""
    chance = random.Random(seed)
    rows = []
    for year in YEARS:
        for name in city.alive(date(year, 12, 31)):
            if chance.random() >= silence:
                whole = chance.randint(10, 90)
                rows.append(report(name, year, chance.randint(0, whole), whole))
    return rows


@pytest.mark.long
@settings(max_examples=lengths.of(6, 100), deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_the_sum_over_todays_districts_is_the_sum_over_yesterdays_row_by_row(seed: int) -> None:
    city = history(seed, splits=False)
    rows = derived(programme(**city.tables()), *reported(city, seed, 0.0))["division_values"]
    today = max(row["division"] for row in rows if row["division"] != "reported")
    for year in YEARS:
        for figure in ("numerator", "denominator"):
            then, now = (
                sum(row[figure] for row in of(rows, division=division, year=year)) for division in ("reported", today)
            )
            assert then == now


@pytest.mark.long
@settings(max_examples=lengths.of(8, 200), deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_a_figure_of_today_is_exactly_its_parts_or_no_number_at_all(seed: int) -> None:
    city = history(seed, splits=True)
    sent = {(row["organisation_id"], row["year"]): row for row in reported(city, seed, 0.15)}
    rows = derived(programme(**city.tables()), *sent.values())["division_values"]
    today = max(row["division"] for row in rows if row["division"] != "reported")
    for year in YEARS:
        there = city.alive(date(year, 12, 31))
        for row in of(rows, division=today, year=year):
            parts = [name for name in there if row["organisation_id"] in city.today(name)]
            is_whole = all(city.today(name) == {row["organisation_id"]} for name in parts)
            if is_whole and parts and all((name, year) in sent for name in parts):
                for figure in ("numerator", "denominator"):
                    assert row[figure] == sum(sent[name, year][figure] for name in parts)
            else:
                assert (row["numerator"], row["denominator"], row["value"]) == (None, None, None)
                assert row["missing_reason"] in ("-", ".")


@pytest.mark.long
@settings(max_examples=lengths.of(8, 200), deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.sampled_from((0.0, 0.15)))
def test_in_the_division_of_any_date_a_figure_is_exactly_its_parts_or_no_number_at_all(
    seed: int, silence: float
) -> None:
    city = history(seed, splits=True)
    sent = {(row["organisation_id"], row["year"]): row for row in reported(city, seed, silence)}
    rows = derived(programme(**city.tables()), *sent.values())["division_values"]
    days = sorted({row["division"] for row in rows} - {"reported"})
    assert len(days) > 1
    for day in days:
        for year in YEARS:
            held = {name: city.on(name, date.fromisoformat(day)) for name in city.alive(date(year, 12, 31))}
            for row in of(rows, division=day, year=year):
                parts = [name for name, became in held.items() if row["organisation_id"] in became]
                is_whole = all(held[name] == {row["organisation_id"]} for name in parts)
                if is_whole and parts and all((name, year) in sent for name in parts):
                    for figure in ("numerator", "denominator"):
                        assert row[figure] == sum(sent[name, year][figure] for name in parts), (day, year)
                else:
                    assert (row["numerator"], row["denominator"], row["value"]) == (None, None, None), (day, year)


def test_a_district_may_appear_from_nothing_and_vanish_in_any_year() -> None:
    city = City()
    one, new, gone = city.found(None), city.found(date(2024, 1, 1)), city.found(None)
    city.last[gone] = date(2022, 12, 31)
    rows = derived(programme(**city.tables()), *reported(city, 1, 0.0))["division_values"]
    today = max(row["division"] for row in rows if row["division"] != "reported")
    held = {(row["organisation_id"], row["year"]) for row in of(rows, division=today)}
    assert {year for name, year in held if name == one} == set(YEARS)
    assert {year for name, year in held if name == new} == {2024, 2025}
    assert not {year for name, year in held if name == gone}, "it is in no district of today's"
    assert {row["year"] for row in of(rows, division="reported", organisation_id=gone)} == {2021, 2022}


@pytest.mark.parametrize("silent", ["D00", "D01"])
def test_a_rebuilt_district_with_a_silent_part_is_never_a_number(silent: str) -> None:
    city = City()
    parts = [city.found(None), city.found(None)]
    heir = city.found(date(2023, 7, 1))
    for name in parts:
        city.end(name, [heir], date(2023, 7, 1))
    sent = [row for row in reported(city, 1, 0.0) if row["organisation_id"] != silent]
    rows = derived(programme(**city.tables()), *sent)["division_values"]
    (then,) = of(rows, division="2023-07-01", organisation_id=heir, year=2022)
    assert (then["value"], then["numerator"], then["parts_reported"], then["rebuilt"]) == (None, None, 1, "incomplete")
