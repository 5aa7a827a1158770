"""Commands that make and list editions: publish, editions, retire, diff."""

import click

from samlad.cli.invocation import Invocation, ProgressBar, parsed_day, respond, tend_folder, with_shared_options
from samlad.publish import publishing, purges
from samlad.warehouse import changes, condition, database, editions
from samlad.warehouse.as_of import left_out_sentence


@click.command("publish")
@click.option("--as-of", metavar="DATUM", help="Dag som lägesbilden gäller, ÅÅÅÅ-MM-DD. Annars sista kvittots dag.")
@click.option("--leave-out", type=click.IntRange(min=0), metavar="ANTAL", help="Rapporter som --as-of får utelämna.")
@with_shared_options
@click.pass_obj
def publish_command(invocation: Invocation, as_of: str | None, leave_out: int | None) -> None:
    """Gör en ny ögonblicksbild av alla inlämningar och visa den för läsarna."""
    tend_folder(invocation.folder)
    for defect in [*condition.of_readers(invocation.folder), *condition.of_submissions(invocation.folder)]:
        click.echo(defect.text(), err=True)
    purges.finish(invocation.folder)
    snapshot_id = publishing.publish(
        invocation.folder, as_of=parsed_day(as_of), leave_out=leave_out, progress=ProgressBar()
    )
    edition = editions.read(invocation.folder, snapshot_id)
    lines = [
        f"Publicerad: {snapshot_id}",
        *([left_out_sentence(edition.left_out, edition.as_of)] if edition.left_out else []),
    ]
    respond(invocation, {"snapshot_id": snapshot_id, "as_of": edition.as_of, "left_out": edition.left_out}, lines)


@click.command("retire")
@click.argument("snapshot", metavar="SNAPSHOT")
@with_shared_options
@click.pass_obj
def retire_command(invocation: Invocation, snapshot: str) -> None:
    """Ta en ögonblicksbild ur bruk. Den som visas nu kan inte tas ur bruk."""
    retired = editions.retire(invocation.folder, snapshot)
    respond(invocation, {"snapshot_id": retired}, [f"Ur bruk: {retired}"])


@click.command("editions")
@with_shared_options
@click.pass_obj
def editions_command(invocation: Invocation) -> None:
    """Visa vilka utgåvor som finns: när de publicerades, vilken dag de gäller, och vilken som visas."""
    listed = editions.on_disk(invocation.folder)
    respond(
        invocation,
        [edition.as_json() for edition in listed],
        [edition.text() for edition in listed] or ["Ingenting är publicerat än. Kör python -m samlad publish."],
    )


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@with_shared_options
@click.pass_obj
def diff_command(invocation: Invocation, old: str, new: str) -> None:
    """Visa vad som skiljer två ögonblicksbilder, och varför. CURRENT är den som visas nu."""
    opened = [database.open_snapshot(invocation.folder, None if asked == "CURRENT" else asked) for asked in (old, new)]
    difference = changes.difference(*opened, is_latest=opened[1].snapshot_id == editions.current_id(invocation.folder))
    respond(invocation, difference.as_json(), difference.lines())
