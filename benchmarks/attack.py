"""An attacker who sees only the published Parquet of two editions, and perhaps one family's own reports.

python benchmarks/attack.py --programmes 200                      recovers nothing
python benchmarks/attack.py --programmes 40 --without-secondary   recovers cells, so the attack works

It shares no code with samlad/publish. It reads the tables, works out from organisations and successions which sums they
are, sets up equations over one unknown for each count of each submission, and asks what range every hidden cell is left
with. The truth is used for two things only: what an insider knows of the own family,
and to see afterwards whether what was recovered is right.
"""

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray
from scipy.optimize import linprog

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import programmes
from samlad.foundation import schema, store
from samlad.publish import protection, publishing

Row = dict[str, Any]
Unknown = tuple[Any, ...]
Form = dict[Unknown, float]
UPPER = 50_000.0
NEAR = 1e-6


@dataclass(frozen=True)
class Target:
    """One hidden figure: where it stands, the unknowns it adds, and its denominator where that is shown."""

    edition: int
    place: str
    form: tuple[tuple[Unknown, float], ...]
    denominator: float | None
    families: frozenset[str]


@dataclass
class Reading:
    """Knowledge that a reader has put together: equations that hold, and the hidden figures."""

    equations: list[tuple[Form, float]] = field(default_factory=list)
    editions: list[int | None] = field(default_factory=list)
    """For each equation the edition that shows it; None for what everybody knows of the counts."""
    targets: list[Target] = field(default_factory=list)


