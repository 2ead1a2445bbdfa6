"""Serving: the portal itself, the demonstration, and people who are made up to practise with."""

import errno
import os
import socket
import sys

from portal.app.commands.terminal import Arguments, Commands, add, say
from portal.ground.errors import PortalError
from portal.ground.settings import HOME, load_settings, said


def add_serving_commands(commands: Commands) -> None:
    """Describe `run`, `practice`, `setup` and `demo`."""
    serve = add(commands, "run", "bring the store up to date, then serve (what no command at all means)", serve_command)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8501)
    serve.add_argument(
        "--demo", action="store_true", help="serve the fictional demonstration partnership, in a data folder of its own"
    )
    practice = add(
        commands, "practice", "serve made-up people to practise with, apart from everything real", practice_command
    )
    practice.add_argument("--host", default="127.0.0.1")
    practice.add_argument("--port", type=int, default=8502)
    add(commands, "setup", "make the environment, and nothing else", setup_command)
    add(commands, "demo", "load the fictional demonstration partnership into an empty store", demo_command)


def setup_command(_arguments: Arguments) -> int:
    """Say that the environment stands (it was made on the way here)."""
    say("The environment is ready.")
    return 0


def serve_command(arguments: Arguments) -> int:
    """Serve the portal until it is stopped."""
    address = f"http://{arguments.host}:{arguments.port}"
    _check_free(arguments.host, arguments.port)
    if arguments.demo:
        os.environ.setdefault("PORTAL_BASE_URL", address)
        os.environ.setdefault("PORTAL_DATA_DIR", str(HOME / "data" / "demonstration"))
        demo_command(arguments)
    elif not said().get("PORTAL_BASE_URL"):
        os.environ["PORTAL_BASE_URL"] = address
    import uvicorn  # noqa: PLC0415 - only this command serves

    from portal.app.server import make_app  # noqa: PLC0415
    from portal.app.timeouts import PatientProtocol  # noqa: PLC0415
    from portal.ground.process.runtime import running  # noqa: PLC0415
    from portal.partnership.set_up import announce  # noqa: PLC0415
    from portal.record.kept_head import difference  # noqa: PLC0415

    app = make_app()
    say(f"The portal is at {address}  (stop it with Ctrl+C)")

    announce(say)
    if why := difference(running().store):
        say(f"WARNING. {why} See 'Backup' in README.md.", sys.stderr)
    uvicorn.run(
        app,
        host=arguments.host,
        port=arguments.port,
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        http=PatientProtocol,
        ws_ping_interval=30,
        ws_ping_timeout=30,
        # Behind TLS stands a proxy. From any other address the header is worth nothing: anybody could write it.
        proxy_headers=running().settings.secure or running().settings.trusted_proxies != ("127.0.0.1",),
        forwarded_allow_ips=list(running().settings.trusted_proxies),
    )
    return 0


# What of a real portal could reach people who are made up: its store, its keys, its mail, its names, its providers.
_REAL = (
    "PORTAL_DATABASE_URL",
    "PORTAL_SECRET_KEY_FILE",
    "PORTAL_SMTP_URL",
    "PORTAL_BACKUP_DIR",
    "PORTAL_METRICS_TOKEN",
    "PORTAL_MAIL_FROM",
    "PORTAL_HOSTS",
    "PORTAL_SIGN_IN_WITH",
    "PORTAL_PRACTICE_URL",
)


def practice_command(arguments: Arguments) -> int:
    """Serve the demonstration to practise with: in a folder of its own, with keys of its own, and without mail."""
    real = load_settings()
    _leave_aside_what_is_real()
    os.environ["PORTAL_DATA_DIR"] = str(real.data_dir / "practice")
    os.environ["PORTAL_BASE_URL"] = real.practice_url or f"http://localhost:{arguments.port}"
    arguments.demo = True
    return serve_command(arguments)


def _leave_aside_what_is_real() -> None:
    """Hide each setting that leads to something real, and say which."""
    if aside := [name for name in _REAL if said().get(name)]:
        say(f"A demonstration reaches nothing real. These settings are left aside: {', '.join(aside)}.")
        os.environ |= dict.fromkeys(_REAL, "")  # what is set empty hides what `.env` says


def _check_free(host: str, port: int) -> None:
    """Say in one line why nobody could be served there, before anything is begun."""
    try:
        family, kind, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except (OSError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            why = f"Port {port} is in use: another program, or another portal, answers there. Choose one with --port."
        else:
            why = f"The portal cannot listen at {host}, port {port}. Check --host and --port."
        raise PortalError(why) from error


def demo_command(_arguments: Arguments) -> int:
    """Load the demonstration where the store is empty, and say who can sign in. Nothing real is reached by it."""
    from portal.demonstration import load, people  # noqa: PLC0415
    from portal.ground.partnership import facts  # noqa: PLC0415
    from portal.ground.process.runtime import running  # noqa: PLC0415

    _leave_aside_what_is_real()
    if load(running().store, say):
        say("The demonstration partnership is loaded.")
    if not facts(running().store).demonstration:
        raise PortalError("A real partnership is kept there. Nothing made up is loaded or served beside it.")
    for line in people():
        say(line)
    return 0
