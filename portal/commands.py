"""The commands of the portal, one function each. A refusal is one plain sentence and exit code 1."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from portal.errors import PortalError
from portal.settings import ROOT

Arguments = argparse.Namespace


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code."""
    chosen = parser().parse_args(
        [*arguments] if arguments and not arguments[0].startswith("--") else ["run", *arguments]
    )
    try:
        code: int = chosen.command(chosen)
    except PortalError as error:
        say(error.message, sys.stderr)
        return 1
    return code


def say(sentence: str, stream: TextIO | None = None) -> None:
    """Print one line for the person at the terminal."""
    print(sentence, file=stream or sys.stdout)


def parser() -> argparse.ArgumentParser:
    """Describe every command."""
    top = argparse.ArgumentParser(prog="python3 -m portal", description="The portal of a Community Safety Partnership.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("run", help="bring the store up to date, then serve (what no command at all means)")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8501)
    serve.add_argument("--demo", action="store_true", help="serve the fictional demonstration partnership")
    serve.set_defaults(command=serve_command)
    commands.add_parser("setup", help="make the environment, and nothing else").set_defaults(command=setup_command)
    audit = commands.add_parser("audit", help="check the record").add_subparsers(required=True, metavar="verify")
    verify = audit.add_parser("verify", help="walk the whole chain; exit 1 names the first entry that does not hold")
    verify.add_argument("--head", help="a head that was kept (from a receipt): it must still be in the record")
    verify.set_defaults(command=audit_command)
    return top


def setup_command(_arguments: Arguments) -> int:
    """Say that the environment stands (it was made on the way here)."""
    say("The environment is ready.")
    return 0


def serve_command(arguments: Arguments) -> int:
    """Serve the portal until it is stopped."""
    import os  # noqa: PLC0415 - only this command changes the environment

    if arguments.demo:
        os.environ.setdefault("PORTAL_DATA_DIR", str(Path(ROOT) / "data" / "demonstration"))
    import uvicorn  # noqa: PLC0415 - only this command serves

    from portal.server import make_app  # noqa: PLC0415 - importing it opens the store

    address = f"http://{arguments.host}:{arguments.port}"
    say(f"The portal is at {address}  (stop it with Ctrl+C)")
    uvicorn.run(
        make_app(),
        host=arguments.host,
        port=arguments.port,
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        ws_ping_interval=30,
        ws_ping_timeout=30,
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1",
    )
    return 0


def audit_command(arguments: Arguments) -> int:
    """Walk the chain and say what was found."""
    from portal.record.audit import verify  # noqa: PLC0415 - commands that need no store start without it
    from portal.running import running  # noqa: PLC0415

    verdict = verify(running().store, known_head=arguments.head)
    if verdict.whole:
        say(f"The record is whole: {verdict.entries} entries, head {verdict.head}.")
        return 0
    say(f"The record does not hold at entry {verdict.broken_at}. {verdict.why}")
    return 1
