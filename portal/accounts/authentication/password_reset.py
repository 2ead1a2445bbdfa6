"""A new password: by a link that lasts an hour and works once, or with the old one."""

from datetime import timedelta

from sqlmodel import Session, col, select

from models.accounts import Account, Link, Post
from models.organisations import Organisation
from portal.accounts import addresses
from portal.accounts.authentication import passwords
from portal.accounts.authentication.secret_links import (
    LinkPurpose,
    about_link,
    end_links,
    live_link,
    make_link,
    use_link,
)
from portal.accounts.authentication.sessions import end_other_sessions
from portal.accounts.authentication.sign_in import CODES, PER_ACCOUNT, SignInRefusedError, check_password
from portal.ground.access import Permission, allow
from portal.ground.act import SYSTEM, Act, Person
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, LinkError, NotFoundError, SignedOutError, TooManyTriesError
from portal.ground.partnership import facts
from portal.ground.rate_limits import Limit, attempt, clear
from portal.ground.wording import day_and_time, new_id
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify

LASTS = timedelta(hours=1)
PER_ADDRESS = Limit(kind="new-password:address", most=3, within=timedelta(hours=1))


def ask(act: Act, email: str, *, base_url: str) -> None:
    """Send a link to choose a new password, if there is an account; nobody is told whether there is.

    At most 3 an hour for an address: more are dropped in silence. Raises AnswersNeededError for what is no address.
    """
    problem = addresses.problem_with(email)
    if problem:
        raise AnswersNeededError({"email": problem})
    address = addresses.tidy(email)
    try:
        attempt(act, (PER_ADDRESS, address))
    except TooManyTriesError:
        return
    with transaction(act.store.engine) as session:
        account = session.exec(select(Account).where(Account.email == address)).first()
        if account is not None and account.closed_at is None:
            _send(session, act, account, base_url)
        else:
            _send_to_nobody(session, act, address, base_url)


def hand_over(act: Act, account_id: str, *, base_url: str) -> str:
    """Make a link for somebody who is locked out (Permission MANAGE_PEOPLE, or the command line's own act).

    Returns the link; pages leave it in the outbox, where opening it is recorded.
    """
    if act.person != SYSTEM:
        allow(act, Permission.MANAGE_PEOPLE)
    with transaction(act.store.engine) as session:
        account = session.get(Account, account_id)
        if account is None or account.closed_at is not None:
            raise NotFoundError("There is no open account like that.")
        link = _send(session, act, account, base_url)
    _forget_tries(act, account)
    return link


def account_id_of(act: Act, email: str) -> str:
    """Give the account that an address has, for the command line. Raises NotFoundError."""
    with reading(act.store.engine) as session:
        found = session.exec(select(Account.id).where(Account.email == addresses.tidy(email))).first()
    if found is None:
        raise NotFoundError("There is no account for that address.")
    return found


def is_open(act: Act, secret: str) -> bool:
    """Say whether a link can still be used."""
    if not secret:
        return False
    with reading(act.store.engine) as session:
        return live_link(session, act, LinkPurpose.NEW_PASSWORD, secret) is not None


def choose(act: Act, secret: str, password: str) -> None:
    """Choose a new password with a link; every session of the account ends. Raises LinkError, AnswersNeededError."""
    with reading(act.store.engine) as session:
        link = live_link(session, act, LinkPurpose.NEW_PASSWORD, secret) if secret else None
        account = session.get(Account, link.subject) if link else None
    if account is None or account.closed_at is not None:
        raise LinkError
    _check(act, account, password)
    kept = passwords.hash_password(password)
    with transaction(act.store.engine) as session:
        use_link(session, act, LinkPurpose.NEW_PASSWORD, secret)
        _keep(session, act, account.id, kept, "")
    _forget_tries(act, account)


def change(act: Act, current: str, password: str, *, address: str, keep: str = "") -> None:
    """Change one's own password; every session but `keep` (a cookie) ends.

    Raises SignedOutError, AnswersNeededError, TooManyTriesError.
    """
    if not act.person.signed_in:
        raise SignedOutError
    try:
        account = check_password(act, act.person.email, current, address=address, browser=f"own:{act.person.id}")
    except SignInRefusedError as error:
        raise AnswersNeededError({"current": "Enter the password you use now. What you typed is not it"}) from error
    _check(act, account, password)
    kept = passwords.hash_password(password)
    with transaction(act.store.engine) as session:
        _keep(session, act, account.id, kept, keep)


def mailbox_of(act: Act, secret: str) -> str:
    """Give the address whose mail a live link was read in, '' for any other."""
    with reading(act.store.engine) as session:
        link = live_link(session, act, LinkPurpose.NEW_PASSWORD, secret)
    return link.email if link else ""


def _forget_tries(act: Act, account: Account) -> None:
    clear(act, PER_ACCOUNT, account.email)
    clear(act, CODES, account.id)


def _send(session: Session, act: Act, account: Account, base_url: str) -> str:
    secret = make_link(session, act, LinkPurpose.NEW_PASSWORD, account.email, LASTS, subject=account.id)
    link = f"{base_url}/new-password/{secret}"
    _tell(session, act, account.id, account.email, link)
    return link


def _tell(session: Session, act: Act, account_id: str, email: str, link: str) -> None:
    notify(session, act, "new-password", email, secret=link, about=about_link(link), good_for=LASTS)
    record(session, act, Event.PASSWORD_LINK_SENT, f"account:{account_id}")


def _send_to_nobody(session: Session, act: Act, address: str, base_url: str) -> None:
    """Do the same work and take it back, so that the time of an answer tells nobody who has an account."""
    nobody = new_id()
    secret = make_link(session, act, LinkPurpose.NEW_PASSWORD, address, LASTS, subject=nobody)
    session.flush()
    taken_back = session.begin_nested()
    _tell(session, act, nobody, address, f"{base_url}/new-password/{secret}")
    session.flush()
    taken_back.rollback()
    session.delete(
        session.get_one(Link, secret.partition(".")[0])
    )  # it was written, as for anybody: the disk takes time


def _keep(session: Session, act: Act, account_id: str, kept: str, secret: str) -> None:
    account = session.exec(select(Account).where(Account.id == account_id).with_for_update()).one()
    account.password_hash = kept
    session.add(account)
    end_links(session, act, {LinkPurpose.NEW_PASSWORD, LinkPurpose.SECOND_STEP}, account.email)
    end_other_sessions(session, act, account_id, secret)
    mine = act.as_(Person(id=account.id, name=account.name, email=account.email))
    record(session, mine, Event.PASSWORD_CHANGED, f"account:{account_id}")
    notify(session, act, "password-changed", account.email, at=day_and_time(act.at))


def _check(act: Act, account: Account, password: str) -> None:
    with reading(act.store.engine) as session:
        organisations = session.exec(
            select(Organisation.name)
            .join(Post, col(Post.organisation_id) == col(Organisation.id))
            .where(Post.account_id == account.id, col(Post.ended_at).is_(None))
        ).all()
    names = [account.email, account.name, facts(act.store).name, *organisations]
    problem = passwords.problem_with(password, names)
    if problem:
        raise AnswersNeededError({"password": problem})
