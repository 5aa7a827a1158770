"""The command line: each command of the contract, its exit codes and its messages in Swedish."""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from samlad.catalogue import programme
from samlad.cli import example
from samlad.foundation import clock, leftovers, schema, store
from samlad.foundation.errors import PublishRefused, SamladError
from samlad.foundation.findings import Finding
from samlad.foundation.store import DataFolder
from samlad.journal import text_gate
from samlad.publish import audit, publishing, purges, verification
from samlad.publish.protection import NotProtected
from samlad.submissions import append, archive, reported_places, withdrawals
from samlad.submissions.append import ReasonNeeded, Refused
from samlad.submissions.intake import batch, report_form
from samlad.submissions.intake.answer_row import Chosen
from samlad.submissions.intake.batch import Examined
from samlad.submissions.receipts import Receipt
from samlad.warehouse import changes, condition, database, editions
from samlad.warehouse.as_of import left_out_sentence

OK, REFUSED, UNREADABLE, UNWRITABLE = 0, 1, 2, 3

Command = Callable[..., Any]


class Told:
    """What every command shares: the data folder, and whether the answer is for a machine."""

    def __init__(self) -> None:
        self.data: str | None = None
        self.as_json = False

    @property
    def folder(self) -> DataFolder:
        """The data folder in use."""
        return store.data_folder(self.data)


