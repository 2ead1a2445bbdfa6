"""Who writes the minutes of one meeting: its Chair, and the colleague whom the Chair names for it (Appendix 6)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.accounts import Account
from models.meetings import Meeting, MinuteTaker
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.meetings.closed_session.need_to_know import led_to_read
from portal.meetings.meeting import for_chair
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify


@dataclass(frozen=True, kw_only=True)
class MinuteTakerLine:
    """Somebody who may write a meeting's minutes."""

    account_id: str
    name: str
    since: datetime


@dataclass(frozen=True, kw_only=True)
class MinuteTaking:
    """A meeting whose minutes somebody was asked to write."""

    meeting_id: str
    name: str
    starts_at: datetime
    closed: bool


def takers(act: Act, meeting_id: str) -> list[MinuteTakerLine]:
    """List whom the Chair named to write a meeting's minutes. Raises NotFoundError or NotYourMeetingError."""
    with reading(act.store.engine) as session:
        led_to_read(session, act, meeting_id)
        rows = session.exec(
            select(MinuteTaker, Account.name)
            .join(Account, col(MinuteTaker.account_id) == Account.id)
            .where(MinuteTaker.meeting_id == meeting_id)
            .order_by(Account.name)
        ).all()
        return [MinuteTakerLine(account_id=row.account_id, name=name, since=row.named_at) for row, name in rows]


def name_taker(act: Act, meeting_id: str, email: str, *, base_url: str = "") -> None:
    """Name a colleague with an account to write the minutes of this meeting, and of no other. Naming twice is once.

    Args:
        act: by the meeting's Chair, who still answers for the minutes and alone sends them out.
        meeting_id: the meeting.
        email: the address of their account.
        base_url: the portal's own address for the message; '' sends none.

    Raises NotAllowedError, NotFoundError or AnswersNeededError (email).
    """
    with transaction(act.store.engine) as session:
        meeting = for_chair(session, act, meeting_id)
        account = session.exec(
            select(Account).where(Account.email == email.strip().lower(), col(Account.closed_at).is_(None))
        ).first()
        if account is None or account.id == meeting.chair_id:
            raise AnswersNeededError(
                {"email": "Enter the address of a colleague's account. The Information Manager can invite them."}
            )
        if session.get(MinuteTaker, (meeting_id, account.id)) is not None:
            return
        row = MinuteTaker(meeting_id=meeting_id, account_id=account.id, named_at=act.at, named_by=act.person.name)
        session.add(row)
        if base_url:
            link, about = f"{base_url}/minutes-write?id={meeting.id}", f"minutes:{meeting.id}"
            notify(session, act, "minutes-asked", account.email, reference=meeting.reference, link=link, about=about)
        record(session, act, Event.MINUTE_TAKER_NAMED, f"meeting:{meeting_id}", account=account.id)


def end_taker(act: Act, meeting_id: str, account_id: str) -> None:
    """End somebody's right to write the minutes of a meeting. Ending twice is once. Raises NotFoundError."""
    with transaction(act.store.engine) as session:
        for_chair(session, act, meeting_id)
        row = session.get(MinuteTaker, (meeting_id, account_id))
        if row is not None:
            session.delete(row)
            record(session, act, Event.MINUTE_TAKER_ENDED, f"meeting:{meeting_id}", account=account_id)


def asked_to_write(act: Act) -> list[MinuteTaking]:
    """List the meetings whose minutes somebody was asked to write, newest first. Raises NotAllowedError."""
    allow(act, Permission.READ_MEETING_PAPERS)
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(Meeting)
            .join(MinuteTaker, col(MinuteTaker.meeting_id) == Meeting.id)
            .where(MinuteTaker.account_id == act.person.id)
            .order_by(col(Meeting.starts_at).desc())
        ).all()
        return [
            MinuteTaking(meeting_id=row.id, name=row.name, starts_at=row.starts_at, closed=row.closed_at is not None)
            for row in rows
        ]


def for_writer(session: Session, act: Act, meeting_id: str, *, lock: bool = True) -> Meeting:
    """Find a meeting's row for its Chair, or for whom the Chair named to write its minutes; locked where it will change.

    Raises NotAllowedError, NotFoundError, or NotYourMeetingError where the person may only look at other things.
    """
    if session.get(MinuteTaker, (meeting_id, act.person.id)) is None:
        return for_chair(session, act, meeting_id) if lock else led_to_read(session, act, meeting_id)
    allow(act, Permission.READ_MEETING_PAPERS)
    wanted = select(Meeting).where(Meeting.id == meeting_id)
    row = session.exec(wanted.with_for_update() if lock else wanted).first()
    if row is None:
        raise NotFoundError
    return row
