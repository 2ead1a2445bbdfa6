"""What became of a return's certificate, for whoever holds it. It says nothing of what was sent."""

from sqlmodel import Session, select

from models.returns import Return
from portal.agreement.document_status import SUPERSEDED, WITHDRAWN, DocumentStatus, HeldDocument
from portal.ground.wording import day
from portal.rules.datasets.catalogue import data_set
from portal.rules.datasets.quarters import Quarter


def return_paper(session: Session, held: HeldDocument) -> DocumentStatus | None:
    """Answer for a certificate: it stands, a corrected return took its place, or it was withdrawn."""
    row = session.exec(select(Return).where(Return.reference == held.reference)).first()
    if row is None:
        return None
    about = f"{data_set(row.data_set).title}, {Quarter.parse(row.quarter).months}"
    said = f"It is the certificate of a return: {about}. It was sent on {day(row.sent_at)}."
    if row.ended_at is None:
        return DocumentStatus(sentences=(said, "The return stands."))
    if row.ended_why == "replaced":
        return DocumentStatus(
            sentences=(said, f"A corrected return took its place on {day(row.ended_at)}."), ending=SUPERSEDED
        )
    return DocumentStatus(sentences=(said, f"The return was withdrawn on {day(row.ended_at)}."), ending=WITHDRAWN)
