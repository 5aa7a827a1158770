"""Random programmes for trying protection on: trees of mergers, missing levels, sexes, parts, two editions of each."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from samlad.catalogue.programme import Programme
from samlad.foundation import schema
from samlad.publish import protection, publishing
from samlad.publish.edition_tables import RawTables
from samlad.submissions.submission_reader import Submissions
from tests.rows import periods, programme, table

Row = dict[str, Any]
AS_OF = date(2024, 3, 1)
PROTECTED = ("indicator_values", "division_values", "city_values", "city_changes")


@dataclass(frozen=True)
class Edition:
    """One edition before protection: what had come in by then, and the threshold it is published with."""

    reports: list[Row]
    threshold: int


@dataclass(frozen=True)
class Case:
    """A programme and its editions, in the order they are published."""

    programme: Programme
    editions: list[Edition]


def report(indicator: str, organisation: str, year: int, sex: str = "total", **more: Any) -> Row:
    """One reported row as submissions.read_all gives it, with the order and day of its receipt."""
    plain: Row = {
        "indicator_id": indicator,
        "organisation_id": organisation,
        "year": year,
        "period": "VB",
        "sex": sex,
        "submission_id": "s1",
        "source_row": 1,
        "origin": "own",
        "sequence": 1,
        "received_on": date(year + 1, 1, 20),
    }
    return {**plain, **more}


def received(reports: list[Row]) -> Submissions:
    """Reports as publish reads them."""
    extra = [pa.field("sequence", pa.int64()), pa.field("received_on", pa.date32())]
    activities = pa.schema([*schema.TABLES["activity_reports"].arrow, *extra])
    return Submissions(
        indicators=pa.Table.from_pylist(reports, pa.schema([*schema.TABLES["indicator_reports"].arrow, *extra])),
        activities=activities.empty_table(),
        receipts=[],
        withdrawn=set(),
    )


def derived(catalogue: Programme, reports: list[Row]) -> dict[str, pa.Table]:
    """Every snapshot table that follows, before protection."""
    return publishing.derive(catalogue, received(reports), AS_OF)


def raw_tables(catalogue: Programme, tables: dict[str, pa.Table]) -> RawTables:
    """Return the tables that protection works on."""
    return RawTables(
        **{name: tables[name] for name in PROTECTED},
        indicators=catalogue.tables["indicators"],
        successions=catalogue.tables["successions"],
    )


def published(case: Case) -> Iterator[tuple[Edition, dict[str, pa.Table], protection.Protected]]:
    """Each edition with its tables before protection and what protection makes of them, given those before it."""
    standing: list[protection.StandingEdition] = []
    for number, edition in enumerate(case.editions):
        tables = derived(case.programme, edition.reports)
        done = protection.protect(raw_tables(case.programme, tables), edition.threshold, standing)
        standing.append(protection.StandingEdition(f"{number:064x}", done.ledger))
        yield edition, tables, done


def random_case(seed: int, *, districts: int = 8) -> Case:
    """A random programme of so many districts or fewer, with two editions; the same seed gives the same case."""
    pick = random.Random(seed)
    organisations, successions = random_organisations(pick, districts)
    indicators = random_indicators(pick)
    catalogue = programme(
        periods=periods(2021, 2022, 2023),
        organisations=table("organisations", *organisations),
        successions=table("successions", *successions),
        indicators=table("indicators", *indicators),
        groups=table(
            "groups",
            {"group_id": "alla", "kind": "stadsdelsnamnd"},
            {"group_id": "alla", "kind": "facknamnd"},
        ),
        responsibilities=table(
            "responsibilities",
            *({"object_type": "indicator", "object_id": one["indicator_id"], "group_id": "alla"} for one in indicators),
        ),
    )
    reports = random_reports(pick, organisations, indicators)
    threshold = pick.choice([3, 5, 5, 5, 10])
    second = threshold if pick.random() < 0.7 else pick.choice([3, 5, 8])
    late = {organisation["organisation_id"] for organisation in organisations if pick.random() < 0.15}
    first = [row for row in reports if row["sex"] == "total" or row["organisation_id"] not in late]
    added = [row | {"submission_id": "s2", "sequence": 2} for row in reports if row not in first]
    later = corrected(pick, first + added, organisations, indicators)
    return Case(catalogue, [Edition(first, threshold), Edition(later, second)])


def random_organisations(pick: random.Random, districts: int) -> tuple[list[Row], list[Row]]:
    """Districts that merge one or more times, now and then one that splits, and a few other nämnder."""
    valid: list[Row] = [
        {"organisation_id": f"D{number}", "valid_from": None, "valid_to": None}
        for number in range(pick.randint(4, districts))
    ]
    alive, successions = list(valid), []
    days = sorted(pick.sample([date(2021, 7, 1), date(2022, 1, 1), date(2022, 7, 1), date(2023, 7, 1)], 3))
    for number, day in enumerate(days[: pick.randint(0, 3)]):
        if len(alive) < 4:
            break
        heirs = [{"organisation_id": f"M{number}", "valid_from": day, "valid_to": None}]
        gone = pick.sample(alive, pick.choice([2, 2, 3]))
        if pick.random() < 0.15:
            gone, heirs = gone[:1], [*heirs, {"organisation_id": f"N{number}", "valid_from": day, "valid_to": None}]
        if pick.random() < 0.1:
            heirs[0]["counts_from"] = day
        for one in gone:
            one["valid_to"] = date.fromordinal(day.toordinal() - 1)
            successions += [
                {"predecessor_id": one["organisation_id"], "successor_id": heir["organisation_id"], "date": day}
                for heir in heirs
            ]
        alive = [one for one in alive if one not in gone] + heirs
        valid += heirs
    others = [{"organisation_id": f"F{number}", "kind": "facknamnd"} for number in range(pick.choice([0, 0, 1, 2]))]
    return [*valid, *others], successions


def random_indicators(pick: random.Random) -> list[Row]:
    """Two or three indicators of persons; one may be a part of another."""
    found: list[Row] = []
    for number in range(pick.randint(1, 2)):
        measure = pick.choice(["share", "share", "count", "rate"])
        found.append(
            {
                "indicator_id": f"I{number}",
                "measure": measure,
                "counts": "persons",
                "per": 1000 if measure == "rate" else None,
                "split_by_sex": pick.random() < 0.6,
            }
        )
    if pick.random() < 0.5:
        found.append({**found[0], "indicator_id": "P0", "measure": "count", "per": None, "part_of": "I0"})
        if pick.random() < 0.4:
            found.append({**found[-1], "indicator_id": "P1"})
    return found


def valid_in(organisation: Row, year: int) -> bool:
    """Return True if an organisation exists on the year's last day."""
    last = date(year, 12, 31)
    return (organisation.get("valid_from") or last) <= last <= (organisation.get("valid_to") or last)


