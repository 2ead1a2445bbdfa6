"""Signing in: password, second step, session. Every refusal has the same words and takes the same time."""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import Session, col, select

from models.accounts import Account, Link
from portal.accounts.addresses import network, tidy
from portal.accounts.authentication import passwords, recovery_codes
from portal.accounts.authentication import second_factor as second_step
from portal.accounts.authentication.known_browsers import has_signed_in
from portal.accounts.authentication.secret_links import LinkPurpose, live_link, make_link
from portal.accounts.authentication.sessions import begin_session
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import LinkError, PortalError, TooManyTriesError
from portal.ground.rate_limits import Limit, attempt, clear, forgive, tries
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify

_DAY = timedelta(days=1)
STEP_LASTS = timedelta(minutes=10)
STEP_TRIES = 5
PER_ACCOUNT = Limit(kind="sign-in:account", most=5, within=_DAY, wait=timedelta(minutes=1))
# A browser that signed in as this person before is counted apart from everybody else (see `known_browsers`).
PER_BROWSER = Limit(kind="sign-in:browser", most=10, within=_DAY, wait=timedelta(minutes=1))
PER_NETWORK = Limit(kind="sign-in:network", most=20, within=timedelta(hours=1), wait=timedelta(minutes=1))
OVERALL = Limit(kind="sign-in:overall", most=200, within=timedelta(minutes=10))
# Whoever types wrong codes knows the password. They slow down where they are: their network, or a browser that a whole
# sign-in came from; nobody elsewhere waits for them. Guessers with very many networks meet a second code instead.
CODES = Limit(kind="sign-in:code", most=10, within=timedelta(hours=1), wait=timedelta(minutes=1))
_GUESSES = Limit(kind="sign-in:guesses", most=10**6, within=_DAY)  # wrong codes of one account; it refuses nobody
_TOLD_AT, _TWO_CODES_AT = 10, 50
_ONCE_RIGHT = Limit(kind="sign-in:once-right", most=STEP_TRIES, within=STEP_LASTS)


_ROLE = 20  # the longest role of a link
_KNOWN = "known:"  # how the role of a step begins whose browser a whole sign-in came from


class SignInRefusedError(PortalError):
    """The address, the password or both are not right, or the account is closed; nobody is told which."""

    message = "Check your e-mail address and password. They do not match an account"


class NoAccountError(SignInRefusedError):
    """A provider confirmed who somebody is, and no open account has that address."""

    message = "There is no account here for the address we were given. Ask your Information Manager to invite you"


class CodeRefusedError(PortalError):
    """The second step's code is wrong, used or too old."""

    message = "Enter the 6-digit code that your app shows now. Each code works once"


class NextCodeNeededError(CodeRefusedError):
    """The code is right, but so many were guessed for this account that one alone proves too little."""

    message = (
        "That code is right. Many wrong codes were tried for your account, so wait for the next one and enter it too"
    )


@dataclass(frozen=True)
class SignedIn:
    """What a right password gave: the cookie of a session, or of the second step that is still to come."""

    secret: str
    second_step: bool = False


def sign_in(act: Act, email: str, password: str, *, address: str, browser: str = "", mark: str = "") -> SignedIn:
    """Sign a person in, or begin the second step where their account asks for one.

    Args:
        act: by the public, now.
        email: the address as typed.
        password: the password as typed.
        address: the network address that the request came from (never from a header that anybody can write).
        browser: the key of a browser that signed in as them before (`known_as`), '' for any other.
        mark: the mark that the browser goes on with (`mark_of`); the owner is told of one that never signed in.

    Raises SignInRefusedError, or TooManyTriesError; both say the same whether or not there is an account.
    """
    account = check_password(act, email, password, address=address, browser=browser)
    return _proved(act, account, mark, address)


def sign_in_as(act: Act, email: str, *, provider: str, address: str, mark: str = "") -> SignedIn:
    """Sign in the person whose address a provider has confirmed ('': none that is believed), with their second step.

    Raises NoAccountError: no account is made, since whoever acts for an organisation is invited to it.
    """
    account = _account(act, email)
    known = account is not None and account.closed_at is None
    with transaction(act.store.engine) as session:
        subject = f"account:{account.id}" if account else "account:unknown"
        record(session, act, Event.PROVIDER_ANSWERED if known else Event.SIGN_IN_FAILED, subject, provider=provider)
    if account is None or not known:
        raise NoAccountError
    return _proved(act, account, mark, address)


def _proved(act: Act, account: Account, mark: str, address: str) -> SignedIn:
    """Begin the session of whoever has proved who they are, or their second step where the account asks for one.

    The step belongs to where they are: one that is begun elsewhere does not end it.
    """
    if account.totp_secret is None:
        return SignedIn(begin_session(act, account, mark=mark))
    with transaction(act.store.engine) as session:
        known = has_signed_in(session, account, mark)
        role = f"{_KNOWN if known else ''}{act.store.vault.keyed_hash(mark if known else network(address))}"
        secret = make_link(
            session,
            act,
            LinkPurpose.SECOND_STEP,
            account.email,
            STEP_LASTS,
            subject=account.id,
            role=role[:_ROLE],
        )
    return SignedIn(secret, second_step=True)


