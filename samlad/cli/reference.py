"""The reference pages of docs/, written from what they describe: every SQL file and every command.

`python -m samlad.cli.reference` writes docs/queries.md and docs/commands.md; a test holds them to the code.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from samlad.cli.commands import main
from samlad.foundation import store
from samlad.warehouse import engine, sql_files
from samlad.warehouse.sql_files import Column, Parameter, Query

DOCS = store.REPOSITORY / "docs"

STEPS = {
    "views": "Views that questions stand on",
    "publish": "Steps of publish",
    "form": "What a form holds",
    "checks": "Checks",
    "gaps": "Gap rules",
}
"""The folders of queries/ that hold no questions, and their headings; every other folder holds questions."""

SHARED = {"--data", "--json"}
"""Options of every command, listed once."""


def sql_paths(folder: Path = engine.QUERIES) -> dict[str, list[Path]]:
    """Return every SQL file that gives columns, by its first folder below queries/; questions under an empty name."""
    by_folder: dict[str, list[Path]] = {name: [] for name in ("", *STEPS)}
    for path in sorted(folder.rglob("*.sql"), key=lambda path: path.name):
        first = path.relative_to(folder).parts[0]
        if "\n-- column " in path.read_text(encoding="utf-8"):
            by_folder[first if first in STEPS else ""].append(path)
    return by_folder


def queries() -> str:
    """Return docs/queries.md: each question with what it takes and gives, each rule, each step."""
    by_folder = {name: [sql_files.parse(path) for path in paths] for name, paths in sql_paths().items()}
    lines = [
        "# Queries",
        "",
        "Written from the headers in `queries/` by `python -m samlad.cli.reference`; a test holds the two together.",
        "Ask one with `python -m samlad query NAME key=value`.",
    ]
    for query in by_folder.pop(""):
        lines += _question(query)
    for name, parsed in by_folder.items():
        lines += ["", f"## {STEPS[name]}: queries/{name}/", ""]
        lines += _rules(parsed) if name in ("checks", "gaps") else _steps(parsed)
    return "\n".join(lines) + "\n"


def _question(query: Query) -> Iterator[str]:
    yield from ("", f"### {query.name}", "", query.sentence, *([query.note] if query.note else []))
    yield from ("", f"One row for each {', '.join(query.grain)}. Reads {', '.join(query.source)}.", "")
    named: Iterable[tuple[str, Parameter | Column]] = (
        *((f"`${name}`", parameter) for name, parameter in query.parameters.items()),
        *((f"`{name}`", column) for name, column in query.columns.items()),
    )
    yield from _table(("Name", "Type", "Meaning"), ((shown, item.type, item.meaning) for shown, item in named))


def _rules(rules: list[Query]) -> Iterator[str]:
    numbered = sorted(rules, key=lambda rule: (int(rule.rule[1:]) if rule.rule[1:].isdigit() else 0, rule.name))
    rows = ((f"`{rule.name}`", rule.rule, rule.severity, rule.sentence) for rule in numbered if rule.rule)
    yield from _table(("File", "Rule", "Severity", "Finds"), rows)
    views = [rule for rule in rules if not rule.rule]
    yield from ("", "Views under them:", "", *_steps(views))


def _steps(steps: list[Query]) -> Iterator[str]:
    rows = ((f"`{step.name}`", step.sentence, ", ".join(step.source)) for step in steps)
    yield from _table(("File", "Holds", "Reads"), rows)


def commands() -> str:
    """Return docs/commands.md: each command with its arguments and options, in the words of its help."""
    lines = [
        "# Commands",
        "",
        "Written from `samlad/cli/` by `python -m samlad.cli.reference`; a test holds the two together.",
        "Every command takes `--data DIR` (else `SAMLAD_DATA`) and `--json`. Exit codes: 0 done, 1 refused or",
        "something found, 2 cannot be read or asked, 3 cannot be read from or written to the disk.",
    ]
    for name, command in sorted(main.commands.items()):
        arguments = [parameter for parameter in command.params if isinstance(parameter, click.Argument)]
        usage = " ".join(
            filter(None, (name, *(parameter.make_metavar(click.Context(command)) for parameter in arguments)))
        )
        lines += ["", f"## {name}", "", command.help or "", "", f"    python -m samlad {usage}"]
        options = [
            parameter
            for parameter in command.params
            if isinstance(parameter, click.Option) and not SHARED & set(parameter.opts)
        ]
        if options:
            rows = ((f"`{' '.join(parameter.opts)}`", _meaning(parameter)) for parameter in options)
            lines += ["", *_table(("Option", "Meaning"), rows)]
    return "\n".join(lines) + "\n"


def _meaning(option: click.Option) -> str:
    needed = "Behövs. " if option.required else ""
    choices = f" ({', '.join(option.type.choices)})" if isinstance(option.type, click.Choice) else ""
    return f"{needed}{option.help or ''}{choices}"


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(headings)} |"
    yield "|" + "---|" * len(headings)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '¦') for cell in row)} |"


def write(folder: Path = DOCS) -> None:
    """Write both pages."""
    (folder / "queries.md").write_text(queries(), encoding="utf-8")
    (folder / "commands.md").write_text(commands(), encoding="utf-8")


if __name__ == "__main__":
    write()
