"""What became of a sharing statement, an access request's record or a privacy notice, for whoever holds the paper."""

from sqlmodel import Session, col, select

from models.statements import AccessRequest, PrivacyNotice, SharingStatement
from portal.agreement.document_status import SUPERSEDED, WITHDRAWN, DocumentStatus, HeldDocument
from portal.ground.wording import day


def statement_paper(session: Session, held: HeldDocument) -> DocumentStatus | None:
    """Answer for a sharing statement: in force, replaced by a newer one, or ended (clause app5.statement)."""
    row = session.exec(select(SharingStatement).where(SharingStatement.reference == held.reference)).first()
    if row is None:
        return None
    said = "It is a sharing statement."
    if row.ended_at is None:
        since = f"It came into force on {day(row.in_force_at)}." if row.in_force_at else "It is not yet in force."
        return DocumentStatus(sentences=(said, since))
    if row.status == "replaced":
        return DocumentStatus(
            sentences=(said, f"A newer statement took its place on {day(row.ended_at)}."), ending=SUPERSEDED
        )
    return DocumentStatus(sentences=(said, f"It was ended on {day(row.ended_at)}."), ending=WITHDRAWN)


def access_paper(session: Session, held: HeldDocument) -> DocumentStatus | None:
    """Answer for the record of an access request; it stays as it was decided (clause s5.consult-originator)."""
    row = session.exec(select(AccessRequest).where(AccessRequest.reference == held.reference)).first()
    if row is None:
        return None
    said = f"It was decided on {day(row.decided_at)}." if row.decided_at else "It is not decided yet."
    return DocumentStatus(sentences=("It belongs to an access request.", said))


def privacy_notice(session: Session, held: HeldDocument) -> DocumentStatus | None:
    """Answer for a privacy notice: of an organisation's notices the newest holds (clause s6.fair-obtaining)."""
    row = session.exec(select(PrivacyNotice).where(PrivacyNotice.reference == held.reference)).first()
    if row is None:
        return None
    said = f"It is a privacy notice, made on {day(row.made_at)}."
    newer = session.exec(
        select(PrivacyNotice.made_at)
        .where(PrivacyNotice.organisation_id == row.organisation_id, col(PrivacyNotice.number) > row.number)
        .order_by(col(PrivacyNotice.number).desc())
    ).first()
    if newer is None:
        return DocumentStatus(sentences=(said, "It is the newest notice of its organisation."))
    return DocumentStatus(sentences=(said, f"Its organisation made a newer one on {day(newer)}."), ending=SUPERSEDED)
