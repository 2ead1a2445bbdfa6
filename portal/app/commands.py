"""The commands of the portal. A refusal is one plain sentence and exit code 1."""

import argparse
import errno
import json
import os
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from portal import VERSION
from portal.ground.errors import PortalError
from portal.ground.settings import HOME, load_settings, said
from portal.ground.wording import counted

if TYPE_CHECKING:
    from portal.agreement.verification import VerificationAnswer

Arguments = argparse.Namespace


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


def say(sentence: str, stream: TextIO | None = None) -> None:
    """Print one line for the person at the terminal."""
    print(sentence, file=stream or sys.stdout)


def parser(asked: str = "") -> argparse.ArgumentParser:
    """Describe every command. Rooms are loaded only for the one that is `asked` for."""
    top = argparse.ArgumentParser(prog="python3 -m portal", description="The portal of a Community Safety Partnership.")
    top.add_argument("--version", action="version", version=f"portal {VERSION}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, does: str, function: object) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=does, description=does)
        added.set_defaults(command=function)
        return added

    serve = command("run", "bring the store up to date, then serve (what no command at all means)", serve_command)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8501)
    serve.add_argument(
        "--demo", action="store_true", help="serve the fictional demonstration partnership, in a data folder of its own"
    )
    practice = command(
        "practice", "serve made-up people to practise with, apart from everything real", practice_command
    )
    practice.add_argument("--host", default="127.0.0.1")
    practice.add_argument("--port", type=int, default=8502)
    command("setup", "make the environment, and nothing else", setup_command)
    command("demo", "load the fictional demonstration partnership into an empty store", demo_command)
    command("due", "send what waits and delete what is past its time (for cron)", due_command).add_argument(
        "--dry-run", action="store_true", help="only say what would be deleted, and leave everything as it is"
    )
    command("assess", "the Section 4 check of the answers in a JSON file", assess_command).add_argument(
        "file", type=Path, metavar="FILE.json"
    )
    command(
        "verify",
        "whether this portal sealed a PDF, or every PDF of a folder, and it is unaltered; exit 0 all genuine, 1 not",
        verify_command,
    ).add_argument("file", type=Path, metavar="FILE.pdf or FOLDER")
    command(
        "clauses", "each clause of the agreement with the pages and tests that honour it", clauses_command
    ).add_argument("--json", action="store_true")
    command("renew-seal", "a new key for sealing documents; what older keys sealed still verifies", renew_seal_command)
    rotate = command(
        "rotate-keys", "a new key for all that is kept under seal; stopped midway, run it again", rotate_keys_command
    )
    rotate.add_argument("--drop-old", action="store_true", help="a day later: take the older keys out of the key file")
    command("backup", "every table, encrypted, into one file; keys are kept apart", backup_command).add_argument(
        "file", type=Path, metavar="FILE"
    )
    command("restore", "fill an empty store from a backup", restore_command).add_argument(
        "file", type=Path, metavar="FILE"
    )
    audit = commands.add_parser("audit", help="check the record").add_subparsers(
        required=True, metavar="verify | export"
    )
    walk = audit.add_parser("verify", help="walk the whole chain; exit 1 names the first entry that does not hold")
    walk.add_argument("--head", help="a head that was kept (from a receipt): it must still be in the record")
    walk.add_argument("--export", type=Path, metavar="FILE", help="an exported record, checked without any store")
    walk.set_defaults(command=audit_command)
    export = audit.add_parser("export", help="write every entry to a file: .csv to read, .jsonl to check alone")
    export.add_argument("file", type=Path, metavar="FILE")
    export.set_defaults(command=export_command)
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
            said = f"Port {port} is in use: another program, or another portal, answers there. Choose one with --port."
        else:
            said = f"The portal cannot listen at {host}, port {port}. Check --host and --port."
        raise PortalError(said) from error


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


