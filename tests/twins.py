"""Twins: two data folders that differ only in counts that both hide, with the same ids, moments and as-of."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import programmes
from benchmarks.programmes import Case, Row
from samlad.cli.example.example_catalogue import write_programme
from samlad.foundation import schema, store
from samlad.foundation.store import DataFolder
from samlad.publish import cell_register, cells, protection, publishing
from samlad.publish.components import BOTH_HIDDEN, SHOWN
from samlad.publish.protection import first_status
from samlad.submissions import submission_writer
from samlad.submissions.organisation_report import OrganisationReport, activity_rows, indicator_rows
from samlad.submissions.submission_writer import Delivery
from samlad.warehouse import editions
from samlad.warehouse.editions import Snapshot

START = datetime(2023, 2, 1, 12, tzinfo=UTC)
SEXES = ("total", "women")
"""Counts that are moved: one person, in the total, and among the women where they are told apart."""

IdOf = Callable[[int, OrganisationReport], str]
"""Makes the id of a submission from its place in the order and its content."""

Found = dict[frozenset[str], cells.Cell]


def protected(case: Case, reports: list[Row], threshold: int) -> tuple[cell_register.CellRegister, Found]:
    """Return every sum over persons, with its status, as protection decides it for these reports."""
    raw = programmes.raw_tables(case.programme, programmes.derived(case.programme, reports))
    register = cell_register.CellRegister(raw, threshold)
    for one in register.components():
        protection.protect_part(one)
    return register, register.cells


def by_the_rule(register: cell_register.CellRegister) -> dict[frozenset[str], int]:
    """Return the status of each published sum by the rule alone."""
    return {
        cell.atoms: first_status(one.system, index, cell.threshold)
        for one in register.components()
        for index, cell in enumerate(one.cells)
        if cell.published
    }


def shown(
    register: cell_register.CellRegister, status: dict[frozenset[str], int]
) -> dict[frozenset[str], tuple[Any, ...]]:
    """Return what readers would see of each sum with these statuses."""
    seen = {}
    for atoms, one in status.items():
        count = sum(register.atoms[key].x for key in atoms)
        rests = [register.atoms[key].rest for key in atoms]
        whole = None if None in rests else count + sum(rest or 0 for rest in rests)
        seen[atoms] = (count if one == SHOWN else None, whole if one != BOTH_HIDDEN else None)
    return seen


def hidden_rows(register: cell_register.CellRegister) -> set[tuple[Any, ...]]:
    """Return the indicator, year, organisation and sex of each reported figure that is hidden."""
    rows = register.tables()["indicator_values"].to_pylist()
    place = ("indicator_id", "year", "organisation_id", "sex")
    return {tuple(row[one] for one in place) for row in rows if row["missing_reason"] == ".."}


def moves(pick: random.Random, reports: list[Row], hidden: set[tuple[Any, ...]]) -> Iterator[list[Row]]:
    """Yield the reports with one person moved from one organisation to another, or added to one: where it is hidden."""
    whose: dict[tuple[Any, ...], dict[str, Row]] = defaultdict(dict)
    for row in reports:
        if row.get("numerator") is not None:
            whose[row["indicator_id"], row["year"], row["organisation_id"]][row["sex"]] = row
    for at in [at for at, rows in whose.items() if not all((*at, sex) in hidden for sex in SEXES if sex in rows)]:
        del whose[at]
    pairs = [(one, None) for one in whose]
    pairs += [(one, other) for one in whose for other in whose if one[:2] == other[:2] and one[2] != other[2]]
    pick.shuffle(pairs)
    for pair in pairs:
        changed = {
            id(whose[at][sex]): sign
            for at, sign in zip(pair, (1, -1), strict=True)
            if at is not None
            for sex in SEXES
            if sex in whose[at]
        }
        moved = [changed_by(row, changed.get(id(row), 0)) for row in reports]
        possible = [row for row in moved if row.get("numerator") is not None]
        if all(0 <= row["numerator"] <= (row.get("denominator") or 10**9) for row in possible):
            yield moved


def changed_by(row: Row, more: int) -> Row:
    """Return a row with so many more persons in it, also in its words."""
    count = (row.get("numerator") or 0) + more
    return row | {"numerator": count, "comment": f"{count} personer"} if more else row


def twins(case: Case, pick: random.Random, *, tries: int = 60) -> Iterator[tuple[list[Row], bool]]:
    """Yield reports that differ from the first edition's only in what it hides, and whether the same is hidden then.

    The rule hides the same in both, and every sum that the first edition shows is the same in both.
    """
    reports, threshold = case.editions[0].reports, case.editions[0].threshold
    register, found = protected(case, reports, threshold)
    status = {atoms: cell.status for atoms, cell in found.items() if cell.published}
    rule, seen = by_the_rule(register), shown(register, status)
    for number, moved in enumerate(moves(pick, reports, hidden_rows(register))):
        if number == tries:
            return
        raw = programmes.raw_tables(case.programme, programmes.derived(case.programme, moved))
        other = cell_register.CellRegister(raw, threshold)
        if set(other.cells) != set(found) or by_the_rule(other) != rule or shown(other, status) != seen:
            continue
        for one in other.components():
            protection.protect_part(one)
        yield moved, {atoms: cell.status for atoms, cell in other.cells.items() if cell.published} == status


def folder_of(path: Path, case: Case, reports: list[Row], *, id_of: IdOf | None = None) -> DataFolder:
    """Make a data folder whose reports are these, each organisation's year one submission.

    Ids are drawn from a seed, the same for all folders; `id_of` makes them of the content, as they must not be.
    """
    folder = DataFolder(path)
    for part in (folder.submissions, folder.snapshots, folder.journal, folder.context):
        part.mkdir(parents=True)
    for described in schema.CONTEXT:
        store.write_table(folder.context / f"{described.name}.parquet", described.arrow.empty_table())
    write_programme(folder.programme, case.programme)
    together: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in reports:
        by = row.get("by", row["organisation_id"])
        together[row["sequence"], row["year"], by, row["submission_id"]].append(row)
    source = random.Random(1)
    known = set(schema.TABLES["indicator_reports"].names) - {"submission_id"}
    for number, (at, rows) in enumerate(sorted(together.items())):
        held = [{name: value for name, value in row.items() if name in known} for row in rows]
        report = OrganisationReport(at[2], at[1], "VB", indicator_rows(held), activity_rows())
        sent = Delivery(report, "Kim", START + timedelta(days=number // 4))
        drawn = f"{source.getrandbits(64):016x}" if id_of is None else id_of(number + 1, report)
        submission_writer.append_many([sent], [()], folder, ids=partial(str, drawn), durable=False)
    return folder


def published(folder: DataFolder, threshold: int) -> Snapshot:
    """Publish a folder and return the edition."""
    return editions.read(folder, publishing.publish(folder, threshold=threshold))


def public_bytes(folder: DataFolder) -> dict[str, bytes]:
    """Return every file that readers have, by name, but for the moment of publishing."""
    files = (path for path in folder.snapshots.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder.snapshots)): path.read_bytes()
        for path in files
        if path.name not in ("published_at", ".lock")
    }
