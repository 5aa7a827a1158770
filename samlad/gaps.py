"""Gaps in responsibility: every rule of queries/gaps, run at publish over the protected tables and the catalogue."""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from samlad import engine, formats, queries, schema
from samlad.queries import Query, QueryError

RULES = engine.QUERIES / "gaps"

DECIDED, WITH_PROPOSED = "decided", "with_proposed"
"""The duties that count: those that are decided, or the proposed too."""

COLUMNS = ("object_type", "object_id", "goal_id", "organisations", "since", "origin", "confidence", "evidence")
"""What every rule gives, beside what its title and action name. A row with `silent_because` says why it is silent."""

STANDS_ON = (
    *(table.name for table in schema.CATALOGUE),
    *("expected_reports", "indicator_values", "value_versions", "activity_values", "received_submissions"),
)
"""The published tables a rule may read; beside them `duties` and the views of queries/gaps/views."""

_BY_YEAR = ("expected_reports", "indicator_values", "value_versions", "activity_values")
"""The tables whose rows belong to a year."""

log = logging.getLogger(__name__)

Row = dict[str, Any]


@dataclass(frozen=True)
class Rule:
    """One rule file: its name and what it asks; or, when it cannot be read, what is wrong with it."""

    name: str
    query: Query | None
    broken: str | None = None


def read_rules(folder: Path = RULES) -> list[Rule]:
    """Every rule file of a folder, by number and name. A file that breaks the rules of rules is named, not left out."""
    found = []
    for path in sorted(path for path in folder.glob("*.sql") if path.name != "macros.sql"):
        try:
            found.append(Rule(path.stem, _checked(queries.parse(path))))
        except (QueryError, UnicodeDecodeError, OSError) as fault:
            found.append(Rule(path.stem, None, str(fault).replace(f"{path.parent}/", "")))
    ordered = sorted(found, key=lambda rule: (_number(rule.query.rule if rule.query else ""), rule.name))
    first: dict[str, str] = {}
    return [_alone(rule, first.setdefault(rule.query.rule, rule.name)) if rule.query else rule for rule in ordered]


@cache
def asks() -> Mapping[str, str]:
    """What each rule asks, in a letter, of whom its gaps concern; by the rule's number, where it says it."""
    return {rule.query.rule: rule.query.ask for rule in read_rules() if rule.query and rule.query.ask}


def _alone(rule: Rule, first: str) -> Rule:
    """The rule, or what is wrong with it when another file has its number: then their gaps would be the same."""
    if rule.name == first or not rule.query:
        return rule
    return Rule(rule.name, None, f"{rule.name}.sql: the rule {rule.query.rule} is already that of {first}.sql")


def _checked(rule: Query) -> Query:
    missing = [column for column in COLUMNS if column not in rule.columns]
    if not rule.rule or missing:
        raise QueryError.at(
            rule.path, 1, f"a gap rule has {'no column ' + ', '.join(missing) if missing else 'no rule'}"
        )
    if rule.severity not in ("high", "medium", "low"):
        raise QueryError.at(rule.path, 1, f"the severity of a gap is high, medium or low, not {rule.severity!r}")
    if rule.parameters:
        raise QueryError.at(rule.path, 1, "a gap rule takes no parameters; read the table standpoint")
    return rule


def _number(rule: str) -> tuple[int, str]:
    digits = "".join(filter(str.isdigit, rule))
    return (int(digits) if digits else 10**6, rule)


