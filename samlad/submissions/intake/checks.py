"""Checks: every rule of queries/checks, run once over all reports together, and the search for personal data."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from samlad.catalogue.programme import Programme
from samlad.foundation import personal_data, schema
from samlad.foundation.findings import Finding
from samlad.foundation.store import DataFolder
from samlad.journal import text_gate
from samlad.submissions import submission_reader
from samlad.submissions.organisation_report import HEADINGS, OrganisationReport
from samlad.submissions.submission_reader import Submissions
from samlad.swedish import numbers, words
from samlad.warehouse import engine, sql_files
from samlad.warehouse.sql_files import Query, QueryError

RULE_COLUMNS = ("report", "source_sheet", "source_row", "field", "value")
"""Columns of every rule: the report, the place in its file, our column at fault, and its value."""

RULES = engine.QUERIES / "checks"

_WORDS = {**words.STATUSES, **words.SEXES}


def check(
    reports: Sequence[OrganisationReport],
    folder: DataFolder,
    programme: Programme,
    history: Submissions | None = None,
    *,
    spared: Collection[str] = (),
) -> list[tuple[Finding, ...]]:
    """Run each rule once over all reports; return the findings of each report, in the order of the reports.

    A report is held against the catalogue, against what is already received (`history`, else read from the folder) and
    against the reports before it. Findings come in the order of the file. A new rule is a new file in queries/checks.
    """
    if not reports:
        return []
    if history is None:
        history = submission_reader.read_all(folder, organisations=_concerned(reports))
    names = text_gate.names(folder, programme, spared=spared)
    report_findings: list[list[Finding]] = [_personal_data(report, names) for report in reports]
    connection = engine.connect()
    try:
        load(connection, reports, programme, history)
        for rule in rules(RULES):
            for row in connection.sql(rule.sql).to_arrow_table().to_pylist():
                report_findings[row["report"]].append(_finding(rule, row, reports[row["report"]]))
    finally:
        connection.close()
    return [tuple(sorted(findings, key=_order)) for findings in report_findings]


@lru_cache
def rules(folder: Path) -> tuple[Query, ...]:
    """The rule files of a folder, by name. Raises QueryError for a file that is no rule or lacks a column of rules."""
    queries = tuple(sql_files.all_queries(folder).values())
    for rule in queries:
        missing = [name for name in RULE_COLUMNS if name not in rule.columns]
        if not rule.rule or missing:
            what = f"no column {', '.join(missing)}" if rule.rule else "no `-- rule`"
            raise QueryError.at(rule.path, 1, f"a check has {what}")
        if rule.parameters:
            raise QueryError.at(rule.path, 1, "a check takes no parameters")
    return queries


def sentence_value(value: Any, kind: str = "VARCHAR") -> str:
    """Return a value for a Swedish sentence; an INTEGER, a year or a number, stays as it is.

    A text with a personal identity number is not repeated.

    >>> [sentence_value(value, "DOUBLE") for value in (0.85, 12.0)], sentence_value(2024, "INTEGER")
    (['0,85', '12'], '2024')
    >>> sentence_value("done"), sentence_value(None)
    ('Genomförd', 'inget')
    """
    match value:
        case None:
            return "inget"
        case float():
            exact = abs(value) < 1e15
            return numbers.decimal(value, 4).rstrip("0").rstrip(",") if exact else str(value)
        case int() if kind == "BIGINT":
            return numbers.number(value)
        case date():
            return numbers.date_sv(value)
        case str() if personal_data.kinds(value):
            return "(visas inte)"
    return _WORDS.get(value, str(value))


def _concerned(reports: Sequence[OrganisationReport]) -> set[str]:
    named = {report.organisation_id for report in reports}
    for report in reports:
        for rows in (report.indicators, report.activities):
            named.update(rows["organisation_id"].unique().to_pylist())
    return named


def load(
    connection: duckdb.DuckDBPyConnection,
    reports: Sequence[OrganisationReport],
    programme: Programme,
    history: Submissions,
) -> None:
    """Load the tables that rules stand on.

    The catalogue; `duties` as in publish; `reports`; `reported_indicators` and `reported_activities`, all rows to be
    checked; `known_indicators` and `known_activities`, those rows and all received before; and the views of
    queries/checks/views. `report` numbers the reports from 0, `sequence` says which of two rows is the later.
    """
    for name, table in programme.tables.items():
        engine.load(connection, name, table)
    listed = {
        "report": pa.array(range(len(reports)), schema.YEAR),
        "organisation_id": pa.array([report.organisation_id for report in reports], schema.TEXT),
        "year": pa.array([report.year for report in reports], schema.YEAR),
        "period": pa.array([report.period for report in reports], schema.TEXT),
    }
    engine.load(connection, "reports", pa.table(listed))
    last = max((receipt["sequence"] for receipt in history.receipts), default=0)
    for kind, received, tables in (
        ("indicators", history.indicators, [report.indicators for report in reports]),
        ("activities", history.activities, [report.activities for report in reports]),
    ):
        rows = pa.concat_tables(tables)
        numbers = pa.array([i for i, table in enumerate(tables) for _ in range(table.num_rows)], schema.YEAR)
        later = pa.array([last + 1 + i for i, table in enumerate(tables) for _ in range(table.num_rows)], schema.WHOLE)
        rows = rows.append_column("report", numbers).append_column("sequence", later)
        engine.load(connection, f"reported_{kind}", rows)
        known = pa.concat_tables([received.drop_columns(["received_on"]), rows.drop_columns(["report"])])
        engine.load(connection, f"known_{kind}", known)
    for step in (sql_files.parse(engine.QUERIES / "publish" / "duties.sql"), *engine.steps(RULES / "views")):
        engine.build(connection, step, {})


def _finding(rule: Query, row: Mapping[str, Any], report: OrganisationReport) -> Finding:
    worded = {name: sentence_value(value, rule.columns[name].type) for name, value in row.items()}
    field, sheet = row["field"], row["source_sheet"]
    return Finding(
        rule=rule.rule,
        severity=rule.severity,
        file=report.original_name,
        sheet=sheet,
        row=row["source_row"],
        column=report.headings.get((sheet, field)) or HEADINGS.get(field),
        value=None if row["value"] is None else worded["value"],
        message=f"{rule.title.format_map(worded)} {rule.why.format_map(worded)}",
        action=rule.action.format_map(worded),
    )


def _personal_data(report: OrganisationReport, names: personal_data.PersonNames) -> list[Finding]:
    """Return an error for each comment with personal data; it names the place, never the text."""
    findings: list[Finding] = []
    for rows in (report.indicators, report.activities):
        places = (rows[name].to_pylist() for name in ("comment", "source_sheet", "source_row"))
        for comment, sheet, row in zip(*places, strict=True):
            heading = report.headings.get((sheet, "comment")) or HEADINGS["comment"]
            findings += personal_data.findings(report.original_name, sheet, row, heading, comment or "", names)
    return findings


def _order(finding: Finding) -> tuple[str, int, str, str]:
    return finding.sheet or "", finding.row or 0, finding.column or "", finding.rule
