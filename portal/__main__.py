"""The command line: `python3 -m portal` serves; see `--help` for the rest."""

import sys

from portal.app import bootstrap


def main() -> int:
    """Enter the environment, then run the command; returns the exit code."""
    bootstrap.enter("portal", sys.argv[1:], "requirements.txt")
    from portal.app.commands.command_line import run  # noqa: PLC0415 - nothing of the product can be imported before the environment stands

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
