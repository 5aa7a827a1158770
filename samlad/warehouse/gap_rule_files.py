"""Gap rule files of queries/gaps, read and checked. Running them belongs in publish/gap_rules.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samlad.warehouse import engine, sql_files
from samlad.warehouse.sql_files import Query, QueryError

RULES = engine.QUERIES / "gaps"

COLUMNS = ("object_type", "object_id", "goal_id", "organisations", "since", "origin", "confidence", "evidence")
"""Columns of every rule, besides the columns in title and action; `silent_because` explains a silent rule."""


@dataclass(frozen=True)
class Rule:
    """Rule file: its name and query; or, when it cannot be read, its fault."""

    name: str
    query: Query | None
    broken: str | None = None


def read_rules(folder: Path = RULES) -> list[Rule]:
    """Return every rule file of a folder, by number and name; a broken file has its fault, and stays."""
    found = []
    for path in sorted(path for path in folder.glob("*.sql") if path.name != "macros.sql"):
        try:
            found.append(Rule(path.stem, _checked(sql_files.parse(path))))
        except (QueryError, UnicodeDecodeError, OSError) as fault:
            found.append(Rule(path.stem, None, str(fault).replace(f"{path.parent}/", "")))
    ordered = sorted(found, key=lambda rule: (_number(rule.query.rule if rule.query else ""), rule.name))
    first: dict[str, str] = {}
    return [_alone(rule, first.setdefault(rule.query.rule, rule.name)) if rule.query else rule for rule in ordered]


@cache
def asks() -> Mapping[str, str]:
    """Return the `ask` line of each rule that has one, by rule number, for letters to the organisations."""
    return {rule.query.rule: rule.query.ask for rule in read_rules() if rule.query and rule.query.ask}


def _alone(rule: Rule, first: str) -> Rule:
    """Return the rule, or a broken rule when another file has its number, and so the same gaps."""
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
