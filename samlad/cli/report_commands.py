"""Commands that read an edition: report, query."""

from pathlib import Path
from typing import Any

import click

from samlad.cli.invocation import Invocation, ProgressBar, respond, with_shared_options
from samlad.cli.row_formats import write_rows
from samlad.foundation import clock, store
from samlad.foundation.errors import SamladError
from samlad.submissions import reported_places
from samlad.warehouse import database


@click.command("query")
@click.argument("name", metavar="NAME")
@click.argument("parameters", nargs=-1, metavar="[key=value …]")
@click.option("--snapshot", metavar="ID", help="Ögonblicksbild; annars den senaste.")
@click.option("--format", "shape", type=click.Choice(["table", "csv", "json", "parquet"]), default="table")
@with_shared_options
@click.pass_obj
def query_command(
    invocation: Invocation, name: str, parameters: tuple[str, ...], snapshot: str | None, shape: str
) -> None:
    """Ställ en av frågorna i queries/ till den publicerade ögonblicksbilden."""
    opened = database.open_snapshot(invocation.folder, snapshot)
    values: dict[str, str] = {}
    for parameter in parameters:
        key, equals, value = parameter.partition("=")
        if not equals:
            raise SamladError(f"”{parameter}” är ingen parameter. Skriv den som namn=värde, till exempel year=2024.")
        values[key] = value
    question = opened.questions.get(name)
    rows = opened.query(name, **(database.parsed_parameters(question, values) if question else values))
    write_rows(rows, "json" if invocation.as_json else shape)


@click.command("report")
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
@with_shared_options
@click.pass_obj
def report_command(invocation: Invocation, /, out: str, again: str | None, keep_by: str | None, **asked: Any) -> None:
    """Skriv den samlade uppföljningen som Word, PDF eller Excel."""
    from samlad.report import (  # the writers take a second to load; only this needs them
        delivered_reports,
        organisation_summary,
        report_files,
        report_orders,
    )

    path = Path(out).resolve()
    if again is not None:
        made_again = delivered_reports.again(invocation.folder, again, reported_places.places)
        store.write_bytes_atomically(path, made_again.content)
        same = "Den blev likadan, byte för byte." if made_again.is_same else "Den går inte längre att göra om likadan."
        lines = [f"Den levererade uppföljningen ligger i {path}. {same}"]
        respond(invocation, {"file": str(path), "same": made_again.is_same}, lines)
        return
    if asked["summary"] and asked["organisation"] and path.suffix.lower() == ".pdf":
        years = report_orders.years_of(asked["year"], asked["first"], asked["last"])
        opened = database.open_snapshot(invocation.folder, asked["snapshot"])
        content = organisation_summary.pdf(opened, asked["organisation"], years[-1])
        store.write_bytes_atomically(path, content)
        respond(invocation, {"file": str(path)}, [f"De två sidorna ligger i {path}."])
        return
    order = report_orders.order(invocation.folder, **asked)
    ending = path.suffix.removeprefix(".").lower()
    content = report_files.make(
        invocation.folder,
        order,
        ending,
        ProgressBar(),
        lambda unshown: click.echo("\n".join(sign.text() for sign in unshown), err=True),
        reported_places.places,
    )
    store.write_bytes_atomically(path, content)
    lines, kept = [f"Uppföljningen ligger i {path}."], None
    if keep_by:
        kept = delivered_reports.keep(invocation.folder, order, ending, content, by=keep_by, at=clock.now()).record_id
        lines.append(f"Behållen som levererad med beteckningen {kept}.")
    respond(invocation, {"file": str(path), "snapshot_id": order.snapshot_id, "kept": kept}, lines)
