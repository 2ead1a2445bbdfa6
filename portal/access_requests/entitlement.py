"""Finding an access request for the organisation that holds it, or one question of it for the partner that is asked."""

from sqlmodel import Session, select

from models.statements import AccessRequest, OriginatorView
from portal.ground.access import Permission, may
from portal.ground.act import Act
from portal.ground.errors import NotFoundError


def find_access(session: Session, act: Act, access_id: str, *, lock: bool = False) -> AccessRequest:
    """Find an access request of one's own organisation; a foreign one looks like none. Raises NotFoundError."""
    query = select(AccessRequest).where(AccessRequest.id == access_id)
    row = session.exec(query.with_for_update() if lock else query).first()
    if row is None or not may(act.person, Permission.KEEP_ACCESS_LOG, row.organisation_id):
        raise NotFoundError
    return row


def find_question(session: Session, act: Act, view_id: str, *, lock: bool = False) -> OriginatorView:
    """Find the question that one's own organisation was asked. Raises NotFoundError."""
    query = select(OriginatorView).where(OriginatorView.id == view_id)
    row = session.exec(query.with_for_update() if lock else query).first()
    if row is None or not may(act.person, Permission.KEEP_ACCESS_LOG, row.organisation_id):
        raise NotFoundError
    return row


def place(column: str, access_id: str) -> str:
    """Name the place that a column of an access request is sealed for."""
    return f"access_request.{column}:{access_id}"


def view_place(column: str, view_id: str) -> str:
    """Name the place that a column of a view is sealed for."""
    return f"originator_view.{column}:{view_id}"


def clarification_place(column: str, clarification_id: str) -> str:
    """Name the place that a column of a clarification is sealed for."""
    return f"access_clarification.{column}:{clarification_id}"
