"""Commands that keep a data folder whole and lawful: verify, audit, purge, remove-edition."""

import sys

import click

from samlad.cli.invocation import OK, REFUSED, Invocation, ProgressBar, respond, with_shared_options
from samlad.foundation import clock
from samlad.publish import audit, purges, verification
from samlad.warehouse import editions


@click.command("purge")
@click.argument("what", metavar="SUBMISSION|RECORD")
@click.option("--decision", required=True, metavar="DNR", help="Beslutets diarienummer.")
@click.option("--by", required=True, metavar="NAMN", help="Vem som gallrar.")
@click.option("--reason", required=True, metavar="SKÄL", help="Varför.")
@click.option("--plan", is_flag=True, help="Visa bara vad som skulle göras.")
@with_shared_options
@click.pass_obj
def purge_command(invocation: Invocation, what: str, decision: str, by: str, reason: str, plan: bool) -> None:
    """Gallra en tillbakadragen inlämning eller en anteckning ur hela datamappen. En gravsten står kvar."""
    if plan:
        lines = purges.search(invocation.folder, what).lines()
        respond(invocation, {"would": lines}, lines)
        return
    now = clock.now()
    tombstone = purges.purge(
        invocation.folder,
        what,
        decision=decision,
        by=by,
        reason=reason,
        at=now,
        say=lambda line: click.echo(line, err=True),
    )
    lines = [
        f"Gallrad: {what}, enligt beslut {tombstone['decision']}, {clock.minute(clock.read(tombstone['at']))} av"
        f" {tombstone['by']}. Skäl, att lägga till beslutet: {reason}"
    ]
    respond(invocation, {"purged": what, **{name: tombstone[name] for name in ("at", "by", "decision")}}, lines)


@click.command("remove-edition")
@click.argument("snapshot", metavar="SNAPSHOT")
@click.option("--decision", required=True, metavar="DNR", help="Beslutets diarienummer.")
@click.option("--by", required=True, metavar="NAMN", help="Vem som tar bort.")
@with_shared_options
@click.pass_obj
def remove_edition_command(invocation: Invocation, snapshot: str, decision: str, by: str) -> None:
    """Ta bort filerna för en utgåva som har tagits ur bruk, efter beslut. Det går inte att ångra."""
    removed = purges.remove_edition(invocation.folder, snapshot, decision=decision, by=by, at=clock.now())
    respond(invocation, {"snapshot_id": removed}, [f"Borttagen: {removed}, enligt beslut {decision}."])


@click.command("verify")
@with_shared_options
@click.pass_obj
def verify_command(invocation: Invocation) -> None:
    """Räkna om varje kontrollsumma i datamappen och namnge varje fil som inte är som den skrevs."""
    defects = verification.verify(invocation.folder, ProgressBar())
    nothing = "Datamappen är hel: varje fil är som den skrevs."
    respond(invocation, [defect.as_json() for defect in defects], [defect.text() for defect in defects] or [nothing])
    sys.exit(REFUSED if defects else OK)


@click.command("audit")
@click.option("--snapshot", metavar="ID", help="Pröva bara den ögonblicksbildens skyddade tal; annars alla.")
@with_shared_options
@click.pass_obj
def audit_command(invocation: Invocation, snapshot: str | None) -> None:
    """Försök räkna fram varje skyddat tal ur alla ögonblicksbilder som gäller. Körs där rapporterna ligger."""
    cells = audit.audit_folder(invocation.folder, snapshot)
    recovered = [cell for cell in cells if cell.state == "recovered"]
    listed_editions = len(editions.editions(invocation.folder))
    respond(
        invocation,
        {"cells": [cell.as_json() for cell in cells], "recovered": len(recovered), "editions": listed_editions},
        [*(cell.text() for cell in recovered), audit.summary(cells, listed_editions)],
    )
    sys.exit(REFUSED if recovered else OK)
