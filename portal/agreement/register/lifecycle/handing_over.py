"""What an organisation that ends had in hand goes over: nobody acts for it any more, and a request must still be answered."""

from collections.abc import Mapping
from typing import TypeVar

from sqlmodel import Session, col, or_, select

from models.after_disclosure import OnwardSharing
from models.breaches import BreachBody
from models.depersonalised_requests import DepersonalisedRequest
from models.requests import InformationRequest
from models.statements import AccessRequest, OriginatorView

_Asked = TypeVar("_Asked", InformationRequest, DepersonalisedRequest)


def hand_over(session: Session, ended: str, into: str) -> int:
    """Give what a merged organisation had in hand to the one that it is part of now; returns how many requests it was.

    Requests that it sent or holds, access requests, wishes to pass something on, and losses. What the papers say stays as it
    was sealed, under the old name. A request between the two stays where it is: nobody asks themselves.
    """
    count = _with_both_sides(session, InformationRequest, ended, into)
    count += _with_both_sides(session, DepersonalisedRequest, ended, into)
    for logged in session.exec(select(AccessRequest).where(AccessRequest.organisation_id == ended)).all():
        logged.organisation_id = into
        session.add(logged)
    _wishes_and_losses(session, ended, into)
    return count


def hand_over_sent(session: Session, ended: str, to: Mapping[str, str]) -> int:
    """Let the requests that a split organisation sent go with whoever sent each; `to` names where by account. Returns how many."""
    return _with_the_sender(session, InformationRequest, ended, to) + _with_the_sender(
        session, DepersonalisedRequest, ended, to
    )


def _with_both_sides(session: Session, table: type[_Asked], ended: str, into: str) -> int:
    sides = or_(col(table.asking_organisation_id) == ended, col(table.holding_organisation_id) == ended)
    count = 0
    for row in session.exec(select(table).where(sides)).all():
        if into in {row.asking_organisation_id, row.holding_organisation_id}:
            continue
        if row.asking_organisation_id == ended:
            row.asking_organisation_id = into
        else:
            row.holding_organisation_id = into
        session.add(row)
        count += 1
    return count


def _with_the_sender(session: Session, table: type[_Asked], ended: str, to: Mapping[str, str]) -> int:
    rows = session.exec(
        select(table).where(col(table.asking_organisation_id) == ended, col(table.requester_id).in_(to))
    ).all()
    for row in rows:
        row.asking_organisation_id = to[row.requester_id]
        session.add(row)
    return len(rows)


def _wishes_and_losses(session: Session, ended: str, into: str) -> None:
    asked = {
        (one.request_id, one.key)
        for one in session.exec(select(OnwardSharing).where(OnwardSharing.originator_id == into)).all()
    }
    for wish in session.exec(select(OnwardSharing).where(OnwardSharing.originator_id == ended)).all():
        if (wish.request_id, wish.key) not in asked:  # whom the wish was put to as well answers it already
            wish.originator_id = into
            session.add(wish)
    views = {
        one.access_request_id
        for one in session.exec(select(OriginatorView).where(OriginatorView.organisation_id == into)).all()
    }
    for view in session.exec(select(OriginatorView).where(OriginatorView.organisation_id == ended)).all():
        if view.access_request_id not in views:
            view.organisation_id = into
            session.add(view)
    for body in session.exec(select(BreachBody).where(BreachBody.organisation_id == ended)).all():
        if session.get(BreachBody, (body.breach_id, into)) is None:
            session.add(BreachBody(breach_id=body.breach_id, organisation_id=into, part=body.part))