def find(
    tables: Mapping[str, pa.Table], as_of: date | None, folder: Path = RULES, *, with_earlier: bool = True
) -> dict[str, pa.Table]:
    """The tables gaps, gap_evidence and gap_rules as schema.SNAPSHOT has them.

    tables holds those of STANDS_ON, protected, and `duties` as publish derives it. Rules run
    once with duties as decided, and once as if those proposed were decided too; for the as-of, and for the last day of
    each earlier year (earlier_gaps, earlier_gap_evidence), unless `with_earlier` is false. A rule that is broken is
    named in gap_rules and in the log, and the others still run.
    """
    rules = read_rules(folder)
    now, now_evidence, told = _found(rules, tables, as_of, None)
    rows = {"gaps": now, "gap_evidence": now_evidence, "earlier_gaps": [], "earlier_gap_evidence": []}
    for year in earlier_years(tables, as_of) if with_earlier else ():
        found, evidence, then = _found(rules, tables, as_of, year)
        rows["earlier_gaps"] += [{"year": year, **row} for row in found]
        rows["earlier_gap_evidence"] += [{"year": year, **row} for row in evidence]
        told = {name: _both(about, then[name]) for name, about in told.items()}
    for about in told.values():
        if about["broken"]:
            log.error("A gap rule does not run: %s", about["broken"])
    rows["gap_rules"] = list(told.values())
    return {name: pa.Table.from_pylist(held, schema.TABLES[name].arrow) for name, held in rows.items()}


def _found(
    rules: list[Rule], tables: Mapping[str, pa.Table], as_of: date | None, year: int | None
) -> tuple[list[Row], list[Row], dict[str, Row]]:
    """Run every rule for a year, or for the as-of: the gaps, their evidence, and each rule's row of gap_rules."""
    gaps: list[Row] = []
    evidence: list[Row] = []
    told: dict[str, Row] = {}
    for duties in (DECIDED, WITH_PROPOSED):
        connection = prepared(tables, as_of, with_proposed=duties == WITH_PROPOSED, year=year)
        try:
            for rule in rules:
                outcome = _run(connection, rule)
                for gap, rests_on in outcome.found:
                    gaps.append({"duties": duties, **gap})
                    evidence += [{"duties": duties, "gap_id": gap["gap_id"], **row} for row in rests_on]
                about = outcome.about(rule)
                told[rule.name] = _both(told[rule.name], about) if rule.name in told else about
        finally:
            connection.close()
    return gaps, evidence, told


def _both(first: Row, about: Row) -> Row:
    """Keep what the first run tells of a rule, and what broke it in either."""
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


def prepared(
    tables: Mapping[str, pa.Table], as_of: date | None, *, with_proposed: bool = False, year: int | None = None
) -> duckdb.DuckDBPyConnection:
    """A database with what rules stand on: the tables, and those of queries/gaps/views. The caller closes it.

    With a year, reports asked for and figures of later years are left out: they are no business of that year's gaps.
    """
    connection = engine.connect(threads=1)
    connection.execute((RULES / "macros.sql").read_text(encoding="utf-8"))
    for name in (*STANDS_ON, "duties"):
        is_dated = year is not None and name in _BY_YEAR
        held = tables[name]
        engine.load(connection, name, held.filter(pc.less_equal(held["year"], year)) if is_dated else held)
    for step in engine.steps(RULES / "views"):
        engine.build(connection, step, {"as_of": as_of, "with_proposed": with_proposed, "year": year})
    return connection


@dataclass(frozen=True)
class Outcome:
    """What one rule gave: gaps with their evidence, why it was silent, or what broke it."""

    found: list[tuple[Row, list[Row]]]
    silent_because: str | None = None
    broken: str | None = None

    def about(self, rule: Rule) -> Row:
        """The rule's row of gap_rules."""
        asks = rule.query
        return {
            "name": rule.name,
            "rule": asks.rule if asks else None,
            "severity": asks.severity if asks else None,
            "why": asks.why if asks else None,
            "silent_because": self.silent_because,
            "broken": self.broken,
            "found": len(self.found),
        }