class Reader:
    """One edition as a reader sees it: its Parquet files, nothing else."""

    def __init__(self, folder: Path, number: int, reading: Reading) -> None:
        self.number = number
        self.reading = reading
        self.tables = {path.stem: pq.read_table(path).to_pylist() for path in sorted(folder.glob("*.parquet"))}
        self.persons = {row["indicator_id"]: row for row in self.tables["indicators"] if row["counts"] == "persons"}
        self.family = self._families()
        self.told = {
            (row["indicator_id"], row["organisation_id"], row["year"], row["sex"])
            for row in self.tables["division_values"]
            if row["division"] == schema.AS_REPORTED and row["parts_reported"]
        }
        self.rows: dict[tuple[str, str, int], dict[str, Row]] = defaultdict(dict)
        for row in self.tables["indicator_values"]:
            key = (row["indicator_id"], row["organisation_id"], row["year"])
            if row["period"] == "VB" and row["indicator_id"] in self.persons and (*key, row["sex"]) in self.told:
                self.rows[key][row["sex"]] = row
        for rows in self.rows.values():
            add_rest(rows)
        self.read()

    def _families(self) -> dict[str, str]:
        family = {row["organisation_id"]: row["organisation_id"] for row in self.tables["organisations"]}
        for _ in family:
            for row in self.tables["successions"]:
                joined = sorted((family[row["predecessor_id"]], family[row["successor_id"]]))
                family = {name: joined[0] if of == joined[1] else of for name, of in family.items()}
        return family

    def unknown(self, key: tuple[str, str, int], sex: str) -> Unknown:
        """The count of one row. What neither women nor men are follows from all three submissions."""
        rows = self.rows[key]
        used = [rows[sex]] if sex in ("total", "women", "men") and sex in rows else list(rows.values())
        ids = tuple(sorted({str(row["submission_id"]) for row in used}))
        return (*key, sex, ids)

    def add(self, form: Form, value: float | None = None) -> None:
        """Something that holds: a figure that is shown, or without a value, counts that add up to nothing."""
        self.reading.equations.append((form, value or 0.0))
        self.reading.editions.append(self.number if value is not None else None)

    def see(self, place: str, unknowns: list[Unknown], row: Row, end: str = "") -> None:
        """One published figure over some counts: what it shows is an equation, what it hides a target."""
        share = all(self.persons[unknown[0]]["measure"] == "share" for unknown in unknowns)
        x, n = row[f"numerator{end}"], row[f"denominator{end}"] if share else None
        families = frozenset(self.family[unknown[1]] for unknown in unknowns)
        count = dict.fromkeys(unknowns, 1.0)
        whole = count | {("rest", *unknown): 1.0 for unknown in unknowns}
        if x is not None:
            self.add(count, x)
        else:
            self.reading.targets.append(Target(self.number, place, tuple(count.items()), n, families))
        if n is not None:
            self.add(whole, n)
        elif share:
            self.reading.targets.append(Target(self.number, f"{place} n", tuple(whole.items()), None, families))

    def read(self) -> None:
        """Everything the tables say."""
        for key, rows in self.rows.items():
            for sex, row in rows.items():
                if self.is_counted(key, sex):
                    self.see(f"{key} {sex}", [self.unknown(key, sex)], row)
            self.read_sexes(key, rows)
            self.read_parts(key, rows)
        for row in self.told_rows("division_values"):
            members = self.district(row, row["sex"])
            if members is not None:
                self.see(f"{row['division']} {row['organisation_id']}", members, row)
        for row in self.told_rows("city_values"):
            counted = self.city(row["indicator_id"], row["year"], row["sex"])
            if counted and len(counted) == row["organisations_reported"]:
                self.see("city", counted, row)
        for row in self.told_rows("city_changes"):
            ends = self.both(row)
            if ends and len(ends) == row["organisations_both"]:
                for number, end in enumerate(("_from", "_to")):
                    self.see(f"change{end}", [one for pair in ends for one in pair[number]], row, end)

    def told_rows(self, table: str) -> Iterator[Row]:
        """The rows of persons that show a figure or hide one."""
        for row in self.tables[table]:
            if row["indicator_id"] in self.persons and row["missing_reason"] in (None, ".."):
                yield row

    def is_counted(self, key: tuple[str, str, int], sex: str) -> bool:
        """Return True if a row has counts. A share without counts is never shown, and nothing is shown of its sums."""
        return sex in self.rows[key] and self.rows[key][sex]["missing_reason"] in (None, "..") and not self.silent(key)

    def silent(self, key: tuple[str, str, int]) -> bool:
        """Return True if the city's own count of reports says that this report gave no counts."""
        candidates = [other for other in self.rows if (other[0], other[2]) == (key[0], key[2])]
        shown = [
            other
            for other in candidates
            if any(row["denominator"] is not None or row["numerator"] is not None for row in self.rows[other].values())
        ]
        counted = [
            row["organisations_reported"]
            for row in self.tables["city_values"]
            if (row["indicator_id"], row["year"], row["sex"]) == (key[0], key[2], "total")
        ]
        totals = [other for other in candidates if "total" in self.rows[other]]
        return (
            key not in shown
            and bool(counted)
            and counted[0] < len(totals)
            and counted[0] == len([other for other in totals if other in shown])
        )

    def read_sexes(self, key: tuple[str, str, int], rows: dict[str, Row]) -> None:
        """Women, men and the rest are the total; without one of them, what is left is at least 0."""
        parts = [sex for sex in rows if sex != "total"]
        if "total" not in rows or not parts or self.silent(key):
            return
        left = [] if {"women", "men"} <= set(parts) else ["rest of the total"]
        for quantity in ("", "rest") if self.persons[key[0]]["measure"] == "share" else ("",):
            form = {self.of(quantity, self.unknown(key, "total")): -1.0}
            form |= {self.of(quantity, self.unknown(key, sex)): 1.0 for sex in [*parts, *left]}
            self.add(form)
        if left:
            one = self.unknown(key, left[0])
            place, families = f"{key} {left[0]}", frozenset([self.family[key[1]]])
            self.reading.targets.append(Target(self.number, place, ((one, 1.0),), None, families))

    @staticmethod
    def of(quantity: str, unknown: Unknown) -> Unknown:
        """An unknown count, or what is left of its denominator."""
        return (quantity, *unknown) if quantity else unknown

    def read_parts(self, key: tuple[str, str, int], rows: dict[str, Row]) -> None:
        """An indicator that is a part of another counts no more than it does; what is left is a target too."""
        for sex in rows:
            parts = [
                (name, *key[1:])
                for name, indicator in self.persons.items()
                if indicator["part_of"] == key[0] and sex in self.rows.get((name, *key[1:]), {})
            ]
            if not parts or self.silent(key) or any(self.silent(part) for part in parts):
                continue
            known = [self.unknown(part, sex) for part in parts]
            left = ("left", self.unknown(key, sex), *known)
            form = {self.unknown(key, sex): -1.0, left: 1.0} | dict.fromkeys(known, 1.0)
            self.add(form)
            families = frozenset([self.family[key[1]]])
            self.reading.targets.append(Target(self.number, f"{key} left {sex}", ((left, 1.0),), None, families))

    def heir(self, organisation: str, year: int, day: date) -> str | None:
        """Return the holder, on a day, of all that an organisation was on a year's last day; None if nobody is."""
        last = date(year, 12, 31)
        valid = {
            row["organisation_id"]
            for row in self.tables["organisations"]
            if (row["valid_from"] or date.min) <= day <= (row["valid_to"] or date.max)
        }
        counts_from = {row["organisation_id"]: row["counts_from"] for row in self.tables["organisations"]}
        if counts_from[organisation] and counts_from[organisation] > date(year, 1, 1):
            return None
        if day <= last:
            return organisation if organisation in valid else None
        reached = {organisation}
        for row in sorted(self.tables["successions"], key=lambda row: row["date"]):
            if row["predecessor_id"] in reached and last < row["date"] <= day:
                reached.add(row["successor_id"])
        heirs = sorted(reached & valid)
        return heirs[0] if len(heirs) == 1 else None

    def district(self, row: Row, sex: str) -> list[Unknown] | None:
        """The counts that a district of a division adds; None when the reader cannot tell."""
        if row["division"] == schema.AS_REPORTED or not row["parts_reported"]:
            return None
        day = date.fromisoformat(row["division"])
        members = [
            key
            for key in self.rows
            if (key[0], key[2]) == (row["indicator_id"], row["year"])
            and self.heir(key[1], key[2], day) == row["organisation_id"]
            and self.is_counted(key, sex)
        ]
        if len(members) != row["parts_reported"] or (sex != "other" and row["parts_reported"] != row["parts"]):
            return None
        return [self.unknown(key, sex) for key in members]

    def city(self, indicator: str, year: int, sex: str) -> list[Unknown]:
        """The counts that the city adds."""
        began = {row["organisation_id"]: row["counts_from"] or date.min for row in self.tables["organisations"]}
        return [
            self.unknown(key, sex)
            for key in self.rows
            if (key[0], key[2]) == (indicator, year) and began[key[1]] <= date(year, 1, 1) and self.is_counted(key, sex)
        ]

    def both(self, row: Row) -> list[tuple[list[Unknown], list[Unknown]]]:
        """For each of today's organisations that stand in a change: the counts of the earlier year and of the later."""
        today = next(one["division"] for one in self.tables["divisions"] if one["is_today"])
        movable = {one["organisation_id"] for one in self.tables["division_values"] if one["division"] != "reported"}
        units: dict[str, dict[int, list[Unknown]]] = defaultdict(dict)
        for one in self.tables["division_values"]:
            if (one["indicator_id"], one["sex"]) != (row["indicator_id"], row["sex"]):
                continue
            if one["missing_reason"] not in (None, ".."):
                continue
            if one["division"] == today:
                members = self.district(one, one["sex"])
                if members is not None:
                    units[one["organisation_id"]][one["year"]] = members
            elif one["division"] == schema.AS_REPORTED and one["organisation_id"] not in movable:
                key = (one["indicator_id"], one["organisation_id"], one["year"])
                if self.is_counted(key, one["sex"]):
                    units[one["organisation_id"]][one["year"]] = [self.unknown(key, one["sex"])]
        years = (row["year_from"], row["year_to"])
        return [(found[years[0]], found[years[1]]) for found in units.values() if set(years) <= set(found)]


