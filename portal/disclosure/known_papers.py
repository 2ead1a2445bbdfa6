"""What became of a request or an answer, for whoever holds the paper. It names neither a person nor an organisation."""

from sqlmodel import Session, select

from models.disclosures import Decision, InformationRequest
from portal.agreement.known_papers import WITHDRAWN, Became, Held
from portal.wording import day


def request_paper(session: Session, held: Held) -> Became | None:
    """Answer for a request and for its answer, which share a reference (clause s6.disclosure-in-writing)."""
    row = session.exec(select(InformationRequest).where(InformationRequest.reference == held.reference)).first()
    if row is None:
        return None
    if row.withdrawn_at is not None:
        return Became(
            sentences=("It belongs to a request.", f"The request was withdrawn on {day(row.withdrawn_at)}."),
            ending=WITHDRAWN,
        )
    decision = session.exec(select(Decision).where(Decision.request_id == row.id)).first()
    if decision is None:
        return Became(sentences=("It belongs to a request.", "The request waits for its answer."))
    what = "It is the answer to a request." if held.sha256 == decision.paper_sha256 else "It belongs to a request."
    return Became(sentences=(what, f"The request was answered on {day(decision.decided_at)}. The answer stands."))
