"""Sessions: a random token in a cookie that scripts cannot read, its hash in the store, asked for on every run."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from models.accounts import Account, Post, WebSession
from models.partnership import Partnership
from portal.accounts.authentication.known_browsers import note_sign_in
from portal.ground.access import NEEDS_SECOND_STEP
from portal.ground.act import PUBLIC, Act, Person, Role
from portal.ground.act import RolePost as Held
from portal.ground.calendar.noted import AHEAD
from portal.ground.database import WAITS, BusyError, reading, transaction
from portal.ground.errors import TooManyTriesError
from portal.ground.rate_limits import Limit, attempt
from portal.ground.vault import token
from portal.record.audit import record
from portal.record.events import Event

COOKIE = "portal_session"
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
WARN = timedelta(minutes=2)
_TAKEOVERS = Limit(kind="session-takeover", most=20, within=timedelta(hours=1))
_TOUCH = timedelta(seconds=30)  # writing on every click would queue everybody behind the write lock
_TOUCH_WAITS = 0.3  # seconds for the write lock: a page that is read does not wait for a writer


def cookie_name(*, secure: bool) -> str:
    """Give the session cookie's name: behind TLS with the prefix that a neighbouring host cannot forge."""
    return f"__Host-{COOKIE}" if secure else COOKIE


def session_key(act: Act, secret: str) -> str:
    """Give the key of a session's row: only the portal's own keys make it, so no row written past the portal opens anything."""
    return act.store.vault.keyed_hash(f"session:{secret}")


def begin_session(act: Act, account: Account, *, second_step: bool = False, mark: str = "") -> str:
    """Begin a session for an account that has proved itself; returns the cookie's new random token (256 bits).

    `mark` is the browser's own (see `known_browsers`); the owner is told of one that never signed in.
    """
    secret = f"{token()}.{account.id}"
    person = Person(id=account.id, name=account.name, email=account.email)
    with transaction(act.store.engine) as session:
        session.add(
            WebSession(
                token_hash=session_key(act, secret),
                account_id=account.id,
                started_at=act.at,
                seen_at=act.at,
                second_factor_at=act.at if second_step else None,
            )
        )
        note_sign_in(session, act, account, mark)
        record(session, act.as_(person), Event.SIGNED_IN, f"account:{account.id}", second_step=second_step)
    return secret


def person_of(act: Act, secret: str) -> Person:
    """Give the person whose live session this token is, with the posts they hold now; the public otherwise.

    Posts that need a second step wait until the account has one, on every page and route (not in a demonstration).
    """
    found = _live(act, secret)
    if found is None:
        return PUBLIC
    row, account, posts = found
    if act.at - row.seen_at > _TOUCH:
        with suppress(BusyError):  # a page that is read needs no write: the next one notes that they are here
            stay(act, secret, waits=_TOUCH_WAITS)
    held = frozenset(Held(role=Role(post.role), organisation_id=post.organisation_id) for post in posts)
    waiting = frozenset(one for one in held if one.role in NEEDS_SECOND_STEP and account.totp_secret is None)
    if waiting and _is_demonstration(act):
        waiting = frozenset()
    return Person(
        id=account.id,
        name=account.name,
        email=account.email,
        position=account.position,
        posts=held - waiting,
        waiting=waiting,
    )


def _is_demonstration(act: Act) -> bool:
    with reading(act.store.engine) as session:
        return bool(session.exec(select(Partnership.demonstration)).first())


def time_left(act: Act, secret: str) -> timedelta | None:
    """Say how long the session lasts if nothing more is done; None where there is none. Asking does not lengthen it."""
    found = _live(act, secret)
    if found is None:
        return None
    row = found[0]
    return min(row.seen_at + IDLE, row.started_at + LONGEST) - act.at


def stay(act: Act, secret: str, *, waits: float = WAITS) -> None:
    """Note that the person is still here. Raises BusyError where the store takes no write within `waits` seconds."""
    with transaction(act.store.engine, waits=waits) as session:
        session.exec(
            update(WebSession)
            .where(col(WebSession.token_hash) == session_key(act, secret), col(WebSession.ended_at).is_(None))
            .values(seen_at=act.at)
        )


def end_session(act: Act, secret: str) -> None:
    """End a session: a copy of its cookie is worthless from now on."""
    with transaction(act.store.engine) as session:
        row = session.get(WebSession, session_key(act, secret))
        if row is not None and row.ended_at is None:
            row.ended_at = act.at
            session.add(row)
            record(session, act, Event.SIGNED_OUT, f"account:{row.account_id}")


def note_takeover(act: Act, address: str) -> None:
    """Record that somebody asked for the page that another browser has open, by its id; a few of one address an hour."""
    try:
        attempt(act, (_TAKEOVERS, address))
    except TooManyTriesError:
        return
    with transaction(act.store.engine) as session:
        record(session, act, Event.SESSION_TAKEOVER_REFUSED, "session:unknown")


def end_all_sessions(session: Session, act: Act, account_id: str) -> None:
    """End every session of an account, in the transaction of what made them stale (new password, closing, lost role)."""
    end_other_sessions(session, act, account_id, "")


def end_other_sessions(session: Session, act: Act, account_id: str, secret: str) -> None:
    """End every session of an account but the one whose cookie this is ('' for none)."""
    session.exec(
        update(WebSession)
        .where(
            col(WebSession.account_id) == account_id,
            col(WebSession.ended_at).is_(None),
            col(WebSession.token_hash) != (session_key(act, secret) if secret else ""),
        )
        .values(ended_at=act.at)
    )


@dataclass(frozen=True)
class LiveSession:
    """One session of a person. `id` names it and opens nothing; `here` where its cookie is the one that asks."""

    id: str
    began: datetime
    seen: datetime
    here: bool


def end_one_session(act: Act, session_id: str) -> None:
    """End one session of one's own account; that of anybody else, or one that has ended, stays as it is."""
    with transaction(act.store.engine) as session:
        row = session.get(WebSession, session_id)
        if row is not None and act.person.id and row.account_id == act.person.id and row.ended_at is None:
            row.ended_at = act.at
            session.add(row)
            record(session, act, Event.SIGNED_OUT, f"account:{row.account_id}")


def live_sessions(act: Act, secret: str = "") -> list[LiveSession]:
    """List the live sessions of the signed-in person, newest first; `secret` is the cookie of the one that asks."""
    mine = session_key(act, secret) if secret else ""
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(WebSession)
            .where(
                WebSession.account_id == act.person.id,
                col(WebSession.ended_at).is_(None),
                col(WebSession.seen_at) > act.at - IDLE,
                col(WebSession.started_at) > act.at - LONGEST,
            )
            .order_by(col(WebSession.started_at).desc())
        ).all()
    return [LiveSession(row.token_hash, row.started_at, row.seen_at, row.token_hash == mine) for row in rows]


def _live(act: Act, secret: str) -> tuple[WebSession, Account, list[Post]] | None:
    if not secret:
        return None
    with reading(act.store.engine) as session:
        row = session.get(WebSession, session_key(act, secret))
        if row is None or row.ended_at is not None or act.at - row.seen_at > IDLE:
            return None
        if not -AHEAD <= act.at - row.started_at <= LONGEST:  # one of a later day was begun while the clock was wrong
            return None
        account = session.get(Account, row.account_id)
        if account is None or account.closed_at is not None or account.id != secret.rpartition(".")[2]:
            return None
        posts = session.exec(select(Post).where(Post.account_id == account.id, col(Post.ended_at).is_(None))).all()
        return row, account, list(posts)
