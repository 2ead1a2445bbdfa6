"""What became of a paper of accountability, for whoever holds it."""

from sqlmodel import Session, select

from models.accountability import AccountabilityPaper
from portal.accountability.papers.views import signatures_of, subject_of
from portal.agreement.document_status import SUPERSEDED, DocumentStatus, HeldDocument
from portal.ground.wording import counted, day


def accountability_paper(session: Session, held: HeldDocument) -> DocumentStatus | None:
    """Answer for a paper: signed by how many of how many, and whether a newer one took its place."""
    row = session.exec(select(AccountabilityPaper).where(AccountabilityPaper.reference == held.reference)).first()
    if row is None:
        return None
    kind, signed = subject_of(row).kind, len(signatures_of(session, row.id))
    said = (
        f"It is a paper on data protection ({kind.title}), made on {day(row.made_at)}.",
        f"It is signed by {counted(signed, 'person', 'people')} of {kind.signatures}.",
    )
    if row.ended_at is not None:
        return DocumentStatus(
            sentences=(*said, f"A newer one took its place on {day(row.ended_at)}."), ending=SUPERSEDED
        )
    return DocumentStatus(sentences=said)