def add_rest(rows: dict[str, Row]) -> None:
    """Add the rest that stands nowhere, because it is hidden or nothing: a reader cannot tell which of the two."""
    told = [row for sex, row in rows.items() if sex != "other" and row["missing_reason"] in (None, "..")]
    if len(told) == 3 and "other" not in rows:
        rows["other"] = rows["total"] | {"sex": "other", "numerator": None, "denominator": None, "missing_reason": ".."}


def true_counts(tables: dict[str, Any], number: int) -> dict[Unknown, float]:
    """The counts themselves, named as a reader names them: for insiders, and to see whether the attacker was right."""
    reader = object.__new__(Reader)
    rows: dict[tuple[str, str, int], dict[str, Row]] = defaultdict(dict)
    for row in tables["indicator_values"].to_pylist():
        if row["period"] == "VB" and row["missing_reason"] is None:
            rows[row["indicator_id"], row["organisation_id"], row["year"]][row["sex"]] = row
    reader.rows = rows
    reader.number = number
    found: dict[Unknown, float] = {}
    for key, by_sex in rows.items():
        for sex, row in by_sex.items():
            if row["numerator"] is not None:
                found[reader.unknown(key, sex)] = row["numerator"]
                if row["denominator"] is not None:
                    found["rest", *reader.unknown(key, sex)] = row["denominator"] - row["numerator"]
    return found