def check_password(act: Act, email: str, password: str, *, address: str, browser: str = "") -> Account:
    """Give the account that an address and password belong to. Counts the try first. Raises as `sign_in` does.

    `browser` is the key of a known browser or of a person who is signed in: no stranger can use up its tries.
    """
    known = tidy(email)[:300]
    counted = attempt(act, (PER_BROWSER, browser)) if browser else _count(act, known, network(address))
    account = _account(act, known)
    right = passwords.is_right(account.password_hash if account else None, password)
    if account is None or account.closed_at is not None or not right:
        _note_refusal(act, account, known)
        raise SignInRefusedError
    if browser:  # what strangers tried elsewhere stays counted
        clear(act, PER_BROWSER, browser)
    else:
        forgive(act, counted)
        clear(act, PER_ACCOUNT, known)
    if passwords.is_outdated(account.password_hash):
        _renew(act, account, password)
    return account


def awaits_second_step(act: Act, secret: str) -> str:
    """Give the address whose second step this cookie can still take, '' for any other."""
    if not secret:
        return ""
    with reading(act.store.engine) as session:
        link = live_link(session, act, LinkPurpose.SECOND_STEP, secret)
        return link.email if link else ""


def take_second_step(act: Act, secret: str, code: str, *, mark: str = "") -> str:
    """Finish signing in with the code of the person's app, or a recovery code; returns the session's cookie.

    Raises CodeRefusedError (NextCodeNeededError where the code is right and another is asked for); LinkError when the
    step is too old or its 5 tries are used up; TooManyTriesError.
    """
    link = _count_code(act, secret)
    where = (CODES, f"{link.subject}:{link.role}")
    attempt(act, where)
    once_more = _is_guessed(act, link)
    with transaction(act.store.engine) as session:
        account = session.exec(select(Account).where(Account.id == link.subject).with_for_update()).one()
        step = second_step.step_of(act, account, code)
        by_hand = step is None and recovery_codes.use(session, act, account, code)
        done = by_hand or (step is not None and not once_more)
        account.totp_last = step or account.totp_last
        session.add(account)
        if done:
            _use(session, act, link.id)
        elif step is None:
            record(session, act, Event.SIGN_IN_FAILED, f"account:{account.id}", step="code")
    if step is None and not by_hand:
        _note_guess(act, account, link)
        raise CodeRefusedError
    if not done:
        attempt(act, (_ONCE_RIGHT, link.id))
        raise NextCodeNeededError
    clear(act, *where)
    return begin_session(act, account, second_step=True, mark=mark)


def _is_guessed(act: Act, link: Link) -> bool:
    """Say whether one code proves too little here: very many were wrong, and nobody signed in from this browser before."""
    if link.role.startswith(_KNOWN) or tries(act, _ONCE_RIGHT, link.id):
        return False
    return tries(act, _GUESSES, link.subject) >= _TWO_CODES_AT


def _note_guess(act: Act, account: Account, link: Link) -> None:
    """Count a wrong code from a browser that is not known, and tell the owner, once a day, that somebody has the password."""
    if link.role.startswith(_KNOWN):
        return
    attempt(act, (_GUESSES, account.id))
    if tries(act, _GUESSES, account.id) == _TOLD_AT:
        with transaction(act.store.engine) as session:
            notify(session, act, "many-codes", account.email)


def _count(act: Act, email: str, where: str) -> tuple[str, ...]:
    """Count the try. While very many fail everywhere, each account and network has fewer tries; nobody is shut out."""
    strained = tries(act, OVERALL, "") >= OVERALL.most
    per_account = replace(PER_ACCOUNT, most=2) if strained else PER_ACCOUNT
    per_network = replace(PER_NETWORK, most=5) if strained else PER_NETWORK
    counted = attempt(act, (per_account, email), (per_network, where))
    return counted if strained else counted + attempt(act, (OVERALL, ""))


def _account(act: Act, email: str) -> Account | None:
    with reading(act.store.engine) as session:
        return session.exec(select(Account).where(Account.email == email)).first()


def _note_refusal(act: Act, account: Account | None, email: str) -> None:
    subject = f"account:{account.id}" if account else "account:unknown"
    many = tries(act, PER_ACCOUNT, email) == PER_ACCOUNT.most
    with transaction(act.store.engine) as session:
        record(session, act, Event.SIGN_IN_FAILED, subject)
        if many:  # a letter is written for every address, and taken back where nobody has it: the time tells nothing
            letter = session.begin_nested()
            notify(session, act, "many-tries", email)
            session.flush()
            if account is None or account.closed_at:
                letter.rollback()
            else:
                letter.commit()


def _renew(act: Act, account: Account, password: str) -> None:
    renewed = passwords.hash_password(password)
    with transaction(act.store.engine) as session:
        row = session.get_one(Account, account.id)
        if row.password_hash == account.password_hash:
            row.password_hash = renewed
            session.add(row)
            record(session, act, Event.ROWS_CHANGED, f"account:{row.id}")


def _count_code(act: Act, secret: str) -> Link:
    with transaction(act.store.engine) as session:
        link = live_link(session, act, LinkPurpose.SECOND_STEP, secret)
        if link is None or link.tries >= STEP_TRIES:
            raise LinkError("That took too long or too many tries. Sign in again.")
        link.tries += 1
        session.add(link)
    return link


def _use(session: Session, act: Act, link_id: str) -> None:
    row = session.exec(select(Link).where(Link.id == link_id, col(Link.used_at).is_(None)).with_for_update()).first()
    if row is None:
        raise LinkError("That took too long or too many tries. Sign in again.")
    row.used_at = act.at
    session.add(row)


__all__ = [
    "CodeRefusedError",
    "SignInRefusedError",
    "SignedIn",
    "TooManyTriesError",
    "awaits_second_step",
    "check_password",
    "sign_in",
    "take_second_step",
]
