"""Whether the clock can be believed: after a jump nothing is destroyed before somebody has said that the date is right.

The record tells the time too: each night has an entry. Where more days than a week lie between two entries, or between
the newest and now, either the portal stood still or its clock was set forward. Nobody can tell which but a person.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from models.record import AuditEntry
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.wording import day
from portal.record.audit import record
from portal.record.events import Event

# Shorter than anything is kept that matters, longer than a portal stands still over a holiday.
_SILENCE = timedelta(days=7)
_RUN_ON = timedelta(days=14)  # nobody may be there to look; personal data must not be kept for ever for that
_NIGHTS = 12  # of these days on which the record was compared
_CLOCK = (Event.CLOCK_JUMPED, Event.CLOCK_CONFIRMED, Event.CLOCK_PUT_RIGHT)
_KNOWN_GOOD = [one.value for one in (*_CLOCK, Event.RECORD_COMPARED)]  # the entries before these were looked at


@dataclass(frozen=True, kw_only=True)
class ClockJump:
    """That the time went from one moment to a much later one, with nothing in between."""

    before: datetime
    after: datetime

    @property
    def sentence(self) -> str:
        """Say what was noticed, and what waits for it."""
        return (
            f"By the clock, nothing was done here between {day(self.before)} and {day(self.after)}. Nothing is deleted "
            f"until an Information Manager says that the date is right, or {_RUN_ON.days} days have gone by as they should."
        )


def clock_jump(act: Act) -> ClockJump | None:
    """Give the jump that nobody has looked at yet; None where time went on as it should, or the clock was put right since."""
    with reading(act.store.engine) as session:
        jump, _ = _jump(session, act)
        return jump


def note_clock(act: Act) -> ClockJump | None:
    """Do as `clock_jump` does, and write a new jump down, or that it is over: put right, or run on with; then it is known."""
    with transaction(act.store.engine) as session:
        jump, noted = _jump(session, act)
        if jump is not None and noted is None:
            moments = {"before": jump.before.isoformat(), "after": jump.after.isoformat()}
            record(session, act, Event.CLOCK_JUMPED, "record:clock", **moments)
        if jump is None and noted is not None:
            ran_on = act.at - noted.at >= _RUN_ON
            kind = Event.CLOCK_CONFIRMED if ran_on else Event.CLOCK_PUT_RIGHT
            record(session, act, kind, "record:clock", on=str(act.at.date()))
        return jump


def confirm_clock(act: Act) -> None:
    """Say that the date is right, whatever jumped: what is past its time goes at the next run. For the Information Manager."""
    allow(act, Permission.CHANGE_SETTINGS)
    with transaction(act.store.engine) as session:
        if _jump(session, act)[0] is not None:
            record(session, act, Event.CLOCK_CONFIRMED, "record:clock", on=str(act.at.date()))


def _jump(session: Session, act: Act) -> tuple[ClockJump | None, AuditEntry | None]:
    """Give the jump that stands, and the newest entry about the clock where it tells of one."""
    newest = select(AuditEntry).order_by(col(AuditEntry.number).desc()).limit(1)
    seen = session.exec(newest.where(col(AuditEntry.event).in_(_KNOWN_GOOD))).first() or session.exec(newest).first()
    told = session.exec(newest.where(col(AuditEntry.event).in_([one.value for one in _CLOCK]))).first()
    if told is not None and told.event == Event.CLOCK_JUMPED.value:
        moments = {name: datetime.fromisoformat(at) for name, at in json.loads(told.details).items()}
        over = act.at - moments["before"] <= _SILENCE or _has_run_on(session, act, told)
        return (None if over else ClockJump(**moments)), told
    return (_silence(session, act, seen) if seen is not None else None), None


def _has_run_on(session: Session, act: Act, told: AuditEntry) -> bool:
    """Say whether the portal has run on under the new date, night by night and without another jump."""
    if act.at - told.at < _RUN_ON or _silence(session, act, told) is not None:
        return False
    nights = select(func.count()).where(
        col(AuditEntry.number) > told.number, AuditEntry.event == Event.RECORD_COMPARED.value
    )
    return session.exec(nights).one() >= _NIGHTS


def _silence(session: Session, act: Act, seen: AuditEntry) -> ClockJump | None:
    """Give the first jump after an entry."""
    latest = seen.at
    since = select(AuditEntry.at).where(col(AuditEntry.number) > seen.number).order_by(col(AuditEntry.number))
    for at in (*session.exec(since).all(), act.at):
        if at - latest > _SILENCE:
            return ClockJump(before=latest, after=at)
        latest = max(latest, at)
    return None
