"""The outbox: messages are queued in the transaction of the act they tell of, and sent afterwards."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, col, select, update

from models.record import Message
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import NotFoundError
from portal.ground.vault import Vault
from portal.ground.wording import day_and_time, new_id, one_line
from portal.record.audit import record
from portal.record.events import Event

SECRET_MARK = "[[secret]]"  # noqa: S105 - where the link or code stands in a body
STILL_WORKS = timedelta(days=7)  # an invitation, the longest-lived link that is handed over
_WHY = {
    "TooOld": "it waited until it was of no more use",
    "SMTPRecipientsRefused": "the mail server refused the address",
    "ConnectionRefusedError": "the mail server cannot be reached",
    "TimeoutError": "the mail server does not answer",
    "SMTPServerDisconnected": "the mail server does not answer",
    "SMTPAuthenticationError": "the mail server refused the portal's name or password",
    "SMTPSenderRefused": "the mail server refused the address that the portal writes from",
    "gaierror": "the mail server's name is not known",
    "NotifyAwayError": "GOV.UK Notify does not answer, or takes no more for now",
    "NotifySettingsError": "GOV.UK Notify refused the portal's key or template",
    "NotifyAddressError": "GOV.UK Notify refused the address",
    "ValueError": "the setting for mail cannot be used",
    "DamagedSecretError": "what was kept of it cannot be opened",
}
GOOD_FOR = timedelta(days=7)  # a letter older than that confuses more than it tells


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message to send. The subject carries nothing private; the body may hold SECRET_MARK where `secret` goes.

    It is not sent once it is older than `good_for`, nor once what it is `about` ("request:<id>") is settled.
    """

    template: str
    to: str
    subject: str
    body: str
    secret: str = ""
    about: str = ""
    good_for: timedelta = GOOD_FOR


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
    given_up_at: datetime | None
    next_try_at: datetime | None

    @property
    def state(self) -> str:
        """Say why it is not sent yet, and what happens next; '' where it simply waits its turn."""
        why = (
            _WHY.get(self.last_error, f"the mail server did not take it ({self.last_error})") if self.last_error else ""
        )
        if self.given_up_at is not None:
            return f"Not sent, and not tried again since {day_and_time(self.given_up_at)}: {why}."
        then = f" The portal tries again after {day_and_time(self.next_try_at)}." if self.next_try_at else ""
        return f"Not sent yet: {why}.{then}" if why else ""


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
            good_until=act.at + letter.good_for,
            about=letter.about,
        )
    )
    return message_id


def settle(session: Session, act: Act, about: str) -> None:
    """Keep unsent, in the open transaction, what waits about a thing that is settled now: news of yesterday misleads."""
    session.exec(
        update(Message)
        .where(col(Message.about) == about, col(Message.sent_at).is_(None), col(Message.settled_at).is_(None))
        .values(settled_at=act.at)
    )


def unsent() -> ColumnElement[bool]:
    """Say, of a message, that it is to be sent: neither sent, shown, settled nor given up."""
    over = (Message.sent_at, Message.secret_shown_at, Message.settled_at, Message.given_up_at)
    return and_(*(col(moment).is_(None) for moment in over))


def try_again(act: Act) -> int:
    """Try now whatever was not sent and is still of use, also what was given up; returns how many. For the manager."""
    allow(act, Permission.READ_OUTBOX)
    with transaction(act.store.engine) as session:
        rows = session.exec(
            select(Message).where(
                col(Message.sent_at).is_(None),
                col(Message.secret_shown_at).is_(None),
                col(Message.settled_at).is_(None),
                col(Message.good_until) > act.at,
            )
        ).all()
        for row in rows:
            row.next_try_at, row.given_up_at, row.tries = None, None, 0
            session.add(row)
        record(session, act, Event.POST_TRIED_AGAIN, "outbox", count=len(rows))
    return len(rows)


def given_up(act: Act) -> tuple[int, datetime | None]:
    """Count the messages that the portal stopped trying to send within the last week, and give when the first was."""
    allow(act, Permission.READ_OUTBOX)
    with reading(act.store.engine) as session:
        count, first = session.exec(
            select(func.count(), func.min(col(Message.given_up_at))).where(
                col(Message.given_up_at) > act.at - STILL_WORKS, col(Message.secret_shown_at).is_(None)
            )
        ).one()
    return count, first


def waiting(act: Act, *, page: int = 1, size: int = 20) -> tuple[list[QueuedMessage], int]:
    """List a page of the messages that wait, and how many there are, for the Information Manager. Secrets stay hidden.

    Those with a link or code to hand over come first, then the newest.
    """
    allow(act, Permission.READ_OUTBOX)
    vault = act.store.vault
    here = col(Message.sent_at).is_(None) & col(Message.settled_at).is_(None)
    with reading(act.store.engine) as session:
        total = session.exec(select(func.count()).select_from(Message).where(here)).one()
        rows = session.exec(
            select(Message)
            .where(here)
            .order_by(col(Message.secret).is_(None), col(Message.queued_at).desc())
            .offset((max(page, 1) - 1) * size)
            .limit(size)
        ).all()
    return [_shown(vault, row) for row in rows], total


def to_hand_over(act: Act) -> tuple[int, datetime | None]:
    """Count the links and codes that still work and that nobody has opened, and give when the oldest was written."""
    allow(act, Permission.READ_OUTBOX)
    works = (
        col(Message.queued_at) > act.at - STILL_WORKS,
        col(Message.good_until).is_(None) | (col(Message.good_until) > act.at),
        col(Message.settled_at).is_(None),
    )
    with reading(act.store.engine) as session:
        count, oldest = session.exec(
            select(func.count(), func.min(col(Message.queued_at))).where(
                col(Message.sent_at).is_(None), col(Message.secret).is_not(None), *works
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
        given_up_at=row.given_up_at,
        next_try_at=row.next_try_at,
    )


def show_secret(act: Act, message_id: str) -> str:
    """Show a message's secret link or code once, to be handed over in person; that it was shown is recorded.

    Raises NotFoundError where there is none, or it was shown or sent already.
    """
    allow(act, Permission.READ_OUTBOX)
    with transaction(act.store.engine) as session:
        message = session.exec(select(Message).where(Message.id == message_id).with_for_update()).first()
        if message is not None and message.claimed_until is not None and message.claimed_until > act.at:
            raise NotFoundError("This message is being sent right now. Look again in a few minutes.")
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
