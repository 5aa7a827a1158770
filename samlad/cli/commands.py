"""The command line: the group that holds every command of the contract."""

import click

from samlad.cli import (
    archive_commands,
    catalogue_commands,
    intake_commands,
    publish_commands,
    report_commands,
    upkeep_commands,
)
from samlad.cli.invocation import CommandGroup, Invocation, with_shared_options
from samlad.foundation import store


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@with_shared_options
@click.pass_context
def main(context: click.Context) -> None:
    """Samlad: ta emot, kontrollera, publicera och följa upp."""
    store.keep_private()
    context.ensure_object(Invocation)


for command in (
    catalogue_commands.init_command,
    catalogue_commands.check_programme_command,
    catalogue_commands.example_command,
    intake_commands.check_command,
    intake_commands.submit_command,
    intake_commands.template_command,
    intake_commands.withdraw_command,
    archive_commands.history_command,
    archive_commands.disputes_command,
    archive_commands.original_command,
    publish_commands.publish_command,
    publish_commands.editions_command,
    publish_commands.retire_command,
    publish_commands.diff_command,
    upkeep_commands.purge_command,
    upkeep_commands.remove_edition_command,
    upkeep_commands.verify_command,
    upkeep_commands.audit_command,
    report_commands.report_command,
    report_commands.query_command,
):
    main.add_command(command)
