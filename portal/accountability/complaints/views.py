"""Reading complaints, for whoever handles them: the list without a word of them, and one that lies open."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.accountability import Complaint, ComplaintStep
from portal.ground.access import Permission, allow, may
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.ground.wording import day
from portal.record.audit import history_in_words
from portal.record.events import Event
from portal.requests.views import note_opening


@dataclass(frozen=True, kw_only=True)
class ComplaintLine:
    """A complaint in a list: nothing of what was written, and nobody's name."""

    id: str
    reference: str
    received_on: date
    acknowledge_by: date
    acknowledged_on: date | None
    reachable: bool
    told_at: datetime | None
    result: str

    def stands(self, on: date) -> str:
        """Say in a few words how it stands."""
        if self.told_at is not None:
            return f"Answered on {day(self.told_at)}"
        if self.acknowledged_on is not None:
            return "To be answered without delay"
        return f"{'Late: say' if self.acknowledge_by < on else 'Say'} that it came, by {day(self.acknowledge_by)}"

    def standing(self, on: date) -> str:
        """Give the tint that goes with it."""
        if self.told_at is not None:
            return "done"
        return "stopped" if self.acknowledged_on is None and self.acknowledge_by < on else "waiting"


@dataclass(frozen=True, kw_only=True)
class HandlingStep:
    """One step taken about a complaint."""

    at: datetime
    by: str
    words: str


@dataclass(frozen=True, kw_only=True)
class OpenedComplaint:
    """A complaint as it lies open before whoever handles it."""

    line: ComplaintLine
    came: str
    logged_by: str
    name: str
    reach: str
    about: str
    acknowledged_how: str
    acknowledged_by: str
    steps: tuple[HandlingStep, ...]
    outcome: str
    told_how: str
    told_by: str
    purged_at: datetime | None


def complaints(act: Act) -> list[ComplaintLine]:
    """List the complaints, those that wait for an answer first, the oldest first; then the answered, the newest first."""
    allow(act, Permission.HANDLE_COMPLAINTS)
    with reading(act.store.engine) as session:
        rows = session.exec(select(Complaint).order_by(col(Complaint.received_on), col(Complaint.logged_at))).all()
    lines = [_line(row) for row in rows]
    return [*(one for one in lines if one.told_at is None), *reversed([one for one in lines if one.told_at])]


def open_complaint(act: Act, complaint_id: str) -> OpenedComplaint:
    """Open a complaint, and record it. Raises NotFoundError."""
    with reading(act.store.engine) as session:
        opened = opened_in(session, act, find_complaint(session, act, complaint_id))
    note_opening(act, Event.COMPLAINT_OPENED, f"complaint:{complaint_id}")
    return opened


def complaint_pdf(act: Act, complaint_id: str) -> tuple[str, bytes]:
    """Give the sealed letter of an outcome, and its reference; the opening is recorded. Raises NotFoundError."""
    with reading(act.store.engine) as session:
        row = find_complaint(session, act, complaint_id)
    if row.paper is None:
        raise NotFoundError("There is no letter: the outcome is not told yet, or its keeping time is over.")
    note_opening(act, Event.COMPLAINT_OPENED, f"complaint:{complaint_id}")
    return row.reference, act.store.vault.open(row.paper, f"complaint.paper:{row.id}")


def complaint_history(act: Act, complaint_id: str) -> list[tuple[str, str, datetime]]:
    """Give who did what with a complaint and when, also who opened it. Raises NotFoundError."""
    with reading(act.store.engine) as session:
        find_complaint(session, act, complaint_id)
    return history_in_words(act.store, f"complaint:{complaint_id}")


def find_complaint(session: Session, act: Act, complaint_id: str, *, lock: bool = False) -> Complaint:
    """Find a complaint for whoever handles them; for anybody else there is none. Raises NotFoundError."""
    query = select(Complaint).where(Complaint.id == complaint_id)
    row = session.exec(query.with_for_update() if lock else query).first()
    if row is None or not may(act.person, Permission.HANDLE_COMPLAINTS):
        raise NotFoundError
    return row


def opened_in(session: Session, act: Act, row: Complaint) -> OpenedComplaint:
    """Open a complaint that was found for this person, in the open session."""
    vault = act.store.vault
    words = json.loads(vault.open_text(row.words, f"complaint.words:{row.id}")) if row.words else {}
    steps = session.exec(
        select(ComplaintStep).where(ComplaintStep.complaint_id == row.id).order_by(col(ComplaintStep.number))
    ).all()
    return OpenedComplaint(
        line=_line(row),
        came=row.came,
        logged_by=row.logged_by,
        name=words.get("name", ""),
        reach=words.get("reach", ""),
        about=words.get("about", ""),
        acknowledged_how=row.acknowledged_how or "",
        acknowledged_by=row.acknowledged_by,
        steps=tuple(
            HandlingStep(
                at=one.at,
                by=one.by_name,
                words=vault.open_text(one.words, f"complaint_step.words:{one.id}") if one.words else "",
            )
            for one in steps
        ),
        outcome=vault.open_text(row.outcome, f"complaint.outcome:{row.id}") if row.outcome else "",
        told_how=row.told_how,
        told_by=row.told_by,
        purged_at=row.purged_at,
    )


def _line(row: Complaint) -> ComplaintLine:
    return ComplaintLine(
        id=row.id,
        reference=row.reference,
        received_on=row.received_on,
        acknowledge_by=row.acknowledge_by,
        acknowledged_on=row.acknowledged_on,
        reachable=row.reachable,
        told_at=row.told_at,
        result=row.result,
    )
