"""Where a report's figures came in: the submissions, and where the raw side is at hand, their file, sheet and row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from samlad import published_ids, submissions
from samlad.report.draft import Choice
from samlad.store import DataFolder
from samlad.warehouse import Warehouse


@dataclass(frozen=True)
class Origin:
    """The row that a figure or a status came with. file, sheet, row and by are None without the raw side."""

    object_id: str
    object: str
    organisation: str
    year: int
    period: str
    submission_id: str | None
    received_on: date | None
    loaded_on: date | None = None
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    by: str | None = None


def submissions_of(opened: Warehouse, choice: Choice, raw: DataFolder | None) -> list[Origin]:
    """Every submission that the report's years stand on, a row for each figure and status, in a fixed order.

    raw is the data folder when files, sheets and rows may be told; where it holds no submissions they are left out.
    """
    rows = opened.query(
        "report_submissions",
        first_year=min(choice.years) - 1,
        last_year=max(choice.years),
        organisation_id=choice.organisation_id,
    ).to_pylist()
    places = dict(_places(raw)) if raw is not None and raw.submissions.is_dir() else {}
    nowhere: dict[str, Any] = {}
    return [
        Origin(
            object_id=row["object_id"],
            object=row["object"],
            organisation=row["organisation"],
            year=row["year"],
            period=row["period"],
            submission_id=row["submission_id"],
            received_on=row["received_on"],
            loaded_on=row["loaded_on"],
            **places.get((row["submission_id"], row["object_id"], row["organisation_id"]), nowhere),
        )
        for row in rows
    ]


def _places(raw: DataFolder) -> Iterator[tuple[tuple[str, str, str], dict[str, Any]]]:
    """File, sheet, row and sender of each reported object, by submission, object and organisation."""
    read = submissions.read_all(raw)
    told = published_ids.by_own(raw)
    senders = {receipt["submission_id"]: receipt["by"] for receipt in read.receipts}
    for table, name in ((read.indicators, "indicator_id"), (read.activities, "activity_id")):
        columns = ["submission_id", name, "organisation_id", "source_file", "source_sheet", "source_row"]
        if "sex" in table.column_names:
            columns.append("sex")
        for row in table.select(columns).to_pylist():
            if row.get("sex", "total") == "total":
                place = {"file": row["source_file"], "sheet": row["source_sheet"], "row": row["source_row"]}
                own = row["submission_id"]
                yield (told.get(own, own), row[name], row["organisation_id"]), {**place, "by": senders.get(own)}