def due_command(arguments: Arguments) -> int:
    """Do what is due, and say how much; with --dry-run only say what would be deleted, and leave everything as it is."""
    from portal.duties.scheduled.deletions import what_would_go  # noqa: PLC0415
    from portal.duties.scheduled.due import do_what_is_due  # noqa: PLC0415
    from portal.ground.act import SYSTEM, act_now  # noqa: PLC0415
    from portal.ground.process.runtime import running  # noqa: PLC0415

    act = act_now(running().store, SYSTEM)
    if arguments.dry_run:
        for ran in what_would_go(act, running().settings):
            say(f"{ran.count:6,}  {ran.rule.what} (kept {ran.rule.keep.words} from {ran.rule.counts_from})")
        return 0
    done = do_what_is_due(act, running().settings)
    say(
        ", ".join(f"{ran.count:,} {ran.rule.id} deleted" for ran in done.deleted if ran.count)
        or "Nothing was past its time."
    )
    say(f"{done.messages_sent:,} messages sent.")
    if done.waits:
        say(done.waits)
    failed = [ran for ran in done.deleted if ran.problem]
    for ran in failed:
        say(f"{ran.rule.what}: not deleted. The log has why under {ran.problem}.")
    for what, reference in done.failed.items():
        say(f"Not done, and tried again next time: {what}. The log has why under {reference}.")
    return 1 if failed or done.failed else 0


def assess_command(arguments: Arguments) -> int:
    """Print the check's outcome as JSON; the file holds one case or a list of them."""
    from portal.rules.section4.assessing import AssessInputError, assess_document, unrepeated  # noqa: PLC0415

    try:
        document = json.loads(arguments.file.read_bytes(), object_pairs_hook=unrepeated)
        say(json.dumps(assess_document(document), ensure_ascii=False, indent=1))
    except OSError as error:
        raise PortalError("The file of answers cannot be read. Check its path.") from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise PortalError("The file of answers is not JSON. Check its brackets and quotation marks.") from error
    except AssessInputError as error:
        raise PortalError(str(error)) from error
    return 0


def verify_command(arguments: Arguments) -> int:
    """Say whether a document is genuine, and what became of what it shows; of a folder, one line a document and a count."""
    from portal.agreement.verification import check_pdf  # noqa: PLC0415
    from portal.duties.document_status import ROOMS  # noqa: PLC0415
    from portal.ground.act import PUBLIC, act_now  # noqa: PLC0415
    from portal.ground.process.runtime import running  # noqa: PLC0415

    def check(path: Path) -> "VerificationAnswer":
        try:
            content = path.read_bytes()
        except OSError as error:
            raise PortalError(f"{path.name} cannot be read. Check its path.") from error
        return check_pdf(act_now(running().store, PUBLIC), content, ROOMS)

    if arguments.file.is_dir():
        return _verify_folder(arguments.file, check)
    answer = check(arguments.file)
    say(f"{answer.title}.")
    for sentence in answer.sentences:
        say(sentence)
    return 0 if answer.good else 1


def _verify_folder(folder: Path, check: Callable[[Path], "VerificationAnswer"]) -> int:
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() == ".pdf")
    answers = [(path, check(path)) for path in found]
    for path, answer in answers:
        why = "" if answer.good else f" {answer.sentences[-1]}"
        say(f"{path.relative_to(folder)}: {answer.title}.{why}")
    bad = sum(not answer.good for _, answer in answers)
    say(f"{counted(len(found), 'PDF')} checked: {len(found) - bad} genuine, {bad} not.")
    return 1 if bad or not found else 0


def renew_seal_command(_arguments: Arguments) -> int:
    """Make a new key for the seal."""
    from portal.documents.seal.issuing import renew  # noqa: PLC0415
    from portal.ground.act import SYSTEM, act_now  # noqa: PLC0415
    from portal.ground.process.runtime import running  # noqa: PLC0415

    renew(act_now(running().store, SYSTEM))
    say("Documents are sealed with a new key from now on. What older keys sealed still verifies.")
    return 0


