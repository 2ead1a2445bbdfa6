"""What changes about a person with an account, told by the manager: their address; and that they are back after leaving."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from models.accounts import Account
from portal.accounts import addresses, notifications
from portal.accounts.authentication.sessions import end_all_sessions
from portal.accounts.deletion import NOBODY
from portal.accounts.posts import OwnRoleError
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotFoundError
from portal.record.audit import record
from portal.record.events import Event
from portal.record.outbox import post


def change_email(act: Act, account_id: str, email: str) -> None:
    """Give a person another e-mail address to sign in with; both addresses are told, and their sessions end.

    Raises NotAllowedError, OwnRoleError (one's own), NotFoundError, AnswersNeededError (email).
    """
    allow(act, Permission.MANAGE_PEOPLE)
    if account_id == act.person.id:
        raise OwnRoleError
    if wrong := addresses.problem_with(email):
        raise AnswersNeededError({"email": wrong})
    new = addresses.tidy(email)
    try:
        with transaction(act.store.engine) as session:
            row = session.exec(select(Account).where(Account.id == account_id).with_for_update()).first()
            if row is None or row.closed_at is not None:
                raise NotFoundError
            if row.email == new:
                return
            before, row.email = row.email, new
            session.add(row)
            session.flush()
            end_all_sessions(session, act, account_id)
            for address in (before, new):
                post(session, act, notifications.address_changed(address))
            record(session, act, Event.ACCOUNT_CHANGED, f"account:{account_id}", changed=["email"])
    except IntegrityError as error:
        raise AnswersNeededError({"email": "Another account has this address"}) from error


def reopen(act: Act, account_id: str) -> None:
    """Open a closed account again for somebody who is back; it has no role until one is given, and needs a new password.

    Raises NotAllowedError, NotFoundError, AlreadyDoneError where it names nobody any more (a year after it was closed).
    """
    allow(act, Permission.MANAGE_PEOPLE)
    with transaction(act.store.engine) as session:
        row = session.exec(select(Account).where(Account.id == account_id).with_for_update()).first()
        if row is None:
            raise NotFoundError
        if row.name == NOBODY:
            raise AlreadyDoneError("This account was erased, since it was closed for a year. Invite them anew.")
        if row.closed_at is not None:
            row.closed_at, row.password_hash = None, "closed"  # nobody signs in with the old password
            session.add(row)
            record(session, act, Event.ACCOUNT_REOPENED, f"account:{account_id}")
