"""Commands that take reports in: template, check, submit, withdraw."""

import sys
from pathlib import Path

import click

from samlad.catalogue import programme
from samlad.cli.invocation import (
    OK,
    REFUSED,
    UNREADABLE,
    UNWRITABLE,
    Command,
    Invocation,
    parsed_day,
    respond,
    tend_folder,
    with_shared_options,
)
from samlad.foundation import clock, store
from samlad.foundation.errors import SamladError
from samlad.journal import text_gate
from samlad.submissions import submission_reader, withdrawals
from samlad.submissions.intake import batch, report_form
from samlad.submissions.intake.answer_row import Chosen
from samlad.submissions.intake.batch import Examined
from samlad.submissions.receipts import Receipt
from samlad.submissions.submission_writer import ReasonNeeded, Refused


def with_origin_options(command: Command) -> Command:
    """Add the options for files that do not name their organisation and period."""
    for option in (
        click.option("--period", type=click.Choice(["T1", "T2", "VB"]), help="Period, om filen inte säger vilken."),
        click.option("--year", type=int, metavar="ÅR", help="År, om filen inte säger vilket."),
        click.option("--organisation", metavar="ID", help="Organisation, om filen inte säger vilken."),
    ):
        command = option(command)
    return command


def with_spared_words(command: Command) -> Command:
    """Add the option for words that are no person's name."""
    help_text = (
        "Ord som ser ut som ett namn men inte är en person, till exempel ”Maria Ungdom”. Kan anges flera gånger."
    )
    return click.option("--not-person", "spared", multiple=True, metavar="ORD", help=help_text)(command)


def keep_spared_words(invocation: Invocation, spared: tuple[str, ...], by: str) -> None:
    """Record that some words are no person's name, so that nobody is asked about them again."""
    if spared:
        text_gate.answer(invocation.folder, spared, is_person=False, by=by, at=clock.now())


def examined(
    invocation: Invocation, files: tuple[str, ...], chosen: Chosen, spared: tuple[str, ...] = ()
) -> list[Examined]:
    """Return the files, read and checked in one go."""
    contents = [(Path(name).name, Path(name).read_bytes()) for name in files]
    return batch.examine(
        contents, invocation.folder, programme.read_programme(invocation.folder.programme), chosen, spared=spared
    )


def finding_lines(files: list[Examined]) -> list[str]:
    """Return each file's findings as lines of Swedish, or its fault."""
    lines = []
    for file in files:
        if file.unreadable is not None:
            lines.append(file.unreadable)
        else:
            lines += [finding.text() for finding in file.findings] or [f"{file.name}: utan anmärkning."]
    return lines


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(exists=True, dir_okay=False))
@with_spared_words
@with_origin_options
@with_shared_options
@click.pass_obj
def check_command(
    invocation: Invocation,
    files: tuple[str, ...],
    organisation: str | None,
    year: int | None,
    period: str | None,
    spared: tuple[str, ...],
) -> None:
    """Läs och kontrollera rapporter. Visar varje anmärkning med blad, rad, kolumn, värde och vad som ska göras."""
    files_read = examined(invocation, files, Chosen(organisation, year, period), spared)
    content = [
        {"file": file.name, "unreadable": file.unreadable, "findings": [finding.as_json() for finding in file.findings]}
        for file in files_read
    ]
    respond(invocation, content, finding_lines(files_read))
    if any(file.unreadable is not None for file in files_read):
        sys.exit(UNREADABLE)
    sys.exit(REFUSED if any(file.errors for file in files_read) else OK)


@click.command("submit")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(exists=True, dir_okay=False))
@click.option("--by", required=True, metavar="NAMN", help="Vem som lämnar in.")
@click.option("--accept-warnings", metavar="SKÄL", help="Varför filer med varningar ska tas emot ändå.")
@with_spared_words
@click.option("--received", metavar="DATUM", help="Dag då en äldre rapport kom, ÅÅÅÅ-MM-DD; annars nu.")
@with_origin_options
@with_shared_options
@click.pass_obj
def submit_command(
    invocation: Invocation,
    files: tuple[str, ...],
    by: str,
    accept_warnings: str | None,
    received: str | None,
    organisation: str | None,
    year: int | None,
    period: str | None,
    spared: tuple[str, ...],
) -> None:
    """Kontrollera och ta emot rapporter. Skriver ut kvittot. Ett fel stoppar sin fil och ingen annan."""
    tend_folder(invocation.folder)
    keep_spared_words(invocation, spared, by)
    told_on = parsed_day(received)
    files_read = examined(invocation, files, Chosen(organisation, year, period))
    receipts: list[Receipt] = []
    worst = OK
    for file in files_read:
        try:
            accepted = batch.hand_in(
                file, by=by, at=clock.now(), folder=invocation.folder, accept_warnings=accept_warnings, told_on=told_on
            )
        except Refused as fault:
            file_findings = fault.findings if isinstance(fault, ReasonNeeded) else file.errors
            click.echo("\n".join([*(finding.text() for finding in file_findings), str(fault)]), err=True)
            worst = max(worst, REFUSED)
        except SamladError as fault:
            click.echo(str(fault), err=True)
            worst = max(worst, UNREADABLE)
        except OSError as fault:
            click.echo(f"{file.name} kunde inte sparas: {fault.strerror}. Ingenting av den är inlämnat.", err=True)
            worst = UNWRITABLE
        else:
            receipts += accepted
    respond(invocation, [receipt.as_json() for receipt in receipts], [receipt_line(receipt) for receipt in receipts])
    sys.exit(worst)


def receipt_line(receipt: Receipt) -> str:
    """Return a receipt on one line."""
    rows = sum(receipt.rows.values())
    return (
        f"Kvitto {receipt.submission_id}: {receipt.organisation_id} {receipt.period} {receipt.year}, "
        f"{rows} {'rad' if rows == 1 else 'rader'}, mottagen {receipt.came}."
    )


@click.command("withdraw")
@click.argument("submission", metavar="SUBMISSION")
@click.option("--by", required=True, metavar="NAMN", help="Vem som drar tillbaka.")
@click.option("--reason", required=True, metavar="SKÄL", help="Varför.")
@with_spared_words
@with_shared_options
@click.pass_obj
def withdraw_command(invocation: Invocation, submission: str, by: str, reason: str, spared: tuple[str, ...]) -> None:
    """Dra tillbaka en inlämning. Ingenting raderas; en ny anteckning skrivs."""
    keep_spared_words(invocation, spared, by)
    withdrawals.withdraw(invocation.folder, submission, by=by, reason=reason, at=clock.now())
    respond(
        invocation, {"submission_id": submission}, [f"Tillbakadragen: {submission}. Publicera för att det ska synas."]
    )


@click.command("template")
@click.argument("organisation", metavar="ORGANISATION")
@click.option("--year", type=int, required=True, metavar="ÅR", help="År.")
@click.option("--period", type=click.Choice(["T1", "T2", "VB"]), required=True, help="Period.")
@click.option("--out", required=True, metavar="FIL.xlsx", help="Fil att skriva.")
@with_shared_options
@click.pass_obj
def template_command(invocation: Invocation, organisation: str, year: int, period: str, out: str) -> None:
    """Skriv det Excelformulär som organisationen ska fylla i."""
    path = Path(out).resolve()
    catalogue = programme.read_programme(invocation.folder.programme)
    form = report_form.form(catalogue, organisation, year, period, submission_reader.read_all(invocation.folder))
    store.write_bytes_atomically(path, form)
    respond(invocation, {"file": str(path)}, [f"Formuläret ligger i {path}."])