def completed(truth: dict[Unknown, float], reading: Reading) -> dict[Unknown, float]:
    """The truth with what is left over in each equation that has just one unknown to spare."""
    whole = dict(truth)
    for form, value in reading.equations:
        spare = [one for one in form if one not in whole]
        if len(spare) == 1:
            (one,) = spare
            whole[one] = (value - sum(form[key] * whole[key] for key in form if key != one)) / form[one]
    return whole


@dataclass(frozen=True)
class Found:
    """A hidden figure that was recovered: which, by whom, and between what."""

    target: Target
    family: str | None
    lower: float
    upper: float


def is_harmless(lower: float, upper: float, threshold: int, denominator: float | None) -> bool:
    """Return True if a range tells too little: it holds 0 to t - 1, or the mirror of it at n, or is wider than t."""
    if upper - lower > threshold + NEAR or (lower < NEAR and upper > threshold - 1 - NEAR):
        return True
    return denominator is not None and upper > denominator - NEAR and denominator - lower > threshold - 1 - NEAR


def connected(reading: Reading) -> Iterator[tuple[list[tuple[Form, float]], list[Target]]]:
    """The equations and targets that hang together."""
    leader: dict[Unknown, Unknown] = {}

    def find(one: Unknown) -> Unknown:
        while leader.setdefault(one, one) != one:
            one = leader[one]
        return one

    for form in [*(form for form, _ in reading.equations), *(dict(target.form) for target in reading.targets)]:
        first, *others = form
        for other in others:
            leader[find(other)] = find(first)
    equations, targets = defaultdict(list), defaultdict(list)
    for form, value in reading.equations:
        equations[find(next(iter(form)))].append((form, value))
    for target in reading.targets:
        targets[find(target.form[0][0])].append(target)
    for top in targets:
        yield equations[top], targets[top]


def attack(
    reading: Reading, truth: dict[Unknown, float], thresholds: list[int], family_of: dict[str, str]
) -> Iterator[Found]:
    """Every hidden figure that an outsider or an insider of one family can say too much about."""
    for equations, targets in connected(reading):
        families = sorted(set().union(*(target.families for target in targets)))
        for family in (None, *families):
            wanted = [target for target in targets if family is None or target.families != {family}]
            yield from attack_part(equations, wanted, family, truth, thresholds, family_of)


def owner(unknown: Unknown, family_of: dict[str, str]) -> str:
    """Whose own count it is."""
    inner = unknown[1] if unknown[0] == "left" else unknown
    return family_of[inner[2] if inner[0] == "rest" else inner[1]]


