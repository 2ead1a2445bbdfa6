"""Looking after the store: what is due, keys, backups. Each says in one line what it did."""

import sys
from pathlib import Path

from portal.app.commands.terminal import Arguments, Commands, add, say
from portal.ground.settings import load_settings


def add_maintenance_commands(commands: Commands) -> None:
    """Describe `due`, `renew-seal`, `rotate-keys`, `backup` and `restore`."""
    due = add(commands, "due", "send what waits and delete what is past its time (for cron)", due_command)
    due.add_argument(
        "--dry-run", action="store_true", help="only say what would be deleted, and leave everything as it is"
    )
    add(
        commands,
        "renew-seal",
        "a new key for sealing documents; what older keys sealed still verifies",
        renew_seal_command,
    )
    rotate = add(
        commands,
        "rotate-keys",
        "a new key for all that is kept under seal; stopped midway, run it again",
        rotate_keys_command,
    )
    rotate.add_argument("--drop-old", action="store_true", help="a day later: take the older keys out of the key file")
    kept = add(commands, "backup", "every table, encrypted, into one file; keys are kept apart", backup_command)
    kept.add_argument("file", type=Path, metavar="FILE")
    filled = add(commands, "restore", "fill an empty store from a backup", restore_command)
    filled.add_argument("file", type=Path, metavar="FILE")


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
