"""The gap rule files of queries/gaps, read and checked. Running them belongs to publish/gap_rules.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samlad.warehouse import engine, sql_files
from samlad.warehouse.sql_files import Query, QueryError

RULES = engine.QUERIES / "gaps"

COLUMNS = ("object_type", "object_id", "goal_id", "organisations", "since", "origin", "confidence", "evidence")
"""What every rule gives, beside what its title and action name. A row with `silent_because` says why it is silent."""


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
            found.append(Rule(path.stem, _checked(sql_files.parse(path))))
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
