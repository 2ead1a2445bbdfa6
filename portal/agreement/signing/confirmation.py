"""The Information Manager's check of a signature: confirm, ask or decline, each with its words (s16)."""

from collections.abc import Callable

from sqlmodel import Session

from models.agreements import Signature
from models.organisations import Organisation
from portal.agreement.errors import CannotSignError, OwnSignatureError, SignatureAlreadyDecidedError
from portal.agreement.notices.standing import SignatoryStatus, begin_standing, standing_of, take_turn
from portal.agreement.reach import Reach
from portal.agreement.register.organisations import check_there
from portal.agreement.signing.evidence import is_own, open_signer, signature_row
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import transaction
from portal.ground.input.required_words import needed_words
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify

CHECK_DAYS = 5  # working days in which the Information Manager promises to check a signature
_REASON_LENGTH = 1000
RECORDED = "You recorded this paper, so another Information Manager must check it against its scan."
_DONE = {"confirmed": "confirmed", "declined": "declined", "asked": "asked a question about"}


def confirm(act: Act, signature_id: str, *, how: str, reach: Reach) -> None:
    """Confirm a signature, saying how the right to sign was checked; only then does the register show it.

    Where no mail could check the signer's address, `how` says that too. Of two managers one wins, and the other is told
    who and when; the same manager may run it twice. Raises AnswersNeededError, OwnSignatureError, AlreadyDecidedError,
    CannotSignError, NotFoundError.
    """
    said = needed_words(how, "words", "Say how you checked that the person may sign", _REASON_LENGTH)

    def change(session: Session, row: Signature, organisation: Organisation) -> str:
        stands = standing_of(session, check_there(organisation).id)
        if stands is not None and stands.status is SignatoryStatus.SUSPENDED:
            raise CannotSignError(f"{organisation.name} has stopped sharing for now. It must start again first.")
        if row.email_checked_at is None:
            row.email_checked_at, row.email_checked_how = act.at, "paper" if row.method == "paper" else "manager"
        if row.email_checked_how == "manager":
            record(session, act, Event.EMAIL_CONFIRMED, f"signature:{row.id}", organisation_id=organisation.id)
        organisation.protocol_signatory = True
        session.add(organisation)
        begin_standing(
            session, organisation.id, SignatoryStatus.SIGNED, (row.id, row.edition), at=act.at, since=row.signed_at
        )
        return reach.link(f"/register?organisation={organisation.slug}")

    _decide(act, signature_id, "confirmed", said, change)


def ask(act: Act, signature_id: str, *, question: str) -> None:
    """Ask the signer a question; the signature goes on waiting. Raises as `confirm` does."""
    said = needed_words(question, "words", "Enter your question", _REASON_LENGTH)

    _decide(act, signature_id, "asked", said, lambda *_: "")


def decline(act: Act, signature_id: str, *, reason: str) -> None:
    """Decline a signature with a reason, which the signer is told; the organisation may sign again. Raises as `confirm`."""
    said = needed_words(reason, "words", "Enter the reason", _REASON_LENGTH)

    def change(_session: Session, row: Signature, _organisation: Organisation) -> str:
        row.ended_at = act.at
        return ""

    _decide(act, signature_id, "declined", said, change)


_EVENTS = {
    "confirmed": Event.SIGNATURE_CONFIRMED,
    "asked": Event.SIGNATURE_QUERIED,
    "declined": Event.SIGNATURE_DECLINED,
}


def _decide(
    act: Act,
    signature_id: str,
    status: str,
    words: str,
    change: Callable[[Session, Signature, Organisation], str],
) -> None:
    """Decide in one transaction. `change` does what this decision alone does, and gives a link for the letter or ''."""
    allow(act, Permission.CONFIRM_SIGNATURES)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row, organisation = signature_row(session, signature_id)
        if is_own(act, row):
            raise OwnSignatureError(RECORDED if row.method == "paper" else None)
        if _is_settled(act, row, status, words):
            return
        link = change(session, row, organisation)
        row.status, row.decided_at = status, act.at
        row.decided_by, row.decided_by_name = act.person.id, act.person.name
        row.decision_words = act.store.vault.seal_text(words, f"signature.decision:{row.id}")
        session.add(row)
        record(
            session, act, _EVENTS[status], f"signature:{row.id}", organisation_id=organisation.id, edition=row.edition
        )
        notify(
            session,
            act,
            f"signature-{status}",
            open_signer(act.store, row)["email"],  # '' of a signer on paper whose address is not known
            organisation=organisation.name,
            reference=row.reference,
            words=words,
            link=link,
        )


def _is_settled(act: Act, row: Signature, status: str, words: str) -> bool:
    """Say whether this very decision is made already; raises where another one is, or the signature is over."""
    if row.decided_by is not None and row.decided_at is not None:
        repeated = row.decided_by == act.person.id and row.status == status
        if repeated and (status != "asked" or _same_words(act, row, words)):
            return True
        if row.status != "asked":
            raise SignatureAlreadyDecidedError(row.decided_by_name or "Somebody", _DONE[row.status], row.decided_at)
    if row.ended_at is not None:
        raise CannotSignError("The organisation has left the agreement since. It can sign again.")
    return False


def _same_words(act: Act, row: Signature, words: str) -> bool:
    kept = row.decision_words
    return kept is not None and act.store.vault.open_text(kept, f"signature.decision:{row.id}") == words
