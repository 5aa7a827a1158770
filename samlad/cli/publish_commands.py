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
def publish_command(told: Invocation, as_of: str | None, leave_out: int | None) -> None:
    """Gör en ny ögonblicksbild av alla inlämningar och visa den för läsarna."""
    tend_folder(told.folder)
    for defect in [*condition.of_readers(told.folder), *condition.of_submissions(told.folder)]:
        click.echo(defect.text(), err=True)
    purges.finish(told.folder)
    snapshot_id = publishing.publish(told.folder, as_of=parsed_day(as_of), leave_out=leave_out, progress=ProgressBar())
    made = editions.read(told.folder, snapshot_id)
    lines = [f"Publicerad: {snapshot_id}", *([left_out_sentence(made.left_out, made.as_of)] if made.left_out else [])]
    respond(told, {"snapshot_id": snapshot_id, "as_of": made.as_of, "left_out": made.left_out}, lines)


@click.command("retire")
@click.argument("snapshot", metavar="SNAPSHOT")
@with_shared_options
@click.pass_obj
def retire_command(told: Invocation, snapshot: str) -> None:
    """Ta en ögonblicksbild ur bruk. Den som visas nu kan inte tas ur bruk."""
    retired = editions.retire(told.folder, snapshot)
    respond(told, {"snapshot_id": retired}, [f"Ur bruk: {retired}"])


@click.command("editions")
@with_shared_options
@click.pass_obj
def editions_command(told: Invocation) -> None:
    """Visa vilka utgåvor som finns: när de publicerades, vilken dag de gäller, och vilken som visas."""
    found = editions.on_disk(told.folder)
    respond(
        told,
        [edition.as_json() for edition in found],
        [edition.text() for edition in found] or ["Ingenting är publicerat än. Kör python -m samlad publish."],
    )


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@with_shared_options
@click.pass_obj
def diff_command(told: Invocation, old: str, new: str) -> None:
    """Visa vad som skiljer två ögonblicksbilder, och varför. CURRENT är den som visas nu."""
    opened = [database.open_snapshot(told.folder, None if asked == "CURRENT" else asked) for asked in (old, new)]
    found = changes.difference(*opened, is_latest=opened[1].snapshot_id == editions.current_id(told.folder))
    respond(told, found.as_json(), found.lines())
