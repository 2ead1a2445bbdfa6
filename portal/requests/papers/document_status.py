"""What became of a request, an answer or a certificate, for whoever holds the paper. It names neither a person nor an organisation."""

from sqlmodel import Session, select

from models.after_disclosure import RecipientCopy
from models.requests import Decision, InformationRequest
from portal.agreement.document_status import WITHDRAWN, DocumentStatus, HeldDocument
from portal.ground.wording import day
from portal.requests.audit_pack.record_extract import is_pack
from portal.requests.lists import kind_in_words

_ANSWERED = {
    "disclose": "what was asked for was shared",
    "in_part": "part of it was shared",
    "refuse": "it was refused",
}


def request_paper(session: Session, held: HeldDocument) -> DocumentStatus | None:
    """Answer for a request, its answer and its audit packs, which share a reference (clause s6.disclosure-in-writing).

    After its content is deleted the line still says what kind it was, and when (clause s12.personal-retention).
    """
    row = session.exec(select(InformationRequest).where(InformationRequest.reference == held.reference)).first()
    if row is None:
        return None
    decision = session.exec(select(Decision).where(Decision.request_id == row.id)).first()
    stands = _stands(session, row, decision)
    if is_pack(session, row.id, held.sha256):
        return DocumentStatus(
            sentences=("It is an audit pack, and shows how a request stood when it was made.", *stands)
        )
    if row.withdrawn_at is not None:
        return DocumentStatus(sentences=("It belongs to a request.", *stands), ending=WITHDRAWN)
    is_answer = decision is not None and held.sha256 == decision.paper_sha256
    return DocumentStatus(
        sentences=("It is the answer to a request." if is_answer else "It belongs to a request.", *stands)
    )


def _stands(session: Session, row: InformationRequest, decision: Decision | None) -> tuple[str, ...]:
    if row.withdrawn_at is not None:
        return (f"The request was withdrawn on {day(row.withdrawn_at)}.",)
    if decision is None:
        return ("The request waits for its answer.",)
    if row.purged_at is not None:
        return (
            f"The kind of information asked for: {kind_in_words(row)}.",
            f"It was sent on {day(row.sent_at)} and answered on {day(decision.decided_at)}.",
            f"The answer was that {_ANSWERED[decision.outcome]}.",
            f"What it said was deleted on {day(row.purged_at)}, when its keeping time was over.",
        )
    copy = session.get(RecipientCopy, row.id)
    gone = (f"What was shared was destroyed on {day(copy.gone_at)}.",) if copy and copy.gone_at else ()
    return (f"The request was answered on {day(decision.decided_at)}. The answer stands.", *gone)


def certificate_paper(session: Session, held: HeldDocument) -> DocumentStatus | None:
    """Answer for a certificate of destruction (clause s12.personal-retention)."""
    copy = session.exec(select(RecipientCopy).where(RecipientCopy.certificate_reference == held.reference)).first()
    if copy is None or copy.gone_at is None:
        return None
    given = f"It was given on {day(copy.gone_at)} and stands."
    return DocumentStatus(sentences=("It is a certificate that what was shared is destroyed.", given))