def shared(command: Command) -> Command:
    """Give a command --data and --json, wherever on the line they are written."""

    def keep_data(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
        if value:
            context.ensure_object(Told).data = value

    def keep_json(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
        if value:
            context.ensure_object(Told).as_json = True

    data = click.option("--data", metavar="DIR", callback=keep_data, expose_value=False, help="Datamapp att arbeta i.")
    as_json = click.option(
        "--json", is_flag=True, callback=keep_json, expose_value=False, help="Svara med JSON på standard ut."
    )
    return data(as_json(command))


class Commands(click.Group):
    """Turns what goes wrong into a message and the exit code of the contract."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a fault the user can act on is told without a traceback."""
        try:
            return super().invoke(ctx)
        except (PublishRefused, NotProtected) as fault:
            stop(str(fault), REFUSED)
        except SamladError as fault:
            stop(str(fault), UNREADABLE)
        except OSError as fault:
            stop(f"Det gick inte att läsa eller skriva {fault.filename or ''}: {fault.strerror}.", UNWRITABLE)


def stop(message: str, code: int) -> NoReturn:
    """Say why on standard error and end with the code."""
    click.echo(message, err=True)
    sys.exit(code)


def answer(told: Told, content: Any, lines: list[str]) -> None:
    """Print the answer: JSON when asked for, else its lines."""
    if told.as_json:
        click.echo(json.dumps(content, ensure_ascii=False, indent=1, default=str))
    else:
        for line in lines:
            click.echo(line)


class Bar:
    """A progress bar on a terminal, nothing elsewhere."""

    def __init__(self) -> None:
        self.shows = sys.stderr.isatty()

    def __call__(self, share: float, doing: str) -> None:
        """Draw how far it is, 0 to 1, and what is being done."""
        if self.shows:
            filled = round(30 * share)
            end = "\n" if share >= 1 else ""
            click.echo(f"\r[{'█' * filled}{'·' * (30 - filled)}] {share:4.0%}  {doing:<40}{end}", nl=False, err=True)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@shared
@click.pass_context
def main(context: click.Context) -> None:
    """Samlad: ta emot, kontrollera, publicera och följa upp."""
    store.keep_private()
    context.ensure_object(Told)


def tend(folder: DataFolder) -> None:
    """Before writing in a data folder: remove leftovers of killed writes, and say when others can read it."""
    leftovers.remove(folder)
    if warning := store.openness_told(folder):
        click.echo(warning, err=True)


@main.command("init")
@click.argument("folder", metavar="DIR")
@shared
@click.pass_obj
def init_command(told: Told, folder: str) -> None:
    """Skapa en tom datamapp för ett riktigt program, med den kontrollerade katalogen."""
    target = Path(folder).resolve()
    programme.init_folder(target, store.repository_folder().path)
    answer(
        told,
        {"folder": str(target)},
        [f"Datamappen {target} är klar. Lägg in programmet i {target / 'programme'} och kör check-programme."],
    )


@main.command("check-programme")
@shared
@click.pass_obj
def check_programme_command(told: Told) -> None:
    """Kontrollera katalogen: nycklar, datum, hänvisningar."""
    found = programme.check_programme(programme.read_programme(told.folder.programme))
    told_findings(told, found, "Programmet är utan anmärkning.")
    sys.exit(REFUSED if any(finding.severity == "error" for finding in found) else OK)


def told_findings(told: Told, found: list[Finding], nothing: str) -> None:
    """Print findings, each with where it is and what to do."""
    answer(told, [finding.as_json() for finding in found], [finding.text() for finding in found] or [nothing])


def whose(command: Command) -> Command:
    """Give a command the choices for files that do not say whose report they hold."""
    for option in (
        click.option("--period", type=click.Choice(["T1", "T2", "VB"]), help="Period, om filen inte säger vilken."),
        click.option("--year", type=int, metavar="ÅR", help="År, om filen inte säger vilket."),
        click.option("--organisation", metavar="ID", help="Organisation, om filen inte säger vilken."),
    ):
        command = option(command)
    return command


def spares(command: Command) -> Command:
    """Give a command the answer that some words are no person's name."""
    told = "Ord som ser ut som ett namn men inte är en person, till exempel ”Maria Ungdom”. Kan anges flera gånger."
    return click.option("--not-person", "spared", multiple=True, metavar="ORD", help=told)(command)


def answered(told: Told, spared: tuple[str, ...], by: str) -> None:
    """Keep the answer that some words are no person's name, so that nobody is asked about them again."""
    if spared:
        text_gate.answer(told.folder, spared, is_person=False, by=by, at=clock.now())


def examined(told: Told, files: tuple[str, ...], chosen: Chosen, spared: tuple[str, ...] = ()) -> list[Examined]:
    """The files, read and checked in one go."""
    contents = [(Path(name).name, Path(name).read_bytes()) for name in files]
    return batch.examine(contents, told.folder, programme.read_programme(told.folder.programme), chosen, spared=spared)


def findings_of(files: list[Examined]) -> list[str]:
    """Each file's findings as lines, or why it cannot be read, or that it is without remark."""
    lines = []
    for file in files:
        if file.unreadable is not None:
            lines.append(file.unreadable)
        else:
            lines += [finding.text() for finding in file.findings] or [f"{file.name}: utan anmärkning."]
    return lines


@main.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(exists=True, dir_okay=False))
@spares
@whose
@shared
@click.pass_obj
def check_command(
    told: Told,
    files: tuple[str, ...],
    organisation: str | None,
    year: int | None,
    period: str | None,
    spared: tuple[str, ...],
) -> None:
    """Läs och kontrollera rapporter. Visar varje anmärkning med blad, rad, kolumn, värde och vad som ska göras."""
    read = examined(told, files, Chosen(organisation, year, period), spared)
    content = [
        {"file": file.name, "unreadable": file.unreadable, "findings": [one.as_json() for one in file.findings]}
        for file in read
    ]
    answer(told, content, findings_of(read))
    if any(file.unreadable is not None for file in read):
        sys.exit(UNREADABLE)
    sys.exit(REFUSED if any(file.errors for file in read) else OK)


@main.command("submit")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(exists=True, dir_okay=False))
@click.option("--by", required=True, metavar="NAMN", help="Vem som lämnar in.")
@click.option("--accept-warnings", metavar="SKÄL", help="Varför filer med varningar ska tas emot ändå.")
@spares
@click.option("--received", metavar="DATUM", help="Dag då en äldre rapport kom, ÅÅÅÅ-MM-DD; annars nu.")
@whose
@shared
@click.pass_obj
def submit_command(
    told: Told,
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
    tend(told.folder)
    answered(told, spared, by)
    told_on = day(received)
    read = examined(told, files, Chosen(organisation, year, period))
    receipts: list[Receipt] = []
    worst = OK
    for file in read:
        try:
            accepted = batch.hand_in(
                file, by=by, at=clock.now(), folder=told.folder, accept_warnings=accept_warnings, told_on=told_on
            )
        except Refused as fault:
            told_file = fault.findings if isinstance(fault, ReasonNeeded) else file.errors
            click.echo("\n".join([*(one.text() for one in told_file), str(fault)]), err=True)
            worst = max(worst, REFUSED)
        except SamladError as fault:
            click.echo(str(fault), err=True)
            worst = max(worst, UNREADABLE)
        except OSError as fault:
            click.echo(f"{file.name} kunde inte sparas: {fault.strerror}. Ingenting av den är inlämnat.", err=True)
            worst = UNWRITABLE
        else:
            receipts += accepted
    answer(told, [receipt.as_json() for receipt in receipts], [receipt_line(receipt) for receipt in receipts])
    sys.exit(worst)


def receipt_line(receipt: Receipt) -> str:
    """A receipt on one line."""
    rows = sum(receipt.rows.values())
    return (
        f"Kvitto {receipt.submission_id}: {receipt.organisation_id} {receipt.period} {receipt.year}, "
        f"{rows} {'rad' if rows == 1 else 'rader'}, mottagen {receipt.came}."
    )


@main.command("withdraw")
@click.argument("submission", metavar="SUBMISSION")
@click.option("--by", required=True, metavar="NAMN", help="Vem som drar tillbaka.")
@click.option("--reason", required=True, metavar="SKÄL", help="Varför.")
@spares
@shared
@click.pass_obj
def withdraw_command(told: Told, submission: str, by: str, reason: str, spared: tuple[str, ...]) -> None:
    """Dra tillbaka en inlämning. Ingenting raderas; en ny anteckning skrivs."""
    answered(told, spared, by)
    withdrawals.withdraw(told.folder, submission, by=by, reason=reason, at=clock.now())
    answer(told, {"submission_id": submission}, [f"Tillbakadragen: {submission}. Publicera för att det ska synas."])


@main.command("purge")
@click.argument("what", metavar="SUBMISSION|RECORD")
@click.option("--decision", required=True, metavar="DNR", help="Beslutets diarienummer.")
@click.option("--by", required=True, metavar="NAMN", help="Vem som gallrar.")
@click.option("--reason", required=True, metavar="SKÄL", help="Varför.")
@click.option("--plan", is_flag=True, help="Visa bara vad som skulle göras.")
@shared
@click.pass_obj
def purge_command(told: Told, what: str, decision: str, by: str, reason: str, plan: bool) -> None:
    """Gallra en tillbakadragen inlämning eller en anteckning ur hela datamappen. En gravsten står kvar."""
    if plan:
        lines = purges.search(told.folder, what).lines()
        answer(told, {"would": lines}, lines)
        return
    now = clock.now()
    tombstone = purges.purge(
        told.folder, what, decision=decision, by=by, reason=reason, at=now, say=lambda line: click.echo(line, err=True)
    )
    lines = [
        f"Gallrad: {what}, enligt beslut {tombstone['decision']}, {clock.minute(clock.read(tombstone['at']))} av"
        f" {tombstone['by']}. Skäl, att lägga till beslutet: {reason}"
    ]
    answer(told, {"purged": what, **{name: tombstone[name] for name in ("at", "by", "decision")}}, lines)


@main.command("remove-edition")
@click.argument("snapshot", metavar="SNAPSHOT")
@click.option("--decision", required=True, metavar="DNR", help="Beslutets diarienummer.")
@click.option("--by", required=True, metavar="NAMN", help="Vem som tar bort.")
@shared
@click.pass_obj
def remove_edition_command(told: Told, snapshot: str, decision: str, by: str) -> None:
    """Ta bort filerna för en utgåva som har tagits ur bruk, efter beslut. Det går inte att ångra."""
    removed = purges.remove_edition(told.folder, snapshot, decision=decision, by=by, at=clock.now())
    answer(told, {"snapshot_id": removed}, [f"Borttagen: {removed}, enligt beslut {decision}."])


@main.command("history")
@click.argument("organisation", metavar="ORGANISATION")
@click.option("--object", "object_id", metavar="ID", help="Visa varje version av en indikators eller aktivitets svar.")
@click.option("--year", type=int, metavar="ÅR", help="År; behövs med --object.")
@click.option("--as-of", metavar="DATUM", help="Som det stod den dagen, ÅÅÅÅ-MM-DD.")
@shared
@click.pass_obj
def history_command(told: Told, organisation: str, object_id: str | None, year: int | None, as_of: str | None) -> None:
    """Visa allt som en organisation har lämnat in: vem, när och vad som gäller. Råa uppgifter, inte för läsare."""
    if object_id is None:
        found = archive.entries(told.folder, day(as_of), organisation_id=organisation)
        answer(
            told,
            [vars(entry) for entry in found],
            [entry.text() for entry in found] or [f"{organisation} har inte lämnat in något."],
        )
        return
    if year is None:
        raise SamladError("Skriv vilket år med --year.")
    rows = archive.versions(told.folder, object_id, organisation, year, day(as_of))
    answer(told, rows, as_lines(pa.Table.from_pylist(rows)) if rows else ["Inget svar är inlämnat."])


@main.command("disputes")
@shared
@click.pass_obj
def disputes_command(told: Told) -> None:
    """Visa var två inlämnare har lämnat olika uppgifter, också om skyddade tal. Råa uppgifter, inte för läsare."""
    found = publishing.disputes(told.folder)
    answer(told, found, as_lines(pa.Table.from_pylist(found)) if found else ["Inga uppgifter motsäger varandra."])


@main.command("original")
@click.argument("submission", metavar="SUBMISSION")
@click.option("--out", required=True, metavar="FIL", help="Fil att skriva.")
@shared
@click.pass_obj
def original_command(told: Told, submission: str, out: str) -> None:
    """Skriv ut filen som en inlämning kom i, byte för byte."""
    name, content = archive.original(told.folder, submission)
    path = Path(out).resolve()
    store.write_bytes_atomically(path, content)
    answer(told, {"file": str(path), "name": name}, [f"{name} ligger i {path}."])


@main.command("template")
@click.argument("organisation", metavar="ORGANISATION")
@click.option("--year", type=int, required=True, metavar="ÅR", help="År.")
@click.option("--period", type=click.Choice(["T1", "T2", "VB"]), required=True, help="Period.")
@click.option("--out", required=True, metavar="FIL.xlsx", help="Fil att skriva.")
@shared
@click.pass_obj
def template_command(told: Told, organisation: str, year: int, period: str, out: str) -> None:
    """Skriv det Excelformulär som organisationen ska fylla i."""
    path = Path(out).resolve()
    catalogue = programme.read_programme(told.folder.programme)
    form = report_form.form(catalogue, organisation, year, period, append.read_all(told.folder))
    store.write_bytes_atomically(path, form)
    answer(told, {"file": str(path)}, [f"Formuläret ligger i {path}."])


@main.command("publish")
@click.option("--as-of", metavar="DATUM", help="Dag som lägesbilden gäller, ÅÅÅÅ-MM-DD. Annars sista kvittots dag.")
@click.option("--leave-out", type=click.IntRange(min=0), metavar="ANTAL", help="Rapporter som --as-of får utelämna.")
@shared
@click.pass_obj
def publish_command(told: Told, as_of: str | None, leave_out: int | None) -> None:
    """Gör en ny ögonblicksbild av alla inlämningar och visa den för läsarna."""
    tend(told.folder)
    for defect in [*condition.of_readers(told.folder), *condition.of_submissions(told.folder)]:
        click.echo(defect.text(), err=True)
    purges.finish(told.folder)
    snapshot_id = publishing.publish(told.folder, as_of=day(as_of), leave_out=leave_out, progress=Bar())
    made = editions.read(told.folder, snapshot_id)
    lines = [f"Publicerad: {snapshot_id}", *([left_out_sentence(made.left_out, made.as_of)] if made.left_out else [])]
    answer(told, {"snapshot_id": snapshot_id, "as_of": made.as_of, "left_out": made.left_out}, lines)


def day(word: str | None) -> date | None:
    """A date from the command line."""
    try:
        return None if word is None else date.fromisoformat(word)
    except ValueError as fault:
        raise SamladError(f"”{word}” är inget datum. Skriv det som 2025-01-31.") from fault


@main.command("query")
@click.argument("name", metavar="NAME")
@click.argument("parameters", nargs=-1, metavar="[key=value …]")
@click.option("--snapshot", metavar="ID", help="Ögonblicksbild; annars den senaste.")
@click.option("--format", "shape", type=click.Choice(["table", "csv", "json", "parquet"]), default="table")
@shared
@click.pass_obj
def query_command(told: Told, name: str, parameters: tuple[str, ...], snapshot: str | None, shape: str) -> None:
    """Ställ en av frågorna i queries/ till den publicerade ögonblicksbilden."""
    opened = database.open_snapshot(told.folder, snapshot)
    words: dict[str, str] = {}
    for parameter in parameters:
        key, equals, value = parameter.partition("=")
        if not equals:
            raise SamladError(f"”{parameter}” är ingen parameter. Skriv den som namn=värde, till exempel year=2024.")
        words[key] = value
    question = opened.questions.get(name)
    rows = opened.query(name, **(database.parsed_parameters(question, words) if question else words))
    write_rows(rows, "json" if told.as_json else shape)


def write_rows(rows: pa.Table, shape: str) -> None:
    """Print rows on standard out as a table for people, CSV, JSON or Parquet."""
    match shape:
        case "csv":
            sink = pa.BufferOutputStream()
            pyarrow.csv.write_csv(without_formulas(without_lists(rows)), sink)
            click.echo(sink.getvalue().to_pybytes(), nl=False)
        case "json":
            click.echo(json.dumps(rows.to_pylist(), ensure_ascii=False, indent=1, default=str))
        case "parquet":
            sink = pa.BufferOutputStream()
            pq.write_table(rows, sink, compression="zstd")
            click.echo(sink.getvalue().to_pybytes(), nl=False)
        case _:
            for line in as_lines(rows):
                click.echo(line)


def without_lists(rows: pa.Table) -> pa.Table:
    """Rows with each list written out as text, its items separated by space: CSV has no lists."""
    for at, field in enumerate(rows.schema):
        if pa.types.is_list(field.type):
            said = [None if held is None else " ".join(map(str, held)) for held in rows[field.name].to_pylist()]
            rows = rows.set_column(at, field.name, pa.array(said, pa.string()))
    return rows


def without_formulas(rows: pa.Table) -> pa.Table:
    """Rows with an apostrophe before each text that a spreadsheet would take for a formula; reason codes stay."""
    for at, field in enumerate(rows.schema):
        if pa.types.is_string(field.type):
            said = [f"'{held}" if starts_formula(held) else held for held in rows[field.name].to_pylist()]
            rows = rows.set_column(at, field.name, pa.array(said, pa.string()))
    return rows


def starts_formula(held: str | None) -> bool:
    """Whether a spreadsheet would run what stands in a cell.

    >>> [starts_formula(held) for held in ("=1+1", "@SUM(A1)", "-1+1", "-", "bra", None)]
    [True, True, True, False, False, False]
    """
    return held is not None and held not in schema.MISSING and held.startswith(("=", "+", "-", "@", "\t", "\r"))


def as_lines(rows: pa.Table) -> list[str]:
    """Rows as aligned text, missing as a dash of its own kind."""
    cells = [
        [name, *("∅" if value is None else str(value) for value in rows[name].to_pylist())]
        for name in rows.column_names
    ]
    widths = [max(len(cell) for cell in column) for column in cells]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in zip(*cells, strict=True)
    ]
    return [lines[0], "  ".join("─" * width for width in widths), *lines[1:]]


