"""What became of an attendance list, for whoever holds it. It names neither the meeting nor anybody at it."""

from sqlmodel import Session, col, select

from models.meetings import Meeting, MeetingList
from portal.agreement.document_status import SUPERSEDED, DocumentStatus, HeldDocument
from portal.ground.wording import day, day_and_time


def meeting_paper(session: Session, held: HeldDocument) -> DocumentStatus | None:
    """Answer for a meeting's papers; of attendance lists the newest holds (Appendix 3)."""
    row = session.exec(select(Meeting).where(Meeting.reference == held.reference)).first()
    if row is None:
        return None
    said = f"It belongs to a meeting of {day(row.starts_at)}."
    lists = session.exec(
        select(MeetingList.sha256, MeetingList.made_at)
        .where(MeetingList.meeting_id == row.id)
        .order_by(col(MeetingList.revision).desc())
    ).all()
    if not held.sha256 or held.sha256 not in {sha256 for sha256, _made in lists}:
        return DocumentStatus(sentences=(said,))
    newest, made_at = lists[0]
    if held.sha256 == newest:
        return DocumentStatus(sentences=(said, "It is the newest attendance list of that meeting."))
    return DocumentStatus(
        sentences=(said, f"A newer attendance list of that meeting was made on {day_and_time(made_at)}."),
        ending=SUPERSEDED,
    )
