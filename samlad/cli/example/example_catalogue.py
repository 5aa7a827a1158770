"""The example catalogue: the verified rows as they are, and the example's own beside them, marked as such."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from samlad.catalogue.programme import Programme
from samlad.cli.example.activities import ACTIVITIES
from samlad.cli.example.city import City, Row
from samlad.cli.example.example_indicators import INDICATORS, OWN_TARGETS, REMISS_TARGETS, REMISS_TRUTHS
from samlad.cli.example.plans import FIRST_YEAR, MADE_UP, IndicatorPlan, OwnTarget, Truth
from samlad.foundation import schema, store

MIXED_GROUP: Row = {"group_id": "socialtjanstnamnder", "name": "Nämnder med socialtjänst (exempel)", **MADE_UP}
MIXED_MEMBERS: tuple[Row, ...] = (
    {"kind": "stadsdelsnamnd", "organisation_id": None},
    {"kind": None, "organisation_id": "FN-SOC"},
    {"kind": None, "organisation_id": "FN-ALD"},
)
DUE_AFTER = {"T1": (5, 31), "T2": (9, 30), "VB": (1, 31)}
LAST_DAYS = {"T1": (4, 30), "T2": (8, 31), "VB": (12, 31)}


@dataclass(frozen=True)
class Catalogue:
    """The whole catalogue of one example, and the truth behind each indicator that is reported."""

    programme: Programme
    truths: Mapping[str, Truth]


def build_catalogue(verified: Programme, city: City, wanted_number: int | None, seed: int) -> Catalogue:
    """Return the example's rows beside the verified ones, for the city's organisations and the wanted indicators.

    Rows about organisations that a small example leaves out are left out too.
    """
    known = {row["organisation_id"] for row in city.organisations}
    tables = {name: table.to_pylist() for name, table in verified.tables.items()}
    plans = chosen(None if wanted_number is None else wanted_number - len(tables["indicators"]), seed)
    indicators = {row["indicator_id"] for row in tables["indicators"]} | {plan.indicator_id for plan in plans}
    tables["organisations"], tables["successions"] = city.organisations, city.successions
    tables["indicators"] += [kept_references(plan.row(), indicators) for plan in plans]
    tables["activities"] += [plan.row() for plan in ACTIVITIES]
    tables["activity_indicators"] += [
        {"activity_id": plan.activity_id, "indicator_id": indicator, **MADE_UP}
        for plan in ACTIVITIES
        for indicator in plan.indicators
        if indicator in indicators
    ]
    tables["responsibilities"] += [duty.row("indicator", plan.indicator_id) for plan in plans for duty in plan.duties]
    tables["responsibilities"] += [
        duty.row("activity", plan.activity_id) for plan in ACTIVITIES for duty in plan.duties
    ]
    tables["groups"] += [{**MIXED_GROUP, **member} for member in MIXED_MEMBERS]
    tables["targets"] += [
        row
        for target in targets(plans, city.years)
        if target.indicator_id in indicators
        for row in target.rows(city.years)
    ]
    tables["periods"] += list(later_periods(tables["periods"], city.years))
    tables["contacts"] += [
        {"organisation_id": name, "role": "registrator", "address": f"registrator@{name.lower()}.example", **MADE_UP}
        for name in city.reporters
    ]
    for name in ("responsibilities", "groups", "observations", "targets", "contacts"):
        tables[name] = [row for row in tables[name] if row["organisation_id"] in {None, schema.CITY, *known}]
    truths = {name: truth for name, truth in REMISS_TRUTHS.items() if name in indicators}
    truths |= {plan.indicator_id: plan.truth for plan in plans}
    return Catalogue(
        Programme({table.name: sorted_table(table, tables[table.name]) for table in schema.CATALOGUE}), truths
    )


def chosen(how_many: int | None, seed: int) -> list[IndicatorPlan]:
    """Return the planned indicators: all, the first of each goal when fewer are wanted, and copies when more are."""
    if how_many is None or how_many == len(INDICATORS):
        return list(INDICATORS)
    if how_many < len(INDICATORS):
        place = {
            plan.indicator_id: sum(other.goal_id == plan.goal_id for other in INDICATORS[:number])
            for number, plan in enumerate(INDICATORS)
        }
        return sorted(INDICATORS, key=lambda plan: place[plan.indicator_id])[: max(how_many, 0)]
    rng = np.random.default_rng([seed, 2])
    patterns = [plan for plan in INDICATORS if plan.duties and plan.targets and not plan.valid_to and not plan.part_of]
    more = range(len(INDICATORS), how_many)
    return [*INDICATORS, *(likeness(patterns[number % len(patterns)], number + 1, rng) for number in more)]


def likeness(plan: IndicatorPlan, number: int, rng: np.random.Generator) -> IndicatorPlan:
    """Return a copy of an indicator on another level."""
    shift = float(rng.normal(0, 0.4))

    def moved(values: Iterable[float]) -> tuple[float, ...]:
        if plan.measure == "share":
            return tuple(1 / (1 + (1 / value - 1) * np.exp(-shift)) for value in values)
        if plan.measure in ("rate", "count"):
            return tuple(value * float(np.exp(shift)) for value in values)
        return tuple(values)

    return replace(
        plan,
        indicator_id=f"EX-X{number:03}",
        short_name=f"Exempelindikator {number}",
        name=f"Exempelindikator {number}: {plan.name}",
        targets=tuple(round(value, 2) for value in moved(plan.targets)),
        truth=replace(plan.truth, levels=moved(plan.truth.levels)),
        replaced_by=None,
    )


def kept_references(row: Row, indicators: set[str]) -> Row:
    """Return the row without references to indicators that a small example leaves out."""
    return {**row, **{name: row[name] if row[name] in indicators else None for name in ("part_of", "replaced_by")}}


def targets(plans: Sequence[IndicatorPlan], years: range) -> list[OwnTarget]:
    """Return all årsmål: KF's for the city while the indicator is valid, and some nämnder's own."""
    listed: list[tuple[str, int, tuple[float, ...], date | None]]
    listed = [(name, FIRST_YEAR, values, None) for name, values in REMISS_TARGETS.items()]
    listed += [(plan.indicator_id, plan.base_year, plan.targets, plan.valid_to) for plan in plans]
    city = [
        OwnTarget(
            name,
            schema.CITY,
            {
                year: values[min(year - first, len(values) - 1)]
                for year in years
                if year >= first and (last is None or year <= last.year)
            },
            "kf",
        )
        for name, first, values, last in listed
        if values
    ]
    return [*city, *OWN_TARGETS]


def later_periods(periods: Sequence[Row], years: range) -> Iterable[Row]:
    """Return periods for years after those of the programme, for a longer example."""
    there = {row["year"] for row in periods}
    for year in years:
        for period in schema.PERIODS if year not in there else ():
            yield {
                "year": year,
                "period": period,
                "starts_on": date(year, 1, 1),
                "ends_on": date(year, *LAST_DAYS[period]),
                "due": date(year + (period == "VB"), *DUE_AFTER[period]),
                **MADE_UP,
            }


def sorted_table(table: schema.TableSchema, rows: Sequence[Row]) -> pa.Table:
    """Return rows as a table of the schema, sorted by key; null comes first."""

    def key(row: Row) -> list[tuple[bool, Any]]:
        return [(row[name] is not None, row[name] if row[name] is not None else "") for name in table.key]

    return pa.Table.from_pylist(sorted(rows, key=key), table.arrow)


def write_programme(folder: Path, programme: Programme) -> None:
    """Write the catalogue as the CSV files that read_programme reads."""
    folder.mkdir(parents=True)
    for name, table in programme.tables.items():
        sheet = io.StringIO(newline="")
        writer = csv.writer(sheet, lineterminator="\n")
        writer.writerow(table.column_names)
        for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
            writer.writerow([str(cell).lower() if isinstance(cell, bool) else cell for cell in row])
        store.write_bytes_atomically(folder / f"{name}.csv", sheet.getvalue().encode(), durable=False)
