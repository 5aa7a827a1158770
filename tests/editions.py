"""A small city whose every figure can be worked out by hand: reported, published, changed in one respect, published."""

import csv
import random
import shutil
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Self

from samlad.catalogue.programme import Programme
from samlad.cli.example.example_catalogue import write_programme
from samlad.foundation import arrival_day, schema, store
from samlad.foundation.store import DataFolder
from samlad.journal import records
from samlad.publish import publishing
from samlad.submissions import submission_reader, submission_writer
from samlad.submissions.organisation_report import OrganisationReport, activity_rows, indicator_rows
from samlad.submissions.receipts import Receipt
from samlad.submissions.submission_writer import Delivery
from samlad.warehouse import database, editions
from samlad.warehouse.changes import Change, MarkChange, between, followed
from samlad.warehouse.editions import Snapshot
from tests.rows import programme, table

MERGER = date(2023, 7, 1)
START = datetime(2025, 2, 1, 12, tzinfo=UTC)

UNITS = {"BR": 5, "FA": 6, "JA": 9}
"""Numbers that each district counts of ten units in 2024; 2021 has one less, of the districts there were."""

PERSONS = {"BR": (3, 40), "FA": (20, 60), "JA": (30, 90)}
"""Persons in 2024; Bromma's three are fewer than may be shown."""


class Made:
    """A data folder that is reported to and published, one step after the other."""

    def __init__(self, path: Path) -> None:
        self.folder = DataFolder(path)
        self.day = START

    @classmethod
    def anew(cls, path: Path, tables: Programme | None = None) -> Self:
        """A folder with a catalogue, this one's own unless given, and nothing else."""
        made = cls(path)
        folder = made.folder
        for part in (folder.submissions, folder.snapshots, folder.journal, folder.context):
            part.mkdir(parents=True)
        for described in schema.CONTEXT:
            store.write_table(folder.context / f"{described.name}.parquet", described.arrow.empty_table())
        write_programme(folder.programme, tables or catalogue())
        return made

    @classmethod
    def found(cls, path: Path) -> Self:
        """A folder made earlier, with the day of its last report."""
        made = cls(path)
        receipts = submission_reader.read_all(made.folder).receipts
        made.day = max([START, *(datetime.fromisoformat(one["received_at"]) for one in receipts)])
        return made

    def copied(self, path: Path) -> Self:
        """The same elsewhere, to be changed without this one."""
        shutil.copytree(self.folder.path, path)
        made = type(self)(path)
        made.day = self.day
        return made

    def standing(self) -> Snapshot:
        """The edition that is current."""
        return editions.read(self.folder)

    def hand_in(self, organisation_id: str, year: int, *rows: dict[str, Any], period: str = "VB") -> Receipt:
        """A report by one organisation, a day after the one before it; a row without an activity is a figure."""
        self.day += timedelta(days=1)
        place = {"organisation_id": organisation_id, "year": year, "period": period, "sex": "total", "origin": "own"}
        figures = [{**place, **row} for row in rows if "activity_id" not in row]
        statuses = [{**place, **row} for row in rows if "activity_id" in row]
        for row in statuses:
            del row["sex"]
        report = OrganisationReport(organisation_id, year, period, indicator_rows(figures), activity_rows(statuses))
        drawn = f"{random.Random(f'{self.day} {organisation_id}').getrandbits(64):016x}"
        sent = Delivery(report, "Kim", self.day)
        (receipt,) = submission_writer.append_many([sent], [()], self.folder, ids=partial(str, drawn))
        return receipt

    def judge(self, organisation_id: str, fulfilled: str, text: str) -> None:
        """A judgement of the goal for 2024."""
        said = {"organisation_id": organisation_id, "goal_id": "M1", "year": 2024, "period": "VB"}
        content = {**said, "fulfilled": fulfilled, "text": text, "origin": "own"}
        records.append(self.folder, kind="assessment", by="Kim", at=self.day, content=content)

    def catalogue_cell(self, name: str, column: str, value: str, **where: str) -> None:
        """Write one cell of the catalogue anew, in the rows with these values."""
        path = self.folder.programme / f"{name}.csv"
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        for row in rows:
            if all(row[one] == said for one, said in where.items()):
                row[column] = value
        self._write(path, rows)

    def without_row(self, name: str, **where: str) -> None:
        """Take rows out of the catalogue."""
        path = self.folder.programme / f"{name}.csv"
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        self._write(path, [row for row in rows if any(row[one] != said for one, said in where.items())])

    def _write(self, path: Path, rows: list[dict[str, str]]) -> None:
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def publish(
        self, *, threshold: int | None = None, as_of: date | None = None, leave_out: int | None = None
    ) -> Snapshot:
        """The edition that follows from all that there is now."""
        made = publishing.publish(self.folder, threshold=threshold, as_of=as_of, leave_out=leave_out)
        return editions.read(self.folder, made)

    def marks(self, old: Snapshot, new: Snapshot, changes: Iterable[Change]) -> list[MarkChange]:
        """The marks that follow from what lies between two editions."""
        opened = [database.open_snapshot(self.folder, one.snapshot_id) for one in (old, new)]
        return followed(opened[0], opened[1], changes)


