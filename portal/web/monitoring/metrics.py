"""Figures for monitoring, in Prometheus's text form: counts alone, shown only to whoever has the token."""

import hmac

from prometheus_client import CollectorRegistry, Gauge, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, func, select
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from models.accounts import WebSession
from models.record import AuditHead, Message
from portal.accounts.authentication.sessions import IDLE
from portal.ground.act import PUBLIC, act_now
from portal.ground.database import BusyError, reading
from portal.ground.process.runtime import running


def metrics(request: Request) -> Response:
    """Answer the figures to `Authorization: Bearer <PORTAL_METRICS_TOKEN>`; to anybody else there is no such address."""
    token = running().settings.metrics_token
    given = request.headers.get("authorization", "").encode()
    if not token or not hmac.compare_digest(given, f"Bearer {token}".encode()):
        return PlainTextResponse("Not Found", status_code=404)
    return Response(_figures(), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4, "Cache-Control": "no-store"})


def _figures() -> bytes:
    registry = CollectorRegistry()
    ProcessCollector(namespace="portal", registry=registry)
    up = Gauge("portal_store_up", "1 where the store answers, 0 where it does not", registry=registry)
    act = act_now(running().store, PUBLIC)
    try:
        with reading(act.store.engine) as session:
            live = select(func.count()).where(col(WebSession.ended_at).is_(None), WebSession.seen_at > act.at - IDLE)
            unsent = select(func.count()).where(col(Message.sent_at).is_(None), col(Message.settled_at).is_(None))
            found = {
                "portal_sessions_live": ("Sessions used in the last half hour", session.exec(live).one()),
                "portal_messages_waiting": (
                    "Letters still to be sent",
                    session.exec(unsent.where(col(Message.given_up_at).is_(None))).one(),
                ),
                "portal_messages_given_up": (
                    "Letters that could not be sent",
                    session.exec(unsent.where(col(Message.given_up_at).is_not(None))).one(),
                ),
                "portal_record_entries": ("Entries of the record", session.exec(select(AuditHead.number)).one()),
            }
    except (BusyError, SQLAlchemyError):
        return generate_latest(registry)
    up.set(1)
    for name, (says, figure) in found.items():
        Gauge(name, says, registry=registry).set(figure)
    return generate_latest(registry)
