"""Backups age out: the files of the backup folder that are past their stated life are deleted, and no other file is."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from portal.ground.act import Act
from portal.retention.runner import deleting
from portal.retention.schedule import Rule

_MARK = b"COMMUNITY-SAFETY-PORTAL-BACKUP"


def past_backups(folder: Path, before: datetime) -> list[Path]:
    """List the backups in a folder that were made before a moment, the oldest first; what is no backup of ours is not one."""
    if not folder.is_dir():
        return []
    found = [path for path in folder.iterdir() if path.is_file() and not path.is_symlink() and _is_backup(path)]
    old = [path for path in found if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before]
    return sorted(old, key=lambda path: path.stat().st_mtime)


def delete_backups(folder: Path | None, *, really: bool) -> Callable[[Act, Rule], int]:
    """Make the deletion of old backups; without `really` it only counts them. Without a folder there is nothing to do."""

    def in_folder(act: Act, of: Rule) -> int:
        old = past_backups(folder, of.past(act.at)) if folder else []
        for path in old if really else ():
            path.unlink()
        return len(old)

    def counted(act: Act, of: Rule) -> int:
        return deleting(lambda _session, _act, _rule: in_folder(act, of))(act, of)

    return counted


def _is_backup(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_MARK)) == _MARK
