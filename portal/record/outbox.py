"""The outbox: messages are queued in the transaction of the act they tell of, and sent afterwards."""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.record import Message
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Store
from portal.ground.database import reading, transaction
from portal.ground.errors import NotFoundError
from portal.ground.vault import Vault
from portal.ground.wording import new_id, one_line
from portal.record.audit import record
from portal.record.events import Event

SECRET_MARK = "[[secret]]"  # noqa: S105 - where the link or code stands in a body
STILL_WORKS = timedelta(days=7)  # an invitation, the longest-lived link that is handed over
_MOST_TRIES = 10
_TIMEOUT = 15  # seconds to wait for the mail server


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message to send. The subject carries nothing private; the body may hold SECRET_MARK where `secret` goes."""

    template: str
    to: str
    subject: str
    body: str
    secret: str = ""


@dataclass(frozen=True, kw_only=True)
class QueuedMessage:
    """A queued message as the manager sees it: without its secret."""

    id: str
    to: str
    subject: str
    body: str
    queued_at: datetime
    sent_at: datetime | None
    has_secret: bool
    secret_shown_at: datetime | None
    secret_shown_by: str | None
    last_error: str


def post(session: Session, act: Act, letter: Letter) -> str:
    """Queue a message in the open transaction; returns its id. Address, body and secret are sealed."""
    message_id, vault = new_id(), act.store.vault
    session.add(
        Message(
            id=message_id,
            template=letter.template,
            to=vault.seal_text(one_line(letter.to), f"message.to:{message_id}"),
            subject=one_line(letter.subject),
            body=vault.seal_text(letter.body, f"message.body:{message_id}"),
            secret=vault.seal_text(letter.secret, f"message.secret:{message_id}") if letter.secret else None,
            queued_at=act.at,
        )
    )
    return message_id


def waiting(act: Act, *, page: int = 1, size: int = 20) -> tuple[list[QueuedMessage], int]:
    """List a page of the messages that wait, and how many there are, for the Information Manager. Secrets stay hidden.

    Those with a link or code to hand over come first, then the newest.
    """
    allow(act, Permission.READ_OUTBOX)
    vault = act.store.vault
    unsent = col(Message.sent_at).is_(None)
    with reading(act.store.engine) as session:
        total = session.exec(select(func.count()).select_from(Message).where(unsent)).one()
        rows = session.exec(
            select(Message)
            .where(unsent)
            .order_by(col(Message.secret).is_(None), col(Message.queued_at).desc())
            .offset((max(page, 1) - 1) * size)
            .limit(size)
        ).all()
    return [_shown(vault, row) for row in rows], total


def to_hand_over(act: Act) -> tuple[int, datetime | None]:
    """Count the links and codes that may still work and that nobody has opened, and give when the oldest was written."""
    allow(act, Permission.READ_OUTBOX)
    fresh = col(Message.queued_at) > act.at - STILL_WORKS
    with reading(act.store.engine) as session:
        count, oldest = session.exec(
            select(func.count(), func.min(col(Message.queued_at))).where(
                col(Message.sent_at).is_(None), col(Message.secret).is_not(None), fresh
            )
        ).one()
    return count, oldest


def _shown(vault: Vault, row: Message) -> QueuedMessage:
    return QueuedMessage(
        id=row.id,
        to=vault.open_text(row.to, f"message.to:{row.id}"),
        subject=row.subject,
        body=vault.open_text(row.body, f"message.body:{row.id}"),
        queued_at=row.queued_at,
        sent_at=row.sent_at,
        has_secret=row.secret is not None,
        secret_shown_at=row.secret_shown_at,
        secret_shown_by=row.secret_shown_by,
        last_error=row.last_error,
    )


def show_secret(act: Act, message_id: str) -> str:
    """Show a message's secret link or code once, to be handed over in person; that it was shown is recorded.

    Raises NotFoundError where there is none, or it was shown or sent already.
    """
    allow(act, Permission.READ_OUTBOX)
    with transaction(act.store.engine) as session:
        message = session.get(Message, message_id)
        if (
            message is None
            or message.secret is None
            or message.secret_shown_at is not None
            or message.sent_at is not None
        ):
            raise NotFoundError("This link or code was shown or sent already. Ask for a new one.")
        secret = act.store.vault.open_text(message.secret, f"message.secret:{message.id}")
        message.secret_shown_at, message.secret_shown_by, message.secret = act.at, act.person.name, None
        session.add(message)
        record(session, act, Event.SECRET_SHOWN, f"message:{message.id}", template=message.template)
    return secret


def deliver(store: Store, smtp_url: str, sender: str, at: datetime) -> int:
    """Send what waits, each in its own transaction, so that none goes twice after a crash between two of them.

    Returns how many went. A message that fails stays, with the kind of failure and no personal data.
    """
    with reading(store.engine) as session:
        ids = session.exec(
            select(Message.id)
            .where(col(Message.sent_at).is_(None), col(Message.secret_shown_at).is_(None), Message.tries < _MOST_TRIES)
            .order_by(col(Message.queued_at))
        ).all()
    return sum(_deliver_one(store, smtp_url, sender, at, message_id) for message_id in ids)


def _deliver_one(store: Store, smtp_url: str, sender: str, at: datetime, message_id: str) -> int:
    with transaction(store.engine) as session:
        message = session.exec(select(Message).where(Message.id == message_id).with_for_update()).one()
        if message.sent_at is not None or message.secret_shown_at is not None:
            return 0
        message.tries += 1
        try:
            _send(smtp_url, _letter(store, message, sender))
        except (OSError, smtplib.SMTPException) as error:
            message.last_error = type(error).__name__
            session.add(message)
            return 0
        message.sent_at, message.secret, message.last_error = at, None, ""
        session.add(message)
        return 1


def _letter(store: Store, message: Message, sender: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = sender
    letter["To"] = store.vault.open_text(message.to, f"message.to:{message.id}")
    letter["Subject"] = message.subject
    letter["Message-ID"] = f"<{message.id}@portal.invalid>"  # the same on every try, so that a repeat can be told
    secret = store.vault.open_text(message.secret, f"message.secret:{message.id}") if message.secret else ""
    letter.set_content(store.vault.open_text(message.body, f"message.body:{message.id}").replace(SECRET_MARK, secret))
    return letter


def _send(smtp_url: str, letter: EmailMessage) -> None:
    parts = urlsplit(smtp_url)
    server = parts.hostname or "127.0.0.1"
    context = ssl.create_default_context()
    connection: smtplib.SMTP = (
        smtplib.SMTP_SSL(server, parts.port or 465, timeout=_TIMEOUT, context=context)
        if parts.scheme == "smtps"
        else smtplib.SMTP(server, parts.port or 25, timeout=_TIMEOUT)
    )
    with connection as open_connection:
        if parts.scheme == "smtp+starttls":
            open_connection.starttls(context=context)
        if parts.username:
            open_connection.login(unquote(parts.username), unquote(parts.password or ""))
        open_connection.send_message(letter)
