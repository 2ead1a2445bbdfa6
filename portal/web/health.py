"""Whether the portal works: ok or degraded, and nothing more."""

from sqlmodel import select
from starlette.requests import Request
from starlette.responses import JSONResponse

from models.record import AuditHead
from portal.ground.database import BusyError, reading
from portal.ground.runtime import running


def healthz(_request: Request) -> JSONResponse:
    """Answer 200 and {"status": "ok"}, or 503 and {"status": "degraded"} where the store does not answer."""
    try:
        with reading(running().store.engine) as session:
            session.exec(select(AuditHead)).one()
    except BusyError:
        return JSONResponse({"status": "degraded"}, status_code=503)
    return JSONResponse({"status": "ok"})
