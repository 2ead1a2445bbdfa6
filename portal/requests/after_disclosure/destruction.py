"""The end of the recipient's keeping: one question. Gone, with a certificate for the originator, or (`retention_extension`) still needed."""

import hashlib

from sqlmodel import Session, col, select

from models.accounts import Account
from models.after_disclosure import OnwardSharing, RecipientCopy
from models.requests import Decision, InformationRequest
from portal.agreement.notices.standing import take_turn
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.calendar.noted import not_ahead
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.wording import reference, today
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.after_disclosure.copies import HOLDS, copy_row, may_end_copy, recipients_of
from portal.requests.after_disclosure.destruction_certificate import HOW, destruction_certificate
from portal.requests.entitlement import note_opening, request_row
from portal.requests.notifications import tell
from portal.requests.participants import closed_bodies, people_of
from portal.requests.reminders import WAITS, working_days


def say_gone(act: Act, request_id: str, how: str, *, promised: bool) -> str:
    """Certify that every copy is gone; returns the reference of the sealed certificate (clause s12.personal-retention).

    From then on the answer opens for the recipient no more, and questions about passing it on lapse. A second time
    gives the same certificate. For those to whom it opens, and the approvers of the organisation that asked. Once that is
    closed, for whoever acts for the holder: they record what somebody who acted for it told them.

    Raises AnswersNeededError without the way it was done and the promise.
    """
    allow(act, Permission.ASK)
    problems = {} if how in HOW else {"how": "Choose how it was destroyed."}
    if not promised:
        problems["promise"] = "Confirm that no copy is left, or leave this for now."
    with reading(act.store.engine) as session:
        row, copy = _copy_to_end(session, act, request_id, lock=False)
        decision = session.exec(select(Decision).where(Decision.request_id == row.id)).one()
    if copy.certificate_reference:
        return copy.certificate_reference
    if problems:
        raise AnswersNeededError(problems)
    stamp = reference()
    pdf = destruction_certificate(act, row, decision, copy, how, stamp)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row, copy = _copy_to_end(session, act, request_id, lock=True)
        if copy.certificate_reference:
            return copy.certificate_reference
        copy.certificate_reference, copy.certificate_sha256 = stamp, hashlib.sha256(pdf).hexdigest()
        copy.certificate = act.store.vault.seal(pdf, f"recipient_copy.certificate:{row.id}")
        _end(session, act, row, copy, how)
    return stamp


def _copy_to_end(
    session: Session, act: Act, request_id: str, *, lock: bool
) -> tuple[InformationRequest, RecipientCopy]:
    row, side, copy = copy_row(session, act, request_id, lock=lock)
    if not may_end_copy(session, act, row, side):
        raise NotFoundError
    return row, copy


def _end(session: Session, act: Act, row: InformationRequest, copy: RecipientCopy, how: str) -> None:
    copy.status, copy.turn_since = "gone", act.at
    copy.gone_at, copy.gone_by, copy.gone_how = act.at, act.person.name, how
    session.add(copy)
    for wish in session.exec(
        select(OnwardSharing).where(OnwardSharing.request_id == row.id, OnwardSharing.status == "waiting")
    ):
        wish.status = "lapsed"
        session.add(wish)
    record(session, act, Event.COPY_GONE, f"request:{row.id}", row.asking_organisation_id, how=how)
    tell(session, act, "request-gone", row, people_of(session, row.holding_organisation_id))


def certificate_pdf(act: Act, request_id: str) -> tuple[str, bytes]:
    """Give the certificate of destruction: its reference and the bytes; the opening is recorded. For both sides."""
    allow(act, Permission.ASK)
    with reading(act.store.engine) as session:
        row, _ = request_row(session, act, request_id)
        copy = session.get(RecipientCopy, row.id)
    if copy is None or copy.certificate is None:
        raise NotFoundError
    note_opening(act, Event.CERTIFICATE_OPENED, f"request:{row.id}")
    place = f"recipient_copy.certificate:{row.id}"
    return str(copy.certificate_reference), act.store.vault.open(copy.certificate, place)


def remind_of_keeping(act: Act) -> int:
    """Ask, once the time is over and every five working days after that, whether it is gone; returns how many."""
    asked = 0
    with transaction(act.store.engine) as session:
        take_turn(session)
        rows = session.exec(
            select(InformationRequest, RecipientCopy)
            .join(RecipientCopy, col(RecipientCopy.request_id) == col(InformationRequest.id))
            .where(col(RecipientCopy.status).in_(HOLDS), col(RecipientCopy.keep_until) < today(act.at))
        ).all()
        closed = closed_bodies(session, {row.asking_organisation_id for row, _ in rows})
        for row, copy in rows:
            before = not_ahead(copy.reminded_at, act.at)
            first = before is None or today(before) <= copy.keep_until
            if not first and working_days(before or act.at, act.at) < WAITS:
                continue
            told = tell(session, act, "request-keeping-over", row, _answerable(session, row))
            if not first and row.asking_organisation_id not in closed:  # nobody there could say it: that was told then
                told += tell(
                    session, act, "request-keeping-overdue", row, people_of(session, row.holding_organisation_id)
                )
            if not told:
                continue
            copy.reminded_at = act.at
            session.add(copy)
            record(session, act, Event.KEEPING_ENDED, f"request:{row.id}", row.asking_organisation_id)
            asked += 1
    return asked


def _answerable(session: Session, row: InformationRequest) -> list[Account]:
    """List those who may say that it is gone: who can open it and, were they all to leave, the approvers there."""
    return recipients_of(session, row) or people_of(session, row.asking_organisation_id, Role.APPROVER)
