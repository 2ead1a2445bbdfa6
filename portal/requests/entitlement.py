"""Finding a request: who may see it, on which side they stand, and the record of each opening. A foreign one looks like none."""

from datetime import timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from models.record import AuditEntry
from models.requests import InformationRequest, RequestRecipient
from portal.ground.access import Permission, may
from portal.ground.act import Act, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import NotFoundError
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.case import Case, from_json
from portal.requests.keys import RequestKey

ONE_OPENING = timedelta(minutes=15)  # a page that is drawn again is the same opening


class Side(StrEnum):
    """Whose eyes a person sees a request with."""

    ASKING = "asking"
    HOLDING = "holding"


def request_row(session: Session, act: Act, request_id: str, *, lock: bool = False) -> tuple[InformationRequest, Side]:
    """Find a request and the side on which this person may see it; raises NotFoundError for every other person.

    The asking side is who asked, the people named to see the answer, and that organisation's approvers. The holding side
    is everybody who acts for the organisation that was asked (s4 Proportionality: no more people than need to).
    """
    query = select(InformationRequest).where(InformationRequest.id == request_id)
    row = session.exec(query.with_for_update() if lock else query).first()
    if row is None:
        raise NotFoundError
    if may(act.person, Permission.ANSWER, row.holding_organisation_id):
        return row, Side.HOLDING
    if may(act.person, Permission.ASK, row.asking_organisation_id) and (
        act.person.id == row.requester_id
        or act.person.holds(Role.APPROVER, row.asking_organisation_id)
        or session.get(RequestRecipient, (row.id, act.person.id)) is not None
    ):
        return row, Side.ASKING
    raise NotFoundError


def acts_for_asking(act: Act, row: InformationRequest) -> bool:
    """Say whether a person asked this themselves, or acts for the organisation that asks."""
    posts = {post.organisation_id for post in act.person.posts}
    return act.person.id == row.requester_id or row.asking_organisation_id in posts


def case_in(row: InformationRequest, key: RequestKey) -> Case:
    """Open the case that was sent, in the words of its day."""
    return from_json(key.open_json(row.content, f"information_request.content:{row.id}"))


def note_opening(act: Act, event: Event, subject: str, **details: object) -> None:
    """Record an opening, once for each person and quarter of an hour."""
    with reading(act.store.engine) as session:
        if _noted(session, act, event, subject):
            return
    with transaction(act.store.engine) as session:
        record(session, act, event, subject, None, **details)


def _noted(session: Session, act: Act, event: Event, subject: str) -> bool:
    query = select(AuditEntry.number).where(
        AuditEntry.subject == subject,
        AuditEntry.event == event.value,
        AuditEntry.actor == act.person.id,
        col(AuditEntry.at) > act.at - ONE_OPENING,
    )
    return session.exec(query.limit(1)).first() is not None
