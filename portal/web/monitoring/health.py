"""Whether the portal works: ok or degraded, and nothing more."""

from shutil import disk_usage

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, delete, insert
from starlette.requests import Request
from starlette.responses import JSONResponse

from models.accounts import Attempt
from portal.ground.act import SYSTEM, act_now
from portal.ground.database import BusyError, transaction
from portal.ground.process.runtime import running
from portal.ground.wording import new_id

ROOM = 10 * 1024 * 1024  # bytes: a return with its paper, and the journal of its write


def healthz(_request: Request) -> JSONResponse:
    """Answer 200 and {"status": "ok"}, or 503 and {"status": "degraded"} where the store cannot be written or has no room.

    A small write still fits into space that the store has already when the disk is full, so the room is asked for too.
    """
    try:
        _check_room()
        now = act_now(running().store, SYSTEM).at
        with transaction(running().store.engine) as session:
            # A row that comes and goes: where a row stays as it was SQLite writes nothing, and a disk that may only be read looks well.
            session.exec(insert(Attempt).values(id=new_id(), kind="health", key_hash="", at=now))
            session.exec(delete(Attempt).where(col(Attempt.kind) == "health"))
    except (BusyError, SQLAlchemyError, OSError):
        return JSONResponse({"status": "degraded"}, status_code=503)
    return JSONResponse({"status": "ok"})


def _check_room() -> None:
    if disk_usage(running().settings.data_dir).free < ROOM:
        raise BusyError


async def alive(_request: Request) -> JSONResponse:
    """Answer 200 while the process serves at all: the store is not asked, so a restart is not tried for its faults."""
    return JSONResponse({"status": "alive"})
