"""The running portal: its settings, its store, made once a process and asked for by whoever serves people."""

import logging
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine, inspect, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from models.partnership import Partnership
from models.record import AuditHead
from portal.ground.act import Store
from portal.ground.database import engine_for, migrate, reading
from portal.ground.errors import UnsafeStartError
from portal.ground.settings import Settings, load_settings
from portal.ground.vault import open_vault

log = logging.getLogger("portal")


@dataclass(frozen=True)
class Running:
    """What one process serves from."""

    settings: Settings
    store: Store


def start(settings: Settings, *, restoring: bool = False) -> Running:
    """Open the store: check the keys, bring the tables up to date.

    Raises UnsafeStartError rather than run with missing keys, a damaged store, or keys whose store is gone (unless one
    is about to be restored).
    """
    _check_folder(settings)
    if not restoring:
        _check_store(settings)
    engine = engine_for(settings.database_url)
    try:
        empty = not inspect(engine).has_table("audit_head")
    except SQLAlchemyError as error:
        raise UnsafeStartError(
            "The store cannot be opened. It may be damaged, or not a database. See 'Backup' in README.md."
        ) from error
    vault = open_vault(settings.secret_key_file, may_make=empty or _holds_nothing(engine))
    migrate(engine, vault=vault)
    with reading(engine) as session:
        if session.exec(select(Partnership.demonstration)).first():  # mail, providers and backups are of real people
            settings = replace(settings, smtp_url=None, sign_in_with=None, backup_dir=None)
    return Running(settings=settings, store=Store(engine=engine, vault=vault))


def _check_store(settings: Settings) -> None:
    """Refuse to make an empty store beside keys that have sealed another one."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database or not settings.secret_key_file.exists():
        return
    if not Path(url.database).exists():
        raise UnsafeStartError(
            f"The keys are here but the store {Path(url.database).name} is gone. Put it back, or run: python3 -m portal restore FILE. "
            "For a new portal, use a new data folder."
        )


def _holds_nothing(engine: Engine) -> bool:
    with reading(engine) as session:
        head = session.get(AuditHead, 1)
        return head is None or head.number == 0


def _check_folder(settings: Settings) -> None:
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = settings.data_dir / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise UnsafeStartError(
            f"The data folder {settings.data_dir.name} cannot be written. Check who owns it."
        ) from error


@lru_cache(maxsize=1)
def running() -> Running:
    """Give this process's portal, opened at the first call. Tests clear it (`running.cache_clear()`)."""
    return start(load_settings())