@main.command("example")
@click.option("--out", required=True, metavar="DIR", help="Mapp att skapa.")
@click.option("--organisations", type=click.IntRange(min=1), help="Antal organisationer.")
@click.option("--indicators", type=click.IntRange(min=1), help="Antal indikatorer.")
@click.option("--years", type=click.IntRange(1, 10), default=5, show_default=True, help="Antal år.")
@click.option("--seed", type=int, default=2021, show_default=True, help="Frö: samma frö ger samma byte.")
@shared
@click.pass_obj
def example_command(
    told: Told, out: str, organisations: int | None, indicators: int | None, years: int, seed: int
) -> None:
    """Gör exempeldata av valfri storlek. Allt i den är påhittat och märkt Exempel."""
    bar = Bar()
    target = Path(out).resolve()
    example.make_example(
        target,
        store.repository_folder().path,
        organisations=organisations,
        indicators=indicators,
        years=years,
        seed=seed,
        progress=lambda done, total, doing: bar(done / max(total, 1), doing),
    )
    answer(
        told, {"folder": str(target)}, [f"Exempeldata ligger i {target}. Kör publish --data {target} för att visa den."]
    )


@main.command("retire")
@click.argument("snapshot", metavar="SNAPSHOT")
@shared
@click.pass_obj
def retire_command(told: Told, snapshot: str) -> None:
    """Ta en ögonblicksbild ur bruk. Den som visas nu kan inte tas ur bruk."""
    retired = editions.retire(told.folder, snapshot)
    answer(told, {"snapshot_id": retired}, [f"Ur bruk: {retired}"])


