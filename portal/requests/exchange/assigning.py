"""Giving a request to one colleague to see to: the holder's approver assigns, assigns anew, and takes back."""

from sqlmodel import Session

from models.accounts import Account
from models.requests import InformationRequest
from portal.agreement.notices.standing import take_turn
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.case import Colleague
from portal.requests.entitlement import Side, acts_for_asking, request_row
from portal.requests.errors import NotYourTurnError, OwnRequestError
from portal.requests.notifications import tell
from portal.requests.participants import people_of


def may_see_to(act: Act, request_id: str) -> tuple[Colleague, ...]:
    """List who of the holder's people a request may be given to, by name. For the holder's approvers."""
    allow(act, Permission.DECIDE)
    with reading(act.store.engine) as session:
        row = _held(session, act, request_id)
        people = people_of(session, row.holding_organisation_id)
        return tuple(Colleague(id=one.id, name=one.name, position=one.position) for one in people)


def assign(act: Act, request_id: str, account_id: str) -> None:
    """Give an open request to a colleague who may answer, or take it back ('' as account).

    The colleague gets a letter that says nothing about a person. The same again changes nothing.

    Raises NotFoundError for everybody but the holder's approvers, OwnRequestError for who acts for the asking side,
    NotYourTurnError where the request is closed, AnswersNeededError for a person who may not answer it.
    """
    allow(act, Permission.DECIDE)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row = _held(session, act, request_id, lock=True)
        if row.status not in {"waiting", "question"}:
            raise NotYourTurnError
        people = {one.id: one for one in people_of(session, row.holding_organisation_id)}
        if account_id and account_id not in people:
            raise AnswersNeededError({"seen_to_by": "Choose one of your colleagues who may answer requests."})
        before, after = row.assigned_to_id, account_id or None
        if before == after:
            return
        row.assigned_to_id = after
        session.add(row)
        event = Event.REQUEST_ASSIGNED if after else Event.REQUEST_TAKEN_BACK
        record(
            session, act, event, f"request:{row.id}", row.holding_organisation_id, to=after or "", before=before or ""
        )
        _tell(session, act, row, people, before)


def seen_to_by(session: Session, row: InformationRequest) -> Account | None:
    """Give who sees to a request for its holder; None where nobody was named, or they act for the holder no more."""
    people = people_of(session, row.holding_organisation_id) if row.assigned_to_id else []
    return next((one for one in people if one.id == row.assigned_to_id), None)


def _tell(session: Session, act: Act, row: InformationRequest, people: dict[str, Account], before: str | None) -> None:
    for template, account_id in (("request-assigned", row.assigned_to_id), ("request-taken-back", before)):
        if account_id in people and account_id != act.person.id:
            tell(session, act, template, row, [people[str(account_id)]])


def _held(session: Session, act: Act, request_id: str, *, lock: bool = False) -> InformationRequest:
    row, side = request_row(session, act, request_id, lock=lock)
    if side is not Side.HOLDING or not act.person.holds(Role.APPROVER, row.holding_organisation_id):
        raise NotFoundError
    if acts_for_asking(act, row):
        raise OwnRequestError
    return row