def attack_part(
    equations: list[tuple[Form, float]],
    targets: list[Target],
    family: str | None,
    truth: dict[Unknown, float],
    thresholds: list[int],
    family_of: dict[str, str],
) -> Iterator[Found]:
    """Yield the hidden figures that one attacker recovers in one connected part."""
    unknowns = list(
        dict.fromkeys(key for form in [*(f for f, _ in equations), *(dict(t.form) for t in targets)] for key in form)
    )
    own = {key for key in unknowns if family is not None and owner(key, family_of) == family and key in truth}
    column = {key: number for number, key in enumerate(key for key in unknowns if key not in own)}
    if not column or not targets:
        return

    def reduced(form: Form) -> tuple[NDArray[np.float64], float]:
        line = np.zeros(len(column))
        known = 0.0
        for key, sign in form.items():
            if key in own:
                known += sign * truth[key]
            else:
                line[column[key]] += sign
        return line, known

    lines, values = [], []
    for form, value in equations:
        line, known = reduced(form)
        if line.any():
            lines.append(line)
            values.append(value - known)
    matrix = np.array(lines) if lines else None
    rhs = np.array(values) if lines else None
    goals = [reduced(dict(target.form)) for target in targets]
    points = np.zeros((0, len(column)))
    for target, (goal, known) in zip(targets, goals, strict=True):
        threshold = thresholds[target.edition]
        ends = points @ goal
        if len(ends) and is_harmless(ends.min() + known, ends.max() + known, threshold, target.denominator):
            continue
        found = []
        for sign in (1.0, -1.0):
            solved = linprog(sign * goal, A_eq=matrix, b_eq=rhs, bounds=(0, UPPER), method="highs")
            if solved.status != 0:
                raise ArithmeticError(f"The attacker's equations do not hold together: {solved.message}")
            points = np.vstack([points, solved.x])
            found.append(float(goal @ solved.x) + known)
        if not is_harmless(found[0], found[1], threshold, target.denominator):
            yield Found(target, family, found[0], found[1])


@dataclass
class Outcome:
    """Outcome of the attacks on some programmes."""

    programmes: int = 0
    hidden: int = 0
    recovered: list[str] = field(default_factory=list)
    wrong: int = 0
    broken: int = 0
    issued: int = 0

    def __str__(self) -> str:
        return (
            f"{self.programmes} programmes, two editions each: {self.hidden} hidden figures, "
            f"{len(self.recovered)} recovered, {self.issued} given away by the first edition alone, "
            f"{self.broken} equations that do not hold, {self.wrong} wrong recoveries"
        )


def attack_case(case: programmes.Case, outcome: Outcome, name: str, *, editions: int = 2) -> None:
    """Publish a case, give the attacker its files, and count what was recovered."""
    reading = Reading()
    truth: dict[Unknown, float] = {}
    thresholds = []
    family_of: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, (edition, tables, protected) in enumerate(programmes.published(case)):
            if number == editions:
                break
            place = Path(folder) / str(number)
            place.mkdir()
            written = {**case.programme.tables, **tables, **protected.tables}
            for described in (*schema.CATALOGUE, *schema.SNAPSHOT):
                if described.name in written:
                    shaped = publishing.conform(described.name, written[described.name])
                    store.write_table(place / f"{described.name}.parquet", shaped, durable=False)
            family_of = Reader(place, number, reading).family
            truth |= true_counts(tables, number)
            thresholds.append(edition.threshold)
    judge(reading, truth, thresholds, family_of, outcome, name)