def _run(connection: duckdb.DuckDBPyConnection, rule: Rule) -> Outcome:
    if rule.query is None:
        return Outcome([], broken=rule.broken)
    try:
        rows = _asked(connection, rule.query)
        silent = [row["silent_because"] for row in rows if row.get("silent_because")]
        found = [_gap(rule.query, row) for row in rows if not row.get("silent_because")]
        _as_the_schema_has_them(found)
        told = " ".join(silent) or None
    except (duckdb.Error, LookupError, TypeError, ValueError) as fault:
        return Outcome([], broken=f"{rule.name}.sql: {str(fault).splitlines()[0]}")
    return Outcome(found, silent_because=told)


def _asked(connection: duckdb.DuckDBPyConnection, rule: Query) -> list[Row]:
    """The rows a rule gives. Raises ValueError when it does more than ask, or lacks a column its header promises."""
    if any(one.type != duckdb.StatementType.SELECT for one in connection.extract_statements(rule.sql)):
        raise ValueError("a gap rule only asks; it changes nothing")
    given = connection.sql(rule.sql).to_arrow_table()
    if missing := [column for column in rule.columns if column not in given.column_names]:
        raise ValueError(f"the query gives no column {', '.join(missing)}")
    rows: list[Row] = given.to_pylist()
    return rows


def _as_the_schema_has_them(found: list[tuple[Row, list[Row]]]) -> None:
    """Raises ValueError, naming the column, unless every row fits its table: so no rule can stop a publish."""
    gaps = [{"duties": DECIDED, **gap} for gap, _ in found]
    evidence = [{"duties": DECIDED, "gap_id": gap["gap_id"], **row} for gap, rests_on in found for row in rests_on]
    for name, rows in {"gaps": gaps, "gap_evidence": evidence}.items():
        table = schema.TABLES[name]
        for column in table.columns:
            _as_the_column_has_them(column, [row[column.name] for row in rows])
        if len({tuple(row[key] for key in table.key) for row in rows}) < len(rows):
            raise ValueError("two rows are the same gap: the same object and organisations")


def _as_the_column_has_them(column: schema.Column, values: list[Any]) -> None:
    try:
        held = pa.array(values, column.type)
    except pa.ArrowException as fault:
        raise ValueError(f"{column.name} is not {column.type}: {fault}") from fault
    if column.required and held.null_count:
        raise ValueError(f"{column.name} is null; a gap always has it")
    if column.values and (strange := set(values) - {*column.values, None}):
        raise ValueError(f"{column.name} is {strange.pop()!r}, not one of {', '.join(column.values)}")


def _gap(rule: Query, row: Row) -> tuple[Row, list[Row]]:
    if not isinstance(row["organisations"] or [], list) or not isinstance(row["evidence"], list):
        raise TypeError("organisations and evidence are lists")
    words = {name: _in_words(value) for name, value in row.items()}
    organisations = " ".join(sorted(row["organisations"] or []))
    rests_on = [
        {"position": place, **{column: held[column] for column in ("source_table", "source_key", "told")}}
        for place, held in enumerate(row["evidence"], start=1)
    ]
    gap = {
        "gap_id": gap_id(rule.rule, row["object_type"], row["object_id"], organisations),
        "rule": rule.rule,
        "severity": rule.severity,
        **{column: row[column] for column in ("object_type", "object_id", "goal_id", "since", "origin", "confidence")},
        "organisations": organisations,
        "title": rule.title.format_map(words),
        "why": rule.why.format_map(words),
        "action": rule.action.format_map(words),
        "evidence_sha": _sha(rests_on),
    }
    return gap, rests_on


def gap_id(rule: str, object_type: str, object_id: str, organisations: str) -> str:
    """The identity of a gap, 12 hexadecimal digits: it is the same gap for as long as these are the same."""
    return _sha([rule, object_type, object_id, organisations])[:12]


def _sha(content: Iterable[Any]) -> str:
    return hashlib.sha256(json.dumps(list(content), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _in_words(value: Any) -> str:
    if isinstance(value, date):
        return formats.date_sv(value)
    return "" if value is None else str(value)
