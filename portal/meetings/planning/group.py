"""Who keeps what belongs to a group and not to one meeting: its present Chair, and the Information Manager (Appendix 6)."""

from datetime import timedelta

from sqlmodel import Session, col, select

from models.meetings import Meeting
from portal.ground.act import Act, Role
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.meetings.errors import NotYourMeetingError
from portal.meetings.meeting import for_keeper, leads

_ONE_DAY = timedelta(days=1)


def kept_by(session: Session, act: Act, meeting_id: str) -> Meeting:
    """Find a meeting for those who keep its group's list of members: the present Chair and the Information Manager.

    Since the chair rotates, somebody who chaired once and does so no more keeps nothing. Raises NotAllowedError or
    NotFoundError.
    """
    row = for_keeper(session, act, meeting_id)
    if not (act.person.holds(Role.MANAGER) or _presides(session, act, row)):
        raise NotFoundError
    return row


def led_by(session: Session, act: Act, meeting_id: str) -> Meeting:
    """Find a meeting for the present Chair of its group, who alone inducts members.

    Raises NotAllowedError, NotFoundError, or NotYourMeetingError where the person may only look.
    """
    row = kept_by(session, act, meeting_id)
    if not _presides(session, act, row):
        raise NotYourMeetingError
    return row


def keeps(act: Act, meeting_id: str) -> bool:
    """Say whether the person keeps the list of members of a meeting's group."""
    with reading(act.store.engine) as session:
        row = session.get_one(Meeting, meeting_id)
        return act.person.holds(Role.MANAGER) or _presides(session, act, row)


def _presides(session: Session, act: Act, row: Meeting) -> bool:
    """Say whether the person chairs this meeting, and a meeting of its group to come or the last one that was held."""
    group = select(Meeting.chair_id).where(Meeting.name == row.name)
    to_come = group.where(col(Meeting.closed_at).is_(None), col(Meeting.starts_at) > act.at - _ONE_DAY)
    last = group.where(col(Meeting.closed_at).is_not(None)).order_by(col(Meeting.starts_at).desc()).limit(1)
    present = {*session.exec(to_come).all(), *session.exec(last).all()}
    return leads(act, row.chair_id) and act.person.id in present
