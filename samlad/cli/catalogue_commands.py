"""Commands that make a data folder and check its catalogue: init, check-programme, example."""

import sys
from pathlib import Path

import click

from samlad.catalogue import programme
from samlad.cli import example
from samlad.cli.invocation import (
    OK,
    REFUSED,
    Invocation,
    ProgressBar,
    respond,
    respond_with_findings,
    with_shared_options,
)
from samlad.foundation import store


@click.command("init")
@click.argument("folder", metavar="DIR")
@with_shared_options
@click.pass_obj
def init_command(invocation: Invocation, folder: str) -> None:
    """Skapa en tom datamapp för ett riktigt program, med den kontrollerade katalogen."""
    target = Path(folder).resolve()
    programme.init_folder(target, store.repository_folder().path)
    respond(
        invocation,
        {"folder": str(target)},
        [f"Datamappen {target} är klar. Lägg in programmet i {target / 'programme'} och kör check-programme."],
    )


@click.command("check-programme")
@with_shared_options
@click.pass_obj
def check_programme_command(invocation: Invocation) -> None:
    """Kontrollera katalogen: nycklar, datum, hänvisningar."""
    findings = programme.check_programme(programme.read_programme(invocation.folder.programme))
    respond_with_findings(invocation, findings, "Programmet är utan anmärkning.")
    sys.exit(REFUSED if any(finding.severity == "error" for finding in findings) else OK)


@click.command("example")
@click.option("--out", required=True, metavar="DIR", help="Mapp att skapa.")
@click.option("--organisations", type=click.IntRange(min=1), help="Antal organisationer.")
@click.option("--indicators", type=click.IntRange(min=1), help="Antal indikatorer.")
@click.option("--years", type=click.IntRange(1, 10), default=5, show_default=True, help="Antal år.")
@click.option("--seed", type=int, default=2021, show_default=True, help="Frö: samma frö ger samma byte.")
@with_shared_options
@click.pass_obj
def example_command(
    invocation: Invocation, out: str, organisations: int | None, indicators: int | None, years: int, seed: int
) -> None:
    """Gör exempeldata av valfri storlek. Allt i den är påhittat och märkt Exempel."""
    bar = ProgressBar()
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
    respond(
        invocation,
        {"folder": str(target)},
        [f"Exempeldata ligger i {target}. Kör publish --data {target} för att visa den."],
    )