def random_reports(pick: random.Random, organisations: list[Row], indicators: list[Row]) -> list[Row]:
    """Return each organisation's reports for 2021 and 2022; some leave out, withhold or give no counts."""
    rows: list[Row] = []
    for year in (2021, 2022):
        for organisation in organisations:
            if valid_in(organisation, year):
                rows += organisations_reports(pick, indicators, organisation["organisation_id"], year, "s1", 1)
    return rows


def organisations_reports(
    pick: random.Random, indicators: list[Row], organisation: str, year: int, submission: str, sequence: int
) -> list[Row]:
    """One organisation's rows for a year. Parts never add up to more than their whole."""
    rows: list[Row] = []
    left: dict[str, dict[str, int]] = {}
    for indicator in indicators:
        common = {"submission_id": submission, "sequence": sequence}
        name, share = indicator["indicator_id"], indicator["measure"] == "share"
        if pick.random() < 0.12:
            silent = pick.choice([{"missing_reason": "-"}, {"missing_reason": "."}, {"missing_reason": ".."}, None])
            uncounted = {"value": 0.5} if share and pick.random() < 0.3 else silent
            rows += [report(name, organisation, year, **common, **uncounted)] if uncounted else []
            continue
        counts = random_counts(pick)
        if indicator.get("part_of"):
            room = left.get(indicator["part_of"], {sex: x for sex, (x, _) in counts.items()})
            counts = {sex: (part := pick.randint(0, most), part) for sex, most in room.items()}
            left[indicator["part_of"]] = {sex: most - counts[sex][0] for sex, most in room.items()}
        else:
            left[name] = {sex: x for sex, (x, _) in counts.items()}
        for sex in random_sexes(pick, bool(indicator["split_by_sex"])):
            parts = list(counts.values()) if sex == "total" else [counts[sex]]
            x, n = (sum(part[end] for part in parts) for end in (0, 1))
            denominator = n if share else 5_000 if indicator["measure"] == "rate" else None
            rows.append(
                report(name, organisation, year, sex, numerator=x, denominator=denominator, **common)
                | {"comment": f"{x} personer"}
            )
    return rows


def random_counts(pick: random.Random) -> dict[str, tuple[int, int]]:
    """Return numerators and denominators for women, men and those who are neither; together few, some or many."""
    n = pick.choice([pick.randint(0, 12), pick.randint(8, 40), pick.randint(30, 200)])
    other = pick.choice([0, 0, 0, min(n, pick.randint(0, 4))])
    women = pick.randint(0, n - other)
    level = pick.choice([pick.random(), 0.1, 0.9])
    sizes = {"women": women, "men": n - other - women, "other": other}
    return {sex: (round(size * level), size) for sex, size in sizes.items()}


def random_sexes(pick: random.Random, is_split: bool) -> list[str]:
    """Return the reported sexes: the total, and perhaps women and men, or one of them; now and then no total."""
    if not is_split or pick.random() < 0.15:
        return ["total"]
    return pick.choice([["total", "women", "men"]] * 6 + [["total", "women"], ["total", "men"], ["women", "men"]])


def corrected(pick: random.Random, first: list[Row], organisations: list[Row], indicators: list[Row]) -> list[Row]:
    """The second edition's reports: some corrected, some new, some withdrawn, most as they were."""
    rows = list(first)
    for number, organisation in enumerate(organisations):
        identity = organisation["organisation_id"]
        for year in (2021, 2022):
            chance = pick.random()
            own = [row for row in rows if (row["organisation_id"], row["year"]) == (identity, year)]
            if not valid_in(organisation, year) or chance > 0.4:
                continue
            if chance < 0.05:
                rows = [row for row in rows if row not in own]
            elif chance < 0.12 and own:
                rows += moved_sexes(own, f"s2-{number}-{year}")
            elif chance < 0.3 or not own:
                rows = [row for row in rows if row not in own]
                rows += organisations_reports(pick, indicators, identity, year, f"s2-{number}-{year}", 2)
    return rows


def moved_sexes(own: list[Row], submission: str) -> list[Row]:
    """Women and men with one person moved between them, handed in anew without the total."""
    found: list[Row] = []
    for women in own:
        men = [row for row in own if row["sex"] == "men" and row["indicator_id"] == women["indicator_id"]]
        if any(row["indicator_id"].startswith("P") for row in own):
            continue
        if women["sex"] == "women" and men and women["numerator"]:
            for row, more in ((women, -1), (men[0], 1)):
                moved = row | {"submission_id": submission, "sequence": 2, "numerator": row["numerator"] + more}
                if row["denominator"] is not None:
                    moved["denominator"] = row["denominator"] + more
                found.append(moved)
    return found
