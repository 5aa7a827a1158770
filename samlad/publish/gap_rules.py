"""Gaps in responsibility: every rule of queries/gaps, run at publish over protected tables and the catalogue.

The rules themselves are SQL. Reading their files stands in samlad/warehouse/gap_rule_files.py.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from samlad.foundation import schema
from samlad.swedish import numbers
from samlad.warehouse import engine
from samlad.warehouse.gap_rule_files import RULES, Rule, read_rules
from samlad.warehouse.sql_files import Query

DECIDED, WITH_PROPOSED = "decided", "with_proposed"
"""The two readings of duties: decided alone, or proposed ones too."""

STANDS_ON = (
    *(table.name for table in schema.CATALOGUE),
    *("expected_reports", "indicator_values", "value_versions", "activity_values", "received_submissions"),
)
"""The published tables a rule may read, beside `duties` and the views of queries/gaps/views."""

_BY_YEAR = ("expected_reports", "indicator_values", "value_versions", "activity_values")

log = logging.getLogger(__name__)

Row = dict[str, Any]


def find(
    tables: Mapping[str, pa.Table], as_of: date | None, folder: Path = RULES, *, with_earlier: bool = True
) -> dict[str, pa.Table]:
    """Return the tables gaps, gap_evidence and gap_rules as schema.SNAPSHOT has them.

    tables holds those of STANDS_ON, protected, and `duties` as publish derives it. Rules run
    once with duties as decided, and once as if those proposed were decided too; for the as-of, and for the last day of
    each earlier year (earlier_gaps, earlier_gap_evidence), unless `with_earlier` is false. A rule that is broken is
    named in gap_rules and in the log, and the others still run.
    """
    rules = read_rules(folder)
    connection = opened(tables)
    try:
        statuses = tables["duties"]["status"]
        has_proposed = pc.any(pc.not_equal(statuses, "decided"), min_count=0).as_py()
        now, now_evidence, rule_rows = _gap_tables(connection, rules, as_of, None, has_proposed=has_proposed)
        rows = {"gaps": now, "gap_evidence": now_evidence, "earlier_gaps": [], "earlier_gap_evidence": []}
        for year in earlier_years(tables, as_of) if with_earlier else ():
            gaps, evidence, then = _gap_tables(connection, rules, as_of, year, has_proposed=has_proposed)
            rows["earlier_gaps"] += [{"year": year, **row} for row in gaps]
            rows["earlier_gap_evidence"] += [{"year": year, **row} for row in evidence]
            rule_rows = {name: _both(about, then[name]) for name, about in rule_rows.items()}
    finally:
        connection.close()
    for about in rule_rows.values():
        if about["broken"]:
            log.error("A gap rule does not run: %s", about["broken"])
    rows["gap_rules"] = list(rule_rows.values())
    return {name: pa.Table.from_pylist(table_rows, schema.TABLES[name].arrow) for name, table_rows in rows.items()}


def _gap_tables(
    connection: duckdb.DuckDBPyConnection,
    rules: list[Rule],
    as_of: date | None,
    year: int | None,
    *,
    has_proposed: bool,
) -> tuple[list[Row], list[Row], dict[str, Row]]:
    """Return the gaps of a year, or of the as-of, with their evidence and each rule's row of gap_rules.

    Where no duty is proposed, both kinds of duties give the same gaps, and the rules run once.
    """
    gaps: list[Row] = []
    evidence: list[Row] = []
    rule_rows: dict[str, Row] = {}
    outcomes: list[Outcome] = []
    for duties in (DECIDED, WITH_PROPOSED):
        if duties == DECIDED or has_proposed:
            look_from(connection, as_of, with_proposed=duties == WITH_PROPOSED, year=year)
            outcomes = [_run(connection, rule) for rule in rules]
        for rule, outcome in zip(rules, outcomes, strict=True):
            for gap, rests_on in outcome.gaps:
                gaps.append({"duties": duties, **gap})
                evidence += [{"duties": duties, "gap_id": gap["gap_id"], **row} for row in rests_on]
            about = outcome.about(rule)
            rule_rows[rule.name] = _both(rule_rows[rule.name], about) if rule.name in rule_rows else about
    return gaps, evidence, rule_rows


def _both(first: Row, about: Row) -> Row:
    """Keep the first run's row of a rule, and the fault of either run."""
    return {**first, "broken": first["broken"] or about["broken"]}


def earlier_years(tables: Mapping[str, pa.Table], as_of: date | None) -> list[int]:
    """Return the programme's years before the one that gaps are judged in now."""
    ends = [day for day in tables["programmes"]["valid_to"].to_pylist() if day]
    periods = tables["periods"].to_pylist()
    last = max(ends or [row["ends_on"] for row in periods], default=None)
    if last is None:
        return []
    now = min(as_of or last, last).year
    return sorted({row["year"] for row in periods if row["year"] < now})


def _all_years(name: str) -> str:
    return f"{name}_of_all_years"


def opened(tables: Mapping[str, pa.Table]) -> duckdb.DuckDBPyConnection:
    """Return a database with the tables that rules stand on; the caller closes it."""
    connection = engine.connect(threads=1)
    connection.execute((RULES / "macros.sql").read_text(encoding="utf-8"))
    for name in (*STANDS_ON, "duties"):
        engine.load(connection, name if name not in _BY_YEAR else _all_years(name), tables[name])
    return connection