@main.command("editions")
@shared
@click.pass_obj
def editions_command(told: Told) -> None:
    """Visa vilka utgåvor som finns: när de publicerades, vilken dag de gäller, och vilken som visas."""
    found = editions.on_disk(told.folder)
    answer(
        told,
        [edition.as_json() for edition in found],
        [edition.text() for edition in found] or ["Ingenting är publicerat än. Kör python -m samlad publish."],
    )


@main.command("verify")
@shared
@click.pass_obj
def verify_command(told: Told) -> None:
    """Räkna om varje kontrollsumma i datamappen och namnge varje fil som inte är som den skrevs."""
    found = verification.verify(told.folder, Bar())
    nothing = "Datamappen är hel: varje fil är som den skrevs."
    answer(told, [defect.as_json() for defect in found], [defect.text() for defect in found] or [nothing])
    sys.exit(REFUSED if found else OK)


@main.command("audit")
@click.option("--snapshot", metavar="ID", help="Pröva bara den ögonblicksbildens skyddade tal; annars alla.")
@shared
@click.pass_obj
def audit_command(told: Told, snapshot: str | None) -> None:
    """Försök räkna fram varje skyddat tal ur alla ögonblicksbilder som gäller. Körs där rapporterna ligger."""
    cells = audit.audit_folder(told.folder, snapshot)
    recovered = [cell for cell in cells if cell.state == "recovered"]
    listed_editions = len(editions.editions(told.folder))
    answer(
        told,
        {"cells": [cell.as_json() for cell in cells], "recovered": len(recovered), "editions": listed_editions},
        [*(cell.text() for cell in recovered), audit.summary(cells, listed_editions)],
    )
    sys.exit(REFUSED if recovered else OK)


