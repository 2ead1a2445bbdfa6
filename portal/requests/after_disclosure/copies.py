"""The copy of what was shared, at the organisation that asked: finding it, and what its days mean."""

from datetime import date, datetime

from sqlmodel import Session, select

from models.accounts import Account
from models.after_disclosure import RecipientCopy
from models.requests import InformationRequest, RequestRecipient
from portal.ground.act import Act, Role
from portal.ground.errors import NotFoundError
from portal.ground.wording import today
from portal.requests.entitlement import Side, request_row
from portal.requests.participants import closed_bodies, people_of

HOLDS = ("unconfirmed", "wrong", "held")  # the recipient still has it


def is_over(copy: RecipientCopy, now: datetime) -> bool:
    """Say whether the time is over for which the recipient may keep it, and it is not gone yet."""
    return copy.status in HOLDS and today(now) > copy.keep_until


def begin_copy(row: InformationRequest, at: datetime, keep_until: date) -> RecipientCopy:
    """Begin the copy of an answer that shares something: nobody has confirmed it yet."""
    return RecipientCopy(request_id=row.id, status="unconfirmed", turn_since=at, keep_until=keep_until)


def copy_row(
    session: Session, act: Act, request_id: str, *, lock: bool = True
) -> tuple[InformationRequest, Side, RecipientCopy]:
    """Find a request whose answer shared something, for either side. Raises NotFoundError for everybody else."""
    row, side = request_row(session, act, request_id, lock=lock)
    copy = session.get(RecipientCopy, row.id)
    if copy is None:
        raise NotFoundError
    return row, side, copy


def is_named(session: Session, act: Act, row: InformationRequest) -> bool:
    """Say whether a person is one of those to whom the answer opens."""
    return session.get(RequestRecipient, (row.id, act.person.id)) is not None


def answers_for_copy(session: Session, act: Act, row: InformationRequest) -> bool:
    """Say whether a person of the asking side may say what became of the copy: who may open it, or an approver there."""
    return is_named(session, act, row) or act.person.holds(Role.APPROVER, row.asking_organisation_id)


def their_copy(
    session: Session, act: Act, request_id: str, *, lock: bool = True
) -> tuple[InformationRequest, RecipientCopy]:
    """Find a request and its copy for those who may say what became of it. Raises NotFoundError for everybody else."""
    row, side, copy = copy_row(session, act, request_id, lock=lock)
    if side is not Side.ASKING or not answers_for_copy(session, act, row):
        raise NotFoundError
    return row, copy


def may_end_copy(session: Session, act: Act, row: InformationRequest, side: Side) -> bool:
    """Say whether a person may say that the copy is gone: who answers for it or, once that body is closed, the side that holds."""
    if side is Side.ASKING:
        return answers_for_copy(session, act, row)
    return row.asking_organisation_id in closed_bodies(session, [row.asking_organisation_id])


def recipients_of(session: Session, row: InformationRequest) -> list[Account]:
    """List the people to whom the answer opens and who still act for the organisation that asked."""
    named = session.exec(select(RequestRecipient.account_id).where(RequestRecipient.request_id == row.id)).all()
    return [account for account in people_of(session, row.asking_organisation_id) if account.id in named]