def look_from(
    connection: duckdb.DuckDBPyConnection, as_of: date | None, *, with_proposed: bool = False, year: int | None = None
) -> None:
    """Build the views of queries/gaps/views anew, for the as-of or the last day of a year.

    With a year, reports asked for and figures of later years are left out: they are no business of that year's gaps.
    """
    until = f"where year <= {year:d}" if year is not None else ""
    for name in _BY_YEAR:
        connection.execute(f'create or replace view "{name}" as from "{_all_years(name)}" {until}')
    for step in engine.steps(RULES / "views"):
        connection.execute(f'drop table if exists "{step.name}"')
        engine.build(connection, step, {"as_of": as_of, "with_proposed": with_proposed, "year": year})


@dataclass(frozen=True)
class Outcome:
    """Result of one rule: its gaps with evidence, the reason it was silent, or its fault."""

    gaps: list[tuple[Row, list[Row]]]
    silent_because: str | None = None
    broken: str | None = None

    def about(self, rule: Rule) -> Row:
        """Return the rule's row of gap_rules."""
        asks = rule.query
        return {
            "name": rule.name,
            "rule": asks.rule if asks else None,
            "severity": asks.severity if asks else None,
            "why": asks.why if asks else None,
            "silent_because": self.silent_because,
            "broken": self.broken,
            "found": len(self.gaps),
        }


def _run(connection: duckdb.DuckDBPyConnection, rule: Rule) -> Outcome:
    if rule.query is None:
        return Outcome([], broken=rule.broken)
    try:
        rows = _rule_rows(connection, rule.query)
        silent = [row["silent_because"] for row in rows if row.get("silent_because")]
        gaps = [_gap(rule.query, row) for row in rows if not row.get("silent_because")]
        _as_the_schema_has_them(gaps)
        silent_because = " ".join(silent) or None
    except (duckdb.Error, LookupError, TypeError, ValueError) as fault:
        return Outcome([], broken=f"{rule.name}.sql: {str(fault).splitlines()[0]}")
    return Outcome(gaps, silent_because=silent_because)


def _rule_rows(connection: duckdb.DuckDBPyConnection, rule: Query) -> list[Row]:
    """Return a rule's rows.

    Raises ValueError when the file does more than select, or lacks a column its header promises.
    """
    if any(statement.type != duckdb.StatementType.SELECT for statement in connection.extract_statements(rule.sql)):
        raise ValueError("a gap rule only asks; it changes nothing")
    answered = connection.sql(rule.sql).to_arrow_table()
    if missing := [column for column in rule.columns if column not in answered.column_names]:
        raise ValueError(f"the query gives no column {', '.join(missing)}")
    rows: list[Row] = answered.to_pylist()
    return rows


def _as_the_schema_has_them(gaps: list[tuple[Row, list[Row]]]) -> None:
    """Raise ValueError, naming the column, unless every row fits its table: a rule cannot stop a publish."""
    gap_rows = [{"duties": DECIDED, **gap} for gap, _ in gaps]
    evidence = [{"duties": DECIDED, "gap_id": gap["gap_id"], **row} for gap, rests_on in gaps for row in rests_on]
    for name, rows in {"gaps": gap_rows, "gap_evidence": evidence}.items():
        table = schema.TABLES[name]
        for column in table.columns:
            _as_the_column_has_them(column, [row[column.name] for row in rows])
        if len({tuple(row[key] for key in table.key) for row in rows}) < len(rows):
            raise ValueError("two rows are the same gap: the same object and organisations")


def _as_the_column_has_them(column: schema.ColumnSchema, values: list[Any]) -> None:
    try:
        column_values = pa.array(values, column.type)
    except pa.ArrowException as fault:
        raise ValueError(f"{column.name} is not {column.type}: {fault}") from fault
    if column.required and column_values.null_count:
        raise ValueError(f"{column.name} is null; a gap always has it")
    if column.values and (strange := set(values) - {*column.values, None}):
        raise ValueError(f"{column.name} is {strange.pop()!r}, not one of {', '.join(column.values)}")


def _gap(rule: Query, row: Row) -> tuple[Row, list[Row]]:
    if not isinstance(row["organisations"] or [], list) or not isinstance(row["evidence"], list):
        raise TypeError("organisations and evidence are lists")
    worded = {name: _in_words(value) for name, value in row.items()}
    organisations = " ".join(sorted(row["organisations"] or []))
    rests_on = [
        {"position": place, **{column: evidence[column] for column in ("source_table", "source_key", "told")}}
        for place, evidence in enumerate(row["evidence"], start=1)
    ]
    gap = {
        "gap_id": gap_id(rule.rule, row["object_type"], row["object_id"], organisations),
        "rule": rule.rule,
        "severity": rule.severity,
        **{column: row[column] for column in ("object_type", "object_id", "goal_id", "since", "origin", "confidence")},
        "organisations": organisations,
        "title": rule.title.format_map(worded),
        "why": rule.why.format_map(worded),
        "action": rule.action.format_map(worded),
        "evidence_sha": _sha(rests_on),
    }
    return gap, rests_on


def gap_id(rule: str, object_type: str, object_id: str, organisations: str) -> str:
    """Return the identity of a gap, 12 hexadecimal digits: equal for the same rule, object and organisations."""
    return _sha([rule, object_type, object_id, organisations])[:12]


def _sha(content: Iterable[Any]) -> str:
    return hashlib.sha256(json.dumps(list(content), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _in_words(value: Any) -> str:
    if isinstance(value, date):
        return numbers.date_sv(value)
    return "" if value is None else str(value)
