"""After a report: each step recorded as it is taken, reminders of the regulator's clock, and the closing with its lesson."""

from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.breaches import Breach, BreachStep
from portal.agreement.notices.standing import take_turn
from portal.breaches.notifications import everybody, tell
from portal.breaches.reporting import LONGEST
from portal.breaches.views import find_breach, opened_in
from portal.breaches.wording import REGULATOR, STEPS, ClosedError, NotContainedError
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.calendar.working_calendar import years_after
from portal.ground.database import next_number, transaction
from portal.ground.errors import AnswersNeededError
from portal.ground.input.required_words import needed_words
from portal.ground.wording import new_id, today
from portal.record.audit import record
from portal.record.events import Event
from portal.retention.schedule import rule

_SOON = timedelta(hours=24)  # before the regulator's time ends
KEPT_YEARS = rule("losses").keep.years  # after the closing


def add_step(act: Act, breach_id: str, kind: str, words: str, *, key: str) -> None:
    """Record a step: contained, people told, the regulator told or why not, or another (clause s9.breach).

    Who the loss concerns is told that a step was recorded, not which. The same `key` again changes nothing.
    Raises NotFoundError, AnswersNeededError, ClosedError.
    """
    allow(act, Permission.REPORT_BREACH)
    said = needed_words(words, "words", "Enter what was done. Name nobody.", LONGEST)
    if kind not in STEPS:
        raise AnswersNeededError({"step": "Choose what was done."})
    try:
        with transaction(act.store.engine) as session:
            row = _open_row(session, act, breach_id)
            step_id = new_id()
            session.add(
                BreachStep(
                    id=step_id,
                    breach_id=row.id,
                    number=next_number(session, BreachStep.number, BreachStep.breach_id == row.id),
                    key=key,
                    kind=kind,
                    at=act.at,
                    by_name=act.person.name,
                    organisation_id=act.person.organisation_id,
                    words=act.store.vault.seal_text(said, f"breach_step.words:{step_id}"),
                )
            )
            session.flush()
            record(session, act, Event.BREACH_STEP, f"breach:{row.id}", None, step=kind)
            tell(session, act, "breach-step", row, everybody(session, act, row.id))
    except IntegrityError:  # a double click: the first one's step stands
        return


def close_breach(act: Act, breach_id: str, lesson: str) -> None:
    """Close a loss with what is done differently from now on. For the Information Manager.

    Raises NotContainedError while a step is missing, AnswersNeededError without a lesson, ClosedError, NotFoundError.
    """
    allow(act, Permission.CLOSE_BREACH)
    said = needed_words(lesson, "lesson", "Enter what you do differently from now on.", LONGEST)
    with transaction(act.store.engine) as session:
        row = _open_row(session, act, breach_id)
        missing = opened_in(session, act, row).missing
        if missing:
            raise NotContainedError(missing)
        row.closed_at, row.closed_by = act.at, act.person.name
        row.lesson = act.store.vault.seal_text(said, f"breach.lesson:{row.id}")
        session.add(row)
        hours = int((act.at - row.reported_at).total_seconds() // 3600)
        record(session, act, Event.BREACH_CLOSED, f"breach:{row.id}", None, hours=hours)
        tell(session, act, "breach-closed", row, everybody(session, act, row.id))


def remind_of_breaches(act: Act) -> int:
    """Remind, once each, a day before the regulator's time ends and when it is over; returns how many. Safe to run twice."""
    sent = 0
    with transaction(act.store.engine) as session:
        rows = session.exec(
            select(Breach)
            .where(col(Breach.closed_at).is_(None), col(Breach.regulator_by).is_not(None))
            .with_for_update()
        ).all()
        for row in rows:
            what = _what(session, act, row)
            if what and what != row.reminded:
                row.reminded = what
                session.add(row)
                record(session, act, Event.BREACH_REMINDED, f"breach:{row.id}", None, about=what)
                tell(session, act, f"breach-{what}", row, everybody(session, act, row.id))
                sent += 1
    return sent


def purge_breaches(act: Act) -> int:
    """Delete what was written of each loss closed longer ago than it is kept; the line stays, and a record says so."""
    with transaction(act.store.engine) as session:
        take_turn(session)
        rows = session.exec(
            select(Breach).where(col(Breach.closed_at).is_not(None), col(Breach.purged_at).is_(None))
        ).all()
        due = [row for row in rows if row.closed_at and today(act.at) > years_after(today(row.closed_at), KEPT_YEARS)]
        for row in due:
            steps = session.exec(select(BreachStep).where(BreachStep.breach_id == row.id)).all()
            row.words = row.lesson = None
            row.purged_at = act.at
            for step in steps:
                step.words = None
            session.add_all([row, *steps])
            record(session, act, Event.BREACH_PURGED, f"breach:{row.id}", None, kind=row.kind, steps=len(steps))
    return len(due)


def _what(session: Session, act: Act, row: Breach) -> str:
    kinds = session.exec(select(BreachStep.kind).where(BreachStep.breach_id == row.id)).all()
    if row.regulator_by is None or set(kinds) & REGULATOR:
        return ""
    if act.at > row.regulator_by:
        return "late"
    return "soon" if row.regulator_by - act.at <= _SOON else ""


def _open_row(session: Session, act: Act, breach_id: str) -> Breach:
    row = find_breach(session, act, breach_id, lock=True)
    if row.closed_at is not None:
        raise ClosedError(row.closed_by or "", row.closed_at)
    return row