def catalogue() -> Any:
    """Two districts that merge and two that do not, one indicator of units and one of persons, one activity."""
    target = {"organisation_id": schema.CITY, "year": 2024}
    return programme(
        indicators=table(
            "indicators",
            {"indicator_id": "I", "name": "Enheter med rutin", "short_name": "Rutin", "unit": "procent av enheterna"},
            {"indicator_id": "P", "name": "Personer med stöd", "short_name": "Stöd", "counts": "persons"},
        ),
        activities=table("activities", {"activity_id": "A", "title": "Utbilda alla"}),
        organisations=table(
            "organisations",
            {
                "organisation_id": "RK",
                "name": "Rinkeby-Kista stadsdelsnämnd",
                "short_name": "Rinkeby-Kista",
                "valid_to": date(2023, 6, 30),
            },
            {
                "organisation_id": "ST",
                "name": "Spånga-Tensta stadsdelsnämnd",
                "short_name": "Spånga-Tensta",
                "valid_to": date(2023, 6, 30),
            },
            {"organisation_id": "JA", "name": "Järva stadsdelsnämnd", "short_name": "Järva", "valid_from": MERGER},
            {"organisation_id": "BR", "name": "Bromma stadsdelsnämnd", "short_name": "Bromma"},
            {"organisation_id": "FA", "name": "Farsta stadsdelsnämnd", "short_name": "Farsta"},
        ),
        successions=table(
            "successions",
            {"predecessor_id": "RK", "successor_id": "JA", "date": MERGER},
            {"predecessor_id": "ST", "successor_id": "JA", "date": MERGER},
        ),
        responsibilities=table(
            "responsibilities",
            *(
                {"object_type": kind, "object_id": one, "group_id": "stadsdelsnamnder"}
                for kind, one in (("indicator", "I"), ("indicator", "P"), ("activity", "A"))
            ),
        ),
        targets=table(
            "targets", {**target, "indicator_id": "I", "value": 0.75}, {**target, "indicator_id": "P", "value": 0.5}
        ),
    )


def reported(path: Path) -> Made:
    """The city with the reports of 2021 and 2024 in, and not yet published."""
    made = Made.anew(path)
    for name in ("BR", "FA", "RK", "ST"):
        made.hand_in(name, 2021, units(4), persons(12, 40))
    for name, count in UNITS.items():
        made.hand_in(name, 2024, units(count), persons(*PERSONS[name]), {"activity_id": "A", "status": "ongoing"})
    return made


def came_after(folder: DataFolder, day: date) -> int:
    """Return the number of standing reports that came after a day."""
    read = submission_reader.read_all(folder)
    days = [arrival_day.received_on(one) for one in read.receipts if one["submission_id"] not in read.withdrawn]
    return sum(one > day for one in days)


def units(numerator: int) -> dict[str, Any]:
    """So many of ten units."""
    return {"indicator_id": "I", "numerator": numerator, "denominator": 10}


def persons(numerator: int, denominator: int) -> dict[str, Any]:
    """So many persons of so many."""
    return {"indicator_id": "P", "numerator": numerator, "denominator": denominator}


def figures(old: Snapshot, new: Snapshot) -> set[tuple[str, tuple[Any, ...]]]:
    """The table and the key of all that is listed as changed, but for the reports themselves."""
    return {(one.table, one.key) for one in between(old, new) if one.table != "received_submissions"}
