"""Erasing who signed for an organisation long after it left, and what old reviews found (s12, s16)."""

import json
from datetime import datetime

from sqlmodel import Session, col, delete, or_, select

from models.agreements import Notice, PaperScan, Signature, SignedCopy, Standing
from models.reviews import AgreementReview
from portal.agreement.notices.standing import SignatoryStatus
from portal.ground.act import Act
from portal.retention.schedule import Rule


def erase_signers(session: Session, act: Act, rule: Rule) -> int:
    """Erase who signed and who gave notice for organisations that left long ago, and signatures that were declined.

    That the organisation signed, when, and which words, stays: the register and the record say so without a person.
    """
    before = rule.past(act.at)
    left = select(Standing.organisation_id).where(
        Standing.status == SignatoryStatus.LEFT.value, col(Standing.ends_at).is_(None), col(Standing.begins_at) < before
    )
    signatures = session.exec(
        select(Signature).where(
            Signature.email_hash != "",
            or_(
                col(Signature.organisation_id).in_(left),
                (col(Signature.status) == "declined") & (col(Signature.ended_at) < before),
            ),
        )
    ).all()
    for row in signatures:
        _erase(session, act, row)
    notices = session.exec(select(Notice).where(Notice.given_by != "", col(Notice.organisation_id).in_(left))).all()
    for notice in notices:
        _blank_notice(session, act, notice)
    return len(signatures) + len(notices)


def delete_reviews(session: Session, act: Act, rule: Rule) -> int:
    """Delete old reviews of the agreement; the newest stays, since the next day of review follows from it."""
    newest = session.exec(select(AgreementReview.id).order_by(col(AgreementReview.reviewed_on).desc())).first()
    before: datetime = rule.past(act.at)
    old = delete(AgreementReview).where(
        col(AgreementReview.next_on) < before.date(), col(AgreementReview.id) != (newest or "")
    )
    return session.exec(old).rowcount


def _erase(session: Session, act: Act, row: Signature) -> None:
    vault, nobody = act.store.vault, {"name": "", "position": "", "email": "", "typed": ""}
    row.signer = vault.seal_text(json.dumps(nobody), f"signature.signer:{row.id}")
    row.drawing = vault.seal(b"", f"signature.drawing:{row.id}") if row.drawing is not None else None
    row.email_hash, row.decision_words = "", None
    session.add(row)
    session.exec(delete(PaperScan).where(col(PaperScan.signature_id) == row.id))
    session.exec(delete(SignedCopy).where(col(SignedCopy.subject) == f"signature:{row.id}"))


def _blank_notice(session: Session, act: Act, row: Notice) -> None:
    place = f"notice.words:{row.id}"
    known: dict[str, str] = json.loads(act.store.vault.open_text(row.words, place))
    row.words = act.store.vault.seal_text(json.dumps(dict.fromkeys(known, "")), place)
    row.given_by = ""
    session.add(row)
    session.exec(delete(SignedCopy).where(col(SignedCopy.subject) == f"notice:{row.id}"))