@main.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@shared
@click.pass_obj
def diff_command(told: Told, old: str, new: str) -> None:
    """Visa vad som skiljer två ögonblicksbilder, och varför. CURRENT är den som visas nu."""
    opened = [database.open_snapshot(told.folder, None if asked == "CURRENT" else asked) for asked in (old, new)]
    found = changes.difference(*opened, is_latest=opened[1].snapshot_id == editions.current_id(told.folder))
    answer(told, found.as_json(), found.lines())


@main.command("report")
@click.option("--year", type=int, metavar="ÅR", help="Ett år.")
@click.option("--from", "first", type=int, metavar="ÅR", help="Första året, tillsammans med --to.")
@click.option("--to", "last", type=int, metavar="ÅR", help="Sista året, det som bedöms.")
@click.option("--organisation", metavar="ID", help="En nämnds eller ett bolags egen uppföljning.")
@click.option("--snapshot", metavar="ID", help="Ögonblicksbild; annars den senaste.")
@click.option("--out", required=True, metavar="FIL", help="Fil att skriva: .docx, .pdf eller .xlsx.")
@click.option(
    "--summary",
    is_flag=True,
    help="Bara två sidor för nämnden: förslag till beslut och sammanfattning; med --organisation och .pdf dess egna.",
)
@click.option("--dnr", default="", metavar="DNR", help="Diarienummer.")
@click.option("--author", default="", metavar="NAMN", help="Handläggare.")
@click.option("--template", "styles", metavar="FIL", type=click.Path(exists=True, dir_okay=False), help="Wordmall.")
@click.option("--keep-by", metavar="NAMN", help="Behåll uppföljningen som levererad; vem som levererar den.")
@click.option("--again", metavar="BETECKNING", help="Hämta en levererad uppföljning, och gör om den för att jämföra.")
@shared
@click.pass_obj
def report_command(told: Told, /, out: str, again: str | None, keep_by: str | None, **asked: Any) -> None:
    """Skriv den samlade uppföljningen som Word, PDF eller Excel."""
    from samlad.report import (  # the writers take a second to load; only this needs them
        delivered_reports,
        organisation_summary,
        report_files,
        report_orders,
    )

    path = Path(out).resolve()
    if again is not None:
        found = delivered_reports.again(told.folder, again, reported_places.places)
        store.write_bytes_atomically(path, found.content)
        same = "Den blev likadan, byte för byte." if found.is_same else "Den går inte längre att göra om likadan."
        lines = [f"Den levererade uppföljningen ligger i {path}. {same}"]
        answer(told, {"file": str(path), "same": found.is_same}, lines)
        return
    if asked["summary"] and asked["organisation"] and path.suffix.lower() == ".pdf":
        years = report_orders.years_of(asked["year"], asked["first"], asked["last"])
        opened = database.open_snapshot(told.folder, asked["snapshot"])
        content = organisation_summary.pdf(opened, asked["organisation"], years[-1])
        store.write_bytes_atomically(path, content)
        answer(told, {"file": str(path)}, [f"De två sidorna ligger i {path}."])
        return
    order = report_orders.order(told.folder, **asked)
    ending = path.suffix.removeprefix(".").lower()
    content = report_files.make(
        told.folder,
        order,
        ending,
        Bar(),
        lambda found: click.echo("\n".join(one.text() for one in found), err=True),
        reported_places.places,
    )
    store.write_bytes_atomically(path, content)
    lines, kept = [f"Uppföljningen ligger i {path}."], None
    if keep_by:
        kept = delivered_reports.keep(told.folder, order, ending, content, by=keep_by, at=clock.now()).record_id
        lines.append(f"Behållen som levererad med beteckningen {kept}.")
    answer(told, {"file": str(path), "snapshot_id": order.snapshot_id, "kept": kept}, lines)
