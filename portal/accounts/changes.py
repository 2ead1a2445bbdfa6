"""What changes about a person with an account: their address, by a code sent to the new one; coming back after leaving."""

import secrets
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.accounts import Account, Link
from portal.accounts import addresses
from portal.accounts.authentication.secret_links import LinkPurpose, end_link, end_links
from portal.accounts.authentication.sessions import end_other_sessions
from portal.accounts.deletion import NOBODY
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, LinkError, NotFoundError, SignedOutError
from portal.ground.rate_limits import Limit, attempt
from portal.ground.vault import same
from portal.ground.wording import day_and_time, new_id
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify
from portal.record.outbox import settle

GOOD_FOR = timedelta(minutes=10)
MOST_TRIES = 5
_ASKED = Limit(kind="new-address", most=5, within=timedelta(hours=1))
_TAKEN = "Another account has this address"


def ask_address(act: Act, account_id: str, email: str) -> None:
    """Send a code to an address that somebody wants to sign in with from now on: one's own account, or any (MANAGE_PEOPLE).

    Nothing changes before `confirm_address`. Raises NotAllowedError, SignedOutError, NotFoundError, TooManyTriesError,
    AnswersNeededError (email).
    """
    _allow(act, account_id)
    if wrong := addresses.problem_with(email):
        raise AnswersNeededError({"email": wrong})
    new = addresses.tidy(email)
    attempt(act, (_ASKED, account_id))
    code, link_id = f"{secrets.randbelow(10**6):06d}", new_id()
    with transaction(act.store.engine) as session:
        row = _open_account(session, account_id)
        if row.email == new:
            raise AnswersNeededError({"email": "This is the address that is used now"})
        if session.exec(select(Account.id).where(Account.email == new)).first() is not None:
            raise AnswersNeededError({"email": _TAKEN})
        _drop(session, act, account_id)
        session.add(
            Link(
                id=link_id,
                purpose=LinkPurpose.NEW_ADDRESS.value,
                token_hash=_hash(act, link_id, code),
                email=new,
                subject=account_id,
                made_at=act.at,
                made_by=act.person.name,
                expires_at=act.at + GOOD_FOR,
            )
        )
        notify(session, act, "address-code", new, secret=code, about=f"new-address:{link_id}", good_for=GOOD_FOR)
        record(session, act, Event.ADDRESS_CODE_SENT, f"account:{account_id}")


def address_asked(act: Act, account_id: str) -> str:
    """Give the address that a code went to and that can still be confirmed, '' where there is none."""
    _allow(act, account_id)
    with reading(act.store.engine) as session:
        link = _live(session, act, account_id)
        return link.email if link and link.tries < MOST_TRIES else ""


def drop_address(act: Act, account_id: str) -> None:
    """Forget an address that was asked for: its code is worth nothing from now on."""
    _allow(act, account_id)
    with transaction(act.store.engine) as session:
        _drop(session, act, account_id)


def confirm_address(act: Act, account_id: str, code: str, *, keep: str = "") -> None:
    """Change the address once its code is typed; both addresses are told, and every session but `keep` (a cookie) ends.

    Raises NotAllowedError, SignedOutError, NotFoundError, LinkError (too old, or 5 tries), AnswersNeededError (code).
    """
    _allow(act, account_id)
    typed = "".join(c for c in code if c.isascii() and c.isdigit())
    try:
        with transaction(act.store.engine) as session:
            row, link = _open_account(session, account_id), _live(session, act, account_id)
            if link is None or link.tries >= MOST_TRIES:
                raise LinkError("That took too long or too many tries. Ask for a new code.")
            link.tries += 1
            session.add(link)
            right = same(link.token_hash, _hash(act, link.id, typed))
            if right:
                _change(session, act, row, link, keep)
    except IntegrityError as error:
        raise AnswersNeededError({"code": _TAKEN}) from error
    if not right:
        raise AnswersNeededError({"code": "Enter the 6-digit code from the e-mail to the new address"})


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
            notify(session, act, "account-reopened", row.email, at=day_and_time(act.at))


def _allow(act: Act, account_id: str) -> None:
    if not act.person.signed_in:
        raise SignedOutError
    if account_id != act.person.id:
        allow(act, Permission.MANAGE_PEOPLE)


def _open_account(session: Session, account_id: str) -> Account:
    row = session.exec(select(Account).where(Account.id == account_id).with_for_update()).first()
    if row is None or row.closed_at is not None:
        raise NotFoundError
    return row


def _live(session: Session, act: Act, account_id: str) -> Link | None:
    return session.exec(
        select(Link).where(
            Link.purpose == LinkPurpose.NEW_ADDRESS.value,
            Link.subject == account_id,
            col(Link.used_at).is_(None),
            col(Link.ended_at).is_(None),
            col(Link.expires_at) > act.at,
        )
    ).first()


def _drop(session: Session, act: Act, account_id: str) -> None:
    link = _live(session, act, account_id)
    if link is not None:
        end_link(session, act, link)
        settle(session, act, f"new-address:{link.id}")


def _change(session: Session, act: Act, row: Account, link: Link, keep: str) -> None:
    before, row.email = row.email, link.email
    link.used_at = act.at
    session.add(row)
    session.flush()
    settle(session, act, f"new-address:{link.id}")
    end_links(session, act, {LinkPurpose.NEW_PASSWORD, LinkPurpose.SECOND_STEP}, before)
    end_other_sessions(session, act, row.id, keep)
    notify(session, act, "address-changed", (before, row.email))
    record(session, act, Event.ACCOUNT_CHANGED, f"account:{row.id}", changed=["email"])


def _hash(act: Act, link_id: str, code: str) -> str:
    return act.store.vault.keyed_hash(f"new-address:{link_id}:{code}")
