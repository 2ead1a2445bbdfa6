"""What became of the letter that told the outcome of a complaint, for whoever holds it."""

from sqlmodel import Session, select

from models.accountability import Complaint
from portal.agreement.document_status import DocumentStatus, HeldDocument
from portal.ground.wording import day


def outcome_paper(session: Session, held: HeldDocument) -> DocumentStatus | None:
    """Answer for the letter; it says nothing of the complaint."""
    row = session.exec(select(Complaint).where(Complaint.reference == held.reference)).first()
    if row is None:
        return None
    said = f"It was answered on {day(row.told_at)}." if row.told_at else "It is not answered yet."
    return DocumentStatus(sentences=("It belongs to a complaint about how information is used.", said))
