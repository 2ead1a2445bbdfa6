"""What became of a request or an answer, for whoever holds the paper. It names neither a person nor an organisation."""

from sqlmodel import Session, select

from models.disclosures import Decision, InformationRequest
from portal.agreement.known_papers import WITHDRAWN, Became, Held
from portal.disclosure.pack_record import is_pack
from portal.wording import day


def request_paper(session: Session, held: Held) -> Became | None:
    """Answer for a request, its answer and its audit packs, which share a reference (clause s6.disclosure-in-writing)."""
    row = session.exec(select(InformationRequest).where(InformationRequest.reference == held.reference)).first()
    if row is None:
        return None
    decision = session.exec(select(Decision).where(Decision.request_id == row.id)).first()
    stands = _stands(row, decision)
    if is_pack(session, row.id, held.sha256):
        return Became(sentences=("It is an audit pack, and shows how a request stood when it was made.", stands))
    if row.withdrawn_at is not None:
        return Became(sentences=("It belongs to a request.", stands), ending=WITHDRAWN)
    is_answer = decision is not None and held.sha256 == decision.paper_sha256
    return Became(sentences=("It is the answer to a request." if is_answer else "It belongs to a request.", stands))


def _stands(row: InformationRequest, decision: Decision | None) -> str:
    if row.withdrawn_at is not None:
        return f"The request was withdrawn on {day(row.withdrawn_at)}."
    if decision is None:
        return "The request waits for its answer."
    return f"The request was answered on {day(decision.decided_at)}. The answer stands."