def judge(
    reading: Reading,
    truth: dict[Unknown, float],
    thresholds: list[int],
    family_of: dict[str, str],
    outcome: Outcome,
    name: str,
) -> None:
    """Hold what the attacker found against the truth, and leave out what was no secret to begin with."""
    reading.targets = [target for target in reading.targets if not is_nothing(target, truth)]
    truth = completed(truth, reading)
    outcome.programmes += 1
    outcome.hidden += len(reading.targets)
    for form, value in reading.equations:
        if all(key in truth for key in form):
            outcome.broken += abs(sum(sign * truth[key] for key, sign in form.items()) - value) > NEAR
    seen: set[tuple[int, str, tuple[tuple[Unknown, float], ...]]] = set()
    for found in attack(reading, truth, thresholds, family_of):
        target = found.target
        identity = (target.edition, target.place, target.form)
        if identity in seen:
            continue
        seen.add(identity)
        if not all(key in truth for key, _ in target.form):
            continue
        true = sum(sign * truth[key] for key, sign in target.form)
        if not found.lower - NEAR <= true <= found.upper + NEAR:
            outcome.wrong += 1
            continue
        if is_open(target) and not is_small(true, target, truth, thresholds[target.edition]):
            continue
        if target.edition and gave_away(reading, target, found.family, truth, thresholds, family_of):
            outcome.issued += 1
            continue
        who = found.family or "anybody"
        outcome.recovered.append(
            f"{name} edition {target.edition + 1}: {target.place} is {true:g}, "
            f"{who} says {found.lower:g} to {found.upper:g}"
        )


def is_nothing(target: Target, told: dict[Unknown, float]) -> bool:
    """Return True if a target is a rest that nobody has: the reader could not know, and there is nothing to hide."""
    return all("other" in key and key not in told for key, _ in target.form)


def is_open(target: Target) -> bool:
    """Return True if a target is a sum that nobody publishes: only small ones have to be safe."""
    return "left" in target.place or "rest of the total" in target.place


def is_small(true: float, target: Target, truth: dict[Unknown, float], threshold: int) -> bool:
    """Return True if the rule would hide the target: its count, or the rest of its denominator, is 0 to t - 1."""
    rests = [truth.get(("rest", *key)) for key, _ in target.form]
    return true < threshold or (all(one is not None for one in rests) and sum(one or 0 for one in rests) < threshold)


def gave_away(
    reading: Reading,
    target: Target,
    family: str | None,
    truth: dict[Unknown, float],
    thresholds: list[int],
    family_of: dict[str, str],
) -> bool:
    """Return True if the first edition alone gives a target away to the same attacker."""
    old = [one for one, edition in zip(reading.equations, reading.editions, strict=True) if edition in (None, 0)]
    alone = Reading(old, targets=[target])
    equations = next(equations for equations, targets in connected(alone) if targets)
    return any(attack_part(equations, [target], family, truth, thresholds, family_of))


def nothing_further(_one: Any, _safe: Any) -> set[Any]:
    """The secondary rule, switched off."""
    return set()


def run(count: int, *, start: int = 0, districts: int = 8, without_secondary: bool = False) -> Outcome:
    """Attack so many random programmes of so many districts or fewer."""
    outcome = Outcome()
    for seed in range(start, start + count):
        case = programmes.random_case(seed, districts=districts)
        if without_secondary:
            with (
                mock.patch.object(protection, "hide_further", nothing_further),
                mock.patch.object(protection, "gate", lambda _one, _issued: None),
            ):
                attack_case(case, outcome, f"seed {seed}", editions=1)
        else:
            attack_case(case, outcome, f"seed {seed}")
    return outcome


def main() -> int:
    """Run the attack from the command line; exit 1 when it was not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programmes", type=int, default=200)
    parser.add_argument("--start", type=int, default=0, help="first seed")
    parser.add_argument("--without-secondary", action="store_true", help="hide only what the rule itself asks for")
    chosen = parser.parse_args()
    started = time.process_time()
    outcome = run(chosen.programmes, start=chosen.start, without_secondary=chosen.without_secondary)
    for line in outcome.recovered[: 5 if chosen.without_secondary else 50]:
        print(line)
    print(f"{outcome}; {time.process_time() - started:.0f} s of processor time.")
    return int(bool(outcome.recovered) != chosen.without_secondary)


if __name__ == "__main__":
    sys.exit(main())
