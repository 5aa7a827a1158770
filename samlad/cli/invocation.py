"""The shared parts of every command: its options, its answer, its exit codes. No command stands here."""

import json
import sys
from collections.abc import Callable
from datetime import date
from typing import Any, NoReturn

import click

from samlad.foundation import leftovers, store
from samlad.foundation.errors import PublishRefused, SamladError
from samlad.foundation.findings import Finding
from samlad.foundation.store import DataFolder
from samlad.publish.protection import NotProtected

OK, REFUSED, UNREADABLE, UNWRITABLE = 0, 1, 2, 3
Command = Callable[..., Any]


class Invocation:
    """One call of the command line: its data folder, and as_json for an answer to a machine."""

    def __init__(self) -> None:
        self.data: str | None = None
        self.as_json = False

    @property
    def folder(self) -> DataFolder:
        return store.data_folder(self.data)


def with_shared_options(command: Command) -> Command:
    """Add --data and --json to a command, wherever on the line they are written."""

    def keep_data(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
        if value:
            context.ensure_object(Invocation).data = value

    def keep_json(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
        if value:
            context.ensure_object(Invocation).as_json = True

    data = click.option("--data", metavar="DIR", callback=keep_data, expose_value=False, help="Datamapp att arbeta i.")
    as_json = click.option(
        "--json", is_flag=True, callback=keep_json, expose_value=False, help="Svara med JSON på standard ut."
    )
    return data(as_json(command))


class CommandGroup(click.Group):
    """A group that turns faults into messages and exit codes of the contract."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a fault the user can act on is printed without a traceback."""
        try:
            return super().invoke(ctx)
        except (PublishRefused, NotProtected) as fault:
            stop(str(fault), REFUSED)
        except SamladError as fault:
            stop(str(fault), UNREADABLE)
        except OSError as fault:
            stop(f"Det gick inte att läsa eller skriva {fault.filename or ''}: {fault.strerror}.", UNWRITABLE)


def stop(message: str, code: int) -> NoReturn:
    """Print a message on standard error and exit with the code."""
    click.echo(message, err=True)
    sys.exit(code)


def respond(invocation: Invocation, content: Any, lines: list[str]) -> None:
    """Print the answer: JSON when asked for, else its lines."""
    if invocation.as_json:
        click.echo(json.dumps(content, ensure_ascii=False, indent=1, default=str))
    else:
        for line in lines:
            click.echo(line)


class ProgressBar:
    """A progress bar on a terminal, nothing elsewhere."""

    def __init__(self) -> None:
        self.shows = sys.stderr.isatty()

    def __call__(self, share: float, doing: str) -> None:
        """Draw the share done, 0 to 1, and the current step."""
        if self.shows:
            filled = round(30 * share)
            end = "\n" if share >= 1 else ""
            click.echo(f"\r[{'█' * filled}{'·' * (30 - filled)}] {share:4.0%}  {doing:<40}{end}", nl=False, err=True)


def tend_folder(folder: DataFolder) -> None:
    """Prepare a data folder for writing: remove leftovers, and warn when others can read it."""
    leftovers.remove(folder)
    if warning := store.openness_warning(folder):
        click.echo(warning, err=True)


def respond_with_findings(invocation: Invocation, findings: list[Finding], nothing: str) -> None:
    """Print findings, each with its place and action."""
    respond(
        invocation, [finding.as_json() for finding in findings], [finding.text() for finding in findings] or [nothing]
    )


def parsed_day(word: str | None) -> date | None:
    """Return a date from the command line. Raises SamladError when it is none."""
    try:
        return None if word is None else date.fromisoformat(word)
    except ValueError as fault:
        raise SamladError(f"”{word}” är inget datum. Skriv det som 2025-01-31.") from fault
