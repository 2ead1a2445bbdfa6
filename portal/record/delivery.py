"""Sending what waits, by a mail server or GOV.UK Notify: a letter is claimed in one short transaction, sent outside it, and its outcome noted in another."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from time import monotonic
from urllib.parse import unquote, urlsplit

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select, update

from models.record import Message
from portal.ground.act import Store
from portal.ground.database import transaction
from portal.record.govuk_notify import SCHEMES, Notify
from portal.record.outbox import GOOD_FOR, SECRET_MARK, unsent

_TIMEOUT = 15  # seconds to wait for each answer of the mail server
_ROUND = 60  # seconds after which a round takes no more letters: the next one goes on
_CLAIMED = timedelta(minutes=3)  # longer than one letter can take; after a crash somebody else takes it then
_APART = timedelta(hours=1)  # between the clocks of two senders, and the moments at which each began
_WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=2),
)
_MOST_REFUSALS = 3  # of an address that the mail server refuses for good
_SERVER_AWAY = timedelta(minutes=1)
_FOR_GOOD = range(500, 600)
_AWAY = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPHeloError,
    ConnectionError,
    TimeoutError,
)


@dataclass(frozen=True, kw_only=True)
class MailRoute:
    """How letters go: the address of the mail server or of Notify, and whom they come from."""

    smtp_url: str
    sender: str


@dataclass(frozen=True)
class _Claimed:
    id: str
    letter: EmailMessage | None  # None where it cannot be made: its seal is damaged, or the address cannot be written
    why: str = ""


class _ServerAwayError(Exception):
    """The mail server does not answer, or takes nothing from us: no letter is to blame."""


def deliver(store: Store, route: MailRoute, at: datetime, *, give_up: bool = True) -> int:
    """Send what waits over one connection; returns how many went.

    A letter that fails waits longer each time, from a minute to two days, while the others go; one that its server
    refuses for good three times, or that is too old to be of use, is given up. Where the server does not answer,
    nothing is held against a letter. A crash between sending and noting sends one letter twice, with one Message-ID.
    Without `give_up` none is too old: nobody knows what day it is.
    """
    began, sent = monotonic(), 0
    if give_up:
        _give_up_old(store, at)
    claimed = _claim(store, route, at)
    if claimed is None:
        return 0
    try:
        with _connection(route.smtp_url) as server:
            while claimed is not None:
                now = at + timedelta(seconds=monotonic() - began)
                sent += _send(store, server, claimed, now)
                over = monotonic() - began > _ROUND
                claimed = None if over else _claim(store, route, now)
    except _ServerAwayError as error:
        if claimed is not None:
            _wait_for_server(store, claimed.id, at, type(error.__cause__).__name__)
    return sent


def _give_up_old(store: Store, at: datetime) -> None:
    old = or_(
        col(Message.good_until) <= at, col(Message.good_until).is_(None) & (col(Message.queued_at) <= at - GOOD_FOR)
    )
    with transaction(store.engine) as session:
        session.exec(update(Message).where(unsent(), old).values(given_up_at=at, last_error="TooOld"))


def _is_over(until: datetime | None, at: datetime, longest: timedelta) -> ColumnElement[bool]:
    """Say of a column whether its wait is over; one that is longer than any was set while the clock was wrong."""
    return or_(col(until).is_(None), col(until) <= at, col(until) > at + longest + _APART)


def _claim(store: Store, route: MailRoute, at: datetime) -> _Claimed | None:
    """Take the oldest letter whose time has come, so that nobody else sends it; None where there is none."""
    with transaction(store.engine) as session:
        message = session.exec(
            select(Message)
            .where(
                unsent(),
                _is_over(Message.next_try_at, at, _WAITS[-1]),
                _is_over(Message.claimed_until, at, _CLAIMED),
            )
            .order_by(col(Message.queued_at))
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if message is None:
            return None
        message.claimed_until = at + _CLAIMED
        session.add(message)
    try:
        return _Claimed(message.id, _letter(store, message, route.sender, at))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one letter, the others must go
        return _Claimed(message.id, None, type(error).__name__)


def _send(store: Store, server: smtplib.SMTP | Notify, claimed: _Claimed, at: datetime) -> int:
    if claimed.letter is None:
        return _failed(store, claimed.id, at, claimed.why, for_good=True)
    try:
        server.send_message(claimed.letter)
    except _AWAY as error:
        raise _ServerAwayError from error
    except Exception as error:  # noqa: BLE001 - an address or a text that cannot be sent counts against that letter alone
        return _failed(store, claimed.id, at, type(error).__name__, for_good=_is_for_good(error))
    with transaction(store.engine) as session:
        message = _held(session, claimed.id)
        message.sent_at, message.secret, message.last_error, message.claimed_until = at, None, "", None
        session.add(message)
    return 1


def _is_for_good(error: Exception) -> bool:
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            return all(code in _FOR_GOOD for code, _ in refused.values())
        case smtplib.SMTPResponseException(smtp_code=code):
            return code in _FOR_GOOD
    return True  # this letter cannot be put into the words of mail


def _failed(store: Store, message_id: str, at: datetime, why: str, *, for_good: bool) -> int:
    with transaction(store.engine) as session:
        message = _held(session, message_id)
        message.tries += 1
        message.last_error, message.claimed_until = why, None
        message.next_try_at = at + _WAITS[min(message.tries, len(_WAITS)) - 1]
        if for_good and message.tries >= _MOST_REFUSALS:
            message.given_up_at = at
        session.add(message)
    return 0


def _wait_for_server(store: Store, message_id: str, at: datetime, why: str) -> None:
    """Note on every letter that waits that the server is away; none of them is nearer to its end for it."""
    with transaction(store.engine) as session:
        session.exec(
            update(Message)
            .where(unsent(), _is_over(Message.next_try_at, at, _WAITS[-1]))
            .values(next_try_at=at + _SERVER_AWAY, last_error=why)
        )
        message = _held(session, message_id)
        message.claimed_until = None
        session.add(message)


def _held(session: Session, message_id: str) -> Message:
    return session.exec(select(Message).where(Message.id == message_id).with_for_update()).one()


def _letter(store: Store, message: Message, sender: str, at: datetime) -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = sender
    letter["To"] = store.vault.open_text(message.to, f"message.to:{message.id}")
    letter["Subject"] = message.subject
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"  # the same on every try: a repeat can be told
    letter["Auto-Submitted"] = "auto-generated"  # nobody's absence note answers it (RFC 3834)
    secret = store.vault.open_text(message.secret, f"message.secret:{message.id}") if message.secret else ""
    letter.set_content(store.vault.open_text(message.body, f"message.body:{message.id}").replace(SECRET_MARK, secret))
    if not letter["To"].addresses or letter["To"].defects:
        raise ValueError("no address")
    return letter


@contextmanager
def _connection(smtp_url: str) -> Iterator[smtplib.SMTP | Notify]:
    try:
        server = _connected(smtp_url)
    except (OSError, ValueError) as error:  # every error of smtplib is an OSError
        raise _ServerAwayError from error
    try:
        yield server
    finally:
        try:
            server.quit()
        except OSError:
            server.close()


def _connected(smtp_url: str) -> smtplib.SMTP | Notify:
    parts = urlsplit(smtp_url)
    if parts.scheme in SCHEMES:
        return Notify(smtp_url, timeout=_TIMEOUT)
    host = parts.hostname or "127.0.0.1"
    context = ssl.create_default_context()
    server: smtplib.SMTP = (
        smtplib.SMTP_SSL(host, parts.port or 465, timeout=_TIMEOUT, context=context)
        if parts.scheme == "smtps"
        else smtplib.SMTP(host, parts.port or 25, timeout=_TIMEOUT)
    )
    try:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server
