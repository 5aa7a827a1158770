"""Commands that show what has been submitted, for the raw side: history, disputes, original."""

from pathlib import Path

import click
import pyarrow as pa
import pyarrow.csv

from samlad.cli.invocation import Invocation, parsed_day, respond, with_shared_options
from samlad.cli.row_formats import as_lines
from samlad.foundation import store
from samlad.foundation.errors import SamladError
from samlad.publish import publishing
from samlad.submissions import archive


@click.command("history")
@click.argument("organisation", metavar="ORGANISATION")
@click.option("--object", "object_id", metavar="ID", help="Visa varje version av en indikators eller aktivitets svar.")
@click.option("--year", type=int, metavar="ÅR", help="År; behövs med --object.")
@click.option("--as-of", metavar="DATUM", help="Som det stod den dagen, ÅÅÅÅ-MM-DD.")
@with_shared_options
@click.pass_obj
def history_command(
    invocation: Invocation, organisation: str, object_id: str | None, year: int | None, as_of: str | None
) -> None:
    """Visa allt som en organisation har lämnat in: vem, när och vad som gäller. Råa uppgifter, inte för läsare."""
    if object_id is None:
        listed = archive.entries(invocation.folder, parsed_day(as_of), organisation_id=organisation)
        respond(
            invocation,
            [vars(entry) for entry in listed],
            [entry.text() for entry in listed] or [f"{organisation} har inte lämnat in något."],
        )
        return
    if year is None:
        raise SamladError("Skriv vilket år med --year.")
    rows = archive.versions(invocation.folder, object_id, organisation, year, parsed_day(as_of))
    respond(invocation, rows, as_lines(pa.Table.from_pylist(rows)) if rows else ["Inget svar är inlämnat."])


@click.command("disputes")
@with_shared_options
@click.pass_obj
def disputes_command(invocation: Invocation) -> None:
    """Visa var två inlämnare har lämnat olika uppgifter, också om skyddade tal. Råa uppgifter, inte för läsare."""
    disputed = publishing.disputes(invocation.folder)
    respond(
        invocation,
        disputed,
        as_lines(pa.Table.from_pylist(disputed)) if disputed else ["Inga uppgifter motsäger varandra."],
    )


@click.command("original")
@click.argument("submission", metavar="SUBMISSION")
@click.option("--out", required=True, metavar="FIL", help="Fil att skriva.")
@with_shared_options
@click.pass_obj
def original_command(invocation: Invocation, submission: str, out: str) -> None:
    """Skriv ut filen som en inlämning kom i, byte för byte."""
    name, content = archive.original(invocation.folder, submission)
    path = Path(out).resolve()
    store.write_bytes_atomically(path, content)
    respond(invocation, {"file": str(path), "name": name}, [f"{name} ligger i {path}."])
