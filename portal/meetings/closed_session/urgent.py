"""An urgent wish to pass something on: from whoever signed, by their phone, to the Chair, who decides (App 2 point 5)."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, or_, select

from models.accounts import Account
from models.meetings import Attendance, KnownPhone, Meeting, Undertaking
from models.minutes import UrgentWish
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotFoundError
from portal.ground.rate_limits import Limit, attempt
from portal.ground.vault import token_hash
from portal.ground.wording import paragraphs
from portal.meetings.check_in.attendees import at_the_door, opened
from portal.meetings.closed_session.need_to_know import led_to_read
from portal.meetings.closed_session.wish import WORDS_LENGTH, WishDetails, checked_wish, write_wish
from portal.meetings.meeting import for_chair
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify

WISHES = Limit(kind="urgent-wish", most=10, within=timedelta(hours=1))
_MEETINGS = 12  # of one phone, the newest


@dataclass(frozen=True, kw_only=True)
class Attended:
    """A meeting whose list a phone's holder signed."""

    meeting_id: str
    name: str
    starts_at: datetime
    chair_name: str


@dataclass(frozen=True, kw_only=True)
class AnsweredWish:
    """A wish with its answer; `allowed` is None while the Chair has not decided. `asker` is only for the Chair."""

    id: str
    meeting_name: str
    wish: WishDetails
    asked_at: datetime
    decided_at: datetime | None
    decided_by: str
    allowed: bool | None
    reason: str
    asker: str = ""


def attended(act: Act, secret: str) -> list[Attended]:
    """List the meetings that whoever holds a secret signed for, newest first; nothing for an unknown secret."""
    if not secret:
        return []
    with reading(act.store.engine) as session:
        return [
            Attended(meeting_id=row.id, name=row.name, starts_at=row.starts_at, chair_name=row.chair_name)
            for _, row in _lines(session, secret)
        ]


def ask(act: Act, secret: str, key: str, meeting_id: str, wish: WishDetails, *, base_url: str = "") -> None:
    """Ask the Chair of a meeting whether something may be passed on (clause app2.urgent-permission).

    Args:
        act: by anybody; having signed for that meeting with this secret is what permits it.
        secret: the phone's own.
        key: made when the form was shown: sending it twice asks once.
        meeting_id: the meeting where it was heard.
        wish: what, to whom, and why it cannot wait.
        base_url: the portal's own address for the message to the Chair; '' sends none.

    Raises NotFoundError (did not sign there), TooManyTriesError or AnswersNeededError (what, to, why).
    """
    tidy = checked_wish(wish)
    holder = token_hash(secret)
    attempt(act, (WISHES, holder))
    by = act.as_(at_the_door(holder))
    try:
        with transaction(act.store.engine) as session:
            found = next(((line, row) for line, row in _lines(session, secret) if row.id == meeting_id), None)
            if found is None:
                raise NotFoundError
            line, meeting = found
            row_id = write_wish(session, act, line, key, tidy)
            chair = session.get_one(Account, meeting.chair_id)
            if base_url:
                link = f"{base_url}/meeting-wishes?id={meeting.id}"
                notify(session, by, "urgent-wish", chair.email, link=link, about=f"wish:{meeting.id}")
            record(session, by, Event.WISH_ASKED, f"meeting:{meeting.id}", wish=row_id, line=line.id)
    except IntegrityError:
        return


def asked_by(act: Act, secret: str) -> list[AnsweredWish]:
    """List the wishes of whoever holds a secret, newest first, with the Chair's answers."""
    if not secret:
        return []
    with reading(act.store.engine) as session:
        lines = {line.id: row.name for line, row in _lines(session, secret)}
        rows = session.exec(
            select(UrgentWish).where(col(UrgentWish.line_id).in_(lines)).order_by(col(UrgentWish.asked_at).desc())
        ).all()
        return [_shown(act, row, lines[row.line_id]) for row in rows]


