"""What only the body itself can say for a paper: asked once, kept, and used each time that the paper is made."""

import json
from collections.abc import Mapping

from sqlmodel import Session, select

from models.accountability import AccountabilityAnswers
from portal.accountability.papers.entitlement import may_keep, may_read
from portal.accountability.papers.kinds import PaperSubject
from portal.agreement.notices.standing import take_turn
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError, PortalError
from portal.ground.wording import clock, new_id, paragraphs
from portal.record.audit import record
from portal.record.events import Event

LONGEST = 2000


def answers(act: Act, subject: PaperSubject) -> dict[str, str]:
    """Give what was answered so far; '' where nothing was. Raises NotFoundError."""
    if not may_read(act, subject):
        raise NotFoundError
    with reading(act.store.engine) as session:
        return answers_in(session, act, subject)


def answers_in(session: Session, act: Act, subject: PaperSubject) -> dict[str, str]:
    """Give the answers, in an open session; the caller has checked who asks."""
    row = session.exec(select(AccountabilityAnswers).where(AccountabilityAnswers.subject == subject.code)).first()
    kept = json.loads(act.store.vault.open_text(row.words, _place(row.id))) if row else {}
    return {one.key: str(kept.get(one.key, "")) for one in subject.kind.questions}


def save_answers(
    act: Act, subject: PaperSubject, typed: Mapping[str, str], *, was: Mapping[str, str] | None = None
) -> None:
    """Keep the answers; what is empty stays open, and nothing can be signed before it is filled in.

    `was`: the answers as the writer was shown them; what a colleague answered since stays. Raises NotFoundError,
    AnswersNeededError, or PortalError where both changed the same answer.
    """
    if not may_keep(act, subject):
        raise NotFoundError
    said = {one.key: paragraphs(typed.get(one.key, "")) for one in subject.kind.questions}
    problems = {key: f"Use {LONGEST:,} characters or fewer." for key, words in said.items() if len(words) > LONGEST}
    if problems:
        raise AnswersNeededError(problems)
    with transaction(act.store.engine) as session:
        take_turn(session)
        stands = answers_in(session, act, subject)
        row = session.exec(select(AccountabilityAnswers).where(AccountabilityAnswers.subject == subject.code)).first()
        if was is not None and row is not None:
            mine = {key: words for key, words in said.items() if words != was[key]}
            if any(stands[key] not in {was[key], words} for key, words in mine.items()):
                raise PortalError(
                    f"{row.saved_by} saved the same answer at {clock(row.saved_at)}, while you wrote. Nothing was "
                    "changed. Copy your words, open this page again, and put them in."
                )
            said = {**stands, **mine}
        if stands == said:
            return
        answers_id = row.id if row else new_id()
        words = act.store.vault.seal_text(json.dumps(said, ensure_ascii=False), _place(answers_id))
        if row is None:
            row = AccountabilityAnswers(
                id=answers_id,
                subject=subject.code,
                organisation_id=subject.organisation_id,
                words=words,
                saved_at=act.at,
                saved_by=act.person.name,
            )
        row.words, row.saved_at, row.saved_by = words, act.at, act.person.name
        session.add(row)
        subject_id = f"accountability:{subject.code}"
        record(session, act, Event.ACCOUNTABILITY_ANSWERED, subject_id, subject.organisation_id)


def _place(answers_id: str) -> str:
    return f"accountability_answers.words:{answers_id}"
