"""Current values: the figures last reported, and how a new report changes them.

The raw side compares with raw submissions, pages with what is published.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from samlad.catalogue.programme import Programme
from samlad.foundation import schema
from samlad.submissions.organisation_report import ACTIVITIES, INDICATORS, OrganisationReport
from samlad.submissions.submission_reader import Submissions
from samlad.swedish import numbers, words
from samlad.warehouse.editions import Snapshot

FIGURES = ("numerator", "denominator", "value", "missing_reason")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class ReportChange:
    """One row of a report beside the current value of the same object, both in Swedish.

    `before` is None when nothing stands. `difference` is None where none can be told: nothing stands, one of the two
    has no figure, or the one that stands is protected.
    """

    object_type: str
    object_id: str
    name: str
    organisation_id: str
    sex: str | None
    before: str | None
    after: str
    difference: str | None

    @property
    def changes(self) -> bool:
        """Return True if the report differs from the current value; always for a protected figure."""
        return self.before != self.after


def published(snapshot: Snapshot) -> Submissions:
    """Return the current values as readers know them: the protected figures of a snapshot, `..` where hidden.

    Checks on a page run against this and never against raw reports: a remark that depends on a hidden figure would give
    it away to whoever tries one number after the other.
    """
    receipts = snapshot.table("received_submissions").rename_columns({"version": "sequence"})
    order = receipts.select(["submission_id", "sequence", "received_on"])
    indicators = snapshot.table("indicator_values")
    indicators = indicators.filter(pc.not_equal(indicators["sex"], "other"))
    in_force = receipts.filter(pc.invert(receipts["withdrawn"]))
    return Submissions(
        indicators=_shaped(indicators, order, INDICATORS),
        activities=_shaped(snapshot.table("activity_values"), order, ACTIVITIES),
        receipts=in_force.select(["submission_id", "sequence", "organisation_id", "year", "period"]).to_pylist(),
        withdrawn=set(),
    )


def latest(rows: pa.Table, object_column: str) -> dict[tuple[Any, ...], Row]:
    """Return the current row of each object, organisation, year, period and sex (None for activities)."""
    rows_by_key: dict[tuple[Any, ...], Row] = {}
    for row in rows.sort_by("sequence").to_pylist():
        rows_by_key[row[object_column], row["organisation_id"], row["year"], row["period"], row.get("sex")] = row
    return rows_by_key


def changes(report: OrganisationReport, history: Submissions, programme: Programme) -> list[ReportChange]:
    """Return each row of a report beside the current value of the same object, in the order of the report.

    With `published` as the history nothing is told that readers cannot see; with raw submissions everything is.
    """
    changed: list[ReportChange] = []
    for kind, rows, received, name in (
        ("indicator", report.indicators, history.indicators, "short_name"),
        ("activity", report.activities, history.activities, "title"),
    ):
        column = f"{kind}_id"
        known = {
            row[column]: row
            for row in programme.tables["indicators" if kind == "indicator" else "activities"].to_pylist()
        }
        current = latest(received.filter(_concerned(received, rows)), column)
        for row in rows.to_pylist():
            about = known.get(row[column], {})
            before = current.get((row[column], row["organisation_id"], row["year"], row["period"], row.get("sex")))
            changed.append(
                ReportChange(
                    object_type=kind,
                    object_id=row[column],
                    name=about.get(name) or row[column],
                    organisation_id=row["organisation_id"],
                    sex=row.get("sex"),
                    before=None if before is None else row_text(before, about),
                    after=row_text(row, about),
                    difference=None if before is None else _difference(before, row, about.get("measure")),
                )
            )
    return changed


def row_text(row: Row, about: Row) -> str:
    """Return one row in words: "9 av 12 (75 %)", "48", "ja", "Pågår", or its missing reason.

    `about` is the catalogue's row of the indicator; of an activity nothing is needed.
    """
    if row["missing_reason"] is not None:
        return words.missing(row["missing_reason"])
    if "status" in row:
        return words.STATUSES.get(row["status"], row["status"] or words.missing("-"))
    measure = about.get("measure")
    part, whole, value = row["numerator"], row["denominator"], _value(row, about)
    figure = None if value is None or measure is None else numbers.figure(value, measure)
    if part is not None and whole is not None:
        return f"{numbers.of(part, whole)} ({figure})" if figure else numbers.of(part, whole)
    return figure or (numbers.number(part) if part is not None else words.missing("-"))


def _value(row: Row, about: Row) -> float | None:
    part, whole, measure = row["numerator"], row["denominator"], about.get("measure")
    if row["value"] is None and part is not None and measure == "count":
        return float(part)
    if row["value"] is None and part is not None and whole and measure in ("share", "rate"):
        return float(part / whole * ((about.get("per") or 1) if measure == "rate" else 1))
    return None if row["value"] is None else float(row["value"])


def _difference(before: Row, after: Row, measure: str | None) -> str | None:
    about = {"measure": measure}
    if "status" in before or measure in (None, "yes_no", "rate") or before["missing_reason"] or after["missing_reason"]:
        return None
    old, new = _value(before, about), _value(after, about)
    if old is None or new is None:
        return None
    if measure == "share":
        return numbers.points(new - old, signed=True)
    return numbers.decimal(new - old, numbers.DECIMALS.get(measure or "", 1), signed=True)


def _shaped(rows: pa.Table, order: pa.Table, table: schema.TableSchema) -> pa.Table:
    target_schema = pa.schema([*table.arrow, ("sequence", schema.WHOLE), ("received_on", schema.DATE)])
    joined = rows.join(order, "submission_id", join_type="left outer", use_threads=False)
    columns = [
        joined[field.name].cast(field.type)
        if field.name in joined.column_names
        else pa.nulls(joined.num_rows, field.type)
        for field in target_schema
    ]
    return pa.Table.from_arrays(columns, schema=target_schema)


def _concerned(received: pa.Table, rows: pa.Table) -> pa.ChunkedArray:
    return pc.is_in(received["organisation_id"], value_set=rows["organisation_id"].unique().cast(schema.TEXT))


def earlier(history: Submissions, organisation_id: str, year: int, period: str) -> dict[tuple[str, str | None], Row]:
    """Return an organisation's last report before a period, by object and sex.

    One that is shown stands before a later one that is protected.
    """
    rows_by_object: dict[tuple[str, str | None], Row] = {}
    for rows, column in ((history.indicators, "indicator_id"), (history.activities, "activity_id")):
        own = rows.filter(pc.equal(rows["organisation_id"], organisation_id))
        for row in _in_time(latest(own, column).values()):
            key = (row[column], row.get("sex"))
            hides = row["missing_reason"] == ".." and key in rows_by_object
            if (row["year"], row["period"]) < (year, period) and row["missing_reason"] != "-" and not hides:
                rows_by_object[key] = row
    return rows_by_object


def _in_time(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["year"], row["period"]))
