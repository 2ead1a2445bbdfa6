"""The command line of the portal. A refusal is one plain sentence and exit code 1."""

import argparse
import sys
from collections.abc import Sequence

from portal import VERSION
from portal.app.commands.checking import add_checking_commands
from portal.app.commands.maintenance import add_maintenance_commands
from portal.app.commands.serving import add_serving_commands
from portal.app.commands.terminal import say
from portal.ground.errors import PortalError


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code."""
    from portal.rules.errors import RulesError  # noqa: PLC0415

    named = bool(arguments) and (not arguments[0].startswith("-") or arguments[0] in {"-h", "--help", "--version"})
    asked = [*arguments] if named else ["run", *arguments]
    chosen = parser(asked[0]).parse_args(asked)
    try:
        code: int = chosen.command(chosen)
    except (PortalError, RulesError) as error:
        say(error.message, sys.stderr)
        return 1
    return code


def parser(asked: str = "") -> argparse.ArgumentParser:
    """Describe every command. Rooms are loaded only for the one that is `asked` for."""
    top = argparse.ArgumentParser(prog="python3 -m portal", description="The portal of a Community Safety Partnership.")
    top.add_argument("--version", action="version", version=f"portal {VERSION}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    add_serving_commands(commands)
    add_maintenance_commands(commands)
    add_checking_commands(commands)
    if asked in {"depersonalise", "-h", "--help", ""}:
        from portal.returns.command import add_depersonalise_command  # noqa: PLC0415 - a room is loaded for its own command

        add_depersonalise_command(commands)
    if asked in {"tabulate", "-h", "--help", ""}:
        from portal.publication.command import add_tabulate_command  # noqa: PLC0415

        add_tabulate_command(commands)
    if asked in {"account", "-h", "--help", ""}:
        from portal.accounts.command import add_account_command  # noqa: PLC0415

        add_account_command(commands)
    return top