def rotate_keys_command(arguments: Arguments) -> int:
    """Seal everything with a new key, and say how much; with --drop-old take the older keys away."""
    from portal.app.key_rotation import drop_old_keys, rotate_keys  # noqa: PLC0415
    from portal.ground.act import SYSTEM, act_now  # noqa: PLC0415
    from portal.ground.process.runtime import running  # noqa: PLC0415

    act, file = act_now(running().store, SYSTEM), running().settings.secret_key_file.name
    if arguments.drop_old:
        drop_old_keys(act)
        say(f"{file} holds the newest key alone. Keep a copy of it somewhere else than the backups.")
        return 0
    steps = [*rotate_keys(act)]
    say(
        f"{sum(step.values for step in steps):,} values are sealed with the new key. Keep a copy of {file} as it is now."
    )
    if damaged := sum(step.damaged for step in steps):
        say(f"{damaged:,} values open with no key. They stay as they are.", sys.stderr)
    say("A day later, after a backup: python3 -m portal rotate-keys --drop-old")
    return 0


def clauses_command(arguments: Arguments) -> int:
    """Print the clauses, and how many are not honoured yet."""
    from portal.app.clause_coverage import as_json, as_lines  # noqa: PLC0415

    say(as_json() if arguments.json else as_lines())
    return 0


def backup_command(arguments: Arguments) -> int:
    """Write a backup."""
    from portal.app.backup import backup  # noqa: PLC0415
    from portal.ground.process.runtime import running  # noqa: PLC0415

    say(
        f"{backup(running().store, arguments.file):,} rows are in the backup. Keep the key file {running().settings.secret_key_file.name} somewhere else."
    )
    return 0


def restore_command(arguments: Arguments) -> int:
    """Restore a backup into an empty store."""
    from portal.app.backup import restore, stands_at  # noqa: PLC0415
    from portal.ground.act import SYSTEM, act_now  # noqa: PLC0415
    from portal.ground.process.runtime import start  # noqa: PLC0415
    from portal.ground.wording import day_and_time  # noqa: PLC0415
    from portal.record.audit import verify  # noqa: PLC0415
    from portal.record.kept_head import keep_head  # noqa: PLC0415

    store = start(load_settings(), restoring=True).store
    say(f"{restore(store, arguments.file):,} rows were restored.")
    keep_head(store, act_now(store, SYSTEM).at, restored=True)
    verdict = verify(store)
    if not verdict.whole:
        say(f"The restored record does not hold at entry {verdict.broken_at}. {verdict.why}")
        return 1
    say(f"The restored record is whole: {verdict.entries} entries, head {verdict.head}.")
    say(f"All is as it stood on {day_and_time(stands_at(store))}. Nothing that was done after that is in it.")
    return 0


def export_command(arguments: Arguments) -> int:
    """Write the record to a file."""
    from portal.ground.process.runtime import running  # noqa: PLC0415
    from portal.record.export import export_record  # noqa: PLC0415

    say(f"{export_record(running().store, arguments.file):,} entries were written to {arguments.file}.")
    return 0


def audit_command(arguments: Arguments) -> int:
    """Walk the chain, compare what it speaks of, and say what was found."""
    from portal.duties.scheduled.record_check import whole_check  # noqa: PLC0415
    from portal.ground.process.runtime import running  # noqa: PLC0415
    from portal.record.export import check_export  # noqa: PLC0415

    verdict = (
        check_export(arguments.export, known_head=arguments.head)
        if arguments.export
        else whole_check(running().store, known_head=arguments.head)
    )
    if verdict.whole:
        say(f"The record is whole: {verdict.entries} entries, head {verdict.head}.")
        return 0
    where = f" at entry {verdict.broken_at}" if verdict.broken_at is not None else ""
    say(f"The record does not hold{where}. {verdict.why}")
    return 1
