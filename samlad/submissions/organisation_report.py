"""Reports: what one organisation submits for one period, before it has been checked and received."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from samlad.foundation import characters, schema, store
from samlad.foundation.schema import TableSchema

INDICATORS = schema.TABLES["indicator_reports"]
ACTIVITIES = schema.TABLES["activity_reports"]

HEADINGS = {
    "goal": "Mål",
    "indicator_id": "Indikator-id",
    "activity_id": "Aktivitets-id",
    "name": "Namn",
    "unit": "Enhet",
    "organisation_id": "Organisation",
    "year": "År",
    "period": "Period",
    "sex": "Kön",
    "numerator": "Antal",
    "denominator": "Av totalt",
    "value": "Värde",
    "forecast": "Prognos helår",
    "target": "Årsmål",
    "earlier": "Senast rapporterat",
    "status": "Status",
    "missing_reason": "Orsakskod",
    "comment": "Kommentar",
}
"""Heading of each column in our own form, and in findings without a heading from the file."""

LONGEST_NAME = 120
"""Most bytes kept of a file's name; file systems take 255 with the additions while writing."""

_NOT_CONTENT = {"submission_id", "source_file"}


@dataclass(frozen=True, eq=False)
class OrganisationReport:
    """One organisation's report for one period, with the file it came in.

    `indicators` and `activities` have the columns of schema.SUBMISSION, submission_id null. The organisation is whom it
    is handed in for; a row may concern another. `headings` tells, by sheet and column, how a column is headed in the
    file, so that a finding can point to it. `fixes` are the cells that were put right before it was handed in, as
    fixes.fixed tells them; the file itself is as it came.
    """

    organisation_id: str
    year: int
    period: str
    indicators: pa.Table
    activities: pa.Table
    original_name: str | None = None
    original: bytes | None = None
    headings: Mapping[tuple[str | None, str], str] = field(default_factory=dict)
    fixes: tuple[Mapping[str, Any], ...] = ()

    @property
    def name(self) -> str:
        """Return the file's name, else the organisation and period."""
        return self.original_name or f"{self.organisation_id} {self.period} {self.year}"

    @property
    def origin(self) -> str:
        """Return "example" when any row is made up, else "own"."""
        origins = {*self.indicators["origin"].to_pylist(), *self.activities["origin"].to_pylist()}
        return "example" if "example" in origins else "own"

    def content(self) -> str:
        """Return one SHA-256 over organisation, period, both tables and the original file.

        It tells two reports apart within one session, and is never stored: it would confirm a guess at what was said.
        """
        facts = [
            [self.organisation_id, self.year, self.period],
            _said(self.indicators, INDICATORS),
            _said(self.activities, ACTIVITIES),
            store.sha256(self.original) if self.original is not None else None,
        ]
        return store.sha256(json.dumps(facts, ensure_ascii=False).encode())

    def files(self, submission_id: str) -> dict[str, bytes]:
        """Return the stored files by name: both tables sorted by key, the original, and its fixes."""
        files = {
            "indicators.parquet": store.table_bytes(_filled(self.indicators, INDICATORS, submission_id)),
            "activities.parquet": store.table_bytes(_filled(self.activities, ACTIVITIES, submission_id)),
        }
        if self.fixes:
            files["fixes.json"] = store.json_bytes([dict(fix) for fix in self.fixes])
        if self.original is not None:
            files[f"original/{safe_name(self.original_name or '')}"] = self.original
        return files


def indicator_rows(rows: Iterable[Mapping[str, Any]] = ()) -> pa.Table:
    """Return a table of indicator reports from rows of cells; a missing cell is null."""
    return pa.Table.from_pylist([_clean(row) for row in rows], INDICATORS.arrow)


def activity_rows(rows: Iterable[Mapping[str, Any]] = ()) -> pa.Table:
    """Return a table of activity reports from rows of cells; a missing cell is null."""
    return pa.Table.from_pylist([_clean(row) for row in rows], ACTIVITIES.arrow)


def _clean(row: Mapping[str, Any]) -> Mapping[str, Any]:
    cleaned = {name: characters.clean(row[name]) for name in _TEXTS if row.get(name)}
    return {**row, **cleaned} if cleaned else row


_TEXTS = ("comment", "source_file", "source_sheet")


def safe_name(name: str) -> str:
    """Return a file name without folders or forbidden characters, short enough to store, with its ending.

    >>> safe_name("../../C:\\\\Mina filer\\\\rapport Järva.xlsx")
    'rapport Järva.xlsx'
    """
    last = re.split(r"[/\\]", name)[-1]
    clean = "".join(letter for letter in last if letter.isprintable() and letter not in ':*?"<>|').strip(" .")
    stem, dot, ending = clean.rpartition(".")
    if len(clean.encode()) <= LONGEST_NAME:
        return clean or "fil"
    ending = (dot + ending)[:20]
    return (stem or clean).encode()[: LONGEST_NAME - len(ending.encode())].decode(errors="ignore") + ending


def _filled(rows: pa.Table, table: TableSchema, submission_id: str) -> pa.Table:
    at = table.names.index("submission_id")
    ids = pa.array([submission_id] * rows.num_rows, schema.TEXT)
    shaped = rows.select(list(table.names)).cast(table.arrow).set_column(at, table.arrow.field(at), ids)
    return shaped.sort_by([(key, "ascending") for key in table.key])


def _said(rows: pa.Table, table: TableSchema) -> list[str]:
    columns = [rows[name].to_pylist() for name in table.names if name not in _NOT_CONTENT]
    return sorted(json.dumps(row, ensure_ascii=False) for row in zip(*columns, strict=True))
