"""Who may be told: the people in the closed session of a meeting, and how each of them can read (s6, need to know)."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.accounts import Account, Post
from models.meetings import Attendance, Meeting, Undertaking
from portal.accounts.names import called
from portal.agreement.register.successors import bodies_now
from portal.ground.act import Act
from portal.ground.database import reading
from portal.meetings.check_in.attendees import KnownAttendee, opened
from portal.meetings.errors import NotYourMeetingError
from portal.meetings.meeting import for_keeper, leads


@dataclass(frozen=True, kw_only=True)
class NeedToKnowReader:
    """Somebody on the list. `account_id` is '' where they have no account, and get what they may read on paper."""

    line_id: str
    name: str
    organisation: str
    account_id: str = ""

    @property
    def title(self) -> str:
        """Give the name and organisation, and how they read."""
        return f"{self.name}, {self.organisation} ({'reads it here' if self.account_id else 'gets it on paper'})"


def hearers(act: Act, meeting_id: str) -> list[NeedToKnowReader]:
    """List who is in the closed session, for the meeting's Chair: only they can have needed to know (s6).

    Raises NotAllowedError, NotFoundError or NotYourMeetingError.
    """
    with reading(act.store.engine) as session:
        led_to_read(session, act, meeting_id)
        return present(session, act, meeting_id, closed=True)


def present(session: Session, act: Act, meeting_id: str, *, closed: bool) -> list[NeedToKnowReader]:
    """List who is on the list and not struck out, in the order of signing; `closed` leaves out who had to go."""
    query = (
        select(Attendance, Undertaking)
        .join(Undertaking)
        .where(Attendance.meeting_id == meeting_id, col(Attendance.struck_at).is_(None))
        .order_by(col(Attendance.signed_at), col(Attendance.id))
    )
    if closed:
        query = query.where(col(Attendance.stayed_at).is_not(None))
    found = []
    for line, undertaking in session.exec(query).all():
        known = opened(act, undertaking)
        account = _account_of(session, act, known, undertaking.organisation_id)
        found.append(
            NeedToKnowReader(
                line_id=line.id, name=known.name, organisation=known.organisation, account_id=account or ""
            )
        )
    return found


def led_to_read(session: Session, act: Act, meeting_id: str) -> Meeting:
    """Find a meeting's row for its Chair, without locking it.

    Raises NotAllowedError, NotFoundError, or NotYourMeetingError where the person may only look at other things.
    """
    row = for_keeper(session, act, meeting_id)
    if not leads(act, row.chair_id):
        raise NotYourMeetingError
    return row


def _account_of(session: Session, act: Act, known: KnownAttendee, organisation_id: str | None) -> str | None:
    """Find the one account of somebody at the door: of their name (also one they had), and of their address or organisation.

    What it opens, it opens to whoever signs in to that account, never to a name that was typed at a door.
    """
    live = select(Account).where(col(Account.closed_at).is_(None))
    found = session.exec(live.where(Account.email == known.email.lower())).all() if known.email else []
    if not found and organisation_id:
        now = bodies_now(session, [organisation_id])
        acting = select(Post.account_id).where(col(Post.organisation_id).in_(now), col(Post.ended_at).is_(None))
        found = session.exec(live.where(col(Account.id).in_(acting))).all()
    same = [one.id for one in called(act, found, known.name)]
    return same[0] if len(same) == 1 else None
