"""How far a meeting's minutes have come, and what a change to them undoes."""

from enum import StrEnum

from sqlmodel import Session

from models.minutes import MeetingMinutes
from portal.ground.errors import AlreadyDoneError


class MinutesStage(StrEnum):
    """Where the minutes of a meeting stand."""

    WRITTEN = "written"
    CIRCULATED = "circulated"
    FINAL = "final"
    PUBLISHED = "published"


def stage_of(row: MeetingMinutes | None) -> MinutesStage:
    """Say how far minutes have come; those that nobody has begun stand as written."""
    if row is None or row.circulated_at is None:
        return MinutesStage.WRITTEN
    if row.final_at is None:
        return MinutesStage.CIRCULATED
    return MinutesStage.FINAL if row.published_at is None else MinutesStage.PUBLISHED


def refuse_if_final(session: Session, meeting_id: str) -> None:
    """Raise AlreadyDoneError where a meeting's minutes are final: its record is closed with them."""
    row = session.get(MeetingMinutes, meeting_id)
    if row is not None and row.final_at is not None:
        raise AlreadyDoneError("The minutes of this meeting are final. Record it at the next meeting.")


def reopen(session: Session, meeting_id: str) -> None:
    """Take minutes back from circulation because what they say changes: they are checked and sent again.

    Raises AlreadyDoneError where they are final.
    """
    refuse_if_final(session, meeting_id)
    row = session.get(MeetingMinutes, meeting_id)
    if row is not None and row.circulated_at is not None:
        row.circulated_at, row.grounds, row.marking = None, "", ""
        session.add(row)
        session.flush()
