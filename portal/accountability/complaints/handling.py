"""Handling a complaint: say that it came, keep each step, tell the outcome; and its deletion when its time is over."""

from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.accountability import Complaint, ComplaintStep
from portal.accountability.complaints.notifications import acknowledgement
from portal.accountability.complaints.views import find_complaint, opened_in
from portal.accountability.complaints.wording import HOW, LONGEST, NOBODY, RESULTS, TOLD
from portal.accounts.addresses import problem_with, tidy
from portal.documents.accountability import OutcomeLetter, outcome_letter
from portal.documents.layout.letterhead import letterhead
from portal.documents.seal.issuing import issue
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import next_number, reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError
from portal.ground.input.required_words import needed_words
from portal.ground.partnership import facts
from portal.ground.settings import load_settings
from portal.ground.wording import day, new_id, today
from portal.record.audit import record
from portal.record.events import Event
from portal.retention.schedule import Rule


def acknowledge(act: Act, complaint_id: str, how: str | None, on: date | None) -> None:
    """Record that whoever complained was told that it came; by e-mail the portal itself writes to them, today.

    A second time changes nothing. Raises NotFoundError, AnswersNeededError.
    """
    allow(act, Permission.HANDLE_COMPLAINTS)
    if how not in HOW:
        raise AnswersNeededError({"how": "Choose how you told them."})
    with transaction(act.store.engine) as session:
        row = find_complaint(session, act, complaint_id, lock=True)
        if row.acknowledged_on is not None:
            return
        if how == "email":
            on = today(act.at)
            acknowledgement(session, act, row, _mail_address(session, act, row))
        if on is None or not row.received_on <= on <= today(act.at):
            raise AnswersNeededError({"on": f"Enter the day you told them, from {day(row.received_on)} to today."})
        row.acknowledged_on, row.acknowledged_how, row.acknowledged_by = on, how, act.person.name
        session.add(row)
        record(session, act, Event.COMPLAINT_ACKNOWLEDGED, f"complaint:{row.id}", None, how=how, on=str(on))


def add_handling_step(act: Act, complaint_id: str, words: str, *, key: str) -> None:
    """Keep a step: whom you asked, what you put right, how you told them of progress.

    The same `key` again changes nothing. Raises NotFoundError, AnswersNeededError, AlreadyDoneError.
    """
    allow(act, Permission.HANDLE_COMPLAINTS)
    said = needed_words(words, "step", "Enter what was done.", LONGEST)
    try:
        with transaction(act.store.engine) as session:
            row = _waiting(find_complaint(session, act, complaint_id, lock=True))
            step_id = new_id()
            session.add(
                ComplaintStep(
                    id=step_id,
                    complaint_id=row.id,
                    number=next_number(session, ComplaintStep.number, ComplaintStep.complaint_id == row.id),
                    key=key,
                    at=act.at,
                    by_name=act.person.name,
                    words=act.store.vault.seal_text(said, f"complaint_step.words:{step_id}"),
                )
            )
            session.flush()
            record(session, act, Event.COMPLAINT_STEP, f"complaint:{row.id}", None)
    except IntegrityError:  # a double click: the first one's step stands
        return


def tell_outcome(act: Act, complaint_id: str, result: str | None, words: str, how: str | None) -> None:
    """Record the outcome and how whoever complained was told; the sealed letter of it can be had from then on.

    Where nothing was acknowledged before, the outcome is the acknowledgement too. The same outcome again changes nothing.
    Raises NotFoundError, AnswersNeededError, AlreadyDoneError.
    """
    allow(act, Permission.HANDLE_COMPLAINTS)
    with reading(act.store.engine) as session:
        found = find_complaint(session, act, complaint_id)
        opened = opened_in(session, act, found)
    problems = {}
    if result not in RESULTS:
        problems["result"] = "Choose what you found."
    if how not in TOLD or (how == NOBODY) == found.reachable:
        problems["told"] = "Choose how you told them."
    if problems or result is None or how is None:
        raise AnswersNeededError(problems)
    said = needed_words(words, "outcome", "Enter what you found, and what you do about it.", LONGEST)
    if (found.result, found.told_how, opened.outcome) == (result, how, said):
        return
    letter = OutcomeLetter(
        name=opened.name,
        about=opened.about,
        received_on=found.received_on,
        result=RESULTS[result],
        found=said,
        partnership=facts(act.store).name,
    )
    paper = issue(
        act,
        outcome_letter(letterhead(act, found.reference, base_url=load_settings().base_url), letter),
        found.reference,
    )
    with transaction(act.store.engine) as session:
        row = _waiting(find_complaint(session, act, complaint_id, lock=True))
        row.result, row.told_at, row.told_how, row.told_by = result, act.at, how, act.person.name
        row.outcome = act.store.vault.seal_text(said, f"complaint.outcome:{row.id}")
        row.paper = act.store.vault.seal(paper, f"complaint.paper:{row.id}")
        if row.acknowledged_on is None:
            row.acknowledged_on, row.acknowledged_how, row.acknowledged_by = today(act.at), how, act.person.name
        session.add(row)
        record(session, act, Event.COMPLAINT_ANSWERED, f"complaint:{row.id}", None, result=result, how=how)


def delete_complaints(session: Session, act: Act, rule: Rule) -> int:
    """Empty each complaint that was answered longer ago than it is kept; the line stays."""
    rows = session.exec(
        select(Complaint).where(col(Complaint.told_at) < rule.past(act.at), col(Complaint.purged_at).is_(None))
    ).all()
    for row in rows:
        row.words = row.outcome = row.paper = None
        row.purged_at = act.at
        session.add(row)
        for step in session.exec(select(ComplaintStep).where(ComplaintStep.complaint_id == row.id)).all():
            step.words = None
            session.add(step)
    return len(rows)


def _waiting(row: Complaint) -> Complaint:
    if row.told_at is not None:
        raise AlreadyDoneError(f"{row.told_by} told the outcome on {day(row.told_at)}.")
    return row


def _mail_address(session: Session, act: Act, row: Complaint) -> str:
    reach = tidy(opened_in(session, act, row).reach)
    if problem_with(reach):
        raise AnswersNeededError({"how": "What they left is not an e-mail address alone. Tell them another way."})
    return reach
