"""Whether the portal works: ok or degraded, and nothing more."""

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select, update
from starlette.requests import Request
from starlette.responses import JSONResponse

from models.record import AuditHead
from portal.ground.database import BusyError, transaction
from portal.ground.runtime import running


def healthz(_request: Request) -> JSONResponse:
    """Answer 200 and {"status": "ok"}, or 503 and {"status": "degraded"} where the store cannot be written."""
    try:
        with transaction(running().store.engine) as session:
            head = session.exec(select(AuditHead)).one()
            session.exec(
                update(AuditHead).values(hash=head.hash)
            )  # a write that changes nothing: a full disk shows here
    except (BusyError, SQLAlchemyError):
        return JSONResponse({"status": "degraded"}, status_code=503)
    return JSONResponse({"status": "ok"})


async def alive(_request: Request) -> JSONResponse:
    """Answer 200 while the process serves at all: the store is not asked, so a restart is not tried for its faults."""
    return JSONResponse({"status": "alive"})
