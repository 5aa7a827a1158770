"""Origins of a report's figures: submissions and, with the raw side at hand, file, sheet and row.

Reading the raw side belongs in `samlad.submissions`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from samlad.foundation.rows import ReportSubmissionsRow
from samlad.report.draft import Choice
from samlad.warehouse.database import Warehouse

Places = Mapping[tuple[str, str, str], Mapping[str, Any]]
"""File, sheet, row and sender of each reported object, by submission, object and organisation."""


@dataclass(frozen=True)
class Origin:
    """An origin of a figure or status: the reported row.

    file, sheet, row and by are None without the raw side.
    """

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


def submissions_of(opened: Warehouse, choice: Choice, places: Places) -> list[Origin]:
    """Return every submission behind the report's years: a row for each figure and status, in fixed order.

    places is empty where files, sheets and rows may not be shown.
    """
    rows = opened.rows(
        ReportSubmissionsRow,
        first_year=min(choice.years) - 1,
        last_year=max(choice.years),
        organisation_id=choice.organisation_id,
    )
    nowhere: dict[str, Any] = {}
    return [
        Origin(
            object_id=row.object_id,
            object=row.object,
            organisation=row.organisation,
            year=row.year,
            period=row.period,
            submission_id=row.submission_id,
            received_on=row.received_on,
            loaded_on=row.loaded_on,
            **places.get((row.submission_id or "", row.object_id, row.organisation_id), nowhere),
        )
        for row in rows
    ]