def wishes(act: Act, meeting_id: str) -> list[AnsweredWish]:
    """List the wishes at a meeting for its Chair, those that wait first. Raises NotFoundError or NotYourMeetingError."""
    with reading(act.store.engine) as session:
        meeting = led_to_read(session, act, meeting_id)
        rows = session.exec(
            select(UrgentWish, Attendance, Undertaking)
            .join(Attendance, col(UrgentWish.line_id) == Attendance.id)
            .join(Undertaking, col(Attendance.undertaking_id) == Undertaking.id)
            .where(UrgentWish.meeting_id == meeting_id)
            .order_by(col(UrgentWish.decided_at).is_not(None), col(UrgentWish.asked_at))
        ).all()
        found = []
        for row, _, undertaking in rows:
            known = opened(act, undertaking)
            found.append(_shown(act, row, meeting.name, f"{known.name}, {known.organisation}"))
        return found


def waiting_wishes(act: Act) -> dict[str, list[datetime]]:
    """Give when each wish was asked that a Chair has not decided, by the meeting; without what it says.

    Raises NotAllowedError.
    """
    allow(act, Permission.CHAIR_MEETING)
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(UrgentWish.meeting_id, UrgentWish.asked_at)
            .join(Meeting, col(UrgentWish.meeting_id) == Meeting.id)
            .where(Meeting.chair_id == act.person.id, col(UrgentWish.decided_at).is_(None))
            .order_by(col(UrgentWish.asked_at))
        ).all()
    found: dict[str, list[datetime]] = {}
    for meeting_id, asked_at in rows:
        found.setdefault(meeting_id, []).append(asked_at)
    return found


def decide(act: Act, wish_id: str, reason: str, *, allowed: bool | None) -> None:
    """Decide a wish, with the reason in law (clause app2.urgent-permission); the phone then sees it.

    Raises NotAllowedError, NotFoundError, AlreadyDoneError or AnswersNeededError (allowed, reason).
    """
    why = paragraphs(reason)
    problems = {} if allowed is not None else {"allowed": "Choose yes or no."}
    if not why or len(why) > WORDS_LENGTH:
        problems["reason"] = "Enter your reason: which law allows it, or why it does not."
    if problems:
        raise AnswersNeededError(problems)
    with transaction(act.store.engine) as session:
        row = session.exec(select(UrgentWish).where(UrgentWish.id == wish_id).with_for_update()).first()
        if row is None:
            raise NotFoundError
        for_chair(session, act, row.meeting_id)
        if row.decided_at is not None:
            raise AlreadyDoneError("You have decided this already.")
        row.decided_at, row.decided_by, row.allowed = act.at, act.person.name, allowed
        row.reason = act.store.vault.seal_text(why, f"urgent_wish.reason:{row.id}")
        session.add(row)
        record(session, act, Event.WISH_DECIDED, f"meeting:{row.meeting_id}", wish=row.id, allowed=allowed)


def _lines(session: Session, secret: str) -> list[tuple[Attendance, Meeting]]:
    """Find the lines of whoever holds a secret; a phone known by an e-mailed link sees none from before it was known."""
    holder = token_hash(secret)
    since = select(KnownPhone.undertaking_id).where(
        KnownPhone.holder_hash == holder, col(KnownPhone.at) <= col(Attendance.signed_at)
    )
    rows = session.exec(
        select(Attendance, Meeting)
        .join(Meeting, col(Attendance.meeting_id) == Meeting.id)
        .join(Undertaking, col(Attendance.undertaking_id) == Undertaking.id)
        .where(
            or_(col(Undertaking.holder_hash) == holder, col(Undertaking.id).in_(since)),
            col(Attendance.struck_at).is_(None),
        )
        .order_by(col(Meeting.starts_at).desc())
        .limit(_MEETINGS)
    ).all()
    return [(line, meeting) for line, meeting in rows]


def _shown(act: Act, row: UrgentWish, meeting_name: str, asker: str = "") -> AnsweredWish:
    vault = act.store.vault
    return AnsweredWish(
        id=row.id,
        meeting_name=meeting_name,
        wish=WishDetails(**json.loads(vault.open_text(row.words, f"urgent_wish.words:{row.id}"))),
        asked_at=row.asked_at,
        decided_at=row.decided_at,
        decided_by=row.decided_by or "",
        allowed=row.allowed,
        reason=vault.open_text(row.reason, f"urgent_wish.reason:{row.id}") if row.reason else "",
        asker=asker,
    )
